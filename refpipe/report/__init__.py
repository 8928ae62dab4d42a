"""Findings as text: for people, for programs, and for the machines that show them.

The formats are one table, and ``write`` writes in any of them.  Every writer is a function of its
arguments; where the text goes, and whether a terminal is there to colour it, is a door's affair.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import count
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from refpipe.checks import RULES, Rule, message, page
from refpipe.display import one_line, visible
from refpipe.model import Finding
from refpipe.report import standing_changes, text
from refpipe.report.text import LineOf, documents, line, rule_page, rule_table, statistics

__all__ = [
    "FORMATS",
    "Report",
    "documents",
    "line",
    "rule_page",
    "rule_table",
    "standing_changes",
    "statistics",
    "write",
]

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
    return _html_page(findings, report.checked, report.failures, report.lang, report.line_of)


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


# ── Findings as one page of HTML that needs no server: for a CI artefact or an e-mail ───────────
# Nothing on the page runs or is fetched; whatever an article or a registry said is escaped.


_WORDS = {
    "en": {
        "title": "References and dates of the articles",
        "articles": "articles checked",
        "findings": "findings",
        "unchecked": "could not be checked",
        "clean": "Without findings",
        "nothing": "Nothing was checked.",
        "line": "line",
    },
    "ja": {
        "title": "記事の参考文献と日付の確認結果",
        "articles": "確認した記事",
        "findings": "指摘",
        "unchecked": "確認できなかったもの",
        "clean": "指摘のない記事",
        "nothing": "何も確認していません。",
        "line": "行",
    },
}
_STYLE = """
:root { color-scheme: light dark; }
body { font-family: system-ui, "Hiragino Sans", "Noto Sans CJK JP", Meiryo, sans-serif;
  line-height: 1.7; max-width: 60rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
code, pre { background: #8882; padding: 0 .3rem; } pre { white-space: pre-wrap; }
li { margin: .6rem 0; } .unchecked { border-left: 4px solid; padding-left: .6rem; }
.body { white-space: pre-wrap; }
"""


def _html_page(
    findings: Sequence[Finding],
    checked: Sequence[str],
    failures: Sequence[str],
    lang: str,
    line_of: LineOf,
) -> Iterator[str]:
    """The page, line by line; ``failures`` say what could not be looked at, and why."""
    lang = lang if lang in _WORDS else "en"
    words = _WORDS[lang]
    by_path: dict[str, list[Finding]] = {path: [] for path in checked}
    for finding in findings:
        by_path.setdefault(finding.path, []).append(finding)
    yield f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield (
        '<meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    )
    yield f"<title>{words['title']}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>"
    yield f"<h1>{words['title']}</h1>"
    yield from _figures(findings, checked, failures, words)
    number = count(1)
    for path, found in by_path.items():
        if found:
            yield from _article(path, found, lang, line_of, next(number))
    yield from _clean_articles([path for path, found in by_path.items() if not found], words)
    yield "</main>\n</body>\n</html>"


def _figures(
    findings: Sequence[Finding],
    checked: Sequence[str],
    failures: Sequence[str],
    words: dict[str, str],
) -> Iterator[str]:
    unchecked = sum(one.is_unchecked for one in findings) + len(failures)
    if not checked:
        yield f'<p class="unchecked"><strong>{words["nothing"]}</strong></p>'
    yield (
        f"<p>{words['articles']}: {len(checked)} / {words['findings']}: {len(findings)}"
        f" / {words['unchecked']}: {unchecked}</p>"
    )
    if failures:
        yield f"<h2>{words['unchecked']}</h2>\n<ul>"
        yield from (f'<li class="unchecked">{_safe(one)}</li>' for one in failures)
        yield "</ul>"


def _article(
    path: str, found: Sequence[Finding], lang: str, line_of: LineOf, number: int
) -> Iterator[str]:
    yield f'<section aria-labelledby="article-{number}">'
    yield f'<h2 id="article-{number}">{_safe(path)} ({len(found)})</h2>\n<ol>'
    for finding in found:
        yield from _finding(finding, lang, line_of)
    yield "</ol>\n</section>"


def _finding(finding: Finding, lang: str, line_of: LineOf) -> Iterator[str]:
    words, explained = _WORDS[lang], page(finding.code).words(lang)
    mark = f" <strong>{words['unchecked']}</strong>" if finding.is_unchecked else ""
    kind = ' class="unchecked"' if finding.is_unchecked else ""
    place = f"{words['line']} {finding.line}"
    said = _safe(message(finding, lang))
    yield f"<li{kind}><code>{finding.code}</code> {place}: {said}{mark}"
    if shown := line_of(finding.path, finding.line).strip():
        yield f"<pre>{_safe(shown[:_LONGEST])}</pre>"
    yield f"<details><summary>{_safe(explained.summary)}</summary>"
    yield f'<p class="body">{escape(visible(explained.body))}</p></details></li>'


_LONGEST = 400
"""Signs of an article's line that are shown."""


def _clean_articles(paths: Sequence[str], words: dict[str, str]) -> Iterator[str]:
    if paths:
        yield f"<details><summary>{words['clean']} ({len(paths)})</summary>\n<ul>"
        yield from (f"<li>{_safe(path)}</li>" for path in paths)
        yield "</ul></details>"


def _safe(text: str) -> str:
    return escape(one_line(text))
