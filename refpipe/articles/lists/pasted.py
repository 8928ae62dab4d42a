"""A pasted list cut into references: by blank lines where there are any, else by its shape."""

from __future__ import annotations

import re

from refpipe.articles.lists import candidates, labels
from refpipe.articles.lists.legacy_list import STRONG, reference_score
from refpipe.articles.lists.units import Unit
from refpipe.items import printed
from refpipe.model import Span

_BLANK = re.compile(r"\n[ \t\u3000\r]*\n\s*")
_WORDS = re.compile(r"[^\W\d_]{3}|[\u3040-\u30ff\u3400-\u9fff]")
_LONG = 700
"""Signs behind which a reference is taken to be whole although it does not read so."""
_LINE = re.compile(r"[^\n]+")


def split(text: str) -> tuple[Span, ...]:
    """Where each reference of a pasted list stands, wrapped lines and label included.

    Blank lines part references where there are any; a block of them is cut further only when
    its lines carry the numbers 1, 2, 3 …  Without blank lines the numbers part them, or else
    each line that begins with names when the one before is complete.
    """
    blocks = _blocks(text)
    if len(blocks) > 1:
        return tuple(span for block in blocks for span in _numbered(text, block) or (block,))
    return tuple(
        span for block in blocks for span in _numbered(text, block) or _unnumbered(text, block)
    )


def _blocks(text: str) -> list[Span]:
    """The stretches between blank lines, without a heading at the top."""
    found: list[Span] = []
    position = 0
    for gap in [*(match.span() for match in _BLANK.finditer(text)), (len(text), len(text))]:
        block = _stripped(text, position, gap[0])
        position = gap[1]
        if block is None:
            continue
        if not found:
            block = _without_heading(text, block)
        elif not _WORDS.search(block.of(text)) and not block.of(text)[0].isalpha():
            # A blank line inside a reference leaves nothing but the end of a number behind it.
            block = Span(found.pop().start, block.end)
        if block is not None:
            found.append(block)
    return found


def _stripped(text: str, start: int, end: int) -> Span | None:
    part = text[start:end]
    left = start + len(part) - len(part.lstrip())
    right = start + len(part.rstrip())
    return Span(left, right) if right > left else None


def _without_heading(text: str, block: Span) -> Span | None:
    line_end = text.find("\n", block.start, block.end)
    line_end = block.end if line_end < 0 else line_end
    line = text[block.start : line_end].strip()
    unit = Unit(start=0, end=0, outer_start=0, outer_end=0, text=line)
    return _stripped(text, line_end, block.end) if candidates.is_heading(unit) else block


def _lines(text: str, block: Span) -> list[Span]:
    spans = (
        _stripped(text, match.start(), match.end())
        for match in _LINE.finditer(text, block.start, block.end)
    )
    return [span for span in spans if span is not None]


def _numbered(text: str, block: Span) -> tuple[Span, ...]:
    """The references of a block whose lines are numbered from its first line on."""
    lines = _lines(text, block)
    first = labels.read(lines[0].of(text))
    if first is None or (first.number > 1 and len(lines) < 2):
        return ()
    starts = [0]
    last = first
    for index, line in enumerate(lines[1:], 1):
        label = labels.read(line.of(text))
        is_next = (
            label is not None and label.style == last.style and label.number == last.number + 1
        )
        if label is not None and is_next and len(line.of(text)) > label.length + 8:
            starts.append(index)
            last = label
    if len(starts) < 2:
        return ()
    ends = [*starts[1:], len(lines)]
    return tuple(
        Span(lines[start].start, lines[end - 1].end)
        for start, end in zip(starts, ends, strict=True)
    )


def _unnumbered(text: str, block: Span) -> tuple[Span, ...]:
    """The references of a block without numbers and blank lines."""
    lines = _lines(text, block)
    strong = [reference_score(line.of(text)) >= STRONG for line in lines]
    if sum(strong) * 10 >= len(lines) * 8:
        return tuple(lines)
    found: list[Span] = []
    for line, is_strong in zip(lines, strong, strict=True):
        if not found or not _begins(text, found[-1], line, is_strong=is_strong):
            found[-1:] = [Span(found[-1].start, line.end)] if found else [line]
        else:
            found.append(line)
    return tuple(found)


def _begins(text: str, before: Span, line: Span, *, is_strong: bool) -> bool:
    """Whether a line begins a new reference."""
    shown = line.of(text)
    if labels.bullet(shown):
        return True
    if not shown[:1].isupper() and shown[:1].isascii() and shown[:1] not in '“"[':
        return False
    if not _is_complete(before.of(text)):
        return False
    return is_strong or _has_names_first(shown)


def _is_complete(reference: str) -> bool:
    """Whether nothing that a reference needs is still to come."""
    if len(reference) > _LONG:
        return reference.rstrip()[-1] in ".)]" or reference.rstrip()[-1].isdigit()
    item = printed.remembered(reference).reading.item
    is_placed = "volume" in item or "page" in item or "publisher" in item
    return "title" in item and (is_placed or "DOI" in item or "URL" in item or "PMID" in item)


def _has_names_first(line: str) -> bool:
    authors = printed.remembered(line).reading.item.get("author") or []
    return any("given" in name or "literal" in name for name in authors)
