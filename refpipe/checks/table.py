"""The one table of codes.  A code is a promise: it is never given to another rule."""

from __future__ import annotations

from refpipe.checks.rule import Rule
from refpipe.checks.rules import (
    chk001,
    chk002,
    cit001,
    cit002,
    cit003,
    cit004,
    cit005,
    cit006,
    cit007,
    cit008,
    cit009,
    cit010,
    date001,
    date002,
    date003,
    date004,
    date005,
    date006,
    date007,
    date008,
    date009,
    date101,
    date102,
    date103,
    date104,
    date105,
    dup001,
    dup002,
    page001,
    page002,
    page003,
    ref001,
    ref002,
    ref003,
    ref004,
    ref005,
    ref006,
    ref007,
    ref008,
    ref009,
    ref010,
    ref011,
    ret001,
    ret002,
    ret003,
    ret004,
    ret005,
    ret006,
    ret007,
    ret008,
    ret009,
)

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

RULES: dict[str, Rule] = {
    module.RULE.code: module.RULE
    for module in (
        date001,
        date002,
        date003,
        date004,
        date005,
        date006,
        date007,
        date008,
        date009,
        date101,
        date102,
        date103,
        date104,
        date105,
        cit001,
        cit002,
        cit003,
        cit004,
        cit005,
        cit006,
        cit007,
        cit008,
        cit009,
        cit010,
        ref001,
        ref002,
        ref003,
        ref004,
        ref005,
        ref006,
        ref007,
        ref008,
        ref009,
        ref010,
        ref011,
        dup001,
        dup002,
        ret001,
        ret002,
        ret003,
        ret004,
        ret005,
        ret006,
        ret007,
        ret008,
        ret009,
        page001,
        page002,
        page003,
        chk001,
        chk002,
    )
}
"""Code → rule, in the order in which they are told."""


def rule(code: str) -> Rule:
    """The rule with this code or name.  Raises KeyError where there is none."""
    wanted = code.strip()
    for each in RULES.values():
        if wanted.upper() == each.code or wanted.lower() == each.name:
            return each
    raise KeyError(code)
