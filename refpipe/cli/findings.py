"""``refpipe rule``, ``waive``, ``evidence`` and ``retractions``: what stands behind findings."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from refpipe import files
from refpipe.cli import terminal
from refpipe.config import choose_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refpipe.errors import ArticleError
    from refpipe.pipeline.retractions import StandingChanges
    from refpipe.retractions.index import Updated


# ── ``refpipe rule``: what a rule looks for, and why ────────────────────────────────────────────


@click.command("rule", short_help="Explain a rule of refpipe check, or list them all.")
@click.argument("code", required=False)
@terminal.language_option
@click.option(
    "--write-docs",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write the page of every rule into this folder.",
)
def rule_command(code: str | None, lang: str, write_docs: Path | None) -> int:
    """Explain the rule CODE (DATE001, or its name impossible-date); list all without CODE."""
    from refpipe import checks, cli, report
    from refpipe.errors import UsageError

    if write_docs is not None:
        _write_pages(write_docs)
        return cli.CLEAN
    if code is None:
        for line in report.rule_table(lang):
            click.echo(line)
        return cli.CLEAN
    try:
        rule = checks.rule(code)
    except KeyError:
        raise UsageError(
            f"there is no rule {code!r}", hint="refpipe rule lists every rule."
        ) from None
    click.echo(report.rule_page(rule.code, lang), nl=False)
    return cli.CLEAN


def _write_pages(folder: Path) -> None:
    """Write the documentation: a page a rule and a table, in both languages."""
    from refpipe import report

    for name, text in report.documents().items():
        files.write(folder / name, text)


# ── ``refpipe waive``: answer a finding about a work or an article, with a reason, for good ─────


@click.command("waive", short_help="Answer a finding with a reason, so that it is not repeated.")
@click.argument("code")
@click.argument("subject")
@click.argument("reason")
def waive_command(code: str, subject: str, reason: str) -> int:
    """Let the finding CODE about SUBJECT stand, because of REASON.

    SUBJECT is a work (a DOI, an address, a name of the library), for every article that cites
    it, or the path of an article.  The answer is kept in library.db, and refpipe undo
    takes it back.  For one place in one
    article, write <!-- refpipe: ignore CODE reason --> there instead.
    """
    from refpipe import cli
    from refpipe.cli import console
    from refpipe.library import made_if_needed
    from refpipe.pipeline import decisions

    with made_if_needed(console.project().library) as library:
        waiver = decisions.waive(library, code, subject, reason=reason, now=console.now())
    console.say(f"{waiver.code} about {subject} is answered: {waiver.reason}")
    console.how_to_undo(waiver.key)
    return cli.CLEAN


# ── ``refpipe evidence``: what was checked of a page, when and against whom ─────────────────────


@click.command("evidence", short_help="Write what was checked of a page, when, against whom.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, readable=False))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Write them there.")
@click.option("--lang", type=click.Choice(["ja", "en"]), help="The language of the HTML.")
def evidence_command(paths: tuple[Path, ...], out: Path | None, lang: str | None) -> int:
    """Write PAGE.evidence.json and PAGE.evidence.html beside each page of PATHS.

    They say how many references the page lists, which works they are, who confirmed each and
    when it last answered, which web pages were seen to bear their title, what was retracted, and
    what could not be looked at.  Nobody is asked now; refpipe check --online asks.  They state
    what was checked, not that the page is right.

    Exit code 0: every work is confirmed, or its page seen, and none retracted.  1: some are not.
    2: something could not be looked at, or a page lists nothing.
    """
    from refpipe import cli
    from refpipe.cli import console
    from refpipe.pipeline import pages
    from refpipe.pipeline.check import Order, evidence

    config = console.project(paths=paths)
    broken: list[ArticleError] = []
    found = console.articles(config, paths, broken)
    spoken = choose_language(lang, config.lang)
    code = cli.CLEAN
    by_name = {pages.shown(path): path for path in found}
    for one in evidence.gather(Order(config=config, today=console.today()), found, broken):
        evidence.write(one, by_name[one.page], spoken, out)
        click.echo(evidence.summary(one, spoken))
        if one.is_unchecked:
            code = cli.FAILED
        elif not one.is_settled:
            code = max(code, cli.FINDINGS)
    for error in broken:
        cli.tell(error)
    return cli.FAILED if broken else code


# ── ``refpipe retractions``: know at once when a cited work falls ───────────────────────────────


@click.group("retractions", short_help="Know at once when a cited work is retracted.")
def retractions_command() -> None:
    """Keep the Retraction Watch data on this machine, and tell what changed since last time.

    After one update refs, check, add and adopt say at once when a cited work was retracted, is
    of concern, was corrected or reinstated; nothing of what you cite leaves this machine.
    """


@retractions_command.command("update")
@click.option(
    "--file",
    "path",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Read a CSV file that you downloaded, instead of Crossref's.",
)
def update(path: Path | None) -> int:
    """Download the Retraction Watch data that Crossref publishes, and index them here.

    About 60 MB are downloaded, and only when the published file is another one than last time.
    Exit code 0: up to date.  2: the data could not be had or used; what was known is kept.
    """
    from refpipe import cli
    from refpipe.cli import console
    from refpipe.retractions import index as updating
    from refpipe.retractions import index_path

    target = index_path()
    if path is not None:
        made = updating.from_file(path, target, now=console.now())
    else:
        from refpipe.http import Settings

        settings = Settings.from_environment(os.environ, cache=None)
        console.say("downloading the Retraction Watch data …")
        made = updating.from_network(settings, target, now=console.now())
    _tell(made, target)
    return cli.CLEAN


def _tell(made: Updated, target: Path) -> None:
    from refpipe.cli import console

    if made.is_unchanged:
        console.say("the published data are those that are here already")
        return
    tally = made.tally
    console.say(f"{made.notices:,} notices indexed in {target}")
    if tally.nameless:
        console.say(f"{tally.nameless:,} rows name no paper by DOI or PMID and were left out")
    if tally.damaged:
        console.say(f"{tally.damaged:,} rows were cut short and were left out")
    for nature, times in tally.unknown.items():
        console.say(f"{times:,} rows are of a kind unknown to this version: {nature!r}")


@retractions_command.command("status")
def status() -> int:
    """Say what data are on this machine, and of which day.

    Exit code 0: they are here.  1: they are old.  2: there are none.
    """
    from refpipe import cli
    from refpipe.cli import console
    from refpipe.pipeline.retractions import KnownNotices
    from refpipe.retractions import index_path
    from refpipe.retractions.index import Index

    with Index(index_path()) as index:
        click.echo(f"{index.count:,} notices of {index.day}, from {index.about.get('source', '')}")
        click.echo(f"sha256 {index.about.get('sha256', '')}")
    with KnownNotices() as notices:
        note = notices.note(console.today())
    if note:
        console.say(f"note: {note}")
    return cli.FINDINGS if note else cli.CLEAN


@retractions_command.command("changed")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, readable=False))
@click.option(
    "--state",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to remember what was reported; .refpipe/standing.json unless you say.",
)
@click.option(
    "--atom", type=click.Path(path_type=Path, dir_okay=False), help="Write a feed to this file."
)
@click.option(
    "--issue",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the body of a GitHub issue to this file, where something changed.",
)
@click.option("--lang", type=click.Choice(["ja", "en"]), help="The language of what is printed.")
def changed(
    paths: tuple[Path, ...],
    *,
    state: Path | None,
    atom: Path | None,
    issue: Path | None,
    lang: str | None,
) -> int:
    """Print what changed since the last run in the standing of all works that PATHS cite.

    Works that a page lists by hand count as well as those that refpipe manages.  The first run
    reports everything that stands now.  Update the data before:

        refpipe retractions update && refpipe retractions changed --atom feed.xml

    Exit code 0: nothing changed.  1: something did, and is printed page by page.  2: there are
    no data, or a page could not be read.
    """
    from refpipe import report
    from refpipe.cli import console
    from refpipe.pipeline import retractions

    config = console.project(paths=paths)
    unreadable: list[ArticleError] = []
    found = console.articles(config, paths, unreadable)
    kept = state or config.cache / "standing.json"
    night = retractions.changes_since(
        config, found, retractions.read_state(kept), now=console.now()
    )
    tongue = choose_language(lang, config.lang)
    events = [_plain(event) for event in night.events]
    for line in report.standing_changes.lines(events, tongue):
        click.echo(line)
    if atom is not None:
        told = night.state["events"]
        files.write(atom, report.standing_changes.atom(told, made=console.now(), lang=tongue))
    if issue is not None and events:
        files.write(issue, report.standing_changes.issue(events, tongue))
    # The state is written last: what was not told is told again.
    _remember(kept, night)
    return _summary(night, unreadable)


def _plain(event: object) -> dict[str, object]:
    from dataclasses import asdict, is_dataclass

    assert is_dataclass(event)  # noqa: S101
    assert not isinstance(event, type)  # noqa: S101
    return asdict(event)


def _remember(path: Path, night: StandingChanges) -> None:
    import json

    files.write(path, json.dumps(night.state, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def _summary(night: StandingChanges, unreadable: Sequence[ArticleError]) -> int:
    from refpipe import cli
    from refpipe.cli import console

    broken = (*unreadable, *night.broken)
    for error in broken:
        cli.tell(error)
    said = console.count(len(night.events), "change") if night.events else "nothing changed"
    first = (
        " (first run: everything that stands now is reported)"
        if night.is_first and night.events
        else ""
    )
    seen = f"{console.count(night.pages, 'article')}, {console.count(night.works, 'work')}"
    console.say(f"{seen}: {said}{first}")
    if broken:
        return cli.FAILED
    return cli.FINDINGS if night.events else cli.CLEAN
