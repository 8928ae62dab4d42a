"""The formats in one table."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from refpipe.checks import RULES, Rule, message, page
from refpipe.model import Finding
from refpipe.report import html, text
from refpipe.visible import visible

# ── Findings as annotations of GitHub Actions ───────────────────────────────────────────────────
# Source: "Workflow commands for GitHub Actions", setting a warning or an error message.


_TEXT = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def _github(findings: Sequence[Finding], lang: str) -> Iterator[str]:
    """One workflow command for each finding; what could not be checked is a warning."""
    for finding in findings:
        level = "warning" if finding.is_unchecked else "error"
        title = f"{finding.code} {RULES[finding.code].name}"
        path = visible(finding.path).translate(_PROPERTY)
        place = f"file={path},line={finding.line},col={finding.column}"
        said = visible(message(finding, lang))
        yield f"::{level} {place},title={title.translate(_PROPERTY)}::{said.translate(_TEXT)}"


# ── Findings as JSON: one list, one object for each finding ─────────────────────────────────────


def _json(findings: Sequence[Finding], lang: str) -> Iterator[str]:
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


# ── Findings as a JUnit report, for the test tab of a CI server ─────────────────────────────────
# Each article is a test suite; each finding is a failed test in it, what could not be checked is
# an error, and an article without findings is one passed test.


def _junit(findings: Sequence[Finding], checked: Sequence[str], lang: str) -> Iterator[str]:
    """The report as XML, line by line."""
    root = Element("testsuites", name="refpipe check")
    by_path: dict[str, list[Finding]] = {path: [] for path in checked}
    for finding in findings:
        by_path.setdefault(finding.path, []).append(finding)
    for path, found in by_path.items():
        _suite(root, path, found, lang)
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    indent(root)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield from tostring(root, encoding="unicode").splitlines()


def _suite(root: Element, path: str, found: Sequence[Finding], lang: str) -> None:
    errors = sum(finding.is_unchecked for finding in found)
    counts = {"tests": max(1, len(found)), "failures": len(found) - errors, "errors": errors}
    suite = SubElement(root, "testsuite", {"name": _clean(path)})
    for name, value in counts.items():
        suite.set(name, str(value))
    if not found:
        SubElement(suite, "testcase", classname=_clean(path), name="refpipe")
    for finding in found:
        name = f"{finding.code} {RULES[finding.code].name} line {finding.line}"
        case = SubElement(suite, "testcase", classname=_clean(path), name=name)
        kind = "error" if finding.is_unchecked else "failure"
        said = _clean(message(finding, lang))
        fault = SubElement(case, kind, type=finding.code, message=said)
        fault.text = f"{_clean(finding.path)}:{finding.line}:{finding.column}: {said}"


def _clean(text: str) -> str:
    """The text without the characters that XML 1.0 cannot hold."""
    return "".join(
        character
        for character in text
        if character in "\t\n\r"
        or " " <= character <= "\ud7ff"
        or "\ue000" <= character <= "\ufffd"
        or character >= "\U00010000"
    )


# ── Findings as SARIF 2.1.0, for code scanning ──────────────────────────────────────────────────
# Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".


_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def _sarif(findings: Sequence[Finding], lang: str, version: str) -> Iterator[str]:
    """The log as JSON, line by line."""
    rules = list(RULES.values())
    places = {rule.code: index for index, rule in enumerate(rules)}
    driver = {
        "name": "refpipe",
        "rules": [_rule(rule, lang) for rule in rules],
    }
    if version:
        driver["version"] = version
    run = {
        "tool": {"driver": driver},
        "language": lang,
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {"executionSuccessful": not any(finding.is_unchecked for finding in findings)}
        ],
        "results": [_result(finding, lang, places[finding.code]) for finding in findings],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    yield from json.dumps(log, ensure_ascii=False, indent=1).splitlines()


def _rule(rule: Rule, lang: str) -> dict[str, Any]:
    words = page(rule.code).words(lang)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": words.summary},
        "fullDescription": {"text": f"{words.summary}\n\n{words.body}"},
        "help": {"text": words.body},
        "defaultConfiguration": {"enabled": rule.is_default, "level": "error"},
    }


def _result(finding: Finding, lang: str, index: int) -> dict[str, Any]:
    region = {"startLine": finding.line, "startColumn": finding.column}
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": "warning" if finding.is_unchecked else "error",
        "message": {"text": message(finding, lang)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(finding.path.replace("\\", "/"))},
                    "region": region,
                }
            }
        ],
        "partialFingerprints": {"refpipe/v1": _fingerprint(finding)},
    }


def _fingerprint(finding: Finding) -> str:
    """What stays the same when lines are added above the finding."""
    said = "\0".join((finding.code, finding.path, finding.subject, message(finding)))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]


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
    "json": lambda report: _json(report.findings, report.lang),
    "github": lambda report: _github(report.findings, report.lang),
    "sarif": lambda report: _sarif(report.findings, report.lang, report.version),
    "junit": lambda report: _junit(report.findings, report.checked, report.lang),
    "html": _html,
}
"""Name → writer of lines."""


def write(report: Report, form: str) -> Iterator[str]:
    """The report in the format ``form``, line by line.  Raises KeyError for an unknown one."""
    return FORMATS[form](report)
