"""What an editor may set when it starts the server; a bad option gives the default and a word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The settings of one editor."""

    lang: str = ""
    """``ja`` or ``en`` for findings and hovers; the project's or the locale's when empty."""
    delay: float = 0.25
    """Seconds without a keystroke after which a text is checked."""
    suggestions: int = 50
    """How many works a completion offers at most."""
    has_inlays: bool = True
    """Whether numbers are shown beside citations that are not woven yet."""


def read(given: object) -> tuple[Options, tuple[str, ...]]:
    """The options, and a sentence for each that could not be used."""
    if given is None:
        return Options(), ()
    if not isinstance(given, Mapping):
        return Options(), ("the options are no table; using defaults",)
    known = {field.name for field in fields(Options)}
    good: dict[str, Any] = {}
    faults = []
    for name, value in given.items():
        if name not in known:
            faults.append(f"there is no option {name!r}; it was passed over")
        elif (problem := _problem(name, value)) is not None:
            faults.append(f"the option {name!r} {problem}; using the default")
        else:
            good[name] = value
    return Options(**good), tuple(faults)


def _problem(name: str, value: object) -> str | None:
    """What is wrong with the value; None where nothing is."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if name == "lang":
        return None if value in ("", "ja", "en") else "is neither 'ja' nor 'en'"
    if name == "has_inlays":
        return None if isinstance(value, bool) else "is neither true nor false"
    if name == "suggestions":
        good = is_number and isinstance(value, int) and 1 <= value <= 200
        return None if good else "is no whole number from 1 to 200"
    return None if is_number and 0 <= float(str(value)) <= 60 else "is no number of seconds"
