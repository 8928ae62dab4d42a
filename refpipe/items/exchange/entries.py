"""What a reader of bibliography files gives: entries, and entries it could not read.

One broken entry costs one entry, and it says where it stands.
"""

from __future__ import annotations

from dataclasses import dataclass

from refpipe.model import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a file as an item."""

    item: Item
    raw: str
    """Its text, whole enough to be read again alone: what it inherits from stands behind it."""
    line: int
    """Counted from 1."""
    notes: tuple[str, ...] = ()
    """What was repaired or could not be placed, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """An entry that cannot be read."""

    reason: str
    raw: str
    line: int
