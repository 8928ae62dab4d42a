"""Addresses and serial numbers as bibliography files write them."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"https?://\S+|(?<![\w:>])//[\w-]+\.\S+|www\.\S+|ftp://\S+")
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]")


def read(text: str) -> str:
    """The first address in the text with its scheme; nothing where there is none."""
    found = _ADDRESS.search(text)
    if not found:
        return ""
    if found[0].startswith("//"):
        return f"https:{found[0]}"
    return f"http://{found[0]}" if found[0].startswith("www.") else found[0]


def is_issn(text: str) -> bool:
    """Whether the text has the shape of an ISSN, which EndNote keeps in the field of the ISBN."""
    return _ISSN.fullmatch(text.strip()) is not None
