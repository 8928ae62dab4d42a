"""``refpipe add``: works described by hand, and what is left behind where nothing was added."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import refpipe

PAGE = ("--manual", "--title", "Z", "--date", "2024/5/2", "--accessed", "2026-02-10")


def test_a_web_page_keeps_its_dates(tmp_path: Path) -> None:
    run = refpipe("add", *PAGE, "--url", "https://example.org/z", folder=tmp_path)
    assert run.returncode == 0, run.stderr
    assert "“Z,” May 02, 2024. Accessed: Feb. 10, 2026. [Online]. Available:" in run.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--type", "web-page"), "--type webpage"),
        (("--type", "banana"), "no type of work: 'banana'"),
        (("--url", "example"), "no address of a web page: 'example'"),
        (("--url", "ftp://example.org/z"), "no address of a web page"),
        (("--author", ","), "no name: ','"),
        (("--author", " "), "no name: ' '"),
    ],
)
def test_what_cannot_be_meant_is_said(options: tuple[str, ...], said: str, tmp_path: Path) -> None:
    run = refpipe("add", *PAGE, *options, folder=tmp_path)
    assert run.returncode == 2, run.stdout
    assert said in run.stderr
    assert not list(tmp_path.rglob("library.db"))


def test_what_is_no_identifier_leaves_no_library(tmp_path: Path) -> None:
    run = refpipe("add", "garbage", folder=tmp_path)
    assert run.returncode == 1, run.stderr
    assert not list(tmp_path.rglob("library.db*"))


def test_one_way_to_cite_is_named_once(tmp_path: Path) -> None:
    run = refpipe("add", "--manual", "--title", "Z", "--date", "2024", folder=tmp_path)
    assert run.returncode == 0, run.stderr
    assert run.stdout.count("[@") == 1
    assert "  or  " not in run.stdout


def test_a_missing_library_is_named_by_its_setting(tmp_path: Path) -> None:
    run = refpipe("show", "x", folder=tmp_path)
    assert run.returncode == 2, run.stdout
    assert "[tool.refpipe]" in run.stderr
    assert "--library" not in run.stderr
