"""The dates that a page says of itself: in its text, its front matter, its metadata."""

from __future__ import annotations

import datetime
import html as entities
import re
from collections.abc import Iterable, Iterator

from refpipe.checks import date_labels as labels
from refpipe.checks.date_labels import ACCESSED, MODIFIED, PUBLISHED, REVIEWED, TEXT, PageDate
from refpipe.dates import DateReading, FaultKind, era_of, find, read
from refpipe.dates.grammar import fold
from refpipe.dates.parser import read_at
from refpipe.lifetimes import lazy
from refpipe.model import PartialDate, Span

_FRONT = lazy(
    r"\ufeff?(?P<fence>---|\+\+\+)[ \t]*\r?\n(?P<body>.*?)^(?P=fence)[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
_SETTING = lazy(
    r"^(?P<key>[\w-]+)[ \t]*[:=][ \t]*(?P<quote>[\"']?)(?P<value>[^\n\r\"'#]+?)"
    r"(?P=quote)[ \t]*(?:#[^\n]*)?\r?$",
    re.MULTILINE,
)
_META = lazy(r"<meta\b[^<>]*>", re.IGNORECASE)
_TIME = lazy(r"<time\b(?P<attributes>[^<>]*)>(?P<inner>.*?)</time\s*>", re.IGNORECASE | re.DOTALL)
_ATTRIBUTE = lazy(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_LD = lazy(
    r"<script\b[^<>]*application/ld\+json[^<>]*>(?P<body>.*?)</script\s*>",
    re.IGNORECASE | re.DOTALL,
)
_PROPERTY = lazy(rf"\"(?P<name>{'|'.join(labels.JSON_LD)})\"\s*:\s*\"(?P<value>[^\"]*)\"")


def front_matter(text: str) -> tuple[tuple[PageDate, ...], int]:
    """The stamps of the front matter, and the offset at which the page itself begins."""
    front = _FRONT.match(text)
    if front is None:
        return (), 0
    found: list[PageDate] = []
    for setting in _SETTING.finditer(text, front.start("body"), front.end("body")):
        key = setting["key"].lower().replace("-", "_")
        kind = labels.FRONT_MATTER.get(key)
        if kind is not None:
            found += _stamp(
                kind, "front matter", setting["key"], setting["value"], setting.start("value")
            )
    return tuple(found), front.end()


def html(text: str, printed: Iterable[PageDate]) -> Iterator[PageDate]:
    """The stamps of the page's elements; ``printed`` are those already read from its words."""
    for meta in _META.finditer(text):
        yield from _meta(meta)
    seen = [stamp for stamp in printed if stamp.source == TEXT]
    for time in _TIME.finditer(text):
        yield from _time(time, seen)
    for block in _LD.finditer(text):
        for hit in _PROPERTY.finditer(text, block.start("body"), block.end("body")):
            name = hit["name"]
            yield from _stamp(
                labels.JSON_LD[name], "JSON-LD", name, hit["value"], hit.start("value")
            )


def _meta(meta: re.Match[str]) -> Iterator[PageDate]:
    attributes = _attributes(meta[0], meta.start())
    for name in ("property", "name", "itemprop", "http-equiv"):
        if name in attributes and "content" in attributes:
            label = attributes[name][0]
            kind = labels.META.get(label.lower())
            if kind is not None:
                yield from _stamp(kind, "meta", label, *attributes["content"])
                return


def _time(time: re.Match[str], printed: Iterable[PageDate]) -> Iterator[PageDate]:
    attributes = _attributes(time["attributes"], time.start("attributes"))
    if "datetime" not in attributes:
        return
    inner = Span(time.start("inner"), time.end("inner"))
    label = attributes.get("itemprop", ("", 0))[0]
    kind = labels.JSON_LD.get(label, "")
    for stamp in printed:
        if inner.start <= stamp.span.start < inner.end:
            kind, label = stamp.kind, stamp.label
            if stamp.reading.value == read(attributes["datetime"][0]).value is not None:
                return  # The words say it already, and they say the same.
    yield from _stamp(kind, "time", label or "datetime", *attributes["datetime"], element=inner)


def _attributes(tag: str, start: int) -> dict[str, tuple[str, int]]:
    """The attributes of a tag, each with the offset of its value; the first of a name counts."""
    found: dict[str, tuple[str, int]] = {}
    for match in _ATTRIBUTE.finditer(tag):
        group = next((index for index in (2, 3, 4) if match[index] is not None), 4)
        found.setdefault(match[1].lower(), (match[group] or "", start + match.start(group)))
    return found


def _stamp(  # noqa: PLR0913
    kind: str, source: str, label: str, value: str, start: int, *, element: Span | None = None
) -> Iterator[PageDate]:
    """The stamp of a value, unless it is no date and was hardly meant as one."""
    reading, whole = read(entities.unescape(value)), Span(start, start + len(value))
    is_one = reading.form or (not find(value) and _looks_broken(value))
    told = [(reading, whole)] if is_one else _within(value, start)
    for one, span in told:
        yield PageDate(
            kind=kind, source=source, label=label, reading=one, span=span, element=element
        )


def _within(value: str, start: int) -> list[tuple[DateReading, Span]]:
    """The dates that no calendar has in a value that says more: a range, ``2026/2/30更新``."""
    return [
        (one.reading, Span(start + one.span.start, start + one.span.end))
        for one in find(value)
        if any(fault.kind is FaultKind.IMPOSSIBLE for fault in one.reading.faults)
    ]


def _looks_broken(value: str) -> bool:
    """Whether a value that cannot be read was meant as a date; ``2026-W07`` was not."""
    faults = read(value).faults
    if any(fault.kind is not FaultKind.UNREADABLE for fault in faults):
        return True
    return re.match(r"\s*[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", value) is not None


# ── What a reader sees: ``公開日:2026/02/10``, ``2026年2月10日 更新`` ────────────────────


_BETWEEN = lazy(
    r"\s*[】\])）」』>]?\s*[*_~]{0,2}\s*(?P<sign>[:：|｜=は…/／]|\.{2,3}|-(?=\s))?\s*[*_~]{0,2}\s*[\[(（「]?\s*"
)
_OPENED = lazy(r"(?:\[|__)$")
_LINE_START = lazy(r"(?:^|\n|[|｜·•/／(（*_>])[ \t\u3000]*$|[ ]{2,}$")
_DATE_SIGNS = lazy(r"[\W\d_年月日時分]|published|updated?|posted|modified|revised", re.IGNORECASE)
_LINK = lazy(r"(?:に|[ \u3000]*)(?:最終|初回|記事)?")
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


_NUMBER_NEAR = lazy(
    r"[^a-z]{0,80}(?:[0-9０-９{<%$#YXx_令平RH]|[JFMASONDTWI][a-z]{2})|.{0,4}(?:yy|null|undef)",
    re.DOTALL,
)
"""A date begins near its label; most of the words that look like labels are verbs of a sentence."""


def _has_english(words: str) -> bool:
    """A cheap look before the dear one: all English labels share a few stems."""
    return _STEMS.search(words) is not None


_STEMS = lazy(
    r"[pPuUmMrRdDcCaA](?:ubli|ost|pdat|odif|evi|ate|reate|heck|ccess|elease|UBLI|OST|PDAT|ODIF|EVI|ATE)"
)


def _begin(words: str, start: int, first: int) -> int:
    """Where a label begins with what leads it: 記事の公開日, 最終更新日."""
    lead = labels.LEAD.search(words, max(first, start - 12), start)
    return start if lead is None else lead.start()


def _stands_free(words: str, start: int) -> bool:
    """Whether a label begins a word: 次回更新日 and ガイドライン改訂日 are other dates."""
    return start == 0 or not words[start - 1].isalnum()


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
    return _seen(words, kind, match[0], reading, (value_at, end)), -1


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


_GOES_ON = lazy(r"\s?[(]?(?:年?度|から|より|まで|以降|以前|頃|ごろ|予定|見込|[~〜–]\s?[0-9])")


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
        if position > line and words[position - 1].isalnum():
            continue
        reading, end = read_at(folded, position)
        if reading is None or reading.form in {"year", "out-of-shape"}:
            continue
        if _LINK.fullmatch(words, end, match.start()):
            kind = labels.kind(match[0])
            if kind != ACCESSED and not _is_lone(words, match):
                return None
            return _seen(words, kind, match[0], reading, (position, end))
    return None


def _is_lone(words: str, match: re.Match[str]) -> bool:
    """Whether the line says little beside its dates: in a sentence they are the dates of others."""
    start = words.rfind("\n", 0, match.start()) + 1
    end = words.find("\n", match.end())
    line = words[start : end if end >= 0 else len(words)]
    return len(_DATE_SIGNS.sub("", labels.JAPANESE_SUFFIX.sub("", line))) <= _FEW


def _seen(
    words: str, kind: str, label: str, reading: DateReading, bounds: tuple[int, int]
) -> PageDate:
    start, end = bounds
    span = Span(start, start + len(words[start:end].rstrip()))
    return PageDate(kind=kind, source=TEXT, label=label, reading=reading, span=span)


# ── All of them ────────────────────────────────────────────────────────────


__all__ = ["ACCESSED", "MODIFIED", "PUBLISHED", "REVIEWED", "PageDate", "page_dates"]


def page_dates(text: str, words: str, form: str) -> tuple[PageDate, ...]:
    """Every stamp of a page, in the order in which they stand.

    ``words`` is the text with everything that is not prose blanked, character for character.
    """
    front, body = front_matter(text)
    found = list(front)
    found += visible_dates(words, body)
    if "<" in text:
        found += html(visible_markup(text, form), found)
    return tuple(sorted(found, key=lambda stamp: stamp.span))


# ── How the rules compare dates and write them ──────────────────────────────────────────────────


_JAPAN = 540
"""Minutes ahead of UTC."""


def is_after(later: PartialDate, earlier: PartialDate) -> bool:
    """Whether one date lies after another as far as both are known."""
    known = min(len(_parts(later)), len(_parts(earlier)))
    return _parts(later)[:known] > _parts(earlier)[:known]


def agree(one: DateReading, other: DateReading) -> bool:
    """Whether two readings can be the same day; moments may be told in another zone."""
    return any(not is_after(a, b) and not is_after(b, a) for a in _days(one) for b in _days(other))


def replacement(like: DateReading, day: datetime.date) -> str:
    """The day written in the form of ``like``; with slashes where that says nothing."""
    if like.form == "era":
        era = era_of(PartialDate(year=day.year, month=day.month, day=day.day))
        return f"{era}{day.month}月{day.day}日"
    if "年" in like.text:
        return f"{day.year}年{day.month}月{day.day}日"
    sign = next((sign for sign in "/.-" if sign in like.text), "/")
    return day.strftime(f"%Y{sign}%m{sign}%d")


def _parts(date: PartialDate) -> tuple[int, ...]:
    return tuple(part for part in (date.year, date.month, date.day) if part is not None)


def _days(reading: DateReading) -> tuple[PartialDate, ...]:
    """The date as it is written and, for a moment with a zone, the day that it is in Japan."""
    value = reading.value
    if value is None:
        return ()
    if reading.offset in {None, _JAPAN} or value.day is None or not reading.clock:
        return (value,)
    assert reading.offset is not None  # noqa: S101
    assert value.month is not None  # noqa: S101
    hour, minute = (int(part) for part in reading.clock.split(":")[:2])
    midnight = datetime.datetime(value.year, value.month, value.day)  # noqa: DTZ001
    try:
        moment = midnight + datetime.timedelta(hours=hour, minutes=minute + _JAPAN - reading.offset)
    except OverflowError:
        return (value,)
    return value, PartialDate(year=moment.year, month=moment.month, day=moment.day)


# ── the words of a page without its machinery, every character in its old place ───────

_FENCE = (
    r"(?m:^[ ]{0,3}(?P<fence>`{3,}(?!`)|~{3,}(?!~))[^\n]*\n(?s:.*?)"
    r"(?:^[ ]{0,3}(?P=fence)[`~]*[ \t]*$|\Z))"
)
_CODE_SPAN = r"(?<!`)(?P<ticks>`+)(?!`)(?s:(?:(?!\n[ \t]*\n).)+?)(?<!`)(?P=ticks)(?!`)"
_HIDDEN = (
    r"<!--(?s:.*?)(?:-->|\Z)"
    r"|<(?P<raw>script|style|textarea|template)\b(?s:.*?)(?:</(?P=raw)\s*>|\Z)"
    # The search for the end gives up at the next beginning, so that no text is read twice.
    r"|<(?P<tag>pre|code)\b(?s:(?!<(?P=tag)\b).)*?</(?P=tag)\s*>"
)
_DATE_SIGN = r"&\#(?P<sign>24180|26376|26085|26178|20998|x(?:5e74|6708|65e5|6642|5206));"
"""年, 月, 日, 時 and 分 as numeric entities, which some editors write for all that is no ASCII."""
_TAG = rf"</?[a-zA-Z][^<>]*>|&(?:nbsp|ensp|emsp|thinsp|#160|#12288);|{_DATE_SIGN}"
_MACHINERY = lazy(f"{_HIDDEN}|{_TAG}", re.IGNORECASE)
_MARKDOWN = lazy(f"{_FENCE}|{_CODE_SPAN}|{_HIDDEN}|{_TAG}", re.IGNORECASE)
_UNSEEN = lazy(f"{_FENCE}|{_CODE_SPAN}|<!--(?s:.*?)(?:-->|\\Z)", re.IGNORECASE)
_SHOWN = lazy(f"{_FENCE}|{_CODE_SPAN}")
_SIGNS = lazy(r"<[a-zA-Z/!]|&[a-z#]|`|~~~", re.IGNORECASE)
"""Without one of these there is nothing to blank."""
_NOT_A_BREAK = lazy(r"[^\n]")


def visible_words(text: str, form: str, spans: Iterable[Span] = ()) -> str:
    """The text with code, comments, tags and ``spans`` turned to blanks of the same length."""
    masked = text
    if _SIGNS.search(text):
        has_code = form != "html" and ("`" in text or "~~~" in text)
        machinery = _MARKDOWN if has_code else _MACHINERY
        masked = machinery.sub(_blank, text)
    for span in spans:
        masked = masked[: span.start] + _blanks(span.of(masked)) + masked[span.end :]
    return masked


def visible_markup(text: str, form: str) -> str:
    """The text with its tags, but without code that is shown and comments."""
    if form == "html":
        return re.sub(r"<!--(?s:.*?)(?:-->|\Z)", _blank, text) if "<!--" in text else text
    return _UNSEEN.sub(_blank, text) if "<!--" in text or "`" in text or "~~~" in text else text


def without_code(text: str, form: str) -> str:
    """The text without code that is only shown; tags and comments stand."""
    if form == "html":
        return text
    return _SHOWN.sub(_blank, text) if "`" in text or "~~~" in text else text


def _blank(match: re.Match[str]) -> str:
    """Blanks of the same length; an entity's sign stands last, where its date ends."""
    if match.groupdict().get("sign"):
        return entities.unescape(match[0]).rjust(len(match[0]))
    return _blanks(match[0])


def _blanks(text: str) -> str:
    return _NOT_A_BREAK.sub(" ", text) if "\n" in text else " " * len(text)
