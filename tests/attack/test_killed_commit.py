"""Killed anywhere in a commit, the library is whole for whoever comes next, git included."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from refpipe import schema
from refpipe.errors import LibraryNotice
from refpipe.library import Library, connection
from refpipe.model import Identifier, Record
from refpipe.pipeline import intake
from refpipe.pipeline.git import settings as git_settings

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
HEARD = "2026-01-01T00:00:00Z"
GIT = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
GIT |= {f"GIT_{who}_{what}": "a@b.example" for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")}  # fmt: skip


def record(number: int) -> Record:
    payload = f'{{"title": "Work {number} on what a kill leaves", "volume": "{number}"}}'
    name = Identifier.parse(f"doi:10.5555/{number}")
    return Record(source="manual", identifier=name, payload=payload)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    path = tmp_path / "library.db"
    with Library.open(path, create=True) as opened:
        opened.add([record(0)], heard=HEARD)
    return path


def git(where: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=where, env=GIT, capture_output=True, text=True, check=True
    )
    return done.stdout


def faults(path: Path) -> tuple[str, ...]:
    with Library.open(path) as opened:
        return opened.faults()


@pytest.mark.parametrize("step", [9, pytest.param(1, marks=pytest.mark.slow)])
def test_killed_at_any_line_of_a_commit_the_file_is_the_old_one_or_the_new_one(
    library: Path, step: int
) -> None:
    told = subprocess.run(
        [sys.executable, HERE / "killed_at_lines.py", library, str(step)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    kills, states, with_journal = map(int, told.stdout.split())
    assert kills > 50 // step
    assert (states, with_journal) == (2, 0)
    with Library.open(library) as opened:
        opened.add([record(1)], heard=HEARD)
        assert opened.faults() == ()
    # What the kills left beside the file is gone with the next run that writes.
    assert [path.name for path in library.parent.iterdir()] == ["library.db"]


@pytest.mark.slow
def test_a_reader_stays_whole_while_others_write(library: Path) -> None:
    with Library.open(library, writable=False) as reader, Library.open(library) as writer:
        stream = reader.records()
        first = next(stream)
        writer.add([record(number) for number in range(1, 600)], heard=HEARD)
        assert reader.count() == 600
        assert [first, *stream] == [record(0).__class__(**_dated(first))]
        assert len(list(reader.records())) == 600


def _dated(one: Record) -> dict[str, Any]:
    names = ("source", "identifier", "payload", "heard", "origin")
    return {name: getattr(one, name) for name in names}


def test_a_second_name_of_the_file_keeps_leading_to_it(library: Path) -> None:
    other = library.with_name("other.db")
    os.link(library, other)
    with Library.open(library) as opened:
        opened.add([record(1)], heard=HEARD)
    assert other.samefile(library)
    assert faults(other) == ()


# ── libraries written in place: what a kill leaves, and git ────────────────────────────


def cut_off(library: Path) -> None:
    """Leave what a kill in the middle of a commit in place leaves: half the pages, a journal."""
    script = (
        "import os, signal, sys\n"
        "from refpipe.library import Library, connection\n"
        "from test_killed_commit import HEARD, record\n"
        "connection.HELD_UP_TO = 0\n"
        "library = Library.open(sys.argv[1])\n"
        "library._connection.do('PRAGMA cache_size = 2')\n"
        "with library.transaction():\n"
        "    library.add([record(n) for n in range(1, 200)], heard=HEARD)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    path = os.pathsep.join((str(ROOT), str(HERE)))
    done = subprocess.run(
        [sys.executable, "-c", script, library], env=os.environ | {"PYTHONPATH": path}, check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert library.with_name("library.db-journal").stat().st_size > 0


@pytest.fixture
def history(library: Path) -> Path:
    """A repository with three versions of the library, one work more in each."""
    where = library.parent
    git(where, "init", "-q", "-b", "main")
    (where / ".gitignore").write_text("library.db-journal\n.*.refpipe-tmp\n", encoding="utf-8")
    for number in range(1000, 1003):
        with Library.open(library) as opened:
            opened.add([record(number)], heard=HEARD)
        git(where, "add", "-A")
        git(where, "commit", "-q", "-m", f"Work {number}")
    return where


def teach(where: Path) -> None:
    """Set git up as ``refpipe db setup`` does."""
    for name, value in git_settings().items():
        git(where, "config", name, value.replace("-m refpipe", f"-c '{_MAIN}'"))
    (where / ".gitattributes").write_text("library.db filter=refpipe\n", encoding="utf-8")


_MAIN = f'import sys; sys.path.insert(0, "{ROOT}"); from refpipe.__main__ import main; main()'


def test_git_takes_no_half_of_a_library_written_in_place(history: Path) -> None:
    teach(history)
    library = history / "library.db"
    before = library.read_bytes()
    cut_off(library)
    assert library.read_bytes() != before
    git(history, "add", "-A")
    git(history, "commit", "-q", "--allow-empty", "-m", "After a kill")
    git(history, "clone", "-q", ".", "clone")
    assert faults(history / "clone" / "library.db") == ()
    with Library.open(history / "clone" / "library.db", writable=False) as opened:
        assert opened.count() == 4
    # What is there is healed by whoever opens it next, and is what git has.
    with Library.open(library, writable=False) as opened:
        assert opened.count() == 4
    assert library.read_bytes() == before
    git(history, "add", "library.db")
    assert git(history, "status", "--porcelain", "library.db") == ""


def test_git_is_not_given_what_cannot_be_healed(history: Path) -> None:
    teach(history)
    library = history / "library.db"
    cut_off(library)
    library.write_bytes(library.read_bytes()[:5000])
    with pytest.raises(subprocess.CalledProcessError):
        git(history, "add", "library.db")


@pytest.mark.parametrize(
    "version",
    [
        pytest.param("HEAD", marks=pytest.mark.slow),
        "HEAD~1",
        pytest.param("HEAD~2", marks=pytest.mark.slow),
    ],
)
def test_a_journal_is_not_played_into_the_version_that_git_restored(
    history: Path, version: str
) -> None:
    library = history / "library.db"
    cut_off(library)
    git(history, "checkout", version, "--", "library.db")
    restored = library.read_bytes()
    if version == "HEAD":
        # The kill came first after this commit: what is played back is what is there.
        assert faults(library) == ()
    else:
        with pytest.warns(LibraryNotice, match="does not belong"):
            assert faults(library) == ()
    assert library.read_bytes() == restored
    assert not library.with_name("library.db-journal").exists()


@pytest.mark.slow
def test_a_journal_of_another_file_with_the_same_count_is_found_out(tmp_path: Path) -> None:
    paths = []
    for name, numbers in (("a", range(100, 400)), ("b", range(600, 640))):
        (tmp_path / name).mkdir()
        paths.append(tmp_path / name / "library.db")
        with Library.open(paths[-1], create=True) as opened:
            opened.add([record(number) for number in numbers], heard=HEARD)
    one, other = paths
    assert one.read_bytes()[24:28] == other.read_bytes()[24:28]
    cut_off(one)
    shutil.copyfile(one.with_name("library.db-journal"), other.with_name("library.db-journal"))
    with pytest.warns(LibraryNotice, match="does not belong"):
        assert faults(other) == ()
    with Library.open(other) as opened:
        assert opened.count() == 40


def test_the_journal_of_a_writer_at_work_is_left_alone(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "HELD_UP_TO", 0)
    script = (
        "import sys\n"
        "from refpipe.library import Library, connection\n"
        "from test_killed_commit import HEARD, record\n"
        "connection.HELD_UP_TO = 0\n"
        "with Library.open(sys.argv[1]) as library, library.transaction():\n"
        "    library.add([record(1)], heard=HEARD)\n"
        "    print('written', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    path = os.pathsep.join((str(ROOT), str(HERE)))
    with subprocess.Popen(
        [sys.executable, "-c", script, library],
        env=os.environ | {"PYTHONPATH": path},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdin is not None
        assert writer.stdout.readline() == b"written\n"
        with Library.open(library, writable=False) as reader:
            assert reader.count() == 1
        writer.stdin.close()
        assert writer.wait() == 0
    with Library.open(library) as opened:
        assert opened.count() == 2


# ── every write and every sync, by strace ──────────────────────────────────────────────

CALLS = ("pwrite64", "write", "fsync", "fdatasync", "rename", "unlink", "ftruncate", "link")


def kills(library: Path, way: str) -> Iterator[tuple[str, int]]:
    """Kill a commit at the first, second … of each kind of call, until it is through."""
    limit = "0" if way.startswith("in place") else "1 << 30"
    work = "pass" if "migrated" in way else "library.add(map(record, range(1, 9)), heard=HEARD)"
    script = (
        "import sys\n"
        "from refpipe.library import Library, connection\n"
        "from test_killed_commit import HEARD, record\n"
        f"connection.HELD_UP_TO = {limit}\n"
        "with Library.open(sys.argv[1]) as library:\n"
        f"    {work}\n"
    )
    path = os.pathsep.join((str(ROOT), str(HERE)))
    environment = os.environ | {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    before = library.read_bytes()
    for call in CALLS:
        for number in range(1, 200):
            library.write_bytes(before)
            done = subprocess.run(
                ["strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={call}",
                 "-e", f"inject={call}:signal=KILL:when={number}",
                 sys.executable, "-c", script, library],
                env=environment, check=False, capture_output=True,
            )  # fmt: skip
            if done.returncode == 0:
                break
            yield call, number


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
@pytest.mark.parametrize("way", ["held", "in place", "held, migrated", "in place, migrated"])
def test_killed_at_every_write_and_sync(history: Path, tmp_path: Path, way: str) -> None:
    library = history / "library.db"
    teach(history)
    if "migrated" in way:
        of_before(library)
        git(history, "commit", "-q", "-am", "A library without sums")
    committed = library.read_bytes()
    theirs = tmp_path / "theirs.db"
    with Library.open(theirs, create=True) as other:
        other.add([record(5000)], heard=HEARD)
    count = 0
    for call, when in kills(library, way):
        count += 1
        torn = {path.name: path.read_bytes() for path in history.glob("*library.db*")}
        where = f"{way} {call} {when}"
        assert way.startswith("in place") or "library.db-journal" not in torn, where
        _check_clone(history, library, where)
        _check_merge(library, theirs, where)
        for name, content in torn.items():
            library.with_name(name).write_bytes(content)
        # Opened again, the work is there or not, and all is sound.
        assert faults(library) == (), where
        _check_clone(history, library, where)
        # Put back by git before anything opened it, the old version stands.
        for name, content in torn.items():
            library.with_name(name).write_bytes(content)
        library.write_bytes(committed)
        assert faults(library) == (), where
        with Library.open(library, writable=False) as opened:
            assert opened.count() == 4, where
        library.with_name("library.db-journal").unlink(missing_ok=True)
    assert count > 4


def of_before(library: Path) -> None:
    """Make the library one from before facts had sums; its next opening gives it them."""
    with closing(sqlite3.connect(library)) as opened:
        for table in schema.FACTS:
            opened.execute(f"ALTER TABLE {table} DROP COLUMN checksum")
        opened.execute("DELETE FROM _sqlite_migrations WHERE name = 'm002_checksums'")
        ((known,),) = opened.execute("PRAGMA user_version").fetchall()
        opened.execute(f"PRAGMA user_version = {known & ~schema.VERSION_MASK | 1}")
        opened.commit()


def _check_merge(library: Path, theirs: Path, where: str) -> None:
    """What git takes of it merges with another writer's."""
    blob = git(library.parent, "hash-object", "-w", "library.db").strip()
    with tempfile.TemporaryDirectory() as folder:
        ours = Path(folder) / "ours.db"
        with ours.open("wb") as taken:
            subprocess.run(
                ["git", "cat-file", "blob", blob], cwd=library.parent, stdout=taken, check=True
            )
        assert list(intake.merge_libraries(ours, theirs)), where
        with Library.open(ours) as merged:
            assert merged.faults() == (), where
            assert merged.count() in {5, 13}, where


def _check_clone(history: Path, library: Path, where: str) -> None:
    blob = git(history, "hash-object", "-w", "library.db").strip()
    taken = history.parent / "taken.db"
    taken.write_bytes(
        subprocess.run(
            ["git", "cat-file", "blob", blob], cwd=history, capture_output=True, check=True
        ).stdout
    )
    opened = sqlite3.connect(taken)
    assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)], where
    opened.close()
    taken.unlink()
