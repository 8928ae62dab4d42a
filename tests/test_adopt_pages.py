"""Pages with hand-made lists: what each must come to, in files; and the laws of weaving on them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from adopting import check_laws

from refpipe import articles
from refpipe.articles import lists

CASES = Path(__file__).parent / "cases/adopt"
PAGES = sorted((CASES / "pages").iterdir())
EXPECTED = json.loads((CASES / "expected.json").read_text(encoding="utf-8"))


def text_of(page: Path) -> str:
    return page.read_bytes().decode("utf-8")


def form(page: Path) -> str:
    return articles.read(page.name, "").format


def test_every_page_has_its_expectation() -> None:
    assert {page.name for page in PAGES} == set(EXPECTED)
    assert len(PAGES) >= 120


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page(page: Path) -> None:
    text, expected = text_of(page), EXPECTED[page.name]
    plan = lists.plan(text, form(page))
    assert plan is not None
    refused = plan.obstacles or plan.doubts()
    if "refused" in expected:
        assert sorted({fault.line for fault in refused}) == expected["refused"]
        return
    assert not refused
    read = [
        [one.span.of(text), list(one.numbers), *([one.locator] if one.locator else [])]
        for one in plan.numbers.citations
    ]
    assert read == expected["cites"]
    assert sorted({fault.line for fault in plan.numbers.unclear}) == expected.get("told", [])


WOVEN = [page for page in PAGES if "cites" in EXPECTED[page.name]]


@pytest.mark.parametrize("page", WOVEN, ids=lambda page: page.name)
def test_an_adopted_page_keeps_the_laws_of_weaving(page: Path) -> None:
    check_laws(page.name, text_of(page))
