"""One connection to ``library.db``: SQL in, rows out, SQLite's complaints as ours.

A commit gives the name to a new file in one step, so that the file is whole whenever git, a
backup or a kill comes along: SQLite's own journal would leave half of a killed commit in a
neighbour that git does not see.  The transaction is held in memory until then.  Libraries above
``HELD_UP_TO`` bytes are written in place with SQLite's rollback journal, because each commit
would otherwise write all of them anew (``integrity`` looks after what a kill leaves there).

``BEGIN IMMEDIATE`` on the old file is the lock between writers: whoever gets it and finds that
the name has gone to a new file meanwhile opens that one and tries again.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from refpipe import files, schema
from refpipe.errors import (
    LibraryBusy,
    LibraryDamaged,
    LibraryError,
    LibraryMissing,
    LibraryNotice,
)

if TYPE_CHECKING:
    from refpipe.model import Work

Row: TypeAlias = tuple[Any, ...]

PATIENCE = 60.0
"""Seconds to wait for another refpipe to finish writing."""

WORD_AFTER = 1.0
"""Seconds after which whoever waits is told what for."""

HELD_UP_TO = 64 * 1024 * 1024
"""Bytes of the largest library whose commits write a whole new file.

Measured on a slow disk: 12 ms for a library of 2 MB, 0.1 s for 32 MB, 0.25 s for 64 MB.
"""


class _RehearsedError(Exception):
    """Ends a rehearsal, and with it the transaction that takes back what was written."""


class Connection:
    """An open library file; ``rows`` reads, ``run`` writes, ``transaction`` holds together."""

    def __init__(self, path: Path, *, writable: bool) -> None:
        self.path = path
        self.before_commit: Callable[[], None] = _nothing
        self.is_writable = writable
        self.before: dict[int, Work] = {}
        """The works that were changed, as they were when it was opened, by row number."""
        self.new: set[int] = set()
        """The row numbers of the works that were not there when it was opened."""
        self._is_inside = False
        self._streams = 0
        self._former: list[sqlite3.Connection] = []
        self._vocabularies: set[str] = set()
        with self._translated():
            self._sqlite = self._open()

    def _open(self) -> sqlite3.Connection:
        """Open without creating; read-write even to read, so that a killed writer's half is undone.

        What a stranger wrote into the schema may not call functions (``trusted_schema``), and
        no statement may write SQLite's own tables (``defensive``).
        """
        uri = f"{self.path.absolute().as_uri()}?mode=rw"
        while True:
            self._file = _identity(self.path)
            opened = sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None)
            if _identity(self.path) == self._file:
                return self._guarded(opened)
            # Another writer gave the name to its file between the look and the opening.
            opened.close()

    def _guarded(self, opened: sqlite3.Connection) -> sqlite3.Connection:
        opened.execute("PRAGMA trusted_schema = OFF")
        opened.execute("PRAGMA cell_size_check = ON")
        if sys.version_info >= (3, 12):
            opened.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
        if not self.is_writable:
            opened.execute("PRAGMA query_only = ON")
        return opened

    def close(self) -> None:
        """Let the file go; what was not committed is gone."""
        for one in (self._sqlite, *self._former):
            one.close()

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """All rows of one question."""
        with self._translated():
            self._follow()
            return self._sqlite.execute(sql, parameters).fetchall()

    def stream(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[Row]:
        """The rows of one question, a few hundred at a time."""
        with self._translated():
            self._follow()
            cursor = self._sqlite.execute(sql, parameters)
        self._streams += 1
        try:
            while True:
                with self._translated():
                    some = cursor.fetchmany(500)
                if not some:
                    return
                yield from some
        finally:
            self._streams -= 1

    def look_into_index(self, index: str, name: str) -> None:
        """Make ``temp.name`` list the terms of a full-text index, with the row that has each.

        It is a view of this connection alone; the file is not written.
        """
        with self._translated():
            self._follow()
            if name in self._vocabularies:
                return
            # SQLite counts the making of a temporary table as writing, too.
            self._sqlite.execute("PRAGMA query_only = OFF")
            try:
                self._sqlite.execute(
                    f"CREATE VIRTUAL TABLE temp.{name}"
                    f" USING fts5vocab('main', '{index}', 'instance')"
                )
            finally:
                if not self.is_writable:
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
        with self._translated():
            self._refuse_if_protected()
            self._wait_for_turn()
            held = self._hold()
        self._is_inside = True
        try:
            yield
            self.before_commit()
            self.do("COMMIT")
            if held is not None:
                self._put(held)
        finally:
            self._is_inside = False
            self._let_go(held)

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """Writing that is taken back at the end: only to see what it would come to."""
        former = dict(self.before), set(self.new)
        with suppress(_RehearsedError), self.transaction():
            yield
            raise _RehearsedError
        self.before, self.new = former

    def _refuse_if_protected(self) -> None:
        """Raise LibraryError where somebody took the right to write: a new file would not ask."""
        if not os.access(self.path, os.W_OK):
            raise LibraryError(
                f"{self.path} cannot be written: it is write-protected",
                hint="chmod u+w FILE takes the protection off",
            )

    def migrate(self) -> None:
        """Bring the tables up to date, in a commit like any other."""
        with self.transaction(), self._translated():
            schema.migrate(self._sqlite)

    def _wait_for_turn(self) -> None:
        """Begin as the only writer of the file that has the name now."""
        started = time.monotonic()
        while True:
            self._follow()
            waited = time.monotonic() - started
            patience = min(WORD_AFTER, PATIENCE) if waited < WORD_AFTER else PATIENCE - waited
            self._sqlite.execute(f"PRAGMA busy_timeout = {max(0, int(patience * 1000))}")
            try:
                self._sqlite.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if not _is_busy(error) or time.monotonic() - started >= PATIENCE:
                    raise
                if waited < WORD_AFTER:
                    text = f"another refpipe is writing to {self.path}; waiting for it"
                    warnings.warn(LibraryNotice(text), stacklevel=4)
                continue
            if _identity(self.path) == self._file:
                return
            self._sqlite.execute("ROLLBACK")

    def _hold(self) -> bytes | None:
        """Go on in memory, with the locked file left aside; gives the bytes it began with.

        None means that the file is written in place: it is large, has a second name (which a new
        file would not have), or lies on a system where an open file cannot be replaced.
        """
        status = self.path.stat()
        if status.st_size > HELD_UP_TO or status.st_nlink > 1 or os.name == "nt":
            return None
        before = self._sqlite.serialize()
        held = sqlite3.connect(":memory:", isolation_level=None)
        held.deserialize(before)
        self._guarded(held).execute("BEGIN IMMEDIATE")
        self._former.append(self._sqlite)
        self._vocabularies.clear()
        self._sqlite = held
        return before

    def _put(self, before: bytes) -> None:
        """Give the name to what was committed in memory, where that differs from the file."""
        after = self._sqlite.serialize()
        if after == before:
            return
        try:
            files.put(self.path.resolve(), _counted(after))
        except OSError as error:
            raise LibraryError(
                f"{self.path} cannot be written ({error.strerror}); it is as it was before",
                hint="make room, or look at the rights of the folder, and run this again",
            ) from error

    def _let_go(self, held: bytes | None) -> None:
        """Give the lock back and read the file again, whichever has the name now."""
        if held is not None:
            self._sqlite.close()
            self._sqlite = self._former.pop()
            self._vocabularies.clear()
        if self._sqlite.in_transaction:
            self._sqlite.execute("ROLLBACK")
            # A view of an index that was made on the way is gone with the rest.
            for name in self._vocabularies:
                self._sqlite.execute(f"DROP TABLE IF EXISTS temp.{name}")
            self._vocabularies.clear()
        with self._translated():
            self._follow()

    def _follow(self) -> None:
        """Open the file anew where another one has its name by now."""
        if self._is_inside or _identity(self.path) == self._file:
            return
        former, self._sqlite = self._sqlite, self._open()
        self._vocabularies.clear()
        if self._streams:
            self._former.append(former)
        else:
            former.close()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise translate(error, self.path) from error
        except FileNotFoundError as error:
            raise LibraryMissing(
                f"{self.path} was taken away while refpipe worked with it",
                hint="put it back (git checkout -- FILE) and run this again",
            ) from error


def _nothing() -> None:
    """What is done before a commit where nobody asked for anything."""


def _identity(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino


def _counted(content: bytes) -> bytes:
    """The database with its count of changes raised, which SQLite does only for files.

    Bytes 24 to 27 hold it, 92 to 95 repeat it (https://www.sqlite.org/fileformat.html).
    """
    count = (int.from_bytes(content[24:28], "big") + 1) % (1 << 32)
    told = count.to_bytes(4, "big")
    return content[:24] + told + content[28:92] + told + content[96:]


def _is_busy(error: sqlite3.Error) -> bool:
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def translate(error: sqlite3.Error, path: Path) -> LibraryError:
    """SQLite's complaint in words that name the file and the next step."""
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if _is_busy(error):
        return LibraryBusy(
            f"another refpipe is writing to {path}",
            hint="wait until it has finished and run this again; nothing was lost",
        )
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return LibraryDamaged(
            f"{path} is damaged or no database ({error})",
            hint="restore the last good one (git checkout -- FILE); refpipe db check tells more",
        )
    if "decode to UTF-8" in str(error):
        return LibraryDamaged(
            f"{path} is damaged: it holds text that is none ({ascii(str(error))[:80]})",
            hint="refpipe db check tells more; git checkout COMMIT -- FILE restores a version",
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
