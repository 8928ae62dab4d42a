"""Text of strangers (titles, names, file names, answers) as a terminal or a log may show it.

A terminal obeys control characters, and a reader is misled by characters that turn the direction
of the text; a title may hold both.  What is escaped is written as JSON would write it, so that
JSON stays JSON and means the same.
"""

from __future__ import annotations

import unicodedata

_ESCAPED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Controls, formats, half characters, separators of lines and of paragraphs."""
_HARMLESS = frozenset("\n\t\u00ad\u200c\u200d")
"""Line ends and tabs, the soft hyphen, and what joins or parts letters in some writings."""


def visible(text: str) -> str:
    """The text with everything escaped that would be obeyed and not seen; lines stay lines."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n")
    return "".join(map(_shown, text))


def one_line(text: str) -> str:
    """The same on one line, for a message that must not look like two."""
    return visible(text).replace("\n", "\\n")


def _shown(character: str) -> str:
    if character in _HARMLESS or unicodedata.category(character) not in _ESCAPED:
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def columns(text: str) -> int:
    """The columns a terminal needs for the text; East Asian wide characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


__all__ = ["columns", "one_line", "visible"]
