"""What a Japanese reference calls the work, and what holds it: the titles of each kind."""

from __future__ import annotations

import re

from refpipe.items.printed import japanese_rows
from refpipe.items.printed.people.japanese_names import KANJI, is_body, is_site
from refpipe.items.printed.works import japanese_roles, japanese_stretches
from refpipe.items.printed.works.days import PLAIN_DATE
from refpipe.items.printed.works.imprint import SERIES
from refpipe.items.printed.works.japanese_stretches import Reader, Segment, edges
from refpipe.items.printed.works.marks import CUT, Marked, trimmed
from refpipe.lifetimes import lazy

PLACE = lazy(
    r"(?:東京|大阪|京都|名古屋|福岡|札幌|仙台|横浜|神戸|広島|千葉|埼玉|つくば|新潟|金沢|岡山|熊本|奈良|長野|静岡"
    r"|北海道|青森|岩手|宮城|秋田|山形|茨城|栃木|群馬|神奈川|富山|山梨|岐阜|愛知|三重|滋賀|兵庫|和歌山|鳥取|島根|徳島|香川|愛媛|高知|佐賀|長崎|大分|鹿児島|沖縄"
    rf"|(?:東京)?都?[{KANJI}]{{1,4}}[市区]|Tokyo|Osaka|Kyoto|London|New York|Philadelphia|Geneva"
    r"|ジュネーブ|ロンドン|ニューヨーク)"
)


def book_titles(reader: Reader, spans: list[Segment]) -> None:
    """The title of a book; what stands behind it in small is its series."""
    if reader.kind == "report":
        spans = japanese_stretches.unglued(reader.marked.left, spans)
    if not spans or _take_part_and_whole(reader, spans):
        return
    first = next((one for one in spans if one.sign == "book"), spans[0])
    reader.take_text("title", first, 0.9 if first.sign != "text" else 0.85)
    for span in spans:
        word = reader.marked.left[span.start : span.end]
        if span != first and SERIES.search(word.strip(" .,()『』「」")):
            reader.take_text("collection-title", span, 0.7)


def _take_part_and_whole(reader: Reader, spans: list[Segment]) -> bool:
    """A part and the book that holds it, which nothing but pages and a full stop tell apart."""
    pages = next((str(one.value) for one in reader.marked.parts if one.name == "page"), "")
    gap = reader.marked.left[spans[0].end : spans[1].start] if len(spans) > 1 else ""
    is_plain = reader.kind == "book" and {one.sign for one in spans[:2]} == {"text"}
    is_range = re.search(r"\d\s?[-–—〜～‐―]+\s?\d", pages) is not None
    is_edited = any(part.name == "editor" for part in reader.marked.parts)
    if is_plain and len(spans) == 1 and (is_range or is_edited) and pages:
        return _take_named_whole(reader, spans[0])
    end = spans[1].end if len(spans) > 1 else 0
    is_named = end > 0 and _WHOLE.search(reader.marked.left[:end], spans[1].start - 2) is not None
    if not (is_plain and "." in gap and (is_range or (pages and (is_edited or is_named)))):
        return False
    if SERIES.search(reader.marked.left[spans[1].start : spans[1].end].strip(" .,()")):
        return False
    reader.kind = "chapter"
    reader.take_text("title", spans[0], 0.65)
    reader.take_text("container-title", spans[1], 0.65)
    return True


_HOUSE = lazy(r"(?:出版社?|書院|書店|書房|新社|[^\s]の[^\s]{1,8}社)$")
_WHOLE = lazy(
    r"[.,]\s?(?=[^.,:]{0,40}(?:ガイドライン|治療指針|ハンドブック|マニュアル|テキスト|全書|講座|[事辞]典|百科|教科書|大系|体系|図説)"
    r"(?:\s?第?\d{1,2}巻[^.,:]{0,20})?\s?(?:(?:19|20)\d\d)?(?:年版)?\s*$)"
)


def _take_named_whole(reader: Reader, span: Segment) -> bool:
    """A part and behind its last sign a book whose name shows that it is one."""
    whole = _WHOLE.search(reader.marked.left[: span.end], span.start)
    if whole is None or whole.start() <= span.start:
        return False
    reader.kind = "chapter"
    reader.take_text("title", Segment(start=span.start, end=whole.start(), sign="text"), 0.65)
    reader.take_text("container-title", Segment(start=whole.end(), end=span.end, sign="text"), 0.65)
    return True


def _chapter_titles(reader: Reader, spans: list[Segment]) -> None:
    """The title of a part and of the book that holds it."""
    left = reader.marked.left
    spans = [_without_in(left, span) for span in spans]
    book = next((one for one in spans[1:] if one.sign == "book"), None)
    if len(spans) == 1:
        spans = japanese_stretches.parted(reader.marked.left, spans[0])
    if len(spans) < 2:
        reader.kind = "book"
        book_titles(reader, spans)
        return
    behind = left[spans[1].start : spans[1].end].strip(" .,")
    if len(spans) == 2 and _HOUSE.search(behind) and not reader.marked.has("publisher"):
        # Who looked a book through stands behind its title: …, 林 典雄(監), 運動と医学の出版社
        reader.kind = "book"
        reader.take_text("publisher", spans[1], 0.7)
        book_titles(reader, spans[:1])
        return
    if not reader.marked.has("author"):
        start, end = japanese_roles.take_behind_comma(reader.marked, spans[0].start, spans[0].end)
        spans[0] = Segment(start=start, end=end, sign=spans[0].sign)
    reader.take_text("title", spans[0], 0.88)
    is_series = len(spans) > 2 and SERIES.search(left[spans[1].start : spans[1].end].strip(" .,"))
    whole = book or spans[2 if is_series else 1]
    reader.take_text("container-title", whole, 0.88)
    for span in spans[1:]:
        if span not in (book, whole) and SERIES.search(left[span.start : span.end].strip()):
            reader.take_text("collection-title", span, 0.7)


def _without_in(left: str, span: Segment) -> Segment:
    match = re.compile(r"\s*(?:In|in|所収|収録)\s?[:.]?\s+|\s*(?:所収|収録)[:.]?\s*").match(
        left, span.start, span.end
    )
    if match and match.end() < span.end and span.sign == "text":
        return Segment(start=match.end(), end=span.end, sign=span.sign)
    return span


# ── pages and their sites ──

_SAYS = lazy(r"[をはがへに？?！!、,]|とは|から|まで|方法|選$|について|ました|です|使い方")
"""What headings say of something, and names of sites do not."""


def _is_site_first(marked: Marked, spans: list[Segment]) -> bool:
    """Whether a site stands before its page, parted by a stroke: サイト｜題名.

    Mostly the page is first.  A site shows by its name, by words of it in the address, or since
    only what stands behind it says something.
    """
    if len(spans) < 2 or any(one.sign != "text" for one in spans):
        return False
    name = marked.left[spans[0].start : spans[0].end].strip()
    is_parted = re.fullmatch(r"\s*[|/]\s*", marked.left[spans[0].end : spans[1].start])
    if is_parted is None or is_body(name):
        return False
    return _is_more_of_site(marked, spans[0], spans[1])


def _is_more_of_site(marked: Marked, one: Segment, other: Segment) -> bool:
    """Whether a stretch is more like the name of a site than another."""
    found = japanese_stretches.HOST.search(marked.text)
    host = found["host"] if found else ""
    first, second = (
        _likeness_to_site(marked.left[each.start : each.end].strip(), host) for each in (one, other)
    )
    return first > second


def _likeness_to_site(words: str, host: str) -> int:
    plain = host.lower().replace("-", "")
    is_in_host = any(word.lower() in plain for word in re.findall("[A-Za-z]{4,}", words))
    is_named = is_site(words) or any(map(is_body, words.split()))
    is_named = is_named or _CLINIC.search(words) is not None
    return 2 * is_in_host + 2 * is_named - (_SAYS.search(words) is not None)


def _web_titles(reader: Reader, spans: list[Segment]) -> None:
    """The title of a page, and the name of the site where one stands behind it."""
    if not (_take_page_of_site(reader, spans) or _take_site_first(reader, spans)):
        _take_page(reader, spans)
    japanese_rows.part_site(reader.marked)


def _take_page(reader: Reader, spans: list[Segment]) -> None:
    quoted = next((one for one in spans if one.sign != "text"), None)
    has_author = reader.has_author()
    if quoted is None and _take_without_quotes(reader, spans):
        return
    is_named = quoted is None and not has_author and len(spans) > 1
    first = reader.marked.left[slice(*trimmed(reader.marked.left, *edges(spans)))]
    if is_named and (reader.kind == "video" or is_body(first)):
        reader.take_author(spans[0])
        spans = spans[1:]
        if _take_site_first(reader, spans):  # 協会｜サイト｜題名
            return
    if quoted is None and len(spans) == 1 and reader.is_spaced:
        spans = japanese_stretches.spaced(reader.marked.left, spans[0])
    title = quoted or (spans[0] if spans else None)
    if title is None:
        return
    reader.take_text("title", title, 0.9 if quoted else 0.85)
    _take_beside(reader, title, [one for one in spans if one != title], is_quoted=bool(quoted))


def _take_site_first(reader: Reader, spans: list[Segment]) -> bool:
    """A site before its page, parted by a stroke."""
    if not _is_site_first(reader.marked, spans):
        return False
    whole = Segment(start=spans[1].start, end=spans[-1].end, sign="text")
    reader.take_text("title", whole, 0.65)
    reader.take_text("container-title", spans[0], 0.65)
    return True


def _take_beside(reader: Reader, title: Segment, others: list[Segment], *, is_quoted: bool) -> None:
    """Take the site of a page, or who brought it out, from before or behind its title."""
    if others:
        before = [one for one in others if one.end <= title.start]
        if reader.is_spaced and before and not is_quoted:
            reader.take_text("container-title", before[0], 0.7)
            return
        after = [one for one in others if one.start >= title.end]
        word = reader.marked.left[after[0].start : after[0].end].strip() if after else ""
        gap = reader.marked.left[title.end : after[0].start] if after else ""
        is_maker = is_body(word) and not (is_site(word) or gap.strip() == "-")
        if is_quoted and not reader.has_author() and is_maker:
            reader.take_author(after[0])
        elif len(word) <= 40 and re.search(r"[^\W\d年]", word):
            reader.take_text("container-title", after[0], 0.7)
        elif before and is_quoted and reader.kind == "video":
            reader.take_author(before[-1])
        elif before and is_quoted:
            reader.take_text("container-title", before[-1], 0.65)


def _take_without_quotes(reader: Reader, spans: list[Segment]) -> bool:
    """A page whose site shows in front, or of which nothing is said but its title and site."""
    if reader.kind != "video" and _take_site_before(reader, spans):
        return True
    is_alone = len(spans) == 1 and not reader.has_author()
    if is_alone:
        _take_alone(reader, spans[0])
    return is_alone


def _take_page_of_site(reader: Reader, spans: list[Segment]) -> bool:
    """``サイト [インターネット]. 2021. ページ.``: the page stands behind the date of its site."""
    parts = {part.name: part for part in reader.marked.parts}
    medium, dated = parts.get("medium"), parts.get("issued")
    before = [one for one in spans if medium and one.end <= medium.start]
    behind = [one for one in spans if medium and one.start >= medium.end]
    seen = re.compile(r"引用|閲覧|参照|cited").search(
        reader.marked.text, medium.end if medium else 0
    )
    edge = dated.end if dated and medium and dated.start > medium.end else 0
    edge = edge or (seen.end() if seen else 0)
    page = next((one for one in behind if edge and one.start >= edge), None)
    if len(before) != 1 or page is None or page != behind[-1]:
        return False
    reader.take_text("title", page, 0.8)
    reader.take_text("container-title", before[0], 0.8)
    for span in behind[:-1]:
        reader.take_text("publisher", span, 0.65)
    return True


_SITE_BOXED = lazy(r"\s*[〈《](?P<site>[^〈〉《》]{2,30})[〉》]\s?(?=\S)")
_SITE_BEFORE = lazy(
    r"\s*(?P<site>[^:,.]{2,30}?(?:マニュアル[^:,.]{0,14}|ライブラリー?|サイト|ネット|ナビ|ポータル|ドットコム|ホームページ|HP|ニュース|オンライン"
    r"|[辞事]典|百科|Wikipedia|ウィキペディア|チャンネル|ブログ|Web|web|\.jp|\.com))\s?[:,.]\s?(?=\S)"
)


def _take_site_before(reader: Reader, spans: list[Segment]) -> bool:
    """The site where its name shows that it is one, before the title of its page."""
    left = reader.marked.left
    before = None
    if spans:
        whole = left[: spans[-1].end]
        before = _SITE_BOXED.match(whole, spans[0].start)
        before = before or _SITE_BEFORE.match(whole, spans[0].start)
    if before is None or (len(spans) > 1 and before.end() < spans[0].end):
        return False
    start = before.end()
    reader.take_text("title", Segment(start=start, end=spans[-1].end, sign="text"), 0.7)
    site = Segment(start=before.start("site"), end=before.end("site"), sign="text")
    reader.take_text("container-title", site, 0.7)
    return True


_CLINIC = lazy(
    r"(?:クリニック|医院|[皮内外歯眼][ふ膚]?科|整骨院|鍼灸院|薬局|薬剤師|ブログ|なび|だより|HP|ホームページ|オンライン|ニュース|チャンネル)$"
)
_SITE_BEHIND = lazy(r"\s-+\s(?P<site>[^-]{2,30})$")

_BODY_IN_BRACKETS = lazy(r"\s?\((?P<body>[^()]{2,30})\)$")
_SITE_IN_BRACKETS = lazy(
    r"\s?\((?P<site>[^()]{0,20}(?:[a-z]{2,}|ネット|ナビ|ヘルスケア|クリニック|病院|製薬|株式会社|サイト|ホームページ|ニュース|オンライン)"
    r"[^()]{0,12})\)$"
)
"""A site's name in brackets; an abbreviation (COVID-19) or another word for the title is none."""


def _take_named_site(reader: Reader, start: int, end: int) -> bool:
    """A site whose name shows that it is one, before a blank or behind a comma."""
    left = reader.marked.left
    blank, comma = left.find(" ", start, end), left.rfind(",", start, end)
    first, last = (start, blank), (comma + 1, end)
    if blank > 0 and _CLINIC.search(left[slice(*first)]) and end - blank > blank - start:
        site, title = first, (blank + 1, end)
    elif comma > 0 and end - comma < 16 and _CLINIC.search(left[slice(*last)]):
        site, title = last, (start, comma)
    else:
        return False
    reader.take_text("title", Segment(start=title[0], end=title[1], sign="text"), 0.65)
    reader.take_text("container-title", Segment(start=site[0], end=site[1], sign="text"), 0.65)
    return True


def _take_alone(reader: Reader, span: Segment) -> None:
    """Words that hold the title of a page and perhaps its site, before a colon or at the end."""
    left = reader.marked.left
    start, end = trimmed(left, span.start, span.end)
    behind = _SITE_BEHIND.search(left[:end], start) or _SITE_IN_BRACKETS.search(left[:end], start)
    last = left.rfind(" ", start, end) + 1
    if not behind and _take_named_site(reader, start, end):
        return
    body = _BODY_IN_BRACKETS.search(left[:end], start)
    if body and is_body(body["body"]) and not behind:
        reader.take_author(Segment(start=body.start("body"), end=body.end("body"), sign="text"))
        reader.take_text("title", Segment(start=start, end=body.start(), sign="text"), 0.75)
        return
    if behind:
        site, title = behind.span("site"), (start, behind.start())
        both = [Segment(start=at, end=stop, sign="text") for at, stop in (title, site)]
        if left[behind.start() : site[0]].strip(" -") == "" and _is_more_of_site(
            reader.marked, *both
        ):
            site, title = title, site
    elif last > start and is_body(left[last:end]) and not is_body(left[start:last].strip()):
        site, title = (last, end), (start, last)
    else:
        reader.take_text("title", span, 0.75)
        return
    # Words of sites in brackets leave less doubt than a dash or a blank.
    sure = 0.7 if reader.marked.left[site[0] - 1 : site[0]] == "(" else 0.65
    reader.take_text("title", Segment(start=title[0], end=title[1], sign="text"), sure)
    reader.take_text("container-title", Segment(start=site[0], end=site[1], sign="text"), sure)


# ── papers, theses and what has one title ──


def take_paper(marked: Marked) -> None:
    """What stands before the day of a newspaper whose name is none that is known."""
    paper = re.compile(
        rf"(?<=[.,:」』])\s?(?P<name>[^\s,.「」『』()]{{2,16}})\s?[,(]?\s?(?={PLAIN_DATE})"
    )
    first = re.compile(r"\s*(?P<name>[^\s,.:「」『』()]{2,12})\s?(?=「)")
    is_open = not marked.has("container-title")
    match = (paper.search(marked.left) or first.match(marked.left)) if is_open else None
    if match and not is_body(match["name"]):
        marked.take_text("container-title", match.span("name"), 0.75)


def _newspaper_titles(reader: Reader, spans: list[Segment]) -> None:
    """The heading; the paper was taken by its name."""
    left = reader.marked.left
    spans = japanese_stretches.unglued(left, spans)
    quoted = next((one for one in spans if one.sign == "quoted"), None)
    paper = next((part for part in reader.marked.parts if part.name == "container-title"), None)
    before = [one for one in spans if paper and one.end <= paper.start]
    title, words = quoted or next(iter(spans), None), left[slice(*edges(before[:1]))]
    if len(before) > 1 and not reader.has_author() and ("「" in words[1:] or quoted in before[1:]):
        # 姿消す帽子…現場「邪魔」、男性増加：読売新聞: what is said goes on within the heading.
        title = Segment(start=before[0].start, end=before[-1].end, sign="text")
    if title is not None:
        reader.take_text("title", title, 0.88)


def _thesis_titles(reader: Reader, spans: list[Segment]) -> None:
    quoted = next((one for one in spans if one.sign != "text"), None)
    title = quoted or (spans[0] if spans else None)
    if title is None:
        return
    if quoted is None:
        whole, end = title, japanese_rows.school_behind(reader.marked.left, title.start, title.end)
        title = Segment(start=title.start, end=end, sign="text")
        spans = [title, Segment(start=title.end, end=whole.end, sign="text"), *spans[1:]]
    reader.take_text("title", title, 0.9)
    for span in japanese_stretches.commaed(reader.marked.left, spans):
        word = reader.marked.left[span.start : span.end].strip(f" .,()・{CUT}")
        if (span.start < title.end and span.end > title.start) or not word:
            continue
        if PLACE.fullmatch(word) or _TOWN_BEFORE.match(reader.marked.left, span.start):
            reader.take_text("publisher-place", span, 0.85)
        elif re.search(r"大学|研究科|学部|대학", word):
            begin = japanese_rows.take_year_of_school(reader.marked, span.start, span.end)
            reader.take_text("publisher", Segment(start=begin, end=span.end, sign=span.sign), 0.88)
        elif not (reader.has_author() or reader.marked.has("author")):
            japanese_roles.take_writer(reader.marked, span, is_apart=quoted is not None)


_TOWN_BEFORE = lazy(rf"\s*[{KANJI}]{{2,3}}\s?:\s?[^\s:,.;]*大学")
"""A town that no list knows, before a university: 山口：山口大学."""


def _single_title(reader: Reader, spans: list[Segment]) -> None:
    """A law, a standard, a label: one title, and perhaps who gave it out."""
    is_label = reader.kind == "drug-label"
    spans = japanese_stretches.unglued(reader.marked.left, spans) if is_label else spans
    words = [reader.marked.left[one.start : one.end] for one in spans]
    is_maker_first = is_label and len(spans) > 1 and not reader.has_author()
    if is_maker_first and not _PREPARATION.search(words[0]) and _PREPARATION.search(words[1]):
        reader.take_author(spans[0])
        spans = spans[1:]
    is_given = len(spans) > 1 and not reader.has_author() and _NOTICE.search(words[0].rstrip())
    if is_given and reader.kind == "law":
        reader.take_author(spans[0])
        spans = spans[1:]
    quoted = next((one for one in spans if one.sign != "text"), None)
    title = quoted or (spans[0] if spans else None)
    if title is not None:
        reader.take_text("title", title, 0.85)


_NOTICE = lazy(r"(?:省|庁|局|部|課|長|県|都|府|市)\S{0,8}(?:通知|通達|事務連絡)$")
"""Who sent a notice round: 医薬安全対策課長通知."""
_PREPARATION = lazy(
    r"\d\s?(?:m?g|μg|mL|%|％|単位)|錠|カプセル|注射|皮下注|静注|軟膏|テープ|散|顆粒|シロップ|点眼|吸入|クリーム|パップ|坐剤"
)
"""What names of preparations end in, and names of makers do not."""


def _conference_titles(reader: Reader, spans: list[Segment]) -> None:
    left = reader.marked.left
    spans = [_without_in(left, span) for span in spans]
    meeting = japanese_stretches.TOWN_OF_MEETING
    town = meeting.search(left, spans[-1].start, spans[-1].end) if spans else None
    if town:
        reader.marked.take_text("event-place", town.span("town"), 0.7)
        spans[-1] = Segment(start=spans[-1].start, end=town.start(), sign=spans[-1].sign)
    if len(spans) == 1:
        both = japanese_stretches.before_meeting(left, spans[0])
        spans = both or japanese_stretches.parted(left, spans[0])
    if spans:
        reader.take_text("title", spans[0], 0.88)
    if len(spans) > 1:
        spans[1], place = japanese_stretches.without_town(left, spans[1])
        if place[1]:
            reader.marked.take_text("event-place", place, 0.65)
        spans[1] = japanese_roles.take_organiser(reader.marked, spans[1], spans[-1].end)
        reader.take_text("container-title", spans[1], 0.85)


TITLES = {
    "chapter": _chapter_titles,
    "webpage": _web_titles,
    "video": _web_titles,
    "dataset": _web_titles,
    "preprint": _conference_titles,
    "newspaper": _newspaper_titles,
    "thesis": _thesis_titles,
    "law": _single_title,
    "standard": _single_title,
    "drug-label": _single_title,
    "conference": _conference_titles,
}
