"""Before a library is used: ours, of a version we know, altered by no stranger."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from refpipe import schema
from refpipe.errors import (
    LibraryDamaged,
    LibraryError,
    LibraryMissing,
    LibraryNotice,
    LibraryTooNew,
)
from refpipe.library.connection import Connection, translate

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


def connect(path: Path, *, create: bool, writable: bool) -> Connection:
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
