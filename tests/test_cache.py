import sqlite3
from pathlib import Path

import pytest

from refpipe.cache import Cache, _stamp
from refpipe.model import Run

ENTRY = (Run("T. Sato, “"), Run("Spine", frozenset({"italic"})), Run("10.1/x", target="https://x"))


def test_what_was_remembered_comes_back(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.remember_entry("k", ENTRY)
        cache.remember_state("a.md", "s1", ["doi:10.1/x"])
    with Cache(tmp_path) as cache:
        assert cache.entry("k") == ENTRY
        assert cache.entry("other") is None
        assert cache.state("a.md") == "s1"
        cache.forget("a.md")
    with Cache(tmp_path) as cache:
        assert cache.state("a.md") == ""


def test_a_torn_cache_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "cache.db").write_bytes(b"torn" * 400)
    with Cache(tmp_path) as cache:
        assert cache.entry("k") is None
        cache.remember_entry("k", ENTRY)
    with Cache(tmp_path) as cache:
        assert cache.entry("k") == ENTRY


def test_a_folder_that_cannot_be_made_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with Cache(tmp_path / "file" / "cache") as cache:
        cache.remember_entry("k", ENTRY)
        assert cache.entry("k") == ENTRY


def test_a_cache_held_by_another_run_is_not_thrown_away(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.remember_entry("k", ENTRY)
    holder = sqlite3.connect(tmp_path / "cache.db")
    holder.execute("BEGIN EXCLUSIVE")
    try:
        with Cache(tmp_path, patience=0.01) as cache:
            assert cache.entry("k") is None
    finally:
        holder.rollback()
        holder.close()
    with Cache(tmp_path) as cache:
        assert cache.entry("k") == ENTRY


def test_a_desk_that_stays_open_while_the_program_is_renewed_is_still_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "code.py").write_text("old", encoding="utf-8")
    monkeypatch.setattr("refpipe.cache._PACKAGE", tmp_path)
    _stamp.cache_clear()
    with Cache(tmp_path / "cache") as cache:
        cache.remember_entry("k", ENTRY)
        old = _stamp()
    (tmp_path / "code.py").write_text("renewed", encoding="utf-8")
    with Cache(tmp_path / "cache") as cache:
        assert cache.entry("k") == ENTRY
    _stamp.cache_clear()  # As a process that begins now.
    with Cache(tmp_path / "cache") as cache:
        assert _stamp() != old
        assert cache.entry("k") is None
    _stamp.cache_clear()


def test_another_program_starts_afresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Cache(tmp_path) as cache:
        cache.remember_entry("k", ENTRY)
        cache.remember_state("a.md", "s1", [])
    monkeypatch.setattr("refpipe.cache._stamp", lambda: "changed")
    with Cache(tmp_path) as cache:
        assert cache.entry("k") is None
        assert cache.state("a.md") == ""
