"""Pages with hand-made lists: what each must come to, in files; and the laws of weaving on them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from refpipe import articles
from refpipe.articles import lists
from refpipe.model import Entry, Rendering, Run

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


def typed(page: Path) -> str:
    """The page with each number typed as a key, as adopting it does."""
    text = text_of(page)
    plan = lists.plan(text, form(page))
    assert plan is not None
    edits = [
        (one.span, f"[{'; '.join(f'@work{number}' for number in one.numbers)}]")
        for one in plan.numbers.citations
    ]
    return lists.replaced(text, plan.found, edits, "")


def woven(name: str, text: str) -> str:
    article = articles.read(name, text)
    keys = list(dict.fromkeys(item.key for one in article.citations for item in one.items))
    citations = tuple(
        tuple(Run(f"[{keys.index(item.key) + 1}]", target=f"#ref-{keys.index(item.key) + 1}")
              for item in one.items)
        for one in article.citations
    )  # fmt: skip
    entries = tuple(
        Entry(
            number=n,
            work_id=key,
            anchor=f"ref-{n}",
            label=f"[{n}]",
            content=(Run(key),),
            backlinks=(f"cite-{n}",),
        )
        for n, key in enumerate(keys, 1)
    )
    return articles.weave(article, Rendering(citations=citations, entries=entries))


WOVEN = [page for page in PAGES if "cites" in EXPECTED[page.name]]


@pytest.mark.parametrize("page", WOVEN, ids=lambda page: page.name)
def test_an_adopted_page_keeps_the_laws_of_weaving(page: Path) -> None:
    before = typed(page)
    once = woven(page.name, before)
    assert not articles.read(page.name, once).faults
    assert woven(page.name, once) == once
    assert articles.unweave(articles.read(page.name, once)) == articles.unweave(
        articles.read(page.name, before)
    )
