"""The parts that a tail of numbers makes: the date, and where in the container the work stands."""

from __future__ import annotations

from refpipe.items.printed.figures.numbers import Numbers
from refpipe.items.printed.nouns import Draft, Head, Part

_FIELDS = ("volume", "issue", "page", "number", "number-of-pages")


def add(draft: Draft, head: Head, tail: Numbers) -> None:
    """Add the date and the numbers to the draft."""
    year = head.year or tail.found.get("year")
    if year:
        draft.parts.append(_issued(year, head, tail))
    for name in _FIELDS:
        if name in tail.found:
            text, start, end = tail.found[name]
            draft.parts.append(Part(name=name, value=text, start=start, end=end, confidence=0.93))


def _issued(year: tuple[str, int, int], head: Head, tail: Numbers) -> Part:
    """The date as far as it is printed; a month or day that cannot be is left out."""
    parts, (_, start, end) = [int(year[0])], year
    printed = {name: tail.found[name] for name in ("month", "day") if name in tail.found}
    month = head.month or printed.get("month", ("",))[0]
    if month and 1 <= int(month) <= 12:
        parts.append(int(month))
        day = head.day or printed.get("day", ("",))[0]
        if day and 1 <= int(day) <= 31:
            parts.append(int(day))
    if year[1] >= tail.start:
        start = min([start, *(found[1] for found in printed.values())])
        end = max([end, *(found[2] for found in printed.values())])
    value = {"date-parts": [parts]}
    return Part(name="issued", value=value, start=start, end=end, confidence=0.95)
