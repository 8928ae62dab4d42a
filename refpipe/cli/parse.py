"""``refpipe parse``: a pasted list of references as items."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from refpipe.items.printed import Printed

_FORMATS = ["json", "jsonl", "bibtex", "csl", "text"]


@click.command("parse", short_help="Read a pasted list of references.")
@click.argument("file", type=click.File("rb"), default="-")
@click.option(
    "--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True,
    help="text for reading; json and jsonl with the confidence and place of each field; "
    "csl and bibtex for other programs.",
)  # fmt: skip
def command(file: IO[bytes], form: str) -> int:
    """Read the references in FILE (or - for what is pasted) and print what each one says.

    Any style will do, numbered or not, line breaks and all.  Blank lines separate the references
    where there are any.  Nothing is looked up and nothing invented: what was not understood
    is shown as it stands.  Exit code 2 when there was nothing to read.
    """
    from refpipe import cli
    from refpipe.articles.lists import pasted
    from refpipe.items import printed

    text = file.read().decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    read = [printed.remembered(span.of(text)) for span in pasted.split(text)]
    if not read:
        click.echo("refpipe: nothing to read; paste one reference or a list of them", err=True)
        return cli.FAILED
    for piece in _written(read, form):
        click.echo(piece)
    empty = [one for one in read if not {"title", "author", "editor"} & one.reading.item.keys()]
    for one in empty:
        click.echo(f"refpipe: not understood: {one.text[:80]!r}", err=True)
    return cli.CLEAN


def _written(read: list[Printed], form: str) -> Iterator[str]:
    """The output, piece by piece."""
    if form == "jsonl":
        yield from (json.dumps(_told(one), ensure_ascii=False) for one in read)
    elif form == "json":
        yield json.dumps([_told(one) for one in read], ensure_ascii=False, indent=2)
    elif form == "csl":
        yield json.dumps(_keyed(read), ensure_ascii=False, indent=2)
    elif form == "bibtex":
        from refpipe.items.exchange import formats

        yield formats.write("bibtex", _keyed(read))
    else:
        for number, one in enumerate(read, 1):
            yield _shown(number, one)


def _told(one: Printed) -> dict[str, Any]:
    """All that was read of one reference, as JSON."""
    fields = {
        name: {
            "value": field.value,
            "confidence": field.confidence,
            "span": [field.span.start, field.span.end],
        }
        for name, field in one.fields.items()
    }
    return {
        "text": one.text,
        "item": one.reading.item,
        "fields": fields,
        "claims": [
            {
                "scheme": claim.identifier.scheme.value,
                "value": claim.identifier.value,
                "certainty": claim.certainty.value,
                "rule": claim.rule,
            }
            for claim in one.reading.claims
        ],
        "repairs": [
            {
                "field": repair.field,
                "before": repair.before,
                "after": repair.after,
                "reason": repair.reason,
            }
            for repair in one.reading.repairs
        ],
        "rest": [
            {"text": left.text, "span": [left.span.start, left.span.end]} for left in one.rest
        ],
    }


def _keyed(read: list[Printed]) -> list[dict[str, Any]]:
    """The items, each with an id of its own."""
    from refpipe.items.printed import writing

    taken: set[str] = set()
    return [{"id": writing.key(one.reading.item, taken), **one.reading.item} for one in read]


_NOTED = {"updated", "reviewed", "next", "editor-label"}
"""What was read and has no field in CSL: days of a change or review, how a role is called."""


def _shown(number: int, one: Printed) -> str:
    """One reference for people: a field to a line, doubts and leftovers below."""
    lines = [f"{number}. {' '.join(one.text.split())}"]
    lines.append(f"     {'type':16} {one.reading.item['type']}")
    for name, field in one.fields.items():
        doubt = "" if field.confidence >= 0.7 else f"   (unsure: {field.confidence:.0%})"
        lines.append(f"     {name:16} {_value(field.value)}{doubt}")
    lines.extend(
        f"     {name:16} {_value(value)}"
        for name, value in (one.reading.item.get("custom") or {}).items()
        if name in _NOTED
    )
    lines.extend(
        f"     {'candidate':16} {claim.identifier} (not confirmed)"
        for claim in one.reading.claims
        if claim.certainty.value == "candidate"
    )
    for repair in one.reading.repairs:
        is_done = (
            repair.before != repair.after and one.reading.item.get(repair.field) == repair.after
        )
        lines.append(f"     {'mended' if is_done else 'to check':16} {repair.reason}")
    lines.extend(f"     {'not understood':16} {left.text}" for left in one.rest)
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    """A field's value on one line."""
    if isinstance(value, list):
        from refpipe.items.printed.people.particles import joined

        names = (
            name.get("literal") or ", ".join(filter(None, (joined(name), name.get("given"))))
            for name in value
        )
        return "; ".join(names)
    if isinstance(value, dict):
        return "-".join(f"{part:02d}" for part in value["date-parts"][0])
    return str(value)
