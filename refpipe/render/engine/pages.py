"""Page ranges as styles write them.

Cures the engine's reading of ``page-range-format="minimal"``, which prints pages 1-15 as
``1–5``: it drops as many leading characters as are equal, whatever the lengths.
"""

from __future__ import annotations

import re

_RANGE = re.compile(
    r"\s*([A-Za-z]*)(\d+)([A-Za-z]*)\s*[-–—‐‑−]+\s*([A-Za-z]*)(\d+)([A-Za-z]*)\s*\Z"
)
_DASHES = re.compile(r"(?<=\w)\s*[-–—‐‑−]+\s*(?=\w)")


def first(text: str) -> str:
    """The first page of a range or list."""
    return re.split(r"\s*[-–—&,]\s*", text, maxsplit=1)[0].strip()


def written(text: str, style: str, mark: str) -> str:
    """A page field in a style's range format, ``mark`` standing between first and last."""
    parts = re.split(r"(\s*[,;&]\s*)", text.strip())
    return "".join(part if at % 2 else _one(part, style, mark) for at, part in enumerate(parts))


def _one(text: str, style: str, mark: str) -> str:
    match = _RANGE.match(text)
    if not match:
        return _DASHES.sub(mark, text)
    before, start, after, before2, end, after2 = match.groups()
    if not style:
        return f"{before}{start}{after}{mark}{before2}{end}{after2}"
    if after or after2 or (before2 and before2 != before):
        return f"{before}{start}{after}{mark}{before2}{end}{after2}"
    whole = _expanded(start, end)
    if int(whole) <= int(start) or len(whole) != len(start):
        last = f"{before2}{whole}"
    elif style == "expanded":
        last = f"{before}{whole}"
    else:
        last = _shortened(start, whole, style)
    return f"{before}{start}{mark}{last}"


def _expanded(start: str, end: str) -> str:
    """The last page in full: 135 and 41 make 141."""
    if len(end) < len(start):
        return start[: len(start) - len(end)] + end
    return end


def _shortened(start: str, end: str, style: str) -> str:
    """As much of the last page as a style keeps; both have the same length."""
    same = 0
    while same < len(end) and start[same] == end[same]:
        same += 1
    if style == "minimal-two":
        same = min(same, max(0, len(end) - 2))
    elif style.startswith("chicago"):
        same = _chicago(start, same)
    return end[same:]


def _chicago(start: str, same: int) -> int:
    """How many digits the Chicago Manual leaves out."""
    number = int(start)
    if number < 100 or number % 100 == 0:
        return 0
    if number % 100 < 10:
        return same
    if len(start) == 4 and len(start) - same >= 3:
        return 0
    return min(same, len(start) - 2)
