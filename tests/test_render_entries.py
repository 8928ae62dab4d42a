"""Each cure with its case: what an item prints in the styles that show it."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
from seeds import seed

from refpipe import markup, render, styles
from refpipe.model import Item

CASES = Path(__file__).parent / "cases" / "render"
ROWS = json.loads((CASES / "entries.json").read_text(encoding="utf-8"))


@cache
def style(name: str) -> render.Style:
    return styles.load(name)


@pytest.mark.parametrize("row", ROWS, ids=[row["cure"] for row in ROWS])
def test_cure(row: dict[str, object]) -> None:
    item, prints = row["item"], row["prints"]
    assert isinstance(item, dict)
    assert isinstance(prints, dict)
    printed = {name: markup.html(render.entry(item, style(name)).content) for name in prints}
    assert printed == prints, row["why"]


def sciatica() -> list[Item]:
    found: list[Item] = json.loads((CASES / "sciatica.json").read_text(encoding="utf-8"))
    return found


def test_the_published_page_comes_out_as_published() -> None:
    """All thirteen, but for the case of the DOI, which is written in small letters."""
    page = seed("000").read_text(encoding="utf-8")
    published = re.findall(r"^\[\d+\](.*)$", page, re.MULTILINE)
    small = [re.sub(r"doi: \S+", lambda found: found.group().lower(), line) for line in published]
    printed = [markup.plain(render.entry(item, style("ieee")).content) for item in sciatica()]
    assert printed == small


def test_an_address_has_no_full_stop_and_a_comma_outside_the_marks() -> None:
    first = markup.plain(render.entry(sciatica()[0], style("ieee")).content)
    assert first.endswith(
        "Outcome1”, [Online]. Available: https://pubs.rsna.org/doi/abs/10.1148/radiol.2372041509"
    )


@pytest.mark.parametrize("name", ["ieee", "vancouver", "ama", "sist02"])
def test_one_bad_item_costs_one_entry(name: str) -> None:
    bad: Item = {"type": 3, "title": {"a": 1}, "author": "Somebody", "issued": [[None]], "page": []}
    result = render.entry(bad, style(name))
    assert result.content
    assert markup.plain(result.content).startswith(("Somebody", "S"))


@pytest.mark.parametrize("name", ["ieee", "vancouver", "ama", "sist02"])
@pytest.mark.parametrize(
    ("item", "printed"),
    [
        ({"PMID": "16244269"}, "PMID: 16244269"),
        ({"PMCID": "PMC1234567"}, "PMC1234567"),
        ({"ISBN": "978-4-00-000000-7", "type": "book"}, "ISBN 978-4-00-000000-7"),
        ({"ISSN": "1234-5679", "id": "journal"}, "ISSN 1234-5679"),
        ({"title": "…", "PMID": "1"}, "…"),
    ],
)
def test_an_item_of_which_only_an_identifier_is_known_prints_it(
    name: str, item: Item, printed: str
) -> None:
    result = render.entry({"type": "article-journal", **item}, style(name))
    text = markup.plain(result.content)
    assert printed in text, f"a lone full stop names no work: {text}"


def test_a_date_that_the_calendar_does_not_have_is_said() -> None:
    result = render.entry({"title": "T", "issued": {"date-parts": [[None]]}}, style("ieee"))
    assert any("issued" in warning for warning in result.warnings)


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        (
            "<mml:math>" + "<mml:mrow><mml:mi>x</mml:mi></mml:mrow>" * 40 + "</mml:math>",
            "“" + "x" * 40,
        ),
        ("half a \ud800 pair", "“half a � pair"),
        ("العنوان: دراسة", "“العنوان: دراسة"),
        ("tab\tand\nline", "“tab and line"),
    ],
)
def test_titles_as_they_come(title: str, printed: str) -> None:
    item = {"type": "article-journal", "title": title, "container-title": "Spine"}
    text = markup.plain(render.entry(item, style("ieee")).content)
    assert text == f"{printed},” Spine."


def test_three_thousand_authors() -> None:
    people = [{"family": f"Family{number}", "given": "Given"} for number in range(3000)]
    item = {"type": "article-journal", "title": "T", "author": people}
    assert markup.plain(render.entry(item, style("ieee")).content) == "G. Family0 et al., “T”."


@pytest.mark.parametrize("role", ["author", "editor"])
def test_a_list_that_its_source_cut_off_says_so_in_every_role(role: str) -> None:
    item = {"type": "book", "title": "T", role: [{"family": "Roe", "given": "Ann"}]}
    cut: Item = {**item, "custom": {"author-et-al": True}}
    assert "A. Roe et al." in markup.plain(render.entry(cut, style("ieee")).content)
    without = re.sub(r' et-al-[a-z-]+="\d+"', "", style("ieee").csl)
    whole = render.Style.parse(without, name="whole")
    assert "A. Roe et al." in markup.plain(render.entry(cut, whole).content)
    assert "et al." not in markup.plain(render.entry(item, whole).content)


def test_entry_keys_follow_what_an_entry_depends_on() -> None:
    item = sciatica()[4]
    key = render.entry_key(item, style("ieee"))
    assert key == render.entry_key(dict(reversed(item.items())), style("ieee"))
    assert key != render.entry_key({**item, "volume": "1"}, style("ieee"))
    assert key != render.entry_key(item, style("ama"))
