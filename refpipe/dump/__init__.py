"""A library as text: for people to review, and for moving facts from one library to another.

``lines(facts…)`` and ``read(lines)`` are a round trip of all facts as JSON, one a line.
``view(works, records, decisions, waivers)`` is what ``git diff`` shows: works field by field with
their suppliers, then decisions.  Text only; opening libraries is the library's business.
"""

from __future__ import annotations

from refpipe.dump.facts import Facts, lines, read
from refpipe.dump.view import view

__all__ = ["Facts", "lines", "read", "view"]
