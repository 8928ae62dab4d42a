"""Western references that are no journal articles, each read by the order of its kind."""

from __future__ import annotations

import re

from refpipe.items.printed.nouns import LIVING_BOOK, TYPE_OF, WITH_IMPRINT, Draft, Part
from refpipe.items.printed.works import (
    days,
    imprint,
    marks,
    western_behind,
    western_hosts,
    western_kinds,
    western_own_words,
    western_roles,
)
from refpipe.items.printed.works.marks import CUT, Marked
from refpipe.items.printed.works.western_front import IN, Front, Span
from refpipe.lifetimes import lazy


def read(text: str, masked: str, kind: str) -> Draft:
    """The parts of a reference of this kind."""
    return _Reader(Marked(text=text, left=masked), kind).read()


class _Reader(Front):
    """One walk: marks, names, roles, imprint, and the titles that are left."""

    def read(self) -> Draft:
        marked = self.marked
        online = _ONLINE.search(marked.text)
        medium = marks.take_media(marked)
        self.take_kind_marks()
        if self.kind in ("conference", "chapter"):
            western_behind.take_meeting(self)
        days.take_labelled_dates(marked)
        self.take_head()
        is_of_body = self.head.names is not None and self.head.names.kind == "group"
        if self.kind == "book" and online and is_of_body and not _COUNTED.search(marked.left):
            self.kind = "webpage"
        self.take_what_it_is()
        is_site_first = (
            online is not None
            and self.kind == "webpage"
            and not western_hosts.is_titled_before(marked, self.begin, online.start())
        )
        if online and is_site_first:
            self.take_date_of_site(online.end())
        elif online and self.kind == "webpage":
            marked.cut(*online.span())
        self.take_dates()
        self.take_last_bracket()
        self.take_number_behind()
        self.take_small_in()
        self.take_last_pages()
        self.clear_brackets()
        if self.kind in ("conference", "chapter") and medium != "conference":
            self.take_host()
        else:
            western_roles.take_roles(self.marked, self.begin, len(marked.left))
            if not (online and is_site_first and self.take_page_of_site(online.start())):
                self.take_titles(self.begin, len(marked.left), "title")
        if self.kind == "webpage":
            western_hosts.take_named_site(marked)
        marks.take_bare_pages(marked, floor=self.begin)
        draft = Draft(head=self.head, kind=TYPE_OF[self.kind])
        draft.parts, draft.custom, draft.known = marked.parts, marked.custom, marked.known
        return draft

    # ── marks of one kind ──

    def take_what_it_is(self) -> None:
        """What a work says it is, its edition, volume and pages."""
        marked = self.marked
        if self.kind == "webpage":
            marks.take_genre(marked, self.begin)
        if self.kind in _DESCRIBED:
            western_hosts.take_marks(marked, self.begin)
        if self.kind in ("book", "report", "webpage", "guideline"):
            marks.take_guideline_number(marked, self.begin)
        marks.take_edition(marked, floor=self.begin)
        marks.take_volume(marked, floor=self.begin)
        marks.take_pages(marked, floor=self.begin)

    def take_dates(self) -> None:
        """The date of the work, where its label or the year in front did not tell it."""
        marked = self.marked
        days.take_date_of_part(marked, floor=self.begin)
        days.take_open_date(marked, floor=self.begin)
        if not marked.has("issued") and marked.sealed < 0 and not self.is_undated:
            is_whole = self.kind in ("book", "report", "thesis")
            days.last_date(marked, floor=self.begin, is_whole=is_whole)
        else:
            days.drop_repeated_year(marked, floor=self.begin)
        days.settle_dates(marked)
        if self.kind in ("newspaper", "webpage"):
            western_behind.day_of_paper(self)
        marks.take_pages(marked, floor=self.begin)
        days.drop_dates_in_brackets(marked, floor=self.begin)

    def take_date_of_site(self, position: int) -> None:
        """``Site [Internet]. 2023. Page about 2023.``: the date straight behind the medium."""
        left = self.marked.left
        start = position + len(left[position:]) - len(left[position:].lstrip(f" .{CUT}"))
        dated = re.compile(days.DATE, re.IGNORECASE).match(left, start)
        if dated and not self.marked.has("issued") and re.match(r"\s*\.\s", left[dated.end() :]):
            value = {"date-parts": [days.date_parts(dated)]}
            self.marked.take("issued", value, dated.span(), 0.9)

    def take_kind_marks(self) -> None:
        mark = western_own_words.MARKS.get(self.kind)
        if mark is None:
            return
        for match in list(mark.finditer(self.marked.left)):
            groups = {key: value for key, value in match.groupdict().items() if value}
            if "number_of_pages" in groups:
                self.marked.known.append(match.span())
            for name in groups:
                field = "genre" if name in ("degree", "bare") else name.replace("_", "-")
                if name == "bare" and self.is_state(match.start(name)):
                    continue
                if field == "date":
                    if not self.marked.has("issued"):
                        year = {"date-parts": [[int(match[name])]]}
                        self.marked.parts.append(
                            Part(
                                name="issued",
                                value=year,
                                start=match.start(name),
                                end=match.end(name),
                                confidence=0.85,
                            )
                        )
                elif not self.marked.has(field):
                    self.marked.take_text(field, match.span(name), 0.9)
            if "bare" not in groups or not self.is_state(match.start("bare")):
                self.marked.cut(*match.span())

    def is_state(self, position: int) -> bool:
        """Whether "MA" behind a town is Massachusetts and no degree."""
        town = self.marked.left[:position].rstrip(" ,").rpartition(", ")[2]
        return imprint.is_place(town)

    # ── roles in the middle ──

    def clear_brackets(self) -> None:
        """A bracket of which all was understood is no part of a title."""
        for match in list(
            re.compile(rf"[(\[][\s,.;:&]*{CUT}[\s,.;:&{CUT}]*[)\]]|(?<!\w)[(\[]\s*[)\]]").finditer(
                self.marked.left, self.begin
            )
        ):
            self.marked.cut(*match.span())

    def take_small_in(self) -> None:
        """``Title. in Series, no. 3. Place: House``."""
        match = _SMALL_IN.search(self.marked.left, self.begin)
        if self.kind in ("chapter", "conference"):
            host = re.compile(r"[”\"]\sin\s").search(self.marked.text, self.begin)
            match = _SERIES_IN.search(self.marked.left, host.end()) if host else None
        if match and self.kind in ("book", "chapter", "conference"):
            self.marked.take_text("collection-title", match.span("series"), 0.75)
            if match["number"]:
                self.marked.take_text("collection-number", match.span("number"), 0.75)
            self.marked.cut(*match.span())

    def take_last_pages(self) -> None:
        """``(New York: Penguin, 2006), 99-100.``: the pages behind the bracket of a note."""
        chapter = _LAST_CHAPTER.search(self.marked.left, self.begin)
        if chapter and self.kind in ("chapter", "book"):
            self.marked.take("chapter-number", chapter["n"], chapter.span("n"), 0.8)
            self.marked.cut(*chapter.span())
        match = _LAST_PAGES.search(self.marked.left, self.begin)
        if match is None and self.kind in WITH_IMPRINT and self.marked.has("issued"):
            match = _PAGES_BEHIND_HOUSE.search(self.marked.left, self.begin)
        if match and not self.marked.has("page"):
            self.marked.take("page", match["p"], match.span("p"), 0.8)

    def take_number_behind(self) -> None:
        """``Office, 2003, WHO/CDS/CSR/GAR/2003.11.``: the number of a report, behind its date."""
        dated = next((part.start for part in self.marked.parts if part.name == "issued"), None)
        match = _NUMBER_BEHIND.match(self.marked.left, dated) if dated is not None else None
        if match and self.kind == "report":
            self.marked.take_text("number", match.span("number"), 0.75)

    def take_last_bracket(self) -> None:
        """``(Series; 3)`` behind the date of a book."""
        dated = next((part.end for part in self.marked.parts if part.name == "issued"), 0)
        match = _LAST_BRACKET.search(self.marked.left, dated) if dated else None
        if match and self.kind in WITH_IMPRINT:
            is_number = re.fullmatch(r"[A-Z]{2,}(?:[/-][\w.]+)+", match["series"])
            name = "number" if is_number else "collection-title"
            self.marked.take_text(name, match.span("series"), 0.75)
            if match["number"]:
                self.marked.take_text("collection-number", match.span("number"), 0.75)
            self.marked.cut(*match.span())

    def take_titles(self, start: int, end: int, name: str) -> None:
        """The title in a stretch, what holds it, and the imprint behind."""
        left = self.marked.left
        while start < end and left[start] in f" .,;:{CUT}":
            start += 1
        quoted = marks.quoted(self.marked.text, start, end)
        if quoted:
            self.marked.take_text(name, quoted[0], 0.95)
            is_unmarked = self.kind == "report" or not self.marked.has("genre")
            if (
                self.kind in ("report", "thesis")
                and is_unmarked
                and "," in self.marked.text[quoted[1] - 2 : quoted[1]]
            ):
                western_behind.take_institution(self, quoted[1], end)
                return
            self.take_rest(self.sentences(quoted[1], end))
            return
        self.take_bracketed_imprint(start, end)
        sentences = self.sentences(start, end)
        if not sentences:
            return
        if len(sentences) == 1:
            self.take_single(sentences[0], name)
            return
        begin = imprint.town_and_house(self.marked, *sentences[-1], least=3)
        if begin < sentences[-1][1]:
            self.marked.take_text(name, (sentences[0][0], begin), 0.85)
            return
        count = self.title_sentences(sentences)
        self.marked.take_text(name, (sentences[0][0], sentences[count - 1][1]), 0.88)
        self.take_rest(sentences[count:])

    def title_sentences(self, sentences: list[Span]) -> int:
        """How many sentences the title has: a question is often followed by its explanation."""
        first, second = (self.marked.left[slice(*span)] for span in sentences[:2])
        between = self.marked.left[sentences[0][1] : sentences[1][0]]
        if first[-1] not in "?!" or CUT in between:
            return self.sentences_before_imprint(sentences)
        is_other = (
            _DOMAIN.fullmatch(second)
            or imprint.is_sealed(self.marked, sentences[1][1])
            or imprint.is_house(second)
            or imprint.is_place(second)
            or western_kinds.SCHOOL.search(second)
        )
        if is_other or re.match(r"[^:]{2,30}:\s[A-Z]", second):
            return 1
        small = [word for word in second.split() if word[0].islower()]
        return 2 if small or len(sentences) > 2 else 1

    def sentences_before_imprint(self, sentences: list[Span]) -> int:
        """All sentences in front of an imprint that is sure, but for series and what was cut."""
        left = self.marked.left
        if self.kind not in WITH_IMPRINT:
            return 1
        if self.kind == "conference" and _INVERTED_NAME.search(left[slice(*sentences[0])]):
            # ``Decision and Control, 2001. Proceedings of the 40th IEEE Conference on``
            return 2 if western_hosts.CONFERENCE.search(left[slice(*sentences[1])]) else 1
        ends = [
            number for number, one in enumerate(sentences)
            if imprint.is_sealed(self.marked, one[1]) or imprint.is_placed(left[slice(*one)])
        ]  # fmt: skip
        count = 1
        while ends and count < ends[0]:
            words = left[slice(*sentences[count])]
            if CUT in left[sentences[count - 1][1] : sentences[count][0]] or self.is_other(words):
                break
            if western_behind.is_number_alone(left[slice(*sentences[count + 1])]):
                break
            count += 1
        return count

    def is_other(self, words: str) -> bool:
        """Whether a sentence between title and imprint is a series, a body, a town or a remark."""
        return (
            imprint.is_house(words)
            or imprint.is_place(words)
            or _SERIES.search(words) is not None
            or western_kinds.SCHOOL.search(words) is not None
        )

    def take_page_of_site(self, medium: int) -> bool:
        """``Site [Internet]. 2019. Page.``: the page stands behind the date of the site."""
        behind = self.sentences(medium, len(self.marked.left))
        site = self.sentences(self.begin, medium)
        dated = next((part for part in self.marked.parts if part.name == "issued"), None)
        if dated:
            page = [span for span in behind if span[0] >= dated.end]
            house = [span for span in behind if span[1] <= dated.start]
        else:
            page, house = behind, []
        words = self.marked.left[slice(*page[0])] if page else ""
        is_imprint = imprint.is_placed(words) or imprint.is_place(words)
        is_alone = (
            bool(dated) or self.marked.left[page[0][1] : page[0][1] + 1] not in ";,"
            if page
            else False
        )
        if len(page) != 1 or len(site) != 1 or len(house) > 1 or is_imprint or not is_alone:
            return False
        is_number = re.search(r"\bno\.:\s|\b[A-Z]{2,}\d{4,}", words) is not None
        if is_number or (not dated and ":" in words):
            return False
        self.marked.take_text("container-title", site[0], 0.8)
        self.marked.take_text("title", page[0], 0.8)
        if house:
            imprint.take(self.marked, *house[0], is_whole=True)
        return True

    def take_single(self, span: Span, name: str) -> None:
        """One stretch that holds the title and, behind commas, perhaps the imprint."""
        start, end = span
        if self.kind in WITH_IMPRINT or self.kind == "thesis":
            end = imprint.take(self.marked, start, end, is_whole=False)
        self.marked.take_text(name, (start, end), 0.85)

    def take_bracketed_imprint(self, start: int, end: int) -> None:
        """``(Publisher, Place, 2011)``, as Nature prints it."""
        for match in list(
            re.compile(rf"\(([^()]*?),?\s*{CUT}\s*\)").finditer(self.marked.left, start, end)
        ):
            if match[1].strip() and self.kind in WITH_IMPRINT:
                start, end = match.span(1)
                if length := _before_town(match[1]):
                    self.marked.take_text("publisher", (start, start + length), 0.8)
                    self.marked.take_text("publisher-place", (start + length, end), 0.8)
                else:
                    imprint.take(self.marked, start, end, is_whole=True)
                self.marked.cut(*match.span())

    def take_rest(self, sentences: list[Span]) -> None:
        """What stands behind the title: a site, a series, a publisher, by the kind of work."""
        if not sentences:
            return
        reader = western_behind.BEHIND.get(self.kind, western_behind.imprint_behind)
        reader(self, sentences)

    def take_host(self) -> None:
        """A title, "In", the book or proceedings with its editors, and the imprint."""
        left = self.marked.left
        introduced = self.host_start()
        if introduced is None:
            if self.kind == "conference":
                self.take_titles(self.begin, len(left), "title")
            else:
                self.take_unintroduced()
            return
        title_end, begin = introduced
        if numbered := _CHAPTER_IN.match(left, title_end):
            self.marked.take("chapter-number", numbered["n"], numbered.span("n"), 0.8)
            self.marked.known.append(numbered.span())
        start = self.begin
        while start < title_end and left[start] in f" .,;:{CUT}":
            start += 1
        quoted = marks.quoted(self.marked.text, start, title_end)
        self.marked.take_text("title", quoted[0] if quoted else (start, title_end), 0.92)
        western_roles.take_roles(self.marked, begin, len(left))
        marks.take_bare_pages(self.marked, floor=begin)
        self.clear_brackets()
        western_behind.take_container(self, begin, len(left))

    def host_start(self) -> Span | None:
        """Where the title ends and the book that holds it begins."""
        left = self.marked.left
        start = self.begin
        while start < len(left) and left[start] in f" .,;:{CUT}":
            start += 1
        quoted = marks.quoted(self.marked.text, start, len(left))
        floor = quoted[1] if quoted else start + 3
        match = IN.search(left, max(start, floor - 1))
        if match:
            return match.start(), match.end()
        if quoted:
            return quoted[1], quoted[1]
        return None

    def take_unintroduced(self) -> None:
        """A part and its book with nothing but a full stop between."""
        left = self.marked.left
        western_roles.take_roles(self.marked, self.begin, len(left))
        living = LIVING_BOOK.search(left, self.begin)
        if living and left[self.begin : living.start()].strip(f" .,;{CUT}"):
            self.marked.take_text("title", (self.begin, living.start()), 0.88)
            western_behind.take_container(self, living.start(), len(left))
            return
        sentences = self.sentences(self.begin, len(left))
        if len(sentences) < 2:
            self.kind = "book"
            self.take_titles(self.begin, len(left), "title")
            return
        self.marked.take_text("title", sentences[0], 0.8)
        western_behind.take_container(self, sentences[1][0], len(left))


_CHAPTER_IN = lazy(r"\s?[Cc]h(?:ap(?:ter)?)?\.?\s(?P<n>\d{1,3})\sin\s")
"""``“Title,” chap. 3 in Book``"""
_DOMAIN = lazy(r"(?:[a-z\d-]+\.)+[a-z]{2,4}")
_INVERTED_NAME = lazy(r"(?:,\s(?:19|20)\d\d|[’']\d\d)$")
_PAGES_BEHIND_HOUSE = lazy(
    r":\s[^:.]{2,80}[^\W\d_],\s(?P<p>(?!(?:19|20)\d\d-)\d{1,4}-+\d{1,4})\s*\.?\s*$"
)
"""``(2020). Title. Cambridge: Cambridge University Press, 124-140.``"""
_LAST_PAGES = lazy(rf"{CUT}\s*\)\s*,?\s(?P<p>\d{{1,4}}(?:\s?-+\s?\d{{1,4}})?)\.?\s*$")
_LAST_CHAPTER = lazy(
    r"(?<=[.;,]\s)(?:[Cc]hap(?:ter|itre)?|[Cc]h|Kap(?:itel)?|[Cc]ap(?:[íi]tulo)?)\.?\s(?P<n>\d{1,3}|[IVXL]+)[.\s]*$"
)
"""``21st ed. Town: House; 2020. Chapter 68.``"""
_LAST_BRACKET = lazy(
    r"\((?P<series>[A-Z][^;()]{2,120}?)"
    r"(?:[;,]\s?(?:nos?|v|vol|bk|Bd|t)?\.?\s?(?P<number>[\w. /-]{1,12}?))?\)"
    rf"[\s.,;{CUT}]*$"
)
_NUMBER_BEHIND = lazy(
    rf"{CUT}\s*,\s(?P<number>(?=[^{CUT}]*\d)[A-Z][^{CUT}:;]{{2,80}}?)[.\s]*(?=$|{CUT})"
)
_SMALL_IN = lazy(
    r"(?<=[^\W\d_\x01)])\.\sin\s(?P<series>[A-Z][^.:“”;]{2,120}?)"
    r"(?:(?:,\sno\.|\s;)\s(?P<number>[\w. -]{1,10}?))?\.(?=\s|$)"
)
_SERIES_IN = lazy(
    rf"(?:(?<=[^\W\d_]),|(?<={CUT}),?|(?<=\.),)\sin\s(?P<series>[A-Z][^.:“”;{CUT}]{{2,120}}?)"
    rf"(?P<number>(?!))?(?:,\s?{CUT}\s*)?\.(?=\s)"
)
"""``in Proceedings, in Series, vol. 51. Town: House``: the second "in" brings the series."""
_SERIES = lazy(
    r"(?<!\d)\d{1,3}$|^\d{4}$|^(?:Edited|Translated|Trans|Revised|Reprint|Foreword|Advances in)\b"
    r"|\b(?:guideline|guidance|quality standard)s?\s\[?[A-Z]{1,4}\d"
    r"|[\[\]]|\b(?:[Nn]os?|[Vv]ol|Series|Studies|Notes|Papers|Report|ed)\b|^[a-z(]"
)


_DESCRIBED = {"webpage", "report", "guideline", "drug-label", "video", "dataset"}
"""Kinds of work that say in brackets and with labelled numbers what they are."""
_COUNTED = lazy(r"(?<=[.;,]\s)\d{2,4}\s?p(?:p|ages)?\b")
"""How many pages a book has; a page of a site has none."""
_ONLINE = lazy(r"[(\[]\s?(?:[Ii]nternet|[Oo]nline|[Ee]n (?:ligne|línea))\s?[)\]]")


def _before_town(text: str) -> int:
    """How long the house of ``Scribner, New York`` is; 0 where a town and its state are meant."""
    house, comma, town = text.rpartition(", ")
    is_named = house and ":" not in house and not imprint.is_place(house.rpartition(", ")[2])
    return len(house + comma) if is_named and imprint.is_place(town) else 0
