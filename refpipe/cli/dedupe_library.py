"""``refpipe dedupe`` without a file: the works of the library compared with one another."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from refpipe.match import Subject
    from refpipe.model import Decision, Work


def run(*, dry_run: bool, form: str, lang: str) -> int:
    """Compare, report, and store what was found unless it is a dry run; gives the exit code."""
    from refpipe import cli, match
    from refpipe.cli import talk
    from refpipe.library import Library

    with Library.open(talk.project().library, writable=not dry_run) as library:
        works = list(library.works())
        found = match.decide_all([subject(work) for work in works])
        new = (
            _unsaid(found, library.decisions())
            if dry_run
            else library.decide(found, made=talk.now())
        )
    names = {work.id: work.name for work in works}
    _print(new, names, form, lang)
    talk.say(f"{talk.count(len(works), 'work')}, {talk.count(len(new), 'new decision')}")
    waits = any(one.kind.value == "possible" for one in new)
    return cli.FINDINGS if waits or (dry_run and new) else cli.CLEAN


def subject(work: Work) -> Subject:
    """A work as the matching room sees it."""
    from refpipe import match
    from refpipe.model import Identifier

    return match.Subject(identifier=Identifier.parse(work.id), item=work.item, claims=work.claims)


def _unsaid(found: Iterable[Decision], known: Iterable[Decision]) -> tuple[Decision, ...]:
    keys = {one.key for one in known}
    return tuple(one for one in found if one.key not in keys)


def _print(decisions: Iterable[Decision], names: dict[str, str], form: str, lang: str) -> None:
    from refpipe import match

    if form == "json":
        rows = [
            {
                "kind": one.kind.value,
                "pair": [str(one.a), str(one.b)],
                "rule": one.rule,
                "evidence": json.loads(one.evidence),
            }
            for one in decisions
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for one in decisions:
        a, b = (names.get(str(name), str(name)) for name in (one.a, one.b))
        click.echo(f"{one.kind.value}: {a}, {b}")
        for line in match.explain(one, lang).split("\n"):
            click.echo(f"  {line}")
