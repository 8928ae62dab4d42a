"""English references as pages of clinics, offices and health magazines print them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refpipe.items import printed

TITLES = ["Frozen shoulder", "Living with gout: a guide", "Why do my knees click?"]
SITES = ["nhs.uk", "Lomar Clinic", "Foundation for Joint Research and Education", "Healthwise"]
URL = "https://www.example.org/a/b"


def read(text: str) -> dict[str, Any]:
    return dict(printed.remembered(text).reading.item)


def names(item: dict[str, Any], role: str = "author") -> list[str]:
    return [one.get("literal") or one["family"] for one in item.get(role, [])]


def day(item: dict[str, Any], name: str = "issued") -> list[int]:
    return list(item.get(name, {"date-parts": [[]]})["date-parts"][0])


# ── a page and its site ──


@given(st.sampled_from(TITLES), st.sampled_from(SITES), st.booleans(), st.integers(1999, 2025))
def test_who_dates_a_page_in_front_names_it_before_its_medium(
    title: str, site: str, is_ended: bool, year: int
) -> None:
    """The site stands behind ``[online]`` then; without a date it is what stands before."""
    stop = "" if title[-1] == "?" else "."
    front = f"{title}{stop} [online] " if is_ended else f"{title} [online]. "
    item = read(f"NHS ({year}). {front}{site}. Available at: {URL} [Accessed 14 Mar. 2025].")
    assert (item["type"], item["title"], names(item)) == ("webpage", title, ["NHS"])
    assert site in (item.get("container-title"), item.get("publisher"))
    assert (day(item), day(item, "accessed")) == ([year], [2025, 3, 14])


def test_a_site_before_its_medium_has_its_page_behind() -> None:
    item = read(f"Lomar Health [Internet]. 2019. Care at home. Available from: {URL}")
    assert (item["container-title"], item["title"]) == ("Lomar Health", "Care at home")


@pytest.mark.parametrize(
    ("behind", "field", "value"),
    [
        ("Harbour Health, medically reviewed by Ada Lum, MD", "container-title", "Harbour Health"),
        ("Eastern Bay NHS Trust, patient leaflet", "container-title", "Eastern Bay NHS Trust"),
        ("In Atlas of healthy air", "container-title", "Atlas of healthy air"),
        ("Retrieved from Lomar Agency for Health", "container-title", "Lomar Agency for Health"),
        ("Leaflet number: 88/12. Bay Clinic", "number", "88/12"),
        ("Bay Clinic. Document code: PI-77", "container-title", "Bay Clinic"),
    ],
)
def test_words_that_lead_to_a_site_or_describe_it_are_none_of_its_name(
    behind: str, field: str, value: str
) -> None:
    item = read(f"Lau E. Sleeping badly. {behind}, 11 Jan 2023. {URL}")
    assert (item["type"], item["title"], item[field]) == ("webpage", "Sleeping badly", value)
    assert day(item) == [2023, 1, 11]


@pytest.mark.parametrize("form", ["Blog", "webinar", "Evaluation report", "e-learning"])
@pytest.mark.parametrize("behind", [". ", " ", ", "])
def test_what_square_brackets_say_of_a_page_is_no_site(form: str, behind: str) -> None:
    text = f"Lau, E. (2021). Care at home [{form}]{behind}Lomar Institute. {URL}"
    item = read(text)
    assert (item["title"], item["genre"]) == ("Care at home", form), text
    assert "Lomar Institute" in (item.get("container-title"), item.get("publisher"))


@pytest.mark.parametrize("site", ["nhs.uk", "healthdirect.gov.au", "lomar-clinic.com"])
def test_a_domain_behind_the_comma_of_a_title_is_the_site(site: str) -> None:
    item = read(f"NHS (2017) Sleeping badly, {site}. Available at: {URL} (Accessed: 30 June 2025).")
    assert (item["title"], item["container-title"]) == ("Sleeping badly", site)


def test_a_domain_that_its_title_names_as_well_is_the_last_one() -> None:
    text = f"NHS (2017) Sleeping by nhs.uk, nhs.uk. Available at: {URL} (Accessed: 30 June 2025)."
    found = printed.read(text)
    assert found.fields["title"].value == "Sleeping by nhs.uk"
    assert found.fields["container-title"].span.start == text.rindex("nhs.uk")
    assert not found.rest


@pytest.mark.parametrize("site", ["Analog Neck Studies", "Centers for Bone Health"])
@pytest.mark.parametrize(
    "form", ["Retrieved from {}: {}", "Retrieved June 7, 2019, from {} website: {}"]
)
def test_the_site_that_stands_before_an_address_holds_the_page(site: str, form: str) -> None:
    item = read(f"Lau, E. (2018). Sleeping badly. {form.format(site, URL)}")
    assert (item["title"], item["container-title"]) == ("Sleeping badly", site)


# ── days that say what they are ──

DAYS = [
    "15 October 2020",
    "15-Oct-2020",
    "October 15, 2020",
    "2020-10-15",
    "10/15/2020",
    "15-10-2020",
]


@pytest.mark.parametrize("written", DAYS)
@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("Reviewed", "issued"), ("Last reviewed on:", "issued"), ("Page last modified", "issued"),
        ("Date published:", "issued"), ("Release date", "issued"), ("Amended", "issued"),
        ("Consulted", "accessed"), ("Accessed online", "accessed"),
    ],
)  # fmt: skip
def test_a_day_behind_its_label_is_what_it_says(label: str, told: str, written: str) -> None:
    item = read(f"Lomar Clinic. Sleeping badly. {label} {written}. {URL}")
    assert (item["type"], item["title"]) == ("webpage", "Sleeping badly")
    assert day(item, told) == [2020, 10, 15]
    assert "container-title" not in item


def test_the_day_of_the_next_review_is_not_the_date() -> None:
    text = "Lomar Trust. Sleeping badly. Date published: February 2019. Review date: February 2022."
    item = read(text)
    assert (item["type"], day(item)) == ("webpage", [2019, 2])


def test_no_month_ends_a_word() -> None:
    item = read("Lau E. Sleep and the sea. Kalmar, 2013.")
    assert day(item) == [2013]


# ── an imprint that was taken for a journal ──

HOUSES = ["Jessica Lomar", "Wydawnictwo Naukowe LOM", "The Work Foundation", "Lomar & Sons"]
TOWNS = ["London", "Edinburgh", "Baltimore, MD", "Paris", "Geneva"]


@given(
    st.sampled_from(HOUSES), st.sampled_from(TOWNS), st.integers(1960, 2025),
    st.sampled_from(["{t}, {h}, {p} {y}", "{t}. {h}, {p}, {y}.", "{t}, {h}, {p}, {y}."]),
)  # fmt: skip
def test_what_ends_in_a_town_is_an_imprint(house: str, town: str, year: int, form: str) -> None:
    """No journal bears a town behind a comma, where no volume follows."""
    text = "Lau E, Nagai D. " + form.format(t="Care of the knee", h=house, p=town, y=year)
    item = read(text)
    assert item["type"] in ("book", "report"), text
    assert (item["title"], item["publisher"]) == ("Care of the knee", house), text
    assert (item["publisher-place"], day(item)) == (town, [year]), text
    assert "container-title" not in item


@pytest.mark.parametrize(
    ("body", "again"),
    [
        ("Department of Bone Health", "DoBH"), ("NHS Lomar", "NHS Lomar"),
        ("National Institute for Knee Excellence", "NIKE"), ("Lomar Bone Agency (LBA)", "LBA"),
    ],
)  # fmt: skip
def test_who_wrote_a_work_and_is_named_again_gave_it_out(body: str, again: str) -> None:
    item = read(f"{body}. (2022). Care of the knee: a review of reviews. {again}.")
    assert (item["type"], names(item)[0], item["publisher"]) == ("report", body, again)
    assert "container-title" not in item


def test_what_a_body_wrote_and_nobody_holds_is_a_report_but_not_for_sure() -> None:
    read_ = printed.read("World Bone Organization. (2018). Falls and the end of them.")
    assert (read_.reading.item["type"], "type" in read_.doubted) == ("report", True)


@pytest.mark.parametrize(
    "form", ["{n} (2021, {d}). {t}. {m}.", "{n}. “{t}.” {m}, {d}, 2021, 36-49."]
)
@pytest.mark.parametrize(
    ("periodical", "kind"),
    [("Healthy Living", "article-magazine"), ("The Lomar Herald", "article-newspaper")],
)
def test_no_issue_of_a_journal_is_dated_to_the_day_alone(
    form: str, periodical: str, kind: str
) -> None:
    text = form.format(n="Lau, E.", d="March 6", t="How people gaslight themselves", m=periodical)
    item = read(text)
    assert (item["type"], item["container-title"], day(item)) == (kind, periodical, [2021, 3, 6])


# ── "In" before what is no book, and meetings without it ──


@pytest.mark.parametrize(
    "journal", ["Int. J. Environ. Gait Health", "Mathematics of Bones", "Gait"]
)
@pytest.mark.parametrize(
    "figures", ["Vol. 16, Iss. 3, pp. 22-31", "16. Jg., Heft 3, S. 22-31", "16 (3), 22-31"]
)
def test_what_in_brings_with_a_volume_is_a_journal(journal: str, figures: str) -> None:
    item = read(f"Lau E., Nagai D. (2019): Knees and their shoes. In: {journal}, {figures}.")
    assert (item["type"], item["title"]) == ("article-journal", "Knees and their shoes")
    assert (item["container-title"], item["volume"], item["page"]) == (journal, "16", "22-31")


@pytest.mark.parametrize("behind", ["vol. 2, pp. 22-31. London: Lomar Press", "1: 22-31"])
def test_what_in_brings_with_a_house_or_without_a_colon_is_a_book(behind: str) -> None:
    item = read(f"Lau E, Nagai D. Knees and their shoes. In Collected Gait Works, {behind}.")
    assert (item["type"], item["container-title"]) == ("chapter", "Collected Gait Works")


@pytest.mark.parametrize("of", ["Proceedings of Gait and Health", "Lomar Symposium on Gait"])
@pytest.mark.parametrize("form", ["(2016). {t}. *{m}*, 178-190.", "“{t},” *{m}*, 2016. {u}"])
def test_a_meeting_without_a_volume_holds_a_paper(of: str, form: str) -> None:
    item = read("Lau, E., & Nagai, D. " + form.format(t="Knees and their shoes", m=of, u=URL))
    assert (item["type"], item["title"]) == ("paper-conference", "Knees and their shoes")
    assert (item["container-title"], day(item)) == (of, [2016])


@pytest.mark.parametrize("number", ["43rd", "5th."])
def test_a_shortened_name_of_proceedings_goes_on_behind_its_stops(number: str) -> None:
    held = f"Proc. {number} Annu. Int. Conf. Gait Eng."
    item = read(f"E. Lau and D. Nagai, “Knees and shoes,” in {held}, Geneva, 2021, pp. 68-94.")
    assert (item["container-title"].rstrip("."), item["page"]) == (held.rstrip("."), "68-94")


def test_a_day_behind_a_quoted_title_leaves_the_kind_of_page_open() -> None:
    read_ = printed.read(f"Lau E. “Knees and shoes.” Lomar Watch, 2 March 2016. {URL}")
    assert (read_.reading.item["type"], "type" in read_.doubted) == ("webpage", True)


# ── what else tells a kind, or parts its elements ──


@pytest.mark.parametrize("behind", [". ", " ", " (E), "])
@pytest.mark.parametrize("number", ["ISO 21228-1:2021", "BS EN 22182:2021", "DIN EN 1005-2:2021"])
def test_a_standard_behind_the_body_that_gave_it_out_is_one(number: str, behind: str) -> None:
    title = "Ergonomics – Handling – Part 1: Lifting"
    front = f"Lomar Standards Institution. {number}{behind}".replace(" (E)", "(E)")
    item = read(f"{front}{title}. London: LSI; 2021.")
    assert (item["type"], names(item)) == ("standard", ["Lomar Standards Institution"])
    assert item["title"].endswith(title.replace("–", item["title"][11:12]))
    assert (item["publisher"], item["publisher-place"], day(item)) == ("LSI", "London", [2021])


@pytest.mark.parametrize("number", ["SI 1992 No. 2792", "SI 1992/2792"])
def test_regulations_with_the_number_of_an_instrument_are_a_law(number: str) -> None:
    item = read(f"Health (Display Screens) Regulations 1992. {number}. London: HMSO; 1992.")
    assert (item["type"], item["publisher"]) == ("legislation", "HMSO")
    assert item["title"].startswith("Health (Display Screens) Regulations 1992")


@pytest.mark.parametrize("whose", ["Nowak P", "P Nowak", "P. Nowak"])
def test_a_translator_before_the_town_of_the_house_is_no_town(whose: str) -> None:
    item = read(f"Lau V. Muscles and how they work. Translated by {whose}. London: Harbour; 1983.")
    assert (names(item), names(item, "translator")) == (["Lau"], ["Nowak"])
    assert (item["publisher-place"], item["publisher"]) == ("London", "Harbour")


EDITED = [
    "Lau L: Old spines. Lau L, Mori JR (eds): Care of the Back, ed 3. Paris, Sun, 2000, pp 5-29",
    "Lau, L. “Old Spines.” Care of the Back, 3rd ed., Harbour Press, 2000, pp. 5–29.",
    "Lau L. Chapter 4: Old spines. Care of the back, Mori J (ed.), 3rd ed, Sun, Paris; 2000: 5-29",
]  # fmt: skip


@pytest.mark.parametrize("text", EDITED)
def test_a_chapter_is_told_by_its_editors_its_edition_or_its_number(text: str) -> None:
    item = read(text)
    assert item["type"] == "chapter"
    assert item["title"].lower().endswith("old spines")
    assert item["container-title"].lower() == "care of the back"
    assert (item["edition"], item["page"], day(item)) == ("3", "5-29", [2000])


@pytest.mark.parametrize("sign", [".", ",", ":", " —"])
def test_no_body_reaches_into_a_quoted_title(sign: str) -> None:
    title = "Safe Living: A Guide to Home Safety. For All"
    item = read(f"Public Gait Agency of Lomar{sign} “{title}”. {URL}. Consulted 2019-10-01.")
    assert (names(item), item["title"]) == (["Public Gait Agency of Lomar"], title)
    assert day(item, "accessed") == [2019, 10, 1]


@pytest.mark.parametrize(
    "first", ["Food and Soil Organization", "U.S. Department of Health (USDH)"]
)
def test_two_bodies_are_parted_at_the_comma_before_their_and(first: str) -> None:
    item = read(f"{first}, & World Bone Organization. (2019). Healthy diets.")
    assert names(item) == [first, "World Bone Organization"]


@pytest.mark.parametrize("state", ["MD", "PA", "CA"])
def test_a_state_without_a_comma_belongs_to_its_town(state: str) -> None:
    item = read(f"Lau C. Care of the Spine (2nd Edition), Harbour & Sons: Baltimore {state}, 2007.")
    assert (item["publisher"], item["publisher-place"]) == ("Harbour & Sons", f"Baltimore {state}")


def test_a_paper_on_its_site_has_its_day_behind_the_medium() -> None:
    item = read(
        f"Lau, Denis (2019) Pain is old. The Guardian [online] 17 October. Available at: {URL}"
    )
    assert (item["type"], item["container-title"]) == ("article-newspaper", "The Guardian")
    assert day(item) == [2019, 10, 17]


@pytest.mark.parametrize("remark", ["editorial", "letter to the editor"])
def test_what_an_article_is_said_to_be_is_no_word_of_its_journal(remark: str) -> None:
    item = read(f"Lau P, Mori R. Good posture. ({remark}) Physiotherapy 1965; 51: 3-7")
    assert (item["title"], item["container-title"]) == ("Good posture", "Physiotherapy")


def test_who_stands_before_a_town_gave_a_page_out() -> None:
    item = read(f"LOM 142: Care of old bones. Lomar Bone Improvement. Edinburgh, March 2015. {URL}")
    assert (item["publisher"], item["publisher-place"]) == ("Lomar Bone Improvement", "Edinburgh")


# ── the orders of lawyers and of the GOST ──

PEOPLE = [("Lau", "E."), ("Nagai", "D."), ("Okafor", "A. Y."), ("Lindqvist", "M.")]
PLAIN = ["Reed beds and rest", "What is a quiet night?", "Walking after stroke: a trial"]
JOURNALS = ["Journal of Quiet Medicine", "Sleep and Health", "J. Quiet Med", "Lomar Law Review"]
people = st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True)
figures = st.tuples(st.integers(2, 60), st.integers(1, 12), st.integers(3, 900))


@given(
    people, st.sampled_from(PLAIN), st.sampled_from(JOURNALS), figures, st.booleans(),
    st.sampled_from(["", " / {said}", " / {said} [et al.]"]),
    st.sampled_from(["Vol. {v}, № {n}|P. {p}", "V. {v}|N {n}|P. {p}", "{v}({n})|P. {p}"]),
)  # fmt: skip
def test_strokes_part_a_work_who_wrote_it_and_what_holds_it(
    wrote: list[tuple[str, str]],
    title: str,
    journal: str,
    numbers: tuple[int, int, int],
    is_dashed: bool,
    statement: str,
    form: str,
) -> None:
    """``Lau E. Title / E. Lau, D. Nagai // Journal. – 2019. – Vol. 3, № 2. – P. 3–9.``"""
    volume, issue, page = numbers
    first = wrote[:1] if statement else wrote
    front = ", ".join(f"{family} {given}" for family, given in first)
    said = statement.format(said=", ".join(f"{given} {family}" for family, given in wrote))
    tail = form.format(v=volume, n=issue, p=f"{page}–{page + 6}").split("|")
    host = (". – " if is_dashed else ". ").join([journal, "2019", *tail])
    item = read(f"{front} {title}{said} // {host}.")
    assert (item["type"], item["title"], item["container-title"]) == (
        "article-journal", title, journal,
    )  # fmt: skip
    assert names(item) == [family for family, _ in wrote]
    assert (day(item), item["page"]) == ([2019], f"{page}-{page + 6}")
    assert (item.get("volume"), item.get("issue")) == (str(volume), str(issue))


@pytest.mark.parametrize("sign", [" / ed. by H. Marsh", " / eds. H. Marsh, T. Cole"])
def test_behind_strokes_a_book_has_its_editors_and_its_house(sign: str) -> None:
    text = f"Lau E. Rest // Handbook of quiet nights{sign}. London: Arnold, 2003. P. 112–130."
    item = read(text)
    assert (item["type"], item["title"]) == ("chapter", "Rest")
    assert item["container-title"] == "Handbook of quiet nights"
    assert names(item, "editor")[0] == "Marsh"
    assert (item["publisher-place"], item["publisher"]) == ("London", "Arnold")


@pytest.mark.parametrize("people", ["Е. Лау", "Е. Лау, Д. Нагай", "Е. Лау, Д. Нагай [и др.]"])
@pytest.mark.parametrize("dash", ["", " –"])
def test_the_strokes_of_the_gost_are_those_of_cyrillic_lists_as_well(
    people: str, dash: str
) -> None:
    """Who wrote a work stands behind one stroke; it was a part of the title."""
    item = read(
        f"Лау Е. Сон и покой / {people} // Вестник.{dash} 2019.{dash} Т. 3.{dash} С. 12–15."
    )
    assert (item["title"], item["container-title"]) == ("Сон и покой", "Вестник")
    assert names(item) == ["Лау", "Нагай"][: people.count(". ")]
    assert (day(item), item["volume"], item["page"]) == ([2019], "3", "12-15")


@pytest.mark.parametrize("title", ["Care // cure in hospital", "Rest // a night in two parts"])
def test_strokes_within_a_title_part_nothing(title: str) -> None:
    """What goes on in small words is no name of a journal; Care was the whole title."""
    item = read(f"Lau E. {title}. Lancet. 2019;39:20-25.")
    assert (item["title"], item["container-title"]) == (title, "Lancet")


@pytest.mark.parametrize("journal", ["eLife", "npj Digit. Med", "mBio"])
def test_the_name_of_a_journal_may_begin_with_a_small_letter(journal: str) -> None:
    item = read(f"Lau E. Rest at night // {journal}. – 2019. – Vol. 39. – P. 20-25.")
    assert (item["title"], item["container-title"]) == ("Rest at night", journal)


def test_strokes_of_an_address_part_nothing() -> None:
    item = read("Lau E. Rest at night. Brain. 2019;12:3-9. https://example.org/a//b/c")
    assert (item["title"], item["container-title"]) == ("Rest at night", "Brain")
    assert item["URL"] == "https://example.org/a//b/c"


@given(
    st.sampled_from(["Ruth Lau", "E Lau", "Kofi Lau and Ann Lau", "RT Lau"]),
    st.sampled_from(["Consent and the Quiet Patient", "The Patient's Rest: A Survey"]),
    st.sampled_from(["‘{}’", "“{}”", "'{}'"]),
    st.sampled_from(["Med L Rev", "Medical Law Review", "Public Law"]),
    figures,
    st.sampled_from(["", ", 105", ", 105–06"]),
)
def test_lawyers_print_year_and_volume_before_the_journal(
    who: str, title: str, marks: str, journal: str, numbers: tuple[int, int, int], pinpoint: str
) -> None:
    volume, issue, page = numbers
    text = f"{who}, {marks.format(title)} (2014) {volume}({issue}) {journal} {page}{pinpoint}"
    item = read(text)
    assert (item["type"], item["title"], item["container-title"]) == (
        "article-journal", title, journal,
    )  # fmt: skip
    assert set(names(item)) == {"Lau"}
    assert (item["volume"], item["issue"], item["page"]) == (str(volume), str(issue), str(page))
    assert day(item) == [2014]


@pytest.mark.parametrize("marks", ["‘{}’", "“{}”", "'{}'"])
@pytest.mark.parametrize("page", ["", " 112"])
def test_lawyers_name_a_chapter_its_editors_and_its_house(marks: str, page: str) -> None:
    quoted = marks.format("Gait in the First Year")
    text = f"Kofi Lau, {quoted} in Helen Marsh and Brian Cole (eds), Rehabilitation (OUP 2003)"
    item = read(f"{text}{page}")
    assert (item["type"], item["title"], names(item)) == (
        "chapter", "Gait in the First Year", ["Lau"],
    )  # fmt: skip
    assert names(item, "editor") == ["Marsh", "Cole"]
    assert (item["container-title"], item["publisher"]) == ("Rehabilitation", "OUP")
    assert item.get("page", "") == page.strip()


# ── who gave it out ──


@pytest.mark.parametrize("body", ["Department of Health", "WHO", "Lomar Institute of Health"])
@pytest.mark.parametrize("form", ["{} 2009. {}. London: DH.", "{} 2009, {}, NIH, Bethesda."])
def test_a_bare_year_behind_a_body_is_that_of_the_work(body: str, form: str) -> None:
    item = read(form.format(body, "Reference guide to consent"))
    assert (names(item), day(item)) == ([body], [2009])
    assert item["title"] == "Reference guide to consent"


def test_a_page_that_was_read_has_its_body_before_a_bare_year() -> None:
    """As Australians print it: the site may have any name."""
    office = "Department of Health, State Government of Lomar"
    item = read(f"Sleep Well Channel 2020, Night cramps, {office}, viewed 3 May 2021, <{URL}>.")
    assert (names(item), day(item)) == (["Sleep Well Channel"], [2020])
    assert (item["title"], item["publisher"]) == ("Night cramps", office)
    assert day(item, "accessed") == [2021, 5, 3]


@pytest.mark.parametrize("office", ["World Health Organization", "Department of Health", "AIHW"])
def test_an_office_behind_the_comma_of_a_page_gave_it_out(office: str) -> None:
    item = read(f"Falls at home, {office}, 26 April 2021, {URL} [accessed 02.02.2022]")
    assert (item["title"], item["publisher"]) == ("Falls at home", office)
    item = read(f"Falls, diet and the {office}. {URL}")
    assert item["title"] == f"Falls, diet and the {office}"
    item = read(f"Deaths from falls, United Kingdom. {URL} (accessed 2 May 2020)")
    assert "publisher" not in item


@pytest.mark.parametrize("body", ["World Health Organization", "Department of Health"])
@pytest.mark.parametrize("town", ["Geneva", "London"])
def test_a_row_of_a_body_a_title_and_a_town(body: str, town: str) -> None:
    title = "Global report on falls"
    item = read(f"{body}, {title}, {town}, 2007.")
    assert (item["type"], names(item), item["title"]) == ("report", [body], title)
    assert (item["publisher-place"], day(item)) == (town, [2007])
    assert read(f"{title}, {body}, {town}, 2007")["publisher"] == body


@pytest.mark.parametrize("lead", ["Reviewed", "Medically reviewed", "Fact-checked"])
@pytest.mark.parametrize("day_of", ["", ", 10 January 2022"])
def test_who_has_checked_a_page_is_no_site(lead: str, day_of: str) -> None:
    read_page = printed.read(f"Hip pain. {lead} by Dr Ann Lau{day_of}. Healthwise. {URL}")
    item = read_page.reading.item
    assert (item["title"], item["container-title"]) == ("Hip pain", "Healthwise")
    assert not read_page.rest


def test_who_runs_a_site_stands_behind_its_name() -> None:
    runner = "Lomar Foundation for Medical Education"
    item = read(f"“Heel pain.” Lomar Clinic, {runner}, 7 Dec. 2019, {URL}.")
    assert (item["container-title"], item["publisher"]) == ("Lomar Clinic", runner)


def test_a_domain_behind_a_question_is_the_site() -> None:
    item = read(f"Heart Association. What is a pulse? heart.org. Last reviewed May 3, 2015. {URL}")
    assert (item["title"], item["container-title"]) == ("What is a pulse?", "heart.org")


@pytest.mark.parametrize("marks", ["“{},” ", "'{}' "])
@pytest.mark.parametrize(
    ("who", "address", "is_body"),
    [
        ("Adaeze Okonkwo", URL, False),
        ("Kofi Osei", "https://health.example.edu/kofi", False),
        ("Versus Lomar", "https://www.versuslomar.org/sleep", True),
    ],
)
def test_a_body_has_its_name_on_its_site_and_a_person_has_not(
    marks: str, who: str, address: str, is_body: bool
) -> None:
    item = read(f"{who}, {marks.format('Sitting is resting')}(3 May 2020) {address}")
    assert item["author"] == [
        {"literal": who}
        if is_body
        else {"family": who.split()[1], "given": who.split(maxsplit=1)[0]}
    ]
    assert item["title"] == "Sitting is resting"


def test_the_name_under_which_somebody_shows_films_is_no_title() -> None:
    item = read(f"Lau, B. [Back Talk]. (2020, July 30). Why backs hurt [Video]. YouTube. {URL}")
    assert (names(item), item["title"]) == (["Lau"], "Why backs hurt")
    assert (item["type"], day(item)) == ("motion_picture", [2020, 7, 30])


# ── books ──


def test_editors_with_initials_behind_a_title_are_not_turned_round() -> None:
    text = "Lau E. Rest. In: A Guide to Pain. Smith JA, Marras WS (eds). Norwen, London, 2014."
    assert names(read(text), "editor") == ["Smith", "Marras"]


@pytest.mark.parametrize("listed", ["Helen Marsh and Brian Cole", "Ann Lau, Ruth Cole & Eva Nagai"])
@pytest.mark.parametrize("role", ["(eds.)", "(Eds)", "(ed.)"])
def test_editors_in_full_behind_a_title(listed: str, role: str) -> None:
    item = read(f"Walking after stroke. {listed} {role}. London: Arnold, 2003.")
    assert item["title"] == "Walking after stroke"
    assert names(item, "editor")[-1] in ("Cole", "Nagai")
    assert len(item["editor"]) == listed.count(",") + 2


@pytest.mark.parametrize("behind", [" ({}, 2020)", ", {}, 2020", ". {}, 2020."])
@pytest.mark.parametrize("title", ["Your Back, Your Life", "The Quiet Knee", "Sleep by Daylight"])
def test_a_book_by_somebody(title: str, behind: str) -> None:
    item = read(f"{title} by Ruth Greene and Ann Cole{behind.format('Norwen Books')}")
    assert (item["title"], names(item)) == (title, ["Greene", "Cole"])
    assert (item["publisher"], day(item)) == ("Norwen Books", [2020])


@pytest.mark.parametrize("town", ["Boca Raton", "Quietville", "Champaign"])
@pytest.mark.parametrize("house", ["CRC Press", "Norwen Publishers", "Lomar Books"])
@pytest.mark.parametrize("sign", [" ", ", "])
def test_a_town_that_no_list_knows_behind_a_house(town: str, house: str, sign: str) -> None:
    item = read(f"Ruth Greene: Lifting at work. {house}, {town}{sign}2010.")
    assert (item["publisher"], item["publisher-place"]) == (house, town)
    assert day(item) == [2010]


def test_the_number_of_a_chapter_stands_before_in() -> None:
    book = "Handbook of Work Health, ed. Tom Moss (London: Norwen Press, 2010)"
    item = read(f"Ruth Greene, “Lifting,” chap. 3 in {book}.")
    assert (item["type"], item["chapter-number"]) == ("chapter", "3")
    assert (item["title"], item["container-title"]) == ("Lifting", "Handbook of Work Health")


@pytest.mark.parametrize(("span", "month"), [("mar./abr.", 3), ("Jan./Feb.", 1), ("jul./ago.", 7)])
def test_of_two_months_the_first_is_that_of_the_issue(span: str, month: int) -> None:
    text = f"SILVA, J. R. Caminhada e sono. Revista de Sono, v. 14, n. 2, p. 11-19, {span} 2010."
    item = read(text)
    assert (item["container-title"], item["volume"], item["page"]) == (
        "Revista de Sono", "14", "11-19",
    )  # fmt: skip
    assert day(item) == [2010, month]


@pytest.mark.parametrize("year", [", 2019", " (2019)"])
def test_a_year_before_the_volume_is_no_part_of_the_journal(year: str) -> None:
    text = f"E. Lau, D. Nagai, “Reed beds,” J. Quiet Med.{year}, vol. 3, no. 2, pp. 3–9."
    item = read(text)
    assert (item["container-title"], day(item)) == ("J. Quiet Med.", [2019])
    item = read("E. Lau, “Reed beds,” Pipelines 2011, vol. 3, pp. 3–9, 2012.")
    assert (item["container-title"], day(item)) == ("Pipelines 2011", [2012])
