"""Duplicates out of more records than one machine holds: the rules of ``match`` on Apache Spark.

``deduplicated`` is the door to all of this, from the files to the report.  Nothing here judges.
Spark reads the records, brings the pairs together that ``match`` names, asks ``match`` about each,
joins what it holds for one work, and has it look at each whole.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from refpipe.errors import UsageError
from refpipe.spark import session

if TYPE_CHECKING:
    from refpipe.dedupe import Findings
    from refpipe.spark.outcome import Tables
    from refpipe.spark.records import Records


@dataclass(frozen=True, slots=True)
class Deduplication:
    """What was found; it can be told and written as long as the session lasts."""

    findings: Findings
    _records: Records
    _tables: Tables
    _say: Callable[[str], None]

    def write(self, out: str) -> None:
        """Write what stays into the folder ``out``, what was left out into one beside it.

        Both are written by all workers, in parts whose names are in the order of the records.
        ``out`` comes last: where Spark has marked it as whole (``_SUCCESS``), all is there.
        """
        from refpipe.spark import outcome

        form, removed = self._records.form, bool(self.findings.removed)
        try:
            if removed:
                _save(outcome.removed(self._records, self._tables), beside(out), form)
            _save(outcome.kept(self._records, self._tables), out, form)
        except BaseException:
            folders = f"{out}, {beside(out)}" if removed else out
            self._say(f"{folders}: not written whole; take away what is there")
            raise


def beside(out: str) -> str:
    """The folder for what was left out: ``clean.removed.jsonl`` beside ``clean.jsonl``."""
    head, slash, name = out.rstrip("/").rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    return f"{head}{slash}{stem}.removed.{suffix}" if dot else f"{head}{slash}{name}.removed"


def _save(table: Any, out: str, form: str) -> None:
    if form == "parquet":
        table.write.parquet(out)
    else:
        table.write.text(out, lineSep="\n")


@contextlib.contextmanager
def deduplicated(  # noqa: PLR0913 — what the options say
    files: Sequence[str],
    *,
    out: str | None,
    master: str | None,
    settings: Mapping[str, str],
    is_verbose: bool,
    say: Callable[[str], None],
) -> Iterator[Deduplication]:
    """What the rules find in the files, on the Spark at ``master``, or where it says by itself.

    Raises UsageError for files, folders and addresses that cannot be, RefpipeError where Spark
    gives up.
    """
    with session.connected(master, settings, is_verbose=is_verbose, say=say) as spark:
        for folder in (out, beside(out)) if out else ():
            if _is_there(spark, folder):
                raise UsageError(
                    f"{folder} is there already", hint="Name a new folder, or take it away first."
                )
        yield _found(spark, files, settings, say)


def _is_there(spark: Any, folder: str) -> bool:
    path = spark._jvm.org.apache.hadoop.fs.Path(folder)  # noqa: SLF001 — its only way
    system = path.getFileSystem(spark._jsc.hadoopConfiguration())  # noqa: SLF001
    return bool(system.exists(path))


_PORTION = 50_000
"""Records of a part: some tens of megabytes of profiles, a minute of comparing."""


def _found(
    spark: Any, files: Sequence[str], settings: Mapping[str, str], say: Callable[[str], None]
) -> Deduplication:
    from refpipe.spark import clusters, outcome, records

    read = records.read(spark, files)
    table = read.table
    count = table.count()
    say(f"records read: {count}")
    if _PARTS not in settings:
        parts = max(2 * spark.sparkContext.defaultParallelism, -(-count // _PORTION))
        spark.conf.set(_PARTS, str(parts))
    copies = clusters.copies(spark, table).persist(records.KEPT)
    ties = clusters.ties(spark, table, copies).persist(records.KEPT)
    say(f"pairs that are alike: {ties.count()}")
    homes = clusters.homes(spark, table, ties, copies)
    every = ties.union(clusters.of_copies(copies))
    tables = outcome.tables(table, every, homes)
    return Deduplication(outcome.findings(read, count, tables), read, tables, say)


_PARTS = "spark.sql.shuffle.partitions"
