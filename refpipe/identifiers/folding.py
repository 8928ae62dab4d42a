"""Text folded to what identifiers are made of, without moving any of its characters."""

from __future__ import annotations

import re
from urllib.parse import unquote

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_DASHES = dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2212, 0xFE63), 0x2D)
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&#60;": "<", "&#62;": ">", "&#38;": "&"}
_ENTITY = re.compile("|".join(_ENTITIES), re.IGNORECASE)


def fold(text: str) -> str:
    """The text with full-width forms and odd dashes as ASCII, character for character."""
    return text.translate(_FULL_WIDTH | _DASHES)


def tidy(text: str) -> str:
    """The text of one identifier: folded, and without entities and invisible characters."""
    bare = fold(text).translate(dict.fromkeys(map(ord, _INVISIBLE)))
    return _ENTITY.sub(lambda match: _ENTITIES[match.group().lower()], bare).strip()


def decode(text: str) -> str:
    """The text without percent-encoding, however often it was applied."""
    while (decoded := unquote(text)) != text:
        text = decoded
    return text
