"""References as health pages print them: written from the forms of print, not from the reader."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmark import load

PAGES = load("printed_pages")
FILES = sorted(PAGES.PAGES.glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nearly_every_field_is_right(path: Path) -> None:
    found = PAGES.measure([path])
    assert found["right"] >= 0.98
    assert found["wrong"] <= 0.01
    assert found["doubted"] <= 0.04


def test_half_of_the_references_are_japanese() -> None:
    texts = [case.text for path in FILES for case in PAGES.cases(path)]
    japanese = [text for text in texts if PAGES._JAPANESE.search(text)]
    assert len(texts) >= 470
    assert 0.45 <= len(japanese) / len(texts) <= 0.7
