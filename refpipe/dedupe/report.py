"""What is written: the rows kept, those left out, and what was found, for people and programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from refpipe.dedupe.engine import Outcome, Tie, reason
from refpipe.dedupe.rows import Row
from refpipe.match import evidence, explain

MOST = 200
"""Pairs of each kind that the text shows; the JSON has them all."""


def as_json(outcome: Outcome) -> str:
    """The groups with the reason for each left-out row, then the pairs that wait or are related."""
    name = [row.id for row in outcome.rows]
    whole = {
        "records": len(outcome.rows),
        "removed": sum(len(group.removed) for group in outcome.groups),
        "groups": [
            {
                "kept": name[group.kept],
                "removed": [
                    {"id": name[row], **_pair(outcome, reason(group, row))} for row in group.removed
                ],
            }
            for group in outcome.groups
        ],
        "possible": [_pair(outcome, tie) for tie in outcome.possible],
        "related": [
            {**_pair(outcome, tie), "relation": tie.judgement.relation} for tie in outcome.related
        ],
        "unreadable": [
            {"id": row.id, "line": row.line, "reason": row.fault}
            for row in outcome.rows
            if row.fault
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _pair(outcome: Outcome, tie: Tie) -> dict[str, Any]:
    names = [outcome.rows[tie.a].id, outcome.rows[tie.b].id]
    return {"pair": names, **json.loads(evidence(tie.judgement))}


def as_text(outcome: Outcome, lang: str = "en") -> Iterator[str]:
    """The same as lines to read: a heading and a reason for each duplicate."""
    rows = outcome.rows
    for group in outcome.groups:
        for number in group.removed:
            yield f"{rows[number].id} (line {rows[number].line}) = {rows[group.kept].id}"
            yield _indented(reason(group, number), lang)
    for tie in outcome.possible[:MOST]:
        yield f"{rows[tie.a].id} ? {rows[tie.b].id}"
        yield _indented(tie, lang)
    if len(outcome.possible) > MOST:
        yield f"... and {len(outcome.possible) - MOST} more; --format json shows all"


def _indented(tie: Tie, lang: str) -> str:
    return "\n".join(f"  {line}" for line in explain(tie.judgement, lang).split("\n"))


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
