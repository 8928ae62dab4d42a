"""What is recorded as one work, and what is known of it: facts → works.

``project.project`` clusters records, fuses each cluster field by field, and names it.
It is pure and blind to the order of its arguments.
"""

from __future__ import annotations

from refpipe.merge.precedence import (
    PRECEDENCE,
    SourcedReading,
    identities,
    own_name,
    standing,
    undone,
    verdicts,
)

__all__ = [
    "PRECEDENCE",
    "SourcedReading",
    "identities",
    "own_name",
    "standing",
    "undone",
    "verdicts",
]
