"""Entries in the styles that this program prints, read by the order of each style.

IEEE, SIST 02, and Vancouver with AMA tell by signs and order what each element is.  An entry in
which every element has its place in one of these orders is read by it, whatever house, town or
language it names.  Where an element could be two things nothing is read here.
"""

from __future__ import annotations

from refpipe.items.printed.nouns import Draft
from refpipe.items.printed.own_styles import entry, numbered, sist02

__all__ = ["read"]

_KINDS = {"journal", "book", "chapter", "conference", "report", "thesis", "webpage", "guideline"}
_STYLES = (numbered.Ieee, sist02.Sist02, numbered.Medical)


def read(text: str, masked: str, kind: str) -> Draft | None:
    """The parts of an entry in one of our styles; None where it fits none of them wholly."""
    if kind not in _KINDS:
        return None
    drafts = (style(text, masked, kind).read() for style in _STYLES)
    found = next(filter(None, drafts), None)
    return None if found is None or entry.is_foreign(text, masked) else found
