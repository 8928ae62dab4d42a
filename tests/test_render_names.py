"""Names as records hold them and as lists print them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from refpipe import markup, render, styles

CASES = Path(__file__).parent / "cases" / "render" / "names.json"
ROWS = json.loads(CASES.read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=[row["why"] for row in ROWS])
def test_name(row: dict[str, object]) -> None:
    item, prints = row["item"], row["prints"]
    assert isinstance(item, dict)
    assert isinstance(prints, dict)
    printed = {name: markup.plain(render.entry(item, styles.load(name)).content) for name in prints}
    assert printed == prints
