"""How ``--help`` is laid out, and how it reads in Japanese.

Examples keep their lines, and nothing is broken at a hyphen.  ``help_ja.toml`` holds the Japanese
of every page and option; it is read only where help is shown to a reader of Japanese.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import click

from refpipe.display import columns

_HYPHEN = "\u2011"
"""Stands for a hyphen while lines are filled, because click breaks lines behind a hyphen."""
_CATALOGUE = Path(__file__).with_name("help_ja.toml")
_HEADINGS = {"Options": "オプション", "Commands": "コマンド"}
_EXTRA = re.compile(r"(.*?)(  \[[^\]]*\])?", re.DOTALL)
"""What an option does, and what click adds: its default, its range."""
_UNBROKEN = re.compile(r"[「『（(]*(?:[!-~]+|.)[、。」』）,.!?)]*")
"""What stands on one line: a Latin word or one character, with the brackets and marks beside it."""


class Formatter(click.HelpFormatter):
    """Click's formatter, for docstrings whose indented paragraphs are examples."""

    def write_text(self, text: str) -> None:
        """Write the paragraphs; an indented one is an example and keeps its lines."""
        super().write_text("\n\n".join(_paragraph(one) for one in text.split("\n\n")))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write options or commands, each with what it does."""
        kept = [(first, second.replace("-", _HYPHEN)) for first, second in rows]
        super().write_dl(kept, col_max, col_spacing)

    def getvalue(self) -> str:
        """The whole page."""
        return super().getvalue().replace(_HYPHEN, "-")


class JapaneseFormatter(Formatter):
    """The same page in Japanese, whatever English it is given."""

    def __init__(self, command: str, width: int | None, max_width: int | None) -> None:
        super().__init__(width=width, max_width=max_width)
        self._command = command
        self._heading = ""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how the command is called."""
        super().write_usage(prog, args, "使い方: " if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """Write the heading of a list."""
        self._heading = heading
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_text(self, text: str) -> None:
        """Write what the command does."""
        told = _catalogue()["pages"].get(self._command, text).strip("\n")
        wide = self.width - self.current_indent
        super().write_text("\n\n".join(_filled(one, wide) for one in told.split("\n\n")))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write options or commands, each with what it does."""
        rows = list(rows)
        first = min(max((len(name) for name, _ in rows), default=0), col_max) + col_spacing
        wide = max(self.width - first - 2, 10)
        told = [(name, _filled(self._told(name, text), wide)) for name, text in rows]
        super().write_dl(told, col_max, col_spacing)

    def _told(self, name: str, text: str) -> str:
        if self._heading == "Commands":
            page = _catalogue()["pages"].get(f"{self._command} {name}", "")
            return page.strip().partition("。")[0] + "。" if page else text
        match = _EXTRA.fullmatch(text)
        assert match is not None  # noqa: S101
        extra = (match[2] or "").replace("default: ", "既定値: ").replace("required", "必須")
        return _catalogue()["options"].get(match[1], match[1]) + extra


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    return tomllib.loads(_CATALOGUE.read_text(encoding="utf-8"))


def _paragraph(text: str) -> str:
    kept = text.replace("-", _HYPHEN)
    return f"\b\n{kept}" if _is_example(text) else kept


def _is_example(text: str) -> bool:
    return bool(text.strip()) and all(line.startswith(" ") for line in text.strip("\n").split("\n"))


def _filled(text: str, wide: int) -> str:
    """The paragraph in lines of that width, marked so that click keeps them."""
    return text if _is_example(text) else "\b\n" + "\n".join(_lines(text.replace("\n", " "), wide))


def _lines(text: str, wide: int) -> Iterator[str]:
    line = ""
    for piece in _UNBROKEN.findall(text):
        if line and columns(line + piece.rstrip()) > wide:
            yield line.rstrip()
            line = piece.lstrip()
        else:
            line += piece
    yield line.rstrip()
