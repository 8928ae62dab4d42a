"""One author list out of several: the best one leads, compatible ones lend names and initials."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any, TypeAlias

from refpipe.merge.sourced import SourcedReading, completeness

Names: TypeAlias = list[dict[str, Any]]


def fuse(
    lists: Sequence[tuple[SourcedReading, Names]],
) -> tuple[Names, bool, tuple[SourcedReading, ...]]:
    """The names, whether the list goes on beyond them, and whom they come from.

    ``lists`` stand strongest first.  Only lists of the leader's own standing may add to it: what
    a registry says of its authors is not mended from print.
    """
    leader, names = lists[0]
    goes_on = is_open(leader)
    givers = [leader]
    for said, others in lists[1:]:
        if said.precedence != leader.precedence or leader.record.source == "manual":
            break
        if not _are_compatible(names, others):
            continue
        joined = [_fuller(a, b) for a, b in zip(names, others, strict=False)]
        joined += names[len(others) :] or others[len(names) :]
        if goes_on and not is_open(said) and len(others) > len(names):
            # A closed list that comes from a record as full as the leader's is believed.
            goes_on = completeness(said) < completeness(leader)
        if joined != names:
            givers.append(said)
            names = joined
    return names, goes_on, tuple(givers)


def is_open(said: SourcedReading) -> bool:
    """True when the record's author list ends in "et al."."""
    custom = said.item.get("custom")
    return isinstance(custom, dict) and bool(custom.get("author-et-al"))


def _are_compatible(a: Names, b: Names) -> bool:
    """True when the shorter list could be the beginning of the longer, name by name."""
    return all(_is_same_person(x, y) for x, y in zip(a, b, strict=False))


def _is_same_person(a: dict[str, Any], b: dict[str, Any]) -> bool:
    if _fold(a, "family", "literal") != _fold(b, "family", "literal"):
        return False
    first, second = _initials(a), _initials(b)
    shared = min(len(first), len(second))
    return first[:shared] == second[:shared]


def _fuller(a: dict[str, Any], b: dict[str, Any]) -> dict[str, Any]:
    """The one that tells more of the given names; the first where both tell as much."""
    return b if _fullness(b) > _fullness(a) else a


def _fullness(name: dict[str, Any]) -> tuple[int, int]:
    return len(_initials(name)), len(_fold(name, "given"))


def _initials(name: dict[str, Any]) -> str:
    given = name.get("given")
    if not isinstance(given, str):
        return ""
    spaced = given.replace(".", ". ").replace("-", " ")
    return "".join(part[0] for part in spaced.casefold().split() if part[0].isalpha())


def _fold(name: dict[str, Any], *parts: str) -> str:
    said = " ".join(str(name[part]) for part in parts if name.get(part))
    text = unicodedata.normalize("NFKD", said).casefold()
    return "".join(char for char in text if char.isalnum())
