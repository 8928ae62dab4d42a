"""How ``--help`` is laid out: examples keep their lines, and nothing is broken at a hyphen."""

from __future__ import annotations

from collections.abc import Iterable

import click

_HYPHEN = "\u2011"
"""Stands for a hyphen while lines are filled, because click breaks lines behind a hyphen."""


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


def _paragraph(text: str) -> str:
    kept = text.replace("-", _HYPHEN)
    is_example = all(line.startswith(" ") for line in text.strip("\n").splitlines())
    return f"\b\n{kept}" if is_example and text.strip() else kept
