"""A printed reference is found at its work, or left to a person: never the first hit."""

from __future__ import annotations

from typing import Any

import pytest
from fake_registry import FakeRegistry
from fake_registry.faults import Fault

from refpipe.items import printed
from refpipe.sources import Registries, SearchResult

TEXT = (
    "Carragee E, Alamin T, Cheng I, et al. Are first-time episodes of serious LBP associated with"
    " new MRI findings? Spine J. 2006;6(6):624-635."
)
WORK: dict[str, Any] = {
    "DOI": "10.1016/j.spinee.2006.03.005",
    "type": "journal-article",
    "title": ["Are first-time episodes of serious LBP associated with new MRI findings?"],
    "author": [
        {"family": "Carragee", "given": "Eugene", "sequence": "first"},
        {"family": "Alamin", "given": "Todd", "sequence": "additional"},
        {"family": "Cheng", "given": "Ivan", "sequence": "additional"},
    ],
    "container-title": ["The Spine Journal"],
    "short-container-title": ["Spine J"],
    "volume": "6",
    "issue": "6",
    "page": "624-635",
    "issued": {"date-parts": [[2006, 11]]},
}
TITLE = WORK["title"][0]


def other(name: str, **changes: Any) -> dict[str, Any]:
    """Another work that resembles it."""
    whole = WORK | {"DOI": f"10.5555/{name}"} | changes
    return {field: value for field, value in whole.items() if value is not None}


RESEMBLING = {
    "preprint": other(
        "preprint", type="posted-content", **{"container-title": None}, volume=None, page=None
    ),
    "congress abstract": other(
        "abstract",
        **{"container-title": ["Spine: Affiliated Society Meeting Abstracts"]},
        **{"short-container-title": None},
        volume="NA",
        page="77",
    ),
    "erratum": other("erratum", title=[f"Erratum: {TITLE}"], page="636"),
    "reply": other("reply", title=[f"Reply to “{TITLE}”"], volume="7", page="120-121"),
    "comment": other("comment", title=[f"Commentary: {TITLE}"], author=[{"family": "Modic"}]),
    "another year": other("update", issued={"date-parts": [[2011]]}, volume="11", page="1-9"),
    "another first author": other("another", author=[{"family": "Boos"}], volume="8", page="3"),
    "part two": other("part2", title=[f"{TITLE} Part II"], page="636-640"),
    "companion": other("companion", title=[TITLE.replace("MRI", "discography")], page="700-711"),
    "figure": other("figure", type="component"),
    "review of it": other("review", type="peer-review"),
    "journal issue": other("issue", type="journal-issue", title=["The Spine Journal 6(6)"]),
    "same page elsewhere": other("page", title=["Vertebroplasty in the elderly"]),
}


def search(fake: FakeRegistry, text: str = TEXT) -> SearchResult:
    item = printed.read(text).reading.item
    with Registries(fake.settings()) as registries:
        return registries.search(item, text=text)


@pytest.mark.parametrize("kind", RESEMBLING)
def test_nothing_that_resembles_an_absent_work_is_accepted(
    fake_registry: FakeRegistry, kind: str
) -> None:
    fake_registry.add(RESEMBLING[kind])
    result = search(fake_registry)
    assert result.accepted is None
    assert result.failure == ""


def test_the_work_itself_is_accepted_among_all_that_resembles_it(
    fake_registry: FakeRegistry,
) -> None:
    fake_registry.add(WORK)
    assert search(fake_registry).accepted is not None
    fake_registry.add_all(RESEMBLING.values())
    result = search(fake_registry)
    assert result.hits[0].record.identifier.value == WORK["DOI"]
    assert result.accepted == result.hits[0]


def test_two_records_of_one_work_are_left_to_a_person(fake_registry: FakeRegistry) -> None:
    fake_registry.add_all([WORK, other("double")])
    result = search(fake_registry)
    assert result.accepted is None
    assert len(result.hits) == 2


STYLES = {
    "ieee": "E. Carragee, “Are first-time episodes of serious LBP associated with new MRI"
    " findings?,” Spine J., vol. 6, no. 6, pp. 624–635, 2006.",
    "apa": "Carragee, E. (2006). Are first-time episodes of serious LBP associated with new MRI"
    " findings? The Spine Journal, 6(6), 624-635.",
    "a year late": "Carragee E. Are first-time episodes of serious LBP associated with new MRI"
    " findings? Spine J 2007;6:624.",
}


@pytest.mark.parametrize("style", STYLES)
def test_the_style_does_not_matter(fake_registry: FakeRegistry, style: str) -> None:
    fake_registry.add(WORK)
    assert search(fake_registry, STYLES[style]).accepted is not None


def test_a_search_that_fails_says_so(fake_registry: FakeRegistry) -> None:
    fake_registry.faults["list"] = Fault("503")
    result = search(fake_registry)
    assert result.accepted is None
    assert "503" in result.failure


def test_nothing_is_searched_for_nothing(fake_registry: FakeRegistry) -> None:
    with Registries(fake_registry.settings()) as registries:
        assert registries.search({}) == SearchResult()
    assert fake_registry.requests == []
