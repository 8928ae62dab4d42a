"""A reference without identifier: searched for, and accepted only where it agrees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from refpipe import identifiers, items
from refpipe.http import Failure, Http
from refpipe.match import agreement
from refpipe.model import Certainty, Item, Record
from refpipe.sources import cinii
from refpipe.sources.answers import Heard
from refpipe.sources.crossref import Crossref
from refpipe.sources.doi_agencies import DoiAgencies

if TYPE_CHECKING:
    from refpipe.match.agreement import Agreement


_ROWS = 5
NEVER_CITED = frozenset(
    ("component", "peer-review", "journal", "journal-issue", "journal-volume", "book-set",
     "book-series", "report-series", "proceedings-series", "grant", "database")
)  # fmt: skip
"""Crossref's types of things that a reference is never to
(https://api.crossref.org/types)."""
LONGEST = 600
"""Characters of a question; a registry needs no more of a reference than that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One work that the search found."""

    record: Record
    item: Item
    agreement: Agreement
    certainty: Certainty = Certainty.CANDIDATE


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """What a search came to."""

    accepted: Hit | None = None
    """The one that agrees in all that is known; None leaves the choice to a person."""
    hits: tuple[Hit, ...] = ()
    """All that was found, the most agreeing first."""
    failure: str = ""
    """Why nobody could be asked; empty when somebody was."""

    def nearest(self, text: str) -> Hit | None:
        """The first hit whose title is that of the printed reference, as read or as it stands."""
        from refpipe.match.printed_line import PrintedLine

        for hit in self.hits:
            title = str(hit.item.get("title") or "")
            if "title" in hit.agreement.agrees or PrintedLine(text, title="").has_title(title):
                return hit
        return None


def search(crossref: Crossref, item: Item, text: str = "") -> SearchResult:
    """The work that ``item`` is, or those that it may be."""
    from refpipe.match import agreement

    words = " ".join(text.split()) or " ".join(_words(item))
    if not words.strip():
        return SearchResult()
    found = crossref.search(words[:LONGEST], rows=_ROWS)
    if isinstance(found, Failure):
        return SearchResult(failure=str(found))
    hits = []
    for heard in found:
        if heard.message.get("type") in NEVER_CITED:
            continue
        record = heard.record()
        known = items.read(record).item
        hits.append(
            Hit(record=record, item=known, agreement=agreement.agreement_of(item, known, text=text))
        )
    chosen = agreement.choose([hit.agreement for hit in hits])
    return SearchResult(
        accepted=hits[chosen] if chosen is not None else None,
        hits=tuple(sorted(hits, key=lambda hit: -hit.agreement.score)),
    )


def _words(item: Item) -> Iterator[str]:
    """What is known of the work, in the order in which references are printed."""
    people = item.get("author")
    for person in people[:6] if isinstance(people, list) else ():
        if isinstance(person, dict):
            yield str(person.get("family") or person.get("literal") or "")
    for variable in ("title", "container-title", "volume", "page"):
        yield str(item.get(variable) or "")
    issued: Any = item.get("issued")
    try:
        yield str(issued["date-parts"][0][0])
    except (TypeError, KeyError, IndexError):
        return


# ── A Japanese article that Crossref does not have: searched for at CiNii Research ────────────────


_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_TRIED = 5


def is_japanese(item: Item, text: str) -> bool:
    """Whether the reference, or what was read of it, has anything in Japanese."""
    return bool(_JAPANESE.search(text + str(item.get("title")) + str(item.get("container-title"))))


def search_japanese(http: Http, agencies: DoiAgencies, item: Item, text: str = "") -> SearchResult:
    """The article that ``item`` is, or those that it may be."""
    found = cinii.search(http, item)
    if isinstance(found, Failure):
        return SearchResult(failure=str(found))
    hits = []
    for heard in found[:_TRIED]:
        for one in _with_registered(agencies, heard):
            record = one.record()
            known = items.read(record).item
            held = agreement.agreement_of(item, known, text=text)
            hits.append(Hit(record=record, item=known, agreement=held))
    chosen = agreement.choose([hit.agreement for hit in hits])
    return SearchResult(
        accepted=hits[chosen] if chosen is not None else None,
        hits=tuple(sorted(hits, key=lambda hit: -hit.agreement.score)),
    )


def _with_registered(agencies: DoiAgencies, heard: Heard) -> Iterator[Heard]:
    """What the agency says of the record's DOI; the record itself where it has none."""
    doi = identifiers.doi(str(items.read(heard.record()).item.get("DOI") or ""))
    registered = (
        [outcome for _, outcome in agencies.climb([doi]) if isinstance(outcome, Heard)]
        if doi
        else []
    )
    yield from registered or [heard]
