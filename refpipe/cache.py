"""What refpipe remembers in ``.refpipe/`` to save work; all of it may be deleted at any time.

Three things are kept: the printed entry of an item in a style, the digest of each article
that was found to be in order with the library, so that a run in which nothing changed renders
nothing, and what ``check`` found in each article.  A cache that cannot be read or written
costs time, never a result.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from refpipe.lifetimes import Closing

if TYPE_CHECKING:
    from refpipe.model import Inline

_TABLES = """
CREATE TABLE IF NOT EXISTS program (stamp TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS articles (
  path TEXT PRIMARY KEY, state TEXT NOT NULL, cited TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS checked (
  path TEXT PRIMARY KEY, state TEXT NOT NULL, outcome TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS citations (
  path TEXT NOT NULL, work TEXT NOT NULL, is_confirmed TEXT NOT NULL,
  PRIMARY KEY (path, work)
) STRICT;
"""


class Cache(Closing):
    """The remembered entries and states; use it as a context, which writes on leaving."""

    def __init__(self, folder: Path, *, patience: float = 5.0) -> None:
        """Open the cache in ``folder``, or one in memory where that is not possible.

        ``patience`` is how many seconds to wait for another run that is writing to it.
        """
        self._database = _open(folder, patience)
        self._states: dict[str, str] | None = None

    def close(self) -> None:
        """Write what was remembered, and let the file go."""
        try:
            self._database.commit()
        except sqlite3.Error:
            pass
        finally:
            self._database.close()

    def state(self, path: str) -> str:
        """What was last remembered of the article, or the empty string."""
        if self._states is None:
            rows = self._rows("SELECT path, state FROM articles")
            self._states = {row[0]: row[1] for row in rows}
        return self._states.get(_key(path), "")

    def cited(self, path: str) -> str:
        """What was last remembered of the works that the article cites, or the empty string."""
        rows = self._rows("SELECT cited FROM articles WHERE path = ?", (_key(path),))
        return rows[0][0] if rows else ""

    def remember_state(
        self,
        path: str,
        state: str,
        works: Iterable[str],
        cited: str = "",
        unconfirmed: Collection[str] = (),
    ) -> None:
        """Remember that the article was in order in this state, and the works it cites.

        ``unconfirmed`` are those works that no registry has confirmed.
        """
        path = _key(path)
        self._write("INSERT OR REPLACE INTO articles VALUES (?, ?, ?)", [(path, state, cited)])
        self._write("DELETE FROM citations WHERE path = ?", [(path,)])
        rows = [(path, work, "" if work in unconfirmed else "1") for work in works]
        self._write("INSERT OR IGNORE INTO citations VALUES (?, ?, ?)", rows)

    def unconfirmed(self) -> dict[str, list[str]]:
        """Article → the works that it cites and no registry had confirmed when it was done."""
        found: dict[str, list[str]] = {}
        for path, work in self._rows("SELECT path, work FROM citations WHERE is_confirmed = ''"):
            found.setdefault(path, []).append(work)
        return found

    def renew_state(self, path: str, state: str) -> None:
        """Remember that the article is in order in this state as well."""
        self._write("UPDATE articles SET state = ? WHERE path = ?", [(state, _key(path))])

    def citations(self) -> list[tuple[str, str]]:
        """Article and work, for every work that an article was last seen to cite."""
        rows = self._rows("SELECT path, work FROM citations ORDER BY path, work")
        return [(row[0], row[1]) for row in rows]

    def forget(self, path: str) -> None:
        """Forget the article's state, so that the next run looks at it again."""
        self._write("DELETE FROM articles WHERE path = ?", [(_key(path),)])

    def checked(self) -> dict[str, tuple[str, str]]:
        """Path → the state in which the article was last checked, and what came of it."""
        rows = self._rows("SELECT path, state, outcome FROM checked")
        return {path: (state, outcome) for path, state, outcome in rows}

    def remember_checked(self, rows: Sequence[tuple[str, str, str]]) -> None:
        """Remember path, state and outcome of articles that were checked."""
        self._write("INSERT OR REPLACE INTO checked VALUES (?, ?, ?)", rows)

    def entry(self, key: str) -> Inline | None:
        """The remembered entry, or None."""
        # An idle run never comes here, and the nouns take as long to import as it does to run.
        from refpipe.model import Run

        for (content,) in self._rows("SELECT content FROM entries WHERE key = ?", (key,)):
            try:
                runs = json.loads(str(content))
                return tuple(Run(text, frozenset(marks), target) for text, marks, target in runs)
            except (ValueError, TypeError, RecursionError):
                return None
        return None

    def remember_entry(self, key: str, content: Inline) -> None:
        """Remember an entry."""
        runs = [(run.text, sorted(run.marks), run.target) for run in content]
        row = (key, json.dumps(runs, ensure_ascii=True))
        self._write("INSERT OR REPLACE INTO entries VALUES (?, ?)", [row])

    def _rows(self, sql: str, values: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
        try:
            return self._database.execute(sql, values).fetchall()
        except sqlite3.Error:
            return []

    def _write(self, sql: str, rows: Sequence[tuple[str, ...]]) -> None:
        try:
            self._database.executemany(sql, rows)
        except sqlite3.Error:
            return


def _key(path: str) -> str:
    """The path without the half characters that Python makes where the locale is not UTF-8."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _open(folder: Path, patience: float) -> sqlite3.Connection:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        place = folder / "cache.db"
        if place.exists() and not place.is_file():
            raise FileExistsError(place)  # To open a pipe would wait without end.
        return _prepare(place, patience)
    except (OSError, sqlite3.Error):
        return _prepare(":memory:", patience)


_PACKAGE = Path(__file__).parent
_MAKERS = (
    "articles",
    "checks",
    "dates",
    "identifiers",
    "items",
    "library",
    "markup",
    "match",
    "merge",
    "normalise",
    "pipeline",
    "render",
    "retractions",
)
"""The rooms whose code decides what a remembered entry or article would come to today."""


@cache
def _stamp() -> str:
    """What tells this very program from the one that filled the cache.

    The version alone would not do: whoever works from a clone has new code under an old number.
    It is read once: a desk that is open while refpipe is renewed goes on with its old code.
    """
    folders = [_PACKAGE, *(path for name in _MAKERS for path in (_PACKAGE / name).glob("**/"))]
    newest = [
        (entry.name, entry.stat().st_mtime_ns, entry.stat().st_size)
        for folder in folders
        for entry in os.scandir(folder)
        if entry.name.endswith(".py")
    ]
    return hashlib.blake2b(repr(sorted(newest)).encode(), digest_size=16).hexdigest()


def _renew(database: sqlite3.Connection) -> None:
    """Empty the cache where another program filled it."""
    stamp = _stamp()
    if database.execute("SELECT stamp FROM program").fetchall() == [(stamp,)]:
        return
    with database:
        # The other program may have laid its tables out differently.
        for table in ("program", "entries", "articles", "citations", "checked"):
            database.execute(f"DROP TABLE IF EXISTS {table}")
        database.executescript(_TABLES)
        database.execute("INSERT INTO program VALUES (?)", (stamp,))


def _prepare(place: Path | str, patience: float) -> sqlite3.Connection:
    database = sqlite3.connect(place, timeout=patience)
    try:
        # Nothing here is worth waiting for the disk: a cache torn by a power cut is made anew.
        database.execute("PRAGMA synchronous = OFF")
        database.executescript(_TABLES)
        _renew(database)
    except sqlite3.DatabaseError as error:
        database.close()
        is_torn = error.sqlite_errorcode in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}
        if not isinstance(place, Path) or not is_torn:
            raise
        place.unlink()
        database = sqlite3.connect(place, timeout=patience)
        database.executescript(_TABLES)
        _renew(database)
    return database
