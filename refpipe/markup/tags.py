"""How runs of one face after another open and close their tags."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from types import MappingProxyType

from refpipe.markup.elements import (
    BOLD,
    ITALIC,
    KNOWN,
    NOCASE,
    NODECOR,
    PREFIXES,
    SUBSCRIPT,
    SUPERSCRIPT,
    is_readable,
    is_reference,
)
from refpipe.model import Inline, Run

TAGS = {ITALIC: "i", BOLD: "b", SUPERSCRIPT: "sup", SUBSCRIPT: "sub"}
"""Face → its element, in the order in which they nest."""


def tagged(
    inline: Inline, write: Callable[[Run], str], tags: Mapping[str, str] = MappingProxyType(TAGS)
) -> str:
    """The runs, each written by ``write``, between the tags of their faces."""
    return "".join(_pieces(inline, write, tags))


def _pieces(inline: Inline, write: Callable[[Run], str], tags: Mapping[str, str]) -> Iterator[str]:
    opened: list[str] = []
    for run in inline:
        wanted = [tag for face, tag in tags.items() if face in run.marks]
        while not set(opened) <= set(wanted):
            yield f"</{opened.pop().partition(' ')[0]}>"
        for tag in wanted:
            if tag not in opened:
                opened.append(tag)
                yield f"<{tag}>"
        yield write(run)
    while opened:
        yield f"</{opened.pop().partition(' ')[0]}>"


_SAFE_TARGET = re.compile(r"(?:https?://|mailto:|#|[./]|[\w%-]+(?:[/?#.]|$))", re.IGNORECASE)
"""Where a link may lead; ``javascript:`` and its kind are none of these."""


def html(inline: Inline) -> str:
    """HTML in which every character of the text is text, and no link runs a script."""
    return tagged(inline, _written)


def _written(run: Run) -> str:
    text = escape(run.text, quote=False)
    anchor = f' id="{escape(run.anchor)}"' if run.anchor else ""
    if run.target and is_safe(run.target):
        return f'<a{anchor} href="{escape(run.target)}">{text}</a>'
    return f"<span{anchor}>{text}</span>" if anchor else text


def is_safe(target: str) -> bool:
    """True if following the target runs no script."""
    return bool(_SAFE_TARGET.match(target)) and not re.search(r"[\x00-\x20]", target)


_TAGS = TAGS | {mark: f'span class="{mark}"' for mark in (NOCASE, NODECOR)}
_TAG_LIKE = re.compile(r"<(?=[A-Za-z/!?])")
_KNOWN_TAG = re.compile(
    rf"(?:{'|'.join(PREFIXES)})?(?:{'|'.join(sorted(KNOWN))})[\s/>]|/|[!?]", re.IGNORECASE
)


def to_csl(inline: Inline) -> str:
    """The tags of CSL; a literal ``<`` or ``&`` is escaped only where it would read as markup.

    What ``read`` would take for an escaped tag or an entity escaped twice keeps its letters by
    a numeric reference, so that reading gives the same text back.
    """
    return tagged(inline, _escaped, _TAGS)


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
