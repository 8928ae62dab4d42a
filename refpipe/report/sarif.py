"""Findings as SARIF 2.1.0, for code scanning.

Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from refpipe.checks import RULES, Rule, message, page
from refpipe.model import Finding

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def write(findings: Sequence[Finding], lang: str, version: str) -> Iterator[str]:
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
