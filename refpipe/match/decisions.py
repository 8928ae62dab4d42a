"""Decisions about pairs of records, with the evidence that each rests on."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from refpipe.match.candidate_pairs import of_no_other_volume
from refpipe.match.clusters import judge, judgements, united
from refpipe.match.comparison import Comparison, Level
from refpipe.match.judgement import Judgement, held_back, notice_of
from refpipe.match.profiles import Profile, Subject
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
    ready = new.profile
    found = []
    for other in of_no_other_volume(ready, others):
        judgement = judge(ready, other.profile)
        if judgement is not None and other.identifier != new.identifier:
            found.append(_decision((new, other), (ready, other.profile), judgement))
    return tuple(sorted(found, key=lambda d: (str(d.a), str(d.b))))


def decide_all(subjects: Sequence[Subject]) -> tuple[Decision, ...]:
    """What the rules say of every pair of subjects that share a block; distinct pairs give nothing.

    A match that the look at its whole cluster does not bear out is ``possible``.
    """
    ready = [subject.profile for subject in subjects]
    found = list(judgements(ready))
    groups = united(ready, found)
    home = {row: number for number, group in enumerate(groups) for row in group}
    decisions = []
    for i, j, judgement in found:
        is_one = home.get(i, -1) == home.get(j, -2)
        kept = judgement if is_one else held_back(judgement)
        decisions.append(_decision((subjects[i], subjects[j]), (ready[i], ready[j]), kept))
    return tuple(sorted(decisions, key=lambda d: (str(d.a), str(d.b))))


def held_back_decision(decision: Decision) -> Decision:
    """The decision on two records that are in two works: a match waits, and says why."""
    if decision.kind is not DecisionKind.MATCH:
        return decision
    told = _canonical({**decision.told, "bridge": True})
    return dataclasses.replace(decision, kind=DecisionKind.POSSIBLE, evidence=told)


def without_bridge(decision: Decision) -> Decision:
    """What the rules say of two records by themselves, whatever they are joined with."""
    told = {name: said for name, said in decision.told.items() if name != "bridge"}
    return dataclasses.replace(decision, evidence=_canonical(told))


def _decision(
    pair: tuple[Subject, Subject], ready: tuple[Profile, Profile], judgement: Judgement
) -> Decision:
    a, b = sorted((subject.identifier for subject in pair), key=str)
    is_related = judgement.verdict is Verdict.RELATED
    about = notice_of(*ready) if is_related else None
    notice = str(pair[ready.index(about)].identifier) if about else ""
    return Decision(
        kind=_KINDS[judgement.verdict],
        a=a,
        b=b,
        by="rule",
        rule=judgement.relation if is_related else judgement.rule,
        evidence=evidence(judgement, notice=notice),
    )


def evidence(judgement: Judgement, *, notice: str = "") -> str:
    """The judgement as canonical JSON: rule, what each known field says, what contradicts.

    ``notice`` names the one of two related records that is about the other (the erratum, the
    reply, the preprint); it stands there only where it is known.
    """
    c = judgement.comparison
    whole: dict[str, Any] = {"fields": _fields(c), "rule": judgement.rule}
    if c.contradictions:
        whole["against"] = list(c.contradictions)
    if judgement.is_bridge:
        whole["bridge"] = True
    if notice:
        whole["notice"] = notice
    return _canonical(whole)


def _canonical(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _fields(c: Comparison) -> dict[str, list[Any]]:
    return {
        name: [found.level.name.lower(), round(found.score, 3), found.how]
        for name, found in c.fields.items()
        if found.level is not Level.UNKNOWN
    }
