"""What an address says of the work that it leads to, and whether that speaks against a record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from refpipe import match, normalise
from refpipe.match import Level
from refpipe.model import Identifier, Item, Scheme

_YEAR = re.compile(r"/(19\d\d|20[0-3]\d)(?=/|$)")
_ISSN = re.compile(r"(?<![0-9A-Za-z])(\d{4}-\d{3}[\dXx])(?![0-9A-Za-z])")
_VOLUME_ISSUE_PAGE = re.compile(r"/(\d{1,4})/(\d{1,3}|suppl_\d+)/([A-Za-z]?\d{1,6})(?:[./?]|$)")
_ENDING = re.compile(r"(?:\.\d+)?\.(?:aspx?|html?|php|cfm|jsp|shtml)$", re.IGNORECASE)
_FILE = re.compile(r"\.(?:pdf|xml|docx?|zip)$", re.IGNORECASE)
"""A file has a name of its own, which seldom is the title."""
_SEPARATOR = re.compile(r"[-_+ ]+")

_SHORTEST_WORD = 3
_FEWEST_WORDS = 3
"""Words that a slug needs to have before it can speak against a title."""
_ENOUGH = 0.6
"""The share of a slug's words that the title has to have; spellings and signs differ a little."""
_COMMON = frozenset(
    ("the", "and", "for", "with", "from", "into", "its", "are", "was", "not", "but", "abstract",
     "article", "articles", "fulltext", "full", "text", "journal", "issue", "volume", "download",
     "supplement", "supplementary", "view", "pdf", "html", "amp")
)  # fmt: skip
"""Words of grammar, which slugs leave out, and words of the publisher about the page."""


def said_by(address: str) -> Item:
    """What an address says of the work that it leads to: a year, an ISSN, a place in a volume."""
    path = urlsplit(address).path
    item: Item = {}
    if place := _VOLUME_ISSUE_PAGE.search(path):
        item |= {"volume": place[1], "page": place[3]}
    if year := _YEAR.search(path):
        item["issued"] = {"date-parts": [[int(year[1])]]}
    if issn := _ISSN.search(path):
        item["ISSN"] = issn[1].upper()
    return item


def slug(address: str) -> tuple[str, ...]:
    """The words of a title that an address carries, in order; none where it carries no title."""
    last = unquote(urlsplit(address).path).rstrip("/").rpartition("/")[2]
    parts = _SEPARATOR.sub(" ", _ENDING.sub("", last)).split()
    numbered = sum(any(sign.isdigit() for sign in part) for part in parts)
    words = _content(" ".join(parts))
    is_title = len(words) >= _FEWEST_WORDS and numbered * 3 < len(parts)
    return tuple(words) if is_title and not _FILE.search(last) else ()


def is_refuted(address: str, found: Item) -> bool:
    """Whether what the address says speaks against the record."""
    if _is_another_title(slug(address), found):
        return True
    said = said_by(address)
    if not said:
        return False
    comparison = match.compare(_subject(said), _subject(found))
    return Level.DIFFER in {comparison.year.level, comparison.pages.level}


def _subject(item: Item) -> match.Subject:
    """The item without its identifiers, which would decide alone."""
    bare = {name: value for name, value in item.items() if name in _COMPARED}
    return match.Subject(identifier=Identifier(Scheme.TEXT, "0" * 8), item=bare)


_COMPARED = frozenset(("type", "volume", "page", "issued", "ISSN", "container-title"))


def _is_another_title(words: Sequence[str], found: Item) -> bool:
    """Whether the words of a slug are not those of the record's title.

    A title in another script than the slug's cannot be held against it.
    """
    title = normalise.fold(str(found.get("title") or ""))
    if not words or not title or sum(letter.isascii() for letter in title) < len(title) / 2:
        return False
    told = _content(title)
    # Either may be cut short: the slug by the publisher, the title where markup began.
    return _in_order(words, told) < _ENOUGH * max(1, min(len(words), len(told)))


def _content(text: str) -> list[str]:
    """The words that tell something: no numbers, no grammar."""
    return [
        word
        for word in normalise.fold(text).split()
        if len(word) >= _SHORTEST_WORD and word.isalpha() and word not in _COMMON
    ]


def _in_order(words: Sequence[str], title: Sequence[str]) -> int:
    """How many of the words stand in the title one after another (longest common subsequence)."""
    row = [0] * (len(title) + 1)
    for word in words:
        above, row = row, [0]
        for column, other in enumerate(title):
            is_same = word == other or (len(other) > _SHORTEST_WORD and word.startswith(other))
            is_cut = other.startswith(word)
            longest = above[column] + 1 if is_same or is_cut else 0
            row.append(max(longest, above[column + 1], row[column]))
    return row[-1]
