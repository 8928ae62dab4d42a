"""How far two lists of authors agree."""

from __future__ import annotations

from rapidfuzz.distance import Indel

from refpipe.match.comparison import DIFFER, EQUAL, UNKNOWN, Agreement, Level
from refpipe.match.profiles import Profile


def compare(a: Profile, b: Profile) -> Agreement:
    """The agreement of the authors; a list that goes on is compared as far as it goes."""
    if not a.words or not b.words:
        return UNKNOWN
    if a.families and a.families == b.families:
        return EQUAL
    short, long = sorted((a, b), key=lambda p: (len(p.families), p.families, sorted(p.words)))
    found = _found(short, long)
    count = max(1, len(short.families))
    share = found / count
    is_first = _is_first(short, long)
    if share >= 0.75 or (share >= 0.5 and (is_first or found >= 3)):
        return Agreement(Level.AGREE, min(1.0, 0.7 + 0.3 * share), "first" if is_first else "names")
    if found or is_first or _shares_words(a, b):
        return Agreement(Level.SIMILAR, 0.5 + 0.3 * min(1.0, share), "some")
    return DIFFER


def _found(short: Profile, long: Profile) -> int:
    """How many of the shorter list's families are in the longer list, spelt alike."""
    found = 0
    for family in short.families:
        if family in long.words or family in long.families or _near_any(family, long):
            found += 1
        elif any(f in short.words and f != family for f in long.families if len(f) > 3):
            # Families and given names are swapped in some databases.
            found += 1
    if not found and len(short.families) == len(long.families):
        found = _swapped(short, long)
    return min(found, len(short.families))


def _swapped(a: Profile, b: Profile) -> int:
    """How many names are the other's turned round, as far as initials show: Michio F, F M."""
    people = zip(a.families, a.initials, b.families, b.initials, strict=True)
    return sum(
        1 for f, i, g, j in people if i and j and f[0] == j[0] and g[0] == i[0] and f[0] != g[0]
    )


def _near_any(family: str, long: Profile) -> bool:
    if len(family) < 4:
        return False
    return any(
        Indel.normalized_similarity(family, other, score_cutoff=0.75) > 0
        for other in long.families
        if other[:1] == family[:1] or other[-3:] == family[-3:]
    )


def _is_first(short: Profile, long: Profile) -> bool:
    if not short.families or not long.families:
        return False
    one, other = short.families[0], long.families[0]
    return one == other or (
        min(len(one), len(other)) >= 4 and Indel.normalized_similarity(one, other) >= 0.75
    )


def _shares_words(a: Profile, b: Profile) -> bool:
    """True when a whole word of a name stands in both: families may stand as given names."""
    return bool(a.words & b.words)
