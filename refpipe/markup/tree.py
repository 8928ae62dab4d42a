"""Text with tags as a tree, forgiving of everything that is not well formed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from refpipe.markup.elements import KNOWN, PREFIXES, local

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
