"""Books, chapters, papers and pages as SIST 02 prints them.

``Name, Given; Other, Given. “Title.” Book. Name, Given, ed. 2nd ed., Place, House, 2010, p. 1-2.``
"""

from __future__ import annotations

import re
from itertools import pairwise

from refpipe.items.printed.articles.split import is_journal_name
from refpipe.items.printed.nouns import Draft
from refpipe.items.printed.own_styles.entry import (
    BRACKETED,
    DEGREE,
    EXTENT,
    INITIAL,
    PAGES,
    SMALL,
    TOLD_EDITION,
    YEAR,
    Entry,
    Span,
    is_house,
    is_latin,
    is_meeting,
    is_region,
    named_bodies,
    whole_names,
)
from refpipe.items.printed.people import western_names as name_lists
from refpipe.items.printed.people.western_names import Names
from refpipe.items.printed.words import PARTICLES, is_organisation
from refpipe.items.printed.works import imprint
from refpipe.lifetimes import lazy

_SERIES = lazy(
    rf",?\s\((?P<collection_title>{BRACKETED}?)"
    r"(?:,\s(?P<collection_number>[^,()\s]*\d[^,()\s]*))?\)\Z"
)
_PAGES = lazy(rf",\sp\.\s{PAGES}\Z")
_EXTENT = lazy(rf",\s{EXTENT}p\.?\Z")
_NUMBER = lazy(
    r"(?<=,\s(?:19|20)\d\d),\s(?!vol\.|pp?\b)(?:(?P<genre>[^,\d]{3,}?)\s(?=\S*\d)|(?=[A-Z]+[-/]))"
    r"(?P<number>[^,\s(:]*\d[^,\s(:]*)\Z"
)
_THESIS = lazy(rf",\s{DEGREE}\Z")
_ISSUE = lazy(r",\sno\.\s(?P<issue>[\w-]+)\Z")
_VOLUME = lazy(r",\svol\.\s(?P<volume>[\w-]+)\Z")
_DATE = lazy(rf"(?:,\s|\.\s|(?<=[”?!.]\s)){YEAR}(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?\Z")
_QUOTED = lazy(r"(?:^|\.\s)“(?P<title>.+?)(?:\.(?P<inner>’*)|(?<=[?!])’*)”\s")
_EDITION = lazy(
    r"(?P<edition>\d{1,2}(?:st|nd|rd|th)(?=\sed\b)"
    rf"|[^,]*\b(?:[Ee]d|[Aa]ufl|[Éé]d|изд|izd)\b[^,]*(?:,\s[{SMALL}][^,]*)*)(?:\sed\.?)?,\s"
)
_FIRM = lazy(r"\w+ (?:and|&) \w+")
"""The last names of a firm: ``Farrar, Straus and Giroux``."""
_DAY = lazy(r"\b\d{1,2} [A-Z][a-z]{2,8}\Z")
_INNER_EDITORS = lazy(r"\beds?\.")
_EDITORS = lazy(r",? eds?\Z")


class Sist02(Entry):
    """A part or a page in quotation marks, or a whole work without."""

    def read(self) -> Draft | None:
        """The parts, or None."""
        quoted = _QUOTED.search(self.left, self.start, self.end)
        series, pages = self.behind(_SERIES), self.behind(_PAGES)
        degree, extent = self.behind(_THESIS), self.behind(_EXTENT)
        number = self.behind(_NUMBER)
        issue, volume = self.behind(_ISSUE), self.behind(_VOLUME)
        date = self.behind(_DATE)
        if date is None:
            return None
        is_told = any((series, pages, extent, number, volume, degree))
        if quoted:
            draft = self.part_of(quoted, date, is_told=is_told)
        elif date[0].startswith(","):
            draft = self.book(is_told=is_told)
        else:
            draft = self.article() if volume or issue else None
        for found in (series, pages, extent, number, degree, issue, volume, date):
            self.take_groups(found)
        kind = "report" if number else "thesis" if degree else ""
        return self.draft(kind) if draft and kind else draft

    def article(self) -> Draft | None:
        """An article: its title and its journal are the two sentences behind the names."""
        people = _turned_in_front(self.left, self.start, self.end)
        begin = people.end if people else self.end
        begin += len(self.left[begin:]) - len(self.left[begin:].lstrip(" ."))
        sentences = self.sentences(begin, self.end) if people else []
        colon = self.left.rfind(": ", begin, self.end)
        if len(sentences) != 2 and colon > 0 and is_journal_name(self.left[colon + 2 : self.end]):
            # The colon that a title ends with stands for the stop behind it.
            has_stops = "." in self.left[colon : self.end]
            sentences = [(begin, colon + 1), (colon + 2, self.end + has_stops)]
        if people is None or len(sentences) != 2 or _INNER_EDITORS.search(self.left):
            return None
        self.set_people(people)
        self.take("title", sentences[0])
        self.take("container-title", sentences[1])
        return self.draft("journal")

    # ── chapters, papers and pages ──

    def part_of(self, quoted: re.Match[str], date: re.Match[str], *, is_told: bool) -> Draft | None:
        """A chapter, a paper or a page."""
        start = quoted.end()
        sentences = self.sentences(start, self.end)
        house = sentences.pop() if date[0].startswith(",") else None
        if start >= self.end or not sentences or not self.take_people((self.start, quoted.start())):
            return None
        stop = sentences[-1][1]
        if editors := self.editors(start, stop):
            self.set_people(editors, role="editor")
            stop = editors.start - 2
        if (
            stop <= start
            or _DAY.search(self.words((start, stop)))
            or (house and not self.take_imprint(house))
            or (not house and is_journal_name(self.words((start, stop))))
        ):
            return None
        self.take("container-title", (start, stop))
        title = quoted.span("title")
        self.take("title", title, self.text[slice(*title)] + (quoted["inner"] or ""))
        if is_meeting(self.left[start:stop]):
            return self.draft("conference")
        return self.draft("chapter" if house or is_told else "webpage")

    def take_people(self, span: Span) -> bool:
        """The names in front of a quoted title, or a body."""
        if span[0] >= span[1]:
            return True
        people = whole_names(self.left, *span) or _turned(self.left, *span)
        words = re.sub(r", eds?\Z", "", self.words(span))
        if people is None and not re.search("[,;]", words):
            people = named_bodies(self.text, span)
        if people:
            self.set_people(people)
        return people is not None

    def editors(self, start: int, end: int) -> Names | None:
        """The editors, in a sentence of their own."""
        role = _EDITORS.search(self.left, start, end)
        stops = re.compile(r"[.?!]\s").finditer(self.left, start, role.start() if role else start)
        people = (_turned(self.left, stop.end(), end) for stop in stops)
        return next(filter(None, people), None)

    # ── whole works ──

    def book(self, *, is_told: bool) -> Draft | None:
        """A book, a report or a thesis."""
        people = _turned_in_front(self.left, self.start, self.end)
        begin = people.end if people else self.start
        begin += len(self.left[begin:]) - len(self.left[begin:].lstrip(" ."))
        sentences = self.sentences(begin, self.end)
        house = sentences.pop()
        if not sentences:
            return None
        if people is None:
            people = self.body_before(sentences, house)
        editors = self.editors(sentences[0][0], sentences[-1][1])
        if editors:
            self.set_people(editors, role="editor")
            self.head.names = None
            stop = editors.start - 2
            sentences = [(one[0], min(one[1], stop)) for one in sentences if one[0] < stop]
        if not self.is_one_title(sentences, people, is_told=is_told):
            return None
        if not self.take_imprint(house):
            return None
        if people:
            self.set_people(people)
        self.take("title", (sentences[0][0], sentences[-1][1]))
        return self.whole()

    def is_one_title(self, titles: list[Span], people: Names | None, *, is_told: bool) -> bool:
        """Whether the sentences can be nothing but the title."""
        if not titles:
            return False
        title = self.words((titles[0][0], titles[-1][1]))
        if TOLD_EDITION.search(title) or (people is None and INITIAL.search(title)):
            return False
        if len(titles) > 1:
            return people is not None and not is_latin(title)
        return people is not None or is_told

    def take_imprint(self, span: Span) -> bool:
        """``2nd ed., Place, House``."""
        start, end = span
        if edition := _EDITION.match(self.left, start, end):
            self.take_edition(edition)
            start = edition.end()
        commas = [one.end() for one in re.compile(r",\s").finditer(self.left, start, end)]
        pieces = list(pairwise([start, *commas, end]))
        while len(pieces) > 1 and imprint.LEGAL_FORM.fullmatch(self.words(pieces[-1])):
            pieces[-2:] = [(pieces[-2][0], pieces[-1][1])]
        at = self.place_before(pieces)
        house = (pieces[at][0], end)
        words = self.words(house)
        if ": " in self.left[start:end] or not is_house(words) or self.ends_with_town(house):
            return False
        if at:
            self.take("publisher-place", (start, pieces[at - 1][1]))
        self.take("publisher", house)
        return True

    def place_before(self, pieces: list[Span]) -> int:
        """How many of the pieces between commas name the place."""
        fronts = [self.words((pieces[0][0], one[1])) for one in pieces[:-1]]
        at = max((n for n, words in enumerate(fronts, 1) if imprint.is_place(words)), default=0)
        if not at and fronts and imprint.may_be_place(fronts[0]):
            is_firm = len(fronts) == 1 and _FIRM.fullmatch(self.words(pieces[-1]))
            at = 0 if is_firm or imprint.is_house(fronts[0]) else 1
        while 0 < at < len(fronts) and is_region(self.words(pieces[at])):
            at += 1
        return at


# ── names that are turned ──────────────────────────────────────────────────

_PARTICLES = "|".join(sorted(PARTICLES, key=len, reverse=True))
_BEFORE = rf"(?:(?:{_PARTICLES}|d)['’\s])*"
_CAPITAL = r"[^\W\d_a-z]"
_FAMILY = lazy(rf"{_BEFORE}{_CAPITAL}[^\s,;.]*(?:[\s-]{_BEFORE}{_CAPITAL}[^\s,;.]*){{0,3}}")
_GIVEN = lazy(
    rf"(?:(?:{_CAPITAL}[^\s,;.]*|(?:{_CAPITAL}[a-z]?\.-?)+{_CAPITAL}?|{_PARTICLES})"
    r"(?:\s|\Z|(?=,\s))){1,6}(?:,\s(?:Jr|Sr|II|III)\.?)?"
)
_UNTURNED = lazy(r"\s(?!II|IV)[A-Z]{1,3}(?:,|\Z)")
"""``Day RN, Day KH``: two people as other styles print them."""


def _turned(left: str, start: int, end: int) -> Names | None:
    """The names of a stretch that is nothing but names, semicolons between."""
    core = left[start:end].strip(" .")
    begin = left.index(core, start)
    if re.search(r"(?<!\w)\w\Z", core) and left.startswith(".", begin + len(core)):
        core += "."  # the full stop of an initial is that of the list as well
    bare = re.sub(r",? eds?\Z", "", core)
    cut = re.sub(r" et al\.?\Z|\.? et al\.,?\Z", "", bare)
    pieces = [piece.strip(" ;") for piece in cut.split("; ")]
    names = [_one(piece) for piece in pieces]
    if not all(names) or not any("given" in name for name in names if name):
        return None
    return Names(
        names=tuple(name for name in names if name), start=begin, end=begin + len(core),
        kind="within", is_cut=cut != bare, are_editors=bare != core,
    )  # fmt: skip


def _one(piece: str) -> dict[str, str] | None:
    """One name, a body or a person with a single name."""
    family, comma, given = piece.partition(", ")
    if is_organisation(piece):
        return {"literal": piece} if len(piece.split()) <= 14 else None
    if comma:
        is_name = _FAMILY.fullmatch(family) and _GIVEN.fullmatch(given)
        is_person = is_name and not _UNTURNED.search(piece)
        return {"family": family, "given": name_lists.initials(given)} if is_person else None
    is_single = len(piece.split()) <= 3 and piece[:1].isalpha() and "." not in piece
    return {"family": piece} if is_single else None


def _turned_in_front(left: str, start: int, end: int) -> Names | None:
    """The names before a title that no sign but their full stop parts from them."""
    near = end if ", " in left[start : start + 60] else start
    found = None
    for stop in re.compile(r"\.\s").finditer(left, start, min(near, start + 400)):
        is_initial = re.search(r"(?<!\w)\w\Z", left[start : stop.start()]) is not None
        between = left[found.end : stop.start()] if found else ""
        if len(between) > 3 and ";" not in between:
            return found  # a word behind initials begins the title
        found = _turned(left, start, stop.start() + is_initial) or found
        if found and not is_initial:
            return found
    return found
