"""A search over the works as ``query.bibliographic`` does it: words, weighed by rarity (BM25)."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

_WORD = re.compile(r"\w+")
_K, _B = 1.2, 0.75


class Index:
    """Which work has which words."""

    def __init__(self, works: Mapping[str, Mapping[str, Any]]) -> None:
        self._postings: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self._lengths: dict[str, int] = {}
        for doi, message in works.items():
            counts = Counter(_words(_text(message)))
            self._lengths[doi] = sum(counts.values())
            for word, count in counts.items():
                self._postings[word][doi] = count
        self._mean = sum(self._lengths.values()) / max(1, len(self._lengths))

    def find(self, words: str, rows: int) -> list[tuple[str, float]]:
        """The DOIs with the best scores."""
        scores: defaultdict[str, float] = defaultdict(float)
        for word in set(_words(words)):
            found = self._postings.get(word)
            if not found:
                continue
            weight = math.log(1 + (len(self._lengths) - len(found) + 0.5) / (len(found) + 0.5))
            for doi, count in found.items():
                norm = _K * (1 - _B + _B * self._lengths[doi] / self._mean)
                scores[doi] += weight * count * (_K + 1) / (count + norm)
        return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:rows]


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(c for c in folded if not unicodedata.combining(c)))


def _text(message: Mapping[str, Any]) -> str:
    """What Crossref searches: titles, names, containers, years, numbers."""
    parts = []
    for field in ("title", "subtitle", "container-title", "short-container-title", "ISSN"):
        parts += [str(value) for value in message.get(field) or ()]
    for field in ("volume", "issue", "page", "publisher"):
        parts.append(str(message.get(field) or ""))
    for person in message.get("author") or ():
        parts += [str(person.get(field) or "") for field in ("given", "family", "name")]
    issued = (message.get("issued") or {}).get("date-parts") or [[]]
    parts.append(str((issued[0] or [""])[0]))
    return " ".join(parts)
