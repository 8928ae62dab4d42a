"""Answer a comparison: match, possible, related or distinct, and the rule that said so."""

from __future__ import annotations

from dataclasses import dataclass

from refpipe.match.comparison import Comparison
from refpipe.match.rules import RULES
from refpipe.model import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The verdict on a pair; ``rule`` is empty where no rule had anything to say."""

    verdict: Verdict
    rule: str
    comparison: Comparison
    relation: str = ""


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
