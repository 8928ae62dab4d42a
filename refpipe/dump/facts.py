"""All facts as JSON, one a line, in an order of their own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from refpipe.errors import UnreadableText
from refpipe.model import Decision, DecisionKind, Identifier, Record, Waiver

_FORMAT = {"refpipe-facts": 1}
"""The first line: what this is, and the version of how it is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a library knows, each kind in a tuple."""

    records: tuple[Record, ...] = ()
    decisions: tuple[Decision, ...] = ()
    waivers: tuple[Waiver, ...] = ()


def lines(
    records: Iterable[Record], decisions: Iterable[Decision], waivers: Iterable[Waiver]
) -> Iterator[str]:
    """The facts, oldest first; the same facts give the same lines, however they lie in the file."""
    yield _json(_FORMAT)
    for record in sorted(records, key=lambda one: (one.heard, one.key)):
        yield _line("record", record)
    for decision in sorted(decisions, key=lambda one: (one.made, one.key)):
        yield _line("decision", decision)
    for waiver in sorted(waivers, key=lambda one: (one.made, one.key)):
        yield _line("waiver", waiver)


def _line(kind: str, fact: Record | Decision | Waiver) -> str:
    told = {one.name: str(getattr(fact, one.name)) for one in fields(fact)}
    return _json({"fact": kind, **{name: value for name, value in told.items() if value}})


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def read(text: Iterable[str], *, name: str) -> Facts:
    """The facts that ``lines`` wrote.  Raises UnreadableText with ``name`` and the line."""
    records: list[Record] = []
    decisions: list[Decision] = []
    waivers: list[Waiver] = []
    numbered = enumerate(text, start=1)
    _read_head(next(numbered, (1, ""))[1], name)
    for number, line in numbered:
        if not line.strip():
            continue
        try:
            fact = _fact(line)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UnreadableText(
                f"{name}:{number}: not a fact of a library ({error})",
                hint="nothing was loaded; mend or remove the line",
            ) from error
        match fact:
            case Record():
                records.append(fact)
            case Decision():
                decisions.append(fact)
            case Waiver():
                waivers.append(fact)
    return Facts(records=tuple(records), decisions=tuple(decisions), waivers=tuple(waivers))


def _read_head(line: str, name: str) -> None:
    try:
        head = json.loads(line)
    except ValueError:
        head = None
    if head != _FORMAT:
        raise UnreadableText(
            f"{name}:1: not the dump of a library", hint="refpipe db dump writes one"
        )


def _fact(line: str) -> Record | Decision | Waiver:
    told = json.loads(line)
    if not all(isinstance(value, str) for value in told.values()):
        raise TypeError("every field is a string")
    kind = told.pop("fact")
    if kind == "record":
        told["identifier"] = Identifier.parse(told["identifier"])
        return Record(**{"payload": "", **told})
    if kind == "decision":
        told["kind"] = DecisionKind(told["kind"])
        told |= {side: Identifier.parse(told[side]) for side in ("a", "b")}
        # The default of ``evidence`` is not empty, so an empty one has to be said.
        return Decision(**{"evidence": "", **told})
    if kind == "waiver":
        return Waiver(**{"reason": "", **told})
    raise ValueError(f"{kind!r} is no kind of fact")
