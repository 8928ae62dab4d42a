"""One thing changed in a pair, so that the reference is wrong in just that."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sets import Pair

from refpipe.model import Item


@dataclass(frozen=True, slots=True)
class Draw:
    """What a mutation may draw from."""

    pairs: Sequence[Pair]
    chance: random.Random

    def other(self, pair: Pair) -> Pair:
        """Another work's pair."""
        while True:
            other = self.pairs[self.chance.randrange(len(self.pairs))]
            if other.found.get("title") != pair.found.get("title"):
                return other


Mutation = Callable[[Pair, Draw], Pair | None]


def _names(pair: Pair) -> list[dict[str, Any]] | None:
    """The people of the record, where the print states them in full and alike in number."""
    ours, theirs = pair.stated.get("author") or [], pair.found.get("author") or []
    is_whole = len(ours) == len(theirs) and not (pair.stated.get("custom") or {}).get(
        "author-et-al"
    )
    is_named = all(name.get("family") for name in theirs)
    return list(theirs) if is_whole and ours and is_named else None


def _with_people(pair: Pair, people: list[dict[str, Any]]) -> Pair:
    return replace(pair, found=pair.found | {"author": people})


def _stranger(pair: Pair, draw: Draw) -> dict[str, Any] | None:
    """A person of another work who is not one of this one."""
    own = {str(name.get("family", "")).casefold() for name in pair.found.get("author") or ()}
    for _ in range(20):
        people = draw.other(pair).found.get("author") or []
        person = people[draw.chance.randrange(len(people))] if people else {}
        if person.get("family") and person["family"].casefold() not in own:
            return dict(person)
    return None


# A name too many in print is a name too few in the record, and the other way round: the print
# stays real, line breaks and all, and the record is what is changed.


def author_added(pair: Pair, draw: Draw) -> Pair | None:
    """The print has a co-author whom the record lacks."""
    people = _names(pair)
    if not people or len(people) < 2:
        return None
    del people[draw.chance.randrange(len(people))]
    return _with_people(pair, people)


def author_dropped(pair: Pair, draw: Draw) -> Pair | None:
    """The print lacks a co-author."""
    people, person = _names(pair), _stranger(pair, draw)
    if not people or not person:
        return None
    people.insert(draw.chance.randrange(len(people) + 1), person)
    return _with_people(pair, people)


def author_replaced(pair: Pair, draw: Draw) -> Pair | None:
    """Another person stands in the place of an author."""
    people, person = _names(pair), _stranger(pair, draw)
    if not people or not person:
        return None
    people[draw.chance.randrange(len(people))] = person
    return _with_people(pair, people)


def author_order(pair: Pair, draw: Draw) -> Pair | None:
    """Two authors stand in each other's place."""
    people = _names(pair)
    if not people or len(people) < 2:
        return None
    one, other = sorted(draw.chance.sample(range(len(people)), 2))
    if people[one]["family"] == people[other]["family"]:
        return None
    people[one], people[other] = people[other], people[one]
    return _with_people(pair, people)


def year(pair: Pair, draw: Draw) -> Pair | None:
    """The year is two to ten off."""
    if not _year(pair.stated) or not _year(pair.found):
        return None
    wrong = _year(pair.found) + draw.chance.choice((-1, 1)) * draw.chance.randint(2, 10)
    if abs(wrong - _year(pair.stated)) < 2:
        return None
    dates = {"published-print", "published-online"}
    kept = {name: value for name, value in pair.found.items() if name not in dates}
    return replace(pair, found=kept | {"issued": {"date-parts": [[wrong]]}})


def _year(item: Item) -> int:
    try:
        return int(item["issued"]["date-parts"][0][0])
    except (KeyError, IndexError, TypeError, ValueError):
        return 0


def volume(pair: Pair, draw: Draw) -> Pair | None:
    """Another volume."""
    ours, theirs = (str(item.get("volume") or "") for item in (pair.stated, pair.found))
    if not ours.isdigit() or not theirs.isdigit():
        return None
    wrong = int(theirs)
    while wrong in {int(ours), int(theirs)}:
        wrong = max(1, int(theirs) + draw.chance.choice((-1, 1)) * draw.chance.randint(1, 30))
    return replace(pair, found=pair.found | {"volume": str(wrong)})


def doi(pair: Pair, draw: Draw) -> Pair | None:
    """The identifier of another paper: the whole record is another."""
    return replace(pair, found=draw.other(pair).found)


def title(pair: Pair, draw: Draw) -> Pair | None:
    """The title of another paper over the same authors and place."""
    wrong = draw.other(pair).found.get("title")
    if not pair.stated.get("title") or not pair.found.get("title") or not wrong:
        return None
    return replace(pair, found=pair.found | {"title": wrong})


def journal(pair: Pair, draw: Draw) -> Pair | None:
    """Another journal."""
    own = pair.found.get("container-title")
    for _ in range(20):
        wrong = draw.other(pair).found.get("container-title")
        if wrong and own and pair.stated.get("container-title") and wrong != own:
            names = {"container-title-short", "collection-title", "custom"}
            kept = {name: value for name, value in pair.found.items() if name not in names}
            return replace(pair, found=kept | {"container-title": wrong})
    return None


def invented(pair: Pair, draw: Draw) -> Pair | None:
    """A reference put together of several works: title, people and place of three."""
    one, two, three = (draw.other(pair).found for _ in range(3))
    place = {name: three[name] for name in ("container-title", "volume", "page", "issued")
             if name in three}  # fmt: skip
    mixed = {"type": one.get("type", ""), "title": one.get("title", "")}
    return replace(pair, found=mixed | {"author": two.get("author") or []} | place)


def edition(pair: Pair, draw: Draw) -> Pair | None:
    """Another edition of a book."""
    ours, theirs = (str(item.get("edition") or "") for item in (pair.stated, pair.found))
    number = re.search(r"\d+", theirs)
    if not number or not re.search(r"\d", ours):
        return None
    wrong = int(number[0]) + draw.chance.randint(1, 3)
    return replace(pair, found=pair.found | {"edition": str(wrong)})


def publisher(pair: Pair, draw: Draw) -> Pair | None:
    """Another house's book."""
    own = str(pair.found.get("publisher") or "")
    if pair.found.get("type") != "book" or not own or not pair.stated.get("publisher"):
        return None
    for _ in range(200):
        other = str(draw.other(pair).found.get("publisher") or "")
        if other and not set(other.casefold().split()) & set(own.casefold().split()):
            return replace(pair, found=pair.found | {"publisher": other})
    return None


RARE = ("edition", "publisher")
"""Kinds that few references can have; all of those are changed."""
ALL: dict[str, Mutation] = {
    "author added": author_added,
    "author dropped": author_dropped,
    "author replaced": author_replaced,
    "author order": author_order,
    "year": year,
    "volume": volume,
    "other paper's DOI": doi,
    "title of another": title,
    "journal": journal,
    "invented": invented,
    "edition": edition,
    "publisher": publisher,
}
