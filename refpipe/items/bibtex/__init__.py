"""BibTeX and biblatex files ⇄ items."""

from __future__ import annotations

from refpipe.items.bibtex.reading import read, read_all

__all__ = ["read", "read_all"]
