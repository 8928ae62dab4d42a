"""A reference without identifier, article or book: searched for, accepted only where it agrees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from refpipe import dates, identifiers, items
from refpipe.http import Failure, Http
from refpipe.match import agreement, book_agreement
from refpipe.model import Certainty, Item, Record
from refpipe.normalise.text import JAPANESE
from refpipe.sources import catalogues
from refpipe.sources.agencies import DoiAgencies
from refpipe.sources.answers import Heard
from refpipe.sources.crossref import Crossref, is_book

if TYPE_CHECKING:
    from refpipe.match.agreement import Agreement


# ── A reference without identifier: searched for, and accepted only where it agrees ─────────────


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
    yield str(dates.year_of(item) or "")


# ── A Japanese article that Crossref does not have: searched for at CiNii Research ────────────────


_JAPANESE = re.compile(f"[{JAPANESE}]")
_TRIED = 5


def is_japanese(item: Item, text: str) -> bool:
    """Whether the reference, or what was read of it, has anything in Japanese."""
    return bool(_JAPANESE.search(text + str(item.get("title")) + str(item.get("container-title"))))


def search_japanese(http: Http, agencies: DoiAgencies, item: Item, text: str = "") -> SearchResult:
    """The article that ``item`` is, or those that it may be."""
    found = catalogues.search_cinii(http, item)
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


# ────────────────────────────────────────────────────────────────────────────────────────────────
# A printed book or guideline without ISBN: searched for in catalogues, accepted on agreement.


_MARKS = re.compile(r"[，、,:：;；。『』「」]|\.\s|\s:\s|ISBN.*")
_BOOK_ROWS = 10
_SHORTEST = 4
_TRIES = 3


def search_book(http: Http, crossref: Crossref, item: Item, text: str = "") -> SearchResult:
    """The book that ``item`` is, or those that it may be.

    Catalogues are asked one after another until one has it; where one was silent and none has
    it, the silence is told.
    """
    is_japanese = bool(_JAPANESE.search(str(item.get("title") or "")))
    words = " ".join(text.split()) or _book_words(item)
    hits: list[Hit] = []
    failure = ""
    for source in ("ndl", "crossref") if is_japanese else ("crossref", "ndl"):
        found = (
            _at_ndl(http, item, text)
            if source == "ndl"
            else crossref.search(words[:LONGEST], rows=_BOOK_ROWS)
        )
        if isinstance(found, Failure):
            failure = failure or str(found)
            continue
        hits += [_whole(crossref, item, heard, text) for heard in found if _is_citable(heard)]
        if (
            chosen := book_agreement.choose([(one.item, one.agreement) for one in hits])
        ) is not None:
            return SearchResult(accepted=hits[chosen], hits=_ranked(hits))
    return SearchResult(hits=_ranked(hits), failure=failure)


def _at_ndl(http: Http, item: Item, text: str) -> list[Heard] | Failure:
    """The books of the title; where there are none, of what else in the reference may be one."""
    year = dates.year_of(item)
    for words in (str(item.get("title") or ""), *_other_titles(item, text)):
        found = catalogues.search_ndl(http, words, year)
        if isinstance(found, Failure) or found:
            return found
    return []


def _other_titles(item: Item, text: str) -> list[str]:
    """Stretches of the reference between marks, longest first, that were not read as the title."""
    known = {str(item.get("title")), str(item.get("publisher")), str(item.get("publisher-place"))}
    parts = [part.strip() for part in _MARKS.split(text)]
    able = [part for part in parts if len(part) >= _SHORTEST and part not in known]
    return sorted(able, key=len, reverse=True)[:_TRIES]


def _is_citable(heard: Heard) -> bool:
    kind = heard.message.get("type") if isinstance(heard.message, dict) else "book"
    return kind not in NEVER_CITED and kind not in {"book-chapter", "book-section", "book-part"}


def _hit(item: Item, heard: Heard, text: str) -> Hit:
    record = heard.record()
    known = items.read(record).item
    agreement = book_agreement.book_agreement(item, known, text=text)
    return Hit(record=record, item=known, agreement=agreement)


def _whole(crossref: Crossref, item: Item, heard: Heard, text: str) -> Hit:
    """The hit; a list of Crossref's has no editions, so what may be the book is asked for alone."""
    hit = _hit(item, heard, text)
    may_be_it = set(hit.agreement.differs) <= {"edition"}
    if heard.source != "crossref" or not may_be_it or not is_book(heard.message):
        return hit
    single = crossref.work(heard.identifier, is_fresh=True)
    return _hit(item, single, text) if isinstance(single, Heard) else hit


def _ranked(hits: list[Hit]) -> tuple[Hit, ...]:
    return tuple(sorted(hits, key=lambda hit: -hit.agreement.score))


def _book_words(item: Item) -> str:
    people = item.get("author") or item.get("editor") or []
    first = people[0] if isinstance(people, list) and people else {}
    named = str(first.get("family") or first.get("literal") or "")
    parts = (named, item.get("title"), item.get("publisher"), dates.year_of(item))
    return " ".join(str(part) for part in parts if part)


def later_edition(http: Http, crossref: Crossref, item: Item) -> Record | str | None:
    """The latest edition after the one that the item is of; None for none, else why not asked.

    Crossref is asked about every book, the National Diet Library about Japanese ones.
    """
    title = str(item.get("title") or "")
    if not title or not dates.year_of(item):
        return None
    found = [_later_at_crossref(crossref, item)]
    if _JAPANESE.search(title):
        found.append(catalogues.search_ndl(http, title))
    known = [
        (items.read(record).item, record)
        for answer in found
        if not isinstance(answer, Failure)
        for record in (one.record() for one in answer)
    ]
    later = [pair for pair in known if book_agreement.is_later_edition(item, pair[0])]
    if later:
        return max(later, key=lambda pair: dates.year_of(pair[0]))[1]
    return next((str(answer) for answer in found if isinstance(answer, Failure)), None)


def _later_at_crossref(crossref: Crossref, item: Item) -> list[Heard] | Failure:
    """The books of that name that came out later, each asked for alone: lists have no editions."""
    words = _book_words({name: value for name, value in item.items() if name != "issued"})
    found = crossref.search(words[:LONGEST], rows=_BOOK_ROWS)
    if isinstance(found, Failure):
        return found
    may_be = [
        heard
        for heard in found
        if is_book(heard.message)
        and book_agreement.may_be_later(item, items.read(heard.record()).item)
    ]
    answers = (crossref.work(heard.identifier, is_fresh=True) for heard in may_be[:_TRIED])
    return [one for one in answers if isinstance(one, Heard)]
