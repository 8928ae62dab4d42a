"""Entries beside the reference engine's: the share that is equal and right may only improve."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import pytest
from benchmark import load

from refpipe import items, render, styles
from refpipe.items.exchange import FileEntry, csl_json
from refpipe.merge.precedence import SourcedReading
from refpipe.merge.project import project
from refpipe.model import Identifier, Record, Scheme

HERE = Path(__file__).parent.parent / "benchmarks" / "entries"


def benchmark() -> ModuleType:
    """The benchmark's module; skips by name where its data is absent."""
    module = load("entries")
    if not module.DATA.exists():
        pytest.skip(f"{module.DATA} is absent")
    return module


@pytest.mark.slow
@pytest.mark.parametrize("style", ["ieee", "vancouver", "ama"])
def test_all_items(style: str) -> None:
    module = benchmark()
    held = json.loads(module.SCORES.read_text(encoding="utf-8"))[style]
    found = module.score(style, module.rows())
    assert found["equal"] >= held["equal"]
    assert found["right"] >= held["right"]


@pytest.mark.parametrize("style", ["ieee", "vancouver", "ama"])
def test_every_tenth_item(style: str) -> None:
    """No more of the sample may differ, and no more be wrong, than when it was last measured."""
    module = benchmark()
    held = json.loads(module.SCORES.read_text(encoding="utf-8"))[style]["sample"]
    found = module.score(style, module.rows(module.SAMPLE))
    assert found["differing"] <= held["differing"]
    assert found["wrong"] <= held["wrong"]


def test_format_and_library_print_the_same() -> None:
    """An item alone in the library is printed as ``refpipe format`` prints it."""
    module = benchmark()
    chosen = [styles.load(name) for name in module.STYLES]
    for row in module.rows(module.SAMPLE):
        (read,) = csl_json.read_all(json.dumps([row["item"]]))
        assert isinstance(read, FileEntry)
        record = Record(
            source="csl-json", identifier=Identifier(Scheme.NAME, "x"), payload=read.raw
        )
        said = SourcedReading(record=record, reading=items.read(record))
        (work,) = project([said], []).works
        for style in chosen:
            assert render.entry(work.item, style) == render.entry(read.item, style)
