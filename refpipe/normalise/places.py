"""Volume, issue and pages as they can be compared, whatever a spreadsheet made of them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from refpipe.lifetimes import lazy
from refpipe.normalise import text as texts

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DAY_MONTH = lazy(r"^(\d{1,2})[-/ ]([A-Za-z]{3})$")
_MONTH_DAY = lazy(r"^([A-Za-z]{3})[-/ ](\d{1,2})$")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−~〜～－", "-"))
_PAGE = lazy(
    r"(?<![A-Za-z0-9])((?:[A-Za-z]{0,6}\.?\s?)|(?:\d{1,2}[A-Za-z]))(\d+)([A-Za-z]?)(?![A-Za-z]?\d)"
    r"(?:\s*-+\s*((?:[A-Za-z]{0,6}\.?\s?)|(?:\d{1,2}[A-Za-z]))(\d+)([A-Za-z]?)(?![A-Za-z]?\d))?"
)
_ROMAN_PAGE = lazy(r"\b([ivxlc]+)(?:\s*-+\s*([ivxlc]+))?\b", re.IGNORECASE)
_PREFIX_NOISE = lazy(r"^(?:pp?|pgs?|pages?|page)\.?$", re.IGNORECASE)
_NUMBER = lazy(r"\d+")
_SUPPLEMENT = lazy(
    r"\b(?:suppl?|supplement(?:um)?|spec(?:ial)?)\b|増刊|臨増|別冊|特集号|特別号|補冊|附録|付録",
    re.IGNORECASE,
)
_WORDY = lazy(r"^\D{6,}")
_ROMAN = lazy(r"^m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def _plain(raw: str) -> str:
    """The string without markup, with ASCII digits and plain hyphens."""
    if not raw.isascii():
        raw = unicodedata.normalize("NFKC", raw.translate(_DASHES)).translate(_DASHES)
    return texts.unmarked(raw).strip()


@dataclass(frozen=True, slots=True)
class Pages:
    """First and last page, folded (``h384``, ``h391``); ``last`` is empty where unknown.

    ``others`` holds first pages that the same string may mean as well.
    """

    first: str
    last: str = ""
    others: tuple[str, ...] = ()
    end: str = ""
    """The last figures of the last page, where a part's mark stands instead of the first page."""

    @property
    def is_range(self) -> bool:
        """True for plain numbers from first to last."""
        return self.first.isdigit() and self.last.isdigit()

    @property
    def counts_from_one(self) -> bool:
        """True for 1-12: electronic articles are paged so in some databases."""
        return self.first == "1" and self.last.isdigit() and int(self.last) > 1


def pages(raw: str) -> Pages | None:
    """The pages a string means, or None; ``13-Jun`` is a spreadsheet's reading of 13-6.

    >>> pages('690-6').first, pages('690-6').last
    ('690', '696')
    """
    clean = _plain(raw)
    # Nearly all are figures and a dash, in which there is neither a month nor a mark.
    has_letters = not clean.replace("-", "").isdecimal()
    if has_letters and (found := _from_date(clean) or _torn(clean)):
        return found
    if has_letters and (match := _MARKED.match(clean)):
        # S4-76-S4-101: pages 76 to 101 of the fourth supplement.
        return Pages(match["mark"].lower() + match["first"], match["mark"].lower() + match["last"])
    if match := _PAGE.search(clean):
        return _page_range(match)
    if match := _ROMAN_PAGE.fullmatch(clean):
        return Pages(match[1].lower(), (match[2] or "").lower())
    return None


_MARKED = lazy(
    r"^(?P<mark>[A-Za-z]{1,3})(?P<part>\d{1,2})[-:.](?P<first>\d+)\s?-+\s?(?P=mark)(?P=part)[-:.](?P<last>\d+)$"
)


def _from_date(clean: str) -> Pages | None:
    if (match := _DAY_MONTH.match(clean)) and match[2].lower() in _MONTHS:
        day, month = str(int(match[1])), str(_MONTHS.index(match[2].lower()) + 1)
        return Pages(day, _whole_last(day, month), (month,))
    if (match := _MONTH_DAY.match(clean)) and match[1].lower() in _MONTHS:
        month, rest = str(_MONTHS.index(match[1].lower()) + 1), str(int(match[2]))
        return Pages(month, _whole_last(month, rest))
    return None


_TORN = lazy(
    r"^(?:s?uppl?(?:ement)?s?|pp?t|part|t|spec(?:ial)?|no)\.?\s?-+\s?(\d{1,3})$", re.IGNORECASE
)
"""``Suppl-29`` for S417-S429, ``t-6`` for 833-836 in part 2: the first page gave way to a mark."""


def _torn(clean: str) -> Pages | None:
    match = _TORN.match(clean)
    return Pages("", end=match[1]) if match else None


def _page_range(match: re.Match[str]) -> Pages:
    letters, digits, tail, letters_2, digits_2, tail_2 = match.groups(default="")
    if tail and not letters.strip() and (tail in "sS" or tail == tail_2):
        # 62S-68S is S62-S68: the letter is the section's, wherever it stands.
        letters, tail = tail, ""
    prefix = "" if _PREFIX_NOISE.match(letters.strip()) else letters.strip(". ").lower()
    number = digits.lstrip("0") or "0"
    first = prefix + number + (tail.lower() if not prefix else "")
    if not digits_2 or (
        letters_2.strip() and letters_2.strip(". ").lower() not in {prefix, "p", "pp"}
    ):
        return Pages(first)
    return Pages(first, prefix + _whole_last(number, digits_2.lstrip("0") or "0"))


def _whole_last(first: str, last: str) -> str:
    """The last page written out: 187, 92 → 192; 13, 6 → 16."""
    if len(last) < len(first):
        return first[: len(first) - len(last)] + last
    return last


@dataclass(frozen=True, slots=True)
class Volume:
    """A volume's number, and whether it is a supplement; ``issue`` if one was written in."""

    number: str
    is_supplement: bool = False
    issue: str = ""


_YEAR_BEFORE = lazy(r"^(?:19|20)\d\d\s*[;:,]\s*(?:v(?:ol(?:ume)?)?\.?\s*)?(?=\d{1,3}\b)")
"""A year before the number: ``2010;12``."""


@lru_cache(maxsize=4096)
def volume(raw: str) -> Volume | None:
    """The volume a string means, or None where nothing in it can be trusted."""
    clean = _plain(raw)
    if ")" in clean and "(" not in clean:
        # ": 1995). 25" has the end of the book's name before the number; "1)" is all torn.
        clean = clean.rpartition(")")[2].strip(" .,:")
    clean = _YEAR_BEFORE.sub("", clean)
    supplement = bool(_SUPPLEMENT.search(clean))
    numbers = list(_NUMBER.finditer(clean))
    # "Heart and circulatory physiology. 290": words before the number belong to the journal.
    match = numbers[-1 if _WORDY.match(clean) and not supplement else 0] if numbers else None
    if match is None:
        roman = from_roman(clean.lower().strip(". "))
        return Volume(str(roman)) if roman else None
    if supplement and (word := _SUPPLEMENT.search(clean)) and word.start() < match.start():
        return None
    inner = re.search(r"\(\s*(\d+[^)]*)\)", clean)
    return Volume(match[0].lstrip("0") or "0", supplement, issue(inner[1]) if inner else "")


@lru_cache(maxsize=4096)
def issue(raw: str) -> str:
    """The issue folded to its numbers (``3-4`` for a spreadsheet's ``03-Apr``), or nothing."""
    clean = _plain(raw)
    if (match := _DAY_MONTH.match(clean)) and match[2].lower() in _MONTHS:
        return f"{int(match[1])}-{_MONTHS.index(match[2].lower()) + 1}"
    if (match := _MONTH_DAY.match(clean)) and match[1].lower() in _MONTHS:
        return f"{_MONTHS.index(match[1].lower()) + 1}-{int(match[2])}"
    mark = "s" if _SUPPLEMENT.search(clean) else ""
    numbers = [n.lstrip("0") or "0" for n in _NUMBER.findall(clean)[:2]]
    return mark + "-".join(numbers)


def from_roman(text: str) -> int:
    """The value of a Roman numeral in small letters, or 0."""
    if not text or not _ROMAN.match(text):
        return 0
    values = [_ROMAN_VALUES[c] for c in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-v if v < after else v for v, after in pairs)


_KANJI = {sign: value for value, sign in enumerate("一二三四五六七八九", start=1)}


_ONES, _ZEROS = "".join(_KANJI), "〇○零"
_SPELT = lazy(rf"[{_ONES}{_ZEROS}]+")
_COUNTED = lazy(
    rf"(?:(?P<hundreds>[{_ONES}]?)百(?:[{_ZEROS}](?=[{_ONES}]$))?)?"
    rf"(?:(?P<tens>[{_ONES}]?)十)?(?P<ones>[{_ONES}]?)"
)


def from_kanji(written: str) -> int:
    """The value of a number below a thousand in kanji, or 0: ``十二`` and ``一二`` are 12.

    Counted figures take a zero where no ten stands: ``百〇二``, and no ``百二〇``.
    """
    if _SPELT.fullmatch(written):
        return int("".join(str(_KANJI.get(sign, 0)) for sign in written))
    counted = _COUNTED.fullmatch(written)
    if counted is None:
        return 0
    value = _KANJI.get(counted["ones"], 0)
    for place, size in (("hundreds", 100), ("tens", 10)):
        if counted[place] is not None:
            value += size * _KANJI.get(counted[place] or "一", 0)
    return value
