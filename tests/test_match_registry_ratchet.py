"""What a registry says is matched with what others write of it; false matches may never rise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmark import load

PLACE = Path(__file__).parents[1] / "benchmarks" / "matching_registry"
_FEW = 40
"""Works of the quick sample; of these nothing is to be matched falsely, and most rightly."""


registry = load("matching_registry")
SCORES = json.loads((PLACE / "scores.json").read_text(encoding="utf-8"))
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
    assert now["together"][FALSE] <= SCORES["together"][FALSE]
    assert now["together"][WHOLE] >= 95


@pytest.mark.slow
def test_records_match_what_is_written_of_them() -> None:
    if not registry.CROSSREF.exists():
        pytest.skip(f"no data at {registry.CROSSREF}")
    now = registry.summary([registry.measure_crossref(1500)])
    assert now["together"][FALSE] <= SCORES["together"][FALSE]
    assert now["together"][WHOLE] >= SCORES["together"][WHOLE] - 0.2
