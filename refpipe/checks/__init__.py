"""The rules, those about one thing in one file; one table of codes; the rules run over one article.

``run`` takes an article and what is known around it and gives the findings, a function of its
arguments alone.  A finding's words are made by ``message``, in English or Japanese.  A code is a
promise: it is never given to another rule.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from refpipe.checks import rules
from refpipe.checks.rule import (
    Context,
    Double,
    HandmadeList,
    Opened,
    Reference,
    Rule,
    Searched,
    SiteDates,
    Subject,
    in_marks_of,
)
from refpipe.checks.rules import waivers
from refpipe.errors import UsageError
from refpipe.model import Article, Finding

__all__ = [
    "FAMILIES",
    "RULES",
    "Context",
    "Double",
    "Example",
    "HandmadeList",
    "Opened",
    "Reference",
    "Rule",
    "RulePage",
    "Searched",
    "SiteDates",
    "Subject",
    "message",
    "page",
    "rule",
    "run",
    "select",
]

FAMILIES = {
    "DATE": ("dates of articles and of works", "記事と文献の日付"),
    "CIT": ("citations in articles", "記事の中の引用"),
    "REF": ("identifiers and metadata of references", "文献の識別子と書誌"),
    "DUP": ("one work listed twice", "文献の重複"),
    "RET": ("standing of a work", "文献の現況"),
    "PAGE": (
        "what a health page should show (off by default)",
        "健康情報ページの表示(初期設定では無効)",
    ),
    "CHK": ("the checker's own waivers", "除外指定"),
}

_ORDER = list(FAMILIES)


def _found() -> list[Rule]:
    """The rules of the files in ``rules``: by family, then by code."""
    modules = (
        import_module(f"{rules.__name__}.{one.name}") for one in iter_modules(rules.__path__)
    )
    found = [one for module in modules for one in vars(module).values() if isinstance(one, Rule)]
    return sorted(found, key=lambda rule: (_ORDER.index(rule.family), rule.code))


RULES: dict[str, Rule] = {rule.code: rule for rule in _found()}
"""Code → rule, in the order in which they are told."""


def rule(code: str) -> Rule:
    """The rule with this code or name.  Raises KeyError where there is none."""
    wanted = code.strip()
    for each in RULES.values():
        if wanted.upper() == each.code or wanted.lower() == each.name:
            return each
    raise KeyError(code)


# ── Run the rules over one article ────────────────────────────────────────────────────────────────


def run(
    article: Article | Subject,
    context: Context,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    is_fixing: bool = False,
) -> tuple[Finding, ...]:
    """The findings of the selected rules that nobody waived, in the order of the text.

    ``select`` and ``ignore`` name codes or families; an empty ``select`` means every rule that
    is on by default.  ``is_fixing`` lets the rules speak that only carry a fix.  Raises
    UsageError for a name that no rule has.
    """
    subject = article if isinstance(article, Subject) else Subject(article)
    chosen = _select(tuple(select), tuple(ignore), is_fixing=is_fixing)
    found: list[Finding] = []
    for rule in chosen:
        found += rule.check(subject, context)
    kept = waivers.apply(subject, found, context, codes={rule.code for rule in chosen})
    return tuple(sorted(set_aside_twins(_told_once(kept, found)), key=_place))


def select(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The rules that ``select`` and ``ignore`` leave.  Raises UsageError for an unknown name."""
    return _select(tuple(select), tuple(ignore), is_fixing=False)


def message(finding: Finding, lang: str = "en") -> str:
    """What the finding says, in plain words."""
    return in_marks_of(finding.path, RULES[finding.code].message(finding, lang))


def set_aside_twins(findings: Iterable[Finding]) -> list[Finding]:
    """The findings without those that say the same of the same place a second time."""
    seen: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        values = tuple(sorted(finding.values.items()))
        seen.setdefault(
            (finding.code, finding.line, finding.column, finding.subject, values), finding
        )
    return list(seen.values())


_OPENED = frozenset({"REF013", "REF014", "REF015"})
"""The rules that tell what came of opening a page in this run."""


def _told_once(kept: Iterable[Finding], found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings without that of a page once seen of which another rule tells what came now."""
    told = {one.subject for one in found if one.code in _OPENED}
    for one in kept:
        is_lost = one.code == "REF001" and one.values.get("kind") == "lost"
        if not is_lost or one.subject not in told:
            yield one


def _place(finding: Finding) -> tuple[str, int, int, str]:
    return finding.path, finding.line, finding.column, finding.code


def _select(
    select: tuple[str, ...], ignore: tuple[str, ...], *, is_fixing: bool
) -> tuple[Rule, ...]:
    _expect(select, "select")
    _expect(ignore, "ignore")
    return tuple(
        rule
        for rule in RULES.values()
        if _is_chosen(rule, select, is_fixing=is_fixing) and not _names(rule, ignore)
    )


def _is_chosen(rule: Rule, select: Collection[str], *, is_fixing: bool) -> bool:
    if rule.is_quiet:
        return is_fixing or rule.code in _upper(select)
    return _names(rule, select) if select else rule.is_default


def _names(rule: Rule, names: Collection[str]) -> bool:
    """Whether one of ``names`` is the rule's code, its family, or ALL."""
    return any(name in {rule.code, rule.family, "ALL"} for name in _upper(names))


def _upper(names: Collection[str]) -> set[str]:
    return {name.strip().upper() for name in names}


def _expect(names: Collection[str], setting: str) -> None:
    for name in _upper(names):
        if name not in RULES and name not in FAMILIES and name != "ALL":
            raise UsageError(
                f"--{setting} {name}: no rule and no family of that name",
                hint=f"Families: {', '.join(FAMILIES)}. refpipe rule lists every code.",
            )


# ── A rule's page, read from the docstring of its function ──────────────────────────────────────
# The docstring is in two languages, separated by a line that begins with ``日本語:``. Its first
# line says what the rule finds; a paragraph that begins ``Why:`` (``理由:``) says why that is bad.
# ``Bad::`` and ``Good::`` are followed by an indented article that must, or must not, raise the
# code (``Bad, HTML::`` where it is HTML); ``Library::`` holds what the library knows then, one
# JSON object a line. The tests run every example.


_JAPANESE = re.compile(r"^日本語:[ ]*", re.MULTILINE)
_EXAMPLE = re.compile(
    r"^(?P<kind>Bad|Good|Library)(?P<form>, HTML)?::\n(?P<body>(?:\n|[ ]{4}[^\n]*(?:\n|\Z))+)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An article that must or must not raise the code."""

    is_bad: bool
    form: str
    """``markdown`` or ``html``."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A rule's page in one language."""

    summary: str
    body: str
    """Paragraphs separated by blank lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePage:
    """All that a rule's docstring says."""

    code: str
    name: str
    english: Words
    japanese: Words
    examples: tuple[Example, ...]
    library: tuple[str, ...] = ()
    """What the library holds in the examples, one JSON object each."""

    def words(self, lang: str) -> Words:
        """The page in Japanese for ``ja``, else in English."""
        return self.japanese if lang == "ja" else self.english


@cache
def page(code: str) -> RulePage:
    """The page of the rule ``code``.  Raises KeyError where there is no such rule."""
    rule = RULES[code]
    text = rule.page + "\n"
    english, _, japanese = _JAPANESE.sub("\0", text, count=1).partition("\0")
    examples, library = [], []
    for match in _EXAMPLE.finditer(english):
        body = textwrap.dedent(match["body"]).strip("\n") + "\n"
        if match["kind"] == "Library":
            library += body.strip().splitlines()
        else:
            form = "html" if match["form"] else "markdown"
            examples.append(Example(is_bad=match["kind"] == "Bad", form=form, text=body))
    return RulePage(
        code=code,
        name=rule.name,
        english=_words(_EXAMPLE.sub("", english)),
        japanese=_words(japanese),
        examples=tuple(examples),
        library=tuple(library),
    )


def _words(text: str) -> Words:
    summary, _, body = text.strip().partition("\n\n")
    paragraphs = re.split(r"\n\s*\n", body.strip())
    return Words(summary=_join(summary), body="\n\n".join(_join(part) for part in paragraphs))


def _join(paragraph: str) -> str:
    """A paragraph's lines on one, without a blank between two Japanese characters."""
    joined = " ".join(line.strip() for line in paragraph.splitlines())
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", joined)
