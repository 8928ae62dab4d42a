"""What a record means: one reader for each kind of source.

The table names a function for each source and imports it when the first such record is read,
so that reading Crossref does not import a BibTeX parser.  No payload makes a reader raise:
what cannot be read is left out.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import cache

from refpipe.items.own_records import canonical
from refpipe.model import Reading, Record

READERS: dict[str, str] = {
    "manual": "refpipe.items.own_records:read_manual",
    "crossref": "refpipe.items.crossref:read",
    "jalc": "refpipe.items.jalc:read",
    "csl": "refpipe.items.csl:read",
    "pubmed": "refpipe.items.pubmed:read",
    "ndl": "refpipe.items.catalogue.dcndl:read",
    "loc": "refpipe.items.catalogue.mods:read",
    "cinii": "refpipe.items.catalogue.cinii:read",
    "openlibrary": "refpipe.items.catalogue.open_library:read",
    "googlebooks": "refpipe.items.catalogue.book_trade:read_google",
    "openbd": "refpipe.items.catalogue.book_trade:read_openbd",
    "landing_page": "refpipe.items.landing_page:read",
    "web": "refpipe.items.landing_page:read",
    "bibtex": "refpipe.items.bibtex:read",
    "ris": "refpipe.items.exchange.ris:read",
    "nbib": "refpipe.items.exchange.nbib:read",
    "enw": "refpipe.items.exchange.refer:read",
    "endnote-xml": "refpipe.items.exchange.endnote_xml:read",
    "pubmed-xml": "refpipe.items.exchange.pubmed_xml:read",
    "csl-json": "refpipe.items.exchange.csl_json:read",
    "alias": "refpipe.items.own_records:read_alias",
    "printed": "refpipe.items.printed:reading",
    "verbatim": "refpipe.items.own_records:read_verbatim",
}
"""Source of a record → ``module:function`` that reads it."""

__all__ = ["READERS", "canonical", "read"]


def read(record: Record) -> Reading:
    """The item of a record and what stands around it; empty for a source that nobody reads."""
    if record.source not in READERS:
        return Reading(item={})
    return _reader(READERS[record.source])(record)


@cache
def _reader(place: str) -> Callable[[Record], Reading]:
    module, _, function = place.partition(":")
    reader: Callable[[Record], Reading] = getattr(importlib.import_module(module), function)
    return reader
