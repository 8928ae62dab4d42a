"""Whether a record is the work that a printed reference or an address speaks of.

A registry finds something for nearly every question, so what it finds is held against what is
known: title, first author, year, container, volume, pages.  Missing is unknown, never
agreement; one plain contradiction is enough to refuse.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import unquote, urlsplit

from refpipe import match, normalise
from refpipe.lifetimes import lazy
from refpipe.match import Comparison, Level, Subject, persons
from refpipe.match.differences import differences, is_other_work
from refpipe.model import Difference, Item

__all__ = [
    "Agreement",
    "Standing",
    "agreement_of",
    "choose",
    "first_author",
    "is_borne",
    "is_refuted",
    "said_by",
]


class Standing(StrEnum):
    """What is held of a record after comparing."""

    AGREES = "agrees"
    UNKNOWN = "unknown"
    """Nothing speaks against it, and too little for it."""
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far a record agrees with what is claimed of the work."""

    standing: Standing
    score: float
    """0 to 1, to rank by; no score alone makes a record the right one."""
    agrees: tuple[str, ...] = ()
    """The fields that agree."""
    differs: tuple[str, ...] = ()
    """The fields that speak against it."""
    differences: tuple[Difference, ...] = ()
    """Every field that the two state differently, with both values and the weight."""

    @property
    def is_other_work(self) -> bool:
        """Whether what differs says that the record is of another work."""
        return is_other_work(self.differences)

    @property
    def reason(self) -> str:
        """One line for people."""
        parts = []
        if self.agrees:
            parts.append(f"agrees in {', '.join(self.agrees)}")
        if self.differs:
            parts.append(f"differs in {', '.join(self.differs)}")
        parts += [str(one) for one in self.differences if one.is_error]
        return "; ".join(parts) or "nothing to compare"


_ALLOWED = frozenset(
    (
        "article", "article-journal", "article-magazine", "article-newspaper", "book", "chapter",
        "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "manuscript",
        "paper-conference", "post", "post-weblog", "report", "review", "review-book", "standard",
        "thesis", "webpage", "",
    )
)  # fmt: skip
"""The CSL types that a reference can be of; a peer review or a figure is never what is cited."""
_SHORTEST = 8
"""Letters of a title that can be looked for in a text."""
_WEIGHTS = {"title": 0.45, "authors": 0.2, "year": 0.1, "container": 0.1, "volume": 0.08,
            "pages": 0.07}  # fmt: skip


def agreement_of(claimed: Item, found: Item, *, text: str = "") -> Agreement:
    """How far ``found`` agrees with what ``claimed`` says; identifiers are not compared.

    ``text`` is the printed reference itself, where there is one: a title that was read wrongly
    may still stand in it.
    """
    comparison = match.compare(Subject.of_item(claimed), Subject.of_item(found))
    levels = {name: getattr(comparison, name).level for name in _WEIGHTS}
    first = first_author(claimed, found)
    if first is not Level.UNKNOWN:
        levels["authors"] = first
    if levels["year"] is Level.SIMILAR:
        levels["year"] = Level.AGREE
    agrees = tuple(name for name, level in levels.items() if level is Level.AGREE)
    differs = tuple(name for name, level in levels.items() if level is Level.DIFFER)
    if _has_place(agrees) and "title" not in agrees and _is_in(text, found):
        agrees, differs = ("title", *agrees), tuple(name for name in differs if name != "title")
    elif levels["title"] is Level.SIMILAR and not _stands_in_its_place(comparison, agrees):
        differs = ("title", *differs)
    if comparison.relation:
        differs = (*differs, comparison.relation)
    if not _is_allowed(found) or _is_unplaced(claimed, found):
        differs = (*differs, "type")
    told = differences(claimed, found, text=text)
    standing = _standing(comparison, set(agrees), set(differs))
    if standing is Standing.AGREES and _is_contradicted(told):
        standing = Standing.DIFFERS
    return Agreement(
        standing=standing,
        score=round(sum(_WEIGHTS[name] for name in agrees), 3),
        agrees=agrees,
        differs=differs,
        differences=told,
    )


def _is_contradicted(told: Iterable[Difference]) -> bool:
    """Whether the authors contradict, and the title or the place does as well."""
    wrong = {one.field for one in told if one.is_error}
    return "author" in wrong and len(wrong) >= 2


def _has_place(agrees: Iterable[str]) -> bool:
    """Whether journal, volume, page and year agree."""
    return {"year", "container", "volume", "pages"} <= set(agrees)


def _is_in(text: str, found: Item) -> bool:
    """Whether the record's title stands in the printed reference, word for word."""
    title = normalise.fold(str(found.get("title") or ""))
    return len(title) >= _SHORTEST and f" {title} " in f" {normalise.fold(text)} "


def _stands_in_its_place(comparison: Comparison, agrees: Iterable[str]) -> bool:
    """Whether a title that is only alike is borne out by its place.

    A registry's title may be cut off where markup began, or stand in another language.
    """
    is_borne_out = "authors" in agrees or comparison.title.how == "cut"
    return _has_place(agrees) and is_borne_out


def _is_unplaced(claimed: Item, found: Item) -> bool:
    """Whether a volume is printed and the record stands in none: a preprint, a thesis."""
    is_in_volume = bool(claimed.get("volume") and claimed.get("container-title"))
    return is_in_volume and (not found.get("container-title") or found.get("type") == "article")


def _standing(comparison: Comparison, agrees: set[str], differs: set[str]) -> Standing:
    if _refuses(differs):
        return Standing.DIFFERS
    # A companion paper has the title but for a word, the authors, the journal, the volume; a
    # congress abstract has title, authors and year, and stands elsewhere.
    has_pages = {"volume", "pages"} <= agrees
    if differs & {"volume", "pages"} or ("container" in differs and not has_pages):
        return Standing.UNKNOWN
    if comparison.title.level is Level.SIMILAR and "title" not in agrees:
        return Standing.AGREES
    rules = _WITH_TITLE if "title" in agrees else _WITHOUT_TITLE
    if any(rule(comparison, agrees) for rule in rules):
        return Standing.AGREES
    return Standing.UNKNOWN


_PLACE = frozenset(("container", "volume", "pages"))


def _has_author_and_time(_: Comparison, agrees: set[str]) -> bool:
    """First author, and the year or a place."""
    return "authors" in agrees and ("year" in agrees or len(agrees & _PLACE) >= 2)


def _has_year_and_place(comparison: Comparison, agrees: set[str]) -> bool:
    """Year and place; a title such as "Index" tells nothing, so that the page has to."""
    is_telling = comparison.detail >= 1 or "pages" in agrees
    return "year" in agrees and len(agrees & _PLACE) >= 2 and is_telling


def _has_whole_place(comparison: Comparison, agrees: set[str]) -> bool:
    """Container, volume and page, where no year is printed."""
    return agrees >= _PLACE and comparison.detail >= 2


def _has_container_and_year(comparison: Comparison, agrees: set[str]) -> bool:
    """A telling title in its container and year, where no author is printed."""
    is_unsigned = comparison.authors.level is Level.UNKNOWN
    return {"container", "year"} <= agrees and comparison.detail >= 2 and is_unsigned


def _has_all_but_title(_: Comparison, agrees: set[str]) -> bool:
    """Styles without titles: first author, year, volume and page stand for it."""
    return {"authors", "year", "volume", "pages"} <= agrees


_WITH_TITLE = (
    _has_author_and_time,
    _has_year_and_place,
    _has_whole_place,
    _has_container_and_year,
)
_WITHOUT_TITLE = (_has_all_but_title,)


def _refuses(differs: set[str]) -> bool:
    """Whether what differs is enough to say that it is another work.

    One slip in a volume or a page is common in print; two fields of a place are not.
    """
    return bool(
        differs - {"container", "volume", "pages", "authors", "year"}
        or len(differs) >= 2
        or differs & {"authors", "year"}
    )


def first_author(claimed: Item, found: Item) -> Level:
    """Whether the first author claimed stands first among those found."""
    one, other = _family(claimed), _family(found)
    if not one or not other:
        return Level.UNKNOWN
    comparison = match.compare(
        Subject.of_item({"author": [one]}), Subject.of_item({"author": [other]})
    )
    if comparison.authors.level is Level.DIFFER and _is_among(one, found):
        return Level.SIMILAR
    if comparison.authors.level is Level.AGREE and _are_two_bodies(one, other):
        return Level.SIMILAR
    return comparison.authors.level


def _are_two_bodies(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two bodies have some words in common and not their name: societies of two organs."""
    ours, theirs = (str(each.get("literal") or "") for each in (one, other))
    names = [normalise.squeeze(name) for name in (ours, theirs)]
    if not all(names) or persons.people({"author": [one, other]}):
        return False
    is_within = names[0] in names[1] or names[1] in names[0]
    return not is_within and not persons.is_one_whole_name(ours, theirs)


def _family(item: Item) -> Mapping[str, Any]:
    people = item.get("author") or item.get("editor") or []
    return people[0] if isinstance(people, list) and people and isinstance(people[0], dict) else {}


def _is_among(person: Mapping[str, Any], found: Item) -> bool:
    several = Subject.of_item({"author": found.get("author") or []})
    return (
        match.compare(Subject.of_item({"author": [person]}), several).authors.level is Level.AGREE
    )


def _is_allowed(found: Item) -> bool:
    return str(found.get("type", "")) in _ALLOWED


def choose(agreements: Sequence[Agreement]) -> int | None:
    """The index of the one record that agrees; None where none does, or a second as well."""
    agreeing = [index for index, one in enumerate(agreements) if one.standing is Standing.AGREES]
    if not agreeing:
        return None
    best = max(agreeing, key=lambda index: agreements[index].score)
    rivals = [
        index
        for index in agreeing
        if index != best and set(agreements[index].agrees) >= set(agreements[best].agrees)
    ]
    return None if rivals else best


# ── A title on a page ──────────────────────────────────────────────────────────────────


_DIVISION = lazy(r" ?[][|¦│‖«»‹›→•·(){}<>:~〜—―–「」『』【】〔〕〈〉《》]+ ?| [^\w\s&+,]+ ")
"""Where a title ends and the name of the site, a section or a subtitle begins; no mere blank."""
_GOING_ON = lazy(r" ?[「『(〈《{][^「『(〈《{」』)〉》}]*[」』)〉》}](?=\w| [a-z])")
"""A bracket or a quotation behind which the words go on."""
_PIECES = 40
"""Pieces of a page's title that are looked at; the title is among the first or the last."""


def is_borne(title: str, told: Iterable[str]) -> Standing:
    """Whether a page that says that it is called one of ``told`` bears the title.

    A page's title has the name of its site before or behind it; apart from such pieces it is
    compared as any other title.  One word behind another piece may be a section's as well.

    >>> is_borne("腰痛の予防", ["腰痛の予防｜みどり町"]).value
    'agrees'
    >>> is_borne("腰痛の予防", ["みどり町", "肩こりの予防 - みどり町"]).value
    'differs'
    """
    standing = Standing.UNKNOWN
    if not normalise.squeeze(title):
        return standing
    for one in filter(normalise.squeeze, told):
        found = differences({"title": title}, {"title": one})
        at = _piece(title, one)
        if not found or at == 0 or (at > 0 and not _is_one_word(title)):
            return Standing.AGREES
        if at < 0 and any(each.is_error for each in found):
            standing = Standing.DIFFERS
    return standing


def _is_one_word(title: str) -> bool:
    """Whether a title is no more than what a section or a tag is called: Exercise, 腰痛."""
    words = normalise.fold(title).split()
    return len(words) == 1 and re.search("[ぁ-ん]", words[0]) is None


def _piece(title: str, told: str) -> int:
    """Which piece of the other the title is, or begins with, if it is whole pieces; -1 for none."""
    plain = " ".join(unicodedata.normalize("NFKC", normalise.unmarked(told)).split())
    pieces = _pieces(plain)
    if len(pieces) > 2 * _PIECES:
        pieces = [*pieces[:_PIECES], ("", False), *pieces[-_PIECES:]]
    key = normalise.squeeze(title)
    found = (
        sum(1 for piece, _ in pieces[:start] if piece)
        for start, (first, _) in enumerate(pieces)
        if first and key.startswith(first)
        for end, (_, is_end) in enumerate(pieces[start:], start)
        if is_end and "".join(piece for piece, _ in pieces[start : end + 1]) == key
    )
    return next(found, -1)


def _pieces(plain: str) -> list[tuple[str, bool]]:
    """The pieces of a page's title, and of each whether what it says may end there.

    Where the words go on behind a bracket or a quotation, they speak of what stands in it.
    """
    inside = [found.span() for found in _GOING_ON.finditer(plain)]
    found, start = [], 0
    for division in _DIVISION.finditer(plain):
        at = division.start()
        while inside and inside[0][1] <= at:
            del inside[0]
        is_inside = bool(inside) and inside[0][0] <= at
        found.append((normalise.squeeze(plain[start:at]), not is_inside))
        start = division.end()
    return [*found, (normalise.squeeze(plain[start:]), True)]


_YEAR = re.compile(r"/(19\d\d|20[0-3]\d)(?=/|$)")
_ISSN = re.compile(r"(?<![0-9A-Za-z])(\d{4}-\d{3}[\dXx])(?![0-9A-Za-z])")
_VOLUME_ISSUE_PAGE = re.compile(r"/(\d{1,4})/(\d{1,3}|suppl_\d+)/([A-Za-z]?\d{1,6})(?:[./?]|$)")
_ENDING = re.compile(r"(?:\.\d+)?\.(?:aspx?|html?|php|cfm|jsp|shtml)$", re.IGNORECASE)
_FILE = re.compile(r"\.(?:pdf|xml|docx?|zip)$", re.IGNORECASE)
"""A file has a name of its own, which seldom is the title."""
_SEPARATOR = re.compile(r"[-_+ ]+")

_SHORTEST_WORD = 3
_FEWEST_WORDS = 3
"""Words that a slug needs to have before it can speak against a title."""
_ENOUGH = 0.6
"""The share of a slug's words that the title has to have; spellings and signs differ a little."""
_COMMON = frozenset(
    ("the", "and", "for", "with", "from", "into", "its", "are", "was", "not", "but", "abstract",
     "article", "articles", "fulltext", "full", "text", "journal", "issue", "volume", "download",
     "supplement", "supplementary", "view", "pdf", "html", "amp")
)  # fmt: skip
"""Words of grammar, which slugs leave out, and words of the publisher about the page."""


def said_by(address: str) -> Item:
    """What an address says of the work that it leads to: a year, an ISSN, a place in a volume."""
    path = urlsplit(address).path
    item: Item = {}
    if place := _VOLUME_ISSUE_PAGE.search(path):
        item |= {"volume": place[1], "page": place[3]}
    if year := _YEAR.search(path):
        item["issued"] = {"date-parts": [[int(year[1])]]}
    if issn := _ISSN.search(path):
        item["ISSN"] = issn[1].upper()
    return item


def slug(address: str) -> tuple[str, ...]:
    """The words of a title that an address carries, in order; none where it carries no title."""
    last = unquote(urlsplit(address).path).rstrip("/").rpartition("/")[2]
    parts = _SEPARATOR.sub(" ", _ENDING.sub("", last)).split()
    numbered = sum(any(sign.isdigit() for sign in part) for part in parts)
    words = _content(" ".join(parts))
    is_title = len(words) >= _FEWEST_WORDS and numbered * 3 < len(parts)
    return tuple(words) if is_title and not _FILE.search(last) else ()


def is_refuted(address: str, found: Item) -> bool:
    """Whether what the address says speaks against the record."""
    if _is_another_title(slug(address), found):
        return True
    said = said_by(address)
    if not said:
        return False
    comparison = match.compare(_place_only(said), _place_only(found))
    return Level.DIFFER in {comparison.year.level, comparison.pages.level}


def _place_only(item: Item) -> Subject:
    return Subject.of_item({name: value for name, value in item.items() if name in _COMPARED})


_COMPARED = frozenset(("type", "volume", "page", "issued", "ISSN", "container-title"))


def _is_another_title(words: Sequence[str], found: Item) -> bool:
    """Whether the words of a slug are not those of the record's title.

    A title in another script than the slug's cannot be held against it.
    """
    title = normalise.fold(str(found.get("title") or ""))
    if not words or not title or sum(letter.isascii() for letter in title) < len(title) / 2:
        return False
    told = _content(title)
    # Either may be cut short: the slug by the publisher, the title where markup began.
    return _in_order(words, told) < _ENOUGH * max(1, min(len(words), len(told)))


def _content(text: str) -> list[str]:
    """The words that tell something: no numbers, no grammar."""
    return [
        word
        for word in normalise.fold(text).split()
        if len(word) >= _SHORTEST_WORD and word.isalpha() and word not in _COMMON
    ]


def _in_order(words: Sequence[str], title: Sequence[str]) -> int:
    """How many of the words stand in the title one after another (longest common subsequence)."""
    row = [0] * (len(title) + 1)
    for word in words:
        above, row = row, [0]
        for column, other in enumerate(title):
            is_same = word == other or (len(other) > _SHORTEST_WORD and word.startswith(other))
            is_cut = other.startswith(word)
            longest = above[column] + 1 if is_same or is_cut else 0
            row.append(max(longest, above[column + 1], row[column]))
    return row[-1]
