r"""Character offsets and the positions that editors count: lines, and UTF-16 units in them.

The lines are the protocol's (``\n``, ``\r\n``, ``\r``), not Python's, which also ends one at a
form feed or a Unicode line separator.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from lsprotocol.types import Position, PositionEncodingKind, Range

from refpipe.model import Span

_END = re.compile(r"\r\n|\n|\r")


class Lines:
    """A text as an editor counts it."""

    def __init__(self, text: str, encoding: str = PositionEncodingKind.Utf16) -> None:
        self.text = text
        self._encoding = str(getattr(encoding, "value", encoding))
        self._starts = [0, *(found.end() for found in _END.finditer(text))]

    def position(self, offset: int) -> Position:
        """The position of a character offset."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self._starts, offset) - 1
        return Position(line=line, character=self._units(self.text[self._starts[line] : offset]))

    def range(self, span: Span) -> Range:
        """The range of a stretch of the text."""
        return Range(start=self.position(span.start), end=self.position(span.end))

    def offset(self, position: Position) -> int:
        """The character offset of a position; one beyond a line's end is that end."""
        if position.line >= len(self._starts):
            return len(self.text)
        start = self._starts[position.line]
        end = _END.search(self.text, start)
        line = self.text[start : end.start() if end else len(self.text)]
        left = position.character
        for index, letter in enumerate(line):
            if left <= 0:
                return start + index
            left -= self._units(letter)
        return start + len(line)

    def span(self, asked: Range) -> Span:
        """The stretch that a range means."""
        return Span(self.offset(asked.start), self.offset(asked.end))

    def _units(self, text: str) -> int:
        if self._encoding == "utf-32" or text.isascii():
            return len(text)
        if self._encoding == "utf-8":
            return len(text.encode("utf-8", "surrogatepass"))
        return len(text) + sum(letter > "\uffff" for letter in text)
