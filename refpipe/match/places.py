"""How far two places in a journal or book agree: container, volume, issue, pages, year."""

from __future__ import annotations

from rapidfuzz import fuzz

from refpipe.match.comparison import DIFFER, EQUAL, UNKNOWN, Agreement, Level
from refpipe.match.profiles import Profile
from refpipe.normalise import Pages


def year(a: Profile, b: Profile) -> Agreement:
    """The agreement of the years; print and online are often a year apart."""
    if not a.year or not b.year:
        return UNKNOWN
    apart = abs(a.year - b.year)
    if apart == 0:
        return EQUAL
    return Agreement(Level.SIMILAR, 0.7, "next year") if apart == 1 else DIFFER


def volume(a: Profile, b: Profile) -> Agreement:
    """The agreement of the volumes' numbers; a volume filed as an issue counts too."""
    if a.volume and b.volume:
        if a.volume == b.volume:
            return EQUAL
        # Journals without volumes are filed under the year by some and counted by others.
        is_year = (str(a.year) == a.volume, str(b.year) == b.volume)
        return UNKNOWN if any(is_year) and not all(is_year) else DIFFER
    for one, other in ((a, b), (b, a)):
        if _is_shifted(one, other):
            return Agreement(Level.AGREE, 0.9, "shifted")
    return UNKNOWN


def _is_shifted(one: Profile, other: Profile) -> bool:
    """True when one's volume stands as its issue, and its issue as its page."""
    if one.volume or not one.issue or one.pages is None:
        return False
    return other.volume == one.issue and other.issue == one.pages.first


def issue(a: Profile, b: Profile) -> Agreement:
    """The agreement of the issues' numbers, the first of a double issue being enough."""
    if not a.issue or not b.issue or _is_shifted(a, b) or _is_shifted(b, a):
        return UNKNOWN
    if a.issue == b.issue:
        return EQUAL
    if set(a.issue.split("-")) & set(b.issue.split("-")):
        return Agreement(Level.SIMILAR, 0.8, "part")
    return DIFFER


def pages(a: Profile, b: Profile) -> Agreement:
    """The agreement of the pages, the first page counting most."""
    if a.pages is None or b.pages is None:
        return UNKNOWN
    if _is_shifted(a, b) or _is_shifted(b, a):
        return UNKNOWN
    if torn := _torn(a.pages, b.pages):
        return torn
    return _same_first(a.pages, b.pages) or _other_first(a.pages, b.pages)


def _torn(a: Pages, b: Pages) -> Agreement | None:
    """The agreement where of one side only the last figures of the last page are left.

    ``2-8`` beside 125-128 has the number of a part or supplement where the first page was.
    """
    if not a.first or not b.first:
        short, long = (a, b) if not a.first else (b, a)
        if not long.first:
            return EQUAL if a.end == b.end else UNKNOWN
        is_end = bool(long.last) and long.last.endswith(short.end)
        return Agreement(Level.SIMILAR, 0.6, "last figures") if is_end else UNKNOWN
    if _is_marked(a, b) or _is_marked(b, a):
        return UNKNOWN
    return None


def _is_marked(short: Pages, long: Pages) -> bool:
    """True when the last page of the one ends in that of the other, and the first does not."""
    return (
        short.is_range
        and len(short.first) == 1 < len(long.first)
        and len(short.last) < len(long.last)
        and long.last.endswith(short.last)
        and not long.first.endswith(short.first)
    )


def _same_first(a: Pages, b: Pages) -> Agreement | None:
    if a.first != b.first:
        return None
    if a.last == b.last and a.last:
        return EQUAL if a.last != a.first else Agreement(Level.AGREE, 0.95, "one page")
    if not a.last or not b.last or a.first in {a.last, b.last}:
        return Agreement(Level.AGREE, 0.9, "first page")
    return Agreement(Level.SIMILAR, 0.7, "first page")


def _other_first(a: Pages, b: Pages) -> Agreement:
    if a.last and a.last == b.last:
        return Agreement(Level.SIMILAR, 0.7, "last page")
    if a.first in b.others or b.first in a.others:
        return Agreement(Level.SIMILAR, 0.7, "spreadsheet date")
    if _is_unprefixed(a.first, b.first) or _is_unprefixed(b.first, a.first):
        return Agreement(Level.SIMILAR, 0.7, "prefix")
    if _is_inside(a, b) or _is_inside(b, a):
        return Agreement(Level.SIMILAR, 0.5, "inside")
    if _is_provisional(a, b) or _is_provisional(b, a):
        # Electronic articles have a number in one database and pages from 1 in another.
        return UNKNOWN
    return Agreement(Level.DIFFER, 0.0, "" if a.last and b.last else "no range")


def _is_provisional(a: Pages, b: Pages) -> bool:
    """True when a is counted from 1, and b is a number or a range of the same length."""
    if not a.counts_from_one:
        return False
    return not b.last or (b.is_range and int(b.last) - int(b.first) == int(a.last) - 1)


def _is_unprefixed(plain: str, full: str) -> bool:
    """True for 37 and c37, or 387 and ii387: some databases drop the section's letter."""
    return plain.isdigit() and full.endswith(plain) and full[: -len(plain)].isalpha()


def _is_inside(a: Pages, b: Pages) -> bool:
    """True when a's first page lies between b's, both being plain numbers."""
    if not (a.first.isdigit() and b.first.isdigit() and b.last.isdigit()):
        return False
    return int(b.first) < int(a.first) <= int(b.last) < int(b.first) + 60


def container(a: Profile, b: Profile) -> Agreement:
    """The agreement of the journals or books, abbreviations and ISSNs considered."""
    is_one_issn = not a.issns.isdisjoint(b.issns)
    if not a.container or not b.container:
        return EQUAL if is_one_issn else UNKNOWN
    if a.container == b.container:
        return EQUAL
    found = _abbreviated(a.container, b.container)
    if is_one_issn:
        # Databases file a journal under its sister's number: a wholly different name counts.
        return Agreement(Level.SIMILAR, 0.7, "issn") if found.level is Level.DIFFER else EQUAL
    if found.level is Level.DIFFER and _is_cjk(a.container) is not _is_cjk(b.container):
        return UNKNOWN
    return found


def _is_cjk(words: tuple[str, ...]) -> bool:
    """True for a name in Japanese or Chinese, which no Latin name can be held against."""
    return any("\u3040" <= char <= "\u9fff" for char in "".join(words))


def _abbreviated(a: tuple[str, ...], b: tuple[str, ...]) -> Agreement:
    short, long = sorted((a, b), key=lambda words: (sum(map(len, words)), words))
    if _abbreviates(short, long):
        if len(short) >= len(long) - 1 and len(short) > 1:
            return Agreement(Level.AGREE, 0.9, "abbreviated")
        return Agreement(Level.SIMILAR, 0.8, "shorter")
    one, other = " ".join(a), " ".join(b)
    score = fuzz.token_sort_ratio(one, other) / 100
    if score >= 0.85:
        return Agreement(Level.AGREE, score * 0.9, "alike")
    if _is_acronym(short, long) or _is_acronym(long, short):
        return Agreement(Level.SIMILAR, 0.7, "initials")
    shared = fuzz.token_set_ratio(one, other) / 100
    if shared >= 0.55 or _abbreviates(short[:2], long[:2]):
        return Agreement(Level.SIMILAR, shared * 0.9, "alike")
    return DIFFER


_OF_MEETINGS = frozenset(
    """
    proceedings proc conference conf symposium symp annual international int intl workshop
    meeting congress th st nd rd acm ieee
    """.split()  # noqa: SIM905 — a list of so many words is read more easily so
)
"""Words that long names of meetings have and short ones leave out."""


def _is_acronym(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """True when a word of the one is made of first letters of the other: VLDB, SIGMOD apart."""
    initials = "".join(w[0] for w in long)
    bare = "".join(w[0] for w in long if w not in _OF_MEETINGS and not w[0].isdigit())
    return any(
        len(w) >= 3 and (initials.startswith(w) or bare.startswith(w)) and w not in long
        for w in short
    )


def _abbreviates(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """True when every word of the shorter name begins a word of the longer, in order."""
    rest = iter(long)
    return all(any(_begins(s, w) for w in rest) for s in short)


def _begins(short: str, word: str) -> bool:
    """True when ``short`` abbreviates ``word``: its start, or first letters such as ``natl``."""
    if word.startswith(short):
        return True
    if len(short) < 3 or short[:2] != word[:2]:
        return False
    rest = iter(word)
    return all(c in rest for c in short)
