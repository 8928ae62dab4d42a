"""Works that another version of refpipe made are not mistaken for this one's."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from refpipe import cli, schema
from refpipe.errors import LibraryNotice
from refpipe.library import Library, integrity, projections
from refpipe.library.connection import Connection
from refpipe.model import Decision, DecisionKind, Identifier, Record

MADE = "2026-01-01T00:00:00Z"
TITLES = {"doi:10.1234/one": "Sciatica in adults", "doi:10.1234/two": "腰痛の治療"}


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of two works in a project of its own."""
    (tmp_path / "pyproject.toml").write_text("[tool.refpipe]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    where = tmp_path / "library.db"
    with Library.open(where, create=True) as library:
        for name, title in TITLES.items():
            payload = json.dumps({"type": "book", "title": title}, ensure_ascii=False)
            record = Record(source="csl", identifier=Identifier.parse(name), payload=payload)
            library.add([record], heard=MADE)
    return where


@pytest.fixture
def stale(path: Path) -> Path:
    """The same, with works as a program without stamps might have made them."""
    with sqlite3.connect(path) as older:
        older.execute('UPDATE works SET item = \'{"title": "Misread", "type": "book"}\'')
        older.execute(f"PRAGMA user_version = {schema.VERSION}")
    older.close()
    return path


def titles(library: Library) -> dict[str, str]:
    return {work.id: work.item["title"] for work in library.works()}


def test_a_current_library_is_opened_without_a_word_and_without_a_byte(path: Path) -> None:
    before = path.read_bytes()
    for writable in (True, False):
        with Library.open(path, writable=writable) as library:
            assert titles(library) == TITLES
    assert path.read_bytes() == before


def test_a_writer_makes_them_anew_first(stale: Path) -> None:
    with pytest.warns(LibraryNotice, match="making them anew"):
        opened = Library.open(stale)
    with opened as library:
        assert titles(library) == TITLES
        assert library.faults() == ()
    with Library.open(stale) as library:
        assert titles(library) == TITLES


def test_a_reader_goes_on_and_says_so(stale: Path) -> None:
    before = stale.read_bytes()
    with (
        pytest.warns(LibraryNotice, match="refpipe db rebuild"),
        Library.open(stale, writable=False) as library,
    ):
        assert set(titles(library).values()) == {"Misread"}
    assert stale.read_bytes() == before


def test_what_is_cut_short_leaves_the_old_state(
    stale: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = stale.read_bytes()

    def cut(connection: Connection, touched: object, added: Sequence[int]) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(projections, "refresh", cut)
        with pytest.warns(LibraryNotice), pytest.raises(KeyboardInterrupt):
            Library.open(stale)
    assert stale.read_bytes() == before
    with pytest.warns(LibraryNotice), Library.open(stale) as library:
        assert titles(library) == TITLES


def test_another_version_has_another_stamp(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = integrity.current_stamp()
    assert 0 < mine < 1 << schema.STAMP_BITS
    monkeypatch.setattr(integrity, "PROJECTION", integrity.PROJECTION + 1)
    assert integrity.current_stamp() != mine
    with pytest.warns(LibraryNotice, match="making them anew"):
        Library.open(path).close()
    Library.open(path).close()


def test_the_door_says_it_on_stderr(stale: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["db", "check"]) == 1
    assert "rebuild" in capsys.readouterr().out
    assert cli.run(["show", "doi:10.1234/one"]) == 0
    told = capsys.readouterr()
    assert "another version of refpipe made its works" in told.err
    assert "another version" not in told.out
    assert cli.run(["db", "rebuild"]) == 0
    assert "another version" not in capsys.readouterr().err
    assert cli.run(["db", "check"]) == 0
    assert "sound: 2 works" in capsys.readouterr().err
    with Library.open(stale, writable=False) as library:
        assert titles(library) == TITLES


def test_works_that_are_right_but_made_by_another_are_a_fault_too(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(integrity, "PROJECTION", integrity.PROJECTION + 1)
    with Library.open(path, is_left_stale=True) as library:
        (fault,) = library.faults()
        assert "another version" in fault
        library.rebuild()
        assert library.faults() == ()


def test_a_contested_name_is_a_finding_until_it_is_settled(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = map(Identifier.parse, TITLES)
    with Library.open(path) as library:
        work = library.find(one)
        assert work is not None
        giving = Decision(
            kind=DecisionKind.NAME,
            a=two,
            b=Identifier.parse(f"name:{work.name}"),
            by="rule",
            rule="first-author-year",
            made="2026-02-01T00:00:00Z",
        )
        library.decide([giving], made="2026-02-01T00:00:00Z")
        (contested,) = library.contested_names()
        assert (contested.keeper, contested.loser) == (str(one), str(two))
    assert cli.run(["db", "check"]) == 1
    told = capsys.readouterr().out
    assert f"the name {work.name} was given to two works" in told
    assert f"[@{work.name}]" in told
    assert cli.run(["undo", contested.giving[:8]]) == 0
    assert cli.run(["db", "check"]) == 0
