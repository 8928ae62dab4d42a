"""What holds of every printed reference, whatever its text."""

from __future__ import annotations

import importlib.util
import itertools
import json
import random
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refpipe.items import printed
from refpipe.items.printed.figures import pieces

ROOT = Path(__file__).parents[1]
TEXTS = [
    row["text"]
    for path in sorted((ROOT / "tests/cases/printed").glob("*.json"))
    for row in json.loads(path.read_text(encoding="utf-8"))
]
SCRAPS = st.sampled_from(
    ["「", "」", "doi: ", "10.1000/", "https://", " et al. ", "(2005)", "vol. ", "Smith AB, ",
     "“", "”",
     "ほか", "巻", "号", "頁", "\n", "- ", "In: ", "&amp;", "<i>", "[1]", "…", ": ", ". ", "A. "]
)  # fmt: skip


def fuzz() -> ModuleType:
    path = ROOT / "benchmarks/printed/fuzz.py"
    spec = importlib.util.spec_from_file_location("printed_fuzz", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def holds(text: str) -> None:
    read = printed.read(text)
    assert read == printed.read(text)
    json.dumps(read.reading.item)
    for field in read.fields.values():
        assert 0 <= field.span.start <= field.span.end <= len(text)
        assert 0 < field.confidence <= 1
    for left in read.rest:
        assert 0 <= left.span.start < left.span.end <= len(text)
    for name in (*read.reading.item.get("author", ()), *read.reading.item.get("editor", ())):
        assert name.get("family") or name.get("literal")
        assert "et al." not in str(name).lower()


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    holds(text)


@given(st.lists(st.one_of(SCRAPS, st.text(max_size=8), st.sampled_from(TEXTS)), max_size=20))
def test_any_mixture_is_read(pieces: list[str]) -> None:
    holds("".join(pieces))


@given(st.sampled_from(TEXTS), st.data())
@settings(max_examples=60)
def test_a_cut_reference_is_read(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    holds(text[:start] + text[end:])


@given(st.sampled_from(TEXTS), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_line_breaks_between_words_change_nothing(text: str, chance: random.Random) -> None:
    """Pasting wraps lines; a space that became a line break leaves the item as it was."""
    if "\n" in text or "- " in text or " -" in text:
        return
    words = text.split(" ")
    wrapped = words[0]
    for before, word in itertools.pairwise(words):
        # A line that breaks behind a slash or inside Japanese is joined without a space.
        is_plain = before[-1:].isascii() and word[:1].isascii() and before[-1:] not in "/_=&"
        wrapped += ("\n" if is_plain and chance.random() < 0.2 else " ") + word
    assert printed.read(wrapped).reading.item == printed.read(text).reading.item


@given(st.integers(1, 5000), st.integers(1, 400))
def test_a_shortened_range_is_written_out(first: int, more: int) -> None:
    last = first + more
    for kept in range(1, len(str(last)) + 1):
        short = str(last)[-kept:]
        if str(first)[: len(str(first)) - kept] + short == str(last):
            assert pieces.expand(f"{first}-{short}") == f"{first}-{last}"
            assert pieces.expand(f"{first}–{short}") == f"{first}-{last}"


@pytest.mark.parametrize(
    ("printed_range", "expected"),
    [("1650-60", "1650-1660"), ("S45-S52", "S45-S52"), ("e123", "e123"), ("12-9", "12-19"),
     ("12-1", "12-1"),
     ("A11-6", "A11-A16"), ("xi-xiii", "xi-xiii"), ("433S-40S", "433S-440S")],
)  # fmt: skip
def test_pages(printed_range: str, expected: str) -> None:
    assert pieces.expand(printed_range) == expected


def test_the_fuzz_runs() -> None:
    module = fuzz()
    chance = random.Random(3)
    for _ in range(200):
        module.check(module.made_up(chance, TEXTS))


@pytest.mark.slow
def test_the_fuzz_runs_long() -> None:
    module = fuzz()
    chance = random.Random(5)
    for _ in range(20_000):
        module.check(module.made_up(chance, TEXTS))
