"""References that others printed, and our own entries, are read no worse than before."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from benchmark import load

HERE = Path(__file__).parents[1] / "benchmarks/printed_shared"
SLACK = 0.0015
"""Below the share of one reference; rounding alone could fail a test otherwise."""


def benchmark() -> ModuleType:
    module = load("printed_shared")
    if not (module.shared() / "printed").is_dir():
        pytest.skip(f"{module.shared() / 'printed'} is absent")
    return module


def check(now: dict[str, Any], before: dict[str, Any]) -> None:
    for field, was in before["pages"].items():
        assert _is_kept(field, now["pages"][field], was), field
    for name, shares in before["general"].items():
        for field, was in shares.items():
            assert _is_kept(field, now["general"][name][field], was), (name, field)
    for name, was in before["readback"].items():
        assert _is_kept("right", now["readback"][name], was), name


def _is_kept(field: str, now: float, was: float) -> bool:
    return now <= was + SLACK if field == "wrong" else now >= was - SLACK


def test_a_sample_is_read_no_worse_than_before() -> None:
    module = benchmark()
    before = json.loads((HERE / "scores.json").read_text(encoding="utf-8"))
    check(module.measure(module.SAMPLE), before["sample"])


@pytest.mark.slow
def test_all_is_read_no_worse_than_before() -> None:
    before = json.loads((HERE / "scores.json").read_text(encoding="utf-8"))
    check(benchmark().measure(1), before["whole"])


@pytest.mark.slow
def test_no_more_is_wrong_in_silence_or_doubted_than_before() -> None:
    """A wrong field that nobody is told of; a right one that is told as unsure."""
    before = json.loads((HERE / "scores.json").read_text(encoding="utf-8"))["silence"]
    module = benchmark()
    now = module.silence(module.shared())
    for field, shares in before.items():
        for name, was in shares.items():
            assert now.get(field, {}).get(name, 0) <= was + SLACK, (field, name)


def test_one_work_is_of_one_half_however_its_title_is_printed() -> None:
    is_judging = load("printed_shared").is_judging
    halves = {
        title: {is_judging({"truth": {"title": form}, "text": text}) for form, text in forms}
        for title in ("Vitamin D and falls", "Écrits sur l’art", "A life in 1900", "On bones")
        for forms in [[(title, "a"), (title.upper(), "b"), (f"“{title}.”", "c")]]
    }
    assert all(len(found) == 1 for found in halves.values())
