"""``refpipe merge``: record that two works are one."""

from __future__ import annotations

import click

from refpipe.cli.completion import keys


@click.command("merge", short_help="Record that two works are one.")
@click.argument("a", shell_complete=keys)
@click.argument("b", shell_complete=keys)
@click.option("--reason", default="", help="Why; it is kept with the decision.")
@click.option("--yes", is_flag=True, help="Merge although the two contradict each other.")
def command(a: str, b: str, reason: str, yes: bool) -> int:
    """Record that A and B are one work.

    A and B are DOIs, PMIDs, addresses or names such as modic2005.  Nothing is thrown away:
    both records stay, every field keeps its source, both names go on finding the work, and
    refpipe undo takes it back.  Where DOI, title, authors, year or place of the two contradict,
    nothing is recorded without --yes.

    Exit code 0: they are one work.  1: they contradict each other, and nothing was recorded.
    """
    from refpipe import cli
    from refpipe.cli import console
    from refpipe.pipeline import decisions

    with console.library() as (library, now):
        against = decisions.contradictions(library, a, b)
        for line in against:
            console.say(f"they contradict each other: {line}")
        if against and not yes:
            console.say("nothing was recorded; if they are one work all the same, give --yes")
            return cli.FINDINGS
        made = decisions.record_match(library, a, b, reason=reason, now=now)
        work = decisions.named(library, a).work
        console.work(work, heading="one work" if made else "one work already")
        if made:
            console.how_to_undo(made.key)
    return cli.CLEAN
