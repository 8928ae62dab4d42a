"""The library as a person reviews it: works field by field, who supplied each, then decisions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from refpipe.model import Certainty, Decision, DecisionKind, Record, Waiver, Work

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
        return _said(custom.get(variable.removeprefix("custom.")))
    return _said(work.item.get(variable))


def _said(value: Any) -> str:
    """A CSL value in one line: names as Family, Given; dates as 2005-11."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _one_line(value)
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        return "; ".join(_name(one) for one in value)
    if isinstance(value, dict) and set(value) == {"date-parts"}:
        return _date(value["date-parts"])
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _name(name: dict[str, Any]) -> str:
    literal = name.get("literal")
    if literal:
        return _one_line(str(literal))
    particle = name.get("non-dropping-particle") or name.get("dropping-particle") or ""
    family = " ".join(filter(None, (str(particle), str(name.get("family", "")))))
    parts = (family, name.get("given"), name.get("suffix"))
    return ", ".join(_one_line(str(part)) for part in parts if part)


def _date(parts: Any) -> str:
    try:
        return " to ".join("-".join(f"{int(part):02d}" for part in one) for one in parts)
    except (TypeError, ValueError):
        return json.dumps(parts)


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
