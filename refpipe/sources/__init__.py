"""Who can be asked about a work: Crossref, doi.org, JaLC, DataCite, NCBI, and the page itself.

A source never sees the library, and says nothing of what its answer means: the answer is
kept word for word, and ``items`` reads it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from refpipe.http import Settings
from refpipe.sources.registries import Registries

if TYPE_CHECKING:
    from refpipe.sources.reference_search import Hit, SearchResult

__all__ = ["Hit", "Registries", "SearchResult", "Settings"]


def __getattr__(name: str) -> object:
    """What came of a search, loaded by whoever searches."""
    if name in {"Hit", "SearchResult"}:
        from refpipe.sources import reference_search

        return getattr(reference_search, name)
    raise AttributeError(name)
