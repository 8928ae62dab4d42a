"""Works by words: every word must occur, anywhere in a word, in any script.

The index has triples of letters, which need no word boundaries, so 椎間板 is found in
腰椎椎間板ヘルニア.  It only narrows the choice; the words themselves are then looked for in what it
gives.  A word of one or two letters has no triple, but it begins one wherever it stands (the words
of a work are padded at their end), so it is a range of the index's terms.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from refpipe import dates
from refpipe.errors import UsageError
from refpipe.library import sql as rows
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

_YEAR = "json_extract(w.item, '$.issued.date-parts[0][0]')"
_FALLEN = """
(w.number IN (
    SELECT r.work FROM relations AS r WHERE r.kind IN ('retraction', 'expression-of-concern')
    AND NOT EXISTS (
        SELECT 1 FROM relations AS cleared WHERE cleared.work = r.work
        AND cleared.kind = 'reinstatement' AND CASE r.kind
            WHEN 'retraction' THEN cleared.date >= (
                SELECT max(date) FROM relations WHERE work = r.work AND kind = 'retraction')
            ELSE cleared.date > r.date END))
OR w.id IN (SELECT value FROM json_each(?)))
"""
"""``checks.standing.alarms`` in SQL, with the ids of works of which something beside the library
says so, as JSON."""
# The title is the first line of a work's words, so a hit before the first line's end is one in it.
_IN_TITLE = "instr(w.words, ?) > max(instr(w.words, char(10)), 1)"
ORDERS = {
    "best": f"{_YEAR} DESC, w.name",
    "newest": f"{_YEAR} DESC, w.name",
    "oldest": f"{_YEAR} IS NULL, {_YEAR}, w.name",
    "title": "w.words, w.name",
    "author": "json_extract(w.item, '$.author[0].family') IS NULL,"
    " json_extract(w.item, '$.author[0].family') COLLATE NOCASE, w.words, w.name",
}
"""Order → how it is sorted; ``best`` puts hits in the title first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What works must be beside having the words; an empty field asks for nothing."""

    standing: str = ""
    """``confirmed``, ``unconfirmed``, ``fallen`` (retracted or of concern)."""
    type: str = ""
    """A CSL type."""
    decade: int | None = None
    """The first year of ten."""
    journal: str = ""
    known_fallen: frozenset[str] = frozenset()
    """The ids of works that the data on retractions know as fallen; the library need not."""

    @property
    def fallen(self) -> tuple[str, list[object]]:
        """That a work is retracted or of concern, as SQL and its value."""
        return _FALLEN, [json.dumps(sorted(self.known_fallen))]

    def conditions(self) -> tuple[list[str], list[object]]:
        """As SQL, and the values in it."""
        wanted: list[tuple[str, list[object]]] = []
        if self.standing in {"confirmed", "unconfirmed"}:
            wanted.append(("w.is_confirmed = ?", [int(self.standing == "confirmed")]))
        if self.standing == "fallen":
            wanted.append(self.fallen)
        if self.type:
            wanted.append(("json_extract(w.item, '$.type') = ?", [self.type]))
        if self.decade is not None:
            wanted.append((f"{_YEAR} BETWEEN ? AND ?", [self.decade, self.decade + 9]))
        if self.journal:
            wanted.append(("json_extract(w.item, '$.container-title') = ?", [self.journal]))
        return [sql for sql, _ in wanted], [value for _, values in wanted for value in values]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How many works there are, and how many of each kind."""

    count: int = 0
    is_capped: bool = False
    """Whether more works have the words than are looked at, so that more words are needed."""
    confirmed: int = 0
    fallen: int = 0
    types: Mapping[str, int] = field(default_factory=dict)
    years: Mapping[int, int] = field(default_factory=dict)
    journals: Mapping[str, int] = field(default_factory=dict)

    @property
    def decades(self) -> dict[int, int]:
        """First year of ten → how many, the latest first."""
        tens: Counter[int] = Counter()
        for year, many in self.years.items():
            tens[year // 10 * 10] += many
        return dict(sorted(tens.items(), reverse=True))


_AMONG = "w.number IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is looked for; the works that have the words are found once."""

    where: str
    """SQL; empty where nothing is asked."""
    values: list[object]
    words: list[str]
    narrowing: Filters
    is_capped: bool = False


def ask(connection: Connection, text: str, narrowing: Filters | None = None) -> Query:
    """Find the works that have the words.  Raises UsageError for too many words."""
    words, narrowing = fold(text).split(), narrowing or Filters()
    if len(words) > _MOST_WORDS:
        raise UsageError(
            f"{len(words)} words are more than can be searched for at once",
            hint=f"Give the {_MOST_WORDS} that tell most, or fewer.",
        )
    wanted, values = narrowing.conditions()
    is_capped = False
    if words:
        hits, given = _hits(connection, words)
        numbers = [number for (number,) in connection.rows(hits, given)]
        is_capped = len(numbers) == _MOST
        wanted = [_AMONG, *wanted]
        values = [json.dumps(numbers), *values]
    if len(wanted) > bool(words):
        # What is narrowed is read out of whole items, so that is done once as well.
        sql = f"SELECT w.number FROM works AS w WHERE {' AND '.join(wanted)}"  # noqa: S608
        numbers = [number for (number,) in connection.rows(sql, values)]
        wanted, values = [_AMONG], [json.dumps(numbers)]
    return Query(
        where=" AND ".join(wanted),
        values=values,
        words=words,
        narrowing=narrowing,
        is_capped=is_capped,
    )


def works(
    connection: Connection, asked: Query, *, limit: int, order: str = "best"
) -> tuple[Work, ...]:
    """The works that were asked for, in an order of ``ORDERS``; none where nothing was asked."""
    if not asked.where:
        return ()
    by_title = f"{_IN_TITLE}, " if order == "best" and asked.words else ""
    sql = (
        f"SELECT {rows.WORK} FROM works AS w WHERE {asked.where}"  # noqa: S608
        f" ORDER BY {by_title}{ORDERS.get(order, ORDERS['best'])} LIMIT ?"
    )
    first = [asked.words[0]] if by_title else []
    found = connection.rows(sql, [*asked.values, *first, limit])
    return tuple(rows.to_work(row) for row in found)


def figures(connection: Connection, asked: Query) -> Figures:
    """The works that were asked for, counted by kind; all works where nothing was asked."""
    where = asked.where or "1"
    found = connection.rows(
        f"SELECT w.is_confirmed, json_extract(w.item, '$.type'), {_YEAR},"  # noqa: S608
        f" json_extract(w.item, '$.container-title'), count(*) FROM works AS w"
        f" WHERE {where} GROUP BY 1, 2, 3, 4",
        asked.values,
    )
    is_fallen, values = asked.narrowing.fallen
    ((fallen,),) = connection.rows(
        f"SELECT count(*) FROM works AS w WHERE {where} AND {is_fallen}",  # noqa: S608
        [*asked.values, *values],
    )
    count = confirmed = 0
    types: Counter[str] = Counter()
    years: Counter[int] = Counter()
    journals: Counter[str] = Counter()
    for is_confirmed, kind, year, journal, many in found:
        assert isinstance(many, int)  # noqa: S101
        count += many
        confirmed += many if is_confirmed else 0
        if isinstance(kind, str):
            types[kind] += many
        if isinstance(year, int):
            years[year] += many
        if isinstance(journal, str) and journal:
            journals[journal] += many
    assert isinstance(fallen, int)  # noqa: S101
    return Figures(
        count=count,
        is_capped=asked.is_capped,
        confirmed=confirmed,
        fallen=fallen,
        types=types,
        years=years,
        journals=journals,
    )


def _hits(connection: Connection, words: Sequence[str]) -> tuple[str, list[object]]:
    """The numbers of the works that have every word, as SQL and the values in it."""
    triples = [triple for word in words for triple in _triples(word)][:_MOST_TRIPLES]
    wanted = "AND instr(w.words, ?) > 0 " * len(words)
    if triples:
        return f"{_BY_TRIPLES} {wanted} LIMIT {_MOST}", [_query(triples), *words]
    connection.look_into_index("works_fts", "works_terms")
    # The longest of the short words has the fewest works.
    first = max(words, key=len)
    return f"{_BY_BEGINNING} {wanted} LIMIT {_MOST}", [first, first + _LAST, *words]


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


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The text in lower case, half width, without accents and tags."""
    if text.isascii():
        return " ".join(_TAG.sub("", text).lower().split())
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
    yield str(dates.year_of(item) or "")
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
