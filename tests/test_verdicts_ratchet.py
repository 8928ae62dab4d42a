"""False alarms and what is caught, on a sample of real references; the figures only improve."""

from __future__ import annotations

import importlib
import random
import sys
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from seeds import SHARED

from refpipe.match.differences import differences, is_agreed

PLACE = Path(__file__).parent.parent / "benchmarks" / "verdicts"
KINDS = (
    "author added", "author dropped", "author replaced", "author order", "year", "volume",
    "other paper's DOI", "title of another", "journal", "invented",
)  # fmt: skip
_SAMPLE = 60


@pytest.fixture(scope="module")
def mutations() -> ModuleType:
    sys.path.insert(0, str(PLACE))
    try:
        return importlib.import_module("mutations")
    finally:
        sys.path.remove(str(PLACE))


@pytest.fixture(scope="module")
def pairs(mutations: ModuleType) -> list[Any]:
    if not (SHARED / "data" / "csl").is_dir():
        pytest.skip(f"{SHARED / 'data' / 'csl'} is absent")
    assert list(mutations.ALL) == list(KINDS)
    return list(islice(sys.modules["sets"].registered(), _SAMPLE))


def told(pair: Any) -> Any:
    return differences(pair.stated, pair.found, text=pair.text)


def test_a_right_reference_is_not_found_fault_with(pairs: list[Any]) -> None:
    assert [pair.name for pair in pairs if any(one.is_error for one in told(pair))] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_reference_is_never_confirmed(
    mutations: ModuleType, pairs: list[Any], kind: str
) -> None:
    draw = mutations.Draw(pairs, random.Random(kind))
    right = (pair for pair in pairs if is_agreed(told(pair)))
    wrong = [one for pair in right if (one := mutations.ALL[kind](pair, draw)) is not None]
    assert wrong
    assert [pair.name for pair in wrong if is_agreed(told(pair))] == []
