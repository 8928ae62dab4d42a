"""Findings for people: one line each, ``file:line:column: CODE what is wrong``."""

from __future__ import annotations

from refpipe.checks import message
from refpipe.model import Finding


def line(finding: Finding, lang: str = "en") -> str:
    """One finding on one line."""
    return f"{place(finding)}: {finding.code} {message(finding, lang)}"


def place(finding: Finding) -> str:
    """Where a finding is, as editors and terminals understand it."""
    return f"{finding.path}:{finding.line}:{finding.column}"
