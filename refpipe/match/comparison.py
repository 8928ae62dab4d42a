"""What two records were found to agree on, field by field, and what speaks against them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """How far one field agrees.  Missing is unknown, never agreement."""

    DIFFER = 0
    UNKNOWN = 1
    SIMILAR = 2
    AGREE = 3


@dataclass(frozen=True, slots=True)
class Agreement:
    """One field's agreement; ``how`` names the kind (``cut``, ``typos``, ``first page`` …)."""

    level: Level
    score: float = 0.0
    how: str = ""


UNKNOWN = Agreement(Level.UNKNOWN)
DIFFER = Agreement(Level.DIFFER)
EQUAL = Agreement(Level.AGREE, 1.0, "equal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two records compared: one agreement for each field, then what contradicts.

    ``relation`` is the kind of tie that the titles' notes or versions speak of
    (``correction``, ``reply``, ``part`` …), empty for none; ``detail`` counts how much of a
    title there is to agree on: 0 generic, 1 short, 2 telling, 3 long.  ``is_equal`` is True
    where all that is known of the one is known of the other; ``is_anchored`` is False
    where neither record says where it was published: registrations, leaflets;
    ``single_author`` is True where one of them names one author and no "et al.".
    """

    title: Agreement
    authors: Agreement
    year: Agreement
    container: Agreement
    volume: Agreement
    issue: Agreement
    pages: Agreement
    doi: Agreement
    identifier: Agreement
    url: Agreement
    detail: int
    is_equal: bool = False
    is_anchored: bool = True
    single_author: bool = False
    relation: str = ""
    contradictions: tuple[str, ...] = ()

    @property
    def fields(self) -> dict[str, Agreement]:
        """The agreements by the name of their field, in a fixed order."""
        return {name: getattr(self, name) for name in FIELDS}


FIELDS = (
    "title", "authors", "year", "container", "volume", "issue", "pages", "doi", "identifier",
    "url",
)  # fmt: skip
