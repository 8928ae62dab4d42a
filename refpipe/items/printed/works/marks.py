"""What a reference says in words and signs of its own: pages, editions, media, quotation marks.

Whatever is recognised without knowing the kind of reference is taken out of the text first, so that
names, titles and publishers are left.  Where something was taken stands ``CUT``, which parts
elements as a full stop does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from refpipe.items.printed.nouns import Part
from refpipe.items.printed.people.japanese_names import KANA, KANJI
from refpipe.lifetimes import lazy

CUT = "\x01"
"""The sign that stands where something was taken out of the text."""


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
        if left.endswith(" -", start, end):
            end -= 2
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


def is_within_quotes(left: str, position: int) -> bool:
    """Whether a place lies within Japanese quotation marks, and so within a title."""
    return any(
        left.rfind(opener, 0, position) > left.rfind(closer, 0, position)
        and left.find(closer, position) >= 0
        for opener, closer in ("「」", "『』")
    )


# ── editions and pages ────────────────────────────────────────────────────────────

_ORDINAL = (
    r"(?:\d{1,2}\s?(?:st|nd|rd|th)|[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Ss]ixth|[Ss]eventh"
    r"|[Ee]ighth|[Nn]inth|[Tt]enth|[Rr]ev(?:ised)?\.?|[Nn]ew|[Ii]nternational"
    r"|[Ii]llustrated|[Uu]pdated)"
)
_ERA_YEAR = r"(?:(?:19|20)\d\d|(?:平成|令和)\s?(?:元|\d{1,2}))"
_OF_ITS_OWN = r"(?:(?<![^\W\d_])|(?<=\d(?:st|nd|rd|th)))"
"""Where a word begins, and where ``ed`` touches a figure: ``2nded.``, and not ``matched``."""
_EDITION = lazy(
    r"[(\[]?\s?(?P<ja>(?:改訂|改定|改訳|増補|新訂|全訂|補訂|原著|原書|日本語版|新装"
    r"|縮刷)*第\s?(?:\d{1,2}(?:\.\d)?|[一二三四五六七八九十]{1,3})\s?版(?:\s?(?:補訂|増補|改訂|増補改訂)(?:版)?(?=\W|$))?(?!本|作成|策定|委員|[のをにがはと])"
    r"|(?<![年月日])(?:改訂|改定|改訳|増補|新訂|全訂|補訂|原著|原書)\s?(?:第\s?)?\d{1,2}\s?版"
    r"|(?<=[\s,.])[二三四五六七八九十]訂新?版?(?=\s?[,./])"
    rf"|(?:(?<=[(\[])|(?<=[(\[\s,.])(?=[^()\[\]]{{4,12}}改[訂定]))(?:{_ERA_YEAR}\s?年度?(?:\s?\d{{1,2}}\s?月)?\s?(?:一部)?(?:改[訂定]|増補|新訂|修正|最新)(?:第?\s?\d{{1,2}}\s?)?版)"
    r"(?:[・,]\s?[^()\[\]]{2,30}(?=[)\]]))?"
    rf"|(?:(?<=[(\[])|(?<![{KANJI}]))(?:[増補新装普及縮刷全]{{2}})?[改新全補増重復初普縮新完][訂定補刻装及刷題全訳]?新?版(?:第\s?\d+\s?刷)?(?![^\W\d_])"
    rf"|(?<=[{KANJI}{KANA}])(?:改訂新?版|増補版|新装版|(?<!最)新版|初版(?:第\s?\d+\s?刷)?)(?![^\W\d_])"
    r"|(?<![\d年第])\d{1,2}版(?![^\s\W])|\b[Vv]er\.?\s?\d(?:\.\d)?(?!\d))\s?[)\]]?"
    rf"|\b(?P<en>{_ORDINAL}(?:\s(?:[a-z]{{3,14}}|English|American|International"
    rf"|ed\.?))?\s?{_OF_ITS_OWN}(?:[Ee]d(?:ition|n)?\b|éd(?:ition)?\b|Aufl(?:age)?\b)\.?)"
    r"|\b[Ee]d(?:n|ition)?\.?\s(?P<of>\d{1,2})(?=\s*[.,;:)])"
    r"|(?<=,\s)(?P<e>\d{1,2})/?e(?=[.,;])"
    r"|\((?P<word>[^()\d]{3,40}?)\s(?:druk|Auflage|[ée]dition|edici[óo]n|edi[çc][ãa]o|edizione)\)"
    r"|\b(?P<no>\d{1,2})(?:(?:\.[ªº]?|[aªeº]\.?)?,?\s|\.(?=[EeéÉ]d))(?:(?:[a-zäöü]{2,}\.?,?\s){0,4}Aufl(?:age)?|[éÉeE]d(?:n|ition|ici[oó]n|i[cç][aã]o|izione)?"
    r"|izd|изд|vyd|wyd|kiad|utg|uppl|udg|opl|druk)\b\.?(?:,\s(?:[a-zа-я]{1,6}\.?\s?){1,5}(?=\s[A-ZА-Я]))?",
)
_EDITION_WORD = lazy(
    rf"[版改訂]|[Vv]er\.?\s?\d|{_OF_ITS_OWN}(?:[EeéÉ]d(?![^\W\d_])|[EeéÉ]d(?:n|i[tcçz])|Aufl|izd|изд|vyd|wyd"
    r"|kiad|utg|uppl|udg|opl|druk)|\d/?e[.,;]"
)
"""Without such a word there is no edition; most references hold none, and this is found quicker."""
_GOES_ON = lazy(r"\s?[-—:][^「」『』]*[^\W\d][^「」『』]*[」』]")
_ORDINAL_WORDS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
_WORD_NUMBERS = {word: str(number) for number, word in enumerate(_ORDINAL_WORDS, 1)}


def take_edition(marked: Marked, *, floor: int = 0) -> None:
    """Take the edition, in brackets or not; a number alone is given as figures."""
    has_word = _EDITION_WORD.search(marked.left, floor) is not None
    match = _EDITION.search(marked.left, floor) if has_word else None
    if match is None:
        return
    if marked.left[match.start() - 1 : match.start()] in ("『", "「") and "第" not in match[0]:
        # 『新版 題名（第2版）』
        numbered = (one for one in _EDITION.finditer(marked.left, match.end()) if "第" in one[0])
        match = next(numbered, match)
    name = match.lastgroup or ""
    value = re.sub(r"\d", lambda one: str(int(one[0])), marked.text[slice(*match.span(name))])
    if name == "en":
        first = re.match(r"\d+|[A-Za-z]+", value)
        number = first[0] if first else value
        number = _WORD_NUMBERS.get(number.lower(), number)
        value = number if number.isdigit() and "rev" not in value.lower() else value.strip(" .")
    is_within = name == "ja" and _GOES_ON.match(marked.left, match.end())
    before = marked.left[: match.start()].rstrip()
    if is_within or (before.endswith("-") and not re.search(r"\s-+[^-\s][^-]*-+$", before)):
        # 「リハビリテーション栄養 第2版―栄養ケアがリハを変える」, …disorders–fourth edition
        start, end = match.span(name)
        part = Part(name="edition", value=value, start=start, end=end, confidence=0.85)
        marked.parts.append(part)
        return
    marked.take("edition", value, match.span(name), 0.9, around=match.span())
    marked.known.append(match.span())


_PAGE = r"(?:\d+\(\d+\)\s?-+\s?\d+\(\d+\)|[A-Za-z]{0,3}\d+(?:\s?-+\s?[A-Za-z]{0,3}\d+)?)"
_FIRST = r"(?:(?!(?:1[5-9]|20)\d\d)\d+\s?-+\s?\d+,\s?(?:\d+(?:\s?-+\s?\d+)?,\s?){0,9})?"
_PAGES = lazy(
    rf"(?<![^\W\d_])(?:[Pp]{{1,2}}|[Pp]ages?|[Pp]gs?|[Pp]áginas?|[Pp]ágs?|Seiten?|[Hh]lm)\.?\s?(?P<p>(?:\d+:\d+-+\d+:\d+|{_PAGE}"
    rf"|[ivxlc]+-[ivxlc]+|(?<=\.\s)[ivxl]{{1,6}}(?=\s*(?:[.,;]|$)))(?:,\s?(?!(?:19|20)\d\d(?!\d)){_PAGE})*)(?![A-Za-z0-9])"
    r"|(?<![^\W\d_])S\.\s(?P<s>\d+\s?-\s?\d+|\d+(?=\.?\s*$))"
    rf"|(?:第\s?)?(?<![A-Za-z0-9])(?P<j>{_FIRST}{_PAGE})\s?(?:頁|ページ|面(?![{KANJI}]))"
    rf"|(?:頁|ページ)\s?(?P<q>{_PAGE})"
    rf"|(?<=[\d{CUT} 年月日]:)\s?(?P<c>(?:[A-Z]-?)?\d+(?:-+[A-Z]?\d+)?"
    r"(?:,\s[A-Z]\d+(?:-+[A-Z]?\d+)?)*|[ivxlc]{1,7}(?:-[ivxlc]{1,7})?)"
    rf"(?=\s*[.{CUT}]|\s*$)"
)
_TOTAL = lazy(
    r"(?:(?:全|総)\s?|\b[ivxlc]{1,6}\s?[,+]\s?)(?P<t>\d{2,4})\s?(?:頁|ページ)|(?<![\w-])(?P<u>\d{2,4})\s?p(?:p|ages)?\b(?!\.?\s?\d)\.?"
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
        value = re.sub("[,，、]", ", ", re.sub(r"\s+", "", marked.text[slice(*match.span(name))]))
        # 300頁 behind everything may be the page or how many a book has.
        is_last = re.match(rf"[\s.){CUT}]*$", marked.left[match.end() :]) is not None
        sure = 0.65 if name == "j" and is_last and re.fullmatch(r"[2-9]\d\d|\d{4}", value) else 0.93
        marked.take("page", value, match.span(name), sure, around=match.span())


_VOLUME = lazy(
    r"[(,.]?\s?\b(?:[Vv]ol(?:ume|s)?\.?|v\.(?=\s\d)|[Bb]d\.?|[Tt]ome?\.?)\s?(?P<v>\d{1,4}"
    r"|[IVX]{1,6})\b(?!\sof|\s\([A-Z])\s?[)]?|第\s?(?P<k>\d{1,3})\s?巻"
    r"|(?P<u>[上中下]巻)"
)


_NAMED_VOLUME = lazy(r"\s?[\u3040-\u30ff\u3400-\u9fff]|:\s[A-Z][a-z]+\s(?!\w+,\s(?:19|20))")
"""病気がみえる vol.11 運動器, Handbook, vol. III: Cognitive development: within a title."""
_IN_SERIES = lazy(r",\s[Vv]ol(?:ume|\.)\s(?P<v>\d{1,4})\sof\s(?P<series>[A-Z][^,.]{3,60})(?=[,.])")


_SEVERAL = lazy(r"(?<=[.,)]\s)(?P<n>\d{1,2})\s(?:vols?|Bde|volumes|tomes)\b\.?(?=\s|$)")


def take_volume(marked: Marked, *, floor: int = 0) -> None:
    """Take the volume of a work in several."""
    series = _IN_SERIES.search(marked.left, floor)
    if series:
        marked.take("volume", series["v"], series.span("v"), 0.85)
        marked.take_text("collection-title", series.span("series"), 0.75)
        marked.cut(*series.span())
    several = _SEVERAL.search(marked.left, floor)
    if several:
        marked.take(
            "number-of-volumes", several["n"], several.span("n"), 0.85, around=several.span()
        )
    found = _VOLUME.finditer(marked.left, floor)
    match = next((one for one in found if not is_within_quotes(marked.left, one.start())), None)
    if match and not series:
        name = match.lastgroup or ""
        closes = match[0].lstrip(" ,.").startswith("(") and match[0].endswith(")")
        end = match.end() if closes or not match[0].endswith(")") else match.end() - 1
        start = match.start() + (0 if closes or match[0][0] != "(" else 1)
        if name == "v" and _NAMED_VOLUME.match(marked.left, end):
            place = match.span(name)
            part = Part(
                name="volume", value=match[name], start=place[0], end=place[1], confidence=0.85
            )
            marked.parts.append(part)
            return
        marked.take("volume", match[name], match.span(name), 0.85, around=(start, end))


def take_part_number(marked: Marked, floor: int) -> None:
    """The number of a chapter that stands for itself: 第1章第1節."""
    match = re.compile(
        rf"(?<=[\s,.:;」』)）{CUT}])(?:第\s?\d{{1,2}}\s?[章節部]\s?)+(?=\s*(?:[,.;:「{CUT}]|$))"
    ).search(marked.left, floor)
    if match:
        marked.take_text("chapter-number", match.span(), 0.75)


def keep_number(marked: Marked, bracket: tuple[int, int]) -> None:
    """The name of a law with the number in brackets behind it, by which it is looked up."""
    title = next((part for part in marked.parts if part.name == "title"), None)
    start, end = bracket
    if title is None or start < title.end or marked.text[title.end : start].strip():
        return
    marked.parts.remove(title)
    value = marked.text[title.start : end]
    marked.parts.append(
        Part(name="title", value=value, start=title.start, end=end, confidence=title.confidence)
    )


def name_of_law(marked: Marked, floor: int) -> None:
    """A law of one word was taken for who wrote it: nothing else is left to be its name."""
    author = next((part for part in marked.parts if part.name == "author"), None)
    if author is None or author.start > floor:
        return
    marked.parts.remove(author)
    value = marked.text[author.start : author.end].strip(" ,.:")
    marked.parts.append(
        Part(
            name="title", value=value, start=author.start, end=author.end, confidence=0.7
        )
    )  # fmt: skip


def take_bare_pages(marked: Marked, *, floor: int = 0) -> None:
    """Take a range that stands alone between signs, where nothing named the pages."""
    if marked.has("page"):
        return
    last = re.compile(rf"{CUT}\s*[)\]]?[,.]\s*(?P<p>\d{{1,4}})\s*[.]?\s*$").search(
        marked.left, floor
    )
    if last and marked.has("issued"):
        # A figure behind the date can be nothing but a page, though no word says so.
        marked.take("page", last["p"], last.span("p"), 0.65)
        return
    between = re.compile(rf",\s*(?P<p>\d{{1,4}})\s*,\s*{CUT}[\s.]*$").search(marked.left, floor)
    if between and marked.has("issued"):
        # 東京, 128, 1982
        marked.take("page", between["p"], between.span("p"), 0.65)
        return
    match = re.compile(
        rf"(?<=[.,;:(){CUT} ])(?<!\d\.)(?<![A-Z]{{2}}\s)"
        rf"\s?(?P<p>\d+\s?-+\s?\d+)(?!\.\s?[\d{KANJI}{KANA}])(?=\s*(?:[.,;){CUT}(:]|$))"
    ).search(marked.left, floor)
    if match and not _YEARS.fullmatch(match["p"]):
        value = re.sub(r"\s+", "", marked.text[slice(*match.span("p"))])
        marked.take("page", value, match.span("p"), 0.8)


_YEARS = lazy(r"(?:1[5-9]|20)\d\d\s?-+\s?(?:1[5-9]|20)\d\d")
"""A span of years, as in a title: 1950--2016."""


def dissolve_brackets(marked: Marked) -> None:
    """A bracket of which a part was understood, or an empty one, is no part of a title."""
    for match in list(re.compile(r"[(\[]([^()\[\]]*)[)\]]").finditer(marked.left)):
        if CUT in match[1] or not match[1].strip(" ,.:;"):
            for place in (match.start(), match.end() - 1):
                marked.cut(place, place + 1)


# ── what brackets say of the medium ───────────────────────────────────────────────────

_MEDIA = lazy(
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
    r"|(?P<other>internet|on-?line|en ligne|en línea|em linha|elektronische ressource"
    r"|インターネット|オンライン|web\s?(?:page|ページ)|ウェブページ|website|pdf|pdf file"
    r"|web\s?site|ウェブサイト|fact sheet|e-?book|電子書籍|press release))\s*[)\]]",
    re.IGNORECASE,
)


_GENRE = lazy(
    r"(?<=[.,]\s)(?P<genre>[Ff]act\s?[Ss]heets?(?:\s[Nn]o\.?\s?\d+)?|[Pp]ress [Rr]elease"
    r"|[Nn]ews [Rr]elease"
    r"|[Pp]atient (?:[Ii]nformation|[Ll]eaflet)|[Bb]log(?: post)?|[Pp]odcast)(?=\s*[.,;:\x01]|\s*$)"
)


_GUIDELINE = lazy(
    r"(?<=[^\W\d_][.)]\s)(?P<genre>(?:[A-Z][\w’-]*\s){0,4}[Gg]uid(?:eline|ance)s?)\s"
    r"[\[(]?(?P<number>[A-Z]{1,4}\d{1,4})[\])]?(?=\s*[.,;\x01]|\s*$)"
)


def take_guideline_number(marked: Marked, floor: int) -> None:
    """``Title. NICE guideline [NG59].``: what a guideline calls itself behind its title."""
    match = _GUIDELINE.search(marked.left, floor)
    if match:
        marked.take("number", match["number"], match.span("number"), 0.85)
        marked.take("genre", match["genre"], match.span("genre"), 0.85, around=match.span())


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


# ── titles in quotation marks: where one opens and where it closes ────────────────────

OPENERS = {"“": "”", '"': '"', "„": "“", "‘": "’", "'": "'", "«": "»"}


def quoted(text: str, start: int, end: int) -> tuple[tuple[int, int], int] | None:
    """The title in quotation marks that open at ``start``: its stretch, and where they close."""
    while start < end and text[start] == " ":
        start += 1
    opener = text[start : start + 1]
    if opener not in OPENERS:
        return None
    closer = OPENERS[opener]
    close = _closing_quote(text, start + 1, min(len(text), end + 8), opener, closer)
    if close is None or text[close + 1 : close + 3] == ": ":
        # “A Word in Quotes”: And What Is Said of It
        return None
    return (start + 1, close), close + 1


def _closing_quote(text: str, start: int, end: int, opener: str, closer: str) -> int | None:
    depth, last, is_german = 0, None, False
    for position in range(start, end):
        sign = text[position]
        if sign == "„":
            is_german = True
        elif sign == "“" and is_german:
            is_german = False
        elif sign == opener and opener != closer:
            depth += 1
        elif sign == closer:
            if closer in "’'" and text[position + 1 : position + 2].isalnum():
                continue
            if depth and opener != closer:
                depth -= 1
                continue
            if _closes_title(text, position):
                return position
            if closer not in (opener, "’"):
                return None
            last = position
    return last if last is not None and last > end - 10 else None


_HELD_BEHIND = lazy(r"\sin:?\s(?:the\s)?[A-Z]")


def _closes_title(text: str, position: int) -> bool:
    """Whether a title ends at this quotation mark, and not just a word in quotes within it."""
    if text[position - 1] in ",.?!" or re.search(r"[,.?!][’'»”]$", text[:position][-2:]):
        return True
    behind = text[position + 1 : position + 3]
    if not behind.strip() or behind[0] in ",.;" or _HELD_BEHIND.match(text, position + 1):
        return True
    if behind[0] != " " or len(behind) < 2:
        return False
    opened = max(text.rfind(sign, 0, position) for sign in OPENERS)
    is_long = text.count(" ", opened, position) >= 3
    return behind[1] in "([0123456789" or (is_long and behind[1].isupper())
