"""Duplicates out of a whole file of references: read, match, write, and say why."""

from __future__ import annotations

from refpipe.dedupe.engine import Group, Outcome, Tie, run
from refpipe.dedupe.report import as_json, as_text, kept_text, removed_text
from refpipe.dedupe.rows import Row, read

__all__ = [
    "Group",
    "Outcome",
    "Row",
    "Tie",
    "as_json",
    "as_text",
    "kept_text",
    "read",
    "removed_text",
    "run",
]
