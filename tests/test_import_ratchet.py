"""The agreement of the import with Zotero's may only improve."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest

PLACE = Path(__file__).parents[1] / "benchmarks" / "import"


def test_import_only_improves() -> None:
    spec = importlib.util.spec_from_file_location("import_measure", PLACE / "measure.py")
    assert spec is not None
    assert spec.loader is not None
    measure = importlib.util.module_from_spec(spec)
    sys.modules["import_measure"] = measure
    spec.loader.exec_module(measure)
    if not measure.CASES.is_file():
        pytest.skip(f"no data at {measure.CASES}")
    before = json.loads((PLACE / "scores.json").read_text(encoding="utf-8"))["samples"]
    now = measure.scores()
    assert {name: now[name] for name in before if now[name] < before[name]} == {}
