"""``refpipe review``: walk the pairs of works that may be one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from refpipe.cli import language, output_format

if TYPE_CHECKING:
    from refpipe.library import Library
    from refpipe.model import Decision, Work

    Pair = tuple[Work, Work, Decision]

_FIELDS = ("type", "title", "author", "issued", "container-title", "volume", "issue", "page", "DOI")


@click.command("review", short_help="Look at pairs that may be one work, and decide.")
@click.argument("pair", nargs=-1)
@click.option("--same", "answer", flag_value="m", help="The two keys are one work.")
@click.option("--different", "answer", flag_value="d", help="The two keys are different works.")
@click.option("--reason", default="", help="Why, in your words; it is kept with the decision.")
@output_format.option
@language.option
def command(pair: tuple[str, ...], answer: str | None, reason: str, form: str, lang: str) -> int:
    """Show each pair of works that may be one, side by side, and ask what they are.

    m: one work. d: different works. s: leave it for later. q: stop. Each answer is kept at once,
    so that you can stop and go on another day; it outranks every rule, and refpipe undo takes
    it back.

    Where there is no terminal, or with --format json, the pairs are only printed; a script
    answers with two keys and --same or --different.  Exit code 1 while pairs are waiting.
    """
    from refpipe.cli import console

    _be_whole(pair, answer)
    is_asking = form == "text" and _has_terminal()
    with console.library(writable=bool(answer) or is_asking) as (library, now):
        if answer:
            return _answer(library, pair, answer, reason, now)
        pairs = library.possible()
        if form == "json":
            click.echo(json.dumps([_told(one) for one in pairs], ensure_ascii=False, indent=2))
        elif is_asking:
            pairs = _walk(library, pairs, lang, now)
        else:
            for number, one in enumerate(pairs, start=1):
                _show(one, f"{number}/{len(pairs)}", lang)
        console.say(f"{console.count(len(pairs), 'pair')} to look at" if pairs else "no pair waits")
    return int(bool(pairs))


def _be_whole(pair: tuple[str, ...], answer: str | None) -> None:
    from refpipe.errors import UsageError

    if bool(pair) != bool(answer) or len(pair) not in {0, 2}:
        raise UsageError(
            "a decision needs two keys and an answer",
            hint="refpipe review KEY KEY --same, or --different; without keys it shows the pairs",
        )


def _answer(library: Library, pair: tuple[str, ...], answer: str, reason: str, now: str) -> int:
    from refpipe import cli
    from refpipe.cli import console
    from refpipe.pipeline import decisions

    one, other = (decisions.named(library, key).work for key in pair)
    if one.id == other.id:
        console.say("the two keys name one work already; refpipe undo takes a decision back")
        return cli.FINDINGS
    decide = decisions.record_match if answer == "m" else decisions.record_distinct
    decide(library, *pair, reason=reason, now=now)
    console.say(f"kept: {one.id} and {other.id} are {'one work' if answer == 'm' else 'two works'}")
    return cli.CLEAN


def _has_terminal() -> bool:
    import sys

    return sys.stdin.isatty() and sys.stdout.isatty()


def _walk(library: Library, pairs: tuple[Pair, ...], lang: str, now: str) -> tuple[Pair, ...]:
    """Ask about each pair; gives those that still wait."""
    for number, pair in enumerate(pairs, start=1):
        if not _waits(library, pair):
            continue
        _show(pair, f"{number}/{len(pairs)}", lang)
        choice = click.Choice(["m", "d", "s", "q"])
        answer = click.prompt("m one work, d different, s skip, q stop", type=choice, default="s")
        if answer == "q":
            break
        if answer != "s":
            _decide(library, pair, answer, now)
    return library.possible()


def _waits(library: Library, pair: Pair) -> bool:
    """An earlier answer may have settled this pair too."""
    from refpipe.model import Identifier

    works = [library.find(Identifier.parse(side.id)) for side in pair[:2]]
    return None not in works and works[0] != works[1]


def _decide(library: Library, pair: Pair, answer: str, now: str) -> None:
    from refpipe.model import Decision, DecisionKind, Identifier

    a, b = sorted(Identifier.parse(side.id) for side in pair[:2])
    kind = DecisionKind.MATCH if answer == "m" else DecisionKind.DISTINCT
    reason = f"reviewed: {pair[2].rule}"
    library.decide([Decision(kind=kind, a=a, b=b, by="person", reason=reason)], made=now)


def _show(pair: Pair, place: str, lang: str) -> None:
    from refpipe import match

    a, b, decision = pair
    click.echo(f"── {place}  {a.name}  {b.name}")
    for label, one, other in _rows(a, b):
        mark = " " if one == other else ("?" if not (one and other) else "≠")
        click.echo(f"{mark} {label:<16} {one or '-'}")
        if one != other:
            click.echo(f"  {'':<16} {other or '-'}")
    told = decision.reason or match.explain(decision, lang)
    for line in told.splitlines():
        click.echo(f"  {line}")


def _rows(a: Work, b: Work) -> Iterator[tuple[str, str, str]]:
    yield "known as", a.id, b.id
    for field in _FIELDS:
        one, other = _value(a, field), _value(b, field)
        if one or other:
            yield field, one, other


def _value(work: Work, field: str) -> str:
    value: Any = work.item.get(field)
    if isinstance(value, list):
        names = (one for one in value if isinstance(one, dict))
        return "; ".join(
            ", ".join(str(one[part]) for part in ("family", "given", "literal") if one.get(part))
            for one in names
        )
    if isinstance(value, dict):
        parts = value.get("date-parts") or [[]]
        return "-".join(str(part) for part in parts[0])
    return "" if value is None else str(value)


def _told(pair: Pair) -> dict[str, Any]:
    a, b, decision = pair
    return {
        "pair": [a.id, b.id],
        "a": {"id": a.id, "name": a.name, "item": a.item},
        "b": {"id": b.id, "name": b.name, "item": b.item},
        "rule": decision.rule,
        "reason": decision.reason,
        "evidence": json.loads(decision.evidence),
        "merge": ["refpipe", "merge", a.id, b.id],
        "split": ["refpipe", "split", a.id, b.id],
    }
