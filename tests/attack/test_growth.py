"""What somebody wrote to make a reader slow takes time in proportion to its length."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest
from growth import READERS, exponent, shapes

from refpipe.items import exchange, printed
from refpipe.items.exchange import Broken
from refpipe.items.printed import clean
from refpipe.items.printed.clean import Clean
from refpipe.items.printed.nouns import Printed, Way

MOST = 1.75
"""Between a line and a square, with room for a machine that does other work as well."""


def grows_too_fast(name: str, unit: str) -> bool:
    """Whether it does so three times in a row; a single measurement is no proof."""
    return all(exponent(READERS[name], unit, largest=16_000) > MOST for _ in range(3))


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(READERS))
def test_no_text_takes_the_square_of_its_length(name: str) -> None:
    units = shapes(random.Random(name), drawn=20)
    assert [unit for unit in units if grows_too_fast(name, unit)] == []


def test_strings_that_double_one_another_are_not_followed() -> None:
    doubled = "".join(f"@string{{a{n} = a{n - 1} # a{n - 1}}}\n" for n in range(1, 60))
    text = (
        f'@string{{a0 = "xxxxxxxx"}}\n{doubled}@article{{k, title = a59}}\n@book{{b, title = a3}}\n'
    )
    found = exchange.read_all("bibtex", text)
    told = [one.reason for one in found if isinstance(one, Broken)]
    assert any("stands for more than" in reason for reason in told)
    (last,) = [one for one in found if not isinstance(one, Broken) and one.item["type"] == "book"]
    assert last.item["title"] == "x" * 64


def test_strings_that_stand_on_one_another_are_not_followed_for_ever() -> None:
    chain = "".join(f"@string{{a{n} = a{n - 1}}}\n" for n in range(1, 200))
    text = f'@string{{a0 = "x"}}\n{chain}@article{{k, title = a199}}\n@book{{b, title = a99}}\n'
    found = exchange.read_all("bibtex", text)
    told = [one.reason for one in found if isinstance(one, Broken)]
    assert any("stands on more than" in reason for reason in told)
    (last,) = [one for one in found if not isinstance(one, Broken) and one.item["type"] == "book"]
    assert last.item["title"] == "x"


@pytest.mark.parametrize(
    "lead",
    [pytest.param("諏訪孝博．歩く町．腰痛大会", marks=pytest.mark.slow),
     "諏訪孝博．歩く町．第3回みどり総会抄録集"],
)  # fmt: skip
@pytest.mark.parametrize("unit", ["1", "1-", "1.", "2014", "2014年", "1, ", "p1", "A1 "])
@pytest.mark.parametrize("ending", ["x", "あ"])
def test_figures_behind_a_meeting_take_time_in_proportion(
    lead: str, unit: str, ending: str
) -> None:
    """What leads to a repetition counts as well: the figures alone are read at once."""

    def read(text: str) -> object:
        return printed.read(lead + text).fields

    assert any(exponent(read, unit, ending=ending, largest=2_000) <= MOST for _ in range(3))


@pytest.mark.parametrize(
    "text",
    ["Lau E, Nagai D. " + " and ".join(f"*deep sleep {n}*" for n in range(300)) + ". Brain. 2019.",
     "Lau E. Sleep at sea. " + ", ".join(f"<i>word{n}</i>" for n in range(300))],
)  # fmt: skip
def test_a_text_full_of_emphasis_is_read_a_few_times_alone(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, read = printed._up_to_numbers, []

    def counted(source: Any, cleaned: Clean, way: Way) -> Printed:
        read.append(way)
        return real(source, cleaned, way)

    monkeypatch.setattr(printed, "_up_to_numbers", counted)
    printed.read(text)
    assert max(Counter(read).values()) <= 8


@pytest.mark.parametrize("unit", ["；", "『", "」「", "＞あ", "\n"])
def test_signs_that_are_set_otherwise_take_time_in_proportion(unit: str) -> None:
    """Each place moved the way back of all others: three thousand of them took half a second."""

    def set_anew(text: str) -> object:
        whole = clean.Clean(text=text, shape=text, anchors=((0, 0),))
        places = [(at, at + 1, ", ") for at in range(0, len(text), len(unit))]
        return clean.changed(whole, places[::-1])

    assert any(exponent(set_anew, unit, largest=8_000) <= MOST for _ in range(3))


@pytest.mark.parametrize("unit", ["a", "a ", "ab c "])
@pytest.mark.parametrize(
    "lead",
    ["Lau E. Rest. (", pytest.param("Lau E. Rest. Brain. ", marks=pytest.mark.slow),
     pytest.param("NHS. Rest. NHS, ", marks=pytest.mark.slow), "A"],
)  # fmt: skip
@pytest.mark.parametrize(
    "tail",
    ["", ". https://www.nhs.uk/rest", " Lancet. 2019;39:20-25.", "！「歩く」https://nhs.uk/r"],
)
def test_small_words_take_time_in_proportion(lead: str, unit: str, tail: str) -> None:
    """Four hundred letters behind a bracket took a minute: each way of cutting them was tried."""

    def read(text: str) -> object:
        return printed.read(lead + text + tail).fields

    assert any(exponent(read, unit, largest=2_000) <= MOST for _ in range(3))


@pytest.mark.parametrize("unit", ["-Ḷấ", "-La", "-l’a", " La", "’La"])
@pytest.mark.parametrize("behind", ["", "!", " E. Growth of reed beds. Marsh Ways 2014;3:1-9."])
def test_a_name_of_many_parts_is_read_to_an_end(unit: str, behind: str) -> None:
    """A hyphen could belong to a word or part two: the fifth power.  About a square is left."""

    def read(text: str) -> object:
        return printed.read(f"Lau{text}").fields

    assert any(exponent(read, unit, ending=behind, largest=2_000) <= 2.5 for _ in range(3))
