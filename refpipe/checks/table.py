"""The one table of codes.  A code is a promise: it is never given to another rule."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from refpipe.checks import rules
from refpipe.checks.rule import Rule

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
    """The rule of each file in ``rules``: by family, then by code."""
    modules = (
        import_module(f"{rules.__name__}.{found.name}") for found in iter_modules(rules.__path__)
    )
    found: list[Rule] = [module.RULE for module in modules]
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
