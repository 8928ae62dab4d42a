"""The pairs worth comparing: records that share a block, and nobody's block too large.

A block is a number that Spark brings records together by.  One with more records than ``match``
compares with one another is divided by what they say besides, as ``match`` divides it; what is
alike in that too is put in the order of what it says, over all workers, and each record is
paired with its neighbours.  So no task ever holds a large block, and no record is in more pairs
than its own blocks and parts allow.
"""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import partial, reduce
from typing import Any

from pyspark import RDD, StorageLevel
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812 — everybody's name for it

from refpipe import match
from refpipe.match import Profile, candidate_pairs

COPIES = "n bigint, first bigint, judgement binary"
PAIRS = "a bigint, b bigint"
_Place = tuple[int, int]


def copies(spark: SparkSession, records: DataFrame) -> DataFrame:
    """The records that say what an earlier one says, which is compared in their place.

    Columns ``n``, ``first`` (the earliest that says the same) and ``judgement``, pickled.
    """
    said = records.where("known is not null").select("n", "known")
    first = said.groupBy("known").agg(F.min("n").alias("first"), F.count("*").alias("times"))
    repeated = first.where("times > 1").drop("times")
    candidates = repeated.join(
        records.select(F.col("n").alias("first"), "profile"), "first"
    ).select("known", "first", "profile")
    sure = spark.createDataFrame(
        candidates.rdd.mapPartitions(_known_by_themselves),
        "known binary, first bigint, judgement binary",
        verifySchema=False,
    )
    return said.join(sure, "known").where("n > first").select("n", "first", "judgement")


def _known_by_themselves(rows: Iterable[Any]) -> Iterator[tuple[bytes, int, bytes]]:
    for known, first, profile in rows:
        judgement = match.judge_copy(Profile.unpacked(profile))
        if judgement is not None:
            yield bytes(known), first, pickle.dumps(judgement, pickle.HIGHEST_PROTOCOL)


def pairs(spark: SparkSession, records: DataFrame, left_out: DataFrame) -> DataFrame:
    """The pairs to compare, each once, the earlier record first; copies are left out."""
    own = records.where("fault = ''").join(left_out.select("n"), "n", "left_anti")
    own = own.select("n", "blocks", "parts", "content").persist(StorageLevel.DISK_ONLY)
    blocks = own.select("n", F.explode("blocks").alias("key"))
    small, large = _by_size(blocks)
    divided = large.join(own.select("n", F.explode("parts").alias("part")), "n")
    parts = divided.select("n", F.xxhash64("key", "part").alias("key"))
    small_parts, large_parts = _by_size(parts)
    neighbours = _neighbours(spark, large_parts.join(own.select("n", "content"), "n"))
    found = (_within(small), _within(small_parts), neighbours)
    return reduce(DataFrame.union, found).distinct()


def _by_size(members: DataFrame) -> tuple[DataFrame, DataFrame]:
    """Those in blocks that are compared whole, and those in blocks to be divided."""
    sizes = members.groupBy("key").agg(F.count("*").alias("size")).where("size > 1")
    shared = members.join(sizes, "key").persist(StorageLevel.MEMORY_AND_DISK)
    is_large = F.col("size") > candidate_pairs.LARGEST
    return shared.where(~is_large).drop("size"), shared.where(is_large).drop("size")


def _within(blocks: DataFrame) -> DataFrame:
    """Every two records of one block."""
    one = blocks.select("key", F.col("n").alias("a"))
    other = blocks.select("key", F.col("n").alias("b"))
    return one.join(other, "key").where("a < b").select("a", "b")


def _neighbours(spark: SparkSession, members: DataFrame) -> DataFrame:
    """Records of one block that stand near one another in the order of what they say."""
    places: RDD[_Place] = (
        members.orderBy("key", "content", "n").select("key", "n").rdd.map(tuple)
    ).persist(StorageLevel.MEMORY_AND_DISK)
    ends = places.mapPartitionsWithIndex(_last).collect()
    before = _before([last for _, last in sorted(ends)])
    found = places.mapPartitionsWithIndex(partial(_near, before))
    return spark.createDataFrame(found, PAIRS, verifySchema=False)


def _last(part: int, places: Iterable[_Place]) -> Iterator[tuple[int, list[_Place]]]:
    yield part, list(deque(places, maxlen=candidate_pairs.NEIGHBOURS))


def _before(ends: Sequence[list[_Place]]) -> list[list[_Place]]:
    """For each part the places that come right before it, from as many parts as it takes."""
    found: list[list[_Place]] = [[]]
    for last in ends:
        found.append((found[-1] + last)[-candidate_pairs.NEIGHBOURS :])
    return found


def _near(
    before: Sequence[list[_Place]], part: int, places: Iterable[_Place]
) -> Iterator[tuple[int, int]]:
    recent = deque(before[part], maxlen=candidate_pairs.NEIGHBOURS)
    for key, n in places:
        for its, other in recent:
            if its == key:
                yield min(n, other), max(n, other)
        recent.append((key, n))
