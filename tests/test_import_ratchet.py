"""The agreement of the import with Zotero's may only improve."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmark import load

PLACE = Path(__file__).parents[1] / "benchmarks" / "import"


def test_import_only_improves() -> None:
    measure = load("import")
    if not measure.CASES.is_file():
        pytest.skip(f"no data at {measure.CASES}")
    before = json.loads((PLACE / "scores.json").read_text(encoding="utf-8"))["samples"]
    now = measure.scores()
    assert {name: now[name] for name in before if now[name] < before[name]} == {}
