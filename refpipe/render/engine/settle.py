"""Pieces to text: punctuation that meets, spaces that meet, quotation marks by depth.

Cures two faults of the engine: it never moves a comma inside a closing quotation mark, and it
prints the same marks for a quotation inside a quoted title as around it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from refpipe.model import Run
from refpipe.render.engine.pieces import AFFIX, CLOSE, FIELD, OPEN, PREFIX, Piece, Pieces

_PUNCTUATION = frozenset(".,;:!?")
_MOVES_INSIDE = frozenset(".,!?")
_MEETING = {
    "!.": "!", "!:": "!", "?.": "?", "?:": "?", ":.": ":", ";.": ";", ";:": ";",
    ":!": "!", ":?": "?", ";!": "!", ";?": "?",
}  # fmt: skip
"""Two punctuation marks where a field and the style meet → the one that stays.

Pairs that are not here stand side by side (``?,`` and ``.,``); the same mark twice is one.
"""

_JAPANESE = frozenset("「」『』")
"""Marks that alternate only where they are the locale's own; elsewhere they are plain text."""

_MARKS = ((1, "italic"), (2, "bold"), (4, "superscript"), (8, "subscript"))
_SHOWN = 15
_FACES = [frozenset(name for bit, name in _MARKS if bits & bit) for bits in range(16)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotes:
    """A locale's quotation marks, and whether a comma goes inside the closing one."""

    outer: tuple[str, str] = ("“", "”")
    inner: tuple[str, str] = ("‘", "’")
    is_punctuation_inside: bool = False


@dataclass(slots=True)
class _Line:
    """The text so far, as changeable stretches."""

    quotes: Quotes
    stretches: list[Piece] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)
    """The open quotations, each outer (0) or inner (1)."""

    def tail(self) -> int:
        """The index of the last stretch that shows something, or -1."""
        at = len(self.stretches) - 1
        while at >= 0 and not self.stretches[at].text:
            at -= 1
        return at

    def before_quotes(self) -> int:
        """The index of the last stretch before any closing marks at the end, or -1."""
        at = self.tail()
        while at >= 0 and self.stretches[at].role == CLOSE:
            at -= 1
        return at


def settle(pieces: Pieces, quotes: Quotes) -> tuple[Run, ...]:
    """The pieces as runs of text, with punctuation and quotation marks in their places."""
    line = _Line(quotes)
    is_japanese = quotes.outer[0] == "「"
    for piece in pieces:
        if piece.text in _JAPANESE and not is_japanese:
            _add(line, piece._replace(role=FIELD))
        elif piece.role == OPEN:
            line.levels.append(_level(line, piece))
            line.stretches.append(piece._replace(text=_mark(line, 0)))
        elif piece.role == CLOSE:
            line.stretches.append(piece._replace(text=_mark(line, 1)))
            del line.levels[-1:]
        elif piece.text:
            _add(line, piece)
    return _runs(line.stretches)


def _level(line: _Line, piece: Piece) -> int:
    """Inside outer marks inner ones and the other way round; ``‘`` outside all stays as it is."""
    if line.levels:
        return 1 - line.levels[-1]
    return 1 if piece.text in ("‘", "『") else 0


def _mark(line: _Line, side: int) -> str:
    is_inner = bool(line.levels) and line.levels[-1] == 1
    return (line.quotes.inner if is_inner else line.quotes.outer)[side]


def _add(line: _Line, piece: Piece) -> None:
    """Append a piece, letting its first characters meet what stands there."""
    text = piece.text
    at = line.tail()
    if at >= 0 and piece.role != FIELD:
        text = _meet(line, at, piece)
    if at >= 0 and text[:1] == " " and line.stretches[at].text[-1] == " ":
        last = line.stretches[at]
        if piece.role != FIELD or last.role in (AFFIX, PREFIX):
            text = text[1:]
    if text:
        line.stretches.append(piece if text is piece.text else piece._replace(text=text))


def _meet(line: _Line, at: int, piece: Piece) -> str:
    """What is left of a style's punctuation after meeting what stands before it."""
    text = piece.text
    while text and text[0] in _PUNCTUATION:
        last = line.stretches[at]
        mark = text[0]
        if last.role == CLOSE:
            if not (
                piece.role == AFFIX and line.quotes.is_punctuation_inside and mark in _MOVES_INSIDE
            ):
                return text
            inside = line.before_quotes()
            if inside < 0:
                return text
            _slip_in(line, inside, mark)
            text = text[1:]
            continue
        end = last.text[-1]
        if end == mark:
            text = text[1:]
        elif end + mark in _MEETING:
            line.stretches[at] = last._replace(text=last.text[:-1] + _MEETING[end + mark])
            text = text[1:]
        else:
            return text
    return text


def _slip_in(line: _Line, at: int, mark: str) -> None:
    """Put a mark before the closing quotation marks that follow the stretch ``at``."""
    last = line.stretches[at]
    end = last.text[-1]
    if end == mark:
        return
    if end + mark in _MEETING:
        line.stretches[at] = last._replace(text=last.text[:-1] + _MEETING[end + mark])
        return
    # The mark is the style's: it takes the face of the quotation marks, not of a raised ``1``.
    line.stretches.insert(at + 1, line.stretches[at + 1]._replace(text=mark, role=AFFIX))


def _runs(stretches: list[Piece]) -> tuple[Run, ...]:
    """The stretches with neighbours of one face put together."""
    runs: list[Run] = []
    texts: list[str] = []
    face = (0, "")
    for text, all_marks, _, target in stretches:
        marks = all_marks & _SHOWN
        if (marks, target) != face and texts:
            runs.append(Run("".join(texts), _FACES[face[0]], face[1]))
            texts = []
        face = (marks, target)
        texts.append(text)
    if texts:
        runs.append(Run("".join(texts), _FACES[face[0]], face[1]))
    return tuple(runs)
