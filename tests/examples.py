"""How many examples a property is tried with: few in ``make test``, many in ``make test-slow``."""

from __future__ import annotations

from hypothesis import settings

USUAL = 100
"""The examples of a property of which nobody says how many it needs."""
_LEAST = 10


def some(count: int) -> int:
    """How many examples a property has that needs so many where others have a hundred."""
    share = settings().max_examples / USUAL
    return max(round(count * share), min(count, _LEAST))


each = settings(max_examples=USUAL)
"""For a property of fewer than a hundred examples: each of them is tried."""
