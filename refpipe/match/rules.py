"""The rules, in the order in which they are asked; the first that holds is the answer.

Contradictions come before likeness: a rule for ``match`` names what it needs *and* what must
not speak against it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from refpipe.match import evidence as e
from refpipe.match.comparison import Comparison, Level
from refpipe.model import Verdict

AGREE, SIMILAR, UNKNOWN, DIFFER = Level.AGREE, Level.SIMILAR, Level.UNKNOWN, Level.DIFFER


@dataclass(frozen=True, slots=True)
class Rule:
    """A named predicate over a comparison and the verdict that it stands for."""

    name: str
    verdict: Verdict
    holds: Callable[[Comparison], bool]
    relation: str = ""


def _is_related(c: Comparison) -> bool:
    if not c.relation or not e.has_like_title(c):
        return False
    is_same_spot = e.has_same_page(c) and e.has_people(c) and c.issue.level is AGREE
    return not e.has_exact_place(c) and not is_same_spot


def _is_version(c: Comparison) -> bool:
    return c.doi.how == "versions" and e.has_like_title(c)


def _is_other_identifier(c: Comparison) -> bool:
    return c.identifier.level is DIFFER and not (e.has_title(c) and e.has_exact_place(c))


def _is_same_doi(c: Comparison) -> bool:
    if c.doi.level is not AGREE or c.title.level is DIFFER:
        return False
    if not e.has_no_other_people(c) and not (e.is_whole_title(c) and c.detail >= 2):
        return False
    if c.title.level is SIMILAR:
        # A supplement has one DOI for all its abstracts: only the place parts them.
        is_near = c.title.score >= 0.85 and c.title.how == "alike" and not e.has_other_place(c)
        return e.has_people(c) and (e.has_exact_place(c) or (is_near and c.detail >= 2))
    if c.title.level is UNKNOWN and c.container.level is DIFFER:
        return False
    if e.has_same_place(c):
        return True
    return not e.has_other_place(c) and (e.has_title(c) or e.has_people(c))


def _is_same_doi_slip(c: Comparison) -> bool:
    """One DOI, one title, one journal or page: what else differs of the place is a slip."""
    if c.doi.level is not AGREE or not e.has_title(c) or c.detail < 2:
        return False
    if c.pages.level is AGREE and c.authors.level is not DIFFER:
        return True
    return (
        e.has_people(c)
        and c.container.level is not DIFFER
        and (c.volume.level is not DIFFER or c.pages.level is not DIFFER)
    )


def _is_same_identifier(c: Comparison) -> bool:
    return (
        c.identifier.level is AGREE
        and c.doi.level is not DIFFER
        and c.title.level is not DIFFER
        and e.has_no_other_people(c)
    )


def _is_one_place_two_dois(c: Comparison) -> bool:
    return (
        c.doi.level is DIFFER
        and e.has_title(c)
        and c.title.score >= 0.9
        and e.has_people(c)
        and (
            e.has_same_page(c)
            or _is_one_issue_two_registrants(c)
            or (_is_one_issue(c) and c.pages.level is not DIFFER and c.detail == 3)
        )
    )


def _is_one_issue_two_registrants(c: Comparison) -> bool:
    return (
        c.doi.how == "registrants"
        and e.is_same_issue(c)
        and c.pages.level is not DIFFER
        and c.detail >= 2
    )


def _is_other_doi(c: Comparison) -> bool:
    return c.doi.level is DIFFER


def _is_title_and_place(c: Comparison) -> bool:
    if not e.has_title(c):
        return False
    if _is_slip_of_volume_or_year(c):
        return True
    if not e.has_same_place(c):
        return False
    if e.has_no_other_people(c):
        return True
    return c.detail >= 2 and e.has_exact_place(c) and c.title.how in {"equal", "typos"}


def _is_slip_of_volume_or_year(c: Comparison) -> bool:
    """The pages, the people and the title leave no doubt; volume or year is misprinted."""
    if not e.has_people(c) or c.detail < 2 or c.title.how not in {"equal", "footnote", "typos"}:
        return False
    is_exact = c.pages.how == "equal" and e.is_in_one_issue(c)
    return is_exact or e.has_same_pages_only(c)


def _is_volume_slip(c: Comparison) -> bool:
    return (
        c.volume.level is DIFFER
        and c.pages.level is UNKNOWN
        and e.is_whole_title(c)
        and c.detail == 3
        and c.authors.score >= 0.97
        and not c.single_author
        and c.container.level is AGREE
        and c.year.level is AGREE
    )


def _is_like_title_and_place(c: Comparison) -> bool:
    return c.title.level is SIMILAR and e.has_exact_place(c) and e.has_people(c)


def _is_place_and_people(c: Comparison) -> bool:
    """One place and one set of authors under wholly different titles: a translation."""
    return (
        c.title.level is DIFFER
        and e.has_exact_place(c)
        and e.has_people(c)
        and c.year.level is AGREE
        and c.container.level >= SIMILAR
    )


def _is_untitled_in_place(c: Comparison) -> bool:
    return (
        c.title.level is UNKNOWN
        and e.has_same_place(c)
        and c.year.level is AGREE
        and c.container.level >= SIMILAR
        and (c.volume.level is AGREE or c.issue.level >= SIMILAR)
        and e.has_no_other_people(c)
    )


def _is_untitled_in_issue(c: Comparison) -> bool:
    return (
        c.title.level is UNKNOWN
        and c.volume.level is AGREE
        and c.issue.level is AGREE
        and c.container.level is AGREE
        and c.authors.how == "equal"
        and not c.single_author
        and c.pages.level is not DIFFER
    )


def _is_title_and_people(c: Comparison) -> bool:
    return (
        e.has_title(c)
        and "other-kind" not in c.contradictions
        and e.has_people(c)
        and _is_telling(c)
        and not e.has_other_place(c)
        and c.issue.level is not DIFFER
        and e.has_no_other_container(c)
        and e.has_near_year(c)
        and c.is_anchored
    )


def _is_telling(c: Comparison) -> bool:
    """A short title needs a place, or several authors and the year, to stand for a work."""
    if c.detail >= 2 or c.volume.level is AGREE or c.pages.level is AGREE:
        return c.detail >= 1
    if c.title.how == "cut" and c.title.score >= 0.95:
        return c.detail == 1 and not c.single_author
    return c.detail == 1 and c.authors.score >= 0.97 and c.year.level is AGREE


def _is_one_issue(c: Comparison) -> bool:
    """One whole title by one set of authors in one issue: the page is a slip."""
    if not e.is_in_one_issue(c) or not e.has_near_year(c) or not e.is_whole_title(c):
        return False
    if c.pages.level is DIFFER and c.pages.how != "no range":
        return c.authors.how == "equal" and c.detail >= 2
    return c.authors.score >= 0.9 and c.detail >= 1


def _is_all_but_pages(c: Comparison) -> bool:
    """Even a title like "Editorial" is one where all that is known of it is the same."""
    is_anonymous = c.authors.level is UNKNOWN and c.detail >= 1 and c.volume.level is AGREE
    return (
        c.title.how == "equal"
        and (c.authors.how == "equal" or is_anonymous)
        and c.container.level is AGREE
        and c.year.level is AGREE
        and (c.issue.level is AGREE or (c.volume.level is AGREE and c.detail >= 2))
        and c.volume.level is not DIFFER
        and c.issue.level is not DIFFER
        and c.pages.level is not DIFFER
    )


def _is_candidate_doi(c: Comparison) -> bool:
    """A DOI derived from an address is evidence, never proof: the rest has to bear it out."""
    return (
        c.doi.how == "candidate"
        and c.title.level is SIMILAR
        and e.has_people(c)
        and not e.has_other_place(c)
        and e.has_near_year(c)
    )


def _is_possible_doi(c: Comparison) -> bool:
    return c.doi.level >= SIMILAR and e.has_no_other_people(c) and c.title.level is not DIFFER


def _is_title_and_issue(c: Comparison) -> bool:
    return (
        e.has_title(c)
        and e.is_same_issue(c)
        and c.pages.level is not DIFFER
        and c.detail >= 2
        and c.authors.level is UNKNOWN
        and e.has_near_year(c)
    )


def _is_long_title(c: Comparison) -> bool:
    return (
        e.has_title(c)
        and c.is_anchored
        and c.detail == 3
        and c.authors.level is UNKNOWN
        and not e.has_other_place(c)
        and c.issue.level is not DIFFER
        and e.has_no_other_container(c)
        and e.has_near_year(c)
    )


def _is_nearly(c: Comparison) -> bool:
    return e.has_title(c) and c.detail >= 1 and e.has_no_other_people(c) and e.has_near_year(c)


def _is_possible_place(c: Comparison) -> bool:
    return e.has_same_place(c) and e.has_people(c)


RULES: tuple[Rule, ...] = (
    Rule("versions", Verdict.RELATED, _is_version, "review-version"),
    Rule("said-in-title", Verdict.RELATED, _is_related),
    Rule("other-identifier", Verdict.DISTINCT, _is_other_identifier),
    Rule("same-doi", Verdict.MATCH, _is_same_doi),
    Rule("same-doi-slip", Verdict.MATCH, _is_same_doi_slip),
    Rule("same-identifier", Verdict.MATCH, _is_same_identifier),
    Rule("two-dois-one-place", Verdict.MATCH, _is_one_place_two_dois),
    Rule("other-doi", Verdict.DISTINCT, _is_other_doi),
    Rule("title-and-place", Verdict.MATCH, _is_title_and_place),
    Rule("like-title-and-place", Verdict.MATCH, _is_like_title_and_place),
    Rule("place-and-people", Verdict.POSSIBLE, _is_place_and_people),
    Rule("untitled-in-place", Verdict.MATCH, _is_untitled_in_place),
    Rule("untitled-in-issue", Verdict.MATCH, _is_untitled_in_issue),
    Rule("one-issue", Verdict.MATCH, _is_one_issue),
    Rule("all-but-pages", Verdict.MATCH, _is_all_but_pages),
    Rule("volume-slip", Verdict.POSSIBLE, _is_volume_slip),
    Rule("title-and-people", Verdict.MATCH, _is_title_and_people),
    Rule("title-and-issue", Verdict.MATCH, _is_title_and_issue),
    Rule("long-title", Verdict.MATCH, _is_long_title),
    Rule("candidate-doi", Verdict.MATCH, _is_candidate_doi),
    Rule("possible-doi", Verdict.POSSIBLE, _is_possible_doi),
    Rule("nearly", Verdict.POSSIBLE, _is_nearly),
    Rule("possible-place", Verdict.POSSIBLE, _is_possible_place),
)
"""Asked from the top; what no rule answers is distinct."""

RANK = {rule.name: number for number, rule in enumerate(RULES)}
"""A rule's place in the table; smaller is stronger."""
