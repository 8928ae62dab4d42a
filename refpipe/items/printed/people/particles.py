"""The small words before a family name, kept apart from it as CSL models them.

``van den Bergh`` is one name to its reader; a registry sorts it under Bergh, and a style may.
A particle that is always printed is CSL's ``non-dropping-particle``
(https://docs.citationstyles.org/en/stable/specification.html#names).
"""

from __future__ import annotations

from refpipe.items.printed.words import word_set

LOWER = word_set(
    """van von vom vander vanden vande der den dem des de del della dello delle degli dei dal dalla
    di da das dos do du la las le los lo li el al ten ter te zu zur zum af av bin ben ibn op in aan
    't ’t 's ’s st st."""
)
"""Dutch, German, Nordic, French, Italian, Spanish, Portuguese and Arabic; told by lower case."""
CAPITAL = word_set("van von vander vanden vande de del ten ter den")
"""Those that count with a capital as well: PubMed files 38 of 39 such names without them.

Of Italian and French ones with a capital (``Di``, ``Della``, ``La``, ``Le``) and of ``El`` and
``Do`` it makes a part of the name.
"""


def apart(name: dict[str, str]) -> dict[str, str]:
    """The name with its particles, if it has any, in a part of their own."""
    words = name.get("family", "").split()
    count = _count(words)
    if not count:
        return name
    particle, family = " ".join(words[:count]), " ".join(words[count:])
    return {"non-dropping-particle": particle, **name, "family": family}


def _count(words: list[str]) -> int:
    """How many words of a family name are particles; one word is always left."""
    count = 0
    while count < len(words) - 1 and _is_particle(words[count], is_first=count == 0):
        count += 1
    # A name that begins with a figure or sign was read wrongly, and is left as it was printed.
    return count if count and words[count][0].isalpha() else 0


def _is_particle(word: str, *, is_first: bool) -> bool:
    folded = word.lower()
    if word == folded:
        return folded in LOWER
    return folded in (CAPITAL if is_first else LOWER)


def joined(name: dict[str, str]) -> str:
    """The family name with its particles, as it is printed."""
    parts = (name.get("non-dropping-particle", ""), name.get("family", ""))
    return " ".join(part for part in parts if part)
