"""Names and dates of bibliography files that say less, or more, than one name or one day."""

from __future__ import annotations

import pytest
from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st

from refpipe.items.exchange import FileEntry, csl_json, dates, fields, pubmed, ris

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("2018 Feb 1-2", [[2018, 2, 1], [2018, 2, 2]]),
        ("2019 Jul–Aug", [[2019, 7], [2019, 8]]),
        ("1998 Dec-1999 Jan", [[1998, 12], [1999, 1]]),
        ("2020 Jan 31-Feb 2", [[2020, 1, 31], [2020, 2, 2]]),
        ("May 1-3, 2010", [[2010, 5, 1], [2010, 5, 3]]),
        ("2015 Spring-Summer", [[2015, 21], [2015, 22]]),
        ("2018-2019", [[2018], [2019]]),
        ("平成20年", [[2008]]),
        ("令和元年5月", [[2019, 5]]),
        ("2019 Jan-", [[2019, 1]]),
    ],
)
def test_dates_that_span(written: str, parts: list[list[int]]) -> None:
    assert dates.read(written) == {"date-parts": parts}


@settings(max_examples=some(80), deadline=None)
@given(st.integers(1950, 2049), st.integers(1, 12), st.integers(1, 27), st.sampled_from("-–/"))
def test_two_days_of_any_month(year: int, month: int, day: int, mark: str) -> None:
    read = dates.read(f"{year} {MONTHS[month - 1]} {day}{mark}{day + 1}")
    assert read == {"date-parts": [[year, month, day], [year, month, day + 1]]}


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("2014-12-31", {"date-parts": [[2014, 12, 31]]}),
        (2014, {"date-parts": [[2014]]}),
        ({"raw": "2014 Dec"}, {"date-parts": [[2014, 12]]}),
        ({"raw": "forthcoming"}, {"literal": "forthcoming"}),
        ({"literal": "2014-12"}, {"date-parts": [[2014, 12]]}),
        ({"date-parts": [["2014", "12"]]}, {"date-parts": [[2014, 12]]}),
        ({"date-parts": [[2014, 22]]}, {"date-parts": [[2014, 22]]}),
        ({"date-parts": [[-50]]}, {"date-parts": [[-50]]}),
    ],
)
def test_dates_of_csl_json(value: object, read: dict[str, object]) -> None:
    assert dates.of_csl(value) == read


@pytest.mark.parametrize(
    "written", ["Aalto J.A.", "Brandt J.-H.", "van der Berg P.", "O'Castro P."]
)
def test_initials_behind_a_family_name_are_a_person(written: str) -> None:
    name = fields.unparted(written)
    assert name is not None
    assert written == f"{name['family']} {name['given']}"


@pytest.mark.parametrize(
    "written",
    [
        "Example Inc.",
        "World Gait Org.",
        "Example S.A.",
        "Working Group U.S.",
        "Gait Study Group J.",
    ],
)
def test_bodies_are_not_taken_apart(written: str) -> None:
    assert fields.unparted(written) == {"literal": written}


def test_a_suffix_behind_the_given_name() -> None:
    name = fields.name("Aalto, Mira Luther Jr")
    assert name == {"family": "Aalto", "given": "Mira Luther", "suffix": "Jr"}


@pytest.mark.parametrize("written", ["Example Labs, Inc.", "Centers for Gait and Balance, U.S."])
def test_a_body_with_a_comma_is_one(written: str) -> None:
    assert fields.name(written) == {"literal": written}


def test_the_doi_in_a_second_address_is_kept() -> None:
    (entry,) = ris.read_all(
        "TY  - JOUR\nTI  - T\nUR  - https://example.org/a\n"
        "UR  - https://doi.org/10.5555/gait.7\nER  - \n"
    )
    assert isinstance(entry, FileEntry)
    assert entry.item["URL"] == "https://example.org/a"
    assert entry.item["DOI"] == "10.5555/gait.7"


@pytest.mark.parametrize("said", ["[Not Available].", "[Not Available]", "Not Available"])
def test_a_title_that_is_not_available_gives_way_to_the_vernacular(said: str) -> None:
    (entry,) = pubmed.read_all(f"PMID- 1\nTI  - {said}\nTT  - Zur Gangart.\nJT  - Gang\n")
    assert isinstance(entry, FileEntry)
    assert entry.item["title"] == "Zur Gangart"
    assert "original-title" not in entry.item


def test_the_vernacular_title_of_pubmed_xml() -> None:
    (entry,) = pubmed.read_all_xml(
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article>"
        "<ArticleTitle>[Not Available].</ArticleTitle>"
        "<VernacularTitle>Zur Gangart.</VernacularTitle>"
        "</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
    )
    assert isinstance(entry, FileEntry)
    assert entry.item["title"] == "Zur Gangart"
    assert "original-title" not in entry.item


WESTERN = st.sampled_from(
    ("Ruiz-Cabello I.", "Tanaka SH", "van den Berg L.", "O'Hara R", "He WM", "Öz G. H.", "Mori Y")
)
EASTERN = st.sampled_from(("三枝 郁夫", "桐谷 まゆ", "高崎 俊"))


@given(
    st.lists(WESTERN, min_size=2, max_size=7) | st.lists(EASTERN, min_size=2, max_size=4),
    st.sampled_from(("", ", et al.", ", and others", " et al")),
)
@settings(deadline=None)
def test_whole_names_are_listed_with_commas_as_with_semicolons(
    names: list[str], ending: str
) -> None:
    by_comma = csl_json.authors(", ".join(names) + ending)
    assert by_comma == csl_json.authors("; ".join(names) + ending.replace(",", ";"))
    assert len(by_comma[0]) == len(names)
    assert by_comma[1] is bool(ending)


@pytest.mark.parametrize("written", [
    "Lehr, Robert P., Jr.", "SMITH JR, JOHN A", "Le, Deist F.", "Garcia M, Jose", "三枝, 郁夫",
    "World Health Organization, Department B", "van der Berg, Jan Willem", "Sato, K.",
])  # fmt: skip
def test_a_comma_within_a_name_parts_no_two(written: str) -> None:
    assert len(csl_json.authors(written)[0]) == 1
    assert len(csl_json.authors(f"{written}; Mori, Y.")[0]) == 2


def test_kanji_without_spaces_are_a_list_from_three_on() -> None:
    assert len(csl_json.authors("高崎俊, 渡辺健, 斎藤舞")[0]) == 3


@pytest.mark.parametrize("sign", ["、", "，", "；", ", ", ","])
@pytest.mark.parametrize("ending", ["", "他", "ほか", "他3名"])
def test_japanese_names_are_listed_with_the_signs_of_their_own(sign: str, ending: str) -> None:
    names = ["高崎俊介", "渡辺まゆ", "斎藤舞子"]
    for count in (2, 3):
        told = sign.join([*names[:count], *filter(None, [ending])])
        people, goes_on = csl_json.authors(told)
        assert [one["family"] for one in people] == names[:count]
        assert goes_on is bool(ending)


@pytest.mark.parametrize("written", ["勅使河原, 健太郎", "ハセガワ, ケンジロウ", "高崎，俊介"])
def test_a_japanese_family_name_and_a_given_name_are_one(written: str) -> None:
    people, _ = csl_json.authors(written)
    assert len(people) == 1
    assert people[0]["given"]
