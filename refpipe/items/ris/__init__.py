"""RIS files ⇄ items."""

from __future__ import annotations

from refpipe.items.ris.reading import entry_blocks, read, read_all
from refpipe.items.ris.writing import write

__all__ = ["entry_blocks", "read", "read_all", "write"]
