"""People's names as they can be compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
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
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_JUNIOR = frozenset(("jr", "sr", "ii", "iii", "iv", "2nd", "3rd", "md", "phd"))


@dataclass(frozen=True, slots=True)
class Name:
    """One person: the family squeezed, the initials, and every whole word of the name."""

    family: str
    initials: str
    words: tuple[str, ...]


def name(person: Mapping[str, Any]) -> Name:
    """The folded form of a CSL name."""
    if literal := person.get("literal"):
        return _from_literal(str(literal))
    particle = person.get("non-dropping-particle")
    family = str(person.get("family") or "")
    return _from_parts(
        f"{particle} {family}" if particle else family, str(person.get("given") or "")
    )


@lru_cache(maxsize=32_768)
def _from_parts(family: str, given: str) -> Name:
    parts = [w for w in texts.fold(family).split() if w not in _JUNIOR]
    given_words = _given_words(given) if given else []
    words = tuple(w for w in (*parts, *given_words) if len(w) > 1 and w not in PARTICLES)
    core = [w for w in parts if w not in PARTICLES] or parts
    if given_words and _IDEOGRAPHS.match(family):
        # Print does not part a Japanese name, so the whole of it is one of its words as well.
        words += ("".join((*core, *given_words)),)
    return Name("".join(core), "".join(w[0] for w in given_words), words)


def _given_words(given: str) -> list[str]:
    """The words of a given name; ``JM`` and ``J.-M.`` are two of one letter each."""
    if len(given) < 9 and given.isascii() and given.isupper():
        # Nothing but initials, the commonest form in databases of medicine.
        bare = given.replace(".", " ").replace("-", " ").split()
        return [w.lower() for w in bare for w in (w if len(w) <= 3 else (w,))]
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
