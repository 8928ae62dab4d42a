"""``refpipe retractions``: know at once when a cited work falls."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from refpipe.config import choose_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refpipe.errors import ArticleError
    from refpipe.pipeline.retractions import Night
    from refpipe.retractions.update import Updated


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
    from refpipe.retractions import update as updating
    from refpipe.retractions.place import index_path

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
    from refpipe.retractions.index import Index
    from refpipe.retractions.place import index_path

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
    night = retractions.look_overnight(
        config, found, retractions.read_state(kept), now=console.now()
    )
    tongue = choose_language(lang, config.lang)
    events = [_plain(event) for event in night.events]
    for line in report.standing_changes.lines(events, tongue):
        click.echo(line)
    if atom is not None:
        told = night.state["events"]
        _write(atom, report.standing_changes.atom(told, made=console.now(), lang=tongue))
    if issue is not None and events:
        _write(issue, report.standing_changes.issue(events, tongue))
    # The state is written last: what was not told is told again.
    _remember(kept, night)
    return _summary(night, unreadable)


def _plain(event: object) -> dict[str, object]:
    from dataclasses import asdict, is_dataclass

    assert is_dataclass(event)  # noqa: S101
    assert not isinstance(event, type)  # noqa: S101
    return asdict(event)


def _write(path: Path, text: str) -> None:
    """Write a file in one step, so that nobody reads half of it."""
    from refpipe.errors import UsageError

    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise UsageError(f"{path} cannot be written: {error}") from error


def _remember(path: Path, night: Night) -> None:
    import json

    _write(path, json.dumps(night.state, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def _summary(night: Night, unreadable: Sequence[ArticleError]) -> int:
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
