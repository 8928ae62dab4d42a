"""Whether two names are one journal's or book's: abbreviated, translated, or a part of another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from rapidfuzz.distance import Indel

from refpipe import normalise
from refpipe.model import Item

__all__ = ["Likeness", "compare", "known"]


class Likeness(StrEnum):
    """How two names of containers stand to one another; the best comes first."""

    SAME = ""
    UNKNOWN = "unknown"
    """No name at all, or a name and its translation: nothing that can be compared."""
    SECTION = "section"
    """The one is the other with a section or subtitle set off by a colon or dash."""
    PART = "part"
    """The one is the other with words behind it: mostly another journal."""
    OTHER = "other"


_ORDER = tuple(Likeness)
_VARIABLES = ("container-title", "container-title-short", "collection-title")
_NOISE = re.compile(r"(?:^|\.\s*)published online\b.*$|^in\s+(?=[A-Z])", re.IGNORECASE)
"""What a style prints beside the name."""
_SMALL = frozenset(
    ("the", "of", "and", "in", "for", "on", "de", "la", "le", "der", "die", "das", "und", "et",
     "a", "an", "to", "du", "des", "del", "di", "fur", "van", "voor", "da", "do", "part",
     "section", "series", "sect", "ser", "online", "print")
)  # fmt: skip
"""Words that abbreviations leave out."""
_SPELT_OUT = {"jama": "journal american medical association", "bmj": "british medical journal",
              "pnas": "proceedings national academy sciences"}  # fmt: skip
_NOT_LATIN = re.compile(r"[\u0370-\u052f\u0590-\u07ff\u0900-\u1fff\u3040-\u9fff\uac00-\ud7af]")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SET_OFF = re.compile(r"\s*[:;=]\s+|\s+[-\u2013\u2014/]\s+|[\u2013\u2014]|-(?=[A-Z])|\s?:\s?")
"""What sets a section or a subtitle off."""
_SUBTITLE = re.compile(r"[a-z]|(?i:the|an?|official|revue|zeitschrift|organ)\b")
"""How a subtitle begins; a section begins with a name in capitals."""
_ACRONYM = re.compile(r"^[A-Z]{3,6}\s+(?=\S+\s+\S+\s+\S)")
"""An acronym before the name that it stands for, as in ``AJR Am J Roentgenol``."""
_EQUAL = 0.93
"""How much of two names' letters has to be alike for a slip of the pen."""


def known(item: Item) -> tuple[str, ...]:
    """Every name that an item has for its container, those of its twins included."""
    custom = item.get("custom")
    twin = custom.get("twin") if isinstance(custom, Mapping) else None
    twins = twin if isinstance(twin, list | tuple) else (twin,)
    sources = [item, *(one for one in twins if isinstance(one, Mapping))]
    names = [str(source.get(name) or "") for source in sources for name in _VARIABLES]
    return tuple(dict.fromkeys(normalise.host(name).name for name in names if name))


def compare(stated: Sequence[str], found: Sequence[str]) -> Likeness:
    """The best that any two of the names give."""
    pairs = (
        _pair(one, other)
        for mine in stated
        for one in _forms(_NOISE.sub("", mine), r"\. ")
        for theirs in found
        for other in _forms(theirs)
    )
    return min(pairs, key=_ORDER.index, default=Likeness.SAME)


def _forms(name: str, sign: str = "") -> Iterator[str]:
    """The name and, where it holds another one in brackets or behind a sign, that one too."""
    bare = _BRACKETED.sub(" ", name).strip()
    yield bare if re.search(r"[^\W\d_]", bare) else name
    if _ACRONYM.match(bare):
        yield _ACRONYM.sub("", bare)
    yield from (part[1:-1] for part in _BRACKETED.findall(name) if len(part.split()) > 1)
    for part in re.split(sign, bare)[1:] if sign else ():
        if part.strip():
            yield part
    yield from (part for part in re.split(r"\s+[/=]\s+", bare)[1:] if part.strip())


def _pair(one: str, other: str) -> Likeness:
    if len(re.findall(r"[^\W\d_]", one)) < len(re.findall(r"\d", one)) + 2:
        return Likeness.UNKNOWN  # Nothing but a note or a number: there is no name to compare.
    if bool(_NOT_LATIN.search(one)) != bool(_NOT_LATIN.search(other)):
        return Likeness.UNKNOWN
    best = _by_words(_words(one), _words(other))
    if best in {Likeness.PART, Likeness.OTHER} and "-" in one + other:
        joined = (_words(name.replace("-", "")) for name in (one, other))
        best = min(best, _by_words(*joined), key=_ORDER.index)
    return _set_off(one, other) if best is Likeness.PART else best


def _set_off(one: str, other: str) -> Likeness:
    """What the words are that only the longer name has."""
    long, short = (one, other) if len(_words(one)) > len(_words(other)) else (other, one)
    for sign in _SET_OFF.finditer(long):
        head, rest = long[: sign.start()], long[sign.end() :]
        if _by_words(_words(head), _words(short)) is Likeness.SAME:
            return Likeness.SAME if _SUBTITLE.match(rest) else Likeness.SECTION
    return Likeness.PART


def _by_words(ours: Sequence[str], theirs: Sequence[str]) -> Likeness:
    if not ours or not theirs or "".join(ours) == "".join(theirs):
        return Likeness.SAME
    if _is_acronym(ours, theirs) or _is_acronym(theirs, ours):
        return Likeness.SAME
    if _alike("".join(ours), "".join(theirs)):
        return Likeness.SAME
    short, long = sorted((ours, theirs), key=len)
    if not all(_is_one(a, b) for a, b in zip(short, long, strict=False)):
        return Likeness.OTHER
    return Likeness.SAME if len(short) == len(long) else Likeness.PART


def _alike(one: str, other: str) -> bool:
    """Whether two long names are one but for a slip of the pen."""
    return min(len(one), len(other)) >= 12 and Indel.normalized_similarity(one, other) >= _EQUAL


def _words(name: str) -> list[str]:
    words = normalise.fold(name).split()
    return [word for word in words if word not in _SMALL] or words


def _is_one(one: str, other: str) -> bool:
    return _abbreviates(one, other) or _abbreviates(other, one)


def _abbreviates(short: str, long: str) -> bool:
    """Whether a word can be another's abbreviation: same head, letters in order."""
    if long.startswith(short):
        return True
    rest = iter(long)
    return short[0] == long[0] and all(letter in rest for letter in short)


def _is_acronym(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether one word stands for all the initials of the other name."""
    if len(short) != 1:
        return False
    whole = _SPELT_OUT.get(short[0], "").split()
    return short[0] == "".join(word[0] for word in long) or list(long[: len(whole)]) == whole != []
