"""The imprint of a book in a Western reference: edition, place and publisher."""

from __future__ import annotations

import re
from dataclasses import dataclass

from refpipe.items.printed.nouns import Part
from refpipe.items.printed.words import ORGANISATION_WORDS, PLACES, PUBLISHER_WORDS

_PLACE_FIRST = re.compile(
    r"(?:(?<=[.,;)\]])|(?<=[.?!)]\s))\s*(?P<place>[A-Z][^\W\d_]+(?:[\s-][A-Z][^\W\d_]+){0,2}(?:,\s[A-Z][\w.]{1,14})?)"
    r"\s?:\s?(?P<publisher>[A-Z][^:;]{2,80}?)[.,;]*\s*$"
)
_PUBLISHER_FIRST = re.compile(
    r"(?<=[.)?!])\s+(?P<publisher>[A-Z][^:;.,]{2,50}(?:,\sInc\.)?),\s"
    r"(?P<place>[A-Z][^\W\d_]+(?:[\s-][A-Z][^\W\d_]+){0,2}(?:,\s[A-Z][\w.]{1,14})?)[.,;]*\s*$"
)
_EDITION = re.compile(
    r"[\s,.(]+(?P<edition>(?:\d{1,2}(?:st|nd|rd|th)|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Rr]ev(?:ised)?\.?)\s"
    r"(?:ed(?:ition|n)?\b\.?))\)?"
)
_LONGEST = 140


@dataclass(frozen=True, slots=True)
class Imprint:
    """Where the imprint begins, and its parts."""

    start: int
    parts: tuple[Part, ...]


def read(shape: str, start: int, end: int) -> Imprint | None:
    """The imprint at the end of ``shape[start:end]``; None where there is none."""
    floor = max(start, end - _LONGEST)
    for pattern in (_PLACE_FIRST, _PUBLISHER_FIRST):
        for match in pattern.finditer(shape, floor, end):
            if _is_imprint(match["place"], match["publisher"]):
                return _imprint(shape, start, match)
    return None


def _is_imprint(place: str, publisher: str) -> bool:
    cities = [word.lower() for word in re.findall(r"[^\W\d_]+", place.split(",", maxsplit=1)[0])]
    words = {word.lower().strip(".,&") for word in publisher.split()}
    is_house = bool(words & (PUBLISHER_WORDS | ORGANISATION_WORDS))
    return all(city in PLACES for city in cities) or is_house


def _imprint(shape: str, start: int, match: re.Match[str]) -> Imprint:
    parts = [
        Part(
            name=name,
            value=match[group].strip(" ,."),
            start=match.start(group),
            end=match.end(group),
            confidence=0.85,
        )
        for name, group in (("publisher-place", "place"), ("publisher", "publisher"))
    ]
    begin = match.start()
    editions = list(_EDITION.finditer(shape, start, begin + 1))
    edition = editions[-1] if editions else None
    if edition and not re.search(r"\w", shape[edition.end() : begin]):
        left, right = edition.span("edition")
        parts.append(
            Part(name="edition", value=edition["edition"], start=left, end=right, confidence=0.9)
        )
        begin = edition.start()
    return Imprint(begin, tuple(parts))
