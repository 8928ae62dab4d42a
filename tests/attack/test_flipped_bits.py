"""A single bit of a fact that changed is seen, in its words, its origin and its dates."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from refpipe import schema
from refpipe.errors import LibraryNotice
from refpipe.library import Library, sql
from refpipe.model import Decision, DecisionKind, Identifier, Record, Waiver

HEARD = "2026-01-01T00:00:00Z"
ONE, OTHER = Identifier.parse("doi:10.5555/a"), Identifier.parse("doi:10.5555/b")
RECORDS = tuple(
    Record(source="manual", identifier=name, payload=f'{{"title": "Of {name}"}}', origin="a.md:1")
    for name in (ONE, OTHER)
)
DECISIONS = tuple(
    Decision(kind=DecisionKind.DISTINCT, a=ONE, b=OTHER, by=by, rule="r", reason="other authors")
    for by in ("person", "rule")
)
WAIVER = Waiver(code="DATE001", subject="a.md", reason="as printed")
COLUMNS = {"records": sql.RECORD, "decisions": sql.DECISION, "waivers": sql.WAIVER}


@pytest.fixture
def library(tmp_path: Path) -> Path:
    path = tmp_path / "library.db"
    with Library.open(path, create=True) as opened:
        opened.add(RECORDS, heard=HEARD)
        opened.decide(DECISIONS, made=HEARD)
        opened.waive([WAIVER], made=HEARD)
    return path


def flipped(path: Path, draw: random.Random) -> Iterator[str]:
    """Flip a bit of each text of each fact in turn; gives what was changed."""
    for table, columns in COLUMNS.items():
        for column in columns.split(", "):
            with closing(sqlite3.connect(path)) as database:
                texts = database.execute(f"SELECT number, {column} FROM {table}").fetchall()
            for number, text in texts:
                if not text:
                    continue
                octets = bytearray(text.encode())
                octets[draw.randrange(len(octets))] ^= 1 << draw.randrange(5)
                _set(path, f"UPDATE {table} SET {column} = ? WHERE number = ?", octets, number)
                yield f"{table} {number} {column}: {text!r} → {octets.decode()!r}"
                _set(path, f"UPDATE {table} SET {column} = ? WHERE number = ?", text, number)


def _set(path: Path, statement: str, value: bytearray | str, number: int) -> None:
    text = value if isinstance(value, str) else value.decode()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(statement, (text, number))


@pytest.mark.parametrize("seed", [1, *(pytest.param(n, marks=pytest.mark.slow) for n in (2, 3, 4))])
def test_each_flipped_bit_of_a_fact_is_seen(library: Path, seed: int) -> None:
    count = 0
    for changed in flipped(library, random.Random(seed)):
        with Library.open(library, is_left_stale=True) as opened:
            assert opened.faults(), changed
        count += 1
    assert count > 20
    with Library.open(library) as opened:
        assert opened.faults() == ()


def test_a_library_of_before_keeps_its_facts_and_gets_their_sums(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with closing(sqlite3.connect(path)) as database:
        migrations = schema.migrations()
        migrations.apply(Database(database), stop_before="m002_checksums")
        records = [replace(one, heard=HEARD) for one in RECORDS]
        decisions = [replace(one, made=HEARD) for one in DECISIONS]
        for table, rows in (
            ("records", map(sql.from_record, records)),
            ("decisions", map(sql.from_decision, decisions)),
            ("waivers", [sql.from_waiver(replace(WAIVER, made=HEARD))]),
        ):
            for row in rows:
                marks = ",".join("?" * (len(row) - 1))
                statement = f"INSERT INTO {table} (key, {COLUMNS[table]}) VALUES ({marks})"
                database.execute(statement, row[:-1])
        database.commit()
    before = path.read_bytes()
    with Library.open(path, writable=False, is_left_stale=True) as reader:
        assert list(reader.records()) == records
    assert path.read_bytes() == before, "who only reads changes nothing"
    with pytest.warns(LibraryNotice, match="making them anew"):
        opened = Library.open(path)
    with opened:
        assert opened.faults() == ()
        assert list(opened.records()) == records
        assert set(decisions) <= set(opened.decisions())
        assert [replace(one, made="") for one in opened.waivers()] == [WAIVER]
