"""HTML: where its prose is, and what its tags hide."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

from refpipe.articles.scanner import Format, Prose
from refpipe.lifetimes import lazy

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
