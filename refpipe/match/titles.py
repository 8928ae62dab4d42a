"""How far two titles agree."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, LCSseq, Levenshtein

from refpipe.lifetimes import lazy
from refpipe.match.comparison import DIFFER, EQUAL, UNKNOWN, Agreement, Level
from refpipe.match.profiles import Profile
from refpipe.normalise import (
    GREEK,
    HEADING_WORDS,
    Pages,
    Title,
    container_words,
    fold,
    from_roman,
    number_of,
)
from refpipe.normalise.text import EAST_ASIAN

_NEAR = 0.93
_SIMILAR = 0.72
_IN_ORDER, _SAME_IN_ORDER = 0.8, 0.95
"""How much is alike, or the same, of two titles whose words are sorted first."""
_SPELT = 0.58
"""How much of two words is alike that are one, written twice."""
_TELLING_PREFIX = 24
"""Letters that a cut-off title must still have to stand for the whole."""
_MARK = lazy(r"\s*(?:[*†‡§¶#]+|<sup>[^<]{1,3}</sup>|(?<=[^\W\d_])\d{1,2})\s*$")
"""A footnote mark at the end of a title (``Outcome1``, ``Outcome*``)."""
_AE = lazy("[ao]e")
_CJK = lazy(f"[{EAST_ASIAN}]")


def is_same_but_for_mark(marked: str, clean: str) -> bool:
    """True when the first is the second with a footnote mark glued to its end."""
    bare = _MARK.sub("", marked)
    is_clean = _MARK.sub("", clean) == clean
    return bare != marked.rstrip() and fold(bare) == fold(clean) and is_clean


def compare(a: Profile, b: Profile) -> Agreement:
    """The agreement of the best pair of titles, a title in another language included."""
    if a.title is None or b.title is None:
        return UNKNOWN
    if at_most(letters(a.title.words), letters(b.title.words)) is Level.DIFFER:
        best = DIFFER
    else:
        best = _pair(a.title, b.title)
    if best.level is not Level.AGREE and (a.twins or b.twins):
        for one in (a.title, *a.twins):
            for other in (b.title, *b.twins):
                best = max(best, _pair(one, other), key=lambda g: (g.level, g.score))
    if best.how == "cut" and (_ends_in_container(a, b) or _ends_in_container(b, a)):
        return Agreement(Level.AGREE, 0.95, "cut")
    if best.level is Level.DIFFER and _is_cjk(a.title) is not _is_cjk(b.title):
        return Agreement(Level.DIFFER, 0.0, "script")
    return best


def _ends_in_container(long: Profile, short: Profile) -> bool:
    """Whether what one title has behind the other is the journal's name, as a page's title has."""
    if long.title is None or short.title is None or not short.container:
        return False
    rest = " ".join(long.title.words[len(short.title.words) :])
    return container_words(rest) == short.container


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


class Letters(NamedTuple):
    """The words of a title, ready for being told apart at a glance."""

    key: str
    in_order: str
    but_last: tuple[str, ...]

    @classmethod
    def of(cls, words: tuple[str, ...]) -> Letters:
        """Those of the words of a title."""
        return cls("".join(words), " ".join(sorted(words)), words[:-1])


letters = lru_cache(maxsize=1 << 15)(Letters.of)
"""The same, remembered."""


def at_most(a: Letters, b: Letters) -> Level:
    """The most that ``compare`` can say of two titles; told by two distances, for most DIFFER.

    Each of its ways to find titles the same or alike, but one, needs letters of the one in the
    other, in their order: a share of all letters of both, or of the shorter's.  The one way left
    puts the words in order before.
    """
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


def outline(p: Profile) -> bytes:
    """What tells a record from most others, in fewer bytes than it takes to read a profile.

    Empty where that would not be all that there is to tell.
    """
    if p.title is None or p.twins:
        return b""
    return f"{' '.join(p.title.words)}\n{_filled(p.pages)}".encode("utf-8", "surrogatepass")


def _filled(pages: Pages | None) -> str:
    """What is the same of two records that fill the same pages; empty where none could."""
    if pages is None:
        return ""
    if not pages.first:
        return "" if pages.others else f"-{pages.end}"
    return f"{pages.first}-{pages.last}" if pages.last not in {"", pages.first} else ""


def outlined(told: bytes) -> tuple[Letters, str] | None:
    """The letters of a title, and what pages it fills, from an outline; None where it is empty."""
    if not told:
        return None
    words, _, page = told.decode("utf-8", "surrogatepass").partition("\n")
    return Letters.of(tuple(words.split(" "))), page


def _contained(short: Title, long: Title) -> Agreement | None:
    """The agreement where one title is the start or the end of the other."""
    if long.key.startswith(short.key):
        rest = long.key[len(short.key) :]
        if len(rest) <= 2 and (rest.isdigit() or len(rest) == 1):
            return Agreement(Level.AGREE, 0.97, "footnote")
        return _part(short, "cut")
    if _is_end_of(short.key, long.key):
        return _part(short, "lead-in")
    if short.is_cut and len(short.key) >= _TELLING_PREFIX:
        head = long.key[: len(short.key)]
        if Indel.normalized_similarity(short.key, head) >= _NEAR:
            return Agreement(Level.AGREE, 0.92, "cut")
    return None


def _is_end_of(short: str, long: str) -> bool:
    """Whether the one ends in the other, a footnote sign aside that one of them has."""
    if long.endswith(short):
        return True
    is_signed = short[-1:].isdigit() != long[-1:].isdigit()
    return is_signed and _unsigned(long).endswith(_unsigned(short))


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
    if how := _other_word(a, b):
        return Agreement(Level.SIMILAR, score, how)
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


def _other_word(a: Title, b: Title) -> str:
    """How titles of nearly the same letters differ by a word, or a kanji; empty where they do not.

    What only one has, a word left out or a subtitle, is none; nor is a slip of the pen, a word in
    another spelling, or one that was broken off or joined with the next.
    """
    others = [
        (ours, theirs)
        for ours, theirs, is_first, is_last in _differing(a, b)
        if ours and theirs and not _is_spelling(ours, theirs, is_first, is_last)
    ]
    if any(_is_exchanged(*pair) for pair in others):
        return "exchanged word"
    return "other word" if others else ""


def _differing(a: Title, b: Title) -> Iterator[tuple[list[str], list[str], bool, bool]]:
    """What stands between the equal words of two titles, and whether it is their start or end."""
    one, other = sorted((_pieces(a), _pieces(b)))
    end, start = (len(one), len(other)), (0, 0)
    for same in Levenshtein.editops(one, other).as_matching_blocks():
        ours, theirs = one[start[0] : same.a], other[start[1] : same.b]
        if ours or theirs:
            yield ours, theirs, start == (0, 0), (same.a, same.b) == end
        start = same.a + same.size, same.b + same.size


def _is_all_but_a_word(a: Title, b: Title) -> bool:
    """Whether two titles are the same but for one word that stands for another."""
    found = [(ours, theirs) for ours, theirs, *_ in _differing(a, b)]
    return len(found) == 1 and all(found[0]) and _is_exchanged(*found[0])


def _is_exchanged(ours: list[str], theirs: list[str]) -> bool:
    """Whether words of letters stand for others that no hand and no reader takes for them.

    Neck and low back, two and four; a formula or an index that lost its signs is none.
    """
    is_plain = all(word.isalpha() and len(word) > 2 for word in (*ours, *theirs))
    is_short = max(len(ours), len(theirs)) <= 2 and ours[0].isascii() and theirs[0].isascii()
    return (
        is_plain
        and is_short
        and Indel.normalized_similarity("".join(ours), "".join(theirs)) < _SPELT
    )


def _pieces(title: Title) -> list[str]:
    """The words of a title; of a language without spaces its letters."""
    pieces: list[str] = []
    for word in title.words:
        pieces += [word] if word.isascii() or not _CJK.search(word) else list(word)
    return pieces


_SMALL = frozenset(
    ("a", "an", "the", "of", "in", "on", "for", "with", "by", "to", "from", "at", "and", "or",
     "as", "is", "are", "among", "using", "applying", "employing", "via", "through",
     "et", "y", "und", "de", "la", "le", "der", "die", "das")
)  # fmt: skip
"""Words that are written for one another without another title being meant."""


_GREEK = lazy("|".join(sorted(set(GREEK.values()), key=len, reverse=True)))
_ORDINAL = lazy(r"(?<=\d)(?:st|nd|rd|th)$")
_VOWEL = lazy(r"[aeiouy\d]")
_LOOKALIKE = str.maketrans("lo", "i0") | str.maketrans("1", "i")
"""Signs that a reader of scanned pages takes for one another."""


def _is_spelling(ours: list[str], theirs: list[str], is_first: bool, is_last: bool) -> bool:
    """Whether what stands between equal words is one thing, written twice.

    A word that has another beginning is another: women, symptomatic, increase.
    """
    if HEADING_WORDS.issuperset((*ours, *theirs)):
        return True
    if _SMALL.issuperset(ours) or _SMALL.issuperset(theirs):
        is_small = _SMALL.issuperset((*ours, *theirs)) or len(ours) != len(theirs)
        return is_small or Indel.normalized_similarity("".join(ours), "".join(theirs)) >= 0.9
    one, other = (_AE.sub("e", "".join(words)) for words in (ours, theirs))
    if one[0].isdigit() or other[0].isdigit():
        return _are_one_number(one, other)
    if _are_one_word(one, other) or (is_first and _has_lost_capital(one, other)):
        return True
    many = abs(len(ours) - len(theirs))
    if many and (is_first or is_last):
        # The longer title goes on here: what it has in the place of the shorter one counts.
        shorter = min(len(one), len(other))
        cut = slice(-shorter, None) if is_first else slice(shorter)
        is_nothing = shorter < 4 and many > 2
        return is_nothing or Indel.normalized_similarity(one[cut], other[cut]) >= 0.75
    is_phrase = min(len(ours), len(theirs)) > 1
    return _are_alike(one, other, is_phrase=is_phrase)


def _are_one_number(one: str, other: str) -> bool:
    """Whether numbers are one, or both in figures, which are compared for themselves."""
    bare, its_bare = (_ORDINAL.sub("", text) for text in (one, other))
    are_figures = bare.isdigit() and its_bare.isdigit()
    return are_figures or number_of(bare) == number_of(its_bare) != ""


def _are_one_word(one: str, other: str) -> bool:
    """Whether two words are one that was cut, read amiss, or lost its Greek letter."""
    return (
        one.startswith(other)
        or other.startswith(one)
        or one.translate(_LOOKALIKE) == other.translate(_LOOKALIKE)
        or _has_lost_greek(one, other)
        or _has_lost_greek(other, one)
    )


def _has_lost_greek(whole: str, rest: str) -> bool:
    """Whether a Greek letter was lost, or read as a unit or as a Latin letter like it."""
    if (whole, rest) == ("micro", "mu"):
        return True
    return _GREEK.sub("", whole) == rest or (len(rest) == 1 and bool(_GREEK.fullmatch(whole)))


def _has_lost_capital(one: str, other: str) -> bool:
    """Whether only the first letter is missing, drawn large; an "a" says that it is not so."""
    short, long = sorted((one, other), key=len)
    return len(short) > 5 and long[1:] == short and long[0] != "a"


def _are_alike(one: str, other: str, *, is_phrase: bool) -> bool:
    score = Indel.normalized_similarity(one, other)
    is_begun = one[0] == other[0] or {one[0], other[0]} == {"e", "i"}
    is_word = is_begun and min(len(one), len(other)) > 3 and score >= _SPELT
    if one[0] == other[0] and not _VOWEL.search(one + other):
        # An acronym: a sign too many, or two in the other order.
        is_word = Levenshtein.distance(one, other) == 1 or sorted(one) == sorted(other)
    return is_word or (is_phrase and score >= 0.8)


def _nearly_contained(a: Title, b: Title) -> Agreement | None:
    """The agreement where one title is, but for slips, the start or the end of the other."""
    found = _within(a.key, b.key)
    if found and has_other_numbers(a, b):
        return Agreement(Level.SIMILAR, found.score, "other numbers")
    if found and (how := _other_word(a, b)):
        return Agreement(Level.SIMILAR, found.score, how)
    return found


def _within(short: str, long: str) -> Agreement | None:
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
    if score:
        is_exchanged = _is_all_but_a_word(short, long)
        return Agreement(Level.SIMILAR, score, "exchanged word" if is_exchanged else "alike")
    return _faintly(short, long)


def _rearranged(short: Title, long: Title) -> Agreement | None:
    if _is_headed_elsewhere(short, long):
        return Agreement(Level.AGREE, 0.93, "order")
    if len(short.words) < 4 or len(short.key) < _TELLING_PREFIX:
        return None
    if fuzz.token_sort_ratio(
        " ".join(short.words), " ".join(long.words), score_cutoff=100 * _SAME_IN_ORDER
    ):
        return Agreement(Level.AGREE, 0.93, "order")
    return _nearly_contained(short, long)


_FEATURES = frozenset(
    ("特集", "小特集", "総特集", "シンポジウム", "ワークショップ", "連載", "講座")
)
"""What a database writes before the name of a feature."""


def _is_headed_elsewhere(short: Title, long: Title) -> bool:
    """Whether a Japanese title has the feature before it in the one, and behind it in the other."""
    ours, theirs = (sorted(w for w in t.words if w not in _FEATURES) for t in (short, long))
    return len(ours) > 1 and ours == theirs and _is_cjk(short)


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
