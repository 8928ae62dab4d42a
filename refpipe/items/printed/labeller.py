"""A sequence labeller: which words of a reference are its title, its container, its publisher.

The model is a conditional random field (python-crfsuite), trained on references that we print
ourselves (``benchmarks/printed/labeller``).  It only splits; what a part means is the grammar's
affair.
"""

from __future__ import annotations

import lzma
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from refpipe.items.printed.words import (
    CONTAINER_WORDS,
    GIVEN_NAMES,
    MONTHS,
    PLACES,
    PUBLISHER_WORDS,
    word_set,
)

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from pycrfsuite import Tagger

_TOKEN = re.compile(r"(?P<pre>[^\w\s]*)(?P<core>\S*?)(?P<post>[^\w\s]*)(?=\s|$)")
_SHAPES = (
    ("year", re.compile(r"(?:1[5-9]|20)\d\d[a-z]?$")),
    ("int", re.compile(r"\d+$")),
    ("pages", re.compile(r"[A-Za-z]?\d+[-–]+[A-Za-z]?\d+$")),
    ("locator", re.compile(r"\d[\d();:.,\-–]*\d$|\d+\(\d")),
    ("url", re.compile(r"(?:https?:|www\.|10\.\d{4})")),
    ("number", re.compile(r".*\d")),
    ("initials", re.compile(r"(?:[A-Z]\.?-?){1,4}$")),
    ("capital", re.compile(r"[^\W\d_a-zà-ÿ]")),
    ("lower", re.compile(r"[^\W\d_]")),
)
_LEXICONS = {
    "C": CONTAINER_WORDS, "G": GIVEN_NAMES, "P": PLACES, "H": PUBLISHER_WORDS, "M": MONTHS,
}  # fmt: skip
_FIGURES = ("year", "int", "pages", "locator", "number")
_OPENING, _CLOSING = frozenset('“«"„'), frozenset('”»"')
_HEADS = ("in", "pp", "p", "vol", "no", "ed", "eds", "edited", "trans")
_SMALL = word_set("of for and the on in de des du la le et und für der to at & y e di van von a an")


@dataclass(frozen=True, slots=True)
class _Word:
    """What is seen of one word."""

    lower: str
    shape: str
    sign: str
    """The last of the signs behind it; ``-`` for none."""
    lexicons: str
    """The word lists that know it, a letter each."""


@lru_cache(maxsize=16)
def tokens(text: str) -> list[tuple[int, int, str, str, str]]:
    """(start, end, signs before, the word, signs behind) of each word between blanks."""
    found = []
    for match in re.finditer(r"\S+", text):
        parts = _TOKEN.match(match[0])
        core = parts["core"] if parts else ""
        if parts is None or not core:
            found.append((match.start(), match.end(), "", match[0], parts["post"] if parts else ""))
        else:
            found.append((match.start(), match.end(), parts["pre"], core, parts["post"]))
    return found


def shape(core: str) -> str:
    """The form of a word: a year, pages, initials, a capital word and the like."""
    return next((name for name, pattern in _SHAPES if pattern.match(core)), "sign")


Told = tuple[str, tuple[tuple[str, int, int, float], ...]]
"""How the grammar reads a text: the kind, and (label, start, end, confidence) of each field."""
UNTOLD: Told = ("", ())


def features(text: str, told: Told = UNTOLD) -> list[list[str]]:
    """What the labeller sees of each word: what is printed, and how the grammar reads it."""
    row = tokens(text)
    shapes = [_word(core, post).shape for _, _, _, core, post in row]
    places = [(start, end) for start, end, *_ in row]
    return [
        [*own, *read]
        for own, read in zip(_printed(text), reading(places, shapes, told), strict=True)
    ]


def told_of(kind: str, parts: list[Any]) -> Told:
    """How the grammar reads, as a labeller is told it."""
    fields = sorted((part.start, part.end, part.name, part.confidence) for part in parts)
    return kind, tuple((name, start, end, sure) for start, end, name, sure in fields if end > start)


_HAS = {
    "author": "a", "title": "t", "container-title": "c", "publisher": "p", "editor": "e",
    "volume": "v", "issued": "y", "page": "r", "URL": "u",
}  # fmt: skip


def reading(places: list[tuple[int, int]], classes: list[str], told: Told) -> list[list[str]]:
    """How the grammar has read each token and those beside it."""
    kind, fields = told
    labels = ["-"] * len(places)
    sures = ["0"] * len(places)
    edges = [""] * len(places)
    at = 0
    for name, start, end, sure in fields:
        while at and places[at - 1][1] > start:
            at -= 1
        while at < len(places) and places[at][1] <= start:
            at += 1
        while at < len(places) and places[at][0] < end:
            labels[at], sures[at] = name, f"{sure:.1f}"
            edges[at] = "b" * (places[at][0] <= start) + "e" * (places[at][1] >= end)
            at += 1
    has = "".join(sorted(_HAS.get(name, "") for name in {field[0] for field in fields}))
    ring = ["^", *labels, "$"]
    return [
        [
            f"g={label}{edges[at]}", f"g={label}{sures[at]}", f"g={ring[at]}{label}{ring[at + 2]}",
            f"gk={kind}{label}", f"g={has}{label}", f"g={label}{edges[at]} {classes[at]}",
        ]
        for at, label in enumerate(labels)
    ]  # fmt: skip


@lru_cache(maxsize=16)
def _printed(text: str) -> list[list[str]]:
    """What is seen of each word itself, its stretch between signs, its neighbours.

    A text may be looked at twice; nobody may change the lists.
    """
    row = tokens(text)
    words = [_word(core, post) for _, _, _, core, post in row]
    stretches = _stretches(words)
    return [
        [*own, *stretches[at], *_neighbours(words, at)]
        for at, own in enumerate(_own(text, row, words))
    ]


@lru_cache(maxsize=4096)
def _word(core: str, post: str) -> _Word:
    lower = core.lower().rstrip(".")
    return _Word(
        lower=lower,
        shape=shape(core),
        sign=post[-1:] or "-",
        lexicons="".join(name for name, known in _LEXICONS.items() if lower in known),
    )


def _own(
    text: str, row: list[tuple[int, int, str, str, str]], words: list[_Word]
) -> Iterator[list[str]]:
    """The features of each word itself, and of what has come before it."""
    is_quoted = is_bracketed = had_year = False
    stops = commas = 0
    has_quotes = "“" in text or '"' in text or "«" in text
    for index, ((_, _, pre, core, post), word) in enumerate(zip(row, words, strict=True)):
        is_quoted = is_quoted or not _OPENING.isdisjoint(pre)
        is_bracketed = is_bracketed or "(" in pre or "[" in pre
        found = [
            f"w={word.lower}", f"s={word.shape}", f"x={word.lower[-3:]}", f"p={word.lower[:3]}",
            f"post={post[:2]}", f"pre={pre[:1]}", f"at={index * 8 // len(row)}",
            f"n={min(stops, 5)}.{min(commas, 3)}",
            f"q={is_quoted:d}{has_quotes:d}b={is_bracketed:d}y={had_year:d}",
            f"s={word.shape} post={word.sign}", f"len={min(len(core), 5)}",
            *(f"lex={name}" for name in word.lexicons),
        ]  # fmt: skip
        yield [*found, *_place(index, len(row))]
        is_quoted = is_quoted and _CLOSING.isdisjoint(post)
        is_bracketed = is_bracketed and not (")" in post or "]" in post)
        had_year = had_year or word.shape == "year"
        if word.sign in ".?!" and word.shape != "initials" and len(core) > 2:
            stops, commas = stops + 1, 0
        elif word.sign in ",;:":
            commas += 1


def _place(index: int, count: int) -> list[str]:
    if 0 < index < count - 4:
        return []
    names = {"first": index == 0, "last": index == count - 1, "near-end": index >= count - 4}
    return [name for name, holds in names.items() if holds]


def _stretches(words: list[_Word]) -> list[list[str]]:
    """What each stretch between signs is like, told to each of its words."""
    edges, begin = [], 0
    for index, word in enumerate(words):
        is_stop = word.sign == "." and word.shape != "initials" and len(word.lower) > 2
        if word.sign in '?!;:,)”»"' or is_stop or index == len(words) - 1:
            edges.append((begin, index + 1))
            begin = index + 1
    kinds = ["none", *(_kind(words[start:end]) for start, end in edges), "none", "none"]
    rows: list[list[str]] = []
    for place, (start, end) in enumerate(edges):
        before, kind, after, later = kinds[place : place + 4]
        told = [
            f"seg={kind}", f"seg-={before}", f"seg+={after}", f"seg={kind} +{after}",
            f"seg={before} {kind} {after}", f"seg+{after}{later}",
            f"segs-left={min(len(edges) - place, 6)}",
        ]  # fmt: skip
        rows += [[*told, f"in-seg={min(index - start, 2)}"] for index in range(start, end)]
    return rows


def _kind(words: list[_Word]) -> str:
    """A stretch in a word: its length, its capitals, the lexicons that know its words."""
    first, last = words[0], words[-1]
    if first.shape in _FIGURES or first.shape == "url":
        return first.shape + ("" if len(words) == 1 else "+")
    if first.lower in _HEADS:
        return first.lower
    small = any(word.shape == "lower" and word.lower not in _SMALL for word in words)
    initials = any(word.shape == "initials" for word in words)
    known = [
        name for name in "CGPH"
        if 2 * sum(name in word.lexicons for word in words) >= len(words)
    ]  # fmt: skip
    tail = last.shape if last.shape in _FIGURES else ""
    return f"{min(len(words), 8)}{'s' * small}{'i' * initials}{''.join(known)}{tail}"


def _neighbours(words: list[_Word], at: int) -> Iterator[str]:
    for offset in (-2, -1, 1, 2, 3):
        place = at + offset
        if not 0 <= place < len(words):
            yield f"{offset}none"
            continue
        word = words[place]
        yield f"{offset}s={word.shape}{word.sign}"
        if abs(offset) == 1:
            yield f"{offset}w={word.lower}"
        if word.lexicons:
            yield f"{offset}l={word.lexicons}"


class Model:
    """A trained model and how it sees a text; the text that was asked about last is remembered."""

    def __init__(
        self,
        path: Traversable,
        tokens: Callable[[str], list[tuple[Any, ...]]],
        features: Callable[..., list[list[str]]],
    ) -> None:
        self.path, self.tokens, self.features = path, tokens, features
        self._own = threading.local()

    def _tagger(self) -> Tagger:
        """The tagger of this thread; only a reference that needs it pays for it."""
        if not hasattr(self._own, "tagger"):
            import pycrfsuite

            # The tagger reads in the bytes and keeps no copy, so that they must stay.
            self._own.bytes = lzma.decompress(self.path.read_bytes())
            self._own.tagger = pycrfsuite.Tagger()
            self._own.tagger.open_inmemory(self._own.bytes)
            self._own.marks = {}
            for mark in self._own.tagger.labels():
                self._own.marks.setdefault(mark.rstrip("+"), []).append(mark)
            self._own.text = None
        tagger: Tagger = self._own.tagger
        return tagger

    def tag(self, text: str, *told: Told) -> list[tuple[str, int, int]]:
        """(label, start, end) of each token."""
        tagger = self._tagger()
        if self._own.text != (text, told):
            row = self.tokens(text)
            labels = tagger.tag(self.features(text, *told)) if row else []
            self._own.tags = [(mark, one[0], one[1]) for mark, one in zip(labels, row, strict=True)]
            self._own.text, self._own.said = (text, told), None
        tags: list[tuple[str, int, int]] = self._own.tags
        return tags

    def probability(self, index: int, name: str) -> float:
        """How probable it is that a token of the text tagged last belongs to such a field."""
        marginal = self._tagger().marginal
        return float(sum([marginal(mark, index) for mark in self._own.marks.get(name, ())]))

    def words(self, text: str, *told: Told) -> Words:
        """(label, start, end, probability) of each token; ``+`` where a run begins.

        Nobody may change the list.
        """
        tags = self.tag(text, *told)
        if self._own.said is None:
            marginal = self._tagger().marginal
            self._own.said = [
                (mark, start, end, marginal(mark, index))
                for index, (mark, start, end) in enumerate(tags)
            ]
        said: Words = self._own.said
        return said


WESTERN = Model(files(__package__ or "") / "labeller.crfsuite.xz", tokens, features)
"""Told how the grammar reads, and believed where that is not sure."""
UNTOLD_WESTERN = Model(WESTERN.path, tokens, features)
"""The same model, which is not told; it weighs what the grammar reads."""


Words = list[tuple[str, int, int, float]]
"""Each word with its label, its place, and how probable the label is."""


def joined(row: Words) -> Words:
    """Words with one label as one run."""
    runs: Words = []
    for mark, start, end, sure in row:
        name = mark.rstrip("+")
        if runs and runs[-1][0] == name and mark == name:
            runs[-1] = (name, runs[-1][1], end, min(runs[-1][3], sure))
        else:
            runs.append((name, start, end, sure))
    return runs


def merged(text: str, row: Words) -> Words:
    """The runs that hold a word; neighbours with one label are one: a title and its subtitle."""
    runs: Words = []
    for name, start, end, sure in joined(row):
        if runs and runs[-1][0] == name:
            runs[-1] = (name, runs[-1][1], end, min(sure, runs[-1][3]))
        elif re.search(r"\w", text[start:end]):
            runs.append((name, start, end, sure))
    return runs


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch to which the labeller gave one label."""

    start: int
    end: int
    sure: float


def western_trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the signs that part elements."""
    while start < end and text[start] in " .,;:“”\"'‘’«»([–-":
        start += 1
    while end > start and text[end - 1] in ' ,;:“”"‘«»([':
        end -= 1
    inner = text[start:end]
    if inner.count("(") > inner.count(")"):
        end = start + len(inner[: inner.rindex("(")].rstrip(" ,;:"))
        inner = text[start:end]
    if inner.endswith(")") and inner.count(")") > inner.count("("):
        end -= 1
    if end > start and text[end - 1] == "." and not re.search(r"(?:\.\S|\b\w)\.$|\w\. \w", inner):
        end -= 1
    return start, end


# ── the edges of a stretch ────────────────────────────────────────────────

_BOXES = {
    "」": "「", "』": "『", "）": "（", ")": "(", "”": "“", "］": "［", "]": "[", "】": "【",
    "〉": "〈", "》": "《", "〕": "〔",
}  # fmt: skip
_EDGE = " 　,，.．。、:：;；/／|｜-－―・"


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the signs at its edges, and with the partner of its bracket."""
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    for close, begin in _BOXES.items():
        start, end = _boxed(text, start, end, begin + close)
    if text[end : end + 1] in ("-", "－", "―", "〜") and text.count(text[end], start, end) == 1:
        end += 1  # A subtitle between two dashes keeps the second one.
    return start, end


def _boxed(text: str, start: int, end: int, box: str) -> tuple[int, int]:
    """A stretch with both of its brackets or without."""
    inner, begin, close = text[start:end], box[0], box[1]
    more = inner.count(begin) - inner.count(close)
    if not more and inner.startswith(begin) and inner.endswith(close) and inner.count(begin) == 1:
        return start + 1, end - 1
    if more > 0:
        is_closed = text[end : end + 1] == close
        return (start, end + 1) if is_closed else (start + inner.startswith(begin), end)
    if more < 0:
        is_opened = start > 0 and text[start - 1] == begin
        return (start - 1, end) if is_opened else (start, end - inner.endswith(close))
    return start, end
