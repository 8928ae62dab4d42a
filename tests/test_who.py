"""``refpipe who``: every place that cites a work, managed or by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from refpipe.cli import run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(
        "軽くなる [@doi:10.1148/RADIOL.2372041509]。\n\n"
        "再び [@doi:10.5555/x; @doi:10.1148/radiol.2372041509]。\n",
        encoding="utf-8",
    )
    (tmp_path / "b.html").write_text("<p>何も引用しません。</p>\n", encoding="utf-8")
    (tmp_path / "c.md").write_text(
        "## 参考文献\n\n"
        "[1] Boos N, Semmer N. Natural history. Spine. 2000;25(12):1484-1492.\n"
        "[2] Modic MT, et al. Acute low back pain. Radiology. 2005;237(2):597-604."
        " doi:10.1148/radiol.2372041509\n"
        "[3] Carragee E, Kim D. Sciatica and herniation. Spine. 1997;22(14):1650-1660.\n",
        encoding="utf-8",
    )
    return tmp_path


def test_every_place_is_listed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["who", "10.1148/radiol.2372041509", "."]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "a.md:1: [@doi:10.1148/RADIOL.2372041509]",
        "a.md:3: [@doi:10.1148/radiol.2372041509]",
        "c.md:4: [2] (hand-made list)",
    ]
    assert said.err.endswith("is cited in 2 articles\n")


def test_as_json_and_nobody(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["who", "doi:10.5555/x", ".", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["path"], row["line"], row["managed"]) for row in rows] == [("a.md", 3, True)]
    assert run(["who", "doi:10.5555/nobody", "."]) == 1


def test_an_article_that_cannot_be_read_is_not_silence(folder: Path) -> None:
    (folder / "d.md").write_bytes("引用".encode("shift_jis"))
    assert run(["who", "doi:10.5555/x", "."]) == 2
