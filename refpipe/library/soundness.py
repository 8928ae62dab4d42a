"""Whether the file is sound, and facts and projections are what they should be."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from refpipe import schema
from refpipe.errors import LibraryDamaged, LibraryError
from refpipe.library import opening, program_stamp, sql
from refpipe.library.connection import Connection, Row
from refpipe.library.opening import connect
from refpipe.model import DecisionKind

_COLUMNS = {
    "works": "number, id, name, item, suppliers, is_confirmed, words",
    "identifiers": "identifier, work, certainty, rule, is_holder",
    "members": "record, work, rank",
    "relations": "work, kind, target, date, source",
    "blocks": "number",
}


def faults(connection: Connection) -> tuple[str, ...]:
    """Everything that is wrong, worst first; only the first kind of fault found is told."""
    for looked_for in (
        _broken_pages,
        _broken_facts,
        _changed_dates,
        _stale_projections,
        _foreign_stamp,
    ):
        try:
            found = tuple(looked_for(connection))
        except LibraryDamaged as error:
            return (str(error),)
        if found:
            return found
    return ()


def _broken_pages(connection: Connection) -> Iterator[str]:
    try:
        told = [line for (line,) in connection.rows("PRAGMA integrity_check(20)")]
    except LibraryDamaged as error:
        told = [str(error)]
    if told != ["ok"]:
        yield from (f"the file is damaged: {line}" for line in told)


def _broken_facts(connection: Connection) -> Iterator[str]:
    for number, key, *row in connection.stream(f"SELECT number, key, {sql.RECORD} FROM records"):  # noqa: S608
        if _key(sql.to_record, tuple(row)) != key:
            yield f"record {number} ({key[:8]}) is not what its key says: it was edited"
    known = {key for (key,) in connection.rows("SELECT key FROM records")}
    decisions = connection.rows(f"SELECT key, {sql.DECISION} FROM decisions")  # noqa: S608
    known |= {key for key, *_ in decisions}
    known |= {key for (key,) in connection.rows("SELECT key FROM waivers")}
    for key, *row in decisions:
        if _key(sql.to_decision, tuple(row)) != key:
            yield f"decision {key[:8]} is not what its key says: it was edited"
        elif row[0] == DecisionKind.UNDO and row[7] not in known:
            yield f"decision {key[:8]} takes back {row[7][:8]}, which is not here"
    for key, *row in connection.rows(f"SELECT key, {sql.WAIVER} FROM waivers"):  # noqa: S608
        if _key(sql.to_waiver, tuple(row)) != key:
            yield f"waiver {key[:8]} is not what its key says: it was edited"


def _changed_dates(connection: Connection) -> Iterator[str]:
    """Facts whose date or origin is not the one that they were stored with."""
    if opening.version(connection) < schema.CHECKSUMS:
        return
    for table, columns in schema.FACTS.items():
        for key, checksum, *told in connection.stream(
            f"SELECT key, checksum, {columns} FROM {table}"  # noqa: S608
        ):
            if schema.checksum(key, *told) != checksum:
                changed = columns.replace(", ", " or ")
                yield f"{table[:-1]} {key[:8]} is not as it was stored: its {changed} was edited"


def _key(read: object, row: Row) -> str:
    assert callable(read)  # noqa: S101
    try:
        return str(read(row).key)
    except (ValueError, LibraryDamaged):
        return ""


def _stale_projections(connection: Connection) -> Iterator[str]:
    """Differences between the projections and what a rebuild of a copy gives."""
    before = {table: _rows(connection, table) for table in _COLUMNS}
    with tempfile.TemporaryDirectory(prefix="refpipe-") as folder:
        copy = Path(folder) / "library.db"
        shutil.copyfile(connection.path, copy)
        from refpipe.library import Library

        with Library(connect(copy, create=False, writable=True)) as library:
            library.rebuild()
        other = connect(copy, create=False, writable=True)
        try:
            after = {table: _rows(other, table) for table in _COLUMNS}
        finally:
            other.close()
    for table, found in before.items():
        odd = len(found ^ after[table])
        if odd:
            yield f"{odd} rows of {table} are not what the facts come to; refpipe db rebuild"
    yield from _broken_index(connection)


def _foreign_stamp(connection: Connection) -> Iterator[str]:
    if not program_stamp.is_current(connection) and not program_stamp.is_empty(connection):
        yield "another version of refpipe made the works; refpipe db rebuild"


def _broken_index(connection: Connection) -> Iterator[str]:
    try:
        connection.do("INSERT INTO works_fts (works_fts) VALUES ('integrity-check')")
    except LibraryDamaged:
        yield "the index of words does not fit the works; refpipe db rebuild"
    except LibraryError:
        # A library that may not be written cannot be asked this; its pages were found sound.
        return


def _rows(connection: Connection, table: str) -> set[Row]:
    return set(connection.rows(f"SELECT {_COLUMNS[table]} FROM {table}"))  # noqa: S608


__all__ = ["faults"]
