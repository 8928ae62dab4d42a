"""CSL's ``date-parts`` ⇄ partial dates."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass

from refpipe.model import PartialDate


def is_day(year: int, month: int, day: int) -> bool:
    """Whether the Gregorian calendar has this day; years run from 1 to 9999."""
    return 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def from_parts(date_parts: object) -> PartialDate | None:
    """The first date of CSL ``date-parts``, read up to its first bad part; None without a year.

    Registries send ``[[null]]``, ``[[]]``, month 13 and numbers as strings; what stands before
    the first bad part is still known.  A range (two lists) gives its beginning.

    >>> from_parts([[2005, 11]])
    PartialDate(year=2005, month=11, day=None)
    >>> from_parts([[2005, 13]])
    PartialDate(year=2005, month=None, day=None)
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
    """The ``date-parts`` of a date, cut off where knowledge ends.

    >>> to_parts(PartialDate(year=2005, month=11))
    [[2005, 11]]
    """
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Era:
    """An era with its first and last day; ``last`` is None while it lasts."""

    name: str
    initial: str
    first: tuple[int, int, int]
    last: tuple[int, int, int] | None

    def year(self, number: int) -> int:
        """The Gregorian year of the era's year ``number``; 元年 is 1."""
        origin = 1868 if self.name == "明治" else self.first[0]
        return origin + number - 1

    def has(self, date: PartialDate) -> bool:
        """Whether any day of ``date`` lies in the era."""
        parts = (date.year, date.month, date.day)
        known = tuple(part for part in parts if part is not None)
        depth = len(known)
        is_begun = known >= self.first[:depth]
        return is_begun and (self.last is None or known <= self.last[:depth])


ERAS = (
    Era(name="令和", initial="R", first=(2019, 5, 1), last=None),
    Era(name="平成", initial="H", first=(1989, 1, 8), last=(2019, 4, 30)),
    Era(name="昭和", initial="S", first=(1926, 12, 25), last=(1989, 1, 7)),
    Era(name="大正", initial="T", first=(1912, 7, 30), last=(1926, 12, 24)),
    Era(name="明治", initial="M", first=(1868, 1, 25), last=(1912, 7, 29)),
)

_BY_MARK = {mark: era for era in ERAS for mark in (era.name, era.initial)} | {
    "㋿": ERAS[0],
    "㍻": ERAS[1],
    "㍼": ERAS[2],
    "㍽": ERAS[3],
    "㍾": ERAS[4],
}


def named(mark: str) -> Era:
    """The era of a name (令和), an initial (R, r) or a ligature (㋿).  Raises KeyError."""
    return _BY_MARK[mark.upper()]


def era_of(date: PartialDate) -> str:
    """The date's year in the era it belongs to (``令和元年``); empty before 明治.

    A year that two eras share, of which no month is known, is given in the later one.

    >>> import datetime
    >>> era_of(datetime.date(2019, 5, 1))
    '令和元年'
    """
    for era in ERAS:
        if era.has(date):
            number = date.year - era.year(1) + 1
            return f"{era.name}{'元' if number == 1 else number}年"
    return ""
