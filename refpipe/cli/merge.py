"""``refpipe merge``: hold two works to be one."""

from __future__ import annotations

import click

from refpipe.cli.completion import keys


@click.command("merge", short_help="Hold two works to be one.")
@click.argument("a", shell_complete=keys)
@click.argument("b", shell_complete=keys)
@click.option("--reason", default="", help="Why; it is kept with the decision.")
def command(a: str, b: str, reason: str) -> int:
    """Hold A and B to be one work.

    A and B are DOIs, PMIDs, addresses or names such as modic2005.  Nothing is thrown away:
    both records stay, every field keeps its source, both names go on finding the work, and
    refpipe undo takes it back.
    """
    from refpipe import cli
    from refpipe.cli import console
    from refpipe.pipeline import decisions

    with console.library() as (library, now):
        made = decisions.hold_one(library, a, b, reason=reason, now=now)
        work = decisions.named(library, a).work
        console.work(work, heading="one work" if made else "one work already")
        if made:
            console.how_to_undo(made.key)
    return cli.CLEAN
