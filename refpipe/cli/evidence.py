"""``refpipe evidence``: what was checked of a page, when and against whom."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from refpipe.errors import ArticleError


@click.command("evidence", short_help="Write what was checked of a page, when, against whom.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, readable=False))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Write them there.")
@click.option("--lang", type=click.Choice(["ja", "en"]), help="The language of the HTML.")
def command(paths: tuple[Path, ...], out: Path | None, lang: str | None) -> int:
    """Write PAGE.evidence.json and PAGE.evidence.html beside each page of PATHS.

    They say how many references the page lists, which works they are, who confirmed each and
    when it last answered, what was retracted, and what could not be looked at.  Nobody is asked
    now; refpipe check --online asks.  They state what was checked, not that the page is right.

    Exit code 0: every work is confirmed and none retracted.  1: some are not.  2: something
    could not be looked at, or a page lists nothing.
    """
    from refpipe import cli
    from refpipe.cli import console, language
    from refpipe.pipeline import evidence, pages
    from refpipe.pipeline.check import Order

    config = console.project(paths=paths)
    broken: list[ArticleError] = []
    found = console.articles(config, paths, broken)
    spoken = language.choose(lang, config.lang)
    code = cli.CLEAN
    by_name = {pages.shown(path): path for path in found}
    for one in evidence.gather(Order(config=config, today=console.today()), found, broken):
        evidence.write(one, by_name[one.page], spoken, out)
        click.echo(evidence.summary(one, spoken))
        if one.is_unchecked:
            code = cli.FAILED
        elif not one.is_all_confirmed:
            code = max(code, cli.FINDINGS)
    for error in broken:
        cli.tell(error)
    return cli.FAILED if broken else code
