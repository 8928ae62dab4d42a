"""The figures at the end of a reference: lists of pages, and what signs part."""

from __future__ import annotations

from typing import Any

import pytest
from examples import some
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from refpipe.items import printed
from refpipe.items.printed.articles.pieces import expand

FRONT = "Okafor B. Slow growth of reed beds. Marsh Ways"


def item(text: str) -> dict[str, Any]:
    return dict(printed.remembered(text).reading.item)


@pytest.mark.parametrize(
    ("figures", "page"),
    [
        ("2005;39(2):12-15, 18.", "12-15, 18"),
        ("2005;39(2):12-5, 18-20.", "12-15, 18-20"),
        (", vol. 39, no. 2, pp. 1, 3, 2005.", "1, 3"),
        (". 2005, 39(2), 112-5, 118, 120.", "112-115, 118, 120"),
        ("2005;39(2):12-15, 2021.", "12-15"),  # A year, of whatever it is.
        ("2005;39(2):12-15, 9.", "12-15"),  # It does not go on.
    ],
)
def test_pages_go_on_behind_a_comma(figures: str, page: str) -> None:
    found = item(f"{FRONT} {figures}" if figures[0].isdigit() else FRONT + figures)
    assert (found["volume"], found["issue"], found["page"]) == ("39", "2", page)


@given(
    st.integers(1, 300), st.integers(1, 40), st.integers(1, 4000), st.sampled_from([":", ": "]),
    st.sampled_from(["2005. Marsh Ways, {}", "Marsh Ways. 2005;{}", "Marsh Ways, {} (2005)"]),
)  # fmt: skip
@settings(max_examples=some(60), deadline=None)
def test_between_a_volume_and_a_page_stands_the_issue(
    volume: int, issue: int, page: int, sign: str, form: str
) -> None:
    """``39:20: 4899``, as engineers print it; a year among these figures may be any of them."""
    assume(not any(1399 < one < 2100 for one in (volume, issue, page)))
    found = item(
        "Okafor B. Slow growth of reed beds. " + form.format(f"{volume}:{issue}{sign}{page}") + "."
    )
    assert found["page"] == str(page)
    assert (found["volume"], found["issue"]) == (str(volume), str(issue))


@given(st.lists(st.integers(1, 1300), min_size=1, max_size=5, unique=True).map(sorted))
@settings(max_examples=some(60), deadline=None)
def test_every_page_of_a_list_is_kept(pages: list[int]) -> None:
    said = ", ".join(map(str, pages))
    assert item(f"{FRONT} 2005;39(2):{said}.")["page"] == said


@given(st.text(alphabet="0123456789-–, AS", max_size=20))
def test_what_is_written_out_stays_so(text: str) -> None:
    assert expand(expand(text)) == expand(text)


@pytest.mark.parametrize("volume", ["第50巻6号", "50巻第6号", "第50巻 第6号"])
@pytest.mark.parametrize("year", ["，2007，", "，2007年，", "，平成19年，"])
@pytest.mark.parametrize("page", ["p.415", "p. 415", "415頁", "415", "p.415-420", "415-420"])
def test_a_figure_without_a_label_is_not_what_another_is_told_to_be(
    volume: str, year: str, page: str
) -> None:
    """A page alone behind the year was taken for a volume, and lost where 巻 had told one."""
    read = printed.read(f"富永真琴：境界型の意義．糖尿病，{volume}{year}{page}．")
    found = read.reading.item
    assert (found["volume"], found["issue"]) == ("50", "6")
    assert found["page"] == page.removeprefix("p.").removesuffix("頁").strip()
    assert "page" not in read.doubted


@pytest.mark.parametrize("front", ["", "2009 ", "5th ", "2009 5th ", "22nd "])
@pytest.mark.parametrize("topic", ["Marshes", "Marshes and Lakes", "Marshes, Reeds and Lakes"])
@pytest.mark.parametrize("end", [".", ", 12-15."])
def test_a_meeting_keeps_the_figures_before_its_name(front: str, topic: str, end: str) -> None:
    """``2009 5th`` was left unread, and what it counts became the whole name."""
    name = f"{front}International Conference on {topic}"
    read = printed.read(f"Bai, J. (2009). Slow growth of beds. {name}{end}")
    assert read.reading.item["container-title"] == name
    assert not read.rest


@pytest.mark.parametrize("pages", ["12-15, 18", "12-15, 18-20", "12-15, 18, 20-31"])
@pytest.mark.parametrize(
    "form",
    ["岡部文. 葦原. 岸辺 51巻3号, {}頁, 2018.", "岡部文. 葦原. 岸辺 51(3), {}頁, 2018.",
     "岡部文. 葦原. 岸辺 51: {}ページ, 2018.", "岡部文『葦原の本』北信書房、2018年、{}頁.",
     "岡部文, 葦原の本, 北信書房, 2018, {}頁.", "岡部文: 葦原の本. 北信書房, 東京, 2018, pp{}.",
     "岡部文『葦原の本』北信書房、2018、pp. {}."],
)  # fmt: skip
@pytest.mark.parametrize("comma", [", ", "、"])
def test_every_page_of_a_japanese_list_is_kept(form: str, pages: str, comma: str) -> None:
    """The pages before the last comma were left unread, and the last ones told as sure."""
    read = printed.read(form.format(pages.replace(", ", comma)))
    assert read.reading.item["page"] == pages
    assert not any("-" in one.text for one in read.rest)


def test_a_volume_and_an_issue_before_a_labelled_page_are_no_pages() -> None:
    found = item("岡部文. 葦原. 岸辺 25-8, 30頁, 2018.")
    assert (found["volume"], found["issue"], found["page"]) == ("25", "8", "30")
