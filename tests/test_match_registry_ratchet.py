"""What a registry says is matched with what others write of it; false matches may never rise."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

PLACE = Path(__file__).parents[1] / "benchmarks" / "matching"
_FEW = 40
"""Works of the quick sample; of these nothing is to be matched falsely, and most rightly."""


def _measure() -> ModuleType:
    spec = importlib.util.spec_from_file_location("matching_registry", PLACE / "registry.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


registry = _measure()
SCORES = json.loads((PLACE / "registry.json").read_text(encoding="utf-8"))
WHOLE, FALSE = "undamaged, % match", "false matches"


def test_japanese_records_match_what_is_printed_of_them() -> None:
    if not registry.JALC.exists():
        pytest.skip(f"no data at {registry.JALC}")
    now, before = registry.measure_jalc().figures(), SCORES["ways"]
    for way, verdicts in now.items():
        assert verdicts.get("false match", 0) == 0, way
        assert verdicts["match"] >= before[way]["match"], way


@pytest.mark.slow
def test_a_few_records_match_what_is_written_of_them() -> None:
    if not registry.CROSSREF.exists():
        pytest.skip(f"no data at {registry.CROSSREF}")
    now = registry.summary([registry.measure_crossref(_FEW)])
    assert now[FALSE] <= SCORES[FALSE]
    assert now[WHOLE] >= 95


@pytest.mark.slow
def test_records_match_what_is_written_of_them() -> None:
    if not registry.CROSSREF.exists():
        pytest.skip(f"no data at {registry.CROSSREF}")
    now = registry.summary([registry.measure_crossref(1500)])
    assert now[FALSE] <= SCORES[FALSE]
    assert now[WHOLE] >= SCORES[WHOLE] - 0.2
