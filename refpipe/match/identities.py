"""How far the identifiers of two records agree."""

from __future__ import annotations

import re

from refpipe.match.comparison import DIFFER, EQUAL, UNKNOWN, Agreement, Level
from refpipe.match.profiles import Profile

_VERSION = re.compile(r"(?:\.pub|/v|\.v|\.r)(\d{1,2})$")


def doi(a: Profile, b: Profile) -> Agreement:
    """The agreement of the DOIs; one that was only derived is evidence, never proof."""
    if a.dois and b.dois:
        if a.dois & b.dois:
            return EQUAL
        if any(_is_cut(x, y) for x in a.dois for y in b.dois):
            return Agreement(Level.SIMILAR, 0.8, "cut")
        if any(_is_moved(x, y) for x in a.dois for y in b.dois):
            return Agreement(Level.SIMILAR, 0.8, "moved")
        if any(_is_misspelt(x, y) for x in a.dois for y in b.dois):
            return Agreement(Level.SIMILAR, 0.7, "typos")
        return Agreement(Level.DIFFER, 0.0, _kind_of_difference(a.dois, b.dois))
    both = (a.dois | a.candidate_dois) & (b.dois | b.candidate_dois)
    return Agreement(Level.SIMILAR, 0.9, "candidate") if both else UNKNOWN


def _is_cut(x: str, y: str) -> bool:
    short, long = (x, y) if len(x) < len(y) else (y, x)
    is_prefix = long.startswith(short) and len(short) >= 14 and not _VERSION.search(long)
    return is_prefix and not long[len(short)].isalnum()


def _is_moved(x: str, y: str) -> bool:
    """True where only the registrant differs: journals move, and their DOIs are named anew."""
    one, other = x.partition("/")[2], y.partition("/")[2]
    return one == other and len(one) >= 8 and any(c.isdigit() for c in one)


def _is_misspelt(x: str, y: str) -> bool:
    """True where a letter is another and all digits are the same: digits count, letters slip."""
    if x.partition("/")[0] == y.partition("/")[0] and _letters(x) == _letters(y):
        return True
    one, other = ("".join(filter(str.isdigit, z)) for z in (x, y))
    if one != other or len(one) < 7 or _VERSION.search(x) or _VERSION.search(y):
        return False
    return len(x) == len(y) and sum(p != q for p, q in zip(x, y, strict=True)) == 1


def _letters(doi: str) -> str:
    return "".join(filter(str.isalnum, doi))


def _kind_of_difference(a: frozenset[str], b: frozenset[str]) -> str:
    """``versions`` of one review or preprint, or other ``agencies`` (registrants), or plain."""
    if {_VERSION.sub("", x) for x in a} & {_VERSION.sub("", x) for x in b}:
        return "versions"
    return "" if {x.split("/")[0] for x in a} & {x.split("/")[0] for x in b} else "registrants"


def identifier(a: Profile, b: Profile) -> Agreement:
    """The agreement of PMIDs, PMCIDs and arXiv ids."""
    if not a.others or not b.others:
        return UNKNOWN
    if a.others & b.others:
        return EQUAL
    schemes = {x.split(":")[0] for x in a.others} & {x.split(":")[0] for x in b.others}
    return DIFFER if schemes else UNKNOWN


def url(a: Profile, b: Profile) -> Agreement:
    """Whether both stand at one address; different addresses say nothing."""
    return UNKNOWN if a.urls.isdisjoint(b.urls) else EQUAL
