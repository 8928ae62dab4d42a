"""Who can be asked about a work: Crossref, doi.org, JaLC, DataCite, NCBI, and the page itself.

A source never sees the library, and says nothing of what its answer means: the answer is
kept word for word, and ``items`` reads it.
"""

from __future__ import annotations

from refpipe.http import Settings
from refpipe.sources.registries import Registries
from refpipe.sources.searching import Hit, SearchResult

__all__ = ["Hit", "Registries", "SearchResult", "Settings"]
