"""How far a long question has come: a bar on a terminal, a plain line now and then in a pipe."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from refpipe.cli import console, terminal

T = TypeVar("T")

_PATIENCE = 1.0
"""Seconds after which a writer wants to know that something happens."""
_BETWEEN = 5.0
"""Seconds between two lines in a pipe."""


def shown(arriving: Iterable[T], *, total: int, what: str) -> Iterator[T]:
    """The same things as they arrive, with a sign of life where it takes more than a second."""
    started = time.monotonic()
    display: _Display | None = None
    try:
        for number, thing in enumerate(arriving, start=1):
            if display is None and time.monotonic() - started > _PATIENCE and number < total:
                display = _Bar(total, what) if sys.stderr.isatty() else _Lines(total, what)
            if display is not None:
                display.advance(number)
            yield thing
    finally:
        if display is not None:
            display.close()


class _Display(Protocol):
    def advance(self, number: int) -> None: ...

    def close(self) -> None: ...


class _Bar:
    """A bar that vanishes when all is done."""

    def __init__(self, total: int, what: str) -> None:
        from rich.console import Console
        from rich.progress import Progress

        self._bar = Progress(console=Console(file=terminal.bare(sys.stderr)), transient=True)
        self._task = self._bar.add_task(what, total=total)
        self._bar.start()

    def advance(self, number: int) -> None:
        self._bar.update(self._task, completed=number)

    def close(self) -> None:
        self._bar.stop()


class _Lines:
    """A line every few seconds."""

    def __init__(self, total: int, what: str) -> None:
        self._total = total
        self._what = what
        self._next = 0.0

    def advance(self, number: int) -> None:
        if time.monotonic() >= self._next:
            console.say(f"{self._what}: {number} of {self._total}")
            self._next = time.monotonic() + _BETWEEN

    def close(self) -> None:
        return
