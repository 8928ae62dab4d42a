"""Books and parts as the numbered styles print them: the IEEE, and Vancouver with the AMA.

``N. Name and O. Other, “Title,” in Book, vol. 2, E. Editor, Ed., Place: House, 2010, pp. 1–2.``
``Names. Title [Internet]. 2nd ed. Editor E, editor. Place: House; 2010. 120 p. (Series; no. 5).``
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise, takewhile

from refpipe.items.printed.nouns import Draft
from refpipe.items.printed.own_styles.entry import (
    BRACKETED,
    DEGREE,
    EXTENT,
    INITIAL,
    MONTH,
    PAGES,
    SMALL,
    TOLD_EDITION,
    YEAR,
    Entry,
    Span,
    is_body,
    is_house,
    is_latin,
    is_meeting,
    is_region,
    named_bodies,
    whole_names,
)
from refpipe.items.printed.people import full_names
from refpipe.items.printed.people import western_names as name_lists
from refpipe.items.printed.people.western_names import Names
from refpipe.items.printed.words import GIVEN_NAMES
from refpipe.items.printed.works import imprint
from refpipe.lifetimes import lazy

# ── the IEEE ──────────────────────────────────────────────────────────────

_QUOTED = lazy(r"(?:^|,\s)“(?P<title>.+?)(?:,(?P<inner>’*)|(?<=[?!.])’*)”\s(?P<host>in\s)?")
_REPORT = lazy(
    r",\s(?!(?:[Vv]ol|[Nn]o|pp?|Art)\.)(?P<genre>[A-Z][^,\d]{2,}?)(?<!\b[Nn]o\.)\s(?P<number>[^,\s\d]*\d[^,\s]*)\Z"
)
_PAGES = lazy(rf",\spp?\.\s{PAGES}\Z")
_DATE = lazy(rf"[,.]\s(?:{MONTH}\s(?:(?P<day>\d{{1,2}}),\s)?)?{YEAR}\Z")
_NUMBERED = r"(?:,\sno\.\s(?P<collection_number>[^,.]+))?(?:,\svol\.\s(?P<volume>[^,.]+))?"
_SERIES = lazy(rf",\sin\s(?P<collection_title>[^.“”]+?(?:\([^()]+\))?){_NUMBERED}\.\s")
_IN_SERIES = lazy(r"\.\sin\s[^“”]+?\.\s[^“”]+?:\s[^:“”]+\Z")
_UNSHORTENED = lazy(r"(?P<name>[^\W\d_]+\s[^\W\d_a-z][^\W\d_]+)(?=,\s[^\W\d_a-z])")
_SERIES_OF_BOOK = lazy(rf"in\s(?P<collection_title>.+?){_NUMBERED}")
_VOLUME = lazy(r",\svol\.\s(?P<volume>[\w-]+)(?=[,.]|\Z)")
_EDITION = lazy(r",\s(?P<edition>\d{1,2}(?:st|nd|rd|th))\sed(?=[,.]|\Z)\.?")
_OTHER_EDITION = lazy(
    r",\s(?P<edition>(?:\w+\s|\d+\.\s?)"
    r"(?:[Ee]d|[Ii]zd|[Ии]зд|[Aa]ufl|[Éé]d|[Uu]ppl|[Vv]yd|[Ww]yd)\b\.?"
    rf"(?:,\s[{SMALL}][^,]*)*)\Z"
)
_OTHERS = lazy(r", Trans|, Eds?\.\s[A-Z]")
"""Translators, and editors as other styles part them."""
_EDITORS = lazy(r",\sEds?\.(?:,\s|\Z)")
_OPEN = lazy(r"\bEds?\b|\b(?:19|20)\d\d\Z")
"""What no name of a book holds or ends with, where nothing stands behind it."""


def _is_town(words: str) -> bool:
    """Whether words behind a house are a place, be it a town that no list knows."""
    town, _, region = words.partition(", ")
    is_told = not region or is_region(region)
    return imprint.is_place(words) or (is_told and imprint.is_town_behind(town))


class Ieee(Entry):
    """A part in quotation marks, or a book without."""

    def read(self) -> Draft | None:
        """The parts, or None."""
        quoted = _QUOTED.search(self.left, self.start, self.end)
        pages, date = self.behind(_PAGES), self.behind(_DATE)
        if _OTHERS.search(self.left):
            return None
        if quoted and quoted["host"]:
            draft = self.part_of(quoted, is_dated=bool(date), is_paged=bool(pages))
        elif quoted:
            draft = self.report(quoted) if date and not pages else None
        else:
            draft = self.book(date)
        self.take_groups(pages)
        self.take_groups(date)
        return draft

    # ── chapters and papers ──

    def part_of(self, quoted: re.Match[str], *, is_dated: bool, is_paged: bool) -> Draft | None:
        """A chapter or a paper."""
        book = quoted.end()
        told = self.told_of(book)
        stop, begin = (told[0][0], told[-1][1]) if told else (self.last_house(book),) * 2
        is_whole = not any(self.words((one[1], two[0])) for one, two in pairwise(told))
        if stop < 0 or not is_whole:
            return None
        begin += len(self.left[begin:]) - len(self.left[begin:].lstrip(" ,."))
        has_house = begin < self.end
        is_open = _OPEN.search(self.left[book:stop]) is not None
        if has_house and not self.take_house((begin, self.end)):
            return None
        if not has_house and not is_dated and (is_open or not is_paged):
            return None
        if not self.take_front(quoted):
            return None
        self.take("container-title", (book, len(self.left[:stop].rstrip(" ."))))
        return self.draft("conference" if is_meeting(self.left[book:stop]) else "chapter")

    def told_of(self, book: int) -> list[Span]:
        """Where the edition, the volume, the editors and the series stand, which are taken."""
        told: list[Span] = []
        series = _SERIES.search(self.left, book, self.end)
        end = series.start() if series else self.end
        if edition := _EDITION.search(self.left, book, end):
            self.take_edition(edition)
            told.append(edition.span())
        if volume := _VOLUME.search(self.left, book, end):
            self.take_groups(volume)
            told.append(volume.span())
        if editors := self.editors(book, end):
            self.set_people(editors, role="editor")
            self.head.names = None
            told.append((editors.start, editors.end))
        if series:
            self.take_groups(series)
            told.append(series.span())
        return sorted(told)

    def editors(self, start: int, end: int) -> Names | None:
        """The editors of the whole, behind its title."""
        role = _EDITORS.search(self.left, start, end)
        commas = re.compile(r",\s").finditer(self.left, start, role.start() if role else start)
        for comma in commas:
            people = name_lists.scan(self.left, comma.end())
            if role and people and people.are_editors and people.end >= role.start() + 4:
                return people
        return None

    def last_house(self, start: int) -> int:
        """Where the imprint begins that nothing parts from the name of a book but a comma.

        -1 where a town or what belongs to a meeting stands there.
        """
        sentences = self.sentences(start, self.end)
        if len(sentences) > 1:
            return sentences[-1][0] if ": " in self.left[slice(*sentences[-1])] else -1
        edges = [one.start() for one in re.compile(r",\s").finditer(self.left, start, self.end)]
        if len(edges) > 1 and imprint.LEGAL_FORM.fullmatch(self.words((edges[-1], self.end))):
            edges.pop()
        if not edges:
            return self.end
        last = edges.pop()
        colon = self.left.find(": ", last, self.end)
        while edges and colon > last and is_region(self.words((last, colon)).split(", ")[0]):
            last = edges.pop()
        words = self.words((last, self.end))
        is_town = imprint.is_place(words) or is_region(words)
        is_other = is_town or is_meeting(words) or not is_house(words)
        return -1 if colon < 0 and is_other else last

    def take_front(self, quoted: re.Match[str]) -> bool:
        """The names and the title in quotation marks."""
        start, end = quoted.span("title")
        self.take("title", (start, end), self.text[start:end] + (quoted["inner"] or ""))
        span = (self.start, quoted.start())
        if span[0] >= span[1]:
            return True
        scanned = name_lists.scan(self.left, self.start)
        people = scanned if scanned and scanned.end == span[1] else None
        people = people or whole_names(self.left, *span)
        people = people or name_lists.within(self.left, *span, is_certain=True, is_in_order=True)
        if people is None and "," not in self.words(span):
            people = named_bodies(self.text, span)
        if people:
            self.set_people(people)
        return people is not None

    # ── reports ──

    def report(self, quoted: re.Match[str]) -> Draft | None:
        """``“Title,” House, Place, Technical Report 12, 2010``, where the number is told."""
        self.start = quoted.end()
        number = self.behind(_REPORT)
        house = (self.start, self.end)
        words = self.words(house)
        if number is None or not is_house(words):
            return None
        pieces = words.split(", ")
        places = (n for n in range(1, len(pieces)) if _is_town(", ".join(pieces[n:])))
        at = next(places, len(pieces))
        if any(map(imprint.is_place, pieces[1:at])):
            return None
        stop = house[0] + len(", ".join(pieces[:at]))
        self.take("publisher", (house[0], stop))
        self.take("publisher-place", (stop, house[1]))
        self.take_groups(number)
        self.start = len(self.left) - len(self.left.lstrip())
        return self.draft("report") if self.take_front(quoted) else None

    # ── books ──

    def book(self, date: re.Match[str] | None) -> Draft | None:
        """A whole book, whose title stands without quotation marks."""
        people = self.front() if date else None
        if date is None or people is None or "“" in self.left[: people.end + 4]:
            return None
        sentences = self.sentences(people.end + 2, self.end)
        house = None if date[0].startswith(".") else sentences.pop()
        if len(sentences) > 1 and self.left.startswith("in ", sentences[-1][0]):
            self.take_groups(_SERIES_OF_BOOK.fullmatch(self.left, *sentences.pop()))
        if not sentences or (house and not self.take_house(house)):
            return None
        start, end = sentences[0][0], sentences[-1][1]
        if len(sentences) > 1 and is_latin(self.left[start:end]):
            return None
        if volume := _VOLUME.search(self.left, start, end):
            self.take_groups(volume)
            end = volume.start()
        for pattern in (_EDITION, _OTHER_EDITION):
            if edition := pattern.search(self.left, start, end):
                self.take_edition(edition)
                end = edition.start()
        self.set_people(people)
        self.take("title", (start, end))
        return self.whole()

    def front(self) -> Names | None:
        """The names before an unquoted title, if a comma ends them."""
        people = name_lists.scan(self.left, self.start)
        role = _EDITORS.search(self.left, self.start, self.end)
        if people is None or people.kind != "direct":
            people = self.editing(role) if role else self.publishing() or self.unshortened()
        return people if people and self.left.startswith(", ", people.end) else None

    def editing(self, role: re.Match[str]) -> Names | None:
        """People or a body with their role."""
        end = role.end() - 2
        people = name_lists.within(self.left, self.start, end, is_in_order=True)
        if people is None and is_body(self.left[self.start : role.start()]):
            people = named_bodies(self.text, (self.start, role.start()))
        return replace(people, end=end, are_editors=True) if people else None

    def publishing(self) -> Names | None:
        """A body that is the publisher as well."""
        end = self.left.find(", ", self.start, self.end)
        front = self.left[self.start : max(end, self.start)]
        behind = self.words(self.sentences(self.start, self.end)[-1])
        is_again = len(front) > 2 and behind.endswith(front)
        return named_bodies(self.text, (self.start, end)) if is_again else None

    def unshortened(self) -> Names | None:
        """A name that is shortened nowhere, as of somebody who has no other: it stays whole.

        Nobody else sets a small "in" before a series, so that no title begins here but the IEEE's.
        """
        found = _UNSHORTENED.match(self.left, self.start)
        words = found["name"].lower().split() if found else []
        is_ours = (
            not GIVEN_NAMES.isdisjoint(words)
            and _IN_SERIES.search(self.left, self.start) is not None
        )
        return named_bodies(self.text, found.span("name")) if found and is_ours else None


# ── Vancouver and the AMA ─────────────────────────────────────────────────

_DAY = rf"(?:{MONTH.replace('?P<month>', '?:')}\s)?\d{{1,2}}"
_TAIL = lazy(
    rf";\s{YEAR}(?:\s{MONTH})?(?:(?:\.\s+|\s+(?=\d+\sp\b)){EXTENT}(?:\sp)?(?=[.\s]|\Z))?(?:(?::\s?|\.?\s+p\.\s){PAGES})?"
    rf"(?:\.?\s+\((?P<collection_title>{BRACKETED}?)(?:;\s(?:no\.\s)?(?P<collection_number>[^();]+))?\))?"
    rf"(?:\.?\s+(?![pP]\.|{_DAY}\W*\Z)(?P<genre>[^;:\d]*?)\s?(?:no\.:\s)?(?P<number>[^\s\d]*\d\S*))?\Z"
)
_STRONG = ("number_of_pages", "collection_title", "number")
"""What shows that nothing but a whole work is meant."""
_EDITION_ALONE = lazy(
    r"(?P<edition>\d{1,2}(?:st|nd|rd|th)(?=\sed\Z)|.*\b(?:ed|изд|izd)\b.*)(?:\sed)?"
)
_VOLUME_ALONE = lazy(r"Vol\.?\s(?P<volume>\w+)")
_EDITORS_ALONE = lazy(r"\(?(?P<people>.+), (?:editors?|eds?)\.?\)?")
_MEETING = lazy(r"(?:(?P<genre>[^:]+) p|P)resented at: (?P<event_title>[^;]+)(?:; [^;]+)*")
_DEGREE = lazy(DEGREE)
_NAMED = (_MEETING, _VOLUME_ALONE, _DEGREE)
_GENRE = lazy(r"\s\[(?P<genre>[^\[\]]+)\]\Z")
_ONLINE = "[Internet]"


class Medical(Entry):
    """A whole work, and a paper that was presented."""

    def read(self) -> Draft | None:
        """The parts, or None."""
        tail = self.tail()
        if tail is None:
            return None
        begin, people = self.front()
        titles, rest = self.cut(begin, tail.start())
        told = list(takewhile(self.is_told, rest[:-1]))
        house = (rest[len(told)][0], rest[-1][1])
        people = people or self.body_before(titles, house)
        title = (titles[0][0], titles[-1][1])
        is_whole = self.is_one_title(titles, people, tail)
        has_degree = any(_DEGREE.fullmatch(self.words(one)) for one in told)
        if self.kind == "thesis" and not has_degree and "[" not in self.text:
            return None
        is_school = has_degree or (
            self.left.startswith("[", house[0]) and ": " in self.left[slice(*house)]
        )
        if not is_whole or not self.take_house(house):
            return None
        if people:
            self.set_people(people)
        genre = _GENRE.search(self.left, *title)
        self.take_groups(genre)
        self.take("title", (title[0], genre.start() if genre else title[1]))
        for one in told:
            self.take_told(one)
        self.take_groups(tail)
        return self.draft("thesis") if is_school else self.typed(tail)

    def typed(self, tail: re.Match[str]) -> Draft:
        """The work with the type that its words tell: a month is printed of reports alone."""
        if any(part.name == "event-title" for part in self.parts):
            return self.draft("conference")
        is_report = tail["number"] or (tail["month"] and self.kind != "thesis")
        return self.draft("report") if is_report else self.whole()

    def tail(self) -> re.Match[str] | None:
        """The year, and what stands behind it; None for a part."""
        if "In: " in self.left:
            return None
        tails = (
            _TAIL.match(self.left, one.start(), self.end) for one in re.finditer("; ", self.left)
        )
        return next(filter(None, tails), None)

    def front(self) -> tuple[int, Names | None]:
        """Where the title begins, and the names before it."""
        people = full_names.or_body(self.left, name_lists.scan(self.left, self.start))
        behind = re.compile(r"\.?\s+").match(self.left, people.end) if people else None
        return (behind.end(), people) if behind else (self.start, None)

    def cut(self, begin: int, end: int) -> tuple[list[Span], list[Span]]:
        """The sentences of the title, and those behind it."""
        online = self.text.find(_ONLINE, begin, end)
        if online >= 0:
            title_end = len(self.left[:online].rstrip())
            start = online + len(_ONLINE)
            start += len(self.left[start:end]) - len(self.left[start:end].lstrip(" ."))
            return self.sentences(begin, title_end), self.sentences(start, end)
        sentences = self.sentences(begin, end)
        at = len(sentences) - 1
        while at > 1 and self.is_told(sentences[at - 1]):
            at -= 1
        return (sentences[:at] or sentences), sentences[at:]

    def is_one_title(self, titles: list[Span], people: Names | None, tail: re.Match[str]) -> bool:
        """Whether the sentences can be nothing but the title."""
        start, end = titles[0][0], titles[-1][1]
        is_online = _ONLINE in self.text
        if end >= tail.start():
            return False
        if TOLD_EDITION.search(self.words((start, end))):
            return False
        if people is None and INITIAL.search(self.left, start, end):
            return False
        if len(titles) > 1:
            is_sure = is_online or not is_latin(self.left[start:end])
            return people is not None and is_sure
        return people is not None or is_online or any(map(tail.group, _STRONG))

    def is_told(self, span: Span) -> bool:
        """Whether a sentence says what it is: an edition, a volume, the editors, a meeting."""
        words = self.words(span)
        if editors := _EDITORS_ALONE.fullmatch(words):
            return name_lists.within(editors["people"], 0, len(editors["people"])) is not None
        told = (_MEETING, _EDITION_ALONE, _VOLUME_ALONE, _DEGREE)
        return any(one.fullmatch(words) for one in told)

    def take_told(self, span: Span) -> None:
        """The field that a sentence is."""
        words = self.left[slice(*span)]
        start = span[0] + len(words) - len(words.lstrip(" ("))
        if editors := _EDITORS_ALONE.match(self.left, start, span[1]):
            people = name_lists.within(self.left, *editors.span("people"))
            if people:
                self.set_people(people, role="editor")
        elif found := next(filter(None, (one.match(self.left, *span) for one in _NAMED)), None):
            self.take_groups(found)
        elif edition := _EDITION_ALONE.match(self.left, start, span[1]):
            self.take_edition(edition)
