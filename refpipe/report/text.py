"""Findings for people: one line each, ``file:line:column: CODE what is wrong``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from refpipe.checks import FAMILIES, RULES, message, page
from refpipe.display import columns, one_line
from refpipe.model import Finding

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
_NAMED = 12
"""Works that such a line names; of more it says how many."""


def gathered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, those of one page that say the same of several works made one.

    It stands at the place of the first and names the works, the first dozen of many.
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
    works = list(dict.fromkeys(finding.values["work"] for finding in group))
    names = ", ".join(works[:_NAMED])
    if len(works) > _NAMED:
        names += f" … (+{len(works) - _NAMED}, --verbose)"
    return [replace(group[0], values={**group[0].values, "work": names})]


def place(finding: Finding) -> str:
    """Where a finding is, as editors and terminals understand it; a library has no lines."""
    if finding.path.endswith(".db"):
        return one_line(finding.path)
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


# ── A rule's page, for the terminal and for the documentation ───────────────────────────────────


_WORDS = {
    "en": ("Must be reported", "Must not be reported", "The library then holds", "off by default"),
    "ja": ("指摘される例", "指摘されない例", "このときライブラリにあるもの", "初期設定では無効"),
}


def rule_page(code: str, lang: str) -> str:
    """The page of one rule as Markdown.  Raises KeyError where there is no such rule."""
    rule, text = RULES[code], page(code)
    bad, good, library, off = _WORDS["ja" if lang == "ja" else "en"]
    words = text.words(lang)
    parts = [f"# {code} {rule.name}", words.summary, words.body]
    if not rule.is_default:
        parts.insert(1, f"({off})")
    if text.library:
        parts.append(f"{library}:\n\n" + _fenced("\n".join(text.library), "json"))
    for is_bad, title in ((True, bad), (False, good)):
        examples = [example for example in text.examples if example.is_bad is is_bad]
        parts += [f"{title}:\n\n" + _fenced(example.text, example.form) for example in examples]
    return "\n\n".join(parts) + "\n"


def rule_table(lang: str) -> Iterator[str]:
    """Every rule on a line, by family."""
    is_japanese = lang == "ja"
    off = _WORDS["ja" if is_japanese else "en"][3]
    for family, names in FAMILIES.items():
        yield f"{family}: {names[1 if is_japanese else 0]}"
        for rule in RULES.values():
            if rule.family == family:
                mark = "" if rule.is_default else f" ({off})"
                yield f"  {rule.code}  {rule.name}: {page(rule.code).words(lang).summary}{mark}"


_TITLES = {"en": "# The rules of refpipe check", "ja": "# refpipe check の規則"}
_LEADS = {
    "en": "Written by `refpipe rule --write-docs docs/rules` from the rules themselves.",
    "ja": "規則そのものから `refpipe rule --write-docs docs/rules` で作られています。",
}
_ROWS = {"en": "| code | name | finds |", "ja": "| コード | 名前 | 指摘すること |"}


def documents() -> dict[str, str]:
    """Path below ``docs/rules`` → text, for every rule's page and the table, in both languages."""
    pages = {}
    for lang, folder in (("en", ""), ("ja", "ja/")):
        pages[f"{folder}README.md"] = _index(lang)
        for code in RULES:
            pages[f"{folder}{code}.md"] = rule_page(code, lang)
    return pages


def _index(lang: str) -> str:
    """The table of all rules, with links to their pages."""
    is_japanese = lang == "ja"
    parts = [_TITLES[lang], _LEADS[lang]]
    for family, names in FAMILIES.items():
        rows = [
            f"## {family}: {names[1 if is_japanese else 0]}",
            "",
            _ROWS[lang],
            "| --- | --- | --- |",
        ]
        for rule in RULES.values():
            if rule.family == family:
                mark = "" if rule.is_default else f" ({_WORDS[lang][3]})"
                summary = page(rule.code).words(lang).summary
                rows.append(f"| [{rule.code}]({rule.code}.md) | {rule.name} | {summary}{mark} |")
        parts.append("\n".join(rows))
    return "\n\n".join(parts) + "\n"


def _fenced(text: str, form: str) -> str:
    """The text as a fenced block, the fence longer than any in it."""
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{form}\n{text.rstrip()}\n{fence}"
