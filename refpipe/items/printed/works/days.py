"""Days in a printed reference, in any form, and what they say they are.

Published, updated, reviewed, of the first edition, or the last one between two signs: the date of
the work.
"""

from __future__ import annotations

import re
from calendar import monthrange

from refpipe.items.printed.nouns import Part
from refpipe.items.printed.words import ERAS, INITIALS, MONTHS, SHORT_MONTHS
from refpipe.items.printed.works.marks import CUT, Marked, is_within_quotes
from refpipe.lifetimes import lazy
from refpipe.normalise import places

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?:1[4-9]|20)\d\d"
_ONES = "[一二三四五六七八九]"
_WRITTEN = rf"(?:{_ONES}?十{_ONES}?|〇?{_ONES}(?:{_ONES}|〇){{0,2}})"
"""A figure that is written out: 二十五, or 二五."""
_SHORT = rf"\d{{1,2}}|{_WRITTEN}"
_ERA = rf"(?:(?P<era>{'|'.join(ERAS)})\s?(?P<n>元|{_SHORT}))"
DATE = (
    r"(?:"
    rf"(?:(?P<y>{_YEAR})(?:\s?[(]\s?(?:{'|'.join(ERAS)})\s?(?:元|\d{{1,2}})(?:\s?年)?\s?[)])?"
    rf"|{_ERA}(?:(?:\s?年)?\s?[(]\s?(?P<ye>{_YEAR})(?:\s?年)?\s?[)])?)\s?年"
    rf"(?:\s?(?P<m>{_SHORT})\s?月(?:\s?(?P<d>{_SHORT})\s?日)?)?"
    rf"|(?P<es>{'|'.join(ERAS)}|[明大昭平令]|(?<![^\W_])[HRS])\s?(?P<ne>元|{_SHORT})\s?(?P<se>[・./-])\s?(?P<me>{_SHORT})"
    rf"(?P=se)\s?(?P<de>{_SHORT})(?!\d)"
    rf"|(?P<yi>{_YEAR})(?P<s>[-/.])\s?(?P<mi>\d{{1,2}})(?:(?P=s)\s?(?P<di>\d{{1,2}}))?(?!\d|-\d|\(\d|\s?(?:pp?|v|vol)\b)"
    rf"|(?P<dl>\d{{1,2}})(?:st|nd|rd|th|er|[.º])?[\s-](?:de\s)?(?P<ml>{_MONTH})\b\.?,?[\s-](?:del?\s)?(?P<yl>{_YEAR})"
    rf"|(?<![^\W\d_])(?P<mr>{_MONTH})\b[.,]?\s(?:(?P<dr>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?(?:-\d{{1,2}})?,?\s)?(?P<yr>{_YEAR})"
    rf"|(?P<yv>{_YEAR}),?\s(?:(?P<dw>\d{{1,2}})\.?\s(?:de\s)?(?=(?:{_MONTH})\b\.?[)\]]))?(?P<mv>{_MONTH})\b\.?(?:\s(?P<dv>\d{{1,2}})(?:-\d{{1,2}})?(?!\d))?"
    rf"|(?P<yo>{_YEAR})[a-z]?(?!\d)"
    r")"
)
"""A date in any of the ways people print it, from the year alone to the day."""
PLAIN_DATE = re.sub(
    r"\(\?P<\w+>", "(?:", DATE.replace("(?P=s)", "[-/.]").replace("(?P=se)", "[・./-]")
)
"""The same without names for its parts, for use within other patterns."""
_KEYS = ("y", "ye", "yi", "yl", "yr", "yv", "yo")
_MONTHS = ("m", "mi", "ml", "mr", "mv", "me")
_DAYS = ("d", "di", "dl", "dr", "dv", "dw", "de")


def date_parts(match: re.Match[str]) -> list[int]:
    """Year, month and day of a match of ``DATE``; what cannot be a month or day is left out."""
    groups = match.groupdict()
    year = next((int(groups[key]) for key in _KEYS if groups.get(key)), 0)
    if not year:
        year = _before_era(groups["era"] or groups["es"]) + _count(groups["n"] or groups["ne"])
    month = next((groups[key] for key in _MONTHS if groups.get(key)), "")
    day = next((groups[key] for key in _DAYS if groups.get(key)), "")
    number, last = MONTHS.get(month.lower()) or _count(month), _count(day)
    if not is_day(year, number):
        return [year]
    return [year, number, last] if is_day(year, number, last) else [year, number]


def _before_era(said: str) -> int:
    """The year before an era's first, which is told by its name, its first sign or a letter."""
    name = INITIALS.get(said.upper(), said)
    return next(year for era, year in ERAS.items() if era.startswith(name))


def _count(text: str) -> int:
    """The year of an era: 元, figures, or figures written out (四十七, 四七)."""
    return 1 if text == "元" else int(text) if text.isdigit() else places.from_kanji(text)


_DATED = lazy(r"(?<!\d)(?<!\d\.(?=\d))" + DATE, re.IGNORECASE)
_OF_PAGE = r"(?:(?:date|page|content|document|preprint|medically|first|last)\s(?:was\s)?){0,3}"
_ON = r"(?:\s(?:date|online|on|in|at))*"
WORDS = {
    "updated": (
        r"(?:最終)?(?:更新|改訂|改定|改正)(?:[・/](?:確認|査読))?(?:年?月?日?)時?"
        rf"|{_OF_PAGE}(?:updated|modified|revised|rev\.|amended){_ON}|last\supdate"
        r"|(?:date\sof\s)(?:last\s)?(?:update|modification|revision)|(?:update|revision)\sdate"
    ),
    "reviewed": (
        rf"{_OF_PAGE}(?:medically\s)?reviewed{_ON}|監修日|(?:最終)?査読(?:[・/](?:改訂|更新))?年?月?日?"
    ),
    "published": (
        r"(?:公開|発行|掲載|作成|発表|公表|出版|配信|投稿|制定|施行)(?:日|年月)?"
        rf"|{_OF_PAGE}(?:published|posted|issued|created|uploaded|released){_ON}"
        r"|date\sof\s(?:publication|issue|release)|(?:publication|release|issue)\sdate"
    ),
    "next": (
        r"(?:date\sof\s)?(?:next\sreview|review\s(?:date|due|by))(?:\s(?:date|due|by|on))?|次回改訂"
    ),
    "first": r"(?:初版|初出|原著|原書)(?:発行)?",
}
"""What is said before a date of what happened on it."""
_BEFORE = lazy(
    r"[(\[]?\s*(?<![^\W\d_a-z])\b(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in WORDS.items())
    + r")\s*[:,]?\s*$",
    re.IGNORECASE,
)
_BEHIND = lazy(
    r"\s*に?(?:(?P<updated>(?:最終|一部)?(?:更新|改訂|改定|改正)(?!(?:第|新|\d)?\s?\d*\s?版))"
    r"|(?P<published>放送|公開|発行|掲載|作成|発表|公表|配信|投稿|施行|制定|策定|提出|刊(?!行物)"
    r"|付け?(?=\s*(?:$|[)朝夕,.\s]))|(?<=月)版(?=\s*[)\]]))"
    r"|(?P<first>初版|初出|原著))(?:日|版|予定)?\s*[)\]]?"
)
_ORIGINAL = lazy(
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
            second, year = int(match[3]), int(match[4])
            parts = [year, second] if is_day(year, second) else [year]  # 10/2020
            if match[1]:
                parts = day_of_figures(int(match[1]), second, year, is_day_first=match[2] == ".")
            found[label.lastgroup] = (parts, label.start(), match.end())
            marked.cut(label.start(), match.end())
    for match in list(_DATED.finditer(marked.left)):
        label = _BEFORE.search(marked.left, max(0, match.start() - 40), match.start())
        is_bare = label is not None and match["yo"] and label.lastgroup != "first"
        if label and is_bare and not label[0].isascii() and label[0][-1] not in ": ":
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


_FIGURES = lazy(rf"(?<![\d/.-])(?:(\d{{1,2}})([/.-]))?(\d{{1,2}})[/.-]({_YEAR})(?!\d)")


def _tell(marked: Marked, found: dict[str, tuple[list[int], int, int]]) -> None:
    """The date of publication, or what comes next to it; the others are kept beside it."""
    later = next((name for name in ("updated", "reviewed") if name in found), "")
    if later:
        marked.later = (later, *found[later])
    for name, (parts, start, end) in found.items():
        value = {"date-parts": [parts]}
        if name == "published":
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


_NAMED_YEAR = lazy(
    rf"(?:^|(?<=[.,:「『{CUT}]))\s*(?P<y>(?:19|20)\d\d年度?(?:改訂|改定)?版)(?=\s?[^\W\d_])"
)


def keep_named_year(marked: Marked) -> None:
    """A year that a title begins with is neither its date nor its edition: 2020年改訂版 ….

    For the patterns letters stand there instead, of which no name is made.
    """
    named = _NAMED_YEAR.search(marked.left)
    if named:
        start, end = named.span("y")
        marked.left = marked.left[:start] + "の" * (end - start) + marked.left[end:]


def date_of_title(marked: Marked) -> None:
    """The year of an edition, or that ends the name of a guideline, where no other is printed."""
    for name, pattern in _YEARS_WITHIN.items():
        part = next((part for part in marked.parts if part.name == name), None)
        dated = pattern.search(str(part.value)) if part else None
        if part and dated and not marked.has("issued"):
            value = {"date-parts": [date_parts(dated)]}
            marked.parts.append(
                Part(name="issued", value=value, start=part.end, end=part.end, confidence=0.7)
            )


_YEARS_WITHIN = {
    "edition": re.compile(f"^{DATE}"),
    "title": re.compile(
        rf"(?:(?<=ガイドライン)\s?(?=[\d年版]+$)|[(（](?=\d{{4}}年?(?:改[訂定])?版[)）]$)|^(?=\d{{4}}年度?(?:改訂|改定)?版\s)){DATE}"
    ),
}


def settle_dates(marked: Marked) -> None:
    """Take the day of the last change for the date, where a page tells no other."""
    if marked.later and not marked.has("issued"):
        name, parts, start, end = marked.later
        marked.custom.pop(name, None)
        value = {"date-parts": [parts]}
        marked.parts.append(Part(name="issued", value=value, start=start, end=end, confidence=0.8))


_YEAR_AGAIN = lazy(r"(?<=[a-z])[,.]\s(\d+)(?=\.\s(?![A-Z][^.:]{2,40}:\s[A-Z])|[.\s]*$)")
"""Before a town and its house a year ends the title: Statistics, 2023. London: HSE."""
_DATE_BEHIND = lazy(rf"(?<=;)\s*{PLAIN_DATE}(?=\s*[.{CUT}\[(:]|\s*$)")


def drop_repeated_year(marked: Marked, *, floor: int = 0) -> None:
    """Cut what tells no new date: a year behind the house, the same behind a title's comma."""
    issued = next((part.value for part in marked.parts if part.name == "issued"), None)
    year = issued["date-parts"][0][0] if isinstance(issued, dict) else 0
    for again in list(_YEAR_AGAIN.finditer(marked.left, floor)):
        if again[1] == str(year):
            marked.cut(*again.span())
    for match in list(_DATE_BEHIND.finditer(marked.left, floor)):
        marked.cut(*match.span())


def drop_others(marked: Marked, *, floor: int) -> None:
    """A second date, of a printing or of the day of writing, is nobody's title."""
    if marked.has("issued"):
        for match in list(_OTHER.finditer(marked.left, floor)):
            if not _is_in_name(marked.left, match, floor):
                marked.cut(*match.span())


_OTHER = lazy(rf"(?<=[(,.{CUT}])\s*{PLAIN_DATE}\s*(?=[),.;{CUT}]|$)")


def take_date_of_part(marked: Marked, *, floor: int = 0) -> None:
    """``Title. 2023 Dec 11. In: StatPearls``: the date of the part, not that of the whole."""
    dated = re.compile(rf"(?<=[.?!]\s){DATE}(?=\s?[.{CUT}][\s.{CUT}\]]*In:?\s)", re.IGNORECASE)
    match = dated.search(marked.left, floor)
    if match and not marked.has("issued"):
        marked.take("issued", {"date-parts": [date_parts(match)]}, match.span(), 0.9)


def take_open_date(marked: Marked, *, floor: int = 0) -> None:
    """The span of a book that is still written: ``StatPearls Publishing; 2024 Jan-``.

    It ends the publisher. Its first day is the date, not for sure, where no other one is printed or
    one of another year, which is that of a change.
    """
    spans = re.compile(
        rf"(?<=;)\s*(?P<first>{DATE})\s?-\s*(?:{_YEAR}|present)?\s*(?=[.{CUT}\[]|$)", re.IGNORECASE
    )
    match = spans.search(marked.left, floor)
    if match is None:
        return
    parts = date_parts(match)
    if not marked.later or marked.later[1][0] != parts[0]:
        value = {"date-parts": [parts]}
        marked.take("issued", value, match.span("first"), 0.6, around=match.span())
    marked.known.append(match.span())
    marked.cut(*match.span())
    marked.sealed = len(marked.left[: match.start()].rstrip(" ;,"))


def last_date(marked: Marked, *, floor: int = 0, is_whole: bool = False) -> bool:
    """Take the last date that stands for itself, between signs, at or behind ``floor``.

    ``is_whole`` says that the work is no part of another, so that the last sentence, where a comma
    and the year end it, is the imprint: ``Title. Place, House, 2005.``
    """
    found = [
        match for match in _DATED.finditer(marked.left, floor)
        if _stands_alone(marked.left, match.start(), match.end())
        and not is_within_quotes(marked.left, match.start())
        and not _is_in_name(marked.left, match, floor)
    ]  # fmt: skip
    if not found:
        return False
    # Behind several days, the one before an address is that of reading.
    found = [
        match for match in found
        if not marked.left.startswith("    ", match.end())
        or len(date_parts(match)) == 2
        or marked.left[: match.start()].rstrip().endswith(";")
    ] or found  # fmt: skip
    medium = _MEDIUM.search(marked.text, floor)
    online = [one for one in found if medium and medium.end() <= one.start() < medium.end() + 4]
    if online:
        # ``Site [Internet]. 2019. Page of 2023.``
        found = online
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


_IN_NAME = lazy(
    rf"年度?\s?[(](?:{_YEAR}|(?:昭和|平成|令和)\s?(?:元|\d{{1,2}}))(?:年度?)?[)]\s?"
    r"(?=[^\W\d])(?!改[訂定]|刊|発行|出版|公表|第)"
)
"""令和2年 (2020) 人口動態統計: the year of a survey in its name, said twice."""


def _is_in_name(left: str, date: re.Match[str], floor: int) -> bool:
    return _IN_NAME.search(left, max(floor, date.start() - 4), date.end() + 12) is not None


_MEDIUM = lazy(
    r"[(\[]\s?(?:[Ii]nternet|[Oo]nline|[Ee]n (?:ligne|línea)|インターネット|オンライン)\s?[)\]]"
)
_IMPRINT_BEHIND = lazy(rf"\.?\s*(?:$|{CUT}|\(|,\s)")


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


def drop_dates_in_brackets(marked: Marked, *, floor: int = 0) -> None:
    """Take away a date in square brackets that is left: the day of a printing, or of reading."""
    for match in list(
        re.compile(rf"\[\s*{PLAIN_DATE}\s*\]", re.IGNORECASE).finditer(marked.left, floor)
    ):
        if marked.has("issued"):
            marked.cut(*match.span())


_PLACE_BEHIND = lazy(r"(?:東京|大阪|京都|名古屋|福岡|札幌|仙台|横浜|神戸|広島)(?!\w)")
_FISCAL = lazy(rf"度\s*(?:[.,;:)\]」』{CUT}]|$)|\d{{1,4}}\s?-+\s?\d{{1,4}}\s*\.?$")
"""A year of office behind which a sign stands, or pages and nothing else."""


_SURVEY = lazy(r"[^.,:/「『]{0,30}(?:調査|統計|白書|概況|概要|計画|推計|生命表|年鑑|要覧)")
"""What a year before it belongs to: 平成26年 国民健康・栄養調査結果の概要."""


def last_day(marked: Marked, *, floor: int = 0) -> None:
    """Take the last date that has its day, or else the last year between blanks.

    It is no part of a name, whatever stands beside it.
    """
    found = [
        match for match in _DATED.finditer(marked.left)
        if len(date_parts(match)) == 3
        and not is_within_quotes(marked.left, match.start())
        and not re.match(r"\s?(?:現在|時点|から|より|まで|以降|以前|-)", marked.left[match.end() :])
    ]  # fmt: skip
    found = found or [
        match for match in re.compile(rf"(?<=[\s」』)\]]){DATE}(?=\s)").finditer(marked.left)
        if match[0].endswith("年") and not is_within_quotes(marked.left, match.start())
        and not (match.start() <= floor + 2 and _SURVEY.match(marked.left, match.end()))
    ]  # fmt: skip
    if found:
        value = {"date-parts": [date_parts(found[-1])]}
        marked.take("issued", value, found[-1].span(), 0.75)


def _stands_alone(left: str, start: int, end: int) -> bool:
    """Whether nothing but signs stands beside a date, so that it is no part of a name."""
    before, after = left[:start].rstrip(" "), left[end:].lstrip(" ")
    is_open = not before or before[-1] in ".,:;([)]」』”’/|?!" + CUT or left[start - 1] == "\u3000"
    is_year = left[start:end].endswith(("年", "日", "月"))
    is_glued = bool(before) and start > 0 and left[start - 1] != " " and is_year
    is_spaced = start > 0 and left[start - 1] == " "
    if re.search(r"[A-Za-z]/$", left[:start]) and not is_year:
        return False
    span = r"年?\s?-+\s?" if is_year else r"\s(?:to|bis|al?|à|tot)\s"
    if re.search(rf"\b{_YEAR}{span}$", left[:start]):
        return False  # 2015〜2024年, 2019 to 2021: the years of what is told.
    is_closed = (
        left[end - 1] == "."
        or left.startswith("    ", end)
        or (_PLACE_BEHIND.match(after) is not None or not after or after[0] in ".,:;)]」』([" + CUT)
        or _FISCAL.match(after) is not None
    )
    return is_closed and (is_open or is_glued or is_spaced)


# ── a day alone ──


def day_of_figures(first: int, second: int, year: int, *, is_day_first: bool = False) -> list[int]:
    """A day in figures: month and day only where it is plain which is which.

    Full stops stand between them where the day comes first (12.10.2023).
    """
    if second <= 12 < first <= 31 or (is_day_first and second <= 12):
        return [year, second, first]
    if first <= 12 < second <= 31 or first == second <= 12:
        return [year, first, second]
    return [year]


def is_day(year: int, month: int = 1, day: int = 1) -> bool:
    """Whether a calendar has the day, or the month."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


_BETWEEN_FIGURES = lazy(r"\d\.?\s(?:de\s)?([a-z]{3})(?:\.|(?!\w))")


def day(text: str) -> list[int] | None:
    """The year, month and day of a written day, as far as they can be told apart."""
    month = next(
        (MONTHS[word] for word in re.findall(r"[^\W\d_]+", text.lower()) if word in MONTHS), None
    )
    between = None if month else _BETWEEN_FIGURES.search(text.lower())
    month = SHORT_MONTHS.get(between[1]) if between else month
    era = re.match(r"(平成|令和|[平令HRhr])\s?(元|\d+)\s?[年./]", text)
    if era:
        text = f"{_before_era(era[1]) + _count(era[2])}年{text[era.end() :]}"
    in_figures = re.search(r"(\d{1,2})([/.-])(\d{1,2})[/.-](\d{4})", text)
    if in_figures:
        first, sign, second, year = in_figures.groups()
        return day_of_figures(int(first), int(second), int(year), is_day_first=sign == ".")
    figures = [int(figure) for figure in re.findall(r"\d+", text)]
    year = next((figure for figure in figures if figure >= 1000), None)
    if year is None:
        return None
    figures.remove(year)
    if month is None and figures and (text[:4].isdigit() or not re.search(r"[^\d/.-]", text)):
        month, figures = figures[0], figures[1:]
    if month is None or not is_day(year, month):
        return [year]
    parts = [year, month, *figures[:1]]
    return parts if is_day(*parts) else parts[:2]
