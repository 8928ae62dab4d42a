"""The citation keys of a bibliography file as names of its works.

Whoever moves in with a BibTeX file types the keys that she has always typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from refpipe.items.exchange.entries import Entry
from refpipe.library import Library
from refpipe.model import Decision, DecisionKind, Identifier, Record, Scheme, Work
from refpipe.pipeline import lookup

KEYED = frozenset({"bibtex", "csl-json"})
"""The formats whose entries have a key that people type."""

_COUNTED = re.compile(r"item-?\d+|\d+", re.IGNORECASE)
"""Ids that programs number their items with; nobody types them, and the next file has them too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A key that did not become a name, and why not."""

    key: str
    record: Record
    reason: str


def key(entry: Entry) -> str:
    """The key by which its file calls an entry; empty where it has none that people type."""
    found = str(entry.item.get("citation-key") or entry.item.get("id") or "").strip()
    return "" if _COUNTED.fullmatch(found) or "://" in found else found


def call(library: Library, keyed: Iterable[tuple[str, Record]], *, now: str) -> tuple[Refusal, ...]:
    """The keys that could not become names; the others are stored as decisions.

    A key that finds its work already needs none, in whatever case it is written.
    """
    wanted = [(typed, record) for typed, record in keyed if typed]
    holders = lookup.find(library, [typed for typed, _ in wanted])
    works = library.find_many({record.identifier for _, record in wanted})
    given: dict[Identifier, str] = {}
    refused: list[Refusal] = []
    decisions: list[Decision] = []
    for typed, record in wanted:
        if record.identifier not in works:
            continue  # Somebody has withdrawn this very record.
        bearer = works[record.identifier].id
        holder = holders[typed].id if typed in holders else None
        names = lookup.names(typed)
        if holder is None and names:
            holder = given.get(names[0])
        if holder == bearer:
            continue
        if reason := _refusal(names, holder):
            refused.append(Refusal(key=typed, record=record, reason=reason))
            continue
        given[names[0]] = bearer
        decisions.append(_named(record.identifier, names[0]))
    library.decide(decisions, made=now)
    return tuple(refused)


def _refusal(names: Sequence[Identifier], holder: str | None) -> str:
    """Why a key that reads as these cannot name a work; empty where it can."""
    if not names:
        return "has characters that a name cannot have"
    if holder is not None:
        return f"is already a name of another work ({holder})"
    if names[0].scheme is not Scheme.NAME:
        return f"reads as {names[0]}"
    return ""


def _named(bearer: Identifier, name: Identifier) -> Decision:
    return Decision(kind=DecisionKind.NAME, a=bearer, b=name, by="rule", rule="citation-key")


def told(library: Library, refused: Sequence[Refusal]) -> Iterator[str]:
    """A line for each refused key: where it stands, why, and what to type instead."""
    works = library.find_many({one.record.identifier for one in refused})
    for one in refused:
        work: Work = works[one.record.identifier]
        yield f"{one.record.origin}: the key {one.key} {one.reason}; cite this work as @{work.name}"
