"""The state of a site at a glance: what changed of late, and how old its works are."""

from __future__ import annotations

import datetime
import subprocess
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from refpipe import config
from refpipe.pipeline.check import overview

TODAY = datetime.date(2026, 11, 25)


def git(folder: Path, *arguments: str, day: str = "2026-11-24") -> None:
    moment = f"{day}T12:00:00+0000"
    who = {
        f"GIT_{role}_{part}": "A" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")
    }
    environ = who | {
        "GIT_AUTHOR_DATE": moment,
        "GIT_COMMITTER_DATE": moment,
        "PATH": "/usr/bin:/bin",
    }
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, env=environ)


def site(folder: Path) -> Path:
    (folder / "refpipe.toml").write_text('articles = ["記事"]\n', encoding="utf-8")
    (folder / "記事").mkdir()
    return folder / "記事"


def test_what_changed_in_the_last_week_is_what_git_says(tmp_path: Path) -> None:
    pages = site(tmp_path)
    git(tmp_path, "init", "-q")
    for name, day in (
        ("古い.md", "2026-11-01"),
        ("mended.md", "2026-11-02"),
        ("新.md", "2026-11-20"),
    ):
        (pages / name).write_text("# A\n", encoding="utf-8")
        git(tmp_path, "add", ".", day=day)
        git(tmp_path, "commit", "-q", "-m", "x", day=day)
    (pages / "mended.md").write_text("# B\n", encoding="utf-8")
    (pages / "untracked.md").write_text("# C\n", encoding="utf-8")
    changed = overview.overview(config.load(tmp_path), today=TODAY).changed
    assert changed is not None
    assert {path.name for path in changed} == {"新.md", "mended.md", "untracked.md"}


def test_without_git_nothing_is_said_of_changes(tmp_path: Path) -> None:
    (site(tmp_path) / "a.md").write_text("# A\n", encoding="utf-8")
    assert overview.overview(config.load(tmp_path), today=TODAY).changed is None


@given(st.dictionaries(st.integers(1500, 2030), st.integers(1, 9)))
def test_each_work_is_of_one_age(years: dict[int, int]) -> None:
    ages = list(overview.ages(years, 2026))
    assert sum(many for _, _, many in ages) == sum(years.values())
    young = sum(many for year, many in years.items() if year >= 2021)
    assert ages[0] == (0, 5, young)
