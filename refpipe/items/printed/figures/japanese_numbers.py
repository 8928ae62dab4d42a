"""The numbers at the end of a Japanese reference: 巻, 号, 頁, 年, or plain as in Vancouver."""

from __future__ import annotations

import re

from refpipe.items.printed.figures import numbers as number_tails
from refpipe.items.printed.figures.numbers import Numbers
from refpipe.items.printed.people.japanese_names import KANA, KANJI
from refpipe.items.printed.words import MONTHS, word_set

YEAR = r"(?:1[89]|20)\d\d"
_TOKEN = re.compile(rf"\d+|[A-Za-zÀ-ÿ]+|[{KANJI}{KANA}]+|\s+|.")
_TAIL_WORD = re.compile(
    r"(?:第|巻|号|頁|年|月|日|ページ|増刊号|臨時増刊号|臨時増刊|増刊|臨増|特別号|特集号|通巻|別冊|合併号|全|以降)+$"
)
_TITLED_YEAR = re.compile(rf"(?<=ガイドライン){YEAR}(?=\s*[.,。]|\s*$)")
"""The year of a guideline is part of its name as well."""
_LATIN_TAIL = word_set("vol volume no nos pp p pages suppl supplement e s issue nr pt n v")
_LABELLED = {
    "volume": re.compile(r"(?:第\s?)?(?P<v>\d+)\s?巻"),
    "issue": re.compile(r"(?:第\s?)?(?P<v>\d+(?:\s?[-・/,]\s?\d+)?)\s?(?:合併)?号"),
    "page": re.compile(
        r"(?<![A-Za-z])(?P<x>[A-Z]{1,2}-\d{2,5})(?!\d)|(?:第\s?)?(?P<v>[A-Za-z]?\d+(?:\s?-\s?[A-Za-z]?\d+)?)\s?(?:頁|ページ)|(?:頁|ページ)\s?(?P<w>\d+(?:\s?-\s?\d+)?)"
    ),
    "number-of-pages": re.compile(
        r"(?:全|総)?\s?(?<![-\d])(?P<v>\d{2,4})\s?p(?!\w)(?=\s*[.,)]?\s*$)|(?:全|総)(?P<w>\d{2,4})\s?頁"
    ),
    "date": re.compile(
        rf"(?P<v>{YEAR})\s?年(?:\s?(?P<m>\d{{1,2}})\s?月(?:\s?(?P<d>\d{{1,2}})\s?日)?)?|\b(?P<iso>{YEAR})[-/.](?P<im>\d{{1,2}})(?:[-/.](?P<id>\d{{1,2}}))?(?![-\d:])|\b(?P<bare>{YEAR})\s?\(\s?(?P<bm>\d{{1,2}})\s?月\s?\)|[(（]?(?P<era>昭和|平成|令和)\s?(?P<n>元|\d{{1,2}})\s?年"
    ),
}
_ERAS = {"昭和": 1925, "平成": 1988, "令和": 2018}


def read(masked: str, start: int, end: int, *, has_year: bool) -> Numbers:
    """The numbers at the end of ``masked[start:end]``."""
    begin = _begin(masked, start, end)
    titled = _TITLED_YEAR.match(masked, begin, end)
    begin = titled.end() if titled else begin
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
    if titled and not has_year and "year" not in numbers.found:
        numbers.found["year"] = (titled[0], *titled.span())
    _part_volume(numbers)
    numbers.start = begin
    return numbers


def _part_volume(numbers: Numbers) -> None:
    """``38-2：180``: volume and issue, as Japanese lists join them; 12-13 is a double volume."""
    text, start, end = numbers.found.get("volume", ("", 0, 0))
    match = re.fullmatch(r"(\d{1,4})\s?-\s?(\d{1,2})", text)
    if match and "issue" not in numbers.found and int(match[2]) not in (0, int(match[1]) + 1):
        numbers.found["volume"] = (match[1], start, start + len(match[1]))
        numbers.found["issue"] = (match[2], end - len(match[2]), end)


def _label(numbers: Numbers, name: str, match: re.Match[str]) -> None:
    groups = match.groupdict()
    if name != "date":
        key = next(key for key in ("v", "w", "x") if groups.get(key))
        numbers.found[name] = (match[key], *match.span(key))
        return
    if groups.get("era"):
        count = 1 if groups["n"] == "元" else int(groups["n"])
        numbers.found["year"] = (str(_ERAS[groups["era"]] + count), *match.span())
        return
    year = next(key for key in ("v", "iso", "bare") if groups.get(key))
    numbers.found["year"] = (match[year], *match.span(year))
    for key, part in (
        ("m", "month"),
        ("d", "day"),
        ("im", "month"),
        ("id", "day"),
        ("bm", "month"),
    ):
        if groups.get(key):
            numbers.found[part] = (match[key], *match.span(key))


def _begin(masked: str, start: int, end: int) -> int:
    begin = end
    for token in reversed(list(_TOKEN.finditer(masked, start, end))):
        word = token[0].lstrip("・")
        if not word or word.isspace() or word in ",.;:()[]/-<>" or word.isdigit():
            pass
        elif word[0].isascii():
            if (
                word.lower() not in _LATIN_TAIL
                and word.lower() not in MONTHS
                and not re.match(r"-?\d", masked[token.end() :] if len(word) == 1 else "")
            ):
                break
        elif not _TAIL_WORD.match(word) and word not in ("昭和", "平成", "令和"):
            break
        begin = token.start()
    lead = re.compile(r"[\s,.;:)\]\-]*").match(masked, begin, end)
    return lead.end() if lead else begin
