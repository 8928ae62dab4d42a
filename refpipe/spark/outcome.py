"""What was found, as the report tells it: groups with a reason for each record, pairs that wait."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F  # noqa: N812 — everybody's name for it

from refpipe import dedupe
from refpipe.dedupe import Duplicate, Findings, Named, Pair, Row
from refpipe.model import Verdict
from refpipe.spark.clusters import without_plan
from refpipe.spark.records import KEPT, NUMBER, Records
from refpipe.spark.session import heard

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Tables:
    """What was found as tables; each is made of the records' numbers."""

    groups: DataFrame
    """``n`` and ``kept`` for each record that is one work with another; both equal for the kept."""
    apart: DataFrame
    """The pairs that are not in one group."""
    reasons: DataFrame
    """For each record left out, the pair that says why: ``n``, ``a``, ``b``, ``judgement``."""
    names: DataFrame
    """The records' ids, numbered where an earlier one has the same: ``n``, ``id``, ``line``."""


class _Told(Generic[_T]):
    """The rows of a table as values, fetched part by part, as often as they are gone through."""

    def __init__(self, table: DataFrame, value: Callable[[Any], _T]) -> None:
        self._table = table
        self._value = value

    def __iter__(self) -> Iterator[_T]:
        with heard():
            yield from map(self._value, self._table.toLocalIterator())


def tables(records: DataFrame, ties: DataFrame, homes: DataFrame) -> Tables:
    """The groups and the reasons, of the pairs and of the cluster that each record is in."""
    groups = without_plan(_groups(records, homes)).persist(KEPT)
    home = groups.select("n", "cluster")
    placed = ties.join(home.toDF("a", "of_a"), "a", "left").join(
        home.toDF("b", "of_b"), "b", "left"
    )
    is_inside = F.coalesce(F.col("of_a") == F.col("of_b"), F.lit(False))
    inside = placed.where(is_inside & (F.col("verdict") == Verdict.MATCH.value))
    apart = placed.where(~is_inside).select("a", "b", "verdict", "judgement")
    return Tables(
        groups=groups,
        apart=apart.persist(KEPT),
        reasons=_reasons(inside, groups),
        names=_names(records).persist(KEPT),
    )


def _groups(records: DataFrame, homes: DataFrame) -> DataFrame:
    """Of each cluster the record that says most stays, the first of several."""
    weighed = homes.join(records.select("n", "weight"), "n")
    best = F.max_by("n", F.struct("weight", -F.col("n"))).alias("kept")
    kept = weighed.groupBy("cluster").agg(best)
    return weighed.join(kept, "cluster").select("n", "cluster", "kept")


def _reasons(inside: DataFrame, groups: DataFrame) -> DataFrame:
    """The pair that best says why: with the kept record where there is one, else the first."""
    pair = ("a", "b", "judgement")
    own = inside.select(F.col("a").alias("n"), F.col("b").alias("other"), *pair).union(
        inside.select(F.col("b").alias("n"), F.col("a").alias("other"), *pair)
    )
    removed = groups.where("n != kept")
    order = F.struct((F.col("other") != F.col("kept")).alias("is_far"), "a", "b")
    best = F.min_by(F.struct(*pair), order).alias("best")
    return own.join(removed, "n").groupBy("n").agg(best).select("n", "best.*")


def _names(records: DataFrame) -> DataFrame:
    order = Window.partitionBy("id", F.col("fault") == "").orderBy("n")
    counted = records.select("n", "id", "line", "fault", F.row_number().over(order).alias("times"))
    is_first = (F.col("times") == 1) | (F.col("fault") != "")
    numbered = F.concat("id", F.lit(" ("), F.col("times"), F.lit(")"))
    name = F.when(is_first, F.col("id")).otherwise(numbered).alias("id")
    return counted.select("n", name, "line")


def findings(records: Records, count: int, found: Tables) -> Findings:
    """The same for a report, by names; what is told row by row is fetched as it is told."""
    is_related = F.col("verdict") == Verdict.RELATED.value
    possible = found.apart.where(~is_related)
    pair = partial(_pair, records)
    return Findings(
        records=count,
        removed=found.groups.where("n != kept").count(),
        undecided=possible.count(),
        duplicates=_Told(_duplicates(found), partial(_duplicate, records)),
        possible=_Told(_named(possible, found.names).orderBy("a", "b"), pair),
        related=_Told(_named(found.apart.where(is_related), found.names).orderBy("a", "b"), pair),
        unreadable=_Told(
            records.table.where("fault != ''").select("n", "id", "line", "fault").orderBy("n"),
            lambda row: Row(
                id=row.id, raw="", line=row.line, file=records.file_of(row.n), fault=row.fault
            ),
        ),
        clusters=_Told(_clusters(found), lambda row: list(row.ids)),
    )


def _named(pairs: DataFrame, names: DataFrame) -> DataFrame:
    for side in ("a", "b"):
        pairs = _with_name(pairs, names, side)
    return pairs


def _with_name(table: DataFrame, names: DataFrame, side: str) -> DataFrame:
    return table.join(names.toDF(side, f"name_{side}", f"line_{side}"), side)


def _duplicates(found: Tables) -> DataFrame:
    told = _named(found.reasons, found.names).join(found.groups, "n")
    for side in ("n", "kept"):
        told = _with_name(told, found.names, side)
    return told.orderBy("cluster", "n")


def _clusters(found: Tables) -> DataFrame:
    members = found.groups.join(found.names, "n").groupBy("cluster")
    ids = F.sort_array(F.collect_list(F.struct("n", "id")))
    return (
        members.agg(ids.alias("members"))
        .orderBy("cluster")
        .select(F.col("members.id").alias("ids"))
    )


def _duplicate(records: Records, row: Any) -> Duplicate:
    return Duplicate(
        record=_name(records, row, "n"),
        kept=_name(records, row, "kept"),
        group=row.kept,
        why=_pair(records, row),
    )


def _pair(records: Records, row: Any) -> Pair:
    judgement = pickle.loads(row.judgement)  # noqa: S301 — what we wrote
    return Pair(a=_name(records, row, "a"), b=_name(records, row, "b"), judgement=judgement)


def _name(records: Records, row: Any, side: str) -> Named:
    return Named(row[f"name_{side}"], records.file_of(row[side]), row[f"line_{side}"])


# ── what is written ──


def kept(records: Records, found: Tables) -> DataFrame:
    """The records that stay, in their order, as one column of text or as the columns read.

    Each is given what only its duplicates tell; in a table their ids as well.
    """
    others = found.groups.where("n != kept")
    stay = records.table.join(others.select("n"), "n", "left_anti")
    filled = _filled(records.table, found, records.form)
    rest = stay.join(filled.select("n"), "n", "left_anti").select("n", "raw")
    if records.form == "ris":
        whole = rest.union(filled)
        return _text(whole.select("n", F.concat("raw", F.lit(b"\n")).alias("raw")))
    if records.original is None:
        return _text(rest.union(filled))
    stays = rest.select(F.col("n").alias(NUMBER))
    return _columns(records.original.join(stays, NUMBER), filled)


def _filled(records: DataFrame, found: Tables, form: str) -> DataFrame:
    removed = found.groups.where("n != kept").join(records.select("n", "raw"), "n")
    of_kept = (
        removed.join(found.names, "n")
        .groupBy("kept")
        .agg(F.sort_array(F.collect_list(F.struct("n", "id", "raw"))).alias("others"))
    )
    whole = of_kept.select(F.col("kept").alias("n"), "others").join(records.select("n", "raw"), "n")
    session = records.sparkSession
    return session.createDataFrame(
        whole.rdd.map(partial(_fill, form)), "n bigint, raw binary", verifySchema=False
    )


def _fill(form: str, row: Any) -> tuple[int, bytes]:
    others = [(other.id, bytes(other.raw).decode()) for other in row.others]
    whole = dedupe.filled(bytes(row.raw).decode(), others, form)
    return row.n, whole.encode("utf-8", "surrogatepass")


def _columns(rest: DataFrame, filled: DataFrame) -> DataFrame:
    """Rows as they were read, and the filled ones read again from their text."""
    columns = [field for field in rest.schema if field.name not in {NUMBER, "duplicates"}]
    schema = ", ".join(f"`{f.name}` {f.dataType.simpleString()}" for f in columns)
    schema = f"{schema}, duplicates array<string>"
    read = filled.select("n", F.from_json(F.col("raw").cast("string"), schema).alias("row"))
    names = [field.name for field in columns]
    unfilled = rest.select(NUMBER, *names, F.lit(None).cast("array<string>").alias("duplicates"))
    whole = unfilled.union(read.select("n", "row.*"))
    return whole.orderBy(NUMBER).drop(NUMBER)


def removed(records: Records, found: Tables) -> DataFrame:
    """The records left out, in their order, as they were read."""
    others = found.groups.where("n != kept").select("n")
    if records.original is not None:
        out = others.select(F.col("n").alias(NUMBER))
        return records.original.join(out, NUMBER).orderBy(NUMBER).drop(NUMBER)
    rows = records.table.join(others, "n").select("n", "raw")
    if records.form == "ris":
        rows = rows.select("n", F.concat("raw", F.lit(b"\n")).alias("raw"))
    return _text(rows)


def _text(rows: DataFrame) -> DataFrame:
    return rows.orderBy("n").select(F.col("raw").cast("string").alias("value"))
