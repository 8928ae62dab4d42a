"""Page fields and other numbers: what in them is a range, and how a style writes ranges.

Cures the engine's reading of ``page-range-format="minimal"``, which prints pages 1-15 as
``1–5`` because it drops as many leading characters as are equal, whatever the lengths; its
hyphens in issues (``1-2``); and its plural before a single dotted or lettered number.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_JOINER = re.compile(r"(\s*&\s*|,?\s+and\s+|[;,]\s+)")
_DASH = re.compile(r"\s*[-–‐‑−]+\s*")
_NUMBER = re.compile(r"(\d*[A-Za-z]+0*)?(\d+)([A-Za-z]*)\Z")
_COUNTED = re.compile(r"(?:\d+|[ivxlcdm]+)\Z", re.IGNORECASE)
_ROMAN = re.compile(r"[ivxlcdm]+\Z", re.IGNORECASE)


def first(text: str) -> str:
    """The first page of a range or list."""
    return _DASH.split(_JOINER.split(text, maxsplit=1)[0], maxsplit=1)[0].strip()


def is_many(text: str) -> bool:
    """True if a field names more than one number, so that its label is in the plural."""
    chunks = _JOINER.split(text.strip())[::2]
    parts = [part for chunk in chunks for part in _DASH.split(chunk)]
    if len(parts) > 1 and _ROMAN.match(parts[0]):
        if len(chunks) > 1:
            return True
        return bool(_ROMAN.match(parts[1])) or parts[0].islower()
    return len(parts) > 1 and bool(_NUMBER.match(parts[0]))


def is_numeric(text: str) -> bool:
    """True if a field holds numbers and nothing else, as CSL understands ``is-numeric``."""
    parts = [part for chunk in _JOINER.split(text.strip())[::2] for part in _DASH.split(chunk)]
    # A Roman number in capitals may as well be a name or a word; CSL's own do not count it.
    is_roman = [bool(_ROMAN.match(part)) and part.islower() for part in parts]
    is_number = [bool(_NUMBER.match(part)) for part in parts]
    return all(map(max, is_roman, is_number)) and any(is_number)


def pages(text: str, style: str, mark: str) -> str:
    """A page field in a style's range format, ``mark`` standing between first and last.

    A dash in anything that is not plainly a range of pages becomes a hyphen.
    """
    return _each(text.replace("–", "-"), lambda start, end: _pages(start, end, style, mark))


def number(text: str, mark: str = "–") -> str:
    """A volume, issue or edition with a proper dash in its ranges."""
    return _each(text, lambda start, end: _plain_range(start, end, mark))


def _each(text: str, change: Callable[[str, str], str]) -> str:
    """The text with every stretch of exactly two numbers and a dash changed."""
    done: list[str] = []
    for at, part in enumerate(_JOINER.split(text.strip())):
        ends = _DASH.split(part)
        is_range = at % 2 == 0 and len(ends) == 2 and all(ends)
        done.append((is_range and change(ends[0], ends[1])) or part)
    return "".join(done)


def _plain_range(start: str, end: str, mark: str) -> str:
    """Two numbers of one kind with a dash between; empty for anything else."""
    if _COUNTED.match(start) and _COUNTED.match(end):
        return f"{start}{mark}{end}"
    left, right = _NUMBER.match(start), _NUMBER.match(end)
    if left and right and left[1] == right[1]:
        return f"{start}{mark}{end}"
    return ""  # ``E743-749`` and ``e00068-15`` keep the hyphen: they may be names, not ranges.


def _pages(start: str, end: str, style: str, mark: str) -> str:
    """A page range, the last page written as the style wants it."""
    left, right = _NUMBER.match(start), _NUMBER.match(end)
    if not left or not right or left[1] != right[1] or left[3] or right[3]:
        return _plain_range(start, end, mark)
    letters, low = left[1] or "", left[2]
    high = low[: max(0, len(low) - len(right[2]))] + right[2]  # 135-41 ends on page 141.
    if int(low) >= int(high):
        return _plain_range(start, end, mark)
    if style in ("", "expanded") or len(high) != len(low):
        return f"{letters}{low}{mark}{letters}{high}"
    return f"{letters}{low}{mark}{_shortened(low, high, style)}"


def _shortened(start: str, end: str, style: str) -> str:
    """As much of the last page as a style keeps; both have the same length."""
    same = 0
    while start[same] == end[same]:
        same += 1
    if style == "minimal-two":
        same = min(same, max(0, len(end) - 2))
    elif style.startswith("chicago"):
        same = _chicago(start, same)
    return end[same:]


def _chicago(start: str, same: int) -> int:
    """How many digits the Chicago Manual leaves out."""
    low = int(start)
    if low < 100 or low % 100 == 0:
        return 0
    if low % 100 < 10:
        return same
    if len(start) == 4 and len(start) - same >= 3:
        return 0
    return min(same, len(start) - 2)
