"""The stamps that a reader sees: ``公開日:2026/02/10``, ``2026年2月10日 更新``, ``Updated: …``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from refpipe.checks.page_dates import labels
from refpipe.checks.page_dates.page_date import ACCESSED, TEXT, PageDate
from refpipe.dates import DateReading
from refpipe.dates.grammar import fold
from refpipe.dates.reading import read_at
from refpipe.model import Span

_BEFORE = frozenset(" \t\r\n\u3000|｜[【(（「『<>＜＞*_#:：/／、,。.・•●■□◆◇▼▲★☆※〜~-–—=»›→")
_BETWEEN = re.compile(
    r"\s*[】\])）」』>]?\s*[*_~]{0,2}\s*(?P<sign>[:：|｜=は…/／]|\.{2,3}|-(?=\s))?\s*[*_~]{0,2}\s*[\[(（「]?\s*"
)
_OPENED = re.compile(r"(?:\[|__)$")
_LINE_START = re.compile(r"(?:^|\n|[|｜·•/／(（*_>])[ \t\u3000]*$|[ ]{2,}$")
_DATE_SIGNS = re.compile(
    r"[\W\d_年月日時分]|published|updated?|posted|modified|revised", re.IGNORECASE
)
_LINK = re.compile(r"(?:に|[ \u3000]*)(?:最終|初回|記事)?")
"""What may stand between a date and the label behind it."""
_FEW = 12
"""So many letters beside dates and labels are a name or a heading, not a sentence."""
_SUFFIX_REACH = 40
"""A date with weekday, era and time is shorter than this many characters."""


def visible_dates(words: str, start: int) -> list[PageDate]:
    """The stamps in a page's own words, from the offset ``start`` on."""
    folded = fold(words)
    found = list(_announced(words, folded, start))
    taken = {stamp.span.start for stamp in found}
    found += [stamp for stamp in _followed(words, folded, start) if stamp.span.start not in taken]
    return found


def _announced(words: str, folded: str, start: int) -> Iterator[PageDate]:
    """Dates with their label before them."""
    bare_end = -1
    for match in labels.JAPANESE_LABEL.finditer(words, start):
        begin = _begin(words, match.start(), max(start, bare_end))
        if not _stands_free(words, begin):
            continue
        follows_label = bare_end >= 0 and not words[bare_end:begin].strip(" \t\n|｜")
        stamp, bare_end = _after(words, folded, match, is_shared=follows_label)
        if stamp is not None:
            yield stamp
    if not _has_english(words):
        return
    last = -1
    for match in labels.ENGLISH_LABEL.finditer(words, start):
        if not _NUMBER_NEAR.match(words, match.end()):
            continue
        stamp, _ = _after(words, folded, match, is_shared=False)
        is_next = last >= 0 and not words[last : match.start()].strip(" ,;·")
        if stamp is not None and (is_next or _is_announcement(words, match, stamp)):
            last = stamp.span.end
            yield stamp


_NUMBER_NEAR = re.compile(
    r"[^a-z]{0,80}(?:[0-9０-９{<%$#YXx_令平RH]|[JFMASONDTWI][a-z]{2})|.{0,4}(?:yy|null|undef)",
    re.DOTALL,
)
"""A date begins near its label; most of the words that look like labels are verbs of a sentence."""


def _has_english(words: str) -> bool:
    """A cheap look before the dear one: all English labels share a few stems."""
    return _STEMS.search(words) is not None


_STEMS = re.compile(
    r"[pPuUmMrRdDcCaA](?:ubli|ost|pdat|odif|evi|ate|reate|heck|ccess|elease|UBLI|OST|PDAT|ODIF|EVI|ATE)"
)


def _begin(words: str, start: int, first: int) -> int:
    """Where a label begins with what leads it: 記事の公開日, 最終更新日."""
    lead = labels.LEAD.search(words, max(first, start - 12), start)
    return start if lead is None else lead.start()


def _stands_free(words: str, start: int) -> bool:
    """Whether a label begins a word: 次回更新日 and ガイドライン改訂日 are other dates."""
    return start == 0 or words[start - 1] in _BEFORE


def _after(
    words: str, folded: str, match: re.Match[str], *, is_shared: bool
) -> tuple[PageDate | None, int]:
    """The stamp whose date follows the label, else None and the end of the bare label."""
    between = _BETWEEN.match(words, match.end())
    value_at = between.end() if between else match.end()
    reading, end = read_at(folded, value_at)
    if reading is None:
        # What looked like a bracket or emphasis may begin a placeholder: [date], __DATE__.
        opened = _OPENED.search(folded[value_at - 2 : value_at])
        value_at -= len(opened[0]) if opened else 0
        reading, end = read_at(folded, value_at)
    if reading is None or not _is_whole(folded, reading, end):
        return None, match.end()
    # In a table whose heads stand side by side nobody can tell which date is whose.
    kind = "" if is_shared else labels.kind(match[0])
    return _stamp(words, kind, match[0], reading, (value_at, end)), -1


def _is_whole(folded: str, reading: DateReading, end: int) -> bool:
    """Whether what was read is a date and not the beginning of something else.

    A bare number is a year only at the end of its line, and a day that goes on (``2026-02-10-1``,
    ``2026/02/10から``) announces no date of the page.
    """
    rest = folded[end : end + 20]
    if reading.form in {"year", "out-of-shape"}:
        return re.match(r"\s*(?:$|[\n|)\]<])", rest) is not None
    if reading.form == "short-year":
        return re.match(r"$|[\s|)\]<(/,、。]", rest) is not None
    return _GOES_ON.match(rest) is None


_GOES_ON = re.compile(r"\s?[(]?(?:年?度|から|より|まで|以降|以前|頃|ごろ|予定|見込|[~〜–]\s?[0-9])")


def _is_announcement(words: str, match: re.Match[str], stamp: PageDate) -> bool:
    """Whether an English label announces; in a sentence it tells of something else's date."""
    between = words[match.end() : stamp.span.start]
    return ":" in between or "：" in between or "|" in between or _begins_line(words, match.start())


def _begins_line(words: str, start: int) -> bool:
    """Whether an English label, with what leads it, is first on its line or after a gap."""
    before = words[max(0, start - 80) : start]
    lead = labels.ENGLISH_LEAD.search(before)
    return _LINE_START.search(before[: lead.start()] if lead else before) is not None


def _followed(words: str, folded: str, start: int) -> Iterator[PageDate]:
    """Dates with their label behind them."""
    patterns = [labels.JAPANESE_SUFFIX]
    if _has_english(words):
        patterns.append(labels.ENGLISH_SUFFIX)
    for pattern in patterns:
        for match in pattern.finditer(words, start):
            reach = max(start, match.start() - 12)
            ends = labels.DATE_ENDS.search(words, reach, match.start())
            if ends is None:
                continue
            if (stamp := _before(words, folded, match, start)) is not None:
                yield stamp


def _before(words: str, folded: str, match: re.Match[str], start: int) -> PageDate | None:
    """The stamp whose date ends where the label begins."""
    line = max(words.rfind("\n", 0, match.start()) + 1, match.start() - _SUFFIX_REACH, start)
    for position in range(line, match.start()):
        if position > line and words[position - 1] not in _BEFORE:
            continue
        reading, end = read_at(folded, position)
        if reading is None or reading.form in {"year", "out-of-shape"}:
            continue
        if _LINK.fullmatch(words, end, match.start()):
            kind = labels.kind(match[0])
            if kind != ACCESSED and not _is_lone(words, match):
                return None
            return _stamp(words, kind, match[0], reading, (position, end))
    return None


def _is_lone(words: str, match: re.Match[str]) -> bool:
    """Whether the line says little beside its dates: in a sentence they are the dates of others."""
    start = words.rfind("\n", 0, match.start()) + 1
    end = words.find("\n", match.end())
    line = words[start : end if end >= 0 else len(words)]
    return len(_DATE_SIGNS.sub("", labels.JAPANESE_SUFFIX.sub("", line))) <= _FEW


def _stamp(
    words: str, kind: str, label: str, reading: DateReading, bounds: tuple[int, int]
) -> PageDate:
    start, end = bounds
    span = Span(start, start + len(words[start:end].rstrip()))
    return PageDate(kind=kind, source=TEXT, label=label, reading=reading, span=span)
