"""Text case as styles ask for it, over pieces.

Cures the engine's losses: its title case splits a text at spaces and drops the markup, and
its capitalising fails on an empty word.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from refpipe.render.engine.pieces import FIELD, NOCASE, SUBSCRIPT, SUPERSCRIPT, Piece, Pieces, plain

_KEPT = SUPERSCRIPT | SUBSCRIPT | NOCASE

_SMALL_WORDS = frozenset(
    """a about above across after against al along alongside amid among an and apropos around as
    aside at atop before behind below beneath beside besides between beyond but by c ca circa de
    despite down during et except for from given in inside into like near next nor of off on onto
    or out over per plus pro qua sans since so than the through throughout till to toward towards
    under underneath until unto up upon v van versus via von vs with within without yet
    """.split()  # noqa: SIM905 -- a list of a hundred words reads better as a paragraph
)
"""Words that headline capitals leave small, in English and where English titles quote others."""

_WORD = re.compile(r"[^\s\-–—/.,;:?!()\[\]\"“”‘’']+")
_BREAK = re.compile(r"[-–—/.,;:?!()\[\]\"“”‘’']")
_LONE_GREEK = re.compile("[\u0370-\u03ff]\\Z")


def apply(case: str, pieces: Pieces, language: str) -> Pieces:
    """The pieces in another case; title case is for English only."""
    if case == "title":
        return _title(pieces) if language in ("", "en") else pieces
    change = _CHANGES.get(case)
    return pieces if change is None else change(pieces)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _each(pieces: Pieces, change: Callable[[str], str]) -> Pieces:
    return [
        piece if piece.marks & NOCASE else piece._replace(text=change(piece.text))
        for piece in pieces
    ]


def _first(pieces: Pieces) -> Pieces:
    """The pieces with their first letter a capital."""
    for at, piece in enumerate(pieces):
        if piece.text and piece.role == FIELD:
            if piece.marks & NOCASE:
                return pieces
            return [*pieces[:at], piece._replace(text=_capital(piece.text)), *pieces[at + 1 :]]
    return pieces


def _title(pieces: Pieces) -> Pieces:
    """The pieces in headline capitals: every word but the small ones in the middle.

    A word that has a capital somewhere stays as it is; so does what stands raised or lowered.
    """
    whole = plain(pieces)
    last = max((match.start() for match in _WORD.finditer(whole)), default=-1)
    done: list[Piece] = []
    offset = 0
    for piece in pieces:
        done.append(piece if piece.marks & _KEPT else _titled(piece, offset, whole, last))
        offset += len(piece.text)
    return done


def _titled(piece: Piece, offset: int, whole: str, last: int) -> Piece:
    """One piece of a title; ``offset`` is where it begins in the whole."""

    def change(match: re.Match[str]) -> str:
        at = offset + match.start()
        after = whole[at + len(match.group()) :]
        return _title_word(match.group(), whole[:at], after, is_last=at == last)

    return piece._replace(text=_WORD.sub(change, piece.text))


def _title_word(word: str, before: str, after: str, *, is_last: bool) -> str:
    """One word with its capital, if it gets one."""
    if word != word.lower() or _LONE_GREEK.match(word) or before[-1:] in ("’", "'"):
        return word
    head = before.rstrip(' \u00a0"“‘([')
    is_first = not head or head[-1] in ":?!"
    # The first compound of a title is capital in its first half: ``By-Laws``, ``E-Education``.
    is_first = is_first or (after[:1] == "-" and not _BREAK.search(before))
    if is_first or (len(word) > 1 and (is_last or word not in _SMALL_WORDS)):
        return _capital(word)
    return word


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
