"""The library that is in this repository: sound, shown truly, and no larger than it was."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from refpipe import cli
from refpipe.library import Library

ROOT = Path(__file__).parent.parent
SCORES = ROOT / "benchmarks" / "library" / "scores.json"


def test_the_committed_library_is_what_its_facts_come_to(tmp_path: Path) -> None:
    """After a change of a reader or of merging: raise PROJECTION, then refpipe db rebuild."""
    copy = tmp_path / "library.db"
    copy.write_bytes((ROOT / "library.db").read_bytes())
    with Library.open(copy, is_left_stale=True) as library:
        assert library.faults() == ()


def test_the_text_beside_the_library_shows_it(capsys: pytest.CaptureFixture[str]) -> None:
    """After a change of the library: refpipe db view --out library.txt."""
    code = cli.run(["db", "view", str(ROOT / "library.db"), "--check", str(ROOT / "library.txt")])
    assert code == 0, capsys.readouterr().err


def test_a_work_takes_no_more_room_than_it_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks" / "library"))
    import perturbed

    if not perturbed.WORKS.exists():
        pytest.skip(f"{perturbed.WORKS} is not here")
    before = json.loads(SCORES.read_text(encoding="utf-8"))["made"]["bytes_per_work_of_400"]
    path = tmp_path / "library.db"
    with Library.open(path, create=True) as library:
        library.add(perturbed.records(400), heard="")
    assert path.stat().st_size / 400 <= before * 1.02, "the library takes more room"
    sys.modules.pop("perturbed", None)
