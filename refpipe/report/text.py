"""Findings for people: one line each, ``file:line:column: CODE what is wrong``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from refpipe.checks import RULES, message
from refpipe.model import Finding
from refpipe.visible import columns, one_line

LineOf = Callable[[str, int], str]
"""From a path and a line's number to the line itself; empty where it is not known."""

_BOLD, _RED, _YELLOW, _DIM, _PLAIN = "\x1b[1m", "\x1b[31m", "\x1b[33m", "\x1b[2m", "\x1b[0m"
_WIDTH = 76
"""How many columns of a long line are shown."""


def line(finding: Finding, lang: str = "en") -> str:
    """One finding on one line."""
    said = one_line(message(finding, lang))
    return f"{place(finding)}: {finding.code} {said}{_fix(finding)}"


_MANY = 3
"""So many findings that differ only in the work's name become one line."""


def gathered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, those of one page that say the same of several works made one.

    It stands at the place of the first and names every work.
    """
    groups: dict[object, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(_sentence(finding), []).append(finding)
    return tuple(one for group in groups.values() for one in _one_or_all(group))


def _sentence(finding: Finding) -> object:
    """What has to be equal for two findings to be told in one line."""
    values = {name: value for name, value in finding.values.items() if name != "work"}
    if "work" not in finding.values or finding.edit is not None:
        return id(finding)
    return finding.path, finding.code, finding.is_unchecked, tuple(sorted(values.items()))


def _one_or_all(group: list[Finding]) -> list[Finding]:
    if len(group) < _MANY:
        return group
    names = ", ".join(dict.fromkeys(finding.values["work"] for finding in group))
    return [replace(group[0], values={**group[0].values, "work": names})]


def place(finding: Finding) -> str:
    """Where a finding is, as editors and terminals understand it."""
    return f"{one_line(finding.path)}:{finding.line}:{finding.column}"


def coloured(finding: Finding, lang: str, line_of: LineOf) -> Iterator[str]:
    """The finding for a terminal: in colour, with the line it speaks of."""
    colour = _YELLOW if finding.is_unchecked else _RED
    code = f"{colour}{_BOLD}{finding.code}{_PLAIN}"
    said = one_line(message(finding, lang))
    yield f"{_BOLD}{place(finding)}{_PLAIN}: {code} {said}{_fix(finding)}"
    yield from shown(finding, line_of, dim=_DIM, plain=_PLAIN)


def shown(finding: Finding, line_of: LineOf, *, dim: str = "", plain: str = "") -> Iterator[str]:
    """The line of a finding with a mark under its place."""
    text = line_of(finding.path, finding.line).replace("\t", " ")
    if not text.strip():
        return
    start = max(0, min(finding.column - 1 - _WIDTH // 4, len(text) - _WIDTH // 2))
    lead = "…" if start else ""
    piece = _cut(text[start:], _WIDTH)
    before = lead + one_line(text[start : finding.column - 1])
    number = str(finding.line)
    yield f"{dim}{number} |{plain} {lead}{one_line(piece)}"
    yield f"{dim}{' ' * len(number)} |{plain} {' ' * columns(before)}^"


def statistics(findings: Iterable[Finding]) -> list[str]:
    """How often each code was found, the most frequent first."""
    counts = Counter(finding.code for finding in findings)
    ordered = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    return [f"{number:>6}  {code:<8} {RULES[code].name}" for code, number in ordered]


def _fix(finding: Finding) -> str:
    if finding.edit is None:
        return ""
    return " [--fix]" if finding.edit.is_safe else " [--unsafe-fixes]"


def _cut(text: str, width: int) -> str:
    """As much of the text as fits in ``width`` columns of a terminal."""
    used = 0
    for index, character in enumerate(text):
        used += columns(character)
        if used > width:
            return text[:index] + "…"
    return text
