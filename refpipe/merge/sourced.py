"""A record together with what it means, and how much weight its source has."""

from __future__ import annotations

from dataclasses import dataclass

from refpipe.model import Certainty, Identifier, Item, Reading, Record, Scheme

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
}
"""Source → its place in the queue when a field is filled.

A person's correction comes first; then who registered the work (publishers tell Crossref and
JaLC directly), then who indexes it (PubMed's XML is its own answer, saved), then files that people
exported, then web pages, and a reference read from print last.
"""

_UNKNOWN = 6

REGISTRIES = frozenset(
    {"crossref", "jalc", "csl", "datacite", "pubmed", "ndl", "loc", "cinii", "openlibrary"}
)
"""The sources whose answer confirms that a work exists."""

_FILES = frozenset({"bibtex", "ris", "nbib", "enw", "endnote-xml", "csl-json", "pubmed-xml"})
"""The sources that are bibliography files, in which anybody may have written anything."""

_CORE = ("title", "author", "container-title", "volume", "issue", "page", "issued", "DOI", "type")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcedReading:
    """What one source said and what it means."""

    record: Record
    reading: Reading

    @property
    def item(self) -> Item:
        """The item that the record means."""
        return self.reading.item

    @property
    def precedence(self) -> int:
        """The place of its source in the queue; 0 comes first."""
        return PRECEDENCE.get(self.record.source, _UNKNOWN)

    @property
    def is_registry(self) -> bool:
        """True when the source is one that confirms."""
        return self.record.source in REGISTRIES

    @property
    def is_of_file(self) -> bool:
        """True when the source is a bibliography file."""
        return self.record.source in _FILES


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
