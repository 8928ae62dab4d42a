"""What ``check`` remembers of unchanged articles: the same answer, and never an old one."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st

from refpipe import checks, config, parallel
from refpipe.errors import RefpipeError
from refpipe.library import Library
from refpipe.pipeline import check
from refpipe.pipeline.check import overview
from refpipe.pipeline.check import run as memory

DAY = datetime.date(2026, 6, 15)
BAD = "# 腰痛\n\n公開日:2026年2月31日\n"
GOOD = "# 腰痛\n\n公開日:2026年2月10日\n"
LISTED = GOOD + "\n## 参考文献\n\n1. Sato T. Walking and back pain. Spine. 2019;3(2):10-19.\n"
CITING = GOOD + "\n歩くと軽くなります [@sato2019]。\n\n<!--bibliography-->\n<!--/bibliography-->\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "refpipe.toml").write_text('articles = ["."]\n', encoding="utf-8")
    return tmp_path


def order(folder: Path) -> check.Order:
    return check.Order(config=config.load(folder), today=DAY)


def told(order: check.Order, *paths: Path) -> list[memory.CheckOutcome]:
    return list(memory.outcomes(order, paths))


def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the articles that are looked at from now on."""
    names: list[str] = []
    first = checks.run

    def run(article: Any, *others: Any, **options: Any) -> object:
        names.append(Path(article.path).name)
        return first(article, *others, **options)

    monkeypatch.setattr(checks, "run", run)
    return names


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_an_unchanged_article_is_told_again_without_being_looked_at(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [write(project, "a.md", BAD), write(project, "b.md", LISTED)]
    first = told(order(project), *paths)
    assert first[0].findings
    assert first[1].has_list
    names = looked_at(monkeypatch)
    assert told(order(project), *paths) == first
    assert names == []


def test_whatever_an_answer_depends_on_makes_the_article_due(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(project, "a.md", BAD)
    plain = order(project)
    told(plain, path)
    names = looked_at(monkeypatch)
    told(replace(plain, today=DAY + datetime.timedelta(days=1)), path)
    told(replace(plain, select=("CIT",)), path)
    told(replace(plain, ignore=("DATE001",)), path)
    write(project, "a.md", BAD.replace("31", "30"))
    told(plain, path)
    assert names == ["a.md"] * 4
    Library.open(project / "library.db", create=True).close()
    told(plain, path)
    told(replace(plain, is_online=True), path)
    told(replace(plain, is_fixing=True), path)
    monkeypatch.setattr("refpipe.cache._stamp", lambda: "another program")
    told(plain, path)
    assert names == ["a.md"] * 8
    told(plain, path)
    monkeypatch.setattr("refpipe.retractions.stamp", lambda _: "newer notices")
    told(plain, path)
    assert names == ["a.md"] * 9


def test_what_could_not_be_checked_is_looked_at_again(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(project, "a.md", CITING)
    told(order(project), path)
    names = looked_at(monkeypatch)
    told(order(project), path)
    assert names == ["a.md"]  # There is no library to look the citation up in.
    first = checks.run
    monkeypatch.setattr(
        checks,
        "run",
        lambda *given, **options: tuple(
            replace(one, is_unchecked=True) for one in first(*given, **options)
        ),
    )
    bad = write(project, "b.md", BAD)
    assert told(order(project), bad)[0].findings[0].is_unchecked
    told(order(project), bad)
    assert names == ["a.md", "b.md", "b.md"]


def test_a_spoilt_memory_costs_time_and_no_answer(project: Path) -> None:
    path = write(project, "a.md", BAD)
    first = told(order(project), path)
    for spoilt in ("{", "[]", '{"findings": [[1]]}', "null"):
        database = sqlite3.connect(project / ".refpipe" / "cache.db")
        database.execute("UPDATE checked SET outcome = ?", (spoilt,))
        database.commit()
        database.close()
        assert told(order(project), path) == first
    (project / ".refpipe" / "cache.db").write_bytes(b"torn" * 400)
    assert told(order(project), path) == first


def test_a_folder_that_is_no_project_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = write(tmp_path, "a.md", BAD)
    told(order(tmp_path), path)
    assert [one.name for one in tmp_path.iterdir()] == ["a.md"]


def test_an_article_in_which_a_run_ended_is_not_remembered(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [write(project, "a.md", BAD), write(project, "b.md", GOOD)]
    run = memory.outcomes(order(project), paths)
    next(run)
    assert isinstance(run, Generator)
    run.close()
    names = looked_at(monkeypatch)
    told(order(project), *paths)
    assert names == ["b.md"]


def test_the_overview_profits(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(project, "a.md", BAD)
    first = overview.overview(config.load(project), today=DAY)
    names = looked_at(monkeypatch)
    assert overview.overview(config.load(project), today=DAY) == first
    assert names == []


@settings(max_examples=some(25), deadline=None)
@given(
    edits=st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from([BAD, GOOD, LISTED, CITING])),
        min_size=1,
        max_size=6,
    )
)
def test_remembered_or_not_the_answer_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("project")
    (folder / "refpipe.toml").write_text('articles = ["."]\n', encoding="utf-8")
    for name, text in edits:
        write(folder, f"{name}.md", text)
        paths = sorted(folder.glob("*.md"))
        fresh = [memory.CheckOutcome.of(one) for one in check.check(order(folder), paths)]
        assert told(order(folder), *paths) == fresh


def test_any_number_of_cores_finds_the_same(
    project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    texts = (BAD, GOOD, LISTED, CITING, BAD, LISTED, GOOD)
    paths = [write(project, f"{number}.md", text) for number, text in enumerate(texts)]
    Library.open(project / "library.db", create=True).close()
    one = told(order(project), *paths)
    monkeypatch.setattr(memory, "_PORTION", 2)
    monkeypatch.setattr(parallel, "cores", lambda: 3)
    for leftover in (project / ".refpipe").glob("*"):
        leftover.unlink()
    several = told(order(project), *paths)
    assert several == one
    assert [outcome.file.path for outcome in several] == paths
    # What cannot be done is told once, by this process.
    (project / "library.db").write_bytes(b"no library at all" * 99)
    with pytest.raises(RefpipeError):
        told(order(project), *paths)
    assert capfd.readouterr().err == ""
