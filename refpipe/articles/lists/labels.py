"""The numbers before references: ``[1]``, ``1.``, ``1)``, ``(1)``, ``①``, full-width or not."""

from __future__ import annotations

import re
from dataclasses import dataclass

CIRCLED = {chr(0x2460 + n): n + 1 for n in range(20)} | {chr(0x3251 + n): n + 21 for n in range(15)}
CIRCLED |= {chr(0x32B1 + n): n + 36 for n in range(15)}
_DIGITS = str.maketrans("０１２３４５６７８９［］（）．", "0123456789[]().")
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("[^n]", re.compile(r"\[\^(\d{1,3})\]:\s*")),
    ("[n]", re.compile(r"(?:文献)?[\[［〔【](?:文献)?\s?([\d０-９]{1,3})\s?[\]］〕】][.:：]?\s*")),
    ("(n)", re.compile(r"[(（]([\d０-９]{1,3})[)）]\s*")),
    ("n)", re.compile(r"(?:文献)?([\d０-９]{1,3})[)）]\s*")),
    ("n.", re.compile(r"([\d０-９]{1,3})[.．](?![\d０-９])\s*")),
    (
        "文献n",
        re.compile(
            r"(?:文献|資料|論文|出典|No\.?|Ref\.?|#|№)\s?([\d０-９]{1,3})\s?[.．:：)）]?\s*"
        ),
    ),
    ("注n", re.compile(r"[注註]\s?([\d０-９]{1,3})\s?[.．:：)）]?\s*")),
    ("※n", re.compile(r"[*＊※]\s?([\d０-９]{1,3})\s?[.．:：)）]?\s*")),
    (
        "n",
        re.compile(
            r"([\d０-９]{1,3})(?:[ \u3000\t]+|、|，)(?=[^\s\d:：~〜年月時歳回週件%％])"
            r"(?!日[間目後前以]|人[がはにのを中以]|名[がはにのを中])"
        ),
    ),
)
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
    skipped = (
        bullet.end() if bullet and re.match(r"[\[［(（\d０-９①-⑳]", text[bullet.end() :]) else 0
    )
    rest = text[skipped:] if skipped else text
    if rest[:1] in CIRCLED:
        blank = len(rest) - len(rest[1:].lstrip(" \u3000.．:："))
        return Label("①", CIRCLED[rest[0]], skipped + blank)
    for style, pattern in _PATTERNS:
        match = pattern.match(rest)
        if match:
            return Label(style, int(match[1].translate(_DIGITS)), skipped + match.end())
    return None


def bullet(text: str) -> int:
    """How many signs a bullet at the beginning takes; 0 for none."""
    match = _BULLET.match(text)
    return match.end() if match else 0
