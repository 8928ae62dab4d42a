"""What copying and hasty setting leave: blanks too few or too many, words of a page glued on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_printed_western import families

from refpipe.items import printed

VANCOUVER = "Kilpatrick {i}, Kraemer R, Bartholomew J. Affective responses. "


@given(
    st.integers(1, 120), st.sampled_from(["M", "MW"]), st.sampled_from([",", " , ", " ,", ", "]),
    st.sampled_from([",", " ,", ", ", "; ", "."]), st.sampled_from([":", " : ", ": ", " :"]),
    st.sampled_from(["-", "- ", " - "]), st.sampled_from(["", "{n}", "[{n}] ", "{n}. "]),
)  # fmt: skip
def test_blanks_that_a_list_leaves_out_or_puts_in_change_nothing(
    number: int, given_name: str, front: str, behind: str, colon: str, dash: str, label: str
) -> None:
    """``7Kilpatrick M,Kraemer R, … Exerc ,2007 ,39 :1417- 22``: as optical reading sets a list."""
    names = VANCOUVER.format(i=given_name).replace(", Kraemer", ",Kraemer")
    tail = f"Med Sci Sports Exerc{front}2007{behind}39{colon}1417{dash}1422."
    item = printed.read(label.format(n=number) + names + tail).reading.item
    assert families(item) == ["Kilpatrick", "Kraemer", "Bartholomew"]
    assert item["title"] == "Affective responses"
    assert item["container-title"] == "Med Sci Sports Exerc"
    assert item["issued"] == {"date-parts": [[2007]]}
    assert (item["volume"], item["page"]) == ("39", "1417-1422")


@given(st.sampled_from(["JAMA", "Lancet", "Heart"]), st.integers(1950, 2024), st.booleans())
def test_a_year_that_touches_its_journal_is_a_year(
    journal: str, year: int, has_blank: bool
) -> None:
    text = f"Leape LL, Berwick DM. Five years after. {journal}{year};{' ' * has_blank}293:84–90."
    item = printed.read(text).reading.item
    assert item["container-title"] == journal
    assert item["issued"] == {"date-parts": [[year]]}
    assert (item["volume"], item["page"]) == ("293", "84-90")


@pytest.mark.parametrize("front", ["", "3. ", "12 "])
@pytest.mark.parametrize(
    "links", ["↑ ", "^ ", "↑ Jump up to:1.0 1.1 1.2 ", "Jump up ↑ ", "^ Jump up to: a b ", "↑ a b "]
)  # fmt: skip
def test_where_a_wiki_points_to_a_reference_is_no_part_of_it(front: str, links: str) -> None:
    text = f"{front}{links}Kibler WB. The role of the scapula. Am J Sports Med 1998;26:325-337"
    item = printed.read(text).reading.item
    assert families(item) == ["Kibler"]
    assert item["title"] == "The role of the scapula"


@pytest.mark.parametrize(
    "title", ["3D imaging of bone", "5Rs of recovery", "A b testing", "4 years"]
)
def test_a_title_may_begin_with_a_figure_or_a_letter(title: str) -> None:
    item = printed.read(f"Baker D. {title}. Lancet. 2001;3:1-4.").reading.item
    assert item["title"] == title
    assert printed.read(f"{title}. Lancet. 2001;3:1-4.").reading.item["title"] == title


@given(
    st.sampled_from(["", " ", ". ", "; ", ".", ", "]), st.integers(10_000, 39_999_999),
    st.sampled_from(["PMID{}", "PMID: {}", "PMID {}", "PMC{}", "PMCID: PMC{}"]),
)  # fmt: skip
def test_an_identifier_behind_a_doi_is_none_of_it(sign: str, number: int, label: str) -> None:
    if sign in ("", ".") and not label.startswith("PMID"):
        return
    text = (
        f"Baker D. Responses. BMJ 2001;3:4-5. doi:10.1001/jama.291.14{sign}{label.format(number)}"
    )
    item = printed.read(text).reading.item
    assert item["DOI"] == "10.1001/jama.291.14"
    assert str(number) in str(item.get("PMID", item.get("PMCID")))


@pytest.mark.parametrize("note", [
    "Opens a new window", "Opens in a new tab", " (opens in new tab)", "Links to an external site"
])  # fmt: skip
@pytest.mark.parametrize("path", ["Pages/TV-Ratings.aspx", "content/138/5/e20162591", "a/b/"])
def test_what_a_page_says_of_its_link_is_none_of_the_address(note: str, path: str) -> None:
    address = f"http://www.healthychildren.org/{path}"
    item = printed.read(f"AAP. TV ratings. {address}{note}[Accessed March 2017]").reading.item
    assert item["URL"] == address
    assert item["accessed"] == {"date-parts": [[2017, 3]]}


@pytest.mark.parametrize("behind", [",p. 5", ". p. 5", ";3"])
@pytest.mark.parametrize("path", ["reports/", "wiki/Lead_(metal)", "a(b)/c"])
def test_an_address_in_brackets_ends_with_them(behind: str, path: str) -> None:
    item = printed.read(f"Smith J. A page (https://www.oxfam.org/{path}){behind}").reading.item
    assert item["URL"] == f"https://www.oxfam.org/{path}"


@pytest.mark.parametrize(("words", "day"), [
    ("[capturado em 15 set. 2012]", [2012, 9, 15]), ("[acesso 2012 fev 3]", [2012, 2, 3]),
    ("Acesso em: 10 out. 2012.", [2012, 10, 10]), ("[acedido em 4 de março de 2012]", [2012, 3, 4]),
    ("Fecha de consulta: 4 de ago. de 2012.", [2012, 8, 4]), ("[cit. 2012-03-04]", [2012, 3, 4]),
    ("(дата обращения: 12.03.2020)", [2020, 3, 12]), ("(ultimo accesso 4 mag 2012)", [2012, 5, 4]),
    ("(dostęp 04.03.2012)", [2012, 3, 4]), ("[consultado 2012 ene 5]", [2012, 1, 5]),
])  # fmt: skip
@pytest.mark.parametrize("is_last", [True, False])
def test_the_day_of_reading_in_other_languages(words: str, day: list[int], is_last: bool) -> None:
    place = " Disponível em: http://www.uptodate.com/contents/acute"
    text = "Wanke CA. Patient information. Waltham: UpToDate; 2008"
    text += f".{place}. {words}" if is_last else f" {words}.{place}"
    item = printed.read(text).reading.item
    assert item["accessed"] == {"date-parts": [day]}
    assert item["URL"] == "http://www.uptodate.com/contents/acute"
    assert item["issued"] == {"date-parts": [[2008]]}


def test_a_month_that_nobody_knows_leaves_its_day_in_doubt() -> None:
    text = "Wanke CA. Patient information. Accessed 10 vasarių 2012. http://www.uptodate.com/a"
    assert printed.read(text).fields["accessed"].confidence <= 0.6
