"""Works by words: every word must occur, anywhere in a word, in any script.

The index has triples of letters, which need no word boundaries, so 椎間板 is found in
腰椎椎間板ヘルニア.  It only narrows the choice; the words themselves are then looked for in what it
gives.  A word of one or two letters has no triple, but it begins one wherever it stands (the words
of a work are padded at their end), so it is a range of the index's terms.
"""

from __future__ import annotations

from collections.abc import Sequence

from refpipe.library import rows
from refpipe.library.connection import Connection
from refpipe.library.words import fold
from refpipe.model import Work

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
