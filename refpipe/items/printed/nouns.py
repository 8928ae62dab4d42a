"""What reading a printed reference gives, and a reference on the way: its head and its parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from refpipe.items.printed import people
from refpipe.items.printed.labeller import UNTOLD, Told
from refpipe.items.printed.people.western_names import Names
from refpipe.model import Reading, Span

SURE = 0.85
"""From this confidence on a field is shown as read; below it, as unsure."""
SURE_OF = {"title": 0.9, "container-title": 0.86, "volume": 0.62, "issue": 0.62, "page": 0.62}
"""The same of the fields that have one of their own: a work is sought by its title; of the figures
of a journal that are less sure than others, nearly all are right, so a doubt would be idle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field as it was read."""

    value: object
    """As it stands in the item: text, names, or ``{"date-parts": …}``."""
    confidence: float
    """Between 0 and 1; how probable it is that this is the field, and all of it."""
    span: Span
    """Where it stands in the text that was read."""
    sure_from: float = SURE
    """From which confidence on it is shown as read."""

    @property
    def is_sure(self) -> bool:
        """Whether the field is shown as read; one that is not is shown as unsure."""
        return self.confidence >= self.sure_from


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """A stretch that was not understood; it is kept to be shown."""

    text: str
    span: Span


_WEIGHED = ("fields", "type_confidence")


@dataclass(frozen=True, kw_only=True)
class Printed:
    """A printed reference, read."""

    text: str
    reading: Reading
    fields: Mapping[str, Field]
    rest: tuple[Rest, ...] = ()
    notes: tuple[Span, ...] = ()
    """Identifiers, addresses and what says nothing of the work: ``[PubMed]``, ``Epub 2010``."""
    type_confidence: float = field(default_factory=float)
    """How sure the kind of work is; ``kind`` tells both."""
    type_sure_from: float = SURE
    is_by_own_order: bool = False
    """Whether it was read by an order that its signs show, and nothing has to be asked."""

    @classmethod
    def unweighed(cls, read: Printed, weigh: Callable[[], Printed]) -> Printed:
        """The reading, whose fields and kind are weighed when somebody asks for one of them.

        ``read`` has all but how sure they are, and ``weigh`` gives it with that.  To weigh takes
        a third of the time of a reading, and of several readings most are put aside without it.
        """
        found = cls.__new__(cls)
        known = {name: value for name, value in vars(read).items() if name not in _WEIGHED}
        vars(found).update(known, _read=read, _weigh=weigh)
        return found

    if not TYPE_CHECKING:  # All that it gives has a name above.

        def __getattr__(self, name: str) -> Any:
            own = vars(self)
            weigh = own.get("_weigh")
            if name in _WEIGHED and weigh is not None:
                weighed = weigh()
                own.update({one: getattr(weighed, one) for one in _WEIGHED})
                own.pop("_weigh", None)
            if name not in own:  # Another thread may have weighed it meanwhile.
                raise AttributeError(name)
            return own[name]

    @property
    def places(self) -> Mapping[str, Field]:
        """The fields where only their values and places count, and not how sure they are."""
        read: Printed = vars(self).get("_read", self)
        return read.fields

    @property
    def doubted(self) -> tuple[str, ...]:
        """What was not read with certainty: the type, and the names of fields."""
        names = tuple(name for name, field in self.fields.items() if not field.is_sure)
        return names if self.kind.is_sure else ("type", *names)

    @property
    def kind(self) -> Field:
        """The type with its confidence; it stands nowhere in the text."""
        value = self.reading.item["type"]
        return Field(
            value=value,
            confidence=self.type_confidence,
            span=Span(0, 0),
            sure_from=self.type_sure_from,
        )

    @property
    def is_run_together(self) -> bool:
        """Whether the title holds a journal's numbers: it was not told from what follows it."""
        return SERIAL.search(str(self.reading.item.get("title", ""))) is not None

    @property
    def people(self) -> list[dict[str, str]]:
        """Who wrote the work, and who edited it."""
        item = self.reading.item
        return [*item.get("author", ()), *item.get("editor", ())]

    @property
    def is_in_front(self) -> bool:
        """Whether the names stand before all else."""
        first = min(self.places.values(), key=lambda field: field.span.start, default=None)
        return first is not None and any(
            self.places.get(role) is first for role in ("author", "editor")
        )

    @property
    def is_headless(self) -> bool:
        """Whether nobody wrote the work, or somebody of whose name a label was made a part."""
        title = str(self.reading.item.get("title", ""))
        if ("author" not in self.places and not self.is_in_front) or _NUMBERED.match(title):
            return bool(self.places)
        start = min(field.span.start for field in self.places.values())
        if any(left.span.start < start for left in self.rest):
            return True
        author = self.places.get("author")
        is_label = author and _LABEL_ENDS.match(self.text, author.span.end)
        return bool(is_label and " " not in self.people[0].get("literal", " ")) or any(
            _LABEL.search(value) for name in self.people for value in name.values()
        )

    @property
    def is_whole(self) -> bool:
        """Whether the reading has all that a reference names, and none of it is in doubt."""
        is_titled = "title" in self.reading.item
        told = {"title", "container-title"} | ({"author", "editor"} if is_titled else set())
        return self._has_all and not told & {*self.doubted}

    @property
    def is_cited(self) -> bool:
        """Whether it has all of an article, doubted or not, and its people have initials alone."""
        is_article = {"title", "container-title", "volume", "page"} <= self.reading.item.keys()
        return self._has_all and is_article and people.have_initials(self.people)

    @property
    def _has_all(self) -> bool:
        item = dict(self.reading.item)
        is_short = {"container-title", "volume", "page"} <= item.keys()
        host = {"container-title", "publisher", "URL", "DOI"} & item.keys()
        is_named = "title" in item and bool(host)
        return (
            bool(self.people and "issued" in item and (is_named or is_short))
            and not self.is_headless
            and self.is_in_front
        )


_LABEL = re.compile(r"^\d{1,3}[.\s]|[:：\[\]{}()|†‡§¶#*“”\"]|\s[-–—]\s|\b(?:M\.?D|Ph\.?D)\b")
"""What no name holds."""
_LABEL_ENDS = re.compile(r"(?:\.?\s\d{1,3})?\s?[:)\]]")
_NUMBERED = re.compile(r"\d{1,3}\s?[:)\]]\s[A-Z]")
SERIAL = re.compile(
    r"\b(?:19|20)\d\d\s*[;；]\s*[\d(]|\bdoi\s*:\s*10\.|\d\(\d+\)\s*(?:[:：]\s*\d|,\s?\d+[-–]\d)",
    re.IGNORECASE,
)
"""Year, volume and pages as journals are cited with (``2017;389(10070):736``, ``37(1), 79-94``), or
a DOI."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A field on the way: positions are those of the cleaned text."""

    name: str
    value: object
    start: int
    end: int
    confidence: float


@dataclass(slots=True, kw_only=True)
class Head:
    """What stands before the title."""

    end: int = 0
    names: Names | None = None
    year: tuple[str, int, int] | None = None
    letter: str = ""
    month: str = ""
    day: str = ""
    title: tuple[int, int] | None = None
    """Where the title stands when it comes before the year, as in a work without authors."""
    confidence: float = 0.5
    has_comma_style: bool = False


@dataclass(slots=True, kw_only=True)
class Draft:
    """The parts found so far, and the stretch still to be read."""

    parts: list[Part] = field(default_factory=list)
    unread: list[tuple[int, int]] = field(default_factory=list)
    head: Head = field(default_factory=Head)
    kind: str = ""
    custom: dict[str, object] = field(default_factory=dict)
    """What CSL has no field for: who is left out of a list, the label of a role."""
    told: Told = UNTOLD
    """How the grammar alone has read, which the labeller is told."""
    known: list[tuple[int, int]] = field(default_factory=list)
    """Stretches that were understood and are no field of the item: the day of a change."""
    remarks: list[tuple[int, int]] = field(default_factory=list)
    """What a page says of the source; it is told, and casts no doubt on what is beside it."""

    def copied(self) -> Draft:
        """The same to be changed, which leaves this one as it is."""
        return replace(
            self, parts=[*self.parts], unread=[*self.unread], head=replace(self.head),
            custom={**self.custom}, known=[*self.known], remarks=[*self.remarks],
        )  # fmt: skip


class Believed(Enum):
    """Whom a reading of a Western reference follows where grammar and labeller differ."""

    RULES = auto()
    """The rules that weigh the signs of the one against how sure the other is."""
    BORDERS = auto()
    """The labeller, where a title or a container begins and ends."""
    WORDS = auto()
    """The labeller, in all but figures."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to take a Western reference: the first one by default."""

    kind: str = ""
    """The kind for which it is taken; empty: that which its signs tell."""
    believed: Believed = Believed.RULES


# ── the kinds of work that a reference may name, and what holds of each ───────────────

TYPE_OF = {
    "journal": "article-journal",
    "book": "book",
    "chapter": "chapter",
    "guideline": "book",
    "report": "report",
    "webpage": "webpage",
    "newspaper": "article-newspaper",
    "thesis": "thesis",
    "conference": "paper-conference",
    "law": "legislation",
    "judgment": "legal_case",
    "entry": "entry-encyclopedia",
    "drug-label": "document",
    "standard": "standard",
    "preprint": "article",
    "dataset": "dataset",
    "video": "motion_picture",
}
"""The type that CSL has for each kind (docs.citationstyles.org, appendix III)."""

WITH_IMPRINT = {"book", "chapter", "guideline", "report", "standard", "conference", "drug-label"}
"""Kinds behind whose titles a publisher may stand."""

OF_BODIES = {
    "webpage",
    "guideline",
    "report",
    "law",
    "drug-label",
    "dataset",
    "video",
    "book",
    "chapter",
    "standard",
}
"""Kinds whose authors are often bodies of people."""

NUMBERED = {"legislation", "standard"}
"""Types whose number the grammar keeps in the title, by a rule of its own."""

LIVING_BOOK = re.compile(
    r"(?<=[^.]{3}\.\s)(?:StatPearls|GeneReviews®?|LiverTox|Endotext|LactMed®?|MotherToBaby"
    r"|Drugs and Lactation Database|WikEM|NCBI Bookshelf)(?:\s\([^()]{3,20}\))?(?=[.:,]?\s)"
    r"|(?<=[^.]{3}\.\s)(?P<book>[A-Z]\w{5,})(?:\s\[[^\]]+\])?\.\s[^.:;]{2,40}:\s(?P=book)\sPubl"
)
"""A book whose parts are cited each, named behind its part; or a publisher named after its book."""
