"""The share of fields read right may only rise, and the share read wrong only fall."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import pytest
from benchmark import load

HERE = Path(__file__).parents[1] / "benchmarks/printed"
SLACK = 0.0015
"""Half a reference of the smallest column; below this, rounding could fail the test."""


def benchmark() -> ModuleType:
    module = load("printed")
    if not (module.SHARED / "data/printed").is_dir():
        pytest.skip(f"{module.SHARED / 'data/printed'} is absent")
    return module


def compare(name: str, every: int) -> None:
    module = benchmark()
    before = json.loads((HERE / "scores.json").read_text(encoding="utf-8"))[name]
    now = module.scores(module.measure("all", every))
    for collection, fields in before.items():
        for field, was in fields.items():
            measured = now[collection][field]
            assert measured["right"] >= was["right"] - SLACK, (collection, field)
            assert measured["wrong"] <= was["wrong"] + SLACK, (collection, field)


def test_no_field_is_read_worse_than_before() -> None:
    compare("sample", benchmark().SAMPLE)


@pytest.mark.slow
def test_no_field_is_read_worse_than_before_on_the_whole() -> None:
    compare("whole", 1)
