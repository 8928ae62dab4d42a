"""Duplicates out of a whole file of references: read, match, write, and say why."""

from __future__ import annotations

from refpipe.dedupe.engine import Group, Outcome, Tie, run, weight
from refpipe.dedupe.report import (
    Duplicate,
    Findings,
    Named,
    Pair,
    as_json,
    as_text,
    clusters_text,
    filled,
    findings,
    kept_text,
    removed_text,
)
from refpipe.dedupe.rows import (
    SUFFIXES,
    Row,
    entry_rows,
    format_of,
    jsonl_row,
    placed,
    read,
)

__all__ = [
    "SUFFIXES",
    "Duplicate",
    "Findings",
    "Group",
    "Named",
    "Outcome",
    "Pair",
    "Row",
    "Tie",
    "as_json",
    "as_text",
    "clusters_text",
    "entry_rows",
    "filled",
    "findings",
    "format_of",
    "jsonl_row",
    "kept_text",
    "placed",
    "read",
    "removed_text",
    "run",
    "weight",
]
