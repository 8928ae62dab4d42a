"""The scores of matching may only improve; false merges may never rise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmark import load

PLACE = Path(__file__).parents[1] / "benchmarks" / "matching"


measure = load("matching")
SCORES = json.loads((PLACE / "scores.json").read_text(encoding="utf-8"))


def _check(name: str) -> None:
    if not measure.SETS.is_dir():
        pytest.skip(f"no data at {measure.SETS}")
    now, before = measure.measure(name), SCORES[name]
    for kind in ("records", "pairs"):
        assert now[kind]["fp"] <= before[kind]["fp"], (name, kind)
        assert now[kind]["fn"] <= before[kind]["fn"], (name, kind)


@pytest.mark.parametrize("name", measure.QUICK)
def test_scores_only_improve(name: str) -> None:
    _check(name)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["misq_pdf", "cardiac", "depression"])
def test_scores_of_the_large_sets_only_improve(name: str) -> None:
    _check(name)


@pytest.mark.slow
def test_hard_cases_only_improve() -> None:
    if not measure.SETS.is_dir():
        pytest.skip(f"no data at {measure.SETS}")
    now = measure.hard([*measure.HEALTH, "dblp_acm", "misq_pdf"])
    assert now["right"] >= SCORES["hard"]["right"]
    assert now["false_merges"] <= SCORES["hard"]["false_merges"]
