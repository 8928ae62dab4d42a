"""People's names as they can be compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from refpipe.normalise import text as texts

PARTICLES = frozenset(
    [
        "a",
        "af",
        "al",
        "ap",
        "ben",
        "bin",
        "d",
        "da",
        "das",
        "de",
        "del",
        "della",
        "den",
        "der",
        "des",
        "di",
        "do",
        "dos",
        "du",
        "e",
        "el",
        "la",
        "las",
        "le",
        "li",
        "lo",
        "los",
        "mac",
        "mc",
        "of",
        "san",
        "st",
        "ten",
        "ter",
        "the",
        "van",
        "vande",
        "vanden",
        "vander",
        "vom",
        "von",
        "y",
        "zu",
        "zum",
        "zur",
    ]
)
_CAMEL = re.compile(r"(?<=[a-zß-ÿ]{3})(?=[A-ZÀ-Þ])")
_JUNIOR = frozenset(("jr", "sr", "ii", "iii", "iv", "2nd", "3rd", "md", "phd"))


@dataclass(frozen=True, slots=True)
class Name:
    """One person: the family squeezed, the initials, and every whole word of the name."""

    family: str
    initials: str
    words: tuple[str, ...]


def name(person: Mapping[str, Any]) -> Name:
    """The folded form of a CSL name."""
    literal = str(person.get("literal") or "")
    if literal:
        return _from_literal(literal)
    given = str(person.get("given") or "")
    particle = str(person.get("non-dropping-particle") or "")
    family = f"{particle} {person.get('family') or ''}"
    parts = [w for w in texts.fold(family).split() if w not in _JUNIOR]
    given_words = _given_words(given)
    words = tuple(w for w in (*parts, *given_words) if len(w) > 1 and w not in PARTICLES)
    core = [w for w in parts if w not in PARTICLES] or parts
    return Name("".join(core), "".join(w[0] for w in given_words), words)


def _given_words(given: str) -> list[str]:
    """The words of a given name; ``JM`` and ``J.-M.`` are two of one letter each."""
    words: list[str] = []
    for word in re.split(r"[\s.,\-‐]+", given):
        folded = texts.fold(word)
        is_initials = word.isupper() and len(word) <= 3
        words.extend(folded.replace(" ", "") if is_initials else folded.split())
    return [w for w in words if w not in _JUNIOR]


def _from_literal(literal: str) -> Name:
    apart = _CAMEL.sub(" ", literal)
    words = tuple(w for w in texts.fold(apart).split() if len(w) > 1 and w not in PARTICLES)
    return Name("".join(words[:1]), "", words)
