"""The stretches of a Japanese reference that may be titles, between signs or in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Protocol

from refpipe.items.printed.people.japanese_names import KANA, KANJI, is_body, is_site, within
from refpipe.items.printed.works.days import DATE, PLAIN_DATE, date_parts
from refpipe.items.printed.works.imprint import PUBLISHER
from refpipe.items.printed.works.marks import CUT, Marked
from refpipe.lifetimes import lazy


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """What may be one title: words between stops, or what stands in quotation marks."""

    start: int
    end: int
    sign: str


def edges(spans: list[Segment]) -> tuple[int, int]:
    """Where the first of some stretches begins and ends."""
    return (spans[0].start, spans[0].end) if spans else (0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of the text that is left: words, or one of the signs between them."""

    start: int
    end: int
    sign: str


class Reader(Protocol):
    """The reader of a reference, as far as its titles need it."""

    marked: Marked
    kind: str
    is_spaced: bool

    def take_text(self, name: str, segment: Segment, confidence: float) -> None:
        """Make a field of a segment."""

    def take_author(self, segment: Segment) -> None:
        """Make an author of a segment."""

    def has_author(self) -> bool:
        """Whether anybody was named in front."""


_PIECE = lazy(
    rf"(?P<book>『[^『』]*(?:『[^『』]*』[^『』]*)*』)"
    rf"|(?P<quoted>「[^「」]*(?:「[^「」]*」[^「」]*)*」|“[^“”]+”|\"[^\"]+\")"
    rf"|(?P<stop>(?<!\d)\.(?:\s|$|(?=\W|[{KANJI}{KANA}A-Z]))|\.(?!\w)|[{CUT}|]|/(?=\s)|\s{{4,}})"
    rf"|(?P<comma>[,:;])|(?P<space>\s+)"
    rf"|(?P<text>(?:\([^()]*\)|[^\s.,:;|{CUT}「『“\"(]|(?<=\d)\.(?=\d)"
    rf"|(?<=[A-Za-z])\.(?=[A-Za-z])|\()+)"
)


def pieces(left: str, begin: int) -> list[Piece]:
    """The stretches between any two signs, quoted ones whole."""
    return [
        Piece(start=match.start(), end=match.end(), sign=match.lastgroup or "text")
        for match in _PIECE.finditer(left, begin)
        if match.lastgroup != "text" or re.search(r"\w", match[0])
    ]


def segments(left: str, pieces: list[Piece]) -> list[Segment]:
    """The pieces joined to what full stops, quotation marks and what was taken out part."""
    found: list[Segment] = []
    is_open = False
    for piece in pieces:
        if piece.sign == "stop":
            is_open = False
        elif piece.sign in ("quoted", "book"):
            found.append(Segment(start=piece.start, end=piece.end, sign=piece.sign))
            is_open = False
        elif piece.sign == "text":
            if is_open:
                found[-1] = Segment(start=found[-1].start, end=piece.end, sign="text")
            else:
                found.append(Segment(start=piece.start, end=piece.end, sign="text"))
            is_open = True
    return [one for one in found if left[one.start : one.end].strip(f" .,:;()-{CUT}")]


def rejoined(left: str, spans: list[Segment]) -> list[Segment]:
    """The stretches, where a word in quotation marks is no title but part of one.

    Hiragana that touch it show that: 日本人の長寿を支える「健康な食事」, 「隠れ腰痛」に注意.
    """
    found: list[Segment] = []
    for span in spans:
        before = found[-1] if found else None
        is_touching = before is not None and before.end == span.start
        signs = {before.sign, span.sign} if before else set()
        edge = span.start if span.sign == "text" else span.start - 1
        rest = left[edge : span.end].strip(" ." + CUT)
        is_first = len(found) == 1 and not left[: found[0].start].strip(" 「")
        goes_on = re.search("^[ぁ-ゖ]|報告書?$|について$" + "|[ぁ-ゖ]$" * is_first, rest)
        named = re.sub(r"\s?(?:HP|ホームページ|ブログ)$", "", rest)
        if is_site(named) or is_body(named) or (is_first and _IS_NOUN.match(rest)):
            goes_on = None  # 介護のよりみち「題名」: whose page it is.
        is_joined = is_touching and "quoted" in signs and goes_on is not None
        if is_joined and is_body(rest) and not _GOES_ON.match(rest):
            is_joined = False  # 「題名」みどり大学: a name may begin with hiragana.
        if before is not None and (is_joined or (before.sign == "joined" and is_touching)):
            found[-1] = Segment(start=before.start, end=span.end, sign="joined")
        else:
            found.append(span)
    return [
        Segment(start=one.start, end=one.end, sign="text") if one.sign == "joined" else one
        for one in found
    ]


_IS_NOUN = lazy("[ちみりれきけしせまら]「")
_GOES_ON = lazy(
    rf"[をにのはがとでもへや](?:[{KANJI}ァ-ヶ]|$)|に[つおよは]|と[しいのは]|で[のは]|への|から|まで|より"
    r"|って|など|す|し[たて]"
)
"""What words that go on behind a quotation begin with."""


def unglued(left: str, spans: list[Segment]) -> list[Segment]:
    """The stretches, a word in quotation marks joined to the words that it stands among."""
    found: list[Segment] = []
    for span in spans:
        before = found[-1] if found else None
        is_glued = before is not None and before.end == span.start and span.sign == "quoted"
        is_behind = (
            before is not None
            and before.sign == "glued"
            and not left[before.end : span.start].strip()
        )
        if before is not None and (is_glued or is_behind):
            sign = "glued" if is_glued else "text"
            found[-1] = Segment(start=before.start, end=span.end, sign=sign)
        else:
            found.append(span)
    return [
        Segment(start=one.start, end=one.end, sign="text") if one.sign == "glued" else one
        for one in found
    ]


_OF_SOURCE = lazy(
    r"(?:資料|結果|概要|図表?|表|調査|参照|抜粋|データ|項目?|(?<![庭本子])版|など?|等)$"
)


_OF_PART = lazy(r"(?:概要|項|[章節条]|様式|各年版|関連資料|参照|より|による)$|^第\s?\d+[章節部]\s")
"""What names a part of a work that was named: 『神道事典』御岳教項."""


def is_remark(marked: Marked, kind: str, start: int, end: int) -> bool:
    """Whether words say something of the work, and are neither its publisher nor its site.

    A sentence behind the date (初学者に薦めたい一冊), or what touches the name of a report in
    quotation marks (「国民生活基礎調査」介護が必要になった主な原因).
    """
    word = marked.left[start:end].strip(f" .,{CUT}")
    sign = marked.left[start - 1 : start]
    if sign in ("』", "」") and re.fullmatch("の(?:解説|紹介|項|説明)", word):
        return True
    if sign == "』" and (len(word) == 1 or _OF_PART.search(word)):
        return True
    is_glued = sign == "」" and marked.has("author")
    if is_glued and not (PUBLISHER.search(word) or re.search("報告書?$|検討会$", word)):
        return kind == "report" or (kind == "webpage" and _OF_SOURCE.search(word) is not None)
    dated = next((part for part in marked.parts if part.name == "issued"), None)
    before = marked.left[dated.end : start] if dated else ""
    return (
        re.fullmatch(rf"[{CUT}\s)\]]*\.\s*", before) is not None
        and len(re.findall("[ぁ-ん]", word)) >= 2
        and not PUBLISHER.search(word)
    )


def date_of_only_printing(marked: Marked) -> None:
    """2000年初版 is the date of a work, where no other printing is told."""
    if not marked.has("issued"):
        names = {"original-date": "issued"}
        marked.parts = [replace(one, name=names.get(one.name, one.name)) for one in marked.parts]


def take_day_of_year(marked: Marked) -> None:
    """The day in the year that stands behind the author: 佐藤（2020）「題名」…2020年4月2日."""
    issued = next((part for part in marked.parts if part.name == "issued"), None)
    if issued is None or not isinstance(issued.value, dict):
        return
    for day in re.compile(DATE).finditer(marked.left, issued.end):
        parts = date_parts(day)
        is_state = re.match(r"\s?(?:現在|時点)", marked.left[day.end() :])
        if issued.value["date-parts"] == [parts[:1]] and len(parts) > 1 and not is_state:
            marked.parts.remove(issued)
            marked.take("issued", {"date-parts": [parts]}, day.span(), 0.85)
            return


def commaed(left: str, spans: list[Segment]) -> list[Segment]:
    """The stretches, split at their commas as well."""
    found = []
    for span in spans:
        edges = [span.start]
        for comma in re.finditer(r"[,:]\s*", left[span.start : span.end]):
            edges += [span.start + comma.start(), span.start + comma.end()]
        edges.append(span.end)
        found += [
            Segment(start=edges[at], end=edges[at + 1], sign=span.sign)
            for at in range(0, len(edges), 2)
        ]
    return found


def housed(left: str, piece: Piece) -> Piece:
    """The house alone, where it stands in brackets behind the title: 脳と歩行（杏林書院）."""
    house = re.compile(r"\((?P<house>[^()]{2,20})\)$").search(left[: piece.end], piece.start + 1)
    if house is None or not PUBLISHER.search(house["house"]):
        return piece
    return Piece(start=house.start(), end=piece.end, sign="text")


def parted(left: str, span: Segment) -> list[Segment]:
    """One stretch without stops, split at its last comma or colon."""
    commas = list(re.compile(r"[,]\s*|\s(?=In\s)").finditer(left, span.start, span.end))
    inside = [one for one in commas if left[one.end() : span.end].strip()]
    if not inside:
        return [span]
    last = inside[-1]
    return [
        Segment(start=span.start, end=last.start(), sign="text"),
        Segment(start=last.end(), end=span.end, sign="text"),
    ]


def spaced(left: str, span: Segment) -> list[Segment]:
    """The page and then its site, where nothing but spaces part them from the author."""
    first = left.find(" ", span.start, span.end)
    if first < 0 or _OF_YEAR.fullmatch(left, span.start, first):
        return [span]
    site = Segment(start=span.start, end=first, sign="text")
    return [Segment(start=first + 1, end=span.end, sign="text"), site]


_OF_YEAR = lazy(rf"第?{PLAIN_DATE}度?(?:改[訂定])?版?")
"""What a report's name begins with: 令和5年度 国民健康・栄養調査."""


_FIRM = lazy(rf"(?P<name>(?=[^:]*[{KANA}A-Za-z])[^\s:.,のをはがに「『()|]{{3,24}}):(?!\d)(?=\s?\S)")


def take_unknown_body(marked: Marked, start: int) -> int:
    """Take a firm before the first colon that no word shows to be one, for not sure; its end."""
    firm = _FIRM.match(marked.left, start)
    if firm is None:
        return 0
    value = [{"literal": marked.text[slice(*firm.span("name"))]}]
    marked.take("author", value, firm.span("name"), 0.6)
    return firm.end()


_VOLUME = lazy(
    r"『(?P<name>[^『』]+)』\s?[,(]?\s?(?:第\s?\d{1,3}|[上中下])\s?巻\s?\)?[\s,.(]{1,3}"
    r"(?P<house>[^\d,.:()「」『』]{2,20})[\s,.]{1,2}(?:19|20)\d\d(?:\s?年|[),.\s]|\Z)(?!.*\d\s?号)"
)
_OF_PERIODICAL = lazy(
    r"誌$|雑誌|紀要|論文集|ジャーナル|[会学年月時]報|新聞|[週月旬季]刊|\A[\x00-\x7f]+\Z"
)
_SOCIETY = lazy(r"(?:学会|協会|大学|研究[会所]|センター|[省庁局])\Z")


def is_volume(masked: str) -> bool:
    """Whether a book of several volumes is named: behind the volume stand its house and the year.

    Behind that of a journal stand the issue, the year, the pages or the society.
    """
    found = _VOLUME.search(masked)
    if found is None or _OF_PERIODICAL.search(found["name"]):
        return False
    return not (_SOCIETY.search(found["house"]) or _TOWN.fullmatch(found["house"]))


_TOWN = lazy("東京|大阪|京都|[ァ-ヴー]{3,8}")


def is_listed(masked: str, named: AbstractSet[str]) -> bool:
    """Whether a book is listed with its number or a link to a shop, which nobody has read there."""
    if "isbn" in named:
        return True
    listed = _LISTED.match(masked) if "URL" in named and "accessed" not in named else None
    if listed is None or listed["imprint"] or listed["paged"] or listed["sold"]:
        return listed is not None
    names = within(masked, 0, listed.start("title"))
    return names is not None and not any(is_body(one.get("literal", "")) for one in names.names)


_LISTED = lazy(
    r"[^「『]*(?P<title>『)[^』]+』(?:(?P<sold>[\s,.(]*[^「『\d\s,.:()]{1,14}(?:(?<![会聞神])社|書[院店房]|出版)[)\s]*\Z)|(?P<imprint>[\s,.(]*(?![^\d]*(?:省|庁|学会|協会|研究所))[^「『\d]{2,24}(?:19|20)\d\d)|[\s\[\]]*\Z)"
    r"|(?P<paged>.*(?<![\w-])\d{2,4}\s?(?:p\b|ページ))"
)
"""A title in the brackets of books, and behind it a house and a year or nothing."""


_FIRM_HOUSE = lazy(
    rf"(?:[{KANJI}]{{1,4}}の[{KANJI}]{{1,4}}|[{KANA}]{{2,8}})(?:社|書[店房院]|出版社?)"
)
_PART_OF_TITLE = lazy(
    r"(?<=\S)[のをへ]|について|に関する|における|ための|とは|入門|ガイドライン|ハンドブック|マニュアル|概論|総論"
    r"|治療学$|外科学$|内科学$|白書|報告書?$|年版$|テキスト|[?!]"
)


_SOLD_BY = lazy(r"\S(?:(?<![会公結神聞信])社|書[院店房]|出版[会社部]?|文庫|堂)$")


def beside_town(marked: Marked, piece: Piece, before: Piece) -> str:
    """The house before a last word, or that which was taken behind its colon."""
    house = next((one for one in marked.parts if one.name == "publisher"), None)
    if house is None:
        return marked.left[before.start : before.end].strip(" ,.()")
    return str(house.value) if marked.left[piece.end : house.start].strip() == ":" else ""


def is_town_of(word: str, house: str) -> bool:
    """Whether a short word beside a house may be its town, which no list knows."""
    is_short = re.fullmatch(rf"[{KANJI}]{{2,3}}[市町村区都府県]?", word)
    return is_short is not None and _SOLD_BY.search(house) is not None


def says(word: str) -> bool:
    """Whether words say something, as titles do and names of houses do not."""
    return _PART_OF_TITLE.search(word) is not None


def is_part_of_title(word: str) -> bool:
    """Whether words say something, and are no house such as 主婦の友社."""
    return says(word) and _FIRM_HOUSE.fullmatch(word) is None


_MEETING_LAST = lazy(
    r"(?:シンポジウム|大会|学術集会|総会|年会|ワークショップ|研究発表会|講演会|地方会|セミナー|(?:抄録|予稿|要旨|講演|報告)集)"
    r"(?:論文集|報告集)?\s?(?:(?:19|20)\d\d)?\s?(?:\([^()]{2,16}\))?"
    r"[\s,.]*(?:(?:pp?\.?\s?)?[A-Z]?-?\d[\d-]*+[\s,.]*|\d{4}年?(?:\d+月)?(?:\d+日)?[\s,.]*|(?!No|Vol)[A-Z][a-z]{2,8}\.?\s){0,3}\Z"
)
"""A meeting right before the pages and the year, where a journal has its volume."""
_MEETING_AT = lazy(
    r"(?<=[.,」』”])\s?[^,.「『]{3,40}(?:大会|総会|集会|年会|シンポジウム|会議|フォーラム|カンファレンス|サミット"
    r"|セミナー|ワークショップ|(?:研究|勉強|例|発表|学|報告)会)(?P<town>\s?,\s?[^\d,.:「『]{2,16})\s?,\s?"
    r"(?:19|20)\d\d\s?(?:年\s?\d|[./-]\d)[^,「『]*\Z"
)
"""``題名．研究会，広島，2014年11月．``: a meeting, where it was and when."""


def ends_in_meeting(bare: str) -> bool:
    """Whether a meeting stands where a journal has its volume."""
    return any(sign.search(bare) for sign in (_MEETING_LAST, _MEETING_AT))


def without_town(left: str, span: Segment) -> tuple[Segment, tuple[int, int]]:
    """A meeting without the place behind it, and where that stands."""
    town = _TOWN_BEHIND.search(left[: span.end], span.start)
    if town is None:
        return span, (0, 0)
    return Segment(start=span.start, end=town.start(), sign=span.sign), town.span("town")


_TOWN_BEHIND = lazy(r"(?<=[会議ムス]),\s?(?P<town>[^\d,.:]{2,16})\s*\Z")


TOWN_OF_MEETING = lazy(rf"(?<=[会録])\s?\((?P<town>[{KANJI}]{{2,4}})\)\s*$")


def before_meeting(left: str, span: Segment) -> list[Segment]:
    """The title and the meeting behind the comma: …，第20回日本褥瘡学会学術集会."""
    comma = re.compile(
        r",\s*(?=第\s?\d+\s?回|[^,]{3,30}(?:大会|集会|総会|抄録集|講演集|要旨集)\s?(?:[,\d]|$))"
        r"|[,:]\s*(?=[^,:]{3,40}(?:論文|抄録|予稿|講演|要旨)集\s*$)"
        r"|\s+(?=第\s?\d+\s?回[^\s,.:]+$|[^\s,.:]{3,16}学会第\d+回[^\s,.:]+$)"
    ).search(left[: span.end], span.start)
    if comma is None:
        return []
    stop = left.find(",", comma.end(), span.end)
    return [
        Segment(start=span.start, end=comma.start(), sign="text"),
        Segment(start=comma.end(), end=stop if stop > 0 else span.end, sign="text"),
    ]


HOST = lazy(r"(?:https?://|(?<![\w@/.]))(?P<host>[a-z\d-]+(?:\.[a-z\d-]+)+)(?=[/\s:]|$)")
_IN_LATIN = lazy(r"\s*(?P<site>[A-Z][A-Za-z]{2,}(?:[\s.-][A-Za-z]+){0,3})\s?[.:,]?\s?(?=[「『(])")
_SITE_ALONE = lazy(r"\s*(?P<site>(?:[A-Z]{2,6}\s){0,2}[^\s「『(),.:|]{2,24})\s?(?=[「『])")
_BODY_AND_SITE = lazy(
    r"\s*(?P<body>(?:(?:株式|有限|合同)会社|\S{0,6}法人)?\s?[^\s「『(),.:|]{2,30})\s"
    r"(?P<site>[^\s「『(),.:|]{3,24})\s?(?=[「『])"
)


def take_site_in_front(marked: Marked, start: int) -> int:
    """Take the site before a quoted title, and whose it is: ``研究センター 病気の情報「題名」``.

    A name in Latin letters is the site's where the address holds it.
    """
    host = HOST.search(marked.text)
    latin = _IN_LATIN.match(marked.left, start)
    word = re.split(r"[\s.-]", latin["site"])[0].lower() if latin else ""
    is_told = host is not None and (
        (len(word) > 3 and word in host["host"].replace("-", ""))
        or (latin is not None and latin["site"].lower() == host["host"])
    )
    if latin and is_told and not latin["site"].isupper():
        marked.take_text("container-title", latin.span("site"), 0.7)
        return latin.end("site")
    alone = _SITE_ALONE.match(marked.left, start)
    is_named = alone is not None and is_body(
        re.sub("(?:公式)?(?:ホームページ)?$", "", alone["site"])
    )
    if alone and is_site(alone["site"]) and not is_named:
        marked.take_text("container-title", alone.span("site"), 0.7)
        return alone.end()
    both = _BODY_AND_SITE.match(marked.left, start)
    if both is None or not is_body(both["body"].strip()):
        return 0
    site = both["site"]
    if (
        (is_body(site) and not is_site(site))
        or _NAME.fullmatch(site)
        or re.search("[をはがへにも]", site)
    ):
        return 0
    value = [{"literal": marked.text[slice(*both.span("body"))].strip()}]
    marked.take("author", value, both.span("body"), 0.7)
    marked.take_text("container-title", both.span("site"), 0.65)
    return both.end("site")


_NAME = lazy(rf"[{KANJI}]{{2,6}}")
