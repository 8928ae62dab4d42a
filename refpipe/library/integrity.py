"""A library before it is used: ours, of a version we know, whole, and its works of this program."""

from __future__ import annotations

import sqlite3
import warnings
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import refpipe
from refpipe import schema
from refpipe.errors import (
    LibraryDamaged,
    LibraryError,
    LibraryMissing,
    LibraryNotice,
    LibraryTooNew,
)
from refpipe.library import sql
from refpipe.library.connection import Connection, Row, translate
from refpipe.model import DecisionKind

# ────────────────────────────────────────────────────────────────────────────────────────────────
# The rollback journal that a killed writer left beside a library, and whether it belongs to it.
#
# SQLite plays a journal back into whatever file has the library's name. Where git, or a person,
# put another version there since the kill, that would break a sound file. So before anything
# opens the library, a journal that is not its own is found out and removed. Only libraries
# written in place have one at all: very large ones, and those that an older refpipe was killed
# over.


_MAGIC = bytes.fromhex("d9d505f920a163d7")
_RESERVED = 0x40000001
"""The byte of the file that a SQLite writer holds locked (https://www.sqlite.org/lockingv3.html)."""


def settle_journal(path: Path) -> None:
    """Remove the journal beside ``path`` where it was written for another file, and say so.

    A journal that belongs there is left for SQLite, which takes the killed writer's half back.
    """
    journal = path.with_name(f"{path.name}-journal")
    try:
        if not journal.stat().st_size:
            return
        with _alone(path) as is_alone:
            if not is_alone or _belongs(path, journal):
                return
            journal.unlink()
    except OSError:
        return
    text = (
        f"{journal} was left by a killed run and does not belong to the {path.name} that is"
        " there now; it was removed"
    )
    warnings.warn(LibraryNotice(text), stacklevel=4)


@contextmanager
def _alone(path: Path) -> Iterator[bool]:
    """Whether nobody is writing; nobody will begin as long as the context lasts."""
    try:
        import fcntl
    except ImportError:
        yield False
        return
    with path.open("rb+") as stream:
        try:
            fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _RESERVED)
        except OSError:
            yield False
            return
        yield True


def _belongs(path: Path, journal: Path) -> bool:
    """Whether the journal was written for this very file, as far as that can be known.

    The first page counts the changes; a commit that was cut off had raised it by one or not
    yet.  Where that does not tell, both are tried on copies: a journal of another file leaves
    pages that do not fit together.
    """
    before = _count_before(journal)
    with path.open("rb") as stream:
        header = stream.read(28)
    now = int.from_bytes(header[24:28], "big")
    if before is not None and now not in {before, before + 1}:
        return False
    return _is_sound(path, journal) or not _is_sound(path, None)


def _count_before(journal: Path) -> int | None:
    """The count of changes before the cut-off commit; None where the journal does not say."""
    with journal.open("rb") as stream:
        header = stream.read(28)
        if len(header) < 28 or header[:8] != _MAGIC:
            return None
        sector, page = (int.from_bytes(header[at : at + 4], "big") for at in (20, 24))
        if not (512 <= page <= 65536 and 32 <= sector <= 65536):
            return None
        stream.seek(sector)
        while len(record := stream.read(4 + page + 4)) == 4 + page + 4:
            if int.from_bytes(record[:4], "big") == 1:
                return int.from_bytes(record[28:32], "big")
    return None


def _is_sound(path: Path, journal: Path | None) -> bool:
    """Whether a copy of the library is whole, with the journal played back or without."""
    import shutil
    import tempfile

    with tempfile.TemporaryDirectory(prefix="refpipe-") as folder:
        copy = Path(folder) / "library.db"
        shutil.copyfile(path, copy)
        if journal is not None and journal.is_file():
            shutil.copyfile(journal, copy.with_name("library.db-journal"))
        try:
            with closing(sqlite3.connect(copy)) as opened:
                return opened.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)]
        except sqlite3.Error:
            return False


def healed(content: bytes, path: Path) -> bytes:
    """What git may take of the library at ``path`` that holds ``content``.

    That is the content itself, unless a killed writer left a journal beside it: then it is the
    version before the kill.  Raises LibraryDamaged where no whole version can be had.
    """
    import shutil
    import tempfile

    journal = path.with_name(f"{path.name}-journal")
    if not journal.is_file() or not journal.stat().st_size:
        return content
    with tempfile.TemporaryDirectory(prefix="refpipe-") as folder:
        copy = Path(folder) / path.name
        copy.write_bytes(content)
        shutil.copyfile(journal, copy.with_name(journal.name))
        settle_journal(copy)
        if not _is_sound(copy, copy.with_name(journal.name)):
            raise LibraryDamaged(
                f"{path} is damaged, and git was not given it",
                hint="git checkout -- FILE restores the last good one",
            )
        with closing(sqlite3.connect(copy)) as opened:
            opened.execute("SELECT count(*) FROM sqlite_master").fetchall()
        return copy.read_bytes()


def open_checked(path: Path, *, create: bool, writable: bool) -> Connection:
    """The library at ``path``, looked at and brought up to date.

    Raises LibraryMissing, LibraryDamaged, LibraryTooNew or LibraryBusy.
    """
    if not path.exists():
        if not create:
            raise LibraryMissing(
                f"there is no library at {path}",
                hint="refpipe init sets a project up; refpipe add or refpipe adopt makes its"
                " library; the setting library in refpipe.toml or [tool.refpipe] names another",
            )
        _create(path)
    elif not path.is_file():
        raise LibraryDamaged(
            f"{path} is no ordinary file, and no library",
            hint="move it away, or name another by the setting library in refpipe.toml",
        )
    settle_journal(path)
    connection = Connection(path, writable=writable)
    try:
        _look_at_header(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _create(path: Path) -> None:
    try:
        schema.create(path)
    except OSError as error:
        raise LibraryError(
            f"cannot make a library at {path}: {error.strerror}",
            hint="make the directory, or give yourself the right to write there",
        ) from error
    except sqlite3.Error as error:
        raise translate(error, path) from error


def _header(connection: Connection) -> int:
    ((number,),) = connection.rows("PRAGMA user_version")
    assert isinstance(number, int)  # noqa: S101
    return number


def stamp(connection: Connection) -> int:
    """Which program's reading the works show, as a number; 0 where nobody said."""
    return _header(connection) >> schema.VERSION_BITS


def version(connection: Connection) -> int:
    """How many migrations the library has seen."""
    return _header(connection) & schema.VERSION_MASK


def set_stamp(connection: Connection, number: int) -> None:
    """Write that number beside the count of migrations."""
    version = _header(connection) & schema.VERSION_MASK
    connection.do(f"PRAGMA user_version = {number << schema.VERSION_BITS | version}")


def _look_at_header(connection: Connection, path: Path) -> None:
    ((application,),) = connection.rows("PRAGMA application_id")
    version = _header(connection) & schema.VERSION_MASK
    if application != schema.APPLICATION_ID:
        raise LibraryDamaged(
            f"{path} is not a refpipe library",
            hint="restore it (git checkout -- FILE), or name another by the setting"
            " library in refpipe.toml",
        )
    if version > schema.VERSION:
        raise LibraryTooNew(
            f"{path} was written by a newer refpipe (library version {version}, "
            f"this one reads up to {schema.VERSION})",
            hint="update refpipe: git pull, then make refs",
        )
    _refuse_strangers(connection, path)
    if version < schema.VERSION and connection.is_writable:
        connection.migrate()


def _refuse_strangers(connection: Connection, path: Path) -> None:
    """Raise LibraryDamaged where the schema holds what no refpipe put there.

    It is read before any other question is asked, for a view in the place of a table would run
    whatever its maker wrote.
    """
    found = schema.strangers(connection.rows("SELECT type, name, sql FROM sqlite_master"))
    if found:
        named = ", ".join(found[:5]) + (f" and {len(found) - 5} more" if len(found) > 5 else "")
        raise LibraryDamaged(
            f"{path} holds what no refpipe made: {named}; nothing was read or changed",
            hint="find out who put it there (git log -p -- FILE), and restore the version before"
            " that; refpipe db load takes facts over from a dump of it",
        )


# ── Whether the works in the file are what *this* program makes of the facts ────────────────────
# Readers, merging and blocks get better, and works made by an older program then differ from what
# the facts come to. The file's header therefore keeps a stamp of the program that made them: a
# writer makes the works anew before it adds to them, a reader goes on and says so.


PROJECTION = 35
"""Raised by hand with every change by which the same facts give other works, words or blocks."""


def current_stamp() -> int:
    """The stamp of this program; never 0, which is that of a library without one."""
    told = f"{refpipe.__version__} {PROJECTION}".encode()
    return zlib.crc32(told) % ((1 << schema.STAMP_BITS) - 1) + 1


def is_of_this_program(opened: Connection) -> bool:
    """Whether this program made the works."""
    return stamp(opened) == current_stamp()


def put_stamp(opened: Connection) -> None:
    """Write this program's stamp; a part of the transaction that made the works."""
    if not is_of_this_program(opened):
        set_stamp(opened, current_stamp())


def is_empty(opened: Connection) -> bool:
    """Whether there are no facts, and so no works that could be stale."""
    return not opened.rows(
        "SELECT 1 FROM records UNION ALL SELECT 1 FROM decisions"
        " UNION ALL SELECT 1 FROM waivers LIMIT 1"
    )


def tell_of_rebuilding(opened: Connection) -> None:
    """Say, before it is done, that the works are made anew."""
    text = f"{opened.path}: another version of refpipe made its works; making them anew"
    warnings.warn(LibraryNotice(text), stacklevel=3)


def tell_of_staleness(opened: Connection) -> None:
    """Say that what is read was made by another program, and how to mend it."""
    text = (
        f"{opened.path}: another version of refpipe made its works, and this one may read"
        " some differently; refpipe db rebuild makes them anew"
    )
    warnings.warn(LibraryNotice(text), stacklevel=3)


# ── Whether the file is sound, and facts and projections are what they should be ────────────────


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
    if version(connection) < schema.CHECKSUMS:
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
    import shutil
    import tempfile

    before = {table: _rows(connection, table) for table in _COLUMNS}
    with tempfile.TemporaryDirectory(prefix="refpipe-") as folder:
        copy = Path(folder) / "library.db"
        shutil.copyfile(connection.path, copy)
        from refpipe.library import Library

        with Library(open_checked(copy, create=False, writable=True)) as library:
            library.rebuild()
        other = open_checked(copy, create=False, writable=True)
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
    if not is_of_this_program(connection) and not is_empty(connection):
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
