"""What somebody wrote to make a reader slow takes time in proportion to its length."""

from __future__ import annotations

import random

import pytest
from growth import READERS, exponent, shapes

from refpipe.items import exchange
from refpipe.items.exchange import Broken

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
