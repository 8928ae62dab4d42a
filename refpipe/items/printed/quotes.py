"""Titles in quotation marks: where one opens and where it closes."""

from __future__ import annotations

import re

OPENERS = {"“": "”", '"': '"', "„": "“", "‘": "’", "'": "'", "«": "»"}


def quoted(text: str, start: int, end: int) -> tuple[tuple[int, int], int] | None:
    """The title in quotation marks that open at ``start``: its stretch, and where they close."""
    while start < end and text[start] == " ":
        start += 1
    opener = text[start : start + 1]
    if opener not in OPENERS:
        return None
    closer = OPENERS[opener]
    close = _closing_quote(text, start + 1, min(len(text), end + 8), opener, closer)
    if close is None or text[close + 1 : close + 3] == ": ":
        # “A Word in Quotes”: And What Is Said of It
        return None
    return (start + 1, close), close + 1


def _closing_quote(text: str, start: int, end: int, opener: str, closer: str) -> int | None:
    depth, last, is_german = 0, None, False
    for position in range(start, end):
        sign = text[position]
        if sign == "„":
            is_german = True
        elif sign == "“" and is_german:
            is_german = False
        elif sign == opener and opener != closer:
            depth += 1
        elif sign == closer:
            if closer in "’'" and text[position + 1 : position + 2].isalnum():
                continue
            if depth and opener != closer:
                depth -= 1
                continue
            if _closes_title(text, position):
                return position
            if closer not in (opener, "’"):
                return None
            last = position
    return last if last is not None and last > end - 10 else None


def _closes_title(text: str, position: int) -> bool:
    """Whether a title ends at this quotation mark, and not just a word in quotes within it."""
    if text[position - 1] in ",.?!" or re.search(r"[,.?!][’'»”]$", text[:position][-2:]):
        return True
    behind = text[position + 1 : position + 3]
    if not behind.strip() or behind[0] in ",.;":
        return True
    if behind[0] != " " or len(behind) < 2:
        return False
    opened = max(text.rfind(sign, 0, position) for sign in OPENERS)
    is_long = text.count(" ", opened, position) >= 3
    return behind[1] in "([0123456789" or (is_long and behind[1].isupper())
