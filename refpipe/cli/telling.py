"""What the commands about works share: the open library, and how a work is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from refpipe.cli import talk

if TYPE_CHECKING:
    from refpipe.library import Library
    from refpipe.library.christening import Contested
    from refpipe.model import Work


@contextmanager
def library(*, writable: bool = True) -> Iterator[tuple[Library, str]]:
    """The project's library, and the time that decisions are dated with."""
    from refpipe.library import Library

    with Library.open(talk.project().library, writable=writable) as opened:
        yield opened, talk.now()


def work(told: Work, *, heading: str) -> None:
    """Print a work: a heading, its name, and a line to know it by."""
    click.echo(f"{heading}: {told.name}  {line(told)}")


def line(told: Work) -> str:
    """A work in one line: first author, year, title, journal."""
    item = told.item
    parts = [_first_author(item), _year(item), str(item.get("title") or "(no title)")]
    journal = item.get("container-title")
    return " · ".join(
        part for part in (*parts, journal if isinstance(journal, str) else "") if part
    )


def contested(one: Contested) -> str:
    """A name that two branches gave to two works, and what to do about it."""
    return (
        f"the name {one.name} was given to two works; {one.keeper} keeps it, and {one.loser}"
        f" is now {one.instead}: look at the articles that cite [@{one.name}],"
        f" then settle it with refpipe undo {one.giving[:8]}"
    )


def how_to_undo(key: str) -> None:
    """Say how to take it back."""
    talk.say(f"to take it back: refpipe undo {key[:8]}")


def _first_author(item: dict[str, Any]) -> str:
    names = item.get("author") or item.get("editor")
    if not isinstance(names, list) or not names or not isinstance(names[0], dict):
        return ""
    first = str(names[0].get("family") or names[0].get("literal") or "")
    custom = item.get("custom")
    goes_on = len(names) > 1 or (isinstance(custom, dict) and custom.get("author-et-al"))
    return f"{first} et al." if goes_on else first


def _year(item: dict[str, Any]) -> str:
    try:
        return str(item["issued"]["date-parts"][0][0])
    except (KeyError, IndexError, TypeError):
        return ""
