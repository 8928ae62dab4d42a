"""What the benchmarks of addresses and readers reached may only improve."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from benchmark import load

_BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"


def _benchmark(name: str) -> tuple[ModuleType, dict[str, Any]]:
    """The benchmark's module and its kept scores; skipped where the shared data are absent."""
    path = _BENCHMARKS / name / "measure.py"
    module = load(name)
    if not (module.SHARED / "data").exists():
        pytest.skip(f"no shared data at {module.SHARED / 'data'}")
    return module, json.loads((path.parent / "scores.json").read_text(encoding="utf-8"))


def test_addresses_lead_to_as_many_dois_as_before() -> None:
    module, kept = _benchmark("url_doi")
    for name, found in module.measure().items():
        if found["addresses"] != kept[name]["addresses"]:
            pytest.skip(f"other cases than those measured: {module.CASES}")
        for right in ("literal right", "candidate right"):
            assert found[right] >= kept[name][right], (name, right)
        for wrong in ("literal wrong", "candidate wrong"):
            assert found[wrong] <= kept[name][wrong], (name, wrong)


def _assert_clean(every: int) -> None:
    module, kept = _benchmark("readers")
    found = module.measure(every)
    dirty = {
        name: count
        for name, count in found.items()
        if name in module.DIRT and count > kept["answers"][name]
    }
    assert not dirty


def test_a_tenth_of_the_recorded_answers_reads_clean() -> None:
    _assert_clean(10)


@pytest.mark.slow
def test_every_recorded_answer_reads_clean() -> None:
    _assert_clean(1)
