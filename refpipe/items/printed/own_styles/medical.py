"""Books, reports and theses as Vancouver and the AMA print them.

``Names. Title [Internet]. 2nd ed. Editor E, editor. Place: House; 2010. 120 p. (Series; no. 5).``
"""

from __future__ import annotations

import re
from itertools import takewhile

from refpipe.items.printed.nouns import Draft
from refpipe.items.printed.own_styles.entry import (
    BRACKETED,
    DEGREE,
    EXTENT,
    INITIAL,
    MONTH,
    PAGES,
    TOLD_EDITION,
    YEAR,
    Entry,
    Span,
    is_latin,
)
from refpipe.items.printed.people import western_names as name_lists
from refpipe.items.printed.people.western_names import Names

_TAIL = re.compile(
    rf";\s{YEAR}(?:\s{MONTH})?(?:\.?\s+{EXTENT}(?:\sp)?(?=[.\s]|\Z))?(?:(?::\s?|\.?\s+p\.\s){PAGES})?"
    rf"(?:\.?\s+\((?P<collection_title>{BRACKETED}?)(?:;\s(?:no\.\s)?(?P<collection_number>[^();]+))?\))?"
    r"(?:\.?\s+(?![pP]\.)(?P<genre>[^;:\d]*?)\s?(?:no\.:\s)?(?P<number>[^\s\d]*\d\S*))?\Z"
)
_STRONG = ("number_of_pages", "collection_title", "number")
"""What shows that nothing but a whole work is meant."""
_EDITION = re.compile(
    r"(?P<edition>\d{1,2}(?:st|nd|rd|th)(?=\sed\Z)|.*\b(?:ed|изд|izd)\b.*)(?:\sed)?"
)
_VOLUME = re.compile(r"Vol\.?\s(?P<volume>\w+)")
_EDITORS = re.compile(r"\(?(?P<people>.+), (?:editors?|eds?)\.?\)?")
_MEETING = re.compile(r"(?:(?P<genre>[^:]+) p|P)resented at: (?P<event_title>[^;]+)(?:; [^;]+)*")
_DEGREE = re.compile(DEGREE)
_NAMED = (_MEETING, _VOLUME, _DEGREE)
_GENRE = re.compile(r"\s\[(?P<genre>[^\[\]]+)\]\Z")
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
        people = name_lists.scan(self.left, self.start)
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
        if editors := _EDITORS.fullmatch(words):
            return name_lists.within(editors["people"], 0, len(editors["people"])) is not None
        told = (_MEETING, _EDITION, _VOLUME, _DEGREE)
        return any(one.fullmatch(words) for one in told)

    def take_told(self, span: Span) -> None:
        """The field that a sentence is."""
        words = self.left[slice(*span)]
        start = span[0] + len(words) - len(words.lstrip(" ("))
        if editors := _EDITORS.match(self.left, start, span[1]):
            people = name_lists.within(self.left, *editors.span("people"))
            if people:
                self.set_people(people, role="editor")
        elif found := next(filter(None, (one.match(self.left, *span) for one in _NAMED)), None):
            self.take_groups(found)
        elif edition := _EDITION.match(self.left, start, span[1]):
            self.take_edition(edition)
