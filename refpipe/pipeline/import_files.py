"""Entries of bibliography files on their way into the library."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from refpipe import identifiers
from refpipe.items.exchange import entries, formats
from refpipe.items.exchange.entries import Entry
from refpipe.library import Library
from refpipe.merge import own_name
from refpipe.model import Decision, DecisionKind, Identifier, Record, Scheme, Work
from refpipe.pipeline import intake, lookup

_PORTION = 200
"""Entries stored at once: an interrupted import has lost no more than that."""


@dataclass(slots=True, kw_only=True)
class Import:
    """What becomes of the entries of one file."""

    new: int = 0
    """Works that the library did not have before."""


def take(  # noqa: PLR0913 — a file, its form and entries, and who hears what
    library: Library,
    form: str,
    name: str,
    entries: Sequence[Entry],
    *,
    now: str,
    told: Import | None = None,
) -> Iterator[str]:
    """What is to be said of a file's entries, while they are put into the library.

    Nothing is stored before it is asked for what it says.  ``told`` hears the count of new works.
    """
    heard = records(form, name, entries)
    new = {record.key: record for record in heard if library.record(record.key) is None}
    for start in range(0, len(heard), _PORTION):
        portion = slice(start, start + _PORTION)
        refused: tuple[Refusal, ...] = ()
        with library.transaction():
            intake.take_all(library, heard[portion], now=now)
            if form in KEYED:
                keyed = zip(entries[portion], heard[portion], strict=True)
                refused = call(library, [(key(e), r) for e, r in keyed], now=now)
        # Only now have the works whose key was refused a name of their own.
        yield from as_lines(library, refused)
    yield from _fates(library, new, told if told is not None else Import())


def _fates(library: Library, new: Mapping[str, Record], told: Import) -> Iterator[str]:
    """What became of each new entry that is not simply a new work of its own."""
    homes = library.find_many(own_name(record) for record in new.values())
    works = {work.id: work for work in homes.values()}
    told.new = sum(new.keys() >= set(work.members) for work in works.values())
    doubts = _doubts(library, works) if works else {}
    met: set[str] = set()
    for record in new.values():
        work = homes.get(own_name(record))
        if work is None:
            continue  # Somebody has withdrawn this very record.
        if work.id in met or not new.keys() >= set(work.members):
            yield f"{record.origin}: joined to {work.name}"
        for other in () if work.id in met else doubts.get(work.id, ()):
            yield f"{record.origin}: possible with {other}; refpipe review asks you about the two"
        met.add(work.id)


def _doubts(library: Library, works: Mapping[str, Work]) -> dict[str, list[str]]:
    """The names of the works with which each of these may be one."""
    found: dict[str, list[str]] = {}
    for a, b, _ in library.possible():
        for one, other in ((a, b), (b, a)):
            if one.id in works:
                found.setdefault(one.id, []).append(other.name)
    return found


def records(form: str, name: str, entries: Iterable[Entry]) -> list[Record]:
    """A record for each entry, the entry's text as its payload and its place as its origin."""
    source = formats.FORMATS[form].source
    return [
        Record(
            source=source,
            identifier=identifier(entry),
            payload=entry.raw,
            origin=f"{name}:{entry.line}",
        )
        for entry in entries
    ]


def identifier(entry: Entry) -> Identifier:
    """The strongest identifier that the entry names; its own text's where it names none."""
    is_book = entry.item.get("type") == "book"
    naming = [one for one in identifiers.STRONGEST_FIRST if is_book or one is not Scheme.ISBN]
    claim = identifiers.surest(entries.claims(entry.item), naming, or_candidate=False)
    return claim.identifier if claim is not None else intake.own_name(entry.raw)


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


def as_lines(library: Library, refused: Sequence[Refusal]) -> Iterator[str]:
    """A line for each refused key: where it stands, why, and what to type instead."""
    works = library.find_many({one.record.identifier for one in refused})
    for one in refused:
        work: Work = works[one.record.identifier]
        yield f"{one.record.origin}: the key {one.key} {one.reason}; cite this work as @{work.name}"
