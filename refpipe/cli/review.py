"""``refpipe review``: the pairs that wait for a person, and the person's answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from refpipe.library import Library


@click.command("review", short_help="Look at pairs that may be one work, and decide.")
@click.argument("pair", nargs=-1)
@click.option("--same", "answer", flag_value="match", help="The two keys are one work.")
@click.option("--different", "answer", flag_value="distinct", help="They are two, for ever.")
@click.option("--reason", default="", help="Why, in your words; it is kept with the decision.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--lang", type=click.Choice(["en", "ja"]), default="en", help="Of the reasons.")
def command(
    pair: tuple[str, ...], answer: str | None, reason: str, form: str, lang: str
) -> int:
    """List the pairs that may be one work; with two keys and --same or --different, decide.

    An answer is stored as your decision and outranks every rule; refpipe undo takes it back.
    Exit code 1 while pairs are waiting.
    """
    from refpipe.cli import talk
    from refpipe.errors import UsageError
    from refpipe.library import Library

    if bool(pair) != bool(answer) or len(pair) not in {0, 2}:
        raise UsageError(
            "a decision needs two keys and an answer",
            hint="refpipe review KEY KEY --same, or --different; without keys it lists the pairs.",
        )
    with Library.open(talk.project().library, writable=bool(answer)) as library:
        return _decide(library, pair, answer, reason) if answer else _list(library, form, lang)


def _list(library: Library, form: str, lang: str) -> int:
    from refpipe import cli, match
    from refpipe.cli import talk

    waiting = library.possible()
    if form == "json":
        rows = [
            {"pair": [a.id, b.id], "rule": d.rule, "evidence": json.loads(d.evidence)}
            for a, b, d in waiting
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for a, b, decision in waiting:
            click.echo(
                f"{a.name}  {b.name}\n  {a.item.get('title', '')}\n  {b.item.get('title', '')}"
            )
            for line in match.explain(decision, lang).split("\n"):
                click.echo(f"    {line}")
    talk.say(f"{talk.count(len(waiting), 'pair')} to look at")
    return cli.FINDINGS if waiting else cli.CLEAN


def _decide(library: Library, pair: tuple[str, ...], answer: str, reason: str) -> int:
    from refpipe import cli
    from refpipe.cli import talk
    from refpipe.model import Decision, DecisionKind, Identifier
    from refpipe.pipeline import lookup

    works = lookup.find(library, list(pair))
    for key in pair:
        if works.get(key) is None:
            talk.say(f"refpipe: the library knows no {key!r}")
            return cli.FINDINGS
    a, b = sorted((Identifier.parse(works[key].id) for key in pair), key=str)
    if a == b:
        talk.say("the two keys name one work already; refpipe undo takes a decision back")
        return cli.FINDINGS
    decision = Decision(kind=DecisionKind(answer), a=a, b=b, by="person", reason=reason)
    library.decide([decision], made=talk.now())
    talk.say(f"kept: {a} and {b} are {'one work' if answer == 'match' else 'two works'}")
    return cli.CLEAN
