"""What was answered before: where it is kept, and how long it is good for."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from requests import Response

from refpipe.http.settings import Reply
from refpipe.lifetimes import Closing

_DAY = 24 * 60 * 60
GOOD_FOR = {200: 14 * _DAY, 301: 14 * _DAY, 302: _DAY, 303: _DAY, 307: _DAY, 404: _DAY // 24}
"""Status → seconds that an answer is remembered; a "no" is asked again soon."""

_VERSIONS = frozenset({"ETag", "Last-Modified"})
"""What a server says of a version; kept under another name, for whoever asks for changes only."""
_NOT_OURS = ("Expires", "Pragma", "ETag", "Last-Modified", "Vary")


def mark(response: Response) -> None:
    """Let the response say how long it is to be remembered, whatever its server says."""
    for name in _NOT_OURS:
        said = response.headers.pop(name, None)
        if said is not None and name in _VERSIONS:
            response.headers[f"X-Origin-{name}"] = said
    seconds = GOOD_FOR.get(response.status_code)
    response.headers["Cache-Control"] = f"max-age={seconds}" if seconds else "no-store"


_LAYOUT = 2
"""The first one was that of requests-cache."""
_TABLES = f"""
DROP TABLE IF EXISTS responses;
DROP TABLE IF EXISTS redirects;
CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY, url TEXT, status INTEGER, headers TEXT, body BLOB,
    heard TEXT, expires REAL
) WITHOUT ROWID;
PRAGMA user_version = {_LAYOUT};
"""
_ANY_FAULT = (sqlite3.Error, OSError, ValueError, TypeError)


class Memory(Closing):
    """A memory that costs a question asked twice where the disk fails, and never an answer."""

    def __init__(self, path: Path | str) -> None:
        """Open it; raises sqlite3.Error where it cannot be read and written."""
        self._file = sqlite3.connect(
            path, timeout=2.0, isolation_level=None, check_same_thread=False
        )
        try:
            # All in it can be asked for again, so nobody waits for the disk.
            self._file.execute("PRAGMA synchronous = OFF")
            self._file.execute("BEGIN IMMEDIATE")
            (layout,) = self._file.execute("PRAGMA user_version").fetchone()
            self._file.execute("SELECT count(*) FROM sqlite_master").fetchone()
            self._file.execute("COMMIT")
            if layout != _LAYOUT:
                self._file.executescript(f"BEGIN IMMEDIATE; {_TABLES} COMMIT;")
            self._file.execute("PRAGMA busy_timeout = 5000")
        except sqlite3.Error:
            self._file.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def recall(self, key: str) -> Reply | None:
        """The remembered answer, stale or not, if there is one that can be read."""
        try:
            found = self._file.execute(
                "SELECT url, status, headers, body, heard, expires FROM answers WHERE key = ?",
                (key,),
            ).fetchone()
            if found is None:
                return None
            url, status, headers, body, heard, expires = found
            return Reply(
                url=url,
                status=status,
                headers=json.loads(headers),
                body=body,
                heard=heard,
                is_remembered=True,
                is_stale=expires <= time.time(),
            )
        except (sqlite3.Error, OSError, ValueError, TypeError, RecursionError):
            return None

    def keep(self, answers: Iterable[tuple[str, Reply]]) -> None:
        """Remember the answers under their keys, if that can be done."""
        now = time.time()
        heard = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now))
        rows = [
            (key, one.url, one.status, json.dumps(dict(one.headers)), one.body, heard,
             now + GOOD_FOR[one.status])
            for key, one in answers
        ]  # fmt: skip
        with suppress(*_ANY_FAULT):
            self._file.execute("BEGIN IMMEDIATE")
            try:
                self._file.executemany(
                    "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?)", rows
                )
            except sqlite3.Error:
                self._file.execute("ROLLBACK")
                raise
            self._file.execute("COMMIT")

    def forget(self, key: str) -> None:
        """Forget an answer, if that can be done."""
        with suppress(*_ANY_FAULT):
            self._file.execute("DELETE FROM answers WHERE key = ?", (key,))


def open_memory(path: Path | None) -> Memory:
    """The memory at ``path``; one for this run only where that cannot be read and written.

    A damaged file is thrown away: all in it can be asked for again.
    """
    if path is not None:
        for _ in range(2):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                if path.exists() and not path.is_file():
                    break  # To open a pipe would wait without end.
                return Memory(path)
            except (sqlite3.OperationalError, OSError):
                break
            except sqlite3.DatabaseError:
                path.unlink(missing_ok=True)
    return Memory(":memory:")
