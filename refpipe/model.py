"""The nouns: every value that travels through refpipe, and nothing that acts.

An item is CSL-JSON, spelled as CSL spells it, from the registry to the page
(https://docs.citationstyles.org/en/stable/specification.html, appendix IV).  The
dataclasses here stand in front of it where CSL is too loose to be trusted, and hold
what CSL has no word for: who said something, what was decided, what was cited where.

This module imports the standard library only, so that every other one may import it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

Item: TypeAlias = dict[str, Any]
"""One work as CSL-JSON.

Strings that CSL calls rich text (``title``, ``container-title`` …) hold plain text and
the four tags CSL knows: ``<i>``, ``<b>``, ``<sup>``, ``<sub>``; a literal ``<`` or ``&``
stands as ``&lt;`` and ``&amp;`` only where it would read as a tag or an entity.
Dates are ``{"date-parts": [[year, month, day]]}``, cut off where knowledge ends.
``custom`` holds what CSL cannot, under these names:

- ``twin``: the same work in another language, as a partial item with ``language``.
- ``pmcid-alias``, ``article-number`` …: whatever a source says and no CSL variable takes.
"""


class Scheme(StrEnum):
    """The kinds of identifier a work can have."""

    DOI = "doi"
    PMID = "pmid"
    PMCID = "pmcid"
    ISBN = "isbn"
    ARXIV = "arxiv"
    URL = "url"
    NAME = "name"
    """The library's own readable name for a work, such as ``modic2005``."""
    TEXT = "text"
    """The hash of a printed reference that has no identifier of its own."""


@dataclass(frozen=True, slots=True, order=True)
class Identifier:
    """A normalised identifier; equal identifiers name the same thing.

    ``value`` is in the scheme's normal form (a DOI in lower case without prefix, a PMID
    as digits, a PMCID as ``PMC`` and digits, an ISBN as 13 digits).  Build one with
    ``refpipe.identifiers``, which knows the normal forms.
    """

    scheme: Scheme
    value: str

    def __str__(self) -> str:
        return f"{self.scheme.value}:{self.value}"

    @classmethod
    def parse(cls, text: str) -> Identifier:
        """The identifier that ``str()`` wrote.  Raises ValueError on anything else."""
        scheme, separator, value = text.partition(":")
        if not separator or not value:
            raise ValueError(f"not a written identifier: {text!r}")
        return cls(Scheme(scheme), value)


class Certainty(StrEnum):
    """How sure it is that an identifier belongs to what it was found with."""

    LITERAL = "literal"
    """It was written there."""
    CANDIDATE = "candidate"
    """It was derived by a rule; nobody has confirmed it."""
    CONFIRMED = "confirmed"
    """A registry answered for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The statement that something has an identifier, and how it is known."""

    identifier: Identifier
    certainty: Certainty
    rule: str = ""
    """The name of the rule that found it (``lww-article-path``); empty when typed as such."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class PartialDate:
    """A real date as far as it is known: a year, a year and month, or a whole day.

    Build one with ``refpipe.dates``, which asks the calendar; this class trusts its caller.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        if self.month is not None:
            parts.append(f"{self.month:02d}")
            if self.day is not None:
                parts.append(f"{self.day:02d}")
        return "-".join(parts)


# ── what sources said ──────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What one source said about one identifier, word for word.

    ``source`` names a row of ``refpipe.items.READERS`` (``crossref``, ``jalc``, ``csl``,
    ``pubmed``, ``bibtex``, ``printed``, ``manual`` …).  ``payload`` is its text: canonical JSON
    for registries, the printed line for ``printed``.  ``heard`` is a UTC time in ISO 8601
    and no part of the key: the same answer heard twice is one record.
    """

    source: str
    identifier: Identifier
    payload: str
    heard: str = ""
    origin: str = ""
    """Where it was heard, for people: an article's path, a file and line, an address."""
    _key: str = field(default="", init=False, repr=False, compare=False)

    @property
    def key(self) -> str:
        """The record's permanent name: a hash of source, identifier and payload."""
        if not self._key:
            named = _permanent_name(self.source, str(self.identifier), self.payload)
            object.__setattr__(self, "_key", named)
        return self._key


def _permanent_name(*parts: str) -> str:
    whole = "\0".join(parts)
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:32]


REGISTRIES = {
    "crossref": "Crossref",
    "jalc": "JaLC",
    "csl": "doi.org",
    "datacite": "DataCite",
    "pubmed": "PubMed",
    "ndl": "NDL Search",
    "loc": "Library of Congress",
    "cinii": "CiNii",
    "openlibrary": "Open Library",
}
"""The sources of records whose answer confirms that a work exists → what people call each."""

UNDESCRIBING = ("alias", "seen")
"""The sources of records that say something of a work and describe none: a second name, a look at
its page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A change made or proposed while reading, so that it can be shown and doubted."""

    field: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A tie to another work that is not sameness; read it as "the work has ``kind`` target".

    ``kind`` is one of ``RELATION_KINDS`` or, seen from the other end, the same with ``-of``:
    a retracted article has ``retraction`` → notice, the notice has ``retraction-of`` → article.
    """

    kind: str
    target: Identifier
    date: str = ""
    source: str = ""
    """Who says so: ``publisher``, ``retraction-watch``, ``pubmed``, or the name of a rule."""
    reason: str = ""
    """Why, as the source words it; the library does not keep it."""


RELATION_KINDS = (
    "retraction",
    "expression-of-concern",
    "correction",
    "reinstatement",
    "addendum",
    "new-version",
    "preprint",
    "reply",
    "congress-abstract",
    "review-version",
    "part",
    "translation",
    "reprint",
    "next-edition",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a record means: the item, and what stands around it."""

    item: Item
    claims: tuple[Claim, ...] = ()
    relations: tuple[Relation, ...] = ()
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of asking: a record, and what it answers.

    ``asked`` differs from ``record.identifier`` where a registry knows the work under
    another one (an alias, the DOI of a PMID, the DOI that a page names); whoever stores the
    record then holds both for names of one work.
    """

    asked: Identifier
    record: Record
    certainty: Certainty = Certainty.CONFIRMED
    """``candidate`` where the record exists but nothing could be compared with it."""
    agency: str = ""
    """Who registered it: ``Crossref``, ``JaLC``, ``DataCite``, ``mEDRA`` …, ``PubMed``, ``web``."""
    reason: str = ""
    """For people: how it is known, where that is not plain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unresolved:
    """Why an identifier gave no record; ``is_final`` parts "not there" from "could not ask"."""

    identifier: Identifier
    reason: str
    """For people: what happened and what to do next."""
    is_final: bool
    """True: the registries say that it does not exist.  False: nobody could be asked."""


# ── what was decided ───────────────────────────────────────────────────────────────────


class Verdict(StrEnum):
    """What is held of a pair of records."""

    MATCH = "match"
    POSSIBLE = "possible"
    RELATED = "related"
    DISTINCT = "distinct"


class DecisionKind(StrEnum):
    """What a decision does."""

    MATCH = "match"
    POSSIBLE = "possible"
    RELATED = "related"
    DISTINCT = "distinct"
    NAME = "name"
    """``b`` is a readable name for ``a``."""
    UNDO = "undo"
    """The decision whose key stands in ``undoes`` counts no longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One thing that a rule or a person decided about two identifiers.

    Decisions name identifiers and not works, because a work's id may change when a DOI
    turns up for it.  A pair is stored in sorted order, except for ``NAME``.
    """

    kind: DecisionKind
    a: Identifier
    b: Identifier
    by: str
    """``rule`` or ``person``."""
    rule: str = ""
    """The rule that said so; for ``RELATED``, the kind of relation."""
    reason: str = ""
    evidence: str = "{}"
    """Canonical JSON: the agreement of each field, and what spoke against it."""
    undoes: str = ""
    made: str = ""
    """A UTC time in ISO 8601."""
    _key: str = field(default="", init=False, repr=False, compare=False)

    @property
    def told(self) -> dict[str, Any]:
        """What the evidence says; nothing where it is no JSON object, which no rule writes."""
        try:
            told = json.loads(self.evidence)
        except (ValueError, RecursionError):
            return {}
        return told if isinstance(told, dict) else {}

    @property
    def key(self) -> str:
        """The decision's permanent name."""
        if not self._key:
            when = self.made if self.by == "person" else ""
            parts = (self.kind, str(self.a), str(self.b), self.by, self.rule, self.reason)
            named = _permanent_name(*parts, self.evidence, self.undoes, when)
            object.__setattr__(self, "_key", named)
        return self._key


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """An answer to a finding: it stands, and this is why."""

    code: str
    subject: str
    """What the finding is about: an identifier, or an article's path."""
    reason: str
    made: str = ""

    @property
    def key(self) -> str:
        """The waiver's permanent name."""
        return _permanent_name(self.code, self.subject, self.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is cited: one or more records recorded as the same, fused field by field."""

    id: str
    """Its best identifier, written; it may change when a better one turns up."""
    name: str
    """The library's readable name; it never changes."""
    item: Item
    suppliers: Mapping[str, str] = field(default_factory=dict)
    """CSL variable → key of the record it came from."""
    claims: tuple[Claim, ...] = ()
    relations: tuple[Relation, ...] = ()
    members: tuple[str, ...] = ()
    """The keys of its records, strongest source first."""
    is_confirmed: bool = False
    """True when a registry has answered for it; False when all is read from print."""


class Weight(StrEnum):
    """How much a difference between a reference and a record says."""

    ERROR = "error"
    """One of the two is wrong; a reader who follows the reference is misled."""
    SLIP = "slip"
    """A matter of spelling or of completeness; the work is found all the same."""
    UNCLEAR = "unclear"
    """The two may say the same; it could not be made out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field that a reference and a record state differently, with both values."""

    field: str
    """The CSL variable, and ``year`` for the year of ``issued``."""
    kind: str = ""
    """What is different in it: empty, or ``surplus``, ``missing``, ``order``, ``part`` …"""
    stated: str
    found: str
    weight: Weight = Weight.ERROR
    place: int = 0
    """For an author: where in the stated list, counted from 1."""

    @property
    def is_error(self) -> bool:
        """Whether a reader is misled by it."""
        return self.weight is Weight.ERROR

    def __str__(self) -> str:
        """One line for people, both values in it."""
        here = f"here “{self.stated}”" if self.stated else "here nobody"
        there = f"there “{self.found}”" if self.found else "there nobody"
        kind = f" ({self.kind})" if self.kind else ""
        return f"{self.field}{kind}: {here}, {there}"


# ── articles ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text as character offsets, end excluded."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The stretch itself."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationItem:
    """One work in a citation, with what is said of the place in it."""

    key: str
    """What the author typed after ``@``, unchanged."""
    prefix: str = ""
    label: str = ""
    """The CSL locator term: ``page``, ``chapter``, ``figure`` …"""
    locator: str = ""
    """The place itself: ``600``, ``12-14``."""
    spelled: str = ""
    """The place as it was typed where its word is Japanese (``第3章``); it is printed so."""
    suffix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One bracket of an article."""

    span: Span
    """The whole of it as it stands, woven or typed."""
    line: int
    """Counted from 1."""
    typed: str
    """The inside of the bracket as the author typed it."""
    items: tuple[CitationItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bibliography:
    """The place where an article's list goes."""

    span: Span
    line: int
    typed: str
    """What stands in the opening comment after the word ``bibliography``, unchanged."""
    uncited: tuple[CitationItem, ...] = ()
    column: int = 1
    """Counted from 1; for findings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article's text and what was found in it."""

    path: str
    format: str
    """``markdown`` or ``html``."""
    text: str
    citations: tuple[Citation, ...] = ()
    bibliographies: tuple[Bibliography, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    """What the front matter or ``<meta name="refpipe:…">`` sets: ``style``, ``lang``."""
    faults: tuple[Fault, ...] = ()


LONGEST_ADDRESS = 4000
"""Signs of the longest address in running text; what goes on for longer is told and not read."""
LONGEST_REFERENCE = 4000
"""Signs that are read of a printed reference; the longest seen in print has 3,000."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A place whose marks cannot be read (an opening comment that is never closed)."""

    line: int
    message: str
    is_blocking: bool = False
    """Whether weaving would make it worse, so that the article is left unchanged."""


# ── what is printed ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one face.

    ``marks`` are of ``italic bold superscript subscript``; ``target`` is an address, or
    ``#`` and an anchor in the same article, or empty.
    """

    text: str
    marks: frozenset[str] = frozenset()
    target: str = ""
    anchor: str = ""
    """The id of this very place, for links that lead here; empty for none."""


Inline: TypeAlias = tuple[Run, ...]
"""Rich text that knows neither HTML nor Markdown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a bibliography."""

    number: int
    work_id: str
    label: str
    """What stands before it: ``[1]``."""
    content: Inline
    anchor: str
    """The id that citations link to."""
    backlinks: tuple[str, ...] = ()
    """The anchors of the citations that name it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderingWarning:
    """Something that one item cost its entry."""

    work_id: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """An article's numbers and list, in the order of ``Article.citations``."""

    citations: tuple[Inline, ...]
    entries: tuple[Entry, ...]
    warnings: tuple[RenderingWarning, ...] = ()


# ── what is found wrong ────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A replacement of one stretch of an article's text."""

    span: Span
    replacement: str
    is_safe: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing a rule has to say, at a place.

    ``values`` fill the rule's message in either language (see ``refpipe.checks``).
    ``is_unchecked`` marks the third verdict: not wrong, but could not be looked at.
    """

    code: str
    path: str
    line: int
    column: int = 1
    values: Mapping[str, str] = field(default_factory=dict)
    subject: str = ""
    """The identifier it is about, written; empty where it is about the text."""
    is_unchecked: bool = False
    edit: Edit | None = None
