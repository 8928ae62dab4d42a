"""Which references of one list are one work, before any of them is in the library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from refpipe import match
from refpipe.model import Decision, DecisionKind, Identifier, Reading, Scheme


def pairs(readings: Sequence[tuple[str, Reading]]) -> Iterator[tuple[str, str, str, bool]]:
    """Label, label, reason and whether it is certain, for each pair that may be one work."""
    subjects = [
        match.Subject(
            identifier=Identifier(Scheme.TEXT, str(number)),
            item=reading.item,
            claims=reading.claims,
        )
        for number, (_, reading) in enumerate(readings)
    ]
    decisions = [
        decision
        for decision in match.decide_all(subjects)
        if decision.kind in {DecisionKind.MATCH, DecisionKind.POSSIBLE}
    ]
    for decision in sorted(decisions, key=lambda decision: _places(decision)[::-1]):
        first, second = _places(decision)
        is_certain = decision.kind is DecisionKind.MATCH
        yield readings[first][0], readings[second][0], decision.rule, is_certain


def _places(decision: Decision) -> tuple[int, int]:
    """Where the two stand in the list, the earlier first."""
    one, other = int(decision.a.value), int(decision.b.value)
    return (one, other) if one < other else (other, one)
