"""Which references of one list are one work, before any of them is in the library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from refpipe import match
from refpipe.model import DecisionKind, Identifier, Reading, Scheme


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
    for number, subject in enumerate(subjects):
        for decision in match.decide(subject, subjects[:number]):
            if decision.kind in {DecisionKind.MATCH, DecisionKind.POSSIBLE}:
                other = decision.a if decision.b == subject.identifier else decision.b
                yield (
                    readings[int(other.value)][0],
                    readings[number][0],
                    decision.rule,
                    decision.kind is DecisionKind.MATCH,
                )
