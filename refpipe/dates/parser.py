"""One date, read: what it says, and what the calendar has against it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from refpipe.dates import grammar
from refpipe.dates.grammar import BEGINNING, FORMS, LEFT_OVER, Form, compiled, fold, is_day, number
from refpipe.lifetimes import lazy
from refpipe.model import PartialDate, Span


class FaultKind(StrEnum):
    """What can be wrong with a date by itself."""

    IMPOSSIBLE = "impossible"
    """No calendar has it: month 13, 30 February, 2026/00/00."""
    LEFT_OVER = "left-over"
    """A template's placeholder that was never filled in: YYYY/MM/DD, 0000-00-00."""
    WEEKDAY = "weekday"
    """The day is another day of the week; ``expected`` is the right one."""
    ERA = "era"
    """The era had no such day; ``expected`` is the year in the era that had it."""
    ERA_DISAGREES = "era-disagrees"
    """Era and Gregorian year are two different years; ``expected`` is the era's year."""
    SHORT_YEAR = "short-year"
    """Two digits for the year: three orders of reading."""
    ORDER = "order"
    """Day and month may be either way round."""
    UNREADABLE = "unreadable"
    """It has a date's shape and is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateFault:
    """One thing wrong with a date; ``expected`` is the cure where there is one."""

    kind: FaultKind
    found: str
    expected: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateReading:
    """What a written date says.

    ``value`` is None where nothing can be said for certain.  ``offset`` is the distance from
    UTC in minutes where a date-time names its zone.
    """

    text: str
    value: PartialDate | None
    faults: tuple[DateFault, ...] = ()
    form: str = ""
    """The name of the form (see ``refpipe.dates.grammar``); empty for no date at all."""
    offset: int | None = None
    clock: str = ""
    """The time of day, ``10:30`` or ``10:30:00``."""


_ENGLISH = {
    name: index for index, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
}
_KANJI_DAYS = "月火水木金土日"
_MONTHS = {
    name: index + 1
    for index, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    )
}
_DIGITS_AND_ERAS = lazy(
    r"^(?:令和|平成|昭和|大正|明治|[㋿㍻㍼㍽㍾RHS])|[\s0-9年月日/.-]", re.IGNORECASE
)
_GAPS = lazy(r"年\s*月\s*日|-[/.月]|[/.年]\s?-")
"""Where digits were left out."""
_ZONES = {"Z": 0, "UTC": 0, "GMT": 0, "JST": 540}


def read(text: str) -> DateReading:
    """What the date ``text``, standing alone, says.

    Text that is no date gives no value, no form and the fault ``unreadable``.

    >>> read('2026年2月10日').value
    PartialDate(year=2026, month=2, day=10)
    >>> read('令和8年2月').value
    PartialDate(year=2026, month=2, day=None)
    >>> [fault.kind.value for fault in read('2026/00/00').faults]
    ['impossible']
    """
    stripped = text.strip()
    folded = fold(stripped)
    reading, end = read_at(folded, 0)
    if reading is None or folded[end:].strip():
        fault = DateFault(kind=FaultKind.UNREADABLE, found=stripped)
        return DateReading(text=stripped, value=None, faults=(fault,))
    return reading if folded == stripped else _retold(reading, stripped)


def read_at(folded: str, start: int, *, is_plain: bool = False) -> tuple[DateReading | None, int]:
    """The date that begins at ``start`` of folded text, and where it ends.

    ``is_plain`` leaves out the forms and placeholders that only count where a date is announced.
    """
    if compiled(BEGINNING).match(folded, start) is None:
        return None, start
    if not is_plain and (left := _left_over(folded, start)):
        fault = DateFault(kind=FaultKind.LEFT_OVER, found=left[0])
        return _reading(left[0], None, (fault,), "left-over"), left.end()
    for form in FORMS:
        if (form.is_plain or not is_plain) and (match := form.pattern.match(folded, start)):
            return interpret(form, match), match.end()
    return None, start


def interpret(form: Form, match: re.Match[str]) -> DateReading:
    """What a match of ``form`` says."""
    parts = match.groupdict()
    text = match[0].strip()
    if parts.get("odd"):
        return _reading(text, None, (DateFault(kind=FaultKind.UNREADABLE, found=text),), form.name)
    if parts.get("short"):
        return _reading(text, None, (DateFault(kind=FaultKind.SHORT_YEAR, found=text),), form.name)
    if parts.get("a"):
        return _unordered(text, parts)
    value, faults = _date(text, parts)
    if value is not None:
        faults += _weekday(parts, value)
    faults += _clock(parts)
    return DateReading(
        text=text,
        value=value,
        faults=faults,
        form=form.name,
        offset=_offset(parts.get("zone")),
        clock=":".join(parts[name] for name in ("hour", "minute", "second") if parts.get(name)),
    )


def _reading(
    text: str, value: PartialDate | None, faults: tuple[DateFault, ...], form: str
) -> DateReading:
    return DateReading(text=text, value=value, faults=faults, form=form)


def _retold(reading: DateReading, text: str) -> DateReading:
    """The same reading, showing the text as it was typed."""
    return DateReading(
        text=text,
        value=reading.value,
        faults=reading.faults,
        form=reading.form,
        offset=reading.offset,
        clock=reading.clock,
    )


def _left_over(folded: str, start: int) -> re.Match[str] | None:
    """The placeholder that stands at ``start``."""
    found = compiled(LEFT_OVER).match(folded, start)
    return found if found and _is_left_over(found[0]) else None


def _is_left_over(text: str) -> bool:
    """Whether a hit of the placeholder pattern is more than a date in digits."""
    signs = _DIGITS_AND_ERAS.sub("", text)
    if not signs:
        return text.startswith("0000") or _GAPS.search(text) is not None
    # 〇 is also the numeral zero (二〇二六年); four of them are a placeholder.
    return re.match(r"[〇一二三四五六七八九]{4}\s?年", text) is None or text.startswith("〇〇〇〇")


def _unordered(text: str, parts: dict[str, str | None]) -> DateReading:
    """A date whose year comes last, in digits: the day must be told from the month."""
    first, second, year = (int(parts[name] or 0) for name in ("a", "b", "y"))
    orders = {
        (month, day)
        for month, day in ((first, second), (second, first))
        if is_day(year, month, day)
    }
    if not orders:
        fault = DateFault(kind=FaultKind.IMPOSSIBLE, found=text)
        return _reading(text, None, (fault,), "order-unknown")
    if len(orders) > 1:
        return _reading(text, None, (DateFault(kind=FaultKind.ORDER, found=text),), "order-unknown")
    month, day = orders.pop()
    value = PartialDate(year=year, month=month, day=day)
    return _reading(text, value, _weekday(parts, value), "order-unknown")


def _date(
    text: str, parts: dict[str, str | None]
) -> tuple[PartialDate | None, tuple[DateFault, ...]]:
    """The date that year or era, month and day make, and what the calendar says to it."""
    if parts.get("era"):
        return _era_date(text, parts)
    return _calendar(text, number(parts["y"] or ""), parts)


def _calendar(
    text: str, year: int, parts: dict[str, str | None]
) -> tuple[PartialDate | None, tuple[DateFault, ...]]:
    """The date in a Gregorian year."""
    month, day = _month(parts), _day(parts)
    if year == 0:
        return None, (DateFault(kind=FaultKind.LEFT_OVER, found=text),)
    if not is_day(year, 1 if month is None else month, 1 if day is None else day):
        return None, (DateFault(kind=FaultKind.IMPOSSIBLE, found=text),)
    return PartialDate(year=year, month=month, day=day), ()


def _era_date(
    text: str, parts: dict[str, str | None]
) -> tuple[PartialDate | None, tuple[DateFault, ...]]:
    """The date in an era, held against the era's days and any Gregorian year beside it."""
    era = grammar.named(parts["era"] or "")
    count = number(parts["ey"] or "")
    if count == 0:
        return None, (DateFault(kind=FaultKind.ERA, found=text, expected=f"{era.name}元年"),)
    year = era.year(count)
    if parts.get("y") and number(parts["y"] or "") != year:
        return None, (DateFault(kind=FaultKind.ERA_DISAGREES, found=text, expected=str(year)),)
    value, faults = _calendar(text, year, parts)
    if value is not None and not era.has(value):
        faults += (DateFault(kind=FaultKind.ERA, found=text, expected=grammar.era_of(value)),)
    return value, faults


def _month(parts: dict[str, str | None]) -> int | None:
    if name := parts.get("mon"):
        return _MONTHS[name[:3].lower()]
    month = parts.get("m") or parts.get("m2")
    return None if month is None else number(month)


def _day(parts: dict[str, str | None]) -> int | None:
    day = parts.get("d") or parts.get("d2")
    return None if day is None else number(day)


def _weekday(parts: dict[str, str | None], value: PartialDate) -> tuple[DateFault, ...]:
    """The fault of a weekday that is not that of the day."""
    if value.month is None or value.day is None:
        return ()
    english = parts.get("lead") or parts.get("wden")
    kanji = parts.get("wd") or parts.get("wdbare")
    found = english or kanji
    if found is None:
        return ()
    said = _ENGLISH[found[:3].lower()] if english else _KANJI_DAYS.index(found)
    is_on = datetime.date(value.year, value.month, value.day).weekday()
    if said == is_on:
        return ()
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    expected = names[is_on] if english else _KANJI_DAYS[is_on]
    return (DateFault(kind=FaultKind.WEEKDAY, found=found, expected=expected),)


def _clock(parts: dict[str, str | None]) -> tuple[DateFault, ...]:
    """The fault of a time that no clock shows; 24:00 is the end of a day (ISO 8601)."""
    if not parts.get("hour"):
        return ()
    hour, minute = int(parts["hour"] or 0), int(parts["minute"] or 0)
    second = int(parts.get("second") or 0)
    if (hour < 24 and minute < 60 and second <= 60) or (hour, minute, second) == (24, 0, 0):
        return ()
    return (DateFault(kind=FaultKind.IMPOSSIBLE, found=f"{parts['hour']}:{parts['minute']}"),)


def _offset(zone: str | None) -> int | None:
    """A zone's distance from UTC in minutes."""
    if zone is None:
        return None
    if zone.upper() in _ZONES:
        return _ZONES[zone.upper()]
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    return -minutes if zone[0] == "-" else minutes


# ── Dates in running text ───────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDate:
    """A date and where it stands."""

    span: Span
    reading: DateReading


_ANCHOR = lazy(
    # A date does not begin inside a number, a word, a path, a price or a query string.
    r"(?<![0-9A-Za-z〇零一二三四五六七八九十/=_%#@$¥+&\\])(?<![0-9A-Za-z][.:,-])"
    r"(?=[0-9]{4}\s?[年(/.-]|[〇零一二三四五六七八九]{4}年|令和|平成|昭和|大正|明治|[㋿㍻㍼㍽㍾]"
    r"|[0-9]{1,2}(?:st|nd|rd|th)?(?:\s+of)?[ -]{1,2}[JFMASOND][a-z]{2}"
    r"|[JFMASOND][a-z]{2,8}\.?,?\s+[0-9]"
    r"|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\.?,?\s+[0-9JFMASOND])"
)
_FIRST = lazy("[0-9〇零一二三四五六七八九令平昭大明㋿㍻㍼㍽㍾JFMASONDTW]")
"""The characters that an anchor can stand at: one set, for which ``re`` looks very fast."""
_NOT_A_DATE = lazy(r"\s?(?:年|度|間|代|ぶり)|[-/.]?[A-Za-z_]")


def find(text: str) -> tuple[FoundDate, ...]:
    """All dates of a running text, in order, those with faults included.

    Forms that mean something else more often than not (``2026/2``, ``12/10/26``, ``R8.2.10``)
    are not looked for.  A fiscal year (2026年度) is no date.
    """
    return tuple(_find(text))


def _find(text: str) -> Iterator[FoundDate]:
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
        yield FoundDate(span=Span(start, stop), reading=reading)
