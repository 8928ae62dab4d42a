"""CSL's ``date-parts`` ⇄ partial dates."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence

from refpipe.model import PartialDate


def is_day(year: int, month: int, day: int) -> bool:
    """Whether the Gregorian calendar has this day; years run from 1 to 9999."""
    return 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def from_parts(date_parts: object) -> PartialDate | None:
    """The first date of CSL ``date-parts``, read up to its first bad part; None without a year.

    Registries send ``[[null]]``, ``[[]]``, month 13 and numbers as strings; what stands before
    the first bad part is still known.  A range (two lists) gives its beginning.
    """
    parts = _first(date_parts)
    year = _number(parts, 0)
    if year is None or not 1 <= year <= 9999:
        return None
    month = _number(parts, 1)
    if month is None or not 1 <= month <= 12:
        return PartialDate(year=year)
    day = _number(parts, 2)
    if day is None or not is_day(year, month, day):
        return PartialDate(year=year, month=month)
    return PartialDate(year=year, month=month, day=day)


def to_parts(date: PartialDate) -> list[list[int]]:
    """The ``date-parts`` of a date, cut off where knowledge ends."""
    parts = [date.year]
    if date.month is not None:
        parts.append(date.month)
        if date.day is not None:
            parts.append(date.day)
    return [parts]


def _first(date_parts: object) -> Sequence[object]:
    """The first list of parts, or nothing."""
    if not isinstance(date_parts, (list, tuple)) or not date_parts:
        return ()
    first = date_parts[0]
    return first if isinstance(first, (list, tuple)) else ()


def _number(parts: Sequence[object], index: int) -> int | None:
    """The part at ``index`` as a whole number, or None where there is none."""
    part = parts[index] if index < len(parts) else None
    if isinstance(part, bool):
        return None
    if isinstance(part, float) and part.is_integer():
        return int(part)
    if isinstance(part, str):
        text = part.strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None
    return part if isinstance(part, int) else None
