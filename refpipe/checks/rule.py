"""What a rule is, and what it looks at.

A rule is a promise (its code), its words in two languages, and a pure function; its subject is an
article, with readings of it that several rules share.  Its context is what may be known beside
the article: the day, the works, what was asked and answered.
"""

from __future__ import annotations

import datetime
import inspect
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Protocol

from refpipe import dates
from refpipe.checks.page_dates import PageDate, page_dates, visible_words
from refpipe.dates import DateFault, DateReading, FaultKind
from refpipe.display import translated
from refpipe.model import (
    Article,
    CitationItem,
    Difference,
    Edit,
    Fault,
    Finding,
    Identifier,
    Item,
    Record,
    Span,
    Unresolved,
    Waiver,
    Weight,
    Work,
)


class Subject:
    """An article with its line index; what rules share is read once, when first asked for."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.text = article.text
        self.lines = LineIndex(article.text)

    @cached_property
    def words(self) -> str:
        """The page's own words: code, comments, tags and the managed list are blanks."""
        managed = [bibliography.span for bibliography in self.article.bibliographies]
        return visible_words(self.text, self.article.format, managed)

    @cached_property
    def stamps(self) -> tuple[PageDate, ...]:
        """The dates that the page says of itself, in the order in which they stand."""
        return page_dates(self.text, self.words, self.article.format)

    @cached_property
    def dates(self) -> tuple[dates.FoundDate, ...]:
        """The dates in the running text that are no stamps."""
        taken = [stamp.span for stamp in self.stamps]
        return tuple(
            found
            for found in dates.find(self.words)
            if not any(span.start <= found.span.start < span.end for span in taken)
        )

    def faults(self, kind: FaultKind) -> Iterator[tuple[DateReading, int, DateFault]]:
        """Every date with a fault of this kind, in stamps and text, with its offset."""
        dated = [(stamp.reading, stamp.span.start) for stamp in self.stamps]
        dated += [(found.reading, found.span.start) for found in self.dates]
        for reading, start in dated:
            for fault in reading.faults:
                if fault.kind is kind:
                    yield reading, start, fault

    @cached_property
    def mentions(self) -> tuple[tuple[CitationItem, tuple[int, int]], ...]:
        """Every cited or listed key with the line and column of its bracket or list."""
        cited = [
            (item, self.lines.at(citation.span.start))
            for citation in self.article.citations
            for item in citation.items
        ]
        listed = [
            (item, (bibliography.line, bibliography.column))
            for bibliography in self.article.bibliographies
            for item in bibliography.uncited
        ]
        return tuple(cited + listed)

    @cached_property
    def first_mentions(self) -> dict[str, tuple[int, int]]:
        """Key → line and column of its first mention, in order of mention."""
        places: dict[str, tuple[int, int]] = {}
        for item, place in self.mentions:
            places.setdefault(item.key, place)
        return places

    def finding(
        self, code: str, offset: int, *, about: str = "", edit: Edit | None = None, **values: str
    ) -> Finding:
        """A finding at the character at ``offset``; ``about`` is the identifier it concerns."""
        line, column = self.lines.at(offset)
        return self.finding_at(code, (line, column), about=about, edit=edit, **values)

    def finding_at(
        self,
        code: str,
        place: tuple[int, int],
        *,
        about: str = "",
        edit: Edit | None = None,
        **values: str,
    ) -> Finding:
        """A finding at a line and column."""
        return Finding(
            code=code,
            path=self.article.path,
            line=place[0],
            column=place[1],
            values=values,
            subject=about,
            edit=edit,
        )

    def unchecked(self, code: str, place: tuple[int, int], *, about: str, **values: str) -> Finding:
        """A finding of the third verdict: it could not be looked at."""
        return replace(
            self.finding_at(code, place, about=about, edit=None, **values), is_unchecked=True
        )


class LineIndex:
    """The beginnings of a text's lines, found when somebody first asks."""

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] | None = None

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column of the character at ``offset``, both counted from 1."""
        starts = self._lines()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def text(self, line: int) -> str:
        """The line with this number, without its line break; empty where there is none."""
        starts = self._lines()
        if not 1 <= line <= len(starts):
            return ""
        end = starts[line] if line < len(starts) else len(self._text)
        return self._text[starts[line - 1] : end].rstrip("\r\n")

    def _lines(self) -> list[int]:
        if self._starts is None:
            starts = [0]
            find = self._text.find
            position = find("\n")
            while position >= 0:
                starts.append(position + 1)
                position = find("\n", position + 1)
            self._starts = starts
        return self._starts


# ── What is known around an article ──────────────────────────────────────────────────────────────


class Reference(Protocol):
    """One printed reference of a hand-made list (``articles.lists`` makes them)."""

    @property
    def label(self) -> str:
        """The number it is printed with."""
        ...

    @property
    def span(self) -> Span:
        """Where it stands."""
        ...

    @property
    def text(self) -> str:
        """The reference on one line."""
        ...


class HandmadeList(Protocol):
    """A list of references that nobody manages yet."""

    @property
    def span(self) -> Span:
        """Where it stands."""
        ...

    @property
    def heading(self) -> Span | None:
        """The line above it that says 参考文献."""
        ...

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Numbers that are missing or stand twice."""
        ...

    @property
    def references(self) -> tuple[Reference, ...]:
        """Its references, in order."""
        ...


class PlainCitation(Protocol):
    """A citation by number in the text of an article with a hand-made list."""

    @property
    def span(self) -> Span:
        """Where it stands."""
        ...

    @property
    def numbers(self) -> tuple[int, ...]:
        """The entries it names, ranges written out."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Double:
    """Two references of one hand-made list that are one work, by their labels."""

    first: str
    second: str
    reason: str = ""
    is_certain: bool = True
    """False: they look alike, and a person must say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What came of searching the registries for a reference that prints no identifier."""

    found: Identifier | None = None
    """The one work that agrees in all that is printed."""
    nearest: Identifier | None = None
    """The work of the same title, where none agrees in all."""
    differences: tuple[Difference, ...] = ()
    """In what the nearest differs."""
    failure: str = ""
    """Why nobody could be asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What came of opening the address of a work that only its page speaks for."""

    outcome: str
    """``seen``, ``moved``, ``ended`` (it bears the title and says that it has ended), ``gone``,
    ``front`` (the front page of the site stands there), ``other`` (a page of another title),
    ``unread`` (a page without a title that can be compared), ``unchecked``."""
    address: str
    title: str = ""
    """What the entry says its title is."""
    found: str = ""
    """What the page says it is."""
    target: str = ""
    """Where the address leads."""
    reason: str = ""
    """What was answered, where that is no page; where it has ended, what it says of that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteDates:
    """The days that the site itself keeps for a page, by the site's own clock."""

    published: datetime.date | None = None
    changed: datetime.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known around one article.  Every field but ``today`` may be left empty."""

    today: datetime.date
    works: Mapping[str, Work] = field(default_factory=dict)
    """Key as typed in the article → its work."""
    unresolved: Mapping[str, Unresolved] = field(default_factory=dict)
    """Key as typed in the article → why it has no work."""
    is_complete: bool = False
    """True: a key in neither ``works`` nor ``unresolved`` is one that the library lacks."""
    possible: tuple[tuple[str, str, str], ...] = ()
    """Pairs of works (their ids) that may be one and wait for a person, with the reason."""
    records: Mapping[str, tuple[Record, Item]] = field(default_factory=dict)
    """Record key → the record and the item it was read as."""
    waivers: tuple[Waiver, ...] = ()
    """The answers to findings that the library keeps."""
    data_of: str = ""
    """The day of the data on retractions (ISO 8601); empty where there are none."""
    listed: tuple[tuple[Work, int], ...] = ()
    """What is known of works that ``legacy`` names by DOI or PMID, and where each stands."""
    legacy: HandmadeList | None = None
    """The list that the article prints and nobody manages."""
    unread: tuple[Fault, ...] = ()
    """The lines of a list that nobody manages and that cannot be read as one."""
    plain: tuple[PlainCitation, ...] = ()
    """The citations by number that name entries of ``legacy``."""
    astray: tuple[Fault, ...] = ()
    """The citations by number that name no entry of ``legacy``."""
    unmanaged: tuple[Fault, ...] = ()
    """The numbers beside a managed list that look like citations of it and are typed by hand."""
    doubles: tuple[Double, ...] = ()
    """Which references of ``legacy`` are one work."""
    changed: datetime.date | None = None
    """The day on which the article's text last changed, where its history is known."""
    site: SiteDates | None = None
    """What the site that publishes the article says of its dates; None where it is not asked."""
    checked_online: bool = False
    """True: the registries were asked in this very run."""
    related: Mapping[str, Work] = field(default_factory=dict)
    """Written identifier → work, for the works that relations point to (notices, preprints)."""
    differences: Mapping[str, tuple[Difference, ...]] = field(default_factory=dict)
    """Id of a work → what print or a file says of it otherwise than the registries do."""
    misprinted: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """Id of a work → each identifier printed with it that belongs to another, and that other."""
    listed_differences: Mapping[str, tuple[Difference, ...]] = field(default_factory=dict)
    """Label of a hand-made list → what it says otherwise than the registries of its identifier."""
    listed_misprints: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Label of a hand-made list → an identifier in it that is another work's, and that work."""
    unheld: int = 0
    """How many references of ``legacy`` have been held against no registry."""
    searched: Mapping[str, Searched] = field(default_factory=dict)
    """Text of a reference in a hand-made list → what came of searching for it in this run."""
    unversioned: Mapping[str, str] = field(default_factory=dict)
    """Id of a work → why it could not be asked in this run whether there is a newer version."""
    opened: Mapping[str, Opened] = field(default_factory=dict)
    """Id of a work, or text of a listed reference → what its address led to in this run."""

    @property
    def unclear(self) -> int:
        """How many works and references differ in nothing but what could not be made out."""
        told = (*self.differences.values(), *self.listed_differences.values())
        weights = [{one.weight for one in each} for each in told]
        return sum(Weight.UNCLEAR in each and Weight.ERROR not in each for each in weights)


# ── A rule ──────────────────────────────────────────────────────────────────────────────────────

Check = Callable[[Subject, Context], Iterable[Finding]]
"""From an article and what is known around it to the findings; no clock, no file, no network."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule.  Its code is never given to another."""

    code: str
    name: str
    page: str
    """The docstring of its function, in two languages (see ``run.page``)."""
    messages: Mapping[str, tuple[str, str]]
    """Kind of finding → the message in English and in Japanese, with ``{value}`` places.

    ``Finding.values["kind"]`` chooses; most rules have one kind, the empty string.
    """
    check: Check = field(repr=False)
    is_default: bool = True
    """False: it speaks only when it is selected by name or family."""
    is_quiet: bool = False
    """True: it is no finding at all, only a fix that ``--fix`` makes by the way."""

    @property
    def family(self) -> str:
        """The letters of the code."""
        return self.code.rstrip("0123456789")

    def message(self, finding: Finding, lang: str) -> str:
        """What the finding says, in ``ja`` or (any other ``lang``) in English."""
        english, japanese = self.messages[finding.values.get("kind", "")]
        if lang != "ja":
            return english.format_map(_Values(finding.values))
        values = dict(finding.values)
        for name in (
            "reason",
            "fault",
            "asked",
        ):  # Sentences of their own, said elsewhere in English.
            if name in values:
                values[name] = translated(values[name])
        return japanese.format_map(_Values(values))


def rule(
    code: str,
    name: str,
    messages: Mapping[str, tuple[str, str]],
    *,
    is_default: bool = True,
    is_quiet: bool = False,
) -> Callable[[Check], Rule]:
    """What makes a rule of the function below it, whose docstring is the rule's page."""
    return lambda check: Rule(
        code=code,
        name=name,
        page=inspect.getdoc(check) or "",
        messages=messages,
        check=check,
        is_default=is_default,
        is_quiet=is_quiet,
    )


def in_marks_of(path: str, said: str) -> str:
    """What is said of the page at ``path``, with the marks of its format: MDX has its own comments.

    >>> in_marks_of("a.mdx", "write <!--bibliography--> there")
    'write {/*bibliography*/} there'
    """
    is_mdx = path.lower().endswith(".mdx")
    return said.replace("<!--", "{/*").replace("-->", "*/}") if is_mdx else said


class _Values(dict[str, str]):
    """Values for a message; one that is not there leaves its place as it is written."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"
