"""A library as text: for people to review, and for moving facts from one library to another.

``lines(facts…)`` and ``read(lines)`` are a round trip of all facts as JSON, one a line.
``view(works, records, decisions, waivers)`` is what ``git diff`` shows: works field by field with
their suppliers, then decisions.  Text only; opening libraries is the library's business.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from refpipe.errors import UnreadableText
from refpipe.items import values
from refpipe.model import Certainty, Decision, DecisionKind, Identifier, Record, Waiver, Work

# ── All facts as JSON, one a line, in an order of their own ─────────────────────────────────────


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
    told = {one.name: str(getattr(fact, one.name)) for one in fields(fact) if one.init}
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
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
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
    except (ValueError, RecursionError):
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


# ────────────────────────────────────────────────────────────────────────────────────────────────
# The library as a person reviews it: works field by field, who supplied each, then decisions.


_WIDTH = 17
_FIRST = ("type", "title", "author", "author+", "container-title", "volume", "issue", "page")


def view(
    works: Iterable[Work],
    record: Callable[[str], Record | None],
    decisions: Iterable[Decision],
    waivers: Iterable[Waiver],
) -> Iterator[str]:
    """The lines of the view; ``works`` come in the order they should stand in."""
    for work in works:
        records = {key: found for key in work.members if (found := record(key))}
        yield from _work(work, records)
        yield ""
    yield from _decisions(decisions)
    for waiver in sorted(waivers, key=lambda one: (one.made, one.key)):
        yield f"waiver {waiver.code} of {waiver.subject}: {_one_line(waiver.reason)}"


def _work(work: Work, records: Mapping[str, Record]) -> Iterator[str]:
    yield f"work {work.id}"
    yield _row("name", work.name)
    yield _row("standing", "confirmed" if work.is_confirmed else "not confirmed by a registry")
    for variable in sorted(work.suppliers, key=_place):
        value = _value(work, variable)
        if value:
            yield _row(variable, f"{value}  <- {_short(work.suppliers[variable], records)}")
    for claim in work.claims:
        sure = "" if claim.certainty is Certainty.LITERAL else f" ({claim.certainty})"
        rule = f" by {claim.rule}" if claim.rule not in ("", "name") else ""
        yield _row("identifier", f"{claim.identifier}{sure}{rule}")
    for tie in work.relations:
        yield _row("relation", " ".join(filter(None, (tie.kind, str(tie.target), tie.date))))
    for key, one in records.items():
        yield _row("record", f"{key[:8]} {one.source} {one.heard} {one.origin}".rstrip())


def _place(variable: str) -> tuple[int, str]:
    return (_FIRST.index(variable), "") if variable in _FIRST else (len(_FIRST), variable)


def _value(work: Work, variable: str) -> str:
    if variable == "author+":
        return "further names"
    if variable.startswith("custom."):
        custom = work.item.get("custom", {})
        return _one_line(values.shown(custom.get(variable.removeprefix("custom."))))
    return _one_line(values.shown(work.item.get(variable)))


def _decisions(decisions: Iterable[Decision]) -> Iterator[str]:
    for one in sorted(decisions, key=lambda one: (one.made, one.key)):
        if one.kind is DecisionKind.NAME:
            continue
        told = "undo " + one.undoes[:8] if one.kind is DecisionKind.UNDO else str(one.kind)
        yield f"decision {one.key[:8]} {one.made} {told} {one.a} {one.b}"
        yield _row("by", f"{one.by} {one.rule}".rstrip())
        if one.reason:
            yield _row("reason", _one_line(one.reason))
        if one.evidence not in ("", "{}"):
            yield _row("evidence", _one_line(one.evidence))
        yield ""


def _short(key: str, records: Mapping[str, Record]) -> str:
    source = records[key].source if key in records else "?"
    return f"{source} {key[:8]}"


def _row(label: str, text: str) -> str:
    return f"  {label:<{_WIDTH}} {text}".rstrip()


def _one_line(text: str) -> str:
    return " ".join(text.split())
