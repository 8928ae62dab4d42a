"""Which decisions count, and what they say of each pair of identifiers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from refpipe.model import Decision, DecisionKind, Identifier

Pair: TypeAlias = tuple[Identifier, Identifier]
Rank: TypeAlias = tuple[int, str, str]
"""How much a decision weighs: a person outranks a rule, later outranks earlier."""

PAIRWISE = frozenset(
    {DecisionKind.MATCH, DecisionKind.POSSIBLE, DecisionKind.RELATED, DecisionKind.DISTINCT}
)
_DOUBTS = frozenset({DecisionKind.POSSIBLE, DecisionKind.RELATED})


def rank(decision: Decision) -> Rank:
    """The weight of a decision; the greater one stands."""
    return (int(decision.by == "person"), decision.made, decision.key)


def pair(a: Identifier, b: Identifier) -> Pair:
    """The two in the one order in which pairs are kept."""
    return (a, b) if a <= b else (b, a)


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that nobody has undone, in the order of their weight, greatest first.

    An ``UNDO`` may itself be undone, which restores what it took away.
    """
    by_key = {decision.key: decision for decision in decisions}
    fallen = _fallen(by_key)
    kept = (decision for key, decision in by_key.items() if key not in fallen)
    return tuple(sorted(kept, key=rank, reverse=True))


def undone(decisions: Iterable[Decision]) -> frozenset[str]:
    """The keys of the decisions and records that a standing ``UNDO`` takes back."""
    return frozenset(one.undoes for one in standing(decisions) if one.undoes)


def _fallen(by_key: Mapping[str, Decision]) -> set[str]:
    """The keys that a standing ``UNDO`` undoes; the last word of each chain is found first."""
    waiting: dict[str, int] = defaultdict(int)
    for decision in by_key.values():
        if decision.undoes:
            waiting[decision.undoes] += 1
    ready = [key for key in by_key if not waiting[key]]
    fallen: set[str] = set()
    while ready:
        decision = by_key[ready.pop()]
        target = decision.undoes
        if not target or target not in by_key:
            continue
        if decision.key not in fallen:
            fallen.add(target)
        waiting[target] -= 1
        if not waiting[target]:
            ready.append(target)
    return fallen


def verdicts(decisions: Iterable[Decision]) -> dict[Pair, Decision]:
    """The one decision that holds for each pair, among those that stand.

    Several records may go by one identifier.  Where a rule holds two of them for one work, its
    doubt about two others of the same names takes nothing back.
    """
    held: dict[Pair, Decision] = {}
    for decision in standing(decisions):
        if decision.kind not in PAIRWISE:
            continue
        names = pair(decision.a, decision.b)
        before = held.setdefault(names, decision)
        if before.by != "person" and before.kind in _DOUBTS and decision.kind is DecisionKind.MATCH:
            held[names] = decision
    return held
