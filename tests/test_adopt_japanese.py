"""What adopting tells a Japanese writer is Japanese, page by page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from running import refpipe
from test_adopt_clinics import PAGES, Page

OURS = re.compile(r"\b(?:the|and|is|of|a|it|this|which|would|reference|stands?|looks)\b")


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.refused], ids=lambda page: page.name
)
def test_a_refusal_is_told_in_japanese(tmp_path: Path, page: Page) -> None:
    (tmp_path / "refpipe.toml").touch()
    name = f"page.{page.ending}"
    (tmp_path / name).write_text(page.text, encoding="utf-8")
    run = refpipe("adopt", "--offline", name, folder=tmp_path, extra={"LANG": "ja_JP.UTF-8"})
    assert run.returncode == 1
    told = re.sub(r"「.*?」|“.*?”|not-a-citation", "", run.stderr)
    assert "何も変えていません" in run.stderr
    assert f"{name}:{page.refused[0]}:" in run.stderr
    assert not OURS.search(told), run.stderr


def test_a_number_by_hand_is_told_in_japanese(tmp_path: Path) -> None:
    (tmp_path / "refpipe.toml").touch()
    text = "痛みは軽くなる [@one]。再発は多い[1]。\n\n<!--bibliography-->\n"
    (tmp_path / "page.md").write_text(text, encoding="utf-8")
    run = refpipe("refs", "--offline", "page.md", folder=tmp_path, extra={"LANG": "ja_JP.UTF-8"})
    told = next(line for line in run.stderr.splitlines() if "CIT010" in line)
    assert "引用のようです" in told
    assert not OURS.search(told.replace("not-a-citation", "")), told
