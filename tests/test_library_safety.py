"""Nothing is lost and everything is said: busy, full, read-only, damaged, newer, killed."""

from __future__ import annotations

import errno
import hashlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from refpipe import schema
from refpipe.errors import (
    LibraryBusy,
    LibraryDamaged,
    LibraryError,
    LibraryMissing,
    LibraryTooNew,
    UnreadableText,
)
from refpipe.library import Library, connection
from refpipe.model import Identifier, Record

HEARD = "2026-01-01T00:00:00Z"


def record(number: int) -> Record:
    payload = f'{{"title": "Work number {number} on the lumbar spine", "volume": "{number}"}}'
    return Record(
        source="manual", identifier=Identifier.parse(f"doi:10.1234/{number}"), payload=payload
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    where = tmp_path / "library.db"
    with Library.open(where, create=True) as library:
        library.add([record(0)], heard=HEARD)
    return where


def digest(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()


def test_a_missing_library_is_named_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(LibraryMissing, match=r"nowhere\.db"):
        Library.open(tmp_path / "nowhere.db")
    assert list(tmp_path.iterdir()) == []


def test_a_library_cannot_be_made_where_there_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="cannot make"):
        Library.open(tmp_path / "no" / "library.db", create=True)


@pytest.mark.parametrize(
    "content",
    [b"", b"<<<<<<< HEAD\n", b"version https://git-lfs.github.com/spec/v1\n" * 30, b"\0" * 5000],
)
def test_what_is_no_library_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    where = tmp_path / "library.db"
    where.write_bytes(content)
    for create in (False, True):
        with pytest.raises(LibraryDamaged) as caught:
            Library.open(where, create=create)
        assert "library.db" in str(caught.value)
        assert caught.value.hint
    assert where.read_bytes() == content


def test_a_foreign_database_is_refused(tmp_path: Path) -> None:
    where = tmp_path / "library.db"
    foreign = sqlite3.connect(where)
    foreign.execute("CREATE TABLE bookmarks (id)")
    foreign.close()
    before = digest(where)
    with pytest.raises(LibraryDamaged, match="not a refpipe library"):
        Library.open(where)
    assert digest(where) == before


def test_a_newer_library_is_refused_with_what_to_do(path: Path) -> None:
    newer = sqlite3.connect(path)
    newer.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    newer.close()
    with pytest.raises(LibraryTooNew, match="newer refpipe") as caught:
        Library.open(path)
    assert "update" in caught.value.hint


def test_damaged_pages_are_found(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096 * 4)
    with Library.open(path) as library:
        assert library.faults()


def test_edited_facts_and_stale_works_are_found(path: Path) -> None:
    forged = sqlite3.connect(path)
    forged.execute("UPDATE works SET item = '{}'")
    forged.commit()
    forged.close()
    with Library.open(path) as library:
        assert "rebuild" in library.faults()[0]
        library.rebuild()
        assert library.faults() == ()
    forged = sqlite3.connect(path)
    forged.execute("UPDATE records SET payload = payload || ' '")
    forged.commit()
    forged.close()
    with Library.open(path) as library:
        assert "edited" in library.faults()[0]


def test_reading_writes_nothing_and_writing_is_refused(path: Path) -> None:
    before = digest(path)
    with Library.open(path, writable=False) as library:
        list(library.works()), library.search("lumbar"), library.possible(), library.names("work")
        with pytest.raises(LibraryError, match="cannot be written"):
            library.add([record(1)], heard=HEARD)
    assert digest(path) == before
    assert [one.name for one in path.parent.iterdir()] == ["library.db"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_file_can_be_read(path: Path) -> None:
    path.chmod(0o444)
    with Library.open(path) as library:
        assert library.count() == 1
        with pytest.raises(LibraryError, match="cannot be written"):
            library.add([record(1)], heard=HEARD)


def test_a_full_disk_leaves_the_library_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with Library.open(path) as library:
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            with pytest.raises(LibraryError, match="No space left"):
                library.add([record(1)], heard=HEARD)
        assert library.count() == 1
        assert path.read_bytes() == before
        library.add([record(1)], heard=HEARD)
        assert library.count() == 2
    assert [one.name for one in path.parent.iterdir()] == ["library.db"]


def test_a_full_disk_leaves_a_library_written_in_place_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "HELD_UP_TO", 0)
    with Library.open(path) as library:
        ((pages,),) = library._connection.rows("PRAGMA page_count")
        library._connection.do(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(LibraryError, match="disk is full"):
            library.add([record(number) for number in range(1, 200)], heard=HEARD)
        assert library.count() == 1
    with Library.open(path) as library:
        assert library.faults() == ()
        library.add([record(1)], heard=HEARD)
        assert library.count() == 2


def test_half_a_character_is_refused_with_its_source(path: Path) -> None:
    broken = Record(
        source="printed", identifier=Identifier.parse("text:1"), payload="A \ud800 title"
    )
    with Library.open(path) as library:
        with pytest.raises(UnreadableText, match="printed said of text:1"):
            library.add([broken], heard=HEARD)
        assert library.count() == 1


def test_a_title_with_half_a_character_in_json_does_no_harm(path: Path) -> None:
    odd = Record(
        source="manual",
        identifier=Identifier.parse("doi:10.1/x"),
        payload='{"title": "A \\ud800 b"}',
    )
    with Library.open(path) as library:
        library.add([odd], heard=HEARD)
        assert library.faults() == ()


# ── two at once ────────────────────────────────────────────────────────────────────────


def test_a_second_writer_waits_and_then_says_so(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 0.05)
    with Library.open(path) as one, Library.open(path) as other, one.transaction():
        one.add([record(1)], heard=HEARD)
        with pytest.raises(LibraryBusy, match="another refpipe is writing"):
            other.add([record(2)], heard=HEARD)
        assert other.count() == 1
    with Library.open(path) as library:
        assert library.count() == 2


def test_a_writer_that_finishes_in_time_is_waited_for(path: Path) -> None:
    started, done = threading.Event(), threading.Event()

    def slow() -> None:
        with Library.open(path) as one, one.transaction():
            one.add([record(1)], heard=HEARD)
            started.set()
            done.wait(0.3)

    thread = threading.Thread(target=slow)
    thread.start()
    started.wait()
    with Library.open(path) as library:
        library.add([record(2)], heard=HEARD)
        assert library.count() == 3
    thread.join()


def test_an_error_inside_a_transaction_takes_all_of_it_back(path: Path) -> None:
    before = digest(path)
    with Library.open(path) as library:
        with pytest.raises(ZeroDivisionError), library.transaction():  # noqa: PT012
            library.add([record(1)], heard=HEARD)
            _ = 1 / 0
        assert library.count() == 1
    assert digest(path) == before


# ── killed ─────────────────────────────────────────────────────────────────────────────

_WRITER = """
import sys
sys.path.insert(0, sys.argv[2])
from test_library_safety import HEARD, record
from refpipe.library import Library
with Library.open(sys.argv[1], create=True) as library:
    print("ready", flush=True)
    for start in range(0, int(sys.argv[3]), 7):
        library.add([record(n) for n in range(start, start + 7)], heard=HEARD)
"""

_HALFWAY = """
import os, signal, sys
sys.path.insert(0, sys.argv[2])
from test_library_safety import HEARD, record
from refpipe.library import Library
from refpipe.library import connection
connection.HELD_UP_TO = 0
library = Library.open(sys.argv[1])
library._connection.do("PRAGMA cache_size = 2")
with library.transaction():
    library.add([record(n) for n in range(1, 300)], heard=HEARD)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def _python(script: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def test_pages_that_a_killed_writer_left_behind_are_taken_back_by_a_reader(path: Path) -> None:
    child = _python(_HALFWAY, str(path), str(Path(__file__).parent))
    child.communicate()
    assert child.returncode == -signal.SIGKILL
    assert path.with_name("library.db-journal").stat().st_size > 0
    with Library.open(path, writable=False) as library:
        assert library.count() == 1
    with Library.open(path) as library:
        assert library.faults() == ()


def _kill_again_and_again(path: Path, *, times: int, records: int) -> None:
    """Kill a writer at points of chance until it is through; look at what it leaves each time."""
    chance = random.Random(7)
    for _ in range(times):
        child = _python(_WRITER, str(path), str(Path(__file__).parent), str(records))
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(chance.random() * 0.15)
        child.send_signal(signal.SIGKILL)
        child.communicate()
        with Library.open(path) as library:
            assert library._connection.rows("PRAGMA integrity_check") == [("ok",)]
            assert library.count() % 7 == 0
    child = _python(_WRITER, str(path), str(Path(__file__).parent), str(records))
    _, told = child.communicate()
    assert child.returncode == 0, told
    with Library.open(path) as library:
        assert library.faults() == ()
        assert library.count() == -(-records // 7) * 7


def test_killed_at_points_of_chance_it_is_whole_and_goes_on(tmp_path: Path) -> None:
    _kill_again_and_again(tmp_path / "library.db", times=4, records=70)


@pytest.mark.slow
def test_killed_at_a_hundred_points_it_is_whole_and_goes_on(tmp_path: Path) -> None:
    _kill_again_and_again(tmp_path / "library.db", times=100, records=3000)
