"""What was found, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from refpipe.dedupe.engine import Outcome, Tie, reason
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
