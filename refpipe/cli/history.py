"""``refpipe history``: who said what of a work, when, and what was decided."""

from __future__ import annotations

import click

from refpipe.cli import language, output_format
from refpipe.cli.completion import keys


@click.command("history", short_help="Show which source stated what, when, and what was decided.")
@click.argument("key", shell_complete=keys)
@output_format.option
@language.option
def command(key: str, form: str, lang: str) -> int:
    """Tell the history of the work that KEY names, oldest first.

    Each line begins with the key of a record or decision; refpipe undo and refpipe split take it.
    """
    import json

    from refpipe import cli
    from refpipe.cli import console
    from refpipe.pipeline import decisions

    with console.library(writable=False) as (library, _):
        work = decisions.named(library, key).work
        events = decisions.events(library, work, lang)
        if form == "json":
            told = {"id": work.id, "name": work.name, "events": [one.as_json() for one in events]}
            click.echo(json.dumps(told, ensure_ascii=False, indent=2))
            return cli.CLEAN
        console.work(work, heading=work.id)
        for event in events:
            gone = "  (taken back)" if event.is_taken_back else ""
            click.echo(f"{event.key[:8]}  {event.when or '-':<20}  {event.what}{gone}")
            for line in event.details:
                click.echo(f"{'':<10}{line}")
    return cli.CLEAN
