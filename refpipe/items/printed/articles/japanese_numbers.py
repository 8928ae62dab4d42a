"""The numbers at the end of a Japanese reference: 巻, 号, 頁, 年, or plain as in Vancouver."""

from __future__ import annotations

import re
from dataclasses import dataclass

from refpipe.items.printed import japanese_rows
from refpipe.items.printed.articles import container_ends, pieces
from refpipe.items.printed.articles.numbers import Numbers, read_at
from refpipe.items.printed.people import japanese_names
from refpipe.items.printed.words import ERAS, INITIALS
from refpipe.items.printed.works.days import DATE, PLAIN_DATE, date_parts
from refpipe.items.printed.works.marks import Marked
from refpipe.lifetimes import lazy

_TITLED_YEAR = lazy(rf"(?<=ガイドライン){pieces.YEAR}(?=\s*[.,。]|\s*$)")
"""The year of a guideline is part of its name as well."""


def read(masked: str, start: int, end: int, *, has_year: bool) -> Numbers:
    """The numbers at the end of ``masked[start:end]``."""
    masked, lettered, first = container_ends.without_lettered(masked, start, end)
    begin = pieces.begin_japanese(masked, start, end)
    titled = _TITLED_YEAR.match(masked, begin, end)
    begin = titled.end() if titled else begin
    labelled, rest = _labelled(masked, begin, end)
    known = has_year or "year" in labelled.found
    told = {name: labelled.found[name] for name in _TOLD & labelled.found.keys()}
    numbers = read_at(rest, begin, end, has_year=known, told=told)
    numbers.found |= labelled.found | lettered
    if titled and not has_year and "year" not in numbers.found:
        numbers.found["year"] = (titled[0], *titled.span())
    _part_volume(numbers)
    _part_page(numbers, masked)
    numbers.start = min(first, begin)
    return numbers


_TOLD = {"volume", "issue"}
"""What a figure without a label is not where another bears it."""


def _part_volume(numbers: Numbers) -> None:
    """``38-2：180``: volume and issue, as Japanese lists join them; 12-13 is a double volume."""
    text, start, end = numbers.found.get("volume", ("", 0, 0))
    match = re.fullmatch(r"(\d{1,4})\s?-\s?(\d{1,2})", text)
    if match and "issue" not in numbers.found and int(match[2]) not in (0, int(match[1]) + 1):
        numbers.found["volume"] = (match[1], start, start + len(match[1]))
        numbers.found["issue"] = (match[2], end - len(match[2]), end)


def _part_page(numbers: Numbers, masked: str) -> None:
    """``22-4, 2009`` without other figures is a volume and its issue, and no pages 22 to 24."""
    text, start, end = numbers.found.get("page", ("", 0, 0))
    match = re.fullmatch(r"(\d{1,3})-(\d{1,2})", text)
    is_alone = not numbers.found.keys() & {"volume", "issue"} and masked[start - 1] in " ,"
    is_alone = is_alone and ":" not in masked[start - 2 : start]
    is_alone = is_alone and not _EXTRA_ISSUE.search(masked, 0, start)
    if (
        match
        and is_alone
        and int(match[1]) <= _VOLUMES
        and 0 < int(match[2]) <= _MONTHS
        and int(match[2]) < int(match[1])
    ):
        del numbers.found["page"]
        numbers.found["volume"] = (match[1], start, start + len(match[1]))
        numbers.found["issue"] = (match[2], end - len(match[2]), end)


_MONTHS, _VOLUMES = 12, 150
"""So many issues appear in a year at most, and so many volumes has hardly a journal."""
_EXTRA_ISSUE = re.compile(r"(?:増刊号?|抄録集?|別冊)[\s,.()]*$")
"""An issue without a number, behind which pages stand."""


# ── what words tell of the figures ──────────────────────────────────────────────────────

_JAPANESE_WORDS = {
    "volume": re.compile(r"(?:第\s?)?(?P<v>\d+)\s?巻"),
    "issue": re.compile(
        r"(?:通巻|通号\s?)?(?:第\s?)?(?P<v>(?!(?:19|20)\d\d\s?,)(?<!\d)\d+(?:\s?[-・･/,=＝]\s?\d+)?)\s?(?:合併)?号(?:合併号?)?"
        r"|\b[Nn]o\.?\s?(?P<x>\d{1,2}[,・･/=＝]\d{1,2})(?![\d-])"
        r"|(?P<w>(?:(?:臨時)?増刊|臨増|別冊|特集|特別)号?(?:\d{1,2}|\s\d{1,2}(?=\s?[):]))(?![\d-]))"
    ),
    "page": re.compile(
        r"(?<=[巻号年):])[,.]?\s?(?P<z>\d+\s?-\s?\d+(?:,\s?\d+(?:\s?-\s?\d+)?){1,9})\s?(?:頁|ページ)"
        r"|(?<![A-Za-z])(?P<x>[A-Z]{1,2}-\d{2,5}(?:\s?-\s?[A-Z]{1,2}-\d{2,5})?)(?!\d)|(?<!\d)(?P<u>\d{1,2}_\d{1,4}(?:-\d{1,2}_\d{1,4})?)(?![\d_])|(?:第\s?)?(?P<v>[A-Za-z]?\d+(?:\s?-\s?[A-Za-z]?\d+)?)\s?(?:頁|ページ)|(?:頁|ページ)\s?(?P<w>\d+(?:\s?-\s?\d+)?)|\bpp?\.?\s?(?P<y>\d+(?:\s?-+\s?\d+)?(?:,\s?(?!(?:19|20)\d\d(?!\d))\d+(?:\s?-+\s?\d+)?)*)(?=[\s.)]*$)"
    ),
    "number-of-pages": re.compile(
        r"(?:全|総)?\s?(?<![-\d])(?P<v>\d{2,4})\s?p(?!\w)(?=\s*[.,)]?\s*$)|(?:全|総)(?P<w>\d{2,4})\s?頁"
    ),
    "date": re.compile(
        rf"(?P<v>{pieces.YEAR})\s?年(?:\s?(?P<m>\d{{1,2}})\s?月(?:\s?(?P<d>\d{{1,2}})\s?日)?)?|(?<![:：\w])(?<!:\s)(?P<iso>{pieces.YEAR})[-/.](?P<im>0?[1-9]|1[0-2])(?!\d)(?:[-/.](?P<id>\d{{1,2}}))?(?![-\d:])|\b(?P<bare>{pieces.YEAR})\s?\(\s?(?P<bm>\d{{1,2}})\s?月\s?\)|[(（]?(?P<era>昭和|平成|令和)\s?(?P<n>元|\d{{1,2}})\s?(?:年(?:\s?(?P<em>\d{{1,2}})\s?月(?:\s?(?P<ed>\d{{1,2}})\s?日)?)?|(?=[;；]))|(?<![^\W_])(?P<short>[SHR昭平令])\s?(?P<count>元|\d{{1,2}})\s?(?:年|(?=[;；]))"
    ),
}
_VOLUME_AND_ISSUE = lazy(
    r"(?<![\dp-])(?<!p[.\s])(?<!p\.\s)(?P<volume>\d{1,3})-(?P<issue>\d{1,2})"
    rf"(?=[\s,]+{pieces.YEAR}|\s?[:,.]\s?p*\.?\s?\d+-)"
)
_FOUR = lazy(rf"(?<!\d){pieces.YEAR}(?!\d)")


def _labelled(masked: str, begin: int, end: int) -> tuple[Numbers, str]:
    """What words tell of the figures, and the text without those."""
    text = list(masked)
    # 理学療法2006;23: the name and its figures are parted by no sign.
    text[max(0, begin - 1) : begin] = " " * min(1, begin)
    told = Numbers(start=begin, end=end)
    for name, pattern in _JAPANESE_WORDS.items():
        match = pattern.search(masked, begin, end)
        if match and match.groupdict().get("short") and not _may_be_year(match, begin, end):
            continue
        if match:
            _label(told, name, match)
            text[match.start() : match.end()] = " " * (match.end() - match.start())
    both = _VOLUME_AND_ISSUE.search(masked, begin, end)
    is_open = both is not None and "volume" not in told.found
    if both and is_open and re.search(r"\bpp?\.?\s?\d|頁|ページ", masked[both.end() : end]):
        for name in ("volume", "issue"):
            told.found[name] = (both[name], *both.span(name))
        text[both.start() : both.end()] = " " * (both.end() - both.start())
    return told, "".join(text)


def _may_be_year(match: re.Match[str], begin: int, end: int) -> bool:
    """Whether H22 is a year: no other one is printed, and the era is as long (H77 is a volume)."""
    if _FOUR.search(match.string, begin, end):
        return False
    last = {"S": 64, "昭": 64, "H": 31, "平": 31}.get(match["short"], 99)
    return match["count"] == "元" or int(match["count"]) <= last


def _label(numbers: Numbers, name: str, match: re.Match[str]) -> None:
    groups = match.groupdict()
    if name != "date":
        key = next(key for key in "uvwxyz" if groups.get(key))
        numbers.found[name] = (match[key], *match.span(key))
        return
    named = groups.get("era") or groups.get("short")
    if named:
        era = next(era for era in ERAS if era.startswith(INITIALS.get(named, named)))
        said = groups["n"] or groups["count"]
        count = ERAS[era] + (1 if said == "元" else int(said))
        numbers.found["year"] = (str(count), *match.span())
        _label_day(numbers, match, (("em", "month"), ("ed", "day")))
        return
    year = next(key for key in ("v", "iso", "bare") if groups.get(key))
    numbers.found["year"] = (match[year], *match.span(year))
    parts = (("m", "month"), ("d", "day"), ("im", "month"), ("id", "day"), ("bm", "month"))
    _label_day(numbers, match, parts)


def _label_day(numbers: Numbers, match: re.Match[str], parts: tuple[tuple[str, str], ...]) -> None:
    for key, part in parts:
        if match[key]:
            numbers.found[part] = (match[key], *match.span(key))


# ── an issue of a magazine, which is named before its figures and what stands in it ───────

_SEASON = "(?:新春|早春|新年|[春夏秋冬])季?"
_ISSUE = (
    rf"(?:(?P<y>{pieces.YEAR})年\s?(?:(?P<m>\d{{1,2}})(?:[・･/,-]\d{{1,2}})?月"
    rf"(?:\s?(?P<d>\d{{1,2}})(?:[・･/,-]\d{{1,2}})?日)?|{_SEASON})(?:合併|臨時|増刊|特大|特集|特別)*号"
    r"|第?\s?(?P<v>\d{1,3})巻\s?第?(?P<i>\d{1,3})号|(?:第|通巻|[Nn]o\.?\s?|[Vv]ol\.?\s?)?(?P<n>\d{1,5})\s?号"
    r"|(?:[Nn]o|[Vv]ol)\.?\s?(?P<no>\d{1,5})(?!\d))"
)
_MAGAZINE = lazy(
    r"\s*(?:『(?P<box>[^『』]{2,30})』|(?P<bare>[^\s「『』」.,:;()\d]{2,20}))"
    r"(?:\s?\((?P<house>[^()\d]{2,16})\))?[\s,]{0,2}"
)
_BEHIND_TITLE = lazy(
    r"\s*(?P<front>[^「『』:,.()]{6,60})\s(?P<word>[^\s「『』」.,:;()\d]{2,14})\s(?=\S+\s)"
)
_OF_ISSUE = lazy(rf"[\s,(]{{0,3}}{_ISSUE}\)?")
_IN_ISSUE = lazy(
    r"[\s,.]*(?:(?:巻頭|第\d|大)?(?:特集|特別企画|連載)\d?\s?:?)?\s?「(?P<title>[^「」]{3,}(?:「[^」]*」[^「」]*)*)」"
)
_BEHIND_ISSUE = lazy(
    rf"[\s,.(]*(?:(?:pp?\.?\s?)?(?P<page>\d+-\d+)(?:頁|ページ)?|pp?\.?\s?(?P<first>\d+)|(?P<only>\d+)(?:頁|ページ)"
    rf"|(?P<year>{pieces.YEAR})年?(?:\s?(?P<month>\d{{1,2}})月(?:\s?(?P<day>\d{{1,2}})日)?|\s?{_SEASON}(?!号))?"
    rf"(?:発売|発行|刊)?号?|(?P<house>[^\s\d,.:()「」『』]{{2,20}}))(?=[\s,.()]|\Z|(?<=」)|{pieces.YEAR})[\s,.)]*"
)
_KEYS = {
    "y": "year", "m": "month", "d": "day", "v": "volume", "i": "issue", "n": "issue", "no": "issue",
    "page": "page", "first": "page", "only": "page", "year": "year", "month": "month", "day": "day",
}  # fmt: skip


@dataclass(slots=True)
class Issue:
    """An issue of a magazine: where its name, its house and the title in it stand, and figures."""

    name: tuple[int, int]
    is_boxed: bool
    numbers: Numbers
    title: tuple[int, int] = (0, 0)
    house: tuple[int, int] = (0, 0)

    @property
    def is_plain(self) -> bool:
        """Whether brackets around its name, or a house, show that it is one."""
        return self.is_boxed or self.house[1] > 0


def of_magazine(masked: str) -> Issue | None:
    """The issue of a magazine, if it stands in front or behind a bare title; else none.

    ``『きょうの歩行』1021号「題名」北信出版、2021年2月``: all of it has to find its place.
    """
    fronts = (_MAGAZINE.match(masked), _BEHIND_TITLE.match(masked))
    front = next((one for one in fronts if one and _OF_ISSUE.match(masked, one.end())), None)
    if front is None:
        return None
    spans = {name: front.span(name) for name, said in front.groupdict().items() if said}
    name = next(spans[key] for key in ("box", "bare", "word") if key in spans)
    found = Issue(name, "box" in spans, Numbers(start=front.end(), end=len(masked)))
    found.title, found.house = spans.get("front", (0, 0)), spans.get("house", (0, 0))
    people = (
        None if found.is_boxed else japanese_names.within(masked, 0, spans.get("front", name)[1])
    )
    if people and any(map(japanese_names.is_known, people.names)):
        return None
    at = front.end()
    while figures := _OF_ISSUE.match(masked, at):
        _note(found.numbers, figures)
        at = figures.end()
    if "front" not in spans and (title := _IN_ISSUE.match(masked, at)):
        found.title, at = title.span("title"), title.end()
    while behind := _BEHIND_ISSUE.match(masked, at):
        if behind["house"]:
            if found.house[1] > 0 or not behind["house"].strip("号 "):
                return None
            found.house = behind.span("house")
        elif figures := _OF_ISSUE.match(masked, at):
            behind = figures
        _note(found.numbers, behind)
        at = behind.end()
    is_whole = not masked[at:].strip(" .,)")
    is_told = found.is_boxed or found.title[1] > 0 or "month" in found.numbers.found
    return found if is_whole and is_told else None


def _note(numbers: Numbers, match: re.Match[str]) -> None:
    """Take the figures; of two dates the first stands, and of a year alone what follows it."""
    groups = match.groupdict()
    is_dated = "month" in numbers.found
    for key, name in _KEYS.items():
        if groups.get(key) and not (is_dated and name in ("year", "month", "day")):
            numbers.found.setdefault(name, (match[key], *match.span(key)))


# ── entries of dictionaries ──

_DICTIONARY = (
    r"(?:(?:最新|新版|改訂|標準|図解|デジタル)\s)?[^\s「」『』.,:;()]{0,20}?(?:[辞事字]典|辞[泉林苑]|百科(?:全書)?|[Ww]ikipedia"
    r"|ウィキペディア|コトバンク|ニッポニカ|マイペディア)(?:日本語版)?(?:\s?\([^()「」]{2,14}\))?(?:\s小項目事典)?"
)
_ENTRY = lazy(
    rf"\s*(?:(?P<editor>[^「『.,:()]{{3,30}}?)編\s?)?(?:「(?P<title>[^「」]{{1,40}})」[\s,.]*)?(?:フリー百科事典\s?)?"
    rf"(?:『(?P<box>{_DICTIONARY})』|(?P<bare>{_DICTIONARY})(?=[\s,.「『第(]))"
)
_BESIDE_ENTRY = lazy(
    r"[\s,.(]*(?:「(?P<entry>[^「」]{1,40})」(?:\s?の項目?)?|『(?P<boxed>[^『』]{1,40})』(?:\s?の項目?)?"
    r"|(?P<edition>(?:改訂|増補)?(?:新版|第\s?[\d一二三四五六七八九十]{1,3}版)|改訂版)"
    r"|第\s?(?P<volume>[\d一二三四五六七八九十]{1,3})巻|(?P<sub>[上中下]巻)"
    r"|pp?\.?\s?(?P<page>\d+(?:-\d+)?)|(?P<on>\d+(?:-\d+)?)頁"
    rf"|(?P<day>{PLAIN_DATE})(?:\s?\([日月火水木金土]\)\s?\d\d:\d\d(?:\s?\(?UTC\)?)?\s*版?)?"
    r"|(?P<via>[^\s\d,.:;()「」『』]{2,12}より)|(?P<word>[^\s\d,.:;()「」『』]{2,20}))(?=[\s,.()「『]|\Z|第|(?<=[」』]))[\s,.)]*"
)
_SAID = {
    "box": "container-title", "bare": "container-title", "entry": "title", "boxed": "title",
    "sub": "volume", "on": "page", "day": "issued",
}  # fmt: skip


def entry(left: str) -> dict[str, tuple[int, int]]:
    """Where the fields of an entry of a dictionary stand, if they are all that is printed.

    ``国語大辞典　第2版「歩行」の項、北信館``; a person between the two wrote the entry.
    """
    front = _ENTRY.match(left)
    if front is None:
        return {}
    found = {_SAID.get(name, name): front.span(name) for name in front.groupdict() if front[name]}
    at = front.end()
    while behind := _BESIDE_ENTRY.match(left, at):
        span = behind.span(behind.lastgroup or 0)
        name = _SAID.get(behind.lastgroup or "", behind.lastgroup or "")
        if name == "word":
            is_writer = (
                left.startswith("「", behind.end())
                and japanese_names.within(left, *span) is not None
            )
            name = "author" if is_writer else "publisher"
        if name == "publisher" in found and _is_named(left, found[name], is_known=True):
            found["author"] = found.pop(name)
        if name in found:
            return {}
        found[name], at = span, behind.end()
    is_whole = "title" in found and not left[at:].strip(" .,)")
    return found if is_whole else {}


def _is_named(left: str, span: tuple[int, int], *, is_known: bool = False) -> bool:
    names = japanese_names.within(left, *span)
    return names is not None and (not is_known or all(map(japanese_names.is_known, names.names)))


def take_entry(marked: Marked) -> None:
    """Take an entry of a dictionary, and its imprint."""
    marked.known.append((0, len(marked.left)))
    found = entry(marked.left)
    found.pop("via", None)
    for name, span in found.items():
        names = japanese_names.within(marked.left, *span) if name in ("author", "editor") else None
        dated = re.compile(DATE).match(marked.left, *span) if name == "issued" else None
        if dated:
            marked.take(name, {"date-parts": [date_parts(dated)]}, span, 0.85)
        elif names:
            marked.take(name, [dict(one) for one in names.names], span, 0.8)
        else:
            marked.take_text(name, span, 0.85)


IN_ROW = {"judgment": japanese_rows.take_judgment, "entry": take_entry}
"""The kinds all of whose elements are taken as one row."""


def in_row(masked: str) -> str:
    """``judgment`` or ``entry``, if all of a reference has the form of one; else nothing."""
    if japanese_rows.JUDGMENT.match(masked):
        return "judgment"
    return "entry" if entry(masked) else ""
