"""Dates as bibliography files write them, as CSL dates.

These are looser than what people write in running text (``refpipe.dates``): parts stand in
fields of their own, slashes with nothing between them mean *unknown*, months are ranges.
The calendar still decides: nothing that it does not have gets through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from refpipe import dates

Date = dict[str, Any]

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january janvier januar enero ene gennaio janeiro januari",
            "feb february février fevrier februar febrero febbraio fevereiro fev februari",
            "mar march mars märz mrz marzo março marco maart",
            "apr april avril abril abr aprile", "may mai mayo maggio maio mei",
            "jun june juin juni junio giugno giu junho",
            "jul july juillet juli julio luglio lug julho",
            "aug august août aout agosto augustus augusti",
            "sep sept september septembre septiembre settembre setembro",
            "oct october octobre oktober okt octubre ottobre ott outubro",
            "nov november novembre noviembre novembro",
            "dec december décembre decembre dezember dez diciembre dic dicembre dezembro",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4,
            "21": 1, "22": 2, "23": 3, "24": 4}  # fmt: skip
"""Names, and the numbers that EDTF gives seasons in the place of a month."""

_LONGEST = 80
"""No date is longer; what is would cost time for nothing."""

_NUMERIC = re.compile(
    r"(?P<year>[12]\d{3})"
    r"(?:\s*[-/.年]\s*(?P<month>\d{1,2})?(?:\s*[-/.月]\s*(?P<day>\d{1,2})?)?)?(?!\d)"
)
_DAY_FIRST = re.compile(r"(?:(\d{1,2})([./-]))?(?:(\d{1,2})(?:\2|[./ -]))([12]\d{3})")
"""Day, month and year, or month and year, in figures."""
_MONTH_FIRST = re.compile(r"(\d{1,2})月\s*(?:(\d{1,2})日?)?[,、\s]*([12]\d{3})年?")
"""What programs in Japanese make of *July 1, 2009*."""
_MONTHS_IN_FIGURES = re.compile(r"(\d{1,2})\s*[-–—/]+\s*(\d{1,2})")
_FIGURES = re.compile(
    r"[12]\d{3}(?:-\d{1,2}(?:-\d{1,2})?)?(?:/[12]\d{3}(?:-\d{1,2}(?:-\d{1,2})?)?)?"
)
_COMPACT = re.compile(r"(?P<year>[12]\d{3})(?P<month>\d\d)(?P<day>\d\d)?(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:1[0-9]|20|21)\d\d(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
_DAY = re.compile(r"(?<![\d:])(\d{1,2})(?:st|nd|rd|th)?(?![\d:])")
_HALVES = re.compile(r"\s*(?:[-–—/]+|\bto\b)\s*")
_JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_RANGE = re.compile(r"(.*\d.*?)(?:\s+[-–—/]\s+|--|–|/(?=[12]\d{3}))(.*\d.*)")


def read(text: str) -> Date | None:
    """The CSL date that ``text`` names; None where it names no year."""
    text = text.strip().strip("[](){}")[:_LONGEST]
    if found := _era(text) or _year_last(text) or _span(text):
        return found
    if span := _RANGE.fullmatch(text):
        first, last = _one(span[1]), _one(span[2])
        if first and last and "season" not in first and "season" not in last:
            return {"date-parts": [*first["date-parts"], *last["date-parts"]]}
        text = span[1] if first else text
    return _one(text)


def _era(text: str) -> Date | None:
    """A year of a Japanese era (平成20年, 令和元年5月), which the calendar of dates knows."""
    if not _JAPANESE.search(text):
        return None
    found = dates.read(text).value
    return {"date-parts": dates.to_parts(found)} if found else None


def _year_last(text: str) -> Date | None:
    """The date of figures that end in the year; between slashes only where one way can be meant."""
    if found := _MONTH_FIRST.fullmatch(text):
        return _parts(found[3], found[1], found[2] or "")
    found = _DAY_FIRST.fullmatch(text)
    if not found:
        return None
    first, mark, second, year = found.groups()
    if not first:
        return _parts(year, second) if 1 <= int(second) <= 12 else None
    if mark == "." or int(first) > 12:
        return _parts(year, second, first)
    return _parts(year, first, second) if int(second) > 12 else _parts(year)


def _span(text: str) -> Date | None:
    """Two dates of which each says only what the other does not: ``2018 Feb 1-2``.

    Years stand on one side or on both, months as words, and days behind or before them.
    """
    halves = [_Half.of(half) for half in _HALVES.split(text)]
    if len(halves) != 2 or halves[0] is None or halves[1] is None:
        return None
    first, last = halves[0], halves[1]
    if not (first.year or last.year) or not _says_two(first, last):
        return None
    begin, end = (
        _parts(one.year or other.year, one.month or other.month or "", str(one.day or ""))
        for one, other in ((first, last), (last, first))
    )
    if begin is None or end is None or begin["date-parts"] >= end["date-parts"]:
        return None
    return {"date-parts": [*begin["date-parts"], *end["date-parts"]]}


def _says_two(first: _Half, last: _Half) -> bool:
    """True if two months, two days of one month, or two bare years are named."""
    if first.month and last.month:
        return True
    if first.month or last.month:
        return bool(first.day and last.day)
    return bool(first.year and last.year and not first.day and not last.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Half:
    """What one side of a span says."""

    year: str
    month: int
    """1–12, 21–24 for a season, 0 where it is not said."""
    day: int

    @classmethod
    def of(cls, text: str) -> _Half | None:
        """The parts of one side; None where there is more in it than parts of a date."""
        year = _YEAR.search(text)
        rest = f"{text[: year.start()]} {text[year.end() :]}" if year else text
        words = [
            word.lower() for word in _WORD.findall(re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", rest))
        ]
        numbers = [int(number) for number in re.findall(r"\d+", rest)]
        known = [_MONTHS.get(word) or 20 + _SEASONS.get(word, -20) for word in words]
        if len(known) > 1 or len(numbers) > 1 or 0 in known:
            return None
        return cls(
            year=year[0] if year else "",
            month=known[0] if known else 0,
            day=numbers[0] if numbers else 0,
        )


_IN_FIGURES = re.compile(
    r"(?<!\d)([12]\d{3})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})(?:\s*日)?|\s*月)?(?!\d)"
)


def remarks(*written: str) -> Iterator[str]:
    """What is to be said of dates with a month or a day that no calendar has."""
    for text in dict.fromkeys(written):
        for found in _IN_FIGURES.finditer(text):
            # Without a day it may be a span of years: 2012-13.
            if found[3] or int(found[2]) <= int(found[1][2:]):
                yield from remarks_on([[int(one) for one in found.groups() if one]], found[0])


def remarks_on(said: Iterable[Any], written: str = "") -> Iterator[str]:
    """The same for years, months and days; ``written`` is how their source writes them."""
    for parts in said:
        found = dates.from_parts([parts]) if isinstance(parts, list) else None
        kept = dates.to_parts(found)[0] if found else []
        if not kept or len(kept) >= min(len(parts), 3) or _is_season(parts):
            continue
        shown = written or write({"date-parts": [parts]})
        yield (
            f"the date {shown} is in no calendar, and {write({'date-parts': [kept]})} is kept; "
            "mend it in the file, or correct the work with refpipe edit"
        )


def _is_season(parts: list[Any]) -> bool:
    return len(parts) == 2 and str(parts[1]) in _SEASONS


def of_csl(value: Any) -> Date | None:
    """A CSL date of whole numbers that the calendar has; what else stands in it is kept.

    The schema also allows a date as words, as a lone text or under ``raw`` and ``literal``:
    they are read where they say a year, and kept as they are where they do not.
    """
    if isinstance(value, str | int):
        value = {"raw": str(value)}
    if isinstance(value, list):
        value = {"date-parts": value}
    if not isinstance(value, dict):
        return None
    said = value.get("date-parts")
    if isinstance(said, list) and said and not any(isinstance(one, list) for one in said):
        said = [said]  # One date without the list of dates around it.
    kept = [part for one in said if (part := _part(one))] if isinstance(said, list) else []
    rest = {name: inner for name, inner in value.items() if name not in ("date-parts", "raw")}
    if kept:
        return {"date-parts": kept, **rest}
    if isinstance(raw := value.get("raw"), str) and raw.strip():
        return read(raw) or {"literal": raw.strip(), **rest}
    if isinstance(words := value.get("literal"), str) and (found := bare(words)):
        return found
    return rest


def _part(part: Any) -> list[int] | None:
    """One date of ``date-parts`` as far as the calendar has it.

    A season keeps its number in the place of the month, and a year before Christ its sign.
    """
    found = dates.from_parts([part])
    numbers = [int(str(one)) for one in part[:2] if re.fullmatch(r"-?\d{1,4}", str(one))] if (
        isinstance(part, list)) else []  # fmt: skip
    if found is None:
        return numbers[:1] if numbers and numbers[0] < 0 else None
    # Engines of CSL take 13–24 for a season, whatever day a program fills in behind it.
    is_day = len(part) < 3 or re.fullmatch(r"0?\d|[12]\d|3[01]", str(part[2])) is not None
    if len(numbers) == 2 and 13 <= numbers[1] <= 24 and is_day:
        return numbers
    return dates.to_parts(found)[0]


def bare(text: str) -> Date | None:
    """The CSL date of a text that is a date in figures and nothing else."""
    return read(text) if _FIGURES.fullmatch(text.strip()) else None


def of_parts(year: str, month: str = "", day: str = "") -> Date | None:
    """The CSL date of a year, a month and a day in fields of their own."""
    found = _YEAR.search(year)
    if not found:
        return _era(year)
    if not month.strip():
        return read(year) if len(year.strip()) > 4 else _one(year)
    return _span(f"{found[0]} {month} {day}") or _of_month(found[0], month, day)


def _of_month(year: str, month: str, day: str) -> Date | None:
    """The date of a year, a month in words or figures, and a day."""
    numbers = re.findall(r"\d+", month)
    names = [_MONTHS[w] for w in (w.lower() for w in _WORD.findall(month)) if w in _MONTHS]
    if span := _MONTHS_IN_FIGURES.fullmatch(month.strip()):
        parts = [[int(year), int(number)] for number in span.groups()]
        if 1 <= parts[0][1] < parts[1][1] <= 12:
            return {"date-parts": parts}
    if not names and not numbers:
        return _season(year, month) or _parts(year)
    if not names:
        return _season(year, numbers[0]) or _parts(year, numbers[0], day)
    if len(names) > 1 and not numbers:
        parts = [[int(year), number] for number in (names[0], names[-1])]
        return {"date-parts": parts if names[0] < names[-1] else parts[:1]}
    return _parts(year, names[0], day or (numbers[0] if numbers else ""))


def _one(text: str) -> Date | None:
    for form in (_NUMERIC, _COMPACT):
        match = form.match(text.strip())
        if match and (match["month"] or not _WORD.search(text)):
            month = match["month"] or ""
            return _season(match["year"], month) or _parts(match["year"], month, match["day"] or "")
    year = _YEAR.search(text)
    if not year:
        return None
    rest = f"{text[: year.start()]} {text[year.end() :]}"
    words = [word.lower() for word in _WORD.findall(rest)]
    month = next((_MONTHS[word] for word in words if word in _MONTHS), None)
    if month is None:
        season = next((word for word in words if word in _SEASONS), "")
        return _season(year[0], season) or _parts(year[0])
    day = _DAY.search(rest)
    return _parts(year[0], month, day[1] if day else "")


def _season(year: str, name: str) -> Date | None:
    number = _SEASONS.get(name.strip().lower())
    return {"date-parts": [[int(year)]], "season": number} if number else None


def _parts(year: str, month: int | str = "", day: str = "") -> Date | None:
    parts = [int(year), *(int(n) for n in (month, re.sub(r"\D", "", day)) if n not in ("", None))]
    if len(parts) > 1 and 21 <= parts[1] <= 24:
        return {"date-parts": [parts[:2]]}
    date = dates.from_parts([parts if month not in ("", None) else parts[:1]])
    return {"date-parts": dates.to_parts(date)} if date else None


def write(date: Date) -> str:
    """The date in ISO 8601, a range separated by a slash; ``read`` gives it back."""
    shown = ["-".join(_digits(n, 4 if i == 0 else 2) for i, n in enumerate(part))
             for part in date.get("date-parts", ()) if part]  # fmt: skip
    if shown and date.get("season"):
        return f"{shown[0]}-{20 + int(date['season'])}"
    return "/".join(shown)


def _digits(number: object, width: int) -> str:
    return str(number).zfill(width)
