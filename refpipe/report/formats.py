"""The formats in one table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from refpipe.model import Finding
from refpipe.report import github, html, json, junit, sarif, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a run found, and how it is to be told."""

    findings: tuple[Finding, ...]
    checked: tuple[str, ...] = ()
    """The paths that were looked at, those without findings included."""
    failures: tuple[str, ...] = ()
    """What could not be looked at at all, each with the reason."""
    lang: str = "en"
    version: str = ""
    line_of: text.LineOf = lambda path, line: ""  # noqa: ARG005
    is_terminal: bool = False
    """True: a person sees it; show the line in question."""
    has_colour: bool = False
    is_verbose: bool = False
    """True: the same sentence about several works is told once for each."""


def _concise(report: Report) -> Iterator[str]:
    for finding in report.findings if report.is_verbose else text.gathered(report.findings):
        if report.has_colour:
            yield from text.coloured(finding, report.lang, report.line_of)
            continue
        yield text.line(finding, report.lang)
        if report.is_terminal:
            yield from text.shown(finding, report.line_of)


def _html(report: Report) -> Iterator[str]:
    findings = report.findings if report.is_verbose else text.gathered(report.findings)
    return html.write(findings, report.checked, report.failures, report.lang, report.line_of)


FORMATS: dict[str, Callable[[Report], Iterator[str]]] = {
    "concise": _concise,
    "json": lambda report: json.write(report.findings, report.lang),
    "github": lambda report: github.write(report.findings, report.lang),
    "sarif": lambda report: sarif.write(report.findings, report.lang, report.version),
    "junit": lambda report: junit.write(report.findings, report.checked, report.lang),
    "html": _html,
}
"""Name → writer of lines."""


def write(report: Report, form: str) -> Iterator[str]:
    """The report in the format ``form``, line by line.  Raises KeyError for an unknown one."""
    return FORMATS[form](report)
