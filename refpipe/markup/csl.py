"""Rich text as CSL-JSON writes it: text and the tags i, b, sup and sub."""

from __future__ import annotations

import re

from refpipe.markup.elements import KNOWN, PREFIXES
from refpipe.markup.entities import is_readable, is_reference
from refpipe.markup.faces import tagged
from refpipe.model import Inline, Run

_TAG_LIKE = re.compile(r"<(?=[A-Za-z/!?])")
_KNOWN_TAG = re.compile(
    rf"(?:{'|'.join(PREFIXES)})?(?:{'|'.join(sorted(KNOWN))})[\s/>]|/|[!?]", re.IGNORECASE
)


def to_csl(inline: Inline) -> str:
    """The four CSL tags; a literal ``<`` or ``&`` is escaped only where it would read as markup.

    What ``read`` would take for an escaped tag or an entity escaped twice keeps its letters by
    a numeric reference, so that reading gives the same text back.
    """
    return tagged(inline, _escaped)


def _escaped(run: Run) -> str:
    text = run.text
    return "".join(_letter(text, at) for at in range(len(text)))


def _letter(text: str, at: int) -> str:
    letter = text[at]
    if at and _is_guarded(text, at):
        return f"&#{ord(letter)};"
    if letter == "<" and _TAG_LIKE.match(text, at):
        return "&lt;"
    return "&amp;" if letter == "&" and is_readable(text, at) else letter


def _is_guarded(text: str, at: int) -> bool:
    """True for the first letter of what must not read as a tag or an entity."""
    before = text[at - 1]
    return (before == "<" and bool(_KNOWN_TAG.match(text, at))) or (
        before == "&" and is_reference(text, at - 1)
    )
