"""Records judged where they meet, and joined to clusters that ``match`` looks at whole."""

from __future__ import annotations

import itertools
import pickle
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import partial, reduce
from operator import itemgetter
from typing import Any

from pyspark import RDD
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812 — everybody's name for it

from refpipe import match
from refpipe.match import Profile
from refpipe.model import Verdict
from refpipe.spark.records import KEPT

# ── The pairs worth comparing: records that share a block, and nobody's block too large ─────────
# A block is a number that Spark brings records together by. One with more records than ``match``
# compares with one another is divided by what they say besides, as ``match`` divides it, step by
# step; of what is alike in all of that each record is paired with its neighbours, over all workers.
# So no task ever holds a large block, and no record is in more pairs than its own blocks and parts
# allow.


PAIRS = "a bigint, b bigint"
TIES = f"{PAIRS}, verdict string, judgement binary"
_Tie = tuple[int, int, str, bytes]
_Place = tuple[int, int]


def without_plan(table: DataFrame) -> DataFrame:
    """The same table, known by its rows and not by how they came about.

    Where a table is used twice in each of several steps, a plan that held all steps before it
    would double with each, until Spark's driver has no room for it. ``DataFrame.rdd`` does not
    help: Spark (4.3) tells of such rows by the plan that they came from. No row leaves Java.
    """
    session, java = table.sparkSession, table._jdf  # noqa: SLF001 — the only way to the rows
    rows = java.queryExecution().executedPlan().execute()
    made = session._jsparkSession.internalCreateDataFrame(rows, java.schema(), False)  # noqa: SLF001
    return DataFrame(made, session)


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
    found = said.join(sure, "known").where("n > first")
    return without_plan(found.select("n", "first", "judgement"))


def _known_by_themselves(rows: Iterable[Any]) -> Iterator[tuple[bytes, int, bytes]]:
    for known, first, profile in rows:
        judgement = match.judge_copy(Profile.unpacked(profile))
        if judgement is not None:
            yield bytes(known), first, pickle.dumps(judgement, pickle.HIGHEST_PROTOCOL)


def ties(spark: SparkSession, records: DataFrame, left_out: DataFrame) -> DataFrame:
    """The pairs that are not distinct, with what ``match`` says of them, pickled.

    Each once, the earlier record first; copies are left out.
    """
    own = records.where("fault = ''").join(left_out.select("n"), "n", "left_anti")
    own = own.select("n", "blocks", "parts", "steps").persist(KEPT)
    blocks = own.select("n", F.explode("blocks").alias("key"))
    small, large = _by_size(blocks)
    divided = large.join(own.select("n", F.explode("parts").alias("part")), "n")
    parts = divided.select("n", F.xxhash64("key", "part").alias("key"))
    small_parts, left = _by_size(parts)
    small = small.union(small_parts)
    for step in range(match.DEPTH - 1):
        told = own.select("n", F.col("steps")[step].alias("step"))
        divided = left.join(told, "n").select("n", F.xxhash64("key", "step").alias("key"))
        small_parts, left = _by_size(divided)
        small = small.union(small_parts)
    near = _neighbours(spark, left)
    ready = records.select("n", "profile")
    found = _within(small, ready), _of_pairs(near.distinct(), ready)
    both = reduce(RDD.union, found)
    return spark.createDataFrame(both, TIES, verifySchema=False).dropDuplicates(["a", "b"])


def _by_size(members: DataFrame) -> tuple[DataFrame, DataFrame]:
    """Those in blocks that are compared whole, and those in blocks to be divided.

    Both go on without their plan: the next step uses the latter twice, and all the former end in
    one table.
    """
    sizes = members.groupBy("key").agg(F.count("*").alias("size")).where("size > 1")
    shared = members.join(sizes, "key").persist(KEPT)
    is_large = F.col("size") > match.LARGEST
    small, large = (shared.where(size).drop("size") for size in (~is_large, is_large))
    return without_plan(small), without_plan(large)


def _within(groups: DataFrame, ready: DataFrame) -> RDD[_Tie]:
    """What is said of every two records of one group: each is brought there, and no pair is."""
    homes = groups.groupBy("n").agg(F.collect_set("key").alias("keys"))
    members = homes.join(ready, "n").select(F.explode("keys").alias("key"), "n", "keys", "profile")
    return members.repartition("key").sortWithinPartitions("key").rdd.mapPartitions(_of_groups)


def _of_groups(members: Iterable[Any]) -> Iterator[_Tie]:
    for key, group in itertools.groupby(members, key=itemgetter(0)):
        keys: dict[int, frozenset[int]] = {}
        ready: dict[int, Profile] = {}
        for _, n, its, packed in group:
            keys[n], ready[n] = frozenset(its), Profile.unpacked(packed)
        outlines = {n: match.outline(profile) for n, profile in ready.items()}
        for a, b in match.worth_judging(sorted(ready), outlines.__getitem__, ready):
            # Two that meet in several groups are judged in one of them.
            if key == min(keys[a] & keys[b]):
                yield from _told(a, b, ready[a], ready[b])


def _neighbours(spark: SparkSession, members: DataFrame) -> DataFrame:
    """Records of one group that stand near one another in the files."""
    ordered = members.orderBy("key", "n").select("key", "n")
    places: RDD[_Place] = ordered.rdd.map(tuple).persist(KEPT)
    ends = places.mapPartitionsWithIndex(_last).collect()
    before = _before([last for _, last in sorted(ends)])
    found = places.mapPartitionsWithIndex(partial(_near, before))
    return spark.createDataFrame(found, PAIRS, verifySchema=False)


def _last(part: int, places: Iterable[_Place]) -> Iterator[tuple[int, list[_Place]]]:
    yield part, list(deque(places, maxlen=match.NEIGHBOURS))


def _before(ends: Sequence[list[_Place]]) -> list[list[_Place]]:
    """For each part the places that come right before it, from as many parts as it takes."""
    found: list[list[_Place]] = [[]]
    for last in ends:
        found.append((found[-1] + last)[-match.NEIGHBOURS :])
    return found


def _near(
    before: Sequence[list[_Place]], part: int, places: Iterable[_Place]
) -> Iterator[tuple[int, int]]:
    recent = deque(before[part], maxlen=match.NEIGHBOURS)
    for key, n in places:
        for its, other in recent:
            if its == key:
                yield min(n, other), max(n, other)
        recent.append((key, n))


def _of_pairs(pairs: DataFrame, ready: DataFrame) -> RDD[_Tie]:
    """What is said of pairs, to each of which its two profiles are brought."""
    one, other = ready.toDF("a", "its"), ready.toDF("b", "others")
    whole = pairs.join(one, "a").join(other, "b").select("a", "b", "its", "others")
    return whole.rdd.mapPartitions(_judged)


def _judged(pairs: Iterable[Any]) -> Iterator[_Tie]:
    for a, b, its, others in pairs:
        yield from _told(a, b, Profile.unpacked(its), Profile.unpacked(others))


def _told(a: int, b: int, one: Profile, other: Profile) -> Iterator[_Tie]:
    judgement = match.judge(one, other)
    if judgement is not None:
        packed = pickle.dumps(judgement, pickle.HIGHEST_PROTOCOL)
        yield a, b, judgement.verdict.value, packed


# ────────────────────────────────────────────────────────────────────────────────────────────────
# Judged pairs joined to clusters: connected on all workers, and each whole looked at by
# ``match``.
#
# What the rules hold for one work is followed from record to record by an alternation of two
# steps over the edges, large-star and small-star (Kiveris et al., "Connected components in
# MapReduce and beyond", 2014, https://doi.org/10.1145/2670979.2670997): it ends after about as
# many rounds as the longest chain has doublings, and the driver sees no edge.


_Edge = tuple[int, int]


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
    return without_plan(looked.union(copied).union(firsts).distinct())


def _looked_at(spark: SparkSession, records: DataFrame, matches: DataFrame) -> DataFrame:
    edges = matches.select("b", "a").rdd.map(tuple)
    roots = spark.createDataFrame(
        components(edges, _parts(spark)), "n bigint, root bigint", verifySchema=False
    )
    roots.persist(KEPT)
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
    stars, mark = edges.persist(KEPT), None
    while mark != (mark := _mark(stars)):
        both = stars.flatMap(lambda edge: (edge, edge[::-1]))
        large = both.groupByKey(parts).flatMap(_large_star)
        small = large.groupByKey(parts).flatMap(_small_star)
        stars = small.distinct(parts).persist(KEPT)
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
