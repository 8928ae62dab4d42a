"""One work as databases export it stays one, and what is nearly the same stays two."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parents[1] / "benchmarks" / "matching"


def test_dresses_of_one_work_are_one_and_its_neighbours_are_two(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(str(HERE))
    measure, exports = map(importlib.import_module, ("measure", "exports"))
    try:
        if not (measure.SETS / "cardiac.jsonl.gz").exists():
            pytest.skip("the shared data are not here")
        told = exports.measure_exports(40, "cardiac")
    finally:
        for name in ("measure", "exports"):
            sys.modules.pop(name, None)
    assert told["false"] == 0
    assert told["found"] >= 0.995
    assert told["found_after_two_mishaps"] >= 0.95
    assert told["without_common_block"] == 0
