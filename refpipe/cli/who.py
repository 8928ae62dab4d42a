"""``refpipe who``: which articles cite a work."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from refpipe.cli import output_format

if TYPE_CHECKING:
    from refpipe.errors import ArticleError


@click.command("who", short_help="List the articles that cite a work.")
@click.argument("key")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@output_format.option
def command(key: str, paths: tuple[Path, ...], form: str) -> int:
    """List every place in PATHS (or in the project's articles) that cites the work KEY.

    KEY is a DOI, a PMID, an address or a name of the library.  Hand-made lists are read too.
    Use it to find what to correct when a paper is retracted.  Exit code 1 when nobody
    cites the work.
    """
    from refpipe import cli
    from refpipe.cli import console
    from refpipe.pipeline import check, overview

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
            click.echo(f"{mention.path}:{mention.line}: {mention.said}{by_hand}")
    for error in broken:
        console.say(f"refpipe: {error}")
    articles = len({mention.path for mention in found})
    name = sought.work.name if sought.work is not None else key
    console.say(f"{name} is cited in {console.count(articles, 'article')}")
    if broken:
        return cli.FAILED
    return cli.CLEAN if found else cli.FINDINGS
