"""A citation key for an item that was pasted and has none."""

from __future__ import annotations

import re
import unicodedata

from refpipe.items.printed.people.particles import joined
from refpipe.model import Item


def key(item: Item, taken: set[str]) -> str:
    """A citation key such as ``modic2005``, made different from those taken."""
    authors = item.get("author") or item.get("editor") or [{}]
    name = joined(authors[0]) or authors[0].get("literal") or item.get("title", "") or "ref"
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z]", "", folded)[:20] or "ref"
    parts = (item.get("issued") or {}).get("date-parts") or [[]]
    stem += str(parts[0][0]) if parts[0] else ""
    chosen, number = stem, 0
    while chosen in taken:
        number += 1
        chosen = f"{stem}-{number}"
    taken.add(chosen)
    return chosen
