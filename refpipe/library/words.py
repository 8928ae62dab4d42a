"""The words by which a work is found, folded so that case, width and accents do not matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from refpipe.model import Certainty, Item, Scheme, Work

_TAG = re.compile(r"</?(?:i|b|sup|sub)>", re.IGNORECASE)
_PLAIN = ("title", "original-title", "container-title", "container-title-short", "publisher")
_SHOWN = frozenset({Scheme.DOI, Scheme.PMID, Scheme.PMCID, Scheme.ISBN, Scheme.ARXIV, Scheme.NAME})


_PADDING = "\n\n"
"""What ends the words, so that even the last letter begins a triple of the index."""


def fold(text: str) -> str:
    """The text in lower case, half width, without accents and tags."""
    plain = unicodedata.normalize("NFKD", _TAG.sub("", text)).casefold()
    bare = "".join(char for char in plain if not "\u0300" <= char <= "\u036f")
    return " ".join(unicodedata.normalize("NFC", bare).split())


def of_work(work: Work) -> str:
    """All words of a work, a line each: title, people, journal, year, identifiers, names."""
    words = [*_of_item(work.item), work.name]
    words += [
        claim.identifier.value
        for claim in work.claims
        if claim.identifier.scheme in _SHOWN and claim.certainty is not Certainty.CANDIDATE
    ]
    folded = (fold(word.encode("utf-8", "replace").decode()) for word in words)
    said = "\n".join(dict.fromkeys(word for word in folded if word))
    return said + _PADDING if said else ""


def _of_item(item: Item) -> Iterator[str]:
    for variable in _PLAIN:
        if isinstance(item.get(variable), str):
            yield item[variable]
    for role in ("author", "editor"):
        yield from _people(item.get(role))
    yield from _year(item.get("issued"))
    custom = item.get("custom")
    twin = custom.get("twin") if isinstance(custom, dict) else None
    if isinstance(twin, dict):
        yield from _of_item({key: value for key, value in twin.items() if key != "custom"})


def _people(names: Any) -> Iterator[str]:
    for name in names if isinstance(names, list) else ():
        if isinstance(name, dict):
            parts = (name.get(part) for part in ("family", "given", "literal"))
            said = [part for part in parts if isinstance(part, str)]
            yield " ".join(said)
            if len(said) == 2 and not said[0].isascii():
                # 山田太郎 is typed without the space that 山田 太郎 is kept with.
                yield "".join(said)


def _year(date: Any) -> Iterator[str]:
    try:
        yield str(date["date-parts"][0][0])
    except (KeyError, IndexError, TypeError):
        return
