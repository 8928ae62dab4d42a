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


_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
"""A backslash that Markdown or LaTeX puts before a sign; no identifier holds one."""
_SCHEME = re.compile(r"(?:h\s?t\s?t\s?p|hxxp|ttp)(?P<safe>\s?s)?\s?:\s?/\s?/\s*", re.IGNORECASE)
_DOUBLED = re.compile(r"(?:https?:/*)+(?=https?://)", re.IGNORECASE)


def tidy(text: str) -> str:
    """The text of one identifier, without what copying and pasting did to it.

    Folded, without entities, invisible characters and Markdown's backslashes, and with one
    whole ``https://`` where the scheme was torn, cut or pasted twice.
    """
    bare = fold(text).translate(dict.fromkeys(map(ord, _INVISIBLE)))
    bare = _ENTITY.sub(lambda match: _ENTITIES[match.group().lower()], bare).strip()
    bare = _ESCAPE.sub("", bare)
    if scheme := _SCHEME.match(bare):
        bare = ("https://" if scheme["safe"] else "http://") + bare[scheme.end() :]
    return _DOUBLED.sub("", bare, count=1) if _DOUBLED.match(bare) else bare


def decode(text: str) -> str:
    """The text without percent-encoding, however often it was applied."""
    while (decoded := unquote(text)) != text:
        text = decoded
    return text
