"""HTML: where its prose is, and what its tags hide."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

from refpipe.articles.scanner import Format, Prose
from refpipe.lifetimes import lazy
from refpipe.model import Span

_RAW = frozenset({"pre", "script", "style", "textarea", "title", "iframe", "svg", "math", "select"})
"""Elements that hide all they hold; an unclosed one hides the rest."""
OPAQUE = _RAW | {"code", "kbd", "samp", "a", "button", "option"}
"""Elements in which no citation is looked for: samples, and links, which cannot hold another."""

# A value with a comment in it is none: its quotation mark was never closed.
_ATTRIBUTES = r"(?:[^<>\"']|\"(?:[^\"<]|<(?!!--))*\"|'(?:[^'<]|<(?!!--))*')*+"
ELEMENT = rf"<(?P<element>{'|'.join(sorted(OPAQUE))})(?=[\s/>]){_ATTRIBUTES}>"
TAG = rf"(?P<tag></?[A-Za-z]{_ATTRIBUTES}>|<![A-Za-z][^<>]*>|<\?(?:[^?<]|<(?!\?)|\?(?!>))*+\?>)"
_BRACKET = r"""(?P<bracket>\[(?:
      [^\[\]\\<\n@]
    | \\[^\n]
    | <(?![A-Za-z/!?])
    | \n(?![ \t]*\r?\n)
    | @ (?: \{ (?: [^{}\s] | \{[^{}\s]*\} )+ \}
          | (?: [^\s\[\]\\<] | <(?![A-Za-z/!?]) | \[[^\s\[\]@]+\](?=[^\s;,\]]) )* )
    )*+\])"""
TOKEN = lazy(
    rf"(?P<escape>\\.)|(?P<comment><!--)|{ELEMENT}|{TAG}|{_BRACKET}",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
ANY_TAG = lazy(
    rf"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9.:-]*){_ATTRIBUTES}>|<[!?][^<>]*>",
    re.DOTALL,
)
"""Any tag; ``name`` and ``close`` are None for a declaration."""
_LINK_END = lazy(r"</a\s*>|<a(?=[\s/>])|<!--\s*/?(?:cite|bibliography)(?=\s|-->)", re.IGNORECASE)
_META = lazy(rf"<meta\s{_ATTRIBUTES}>", re.IGNORECASE)
_LANG = lazy(rf"<html\s{_ATTRIBUTES}>", re.IGNORECASE)
_ATTRIBUTE = lazy(r"([A-Za-z:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")


def skip(text: str, token: re.Match[str], end: int) -> int:
    """Where to go on behind a tag: behind its whole element if that hides what it holds."""
    if token.lastgroup != "element":
        return token.end()
    name = token["element"].lower()
    if name == "a":
        # A link holds neither another link nor a citation: one that is never closed ends there.
        close = _LINK_END.search(text, token.end(), end)
        return close.end() if close and close[0].startswith("</") else token.end()
    close = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, token.end(), end)
    if close:
        return close.end()
    return end if name in _RAW else token.end()


def _prose(text: str) -> Iterator[Prose]:
    yield Prose(0, len(text), TOKEN, reach=len(text))


def _is_link(text: str, bracket: re.Match[str], labels: frozenset[str]) -> bool:  # noqa: ARG001
    return False


def _settings(text: str) -> Mapping[str, str]:
    """What ``<meta name="refpipe:…">`` sets, and the page's ``lang``."""
    found: dict[str, str] = {}
    if page := _LANG.search(text):
        found["lang"] = _attributes(page.group()).get("lang", "")
    for meta in _META.finditer(text) if "refpipe:" in text else ():
        attributes = _attributes(meta.group())
        name = attributes.get("name", "")
        if name.startswith("refpipe:"):
            found[name.removeprefix("refpipe:")] = attributes.get("content", "").strip()
    return {name: value for name, value in found.items() if value}


def _attributes(tag: str) -> dict[str, str]:
    return {
        found[1].lower(): unescape(found[2] or found[3] or found[4] or "")
        for found in _ATTRIBUTE.finditer(tag)
    }


FORMAT = Format(
    name="html",
    prose=_prose,
    skip=skip,
    plain=unescape,
    labels=lambda _: frozenset(),
    is_link=_is_link,
    encloses=lambda _text, _bracket, _end: False,
    settings=_settings,
)


# ── Whole elements: what can be taken out of a page, and no half tag is left ──


TAG_OR_COMMENT = lazy(
    r"<!--.*?(?:-->|\Z)|<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)>",
    re.DOTALL,
)
_LIST_PARTS = frozenset(
    ["ol", "ul", "dl", "li", "dt", "dd", "p", "tr", "td", "th", "tbody", "thead", "table"]
)
_BETWEEN = r"(?:\s|<!--\s*/?wp:list\b(?:(?!-->).)*-->)*"
_OPENING = lazy(rf"<(?P<name>[a-zA-Z][a-zA-Z0-9]*)\b[^<>]*>{_BETWEEN}\Z", re.DOTALL)
_CLOSING = lazy(rf"{_BETWEEN}</(?P<name>[a-zA-Z][a-zA-Z0-9]*)\s*>", re.DOTALL)
_BLOCK_OPENING = lazy(r"<!--\s*wp:(?:list|paragraph|table)\b(?:(?!-->).)*-->\s*\Z", re.DOTALL)
_BLOCK_CLOSING = lazy(r"\s*<!--\s*/wp:(?:list|paragraph|table)\s*-->")
_DELIMITER = lazy(r"<!--\s*(?P<close>/?)wp:[a-z/-]+\s(?:(?!-->).)*?(?P<own>/?)-->", re.DOTALL)


def whole_elements(text: str, span: Span) -> Span:
    """A stretch widened to whole elements: it can be replaced, and no half tag is left.

    ``<li>``, ``<p>`` and the like are taken in where the stretch fills them, and so is the
    ``<ol>`` or table around them; a ``<div>`` that holds the whole list stays around it.
    """
    whole, (start, end) = span, (span.start, span.end)
    while True:
        opening = _OPENING.search(text, max(0, start - 600), start)
        closing = _CLOSING.match(text, end)
        if closing and _unclosed(text[start:end])[-1:] == [closing["name"].lower()]:
            # The list of remarks in the last item ends before the item does.
            end = closing.end()
            whole = whole if _unclosed(text[start:end]) else Span(start, end)
            continue
        if not opening or not closing or opening["name"].lower() in _UNCLOSED:
            break
        names = {opening["name"].lower(), closing["name"].lower()}
        is_one = _closing(text, opening.start(), opening["name"]) == closing.end()
        if is_one and not names <= _LIST_PARTS:
            break
        start, end = opening.start(), closing.end()
        # The first <p> of a list and its last </p> make a whole only with the <div> around each.
        if _unclosed(text[start:end]) == []:
            whole = Span(start, end)
    start, end = whole.start, whole.end
    block, after = _BLOCK_OPENING.search(text, 0, start), _BLOCK_CLOSING.match(text, end)
    return Span(block.start(), after.end()) if block and after else Span(start, end)


def is_between_blocks(text: str, position: int) -> bool:
    """Whether a place of a WordPress page stands in no block: the editor would wrap it anew."""
    depth, is_blocks = 0, False
    for mark in _DELIMITER.finditer(text):
        is_blocks = True
        if mark.start() < position and not mark["own"]:
            depth += -1 if mark["close"] else 1
    return is_blocks and depth <= 0


_UNCLOSED = frozenset(["br", "hr", "img", "input"])


def _unclosed(text: str) -> list[str]:
    """The elements that a stretch opens and does not close; ``/`` where it closes another one."""
    opened: list[str] = []
    for tag in TAG_OR_COMMENT.finditer(text):
        name = (tag["name"] or "").lower()
        if not name or name in _UNCLOSED or tag[0].endswith("/>"):
            continue
        if not tag["close"]:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return ["/"]
    return opened


def _closing(text: str, start: int, name: str) -> int | None:
    """Where the element that opens at ``start`` ends, its own kind inside it counted."""
    depth = 0
    for tag in re.compile(rf"<(/?){name}\b[^>]*>", re.IGNORECASE).finditer(text, start):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.end()
    return None


_ANY = lazy(r"<(?P<close>/?)(?P<name>[A-Za-z][\w.:-]*)[^<>]*>")


def is_balanced(source: str) -> bool:
    """Whether each tag and each run of emphasis in a stretch opens and closes in it."""
    opened: list[str] = []
    for tag in _ANY.finditer(source):
        name = tag["name"].lower()
        if not tag["close"]:
            if name not in ("br", "wbr", "img") and not tag[0].endswith("/>"):
                opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    bare = _ANY.sub("", source)
    return not opened and bare.count("**") % 2 == 0
