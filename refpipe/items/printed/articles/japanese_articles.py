"""A reference in Japanese: SIST 02, Vancouver as Japan prints it, 「」『』, books, web pages.

SIST 02-2007 (https://warp.da.ndl.go.jp/info:ndljp/pid/12003258/jipsti.jst.go.jp/sist/) parts
the elements with full stops; most medical journals put a colon behind the authors and the year
last.  Both are read by the same walk: names, title, container, numbers.
"""

from __future__ import annotations

import re

from refpipe.items.printed import japanese_layout
from refpipe.items.printed.addresses import Addresses
from refpipe.items.printed.articles import container_ends, japanese_numbers, pieces
from refpipe.items.printed.articles import numbers as number_tails
from refpipe.items.printed.clean import Clean
from refpipe.items.printed.nouns import Draft, Head, Part
from refpipe.items.printed.people import japanese_names, western_names
from refpipe.items.printed.people.japanese_names import JAPANESE, KANA, KANJI
from refpipe.items.printed.people.western_names import Names
from refpipe.items.printed.words import word_set
from refpipe.items.printed.works import japanese_stretches
from refpipe.lifetimes import lazy

YEAR = r"(?:1[89]|20)\d\d"
_EDITION = lazy(
    r"(?:改訂|改定|増補|新訂|原著)?第?\s?\d{1,2}\s?版|改訂版|初版|新版|\d{1,2}(?:st|nd|rd|th) ed\.?"
)
_PUBLISHER = lazy(
    r"(?:書院|出版会|出版社|出版局|出版|堂|書店|書房|新社|社|館|協会|振興会|書林|法人.*|ケア|メディカ.*|メディカル.*|Press|Publishing|Springer.*|エルゼビア.*|ジャパン|刊|センター)$"
)
_PLACES = word_set("東京 大阪 京都 名古屋 福岡 札幌 仙台 横浜 神戸 広島 Tokyo Osaka Kyoto")
_CONTAINER = lazy(
    r"(?:誌|雑誌|紀要|論文集|ジャーナル|会報|年報|報告|新聞|Journal|Medicine|医学|外科|内科"
    r"|看護|治療|臨床|医療|診療|研究|J|科学|理学療法|作業療法|東洋療法|科|薬学|medicina"
    r"|Pharma Medica|レビュー|学)(?:[（(].*[)）])?$"
)
_CLOSERS = {"「": "」", "『": "』", "“": "”", '"': '"', "〝": "〟"}
_NUMBERED = lazy(
    r"(?P<series>[^「『:,]{2,30}?)\s?(?:[Nn][Oo]\.?|第)\s?(?P<issue>\d{1,4})\s?号?\s?(?=「)"
)
_STOP = lazy(r"(?<!\d)\.\s*|\.\s*(?!\d)|。\s*|[?!]\s+")
_COMMA = lazy(r",\s*")
_LATIN_LAST = lazy(rf"(?<=[{KANJI}{KANA}]),\s*(?=[A-Z][A-Za-z]*\.(?:\s?[A-Z][A-Za-z]*\.?)+$)")
"""The comma before an abbreviated Latin container: …運動学習、J. J. Sports Sci."""
_SPACE = lazy(r"\s+")
_Span = tuple[int, int]


class Middle:
    """One walk from the title to where the numbers begin; parts are added to the draft."""

    def __init__(self, draft: Draft, clean: Clean, masked: str) -> None:
        self.draft = draft
        self.clean = clean
        self.masked = masked
        self.is_numbered = False
        """Whether a volume stands behind the stretch."""

    def read(self, start: int, end: int) -> None:
        """Add what stands in the stretch between the names and the numbers."""
        numbered = _NUMBERED.match(self.masked, start, end)
        if numbered:
            # PMDA医療安全情報 No.47「…」: the title stands behind the issue.
            self.add("container-title", numbered.span("series"), 0.7)
            self.add("issue", numbered.span("issue"), 0.8)
            start = numbered.end()
        issue = pieces.ISSUE_FIRST.match(self.masked, start, end)
        if issue:
            group = "container_title" if issue["container_title"] else "quoted"
            self.add("container-title", issue.span(group), 0.85)
            self.add("title", issue.span("title"), 0.85)
            self.people(issue.end(), end)
            return
        first = pieces.JOURNAL_FIRST.match(self.masked, start, end)
        first = first or pieces.BOOKED_LAST.match(self.masked, start, end)
        if first:
            self.add("container-title", first.span("journal"), 0.7)
            self.add("title", first.span("title"), 0.8)
            return
        opener = self.masked[start : start + 1]
        close = self.closing(start) if opener in _CLOSERS else -1
        if close > 0 and not self.goes_on(close + 1, end):
            self.add("title", (start + 1, close), 0.95)
            if numbered:
                return
            self.behind_title(close + 1, max(end, close + 1), is_book=opener == "『")
            return
        alone = self.masked[start:end].strip(" .,;:")
        is_short = _CONTAINER.search(alone) and not re.search(r"[\s,.:のをと]", alone)
        if pieces.JOURNAL_ALONE.fullmatch(alone) or (is_short and self.is_numbered):
            self.add("container-title", (start, end), 0.65 if self.is_numbered else 0.6)
            return
        cuts = self.cuts(start, end)
        if not cuts:
            self.add("title", (start, end), 0.75)
            return
        title_end, after = self.title_end(_between(start, end, cuts))
        self.add("title", (start, title_end), 0.9)
        self.behind_title(after, end, is_book=False)

    def goes_on(self, at: int, end: int) -> bool:
        """Whether a title goes on behind a word in quotation marks, which it begins with."""
        touching = self.masked[at : at + 1]
        is_parted = any(
            self.masked[one.end() : end].strip() for one in _STOP.finditer(self.masked, at, end)
        )
        return "ぁ" <= touching <= "ゖ" or (touching.isalnum() and is_parted)

    def closing(self, start: int) -> int:
        """Where the quotation mark at ``start`` is closed, others within it passed over."""
        opener = self.masked[start]
        depth = 0
        for sign in re.compile(f"[{opener}{_CLOSERS[opener]}]").finditer(self.masked, start):
            depth += 1 if sign[0] == opener and (depth == 0 or opener != _CLOSERS[opener]) else -1
            if depth == 0:
                return sign.start()
        return -1

    def cuts(self, start: int, end: int) -> list[re.Match[str]]:
        """The full stops that part elements; commas where there is no full stop.

        A stop between figures is a decimal point.
        """
        latin = _LATIN_LAST.search(self.masked[:end].rstrip(" ,"), start)
        if latin:
            return [latin]
        before, _, last = self.masked[start:end].rstrip(" ,.").rpartition(" ")
        is_held = "," in before[:-1] and "," not in before[-1:] + last and JAPANESE.search(last)
        is_spaced = is_held and _CONTAINER.search(last)
        for pattern in (_STOP, _SPACE, _COMMA) if is_spaced else (_STOP, _COMMA, _SPACE):
            found = [
                match
                for match in pattern.finditer(self.masked, start, end)
                if start < match.start()
                and any(map(str.isalpha, self.masked[match.end() : end]))
                and not pieces.is_within_bracket(self.masked, start, match.start(), end)
            ]
            if found:
                return found
        return []

    def title_end(self, spans: list[_Span]) -> tuple[int, int]:
        """Where the title ends and the next element begins."""
        for index, span in enumerate(spans[1:], 1):
            text = self.masked[slice(*span)].strip(" ,.")
            first = text.split(",")[0].strip()
            is_imprint = _EDITION.match(first) or _PUBLISHER.search(first)
            if is_imprint or re.search(r"[編著]\s?[:「『]", text):
                return spans[index - 1][1], span[0]
        last = len(spans) - 1
        while last > 1 and container_ends.is_latin_pair(self.masked, spans[last - 1], spans[last]):
            last -= 1
        return spans[last - 1][1], spans[last][0]

    def behind_title(self, start: int, end: int, *, is_book: bool) -> None:
        """Read what follows the title: a container, or a book and who brought it out."""
        while start < end and self.masked[start] in " ,.:;)-":
            start += 1
        boxed = re.compile(r"\([^()]{4,60}\)\s+(?=[^\s(\d])").match(self.masked, start, end)
        start = self.behind_editors(boxed.end() if boxed else start, end)
        introduced = re.compile(r"In\s?:\s*").match(self.masked, start, end)
        if introduced:
            self.draft.kind, start = "chapter", introduced.end()
        is_boxed = self.masked.startswith("(", start) and ")" not in self.masked[start:end]
        start += is_boxed or self.masked.startswith("(『", start)
        opener = self.masked[start : start + 1]
        close = self.closing(start) if opener in ("『", "「") else -1
        if close > 0:
            self.add("container-title", (start + 1, close), 0.95)
            self.imprint(self.elements(close + 1, max(end, close + 1)))
            return
        elements = self.elements(start, end)
        words = [self.masked[slice(*span)] for span in elements]
        is_journal = self.is_numbered and len(words) == 1  # 総合ケア 14(2) 18-23
        is_imprint = any(map(_is_book_word, words)) and not is_journal
        if is_book or self.draft.kind or is_imprint:
            self.imprint(elements)
        else:
            is_school = re.fullmatch(
                r"[^\s,.]+(?:大学(?:大学院)?|省|庁|府)", self.masked[start:end].strip(" ,.")
            )
            self.add("publisher" if is_school else "container-title", (start, end), 0.9)

    def behind_editors(self, start: int, end: int) -> int:
        """Where the book's title begins behind its editors; ``start`` where none are named."""
        host = pieces.HOST.match(self.masked, start, end)
        names = japanese_names.within(self.masked, *host.span("names")) if host else None
        if host is None or names is None:
            return start
        value = [dict(name) for name in names.names]
        self.draft.parts.append(
            Part(name="editor", value=value, start=names.start, end=names.end, confidence=0.8)
        )
        self.draft.kind = "chapter"
        return host.end()

    def elements(self, start: int, end: int) -> list[_Span]:
        """The stretches between any two signs."""
        cuts = list(re.compile(r"[.,:;]\s*").finditer(self.masked, start, end))
        return [s for s in _between(start, end, cuts) if self.masked[slice(*s)].strip()]

    def imprint(self, elements: list[_Span]) -> None:
        """Add edition, publisher and place, and the title of the book that holds a chapter."""
        is_of_month = any("月号" in self.masked[slice(*span)] for span in elements)
        is_held = is_of_month or self.draft.kind == "chapter"
        for span in elements:
            text = self.masked[slice(*span)].strip(" ()")
            month = container_ends.OF_MONTH.search(self.masked, *span)
            if month and self.masked[span[0] : month.start()].strip(" ("):
                self.add("container-title", (span[0], month.start()), 0.8)
            elif _EDITION.fullmatch(text):
                self.add("edition", span, 0.9)
            elif text in _PLACES:
                self.add("publisher-place", span, 0.9)
            elif japanese_stretches.is_town_of(text, self.house()):
                self.add("publisher-place", span, 0.7)
            elif _PUBLISHER.search(text):
                # The year behind the comma took the bracket's other half.
                opened = re.compile(r"[ (]*(?=[^()]*$)").match(self.masked, *span)
                self.add("publisher", (opened.end() if opened else span[0], span[1]), 0.8)
            elif is_held and "container-title" not in self.names() and not re.search(r"\d月", text):
                self.add("container-title", span, 0.8)
        names = self.names()
        has_house = names & {"publisher", "edition", "publisher-place"}
        if not self.draft.kind and not is_of_month and has_house:
            self.draft.kind = "chapter" if "container-title" in names else "book"

    def house(self) -> str:
        """The publisher that was found so far."""
        return next((str(one.value) for one in self.draft.parts if one.name == "publisher"), "")

    def people(self, start: int, end: int) -> None:
        """Who wrote an article, behind its title."""
        names = japanese_names.within(self.masked, start, end)
        if names and "author" not in self.names():
            value = [dict(name) for name in names.names]
            self.draft.parts.append(
                Part(name="author", value=value, start=names.start, end=names.end, confidence=0.75)
            )

    def names(self) -> set[str]:
        """The fields found so far."""
        return {part.name for part in self.draft.parts}

    def add(self, name: str, span: _Span, confidence: float) -> None:
        """Add a text field, without the signs around it."""
        start, end = span
        shape = self.masked
        while start < end and shape[start] in " .,;:)":
            start += 1
        while end > start and shape[end - 1] in " .,;:(-":
            end -= 1
        if shape[end : end + 1] == "-" and "-" in shape[start:end]:
            # A subtitle between two dashes keeps the second one.
            end += 1
        if end > start:
            value = self.clean.text[start:end]
            self.draft.parts.append(
                Part(name=name, value=value, start=start, end=end, confidence=confidence)
            )


def _between(start: int, end: int, cuts: list[re.Match[str]]) -> list[_Span]:
    edges = [start, *[edge for cut in cuts for edge in cut.span()], end]
    return [(edges[i], edges[i + 1]) for i in range(0, len(edges) - 1, 2)]


def _is_book_word(text: str) -> bool:
    plain = text.strip(" ()")
    is_publisher = _PUBLISHER.search(plain) and not _CONTAINER.search(plain)
    return bool(_EDITION.fullmatch(plain) or plain in _PLACES or is_publisher)


def is_japanese(clean: Clean) -> bool:
    """Whether the reference is to be read by Japanese habits."""
    return any(is_so(clean.text) for is_so in (japanese_layout.is_written, japanese_layout.is_set))


def read(clean: Clean, addresses: Addresses) -> Draft:
    """The parts of a reference in Japanese, with positions in the cleaned text."""
    masked = addresses.masked
    known = [one.span() for one in pieces.KIND_OF_ARTICLE.finditer(masked)]
    house = pieces.HOUSE.search(masked, masked.find("』") + 1)
    for pattern in (pieces.KIND_OF_ARTICLE, pieces.HOUSE, pieces.NOTES):
        masked = pattern.sub(lambda match: " " * len(match[0]), masked)
    end = len(masked.rstrip(" ,;"))
    translated = pieces.TRANSLATED.match(masked, 0, end)
    translators = japanese_names.within(masked, *translated.span("names")) if translated else None
    if translated and translators:
        start, stop = translated.span("box")
        masked = masked[:start] + " " * (stop - start) + masked[stop:]
    head = _head(masked, end)
    if head.names and pieces.IS_JOURNAL.match(masked, head.names.start, end):
        head = Head(end=0, confidence=0.4)
    tail = japanese_numbers.read(masked, head.end, end, has_year=head.year is not None)
    only = str(head.names.names[0].get("literal", "")) if head.names else ""
    if "volume" in tail.found and _CONTAINER.search(only) and tail.start <= head.end:
        # 臨床整形外科 2022;1:1-8 has the form of a name, and a journal's figures touch it.
        tail.start, head.names, head.end = len(only), None, 0
    front = pieces.ISSUE_FIRST.match(masked, head.end, end)
    if front:
        figures = japanese_numbers.read(
            masked, *front.span("figures"), has_year=head.year is not None
        )
        tail.found = figures.found | tail.found
    of_month = container_ends.OF_MONTH.search(masked, head.end)
    if of_month and head.year is None and "year" not in tail.found:
        tail.found |= {name: (of_month[name], *of_month.span(name)) for name in ("year", "month")}
    draft = Draft(head=head, known=known)
    if head.names:
        names = head.names
        draft.parts.append(
            Part(
                name="editor" if names.are_editors else "author",
                value=[dict(name) for name in names.names],
                start=names.start, end=names.end, confidence=head.confidence,
            )
        )  # fmt: skip
    middle = Middle(draft, clean, masked)
    middle.is_numbered = "volume" in tail.found
    if head.title:
        middle.add("title", head.title, head.confidence)
        middle.behind_title(head.end, tail.start, is_book=False)
    else:
        middle.read(head.end, tail.start)
    container_ends.add_translators(draft, translators)
    if house and "publisher" not in middle.names():
        draft.parts.append(container_ends.publisher(clean.text, *house.span("house")))
    number_tails.place(draft, head, tail)
    draft.parts += japanese_layout.language(clean.text)
    draft.unread.extend(tail.unread)
    container_ends.kind_of_month(draft, masked)
    return draft


def of_issue(clean: Clean, masked: str, issue: japanese_numbers.Issue) -> Draft:
    """The parts of a reference that names a magazine and its issue before what stands in it."""
    draft = Draft(head=Head(end=0, confidence=0.4), known=[(issue.numbers.start, len(masked))])
    middle = Middle(draft, clean, masked)
    sure = 0.85 if issue.is_plain else 0.65
    fields = {"title": issue.title, "container-title": issue.name, "publisher": issue.house}
    for name, span in fields.items():
        if span[1] > 0:
            middle.add(name, span, sure)
    number_tails.place(draft, draft.head, issue.numbers)
    draft.parts += japanese_layout.language(clean.text)
    container_ends.kind_of_month(draft, masked)
    return draft


# ── the head ────────────────────────────────────────────────────────────

_HEAD_STOP = lazy(
    rf"[:]|{japanese_names.STOP}|(?<=[{KANJI}]ら)\s?;|(?<=[他名])\s?;|(?<=ほか)\s?;|[「『“\"]"
    rf"|\((?={YEAR}[a-z]?\))|,\s?(?={YEAR}[.,])"
)
_HEAD_YEAR = lazy(
    rf"[\s,.]*[(]?(?P<y>{YEAR})[a-z]?(?:年)?[)]?(?:[\s.,:]+|(?=[「『]))|[\s,.]*[(](?P<z>{YEAR})[a-z]?年?[)][\s.,:]*"
)


_BOXED = lazy(r"\s*\[(?P<names>[^\[\]]{3,80})\](?=\s*\S)")
"""［辻一郎・山田太郎］ 題名."""


def _head(masked: str, end: int) -> Head:
    for stop in _HEAD_STOP.finditer(masked, 0, min(end, 400)):
        names = japanese_names.within(masked, 0, stop.start())
        if names is None and stop[0] in "「『" and not JAPANESE.search(masked, 0, stop.start()):
            names = western_names.within(masked, 0, stop.start(), is_in_order=True)
        if names:
            return _after(masked, names, stop.start(), end)
    boxed = _BOXED.match(masked, 0, end)
    names = japanese_names.within(masked, *boxed.span("names")) if boxed else None
    if boxed and names and japanese_names.are_plain(names):
        return _after(masked, names, boxed.end(), end)
    names = _leading(masked, end)
    if names:
        head = _after(masked, names, names.end, end)
        head.has_comma_style, head.confidence = True, 0.75
        return head
    western = western_names.scan(masked)
    if western and re.match(r"\s*[.:,(]", masked[western.end :]):
        return _after(masked, western, western.end, end)
    return _title_first(masked, end) or Head(end=0, confidence=0.4)


_QUOTED_FIRST = lazy(r"\s*「(?P<title>[^「」]{4,200})」\s?")
_ELEMENT = lazy(r"[『.:]|(?<![,;・])\s+")


def _title_first(masked: str, end: int) -> Head | None:
    """The names behind the title of an article, where nobody is named before it."""
    quoted = _QUOTED_FIRST.match(masked, 0, end)
    marks = list(_ELEMENT.finditer(masked, 0, min(end, 400)))
    starts = [
        ((0, one.start()), one.end()) for one in marks if one.start() >= 6 and one[0] not in "『:"
    ]
    for title, start in [(quoted.span("title"), quoted.end())] if quoted else starts[:8]:
        stops = [(one.span(), one[0]) for one in marks if one.start() > start][:3]
        for (at, behind), sign in [*stops, ((end, end), "")] if quoted else stops:
            names = japanese_names.within(masked, start, at)
            is_followed = not sign or re.match(r"\s*[^\W\d]", masked[behind:end]) is not None
            is_between = quoted is not None and sign == "『"
            if names and is_followed and (is_between or japanese_names.are_plain(names)):
                head = _after(masked, names, at, end)
                # 運動器・整形外科 has the form of names; most of these have four signs or more.
                is_known = any(map(japanese_names.is_known, names.names))
                is_long = all(len("".join(name.values())) > 3 for name in names.names)
                head.title, head.confidence = title, 0.75 if is_known or is_long else 0.65
                return head
    return None


def _after(masked: str, names: Names, position: int, end: int) -> Head:
    head = Head(end=position, names=names, confidence=0.93)
    year = _HEAD_YEAR.match(masked, position, end)
    if year:
        name = "y" if year["y"] else "z"
        head.year = (year[name], *year.span(name))
        head.end = year.end()
    else:
        sign = re.compile(r"[\s:.,]*").match(masked, position)
        head.end = sign.end() if sign else position
    return head


def _leading(masked: str, end: int) -> Names | None:
    """The names that open a reference whose elements are all separated by commas."""
    stop = 0
    for comma in re.compile(r",\s*").finditer(masked, 0, min(end, 300)):
        names = japanese_names.within(masked, 0, comma.start())
        if japanese_names.unless_run_over(names) is None:
            break
        stop = comma.start()
    # Where spaces part the elements, one stands behind the last of the names.
    best = None
    for space in re.compile(r"(?<![,;])\s+").finditer(masked, stop, min(end, 300)):
        names = japanese_names.within(masked, 0, space.start())
        if names and "".join(names.names[0].values()).isascii():
            break  # AI 技術の役割: a word of Latin letters may open a title.
        if names and re.search(r"\s", masked[space.end() : end].strip()):
            if best is None or container_ends.names_go_on(masked, best.end, space.start()):
                best = names
        elif masked[stop : space.start()].count(" ") > 5:
            break
    return best or (japanese_names.within(masked, 0, stop) if stop else None)
