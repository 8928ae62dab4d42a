"""How alike the titles of two items are: enough to doubt a shared identifier, or to trust one.

``match`` compares works in earnest.  Here one question is asked of records that already share
an identifier: can they be the same work at all?
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import Any

from refpipe.model import Item

_TAG = re.compile(r"</?(?:i|b|sup|sub)>", re.IGNORECASE)
_NOT_WORD = re.compile(r"[\W_]+")
_MARK = re.compile(r"\s*(?:[*†‡§¶#]+|<sup>[^<]{1,3}</sup>|(?<=[^\W\d_])\d{1,2})\s*$")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

_WHOLLY_DIFFERENT = 0.25
_ALIKE = 0.75


@lru_cache(maxsize=4096)
def fold(title: str) -> str:
    """The letters and digits of a title, without case, accents and markup."""
    text = unicodedata.normalize("NFKD", _TAG.sub("", title)).casefold()
    text = "".join(char for char in text if not "\u0300" <= char <= "\u036f")
    return _NOT_WORD.sub("", unicodedata.normalize("NFC", text))


def without_mark(title: str) -> str:
    """The title without a footnote mark at its end (``Outcome1``, ``Outcome*``)."""
    return _MARK.sub("", title)


def is_same_but_for_mark(marked: str, clean: str) -> bool:
    """True when the first is the second with a footnote mark glued to its end."""
    bare = without_mark(marked)
    return bare != marked.rstrip() and fold(bare) == fold(clean) and without_mark(clean) == clean


def are_wholly_different(a: Item, b: Item) -> bool:
    """True when both have a title and no title of one resembles any of the other.

    Titles in two scripts cannot be compared letter by letter, so they are never called different.
    """
    pairs = _comparable(a, b)
    return bool(pairs) and max(_likeness(x, y) for x, y in pairs) < _WHOLLY_DIFFERENT


def are_alike(a: Item, b: Item) -> bool:
    """True when some title of one is, in all but trifles, or in its beginning, one of the other."""
    return any(_likeness(x, y) >= _ALIKE for x, y in _comparable(a, b))


def titles_of(item: Item) -> tuple[str, ...]:
    """Every title that the item goes by, folded: its own, the original, the twin's."""
    custom = item.get("custom")
    twin = custom.get("twin") if isinstance(custom, dict) else None
    raw: list[Any] = [item.get("title"), item.get("original-title"), item.get("title-short")]
    if isinstance(twin, dict):
        raw.append(twin.get("title"))
    folded = (fold(title) for title in raw if isinstance(title, str))
    return tuple(dict.fromkeys(title for title in folded if title))


def _comparable(a: Item, b: Item) -> list[tuple[str, str]]:
    pairs = [(x, y) for x in titles_of(a) for y in titles_of(b)]
    if any(_is_cjk(x) != _is_cjk(y) for x, y in pairs):
        same = [(x, y) for x, y in pairs if _is_cjk(x) == _is_cjk(y)]
        return [(x, y) for x, y in same if _likeness(x, y) >= _WHOLLY_DIFFERENT]
    return pairs


def _is_cjk(text: str) -> bool:
    return bool(_CJK.search(text))


@lru_cache(maxsize=4096)
def _likeness(a: str, b: str) -> float:
    """0 to 1: the share of letter triples in common; 1 where one begins with the other."""
    shorter, longer = sorted((a, b), key=len)
    if a == b or (len(shorter) >= 12 and longer.startswith(shorter)):
        return 1.0
    if len(shorter) >= 12 and shorter in longer:
        return 0.8
    size = 2 if _is_cjk(a) else 3
    first, second = _grams(a, size), _grams(b, size)
    shared = sum((first & second).values())
    return 2 * shared / max(1, sum(first.values()) + sum(second.values()))


def _grams(text: str, size: int) -> Counter[str]:
    padded = f" {text} "
    return Counter(padded[i : i + size] for i in range(max(1, len(padded) - size + 1)))
