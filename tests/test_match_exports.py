"""One work as databases export it stays one, and what is nearly the same stays two."""

from __future__ import annotations

import pytest
from benchmark import load


def test_dresses_of_one_work_are_one_and_its_neighbours_are_two() -> None:
    if not (load("matching").SETS / "cardiac.jsonl.gz").exists():
        pytest.skip("the shared data are not here")
    told = load("matching_exports").measure_exports(40, "cardiac")["together"]
    assert told["false"] == 0
    assert told["found"] >= 0.995
    assert told["found_after_two_mishaps"] >= 0.95
    assert told["without_common_block"] == 0
