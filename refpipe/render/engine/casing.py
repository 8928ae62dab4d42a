"""Text case as styles ask for it, over pieces.

Cures the engine's losses: its title case splits a text at spaces and drops the markup, and
its capitalising fails on an empty word.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from refpipe.render.engine.pieces import FIELD, Piece, Pieces, plain

_STOP_WORDS = frozenset(
    (
        "a an and as at but by down for from in into nor of on onto or over so the till to up via "
        "with yet about above across after against along among around before behind below beneath "
        "beside between beyond despite during except inside like near off out outside past per since "
        "than through throughout toward towards under until upon v versus vs within without"
    ).split()
)
_WORD = re.compile(r"[^\s\-–—/]+")


def apply(case: str, pieces: Pieces, language: str) -> Pieces:
    """The pieces in another case; title case is for English only."""
    if case == "title":
        return _title(pieces) if language in ("", "en") else pieces
    change = _CHANGES.get(case)
    return pieces if change is None else change(pieces)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _each(pieces: Pieces, change: Callable[[str], str]) -> Pieces:
    return [piece._replace(text=change(piece.text)) for piece in pieces]


def _first(pieces: Pieces) -> Pieces:
    """The pieces with their first letter a capital."""
    for at, piece in enumerate(pieces):
        if piece.text and piece.role == FIELD:
            return [*pieces[:at], piece._replace(text=_capital(piece.text)), *pieces[at + 1 :]]
    return pieces


def _title(pieces: Pieces) -> Pieces:
    """The pieces with every word a capital but the small ones in the middle."""
    whole = plain(pieces)
    is_shouting = whole.isupper()
    words = list(_WORD.finditer(whole))
    ends = {words[-1].start()} if words else set()
    done: list[Piece] = []
    offset = 0
    for piece in pieces:
        start = offset

        def change(match: re.Match[str], start: int = start) -> str:
            return _title_word(match.group(), start + match.start(), whole, ends, is_shouting)

        done.append(piece._replace(text=_WORD.sub(change, piece.text)))
        offset += len(piece.text)
    return done


def _title_word(word: str, at: int, whole: str, ends: set[int], is_shouting: bool) -> str:
    if is_shouting:
        word = word.lower()
    if not word.islower():
        return word
    before = whole[:at].rstrip()
    is_first = not before or before[-1] in ":.?!" or at in ends
    return word if word in _STOP_WORDS and not is_first else _capital(word)


def _sentence(pieces: Pieces) -> Pieces:
    """The pieces with a capital first; what is written all in capitals becomes small."""
    return _first(_each(pieces, str.lower) if plain(pieces).isupper() else pieces)


def _words(pieces: Pieces) -> Pieces:
    """The pieces with every word a capital."""
    return _each(pieces, lambda text: _WORD.sub(lambda match: _capital(match.group()), text))


_CHANGES: dict[str, Callable[[Pieces], Pieces]] = {
    "lowercase": lambda pieces: _each(pieces, str.lower),
    "uppercase": lambda pieces: _each(pieces, str.upper),
    "capitalize-first": _first,
    "capitalize-all": _words,
    "sentence": _sentence,
}
