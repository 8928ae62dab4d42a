"""Judged pairs joined to clusters: connected on all workers, and each whole looked at by ``match``.

What the rules hold for one work is followed from record to record by an alternation of two steps
over the edges, large-star and small-star (Kiveris et al., "Connected components in MapReduce and
beyond", 2014, https://doi.org/10.1145/2670979.2670997): it ends after about as many rounds as the
longest chain has doublings, and the driver sees no edge.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from typing import Any

from pyspark import RDD, StorageLevel
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812 — everybody's name for it

from refpipe import match
from refpipe.match import Profile
from refpipe.model import Verdict

TIES = "a bigint, b bigint, verdict string, judgement binary"
_Edge = tuple[int, int]
_HELD = 2_000
"""Profiles that a task holds unpacked."""


def ties(spark: SparkSession, records: DataFrame, pairs: DataFrame) -> DataFrame:
    """The pairs that are not distinct, with what ``match`` says of them, pickled."""
    one = records.select(F.col("n").alias("a"), F.col("profile").alias("its"))
    other = records.select(F.col("n").alias("b"), F.col("profile").alias("others"))
    whole = pairs.join(one, "a").join(other, "b").select("a", "b", "its", "others")
    return spark.createDataFrame(whole.rdd.mapPartitions(_judged), TIES, verifySchema=False)


def _judged(pairs: Iterable[Any]) -> Iterator[tuple[int, int, str, bytes]]:
    held: dict[int, Profile] = {}

    def profile(n: int, packed: bytes) -> Profile:
        if (known := held.get(n)) is None:
            if len(held) >= _HELD:
                held.clear()
            known = held[n] = Profile.unpacked(packed)
        return known

    for a, b, its, others in pairs:
        judgement = match.judge(profile(a, its), profile(b, others))
        if judgement is not None:
            packed = pickle.dumps(judgement, pickle.HIGHEST_PROTOCOL)
            yield a, b, judgement.verdict.value, packed


def of_copies(copies: DataFrame) -> DataFrame:
    """The pair of each copy and the record that it is a copy of."""
    verdict = F.lit(Verdict.MATCH.value).alias("verdict")
    return copies.select(F.col("first").alias("a"), F.col("n").alias("b"), verdict, "judgement")


def homes(
    spark: SparkSession, records: DataFrame, judged: DataFrame, copies: DataFrame
) -> DataFrame:
    """Each record that is one work with another (``n``), and its cluster's first one (``cluster``).

    A copy is where the record is that it is a copy of: the whole is looked at without it.
    """
    looked = _looked_at(spark, records, judged.where(F.col("verdict") == Verdict.MATCH.value))
    of_first = looked.select(F.col("n").alias("first"), "cluster")
    copied = copies.join(of_first, "first", "left").select(
        "n", F.coalesce("cluster", "first").alias("cluster")
    )
    # A record that has copies only is in no pair, but it is its cluster's first.
    firsts = copied.select(F.col("cluster").alias("n"), "cluster")
    return looked.union(copied).union(firsts).distinct()


def _looked_at(spark: SparkSession, records: DataFrame, matches: DataFrame) -> DataFrame:
    edges = matches.select("b", "a").rdd.map(tuple)
    roots = spark.createDataFrame(
        components(edges, _parts(spark)), "n bigint, root bigint", verifySchema=False
    )
    roots.persist(StorageLevel.MEMORY_AND_DISK)
    members = (
        roots.join(records.select("n", "profile"), "n")
        .groupBy("root")
        .agg(F.collect_list(F.struct("n", "profile")).alias("members"))
    )
    inside = (
        matches.join(roots.withColumnRenamed("n", "a"), "a")
        .groupBy("root")
        .agg(F.collect_list(F.struct("a", "b", "judgement")).alias("matches"))
    )
    wholes = members.join(inside, "root").select("members", "matches")
    found = wholes.rdd.flatMap(_look)
    return spark.createDataFrame(found, "n bigint, cluster bigint", verifySchema=False)


def _look(whole: Any) -> Iterator[tuple[int, int]]:
    """What the look at all that is connected leaves together."""
    members = sorted(whole.members)
    place = {member.n: at for at, member in enumerate(members)}
    ready = [Profile.unpacked(member.profile) for member in members]
    judged = [
        (place[a], place[b], pickle.loads(judgement))  # noqa: S301 — what we wrote
        for a, b, judgement in whole.matches
    ]
    for group in match.united(ready, judged):
        for at in group:
            yield members[at].n, members[group[0]].n


def _parts(spark: SparkSession) -> int:
    return int(spark.conf.get("spark.sql.shuffle.partitions") or 2)


def components(edges: RDD[_Edge], parts: int) -> RDD[_Edge]:
    """Each record that an edge touches, and the first of all that are connected with it.

    ``edges`` run from the later record to the earlier, each once.
    """
    stars, mark = edges.persist(StorageLevel.MEMORY_AND_DISK), None
    while mark != (mark := _mark(stars)):
        both = stars.flatMap(lambda edge: (edge, edge[::-1]))
        large = both.groupByKey(parts).flatMap(_large_star)
        small = large.groupByKey(parts).flatMap(_small_star)
        stars = small.distinct(parts).persist(StorageLevel.MEMORY_AND_DISK)
    return stars.flatMap(lambda edge: (edge, (edge[1], edge[1]))).distinct(parts)


def _mark(edges: RDD[_Edge]) -> _Edge:
    """How many edges there are, and a sum that is another for other edges."""
    marks = edges.map(lambda edge: (1, hash(edge)))
    count, total = marks.fold((0, 0), lambda one, other: (one[0] + other[0], one[1] + other[1]))
    return count, total


def _large_star(star: tuple[int, Iterable[int]]) -> Iterator[_Edge]:
    """All later neighbours of a record, tied to the first of its neighbours and itself."""
    centre, neighbours = star[0], set(star[1])
    first = min(centre, *neighbours)
    return ((other, first) for other in neighbours if other > centre)


def _small_star(star: tuple[int, Iterable[int]]) -> Iterator[_Edge]:
    """A record and its earlier neighbours, tied to the first of them."""
    centre, neighbours = star[0], set(star[1])
    first = min(neighbours)
    return ((other, first) for other in {*neighbours, centre} if other != first)
