"""``refpipe refresh``: ask again about the works of the library, and say what changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from refpipe.pipeline.query import Change

_AGE = re.compile(r"(\d{1,5})\s*(d|days?|w|weeks?|h|hours?)?")
_SECONDS = {"d": 86_400, "w": 7 * 86_400, "h": 3_600}


@click.command("refresh", short_help="Ask again about the works of the library.")
@click.option(
    "--older-than", default="30d", show_default=True, metavar="AGE",
    help="Ask about works last heard of so long ago: 30d, 2w, 12h; 0 asks about all.",
)  # fmt: skip
def command(older_than: str) -> int:
    """Ask the registries again about the works of the library, and say what changed.

    Retractions, expressions of concern and corrections come first; then the fields
    that have another value now.  Run it before you publish, or every month.

    Exit code 0: nothing changed.  1: something did, or is gone.  2: somebody could not be asked.
    """
    from refpipe import cli
    from refpipe.cli import console, registry_access
    from refpipe.library import Library
    from refpipe.model import Unresolved
    from refpipe.pipeline import query

    before = _before(older_than)
    config = console.project()
    code, count, changed = cli.CLEAN, 0, 0
    with (
        Library.open(config.library) as library,
        registry_access.registries(config)() as registries,
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
                _print(outcome)
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


def _print(change: Change) -> None:
    for tie in change.relations:
        when = f" of {tie.date}" if tie.date else ""
        said = f" (says {tie.source})" if tie.source else ""
        click.echo(f"{change.work.name}: {tie.kind}{when}: {tie.target}{said}")
    for name, old, new in change.fields:
        click.echo(f"{change.work.name}: {name}: {_short(old)} → {_short(new)}")


def _short(value: object) -> str:
    """A field's value in one line."""
    import json

    if value is None:
        return "nothing"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else f"{text[:119]}…"
