"""Decisions about a new record, with the evidence that each rests on."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Sequence
from typing import Any

from refpipe.match import profiles
from refpipe.match.classifying import Judgement, classify
from refpipe.match.clustering import united
from refpipe.match.comparing import compare_profiles
from refpipe.match.comparison import Comparison, Level
from refpipe.match.subject import Subject
from refpipe.model import Decision, DecisionKind, Verdict

_KINDS = {
    Verdict.MATCH: DecisionKind.MATCH,
    Verdict.POSSIBLE: DecisionKind.POSSIBLE,
    Verdict.RELATED: DecisionKind.RELATED,
}


def decide(new: Subject, others: Iterable[Subject]) -> tuple[Decision, ...]:
    """What the rules say of a new record and each other one; distinct pairs give nothing.

    The decisions are by ``rule`` and have no date: the caller has the clock.
    """
    ready = profiles.of(new)
    found = []
    for other in others:
        if other.identifier == new.identifier:
            continue
        judgement = classify(compare_profiles(ready, profiles.of(other)))
        if judgement.verdict in _KINDS:
            found.append(_decision(new, other, judgement))
    return tuple(sorted(found, key=lambda d: (str(d.a), str(d.b))))


def decide_all(subjects: Sequence[Subject]) -> tuple[Decision, ...]:
    """What the rules say of every pair of subjects that share a block; distinct pairs give nothing.

    A match that the look at its whole cluster does not bear out is ``possible``.
    """
    found: dict[tuple[int, int], Judgement] = {}

    def note(i: int, j: int, judgement: Judgement) -> None:
        found[i, j] = judgement

    groups = united([profiles.of(s) for s in subjects], note)
    home = {row: number for number, group in enumerate(groups) for row in group}
    decisions = []
    for (i, j), judgement in found.items():
        is_cut = judgement.verdict is Verdict.MATCH and home.get(i, -1) != home.get(j, -2)
        kept = dataclasses.replace(judgement, verdict=Verdict.POSSIBLE) if is_cut else judgement
        decisions.append(_decision(subjects[i], subjects[j], kept))
    return tuple(sorted(decisions, key=lambda d: (str(d.a), str(d.b))))


def _decision(one: Subject, other: Subject, judgement: Judgement) -> Decision:
    a, b = sorted((one.identifier, other.identifier), key=str)
    is_related = judgement.verdict is Verdict.RELATED
    return Decision(
        kind=_KINDS[judgement.verdict],
        a=a,
        b=b,
        by="rule",
        rule=judgement.relation if is_related else judgement.rule,
        evidence=evidence(judgement),
    )


def evidence(judgement: Judgement) -> str:
    """The judgement as canonical JSON: rule, what each known field says, what contradicts."""
    c = judgement.comparison
    whole: dict[str, Any] = {"fields": _fields(c), "rule": judgement.rule}
    if c.contradictions:
        whole["against"] = list(c.contradictions)
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _fields(c: Comparison) -> dict[str, list[Any]]:
    return {
        name: [found.level.name.lower(), round(found.score, 3), found.how]
        for name, found in c.fields.items()
        if found.level is not Level.UNKNOWN
    }
