"""Findings as JSON: one list, one object for each finding."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from refpipe.checks import RULES, message
from refpipe.model import Finding


def write(findings: Sequence[Finding], lang: str) -> Iterator[str]:
    """The findings as a list, each object on a line of its own."""
    if not findings:
        yield "[]"
        return
    for index, finding in enumerate(findings):
        lead = "[" if index == 0 else " "
        tail = "]" if index == len(findings) - 1 else ","
        yield lead + json.dumps(as_object(finding, lang), ensure_ascii=False) + tail


def as_object(finding: Finding, lang: str) -> dict[str, Any]:
    """One finding.  ``fix`` counts characters of the file's text from 0, its end excluded."""
    edit = finding.edit
    fix = None
    if edit is not None:
        fix = {
            "start": edit.span.start,
            "end": edit.span.end,
            "replacement": edit.replacement,
            "safe": edit.is_safe,
        }
    return {
        "code": finding.code,
        "name": RULES[finding.code].name,
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "message": message(finding, lang),
        "subject": finding.subject,
        "unchecked": finding.is_unchecked,
        "values": {name: value for name, value in finding.values.items() if name != "kind"},
        "fix": fix,
    }
