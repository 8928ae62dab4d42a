"""The one door through which the commands speak to a terminal or to the log of a CI job.

stderr is always talk, so it is always guarded.  stdout is data where it goes to a file or to
another program, and then its bytes are left alone; on a terminal it is guarded as well, and under
GitHub Actions, whose runner obeys lines that begin with ``::`` or hold ``##[``, those are broken.
"""

from __future__ import annotations

import io
import os
import re
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TextIO, TypeVar, cast

import click

from refpipe.display import visible

# ── In which language findings, reasons and rules are printed: one option, one default ──────────


@cache
def language_of_talk() -> str:
    """The language of what this run says: the project's, else the locale's."""
    from refpipe import config
    from refpipe.errors import RefpipeError

    try:
        return config.choose_language(None, config.load(Path.cwd()).lang)
    except (RefpipeError, OSError):
        return config.choose_language(None, "")


def language_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command with ``--lang``; its ``lang`` is always ``ja`` or ``en``."""
    return click.option(
        "--lang",
        type=click.Choice(["ja", "en"]),
        callback=_chosen,
        help="The language of what is printed; unless you say, the project's, else the locale's.",
    )(command)


def _chosen(_: click.Context, __: click.Parameter, asked: str | None) -> str:
    from refpipe import config
    from refpipe.cli import console

    return asked or config.choose_language(None, console.project(paths=()).lang)


_COMMAND = re.compile(r"^(\s*:):", re.MULTILINE)
_REMEMBERED = 200
"""Characters of a line that are kept in mind; a line that long begins no command any more."""


class Guarded:
    """A stream that shows whatever it is given and lets nothing be obeyed."""

    def __init__(
        self,
        stream: TextIO,
        *,
        shows: bool,
        in_actions: bool,
        translate: Callable[[str], str] | None = None,
    ) -> None:
        """``translate`` gives what is written in the reader's language; None for data."""
        self._translate = translate
        self.bare = stream
        """The stream behind, for what was made for it: colours, a bar, a workflow command."""
        self._shows = shows
        self._in_actions = in_actions
        self._line = ""
        """What was written of the line that is not ended, so that no command is made in pieces."""

    def write(self, text: str) -> int:
        """Write the text, made harmless; gives how much of it was taken."""
        told = self._translate(text) if text and self._translate is not None else text
        told = visible(told) if self._shows else told
        if self._in_actions and text:
            told = self._without_commands(told)
        self.bare.write(told)
        return len(text)

    def _without_commands(self, text: str) -> str:
        # It is the last character of a command that is broken: that one was not written yet.
        whole = _COMMAND.sub(r"\1\\u003a", self._line + text).replace("##[", "##\\u005b")
        told = whole[len(self._line) :]
        line = whole.rpartition("\n")[2]
        self._line = line if len(line) <= _REMEMBERED else f"-{line[-2:]}"
        return told

    def writelines(self, lines: list[str]) -> None:
        """Write the lines, one after the other."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.bare, name)


@contextmanager
def guarded() -> Iterator[None]:
    """Guard stdout and stderr as long as the context lasts; a closed stdin is an empty one."""
    _fill_closed()
    if sys.stdin is None:
        sys.stdin = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    before = sys.stdout, sys.stderr
    in_actions = os.environ.get("GITHUB_ACTIONS") == "true"
    if not _is_file(sys.stdout) and (in_actions or is_terminal(sys.stdout)):
        shown = is_terminal(sys.stdout)
        sys.stdout = cast("TextIO", Guarded(sys.stdout, shows=shown, in_actions=in_actions))
    if sys.stderr is not None:
        talk = Guarded(sys.stderr, shows=True, in_actions=in_actions, translate=_in_language)
        sys.stderr = cast("TextIO", talk)
    try:
        yield
    finally:
        # After a broken pipe there is no stdout any more, and there must be none at the exit.
        sys.stdout, sys.stderr = (before[0] if sys.stdout is not None else None), before[1]


def _fill_closed() -> None:
    """Let nothing that is opened later take the number of a closed stdin, stdout or stderr.

    A program that we start would write its complaints into the article that has it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # It takes the lowest number that is free.


def _in_language(text: str) -> str:
    """The talk in the language of whoever reads it."""
    if language_of_talk() != "ja":
        return text

    from refpipe.display import translated

    return translated(text)


def bare_stream(stream: TextIO) -> TextIO:
    """The stream behind the guard, for lines whose maker has made every part harmless."""
    return stream.bare if isinstance(stream, Guarded) else stream


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person sits there; nobody does at a stream that was closed."""
    return stream is not None and stream.isatty()


def _is_file(stream: TextIO | None) -> bool:
    try:
        return stream is None or stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError, AttributeError):
        return False


# ────────────────────────────────────────────────────────────────────────────────────────────────
# How far a long question has come: a bar on a terminal, a plain line now and then in a pipe.


T = TypeVar("T")

_PATIENCE = 1.0
"""Seconds after which a writer wants to know that something happens."""
_BETWEEN = 5.0
"""Seconds between two lines in a pipe."""


def shown_progress(arriving: Iterable[T], *, total: int, what: str) -> Iterator[T]:
    """The same things as they arrive, with a sign of life where it takes more than a second."""
    started = time.monotonic()
    display: _Display | None = None
    try:
        for number, thing in enumerate(arriving, start=1):
            if display is None and time.monotonic() - started > _PATIENCE and number < total:
                display = _Bar(total, what) if is_terminal(sys.stderr) else _Lines(total, what)
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

        self._bar = Progress(console=Console(file=bare_stream(sys.stderr)), transient=True)
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
            click.echo(f"{self._what}: {number} of {self._total}", err=True)
            self._next = time.monotonic() + _BETWEEN

    def close(self) -> None:
        return
