"""A file without its duplicates, and the duplicates in another: nothing is lost."""

from __future__ import annotations

import json

from refpipe.dedupe.engine import Outcome
from refpipe.dedupe.reading import Row


def kept_text(outcome: Outcome, suffix: str) -> str:
    """The rows to keep, in the order of the file.

    In a table (``.jsonl``) a kept row is given the fields that only its duplicates have, and
    ``duplicates``, their ids; rows of other formats stand as they were.
    """
    removed = {row for group in outcome.groups for row in group.removed}
    kept = [number for number in range(len(outcome.rows)) if number not in removed]
    if suffix != ".jsonl":
        return _joined([outcome.rows[number].raw for number in kept])
    others = {group.kept: [outcome.rows[row] for row in group.removed] for group in outcome.groups}
    lines = [
        _filled(outcome.rows[n], others[n]) if n in others else outcome.rows[n].raw for n in kept
    ]
    return "".join(f"{line}\n" for line in lines)


def removed_text(outcome: Outcome, suffix: str) -> str:
    """The rows that were left out, word for word."""
    removed = sorted(row for group in outcome.groups for row in group.removed)
    raw = [outcome.rows[number].raw for number in removed]
    return "".join(f"{line}\n" for line in raw) if suffix == ".jsonl" else _joined(raw)


def _filled(kept: Row, others: list[Row]) -> str:
    row = json.loads(kept.raw)
    for other in others:
        for field, value in json.loads(other.raw).items():
            if row.get(field) in (None, ""):
                row[field] = value
    row["duplicates"] = [other.id for other in others]
    return json.dumps(row, ensure_ascii=False)


def _joined(entries: list[str]) -> str:
    return "".join(f"{entry.strip()}\n\n" for entry in entries)
