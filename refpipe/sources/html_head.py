"""What an HTML page says of itself: its title, its meta tags, its JSON-LD."""

from __future__ import annotations

import contextlib
import re
from html.parser import HTMLParser
from typing import Any

from refpipe.http import read_json

_TELLING = re.compile(
    r"(?:citation_|bepress_citation_|eprints\.|dc[.:_]|dcterms[.:]|prism\.|og:|article:|author$"
    r"|date$|publication_doi$|doi$|parsely-|sailthru\.|last-modified$|application-name$)",
    re.IGNORECASE,
)
"""The meta tags that describe the page as a work; the others are for browsers and shops."""
_STRAY = re.compile(r"<!\[(?!(?:if|else|endif|CDATA)\b)", re.IGNORECASE)
"""The start of a declaration that is none of HTML."""
_MOST = 400
_LONGEST = 2000
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)


def read(body: bytes, content_type: str) -> dict[str, Any]:
    """``{"title", "lang", "canonical", "meta": [[name, content]…], "json-ld": […]}`` of a page."""
    reader = _Head()
    # A declaration that the parser cannot make sense of would end the reading: it is no tag then,
    # and where one is left all the same, what stands before it has been read.
    with contextlib.suppress(AssertionError):
        reader.feed(_STRAY.sub("&lt;![", decode(body, content_type)))
    return {
        "title": " ".join("".join(reader.title).split())[:_LONGEST],
        "lang": reader.lang[:35],
        "canonical": reader.canonical[:_LONGEST],
        "meta": reader.meta,
        "json-ld": reader.linked,
    }


def decode(body: bytes, content_type: str) -> str:
    """The text, by the charset that the server, the page, or UTF-8's own rules name."""
    named = re.search(r"charset=[\"']?([\w.:-]+)", content_type, re.IGNORECASE)
    inside = _CHARSET.search(body[:4096])
    for charset in (
        named[1] if named else "",
        inside[1].decode("ascii", "replace") if inside else "",
    ):
        if charset:
            try:
                return body.decode(charset, "replace")
            except (LookupError, ValueError):
                # No such charset, or one of Python's own that decodes no text.
                continue
    return body.decode("utf-8", "replace")


class _Head(HTMLParser):
    """Collects what stands in the tags above, and forgets the rest."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title: list[str] = []
        self.lang = ""
        self.canonical = ""
        self.meta: list[list[str]] = []
        self.linked: list[Any] = []
        self._inside = ""
        self._script: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.lang = self.lang or values.get("lang", "") or values.get("xml:lang", "")
        elif tag == "meta":
            self._take_meta(values)
        elif tag == "link" and values.get("rel", "").lower() == "canonical":
            self.canonical = self.canonical or values.get("href", "")
        elif tag == "title" and not self.title:
            self._inside = "title"
        elif tag == "script" and values.get("type", "").lower() == "application/ld+json":
            self._inside = "script"
            self._script = []

    def _take_meta(self, values: dict[str, str]) -> None:
        name = values.get("name") or values.get("property") or values.get("itemprop") or ""
        content = " ".join(values.get("content", "").split())
        if content and _TELLING.match(name.strip()) and len(self.meta) < _MOST:
            self.meta.append([name.strip(), content[:_LONGEST]])

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._inside == "script":
            self._take_script("".join(self._script))
        if tag == self._inside:
            self._inside = ""

    def _take_script(self, text: str) -> None:
        try:
            value = read_json(text.encode("utf-8", "replace"))
        except ValueError:
            return
        if len(self.linked) < 20:
            self.linked.append(value)

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.title.append(data)
        elif self._inside == "script":
            self._script.append(data)
