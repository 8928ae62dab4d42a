"""What a reference says in words and signs of its own: dates, pages, editions, media.

Whatever is recognised without knowing the kind of reference is taken out of the text first, so that
names, titles and publishers are left.  Where something was taken stands ``CUT``, which parts
elements as a full stop does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from refpipe.items.printed.nouns import Part
from refpipe.items.printed.words import MONTHS

CUT = "\x01"
"""The sign that stands where something was taken out of the text."""
ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
"""The year before the first of each era."""

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?:1[4-9]|20)\d\d"
_ERA = rf"(?:(?P<era>{'|'.join(ERAS)})\s?(?P<n>元|\d{{1,2}}|[一二三四五六七八九十]{{1,3}}))"
DATE = (
    r"(?:"
    rf"(?:(?P<y>{_YEAR})(?:\s?[(]\s?(?:{'|'.join(ERAS)})\s?(?:元|\d{{1,2}})\s?年?\s?[)])?"
    rf"|{_ERA}(?:\s?年?\s?[(]\s?(?P<ye>{_YEAR})\s?年?\s?[)])?)\s?年"
    r"(?:\s?(?P<m>\d{1,2})\s?月(?:\s?(?P<d>\d{1,2})\s?日)?)?"
    rf"|(?P<yi>{_YEAR})(?P<s>[-/.])\s?(?P<mi>\d{{1,2}})(?:(?P=s)\s?(?P<di>\d{{1,2}}))?(?!\d|\s?(?:pp?|v|vol)\b)"
    rf"|(?P<dl>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<ml>{_MONTH})\b\.?,?\s(?P<yl>{_YEAR})"
    rf"|(?P<mr>{_MONTH})\b\.?\s(?:(?P<dr>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?(?:-\d{{1,2}})?,?\s)?(?P<yr>{_YEAR})"
    rf"|(?P<yv>{_YEAR}),?\s(?P<mv>{_MONTH})\b\.?(?:\s(?P<dv>\d{{1,2}})(?:-\d{{1,2}})?(?!\d))?"
    rf"|(?P<yo>{_YEAR})[a-z]?(?!\d)"
    r")"
)
"""A date in any of the ways people print it, from the year alone to the day."""
PLAIN_DATE = re.sub(r"\(\?P<\w+>", "(?:", DATE.replace("(?P=s)", "[-/.]"))
"""The same without names for its parts, for use within other patterns."""
_KEYS = ("y", "ye", "yi", "yl", "yr", "yv", "yo")
_MONTHS = ("m", "mi", "ml", "mr", "mv")
_DAYS = ("d", "di", "dl", "dr", "dv")


def date_parts(match: re.Match[str]) -> list[int]:
    """Year, month and day of a match of ``DATE``; what cannot be a month or day is left out."""
    groups = match.groupdict()
    year = next((int(groups[key]) for key in _KEYS if groups.get(key)), 0)
    if not year:
        year = ERAS[groups["era"]] + _count(groups["n"])
    month = next((groups[key] for key in _MONTHS if groups.get(key)), "")
    day = next((groups[key] for key in _DAYS if groups.get(key)), "")
    parts = [year]
    number = int(month) if month.isdigit() else MONTHS.get(month.lower(), 0)
    if 1 <= number <= 12:
        parts.append(number)
        if day and 1 <= int(day) <= 31:
            parts.append(int(day))
    return parts


def _count(text: str) -> int:
    """The year of an era: 元, figures, or figures written out (四十七)."""
    if text == "元":
        return 1
    if text.isdigit():
        return int(text)
    digits = "一二三四五六七八九"
    tens, _, ones = text.partition("十") if "十" in text else ("", "", text)
    ten = (digits.find(tens) + 1 if tens else 1) if "十" in text else 0
    return ten * 10 + (digits.find(ones) + 1 if ones else 0)


@dataclass(slots=True, kw_only=True)
class Marked:
    """The text as far as it is not yet understood, and what was understood."""

    text: str
    """As printed, for values."""
    left: str
    """For patterns: the same length, with ``CUT`` and blanks where something was taken."""
    parts: list[Part] = field(default_factory=list)
    kind: str = ""
    """The kind of work, where a mark tells it without doubt."""
    custom: dict[str, object] = field(default_factory=dict)
    known: list[tuple[int, int]] = field(default_factory=list)
    """Stretches that were understood and fill no field of CSL."""
    sealed: int = -1
    """Where the publisher ends, since a semicolon and the year follow; -1 if nowhere."""
    later: tuple[str, list[int], int, int] | None = None
    """The day of the last change, and where it stands; the date of a page that tells no other."""

    def has(self, name: str) -> bool:
        """Whether a field was found already."""
        return any(part.name == name for part in self.parts)

    def cut(self, start: int, end: int) -> None:
        """Take a stretch out of the text that is left."""
        self.left = self.left[:start] + CUT + " " * (end - start - 1) + self.left[end:]

    def take(
        self, name: str, value: object, span: tuple[int, int], confidence: float,
        *, around: tuple[int, int] | None = None,
    ) -> None:  # fmt: skip
        """Make a field of a stretch, and cut it out with the signs around it."""
        if not self.has(name):
            start, end = span
            self.parts.append(
                Part(name=name, value=value, start=start, end=end, confidence=confidence)
            )
        self.cut(*(around or span))

    def take_text(self, name: str, span: tuple[int, int], confidence: float) -> bool:
        """Make a field of the text that stands in a stretch, without the signs around it."""
        start, end = trimmed(self.left, *span)
        if CUT in self.left[start:end]:
            # What was understood in the middle parts what is left; the front part is the field.
            start, end = trimmed(self.left, start, self.left.index(CUT, start))
        value = self.text[start:end].strip()
        if not value:
            return False
        self.take(name, value, (start, end), confidence)
        return True


def trimmed(left: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without separating signs at its ends and without brackets that have no partner."""
    while True:
        before = (start, end)
        while start < end and left[start] in " .,;:|/)]」』”" + CUT:
            start += 1
        while end > start and left[end - 1] in " ,;:|/([「『“" + CUT:
            end -= 1
        if end > start and left[end - 1] == "." and not _ends_abbreviated(left[start:end]):
            end -= 1
        inner = left[start:end]
        if inner.endswith(")") and inner.count(")") > inner.count("("):
            end -= 1
        if inner.startswith("(") and inner.count("(") > inner.count(")"):
            start += 1
        if re.fullmatch(r"\([^()]+\)", inner):
            start, end = start + 1, end - 1
        if (start, end) == before:
            return start, end


def _ends_abbreviated(text: str) -> bool:
    """Whether the full stop at the end belongs to the last word ("F.A. Davis Co.", "U.S.")."""
    return bool(re.search(r"(?:\b(?:Co|Inc|Ltd|Corp|Jr|Sr)|\.[A-Z]|\b[A-Z])\.$", text))


# ── dates that say what they are ───────────────────────────────────────────────────────────

_DATED = re.compile(r"(?<!\d)(?<!\d\.(?=\d))" + DATE, re.IGNORECASE)
_WORDS = {
    "updated": (
        r"(?:最終)?(?:更新|改訂|改定|改正)(?:日|年月)?"
        r"|(?:last\s|page\slast\s)?(?:updated|modified|revised)(?:\son)?"
    ),
    "reviewed": (
        r"(?:page\s|content\s|medically\s)?(?:last\s)?(?:medically\s)?reviewed(?:\son)?|監修日"
    ),
    "published": (
        r"(?:公開|発行|掲載|作成|発表|公表|出版|配信|投稿|制定|施行)(?:日|年月)?"
        r"|(?:preprint\s)?(?:first\s)?(?:published|posted|issued|created"
        r"|uploaded)(?:\s(?:on|online))?"
    ),
    "next": r"next\sreview(?:\sdue)?|次回改訂",
    "first": r"(?:初版|初出|原著|原書)(?:発行)?",
}
_BEFORE = re.compile(
    r"[(\[]?\s*(?<![^\W\d_a-z])\b(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _WORDS.items())
    + r")\s*[:,]?\s*$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\s*に?(?:(?P<updated>(?:最終)?(?:更新|改訂|改定|改正)(?!\s?(?:第|新|\d)?\s?\d*\s?版))"
    r"|(?P<published>放送|公開|発行|掲載|作成|発表|公表|配信|投稿|施行|制定|刊(?!行物)"
    r"|付け?(?=\s*(?:$|[)朝夕,.\s])))"
    r"|(?P<first>初版|初出|原著))(?:日|版|予定)?\s*[)\]]?"
)
_ORIGINAL = re.compile(
    r"[(\[]\s*(?:original(?:ly)?\s(?:work\s)?published(?:\sin)?|first\spublished(?:\sin)?"
    r"|原著)\s*:?"
    rf"\s*(?P<y>{_YEAR})年?\s*[)\]]",
    re.IGNORECASE,
)


def take_labelled_dates(marked: Marked) -> None:
    """Take the dates that say what they are: published, updated, reviewed, of the first edition."""
    for match in _ORIGINAL.finditer(marked.left):
        marked.take("original-date", {"date-parts": [[int(match["y"])]]}, match.span(), 0.9)
    found: dict[str, tuple[list[int], int, int]] = {}
    for match in list(_FIGURES.finditer(marked.left)):
        label = _BEFORE.search(marked.left, max(0, match.start() - 40), match.start())
        if label and label.lastgroup:
            parts = _of_figures(*map(int, match.groups()))
            found[label.lastgroup] = (parts, label.start(), match.end())
            marked.cut(label.start(), match.end())
    for match in list(_DATED.finditer(marked.left)):
        label = _BEFORE.search(marked.left, max(0, match.start() - 40), match.start())
        if label and match["yo"] and not label[0].isascii() and label[0][-1] not in ": ":
            # 〔改訂2023〕 is part of a name; a day that is told has its 年.
            continue
        start, end, name = match.start(), match.end(), label.lastgroup if label else None
        if label:
            start = label.start()
        else:
            label = _BEHIND.match(marked.left, match.end())
            name = label.lastgroup if label else None
            end = label.end() if label else end
        if name:
            found.setdefault(name, (date_parts(match), start, end))
            marked.cut(start, end)
    _tell(marked, found)


_FIGURES = re.compile(rf"(?<!\d)(\d{{1,2}})[/.](\d{{1,2}})[/.]({_YEAR})(?!\d)")


def _of_figures(first: int, second: int, year: int) -> list[int]:
    """A day in figures: month and day only where it is plain which is which."""
    if first > 12 >= second:
        return [year, second, first]
    if second > 12 >= first:
        return [year, first, second]
    return [year, first, second] if first == second else [year]


def _tell(marked: Marked, found: dict[str, tuple[list[int], int, int]]) -> None:
    """The date of publication, or what comes next to it; the others are kept beside it."""
    issued = "published" if "published" in found else ""
    later = next((name for name in ("updated", "reviewed") if name in found), "")
    if later:
        marked.later = (later, *found[later])
    for name, (parts, start, end) in found.items():
        value = {"date-parts": [parts]}
        if name == issued:
            marked.parts.append(
                Part(name="issued", value=value, start=start, end=end, confidence=0.85)
            )
        elif name == "first":
            marked.parts.append(
                Part(name="original-date", value=value, start=start, end=end, confidence=0.8)
            )
        else:
            marked.custom[name] = value
            marked.known.append((start, end))


def settle_dates(marked: Marked) -> None:
    """Take the day of the last change for the date, where a page tells no other."""
    if marked.later and not marked.has("issued"):
        name, parts, start, end = marked.later
        marked.custom.pop(name, None)
        value = {"date-parts": [parts]}
        marked.parts.append(Part(name="issued", value=value, start=start, end=end, confidence=0.8))


def drop_repeated_year(marked: Marked, *, floor: int = 0) -> None:
    """Cut a second year behind the publisher, where the date was printed before."""
    for match in list(
        re.compile(rf"(?<=;)\s*{PLAIN_DATE}(?=\s*[.{CUT}\[(:]|\s*$)").finditer(marked.left, floor)
    ):
        marked.cut(*match.span())


def last_date(marked: Marked, *, floor: int = 0, is_whole: bool = False) -> bool:
    """Take the last date that stands for itself, between signs, at or behind ``floor``.

    ``is_whole`` says that the work is no part of another, so that the last sentence, where a comma
    and the year end it, is the imprint: ``Title. Place, House, 2005.``
    """
    found = [
        match for match in _DATED.finditer(marked.left, floor)
        if _stands_alone(marked.left, match.start(), match.end())
        and not _is_within_quotes(marked.left, match.start())
    ]  # fmt: skip
    if not found:
        return False
    # A year behind the publisher's semicolon is the book's; one in square brackets is a note.
    behind = [match for match in found if marked.left[: match.start()].rstrip().endswith(";")]
    if not behind and is_whole:
        behind = [match for match in found if _ends_imprint(marked.left, match, floor)]
    plain = [match for match in found if marked.left[match.start() - 1 : match.start()] != "["]
    match = (behind or plain or found)[-1]
    if behind:
        marked.sealed = len(marked.left[: match.start()].rstrip(" ;,"))
    marked.take("issued", {"date-parts": [date_parts(match)]}, match.span(), 0.9)
    return True


_IMPRINT_BEHIND = re.compile(rf"\.?\s*(?:$|{CUT}|\(|,\s)")


def _ends_imprint(left: str, dated: re.Match[str], floor: int) -> bool:
    """Whether a year ends, behind a comma, a sentence that follows the title's."""
    before = left[floor : dated.start()]
    stops = re.findall(
        rf"(?<=[^\W_]{{2}})[.?!][”\"]?\s(?=\S)|(?<=[a-z)\]]){CUT}\s*\.?\s*(?=\w)", before
    )
    return (
        before.rstrip().endswith(",")
        and len(stops) >= 1
        and _IMPRINT_BEHIND.match(left, dated.end()) is not None
    )


def _is_within_quotes(left: str, position: int) -> bool:
    """Whether a place lies within Japanese quotation marks, and so within a title."""
    return any(
        left.rfind(opener, 0, position) > left.rfind(closer, 0, position)
        and left.find(closer, position) >= 0
        for opener, closer in ("「」", "『』")
    )


def drop_dates_in_brackets(marked: Marked, *, floor: int = 0) -> None:
    """Take away a date in square brackets that is left: the day of a printing, or of reading."""
    for match in list(
        re.compile(rf"\[\s*{PLAIN_DATE}\s*\]", re.IGNORECASE).finditer(marked.left, floor)
    ):
        if marked.has("issued"):
            marked.cut(*match.span())


_PLACE_BEHIND = re.compile(r"(?:東京|大阪|京都|名古屋|福岡|札幌|仙台|横浜|神戸|広島)(?!\w)")


def _stands_alone(left: str, start: int, end: int) -> bool:
    """Whether nothing but signs stands beside a date, so that it is no part of a name."""
    before, after = left[:start].rstrip(" "), left[end:].lstrip(" ")
    is_open = not before or before[-1] in ".,:;([)]」』”’/|?!" + CUT or left[start - 1] == "\u3000"
    is_year = left[start:end].endswith(("年", "日", "月"))
    is_glued = bool(before) and start > 0 and left[start - 1] != " " and is_year
    is_spaced = start > 0 and left[start - 1] == " "
    if re.search(r"[A-Za-z]/$", left[:start]) and not is_year:
        return False
    is_closed = (
        left[end - 1] == "."
        or left.startswith("    ", end)
        or (_PLACE_BEHIND.match(after) is not None or not after or after[0] in ".,:;)]」』([" + CUT)
    )
    return is_closed and (is_open or is_glued or is_spaced)


# ── editions and pages ─────────────────────────────────────────────────────────────────────

_ORDINAL = (
    r"(?:\d{1,2}\s?(?:st|nd|rd|th)|[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Ss]ixth|[Ss]eventh"
    r"|[Ee]ighth|[Nn]inth|[Tt]enth|[Rr]ev(?:ised)?\.?|[Nn]ew|[Ii]nternational"
    r"|[Ii]llustrated|[Uu]pdated)"
)
_EDITION = re.compile(
    r"[(\[]?\s?(?P<ja>(?:改訂|増補|新訂|全訂|補訂|原著|原書|日本語版|新装"
    r"|縮刷)*第\s?\d{1,2}(?:\.\d)?\s?版(?:補訂|増補|改訂|増補改訂)?(?!本)"
    r"|(?:改訂|増補|新訂|全訂|補訂)\s?(?:第\s?)?\d{1,2}\s?版|(?:増補|新装|普及"
    r"|縮刷)?改訂新?版|増補版|新装版|新版|初版(?:第\s?\d+\s?刷)?"
    r"|(?<![\d年第])\d{1,2}版(?![^\s\W])|\b[Vv]er\.?\s?\d(?:\.\d)?(?!\d))\s?[)\]]?"
    rf"|\b(?P<en>{_ORDINAL}(?:\s(?:[a-z]{{3,14}}|English|American|International"
    rf"|ed\.?))?\s?(?:[Ee]d(?:ition|n)?\b|éd(?:ition)?\b|Aufl(?:age)?\b)\.?)"
    r"|\b[Ee]d(?:n|ition)?\.?\s(?P<of>\d{1,2})(?=\s*[.,;:)])"
    r"|\b(?P<no>\d{1,2})(?:\.|[aªeº])?\s(?:Aufl(?:age)?|[éÉ]d(?:ition|ición|ição)?|[Ee]d(?:n|ition|izione)?"
    r"|izd|изд|vyd|wyd|kiad|utg|uppl|udg|opl|druk)\b\.?(?:,\s(?:[a-zа-я]{1,6}\.?\s?){1,5}(?=\s[A-ZА-Я]))?",
)
_ORDINAL_WORDS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
_WORD_NUMBERS = {word: str(number) for number, word in enumerate(_ORDINAL_WORDS, 1)}


def take_edition(marked: Marked, *, floor: int = 0) -> None:
    """Take the edition, in brackets or not; a number alone is given as figures."""
    match = _EDITION.search(marked.left, floor)
    if match is None:
        return
    name = match.lastgroup or ""
    value = marked.text[slice(*match.span(name))]
    if name == "en":
        first = re.match(r"\d+|[A-Za-z]+", value)
        number = first[0] if first else value
        number = _WORD_NUMBERS.get(number.lower(), number)
        value = number if number.isdigit() and "rev" not in value.lower() else value.strip(" .")
    marked.take("edition", value, match.span(name), 0.9, around=match.span())


_PAGE = r"[A-Za-z]{0,3}\d+(?:\s?-+\s?[A-Za-z]{0,3}\d+)?"
_PAGES = re.compile(
    rf"(?<![^\W\d_])(?:[Pp]{{1,2}}|[Pp]ages?|[Pp]gs?)\.?\s?(?P<p>(?:{_PAGE}"
    rf"|[ivxlc]+-[ivxlc]+|(?<=\.\s)[ivxl]{{1,6}}(?=\s*(?:[.,;]|$)))(?:,\s?(?!(?:19|20)\d\d(?!\d)){_PAGE})*)(?![A-Za-z0-9])"
    rf"|(?:第\s?)?(?<![A-Za-z0-9])(?P<j>{_PAGE})\s?(?:頁|ページ|面)(?!的)|(?:頁"
    rf"|ページ)\s?(?P<q>{_PAGE})"
    rf"|(?<=[\d{CUT} 年月日]:)\s?(?P<c>[A-Z]?\d+(?:-+\d+)?|[ivxlc]{{1,7}}(?:-[ivxlc]{{1,7}})?)"
    rf"(?=\s*[.{CUT}]|\s*$)"
)
_TOTAL = re.compile(
    r"(?:全|総)\s?(?P<t>\d{2,4})\s?(?:頁|ページ)|(?<![\w-])(?P<u>\d{2,4})\s?p(?:p|ages)?\b\.?"
)


def take_pages(marked: Marked, *, floor: int = 0) -> None:
    """Take the pages that their label names, and how many pages a book has."""
    total = _TOTAL.search(marked.left, floor)
    if total:
        marked.take("number-of-pages", total["t"] or total["u"], total.span(), 0.85)
    found = list(_PAGES.finditer(marked.left, floor))
    if found:
        match = found[-1]
        name = match.lastgroup or ""
        value = re.sub(r"\s+", "", marked.text[slice(*match.span(name))])
        marked.take("page", value, match.span(name), 0.93, around=match.span())


_VOLUME = re.compile(
    r"[(,.]?\s?\b(?:[Vv]ol(?:ume|s)?\.?|v\.(?=\s\d)|[Bb]d\.?|[Tt]ome?\.?)\s?(?P<v>\d{1,4}"
    r"|[IVX]{1,6})\b(?!\sof|\s\([A-Z])\s?[)]?|第\s?(?P<k>\d{1,3})\s?巻"
    r"|(?P<u>[上中下]巻)"
)


_IN_SERIES = re.compile(
    r",\s[Vv]ol(?:ume|\.)\s(?P<v>\d{1,4})\sof\s(?P<series>[A-Z][^,.]{3,60})(?=[,.])"
)


def take_volume(marked: Marked, *, floor: int = 0) -> None:
    """Take the volume of a work in several."""
    series = _IN_SERIES.search(marked.left, floor)
    if series:
        marked.take("volume", series["v"], series.span("v"), 0.85)
        marked.take_text("collection-title", series.span("series"), 0.75)
        marked.cut(*series.span())
    found = _VOLUME.finditer(marked.left, floor)
    match = next((one for one in found if not _is_within_quotes(marked.left, one.start())), None)
    if match and not series:
        name = match.lastgroup or ""
        closes = match[0].lstrip(" ,.").startswith("(") and match[0].endswith(")")
        end = match.end() if closes or not match[0].endswith(")") else match.end() - 1
        start = match.start() + (0 if closes or match[0][0] != "(" else 1)
        marked.take("volume", match[name], match.span(name), 0.85, around=(start, end))


def take_bare_pages(marked: Marked, *, floor: int = 0) -> None:
    """Take a range that stands alone between signs, where nothing named the pages."""
    if marked.has("page"):
        return
    last = re.compile(rf"{CUT}\s*[,.]\s*(?P<p>\d{{1,4}})\s*[.]?\s*$").search(marked.left, floor)
    if last and marked.has("issued"):
        # A figure behind the date can be nothing but a page, though no word says so.
        marked.take("page", last["p"], last.span("p"), 0.65)
        return
    match = re.compile(
        rf"(?<=[.,;:(){CUT} ])\s?(?P<p>\d+\s?-+\s?\d+)(?=\s*(?:[.,;){CUT}(:]|$))"
    ).search(marked.left, floor)
    if match and not _YEARS.fullmatch(match["p"]):
        value = re.sub(r"\s+", "", marked.text[slice(*match.span("p"))])
        marked.take("page", value, match.span("p"), 0.8)


_YEARS = re.compile(r"(?:1[5-9]|20)\d\d\s?-+\s?(?:1[5-9]|20)\d\d")
"""A span of years, as in a title: 1950--2016."""


# ── what brackets say of the medium ────────────────────────────────────────────────────────

_MEDIA = re.compile(
    r"[(\[]\s*(?:(?P<thesis>[^()\[\]]{0,40}?(?:dissertation|thesis|diss\.|博士論文"
    r"|修士論文|学位論文|卒業論文)[^()\[\]]{0,60})"
    r"|(?P<motion_picture>(?:online\s)?video(?:\sfile|recording|cast)?|動画|映像"
    r"|motion picture|film|dvd|ビデオ)"
    r"|(?P<dataset>data\s?set|database|データセット|データベース)"
    r"|(?P<label>package insert|product (?:label|monograph|information)"
    r"|(?:full\s)?prescribing information|drug label|添付文書|電子添文)"
    r"|(?P<conference>(?:paper|poster|oral|conference|abstract)\s(?:presentation"
    r"|session|paper)|poster|conference abstract|口頭発表|ポスター(?:発表)?)"
    r"|(?P<preprint>preprint|プレプリント|査読前論文)"
    r"|(?P<other>internet|online|インターネット|オンライン|web\s?page|website|pdf|pdf file"
    r"|web\s?site|ウェブサイト|fact sheet|e-?book|電子書籍|press release))\s*[)\]]",
    re.IGNORECASE,
)


_GENRE = re.compile(
    r"(?<=[.,]\s)(?P<genre>[Ff]act\s?[Ss]heets?(?:\s[Nn]o\.?\s?\d+)?|[Pp]ress [Rr]elease"
    r"|[Nn]ews [Rr]elease"
    r"|[Pp]atient (?:[Ii]nformation|[Ll]eaflet)|[Bb]log(?: post)?|[Pp]odcast)(?=\s*[.,;:\x01]|\s*$)"
)


def take_genre(marked: Marked, floor: int) -> None:
    """What a page calls itself behind its title: a fact sheet, a press release."""
    match = _GENRE.search(marked.left, floor)
    if match:
        marked.take("genre", match["genre"], match.span(), 0.8)


def take_media(marked: Marked) -> str:
    """The kind of work that a bracket names ("[dissertation]", "[動画]"); it is cut out."""
    kind = ""
    for match in list(_MEDIA.finditer(marked.left)):
        name = match.lastgroup or ""
        if name == "thesis":
            return "thesis"
        word = marked.text[slice(*match.span())].strip("()[]（）［］ ")
        field = "genre" if name in ("label", "conference", "preprint") else "medium"
        at = (match.start() + 1, match.end() - 1)
        marked.take(field, word, at, 0.8, around=match.span())
        kind = kind or ("" if name == "other" else name)
    return kind
