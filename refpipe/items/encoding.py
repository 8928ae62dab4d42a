"""Text whose UTF-8 somebody took for Windows-1252: ``MÃ©ndez`` for ``Méndez``."""

from __future__ import annotations

import re

_SCRAMBLED = re.compile(
    "[\u00c3\u00c2\u00c5\u00c4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]"
    "|\u00e2\u20ac[\u0080-\u00bf\u0153\u0161\u0178\u02dc\u2122\u201c\u201d\u2018\u2019\u00a6]"
)
"""The two or three characters that one letter or quotation mark becomes."""


def mended(text: str) -> str:
    """The text with such letters as they were meant; anything else is left alone."""
    return _SCRAMBLED.sub(_decoded, text)


def _decoded(match: re.Match[str]) -> str:
    octets = bytearray()
    for letter in match.group():
        try:
            octets += letter.encode("cp1252")
        except UnicodeEncodeError:
            # Windows-1252 leaves five octets free; Latin-1 reads them as control characters.
            octets += letter.encode("latin-1", "replace")
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return match.group()
