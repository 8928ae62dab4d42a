"""Where print and registry say different things of one work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from refpipe import dates, normalise
from refpipe.model import Item


@dataclass(frozen=True, slots=True)
class Difference:
    """One field with both its values."""

    field: str
    printed: str
    registered: str


def differences(printed: Item, registered: Item) -> Iterator[Difference]:
    """The fields that both have and that cannot be the same; a missing one contradicts nothing."""
    yield from _container(printed, registered)
    yield from _year(printed, registered)
    for field in ("volume", "page"):
        ours, theirs = str(printed.get(field, "")), str(registered.get(field, ""))
        if ours and theirs and _first(ours) != _first(theirs):
            yield Difference(field, ours, theirs)
    yield from _author(printed, registered)


def _container(printed: Item, registered: Item) -> Iterator[Difference]:
    ours = _NOISE.sub("", str(printed.get("container-title", "")))
    names = [
        str(registered.get(field, "")) for field in ("container-title", "container-title-short")
    ]
    known = [name for name in names if name]
    told = [ours, *(part for part in ours.split(". ") if len(part.split()) > 1)]
    if not ours or ours[0].isdigit() or not known:
        return
    if not any(is_same_container(one, name) for one in told for name in known):
        yield Difference("container-title", ours, known[0])


_NOISE = re.compile(r"(?:^|\.\s*)published online\b.*$", re.IGNORECASE)
"""What a style prints beside the journal of an article that has no volume yet."""
_SMALL = frozenset(
    ("the", "of", "and", "in", "for", "on", "de", "la", "le", "der", "die", "das", "und", "et", "a")
)
_ABBREVIATIONS = {"jama": "journal american medical association", "bmj": "british medical journal"}


def is_same_container(one: str, other: str) -> bool:
    """Whether two names can be one journal: word for word equal, or the one abbreviated."""
    if one.isascii() != other.isascii():
        return True  # A name and its translation cannot be compared here.
    ours, theirs = _words(one), _words(other)
    if not ours or not theirs or ours == theirs:
        return True
    if len(ours) != len(theirs):
        return _is_acronym(ours, theirs) or _is_acronym(theirs, ours)
    return all(_abbreviates(a, b) or _abbreviates(b, a) for a, b in zip(ours, theirs, strict=True))


def _words(name: str) -> list[str]:
    bare = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", name)
    words = re.findall(r"[^\W_]+", normalise.fold(bare))
    return [word for word in words if word not in _SMALL]


def _abbreviates(short: str, long: str) -> bool:
    """Whether a word can be another's abbreviation: same head, letters in order."""
    if long.startswith(short):
        return True
    rest = iter(long)
    return short[0] == long[0] and all(letter in rest for letter in short)


def _is_acronym(short: list[str], long: list[str]) -> bool:
    """Whether one word stands for all the initials of the other name."""
    if len(short) != 1:
        return False
    whole = _ABBREVIATIONS.get(short[0], "").split()
    return short[0] == "".join(word[0] for word in long) or long[: len(whole)] == whole != []


def _year(printed: Item, registered: Item) -> Iterator[Difference]:
    """Years further apart than print and online ever honestly are."""
    ours = dates.from_parts(printed.get("issued", {}).get("date-parts"))
    if ours is None:
        return
    theirs = [
        known.year
        for field in ("issued", "published-print", "published-online")
        if (known := dates.from_parts((registered.get(field) or {}).get("date-parts")))
    ]
    if theirs and all(abs(ours.year - year) > 1 for year in theirs):
        yield Difference("year", str(ours.year), str(theirs[0]))


def _first(place: str) -> str:
    """The first number of a volume or a page range, without leading zeros, with its letter."""
    found = re.match(r"\W*([^\W\d_]*)0*(\d+)", normalise.fold(place))
    return found[1] + found[2] if found else normalise.fold(place)


def _author(printed: Item, registered: Item) -> Iterator[Difference]:
    """First authors whose family names share nothing."""
    ours, theirs = _family(printed), _family(registered)
    if not ours or not theirs or ours.isascii() != theirs.isascii():
        return
    one, other = (normalise.squeeze(name) for name in (ours, theirs))
    if one not in other and other not in one:
        yield Difference("author", ours, theirs)


def _family(item: Item) -> str:
    """The first author's family name with its particle; empty for a group or for none."""
    authors = item.get("author") or []
    if not authors:
        return ""
    first = authors[0]
    parts = (first.get("non-dropping-particle", ""), first.get("family", ""))
    return " ".join(part for part in parts if part)
