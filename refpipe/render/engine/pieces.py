"""Pieces of text with faces and roles, where in an entry they stand, and how they become runs."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from refpipe.lifetimes import lazy
from refpipe.model import Run
from refpipe.normalise.text import KANA

# ── What the elements hand upwards: text in pieces that remember where they come from ───────────
# The engine joins strings and so forgets whether a full stop belongs to a title or to the style,
# which is what punctuation and quotation marks depend on. Here every element gives a list of
# pieces, and ``settle`` makes text of them once, at the very end.


FIELD, AFFIX, PREFIX, OPEN, CLOSE, BREAK = range(6)
"""A piece's role: an item's own words; a suffix or delimiter; a prefix; quotation marks; the edge
of what a style sets on a line of its own."""

ITALIC, BOLD, SUPERSCRIPT, SUBSCRIPT = 1, 2, 4, 8
UPRIGHT, LIGHT = 32, 64
"""Not faces either: text that a style calls normal stays so in its italics and bold type."""
NOCASE = 16
"""Not a face: text that keeps its capitals and small letters whatever the style asks for."""


class Piece(NamedTuple):
    """A stretch of text with its faces, its role and the address that it leads to."""

    text: str
    marks: int = 0
    role: int = FIELD
    target: str = ""


APOSTROPHE = lazy(r"(?<=\w)'(?=\w)")
RAISED = lazy("([ª²³¹ºʰ-ʸˀˁˠ-ˤۥۦᴬᴭᴮᴰ-ᴺᴼ-ᵍᵏ-ᵡ⁰ⁱ⁴-ⁿ℠™㆒-㆟])")
"""Characters that Unicode holds for raised forms of others."""

_PLAIN = str.maketrans("ˀˁۥۦ", "ʔʕوي")
"""Those of them that Unicode does not say the ordinary letter of."""

_SLANTED = lazy("[0-9A-Za-z\u00aa-\u10ff\u1e00-\u1fff-]")
"""A letter or digit of a script that has italics."""

_KANA = lazy(f"[{KANA}]")
_LATIN = lazy("[A-Za-z\u00c0-\u024f]")

Pieces: TypeAlias = list[Piece]

OPENED = Piece("", 0, OPEN)
CLOSED = Piece("", 0, CLOSE)
BROKEN = Piece("", 0, BREAK)


def plain(pieces: Pieces) -> str:
    """The text of the pieces alone, quotation marks left out."""
    return "".join([piece.text for piece in pieces])


def affixed(pieces: Pieces, prefix: str, suffix: str) -> Pieces:
    """The pieces between a style's prefix and suffix."""
    if prefix:
        pieces = [*_affix(prefix, PREFIX), *pieces]
    if suffix:
        pieces = [*pieces, *_affix(suffix, AFFIX)]
    return pieces


def _affix(text: str, role: int) -> Pieces:
    return [piece._replace(role=role) for piece in raised(APOSTROPHE.sub("’", text))]


def joined(parts: list[Pieces], delimiter: str) -> Pieces:
    """The parts, one after the other, with a style's delimiter between them."""
    if len(parts) == 1:
        return parts[0]
    between = [Piece(delimiter, 0, AFFIX)] if delimiter else []
    whole: Pieces = []
    for position, part in enumerate(parts):
        if position:
            whole += between
        whole += part
    return whole


def marked(pieces: Pieces, marks: int) -> Pieces:
    """The pieces with a face added; what is italic already stands upright in italics, and so bold.

    Words in Chinese, Japanese or Korean writing are never slanted: those scripts have no italics.
    """
    if ITALIC & marks and not _has_italics(pieces):
        marks &= ~ITALIC
    if not marks:
        return pieces
    turning = marks & (ITALIC | BOLD)
    return [
        piece._replace(marks=(piece.marks | _open(marks, piece)) & ~(turning & piece.marks))
        for piece in pieces
    ]


def _open(marks: int, piece: Piece) -> int:
    """Those of the faces that a piece has not been kept from."""
    if piece.marks & UPRIGHT:
        marks &= ~ITALIC
    return marks & ~BOLD if piece.marks & LIGHT else marks


def _has_italics(pieces: Pieces) -> bool:
    """True if there is something to slant: a number alone is nothing beside kana."""
    text = plain(pieces)
    return bool((_LATIN if _KANA.search(text) else _SLANTED).search(text))


def raised(text: str, marks: int = 0) -> Pieces:
    """The text with its raised characters (``²``, ``ª``, ``™``) as raised ordinary ones."""
    if not RAISED.search(text):
        return [Piece(text, marks)]
    return [
        Piece(unicodedata.normalize("NFKC", part.translate(_PLAIN)), marks | SUPERSCRIPT)
        if RAISED.fullmatch(part)
        else Piece(part, marks)
        for part in RAISED.split(text)
        if part
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One name.  ``literal`` is a whole name that is printed as it stands."""

    family: str = ""
    given: str = ""
    dropping: str = ""
    """A particle that falls away in sorting (``de`` in ``de Krom``)."""
    particle: str = ""
    """A particle that stays with the family name (``van der``)."""
    suffix: str = ""
    has_comma: bool = False
    literal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A date as far as it is known, a span of two, or words that stand for one."""

    year: int = 0
    month: int = 0
    day: int = 0
    season: int = 0
    literal: str = ""
    is_circa: bool = False
    end: When | None = None


# ── Where the rendering of one entry stands: the work, and what has been printed of it ──────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One item, made fit for the elements: nothing in it can make them stumble."""

    type: str
    texts: Mapping[str, Pieces]
    """CSL variable → its text; only those that have one."""
    names: Mapping[str, tuple[Person, ...]]
    dates: Mapping[str, When]
    language: str = ""
    endless: frozenset[str] = frozenset()
    """The name variables whose lists go on beyond the names given."""
    role_words: Mapping[str, str] = field(default_factory=dict)
    """Name variable → the word that was printed for its role, where it is none of the style's."""

    def has(self, variable: str) -> bool:
        """True if there is something to print for a variable."""
        return variable in self.texts or variable in self.names or variable in self.dates


@dataclass(frozen=True, slots=True, kw_only=True)
class Cite:
    """What a citation says of one work: its number and the place in it."""

    number: str
    locator: str = ""
    label: str = "page"
    is_spelled: bool = False
    """True where the locator holds its own word (``第3章``) and takes none from the style."""


@dataclass(slots=True)
class Place:
    """The state of one entry while its elements are walked through."""

    reference: Reference
    cite: Cite | None = None
    """Set while a citation is printed, and not for an entry."""
    called: int = 0
    """How many variables the style asked for so far."""
    rendered: int = 0
    """How many of them had something to print."""
    printed: list[str] = field(default_factory=list)
    """Those that had, in the order printed."""
    has_begun: bool = False
    """True once something but the number stands in the entry."""
    stands_in: int = 0
    """How many ``cs:substitute`` are being printed; names in one are used up at once."""
    suppressed: set[str] = field(default_factory=set)
    """Variables that a ``cs:substitute`` has already used up."""

    def found(self, variable: str) -> None:
        """Note that a variable had something to print."""
        self.rendered += 1
        self.has_begun = True
        self.printed.append(variable)


# ── Pieces to text: punctuation that meets, spaces that meet, quotation marks by depth ──────────
# Cures two faults of the engine: it never moves a comma inside a closing quotation mark, and it
# prints the same marks for a quotation inside a quoted title as around it.


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
    is_broken: bool = False
    """Whether what follows would stand on a line of its own: an entry has one line."""

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
        if piece.role == BREAK:
            line.is_broken = line.tail() >= 0
            continue
        if line.is_broken and (piece.text or piece.role == OPEN):
            _part(line, piece)
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


def _part(line: _Line, piece: Piece) -> None:
    """Set what would stand on a line of its own off by a blank, unless punctuation follows."""
    line.is_broken = False
    if piece.text[:1] not in _PUNCTUATION:
        _add(line, Piece(" ", 0, AFFIX))


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
