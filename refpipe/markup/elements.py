"""The elements that titles in registries are written with, and what they mean.

From JATS (https://jats.nlm.nih.gov/publishing/tag-library/1.3/), the face markup that Crossref
accepts (https://www.crossref.org/documentation/schema-library/markup-guide-metadata-segments/face-markup/)
and HTML.  A name that is not here is no markup: ``<La captive>`` is the title of a film.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from html.entities import html5

ITALIC, BOLD, SUPERSCRIPT, SUBSCRIPT = "italic", "bold", "superscript", "subscript"

NOCASE, NODECOR = "nocase", "nodecor"
"""Marks that give no face: the text keeps its letters where a style changes capitals, and stays
as it is where a style sets italics or bold type."""

MARKS = {
    "i": ITALIC, "em": ITALIC, "italic": ITALIC, "emph": ITALIC, "cite": ITALIC,
    "b": BOLD, "strong": BOLD, "bold": BOLD,
    "sup": SUPERSCRIPT, "superscript": SUPERSCRIPT,
    "sub": SUBSCRIPT, "inf": SUBSCRIPT, "subscript": SUBSCRIPT,
}  # fmt: skip
"""Element → the face it gives its text."""

PLAIN = frozenset(
    """
    scp sc smallcaps small-caps u underline ovl overline strike s tt monospace roman sans-serif
    span font small big nobr a ext-link uri email named-content styled-content abbrev
    inline-formula formula alternatives title p sec article-title subtitle trans-title div
    nowrap bdi bdo q
    """.split()  # noqa: SIM905
)
"""Elements of which only the text is kept."""

SPACE = frozenset(
    """
    br break hr p div sec
    """.split()  # noqa: SIM905
)
"""Elements that part words."""

SKIPPED = frozenset(
    """
    fn xref inline-graphic graphic img script style annotation annotation-xml mphantom
    mprescripts none
    """.split()  # noqa: SIM905
)
"""Elements whose text is no part of a title."""

MATH = frozenset(
    """
    math mrow mi mn mo mtext ms msup msub msubsup munder mover munderover mfrac msqrt mroot
    mfenced mmultiscripts mprescripts none mspace mstyle mpadded mphantom semantics annotation
    annotation-xml mtable mtr mtd menclose merror maction mglyph maligngroup malignmark
    mlabeledtr
    """.split()  # noqa: SIM905
)
"""MathML 3 presentation elements (https://www.w3.org/TR/MathML3/chapter3.html)."""

PREFIXES = ("jats:", "mml:", "m:", "xhtml:", "html:", "ns2:", "ns3:", "ns4:")

TEX = frozenset({"tex", "tex-math"})
"""Elements whose text is TeX."""

KNOWN = frozenset(MARKS) | PLAIN | SPACE | SKIPPED | MATH | TEX


def local(name: str) -> str:
    """The element's name without its prefix, in lower case; empty for one that is no markup."""
    lowered = name.lower()
    for prefix in PREFIXES:
        lowered = lowered.removeprefix(prefix)
    return lowered if lowered in KNOWN else ""


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


# ── Text with tags as a tree, forgiving of everything that is not well formed ───────────────────


_DEEPEST = 40
"""Elements nested deeper are read as if they were not nested."""

_NAME = rf"(?:{'|'.join(PREFIXES)})?(?:{'|'.join(sorted(KNOWN, key=len, reverse=True))})"
_ATTRIBUTES = r"(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=&]+))*"
_OPEN = r"(?:<|&(?:amp;)*(?:lt|\#60|\#x3c);)"
_CLOSE = r"(?:>|&(?:amp;)*(?:gt|\#62|\#x3e);)"
_TAG = re.compile(
    rf"{_OPEN}(?P<slash>/?)(?P<name>{_NAME})(?P<attributes>{_ATTRIBUTES})\s*(?P<empty>/?){_CLOSE}"
    r"|<!--.{0,2000}?-->|<\?.{0,2000}?\?>|<!\[CDATA\[(?P<cdata>.{0,5000}?)\]\]>",
    re.IGNORECASE | re.DOTALL,
)
"""A tag of a known element, written plainly or escaped any number of times.

What is opened is looked for its end only so far, lest a text of nothing but beginnings be read
to its end for each of them.
"""


@dataclass(slots=True)
class Node:
    """An element, or a stretch of text where ``name`` is empty."""

    name: str
    text: str = ""
    attributes: str = ""
    children: list[Node] = field(default_factory=list)


def normal_tags(text: str) -> str:
    """The text with escaped tags as plain ones, and without comments and instructions."""
    return _TAG.sub(_plainly, text)


def _plainly(match: re.Match[str]) -> str:
    if match["name"] is None:
        return match["cdata"] or ""
    return f"<{match['slash']}{match['name']}{match['attributes']}{match['empty']}>"


def parse(text: str) -> Node:
    """The tree of a text; a tag without a partner closes with its parent or is dropped."""
    root = Node("")
    stack = [root]
    at = 0
    for match in _TAG.finditer(text):
        _add_text(stack[-1], text[at : match.start()])
        at = match.end()
        _add_tag(stack, match)
    _add_text(stack[-1], text[at:])
    return root


def _add_text(parent: Node, text: str) -> None:
    if text:
        parent.children.append(Node("", text))


def _add_tag(stack: list[Node], match: re.Match[str]) -> None:
    if match["name"] is None:
        _add_text(stack[-1], match["cdata"] or "")
        return
    name = local(match["name"])
    if match["slash"]:
        _close(stack, name)
        return
    node = Node(name, attributes=match["attributes"])
    stack[-1].children.append(node)
    if not match["empty"] and name not in {"br", "hr", "img", "break"} and len(stack) < _DEEPEST:
        stack.append(node)


def _close(stack: list[Node], name: str) -> None:
    for depth in range(len(stack) - 1, 0, -1):
        if stack[depth].name == name:
            del stack[depth:]
            return
