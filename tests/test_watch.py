"""Watching: a save is dealt with at once, our own writes wake nobody, Ctrl-C ends clean."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue

import pytest
from running import ROOT, environment, refpipe

from refpipe import config
from refpipe.pipeline.refs import Watch


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "refpipe.toml").write_text(
        'articles = ["text"]\nexclude = ["text/old"]\n', encoding="utf-8"
    )
    for name in ("a.md", "b.md", "old/c.md"):
        (tmp_path / "text" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "text" / name).write_text("x\n", encoding="utf-8")
    return tmp_path


@contextmanager
def watched(folder: Path) -> Iterator[tuple[Watch, Callable[[], set[str]]]]:
    """A watch of the folder, and what gives the names of the next batch (empty for none)."""
    watch = Watch(config.load(folder), [folder / "text"])
    watch.settled((path, path.read_bytes()) for path in (folder / "text").rglob("*.md"))
    heard: Queue[set[str]] = Queue()
    stop = threading.Event()

    def listen() -> None:
        for batch in watch.saves(stop=stop):
            heard.put({path.name for path in batch})
            watch.settled((path, path.read_bytes()) for path in batch)

    def following(patience: float = 20) -> set[str]:
        try:
            return heard.get(timeout=patience)
        except Empty:
            return set()

    thread = threading.Thread(target=listen)
    thread.start()
    try:
        # The first look is over once a save of a probe was heard.
        probe = folder / "text" / "probe.md"
        while not heard.qsize():
            probe.write_text(str(time.monotonic()), encoding="utf-8")
            time.sleep(0.1)
        while following(0.8):
            pass
        yield watch, following
    finally:
        stop.set()
        thread.join(20)
        assert not thread.is_alive()


def test_saves_wake_and_other_changes_do_not(folder: Path) -> None:
    text = folder / "text"
    with watched(folder) as (watch, following):
        (text / "a.md").write_text("new\n", encoding="utf-8")
        assert following() == {"a.md"}
        # As an editor that saves by renaming.
        (text / ".b.md.swp").write_text("renamed\n", encoding="utf-8")
        (text / ".b.md.swp").replace(text / "b.md")
        assert following() == {"b.md"}
        watch.settled([(text / "a.md", b"ours\n")])
        (text / "a.md").write_text("ours\n", encoding="utf-8")
        (text / "old" / "c.md").write_text("passed over\n", encoding="utf-8")
        (text / "d.png").write_text("no article\n", encoding="utf-8")
        os.utime(text / "b.md")
        (text / "e.md").write_text("another\n", encoding="utf-8")
        assert following() == {"e.md"}
        (folder / "library.db").write_bytes(b"changed")
        assert following() == {"a.md", "b.md", "e.md", "probe.md"}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send")
def test_refs_weaves_what_is_saved_until_ctrl_c(folder: Path) -> None:
    shutil.copy(ROOT / "library.db", folder / "library.db")
    page = folder / "text" / "a.md"
    run = subprocess.Popen(
        [sys.executable, "-m", "refpipe", "refs", "--watch", "--offline"],
        cwd=folder,
        env=environment(),
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stderr is not None
    said = [run.stderr.readline(), run.stderr.readline()]
    while "watching" not in said[-1]:
        said.append(run.stderr.readline())
    page.write_text("x [@modic2005]\n\n<!--bibliography-->\n", encoding="utf-8")
    assert run.stderr.readline() == "1 article, 1 written\n"
    run.stderr.readline()
    assert "<!--/cite-->" in page.read_text(encoding="utf-8")
    before = page.stat().st_mtime_ns
    run.send_signal(signal.SIGINT)
    rest = run.stderr.read()
    assert run.wait(20) == 0
    assert rest == "stopped watching\n"
    run.stderr.close()
    assert page.stat().st_mtime_ns == before


@pytest.mark.parametrize("command", ["refs", "check"])
def test_without_its_package_watching_is_refused_before_anything_is_done(
    folder: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    run = refpipe(command, "--watch", folder=folder)
    assert run.returncode == 2
    assert "pip install 'refpipe[watch]'" in run.stderr
    assert "watching" not in run.stderr
    assert "article" not in run.stderr + run.stdout
