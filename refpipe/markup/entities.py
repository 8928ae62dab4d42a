"""Character references, also those that were escaped twice."""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5

_REFERENCE = re.compile(r"&(?:amp;)*(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)


def decode(text: str) -> str:
    """The text with every known character reference resolved, once and for all its escapes."""
    return _REFERENCE.sub(_resolved, text)


def is_reference(text: str, at: int) -> bool:
    """True where ``text`` would read as a character reference at that place."""
    match = _REFERENCE.match(text, at)
    return match is not None and _resolved(match) != match.group()


def is_readable(text: str, at: int) -> bool:
    """True where any reader of HTML might see a reference, also an old one without semicolon."""
    return is_reference(text, at) or not unescape(text[at : at + 40]).startswith(text[at : at + 2])


def _resolved(match: re.Match[str]) -> str:
    name = match.group(1)
    if not name.startswith("#") and f"{name};" not in html5:
        name_lower = name.lower()
        if f"{name_lower};" not in html5 or not name.isupper():
            return match.group()
        name = name_lower
    return unescape(f"&{name};")
