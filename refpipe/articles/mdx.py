"""MDX: Markdown with components, whose comments are ``{/* … */}`` and whose braces hold code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from refpipe.articles import blocks, markdown
from refpipe.articles.scanner import MDX_COMMENTS, Prose

_ESM = re.compile(r"(?:import|export)\s")


def _prose(text: str) -> Iterator[Prose]:
    """All that is neither code nor an import: what stands in an element is Markdown as well."""
    front = markdown.FRONT_MATTER.match(text)
    for stretch in blocks.stretches(text, front.end() if front else 0):
        if not _ESM.match(text, stretch.start):
            yield Prose(stretch.start, stretch.end, markdown.MDX_TOKEN, reach=len(text))


def _skip(text: str, token: re.Match[str], end: int) -> int:
    if token.lastgroup == "expression":
        return markdown.expression_end(text, token.start(), len(text))
    return markdown.FORMAT.skip(text, token, end)


FORMAT = replace(markdown.FORMAT, name="mdx", prose=_prose, skip=_skip, comments=MDX_COMMENTS)
