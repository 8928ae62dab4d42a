"""What stands between names and numbers: the title, and the container or the imprint."""

from __future__ import annotations

import re

from refpipe.items.printed import quotes
from refpipe.items.printed.articles import article_imprint as books
from refpipe.items.printed.articles import split as splits
from refpipe.items.printed.articles.head import YEAR
from refpipe.items.printed.figures.numbers import Numbers
from refpipe.items.printed.nouns import Draft, Head, Part
from refpipe.items.printed.people import western_names as name_lists

Stretch = tuple[int, int, float] | None
"""Start, end and confidence of a text field."""

_EDITED_BY = re.compile(r"[\s.,]*(?:Edited by|Eds?\.|Edited and translated by)\s(?=[A-Z])")


def read(
    text: str, masked: str, head: Head, tail: Numbers, draft: Draft
) -> tuple[Stretch, Stretch]:
    """Title and container: (start, end, confidence) each, or None."""
    if head.title:
        return _untitled(masked, head, tail)
    found = quotes.quoted(text, head.end, tail.start)
    if found:
        begin = _after_editors(masked, found[1], tail.start, draft)
        _late_year(masked, head, begin, tail)
        return (*found[0], 0.97), _container(masked, max(begin, head.end), tail.start, 0.93)
    return _unquoted(masked, head, tail, draft)


def _after_editors(masked: str, start: int, end: int, draft: Draft) -> int:
    """Where the container begins behind "Edited by …"; its editors become a part."""
    marked = _EDITED_BY.match(masked, start, end)
    if not marked:
        return start
    for stop in re.compile(r"(?<=[^\W\d_]{2})\.\s(?=[A-Z])").finditer(masked, marked.end(), end):
        names = name_lists.within(masked, marked.end(), stop.start(), is_certain=True)
        if names is None:
            break
        draft.parts.append(
            Part(
                name="editor", value=[dict(name) for name in names.names],
                start=names.start, end=names.end, confidence=0.8,
            )
        )  # fmt: skip
        return stop.end()
    return start


def _untitled(masked: str, head: Head, tail: Numbers) -> tuple[Stretch, Stretch]:
    """Text, year, text: a single author and a title, or a title and its container."""
    before_year = head.title or (0, 0)
    parted = splits.split(masked, head.end, tail.start, has_comma_style=False)
    before = masked[slice(*before_year)]
    if parted and parted.score > -2 and len(before.split()) <= 4:
        head.names = name_lists.within(masked, *before_year)
        head.confidence = 0.75
        title = (head.end, parted.title_end, 0.8)
        return title, _container(masked, parted.container_start, tail.start, 0.8)
    return (*before_year, 0.8), _container(masked, head.end, tail.start, 0.85)


def _late_year(masked: str, head: Head, begin: int, tail: Numbers) -> None:
    """A year straight behind the quoted title of a work without authors."""
    match = re.compile(rf"[\s.,]*({YEAR})([a-z])?\.\s+(?=\S)").match(masked, begin, tail.start)
    if match and head.year is None:
        head.year = (match[1], *match.span(1))
        head.end = match.end()
        if "year" in tail.found:
            del tail.found["year"]


def _unquoted(masked: str, head: Head, tail: Numbers, draft: Draft) -> tuple[Stretch, Stretch]:
    start, end = head.end, tail.start
    imprint = (
        books.read(masked, start, end) if not {"volume", "issue"} & tail.found.keys() else None
    )
    if imprint:
        draft.parts.extend(imprint.parts)
        return _of_book(masked, start, imprint.start, draft)
    parted = splits.split(masked, start, end, has_comma_style=head.has_comma_style)
    has_numbers = any(name in tail.found for name in ("volume", "page", "issue"))
    threshold = -6.0 if has_numbers else (-2.0 if head.year else 1.0)
    if parted is None or parted.score < threshold:
        if has_numbers and _is_container_alone(masked, start, end):
            return None, _container(masked, start, end, 0.7)
        return (start, end, 0.7 if not has_numbers else 0.5), None
    confidence = max(0.35, min(0.96, 0.6 + 0.06 * parted.score))
    draft.kind = "chapter" if parted.is_in else ""
    return (
        (start, parted.title_end, confidence),
        _container(masked, parted.container_start, end, confidence),
    )


def _of_book(masked: str, start: int, end: int, draft: Draft) -> tuple[Stretch, Stretch]:
    """The title of a book, or those of a chapter and its book."""
    introduced = re.compile(r"[.?!,]\s+In\s?:?\s+(?=[A-Z])").search(masked, start, end)
    if introduced is None:
        draft.kind = "book"
        return (start, end, 0.8), None
    draft.kind = "chapter"
    begin = introduced.end()
    names = name_lists.scan(masked, begin)
    if names and (names.are_editors or len(names.names) > 1):
        draft.parts.append(
            Part(
                name="editor", value=[dict(name) for name in names.names],
                start=names.start, end=names.end, confidence=0.75,
            )
        )  # fmt: skip
        begin = names.end
    return (start, introduced.start(), 0.85), _container(masked, begin, end, 0.75)


def _is_container_alone(masked: str, start: int, end: int) -> bool:
    """Whether no title was printed, as physicists do: authors, journal, numbers."""
    words = masked[start:end].split()
    return 0 < len(words) <= 8 and all(splits.evidence_of(word) > -0.5 for word in words)


def _container(masked: str, start: int, end: int, confidence: float) -> Stretch:
    """The container without the signs around it, or None where nothing is left."""
    while start < end and masked[start] in ' ,.;:-–)]”"’':
        start += 1
    introduced = re.compile(r"In\s?:\s*").match(masked, start, end)
    if introduced:
        start = introduced.end()
    while end > start and masked[end - 1] in " ,;:-–(":
        end -= 1
    if end > start and masked[end - 1] == "." and not _has_inner_stop(masked[start : end - 1]):
        end -= 1
    return (start, end, confidence) if end > start else None


def _has_inner_stop(text: str) -> bool:
    return re.search(r"\.(?:\s|$|\w)", text) is not None
