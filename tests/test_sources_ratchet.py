"""What the benchmarks of resolving and searching reached may only improve."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import benchmark
import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


def load(name: str) -> tuple[ModuleType, dict[str, Any]]:
    """The benchmark of that name and the figures that it reached."""
    place = BENCHMARKS / name
    module = benchmark.load(name)
    if not module.shared().is_dir():
        pytest.skip(f"no data at {module.shared()}")
    return module, json.loads((place / "scores.json").read_text(encoding="utf-8"))


def check_search(collection: str, size: str) -> None:
    measure, scores = load("search")
    for half, before in scores[size][collection].items():
        now = measure.measure(collection, int(half), before["present"])
        assert now["found"] >= before["found"], (collection, half)
        assert now["wrong"] <= before["wrong"], (collection, half)
        assert now["false accepts"] <= before["false accepts"], (collection, half)
        if size == "quick":
            return


def check_resolve(count: int) -> None:
    measure, _ = load("resolve")
    figures = measure.measure(count, (1000, 1000))
    assert figures["cold"]["answered"] == count
    # The books among them are asked for once more, whole: no list tells their editions.
    lists = -(-count // measure.BATCH)
    assert figures["cold"]["requests"] <= lists + -(-lists // 10)
    assert figures["warm"] == {"answered": count, "requests": 0} | {
        "seconds": figures["warm"]["seconds"]
    }


def test_a_sample_of_references_is_found() -> None:
    check_search("styles", "quick")


def test_two_hundred_dois_take_six_requests_and_then_none() -> None:
    check_resolve(200)


@pytest.mark.slow
@pytest.mark.parametrize("collection", ["pmc", "styles"])
def test_all_references_are_found(collection: str) -> None:
    check_search(collection, "whole")


@pytest.mark.slow
def test_a_thousand_dois_take_at_most_thirty_requests() -> None:
    check_resolve(1000)
    measure, scores = load("resolve")
    assert scores["refpipe"]["cold"]["requests"] <= 30
    assert measure.measure(300)["too fast"] == 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", [4, 1])
def test_books_are_found_and_no_wrong_one(seed: int) -> None:
    measure, scores = load("books")
    found = measure.measure(seed=seed)
    for kind in ("isbn", "printed"):
        assert found[kind].get("wrong", 0) == 0
        assert found[kind]["right"] >= 0.95 * scores[kind]["books"]
    assert found["absent"]["false"] == 0
    assert seed != 4 or all(found[k]["right"] >= scores[k]["right"] for k in ("isbn", "printed"))


@pytest.mark.slow
def test_the_index_of_retractions_stays_small() -> None:
    spec_of = BENCHMARKS / "retractions"
    measure = benchmark.load("retractions")
    before = json.loads((spec_of / "scores.json").read_text(encoding="utf-8"))
    found = measure.measure(70_000, 10_000)
    assert found["index"]["bytes of data"] == before["index"]["bytes of data"]
    assert found["index"]["bytes of index"] <= before["index"]["bytes of index"]
    assert found["index"]["megabytes"] <= 200
