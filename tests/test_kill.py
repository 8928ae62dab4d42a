"""Killed at any moment, refpipe leaves whole files and a sound library."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from running import contents, environment, project, refpipe


def kill_after(seconds: float, *arguments: str, folder: Path, how: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "refpipe", *arguments],
        cwd=folder,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(seconds)
    process.send_signal(how)
    process.wait(timeout=60)


def is_sound(library: Path) -> bool:
    if not library.exists():
        return True
    database = sqlite3.connect(library)
    try:
        return bool(database.execute("PRAGMA integrity_check").fetchone()[0] == "ok")
    finally:
        database.close()


def check_adoption_survives(folder: Path, moments: list[float], how: int) -> None:
    page = Path(__file__).parent.parent / "docs" / "tour" / "legacy-page.md"
    whole = folder / "whole"
    whole.mkdir()
    for place in (folder, whole):
        (place / "page.md").write_bytes(page.read_bytes())
        (place / "refpipe.toml").write_text('articles = ["."]\n', encoding="utf-8")
    assert refpipe("adopt", "--offline", "page.md", folder=whole).returncode == 0
    allowed = {page.read_bytes(), (whole / "page.md").read_bytes()}
    for moment in moments:
        kill_after(moment, "adopt", "--offline", "page.md", folder=folder, how=how)
        assert (folder / "page.md").read_bytes() in allowed
        assert is_sound(folder / "library.db")
    refpipe("adopt", "--offline", "page.md", folder=folder)
    assert (folder / "page.md").read_bytes() == (whole / "page.md").read_bytes()
    assert [path.name for path in folder.glob(".*.refpipe-tmp")] == []


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_adoption_killed_at_some_moments(tmp_path: Path, how: int) -> None:
    check_adoption_survives(tmp_path, [0.15, 0.3, 0.45], how)


@pytest.mark.slow
def test_adoption_killed_at_a_hundred_moments(tmp_path: Path) -> None:
    chance = random.Random(20261122)
    moments = [chance.uniform(0.05, 1.2) for _ in range(100)]
    check_adoption_survives(tmp_path, moments, signal.SIGKILL)


def test_weaving_killed_at_some_moments(tmp_path: Path) -> None:
    folder = project(tmp_path)
    woven = contents(folder)
    refpipe("refs", "--unweave", folder=folder)
    typed = contents(folder)
    for moment in (0.2, 0.35):
        kill_after(moment, "refs", "--offline", folder=folder, how=signal.SIGKILL)
        for path, content in contents(folder).items():
            if not path.endswith(".refpipe-tmp"):
                assert content in {woven[path], typed[path]}
    assert refpipe("refs", "--offline", folder=folder).returncode == 0
    assert contents(folder) == woven
