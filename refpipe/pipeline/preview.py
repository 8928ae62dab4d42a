"""An article as its reader sees it, each citation with its entry at hand."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from pathlib import Path

from refpipe.visible import visible

_STYLE = """<style>
body { font-family: sans-serif; line-height: 1.7; margin: 1rem; max-width: 44rem; }
a[title]:focus::after {
  content: attr(title); display: block; margin: .3rem 0; padding: .4rem .6rem; font-size: .9rem;
  color: #1c2330; background: #f4f6f8; border: 1px solid #55606e; vertical-align: baseline;
}
</style>"""
_CITED = re.compile(r"<a\b[^<>]*\shref=\"#ref-(?P<number>[0-9]+)\"[^<>]*(?=>)", re.IGNORECASE)
_TITLED = re.compile(r"\stitle\s*=", re.IGNORECASE)


def page(path: Path, text: str, entries: Mapping[int, str]) -> str:
    """The article as one HTML page; ``entries`` are the plain entries by number."""
    if path.suffix.lower() not in {".html", ".htm"}:
        from markdown_it import MarkdownIt

        text = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    return f"<!doctype html><meta charset=utf-8>{_STYLE}{with_entries(text, entries)}"


def with_entries(text: str, entries: Mapping[int, str]) -> str:
    """The HTML, with each link to an entry carrying the entry; other links are left unchanged.

    >>> with_entries('<a href="#ref-1">[1]</a>', {1: 'Sato, "Pain," 2011.'})
    '<a href="#ref-1" title="Sato, &quot;Pain,&quot; 2011.">[1]</a>'
    """

    def told(link: re.Match[str]) -> str:
        entry = entries.get(int(link["number"][:9]))
        if entry is None or _TITLED.search(link[0]):
            return link[0]
        return f'{link[0]} title="{html.escape(visible(" ".join(entry.split())))}"'

    return _CITED.sub(told, text)
