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
        return next(iter(self.all(*tags)), "")


def blocks(
    lines_of_file: Iterable[str], tag: re.Pattern[str], opens: str, closes: str = ""
) -> Iterator[Block]:
    """The entries in the lines of a file, each beginning with the tag ``opens``.

    ``tag`` matches the head of a tagged line, its first group being the tag.  Lines before an
    opening tag belong to the entry that it opens where entries are closed by a tag too, and
    otherwise make one of their own.
    """
    lines: list[Line] = []
    raw: list[str] = []
    start = 1
    is_closed = False
    for number, shown in enumerate(lines_of_file, 1):
        head = tag.match(shown.lstrip("\ufeff"))
        is_begun = not closes or any(line.tag == opens for line in lines)
        if head and lines and (is_closed or (head[1] == opens and is_begun)):
            yield _block(lines, raw, start)
            lines, raw = [], []
        if head:
            value = shown.lstrip("\ufeff")[head.end() :].strip()
            start = number if not lines else start
            lines.append(Line(tag=head[1], value=value, number=number))
            is_closed = bool(closes) and head[1] == closes
        elif lines and shown.strip() and not is_closed:
            last = lines.pop()
            joined = f"{last.value}\n{shown.strip()}" if last.value else shown.strip()
            lines.append(Line(tag=last.tag, value=joined, number=last.number))
        if lines:
            raw.append(shown)
    if lines:
        yield _block(lines, raw, start)


def _block(lines: list[Line], raw: list[str], start: int) -> Block:
    return Block(lines=tuple(lines), raw="\n".join(raw).rstrip(), number=start)
