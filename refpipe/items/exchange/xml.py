"""XML files read leniently: what is broken is reported with its line, the rest is read."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any

from lxml import etree

from refpipe.items.exchange import Broken

_TAGS = {"i": "i", "b": "b", "sup": "sup", "sub": "sub", "em": "i", "strong": "b"}
_FACES = {"italic": "i", "bold": "b", "superscript": "sup", "subscript": "sub"}

_NUMBERED = re.compile(r"&#(?:[xX](?P<hex>[0-9a-fA-F]+)|(?P<decimal>[0-9]+));?")


def root(text: str) -> tuple[Any | None, tuple[Broken, ...]]:
    """The root element (None where there is none) and what is wrong with the text.

    Entities are not resolved and nothing is fetched: a file from elsewhere may ask for both.
    """
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    text, odd = _without_odd_numbers(text.strip("\ufeff \r\n\t"))
    try:
        found = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return None, (Broken(reason=f"this is no XML: {error}", raw=text[:200], line=1),)
    if found is None:
        return None, (Broken(reason="this is no XML", raw=text[:200], line=1),)
    lines = text.splitlines()
    broken = {
        problem.line: Broken(
            reason=f"broken XML: {problem.message}",
            raw=lines[problem.line - 1] if 0 < problem.line <= len(lines) else "",
            line=max(1, problem.line),
        )
        for problem in parser.error_log
    } | odd
    _fill_in(found)
    return found, tuple(broken.values())


def _without_odd_numbers(text: str) -> tuple[str, dict[int, Broken]]:
    """The text with U+FFFD for each ``&#…;`` that names no character of XML, told by its line.

    The parser would let half of a pair (``&#xD800;``) through, and no program can write that.
    """
    broken: dict[int, Broken] = {}
    pieces: list[str] = []
    line, end = 1, 0
    for match in _NUMBERED.finditer(text):
        digits = match["hex"] or match["decimal"]
        if len(digits) < 12 and _is_character(int(digits, 16 if match["hex"] else 10)):
            continue
        line += text.count("\n", end, match.start())
        pieces += (text[end : match.start()], "\ufffd")
        end = match.end()
        reason = f"broken XML: {match[0][:20]} is no character"
        broken.setdefault(line, Broken(reason=reason, raw=match[0][:200], line=line))
    return "".join((*pieces, text[end:])), broken


def _is_character(number: int) -> bool:
    """Whether XML has a character of that number (https://www.w3.org/TR/xml/#NT-Char)."""
    if number < 0x20:
        return number in (0x9, 0xA, 0xD)
    return number <= 0xD7FF or 0xE000 <= number <= 0xFFFD or 0x10000 <= number <= 0x10FFFF


def _fill_in(root: Any) -> None:
    """Put what an entity of HTML stands for, or else its name, in the place of the entity.

    What a file itself declares is not looked at: it may name a file, or grow without end.
    """
    for entity in list(root.iter(etree.Entity)):
        text = unescape(entity.text or "") + (entity.tail or "")
        parent, before = entity.getparent(), entity.getprevious()
        if parent is None:
            continue
        if before is not None:
            before.tail = (before.tail or "") + text
        else:
            parent.text = (parent.text or "") + text
        entity.tail = None
        parent.remove(entity)


def rich(element: Any | None) -> str:
    """The element's text with CSL's tags for what is italic, bold, raised or lowered."""
    if element is None:
        return ""
    pieces = [escape(element.text or "", quote=False)]
    for child in element:
        if not isinstance(child.tag, str):
            inner = ""
        elif child.tag == "style":
            inner = rich(child)
            for face in reversed((child.get("face") or "").split()):
                inner = _tagged(_FACES.get(face, ""), inner)
        else:
            inner = _tagged(_TAGS.get(child.tag, ""), rich(child))
        pieces += (inner, escape(child.tail or "", quote=False))
    return " ".join("".join(pieces).split("\n")).replace("\r", " ")


def _tagged(tag: str, inner: str) -> str:
    return f"<{tag}>{inner}</{tag}>" if tag and inner.strip() else inner


def plain(element: Any | None) -> str:
    """The element's bare text."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def name(element: Any) -> str:
    """The element's name without its namespace, also where the file declares none for it."""
    return str(element.tag).rpartition("}")[2]


def raw(element: Any) -> str:
    """The element as XML again."""
    return str(etree.tostring(element, encoding="unicode", with_tail=False))


def canonical(element: Any) -> str:
    """The element as XML in the one form that equal elements have, without layout.

    It is empty for an element that has no such form, as one whose namespace is no address.
    """
    for part in element.iter():
        if not (part.text or "").strip():
            part.text = None
        if not (part.tail or "").strip():
            part.tail = None
    try:
        text: bytes = etree.tostring(element, method="c14n", exclusive=True, with_comments=False)
        return text.decode()
    except (etree.LxmlError, UnicodeDecodeError):
        return ""
