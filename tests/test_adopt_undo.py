"""A hand-made list given back: byte for byte, or with what was written since."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import refpipe

PAGE = """# 眠り

昼寝は短いほどよい[2, p. 12]。夜ふかしは続かない[1]。

## 参考文献

[1] Okada T, Brandt U. Late nights and fatigue. Sleep Habits. 2011;4(1):10-19.
[2] Brandt U. Short naps at work. Sleep Habits. 2015;8(2):100-109.
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text("[tool.refpipe]\n")
    path = tmp_path / "a.md"
    path.write_text(PAGE, encoding="utf-8")
    refpipe("adopt", "--offline", "a.md", folder=tmp_path)
    assert "<!--cite" in path.read_text(encoding="utf-8")
    return path


def test_what_nobody_edited_comes_back_byte_for_byte(page: Path) -> None:
    refpipe("adopt", "--undo", "a.md", folder=page.parent)
    assert page.read_text(encoding="utf-8") == PAGE


def test_what_only_weaving_wrote_since_comes_back_byte_for_byte(page: Path) -> None:
    before = page.read_text(encoding="utf-8")
    key = before.partition("<!--cite @")[2].partition(",")[0]
    refpipe("edit", key, "volume=9", folder=page.parent)
    refpipe("refs", "a.md", folder=page.parent)
    assert page.read_text(encoding="utf-8") != before
    refpipe("adopt", "--undo", "a.md", folder=page.parent)
    assert page.read_text(encoding="utf-8") == PAGE


def test_what_was_written_since_stays(page: Path) -> None:
    text = page.read_text(encoding="utf-8").replace("# 眠り", "# よい眠り")
    page.write_text(text, encoding="utf-8")
    refpipe("adopt", "--undo", "a.md", folder=page.parent)
    assert page.read_text(encoding="utf-8") == PAGE.replace("# 眠り", "# よい眠り")


def test_a_work_that_the_old_list_lacks_is_told(page: Path) -> None:
    text = page.read_text(encoding="utf-8") + "\n追記 [@doi:10.5555/new]。\n"
    page.write_text(text, encoding="utf-8")
    done = refpipe("adopt", "--undo", "a.md", folder=page.parent)
    assert done.returncode == 1
    assert "[@doi:10.5555/new] cites a work that the old list does not hold" in done.stderr
    assert page.read_text(encoding="utf-8") == text


def test_where_nothing_is_remembered_nothing_changes(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.refpipe]\n")
    (tmp_path / "a.md").write_text(PAGE, encoding="utf-8")
    done = refpipe("adopt", "--undo", "a.md", folder=tmp_path)
    assert done.returncode == 1
    assert "nothing is remembered" in done.stderr
