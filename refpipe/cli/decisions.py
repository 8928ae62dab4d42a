"""``refpipe merge``, ``split``, ``edit`` and ``undo``: what a person decides about works."""

from __future__ import annotations

import click

from refpipe.cli.console import complete_keys

# ── ``refpipe merge``: record that two works are one ────────────────────────────────────────────


@click.command("merge", short_help="Record that two works are one.")
@click.argument("a", shell_complete=complete_keys)
@click.argument("b", shell_complete=complete_keys)
@click.option("--reason", default="", help="Why; it is kept with the decision.")
@click.option("--yes", is_flag=True, help="Merge although the two contradict each other.")
def merge_command(a: str, b: str, reason: str, yes: bool) -> int:
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


# ── ``refpipe split``: record that two works, or a record and a work, are different ─────────────


@click.command("split", short_help="Record that two works are different.")
@click.argument("a", shell_complete=complete_keys)
@click.argument("b", shell_complete=complete_keys)
@click.option("--reason", default="", help="Why; it is kept with the decision.")
def split_command(a: str, b: str, reason: str) -> int:
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


# ── ``refpipe undo``: take back a decision, a correction or a waiver ────────────────────────────


@click.command("undo", short_help="Take back the last decision or correction, or a named one.")
@click.argument("key", required=False, default="")
@click.option("--reason", default="", help="Why; it is kept.")
def undo_command(key: str, reason: str) -> int:
    """Take back what was decided, corrected or waived last, or what KEY names.

    KEY is the beginning of a key that refpipe history, merge or waive prints.  Undoing is
    itself remembered: undo the undo by its key, and all is as before.
    """
    from refpipe import cli
    from refpipe.cli import console, terminal
    from refpipe.pipeline import decisions

    with console.library() as (library, now):
        undo = library.undo(key, reason=reason, made=now)
        target = decisions.undo_target(library, undo)
        told = decisions.as_sentence(target, terminal.language_of_talk())
        console.print_line(f"took back {undo.undoes[:8]}: {told}")
        console.how_to_undo(undo.key)
    return cli.CLEAN


# ── ``refpipe edit``: correct fields of a work by hand ──────────────────────────────────────────


@click.command("edit", short_help="Correct fields of a work by hand.")
@click.argument("key", shell_complete=complete_keys)
@click.argument("corrections", nargs=-1, required=True, metavar="FIELD=VALUE...")
@click.option("--reason", default="", help="Why, or where you looked it up; it is kept.")
def edit_command(key: str, corrections: tuple[str, ...], reason: str) -> int:
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
