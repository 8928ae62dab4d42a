"""The stamps that a reader sees: ``公開日:2026/02/10``, ``2026年2月10日 更新``, ``Updated: …``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from refpipe.checks.stamps import labels
from refpipe.checks.stamps.stamp import ACCESSED, TEXT, Stamp
from refpipe.dates import DateReading
from refpipe.dates.numbers import fold
from refpipe.dates.reading import read_at
from refpipe.model import Span

_BEFORE = frozenset(" \t\r\n\u3000|｜[【(（「『<>＜＞*_#:：/／、,。.・•●■□◆◇▼▲★☆※〜~-–—=»›→")
_BETWEEN = re.compile(
    r"\s*[】\])）」』>]?\s*[*_~]{0,2}\s*(?P<sign>[:：|｜=は…]|\.{2,3}|-(?=\s))?\s*[*_~]{0,2}\s*[\[(（「]?\s*"
)
_LINE_START = re.compile(r"(?:^|\n|[|｜·•/／(（*_>])[ \t\u3000]*$|[ ]{2,}$")
_DATE_SIGNS = re.compile(
    r"[\W\d_年月日時分]|published|updated?|posted|modified|revised", re.IGNORECASE
)
_FEW = 12
"""So many letters beside dates and labels are a name or a heading, not a sentence."""
_SUFFIX_REACH = 40
"""A date with weekday, era and time is shorter than this many characters."""


def stamps(words: str, start: int) -> list[Stamp]:
    """The stamps in a page's own words, from the offset ``start`` on."""
    folded = fold(words)
    found = list(_announced(words, folded, start))
    taken = {stamp.span.start for stamp in found}
    found += [stamp for stamp in _followed(words, folded, start) if stamp.span.start not in taken]
    return found


def _announced(words: str, folded: str, start: int) -> Iterator[Stamp]:
    """Dates with their label before them."""
    bare_end = -1
    for match in labels.JAPANESE_LABEL.finditer(words, start):
        if not _stands_free(words, match.start()):
            continue
        follows_label = bare_end >= 0 and not words[bare_end : match.start()].strip(" \t\n|｜")
        stamp, bare_end = _after(words, folded, match, is_shared=follows_label)
        if stamp is not None:
            yield stamp
    if not _has_english(words):
        return
    for match in labels.ENGLISH_LABEL.finditer(words, start):
        stamp, _ = _after(words, folded, match, is_shared=False)
        if stamp is not None and _is_announcement(words, match, stamp):
            yield stamp


def _has_english(words: str) -> bool:
    """A cheap look before the dear one: all English labels share a few stems."""
    return _STEMS.search(words) is not None


_STEMS = re.compile(
    r"[Pp]ubli|[Pp]ost|[Uu]pdat|[Mm]odif|[Rr]evi|[Dd]ate|[Cc]reate|[Cc]heck|[Aa]ccess|[Rr]elease"
    r"|PUBLI|POST|UPDAT|MODIF|REVI|DATE|CREATE"
)


def _stands_free(words: str, start: int) -> bool:
    """Whether a label begins a word: 次回更新日 and ガイドライン改訂日 are other dates."""
    return start == 0 or words[start - 1] in _BEFORE


def _after(
    words: str, folded: str, match: re.Match[str], *, is_shared: bool
) -> tuple[Stamp | None, int]:
    """The stamp whose date follows the label, else None and the end of the bare label."""
    between = _BETWEEN.match(words, match.end())
    value_at = between.end() if between else match.end()
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


def _is_announcement(words: str, match: re.Match[str], stamp: Stamp) -> bool:
    """Whether an English label announces; in a sentence it tells of something else's date."""
    between = words[match.end() : stamp.span.start]
    return (
        ":" in between
        or "：" in between
        or "|" in between
        or bool(_LINE_START.search(words[max(0, match.start() - 80) : match.start()]))
    )


def _followed(words: str, folded: str, start: int) -> Iterator[Stamp]:
    """Dates with their label behind them."""
    patterns = [labels.JAPANESE_SUFFIX]
    if _has_english(words):
        patterns.append(labels.ENGLISH_SUFFIX)
    for pattern in patterns:
        for match in pattern.finditer(words, start):
            before = words[max(0, match.start() - 1) : match.start()]
            if not before or not (
                before.isdigit() or before in "日月年)）dDX火水木金土曜Z時分%>}○〇"
            ):
                continue
            if (stamp := _before(words, folded, match, start)) is not None:
                yield stamp


def _before(words: str, folded: str, match: re.Match[str], start: int) -> Stamp | None:
    """The stamp whose date ends where the label begins."""
    line = max(words.rfind("\n", 0, match.start()) + 1, match.start() - _SUFFIX_REACH, start)
    for position in range(line, match.start()):
        if position > line and words[position - 1] not in _BEFORE:
            continue
        reading, end = read_at(folded, position)
        if (
            reading is not None
            and end == match.start()
            and reading.form not in {"year", "out-of-shape"}
        ):
            kind = labels.kind(match["word"])
            if kind != ACCESSED and not _is_lone(words, match):
                return None
            return _stamp(words, kind, match["word"], reading, (position, end))
    return None


def _is_lone(words: str, match: re.Match[str]) -> bool:
    """Whether the line says little beside its dates: in a sentence they are the dates of others."""
    start = words.rfind("\n", 0, match.start()) + 1
    end = words.find("\n", match.end())
    line = words[start : end if end >= 0 else len(words)]
    return len(_DATE_SIGNS.sub("", labels.JAPANESE_SUFFIX.sub("", line))) <= _FEW


def _stamp(
    words: str, kind: str, label: str, reading: DateReading, bounds: tuple[int, int]
) -> Stamp:
    start, end = bounds
    span = Span(start, start + len(words[start:end].rstrip()))
    return Stamp(kind=kind, source=TEXT, label=label, reading=reading, span=span)
