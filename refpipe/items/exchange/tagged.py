"""Files of tagged lines (RIS, NBIB, Refer): a tag, a value, and lines that go on with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One tag with its value; what stood on following lines is separated by line breaks."""

    tag: str
    value: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The lines of one entry, and its text."""

    lines: tuple[Line, ...]
    raw: str
    number: int

    def all(self, *tags: str) -> list[str]:
        """The values of the tags that are not empty, tag by tag in the order asked for."""
        return [line.value for tag in tags for line in self.lines if line.tag == tag and line.value]

    def first(self, *tags: str) -> str:
        """The first of them, or nothing."""
        for tag in tags:
            for line in self.lines:
                if line.tag == tag and line.value:
                    return line.value
        return ""


def blocks(
    lines_of_file: Iterable[str], tag: re.Pattern[str], opens: str, closes: str = ""
) -> Iterator[Block]:
    """The entries in the lines of a file, each beginning with the tag ``opens``.

    ``tag`` matches the head of a tagged line, its first group being the tag.  Lines before an
    opening tag belong to the entry that it opens where entries are closed by a tag too, and
    otherwise make one of their own.  In a file that begins so and does not close its entries, the
    lines behind the last blank one belong to the entry that comes.
    """
    lines: list[Line] = []
    raw: list[str] = []
    start = 1
    is_closed = is_late = is_begun = False
    is_first = True
    blank = (0, 0)
    for number, shown in enumerate(lines_of_file, 1):
        head = tag.match(shown.lstrip("\ufeff"))
        if head and lines and (is_closed or (head[1] == opens and (is_begun or not closes))):
            is_split = is_late and not is_closed and blank[0]
            kept, kept_raw = blank if is_split else (len(lines), len(raw))
            yield _block(lines[:kept], raw[:kept_raw], start)
            lines, raw, blank = lines[kept:], raw[kept_raw:], (0, 0)
            start = lines[0].number if lines else start
            is_begun = any(line.tag == opens for line in lines)
        if head:
            is_begun = is_begun or head[1] == opens
            value = shown.lstrip("\ufeff")[head.end() :].strip()
            start = number if not lines else start
            is_late, is_first = is_late or (is_first and head[1] != opens), False
            lines.append(Line(tag=head[1], value=value, number=number))
            is_closed = bool(closes) and head[1] == closes
        elif lines and shown.strip() and not is_closed:
            last = lines.pop()
            joined = f"{last.value}\n{shown.strip()}" if last.value else shown.strip()
            lines.append(Line(tag=last.tag, value=joined, number=last.number))
        elif lines and not shown.strip():
            blank = (len(lines), len(raw) + 1)
        if lines:
            raw.append(shown)
    if lines:
        yield _block(lines, raw, start)


def _block(lines: list[Line], raw: list[str], start: int) -> Block:
    return Block(lines=tuple(lines), raw="\n".join(raw).rstrip(), number=start)
