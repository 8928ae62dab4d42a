"""What copying and hasty setting leave: blanks too few or too many, words of a page glued on."""

from __future__ import annotations

from datetime import date

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


@given(st.dates(date(1950, 1, 1), date(2024, 12, 31)), st.sampled_from(" -/"), st.integers(1, 400))
def test_a_day_in_figures_before_the_semicolon_is_no_page(
    day: date, sign: str, volume: int
) -> None:
    printed_day = day.strftime(f"%Y{sign}%m{sign}%d")
    text = f"Baker D, Nagai K. What pain is. Lancet. {printed_day}; {volume}(7):2356-2367."
    item = printed.read(text).reading.item
    assert item["issued"] == {"date-parts": [[day.year, day.month, day.day]]}
    assert (item["volume"], item["issue"], item["page"]) == (str(volume), "7", "2356-2367")


@given(st.integers(1, 99), st.integers(1, 4000), st.integers(1, 900), st.booleans())
def test_volume_issue_and_page_bear_other_alphabets_words(
    volume: int, issue: int, page: int, has_volume: bool
) -> None:
    front = f"Т. {volume}, " if has_volume else ""
    text = (
        f"Gibbons R, Baker D. The next steps. J Am Coll Cardiol. 2005. {front}№ {issue}. С. {page}."
    )
    read = printed.read(text)
    item = read.reading.item
    assert item["container-title"] == "J Am Coll Cardiol"
    assert (item.get("volume"), item["issue"]) == (str(volume) if has_volume else None, str(issue))
    assert item["page"] == str(page)
    # No journal has more issues a year than weeks: alone, such a number may be the volume's.
    assert (read.fields["issue"].confidence <= 0.6) == (issue > 52 and not has_volume)


@given(
    st.lists(st.sampled_from(["Benner", "Tanner", "Chesla", "Courtney", "Lindqvist"]), min_size=2,
             max_size=4, unique=True),
    st.sampled_from([" ", " & ", " and "]), st.sampled_from(["P.", "C. A."]),
)  # fmt: skip
def test_names_with_nothing_between_end_at_their_year(
    names: list[str], last: str, given_name: str
) -> None:
    listed = [f"{name} {given_name}" for name in names]
    head = " ".join(listed[:-1]) + last + listed[-1]
    text = f"{head} (1996). Expertise in nursing. J Nurs Manag. 16(6), 692-699."
    item = printed.read(text).reading.item
    assert families(item) == names
    assert item["title"] == "Expertise in nursing"
    assert item["issued"] == {"date-parts": [[1996]]}


@pytest.mark.parametrize("word", ["Vitamin D", "Hepatitis B", "Type I"])
@pytest.mark.parametrize("place", ["Washington, DC", "New York", "San Diego, CA"])
def test_a_letter_before_a_place_is_no_initial(word: str, place: str) -> None:
    text = f"Institute of Medicine. Reference intakes for {word}. {place}: Academies Press; 2011"
    item = printed.read(text).reading.item
    assert item["title"] == f"Reference intakes for {word}"
    assert (item["publisher-place"], item["publisher"]) == (place, "Academies Press")


def test_a_title_may_follow_one_name_that_ends_so() -> None:
    item = printed.read(
        "Smith J. Vitamin D. Deficiency in children. Lancet. 2001;3:1-4."
    ).reading.item
    assert families(item) == ["Smith"]


@pytest.mark.parametrize(
    "place", ["Jakarta", "Ottawa Ontario Canada", "Ulan Bator", "Canberra, ACT"]
)
@pytest.mark.parametrize("house", ["UNICEF Indonesia", "Health Canada", "Author"])
@pytest.mark.parametrize("title", ["“{}.”", "{}.", '"{}."'])
def test_a_place_and_a_house_end_what_has_its_year_in_front(
    place: str, house: str, title: str
) -> None:
    text = f"UNICEF. (2021). {title.format('The nursing strategy for islands')} {place}: {house}."
    item = printed.read(text).reading.item
    assert item["title"] == "The nursing strategy for islands"
    assert item["type"] in ("book", "report")
    assert (item["publisher-place"], item["publisher"]) == (place, house)


@pytest.mark.parametrize(
    "journal", ["Nursing Times: Journal of Nurses", "Journal of Pain: Letters"]
)
def test_a_colon_within_a_journal_is_that_of_no_place(journal: str) -> None:
    item = printed.read(f"Baker, D. (2001). Nursing in Japan. {journal}.").reading.item
    assert item["type"] == "article-journal"


def test_a_school_may_publish_a_book() -> None:
    text = "Baker D. Science of sport. 2nd ed. Gilan: University of Gilan; 1995."
    assert printed.read(text).reading.item["type"] == "book"


@pytest.mark.parametrize(
    "body", ["World Health Organization (WHO)", "Royal College of Nursing (RCN)"]
)
@pytest.mark.parametrize("title", ["Hepatitis in children", "Safety of doses"])
def test_a_body_with_its_initials_stands_before_the_title_of_a_page(body: str, title: str) -> None:
    text = f"{body}. {title}. Retrieved from http://www.who.int/en/. Last accessed 19 March 2018."
    item = printed.read(text).reading.item
    assert families(item) == [body]
    assert item["title"] == title


@pytest.mark.parametrize("house", ["Cambridge University Press", "Wiley", "Academic Press"])
@pytest.mark.parametrize("pages", ["124–140", "3-9"])
@pytest.mark.parametrize("edition", ["", ", 3e"])
def test_pages_behind_a_house_are_none_of_its_name(house: str, pages: str, edition: str) -> None:
    title = f"Seminars in pharmacy{edition}"
    text = f"Haddad, P. and Nutt, D. (2020). {title}. Cambridge: {house}, {pages}."
    item = printed.read(text).reading.item
    assert item["title"] == "Seminars in pharmacy"
    assert (item["publisher"], item["page"]) == (house, pages.replace("–", "-"))


@pytest.mark.parametrize("dated", [" (2007)", ". (2007)"])
@pytest.mark.parametrize(
    "body", ["NHS National Patient Safety Agency (NPSA)", "Royal College of Nursing (RCN)"]
)
def test_a_body_with_its_initials_stands_before_the_year(body: str, dated: str) -> None:
    item = printed.read(f"{body}{dated}. Safety in doses. London: NPSA.").reading.item
    assert families(item) == [body]
    assert (item["title"], item["publisher"]) == ("Safety in doses", "NPSA")


@pytest.mark.parametrize("language", ["Japanese", "Persian", "German"])
@pytest.mark.parametrize("form", ["{t}. Article in {l}. {j}", "{t} [in {l}]. {j}"])
def test_the_language_of_an_article_is_no_word_of_its_journal(language: str, form: str) -> None:
    front = form.format(t="Scope of practice", l=language, j="Maternal Health")
    item = printed.read(f"Ohe M, Ohta M. {front}. 2016;57:157-165.").reading.item
    assert (item["title"], item["container-title"]) == ("Scope of practice", "Maternal Health")


@pytest.mark.parametrize("label", ["Reference: ", "References: ", "Source: ", "Citation: "])
def test_the_word_that_a_page_sets_before_a_source_is_none_of_it(label: str) -> None:
    item = printed.read(f"{label}Baker D. Vitamin studies. Lancet. 2001;3:1-4.").reading.item
    assert families(item) == ["Baker"]


@given(st.sampled_from("SEWA"), st.integers(1, 900), st.sampled_from(["–", "-", " - "]))
def test_the_letter_of_a_supplement_stays_with_its_pages(letter: str, page: int, dash: str) -> None:
    pages = f"{letter} {page}{dash}{letter}{page + 9}"
    text = f"Baker, D. (2019). Foot care in adults. Diabetes Care, 42(Suppl. 1), {pages}."
    assert printed.read(text).reading.item["page"] == f"{letter}{page}-{letter}{page + 9}"


@pytest.mark.parametrize("place", ["Washington, DC", "Boston, MA", "Silver Spring, MD"])
@pytest.mark.parametrize("colon", [":", " : ", ": "])
def test_a_house_may_touch_the_colon_behind_its_state(place: str, colon: str) -> None:
    text = f"Medication guides for products. {place}{colon}US Department of Health; 2009."
    item = printed.read(text).reading.item
    assert item["title"] == "Medication guides for products"
    assert (item["publisher-place"], item["publisher"]) == (place, "US Department of Health")


@pytest.mark.parametrize(
    "word", ["Accessed", "Accessed:", "Accessed.", "Accessed,", "Retrieved on"]
)
def test_any_sign_may_stand_before_the_day_of_reading(word: str) -> None:
    text = f"Black box warnings. (2023). {word} March 1, 2024. https://www.drugwatch.com/fda/"
    item = printed.read(text).reading.item
    assert item["accessed"] == {"date-parts": [[2024, 3, 1]]}
    assert item["issued"] == {"date-parts": [[2023]]}


@pytest.mark.parametrize("year", ["1973", "1991", "2011"])
@pytest.mark.parametrize("box", ["（{}）", "({})"])
def test_a_year_in_a_bracket_that_touches_is_where_it_is_printed(year: str, box: str) -> None:
    """What is doubted is shown in the print, so that each field has to know its place."""
    text = f"Bowlby, J.{box.format(year)}Attachment and loss. Basic Books"
    field = printed.read(text).fields["issued"]
    assert year in text[field.span.start : field.span.end]


@pytest.mark.parametrize("place", ["St. Louis", "St. Paul"])
def test_a_saint_s_town_stays_whole(place: str) -> None:
    item = printed.read(f"Roe R. Backs of many people. {place}: Mosby; 2011.").reading.item
    assert item["title"] == "Backs of many people"
    assert item.get("publisher-place") == place
