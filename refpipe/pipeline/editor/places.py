"""Where works stand in a text: keys, printed numbers, entries of the list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from refpipe import markup
from refpipe.articles import lists
from refpipe.model import Article, Bibliography, Citation, CitationItem, Span, Work
from refpipe.pipeline import lookup
from refpipe.pipeline.editor.session import View

_NUMBER = re.compile(r"\d+")
_ENTRY = re.compile(r"""id=["'][^"']*?ref-(\d+)["']|\[(\d+)\\?\]|^[\s>*-]*\(?(\d+)[.)]""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One mention of a work."""

    span: Span
    """The key without its ``@``, the printed number, or the line of the entry."""
    key: str
    """As the author typed it; empty in the list."""
    work: Work | None
    """None where the library does not know the key."""
    kind: str
    """``key``, ``number`` or ``entry``."""


def places(view: View) -> Iterator[Place]:
    """Every key that the text cites or lists, in order."""
    for citation in view.article.citations:
        yield from _keys(view, citation.span, citation.items, _typed_span(view.article, citation))
    for bibliography in view.article.bibliographies:
        opener = _opener(view.article, bibliography)
        yield from _keys(view, bibliography.span, bibliography.uncited, opener)


def at(view: View, offset: int) -> Place | None:
    """What stands at the offset; None where it is no work."""
    for citation in view.article.citations:
        if citation.span.start <= offset <= citation.span.end:
            return _in_citation(view, citation, offset)
    for bibliography in view.article.bibliographies:
        if bibliography.span.start <= offset <= bibliography.span.end:
            return _in_list(view, bibliography, offset)
    return None


def entry_place(view: View, number: int) -> Span | None:
    """The line of the woven list that holds the entry of that number."""
    for bibliography in view.article.bibliographies[:1]:
        for span in _lines(
            view.article.text, _opener(view.article, bibliography).end, bibliography
        ):
            if _numbered(span.of(view.article.text)) == number:
                return span
    return None


def numbers_to_be(view: View) -> Iterator[tuple[Span, str]]:
    """Each citation that is typed and not woven yet, with what it will show."""
    for citation, inline in zip(view.article.citations, view.rendering.citations, strict=True):
        if _typed_span(view.article, citation) == citation.span:
            yield citation.span, markup.plain(inline)


def can_be_asked(key: str) -> bool:
    """Whether a registry can be asked about the key."""
    return lookup.claim(key) is not None


def has_plain_list(article: Article) -> bool:
    """Whether the article has a list of references that nobody manages."""
    return lists.find(article.text, article.format) is not None


def _typed_span(article: Article, citation: Citation) -> Span:
    """The stretch that holds the keys: all of a typed citation, a woven one's comment."""
    text = citation.span.of(article.text)
    end = text.find(_comment_end(article))
    is_woven = not text.startswith("[") and end >= 0
    return Span(citation.span.start, citation.span.start + end) if is_woven else citation.span


def _opener(article: Article, place: Bibliography) -> Span:
    close = _comment_end(article)
    end = article.text.find(close, place.span.start, place.span.end)
    return Span(place.span.start, end + len(close) if end >= 0 else place.span.end)


def _comment_end(article: Article) -> str:
    """What ends a comment in the article's format."""
    return "*/}" if article.format == "mdx" else "-->"


def _keys(view: View, whole: Span, items: Sequence[CitationItem], typed: Span) -> Iterator[Place]:
    """The place of each key; all of the citation where a key cannot be found as it was typed."""
    start = typed.start
    for item in items:
        span = _find(view.article.text, item.key, Span(start, typed.end))
        if span is not None:
            start = span.end
        work = view.works.get(item.key)
        yield Place(span=span or whole, key=item.key, work=work, kind="key")


def _find(text: str, key: str, inside: Span) -> Span | None:
    # A comment cannot hold two hyphens in a row, so a woven key has the second as an entity.
    for spelled in (key, key.replace("--", "&#45;-")):
        for opening in ("@{", "@"):
            found = text.find(opening + spelled, inside.start, inside.end)
            if found >= 0:
                start = found + len(opening)
                return Span(start, start + len(spelled))
    return None


def _in_citation(view: View, citation: Citation, offset: int) -> Place | None:
    typed = _typed_span(view.article, citation)
    found = list(_keys(view, citation.span, citation.items, typed))
    for place in found:
        # The @ belongs to the key, for whoever points at it.
        if place.span.start - 2 <= offset <= place.span.end:
            return place
    if offset > typed.end:
        number = _number_at(view.article.text, citation.span, offset)
        if number is not None and (work := view.listed.get(int(number.of(view.article.text)))):
            key = next((one.key for one in found if one.work and one.work.id == work.id), "")
            return Place(span=number, key=key, work=work, kind="number")
    return found[0] if found else None


def _number_at(text: str, inside: Span, offset: int) -> Span | None:
    for found in _NUMBER.finditer(text, inside.start, inside.end):
        if found.start() <= offset <= found.end():
            return Span(found.start(), found.end())
    return None


def _in_list(view: View, bibliography: Bibliography, offset: int) -> Place | None:
    opener = _opener(view.article, bibliography)
    if offset <= opener.end:
        for place in _keys(view, bibliography.span, bibliography.uncited, opener):
            if place.span.start - 2 <= offset <= place.span.end:
                return place
        return None
    for span in _lines(view.article.text, opener.end, bibliography):
        if span.start <= offset <= span.end:
            number = _numbered(span.of(view.article.text))
            work = view.listed.get(number) if number else None
            return Place(span=span, key="", work=work, kind="entry") if work else None
    return None


def _lines(text: str, start: int, bibliography: Bibliography) -> Iterator[Span]:
    while start < bibliography.span.end:
        end = text.find("\n", start, bibliography.span.end)
        end = bibliography.span.end if end < 0 else end
        yield Span(start, end)
        start = end + 1


def _numbered(line: str) -> int | None:
    found = _ENTRY.search(line)
    return int(next(group for group in found.groups() if group)) if found else None
