"""Japanese references that are no journal articles, each read by the order of its kind.

Books and what stands in them, guidelines, reports, web pages, newspapers, theses, laws and
notices, drug labels, standards, films.  The signs tell the kind (編, 訳, 版, 出版社, 博士論文,
法律第…号, 朝刊, an address); then dates, pages and the like are taken out, names and their roles,
the imprint from the right, and what is left is the title and what holds it.
"""

from __future__ import annotations

import re

from refpipe.items.printed import japanese_layout, japanese_rows
from refpipe.items.printed.articles import japanese_numbers
from refpipe.items.printed.nouns import TYPE_OF, WITH_IMPRINT, Draft, Head, Part
from refpipe.items.printed.people import japanese_names, western_names
from refpipe.items.printed.people.japanese_names import KANA
from refpipe.items.printed.people.western_names import Names
from refpipe.items.printed.works import (
    days,
    imprint,
    japanese_kinds,
    japanese_roles,
    japanese_stretches,
    japanese_titles,
    marks,
)
from refpipe.items.printed.works.days import DATE, PLAIN_DATE
from refpipe.items.printed.works.japanese_roles import Phrase
from refpipe.items.printed.works.japanese_stretches import Piece, Segment
from refpipe.items.printed.works.marks import CUT, Marked, trimmed
from refpipe.lifetimes import lazy


def read(text: str, masked: str, kind: str) -> Draft:
    """The parts of a reference of this kind."""
    marked = Marked(text=text, left=masked)
    return _Reader(marked, kind).read()


class _Reader:
    """One walk: marks, roles, names, imprint, and the titles that are left."""

    def __init__(self, marked: Marked, kind: str) -> None:
        self.marked = marked
        self.kind = kind
        self.head: Head = Head()
        self.phrases: list[Phrase] = []
        self.begin = 0
        self.bracket = (0, 0)  # where the number of a law stands in a bracket
        self.house_of_series = (0, 0)  # where a series stands in the place of a publisher
        self.is_spaced = False  # nothing but a space stands behind the authors

    def read(self) -> Draft:
        marked = self.marked
        if self.kind in japanese_numbers.IN_ROW:
            japanese_numbers.IN_ROW[self.kind](marked)
            return self.draft()
        days.keep_named_year(marked)
        marks.take_media(marked)
        self.bracket = japanese_kinds.take_marks(marked, self.kind)
        japanese_layout.take_asides(marked)
        if self.kind == "newspaper":
            japanese_titles.take_paper(marked)
        imprint.take_series(marked)
        days.take_labelled_dates(marked)
        marks.take_pages(marked)
        marks.take_edition(marked)
        marks.take_volume(marked)
        self.take_names()
        is_dated = self.head.year is not None or marked.has("issued")
        if not is_dated and not days.last_date(marked):
            days.last_day(marked, floor=self.begin)
        days.settle_dates(marked)
        japanese_stretches.date_of_only_printing(marked)
        if self.kind in ("newspaper", "webpage", "conference"):
            japanese_stretches.take_day_of_year(marked)
        days.drop_others(marked, floor=self.begin)
        marks.take_bare_pages(marked, floor=self.begin)
        marks.dissolve_brackets(marked)
        marks.take_part_number(marked, self.begin)
        self.take_titles()
        imprint.settle_publisher(marked, self.house_of_series)
        days.date_of_title(marked)
        return self.draft()

    def draft(self) -> Draft:
        draft = Draft(head=self.head, kind=TYPE_OF[self.kind])
        draft.parts = self.marked.parts
        draft.parts += japanese_layout.language(self.marked.text)
        draft.custom, draft.known = self.marked.custom, self.marked.known
        return draft

    # ── names ──

    def take_names(self) -> None:
        translated = japanese_roles.take_translation(self.marked)
        if translated:
            self.head.names, self.begin = translated
            return
        self.phrases = japanese_roles.phrases(self.marked.left)
        house = japanese_roles.house_in_front(self.marked.left, self.phrases)
        if house:
            self.marked.take_text("publisher", house, 0.75)
        if self.kind == "law":
            self.take_head_year(0)
        first = self.phrases[0] if self.phrases else None
        start = len(self.marked.left) - len(self.marked.left.lstrip(f" {CUT}.,"))
        if first and first.start <= start:
            self.begin = first.end
            for phrase in self.phrases[1:]:
                if self.marked.left[self.begin : phrase.start].strip(f" ,;.・:{CUT}()"):
                    break
                self.begin = phrase.end
            self.take_head_year(self.begin)
        else:
            self.take_head(start)
        for phrase in self.phrases:
            self.take_phrase(phrase)
        if self.phrases:
            self.take_head_year(self.begin)
        if not self.has_author() and self.kind in ("report", "webpage", "law"):
            self.take_body_behind_title()

    def take_body_behind_title(self) -> None:
        found = japanese_roles.body_behind_title(self.marked.left)
        if found:
            names, span = found
            value = [dict(name) for name in names.names]
            self.marked.take("author", value, (names.start, names.end), 0.75, around=span)

    def take_phrase(self, phrase: Phrase) -> None:
        role = phrase.role
        roles = {one.role for one in self.phrases}
        if role == "editorial-director" and "editor" not in roles:
            role = "editor"
        labels = {
            re.sub("集?者?$", "", one.label)
            for one in self.phrases
            if one.role in (role, phrase.role)
        }
        if role == "editor" and labels != {"編"} and len(labels) == 1:
            # Where some did one thing and some another, no word holds of all.
            self.marked.custom["editor-label"] = phrase.label
        if role == "editorial-director" and phrase.label != "監修":
            self.marked.custom["editorial-director-label"] = phrase.label
        between = self.marked.left[self.begin : phrase.start].strip(f" .,:{CUT}")
        if role == "author" and self.head.names and len(between) > 3:
            # Behind the title of a part stands who wrote the book that holds it, or a body's page.
            is_of_body = self.kind == "webpage" and not self.is_of_people()
            role = (
                role if is_of_body and japanese_rows.make_host(self.marked) else "container-author"
            )
        names = [dict(name) for name in phrase.names.names]
        start = phrase.start
        foreign = 0
        if role == "translator" and len(roles) == 1 and not self.marked.has("author"):
            foreign = japanese_roles.foreign_before(names)
        if foreign:
            authors = Part(
                name="author", value=names[:foreign], start=start, end=phrase.end, confidence=0.75
            )
            self.marked.parts.append(authors)
            names = names[foreign:]
        before = next((part for part in self.marked.parts if part.name == role), None)
        if before is not None and isinstance(before.value, list):
            self.marked.parts.remove(before)
            names = before.value + names
            start = min(start, before.start)
        self.marked.parts.append(
            Part(
                name=role, value=names, start=start, end=phrase.end, confidence=0.88,
            )
        )  # fmt: skip
        if phrase.names.is_cut:
            self.marked.custom[f"{role}-et-al"] = True
        self.marked.cut(phrase.start, phrase.end)

    def take_head(self, start: int) -> None:
        """The names that open the reference without a role."""
        is_numbered = self.kind == "standard" and start > 0 and self.marked.has("number")
        if self.take_body_with_site(start) or is_numbered:
            return  # The title stands behind the number of a standard, too.
        left = self.marked.left
        end = self.phrases[0].start if self.phrases else len(left)
        for stop in _HEAD_STOP.finditer(left, start, end):
            if left[start : stop.start()].rstrip().endswith("|"):
                # ページ｜サイト: what stands before the stroke is the page.
                return
            names = japanese_roles.people(self.marked.left, start, stop.start())
            if names and (names.kind == "japanese" or len(names.names) > 0):
                self.set_head(names, stop.start())
                return
            if stop[0] in '「『“"' or stop.start() > 300:
                break
        end = start + len(left[start:end].rstrip(" (["))
        names = japanese_roles.people(left, start, end) if self.phrases else None
        if names:
            self.set_head(names, end)
            return
        if self.kind in ("report", "webpage") and (
            firm := japanese_stretches.take_unknown_body(self.marked, start)
        ):
            self.begin = firm
            return
        western = western_names.scan(left, start)
        if western and re.match(rf"\s*[.:,({CUT}]", left[western.end :]):
            self.set_head(western, western.end)
            return
        if self.kind not in ("law", "newspaper") or _OFFICE.match(left, start):
            # The name of a law may hold commas: 医薬品、医療機器等の品質…; so may a heading.
            self.take_leading(start, end)

    def take_body_with_site(self, start: int) -> bool:
        """A group named after its task, an office behind a heading, or names in brackets."""
        group = japanese_rows.STUDY_GROUP.match(self.marked.left, start)
        if group:
            self.set_head(japanese_rows.named_after(group, self.marked.text), group.end())
            return True
        if self.kind in ("webpage", "report"):
            heading = japanese_roles.take_heading(self.marked)
            if heading:
                self.head.names, self.begin = heading
        site = japanese_roles.site_of_body(self.marked.left) if self.kind == "webpage" else None
        is_page = self.kind == "webpage" and not site
        if is_page and (end := japanese_stretches.take_site_in_front(self.marked, start)):
            self.begin = end
            return True
        if site:
            around = (site.start("site") - 1, site.end())
            is_first = site.start("site") < site.start("body")
            if is_first:
                value = [{"literal": site["body"]}]
                self.marked.take("author", value, site.span("body"), 0.75)
                self.begin, around = site.end(), site.span()
            self.marked.take("container-title", site["site"], site.span("site"), 0.7, around=around)
            if is_first:
                return True
        return self.marked.left[start : start + 1] in tuple('「『“"') or self.take_boxed_head(start)

    def take_boxed_head(self, start: int) -> bool:
        """Names in brackets that open the reference: [石井直方] 筋肉の科学."""
        boxed = re.compile(r"[(\[](?P<names>[^()\[\]]{3,60})[)\]]\s*").match(
            self.marked.left, start
        )
        names = japanese_roles.people(self.marked.left, *boxed.span("names")) if boxed else None
        if boxed is None or names is None or any(map(japanese_names.is_doubtful, names.names)):
            return False
        self.marked.cut(start, start + 1)
        self.set_head(names, boxed.end())
        return True

    def take_leading(self, start: int, end: int) -> None:
        """Names at the front of a reference whose elements are separated by commas or spaces."""
        left = self.marked.left
        best = None
        for comma in re.compile(r"[,、]\s*|\s+").finditer(left, start, min(end, start + 200)):
            names = japanese_names.unless_run_over(
                japanese_roles.people(self.marked.left, start, comma.start())
            )
            if names is None:
                if left[comma.start()] == " ":
                    continue
                break
            only = names.names[0] if len(names.names) == 1 else None
            is_blank = left[comma.start()] == " " and not (
                " " in left[start : comma.start()] and _BARE_YEAR.match(left, comma.start())
            )
            is_open = self.kind != "drug-label" and only and japanese_names.may_open_title(only)
            if is_blank and is_open:
                continue
            if left[comma.end() : comma.end() + 1] == "|":
                break
            if japanese_names.LEGAL_FORM.fullmatch(left[start : comma.start()].strip()):
                continue
            if only and self.phrases and japanese_names.is_doubtful(only):
                # 褥瘡, 今日の治療指針2023（福井次矢 編）: others are named, with what they did.
                continue
            best = (names, comma.start())
            if "literal" in names.names[-1] and japanese_names.is_body(names.names[-1]["literal"]):
                break
        if best and left[best[1] :].strip(f" ,.{CUT}"):
            self.set_head(*best)

    def set_head(self, names: Names, end: int) -> None:
        self.head.names = names
        role = "editor" if names.are_editors else "author"
        value = [dict(name) for name in names.names]
        self.marked.parts.append(
            Part(name=role, value=value, start=names.start, end=names.end, confidence=0.85)
        )
        self.is_spaced = re.match(r"\s+[^\s「『“(]", self.marked.left[end:]) is not None
        self.marked.cut(names.start, max(names.start + 1, end))
        self.begin = end
        self.take_head_year(end)

    def is_of_people(self) -> bool:
        """Whether whom the reference begins with are people, and no office."""
        first = self.head.names or (self.phrases[0].names if self.phrases else None)
        return first is not None and not any(
            japanese_names.is_body(one.get("literal", "")) for one in first.names
        )

    def take_head_year(self, position: int) -> None:
        """The year in brackets, or between stops, straight behind the names."""
        match = _HEAD_YEAR.match(self.marked.left, position)
        if match is None and self.is_of_people():
            match = _BARE_YEAR.match(self.marked.left, position)
        quoted = _YEAR_BEFORE_QUOTES.match(self.marked.left, position)
        if quoted and not self.marked.has("issued"):
            figures = [int(figure) for figure in quoted.group("year", "m", "d") if figure]
            parts = {"date-parts": [figures if days.is_day(*figures) else figures[:1]]}
            span = (quoted.start("year"), len(quoted[0].rstrip()) + position)
            self.marked.take("issued", parts, span, 0.9, around=quoted.span())
            self.begin = quoted.end()
            return
        if match is None or self.marked.has("issued"):
            return
        dated = _DATE.search(match[0])
        if dated is None:
            return
        parts = {"date-parts": [days.date_parts(dated)]}
        span = (position + dated.start(), position + dated.end())
        self.marked.take("issued", parts, span, 0.93, around=(position, match.end()))
        self.begin = match.end()

    # ── what is left ──

    def take_titles(self) -> None:
        pieces = japanese_stretches.pieces(self.marked.left, self.begin)
        pieces = self.take_imprint(pieces)
        if not self.has_author() and self.marked.has("publisher"):
            pieces = japanese_roles.take_author_behind(self.marked, pieces)
        spans = japanese_stretches.segments(self.marked.left, pieces)
        spans = japanese_stretches.rejoined(self.marked.left, spans)
        spans = [
            one for one in spans
            if self.kind != "webpage" or not japanese_stretches.is_remark(
                self.marked, self.kind, one.start, one.end
            )
        ]  # fmt: skip
        is_bare = self.kind == "book" and len(spans) == 1 and spans[0].sign == "text"
        if is_bare and not self.has_author() and self.marked.has("publisher"):
            edges = japanese_roles.take_behind_comma(
                self.marked, spans[0].start, spans[0].end, is_plain=True
            )
            spans = [Segment(start=edges[0], end=edges[1], sign="text")]
        japanese_titles.TITLES.get(self.kind, japanese_titles.book_titles)(self, spans)
        if self.kind == "law":
            if not self.marked.has("title"):
                marks.name_of_law(self.marked, self.begin)
            marks.keep_number(self.marked, self.bracket)

    def take_imprint(self, pieces: list[Piece]) -> list[Piece]:
        """The pieces without publisher, place and series, which stand behind the titles."""
        if self.kind not in WITH_IMPRINT or self.kind == "conference":
            return pieces
        while True:
            words = [piece for piece in pieces if piece.sign in ("text", "quoted", "book")]
            if len(words) < 2 or words[-1].sign != "text":
                return pieces
            if japanese_stretches.is_remark(self.marked, self.kind, words[-1].start, words[-1].end):
                pieces = pieces[: pieces.index(words[-1])]
                continue
            last = japanese_stretches.housed(self.marked.left, words[-1])
            name = self.imprint_name(last, words)
            if name == "collection-title" and self.kind == "chapter" and len(words) < 3:
                # …全書 is what holds the part, where nothing else could.
                return pieces
            is_guess = not name and self.may_be_house(last)
            name, sure = ("publisher", 0.6) if is_guess else (name, 0.85)
            if not name or not self.marked.take_text(name, (last.start, last.end), sure):
                return pieces
            if name == "collection-title":
                self.house_of_series = trimmed(self.marked.text, last.start, last.end)
            pieces = pieces[: pieces.index(words[-1])]
            if last != words[-1]:
                return [*pieces, Piece(start=words[-1].start, end=last.start, sign="text")]

    def imprint_name(self, piece: Piece, words: list[Piece]) -> str:
        """What a piece at the end is: place, publisher, series; nothing where it is a title."""
        word = self.marked.left[slice(*trimmed(self.marked.left, piece.start, piece.end))]
        beside = japanese_stretches.beside_town(self.marked, piece, words[-2])
        if japanese_titles.PLACE.fullmatch(word) or japanese_stretches.is_town_of(word, beside):
            return "" if self.marked.has("publisher-place") else "publisher-place"
        if imprint.SERIES.search(word):
            return "collection-title"
        if self.marked.has("publisher") or len(word) > 30 or not re.search(r"[^\W\d]", word):
            return ""
        is_plain = not japanese_stretches.is_part_of_title(word)
        if imprint.PUBLISHER.search(word) and is_plain:
            return "publisher"
        is_somebody = words[-2].sign != "text" and japanese_roles.take_somebody(self.marked, piece)
        is_named = len(word) <= 20 and not (is_somebody or japanese_stretches.says(word))
        return "publisher" * (is_named and self.is_apart(piece, words[-2]))

    def may_be_house(self, piece: Piece) -> bool:
        """Whether a word between spaces may be a house, since the date stands right behind it."""
        word = self.marked.left[piece.start : piece.end]
        return (
            self.kind == "book"
            and self.is_spaced
            and not self.marked.has("publisher")
            and self.marked.left[piece.end : piece.end + 3].strip().startswith(CUT)
            and self.marked.left[piece.start - 1] == " "
            and re.fullmatch(rf"[{KANA}ー・A-Za-z]{{3,12}}", word) is not None
        )

    def is_apart(self, piece: Piece, before: Piece) -> bool:
        """Whether a sign parts the last words from those before, so that they may be a house.

        Behind a colon stands a subtitle, unless a town is before it.
        """
        gap = self.marked.left[before.end : piece.start]
        word = self.marked.left[before.start : before.end].strip(" ,.()")
        if gap.strip() == ":" and before.sign == "text":
            return japanese_titles.PLACE.fullmatch(word) is not None
        return bool(re.search(r"[.,:;]", gap)) or before.sign != "text" or CUT in gap

    def has_author(self) -> bool:
        """Whether anybody was named in front."""
        return self.head.names is not None or bool(self.phrases)

    def take_author(self, segment: Segment) -> None:
        """Take the channel of a film for its author."""
        start, end = trimmed(self.marked.left, segment.start, segment.end)
        value = [{"literal": self.marked.text[start:end]}]
        self.marked.take("author", value, (start, end), 0.6)

    def take_text(self, name: str, segment: Segment, confidence: float) -> None:
        start, end = segment.start, segment.end
        if segment.sign != "text":
            start, end = start + 1, end - 1
        self.marked.take_text(name, (start, end), confidence)


_DATE = lazy(DATE)
_HEAD_STOP = lazy(
    rf":|{japanese_names.STOP}|[「『“\"]|\((?=\s*(?:{PLAIN_DATE})|{CUT})|{CUT}"
    rf"|,\s*(?=[「『“]|{PLAIN_DATE})|\s(?=(?:19|20)\d\d(?:\d{{4}})?\s?[「『])"
)
_HEAD_YEAR = lazy(
    rf"[\s,.{CUT}]*(?:[(\[]\s*{PLAIN_DATE}\s*[)\]]|{PLAIN_DATE}(?=\s*[.,:「『]))[.,:\s]*"
)
_BARE_YEAR = lazy(r"\s(?:19|20)\d\d\s(?=[^\W\d])")
_YEAR_BEFORE_QUOTES = lazy(
    rf"[\s{CUT}]*\s(?P<year>(?:19|20)\d\d)(?:(?P<m>0\d|1[0-2])(?P<d>[0-2]\d|3[01]))?\s*(?=[「『])"
)
"""``2004 『``, ``20040114 『``: nothing else stands before a title in quotation marks."""
_OFFICE = lazy(r"[^\s,「]{2,24}(?:省|庁|局|部|課),")
