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
from dataclasses import dataclass
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


# ── What the commands say, in Japanese: whole sentences, looked up at the one door ──────────────
# ``ja.txt`` holds a sentence as the code writes it, ``{}`` where it puts a value (``{#}`` a
# number), and below it, indented, the Japanese, ``{0}`` the first value. A value may be a
# sentence itself and is translated too. What stands in no row is shown as it is: a path, a title,
# a command.


_CATALOGUE = Path(__file__).with_name("ja.txt")
_PLACE = re.compile(r"\{(#?)\}")
_INDENT = re.compile(r"\A(\s*)(.*?)(\s*)\Z", re.DOTALL)
_DEEPEST = 4
"""Sentences within sentences that are looked up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One sentence."""

    english: str
    japanese: str
    pattern: re.Pattern[str]
    words: tuple[str, ...]
    """What stands between its values; all of it stands in every sentence that it matches."""


def translated(text: str) -> str:
    """The text with every line that is known put into Japanese, and its blanks kept.

    >>> translated("nothing to do")
    '変更するところはありません'
    """
    return "".join(_line(line, _DEEPEST) for line in text.splitlines(keepends=True))


def _line(line: str, depth: int) -> str:
    match = _INDENT.match(line)
    assert match is not None  # noqa: S101
    before, words, after = match.groups()
    return f"{before}{_sentence(words, depth)}{after}"


def _sentence(words: str, depth: int) -> str:
    if not words or depth == 0:
        return words
    for row in catalogue():
        if all(part in words for part in row.words) and (match := row.pattern.fullmatch(words)):
            return row.japanese.format(*(_sentence(one, depth - 1) for one in match.groups()))
    return words


@cache
def catalogue() -> tuple[Row, ...]:
    """Every row, those first that have most words of their own."""
    found = list(_rows(_CATALOGUE.read_text(encoding="utf-8")))
    return tuple(sorted(found, key=lambda row: -sum(map(len, row.words))))


def _rows(text: str) -> Iterator[Row]:
    english = ""
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("\t"):
            yield _row(english, line[1:])
        else:
            english = line


def _row(english: str, japanese: str) -> Row:
    parts = _PLACE.split(english)
    words = tuple(part for part in parts[::2] if part)
    pattern = re.escape(parts[0])
    for kind, literal in zip(parts[1::2], parts[2::2], strict=True):
        pattern += (r"(\d[\d,.]*)" if kind else "(.+?)") + re.escape(literal)
    return Row(english=english, japanese=japanese, pattern=re.compile(pattern), words=words)
