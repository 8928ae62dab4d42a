"""Variables of CSL that RIS has no tag for, kept in notes of our own: ``csl:genre: "…"``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

OWN = "csl:"
_RISKY = re.compile(
    r"(?<= ) +|[<\x7f-\xa0\u1680\u2000-\u200f\u2013\u2014"
    r"\u2028-\u202f\u205f\u3000\ufeff\ud800-\udfff]"
)


def own_note(variable: str, value: object) -> str:
    """The note that keeps a variable."""
    return f"{OWN}{variable}: {one_line(value)}"


def one_line(value: object) -> str:
    """JSON in which nothing looks like markup, a dash, or space that may be folded."""
    text = json.dumps(value, ensure_ascii=False)
    return _RISKY.sub(lambda found: "".join(f"\\u{ord(c):04x}" for c in found[0]), text)


def own_variables(notes: Iterable[str]) -> dict[str, Any]:
    """The variables that notes of our own keep."""
    found: dict[str, Any] = {}
    for note in notes:
        variable, separator, value = note.removeprefix(OWN).partition(": ")
        if note.startswith(OWN) and separator:
            try:
                found[variable] = json.loads(value)
            except ValueError:
                continue
    return found
