"""Two writers in real git repositories: what both said is there, and what changed is readable."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
from pathlib import Path

import pytest
import running

from refpipe.library import Library
from refpipe.model import Decision, DecisionKind, Identifier, Record
from refpipe.pipeline.git import changed_in_git, changed_since
from refpipe.pipeline.git import settings as git_settings

ENVIRONMENT = {
    **os.environ,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "A Writer",
    "GIT_AUTHOR_EMAIL": "writer@example.org",
    "GIT_COMMITTER_NAME": "A Writer",
    "GIT_COMMITTER_EMAIL": "writer@example.org",
}
ATTRIBUTES = (Path(__file__).parent.parent / ".gitattributes").read_text(encoding="utf-8")


def git(where: Path, *arguments: str, code: int = 0) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=where, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def refpipe(where: Path, *arguments: str, code: int = 0) -> str:
    done = running.refpipe(*arguments, folder=where, extra=ENVIRONMENT)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def name(text: str) -> Identifier:
    return Identifier.parse(text)


def manual(identifier: str, **variables: str) -> Record:
    import json

    item = {"type": "article-journal", **variables}
    return Record(
        source="manual", identifier=name(identifier), payload=json.dumps(item, sort_keys=True)
    )


def add(where: Path, *records: Record, heard: str) -> None:
    with Library.open(where / "library.db", create=True) as library:
        library.add(records, heard=heard)


def decide(where: Path, kind: str, a: str, b: str, *, made: str) -> Decision:
    with Library.open(where / "library.db") as library:
        one = Decision(kind=DecisionKind(kind), a=name(a), b=name(b), by="person")
        return library.decide([one], made=made)[0]


def commit(where: Path, message: str) -> None:
    git(where, "add", "-A")
    git(where, "commit", "-q", "-m", message)


ONE, TWO, THREE = "doi:10.1234/one", "doi:10.1234/two", "doi:10.1234/three"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a library of one work, and the drivers set up."""
    where = tmp_path_factory.mktemp("original") / "site"
    where.mkdir()
    git(where, "init", "-q", "-b", "main")
    (where / ".gitattributes").write_text(ATTRIBUTES, encoding="utf-8")
    (where / "pyproject.toml").write_text("[tool.refpipe]\n", encoding="utf-8")
    add(where, manual(ONE, title="Sciatica in adults"), heard="2026-01-01T00:00:00Z")
    assert "set merge.refpipe.driver" in refpipe(where, "db", "setup")
    commit(where, "A library")
    return where


@pytest.fixture
def repository(tmp_path: Path, original: Path) -> Path:
    """A copy of it, to write in."""
    return shutil.copytree(original, tmp_path / "site")


def two_branches(where: Path) -> None:
    """On ``other`` a work is added and corrected; on ``main`` one is held to be another."""
    git(where, "checkout", "-q", "-b", "other")
    add(where, manual(TWO, title="Disc herniation"), heard="2026-02-01T00:00:00Z")
    add(where, manual(TWO, title="Lumbar disc herniation"), heard="2026-02-02T00:00:00Z")
    commit(where, "Other work")
    git(where, "checkout", "-q", "main")
    add(where, manual(THREE, title="Sciatica in adults"), heard="2026-02-03T00:00:00Z")
    decide(where, "match", ONE, THREE, made="2026-02-04T00:00:00Z")
    commit(where, "My work")


def works(where: Path) -> dict[str, str]:
    with Library.open(where / "library.db", writable=False) as library:
        return {work.id: work.item["title"] for work in library.works()}


def test_two_branches_merge_and_nothing_is_lost(repository: Path) -> None:
    two_branches(repository)
    told = git(repository, "merge", "-m", "Both", "other")
    assert "facts taken over" in told
    assert works(repository) == {ONE: "Sciatica in adults", TWO: "Lumbar disc herniation"}
    assert git(repository, "status", "--porcelain") == ""
    assert "sound: 2 works" in refpipe(repository, "db", "check")


def test_both_directions_come_to_the_same(repository: Path) -> None:
    two_branches(repository)
    git(repository, "merge", "-q", "-m", "Both", "other")
    here = refpipe(repository, "db", "dump"), refpipe(repository, "db", "view")
    git(repository, "checkout", "-q", "other")
    git(repository, "merge", "-q", "-m", "Both", "main~1")
    assert (refpipe(repository, "db", "dump"), refpipe(repository, "db", "view")) == here


def test_a_rebase_carries_the_facts_along(repository: Path) -> None:
    two_branches(repository)
    git(repository, "rebase", "-q", "other")
    assert set(works(repository)) == {ONE, TWO}


def test_an_undo_on_one_branch_holds_after_the_merge(repository: Path) -> None:
    two_branches(repository)
    git(repository, "checkout", "-q", "-b", "third")
    with Library.open(repository / "library.db") as library:
        library.undo(made="2026-03-01T00:00:00Z")
    commit(repository, "Not one after all")
    git(repository, "checkout", "-q", "other")
    git(repository, "merge", "-q", "-m", "All", "third")
    assert set(works(repository)) == {ONE, TWO, THREE}


def test_one_name_for_two_works_is_settled_and_said(repository: Path) -> None:
    git(repository, "checkout", "-q", "-b", "other")
    add(repository, manual(TWO, title="Myelopathy now"), heard="2026-02-01T00:00:00Z")
    commit(repository, "Theirs")
    git(repository, "checkout", "-q", "main")
    add(repository, manual(THREE, title="Myelopathy then"), heard="2026-02-02T00:00:00Z")
    commit(repository, "Mine")
    told = git(repository, "merge", "-m", "Both", "other")
    assert "the name myelopathy was given to two works" in told
    with Library.open(repository / "library.db", writable=False) as library:
        named = {work.id: work.name for work in library.works()}
    assert named[TWO] == "myelopathy"
    assert named[THREE] == "myelopathy-a"


def test_git_shows_what_changed_as_text(repository: Path) -> None:
    two_branches(repository)
    told = git(repository, "log", "-p", "-1", "other")
    assert "+work doi:10.1234/two" in told
    assert "Lumbar disc herniation  <- manual" in told
    told = git(repository, "diff", "main~1", "main", "--", "library.db")
    assert "+decision" in told
    assert "Binary files" not in told


def test_a_clone_without_the_drivers_refuses_and_keeps_both(repository: Path) -> None:
    two_branches(repository)
    for setting in git_settings():
        git(repository, "config", "--local", "--unset", setting)
    told = git(repository, "merge", "-m", "Both", "other", code=1)
    assert "CONFLICT" in told
    assert "UU library.db" in git(repository, "status", "--porcelain")
    # Nothing is lost: the other side can be taken in by hand.
    theirs = subprocess.run(
        ["git", "show", "other:library.db"], cwd=repository, capture_output=True, check=True
    ).stdout
    (repository / "theirs.db").write_bytes(theirs)
    refpipe(repository, "db", "load", "theirs.db")
    assert set(works(repository)) == {ONE, TWO}


def test_a_damaged_side_is_a_conflict_and_ours_is_kept(repository: Path) -> None:
    two_branches(repository)
    git(repository, "checkout", "-q", "other")
    (repository / "library.db").write_bytes(b"\0 no database at all \0" * 9)
    commit(repository, "Broken")
    git(repository, "checkout", "-q", "main")
    before = works(repository)
    told = git(repository, "merge", "-m", "Both", "other", code=1)
    assert "CONFLICT" in told
    assert "damaged or no database" in told
    assert works(repository) == before


def test_setting_up_twice_changes_nothing(repository: Path) -> None:
    before = (repository / ".git" / "config").read_bytes()
    assert refpipe(repository, "db", "setup") == ""
    assert (repository / ".git" / "config").read_bytes() == before


@pytest.mark.parametrize("name", ["腰.md", "a b.md", "-x.md", "\udcff.md", '"q".md', "a\nb.md"])
def test_a_file_of_any_name_is_seen_to_have_changed(tmp_path: Path, name: str) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / name).write_text("x", encoding="utf-8")
    today = datetime.date.today()  # noqa: DTZ011
    assert changed_since(tmp_path, today) == frozenset([tmp_path / name])
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "a page")
    assert changed_since(tmp_path, today - datetime.timedelta(days=2)) == frozenset(
        [tmp_path / name]
    )
    assert changed_in_git(tmp_path / name, today) is not None
