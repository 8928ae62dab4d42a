"""BibTeX and biblatex files ⇄ items."""

from __future__ import annotations

from refpipe.items.bibtex.reading import read, read_all
from refpipe.items.bibtex.writing import write

__all__ = ["read", "read_all", "write"]
