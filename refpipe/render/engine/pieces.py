"""What the elements hand upwards: text in pieces that remember where they come from.

The engine joins strings and so forgets whether a full stop belongs to a title or to the
style, which is what punctuation and quotation marks depend on.  Here every element gives a
list of pieces, and ``settle`` makes text of them once, at the very end.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from refpipe.render.language import KANA

FIELD, AFFIX, PREFIX, OPEN, CLOSE = range(5)
"""A piece's role: an item's own words; a suffix or delimiter; a prefix; quotation marks."""

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


APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
RAISED = re.compile("([ª²³¹ºʰ-ʸˀˁˠ-ˤۥۦᴬᴭᴮᴰ-ᴺᴼ-ᵍᵏ-ᵡ⁰ⁱ⁴-ⁿ℠™㆒-㆟])")
"""Characters that Unicode holds for raised forms of others."""

_PLAIN = str.maketrans("ˀˁۥۦ", "ʔʕوي")
"""Those of them that Unicode does not say the ordinary letter of."""

_SLANTED = re.compile("[0-9A-Za-z\u00aa-\u10ff\u1e00-\u1fff-]")
"""A letter or digit of a script that has italics."""

_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")

Pieces: TypeAlias = list[Piece]

OPENED = Piece("", 0, OPEN)
CLOSED = Piece("", 0, CLOSE)


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
    return bool((_LATIN if KANA.search(text) else _SLANTED).search(text))


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
