"""The forms in which people write dates, as one table of patterns over folded text.

Every pattern names its parts alike (``y m d``, ``era ey``, ``mon``, ``wd``, ``hour`` …), so
that one reader serves them all.  A form that running text is full of without meaning a date
(``2026/2``, ``12/10/26``) is read only where somebody says that a date stands there.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from refpipe.model import PartialDate

# ── CSL's ``date-parts`` ⇄ partial dates ────────────────────────────────────────────────────────


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


def of_item(item: Mapping[str, object], variable: str = "issued") -> PartialDate | None:
    """The date that a CSL item has in a variable; None where not even the year is known."""
    value = item.get(variable)
    return from_parts(value.get("date-parts")) if isinstance(value, dict) else None


def year_of(item: Mapping[str, object]) -> int:
    """The year in which a CSL item was issued; 0 where it is not known.

    >>> year_of({"issued": {"date-parts": [["2005", 11]]}}), year_of({})
    (2005, 0)
    """
    date = of_item(item)
    return date.year if date is not None else 0


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


_YEAR = r"(?:[0-9]{4}|[〇零一二三四五六七八九]{4})"
_PART = (
    r"(?:[0-9]{1,2}|[〇零一二三四五六七八九]?十[一二三四五六七八九]?|[〇零一二三四五六七八九]{1,2})"
)
_ERA = r"令和|平成|昭和|大正|明治|[㋿㍻㍼㍽㍾]"
MONTH = (
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
"""The English names of months, whole and short, as a pattern."""
_WEEKDAY = (
    r"Mon(?:day)?|Tue(?:s(?:day)?)?|Wed(?:nesday)?|Thu(?:r(?:s(?:day)?)?)?|Fri(?:day)?"
    r"|Sat(?:urday)?|Sun(?:day)?"
)
_LEAD = rf"(?:(?P<lead>{_WEEKDAY})\.?,?\s+)?"
_TRAIL = (
    r"(?:\s*\(\s*(?:(?P<wd>[月火水木金土日])(?:曜日?)?(?:\s*[・･,、/]?\s*(?:祝日?|休日?|祭日?|振休))?"
    rf"|(?P<wden>{_WEEKDAY})\.?)\s*\)|\s*(?P<wdbare>[月火水木金土日])曜日?)?"
)
_CLOCK = (
    r"(?:(?:(?P<iso>T)|\s+)(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?"
    r"(?:\s?(?P<zone>Z|JST|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}))?"
    r"|\s*(?:午前|午後)?\s*[0-9]{1,2}時(?:\s*[0-9]{1,2}分)?)?"
)
_MONTH_DAY = rf"(?:\s*(?P<m>{_PART})\s*月(?:\s*(?P<d>{_PART})\s*日)?)?"
_BLANK = r"[〇○●◯◎□■△▲×✕xX_*?？]"
_LEFT = rf"(?:[Yy]{{2,4}}|{_BLANK}{{1,4}}|(?:20|19){_BLANK}{{1,2}}|0000|[0-9]{{4}})"
_ERA_LEFT = rf"(?:(?:{_ERA}|[RHS])\s*(?:{_BLANK}{{1,2}}|[0-9]{{1,2}}))"
_MM = rf"(?:[Mm]{{1,2}}|{_BLANK}{{1,2}}|[0-9]{{1,2}})"
_DD = rf"(?:[Dd]{{1,2}}|{_BLANK}{{1,2}}|[0-9]{{1,2}})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One way of writing a date."""

    name: str
    expression: str
    is_plain: bool = True
    """True: seen in running text it is a date.  False: only where a date is announced."""

    @property
    def pattern(self) -> re.Pattern[str]:
        """The expression, compiled when it is first wanted."""
        return compiled(self.expression)


@cache
def compiled(expression: str) -> re.Pattern[str]:
    """One of the expressions below, case ignored; most runs of a command read no date."""
    return re.compile(expression, re.IGNORECASE)


def _form(name: str, pattern: str, *, is_plain: bool = True) -> Form:
    """A form whose pattern ignores case and must not end inside a number or a word."""
    whole = rf"(?:{pattern})(?![0-9A-Za-z])"
    return Form(name=name, expression=whole, is_plain=is_plain)


BEGINNING = (
    rf"[0-9〇零一二三四五六七八九十'’{{<%$#@年○●◯◎□■△▲×✕_*?？\[xX-]|{_ERA}|[RHSTM]\s?\.?\s?[0-9元]"
    rf"|(?:{MONTH}|{_WEEKDAY})(?![a-z])|[YyDdMm]{{2}}|[RHS]\s?{_BLANK}"
    r"|Month\s|NaN|null|undefined|Invalid\s"
)
"""What a date or a placeholder can begin with: a cheap look before the dear ones."""

LEFT_OVER = (
    rf"(?:{_LEFT}|{_ERA_LEFT})\s?(?:年|(?P<sep>[/.-]))\s?{_MM}\s?(?:月|(?P=sep))\s?{_DD}\s?日?"
    rf"|{_DD}(?P<sep2>[/.-]){_MM}(?P=sep2)[Yy]{{2,4}}|{_MM}(?P<sep3>[/.-]){_DD}(?P=sep3)[Yy]{{2,4}}"
    rf"|[Yy]{{4}}\s?(?:年|[/.-])\s?[Mm]{{2}}\s?月?"
    rf"|{_BLANK}{{2,4}}\s?年(?:\s?{_BLANK}{{1,2}}\s?月)?"
    r"|(?:Month|MMMM?)\s+D{1,2},?\s+Y{4}|D{1,2}\s+MMMM?\s+Y{4}"
    r"|(?:[0-9]{4}|-{2,4})\s?[/.年]\s?-{1,2}\s?[/.月]\s?-{1,2}日?"
    rf"|(?:[0-9]{{4}}|{_ERA})?[ ]{{0,6}}年[ ]{{1,8}}月[ ]{{1,8}}日"
    r"|#\{[^{}]*\}|%%\w+%%|__[A-Z_]+__|@@\w+@@"
    r"|YYYYMMDD|00000000|0{4}[/.-]0{2}"
    r"|\{\{[^{}]*\}\}|\{%[^{}]*%\}|<%[^<>]*%>|<\?[^<>]*\?>|\$\{[^{}]*\}|\{[a-z_.]+\}"
    r"|%[YyF](?:[-/.年]?%[mdBbe][月日]?)*|\[(?:date|日付|年月日|更新日|公開日|post_\w+)\]"
    r"|Invalid[ ]Date|NaN(?:[/.-]NaN)*|undefined|null|#(?:VALUE|REF|N/A|NAME)[!?]?|#{4,}"
)
"""What a template leaves behind when nobody filled it in; a hit without any sign that is no
digit counts only where the year is 0000."""

FORMS = (
    _form(
        "kanji",
        rf"(?P<y>{_YEAR})\s*(?=年|\([^()]{{2,12}}\)\s*年)(?:年\s*)?"
        rf"(?:\(\s*(?P<era>{_ERA}|[RHS])\s*(?P<ey>元|{_PART})\s*年?\s*\)\s*)?(?:年\s*)?"
        rf"{_MONTH_DAY}{_TRAIL}{_CLOCK}",
    ),
    _form(
        "era",
        rf"(?P<era>{_ERA})\s*(?P<ey>元|{_PART})\s*(?=年|\([^()]{{4,12}}\)\s*年)(?:年\s*)?"
        rf"(?:\(\s*(?:西暦\s*)?(?P<y>{_YEAR})\s*年?\s*\)\s*)?(?:年\s*)?"
        rf"{_MONTH_DAY}{_TRAIL}{_CLOCK}",
    ),
    _form(
        "era-numeric",
        rf"(?P<era>{_ERA})\s*(?P<ey>元|[0-9]{{1,2}})\s?(?P<sep>[/.-])\s?(?P<m>[0-9]{{1,2}})"
        rf"\s?(?P=sep)\s?(?P<d>[0-9]{{1,2}}){_TRAIL}",
    ),
    _form(
        "era-initial",
        r"(?P<era>[RHSTM])\s?\.?\s?(?P<ey>元|[0-9]{1,2})\s?(?:(?P<sep>[/.-])\s?(?P<m>[0-9]{1,2})"
        rf"\s?(?P=sep)\s?(?P<d>[0-9]{{1,2}})|年\s*(?P<m2>[0-9]{{1,2}})\s*月"
        rf"(?:\s*(?P<d2>[0-9]{{1,2}})\s*日)?){_TRAIL}",
        is_plain=False,
    ),
    _form(
        "numeric",
        r"(?P<y>[0-9]{4})\s?(?P<sep>[/.-])\s?(?P<m>[0-9]{1,2})\s?(?P=sep)\s?(?P<d>[0-9]{1,2})"
        rf"(?!(?P=sep)?[0-9]){_TRAIL}{_CLOCK}",
    ),
    _form(
        "numeric-month",
        r"(?P<y>[0-9]{4})\s?(?P<sep>[/.-])\s?(?P<m>[0-9]{1,2})(?!\s?(?P=sep)?\s?[0-9])",
        is_plain=False,
    ),
    _form("compact", r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})", is_plain=False),
    _form(
        "day-month-year",
        rf"{_LEAD}(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]*(?P<mon>{MONTH})\.?,?"
        rf"[\s-]*(?P<y>[0-9]{{4}}){_TRAIL}{_CLOCK}",
    ),
    _form(
        "month-day-year",
        rf"{_LEAD}(?P<mon>{MONTH})\.?\s+(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?\s*,?\s+"
        rf"(?P<y>[0-9]{{4}}){_TRAIL}{_CLOCK}",
    ),
    _form("month-year", rf"(?P<mon>{MONTH})\.?,?\s+(?P<y>[0-9]{{4}})"),
    _form(
        "order-unknown",
        rf"(?P<a>[0-9]{{1,2}})\s?(?P<sep>[/.-])\s?(?P<b>[0-9]{{1,2}})\s?(?P=sep)\s?"
        rf"(?P<y>[0-9]{{4}}){_TRAIL}",
        is_plain=False,
    ),
    _form(
        "short-year",
        rf"['’]?(?P<short>[0-9]{{2}})(?:\s?(?P<sep>[/.-])\s?[0-9]{{1,2}}\s?(?P=sep)\s?"
        rf"[0-9]{{1,2}}|年\s*{_PART}\s*月\s*{_PART}\s*日){_TRAIL}",
        is_plain=False,
    ),
    _form(
        "out-of-shape",
        r"(?P<odd>[0-9]{1,6}\s?(?:年|(?P<sep>[/.-]))\s?[0-9]{1,4}\s?(?:月|(?P=sep))\s?[0-9]{1,4}"
        r"\s?日?)",
        is_plain=False,
    ),
    _form("year", r"(?P<y>[0-9]{4})", is_plain=False),
)
"""In the order in which they are tried; the first that fits is the form."""


_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_HYPHENS = dict.fromkeys(map(ord, "‐‑−﹣"), "-")
_SPACES = dict.fromkeys(map(ord, "\u3000\u00a0\u2009\u202f\t"), " ")
_LOOKALIKES = {ord("⁄"): "/", ord("∕"): "/", ord("⼀"): "一", ord("⽉"): "月", ord("⽇"): "日"}
_FOLD = {
    chr(code): chr(to) if isinstance(to, int) else to
    for code, to in (_FULL_WIDTH | _HYPHENS | _SPACES | _LOOKALIKES).items()
}
_FOLDED = re.compile(f"[{''.join(map(re.escape, _FOLD))}]")

_NARROW = {code: _FULL_WIDTH[code] for code in map(ord, "０１２３４５６７８９／．－")}
_KANJI = {numeral: value for value, numeral in enumerate("〇一二三四五六七八九")} | {"零": 0}


def fold(text: str) -> str:
    """The text with ASCII digits, punctuation and blanks, as long as it was."""
    if text.isascii():
        return text.replace("\t", " ")
    # Looking for the few characters concerned is many times faster than str.translate.
    return _FOLDED.sub(_narrowed, text)


def _narrowed(match: re.Match[str]) -> str:
    return _FOLD[match[0]]


def narrow(text: str) -> str:
    """The text with its full-width digits, slashes, dots and hyphens made narrow."""
    return text.translate(_NARROW)


def number(text: str) -> int:
    """The number that digits or kanji numerals write: ``31``, ``三十一``, ``二〇二六``, ``元``.

    Raises ValueError on anything else.
    """
    if text == "元":
        return 1
    if text.isascii():
        return int(text)
    if "十" in text:
        tens, _, units = text.partition("十")
        return (_places(tens) if tens else 1) * 10 + (_places(units) if units else 0)
    return _places(text)


def _places(text: str) -> int:
    """Kanji numerals read place by place."""
    if not text or any(numeral not in _KANJI for numeral in text):
        raise ValueError(f"not a number: {text!r}")
    return int("".join(str(_KANJI[numeral]) for numeral in text))
