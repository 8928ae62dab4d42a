"""Readable names for works: ``modic2005``, ``modic2005a``, ``山田2019``.

A name is given once and stored as a ``NAME`` decision; from then on it is only read.  When two
branches gave one name to two works, the earlier decision keeps it, and the other work gets the
next free name, the same on whichever side the branches are merged.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from refpipe import dates
from refpipe.model import Item

_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = frozenset(
    {"a", "an", "and", "for", "from", "in", "of", "on", "the", "to", "with", "der", "die", "das"}
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LONGEST = 24


def base(item: Item) -> str:
    """The name that the work would have if it were alone: first author and year.

    Without an author the first telling word of the title stands in, or of the address, and without
    a year nothing.
    """
    telling = _author(item) or _title_word(item) or _word_of(item.get("URL"))
    return (telling or "work") + str(dates.year_of(item) or "")


def free(wanted: str, is_taken: Callable[[str], bool]) -> str:
    """``wanted``, or with the first letter behind it that nobody has."""
    return next(name for name in variants(wanted) if not is_taken(name))


def variants(wanted: str) -> Iterator[str]:
    """``wanted`` and what comes after it: ``…a`` to ``…z``, then ``…aa`` and so on."""
    joint = "" if wanted[-1:].isdigit() else "-"
    yield wanted
    for number in count():
        yield wanted + joint + _letters(number)


def _letters(number: int) -> str:
    rest, last = divmod(number, len(_LETTERS))
    return (_letters(rest - 1) if rest else "") + _LETTERS[last]


def _author(item: Item) -> str:
    for role in ("author", "editor"):
        names = item.get(role)
        if isinstance(names, list) and names and isinstance(names[0], dict):
            return _surname(names[0])
    return ""


def _surname(name: dict[str, Any]) -> str:
    family = name.get("family")
    if isinstance(family, str) and _fold(family):
        particle = name.get("non-dropping-particle")
        return _fold(f"{particle if isinstance(particle, str) else ''}{family}")[:_LONGEST]
    literal = name.get("literal")
    if not isinstance(literal, str):
        return ""
    words = [_fold(word) for word in literal.split()]
    telling = [word for word in words if word and word not in _SMALL]
    return telling[0][:_LONGEST] if telling else ""


def _title_word(item: Item) -> str:
    return _word_of(item.get("title"))


_SCHEME = re.compile(r"\bhttps?://(?:www\.)?|^\W*www\.", re.IGNORECASE)
"""What every address begins with, and tells no work from another."""


def _word_of(text: object) -> str:
    if not isinstance(text, str):
        return ""
    words = (_fold(word) for word in _WORD.findall(_SCHEME.sub("", _TAG.sub("", text))))
    return next((word[:_LONGEST] for word in words if word and word not in _SMALL), "")


def _fold(text: str) -> str:
    """Lower-case letters and digits without accents; kanji and kana stay as they are."""
    special = text.casefold().replace("ß", "ss").replace("ø", "o").replace("ł", "l")
    special = special.replace("æ", "ae").replace("œ", "oe").replace("đ", "d")
    decomposed = unicodedata.normalize("NFKD", special)
    bare = "".join(char for char in decomposed if not "\u0300" <= char <= "\u036f")
    return "".join(char for char in unicodedata.normalize("NFC", bare) if char.isalnum())
