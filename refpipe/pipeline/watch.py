"""Which articles were saved, told as it happens.

A save counts by what the file holds then: refpipe's own writes, which leave what it knows
already, wake nobody, and an editor that saves by renaming is an editor like any other.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from refpipe import files
from refpipe.config import SUFFIXES, Config
from refpipe.errors import ArticleError, UsageError

_REST = 50
"""Milliseconds without a further event after which a save is held to be whole."""
_LONGEST = 500
"""Milliseconds of events without a rest after which the articles are looked at all the same."""
_TURN = 500
"""Milliseconds between two looks at whether to stop."""


class Watch:
    """The articles of some paths, and what each held when it was last done."""

    def __init__(self, config: Config, named: Sequence[Path]) -> None:
        self._config = config
        self._named = tuple(path.absolute() for path in named)
        self._digests: dict[Path, str] = {}
        self._library = _digest(config.library)

    def settled(self, done: Iterable[tuple[Path, bytes]]) -> None:
        """Remember what each article held when it was done."""
        for path, content in done:
            self._digests[path.absolute()] = _of(content)

    def library_is_ours(self) -> None:
        """Remember the library as it is: what changed in it was our own doing."""
        self._library = _digest(self._config.library)

    def saves(self, *, stop: threading.Event | None = None) -> Iterator[tuple[Path, ...]]:
        """The articles that were saved since, batch by batch, until Ctrl-C or ``stop``.

        A change of the library makes every article due.  Raises UsageError where the package
        that watches is not installed.
        """
        watched = _watcher()
        folders = {path if path.is_dir() else path.parent for path in self._named}
        folders.add(self._config.library.parent.absolute())
        events = watched(
            *sorted(folder for folder in folders if folder.is_dir()),
            watch_filter=lambda _, path: self._concerns(Path(path)),
            debounce=_LONGEST,
            step=_REST,
            stop_event=stop,
            raise_interrupt=False,
            rust_timeout=_TURN,
            yield_on_timeout=True,
        )
        is_first = True
        for changes in events:
            # What was saved between the first run and the first event is found by looking.
            paths = set(self._articles()) if is_first else {Path(path) for _, path in changes}
            is_first = False
            if due := self._due(paths):
                yield due

    def _due(self, paths: Iterable[Path]) -> tuple[Path, ...]:
        library = _digest(self._config.library)
        if library != self._library:
            self._library = library
            return tuple(self._articles())
        return tuple(sorted(path for path in paths if self._is_due(path)))

    def _concerns(self, path: Path) -> bool:
        """Whether an event at that path may be a save of an article, or of the library."""
        if path == self._config.library.absolute():
            return True
        if not path.name.lower().endswith(SUFFIXES) or path.name.startswith("."):
            return False
        named = next((one for one in self._named if path == one or path.is_relative_to(one)), None)
        if named is None:
            return False
        inside = path.relative_to(named).parts
        excluded = [one.absolute() for one in self._config.exclude]
        is_hidden = any(part.startswith(".") for part in inside)
        return not is_hidden and not any(path.is_relative_to(one) for one in excluded)

    def _is_due(self, path: Path) -> bool:
        path = path.absolute()
        return (
            path != self._config.library.absolute()
            and path.is_file()
            and _digest(path) != self._digests.get(path)
        )

    def _articles(self) -> Iterator[Path]:
        there = [path for path in self._named if path.exists()]
        yield from files.find(there, SUFFIXES, self._config.exclude, unreadable=[])


def _watcher() -> Any:
    try:
        import watchfiles
    except ModuleNotFoundError as error:
        raise UsageError(
            "--watch needs watchfiles, which is not installed",
            hint="pip install 'refpipe[watch]'",
        ) from error
    # A library's log is no place for what a writer should know.
    logging.getLogger("watchfiles").addHandler(logging.NullHandler())
    return watchfiles.watch


def _digest(path: Path) -> str:
    """A digest of what the file holds; empty where it cannot be read."""
    try:
        return _of(files.read(path).content)
    except ArticleError:
        return ""


def _of(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
