"""What a rule may know beside the article: the day, the works, what was asked and answered."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from refpipe.model import (
    Difference,
    Fault,
    Identifier,
    Item,
    Record,
    Span,
    Unresolved,
    Waiver,
    Weight,
    Work,
)


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

    @property
    def unclear(self) -> int:
        """How many works and references differ in nothing but what could not be made out."""
        told = (*self.differences.values(), *self.listed_differences.values())
        weights = [{one.weight for one in each} for each in told]
        return sum(Weight.UNCLEAR in each and Weight.ERROR not in each for each in weights)
