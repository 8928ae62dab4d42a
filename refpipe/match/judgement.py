"""Compare two records, then ask the rules in their order; the first that holds is the answer.

Contradictions come before likeness: a rule for ``match`` names what it needs *and* what must
not speak against it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from refpipe.match import containers, fields, predicates, titles
from refpipe.match.comparison import Agreement, Comparison, Level
from refpipe.match.profiles import Profile, Subject
from refpipe.model import Verdict
from refpipe.normalise import Title
from refpipe.normalise.containers import is_one_house


@dataclass(frozen=True, slots=True)
class Rule:
    """A named predicate over a comparison and the verdict that it stands for."""

    name: str
    verdict: Verdict
    holds: Callable[[Comparison], bool]
    relation: str = ""


RULES: tuple[Rule, ...] = (
    Rule("copy", Verdict.MATCH, predicates.is_copy),
    Rule("versions", Verdict.RELATED, predicates.is_version, "review-version"),
    Rule("said-in-title", Verdict.RELATED, predicates.is_related),
    Rule("another-thing", Verdict.DISTINCT, predicates.is_apart),
    Rule("other-identifier", Verdict.DISTINCT, predicates.is_other_identifier),
    Rule("same-doi", Verdict.MATCH, predicates.is_same_doi),
    Rule("same-doi-slip", Verdict.MATCH, predicates.is_same_doi_slip),
    Rule("same-identifier", Verdict.MATCH, predicates.is_same_identifier),
    Rule("two-dois-one-place", Verdict.MATCH, predicates.is_one_place_two_dois),
    Rule("registered-twice", Verdict.POSSIBLE, predicates.is_registered_twice),
    Rule("other-doi", Verdict.DISTINCT, predicates.is_other_doi),
    Rule("title-and-place", Verdict.MATCH, predicates.is_title_and_place),
    Rule("like-title-and-place", Verdict.MATCH, predicates.is_like_title_and_place),
    Rule("retitled-in-place", Verdict.MATCH, predicates.is_retitled_in_place),
    Rule("place-and-people", Verdict.POSSIBLE, predicates.is_place_and_people),
    Rule("untitled-in-place", Verdict.MATCH, predicates.is_untitled_in_place),
    Rule("untitled-in-issue", Verdict.MATCH, predicates.is_untitled_in_issue),
    Rule("one-issue", Verdict.MATCH, predicates.is_one_issue),
    Rule("all-but-pages", Verdict.MATCH, predicates.is_all_but_pages),
    Rule("one-congress", Verdict.MATCH, predicates.is_one_congress),
    Rule("unpaged", Verdict.MATCH, predicates.is_unpaged),
    Rule("volume-slip", Verdict.POSSIBLE, predicates.is_volume_slip),
    Rule("title-and-people", Verdict.MATCH, predicates.is_title_and_people),
    Rule("title-and-issue", Verdict.MATCH, predicates.is_title_and_issue),
    Rule("long-title", Verdict.MATCH, predicates.is_long_title),
    Rule("same-address", Verdict.MATCH, predicates.is_same_address),
    Rule("candidate-doi", Verdict.MATCH, predicates.is_candidate_doi),
    Rule("possible-doi", Verdict.POSSIBLE, predicates.is_possible_doi),
    Rule("equal", Verdict.POSSIBLE, predicates.is_equal),
    Rule("nearly", Verdict.POSSIBLE, predicates.is_nearly),
    Rule("named-alike", Verdict.POSSIBLE, predicates.is_named_alike),
    Rule("possible-place", Verdict.POSSIBLE, predicates.is_possible_place),
)
"""Asked from the top; what no rule answers is distinct."""

RANK = {rule.name: number for number, rule in enumerate(RULES)}
"""A rule's place in the table; smaller is stronger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The verdict on a pair; ``rule`` is empty where no rule had anything to say."""

    verdict: Verdict
    rule: str
    comparison: Comparison
    relation: str = ""
    is_bridge: bool = False
    """True for a match that was not drawn: the one is joined with what contradicts the other."""


def held_back(judgement: Judgement) -> Judgement:
    """The judgement on two records that are in two clusters: a match waits for a person.

    One of them stands between two works, and the rules cannot tell whose it is.
    """
    if judgement.verdict is not Verdict.MATCH:
        return judgement
    return replace(judgement, verdict=Verdict.POSSIBLE, is_bridge=True)


def classify(comparison: Comparison) -> Judgement:
    """The first rule's answer; without one the records are distinct."""
    for rule in RULES:
        if rule.holds(comparison):
            relation = rule.relation or (
                comparison.relation if rule.verdict is Verdict.RELATED else ""
            )
            return Judgement(
                verdict=rule.verdict, rule=rule.name, comparison=comparison, relation=relation
            )
    return Judgement(verdict=Verdict.DISTINCT, rule="", comparison=comparison)


def compare(a: Subject, b: Subject) -> Comparison:
    """The agreement of two records in each field, and what contradicts."""
    return compare_profiles(a.profile, b.profile)


def compare_profiles(a: Profile, b: Profile) -> Comparison:
    """The same for records made ready before."""
    found: dict[str, Any] = {
        "title": titles.compare(a, b),
        "authors": fields.authors(a, b),
        "year": fields.year(a, b),
        "container": containers.compare(a, b),
        "volume": fields.volume(a, b),
        "issue": fields.issue(a, b),
        "pages": fields.pages(a, b),
        "doi": fields.doi(a, b),
        "identifier": fields.identifier(a, b),
        "url": fields.url(a, b),
    }
    relation = relation_between(a, b)
    against = contradictions(
        found,
        relation,
        is_other_kind=a.is_thesis != b.is_thesis,
        is_one_numbered=_is_only_one_a_part(a, b) or _is_only_one_a_part(b, a),
    )
    return Comparison(
        **found,
        detail=detail(a, b),
        is_equal=is_equal(a, b),
        is_whole=is_only_one(a) and is_only_one(b) and _may_be_of_one_house(a, b),
        is_anchored=is_anchored(a) or is_anchored(b),
        single_author=min(len(a.families), len(b.families)) == 1
        and not a.has_more_authors
        and not b.has_more_authors,
        is_meeting=a.is_conference or b.is_conference,
        is_supplement=is_in_supplement(a) or is_in_supplement(b),
        is_translated=any(p.title is not None and p.title.was_foreign for p in (a, b)),
        is_bare_number=relation == "part" and is_only_numbered(a) and is_only_numbered(b),
        relation=relation,
        contradictions=against,
    )


def is_equal(a: Profile, b: Profile) -> bool:
    """True for records equal in every field that say something by which to know them again."""
    return says_enough(a) and a.is_equal(b)


def says_enough(p: Profile) -> bool:
    """True for a title or an identifier, or without either for three other fields.

    The name of a column heads another piece in every issue, so it needs its place.
    """
    if p.dois or p.others:
        return True
    if p.title is not None:
        has_place = p.pages is not None and bool(p.volume or p.container)
        return has_place or not p.title.is_heading
    told = (p.families, p.year, p.container, p.volume, p.pages, p.urls, p.issns)
    return sum(map(bool, told)) > 2


def is_only_one(p: Profile) -> bool:
    """True for a book and its like where its title, names and year tell it from every other."""
    is_named = p.title is not None and not p.title.is_heading
    return p.is_whole and is_named and bool(p.year and p.families)


def is_in_supplement(p: Profile) -> bool:
    """True for what volume, issue or page say to be in a supplement."""
    return p.is_supplement or (p.pages is not None and p.pages.first[:1] == "s")


def _may_be_of_one_house(a: Profile, b: Profile) -> bool:
    return not a.house or not b.house or is_one_house(a.house, b.house)


def is_anchored(p: Profile) -> bool:
    """True for a record that says where it was published, or has an identifier."""
    is_named = any(not name.startswith("trial:") for name in p.others)
    return bool(p.container or p.dois or is_named or p.volume or p.issns)


def detail(a: Profile, b: Profile) -> int:
    """How telling the shorter title is: 0 generic, 1 short, 2 telling, 3 long."""
    if a.title is None or b.title is None:
        return 0
    short = min(a.title, b.title, key=lambda t: (len(t.key), len(t.words), t.words))
    if short.is_heading:
        return 0
    if short.is_distinctive:
        return 3 if len(short.words) >= 8 and len(short.key) >= 50 else 2
    return 1 if len(short.words) >= 3 and len(short.key) >= 15 else 0


OF_FIELD = {
    "identifier": "other-identifier",
    "doi": "other-doi",
    "pages": "other-pages",
    "volume": "other-volume",
    "issue": "other-issue",
    "container": "other-container",
    "authors": "other-authors",
    "title": "other-title",
    "year": "other-year",
}
"""Field → the name of the contradiction where both sides have it and differ."""

OF_TITLE = {
    "other numbers": "other-numbers", "other word": "other-word", "exchanged word": "other-word",
}  # fmt: skip
"""How titles are alike → the contradiction that lies in the rest."""


def contradictions(
    fields: Mapping[str, Agreement], relation: str, *, is_other_kind: bool, is_one_numbered: bool
) -> tuple[str, ...]:
    """The names of all contradictions, strongest first."""
    found = [name for field, name in OF_FIELD.items() if fields[field].level is Level.DIFFER]
    if relation:
        found.insert(0, "relation")
    if is_other_kind:
        found.append("other-kind")
    if is_one_numbered:
        found.append("one-numbered")
    if name := OF_TITLE.get(fields["title"].how):
        found.append(name)
    return tuple(found)


def _is_only_one_a_part(one: Profile, other: Profile) -> bool:
    """True where one title says it is a part of a series, and the other has no number at all.

    A bare number at the end of a title is a year's or a footnote's as often as a part's.
    """
    if one.title is None or other.title is None or any(":" in m for m in other.title.marks):
        return False
    numbered = [m for m in one.title.marks if ":" in m]
    bare = {m.partition(":")[2] for m in numbered if m.startswith("number:")}
    return any(m.partition(":")[2] not in bare for m in numbered)


def is_only_numbered(p: Profile) -> bool:
    """True for a title that says nothing of being a part, but for a bare number at its end."""
    return p.title is None or has_only_number(p.title.marks)


@lru_cache(maxsize=4096)
def has_only_number(marks: frozenset[str], *, is_all: bool = False) -> bool:
    """The same of a title's marks; ``is_all`` where it must have no others besides."""
    parts = {mark.partition(":")[2] for mark in marks if mark.startswith("serial:")}
    numbers = {mark.partition(":")[2] for mark in marks if mark.startswith("number:")}
    return parts == numbers and (not is_all or len(marks) == len(parts) + len(numbers))


OF_MARK = {
    "erratum": "correction", "addendum": "correction", "retraction": "retraction",
    "concern": "expression-of-concern", "reply": "reply", "comment": "reply",
    "abstract": "congress-abstract", "summary": "congress-abstract", "reprint": "reprint",
    "preprint": "preprint", "protocol": "part", "withdrawn": "new-version",
}  # fmt: skip
"""Mark of a title → kind of relation (model.RELATION_KINDS) that one title having it speaks of."""

_STRONG = ("retraction", "concern", "erratum", "addendum", "reprint", "preprint", "withdrawn")


def relation_between(a: Profile, b: Profile) -> str:
    """The kind of relation that the titles speak of, or nothing."""
    if a.title is None or b.title is None:
        return ""
    if a.title.marks == b.title.marks:
        return _of_kinds(a, b)
    one, other = a.title.marks - b.title.marks, b.title.marks - a.title.marks
    for mark in (*_STRONG, *OF_MARK):
        if mark in one or mark in other:
            return OF_MARK[mark]
    if has_other_serial(a.title, b.title):
        return "part"
    return _of_kinds(a, b)


def _of_kinds(a: Profile, b: Profile) -> str:
    """The relation that lies in what kind of thing each of two works of one title is."""
    if _is_preprint_pair(a, b):
        return "preprint"
    if a.edition and b.edition and a.edition != b.edition:
        return "next-edition"
    if _is_review_updated(a, b):
        return "review-version"
    return "congress-abstract" if _is_congress_pair(a, b) else ""


def _is_preprint_pair(a: Profile, b: Profile) -> bool:
    """True when one is a preprint and the other is not.

    What says nothing of where it stands may be the preprint itself, as long as the year is its own.
    """
    if a.is_preprint == b.is_preprint:
        return False
    if a.volume and a.volume == b.volume and fields.pages(a, b).level is Level.AGREE:
        # SSRN gives a DOI of its own to papers that a journal has printed.
        return False
    other = b if a.is_preprint else a
    is_placed = other.container or other.volume or other.issue or other.pages or other.issns
    return bool(is_placed or other.dois or not a.year or a.year != b.year)


def _is_review_updated(a: Profile, b: Profile) -> bool:
    """True for one Cochrane review (CD and its number for a page) in two issues or years."""
    if a.pages is None or b.pages is None or not a.pages.first.startswith("cd"):
        return False
    is_one_review = a.pages.first == b.pages.first
    is_later = bool(a.year and b.year and a.year != b.year)
    return is_one_review and (is_later or bool(a.issue and b.issue and a.issue != b.issue))


def _is_congress_pair(a: Profile, b: Profile) -> bool:
    """True when one is filed under a congress and the other stands in another container.

    Who names the congress' book a little otherwise still means the same pages of it.
    """
    if a.volume and a.volume == b.volume:
        return False
    if fields.pages(a, b).how == "equal" and containers.compare(a, b).how == "shorter":
        return False
    return a.is_conference != b.is_conference and containers.compare(a, b).level in {
        Level.DIFFER,
        Level.SIMILAR,
    }


def has_other_serial(a: Title, b: Title) -> bool:
    """True when both are numbered parts and no number is in both."""
    one = {m for m in a.marks if ":" in m}
    other = {m for m in b.marks if ":" in m}
    kinds = {m.split(":")[0] for m in one} & {m.split(":")[0] for m in other}
    return any(
        {m for m in one if m.startswith(f"{k}:")}.isdisjoint(
            m for m in other if m.startswith(f"{k}:")
        )
        for k in kinds
    )


def notice_of(a: Profile, b: Profile) -> Profile | None:
    """The one of two related records that is about the other: the notice, the reply, the preprint.

    None where neither is: parts, versions, editions.
    """
    if a.title is None or b.title is None:
        return None
    one, other = a.title.marks - b.title.marks, b.title.marks - a.title.marks
    for mark in (*_STRONG, *OF_MARK):
        if mark in one or mark in other:
            return a if mark in one else b
    for told in ("is_preprint", "is_conference"):
        if getattr(a, told) != getattr(b, told):
            return a if getattr(a, told) else b
    return None
