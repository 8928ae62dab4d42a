"""Findings as a JUnit report, for the test tab of a CI server.

Each article is a test suite; each finding is a failed test in it, what could not be checked is
an error, and an article without findings is one passed test.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from refpipe.checks import RULES, message
from refpipe.model import Finding


def write(findings: Sequence[Finding], checked: Sequence[str], lang: str) -> Iterator[str]:
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
