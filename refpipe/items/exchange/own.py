"""Variables of CSL that RIS has no tag for, kept in notes of our own: ``csl:genre: "…"``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

OWN = "csl:"


def own_note(variable: str, value: object) -> str:
    """The note that keeps a variable."""
    return f"{OWN}{variable}: {json.dumps(value)}"


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
