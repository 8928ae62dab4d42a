"""``refpipe edit``: correct fields of a work by hand."""

from __future__ import annotations

import click

from refpipe.cli.completion import keys


@click.command("edit", short_help="Correct fields of a work by hand.")
@click.argument("key", shell_complete=keys)
@click.argument("corrections", nargs=-1, required=True, metavar="FIELD=VALUE...")
@click.option("--reason", default="", help="Why, or where you looked it up; it is kept.")
def command(key: str, corrections: tuple[str, ...], reason: str) -> int:
    """Correct fields of the work that KEY names.

    What you type comes before what any registry says, and refpipe show names it as yours.

      refpipe edit modic2005 volume=237 pages=597-604
      refpipe edit modic2005 "author=Modic, M. T.; Obuchowski, N. A."
      refpipe edit modic2005 issued=2005-11
      refpipe edit modic2005 issue=          (there is none)
    """
    from refpipe import cli
    from refpipe.cli import console
    from refpipe.pipeline import decisions, manual_entry

    with console.library() as (library, now):
        work = manual_entry.correct(library, key, corrections, reason=reason, now=now)
        console.work(work, heading="corrected")
        console.how_to_undo(decisions.latest_correction(library, work).key)
    return cli.CLEAN
