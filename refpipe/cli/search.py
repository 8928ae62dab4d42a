"""``refpipe search``: works by words."""

from __future__ import annotations

import click

from refpipe.cli import output_format


@click.command("search", short_help="Find works by title, author, journal, year or identifier.")
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--limit", default=20, show_default=True, type=click.IntRange(1), help="How many works at most."
)
@output_format.option
def command(words: tuple[str, ...], limit: int, form: str) -> int:
    """Find the works that have all WORDS, in any field and any part of a word.

    Case, accents and full or half width make no difference, and 椎間板 finds 腰椎椎間板ヘルニア.
    Exit code 1 when there is none.
    """
    from refpipe import cli
    from refpipe.cli import console

    with console.library(writable=False) as (library, _):
        found = library.search(" ".join(words), limit)
        if form == "json":
            import json

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
