"""Identifiers as people, pages and registries write them, and their one normal form.

``read`` takes one identifier as a person types it, ``find`` all that stand in running text,
``from_url`` the work that an address leads to; ``doi``, ``pmid`` … read one scheme each.
What ``link`` or ``str()`` wrote, ``read`` gives back.
"""

from __future__ import annotations

from refpipe.identifiers.numbers import (
    arxiv,
    bare_number,
    doi,
    is_in_capitals,
    is_short,
    isbn,
    mistyped_isbn,
    name,
    pmcid,
    pmid,
    registered_doi,
)
from refpipe.identifiers.parser import (
    CATALOGUES,
    STRONGEST_FIRST,
    find,
    from_url,
    is_catalogued,
    link,
    page_of,
    read,
    surest,
    url,
)

__all__ = [
    "CATALOGUES",
    "STRONGEST_FIRST",
    "arxiv",
    "bare_number",
    "doi",
    "find",
    "from_url",
    "is_catalogued",
    "is_in_capitals",
    "is_short",
    "isbn",
    "link",
    "mistyped_isbn",
    "name",
    "page_of",
    "pmcid",
    "pmid",
    "read",
    "registered_doi",
    "surest",
    "url",
]
