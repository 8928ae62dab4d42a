"""Who can be asked about a work: Crossref, doi.org, JaLC, DataCite, NCBI, and the page itself.

A source never sees the library, and says nothing of what its answer means: the answer is
kept word for word, and ``items`` reads it.
"""

from __future__ import annotations

from refpipe.http import Settings
from refpipe.sources.reference_search import Hit, SearchResult
from refpipe.sources.registries import Registries

__all__ = ["Hit", "Registries", "SearchResult", "Settings"]
