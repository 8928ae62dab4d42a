"""Works by words: every word must occur, anywhere in a word, in any script.

The index has triples of letters, which need no word boundaries, so 椎間板 is found in
腰椎椎間板ヘルニア.  It only narrows the choice; the words themselves are then looked for in what it
gives.  A word of one or two letters has no triple, but it begins one wherever it stands (the words
of a work are padded at their end), so it is a range of the index's terms.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from refpipe.errors import UsageError
from refpipe.library import rows
from refpipe.library.connection import Connection
from refpipe.model import Certainty, Item, Scheme, Work

_SHORTEST = 3
_LAST = "\U0010ffff"
_BY_TRIPLES = """
SELECT w.number FROM works_fts JOIN works AS w ON w.number = works_fts.rowid
WHERE works_fts MATCH ?
"""
_BY_BEGINNING = """
SELECT DISTINCT w.number FROM temp.works_terms AS t JOIN works AS w ON w.number = t.doc
WHERE t.term >= ? AND t.term < ?
"""

_MOST_WORDS = 100
_MOST_TRIPLES = 200
"""How many triples narrow the choice; the words are looked for as a whole anyway."""

_MOST = 3000
"""How many hits are put in order at most; whoever gets more has to add a word anyway."""

# The title is the first line of a work's words, so a hit before the first line's end is one in it.
_ORDER = """
ORDER BY instr(w.words, ?) > max(instr(w.words, char(10)), 1),
    json_extract(w.item, '$.issued.date-parts[0][0]') DESC, w.name LIMIT ?
"""


def search(connection: Connection, text: str, *, limit: int) -> tuple[Work, ...]:
    """The works that have every word of ``text``: title hits first, then the newest."""
    words = fold(text).split()
    if not words:
        return ()
    if len(words) > _MOST_WORDS:
        raise UsageError(
            f"{len(words)} words are more than can be searched for at once",
            hint=f"Give the {_MOST_WORDS} that tell most, or fewer.",
        )
    triples = [triple for word in words for triple in _triples(word)][:_MOST_TRIPLES]
    wanted = "AND instr(w.words, ?) > 0 " * len(words)
    if triples:
        indexed, given = _BY_TRIPLES, [_query(triples)]
    else:
        connection.look_into_index("works_fts", "works_terms")
        # The longest of the short words has the fewest works.
        first = max(words, key=len)
        indexed, given = _BY_BEGINNING, [first, first + _LAST]
    hits = f"{indexed} {wanted} LIMIT {_MOST}"
    sql = f"SELECT {rows.WORK} FROM works AS w WHERE w.number IN ({hits}) {_ORDER}"  # noqa: S608
    found = connection.rows(sql, [*given, *words, words[0], limit])
    return tuple(rows.to_work(row) for row in found)


def _triples(word: str) -> Sequence[str]:
    return [word[i : i + _SHORTEST] for i in range(len(word) - _SHORTEST + 1)]


def _query(triples: Sequence[str]) -> str:
    quoted = (triple.replace('"', '""') for triple in dict.fromkeys(triples))
    return " AND ".join(f'"{triple}"' for triple in quoted)


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
