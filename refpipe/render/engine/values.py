"""Names and dates as the elements take them: every field present, every field usable."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One name.  ``literal`` is a whole name that is printed as it stands."""

    family: str = ""
    given: str = ""
    dropping: str = ""
    """A particle that falls away in sorting (``de`` in ``de Krom``)."""
    particle: str = ""
    """A particle that stays with the family name (``van der``)."""
    suffix: str = ""
    has_comma: bool = False
    literal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A date as far as it is known, a span of two, or words that stand for one."""

    year: int = 0
    month: int = 0
    day: int = 0
    season: int = 0
    literal: str = ""
    is_circa: bool = False
    end: When | None = None
