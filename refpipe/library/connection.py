"""One connection to ``library.db``: SQL in, rows out, SQLite's complaints as ours.

Transactions are begun by hand (``isolation_level=None``) with ``BEGIN IMMEDIATE``: a writer
finds out at once that another one is at work, and waits there, not in the middle.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from refpipe import schema
from refpipe.errors import LibraryBusy, LibraryDamaged, LibraryError, LibraryMissing, LibraryTooNew

Row: TypeAlias = tuple[Any, ...]

PATIENCE = 5.0
"""Seconds to wait for another refpipe to finish writing."""


class Connection:
    """An open library file; ``rows`` reads, ``run`` writes, ``transaction`` holds together."""

    def __init__(self, path: Path, *, writable: bool) -> None:
        self.path = path
        self.before_commit: Callable[[], None] = _nothing
        self._is_inside = False
        with self._translated():
            self._sqlite = _open(path)
            if not writable:
                self._sqlite.execute("PRAGMA query_only = ON")
        self._is_writable = writable
        self._vocabularies: set[str] = set()

    def close(self) -> None:
        """Let the file go; what was not committed is gone."""
        self._sqlite.close()

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """All rows of one question."""
        with self._translated():
            return self._sqlite.execute(sql, parameters).fetchall()

    def stream(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[Row]:
        """The rows of one question, a few hundred at a time."""
        with self._translated():
            cursor = self._sqlite.execute(sql, parameters)
        while True:
            with self._translated():
                some = cursor.fetchmany(500)
            if not some:
                return
            yield from some

    def look_into_index(self, index: str, name: str) -> None:
        """Make ``temp.name`` list the terms of a full-text index, with the row that has each.

        It is a view of this connection alone; the file is not written.
        """
        if name in self._vocabularies:
            return
        with self._translated():
            # SQLite counts the making of a temporary table as writing, too.
            self._sqlite.execute("PRAGMA query_only = OFF")
            try:
                self._sqlite.execute(
                    f"CREATE VIRTUAL TABLE temp.{name}"
                    f" USING fts5vocab('main', '{index}', 'instance')"
                )
            finally:
                if not self._is_writable:
                    self._sqlite.execute("PRAGMA query_only = ON")
        self._vocabularies.add(name)

    def run(self, sql: str, rows: Iterable[Sequence[Any]] = ((),)) -> None:
        """One statement, once for each row of parameters."""
        with self._translated():
            self._sqlite.executemany(sql, rows)

    def do(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """One statement that returns nothing worth having."""
        with self._translated():
            self._sqlite.execute(sql, parameters).close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; inside another transaction it is part of that one."""
        if self._is_inside:
            yield
            return
        self.do("BEGIN IMMEDIATE")
        self._is_inside = True
        try:
            yield
            self.before_commit()
            self.do("COMMIT")
        except BaseException:
            if self._sqlite.in_transaction:
                self._sqlite.execute("ROLLBACK")
            raise
        finally:
            self._is_inside = False

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise translate(error, self.path) from error


def _nothing() -> None:
    """What is done before a commit where nobody asked for anything."""


def _open(path: Path) -> sqlite3.Connection:
    """Open without creating; read-write even to read, so that a killed writer's half is undone."""
    uri = f"{path.absolute().as_uri()}?mode=rw"
    return sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None)


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
    if version < schema.VERSION:
        try:
            schema.migrate(path)
        except sqlite3.Error as error:
            raise translate(error, path) from error


def translate(error: sqlite3.Error, path: Path) -> LibraryError:
    """SQLite's complaint in words that name the file and the next step."""
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LibraryBusy(
            f"another refpipe is writing to {path}",
            hint="wait until it has finished and run this again; nothing was lost",
        )
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return LibraryDamaged(
            f"{path} is damaged or no database ({error})",
            hint="restore the last good one (git checkout -- FILE); refpipe db check tells more",
        )
    if code == sqlite3.SQLITE_FULL:
        return LibraryError(
            f"the disk is full; {path} is as it was before",
            hint="make room and run this again",
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN):
        return LibraryError(
            f"{path} cannot be written or opened ({error})",
            hint="look at the rights of the file and of its directory",
        )
    return LibraryError(f"{path}: {error}", hint="refpipe db check looks the library over")
