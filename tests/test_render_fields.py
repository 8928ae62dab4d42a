"""Fields of a record that a reader needs, and where each of our styles prints them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from refpipe import markup, render, styles
from refpipe.cli.bibliography import format_command
from refpipe.items import exchange
from refpipe.items.exchange import FileEntry, ris

CASES = json.loads(
    (Path(__file__).parent / "cases" / "render" / "fields.json").read_text(encoding="utf-8")
)
REPORTS = json.loads(
    (Path(__file__).parent / "cases" / "render" / "reports.json").read_text(encoding="utf-8")
)
AALTO = [{"family": "Aalto", "given": "Mira"}]
ARTICLE: dict[str, Any] = {
    "type": "article-journal", "title": "Gait", "author": AALTO, "container-title": "Walking",
    "volume": "21", "issue": "1", "number": "501", "issued": {"date-parts": [[2021]]},
}  # fmt: skip


def printed(item: dict[str, Any], style: str) -> str:
    return markup.plain(render.entry(item, styles.load(style)).content)


@pytest.mark.parametrize("row", REPORTS, ids=[f"{one['form']}: {one['why']}" for one in REPORTS])
def test_what_tools_of_this_field_were_reported_for(row: dict[str, Any]) -> None:
    """Names, dates and fields from reports to other programs, with names made up here."""
    read = exchange.read_all(row["form"], row["input"])[0]
    assert isinstance(read, FileEntry)
    assert printed(read.item, row["style"]) == row["prints"]


@pytest.mark.parametrize("style", ["ieee", "vancouver", "ama", "sist02"])
def test_every_field_has_its_place_in_each_of_our_styles(style: str) -> None:
    items = json.dumps([case["item"] for case in CASES])
    done = CliRunner().invoke(
        format_command, ["-", "--style", style], input=items, standalone_mode=False
    )
    assert done.exception is None
    assert done.stdout.splitlines() == [case["prints"][style] for case in CASES]


@pytest.mark.parametrize("style", ["ieee", "vancouver", "ama", "sist02"])
def test_those_who_directed_the_editors_are_printed_where_nobody_else_edited(style: str) -> None:
    book = {
        "type": "book", "title": "腰痛の本", "editorial-director": [{"literal": "山田太郎"}],
        "issued": {"date-parts": [[2010]]}, "language": "ja",
    }  # fmt: skip
    # IEEE prints no editors of a book that has authors.
    authored = [] if style == "ieee" else [{"author": [{"literal": "鈴木次郎"}]}]
    for others in ({}, *authored):
        plain = printed(book | others, style)
        assert "山田太郎" in plain
        assert "監修" in plain
        word = {"custom": {"editorial-director-label": "編集顧問"}}
        assert "編集顧問" in printed(book | others | word, style)


@pytest.mark.parametrize("style", ["ieee", "vancouver", "ama", "sist02"])
@pytest.mark.parametrize("edition", ["2", "10"])
def test_a_figure_in_the_title_tells_no_edition(style: str, edition: str) -> None:
    report = {
        "type": "report", "title": "2型糖尿病の手引き10章", "edition": edition, "language": "ja",
    }  # fmt: skip
    assert f"{edition}版" in printed(report, style)
    told = printed({**report, "title": f"手引き 第{edition}版"}, style)
    assert style == "sist02" or told.count(f"{edition}版") == 1


@pytest.mark.parametrize(
    ("style", "prints"),
    [("ieee", "Art. no. 501"), ("vancouver", "21(1):501."), ("ama", "21(1):501.")],
)
def test_the_number_of_an_article_stands_for_pages(style: str, prints: str) -> None:
    assert prints in printed(ARTICLE, style)
    assert "501" not in printed({**ARTICLE, "page": "7-9"}, style)


def test_a_web_page_has_its_date() -> None:
    page = {"type": "webpage", "title": "Gait", "URL": "https://example.org/gait"}
    with_date = {**page, "issued": {"date-parts": [[2023]]}}
    assert printed(with_date, "ieee").startswith("“Gait,” 2023. [Online]. Available: https://")


def test_editions_editors_and_translators_of_sist() -> None:
    book: dict[str, Any] = {"type": "book", "title": "Gait", "author": AALTO, "edition": "2"}
    assert printed(book, "sist02") == "Aalto, Mira. Gait. 2nd ed."
    japanese: dict[str, Any] = {
        "type": "book", "title": "歩行", "language": "ja", "edition": "5",
        "author": [{"family": "山田", "given": "太郎"}],
        "translator": [{"family": "鈴木", "given": "一"}],
    }  # fmt: skip
    assert printed(japanese, "sist02") == "山田太郎. 歩行. 鈴木一訳. 第5版."


def test_a_hash_in_a_doi_is_no_fragment_of_its_address() -> None:
    content = render.entry({**ARTICLE, "DOI": "10.1234/a#b"}, styles.load("ieee")).content
    assert [run.target for run in content if run.target] == ["https://doi.org/10.1234/a%23b"]


def test_fields_before_the_type_belong_to_the_record_of_ris() -> None:
    read = ris.read_all("TI  - Gait\nTY  - JOUR\nER  - \n\nTY  - JOUR\nTI  - Two\nER  - \n")
    assert [entry.item["title"] for entry in read if isinstance(entry, FileEntry)] == [
        "Gait",
        "Two",
    ]


@pytest.mark.parametrize(
    ("parts", "prints"),
    [
        ([[2018, 2, 1], [2018, 2, 2]], ["Feb. 01–02, 2018", "2018 Feb 1–2", "February 1–2, 2018"]),
        ([[2019, 7], [2019, 8]], ["July–Aug. 2019", "2019 Jul–Aug", "July–August 2019"]),
        ([[1998, 12], [1999, 1]],
         ["Dec. 1998–Jan. 1999", "1998 Dec–1999 Jan", "December 1998–January 1999"]),
        ([[2018, 2, 28], [2018, 3, 2]],
         ["Feb. 28–Mar. 02, 2018", "2018 Feb 28–Mar 2", "February 28–March 2, 2018"]),
        ([[2018], [2019]], ["2018–2019", "2018–2019", "2018–2019"]),
    ],
)  # fmt: skip
def test_ranges_of_dates_have_no_stray_blanks(parts: list[list[int]], prints: list[str]) -> None:
    item = {"type": "article-newspaper", "title": "T", "issued": {"date-parts": parts}}
    found = [printed(item, style) for style in ("ieee", "vancouver", "ama")]
    assert all(f" {said}." in entry for said, entry in zip(prints, found, strict=True)), found


def test_a_range_within_what_a_style_shows_is_one_date() -> None:
    days = {**ARTICLE, "issued": {"date-parts": [[2018, 2, 1], [2018, 2, 2]]}}
    assert printed(days, "ieee").endswith("Feb. 2018.")
    assert ". 2018, " in printed(days, "sist02")


@pytest.mark.parametrize("style", ["vancouver", "ama"])
def test_japanese_entries_keep_month_and_day(style: str) -> None:
    item = {"type": "article-newspaper", "title": "題", "language": "ja", "container-title": "紙"}
    day = {**item, "issued": {"date-parts": [[2018, 3, 4]]}}
    assert printed(day, style) == "題. 紙. 2018年3月4日."
    assert printed({**item, "issued": {"date-parts": [[2018]]}}, style) == "題. 紙. 2018."


@pytest.mark.parametrize("style", ["vancouver", "ama"])
def test_in_stands_before_a_book_and_never_before_a_translator(style: str) -> None:
    paper = {"type": "paper-conference", "title": "T", "author": AALTO, "translator": AALTO}
    assert "In" not in printed(paper, style)
    assert "In: " in printed({**paper, "container-title": "Gait"}, style)


def test_an_address_without_its_scheme_leads_out_of_the_site() -> None:
    page = {"type": "webpage", "title": "Gait", "URL": "www.example.org/gait"}
    runs = render.entry(page, styles.load("ieee")).content
    links = [(run.text, run.target) for run in runs if run.target]
    assert links == [("www.example.org/gait", "https://www.example.org/gait")]
