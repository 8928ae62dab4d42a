"""What was answered before: where it is kept, and how long it is good for."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from requests import Response
from requests_cache.backends import init_backend
from requests_cache.backends.base import BaseCache
from requests_cache.backends.sqlite import SQLiteCache
from requests_cache.models.response import CachedResponse

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


class _Memory(SQLiteCache):
    """A memory that costs a question asked twice where the disk fails, and never an answer."""

    def save_response(self, *args: Any, **kwargs: Any) -> None:
        """Remember the answer if that can be done."""
        with suppress(sqlite3.Error, OSError, ValueError, TypeError):
            super().save_response(*args, **kwargs)

    def get_response(self, *args: Any, **kwargs: Any) -> CachedResponse | None:
        """The remembered answer, if there is one that can be read."""
        try:
            return super().get_response(*args, **kwargs)
        except (sqlite3.Error, OSError, ValueError, TypeError):
            return None

    def delete(self, *args: Any, **kwargs: Any) -> None:
        """Forget answers if that can be done."""
        with suppress(sqlite3.Error, OSError):
            super().delete(*args, **kwargs)


def open_memory(path: Path | None) -> BaseCache:
    """The memory at ``path``; one for this run only where that cannot be read and written.

    A damaged file is thrown away: all in it can be asked for again.
    """
    if path is not None:
        for _ in range(2):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                if path.exists() and not path.is_file():
                    break  # To open a pipe would wait without end.
                return _open_file(path)
            except (sqlite3.OperationalError, OSError):
                break
            except sqlite3.DatabaseError:
                path.unlink(missing_ok=True)
    return init_backend("refpipe", "memory")


def _open_file(path: Path) -> BaseCache:
    # requests-cache waits for ever for a write lock that it cannot get, so try one first.
    probe = sqlite3.connect(path, timeout=2.0)
    try:
        probe.execute("PRAGMA user_version = 1")
        probe.execute("SELECT count(*) FROM sqlite_master").fetchone()
    finally:
        probe.close()
    # JSON and not pickle: reading a file that somebody else wrote must not run it.
    return _Memory(path, serializer="json", busy_timeout=5000, fast_save=True)
