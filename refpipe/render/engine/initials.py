"""Given names to initials.

Cures the engine's: it drops everything behind a hyphen that has a space beside it, spaces
``A.B.`` by guesswork, and takes a lower-case particle or ``Md.`` for a name to shorten.
"""

from __future__ import annotations

import re

_GAP = re.compile(r"[\s\u00a0]+|[\s\u00a0]*[-‐‑][\s\u00a0]*(?=[^\W\d_])")
_HYPHENS = re.compile(r"[\s\u00a0]*[-‐‑]+[\s\u00a0]*")
_GLUED = re.compile(r"\.(?=[^\s\u00a0.,’'-])")
_LETTER = re.compile(r"[^\W\d_]")


_SHORT_FORMS = frozenset(
    ("Alex", "Archd", "Benj", "Chas", "Danl", "Edwd", "Fredk", "Friedr", "Heinr", "Mohd",
     "Muhd", "Nath", "Robt", "Saml", "Theo", "Thos", "Wilh")
)  # fmt: skip
"""Given names as people have always shortened them; shorter ones need no table.

The English ones as genealogists list them, German ones, and Mohd. and Muhd. for Mohammed.
"""


_BARE = re.compile(r"[A-Z]{2,3}|[BCDFGHJKLMNPQRSTVWXZ]{4}")
"""Initials as indexes write them; longer ones only where no vowel makes a name of them."""


def stopped(given: str) -> str:
    """A given name whose bare initials, ``EJ``, have their stops: ``E.J.``.

    They are known by a family name in small letters beside them, which the caller looks at.
    """
    return "".join(f"{letter}." for letter in given) if _BARE.fullmatch(given) else given


def initials(given: str, mark: str, *, keeps_hyphen: bool = True) -> str:
    """The initials of a given name, each followed by ``mark`` (``. `` or nothing)."""
    if not given or not _LETTER.match(given):
        return given
    if not keeps_hyphen:
        given = given.replace("-", " ").replace("‐", " ").replace("‑", " ")
    parts = _parts(_GLUED.sub(". ", given))
    text = ""
    for word, gap in parts:
        text += _step(word, gap, mark)
    if not mark:
        text = text.replace(" )", ")")
    return re.sub(r"\s*-\s*", "-", re.sub(r"\s+", " ", text)).strip()


def _parts(given: str) -> list[tuple[str, str]]:
    """The words, each with the gap behind it: a space, a hyphen or nothing."""
    parts: list[tuple[str, str]] = []
    start = 0
    for match in _GAP.finditer(given):
        is_hyphen = "-" in _HYPHENS.sub("-", match.group())
        if is_hyphen and given[match.end()].islower():
            continue  # ``Jean-marie`` is one word: a hyphen before a small letter parts nothing.
        parts.append((given[start : match.start()], "-" if is_hyphen else " "))
        start = match.end()
    parts.append((given[start:], ""))
    return [(word, gap) for word, gap in parts if word]


def _step(word: str, gap: str, mark: str) -> str:
    """One word shortened, with the mark and the gap behind it."""
    short = _short(word)
    if short is None:
        return f" {word} "
    if gap == "-":
        return f"{short}{mark.rstrip()}-"
    # Initials stand as close as the mark puts them; the gap between the words is gone.
    return short + mark


def _short(word: str) -> str | None:
    """The initial of a word, or None if it is no name to shorten (``van``, ``(Bob)``)."""
    first = word[0]
    if not first.isalpha() or first.islower():
        return None
    rest = re.match(r"[^\W\d_]*", word[1:])
    letters = rest.group() if rest else ""
    has_stop = word[1 + len(letters) : 2 + len(letters)] == "."
    if letters and has_stop and _is_short_form(first + letters):
        return first + letters
    capitals = ""
    for letter in letters:
        if not letter.isupper():
            break
        capitals += letter
    # ``YUri`` is one sound written with two capitals; ``IVAN`` is only loud.
    return first + (capitals.lower() if len(capitals) < len(letters) else "")


def _is_short_form(word: str) -> bool:
    """True for ``Md``, ``Chr`` and ``Mohd``; ``William`` before a stop is a name with a slip."""
    return len(word) <= 3 or word in _SHORT_FORMS or not word[1:].islower()


def punctuated(given: str, mark: str, *, keeps_hyphen: bool = True) -> str:
    """A given name in full, only its initials written with ``mark``: ``John M.E.``, ``John ME``."""
    if not keeps_hyphen:
        given = _HYPHEN_OF_INITIALS.sub(".", given)
    text = ""
    for word in _WORDS.findall(given):
        bare = word.rstrip(".")
        is_initial = word != bare or (len(bare) == 1 and bare.isupper())
        text += f"{bare}{mark}" if is_initial else f" {bare} "
    return re.sub(r"\s+", " ", text).strip()


_WORDS = re.compile(r"[^\s\u00a0.]+\.?|\.")
_HYPHEN_OF_INITIALS = re.compile(r"\.?[-‐‑](?=[^\W\d_](?:\.|\b))")
