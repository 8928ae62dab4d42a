"""A library.db that somebody prepared runs none of their SQL."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st

from refpipe import schema
from refpipe.errors import LibraryDamaged
from refpipe.library import Library
from refpipe.model import Decision, DecisionKind, Identifier, Record

HEARD = "2026-01-01T00:00:00Z"
ONE, TWO = Identifier.parse("doi:10.5555/one"), Identifier.parse("doi:10.5555/two")

TRIGGER = "CREATE TRIGGER quiet AFTER INSERT ON records BEGIN DELETE FROM decisions; END"
ENDLESS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
    " SELECT i AS number, i AS key, '' AS code, '' AS subject, '' AS reason, '' AS made FROM n"
)
ATTACKS = {
    "trigger quiet": TRIGGER,
    "view waivers": f"DROP TABLE waivers; CREATE VIEW waivers AS {ENDLESS}",
    "table works": "ALTER TABLE works ADD COLUMN x TEXT AS (upper(item))",
    "index decisions_a": "DROP INDEX decisions_a; CREATE INDEX decisions_a ON decisions (b)",
    "table notes": "CREATE TABLE notes (id INTEGER PRIMARY KEY)",
    "view works_fts_data": "DROP TABLE works_fts; CREATE VIEW works_fts_data AS SELECT 1",
}


@pytest.fixture
def library(tmp_path: Path) -> Path:
    path = tmp_path / "library.db"
    with Library.open(path, create=True) as opened:
        records = [Record(source="manual", identifier=one, payload="{}") for one in (ONE, TWO)]
        opened.add(records, heard=HEARD)
        opened.decide([Decision(kind=DecisionKind.DISTINCT, a=ONE, b=TWO, by="person")], made=HEARD)
    return path


def prepared(path: Path, attack: str) -> bytes:
    database = sqlite3.connect(path)
    database.executescript(attack)
    database.close()
    return path.read_bytes()


@pytest.mark.parametrize("stranger", ATTACKS)
def test_a_stranger_in_the_schema_is_refused_by_name(library: Path, stranger: str) -> None:
    before = prepared(library, ATTACKS[stranger])
    for writable in (False, True):
        with pytest.raises(LibraryDamaged, match=stranger) as caught:
            Library.open(library, writable=writable)
        assert caught.value.hint
    assert library.read_bytes() == before


def test_our_own_schema_is_ours_after_analyze_and_vacuum(library: Path) -> None:
    prepared(library, "ANALYZE; VACUUM")
    with Library.open(library) as opened:
        assert opened.faults() == ()


def _own_objects() -> list[tuple[str, str, str | None]]:
    database = sqlite3.connect(":memory:")
    database.executescript(schema._FIRST)
    objects = database.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    database.close()
    return objects


OURS = _own_objects()


def test_what_the_schema_makes_is_ours() -> None:
    assert schema.strangers(OURS) == []


@settings(max_examples=some(60))
@given(
    st.sampled_from([one for one in OURS if one[2] and "fts" not in one[1]]),
    st.integers(0, 1000),
    st.characters(codec="utf-8"),
)
def test_no_statement_with_a_letter_changed_is_taken_for_ours(
    ours: tuple[str, str, str], place: int, letter: str
) -> None:
    kind, name, sql = ours
    place %= len(sql)
    changed = sql[:place] + letter + sql[place + 1 :]
    is_same = changed.split() == sql.split()
    assert bool(schema.strangers([(kind, name, changed)])) is not is_same


def test_git_is_shown_the_stranger_and_the_merge_driver_refuses_it(
    library: Path, tmp_path: Path
) -> None:
    ours = tmp_path / "ours.db"
    ours.write_bytes(library.read_bytes())
    before = ours.read_bytes()
    prepared(library, TRIGGER)

    def db(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "refpipe", "db", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)

    shown = db("textconv", library)
    assert shown.returncode == 0
    assert shown.stdout.startswith("this version holds what no refpipe made: trigger quiet")
    merged = db("merge-driver", ours, ours, library, "library.db")
    assert merged.returncode == 2
    assert "trigger quiet" in merged.stderr
    assert ours.read_bytes() == before
    assert db("check", library).returncode == 2
