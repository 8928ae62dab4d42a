"""References as health pages print them, written from the forms of print; and as we print them."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from benchmark import load

from refpipe import markup, render, styles
from refpipe.items import printed

PAGES = load("printed_pages")
FILES = sorted(PAGES.PAGES.glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nearly_every_field_is_right(path: Path) -> None:
    found = PAGES.measure([path])
    assert found["right"] >= 0.98
    assert found["wrong"] <= 0.01
    assert found["doubted"] <= 0.04


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_set_is_read_worse_than_before(path: Path) -> None:
    was = json.loads(PAGES.SCORES.read_text(encoding="utf-8"))[path.stem]
    found = PAGES.measure([path])
    assert found["right"] >= was["right"]
    assert found["wrong"] <= was["wrong"]
    assert found["whole"] >= was["whole"]
    assert found["doubted"] <= was["doubted"] + 0.005


def test_no_more_is_wrong_in_silence_or_doubted_than_before() -> None:
    before = json.loads(PAGES.SCORES.read_text(encoding="utf-8"))["silence"]
    for field, count in PAGES.silence(FILES).items():
        was = before.get(field, {"silent": 0, "doubted": 0})
        assert count["silent"] <= was["silent"], field
        assert count["doubted"] <= was["doubted"] + 2, field


def test_many_of_the_references_are_japanese() -> None:
    texts = [case.text for path in FILES for case in PAGES.cases(path)]
    japanese = [text for text in texts if PAGES._JAPANESE.search(text)]
    assert len(texts) >= 470
    assert 0.45 <= len(japanese) / len(texts) <= 0.7


WORKS = json.loads(
    (Path(__file__).parent / "cases/printed/readback/japanese.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("style", ["sist02", "ieee", "vancouver", "ama"])
def test_what_we_print_of_a_japanese_work_is_read_back(style: str) -> None:
    """Each field that an entry shows; what a style leaves out cannot be read."""
    loaded = styles.load(style)
    for work in WORKS:
        entry = markup.plain(render.entry({**work, "id": "a"}, loaded).content)
        item = printed.read(entry).reading.item
        for name, value in work.items():
            if name in ("type", "language", "custom", "accessed"):
                continue
            wanted = _flat(name, value)
            if wanted not in entry:
                continue
            found = _flat(name, item.get(name))
            assert _folded(found) == _folded(wanted), (style, entry, name, found)
        if "editor-label" in work.get("custom", {}):
            assert item["custom"]["editor-label"] == work["custom"]["editor-label"], entry


def _flat(name: str, value: Any) -> str:
    """A value as an entry shows it: of a date the year, of names the first."""
    if isinstance(value, dict):
        return str(value["date-parts"][0][0])
    if isinstance(value, list):
        first = value[0]
        return str(first.get("literal") or first["family"] + first.get("given", ""))
    if name == "edition":
        return "".join(re.findall(r"\d+", str(value or "")))
    return str(value or "")


def _folded(text: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text))
