"""The labels of references: ``[1]``, ``1.``, ``(1)``, ``①``, ``¹``, ``[ref 1]``, in any width."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from refpipe.articles.lists import marks

CIRCLED = {chr(0x2460 + n): n + 1 for n in range(20)} | {chr(0x3251 + n): n + 21 for n in range(15)}
CIRCLED |= {chr(0x32B1 + n): n + 36 for n in range(15)}
_WORD = rf"(?:{marks.WORD}|引用|資料|No\.?|#|№)[.:：]?"
_END = r"(?:\s?[.．:：)）、，]|\s*[–—―|｜・-](?=\s))?\s*"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("[^n]", re.compile(r"\[\^(\d{1,3})\]:\s*")),
    ("[n]", re.compile(r"(?:文献)?[\[［〔【](?:文献)?\s?([\d０-９]{1,3})\s?[\]］〕】][.:：]?\s*")),
    ("(n)", re.compile(r"[(（]([\d０-９]{1,3})[)）]\s*")),
    ("n)", re.compile(r"(?:文献)?([\d０-９]{1,3})[)）]\s*")),
    ("n.", re.compile(r"([\d０-９]{1,3})[.．](?![\d０-９])\s*")),
    ("注n", re.compile(r"[注註]\s?([\d０-９]{1,3})\s?[.．:：)）]?\s*")),
    ("¹", re.compile(r"([⁰¹²³⁴-⁹]{1,3})[)）⁾.．:：]?\s*")),
    (
        "文献n",
        re.compile(
            rf"(?:[\[［〔【(（]\s?{_WORD}\s?([\d０-９]{{1,3}})\s?[\])］〕】）]|{_WORD}\s?([\d０-９]{{1,3}}))"
            rf"(?![\d０-９]){_END}",
            re.IGNORECASE,
        ),
    ),
    ("※n", re.compile(r"[*＊※]\s?([\d０-９]{1,3})\s?[.．:：)）]?\s*")),
    (
        "n",
        re.compile(
            r"([\d０-９]{1,3})(?:[ \u3000\t]+(?:[|｜–—―][ \u3000]+)?|、|，)"
            r"(?=[^\s\d:：~〜年月時歳回週件%％])"
            r"(?!日[間目後前以]|人[がはにのを中以]|名[がはにのを中])"
        ),
    ),
)
_SKIPPED = re.compile(rf"[\[［(（\d０-９①-⑳⁰¹²³⁴-⁹]|{_WORD}\s?[\d０-９]", re.IGNORECASE)
"""What is a label behind a bullet."""
_RINGS = "\u2460-\u24ff\u2776-\u2793\u3220-\u32bf"
_COMMON = re.compile(
    rf"(?P<before>[^\d\n{_RINGS}]{{0,12}}?)(?P<number>\d{{1,3}}(?!\d)|[{_RINGS}])"
    r"(?P<after>[^\w\s]{0,2}\s*)"
)
_AROUND = re.compile(r"[\s\[\](){}［］（）【】〔〕.．:：]")
_STYLES = frozenset({"①", *(style for style, _ in _PATTERNS)})
_BULLET = re.compile(r"[-*+•・●■◆▪‣○]\s+|[•・●■◆▪‣]")


@dataclass(frozen=True, slots=True)
class Label:
    """A number before a reference."""

    style: str
    number: int
    length: int
    """How many signs it takes."""


def read(text: str) -> Label | None:
    """The label that ``text`` begins with; None where it has none."""
    bullet = _BULLET.match(text)
    skipped = bullet.end() if bullet and _SKIPPED.match(text, bullet.end()) else 0
    rest = text[skipped:] if skipped else text
    if rest[:1] in CIRCLED:
        blank = len(rest) - len(rest[1:].lstrip(" \u3000.．:："))
        return Label("①", CIRCLED[rest[0]], skipped + blank)
    for style, pattern in _PATTERNS:
        match = pattern.match(rest)
        if match:
            number = next(group for group in match.groups() if group)
            return Label(style, int(marks.narrow(number)), skipped + match.end())
    return None


def _value(shown: str) -> int:
    """The number that figures or one sign show; 0 for a sign that shows none."""
    return int(shown) if shown.isdecimal() else marks.circled(shown) or 0


def common(texts: Sequence[str]) -> list[Label]:
    """The labels of entries that all begin alike but for a number, whatever the form is.

    Empty where they do not: a number in a title, or of one entry alone, is no label.  A label
    that might be part of the title (``第1章``) has no length.  The style tells the word: ``Rn``.
    """
    found = [_COMMON.match(marks.narrow(text)) for text in texts]
    heads = [head for head in found if head]
    if len(heads) < max(2, len(texts)) or len({head["before"].strip() for head in heads}) > 1:
        return []
    numbers = [_value(head["number"]) for head in heads]
    before = heads[0]["before"].strip()
    is_counted = sorted(numbers) == list(range(1, len(numbers) + 1))
    if len(set(numbers)) < len(numbers) or not (is_counted or before):
        return []
    is_apart = all(head["after"] for head in heads) or not before
    word = _AROUND.sub("", before)
    return [
        Label(f"{word}n" if word else "", number, head.end() if is_apart else 0)
        for head, number in zip(heads, numbers, strict=True)
    ]


def own_word(style: str) -> str:
    """The word of a style that no known form has: ``R`` of ``Rn``; empty for a known one."""
    return "" if style in _STYLES or not style.endswith("n") else style[:-1]


def bullet(text: str) -> int:
    """How many signs a bullet at the beginning takes; 0 for none."""
    match = _BULLET.match(text)
    return match.end() if match else 0
