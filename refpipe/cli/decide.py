"""``refpipe merge``, ``split``, ``replace``, ``edit``, ``undo``: what a person decides."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from refpipe.cli.console import complete_keys
from refpipe.files import diff as diff_of

if TYPE_CHECKING:
    from refpipe.config import Config
    from refpipe.errors import ArticleError
    from refpipe.pipeline.versions import Replacement


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


# ── ``refpipe replace``: cite the newer version in the place of the old ─────────────────────────


@click.command("replace", short_help="Cite the newer version of a work in its place.")
@click.argument("old", shell_complete=complete_keys)
@click.argument("new", required=False, default="", shell_complete=complete_keys)
@click.option(
    "--in", "paths", multiple=True, type=click.Path(path_type=Path, readable=False),
    metavar="PATH", help="Only in these articles or folders.",
)  # fmt: skip
@click.option("--diff", "is_diff", is_flag=True, help="Write nothing; print what would change.")
@click.option("--offline", is_flag=True, help="Ask no registry; use what the library holds.")
def replace_command(
    old: str, new: str, paths: tuple[Path, ...], *, is_diff: bool, offline: bool
) -> int:
    """Cite the newer version of OLD wherever OLD is cited, and weave those articles.

    The newer version is the one that a registry, a catalogue or the publisher names (refpipe check
    --online looks for it), or else NEW.  OLD stays in the library with all that is known of it,
    and refpipe history OLD says since when the other is cited in its place.  Read again what you
    say of it: a newer version may say something else.  A list made by hand is left alone.

    Exit code 0: replaced.  1: nothing cites OLD, or an article could not be woven whole.
    2: the new work could not be had.
    """
    from refpipe import cli
    from refpipe.cli import console
    from refpipe.pipeline import query, versions

    config = console.project(paths=paths)
    unreadable: list[ArticleError] = []
    found = console.articles(config, paths, unreadable)
    asked = console.registries(config, is_offline=offline)
    with console.library() as (library, now), asked() as registries:
        asker = query.Asker(library=library, registries=registries, now=now)
        done = versions.choose(asker, old, new)
    if done.new is None:
        console.say(f"refpipe: {new or old}: {done.unresolved.reason if done.unresolved else ''}")
        return cli.FAILED
    changed, is_whole = _cited_anew(config, done, found, is_diff=is_diff)
    if changed and not is_diff:
        with console.library() as (library, now):
            made = versions.record(library, done, now=now)
            console.work(done.new, heading=f"cited in the place of {done.old.name or old}")
            if made is not None:
                console.how_to_undo(made.key)
    if not changed:
        console.say(f"no article cites {old}")
    for error in unreadable:
        cli.tell(error)
    if unreadable:
        return cli.FAILED
    return cli.CLEAN if changed and is_whole else cli.FINDINGS


def _cited_anew(
    config: Config, done: Replacement, found: list[Path], *, is_diff: bool
) -> tuple[int, bool]:
    """How many articles were changed, and whether all of them without a finding."""
    from refpipe import cli, report
    from refpipe.cache import Cache
    from refpipe.cli import console, terminal
    from refpipe.pipeline import pages, versions

    changed, is_whole = 0, True
    with Cache(config.cache) as cache:
        run = pages.RefsRun(
            config=config, cache=cache, now=console.now(), today=console.today(),
            unasked="replace", may_write=not is_diff,
        )  # fmt: skip
        for page in versions.cite(run, done, found):
            if page.error is not None:
                cli.tell(page.error)
                is_whole = False
                continue
            changed += 1
            is_whole = is_whole and not page.findings
            for finding in page.findings:
                console.say(report.line(finding, terminal.language_of_talk()))
            if is_diff:
                shown = pages.shown(page.file.path)
                click.echo(diff_of(shown, page.file.text, page.after), nl=False)
            else:
                pages.write(run, page)
                click.echo(pages.shown(page.file.path))
    return changed, is_whole


# ── ``refpipe undo``: take back a decision, a correction or a waiver ────────────────────────────


@click.command("undo", short_help="Take back the last decision or correction, or a named one.")
@click.argument("key", required=False, default="")
@click.option("--reason", default="", help="Why; it is kept.")
def undo_command(key: str, reason: str) -> int:
    """Take back what was decided, corrected or waived last, or what KEY names.

    KEY is the beginning of a key that refpipe history, merge or waive prints.  Each field of a
    work that is printed otherwise now is told.  Undoing is itself remembered: undo the undo by
    its key, and all is as before.
    """
    from refpipe import cli
    from refpipe.cli import console, terminal
    from refpipe.pipeline import decisions

    with console.library() as (library, now):
        undos = library.undo_all(key, reason=reason, made=now)
        targets = [decisions.undo_target(library, undo) for undo in undos]
        for undo, target in zip(undos, targets, strict=True):
            told = decisions.as_sentence(target, terminal.language_of_talk())
            console.print_line(f"took back {undo.undoes[:8]}: {told}")
            for origin, text in decisions.printed_sides(library, target):
                console.print_line(f"    {origin}: {text}")
        when, is_person, later = decisions.since(library, targets[0])
        who = "by a person" if is_person else "by a rule"
        console.print_line(f"  it was said on {when[:10]}, {who}")
        if len(undos) > 1:
            console.say(
                f"note: these {len(undos)} were recorded at one time; all of them are taken back"
            )
        if not key:
            console.say(
                "note: that was the last thing decided by hand in this library; a command that was"
                " refused has decided nothing"
                if is_person
                else "note: nothing stands here that was decided by hand; that was the last that a"
                " rule held"
            )
        if later and not key:
            console.say(
                f"note: {console.count(later, 'record')} came since; undo takes no record back that"
                " a source gave, refpipe history KEY names what else can be taken back"
            )
        console.changed_entries(library, console.project())
        for undo in undos:
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
