"""``refpipe split``: record that two works, or a record and a work, are different."""

from __future__ import annotations

import click

from refpipe.cli.completion import keys


@click.command("split", short_help="Record that two works are different.")
@click.argument("a", shell_complete=keys)
@click.argument("b", shell_complete=keys)
@click.option("--reason", default="", help="Why; it is kept with the decision.")
def command(a: str, b: str, reason: str) -> int:
    """Record that A and B are different works.

    No rule will join them again.  A or B may also be the key of one record, as refpipe history
    prints it: that record is then not what its identifier says (a reference that was printed
    with another paper's DOI, say).
    """
    from refpipe import cli
    from refpipe.cli import console
    from refpipe.pipeline import decisions

    with console.library() as (library, now):
        made = decisions.record_distinct(library, a, b, reason=reason, now=now)
        for identifier in (made.a, made.b):
            work = library.find(identifier)
            if work is not None:
                console.work(work, heading=str(identifier))
        console.how_to_undo(made.key)
    return cli.CLEAN
