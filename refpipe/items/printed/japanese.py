"""A reference in Japanese: SIST 02, Vancouver as Japanese journals print it, 「」『』, books, pages.

SIST 02-2007 (https://warp.da.ndl.go.jp/info:ndljp/pid/12003258/jipsti.jst.go.jp/sist/) parts
the elements with full stops; most medical journals put a colon behind the authors and the year
last.  Both are read by the same walk: names, title, container, numbers.
"""

from __future__ import annotations

import re

from refpipe.items.printed import japanese_names
from refpipe.items.printed import names as western_names
from refpipe.items.printed import numbers as number_tails
from refpipe.items.printed.addresses import Addresses
from refpipe.items.printed.clean import Clean
from refpipe.items.printed.draft import Draft, Head
from refpipe.items.printed.japanese_names import JAPANESE, KANA, KANJI
from refpipe.items.printed.names import Names
from refpipe.items.printed.nouns import Part
from refpipe.items.printed.numbers import Numbers
from refpipe.items.printed.words import MONTHS, word_set

_YEAR = r"(?:1[89]|20)\d\d"
_TOKEN = re.compile(rf"\d+|[A-Za-zÀ-ÿ]+|[{KANJI}{KANA}]+|\s+|.")
_TAIL_WORD = re.compile(
    r"(?:第|巻|号|頁|年|月|日|ページ|増刊号|臨時増刊号|臨時増刊|増刊|臨増|特別号|特集号|通巻|別冊|合併号|全|以降)+$"
)
_LATIN_TAIL = word_set("vol volume no nos pp p pages suppl supplement e s issue nr pt n v")
_LABELLED = {
    "volume": re.compile(r"(?:第\s?)?(?P<v>\d+)\s?巻"),
    "issue": re.compile(r"(?:第\s?)?(?P<v>\d+(?:\s?[-・/,]\s?\d+)?)\s?(?:合併)?号"),
    "page": re.compile(
        r"(?:第\s?)?(?P<v>[A-Za-z]?\d+(?:\s?-\s?[A-Za-z]?\d+)?)\s?(?:頁|ページ)|(?:頁|ページ)\s?(?P<w>\d+(?:\s?-\s?\d+)?)"
    ),
    "number-of-pages": re.compile(
        r"(?:全|総)?\s?(?<![-\d])(?P<v>\d{2,4})\s?p(?!\w)(?=\s*[.,)]?\s*$)|(?:全|総)(?P<w>\d{2,4})\s?頁"
    ),
    "date": re.compile(
        rf"(?P<v>{_YEAR})\s?年(?:\s?(?P<m>\d{{1,2}})\s?月(?:\s?(?P<d>\d{{1,2}})\s?日)?)?|\b(?P<iso>{_YEAR})[-/.](?P<im>\d{{1,2}})(?:[-/.](?P<id>\d{{1,2}}))?(?![-\d:])|[(（]?(?P<era>昭和|平成|令和)\s?(?P<n>元|\d{{1,2}})\s?年"
    ),
}
_ERAS = {"昭和": 1925, "平成": 1988, "令和": 2018}
_EDITION = re.compile(
    r"(?:改訂|増補|新訂|原著)?第?\s?\d{1,2}\s?版|改訂版|初版|新版|\d{1,2}(?:st|nd|rd|th) ed\.?"
)
_PUBLISHER = re.compile(
    r"(?:書院|出版会|出版社|出版局|出版|堂|書店|書房|新社|社|館|協会|振興会|書林|法人.*|ケア|メディカ.*|メディカル.*|Press|Publishing|Springer.*|エルゼビア.*|ジャパン|刊|センター)$"
)
_PLACES = word_set("東京 大阪 京都 名古屋 福岡 札幌 仙台 横浜 神戸 広島 Tokyo Osaka Kyoto")
_CONTAINER = re.compile(
    r"(?:誌|雑誌|紀要|論文集|ジャーナル|会報|年報|報告|新聞|Journal|Medicine|医学|外科|内科|看護|治療|臨床|医療|診療|研究|J|科学|理学療法|作業療法|東洋療法|科|薬学|medicina|Pharma Medica|レビュー|学)(?:[（(].*[)）])?$"
)
_CLOSERS = {"「": "」", "『": "』", "“": "”", '"': '"', "〝": "〟"}


def is_japanese(clean: Clean) -> bool:
    """Whether the reference is to be read by Japanese habits."""
    found = len(JAPANESE.findall(clean.text))
    return found >= 2 and (
        found * 5 >= len(clean.text) or JAPANESE.search(clean.text[:12]) is not None
    )


def read(clean: Clean, addresses: Addresses) -> Draft:
    """The parts of a reference in Japanese, with positions in the cleaned text."""
    masked = addresses.masked
    end = len(masked.rstrip(" ,;"))
    head = _head(masked, end)
    tail = _tail(masked, head.end, end, has_year=head.year is not None)
    draft = Draft(head=head)
    if head.names:
        names = head.names
        draft.parts.append(
            Part(
                name="editor" if names.are_editors else "author",
                value=[dict(name) for name in names.names],
                start=names.start, end=names.end, confidence=head.confidence,
            )
        )  # fmt: skip
    _middle(draft, clean, masked, head, tail)
    _numbers(draft, head, tail)
    draft.parts.append(Part(name="language", value="ja", start=0, end=0, confidence=0.9))
    draft.unread.extend(tail.unread)
    return draft


# ── the head ───────────────────────────────────────────────────────────────────────────────

_HEAD_STOP = re.compile(rf"[:.]|[「『“\"]|\((?={_YEAR}[a-z]?\))|,\s?(?={_YEAR}[.,])")
_HEAD_YEAR = re.compile(
    rf"[\s,.]*[(]?(?P<y>{_YEAR})[a-z]?(?:年)?[)]?[\s.,:]+|[\s,.]*[(](?P<z>{_YEAR})[a-z]?年?[)][\s.,:]*"
)


def _head(masked: str, end: int) -> Head:
    for stop in _HEAD_STOP.finditer(masked, 0, min(end, 400)):
        names = japanese_names.within(masked, 0, stop.start())
        if names:
            return _after(masked, names, stop.start(), end)
    names = _leading(masked, end)
    if names:
        head = _after(masked, names, names.end, end)
        head.has_comma_style, head.confidence = True, 0.75
        return head
    western = western_names.scan(masked)
    if western and re.match(r"\s*[.:,(]", masked[western.end :]):
        return _after(masked, western, western.end, end)
    return Head(end=0, confidence=0.4)


def _after(masked: str, names: Names, position: int, end: int) -> Head:
    head = Head(end=position, names=names, confidence=0.93)
    year = _HEAD_YEAR.match(masked, position, end)
    if year:
        name = "y" if year["y"] else "z"
        head.year = (year[name], *year.span(name))
        head.end = year.end()
    else:
        sign = re.compile(r"[\s:.,]*").match(masked, position)
        assert sign is not None
        head.end = sign.end()
    return head


def _leading(masked: str, end: int) -> Names | None:
    """The names that open a reference whose elements are all parted by commas."""
    stop = 0
    for comma in re.compile(r",\s*").finditer(masked, 0, min(end, 300)):
        if japanese_names.within(masked, 0, comma.start()) is None:
            break
        stop = comma.start()
    return japanese_names.within(masked, 0, stop) if stop else None


# ── the tail ───────────────────────────────────────────────────────────────────────────────


def _tail(masked: str, start: int, end: int, *, has_year: bool) -> Numbers:
    begin = _tail_start(masked, start, end)
    text = list(masked)
    labelled = Numbers(start=begin, end=end)
    for name, pattern in _LABELLED.items():
        match = pattern.search(masked, begin, end)
        if match:
            _label(labelled, name, match)
            text[match.start() : match.end()] = " " * (match.end() - match.start())
    rest = "".join(text)
    known = has_year or "year" in labelled.found
    numbers = number_tails.read_at(rest, begin, end, has_year=known)
    for name, found in labelled.found.items():
        numbers.found[name] = found
    numbers.start = begin
    return numbers


def _label(numbers: Numbers, name: str, match: re.Match[str]) -> None:
    groups = match.groupdict()
    if name != "date":
        key = "v" if groups.get("v") else "w"
        numbers.found[name] = (match[key], *match.span(key))
        return
    if groups.get("era"):
        count = 1 if groups["n"] == "元" else int(groups["n"])
        numbers.found["year"] = (str(_ERAS[groups["era"]] + count), *match.span())
        return
    year = "v" if groups.get("v") else "iso"
    numbers.found["year"] = (match[year], *match.span(year))
    for key, part in (("m", "month"), ("d", "day"), ("im", "month"), ("id", "day")):
        if groups.get(key):
            numbers.found[part] = (match[key], *match.span(key))


def _tail_start(masked: str, start: int, end: int) -> int:
    begin = end
    for token in reversed(list(_TOKEN.finditer(masked, start, end))):
        word = token[0]
        if word.isspace() or word in ",.;:()[]/-<>" or word.isdigit():
            pass
        elif word[0].isascii():
            if (
                word.lower() not in _LATIN_TAIL
                and word.lower() not in MONTHS
                and not (len(word) == 1 and masked[token.end() : token.end() + 1].isdigit())
            ):
                break
        elif not _TAIL_WORD.match(word) and word not in ("昭和", "平成", "令和"):
            break
        begin = token.start()
    lead = re.compile(r"[\s,.;:)\]\-]*").match(masked, begin, end)
    return lead.end() if lead else begin


# ── the middle ─────────────────────────────────────────────────────────────────────────────


def _middle(draft: Draft, clean: Clean, masked: str, head: Head, tail: Numbers) -> None:
    start, end = head.end, tail.start
    opener = masked[start : start + 1]
    close = masked.find(_CLOSERS[opener], start + 1, len(masked)) if opener in _CLOSERS else -1
    if close > 0:
        _add(draft, clean, "title", start + 1, close, 0.95)
        _after_title(
            draft, clean, masked, close + 1, max(end, close + 1), tail, is_book=opener == "『"
        )
        return
    cuts = _cuts(masked, start, end)
    if not cuts:
        _add(draft, clean, "title", start, end, 0.75)
        return
    spans = _spans(masked, start, end, cuts)
    title_end, after = _title_span(masked, spans, tail)
    _add(draft, clean, "title", start, title_end, 0.9)
    if after is not None:
        _after_title(draft, clean, masked, after, end, tail, is_book=False)


def _cuts(masked: str, start: int, end: int) -> list[re.Match[str]]:
    """The full stops that part elements; commas where there is no full stop.

    A stop between figures is a decimal point, one behind a Latin abbreviation belongs to it.
    """
    stops = [
        match
        for match in re.compile(r"(?<!\d)\.\s*|\.\s*(?!\d)|。\s*|[?!]\s+").finditer(
            masked, start, end
        )
        if match.start() > start and (match.end() < end or match.end() == len(masked))
    ]
    stops = [match for match in stops if match.end() < end]
    if stops:
        return stops
    return [
        match
        for match in re.compile(r",\s*").finditer(masked, start, end)
        if start < match.start() and match.end() < end
    ]


def _spans(masked: str, start: int, end: int, cuts: list[re.Match[str]]) -> list[tuple[int, int]]:
    edges = [start, *[edge for cut in cuts for edge in (cut.start(), cut.end())], end]
    return [(edges[i], edges[i + 1]) for i in range(0, len(edges) - 1, 2)]


def _title_span(masked: str, spans: list[tuple[int, int]], tail: Numbers) -> tuple[int, int | None]:
    """Where the title ends and the next element begins."""
    for index, (left, right) in enumerate(spans[1:], 1):
        text = masked[left:right].strip(" ,.")
        first = re.split(r"[,，]", text)[0].strip()
        if (
            _EDITION.match(first)
            or _PUBLISHER.search(first)
            or re.search(r"[編著]\s?[:：「『]", text)
        ):
            return spans[index - 1][1], left
    last = len(spans) - 1
    while (
        last > 1
        and not JAPANESE.search(masked[slice(*spans[last])])
        and _is_latin_abbreviation(masked[slice(*spans[last - 1])])
    ):
        last -= 1
    return spans[last - 1][1], spans[last][0]


def _is_latin_abbreviation(text: str) -> bool:
    words = text.split()
    return (
        bool(words)
        and not JAPANESE.search(text)
        and len(words) <= 3
        and all(w[0].isupper() for w in words)
    )


def _after_title(
    draft: Draft, clean: Clean, masked: str, start: int, end: int, tail: Numbers, *, is_book: bool
) -> None:
    """What stands between the title and the numbers: a container, or a book's publisher."""
    while start < end and masked[start] in " ,.:;)-":
        start += 1
    host = re.compile(
        r"(?:In\s?[:：]?\s*)?(?P<names>[^「『:.]{2,60}?)\s?[(（]?(?:編集?|編著|監修)[)）]?\s?[:：.,]?\s*(?=[「『]|\S{4,})"
    ).match(masked, start, end)
    if host and japanese_names.within(masked, *host.span("names")):
        names = japanese_names.within(masked, *host.span("names"))
        assert names is not None
        draft.parts.append(
            Part(
                name="editor",
                value=[dict(n) for n in names.names],
                start=names.start,
                end=names.end,
                confidence=0.8,
            )
        )
        draft.kind, start = "chapter", host.end()
    introduced = re.compile(r"In\s?[:：]\s*").match(masked, start, end)
    if introduced:
        draft.kind, start = "chapter", introduced.end()
    if masked[start : start + 1] in ("『", "「"):
        close = masked.find(_CLOSERS[masked[start]], start + 1)
        if close > 0:
            _add(draft, clean, "container-title", start + 1, close, 0.95)
            _book(draft, clean, masked, close + 1, max(end, close + 1))
            return
    elements = _elements(masked, start, end)
    if is_book or draft.kind or any(_is_book_word(masked[slice(*span)]) for span in elements):
        _book_elements(draft, clean, masked, elements)
    else:
        _add(draft, clean, "container-title", start, end, 0.9)


def _elements(masked: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = list(re.compile(r"[.,:;]\s*").finditer(masked, start, end))
    return [span for span in _spans(masked, start, end, cuts) if masked[slice(*span)].strip()]


def _is_book_word(text: str) -> bool:
    plain = text.strip(" ()")
    return bool(
        _EDITION.fullmatch(plain)
        or plain in _PLACES
        or (_PUBLISHER.search(plain) and not _CONTAINER.search(plain))
    )


def _book(draft: Draft, clean: Clean, masked: str, start: int, end: int) -> None:
    _book_elements(draft, clean, masked, _elements(masked, start, end))


def _book_elements(
    draft: Draft, clean: Clean, masked: str, elements: list[tuple[int, int]]
) -> None:
    for left, right in elements:
        text = masked[left:right].strip(" ()")
        if _EDITION.fullmatch(text):
            _add(draft, clean, "edition", left, right, 0.9)
        elif text in _PLACES:
            _add(draft, clean, "publisher-place", left, right, 0.9)
        elif _PUBLISHER.search(text):
            _add(draft, clean, "publisher", left, right, 0.8)
        elif draft.kind == "chapter" and all(
            part.name != "container-title" for part in draft.parts
        ):
            _add(draft, clean, "container-title", left, right, 0.8)
    names = {part.name for part in draft.parts}
    if not draft.kind and names & {"publisher", "edition", "publisher-place"}:
        draft.kind = "chapter" if "container-title" in names else "book"


def _add(draft: Draft, clean: Clean, name: str, start: int, end: int, confidence: float) -> None:
    while start < end and clean.shape[start] in " .,;:)":
        start += 1
    while end > start and clean.shape[end - 1] in " .,;:(-":
        end -= 1
    if clean.shape[end : end + 1] == "-" and "-" in clean.shape[start:end]:
        # A subtitle between two dashes keeps the second one.
        end += 1
    if end > start:
        draft.parts.append(
            Part(
                name=name, value=clean.text[start:end], start=start, end=end, confidence=confidence
            )
        )


def _numbers(draft: Draft, head: Head, tail: Numbers) -> None:
    year = head.year or tail.found.get("year")
    if year:
        parts = [int(year[0])]
        month = tail.found.get("month")
        if month and 1 <= int(month[0]) <= 12:
            parts.append(int(month[0]))
            day = tail.found.get("day")
            if day and 1 <= int(day[0]) <= 31:
                parts.append(int(day[0]))
        draft.parts.append(
            Part(
                name="issued",
                value={"date-parts": [parts]},
                start=year[1],
                end=year[2],
                confidence=0.93,
            )
        )
    for name in ("volume", "issue", "page", "number", "number-of-pages"):
        if name in tail.found:
            text, start, end = tail.found[name]
            draft.parts.append(Part(name=name, value=text, start=start, end=end, confidence=0.9))
