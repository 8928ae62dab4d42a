"""What a Japanese reference calls the work, and what holds it: the titles of each kind."""

from __future__ import annotations

import re

from refpipe.items.printed.nouns import Part
from refpipe.items.printed.people.japanese_names import KANA, KANJI, is_body
from refpipe.items.printed.works import days, japanese_roles, japanese_sites, japanese_stretches
from refpipe.items.printed.works.days import DATE, PLAIN_DATE
from refpipe.items.printed.works.imprint import SERIES
from refpipe.items.printed.works.japanese_stretches import Reader, Segment, edges
from refpipe.items.printed.works.marks import CUT, Marked

PLACE = re.compile(
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


_HOUSE = re.compile(r"(?:出版社?|書院|書店|書房|新社|[^\s]の[^\s]{1,8}社)$")
_WHOLE = re.compile(
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
        whole, title = title, _before_school(reader.marked.left, title)
        spans = [title, Segment(start=title.end, end=whole.end, sign="text"), *spans[1:]]
    reader.take_text("title", title, 0.9)
    for span in japanese_stretches.commaed(reader.marked.left, spans):
        word = reader.marked.left[span.start : span.end].strip(f" .,()・{CUT}")
        if (span.start < title.end and span.end > title.start) or not word:
            continue
        if PLACE.fullmatch(word):
            reader.take_text("publisher-place", span, 0.85)
        elif re.search(r"大学|研究科|学部|대학", word):
            begin = japanese_stretches.take_year_of_school(reader.marked, span.start, span.end)
            reader.take_text("publisher", Segment(start=begin, end=span.end, sign=span.sign), 0.88)
        elif not (reader.has_author() or reader.marked.has("author")):
            japanese_roles.take_writer(reader.marked, span, is_apart=quoted is not None)


def _before_school(left: str, title: Segment) -> Segment:
    """The title of a thesis without the university behind its last comma."""
    comma = re.compile(
        r"[,(]\s*(?=[^,(]*(?:大学|研究科)[^,]*$)|\s+(?=\S*(?:大学|研究科)\S*$)"
    ).search(left[: title.end].rstrip(" ,." + CUT), title.start)
    end = comma.start() if comma else title.end
    return Segment(start=title.start, end=end, sign="text")


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


_NOTICE = re.compile(r"(?:省|庁|局|部|課|長|県|都|府|市)\S{0,8}(?:通知|通達|事務連絡)$")
"""Who sent a notice round: 医薬安全対策課長通知."""
_PREPARATION = re.compile(
    r"\d\s?(?:m?g|μg|mL|%|％|単位)|錠|カプセル|注射|皮下注|静注|軟膏|テープ|散|顆粒|シロップ|点眼|吸入|クリーム|パップ|坐剤"
)
"""What names of preparations end in, and names of makers do not."""


def _conference_titles(reader: Reader, spans: list[Segment]) -> None:
    left = reader.marked.left
    spans = [_without_in(left, span) for span in spans]
    town = _TOWN_OF_MEETING.search(left, spans[-1].start, spans[-1].end) if spans else None
    if town:
        reader.marked.take_text("event-place", town.span("town"), 0.7)
        spans[-1] = Segment(start=spans[-1].start, end=town.start(), sign=spans[-1].sign)
    if len(spans) == 1:
        spans = _before_meeting(reader.marked.left, spans[0]) or japanese_stretches.parted(
            reader.marked.left, spans[0]
        )
    if spans:
        reader.take_text("title", spans[0], 0.88)
    if len(spans) > 1:
        spans[1], place = japanese_stretches.without_town(left, spans[1])
        if place[1]:
            reader.marked.take_text("event-place", place, 0.65)
        spans[1] = japanese_roles.take_organiser(reader.marked, spans[1], spans[-1].end)
        reader.take_text("container-title", spans[1], 0.85)


_TOWN_OF_MEETING = re.compile(rf"(?<=[会録])\s?\((?P<town>[{KANJI}]{{2,4}})\)\s*$")


def _before_meeting(left: str, span: Segment) -> list[Segment]:
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


# ── judgments ──────────────────────────────────────────────────────────────

_COURT = (
    rf"最(?:高裁(?:判所)?|[大一二三]小?)?|[{KANJI}]{{2,4}}(?:[高地家簡]裁?|(?:高等|地方|家庭|簡易)裁判所)"
    rf"(?:[{KANJI}]{{1,4}}支部?)?"
)
JUDGMENT = re.compile(
    rf"\s*[〇○]?(?P<title>(?P<authority>{_COURT})\s?(?:(?:第[一二三]小|大)法廷\s?)?"
    rf"(?:(?:判決?|決定?|中間判決|命令)\s?[(]?(?P<date>{PLAIN_DATE})[)]?"
    rf"|[(]?(?P<day>{PLAIN_DATE})[)]?[^「『:]{{0,24}}?(?:判決|決定|命令)))"
)
"""A court, its decision and the day: 最判平成7年6月9日, 東京地裁平成18年7月26日判決."""
_REPORTER = re.compile(
    rf"[\s,・(]*(?P<container_title>[{KANJI}{KANA}]{{1,14}})\s?(?:第?(?P<volume>\d{{1,4}})\s?巻\s?)?"
    r"(?:第?(?P<issue>\d{1,5})\s?号\s?)(?P<page>\d{1,5})(?:\s?頁)?(?:以下)?[)]?"
)
"""Where a judgment is printed: 民集49巻6号1499頁."""


def take_judgment(marked: Marked) -> None:
    """Take a judgment's court and day for its title, and the first reporter that prints it."""
    named = JUDGMENT.match(marked.left)
    if named is None:
        return
    printed = _REPORTER.match(marked.left, named.end())
    name = "date" if named["date"] else "day"
    dated = re.compile(DATE).match(marked.left, named.start(name))
    if dated:
        marked.take("issued", {"date-parts": [days.date_parts(dated)]}, named.span(name), 0.9)
    if "裁" in named["authority"]:
        marked.take_text("authority", named.span("authority"), 0.85)
    for group in ("container_title", "volume", "issue", "page") if printed else ():
        if printed and printed[group]:
            marked.take_text(group.replace("_", "-"), printed.span(group), 0.85)
    start, end = named.span("title")
    value = marked.text[start:end]
    marked.parts.append(Part(name="title", value=value, start=start, end=end, confidence=0.8))


TITLES = {
    "chapter": _chapter_titles,
    "webpage": japanese_sites.web_titles,
    "video": japanese_sites.web_titles,
    "dataset": japanese_sites.web_titles,
    "preprint": _conference_titles,
    "newspaper": _newspaper_titles,
    "thesis": _thesis_titles,
    "law": _single_title,
    "standard": _single_title,
    "drug-label": _single_title,
    "conference": _conference_titles,
}
