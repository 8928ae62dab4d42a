"""How far two titles agree."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, LCSseq

from refpipe.match.comparison import DIFFER, EQUAL, UNKNOWN, Agreement, Level
from refpipe.match.profiles import Profile
from refpipe.normalise import Title, fold, from_roman

_NEAR = 0.93
_SIMILAR = 0.72
_IN_ORDER, _SAME_IN_ORDER = 0.8, 0.95
"""How much is alike, or the same, of two titles whose words are sorted first."""
_TELLING_PREFIX = 24
"""Letters that a cut-off title must still have to stand for the whole."""
_MARK = re.compile(r"\s*(?:[*†‡§¶#]+|<sup>[^<]{1,3}</sup>|(?<=[^\W\d_])\d{1,2})\s*$")
"""A footnote mark at the end of a title (``Outcome1``, ``Outcome*``)."""
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def is_same_but_for_mark(marked: str, clean: str) -> bool:
    """True when the first is the second with a footnote mark glued to its end."""
    bare = _MARK.sub("", marked)
    is_clean = _MARK.sub("", clean) == clean
    return bare != marked.rstrip() and fold(bare) == fold(clean) and is_clean


def compare(a: Profile, b: Profile) -> Agreement:
    """The agreement of the best pair of titles, a title in another language included."""
    if a.title is None or b.title is None:
        return UNKNOWN
    best = _pair(a.title, b.title)
    if best.level is not Level.AGREE and (a.twins or b.twins):
        for one in (a.title, *a.twins):
            for other in (b.title, *b.twins):
                best = max(best, _pair(one, other), key=lambda g: (g.level, g.score))
    if best.level is Level.DIFFER and _is_cjk(a.title) is not _is_cjk(b.title):
        return Agreement(Level.DIFFER, 0.0, "script")
    return best


def _is_cjk(title: Title) -> bool:
    return bool(_CJK.search(title.key))


def _pair(a: Title, b: Title) -> Agreement:
    if a.key == b.key:
        return EQUAL
    if has_other_roman(a, b):
        return Agreement(Level.SIMILAR, 0.9, "other numbers")
    short, long = sorted((a, b), key=lambda title: (len(title.key), title.key))
    if found := _contained(short, long):
        return found
    score = Indel.normalized_similarity(short.key, long.key, score_cutoff=_SIMILAR)
    if score >= _NEAR:
        return _near(a, b, score)
    return _loosely(short, long, score)


class _Letters(NamedTuple):
    """The words of a title, ready for being told apart at a glance."""

    key: str
    in_order: str
    but_last: tuple[str, ...]


@lru_cache(maxsize=1 << 15)
def _letters(words: tuple[str, ...]) -> _Letters:
    return _Letters("".join(words), " ".join(sorted(words)), words[:-1])


def at_most(words: tuple[str, ...], others: tuple[str, ...]) -> Level:
    """The most that ``compare`` can say of two titles; told by two distances, for most DIFFER.

    Each of its ways to find titles the same or alike, but one, needs letters of the one in the
    other, in their order: a share of all letters of both, or of the shorter's.  The one way left
    puts the words in order before.
    """
    a, b = _letters(words), _letters(others)
    both, short = len(a.key) + len(b.key), min(len(a.key), len(b.key))
    if short < _TELLING_PREFIX or a.but_last == b.but_last:
        return Level.AGREE
    alike, same = int(min(0.36 * both, 0.78 * short)), min(0.4 * both, 0.9 * (short - 3))
    shared = LCSseq.similarity(a.key, b.key, score_cutoff=alike)
    if shared >= same:
        return Level.AGREE
    in_order = Indel.normalized_similarity(a.in_order, b.in_order, score_cutoff=_IN_ORDER)
    if in_order >= _SAME_IN_ORDER:
        return Level.AGREE
    return Level.SIMILAR if in_order or shared >= alike else Level.DIFFER


def _contained(short: Title, long: Title) -> Agreement | None:
    """The agreement where one title is the start or the end of the other."""
    if long.key.startswith(short.key):
        rest = long.key[len(short.key) :]
        if len(rest) <= 2 and (rest.isdigit() or len(rest) == 1):
            return Agreement(Level.AGREE, 0.97, "footnote")
        return _part(short, "cut")
    if _unsigned(long.key).endswith(_unsigned(short.key)):
        return _part(short, "lead-in")
    if short.is_cut and len(short.key) >= _TELLING_PREFIX:
        head = long.key[: len(short.key)]
        if Indel.normalized_similarity(short.key, head) >= _NEAR:
            return Agreement(Level.AGREE, 0.92, "cut")
    return None


def _unsigned(key: str) -> str:
    """The title without a footnote sign of one digit or two."""
    bare = key.rstrip("0123456789")
    return bare if len(key) - len(bare) <= 2 else key


def _part(short: Title, how: str) -> Agreement:
    is_telling = len(short.key) >= _TELLING_PREFIX and len(short.words) >= 4
    if short.is_cut and len(short.key) >= _TELLING_PREFIX:
        return Agreement(Level.AGREE, 0.95, how)
    if is_telling:
        return Agreement(Level.AGREE, 0.93, how)
    return Agreement(Level.SIMILAR, 0.8, how)


def _near(a: Title, b: Title, score: float) -> Agreement:
    """Nearly the same letters: slips of the pen, unless a number or a whole word is another."""
    if has_other_numbers(a, b):
        return Agreement(Level.SIMILAR, score, "other numbers")
    if _has_other_word(a, b):
        return Agreement(Level.SIMILAR, score, "other word")
    return Agreement(Level.AGREE, score, "typos")


def has_other_roman(a: Title, b: Title) -> bool:
    """True when both end in a Roman number and in different ones: I is no footnote to II."""
    one, other = a.words[-1], b.words[-1]
    is_roman = one[0] in "ivx" and other[0] in "ivx" and bool(from_roman(one) and from_roman(other))
    return is_roman and one != other and a.words[:-1] == b.words[:-1]


def has_other_numbers(a: Title, b: Title) -> bool:
    """True when both titles have numbers that the other has not."""
    if a.key.isalpha() or b.key.isalpha():
        return False
    one, other = _digits(a.key), _digits(b.key)
    return one != other and not _is_within(one, other) and not _is_within(other, one)


def _digits(key: str) -> str:
    return "".join(c for c in key if c.isdigit())


def _is_within(part: str, whole: str) -> bool:
    rest = iter(whole)
    return all(c in rest for c in part)


def _has_other_word(a: Title, b: Title) -> bool:
    """True when a telling word of each has nothing like it in the other."""
    return _is_any_alone(a, b) and _is_any_alone(b, a)


def _is_any_alone(a: Title, b: Title) -> bool:
    only = [w for w in a.words if len(w) > 3 and w not in b.key]
    return any(all(Indel.normalized_similarity(w, v) < 0.6 for v in b.words) for w in only)


def _nearly_contained(short: str, long: str) -> Agreement | None:
    """The agreement where one title is, but for slips, the start or the end of the other."""
    if len(short) > 40 and Indel.normalized_similarity(
        short, long[: len(short) + 2], score_cutoff=0.95
    ):
        return Agreement(Level.AGREE, 0.9, "cut")
    bare, tail = _unsigned(short), _unsigned(long)
    if Indel.normalized_similarity(bare, tail[-len(bare) :], score_cutoff=0.93):
        return Agreement(Level.AGREE, 0.9, "lead-in")
    if len(bare) >= 60 and fuzz.partial_ratio(bare, long, score_cutoff=95):
        return Agreement(Level.AGREE, 0.9, "part")
    return None


def _is_spelt_out(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """True when the titles differ by one abbreviation only, spelt out in the other."""
    few, many = (a, b) if len(a) <= len(b) else (b, a)
    start = next((i for i, w in enumerate(few) if w != many[i]), len(few))
    rest = len(few) - start - 1
    if rest < 0 or few[start + 1 :] != many[len(many) - rest :]:
        return False
    phrase = many[start : len(many) - rest]
    return 2 <= len(phrase) == len(few[start]) and few[start] == "".join(w[0] for w in phrase)


def _loosely(short: Title, long: Title, score: float) -> Agreement:
    """Halves swapped, a subtitle or some words dropped, or only something alike."""
    if found := _rearranged(short, long):
        return found
    if score >= 0.8 and _is_spelt_out(short.words, long.words):
        return Agreement(Level.AGREE, 0.93, "abbreviated")
    return Agreement(Level.SIMILAR, score, "alike") if score else _faintly(short, long)


def _rearranged(short: Title, long: Title) -> Agreement | None:
    if len(short.words) < 4 or len(short.key) < _TELLING_PREFIX:
        return None
    if fuzz.token_sort_ratio(
        " ".join(short.words), " ".join(long.words), score_cutoff=100 * _SAME_IN_ORDER
    ):
        return Agreement(Level.AGREE, 0.93, "order")
    return _nearly_contained(short.key, long.key)


def _faintly(short: Title, long: Title) -> Agreement:
    """Titles whose letters differ much, though their words or a part of them may not."""
    if len(short.words) >= 4:
        one, other = " ".join(short.words), " ".join(long.words)
        if score := fuzz.token_sort_ratio(one, other, score_cutoff=100 * _IN_ORDER):
            return Agreement(Level.SIMILAR, score / 100, "order")
    if len(short.key) >= 30:
        score = fuzz.partial_ratio(short.key, long.key, score_cutoff=88)
        return Agreement(Level.SIMILAR, score / 100 * 0.9, "part") if score else DIFFER
    return DIFFER
