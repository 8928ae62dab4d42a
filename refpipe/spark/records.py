"""What Spark reads, as a table of records made ready for comparing: one row for each.

A record's number tells its place: files in the order given, records in the order of their file.
It is the file's number and a place inside the file, so that no record waits for another to be
counted, and a part that is read a second time gives the same numbers.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from hashlib import blake2b
from typing import Any
from urllib.parse import unquote

from pyspark import StorageLevel
from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812 — everybody's name for it

from refpipe import dedupe, match
from refpipe.errors import UsageError
from refpipe.items.exchange import ris
from refpipe.match import candidate_pairs

SUFFIXES = {".jsonl": "jsonl", ".ris": "ris", ".parquet": "parquet"}
"""The end of a file's or folder's name → its format."""
_SQUEEZED = re.compile(r"\.(?:gz|bz2)$", re.IGNORECASE)
SHIFT = 42
"""Bits of a record's number that tell its place in its file."""
NUMBER = "refpipe record"
"""A column's name that no table has already."""
SCHEMA = (
    "n bigint, line bigint, id string, fault string, raw binary, weight int, known binary, "
    "profile binary, blocks array<bigint>, parts array<bigint>, steps array<bigint>"
)
"""``known`` is equal for records that say the same; ``blocks`` and ``parts`` are hashes of what
``match`` calls so; ``steps`` of what divides a part that is large too."""
KEPT = StorageLevel.DISK_ONLY
"""How a table is kept between steps. What is kept in memory is taken from the sorting and counting
of the steps that read it, and the more records the more, until a step has no room to begin."""
_WHOLE = str(1 << 42)


@dataclass(frozen=True, slots=True)
class Records:
    """The table of records, the files that they stand in by number, and how they are written."""

    table: DataFrame
    files: tuple[str, ...]
    form: str
    original: DataFrame | None = None
    """For Parquet: the columns as they were read, and the records' numbers as ``NUMBER``."""

    def file_of(self, n: int) -> str:
        """The file that holds a record."""
        return self.files[n >> SHIFT]


def read(spark: SparkSession, names: Sequence[str]) -> Records:
    """The records of files in one format, or of folders and patterns that Spark can read.

    Raises UsageError for a format that is not known, and where there is nothing of that name.
    """
    form = dedupe.format_of([_SQUEEZED.sub("", name.rstrip("/")) for name in names], SUFFIXES)
    readers = {"jsonl": _jsonl, "ris": _ris, "parquet": _parquet}
    try:
        found = readers[form](spark, names)
    except AnalysisException as error:
        if "PATH_NOT_FOUND" in str(error):
            raise UsageError(
                f"{' '.join(names)}: not there, or not all of them",
                hint="Every worker reads the files: give a path that is the same on all of them.",
            ) from error
        raise
    found.table.persist(KEPT)
    return found


def is_here(_: object) -> None:
    """Nothing: a worker that can call it has all that it needs."""


# ── text ──


def _jsonl(spark: SparkSession, names: Sequence[str]) -> Records:
    lines, files = _pieces(spark, names, "\n")
    counted = lines.groupBy("given", "path", "start").count().collect()
    before: dict[tuple[int, str, int], int] = {}
    lines_so_far: dict[tuple[int, str], int] = {}
    for block in sorted(counted, key=lambda row: (row.given, row.path, row.start)):
        own = (block.given, block.path)
        before[*own, block.start] = lines_so_far.get(own, 0)
        lines_so_far[own] = before[*own, block.start] + block["count"]
    shown = _shown(files)
    rows = lines.rdd.mapPartitions(partial(_of_lines, _numbers(files), _among(shown), before))
    return Records(_table(spark, rows), shown, "jsonl")


def _pieces(
    spark: SparkSession, names: Sequence[str], separator: str
) -> tuple[DataFrame, list[tuple[int, str]]]:
    """The pieces of all files as bytes, with where they stand, and the files in their order."""
    tables, files = [], []
    for given, name in enumerate(names):
        text = spark.read.text(name, lineSep=separator, recursiveFileLookup=True)
        files += [(given, path) for path in sorted(map(_plain, text.inputFiles()))]
        tables.append(
            text.select(
                F.lit(given).alias("given"),
                F.col("_metadata.file_path").alias("path"),
                F.col("_metadata.file_block_start").alias("start"),
                F.col("value").cast("binary").alias("value"),
            )
        )
    whole = reduce(DataFrame.union, tables)
    return whole.withColumn("path", F.regexp_replace("path", "^file:/+", "/")), files


def _plain(path: str) -> str:
    """A file's path as Spark's two ways of naming it have in common."""
    return re.sub("^file:/+", "/", path)


def _shown(files: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    """The files as people call them."""
    return tuple(unquote(path) for _, path in files)


def _among(shown: Sequence[str]) -> Sequence[str]:
    """What tells a file's records from those of the others: nothing where it is alone."""
    return shown if len(shown) > 1 else [""] * len(shown)


def _numbers(files: Sequence[tuple[int, str]]) -> dict[tuple[int, str], int]:
    return {file: number for number, file in enumerate(files)}


def _of_lines(
    numbers: Mapping[tuple[int, str], int],
    among: Sequence[str],
    before: Mapping[tuple[int, str, int], int],
    lines: Iterable[Any],
) -> Iterator[tuple[Any, ...]]:
    """The records of a part of the files, which are read block by block."""
    block: tuple[int, str, int] | None = None
    at = number = 0
    for given, path, start, value in lines:
        if block != (given, path, start):
            block, at, number = (given, path, start), start, before[given, path, start]
        is_first = at == 0
        file = numbers[given, path]
        n = (file << SHIFT) | at
        at += len(value) + 1
        number += 1
        raw = bytes(value).removeprefix(b"\xef\xbb\xbf") if is_first else bytes(value)
        if raw.strip():
            yield from _of_line(n, raw, number, among[file])


def _of_line(n: int, raw: bytes, number: int, among: str) -> Iterator[tuple[Any, ...]]:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        name = dedupe.placed(among, f"line {number}")
        yield _unreadable(n, number, name, f"not UTF-8 (byte {error.start})", raw)
        return
    if text.strip():
        yield _ready(n, dedupe.jsonl_row(text, number, among), raw)


def _ris(spark: SparkSession, names: Sequence[str]) -> Records:
    # A file is parted into entries by one task, which holds one entry at a time; they are read
    # by all.  Only the file itself tells where an entry begins.
    spark.conf.set("spark.sql.files.maxPartitionBytes", _WHOLE)
    spark.conf.set("spark.sql.files.openCostInBytes", _WHOLE)
    pieces, files = _pieces(spark, names, "\nTY  -")
    entries = spark.createDataFrame(
        pieces.rdd.mapPartitions(partial(_entries, _numbers(files))),
        "n bigint, line bigint, raw binary",
        verifySchema=False,
    )
    spread = entries.repartition(4 * spark.sparkContext.defaultParallelism)
    shown = _shown(files)
    rows = spread.rdd.mapPartitions(partial(_of_entries, _among(shown)))
    return Records(_table(spark, rows), shown, "ris")


def _entries(
    numbers: Mapping[tuple[int, str], int], pieces: Iterable[Any]
) -> Iterator[tuple[int, int, bytes]]:
    for file, own in itertools.groupby(pieces, key=lambda piece: (piece.given, piece.path)):
        for count, block in enumerate(ris.entry_blocks(_lines(own))):
            raw = block.raw.strip().encode("utf-8", "surrogateescape")
            yield (numbers[file] << SHIFT) | count, block.number, raw


def _lines(pieces: Iterable[Any]) -> Iterator[str]:
    """The lines of one file, of which every piece but the first had ``TY  -`` before it."""
    texts = (bytes(piece.value).decode("utf-8", "surrogateescape") for piece in pieces)
    text = next(texts).removeprefix("\ufeff")
    for following in texts:
        yield from f"{text}\n".splitlines()
        text = f"TY  -{following}"
    yield from text.splitlines()


def _of_entries(among: Sequence[str], entries: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    for n, line, value in entries:
        raw, file, record = bytes(value), among[n >> SHIFT], n % (1 << SHIFT) + 1
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            name = dedupe.placed(file, f"record {record}")
            yield _unreadable(n, line, name, f"not UTF-8 (byte {error.start})", raw)
            continue
        for row in dedupe.entry_rows("ris", text, line=line, record=record, among=file):
            yield _ready(n, row, raw)


# ── Parquet ──


def _parquet(spark: SparkSession, names: Sequence[str]) -> Records:
    tables, files = [], []
    for given, name in enumerate(names):
        table = spark.read.parquet(name)
        files += [(given, path) for path in sorted(map(_plain, table.inputFiles()))]
        tables.append(
            table.select(
                F.lit(given).alias("given"),
                F.regexp_replace("_metadata.file_path", "^file:/+", "/").alias("path"),
                F.col("_metadata.row_index").alias("at"),
                F.struct("*").alias("row"),
            )
        )
    numbered = spark.createDataFrame(
        [(given, path, number) for (given, path), number in _numbers(files).items()],
        "given int, path string, file bigint",
    )
    try:
        whole = reduce(DataFrame.union, tables)
    except AnalysisException as error:
        raise UsageError(f"{' '.join(names)}: their columns differ") from error
    whole = whole.join(F.broadcast(numbered), ["given", "path"]).select(
        (F.shiftleft("file", SHIFT) + F.col("at")).alias("n"), "at", "row"
    )
    told = whole.select("n", F.col("at") + 1, F.to_json("row").cast("binary"))
    shown = _shown(files)
    rows = told.rdd.mapPartitions(partial(_of_rows, _among(shown)))
    original = whole.select(F.col("n").alias(NUMBER), "row.*")
    return Records(_table(spark, rows), shown, "parquet", original)


def _of_rows(among: Sequence[str], rows: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    for n, line, value in rows:
        yield from _of_line(n, bytes(value), line, among[n >> SHIFT])


# ── records ──


def _table(spark: SparkSession, rows: Any) -> DataFrame:
    return spark.createDataFrame(rows, SCHEMA, verifySchema=False)


def _unreadable(n: int, line: int, name: str, fault: str, raw: bytes) -> tuple[Any, ...]:
    return n, line, name, fault, raw, 0, None, None, None, None, None


def _ready(n: int, row: dedupe.Row, raw: bytes) -> tuple[Any, ...]:
    if row.subject is None:
        return _unreadable(n, row.line, row.id, row.fault, raw)
    profile = match.profile(row.subject)
    return (
        n,
        row.line,
        row.id.encode("utf-8", "replace").decode(),
        "",
        raw,
        dedupe.weight(row.subject.item, profile),
        profile.digest if profile.title is not None else None,
        profile.packed(),
        _hashes(match.blocks_of(profile)),
        _hashes(set(candidate_pairs.parts_of(profile))),
        _hashes(candidate_pairs.steps_of(profile)),
    )


def _hashes(keys: Iterable[str]) -> list[int]:
    """The keys as numbers, the same in every process and in their order."""
    return [
        int.from_bytes(
            blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True
        )
        for key in keys
    ]
