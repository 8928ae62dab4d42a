"""``refpipe confirm`` and ``refresh``: ask the registries about works that are in the library."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from refpipe.cli.console import complete_keys as complete

if TYPE_CHECKING:
    from refpipe.config import Config
    from refpipe.library import Library
    from refpipe.model import Work
    from refpipe.pipeline.confirm import Confirmation
    from refpipe.pipeline.query import Asker


# ── ``refpipe confirm``: have the registries answer for what was only read from print ───────────


_SHOWN = 3
"""How many works that it may be are printed; the right one is among the first or absent."""


@click.command("confirm", short_help="Have the registries confirm what was read from print.")
@click.argument("keys", nargs=-1, shell_complete=complete)
@click.option("--as", "identifier", default="", help="You say which work it is: its DOI or PMID.")
@click.option("--yes", "is_sure", is_flag=True, help="With --as: they are one though they differ.")
def confirm_command(keys: tuple[str, ...], identifier: str, is_sure: bool) -> int:
    """Ask the registries about the works that KEYS name, or about all that nobody has confirmed.

    A candidate DOI, or a work found by search, counts only where title, author, year and place
    agree with what is printed.  Otherwise the works that it may be are shown, and you decide:

        refpipe confirm boos1995 --as 10.1097/00007632-199512150-00002

    Where its title, authors or year are not those of the print, they are shown, and nothing is
    decided unless you add --yes.

    A work is confirmed where the registry agrees in every field that both state; otherwise each
    difference is shown with both values (error, slip, or unclear).

    A web page, a report or whatever else has only an address has no registry: the page is opened,
    and seen where it bears the title.

    Exit code 0: all are confirmed or seen.  1: some wait for you, or are
    retracted or of concern.  2: somebody could not be asked.
    """
    from refpipe.cli import console
    from refpipe.errors import UsageError
    from refpipe.library import Library
    from refpipe.pipeline import query

    if identifier and len(keys) != 1:
        raise UsageError("--as says which work one KEY is; name exactly one")
    if is_sure and not identifier:
        raise UsageError("--yes goes with --as", hint="Say which work it is: --as DOI.")
    config = console.project()
    with (
        Library.open(config.library) as library,
        console.registries(config)() as registries,
    ):
        asker = query.Asker(library=library, registries=registries, now=console.now())
        if identifier:
            code = _decided(asker, keys[0], identifier, is_sure=is_sure)
        else:
            code = report_confirmation(config, asker, _works(library, keys))
        console.changed_entries(library, config)
        return code


def _works(library: Library, keys: Sequence[str]) -> list[Work]:
    from refpipe.pipeline import lookup

    if not keys:
        return list(library.works())
    found = lookup.find(library, keys)
    for key in keys:
        if key not in found:
            raise lookup.no_such_work(library, key)
    return [found[key] for key in keys]


def report_confirmation(config: Config, asker: Asker, works: Iterable[Work]) -> int:
    """Ask about the works and print what came of each; gives the exit code."""
    from refpipe import cli
    from refpipe.checks.standing import ALARMS
    from refpipe.cli import console
    from refpipe.pipeline import confirm

    code, done = cli.CLEAN, 0
    left: list[Work] = []
    works = list(works)
    for outcome in confirm.confirm(asker, works):
        if outcome.confirmed is not None and not outcome.is_agreed:
            code = max(code, cli.FINDINGS)
            _tell_differences(outcome)
            left.append(outcome.confirmed)
            continue
        if outcome.confirmed is not None:
            done += 1
            note = f"  ({outcome.reason})" if outcome.reason else ""
            console.say(f"confirmed    {outcome.work.name}  {outcome.confirmed.id}{note}")
            code = max(code, console.standing([outcome.confirmed], config))
            continue
        if outcome.is_seen:
            done += 1
            console.say(f"seen         {outcome.work.name}  {outcome.reason}")
            continue
        code = max(code, cli.FAILED if outcome.is_unchecked else cli.FINDINGS)
        word = "unchecked  " if outcome.is_unchecked else "unconfirmed"
        console.say(f"{word}  {outcome.work.name}  {outcome.reason}")
        _offer(config, outcome)
        left.extend(_as_it_is(asker.library, outcome.work))
    # Whatever became of its print, a work that fell is told: nobody else may say so.
    code = max(code, console.standing(left, config))
    known = [work for work in works if work.is_confirmed]
    code = max(code, differing(asker.library, known))
    code = max(code, console.standing(known, config, select=ALARMS))
    if code == cli.CLEAN and not done:
        console.say("every work is confirmed already")
    return code


def _as_it_is(library: Library, work: Work) -> Iterator[Work]:
    """The work as the library has it now, without an identifier that turned out another's."""
    from refpipe.model import Identifier, Scheme

    for record in work.members[:1]:
        if (found := library.find(Identifier(Scheme.TEXT, record))) is not None:
            yield found


def differing(library: Library, works: Iterable[Work]) -> int:
    """Say where print differs from what registries said of works before; gives the exit code."""
    from refpipe import cli
    from refpipe.pipeline import stated_differences
    from refpipe.pipeline.confirm import Confirmation

    code = cli.CLEAN
    for work in works:
        if not work.is_confirmed:
            continue
        told = stated_differences.of_library(library, work)
        outcome = Confirmation(work=work, confirmed=work, differences=told)
        if not outcome.is_agreed:
            code = cli.FINDINGS
            _tell_differences(outcome)
    return code


def _tell_differences(outcome: Confirmation) -> None:
    """Say in which fields print and registry differ; only what agrees in all is confirmed."""
    from refpipe.checks.references import difference_line
    from refpipe.cli import console, terminal

    lang = terminal.language_of_talk()

    is_wrong = any(one.is_error for one in outcome.differences)
    word = "differs    " if is_wrong else "unclear    "
    assert outcome.confirmed is not None  # noqa: S101
    console.say(f"{word}  {outcome.work.name}  {outcome.confirmed.id} answers for it")
    for one in outcome.differences:
        console.say(f"    {difference_line(one, lang)}")


def _offer(config: Config, outcome: Confirmation) -> None:
    """Show what the work may be, each with the command that says so.

    A hit that has another title gets no command: what is offered is easily pasted unread.
    """
    from refpipe import markup, render, styles
    from refpipe.cli import console

    style = styles.load(config.style_for(config.root))
    for hit in outcome.hits[:_SHOWN]:
        entry = markup.plain(render.entry(hit.item, style).content)
        if "title" in hit.agreement.differs:
            console.say(f"    not it: {entry}")
            console.say(f"      {hit.agreement.reason}")
            continue
        console.say(f"    {entry}")
        console.say(f"      {hit.agreement.reason}")
        console.say(f"      refpipe confirm {outcome.work.name} --as {hit.record.identifier.value}")


def _decided(asker: Asker, key: str, identifier: str, *, is_sure: bool) -> int:
    """Record that a work is the one that a person names, and print the result."""
    from refpipe import cli
    from refpipe.cli import console
    from refpipe.pipeline import confirm

    choice = confirm.choose(asker, key, identifier, is_sure=is_sure)
    if choice.unresolved is not None:
        console.say(f"refpipe: {identifier}: {choice.unresolved.reason}")
        return cli.FINDINGS if choice.unresolved.is_final else cli.FAILED
    if choice.was_known:
        console.say(f"{identifier}: the library holds it already; nobody was asked")
    for one in choice.differences:
        console.say(f"differs in {one}")
    if choice.is_waiting:
        console.say("nothing was decided; if they are the same work all the same, add --yes")
        return cli.FINDINGS
    made = choice.decision
    console.work(choice.work, heading="confirmed" if made else "one work already")
    if not choice.work.is_confirmed:
        console.say("no registry has answered for it yet; refpipe confirm asks")
    if made:
        console.how_to_undo(made.key)
    return cli.CLEAN


# ── ``refpipe refresh``: ask again about the works of the library, and say what changed ─────────


_AGE = re.compile(r"(\d{1,5})\s*(d|days?|w|weeks?|h|hours?)?")
_SECONDS = {"d": 86_400, "w": 7 * 86_400, "h": 3_600}


@click.command("refresh", short_help="Ask again about the works of the library.")
@click.option(
    "--older-than", default="30d", show_default=True, metavar="AGE",
    help="Ask about works last heard of so long ago: 30d, 2w, 12h; 0 asks about all.",
)  # fmt: skip
def refresh_command(older_than: str) -> int:
    """Ask the registries again about the works of the library, and say what changed.

    Retractions, expressions of concern and corrections come first; then the fields
    that have another value now.  Run it before you publish, or every month.

    Exit code 0: nothing changed.  1: something did, or is gone.  2: somebody could not be asked.
    """
    from refpipe import cli
    from refpipe.cli import console
    from refpipe.library import Library
    from refpipe.model import Unresolved
    from refpipe.pipeline import query

    before = _before(older_than)
    config = console.project()
    code, count, changed = cli.CLEAN, 0, 0
    with (
        Library.open(config.library) as library,
        console.registries(config)() as registries,
    ):
        works = query.due_for_refresh(library, registries, before=before)
        asker = query.Asker(
            library=library, registries=registries, now=console.now(), is_fresh=True
        )
        for outcome in query.refresh(asker, works):
            count += 1
            if isinstance(outcome, Unresolved):
                console.say(f"refpipe: {outcome.identifier}: {outcome.reason}")
                code = max(code, cli.FINDINGS if outcome.is_final else cli.FAILED)
            elif outcome.is_any:
                changed += 1
                code = max(code, cli.FINDINGS)
                for line in console.change_lines(outcome):
                    click.echo(line)
    console.say(f"{console.count(count, 'work')} asked about, {changed} changed")
    return code


def _before(age: str) -> str:
    """The moment that lies ``age`` back; raises UsageError on what is no age."""
    from datetime import datetime, timedelta

    from refpipe.cli import console
    from refpipe.errors import UsageError

    match = _AGE.fullmatch(age.strip())
    if match is None:
        raise UsageError(f"{age!r} is no age", hint="Say 30d, 2w or 12h; 0 asks about all works.")
    seconds = int(match[1]) * _SECONDS[(match[2] or "d")[0]]
    if seconds == 0:
        return "9999"
    moment = datetime.fromisoformat(console.now()) - timedelta(seconds=seconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
