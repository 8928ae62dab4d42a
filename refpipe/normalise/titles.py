"""Titles as they can be compared: the words, and what the notes around them say."""

from __future__ import annotations

import re
from dataclasses import dataclass

from refpipe.normalise import marks
from refpipe.normalise import text as texts
from refpipe.normalise.marks import HEADING_WORDS

_SPREADSHEET = re.compile(r"^#(?:NAME|REF|VALUE|N/A|NULL|DIV/0|NUM)[?!]?$", re.IGNORECASE)
_ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.)\s*$")
LONGEST = 2000
"""Signs of a title that are compared; two that agree so far are one title to any reader."""
_NOTHING = frozenset(("", "no title", "untitled", "not available", "title not available", "na"))


@dataclass(frozen=True, slots=True)
class Title:
    """A title made ready: ``key`` has no spaces, ``marks`` says what kind of thing it heads.

    ``is_cut`` is True where the title ends in an ellipsis; ``was_foreign`` where a database
    put its own translation in brackets or named a language behind it.
    """

    key: str
    words: tuple[str, ...]
    marks: frozenset[str]
    is_cut: bool = False
    was_foreign: bool = False

    @property
    def is_heading(self) -> bool:
        """True for the name of a column, which heads another piece in every issue."""
        if len(self.words) > 7:
            return False
        return sum(w not in HEADING_WORDS and len(w) > 3 for w in self.words) <= 1 and any(
            w in HEADING_WORDS for w in self.words
        )

    @property
    def is_distinctive(self) -> bool:
        """True when hardly two works would be called so."""
        if self.key.isascii():
            return len(self.words) >= 5 and len(self.key) >= 30
        # A kanji says about as much as three letters, and there are no spaces to count words by.
        return len(self.key) + 2 * sum(c > "\u2e80" for c in self.key) >= 30


def title(raw: str) -> Title | None:
    """The folded title, or None where there is none worth the name.

    >>> sorted(title('Erratum to: Disc herniation.').marks)
    ['erratum']
    """
    raw = raw[:LONGEST]
    plain = " ".join(texts.unmarked(raw).split())
    if _SPREADSHEET.match(plain):
        return None
    found, plain = marks.take_notes(plain)
    plain, was_foreign = marks.take_language(plain)
    is_cut = bool(_ELLIPSIS.search(plain))
    if texts.fold(plain) in _NOTHING:
        return None
    lead_marks, plain = marks.take_lead_in(plain)
    words = tuple(texts.fold(plain).split()) or tuple(texts.fold(raw).split())
    if not words:
        return None
    all_marks = found | lead_marks | marks.serial(plain, words)
    return Title("".join(words), words, frozenset(all_marks), is_cut, was_foreign)
