"""Pages as clinics write them: each is read just as it is marked, or refused with its lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from adopting import check_laws

from refpipe import articles
from refpipe.articles import lists
from refpipe.model import Fault

CASES = Path(__file__).parent / "cases/adopt/clinics.txt"
MARK = re.compile(r"«(?P<printed>.*?)\|(?P<entries>[\d,]*)(?:\|(?P<place>.*?))?»|⟪|⟫", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page, and what it must come to."""

    name: str
    ending: str
    refused: tuple[int, ...]
    text: str
    titles: tuple[str, ...]
    cites: tuple[tuple[str, tuple[int, ...], str], ...]
    lists: tuple[str, ...]


def read(block: str) -> Page:
    head, body = block.split("\n", 1)
    ending, outcome, name = head.split(" ", 2)
    titles = tuple(re.findall(r"(?m)^R: (.*)\n", body))
    body = re.sub(r"(?m)^R: .*\n", "", body).strip("\n") + "\n"
    body = body.replace("\n", "\r\n") if "crlf" in name else body
    text, position, begin = "\ufeff" if "bom" in name else "", 0, 0
    cites, found = [], []
    for mark in MARK.finditer(body):
        text += body[position : mark.start()]
        position = mark.end()
        if mark[0] == "⟪":
            begin = len(text)
        elif mark[0] == "⟫":
            found.append(text[begin:].strip())
        else:
            text += mark["printed"]
            entries = tuple(map(int, mark["entries"].split(",")))
            cites.append((mark["printed"], entries, mark["place"] or ""))
    refused = tuple(map(int, re.findall(r"\d+", outcome)))
    return Page(
        name=name,
        ending=ending,
        refused=refused,
        text=text + body[position:],
        titles=titles,
        cites=tuple(cites),
        lists=tuple(found),
    )


def pages(path: Path) -> list[Page]:
    return [read(block) for block in re.split(r"(?m)^@@@ ", path.read_text(encoding="utf-8"))[1:]]


PAGES = pages(CASES)
REFUSALS = pages(CASES.with_name("refusals.txt"))


def test_there_are_many_and_few_of_them_are_refused() -> None:
    assert len(PAGES) >= 128
    assert sum(bool(page.refused) for page in PAGES) <= 14


@pytest.mark.parametrize("page", [*PAGES, *REFUSALS], ids=lambda page: page.name)
def test_page(page: Page) -> None:
    form = articles.read(f"page.{page.ending}", "").format
    plan = lists.plan(page.text, form)
    if page.refused:
        assert refusal(page.text, form, plan) == page.refused
        return
    assert plan is not None
    assert not plan.obstacles
    assert not plan.doubts()
    assert [one.text for one in plan.found.references if not any(
        title in one.text for title in page.titles)] == []  # fmt: skip
    assert len(plan.found.references) == len(page.titles)
    assert [plan.found.span.of(page.text).strip()] == list(page.lists)
    first = int(plan.found.references[0].label) - 1
    meant = [(text, set(entries), place) for text, entries, place in page.cites]
    assert joined(page, plan, first) == meant


def refusal(text: str, form: str, plan: lists.Plan | None) -> tuple[int, ...]:
    faults: tuple[Fault, ...]
    if plan is None:
        faults = lists.unreadable(text, form) or lists.uncounted(text, form)
    else:
        faults = plan.obstacles or plan.doubts()
    return tuple(sorted({fault.line for fault in faults}))


def joined(page: Page, plan: lists.Plan, first: int) -> list[tuple[str, set[int], str]]:
    """What was read, neighbours that the page marks one by one taken apart."""
    read = []
    for one in plan.numbers.citations:
        text, numbers = one.span.of(page.text), [number - first for number in one.numbers]
        pieces = [cite for cite in page.cites if cite[0] in text and cite[0] != text]
        if text not in {cite[0] for cite in page.cites} and "".join(p[0] for p in pieces) == text:
            assert {number for piece in pieces for number in piece[1]} == set(numbers)
            read += [(piece[0], set(piece[1]), piece[2]) for piece in pieces]
        else:
            read.append((text, set(numbers), one.locator))
    return read


@pytest.mark.parametrize(
    "page", [page for page in PAGES if not page.refused], ids=lambda page: page.name
)
def test_an_adopted_page_keeps_the_laws_of_weaving(page: Page) -> None:
    check_laws(f"page.{page.ending}", page.text)
