"""Where the title ends and the container begins.

Every word speaks for a title or for a container (a small letter speaks for a title, a word of
the journal vocabulary for a container); the split with the best sum wins.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

from refpipe.items.printed.words import (
    CONTAINER_WORDS,
    FOREIGN_BODIES,
    FUNCTION_WORDS,
    ORGANISATION_WORDS,
    PLACES,
    PUBLISHER_WORDS,
    WHOLE_CONTAINERS,
    word_set,
)
from refpipe.lifetimes import lazy

_BREAK = lazy(
    r"(?P<stop>(?<![.?!])[.?!]++[\"”’')\]]*+\.?)\s+(?=\S)|(?P<glued>(?<=[a-z)])[.?]++)(?=[A-Z][a-z])|(?P<comma>,)\s+(?=\S)"
)
_WORD = lazy(r"\S+")
_EDITION_NUMBER = lazy(r"(?:19|20)\d\d$|\d{1,3}(?:st|nd|rd|th)$")
_WHOLE_WORDS = word_set(
    """cell gene brain drug age film psych art form car medic act bio bone law"""
)
_REMARKS = word_set("review editorial letter abstract commentary erratum introduction")
"""Sentences of one word that belong to a title and begin no container."""
_SMALL_CONTAINERS = (
    "eLife", "mBio", "npj", "bioRxiv", "medRxiv", "mSystems", "mSphere", "iScience", "arXiv"
)  # fmt: skip
_GROUP_WORDS = word_set("group investigators collaboration committee consortium trialists")
"""Words that make a capitalised sentence the name of a group, printed behind a title."""
_IN = lazy(r"[Ii]n\s?:\s*|In\s+(?=[A-Z“])")
_SENTENCE_COST = 5.0
"""What a full stop inside a container costs when whole sentences stand before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A title and the container behind it, as positions."""

    title_end: int
    container_start: int
    score: float
    """The evidence for the container."""
    is_in: bool = False
    """The container is introduced by "In"."""


@dataclass(frozen=True, slots=True)
class _Break:
    left: int
    right: int
    kind: str


def split(shape: str, start: int, end: int, *, has_comma_style: bool) -> Split | None:
    """The best place to part ``shape[start:end]``; None where there is no break at all."""
    breaks = [
        _Break(match.start(), match.end(), match.lastgroup or "")
        for match in _BREAK.finditer(shape, start, end)
    ]
    if not breaks:
        return None
    stretch = _Stretch(shape, start, end, breaks)
    comma_cost = 1.0 if has_comma_style else 4.0
    score, best = max(
        ((_score(stretch, candidate, comma_cost), candidate) for candidate in breaks),
        key=lambda scored: scored[0],
    )
    introduced = _IN.match(shape, best.right)
    return Split(
        title_end=_title_end(shape, best),
        container_start=introduced.end() if introduced else best.right,
        score=score,
        is_in=introduced is not None,
    )


class _Stretch:
    """The words between names and numbers, with what each speaks for."""

    __slots__ = ("end", "evidence", "shape", "start", "stops", "words")

    def __init__(self, shape: str, start: int, end: int, breaks: list[_Break]) -> None:
        self.shape, self.start, self.end = shape, start, end
        words = [match.span() for match in _WORD.finditer(shape, start, end)]
        self.words = _cut_at(words, breaks)
        self.evidence = _suffix_sums(shape, self.words)
        """For each word, the evidence of it and all behind it."""
        self.stops = _Stops(shape, breaks, start)


def _cut_at(words: list[tuple[int, int]], breaks: list[_Break]) -> list[tuple[int, int]]:
    """The words, cut where a full stop has no space behind it."""
    glued = [one.right for one in breaks if one.kind == "glued"]
    for place in glued:
        words = [
            part
            for left, right in words
            for part in (
                [(left, place), (place, right)] if left < place < right else [(left, right)]
            )
        ]
    return words


def _title_end(shape: str, candidate: _Break) -> int:
    """A question mark belongs to the title, a full stop does not."""
    end = candidate.left
    while end < candidate.right and shape[end] in "?!\"”’')]":
        end += 1
    return end


class _Stops:
    """The full stops of a stretch, and what each would cost inside a container."""

    __slots__ = ("_left", "_right", "_sums")

    def __init__(self, shape: str, breaks: list[_Break], start: int) -> None:
        self._left: list[int] = []
        self._right: list[int] = []
        costs: list[float] = []
        begin = start
        for stop in breaks:
            if stop.kind == "comma":
                continue
            is_abbreviation = _is_abbreviation_end(shape, stop.left, start)
            costs.append(0.0 if is_abbreviation else _stop_cost(shape[begin : stop.left].split()))
            self._left.append(stop.left)
            if not is_abbreviation:
                self._right.append(stop.right)
            begin = stop.right
        self._sums = [0.0] * (len(costs) + 1)
        for index in range(len(costs) - 1, -1, -1):
            self._sums[index] = self._sums[index + 1] + costs[index]

    def behind(self, position: int) -> float:
        """What the stops behind a position cost together."""
        return self._sums[bisect_right(self._left, position)]

    def sentence_before(self, shape: str, position: int) -> list[str]:
        """The words between the stop before ``position`` and it; none for the first sentence."""
        at = bisect_right(self._right, position) - 1
        return shape[self._right[at] : position].split() if at >= 0 else []


def _stop_cost(words: list[str]) -> float:
    """What the full stop behind a sentence would cost inside a container.

    Abbreviations follow one another ("Biochim. Biophys. Acta"), so the stop behind a single
    word in capitals costs next to nothing and the stop behind a whole sentence most.
    """
    if len(words) == 1 and words[0].lower() in _REMARKS:
        return _SENTENCE_COST
    if any(word.lower().strip(",") in _GROUP_WORDS for word in words):
        return _SENTENCE_COST + len(words)
    if all(word[0].isupper() or word.lower() in FUNCTION_WORDS for word in words):
        return (0.5, 0.5, 1.5, 3.0)[len(words)] if len(words) < 4 else 1.2 * len(words)
    return _SENTENCE_COST


def _suffix_sums(shape: str, words: list[tuple[int, int]]) -> list[float]:
    sums = [0.0] * (len(words) + 1)
    for index in range(len(words) - 1, -1, -1):
        left, right = words[index]
        sums[index] = sums[index + 1] + evidence_of(shape[left:right])
    return sums


def _score(stretch: _Stretch, candidate: _Break, comma_cost: float) -> float:
    """The evidence for the container that begins behind one break."""
    first = bisect_left(stretch.words, (candidate.right, 0))
    if first == 0 or first >= len(stretch.words):
        return -50.0
    count = len(stretch.words) - first
    container = stretch.evidence[first]
    title = stretch.evidence[0] - container
    score = container - 0.5 * min(0.0, max(title, -6.0))
    score -= stretch.stops.behind(candidate.left)
    score -= 0.6 * max(0, count - 8)
    if candidate.kind == "comma":
        score -= comma_cost + _place_cost(stretch.shape[candidate.right : stretch.end])
    elif _is_abbreviation_end(stretch.shape, candidate.left, stretch.words[0][0]):
        score -= 2.5
    else:
        score -= _fragment_cost(stretch.stops.sentence_before(stretch.shape, candidate.left))
    if first < 2:
        score -= 2.0
    is_alone = count == 1
    return score + _beginning(stretch.shape[candidate.right : stretch.end], candidate, is_alone)


def _place_cost(text: str) -> float:
    """What it costs to begin a container with "Mexico, Bulletin of …", which ends the title.

    The first words of a container that has a comma are of the vocabulary themselves.
    """
    first, comma, rest = text.partition(", ")
    if not comma or any(word.lower().strip(".") in CONTAINER_WORDS for word in first.split()):
        return 0.0
    return 3.0 if any(word.lower().strip(".") in CONTAINER_WORDS for word in rest.split()) else 0.0


def _beginning(text: str, candidate: _Break, is_alone: bool) -> float:
    """What the first letters of a container say."""
    score = 0.0
    if _PART_NUMBER.match(text):
        score -= 4.0
    if text[0].islower() and not text.startswith(_SMALL_CONTAINERS):
        score -= 4.0
    if _IN.match(text) and candidate.kind != "comma":
        score += 6.0
    if is_alone and text.strip(" .,;:").lower() in WHOLE_CONTAINERS:
        score += 2.0
    return score


_PART_NUMBER = lazy(r"[IVX]{1,4}\.\s")
"""``Fourier integral operators. II. Acta Math.``: a title ends with the number of its part."""


def _fragment_cost(sentence: list[str]) -> float:
    """What it costs to leave "Neurotox." or "Journals of Gerontology." to the title.

    A capitalised word or two between full stops is rather the first part of the container.
    """
    if not sentence or len(sentence) > 4 or sentence[0].lower() in _REMARKS:
        return 0.0
    if _PART_NUMBER.match(sentence[0] + ". "):
        return 0.0
    if not all(word[0].isupper() or word.lower() in FUNCTION_WORDS for word in sentence):
        return 0.0
    if len(sentence) == 1:
        return 3.0
    return 2.0 if any(word.lower() in CONTAINER_WORDS for word in sentence) else 0.0


@lru_cache(maxsize=20_000)
def evidence_of(word: str) -> float:
    """How much one word speaks for a container (above 0) or for a title (below)."""
    plain = word.strip(".,:;()[]&\"“”’'?!*")
    lower = plain.lower()
    if not plain:
        return 0.0
    if lower in FUNCTION_WORDS:
        return -0.1
    return _capital(plain, lower) if plain[0].isupper() else _small(plain, lower, word)


def _small(plain: str, lower: str, word: str) -> float:
    """What a word without a capital says: hardly any is part of a container."""
    if plain[0].isdigit():
        return 0.0 if _EDITION_NUMBER.match(plain) else -1.0
    if lower in CONTAINER_WORDS:
        return 0.5 if word.endswith(".") else -1.0
    return -2.5


def _capital(plain: str, lower: str) -> float:
    """What a word with a capital says: the vocabulary of journals speaks for a container."""
    if lower in CONTAINER_WORDS:
        return 1.5 if len(plain) > 1 else 1.0
    if any(sign.isdigit() for sign in plain):
        return -1.0
    if "-" in plain:
        parts = [part for part in lower.split("-") if part]
        return sum(1.0 if part in CONTAINER_WORDS else -0.2 for part in parts) / max(1, len(parts))
    if len(plain) == 1:
        return 0.5
    return 0.4 if len(plain) < 12 else 0.2


def _is_abbreviation_end(shape: str, left: int, floor: int) -> bool:
    """Whether the full stop at ``left`` belongs to an abbreviation such as ``Med.``."""
    begin = left
    while begin > floor and not shape[begin - 1].isspace() and shape[begin - 1] not in ".(":
        begin -= 1
    word = shape[begin:left]
    return is_abbreviation(word)


_SHORT_OF_AL = word_set("anim archiv cryst dent intern miner perinat roy")
"""Shorter forms of words in -al that are no words themselves, as "sport" and "region" are."""


@lru_cache(maxsize=20_000)
def is_abbreviation(word: str) -> bool:
    """Whether a word is a shorter form of one of journal titles, as ``Med`` is."""
    if len(word) == 1:
        return word.isupper()
    lower = word.lower().strip("()")
    if not lower or not word[:1].isupper() or lower in _WHOLE_WORDS:
        return False
    if lower in _SHORT_OF_AL:
        return True
    at = bisect_left(_SORTED_WORDS, lower)
    following = _SORTED_WORDS[at + 1] if at + 1 < len(_SORTED_WORDS) else ""
    return (
        at < len(_SORTED_WORDS)
        and _SORTED_WORDS[at] == lower
        and following.startswith(lower)
        and following not in (lower + "s", lower + "es", lower + "al")
    )


def unmarked(shape: str, start: int, end: int) -> int | None:
    """Where a container begins that no sign parts from its title; None where none is plain.

    ``… clinical trial Diabetes Care``: capital words at the end, of which the first is one of the
    vocabulary, behind a title that is printed in small letters.
    """
    words = [match.span() for match in _WORD.finditer(shape, start, end)]
    at = len(words)
    while at and (
        shape[words[at - 1][0]].isupper() or shape[slice(*words[at - 1])].lower() in FUNCTION_WORDS
    ):
        at -= 1
    while at < len(words) and not begins_container(shape[slice(*words[at])]):
        at += 1
    names = [shape[slice(*span)].strip(".,:;") for span in words[at:]]
    known = [name for name in names if _is_vocabulary(name)]
    is_whole = len(names) == 1 and names[0].lower() in WHOLE_CONTAINERS
    if at < 3 or len(words) - at > 8 or not (is_whole or (len(names) > 1 and len(known) > 1)):
        return None
    return words[at][0]


_IN_BRACKETS = lazy(
    r"(?P<before>[^()]{12,}?)\s?\((?P<container>[A-Z][^(),;:]{2,70}),\s(?P<year>(?:19|20)\d\d)\)\W*$"
)


def in_brackets(shape: str) -> re.Match[str] | None:
    """A journal and its year in a bracket at the end: ``Title (Gait & Posture, 2019)``."""
    found = _IN_BRACKETS.match(shape)
    words = [word.lower().strip(".") for word in found["container"].split()] if found else []
    known = [word for word in words if word in CONTAINER_WORDS or word in WHOLE_CONTAINERS]
    small = [word for word in words if word in FUNCTION_WORDS or word == "&"]
    return found if known and len(known) + len(small) == len(words) else None


def begins_container(word: str) -> bool:
    """Whether a word may be the first of a container: of the vocabulary, no DNA and the like."""
    plain = word.strip(".,:;()")
    is_name = len(plain) == 1 or not plain.isupper() or plain in _CAPITAL_NAMES
    return plain[:1].isupper() and is_name and _is_vocabulary(plain)


def _is_vocabulary(word: str) -> bool:
    return word.lower() in CONTAINER_WORDS


def is_journal_name(text: str) -> bool:
    """Whether words are those of a journal and of no house: ``J Am Geriatr Soc``, ``Foot Int``.

    Each is of the vocabulary or short and broken off at a consonant; a town, a state or a word of
    bodies makes it the name of somebody who gives works out.
    """
    words = re.findall(r"[^\s.,:&()-]+", text)
    lower = [word.lower() for word in words]
    if len(words) == 1:
        return lower[0] in WHOLE_CONTAINERS or words[0] in _CAPITAL_NAMES
    is_serial = not _SERIALS.isdisjoint(lower)
    if not 1 < len(words) <= 9 or not (is_serial or _OF_HOUSES.isdisjoint(lower)):
        return False
    vocabulary = CONTAINER_WORDS | WHOLE_CONTAINERS
    known = [one in vocabulary or words[at] in _CAPITAL_NAMES for at, one in enumerate(lower)]
    if not is_serial and lower[-1] in ORGANISATION_WORDS:
        return False
    if words[0] in _CAPITAL_NAMES and all(word[0].isupper() for word in words):
        return True  # MMWR Morb Mortal Wkly Rep
    return any(known) and all(
        is_known or word in FUNCTION_WORDS or _BROKEN_OFF.fullmatch(printed)
        for is_known, word, printed in zip(known, lower, words, strict=True)
    )


_SERIALS = word_set(
    "j journal proc proceedings ann annals bull bulletin rev revue review reviews revista arch"
    " archives acta trans transactions lett letters z zeitschrift ther res"
)
"""Words that a journal bears, whatever society stands behind them."""
_OF_HOUSES = (
    (ORGANISATION_WORDS | FOREIGN_BODIES | PUBLISHER_WORDS | PLACES) - CONTAINER_WORDS
    | word_set("england scotland ireland japan human clinic harvard university college net"
 " association society institute academy organ school")
)  # fmt: skip
"""Words of bodies and of towns."""
_BROKEN_OFF = lazy(r"[A-Z](?:[^\W\d_A-Z]{1,16}(?<![aeiouyàéè]))?")


_CAPITAL_NAMES = (
    "BMJ", "JAMA", "IEEE", "ACM", "BMC", "EMBO", "FEBS", "FASEB", "AIDS", "PLOS", "NEJM",
    "PNAS", "CMAJ", "MMWR", "JACC", "PLoS", "WMJ", "AJR", "JCEM",
)  # fmt: skip


def is_abbreviated_container(shape: str, start: int, end: int, *, has_comma_style: bool) -> bool:
    """Whether a stretch is nothing but a shortened container: ``Phys. Rev. D``, ``An. Quim.``.

    Physicists and chemists print no titles.  A first word that nobody knows may be a title of one
    word ("Lupus. N. Engl. J. Med."), unless the names before it end with a comma.
    """
    words = re.findall(r"[^\s.,:]+\.?", shape[start:end].strip(" ,;:"))
    kinds = [
        _kind_of_short(word, is_first=not at and not has_comma_style)
        for at, word in enumerate(words)
    ]
    is_first_known = bool(kinds) and (kinds[0] == "known" or has_comma_style)
    return is_first_known and 2 <= len(words) <= 9 and "known" in kinds and "" not in kinds


def _kind_of_short(word: str, *, is_first: bool) -> str:
    """``known`` for "Phys.", ``odd`` for "Quim.", ``plain`` for "Plus" and "D"; else nothing."""
    core = word.rstrip(".")
    if not core[:1].isupper() or not core.isalpha():
        return ""
    if word.endswith("."):
        if is_abbreviation(core):
            return "known" if len(core) > 1 or core == "J" else "plain"
        is_whole = is_first and core.lower() in CONTAINER_WORDS
        is_odd = len(core) <= (7 if is_first else 10) and core[-1] not in "aeiouy" and not is_whole
        return "odd" if is_odd else ""
    return "plain" if len(core) == 1 or core.lower() in CONTAINER_WORDS else ""


_SORTED_WORDS = sorted(word for word in CONTAINER_WORDS if word.isalpha())
