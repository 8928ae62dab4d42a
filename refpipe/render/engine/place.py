"""Where the rendering of one entry stands: the work, and what has been printed of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from refpipe.render.engine.pieces import Person, Pieces, When


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One item, made fit for the elements: nothing in it can make them stumble."""

    type: str
    texts: Mapping[str, Pieces]
    """CSL variable → its text; only those that have one."""
    names: Mapping[str, tuple[Person, ...]]
    dates: Mapping[str, When]
    language: str = ""
    is_endless: bool = False
    """True where the author list goes on beyond the names given."""

    def has(self, variable: str) -> bool:
        """True if there is something to print for a variable."""
        return variable in self.texts or variable in self.names or variable in self.dates


@dataclass(frozen=True, slots=True, kw_only=True)
class Cite:
    """What a citation says of one work: its number and the place in it."""

    number: str
    locator: str = ""
    label: str = "page"
    is_spelled: bool = False
    """True where the locator holds its own word (``第3章``) and takes none from the style."""


@dataclass(slots=True)
class Place:
    """The state of one entry while its elements are walked through."""

    reference: Reference
    cite: Cite | None = None
    """Set while a citation is printed, and not for an entry."""
    called: int = 0
    """How many variables the style asked for so far."""
    rendered: int = 0
    """How many of them had something to print."""
    printed: list[str] = field(default_factory=list)
    """Those that had, in the order printed."""
    has_begun: bool = False
    """True once something but the number stands in the entry."""
    stands_in: int = 0
    """How many ``cs:substitute`` are being printed; names in one are used up at once."""
    suppressed: set[str] = field(default_factory=set)
    """Variables that a ``cs:substitute`` has already used up."""

    def found(self, variable: str) -> None:
        """Note that a variable had something to print."""
        self.rendered += 1
        self.has_begun = True
        self.printed.append(variable)
