"""The rules, in the order in which they are asked; the first that holds is the answer.

Contradictions come before likeness: a rule for ``match`` names what it needs *and* what must
not speak against it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from refpipe.match import predicates
from refpipe.match.comparison import Comparison
from refpipe.model import Verdict


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
    Rule("other-doi", Verdict.DISTINCT, predicates.is_other_doi),
    Rule("title-and-place", Verdict.MATCH, predicates.is_title_and_place),
    Rule("like-title-and-place", Verdict.MATCH, predicates.is_like_title_and_place),
    Rule("place-and-people", Verdict.POSSIBLE, predicates.is_place_and_people),
    Rule("untitled-in-place", Verdict.MATCH, predicates.is_untitled_in_place),
    Rule("untitled-in-issue", Verdict.MATCH, predicates.is_untitled_in_issue),
    Rule("one-issue", Verdict.MATCH, predicates.is_one_issue),
    Rule("all-but-pages", Verdict.MATCH, predicates.is_all_but_pages),
    Rule("volume-slip", Verdict.POSSIBLE, predicates.is_volume_slip),
    Rule("title-and-people", Verdict.MATCH, predicates.is_title_and_people),
    Rule("title-and-issue", Verdict.MATCH, predicates.is_title_and_issue),
    Rule("long-title", Verdict.MATCH, predicates.is_long_title),
    Rule("same-address", Verdict.MATCH, predicates.is_same_address),
    Rule("candidate-doi", Verdict.MATCH, predicates.is_candidate_doi),
    Rule("possible-doi", Verdict.POSSIBLE, predicates.is_possible_doi),
    Rule("equal", Verdict.POSSIBLE, predicates.is_equal),
    Rule("nearly", Verdict.POSSIBLE, predicates.is_nearly),
    Rule("possible-place", Verdict.POSSIBLE, predicates.is_possible_place),
)
"""Asked from the top; what no rule answers is distinct."""

RANK = {rule.name: number for number, rule in enumerate(RULES)}
"""A rule's place in the table; smaller is stronger."""
