"""What happened to a work: what was heard, corrected, decided and taken back, in order."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from refpipe import items, match
from refpipe.errors import UsageError
from refpipe.library import Library
from refpipe.merge import undone
from refpipe.model import Decision, DecisionKind, Record, Waiver, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened, for people and for scripts."""

    key: str
    when: str
    kind: str
    """``heard``, ``corrected``, or the kind of a decision."""
    by: str
    """The source, ``rule`` or ``person``."""
    what: str
    details: tuple[str, ...] = ()
    is_taken_back: bool = False

    def as_json(self) -> dict[str, Any]:
        """The event as JSON takes it."""
        return asdict(self)


def events(library: Library, work: Work, lang: str = "en") -> tuple[Event, ...]:
    """The history of a work, oldest first."""
    decisions = library.decisions_of(work)
    gone = undone(decisions)
    records = list(library.records_of(work))
    withdrawn = (library.record(key) for key in gone)
    records += [record for record in withdrawn if record is not None and record not in records]
    found = [_heard(record, record.key in gone) for record in records]
    found += [_decided(library, one, one.key in gone, lang) for one in decisions]
    return tuple(sorted(found, key=lambda event: (event.when, event.kind != "heard", event.key)))


def latest_correction(library: Library, work: Work) -> Record:
    """The last thing that was corrected by hand.  Raises UsageError where nothing was."""
    manual = [record for record in library.records_of(work) if record.source == "manual"]
    if not manual:
        raise UsageError(f"nothing of {work.name} was corrected by hand")
    return max(manual, key=lambda record: record.heard)


def target(library: Library, undo: Decision) -> Decision | Record | Waiver:
    """What an ``UNDO`` took back."""
    record = library.record(undo.undoes)
    if record is not None:
        return record
    for waiver in library.waivers():
        if waiver.key == undo.undoes:
            return waiver
    names = library.decisions_of(undo.a)
    return next(one for one in names if one.key == undo.undoes)


def sentence(fact: Decision | Record | Waiver) -> str:
    """What a record, decision or waiver says, in one line."""
    if isinstance(fact, Record):
        where = f" ({fact.origin})" if fact.origin else ""
        return f"{fact.source} on {fact.identifier}{where}"
    if isinstance(fact, Waiver):
        return f"{fact.code} about {fact.subject} is answered: {fact.reason}"
    sides = f"{fact.a} and {fact.b}"
    said = {
        DecisionKind.MATCH: f"{sides} are one work",
        DecisionKind.DISTINCT: f"{sides} are different works",
        DecisionKind.POSSIBLE: f"{sides} may be one work",
        DecisionKind.RELATED: f"{sides} are related: {fact.rule}",
        DecisionKind.NAME: f"{fact.a} is called {fact.b.value}",
        DecisionKind.UNDO: f"takes back {fact.undoes[:8]}",
    }
    return said[fact.kind]


def _heard(record: Record, is_taken_back: bool) -> Event:
    is_manual = record.source == "manual"
    return Event(
        key=record.key,
        when=record.heard,
        kind="corrected" if is_manual else "heard",
        by="person" if is_manual else record.source,
        what=sentence(record),
        details=tuple(_fields(record)),
        is_taken_back=is_taken_back,
    )


def _fields(record: Record) -> list[str]:
    """What a correction says, or the printed line; a registry's answer is read in refpipe show."""
    if record.source == "printed":
        return [" ".join(record.payload.split())]
    if record.source != "manual":
        return []
    told = items.read(record).item
    custom = told.pop("custom", {})
    said = [f"{field} = {_plain(value)}" for field, value in sorted(told.items())]
    return said + [f"{field} = (none)" for field in str(custom.get("removed", "")).split()]


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _decided(library: Library, one: Decision, is_taken_back: bool, lang: str) -> Event:
    details = [f"reason: {one.reason}"] if one.reason else []
    if one.by == "rule" and one.kind is not DecisionKind.NAME:
        details = match.explain(one, lang).splitlines() or details
    what = sentence(one)
    if one.kind is DecisionKind.UNDO:
        what = f"{what}: {sentence(target(library, one))}"
    return Event(
        key=one.key,
        when=one.made,
        kind=one.kind.value,
        by=one.by,
        what=f"{what}, says {'a person' if one.by == 'person' else 'a rule'}",
        details=tuple(details),
        is_taken_back=is_taken_back,
    )
