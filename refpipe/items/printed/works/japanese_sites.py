"""What a Japanese reference to a page says of its title, its site and whose that is."""

from __future__ import annotations

import re

from refpipe.items.printed.people.japanese_names import KANJI, is_body, is_site
from refpipe.items.printed.works import japanese_stretches
from refpipe.items.printed.works.japanese_stretches import Reader, Segment, edges
from refpipe.items.printed.works.marks import Marked, trimmed

_HOST = re.compile(r"(?:https?://|(?<![\w@/.]))(?P<host>[a-z\d-]+(?:\.[a-z\d-]+)+)(?=[/\s:]|$)")
_IN_LATIN = re.compile(r"\s*(?P<site>[A-Z][A-Za-z]{2,}(?:[\s.-]?[A-Za-z]+){0,3})\s?(?=[「『(])")
_BODY_AND_SITE = re.compile(
    r"\s*(?P<body>(?:(?:株式|有限|合同)会社|\S{0,6}法人)?\s?[^\s「『(),.:|]{2,30})\s"
    r"(?P<site>[^\s「『(),.:|]{3,24})\s?(?=[「『])"
)


def take_site_in_front(marked: Marked, start: int) -> int:
    """Take the site before a quoted title, and before it whose it is; where that ends, or 0.

    ``国立研究センター 病気の情報「題名」``; a name in Latin letters is the site's where the address
    holds it.
    """
    host = _HOST.search(marked.text)
    latin = _IN_LATIN.match(marked.left, start)
    word = re.split(r"[\s.-]", latin["site"])[0].lower() if latin else ""
    is_told = host is not None and (
        (len(word) > 3 and word in host["host"].replace("-", ""))
        or (latin is not None and latin["site"].lower() == host["host"])
    )
    if latin and is_told and not latin["site"].isupper():
        marked.take_text("container-title", latin.span("site"), 0.7)
        return latin.end("site")
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


_NAME = re.compile(rf"[{KANJI}]{{2,6}}")
"""What may be a person's name, or an office of the body."""
_SAYS = re.compile(r"[をはがへに？?！!、,]|とは|から|まで|方法|選$|について|ました|です|使い方")
"""What headings say of something, and names of sites do not."""


def is_site_first(marked: Marked, spans: list[Segment]) -> bool:
    """Whether a site stands before its page, parted by a stroke: サイト｜題名.

    Mostly the page is first.  A site shows by its name, by words of it in the address, or since
    only what stands behind it says something.
    """
    if len(spans) < 2 or any(one.sign != "text" for one in spans):
        return False
    name = marked.left[spans[0].start : spans[0].end].strip()
    is_parted = re.fullmatch(r"\s*[|]\s*", marked.left[spans[0].end : spans[1].start])
    if is_parted is None or is_body(name):
        return False
    return is_more_of_site(marked, spans[0], spans[1])


def is_more_of_site(marked: Marked, one: Segment, other: Segment) -> bool:
    """Whether a stretch is more like the name of a site than another."""
    found = _HOST.search(marked.text)
    host = found["host"] if found else ""
    first, second = (
        _likeness_to_site(marked.left[each.start : each.end].strip(), host) for each in (one, other)
    )
    return first > second


def _likeness_to_site(words: str, host: str) -> int:
    plain = host.lower().replace("-", "")
    is_in_host = any(word.lower() in plain for word in re.findall("[A-Za-z]{4,}", words))
    is_named = is_site(words) or any(map(is_body, words.split()))
    return 2 * is_in_host + 2 * is_named - (_SAYS.search(words) is not None)


def web_titles(reader: Reader, spans: list[Segment]) -> None:
    """The title of a page, and the name of the site where one stands behind it."""
    if _take_page_of_site(reader, spans):
        return
    if _take_site_first(reader, spans):
        return
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
    if not is_site_first(reader.marked, spans):
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


_SITE_BOXED = re.compile(r"\s*[〈《](?P<site>[^〈〉《》]{2,30})[〉》]\s?(?=\S)")
_SITE_BEFORE = re.compile(
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


_SITE_BEHIND = re.compile(r"\s-+\s(?P<site>[^-]{2,30})$")

_BODY_IN_BRACKETS = re.compile(r"\s?\((?P<body>[^()]{2,30})\)$")
_SITE_IN_BRACKETS = re.compile(
    r"\s?\((?P<site>[^()]{0,20}(?:[a-z]{2,}|ネット|ナビ|ヘルスケア|クリニック|病院|製薬|株式会社|サイト|ニュース|オンライン)"
    r"[^()]{0,12})\)$"
)
"""A site's name in brackets; an abbreviation (COVID-19) or another word for the title is none."""


def _take_alone(reader: Reader, span: Segment) -> None:
    """Words that hold the title of a page and perhaps its site, before a colon or at the end."""
    left = reader.marked.left
    start, end = trimmed(left, span.start, span.end)
    behind = _SITE_BEHIND.search(left[:end], start) or _SITE_IN_BRACKETS.search(left[:end], start)
    last = left.rfind(" ", start, end) + 1
    body = _BODY_IN_BRACKETS.search(left[:end], start)
    if body and is_body(body["body"]) and not behind:
        reader.take_author(Segment(start=body.start("body"), end=body.end("body"), sign="text"))
        reader.take_text("title", Segment(start=start, end=body.start(), sign="text"), 0.75)
        return
    if behind:
        site, title = behind.span("site"), (start, behind.start())
        both = [Segment(start=at, end=stop, sign="text") for at, stop in (title, site)]
        if left[behind.start() : site[0]].strip(" -") == "" and is_more_of_site(
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
