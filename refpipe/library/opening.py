"""Before a library is used: ours, of a version we know, altered by no stranger."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from refpipe import schema
from refpipe.errors import LibraryDamaged, LibraryError, LibraryMissing, LibraryTooNew
from refpipe.library import journal
from refpipe.library.connection import Connection, translate


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
    journal.settle(path)
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
    if version < schema.VERSION:
        try:
            schema.migrate(path)
        except sqlite3.Error as error:
            raise translate(error, path) from error


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
