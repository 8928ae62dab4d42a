"""Findings as annotations of GitHub Actions.

Source: "Workflow commands for GitHub Actions", setting a warning or an error message.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from refpipe.checks import RULES, message
from refpipe.model import Finding
from refpipe.visible import visible

_TEXT = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def write(findings: Sequence[Finding], lang: str) -> Iterator[str]:
    """One workflow command for each finding; what could not be checked is a warning."""
    for finding in findings:
        level = "warning" if finding.is_unchecked else "error"
        title = f"{finding.code} {RULES[finding.code].name}"
        path = visible(finding.path).translate(_PROPERTY)
        place = f"file={path},line={finding.line},col={finding.column}"
        said = visible(message(finding, lang))
        yield f"::{level} {place},title={title.translate(_PROPERTY)}::{said.translate(_TEXT)}"
