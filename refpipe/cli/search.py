"""``refpipe search``, ``cite``, ``who`` and ``export``: works found, and given out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from refpipe.cli import console

if TYPE_CHECKING:
    from refpipe.errors import ArticleError
    from refpipe.model import Work


# ── ``refpipe search``: works by words ──────────────────────────────────────────────────────────


@click.command("search", short_help="Find works by title, author, journal, year or identifier.")
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--limit", default=20, show_default=True, type=click.IntRange(1), help="How many works at most."
)
@console.format_option
def search_command(words: tuple[str, ...], limit: int, form: str) -> int:
    """Find the works that have all WORDS, in any field and any part of a word.

    Case, accents and full or half width make no difference, and 椎間板 finds 腰椎椎間板ヘルニア.
    Exit code 1 when there is none.
    """
    from refpipe import cli

    with console.library(writable=False) as (library, _):
        found = library.search(" ".join(words), limit)
        if form == "json":
            told = [{"id": one.id, "name": one.name, "item": one.item} for one in found]
            click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            for work in found:
                click.echo(f"{work.name}  {console.line(work)}")
                click.echo(f"    {work.id}")
    if not found:
        console.say("no work has all these words")
        return cli.FINDINGS
    return cli.CLEAN


# ── ``refpipe cite``: find a work by words and print what to paste ──────────────────────────────


@click.command("cite", short_help="Find a work by words and print the citation to paste.")
@click.argument("words", nargs=-1, required=True)
@click.option("--locator", "-l", default="", help="The place: 'p. 600', '第3章'.")
@click.option(
    "--limit", default=9, show_default=True, type=click.IntRange(1), help="How many works at most."
)
def cite_command(words: tuple[str, ...], locator: str, limit: int) -> int:
    """Offer the works that have all WORDS, and print the citation of the one you choose.

    One work is printed at once.  Of several you choose by number; where nobody can be asked
    (in a pipe), all are printed, one a line, and the exit code is 1.
    """
    from refpipe import cli

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

    from refpipe.cli import terminal

    return terminal.is_terminal(sys.stdin) and terminal.is_terminal(sys.stderr)


def _chosen(found: Sequence[Work]) -> Work:
    for number, work in enumerate(found, start=1):
        console.say(f"{number:>2}  {console.line(work)}")
    number = click.prompt("Which", type=click.IntRange(1, len(found)), default=1, err=True)
    return found[number - 1]


def _citation(work: Work, locator: str) -> str:
    from refpipe.pipeline import lookup

    place = f", {locator}" if locator else ""
    return f"[{lookup.typed_key(lookup.key_of(work))}{place}]"


# ── ``refpipe who``: which articles cite a work ─────────────────────────────────────────────────


@click.command("who", short_help="List the articles that cite a work.")
@click.argument("key")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@console.format_option
def who_command(key: str, paths: tuple[Path, ...], form: str) -> int:
    """List every place in PATHS (or in the project's articles) that cites the work KEY.

    KEY is a DOI, a PMID, an address or a name of the library.  Hand-made lists are read too.
    Use it to find what to correct when a paper is retracted.  Exit code 1 when nobody
    cites the work.
    """
    from refpipe import cli
    from refpipe.pipeline import check
    from refpipe.pipeline.check import overview

    config = console.project(paths=())
    sought = overview.work_wanted(config, key)
    broken: list[ArticleError] = []
    readable = check.readable(console.articles(config, paths, broken), broken)
    found = list(overview.find_mentions(config, readable, sought))
    if form == "json":
        rows = [
            {"path": m.path, "line": m.line, "said": m.said, "managed": m.is_managed} for m in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for mention in found:
            by_hand = "" if mention.is_managed else " (hand-made list)"
            console.print_line(f"{mention.path}:{mention.line}: {mention.said}{by_hand}")
    for error in broken:
        console.say(f"refpipe: {error}")
    articles = len({mention.path for mention in found})
    name = sought.work.name if sought.work is not None else key
    console.say(f"{name} is cited in {console.count(articles, 'article')}")
    if broken:
        return cli.FAILED
    return cli.CLEAN if found else cli.FINDINGS


# ── ``refpipe export``: works of the library for other programs ─────────────────────────────────


@click.command("export", short_help="Print works of the library for other programs.")
@click.argument("keys", nargs=-1)
@click.option(
    "--format", "form", type=click.Choice(["csl-json", "bibtex", "ris"]), default="csl-json",
    show_default=True, help="The format to print.",
)  # fmt: skip
def export_command(keys: tuple[str, ...], form: str) -> int:
    """Print the works that KEYS name, or all of the library, each under its readable name.

    What a format has no place for is kept in fields of refpipe's own, which other programs pass
    over: importing an export gives the same works.

    Exit code 0: all are printed.  2: the library does not know a key; the others are printed.
    """
    from refpipe import cli
    from refpipe.items import exchange
    from refpipe.library import Library
    from refpipe.pipeline import lookup

    missing = []
    with Library.open(console.project().library, writable=False) as library:
        if keys:
            found = lookup.find(library, keys)
            works = list({work.id: work for key in keys if (work := found.get(key))}.values())
            missing = [lookup.no_such_work(library, key) for key in keys if key not in found]
        else:
            works = sorted(library.works(), key=lambda work: work.name)
    click.echo(exchange.write(form, [{**work.item, "id": work.name} for work in works]), nl=False)
    for error in missing:
        cli.tell(error)
    return cli.FAILED if missing else cli.CLEAN
