"""Digits of every width and kanji numerals ⇄ numbers, without moving a character.

``fold`` keeps the length of its text, so that a span found in the folded text is the span of
the text itself.
"""

from __future__ import annotations

import re

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_HYPHENS = dict.fromkeys(map(ord, "‐‑−﹣"), "-")
_SPACES = dict.fromkeys(map(ord, "\u3000\u00a0\u2009\u202f\t"), " ")
_LOOKALIKES = {ord("⁄"): "/", ord("∕"): "/", ord("⼀"): "一", ord("⽉"): "月", ord("⽇"): "日"}
_FOLD = {
    chr(code): chr(to) if isinstance(to, int) else to
    for code, to in (_FULL_WIDTH | _HYPHENS | _SPACES | _LOOKALIKES).items()
}
_FOLDED = re.compile(f"[{''.join(map(re.escape, _FOLD))}]")

_NARROW = {code: _FULL_WIDTH[code] for code in map(ord, "０１２３４５６７８９／．－")}
_KANJI = {numeral: value for value, numeral in enumerate("〇一二三四五六七八九")} | {"零": 0}


def fold(text: str) -> str:
    """The text with ASCII digits, punctuation and blanks, as long as it was."""
    if text.isascii():
        return text.replace("\t", " ")
    # Looking for the few characters concerned is many times faster than str.translate.
    return _FOLDED.sub(_narrowed, text)


def _narrowed(match: re.Match[str]) -> str:
    return _FOLD[match[0]]


def narrow(text: str) -> str:
    """The text with its full-width digits, slashes, dots and hyphens made narrow."""
    return text.translate(_NARROW)


def number(text: str) -> int:
    """The number that digits or kanji numerals write: ``31``, ``三十一``, ``二〇二六``, ``元``.

    Raises ValueError on anything else.
    """
    if text == "元":
        return 1
    if text.isascii():
        return int(text)
    if "十" in text:
        tens, _, units = text.partition("十")
        return (_places(tens) if tens else 1) * 10 + (_places(units) if units else 0)
    return _places(text)


def _places(text: str) -> int:
    """Kanji numerals read place by place."""
    if not text or any(numeral not in _KANJI for numeral in text):
        raise ValueError(f"not a number: {text!r}")
    return int("".join(str(_KANJI[numeral]) for numeral in text))
