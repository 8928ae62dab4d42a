"""Blocks: short strings that two records of one work are likely to share."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from refpipe.match import profiles
from refpipe.match.profiles import Profile
from refpipe.match.subject import Subject
from refpipe.normalise import Title

_DIGITS = "0123456789"
_START = 24
"""Letters of a title's start and end that make a block; a title cut shorter has no block."""
_SMALL = frozenset(
    [
        "about",
        "after",
        "among",
        "and",
        "are",
        "between",
        "case",
        "during",
        "effect",
        "effects",
        "for",
        "from",
        "have",
        "how",
        "into",
        "its",
        "new",
        "not",
        "of",
        "study",
        "the",
        "their",
        "this",
        "through",
        "toward",
        "under",
        "use",
        "using",
        "via",
        "was",
        "what",
        "when",
        "with",
        "without",
    ]
)


def blocks(subject: Subject) -> frozenset[str]:
    """The blocks of a record, for an index: only records that share one are compared."""
    return frozenset(of_profile(profiles.of(subject)))


def of_profile(p: Profile) -> Iterator[str]:
    """The same for a record made ready before."""
    for value in (*p.dois, *p.candidate_dois):
        yield f"d:{value}"
    for value in p.others:
        yield f"i:{value}"
    for value in p.urls:
        yield f"u:{value}"
    if p.title is not None:
        yield from _of_title(p.title, p)
        for twin in p.twins:
            yield from _of_title(twin, p)
    yield from _of_place(p)


def _of_title(title: Title, p: Profile) -> Iterator[str]:
    key = title.key
    if len(key) < 16 and len(title.words) < 4:
        yield f"s:{key[:16]}:{p.year}:{p.families[0] if p.families else ''}"
        return
    yield f"t:{key[:_START]}"
    yield f"e:{key.rstrip(_DIGITS)[-_START:]}"
    telling = sorted({w for w in title.words if len(w) > 3 and w not in _SMALL}, key=_by_length)
    if len(telling) >= 3:
        yield "w:" + ".".join(sorted(telling[:3]))
    if telling and p.families:
        for family in p.families[:2]:
            yield f"n:{family[:5]}:{telling[0]}"


def _by_length(word: str) -> tuple[int, str]:
    return -len(word), word


def _of_place(p: Profile) -> Iterator[str]:
    if p.families and p.volume and p.issue:
        yield f"q:{p.families[0][:5]}:{p.volume}:{p.issue}"
    if p.pages is None:
        return
    if p.families and p.volume:
        yield f"f:{p.families[0][:4]}:{p.volume}:{p.pages.first}"
    for first in (p.pages.first, *p.pages.others):
        if p.volume and p.year:
            yield f"v:{p.volume}:{first}:{p.year}"
        if p.families and p.year:
            yield f"a:{p.families[0][:4]}:{first}:{p.year}"
        if p.container and p.year and not p.volume:
            yield f"j:{p.container[0][:3]}:{first}:{p.year}"
    if p.container and p.year and p.volume and p.issue:
        yield f"j:{p.container[0][:3]}:{p.pages.first}:{p.year}"


def is_hopeless(a: Profile, b: Profile) -> bool:
    """True for a pair that shares a block by chance; told without comparing field by field.

    Both are titled otherwise from the first letters to the last, and nothing else that could
    outweigh it (an identifier, a page) is shared.
    """
    if a.title is None or b.title is None or a.twins or b.twins:
        return False
    if a.pages is not None and b.pages is not None and a.pages.first == b.pages.first:
        return False
    if not a.dois.isdisjoint(b.dois) or not a.others.isdisjoint(b.others):
        return False
    if a.candidate_dois or b.candidate_dois:
        return False
    short, long = sorted((a.title.key, b.title.key), key=len)
    if len(short) < 0.75 * len(long) and (
        short[:_START] == long[:_START] or short[-_START:] == long[-_START:]
    ):
        return False
    return not Indel.normalized_similarity(short, long, score_cutoff=0.6) and not (
        fuzz.partial_ratio(short, long, score_cutoff=85)
    )
