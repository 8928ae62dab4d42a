"""RIS files ⇄ items."""

from __future__ import annotations

from refpipe.items.ris.reading import read, read_all

__all__ = ["read", "read_all"]
