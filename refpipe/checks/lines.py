"""From an offset in a text to the line and column that a person counts."""

from __future__ import annotations

from bisect import bisect_right


class Lines:
    """The beginnings of a text's lines, found when somebody first asks."""

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] | None = None

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column of the character at ``offset``, both counted from 1."""
        starts = self._lines()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def text(self, line: int) -> str:
        """The line with this number, without its line break; empty where there is none."""
        starts = self._lines()
        if not 1 <= line <= len(starts):
            return ""
        end = starts[line] if line < len(starts) else len(self._text)
        return self._text[starts[line - 1] : end].rstrip("\r\n")

    def _lines(self) -> list[int]:
        if self._starts is None:
            starts = [0]
            find = self._text.find
            position = find("\n")
            while position >= 0:
                starts.append(position + 1)
                position = find("\n", position + 1)
            self._starts = starts
        return self._starts
