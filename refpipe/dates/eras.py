"""The Japanese eras.

Source: the era edicts (元号を改める政令) as the Cabinet Office lists them; 明治 counts in the
Gregorian calendar from 1 January 1873, which is the earliest day this table answers for.
"""

from __future__ import annotations

from dataclasses import dataclass

from refpipe.model import PartialDate


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
    """
    for era in ERAS:
        if era.has(date):
            number = date.year - era.year(1) + 1
            return f"{era.name}{'元' if number == 1 else number}年"
    return ""
