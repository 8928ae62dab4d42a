"""A reference on the way: its head, its parts, and what is still to be read."""

from __future__ import annotations

from dataclasses import dataclass, field

from refpipe.items.printed.nouns import Part
from refpipe.items.printed.people.western_names import Names


@dataclass(slots=True, kw_only=True)
class Head:
    """What stands before the title."""

    end: int = 0
    names: Names | None = None
    year: tuple[str, int, int] | None = None
    letter: str = ""
    month: str = ""
    day: str = ""
    title: tuple[int, int] | None = None
    """Where the title stands when it comes before the year, as in a work without authors."""
    confidence: float = 0.5
    has_comma_style: bool = False


@dataclass(slots=True, kw_only=True)
class Draft:
    """The parts found so far, and the stretch still to be read."""

    parts: list[Part] = field(default_factory=list)
    unread: list[tuple[int, int]] = field(default_factory=list)
    head: Head = field(default_factory=Head)
    kind: str = ""
    custom: dict[str, object] = field(default_factory=dict)
    """What CSL has no field for: who is left out of a list, the label of a role."""
    known: list[tuple[int, int]] = field(default_factory=list)
    """Stretches that were understood and are no field of the item: the day of a change."""
