"""``refpipe undo``: take back a decision, a correction or a waiver."""

from __future__ import annotations

import click


@click.command("undo", short_help="Take back the last decision or correction, or a named one.")
@click.argument("key", required=False, default="")
@click.option("--reason", default="", help="Why; it is kept.")
def command(key: str, reason: str) -> int:
    """Take back what was decided, corrected or waived last, or what KEY names.

    KEY is the beginning of a key that refpipe history, merge or waive prints.  Undoing is
    itself remembered: undo the undo by its key, and all is as before.
    """
    from refpipe import cli
    from refpipe.cli import console
    from refpipe.model import Record, Waiver
    from refpipe.pipeline import decisions

    with console.library() as (library, now):
        undo = library.undo(key, reason=reason, made=now)
        target = decisions.undo_target(library, undo)
        kinds = {Record: "record", Waiver: "waiver"}
        what = kinds.get(type(target), "decision")
        click.echo(f"took back {what} {undo.undoes[:8]}: {decisions.as_sentence(target)}")
        console.how_to_undo(undo.key)
    return cli.CLEAN
