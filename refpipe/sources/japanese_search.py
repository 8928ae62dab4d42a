"""A Japanese article that Crossref does not have: searched for at CiNii Research.

CiNii names the DOI where there is one; JaLC, which registered it, then says the title in both
languages, and the printed reference may be in either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from refpipe import identifiers, items
from refpipe.http import Failure, Http
from refpipe.match import agreement
from refpipe.model import Item
from refpipe.sources import cinii
from refpipe.sources.answers import Heard
from refpipe.sources.doi_agencies import DoiAgencies
from refpipe.sources.reference_search import Hit, SearchResult

_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_TRIED = 5


def is_japanese(item: Item, text: str) -> bool:
    """Whether the reference, or what was read of it, has anything in Japanese."""
    return bool(_JAPANESE.search(text + str(item.get("title")) + str(item.get("container-title"))))


def search(http: Http, agencies: DoiAgencies, item: Item, text: str = "") -> SearchResult:
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
