"""One work as databases export it stays one, and what is nearly the same stays two."""

from __future__ import annotations

import json

import pytest
from benchmark import BENCHMARKS, load


def test_dresses_of_one_work_are_one_and_its_neighbours_are_two() -> None:
    if not (load("matching").SETS / "cardiac.jsonl.gz").exists():
        pytest.skip("the shared data are not here")
    told = load("matching_exports").measure_exports(40, "cardiac")["together"]
    assert told["false"] == 0
    assert told["found"] >= 0.995
    assert told["found_after_two_mishaps"] >= 0.95
    assert told["without_common_block"] == 0


def test_kinds_of_one_work_and_of_near_works_only_improve() -> None:
    """Cases that were labelled before the rules had been read, each a file for ``dedupe``."""
    before = json.loads((BENCHMARKS / "matching_kinds" / "scores.json").read_text("utf-8"))
    now = load("matching_kinds").measure()
    for name, told in before.items():
        assert sum(now[name].values()) == sum(told.values()), name
        assert now[name].get("false merge", 0) <= told.get("false merge", 0), name
        assert now[name].get("right", 0) >= told.get("right", 0), name
