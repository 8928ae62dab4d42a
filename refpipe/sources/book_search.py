"""A printed book or guideline without ISBN: searched for in catalogues, accepted on agreement."""

from __future__ import annotations

import re

from refpipe import items
from refpipe.http import Failure, Http
from refpipe.match import book_agreement
from refpipe.model import Item, Record
from refpipe.sources import ndl
from refpipe.sources.answers import Heard
from refpipe.sources.crossref import Crossref, is_book
from refpipe.sources.reference_search import LONGEST, NEVER_CITED, Hit, SearchResult

_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_MARKS = re.compile(r"[，、,:：;；。『』「」]|\.\s|\s:\s|ISBN.*")
_ROWS = 10
_SHORTEST = 4
_TRIES = 3


def search(http: Http, crossref: Crossref, item: Item, text: str = "") -> SearchResult:
    """The book that ``item`` is, or those that it may be.

    Catalogues are asked one after another until one has it; where one was silent and none has
    it, the silence is told.
    """
    is_japanese = bool(_JAPANESE.search(str(item.get("title") or "")))
    words = " ".join(text.split()) or _words(item)
    hits: list[Hit] = []
    failure = ""
    for source in ("ndl", "crossref") if is_japanese else ("crossref", "ndl"):
        found = (
            _at_ndl(http, item, text)
            if source == "ndl"
            else crossref.search(words[:LONGEST], rows=_ROWS)
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
    year = book_agreement.year(item)
    for words in (str(item.get("title") or ""), *_other_titles(item, text)):
        found = ndl.search(http, words, year)
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


def _words(item: Item) -> str:
    people = item.get("author") or item.get("editor") or []
    first = people[0] if isinstance(people, list) and people else {}
    named = str(first.get("family") or first.get("literal") or "")
    parts = (named, item.get("title"), item.get("publisher"), book_agreement.year(item))
    return " ".join(str(part) for part in parts if part)


def later_edition(http: Http, item: Item) -> Record | str | None:
    """The latest edition after the one that the item is of; None for none, else why not asked."""
    if not _JAPANESE.search(str(item.get("title") or "")) or not book_agreement.year(item):
        return None
    found = ndl.search(http, str(item["title"]))
    if isinstance(found, Failure):
        return str(found)
    known = [(items.read(record).item, record) for record in (one.record() for one in found)]
    later = [pair for pair in known if book_agreement.is_later_edition(item, pair[0])]
    return max(later, key=lambda pair: book_agreement.year(pair[0]))[1] if later else None
