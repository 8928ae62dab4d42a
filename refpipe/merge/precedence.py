"""Which source and which decision counts more, and which decisions stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from refpipe.model import (
    REGISTRIES,
    UNDESCRIBING,
    Certainty,
    Decision,
    DecisionKind,
    Identifier,
    Item,
    Reading,
    Record,
    Scheme,
)

if TYPE_CHECKING:
    from refpipe.match import Subject

PRECEDENCE = {
    "manual": 0,
    "crossref": 1,
    "jalc": 2,
    "csl": 3,
    "datacite": 3,
    "ndl": 3,
    "loc": 3,
    "cinii": 4,
    "pubmed": 4,
    "openlibrary": 5,
    "openbd": 5,
    "googlebooks": 5,
    "bibtex": 5,
    "ris": 5,
    "nbib": 5,
    "enw": 5,
    "endnote-xml": 5,
    "csl-json": 5,
    "pubmed-xml": 4,
    "landing_page": 6,
    "web": 6,
    "printed": 7,
    "verbatim": 8,
    "alias": 8,
    "seen": 8,
}
"""Source → its place in the queue when a field is filled.

A person's correction comes first; then who registered the work (publishers tell Crossref and
JaLC directly), then who indexes it (PubMed's XML is its own answer, saved), then files that people
exported, then web pages, and a reference read from print last.
"""

_UNKNOWN = 6

FILES = frozenset({"bibtex", "ris", "nbib", "enw", "endnote-xml", "csl-json", "pubmed-xml"})
"""The sources that are bibliography files, in which anybody may have written anything."""

_CORE = ("title", "author", "container-title", "volume", "issue", "page", "issued", "DOI", "type")


@dataclass(frozen=True, kw_only=True)
class SourcedReading:
    """What one source said and what it means."""

    record: Record
    reading: Reading

    @cached_property
    def subject(self) -> Subject:
        """What is compared: the record as it stands, made ready once."""
        from refpipe.match import Subject

        return Subject(
            identifier=self.record.identifier, item=self.item, claims=self.reading.claims
        )

    @property
    def item(self) -> Item:
        """The item that the record means."""
        return self.reading.item

    def as_heard(self, record: Record) -> SourcedReading:
        """The same answer as it was heard another time: what it means is not read again."""
        again = SourcedReading(record=record, reading=self.reading)
        again.__dict__["subject"] = self.subject
        return again

    @property
    def precedence(self) -> int:
        """The place of its source in the queue; 0 comes first."""
        return PRECEDENCE.get(self.record.source, _UNKNOWN)

    @property
    def is_registry(self) -> bool:
        """True when the source is one that confirms."""
        return self.record.source in REGISTRIES

    @property
    def describes(self) -> bool:
        """False for a correction, another name, a page that was seen: others describe the work.

        In a text within JSON the quotation marks have a stroke before them.
        """
        source, payload = self.record.source, self.record.payload
        is_correction = source == "manual" and '"corrected": "' in payload
        return source not in UNDESCRIBING and not is_correction

    @property
    def is_of_file(self) -> bool:
        """True when the source is a bibliography file."""
        return self.record.source in FILES


def own_name(record: Record) -> Identifier:
    """The identifier that this one record has and no other.

    With it a person can say that a record is not what its identifier claims.
    """
    return Identifier(Scheme.TEXT, record.key)


def identities(said: SourcedReading) -> frozenset[Identifier]:
    """The identifiers that the record itself states; a candidate is none of them."""
    claimed = (
        claim.identifier
        for claim in said.reading.claims
        if claim.certainty is not Certainty.CANDIDATE
    )
    return frozenset({said.record.identifier, own_name(said.record), *claimed})


def by_precedence(saids: list[SourcedReading]) -> list[SourcedReading]:
    """The same, strongest first, whatever order they came in.

    Of two answers of one registry, or two corrections by hand, the later one counts; of two
    printed references the more complete one.
    """
    ordered = sorted(saids, key=lambda said: said.record.key)
    ordered.sort(key=completeness, reverse=True)
    ordered.sort(key=_heard, reverse=True)
    ordered.sort(key=lambda said: said.precedence)
    return ordered


def completeness(said: SourcedReading) -> int:
    """How many of the fields that identify a work are filled, a cut title not counted."""
    item = said.item
    custom = item.get("custom")
    is_cut = isinstance(custom, dict) and bool(custom.get("title-is-cut"))
    return sum(bool(item.get(field)) for field in _CORE) - is_cut


def _heard(said: SourcedReading) -> str:
    return said.record.heard if said.is_registry or said.record.source == "manual" else ""


Pair: TypeAlias = tuple[Identifier, Identifier]
Rank: TypeAlias = tuple[int, str, str]
"""How much a decision weighs: a person outranks a rule, later outranks earlier."""

PAIRWISE = frozenset(
    {DecisionKind.MATCH, DecisionKind.POSSIBLE, DecisionKind.RELATED, DecisionKind.DISTINCT}
)
_DOUBTS = frozenset({DecisionKind.POSSIBLE, DecisionKind.RELATED})


def rank(decision: Decision) -> Rank:
    """The weight of a decision; the greater one stands."""
    return (int(decision.by == "person"), decision.made, decision.key)


def pair(a: Identifier, b: Identifier) -> Pair:
    """The two in the one order in which pairs are kept."""
    return (a, b) if a <= b else (b, a)


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that nobody has undone, in the order of their weight, greatest first.

    An ``UNDO`` may itself be undone, which restores what it took away.
    """
    by_key = {decision.key: decision for decision in decisions}
    fallen = _fallen(by_key)
    kept = (decision for key, decision in by_key.items() if key not in fallen)
    return tuple(sorted(kept, key=rank, reverse=True))


def undone(decisions: Iterable[Decision]) -> frozenset[str]:
    """The keys of the decisions and records that a standing ``UNDO`` takes back."""
    return frozenset(one.undoes for one in standing(decisions) if one.undoes)


def _fallen(by_key: Mapping[str, Decision]) -> set[str]:
    """The keys that a standing ``UNDO`` undoes; the last word of each chain is found first."""
    waiting: dict[str, int] = defaultdict(int)
    for decision in by_key.values():
        if decision.undoes:
            waiting[decision.undoes] += 1
    ready = [key for key in by_key if not waiting[key]]
    fallen: set[str] = set()
    while ready:
        decision = by_key[ready.pop()]
        target = decision.undoes
        if not target or target not in by_key:
            continue
        if decision.key not in fallen:
            fallen.add(target)
        waiting[target] -= 1
        if not waiting[target]:
            ready.append(target)
    return fallen


def verdicts(decisions: Iterable[Decision]) -> dict[Pair, Decision]:
    """The one decision that holds for each pair, among those that stand.

    Several records may go by one identifier.  Where a rule holds two of them for one work, its
    doubt about two others of the same names takes nothing back.
    """
    held: dict[Pair, Decision] = {}
    for decision in standing(decisions):
        if decision.kind not in PAIRWISE:
            continue
        names = pair(decision.a, decision.b)
        before = held.setdefault(names, decision)
        if before.by != "person" and before.kind in _DOUBTS and decision.kind is DecisionKind.MATCH:
            held[names] = decision
    return held
