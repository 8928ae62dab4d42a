"""Works by words: every word must occur, anywhere in a word, in any script.

The index has triples of letters, which need no word boundaries, so 椎間板 is found in
腰椎椎間板ヘルニア.  It only narrows the choice; the words themselves are then looked for in what it
gives.  Words of one or two letters have no triple and are looked for directly.
"""

from __future__ import annotations

from collections.abc import Sequence

from refpipe.library import rows
from refpipe.library.connection import Connection
from refpipe.library.words import fold
from refpipe.model import Work

_SHORTEST = 3
_INDEXED = "works_fts JOIN works AS w ON w.number = works_fts.rowid"

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
    triples = [triple for word in words for triple in _triples(word)]
    table, indexed = (_INDEXED, "works_fts MATCH ? AND ") if triples else ("works AS w", "")
    wanted = " AND ".join("instr(w.words, ?) > 0" for _ in words)
    hits = f"SELECT w.number FROM {table} WHERE {indexed}{wanted} LIMIT {_MOST}"  # noqa: S608
    sql = f"SELECT {rows.WORK} FROM works AS w WHERE w.number IN ({hits}) {_ORDER}"  # noqa: S608
    given: list[object] = [_query(triples)] if triples else []
    found = connection.rows(sql, [*given, *words, words[0], limit])
    return tuple(rows.to_work(row) for row in found)


def _triples(word: str) -> Sequence[str]:
    return [word[i : i + _SHORTEST] for i in range(len(word) - _SHORTEST + 1)]


def _query(triples: Sequence[str]) -> str:
    quoted = (triple.replace('"', '""') for triple in dict.fromkeys(triples))
    return " AND ".join(f'"{triple}"' for triple in quoted)
