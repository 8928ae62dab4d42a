"""``refpipe cite``: find a work by words and print what to paste."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from refpipe.model import Work


@click.command("cite", short_help="Find a work by words and print the citation to paste.")
@click.argument("words", nargs=-1, required=True)
@click.option("--locator", "-l", default="", help="The place: 'p. 600', '第3章'.")
@click.option(
    "--limit", default=9, show_default=True, type=click.IntRange(1), help="How many works at most."
)
def command(words: tuple[str, ...], locator: str, limit: int) -> int:
    """Offer the works that have all WORDS, and print the citation of the one you choose.

    One work is printed at once.  Of several you choose by number; where nobody can be asked
    (in a pipe), all are printed, one a line, and the exit code is 1.
    """
    from refpipe import cli
    from refpipe.cli import console

    with console.library(writable=False) as (library, _):
        found = library.search(" ".join(words), limit)
    if not found:
        console.say("no work has all these words; refpipe add IDENTIFIER adds one")
        return cli.FINDINGS
    if len(found) == 1:
        console.say(console.line(found[0]))
        click.echo(_citation(found[0], locator))
        return cli.CLEAN
    if not _has_terminal():
        for work in found:
            click.echo(f"{_citation(work, locator)}\t{console.line(work)}")
        return cli.FINDINGS
    click.echo(_citation(_chosen(found), locator))
    return cli.CLEAN


def _has_terminal() -> bool:
    import sys

    return sys.stdin.isatty() and sys.stderr.isatty()


def _chosen(found: Sequence[Work]) -> Work:
    from refpipe.cli import console

    for number, work in enumerate(found, start=1):
        console.say(f"{number:>2}  {console.line(work)}")
    number = click.prompt("Which", type=click.IntRange(1, len(found)), default=1, err=True)
    return found[number - 1]


def _citation(work: Work, locator: str) -> str:
    from refpipe.pipeline import lookup

    place = f", {locator}" if locator else ""
    return f"[{lookup.typed_key(lookup.key_of(work))}{place}]"
