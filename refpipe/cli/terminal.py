"""The one door through which the commands speak to a terminal or to the log of a CI job.

stderr is always talk, so it is always guarded.  stdout is data where it goes to a file or to
another program, and then its bytes are left alone; on a terminal it is guarded as well, and under
GitHub Actions, whose runner obeys lines that begin with ``::`` or hold ``##[``, those are broken.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TextIO, cast

import click

from refpipe.visible import visible

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
    """Guard stdout and stderr as long as the context lasts."""
    before = sys.stdout, sys.stderr
    in_actions = os.environ.get("GITHUB_ACTIONS") == "true"
    if not _is_file(sys.stdout) and (in_actions or _is_terminal(sys.stdout)):
        shown = _is_terminal(sys.stdout)
        sys.stdout = cast("TextIO", Guarded(sys.stdout, shows=shown, in_actions=in_actions))
    if sys.stderr is not None:
        talk = Guarded(sys.stderr, shows=True, in_actions=in_actions, translate=_in_language)
        sys.stderr = cast("TextIO", talk)
    try:
        yield
    finally:
        # After a broken pipe there is no stdout any more, and there must be none at the exit.
        sys.stdout, sys.stderr = (before[0] if sys.stdout is not None else None), before[1]


def _in_language(text: str) -> str:
    """The talk in the language of whoever reads it."""
    if language_of_talk() != "ja":
        return text

    from refpipe.translation import translated

    return translated(text)


def bare_stream(stream: TextIO) -> TextIO:
    """The stream behind the guard, for lines whose maker has made every part harmless."""
    return stream.bare if isinstance(stream, Guarded) else stream


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def _is_file(stream: TextIO | None) -> bool:
    try:
        return stream is None or stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError, AttributeError):
        return False
