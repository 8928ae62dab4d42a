"""In which language findings and rules speak."""

from __future__ import annotations

import os
from collections.abc import Mapping


def choose(asked: str | None, set_in_project: str, environ: Mapping[str, str] | None = None) -> str:
    """``ja`` or ``en``: what was asked for, what the project sets, else the locale's."""
    if asked or set_in_project:
        return asked or set_in_project
    settings = os.environ if environ is None else environ
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if settings.get(variable):
            return "ja" if settings[variable].lower().startswith("ja") else "en"
    return "en"
