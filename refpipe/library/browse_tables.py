"""The library laid out for looking at: a database of its own, with readable tables and names.

``library.db`` is made for git and for speed, and its columns hold JSON.  What is written here can
be thrown away at any time, and nothing reads it back.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from refpipe import files
from refpipe.checks import standing
from refpipe.items import values
from refpipe.library import Library
from refpipe.merge import undone
from refpipe.model import DecisionKind, Identifier, Work

_TABLES = """
CREATE TABLE works (
    name TEXT PRIMARY KEY, title TEXT, authors TEXT, year INTEGER, journal TEXT, type TEXT,
    standing TEXT, notice TEXT, cited_by INTEGER, doi TEXT, pmid TEXT, address TEXT, id TEXT
);
CREATE TABLE fields (
    work TEXT REFERENCES works (name), field TEXT, value TEXT, source TEXT,
    record TEXT REFERENCES records (key)
);
CREATE TABLE records (
    key TEXT PRIMARY KEY, work TEXT REFERENCES works (name), source TEXT, identifier TEXT,
    heard TEXT, origin TEXT, payload TEXT
);
CREATE TABLE decisions (
    key TEXT PRIMARY KEY, made TEXT, kind TEXT, work TEXT REFERENCES works (name),
    other TEXT REFERENCES works (name), by TEXT, rule TEXT, reason TEXT, stands TEXT,
    a TEXT, b TEXT, evidence TEXT
);
CREATE TABLE possible (
    work TEXT REFERENCES works (name), other TEXT REFERENCES works (name), rule TEXT, reason TEXT
);
CREATE TABLE relations (
    work TEXT REFERENCES works (name), kind TEXT, target TEXT,
    target_work TEXT REFERENCES works (name), date TEXT, source TEXT
);
CREATE TABLE citations (article TEXT, work TEXT REFERENCES works (name));
CREATE INDEX fields_work ON fields (work);
CREATE INDEX records_work ON records (work);
CREATE INDEX decisions_work ON decisions (work);
CREATE INDEX relations_work ON relations (work);
CREATE INDEX citations_work ON citations (work);
CREATE VIRTUAL TABLE works_fts USING fts5 (
    title, authors, journal, content="works", tokenize="trigram"
);
"""


def write(library: Library, citations: Iterable[tuple[str, str]], path: Path) -> None:
    """Lay the library out at ``path``, in the place of what was there."""
    files.sweep(path.parent)
    building = files.neighbour(path)
    database = sqlite3.connect(building)
    try:
        database.executescript(_TABLES)
        with database:
            _fill(database, library, list(citations))
    finally:
        database.close()
    building.replace(path)


def _fill(database: sqlite3.Connection, library: Library, citations: list[tuple[str, str]]) -> None:
    counts = Counter(work for _, work in citations)
    names: dict[str, str] = {}
    for work in library.works():
        names[work.id] = work.name
        names |= {str(claim.identifier): work.name for claim in work.claims}
        _insert(database, "works", [_work(work, counts[work.id])])
        _insert(database, "fields", _fields(library, work))
        _insert(database, "records", _records(library, work))
    targets = [(work, tie) for work in library.works() for tie in work.relations]
    _insert(
        database,
        "relations",
        [
            (work.name, tie.kind, str(tie.target), names.get(str(tie.target)), tie.date, tie.source)
            for work, tie in targets
        ],
    )
    _insert(database, "citations", [(path, names.get(work)) for path, work in citations])
    _insert(database, "decisions", _decisions(library))
    pairs = [(a.name, b.name, one.rule, one.reason) for a, b, one in library.possible()]
    _insert(database, "possible", pairs)
    database.execute("INSERT INTO works_fts (works_fts) VALUES ('rebuild')")


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    for row in rows:
        marks = ",".join("?" * len(row))
        database.execute(f"INSERT INTO {table} VALUES ({marks})", row)  # noqa: S608


def _work(work: Work, cited_by: int) -> tuple[Any, ...]:
    item = work.item
    notice = next(iter((*standing.alarms(work), *standing.corrections(work))), None)
    return (
        work.name,
        item.get("title"),
        _people(item.get("author") or item.get("editor")),
        int(values.year(item) or 0) or None,
        item.get("container-title"),
        item.get("type"),
        "confirmed" if work.is_confirmed else "not confirmed",
        f"{notice.kind} {notice.date}".strip() if notice else None,
        cited_by,
        item.get("DOI"),
        item.get("PMID"),
        item.get("URL"),
        work.id,
    )


def _fields(library: Library, work: Work) -> Iterator[tuple[Any, ...]]:
    sources = {record.key: record.source for record in library.records_of(work)}
    custom = work.item.get("custom", {})
    for variable, key in sorted(work.suppliers.items()):
        value = work.item.get(variable, custom.get(variable.removeprefix("custom.")))
        if value is not None:
            yield work.name, variable, values.shown(value), sources.get(key), key


def _records(library: Library, work: Work) -> Iterator[tuple[Any, ...]]:
    for one in library.records_of(work):
        identifier = str(one.identifier)
        yield one.key, work.name, one.source, identifier, one.heard, one.origin, one.payload


def _decisions(library: Library) -> Iterator[tuple[Any, ...]]:
    """What was decided of works, without the giving of names."""
    decisions = list(library.decisions())
    fallen = undone(decisions)
    told = [one for one in decisions if one.kind is not DecisionKind.NAME]
    works = library.find_many({name for one in told for name in (one.a, one.b)})
    for one in told:
        stands = "taken back" if one.key in fallen else "stands"
        a, b = _name(works, one.a), _name(works, one.b)
        yield (
            one.key, one.made, one.kind.value, a, b, one.by, one.rule, one.reason, stands,
            str(one.a), str(one.b), one.evidence,
        )  # fmt: skip


def _name(works: Mapping[Identifier, Work], identifier: Identifier) -> str | None:
    work = works.get(identifier)
    return work.name if work is not None else None


def _people(names: Any) -> str | None:
    if not isinstance(names, list):
        return None
    shown = [
        " ".join(str(one[part]) for part in ("given", "family", "literal") if one.get(part))
        for one in names
        if isinstance(one, dict)
    ]
    return ", ".join(shown) or None
