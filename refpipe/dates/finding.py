"""Dates in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from refpipe.dates.grammar import fold
from refpipe.dates.reading import DateReading, read_at
from refpipe.model import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A date and where it stands."""

    span: Span
    reading: DateReading


_ANCHOR = re.compile(
    # A date does not begin inside a number, a word, a path, a price or a query string.
    r"(?<![0-9A-Za-z〇零一二三四五六七八九十/=_%#@$¥+&\\])(?<![0-9A-Za-z][.:,-])"
    r"(?=[0-9]{4}\s?[年(/.-]|[〇零一二三四五六七八九]{4}年|令和|平成|昭和|大正|明治|[㋿㍻㍼㍽㍾]"
    r"|[0-9]{1,2}(?:st|nd|rd|th)?(?:\s+of)?[ -]{1,2}[JFMASOND][a-z]{2}"
    r"|[JFMASOND][a-z]{2,8}\.?,?\s+[0-9]"
    r"|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\.?,?\s+[0-9JFMASOND])"
)
_FIRST = re.compile("[0-9〇零一二三四五六七八九令平昭大明㋿㍻㍼㍽㍾JFMASONDTW]")
"""The characters that an anchor can stand at: one set, for which ``re`` looks very fast."""
_NOT_A_DATE = re.compile(r"\s?(?:年|度|間|代|ぶり)|[-/.]?[A-Za-z_]")


def find(text: str) -> tuple[Found, ...]:
    """All dates of a running text, in order, those with faults included.

    Forms that mean something else more often than not (``2026/2``, ``12/10/26``, ``R8.2.10``)
    are not looked for.  A fiscal year (2026年度) is no date.
    """
    return tuple(_find(text))


def _find(text: str) -> Iterator[Found]:
    folded = fold(text)
    end = 0
    for first in _FIRST.finditer(folded):
        start = first.start()
        if start < end or _ANCHOR.match(folded, start) is None:
            continue
        reading, stop = read_at(folded, start, is_plain=True)
        if reading is None or _NOT_A_DATE.match(folded, stop):
            continue
        stop = start + len(folded[start:stop].rstrip())
        end = stop
        yield Found(span=Span(start, stop), reading=reading)
