"""Printed references and what stands in them: every case is a row of a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from refpipe.items import printed

CASES = Path(__file__).parent / "cases/printed"


def rows() -> list[Any]:
    return [
        pytest.param(row, id=f"{path.stem}-{number}")
        for path in sorted(CASES.glob("*.json"))
        for number, row in enumerate(json.loads(path.read_text(encoding="utf-8")), 1)
    ]


@pytest.mark.parametrize("row", rows())
def test_reads(row: dict[str, Any]) -> None:
    text = row["text"]
    read = printed.read(text)
    item = read.reading.item
    for name, expected in row["item"].items():
        assert item.get(name) == expected, name
    for name in row.get("absent", ()):
        assert name not in item, name
    if "rest" in row:
        assert [left.text for left in read.rest] == row["rest"]
    for name, field in read.fields.items():
        if name in ("volume", "issue", "DOI", "publisher") and isinstance(field.value, str):
            assert field.span.end > field.span.start, name
            assert field.span.of(text).strip(), name
