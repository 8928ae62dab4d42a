"""``refpipe why``: why two works are one, or are not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from refpipe.cli import language, output_format

if TYPE_CHECKING:
    from refpipe.library import Library
    from refpipe.model import Decision, Work


@click.command("why", short_help="Say why two keys are one work, or are not.")
@click.argument("a")
@click.argument("b")
@output_format.option
@language.option
def command(a: str, b: str, form: str, lang: str) -> int:
    """Say why the keys A and B name one work, or two.

    The decisions that were stored come first, a person's before a rule's; then what the rules
    say of the two today, field by field, with what speaks against it.
    """
    from refpipe import cli
    from refpipe.cli import console
    from refpipe.library import Library
    from refpipe.pipeline import lookup

    with Library.open(console.project().library, writable=False) as library:
        works = lookup.find(library, [a, b])
        for key in (a, b):
            if works.get(key) is None:
                console.say(f"refpipe: the library knows no {key!r}; refpipe add {key} asks for it")
                return cli.FINDINGS
        decisions = _between(library, works[a], works[b])
    answer = _answer(works[a], works[b], decisions, lang)
    click.echo(
        json.dumps(answer, ensure_ascii=False, indent=1) if form == "json" else _text(answer)
    )
    return cli.CLEAN


def _between(library: Library, one: Work, other: Work) -> list[Decision]:
    """The standing decisions that name a record or identifier of both works."""
    from refpipe.merge import verdicts

    names = [_names(library, work) for work in (one, other)]
    told = {d.key: d for work in (one, other) for d in library.decisions_of(work)}
    known = verdicts(told.values()).values()
    both = [d for d in known if _spans(d, names[0], names[1])]
    return sorted(both, key=lambda d: (d.by != "person", d.made, d.key))


def _names(library: Library, work: Work) -> set[str]:
    records = {str(record.identifier) for record in library.records_of(work)}
    return records | {work.id} | {str(claim.identifier) for claim in work.claims}


def _spans(decision: Decision, one: set[str], other: set[str]) -> bool:
    a, b = str(decision.a), str(decision.b)
    return (a in one and b in other) or (a in other and b in one)


def _answer(one: Work, other: Work, decisions: list[Decision], lang: str) -> dict[str, object]:
    from refpipe import match
    from refpipe.cli.dedupe import subject

    judgement = match.classify(match.compare(subject(one), subject(other)))
    return {
        "works": [one.name, other.name],
        "is_one": one.id == other.id,
        "decisions": [match.explain(decision, lang) for decision in decisions],
        "today": "" if one.id == other.id else match.explain(judgement, lang),
    }


def _text(answer: dict[str, object]) -> str:
    works = answer["works"]
    assert isinstance(works, list)  # noqa: S101
    lines = [works[0] if answer["is_one"] else " / ".join(works)]
    decisions = answer["decisions"]
    assert isinstance(decisions, list)  # noqa: S101
    lines.extend(decisions)
    lines.append(str(answer["today"]))
    return "\n\n".join(filter(None, lines))
