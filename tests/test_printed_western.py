"""Forms of Western print, with names, journals and figures put together by chance."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from examples import each, some
from hypothesis import given, settings
from hypothesis import strategies as st

from refpipe.items import printed
from refpipe.items.printed import addresses
from refpipe.items.printed.clean import clean
from refpipe.items.printed.words import PARTICLES, has_note_word
from refpipe.items.printed.works import marks

FAMILIES = ["Lau", "Nagai", "Nelson", "Perlmutter", "Greiner", "Kitaev", "Okafor", "Lindqvist"]
INITIALS = ["E. T.", "D.", "K.", "A. Y.", "M."]
JOURNALS = ["Astrophys. J.", "J. Math. Phys.", "J. Am. Chem. Soc.", "Opt. Lett.", "Am. J. Phys."]
PLACES = ["{j} {v} ({y}), {p}.", "{j} {v}, {p} ({y}).", "{j} {y}, {v}, {p}.", "{j}, {v}, {p} ({y})"]
people = st.lists(
    st.tuples(st.sampled_from(FAMILIES), st.sampled_from(INITIALS)),
    min_size=1, max_size=4, unique_by=lambda one: one[0],
)  # fmt: skip
figures = st.tuples(st.integers(11, 980), st.integers(11, 999), st.integers(1950, 2024))


def families(item: dict[str, object]) -> list[str]:
    people = item["author"]
    assert isinstance(people, list)
    return [str(one.get("family") or one.get("literal")) for one in people]


@given(people, st.sampled_from(JOURNALS), st.sampled_from(PLACES), figures, st.booleans())
def test_a_journal_straight_behind_the_names_is_no_title(
    names: list[tuple[str, str]],
    journal: str,
    place: str,
    numbers: tuple[int, int, int],
    is_inverted: bool,
) -> None:
    """Physicists and chemists print no titles, and no ``J.`` of a journal is an initial."""
    volume, page, year = numbers
    order = "{0}, {1}" if is_inverted else "{1} {0}"
    listed = ", ".join(order.format(*name) for name in names)
    text = f"{listed}, {place.format(j=journal, v=volume, p=page, y=year)}"
    item = printed.read(text).reading.item
    assert item["container-title"] == journal, text
    assert "title" not in item
    assert families(item) == [name[0] for name in names]
    assert (item["volume"], item["page"]) == (str(volume), str(page))
    assert item["issued"] == {"date-parts": [[year]]}


@given(st.sampled_from("ABCDE"), st.integers(2, 999))
def test_the_letter_of_a_section_belongs_to_the_journal(section: str, volume: int) -> None:
    text = f"O. Baker, D. Lindqvist, Phys. Rev. {section}{volume}, 054505 (2016)."
    item = printed.read(text).reading.item
    assert item["container-title"] == f"Phys. Rev. {section}"
    assert item["volume"] == str(volume)


ODD = ["{0}, {1}.", "{0}, {1}{1},", "{1}. {0}", "{0} {1}."]
TITLE = "Calcium signalling in astrocytes and modulation of neural activity"


@given(
    st.lists(st.sampled_from(FAMILIES), min_size=3, max_size=7, unique=True),
    st.integers(1, 6), st.sampled_from(ODD), st.sampled_from("BDFGHKLMNRS"),
)  # fmt: skip
def test_a_name_of_another_form_ends_no_list(
    names: list[str], at: int, odd: str, initial: str
) -> None:
    """``Alloisio S, Nobile, M. Calcium …``: one slip within a list of initials."""
    at = min(at, len(names) - 1)
    listed = [f"{name} {initial}" for name in names]
    listed[at] = odd.format(names[at], initial).rstrip("." if at == len(names) - 1 else ",")
    text = f"{', '.join(listed)}. {TITLE}. Biosystems. 2007;89(1-3):74-83."
    item = printed.read(text).reading.item
    assert item["title"] == TITLE, text
    assert len(families(item)) == len(names)


@pytest.mark.parametrize("dashes", ["———.", "–––––.", "______.", "--- ,", "———,", "⸻."])
@pytest.mark.parametrize(
    "behind",
    [
        "The Continuing Story of the Planes. Seattle: Academic Press, 2014.",
        "2014. The Continuing Story of the Planes. Seattle: Academic Press.",
        "“The Continuing Story of the Planes.” J Flight 12, no. 3 (2014): 34–56.",
        "The Continuing Story of the Planes. J Flight. 2014;12(3):34–56.",
    ],
)
def test_dashes_for_the_author_above_are_no_words_of_the_title(dashes: str, behind: str) -> None:
    item = printed.read(f"{dashes} {behind}").reading.item
    assert item["title"] == "The Continuing Story of the Planes"
    assert "author" not in item
    assert item["issued"] == {"date-parts": [[2014]]}


@pytest.mark.parametrize("others", ["et al.", "et coll.", "et col.", "a kol.", "y cols.", "i wsp."])
def test_and_others_in_other_languages_end_a_list(others: str) -> None:
    text = f"Dubick MA {others} Indices of antioxidant status. Toxicology. 2002;176(1):145-57."
    item = printed.read(text).reading.item
    assert families(item) == ["Dubick"]
    assert item["title"] == "Indices of antioxidant status"


@pytest.mark.parametrize(
    "name", ["Mark C. Suchman", "Loiseau J.-Cl.", "David B. Quinn", "Krynen, Jacques"]
)
@pytest.mark.parametrize("end", [" », ", "», ", ". », "])
def test_a_title_in_angle_quotes_stands_behind_whole_names(name: str, end: str) -> None:
    text = f"{name}, « Le coup de pouce du mécène{end}Communications, 44, 1986, p. 137-174."
    item = printed.read(text).reading.item
    assert item["title"] == "Le coup de pouce du mécène"
    assert item["container-title"] == "Communications"
    assert len(families(item)) == 1


@pytest.mark.parametrize("remark", ["in press", "ahead of print", "forthcoming", "to appear"])
def test_that_an_article_waits_is_no_word_of_its_journal(remark: str) -> None:
    text = f"Angrist J, Rubin D. Identification of effects. Journal of Statistics, {remark}."
    assert printed.read(text).reading.item["container-title"] == "Journal of Statistics"


@given(
    st.sampled_from(["I", "II", "III", "IV"]),
    st.sampled_from(["Acta Mathematica", "Proc Natl Acad Sci"]),
)
def test_the_number_of_a_part_ends_the_title(part: str, journal: str) -> None:
    text = f"Lars Hormander. Fourier integral operators. {part}. {journal}, 128(1):183–269, 1972."
    item = printed.read(text).reading.item
    assert item["title"] == f"Fourier integral operators. {part}"
    assert item["container-title"] == journal


@given(st.integers(1, 99), st.booleans(), st.sampled_from(["Handbook of Maps", "Inverse Problems"]))
def test_a_volume_and_pages_in_full_behind_in_are_those_of_a_book(
    volume: int, has_series: bool, book: str
) -> None:
    """BibTeX's plain styles print articles without those words."""
    series = " of Lecture Notes in Maps" if has_series else ""
    text = (
        f"Alain Bachelot. Scattering of fields by a black hole. In {book}, volume {volume}{series},"
        " pages 261–320. Elsevier, 1991."
    )
    item = printed.read(text).reading.item
    assert item["title"] == "Scattering of fields by a black hole"
    assert item["container-title"] == book
    assert item["page"] == "261-320"


BODIES = [
    "National Health and Medical Research Council",
    "Ministry of Health, Labour and Welfare (MHLW)",
    "Pharmaceutical Affairs Bureau, Ministry of Health and Welfare",
    "Statistics Bureau, Ministry of Internal Affairs and Communications",
    "Global Burden of Disease 2019 Risk Factors Collaborators",
    "Department of Food, Agriculture and the Marine",
]


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("dated", [" (2013). {}.", " (1 February 2013). {}.", ", “{},” 2013."])
def test_and_and_commas_within_a_body_part_it_into_no_two(body: str, dated: str) -> None:
    item = printed.read(body + dated.format("Monthly report of population estimates")).reading.item
    assert families(item) == [body]
    assert item["title"] == "Monthly report of population estimates"
    assert item["issued"]["date-parts"][0][0] == 2013


@pytest.mark.parametrize("pair", [("Smith J", "Jones K"), ("World Health Organization", "UNICEF")])
def test_two_authors_stay_two(pair: tuple[str, str]) -> None:
    text = f"{pair[0]}; {pair[1]}. Monthly report of estimates. Lancet. 2013;382:1-9."
    assert len(families(printed.read(text).reading.item)) == 2


GROUPS = ["JMAP Study Investigators", "SPRINT Research Group", "ACCORD Trialists (ACC)"]
TASKS = ["Committee to Review the Reference Intakes for Sodium, Potassium", "Panel on Fair Pricing"]


@pytest.mark.parametrize("group", [*(f"et al. {one}" for one in GROUPS), *TASKS])
def test_a_group_behind_people_is_one_of_the_authors(group: str) -> None:
    text = f"Imai E, Baker D, {group}. Impact of blood pressure. J Hypertens. 2012;30:1-9."
    item = printed.read(text).reading.item
    assert item["title"] == "Impact of blood pressure"
    assert families(item) == ["Imai", "Baker", group.removeprefix("et al. ")]


@given(st.sampled_from(FAMILIES), st.sampled_from(["et al.", "et.al.,", "et al"]))
def test_one_family_name_and_others(family: str, others: str) -> None:
    text = f"{family} {others} Health education for self management. Lancet. 1993;36(4):12-9."
    if others != "et al":
        item = printed.read(text).reading.item
        assert families(item) == [family]
        assert item["title"] == "Health education for self management"


@pytest.mark.parametrize("place", ["Washington D.C.", "Washington, D.C.", "New Jersey", "London"])
@pytest.mark.parametrize("year", ["; 1989", ", 1989", "; 1989:409-21"])
def test_a_place_behind_the_house_is_none_of_its_name(place: str, year: str) -> None:
    text = f"Bandura A. Social learning theory. National Academies Press, {place}{year}"
    item = printed.read(text).reading.item
    assert (item["publisher"], item["publisher-place"]) == ("National Academies Press", place)


@pytest.mark.parametrize("journal", ["Gait & Posture", "Spine", "European Journal of Pain"])
@pytest.mark.parametrize("front", ["", "Baker D, Nagai K. "])
def test_a_journal_and_its_year_in_brackets(journal: str, front: str) -> None:
    text = f"{front}Kinematics of walking in 2024: an update ({journal}, 2019)"
    item = printed.read(text).reading.item
    assert item["title"] == "Kinematics of walking in 2024: an update"
    assert item["container-title"] == journal
    assert item["issued"] == {"date-parts": [[2019]]}


def test_a_house_and_its_year_in_brackets_is_no_journal() -> None:
    item = printed.read(
        "Baker D. Kinematics of walking (Oxford University Press, 2019)"
    ).reading.item
    assert item["type"] == "book"
    assert item["publisher"] == "Oxford University Press"


@given(st.integers(1950, 2023), st.sampled_from(["djy087", "dju1234", "123-9", "e45"]))
def test_the_year_may_stand_between_journal_and_volume(year: int, page: str) -> None:
    text = f"Baker D. Cancer statistics. JNCI J Natl Cancer Inst ({year}) 111(2): {page}"
    item = printed.read(text).reading.item
    assert item["container-title"] == "JNCI J Natl Cancer Inst"
    assert item["issued"] == {"date-parts": [[year]]}
    assert (item["volume"], item["issue"]) == ("111", "2")


@pytest.mark.parametrize("tail", ["10.12 (2013), pp. 1177–84.", "10. 12, pp. 1177–84. 2013."])
def test_biblatex_introduces_journals_with_in(tail: str) -> None:
    text = f"Steijger, Tamara et al. “Assessment of methods”. In: Nature methods {tail}"
    assert printed.read(text).reading.item["type"] == "article-journal"


@pytest.mark.parametrize("name", ["PMC300778", "PMC7123456"])
def test_an_identifier_within_an_address_cuts_it_not_short(name: str) -> None:
    address = f"https://www.ncbi.nlm.nih.gov/pmc/articles/{name}/"
    item = printed.read(f"Klein S. Fat land. Retrieved from {address}").reading.item
    assert item["URL"] == address


def test_a_doi_ends_where_an_address_begins() -> None:
    text = "Park HK. Sodium. BMJ. 2020;5:1. https://doi.org/10.1136/a-2019https://gh.bmj.com/5/5"
    item = printed.read(text).reading.item
    assert (item["DOI"], item["URL"]) == ("10.1136/a-2019", "https://gh.bmj.com/5/5")


@pytest.mark.parametrize("gap", ["", " "])
@pytest.mark.parametrize("role", ["(eds).,", "(Eds.),", "eds.", "(editors),"])
def test_editors_behind_in_need_no_blank(gap: str, role: str) -> None:
    text = (
        f"Neer CS. Shoulder rehabilitation. In:{gap}Donatelli R, Wooden MJ {role} Orthopaedic"
        " Physical Therapy, pp 3-20, Churchill Livingstone, New York, 1989"
    )
    item = printed.read(text).reading.item
    assert [one["family"] for one in item["editor"]] == ["Donatelli", "Wooden"]
    assert item["container-title"] == "Orthopaedic Physical Therapy"
    assert item["title"] == "Shoulder rehabilitation"


@pytest.mark.parametrize(
    "title", ["Radiological Society of North America", "International Nutritional Immunology Group"]
)
def test_a_title_that_looks_like_a_body_leaves_no_article_without_one(title: str) -> None:
    """The APA prints a work without authors so: ``Title. (1973). Journal, 109(2), 481–486.``"""
    item = printed.read(f"{title}. (1973). Radiology, 109(2), 481–486.").reading.item
    assert (item["title"], item["container-title"]) == (title, "Radiology")
    assert "author" not in item


@pytest.mark.parametrize("container", ["The Routledge Handbook of Maps", "Safety Design for Space"])
@pytest.mark.parametrize("pages", ["348–361", "xi–xxiii"])
@pytest.mark.parametrize("year", ["2013", "n.d."])
def test_pages_behind_a_container_show_a_part_of_it(container: str, pages: str, year: str) -> None:
    item = printed.read(f"Baker, V. ({year}). Mechanisms. {container}, {pages}.").reading.item
    assert (item["title"], item["container-title"]) == ("Mechanisms", container)
    assert item["page"] == pages.replace("–", "-")


@given(people, figures, st.sampled_from(["in Europe", "Is there a race to the top?", "of CO2"]))
def test_names_and_year_behind_a_title_without_signs(
    names: list[tuple[str, str]], numbers: tuple[int, int, int], end: str
) -> None:
    """``Title Babiker, M.H., P. Criqui and L. Viguier 2003 Journal, 8(3): 187-197``."""
    (family, initials), *others = names
    listed = ", ".join([f"{family}, {initials}", *(f"{one[1]} {one[0]}" for one in others)])
    volume, page, year = numbers
    title = f"Assessing the impact of carbon taxes {end}"
    text = f"{title} {listed} {year} Environmental Modeling, {volume}(3): {page}-{page + 9}"
    item = printed.read(text).reading.item
    assert item["title"] == title
    assert families(item) == [name[0] for name in names]
    assert item["container-title"] == "Environmental Modeling"
    assert item["issued"] == {"date-parts": [[year]]}


MEETING = "Proceedings of the 4th International Conference on Toxic Algae"


@pytest.mark.parametrize(
    "held", [", Beaufort, NC", ", Munich, Germany", " (Seattle, Washington, April 1-5, 1990)"]
)
@pytest.mark.parametrize("editors", ["", "Paerl HW, Carmichael WW, editors. "])
def test_where_people_met_is_no_part_of_the_proceedings(held: str, editors: str) -> None:
    text = f"Baker D. Toxins in livers. In: {editors}{MEETING}{held}, 1990."
    assert printed.read(text).reading.item["container-title"] == MEETING


@pytest.mark.parametrize("sign", [", 2001", " ’95"])
def test_proceedings_may_be_named_the_other_way_round(sign: str) -> None:
    name = f"Decision and Control{sign}. Proceedings of the 40th IEEE Conference on"
    text = f"D. Baker and K. Nagai, “Optimization under limits,” in {name}, vol. 5, 2001, pp. 4–9."
    item = printed.read(text).reading.item
    assert item["container-title"] == name
    assert item["volume"] == "5"


@pytest.mark.parametrize("label", ["volume 4", "vol. III"])
def test_the_name_of_a_volume_stays_in_that_of_the_book(label: str) -> None:
    book = f"Handbook of child psychology, {label}: Cognitive development of children"
    text = (
        f"Shatz, M. (1983). Communication. In J. Baker & E. Nagai (Eds.), {book} (pp. 4–9). Wiley."
    )
    item = printed.read(text).reading.item
    assert item["container-title"] == book
    assert item["volume"] == label.split()[1]


@pytest.mark.parametrize("role", ["Director", "Writer/Director", "Producer", "Writer & Host"])
def test_who_made_a_film_is_its_author(role: str) -> None:
    text = f"Davidson, J. ({role}). (1999). A fresh appraisal [Motion picture]. Davidson Studio."
    item = printed.read(text).reading.item
    assert families(item) == ["Davidson"]
    assert item["title"] == "A fresh appraisal"


@given(st.integers(2, 9), st.sampled_from(["vols.", "volumes."]))
def test_how_many_volumes_is_no_part_of_the_title(number: int, word: str) -> None:
    text = f"Cooper, James. The Leatherstocking Tales. {number} {word} New York: Baker Press, 1985."
    assert printed.read(text).reading.item["title"] == "The Leatherstocking Tales"


@given(people, st.from_regex(r"[a-z]{2,4}[0-9]{3,6}", fullmatch=True), figures)
def test_a_code_for_a_page_may_touch_the_colon(
    names: list[tuple[str, str]], code: str, numbers: tuple[int, int, int]
) -> None:
    volume, issue, year = numbers
    listed = ", ".join(f"{family} {given.replace('. ', '').strip('.')}" for family, given in names)
    item = printed.read(f"{listed}. {TITLE}. Brain {year};{volume}({issue}):{code}.").reading.item
    assert item["title"] == TITLE
    assert item["container-title"] == "Brain"
    assert (item["volume"], item["issue"], item["page"]) == (str(volume), str(issue), code)


@pytest.mark.parametrize("day", ["12 May", "3 Jan.", "1 September"])
@pytest.mark.parametrize("behind", ["{} BMJ 365:l1234.", "{}. Spine, 3(2), 4-9."])
def test_a_whole_day_behind_the_names_leaves_nothing_over(day: str, behind: str) -> None:
    read = printed.read(f"Nagai K ({day} 2019) " + behind.format(TITLE))
    assert read.rest == ()
    assert len(read.reading.item["issued"]["date-parts"][0]) == 3


@given(
    st.sampled_from(
        ["Department of Medicine", "Ministry of Health and Labour", "Task Force on Pain"]
    ),
    st.sampled_from(["; ", ", ", " and ", " & "]),
    people,
)
def test_people_behind_a_body_are_no_words_of_its_name(
    body: str, sign: str, names: list[tuple[str, str]]
) -> None:
    short = [f"{family} {given[0]}" for family, given in names]
    text = f"{body}{sign}{', '.join(short)}. {TITLE}. J Test 2003;3:1-4."
    assert families(printed.read(text).reading.item) == [body, *(name[0] for name in names)]


@pytest.mark.parametrize(
    "body",
    ["American Heart Association, Dallas TX", "Department of Health and Human Services US",
     "Ministry of Health, Labour and Welfare", "Centers for Disease Control and Prevention"],
)  # fmt: skip
def test_a_town_or_country_behind_a_body_is_nobody(body: str) -> None:
    item = printed.read(f"{body}. {TITLE}. J Test 2003;3:1-4.").reading.item
    assert families(item) == [body]


@pytest.mark.parametrize(
    "title", ["A Deep Neural Network", "The Surgical Team", "Care in the Group"]
)
@pytest.mark.parametrize("journal", ["Lancet", "J Bone Surg", "J. Bone Surg.", "Lancet."])
def test_a_title_that_looks_like_a_group_behind_et_al_is_no_author(
    title: str, journal: str
) -> None:
    """A group is one where a title stands between it and the journal."""
    item = printed.read(f"Nagai K, et al. {title}. {journal} 2010;35:1-3.").reading.item
    assert (item["title"], families(item)) == (title, ["Nagai"])
    grouped = f"Nagai K, et al. JMAP Study Group. {title}. {journal} 2010;35:1-3."
    item = printed.read(grouped).reading.item
    assert (item["title"], families(item)) == (title, ["Nagai", "JMAP Study Group"])


@given(
    st.lists(st.sampled_from("JÅÄÖÉÈÜØŁŠŽČİИБГΑΔ"), min_size=1, max_size=3),
    st.sampled_from(["", " "]), st.sampled_from(["Larsson", "Łukasz", "Иванов"]),
)  # fmt: skip
def test_initials_are_capitals_of_any_alphabet(letters: list[str], blank: str, family: str) -> None:
    printed_initials = blank.join(f"{one}." for one in letters)
    text = f"{family} {printed_initials} Back pain in adults. Spine. 2010;12(3):3-10."
    item = printed.read(text).reading.item
    assert item["author"] == [{"family": family, "given": " ".join(f"{one}." for one in letters)}]
    assert item["title"] == "Back pain in adults"


@given(
    st.sampled_from(["", "Article ", "Abstract ", "Original article ", "Chapter "]),
    st.sampled_from(["[{}]", "({})", " [{}.]"]),
    st.sampled_from([("Japanese", "ja"), ("German", "de"), ("Dutch", "nl"), ("Turkish", "tr")]),
    st.sampled_from(
        ["", " with English abstract", ", English summary", "; abstract in English", " and French"]
    ),
    st.sampled_from(["in", "In"]),
)
def test_a_remark_in_which_language_it_is_written_is_none_of_the_title(
    kind: str, bracket: str, language: tuple[str, str], more: str, word: str
) -> None:
    if "(" in bracket and kind not in ("", "Article ", "Abstract "):
        kind = ""
    remark = bracket.format(f"{kind}{'in' if kind else word} {language[0]}{more}")
    text = f"Suzuki T. Low back pain in nurses {remark}. J Nurs 2010;12:3-10."
    item = printed.read(text).reading.item
    assert (item["title"], item["language"]) == ("Low back pain in nurses", language[1])


@given(
    st.sampled_from(
        ["women", "and American men", "with pain", "patients with pain", "speakers; a survey"]
    )
)
def test_people_of_a_country_in_a_title_are_no_language(people: str) -> None:
    title = f"Osteoporosis (in Japanese {people}) and diet"
    item = printed.read(f"Kim J. {title}. Bone 2010;12:3-10.").reading.item
    assert item["title"] == title
    assert "language" not in item


@given(
    st.sampled_from(["second", "first", "third", "new", "revised", "updated", "international"]),
    st.sampled_from(
        ["published", "matched", "edited", "illustrated", "hundred", "need", "medical"]
    ),
)
def test_words_that_end_like_an_edition_are_none(ordinal: str, word: str) -> None:
    title = f"Lessons from the {ordinal} {word} atlas"
    item = printed.read(f"Smith J. {title}. London: Penguin; 2001.").reading.item
    assert item["title"] == title
    assert "edition" not in item


def test_no_note_or_edition_is_passed_over_by_the_words_that_are_looked_for_first() -> None:
    """The quick words are a condition of the slow patterns, in every reference of the cases."""
    folder = Path(__file__).parent / "cases/printed"
    texts = [
        line for file in folder.glob("**/*.txt") for line in file.read_text("utf-8").split("\n")
    ]
    for name in ("western.json", "japanese.json", "kinds.json"):
        texts += [row["text"] for row in json.loads((folder / name).read_text("utf-8"))]
    notes = editions = 0
    for text in texts:
        shape = clean(re.sub(r"\{\w+(?:=[^:{}]*)?:([^{}]*)\}", r"\1", text)).shape
        if addresses._NOTE.search(shape):
            notes += 1
            assert has_note_word(shape), text
        if marks._EDITION.search(shape):
            editions += 1
            assert marks._EDITION_WORD.search(shape), text
    assert min(notes, editions) > 40


# ── forms of real pages, with made-up values ──────────────────────────

figure = st.integers(2, 98)


@given(figure, figure, st.sampled_from(["e70096", "zsad111", "101-9", "7"]), st.booleans())
def test_pubmed_parts_volume_and_issue_with_a_comma(
    volume: int, issue: int, page: str, is_labelled: bool
) -> None:
    """As PubMed prints the style of the MLA."""
    numbers = f"vol. {volume},{issue} (2021): {page}."
    item = printed.read(f"Lau, Ann. “Calcium in astrocytes.” Sleep {numbers}").reading.item
    assert (item["volume"], item["issue"]) == (str(volume), str(issue))
    assert item["page"] == {"101-9": "101-109"}.get(page, page)


@given(
    st.sampled_from(["medRxiv", "bioRxiv"]),
    st.sampled_from(["Jan", "May", "Aug"]),
    st.integers(1, 28),
)
def test_the_day_of_a_preprint_is_no_volume(server: str, month: str, day: int) -> None:
    text = (
        f"Lau E, Nagai D. Sleep project: a dataset. {server} [Preprint]. 2024 {month} {day}:"
        f"2024.06.18.24309054. doi: 10.1101/2024.06.18.24309054."
    )
    item = printed.read(text).reading.item
    assert item["container-title"] == server
    assert item["issued"] == {"date-parts": [[2024, {"Jan": 1, "May": 5, "Aug": 8}[month], day]]}
    assert not {"volume", "page"} & item.keys()
    assert families(item) == ["Lau", "Nagai"]


@pytest.mark.parametrize("dash", ["-", " - ", "–", " – "])
@given(st.sampled_from([("Jan", "Feb"), ("May", "Jun"), ("Nov", "Dec")]))
def test_a_range_of_months_is_no_word_of_the_journal(dash: str, months: tuple[str, str]) -> None:
    text = f"Lau E, Nagai D. Sleep. Clin Dermatol. 2019 {dash.join(months)};37(3):213-26."
    item = printed.read(text).reading.item
    assert item["container-title"] == "Clin Dermatol"
    assert (item["volume"], item["page"]) == ("37", "213-226")


@pytest.mark.parametrize(
    "edition",
    ["3. ed.", "3.ed.", "3ª ed.", "3ª. ed.", "3a ed.", "3. Aufl.", "3e druk.", "3.ª edición.",
     "3. vollständig überarbeitete Auflage.", "3rd ed.", "3e éd.", "3a edizione."],
)  # fmt: skip
@given(st.sampled_from(["Lisboa: Atheneu; 1989.", "Rio de Janeiro, RJ: SBP, 1989."]))
def test_an_edition_in_another_language_is_one(edition: str, imprint: str) -> None:
    item = printed.read(f"Lau E, Nagai D. Terapia intensiva. {edition} {imprint}").reading.item
    assert str(item["edition"]).startswith("3")
    assert item["title"] == "Terapia intensiva"
    place, _, house = imprint[:-6].rstrip(";,").partition(": ")
    assert (item["publisher-place"], item["publisher"]) == (place, house)


@given(st.integers(2015, 2023), st.integers(1, 28))
def test_a_change_of_another_year_is_not_the_year_of_a_book(year: int, day: int) -> None:
    text = (
        f"Lau E, Nagai D. Back pain. [Updated {year} Aug {day}]. In: StatPearls [Internet]. "
        "Treasure Island (FL): StatPearls Publishing; 2024 Jan-."
    )
    item = printed.read(text).reading.item
    assert item["issued"]["date-parts"][0][0] == 2024
    assert item["custom"]["updated"] == {"date-parts": [[year, 8, day]]}


@pytest.mark.parametrize("body", ["Cancer Research UK", "Diabetes UK", "Alzheimer Society UK"])
def test_a_country_behind_a_body_is_no_initials(body: str) -> None:
    text = f"{body}. Mouth and oropharyngeal statistics. London: CRUK; 2020."
    assert printed.read(text).reading.item["author"] == [{"literal": body}]


@pytest.mark.parametrize(
    "note",
    ["[published correction appears in Lancet. 2017 Dec 14;3:17100]",
     "[published erratum appears in JAMA 2017;318(5):485]", "[corrected in BMJ. 2019;364:l123]"],
)  # fmt: skip
def test_where_an_article_was_corrected_is_no_word_of_its_title(note: str) -> None:
    text = f"Lau E, Nagai D, et al. Anxiety {note}. Nat Rev Dis Primers. 2017;3:17024."
    assert printed.read(text).reading.item["title"] == "Anxiety"


def test_an_address_that_asks_for_a_doi_is_kept_whole() -> None:
    address = "http://jama.example.com/article.aspx?doi=10.1001/jama.295.11.1288"
    text = f"Lau E. Sleep. JAMA. 2006;295(11):1288. Available from: {address}"
    assert printed.read(text).reading.item["URL"] == address


@each
@given(st.sampled_from(["Physical Health", "Overweight: Facts"]), st.integers(1, 28))
def test_the_day_behind_web_is_that_of_reading(title: str, day: int) -> None:
    text = f"“{title}.” Children at Risk. Example Trust, n.d. Web. {day} Sept. 2014."
    item = printed.read(text).reading.item
    assert item["type"] == "webpage"
    assert item["accessed"] == {"date-parts": [[2014, 9, day]]}
    assert "issued" not in item


@given(
    st.sampled_from(["Social Experimentation", "Public Ethics", "Civic Mindfulness"]),
    st.sampled_from(["Program Evaluation", "Clinical Judgement", "Crime Statistics"]),
    st.sampled_from(["Wiley, 2008.", "London: Penguin; 2008.", "Wiley; 2008."]),
)
def test_what_a_title_lists_first_is_no_name(first: str, second: str, imprint: str) -> None:
    title = f"{first}, {second}, and Public Policy"
    item = printed.read(f"{title}. {imprint}").reading.item
    assert item["title"] == title
    assert "author" not in item


@given(
    st.sampled_from(["The Despatches", "Letters", "Collected Essays"]),
    st.sampled_from(["Minutes", "Diaries", "Speeches"]),
    st.sampled_from([", and ", " and "]),
)
def test_a_container_is_not_cut_before_the_end_of_what_it_lists(
    first: str, second: str, joint: str
) -> None:
    host = f"{first}, {second}{joint}Correspondence of the Marquess Wellesley"
    text = f"Wellesley, R. C. (1905). APPENDIX. {host}, 705–760."
    assert printed.read(text).reading.item["container-title"] == host


@given(people, st.sampled_from(["{}, eds. ", "{} (eds): ", "{} (Eds.). "]), st.integers(1960, 2024))
def test_an_edited_book_keeps_its_title(names: list[tuple[str, str]], form: str, year: int) -> None:
    listed = ", ".join(f"{family} {given.replace('. ', '').strip('.')}" for family, given in names)
    title = "Rehabilitation of the Spine: Science and Practice"
    item = printed.read(f"{form.format(listed)}{title}. New York: Mosby, {year}.").reading.item
    assert item["title"] == title


WHOLE = ["Ann Lau", "Ben Nagai", "Cleo Okafor", "Dan Nelson", "Eva Lindqvist"]


@given(st.integers(1, 2), st.data())
def test_whole_names_before_others_are_in_the_order_of_reading(
    pairs: int, data: st.DataObject
) -> None:
    """As a publisher's page prints a list, an odd number of them: no family and given names."""
    people = data.draw(st.permutations(WHOLE))[: 2 * pairs + 1]
    listed = ", ".join(people)
    text = f"{listed}, et al. Sleep in old age, Human Pathology, Volume 84, 2019, Pages 275-282"
    item = printed.read(text).reading.item
    assert families(item) == [name.split()[-1] for name in people]
    assert (item["title"], item["container-title"]) == ("Sleep in old age", "Human Pathology")


@pytest.mark.parametrize("degree", ["M.D.", "M.D", "MD", "PhD", "Ph.D.", "R.N."])
def test_a_degree_behind_a_blank_is_no_part_of_a_name(degree: str) -> None:
    text = f"Nim Lau {degree} and Ben Nagai {degree} Blunt Trauma. Example Press. 2012."
    text = text.replace("  ", " ").replace(f"Nagai {degree} B", f"Nagai {degree.rstrip('.')}. B")
    item = printed.read(text).reading.item
    assert families(item) == ["Lau", "Nagai"]
    assert item["title"] == "Blunt Trauma"


EDITORS = ["Lau AB", "Nagai C", "Okafor D"]


@given(
    st.sampled_from([", et al.", ", et al., eds.", ", editors.", ", eds.", ". eds."]),
    st.integers(1, 3),
    st.booleans(),
)
def test_who_stands_before_a_book_has_edited_it(role: str, count: int, has_chapter: bool) -> None:
    people = ", ".join(EDITORS[:count])
    if role == ". eds." and count == 1:
        return
    chapter = " Chapter 68." if has_chapter else ""
    text = (
        f"Nelson E. Acid disorders. In: {people}{role} Textbook of Pediatrics. 21st ed. "
        f"Philadelphia: Elsevier; 2020.{chapter}"
    )
    item = printed.read(text).reading.item
    assert [one["family"] for one in item["editor"]] == [one.split()[0] for one in EDITORS[:count]]
    assert item["container-title"] == "Textbook of Pediatrics"
    assert (item["publisher-place"], item["publisher"]) == ("Philadelphia", "Elsevier")
    assert item.get("chapter-number") == ("68" if has_chapter else None)


@given(st.sampled_from(["No 303", "no. 303", "Nr. 303"]))
def test_a_series_before_its_number_is_no_part_of_the_title(number: str) -> None:
    text = (
        f"Lau E, Nagai D. Sleep in adults. NCHS Data Brief. {number}. "
        "Hyattsville, MD: National Center for Health Statistics. 2018."
    )
    item = printed.read(text).reading.item
    assert (item["title"], item["collection-title"]) == ("Sleep in adults", "NCHS Data Brief")
    assert item["collection-number"] == "303"


@given(
    st.sampled_from(
        ["Gut: The Inside Story", "Sleep: A Guide to the Night", "How to sleep: a plan"]
    ),
    st.sampled_from(["Anna Lau", "Dr Anna Lau", "Anna Lau and David Nagai"]),
    st.sampled_from(["Scribe UK", "Vermilion", "Penguin Books"]),
    st.sampled_from([" {}", ", {}", " ({})", ", {}."]),
)
def test_a_list_of_books_names_title_author_and_house(
    title: str, names: str, house: str, year: str
) -> None:
    item = printed.read(f"{title}, {names}, {house}{year.format(2015)}").reading.item
    assert (item["type"], item["title"], item["publisher"]) == ("book", title, house)
    assert families(item) == (["Lau", "Nagai"] if "and" in names else ["Lau"])
    assert item["issued"] == {"date-parts": [[2015]]}


@given(
    st.sampled_from(
        ["Translated by", "Edited by", "With drawings by", "Illustrated by", "Revised by"]
    ),
    st.sampled_from(["Human Kinetics", "Penguin Books", "Vermilion"]),
)
def test_who_did_what_behind_a_full_stop_wrote_no_book_of_a_list(role: str, house: str) -> None:
    """The element before them is no single title: names, title and role stand in it."""
    text = (
        "O’Neill, Sean Patrick, and Kenji Nakamura. Clinical Anatomy of the Lumbar Spine. "
        f"{role} Pieter van Dijk, Roger Chou and Chinedu Okafor, {house}, 1989."
    )
    item = printed.read(text).reading.item
    assert "O’Neill" not in str(item.get("title"))
    assert families(item) == ["O’Neill", "Nakamura"]


@pytest.mark.parametrize("town", ["New York", "New Haven", "Den Haag", "San Diego"])
def test_a_town_before_a_house_is_nobody(town: str) -> None:
    text = f"Lau, Ann, Space and hope: English towns, {town}, Yale University Press, 2015"
    item = printed.read(text).reading.item
    assert all(town.rpartition(" ")[2] not in str(one) for one in item.get("author", []))


def test_days_and_bodies_of_real_pages() -> None:
    quoted = printed.read(
        'European Centre for Sleep Control. (2015, Dec 10). "Sleep in the Americas."'
    ).reading.item
    assert quoted["author"] == [{"literal": "European Centre for Sleep Control"}]
    assert quoted["issued"] == {"date-parts": [[2015, 12, 10]]}
    published = printed.read(
        "National Institute for Sleep. Sleep in under 5s: assessment. Nov 2021 "
        "[internet publication]."
    ).reading.item
    assert (published["type"], published["title"]) == ("report", "Sleep in under 5s: assessment")
    assert published["issued"] == {"date-parts": [[2021, 11]]}
    bare = printed.read(
        "American Sleep Association 2003 Professionalism in sleep: Core values. https://a.org/v.pdf"
    ).reading.item
    assert bare["author"] == [{"literal": "American Sleep Association"}]
    assert bare["title"] == "Professionalism in sleep: Core values"
    series = printed.read(
        'Lau, Ann (2015) "Life Tables, 2011," Vital Reports, Vol. 64, No. 11, pp. 1–63, '
        "Hyattsville, MD: National Center for Health Statistics."
    ).reading.item
    assert (series["page"], series["publisher-place"]) == ("1-63", "Hyattsville, MD")


@given(
    st.sampled_from(["n.d.", "z.d.", "s.f.", "s.d.", "o.J.", "n.d.-b"]),
    st.sampled_from(["Voedingscentrum", "Sociedad Española de Neurología", "Mayo Clinic"]),
)
def test_a_page_without_a_date_says_so_in_any_language(word: str, body: str) -> None:
    text = f"{body}. ({word}). Sleep and what helps. https://www.example.org/sleep/help"
    item = printed.read(text).reading.item
    assert item["title"] == "Sleep and what helps", text
    assert item["author"] == [{"literal": body}]
    assert not {"issued", "container-title"} & item.keys()


@each
@given(
    st.sampled_from(["#' ", "* ", "// ", "> ", "# "]), st.sampled_from(["*", "_", "**", ""]),
    st.sampled_from([" ", "\n", "\n  "]),
)  # fmt: skip
def test_marks_of_comments_and_emphasis_are_no_part_of_a_work(
    comment: str, stress: str, gap: str
) -> None:
    line = gap + (comment if "\n" in gap else "")
    text = (
        f"Lau, E., & Nagai, D. (2001). The measure:{line}validity of a brief{line}scale. "
        f"{stress}Journal of Internal Medicine{stress}, 16(9), 606-613."
    )
    item = printed.read(text).reading.item
    assert item["title"] == "The measure: validity of a brief scale", text
    assert item["container-title"] == "Journal of Internal Medicine"
    assert (item["volume"], item["page"]) == ("16", "606-613")


@pytest.mark.parametrize(
    "address", ["https://a.org/_docs/1/_x_y/P._2000_.pdf", "https://a.org/R._V"]
)
def test_a_low_line_in_an_address_stays(address: str) -> None:
    assert (
        printed.read(f"Lau E. Sleep. J Sleep. 2001;3:4-5. {address}").reading.item["URL"] == address
    )


@pytest.mark.parametrize("joint", ["e", "y", "and", "et", "und"])
def test_and_between_two_names_in_any_language(joint: str) -> None:
    item = printed.read(
        f"D'Amico S {joint} Devescovi A (2013) Sleep and speech. Mulino."
    ).reading.item
    assert families(item) == ["D'Amico", "Devescovi"]


@pytest.mark.parametrize(
    "law",
    ["Lei nº 11.105, de 24 de março de 2005", "Ley 769 de 2002", "Ley N° 29973: Ley General"],
)
def test_a_law_bears_its_number_behind_its_kind(law: str) -> None:
    item = printed.read(f"{law}. https://www.example.org/lei").reading.item
    assert item["type"] == "legislation"
    assert str(item["title"]).startswith(law)


def test_titles_that_ask_and_spans_of_years() -> None:
    asked = printed.read(
        "Why does sleep help? Example Clinic. (2025, May 9). https://a.example.org/sleep"
    ).reading.item
    assert (asked["title"], asked["container-title"]) == ("Why does sleep help?", "Example Clinic")
    assert asked["issued"] == {"date-parts": [[2025, 5, 9]]}
    span = printed.read(
        "Statistics Office. Net survival for selected types, by sex, 2019 to 2021. https://a.org/t"
    ).reading.item
    assert span["title"] == "Net survival for selected types, by sex, 2019 to 2021"
    people = printed.read(
        'Dan Blum and Meg Astor. "Report Included Fake Citations" (May 29, 2025). '
        "The New York Times. https://a.org/maha"
    ).reading.item
    assert families(people) == ["Blum", "Astor"]


@each
@given(
    st.sampled_from(["Lau, A.", "Lau, A., & Nagai, D.", "van der Lau, A. B."]),
    st.sampled_from(["Weinheim", "Louvain-la-Neuve", "Rueil-Malmaison", "Sillery", "Talence"]),
    st.sampled_from(["Beltz Juventa", "De Boeck", "Lamarre", "Septentrion"]),
)
def test_a_town_and_a_house_that_no_list_knows_end_a_book(
    names: str, town: str, house: str
) -> None:
    """Also behind a single author, of whom no word but the name stands before the year."""
    text = f"{names} (2014). Sleep in old age: methods and practice. {town}: {house}."
    item = printed.read(text).reading.item
    assert (item["type"], item["title"]) == ("book", "Sleep in old age: methods and practice")
    assert (item["publisher-place"], item["publisher"]) == (town, house)


@given(
    st.sampled_from(["i.v.", "i.m.", "p.o.", "s.c.", "e.g.", "i.p.", "z.d.", "o.p."]),
    st.sampled_from(["Morphine", "Iron sucrose", "Ketamine"]),
)
def test_two_letters_with_stops_within_a_title_date_nothing(word: str, drug: str) -> None:
    """A way of giving a drug is no word for a missing date, and goes on in small letters."""
    title = f"{drug} ({word}) and rest for acute pain"
    read = printed.read(f"{title}. J Pain. 2010;11(2):1-9.")
    assert read.reading.item["title"] == title
    assert "author" not in read.reading.item
    assert read.reading.item["volume"] == "11"


@pytest.mark.parametrize(
    "behind", ["A review for clinicians", "A Systematic Review", "Evidence and its limits"]
)
def test_a_subtitle_behind_a_question_is_no_site(behind: str) -> None:
    title = f"What causes low back pain? {behind}"
    item = printed.read(f"{title}. (2015). Example Clinic. https://example.org/pain").reading.item
    assert (item["title"], item["container-title"]) == (title, "Example Clinic")


def test_a_journal_between_commas_wrote_no_book() -> None:
    read = printed.read("Pain and movement: A review, Physical Therapy, Elsevier 2015")
    assert "author" not in read.reading.item


@pytest.mark.parametrize("behind", ["", " Brüssel."])
def test_the_day_in_the_name_of_a_german_law_ends_no_sentence(behind: str) -> None:
    name = "Verordnung (EU) 2016/679 des Europäischen Parlaments vom 27. April 2016"
    item = printed.read(f"{name}.{behind}").reading.item
    assert (item["type"], item["title"]) == ("legislation", name)
    assert item["issued"] == {"date-parts": [[2016, 4, 27]]}


@pytest.mark.parametrize("word", ["(u.å.)", "(б.д.)", "(s. f.)", "[s.d.]", "[n.d.]", "(é.n.)"])
def test_a_word_for_no_date_is_no_title_in_any_alphabet(word: str) -> None:
    item = printed.read(f"Lau, E. {word}. Sleep and rest. https://example.org/a").reading.item
    assert (item["author"][0]["family"], item["title"]) == ("Lau", "Sleep and rest")
    assert not {"issued", "container-title"} & item.keys()


@pytest.mark.parametrize(
    "names", ["Ford Ann, Nagai Anna, Okafor Daniel", "Ford Maria, Katz Eva, Cole Peter"]
)
def test_whole_names_with_the_family_first_are_not_turned_round_in_silence(names: str) -> None:
    read = printed.read(f"{names}, et al. Sleep at home. J Pain. 2011;1:1-9.")
    told = [one.get("family") for one in read.reading.item["author"]]
    assert told == [one.split()[0] for one in names.split(", ")] or "author" in read.doubted


NO_JOIN = ["apud", "cf", "for", "from", "with", "vs", "via", "nach"]


@settings(max_examples=some(200))
@given(
    people.filter(lambda names: len(names) > 1),
    st.from_regex(r"[a-zé]{1,3}", fullmatch=True).filter(
        lambda word: word not in PARTICLES | {"a", "in", "et", "the", "for", "by", *NO_JOIN}
    ),
    st.sampled_from([" ", ", "]),
)
def test_a_small_word_of_any_language_joins_two_names(
    names: list[tuple[str, str]], word: str, sign: str
) -> None:
    """``Lau, E. T. og Nagai, D.``: before a family name it is no part of it."""
    listed = [f"{family}, {given}" for family, given in names]
    text = f"{', '.join(listed[:-1])}{sign}{word} {listed[-1]} (1987). {TITLE}. Brain, 1(4), 3–7."
    item = printed.read(text).reading.item
    assert families(item) == [name[0] for name in names]
    assert item["title"] == TITLE


ROLES = ["red.", "Hrsg.", "Hg.", "Hgg.", "dir.", "dirs.", "a cura di", "coord.", "org.", "szerk.",
         "ред.", "zost.", "pod red.", "koost.", "redaktør", "coordinadora"]  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("sign", [", ", ": "])
def test_a_word_in_brackets_behind_people_says_that_they_edited(role: str, sign: str) -> None:
    """In whatever language: it is no part of a name, and nothing of it is printed otherwise."""
    text = f"Lau, E. T., Nagai, D. ({role}){sign}Handbook of quiet nights. Lomar: Norwen, 2016."
    item = printed.read(text).reading.item
    assert [one["family"] for one in item["editor"]] == ["Lau", "Nagai"]
    assert item["title"] == "Handbook of quiet nights"
    assert (item["publisher"], item["type"]) == ("Norwen", "book")
    assert "Eds" not in json.dumps(item)


@pytest.mark.parametrize(
    "word", ["auth.", "Auth.", "aut.", "autor", "Verf.", "Prof.", "Dr.", "Doz."]
)
@pytest.mark.parametrize("sign", [". ", ": ", ", "])
@pytest.mark.parametrize("names", ["Lau, E. T., Nagai, D.", "Lau ET, Nagai D"])
def test_a_word_for_authors_or_a_rank_makes_nobody_an_editor(
    names: str, word: str, sign: str
) -> None:
    text = f"{names} ({word}){sign}Handbook of quiet nights. Lomar: Norwen, 2016."
    item = printed.read(text).reading.item
    assert families(item) == ["Lau", "Nagai"]
    assert "editor" not in item
    assert item["title"] == "Handbook of quiet nights"


@pytest.mark.parametrize("word", NO_JOIN)
def test_a_word_that_is_no_conjunction_joins_no_names(word: str) -> None:
    text = f"Lau, E. {word} Nagai, D. (1987). {TITLE}. Lomar: Norwen."
    assert families(printed.read(text).reading.item) != ["Lau", "Nagai"]
    assert "Nagai" in str(printed.read(text).rest) or "author" in printed.read(text).doubted


@pytest.mark.parametrize("word", ["vgl", "of", "on", "per", "pro", "née", "eds", "not", "bei"])
@pytest.mark.parametrize("sign", [" ", ", "])
def test_a_small_word_that_is_no_and_joins_names_in_doubt(word: str, sign: str) -> None:
    read = printed.read(f"Lau, E.{sign}{word} Nagai, D. (1987). {TITLE}. Lomar: Norwen.")
    assert families(read.reading.item) == ["Lau", "Nagai"]
    assert "author" in read.doubted


@pytest.mark.parametrize(
    "names", ["See KC, Tan BH", "See, K. C., & Tan, B. H.", "See K.C., Tan B.H.", "Voir A, Lau B"]
)
def test_who_is_called_like_a_label_keeps_the_name(names: str) -> None:
    item = printed.read(f"{names.rstrip('.')}. {TITLE}. Brain. 2019;12:3-9.").reading.item
    assert families(item)[0] == names[:4].strip(" ,")
    assert len(item["author"]) == 2
    assert item["title"] == TITLE


@each
@given(
    st.sampled_from(["BMI{}40", "Age{}65 years", "A{}B", "p{}0.05"]),
    st.sampled_from([">", "> ", " > ", " >", "<", " < "]),
    st.sampled_from(["", " <https://www.example.org/a_b>", "\nhttps://www.example.org/a_b"]),
)
def test_a_sign_for_greater_stays_in_a_title(words: str, sign: str, end: str) -> None:
    title = f"{words.format(sign)} and outcomes of surgery"
    read = printed.read(f"Lau E, Nagai D. {title}. Brain. 2019;12:3-9.{end}").reading.item
    assert read["title"] == title
    assert read.get("URL", "https://www.example.org/a_b") == "https://www.example.org/a_b"


@pytest.mark.parametrize("box", ["[Ga68] ", "[COVID19] ", "［COVID19］", "[SARS2] "])
@pytest.mark.parametrize("title", ["PSMA PET in cancer", "vaccine uptake in nurses", "接種の実態"])
def test_a_box_before_a_title_is_a_part_of_it_or_told(box: str, title: str) -> None:
    read = printed.read(f"{box}{title}. Brain. 2019;12:3-9.")
    told = [*(one.text for one in read.rest), read.reading.item["title"]]
    assert any(box.strip() in str(one) for one in told)
    key = printed.read(f"[Naka19] Lau E, Nagai D. {TITLE}. Brain. 2019;12:3-9.")
    assert (key.rest, key.reading.item["title"]) == ((), TITLE)


@pytest.mark.parametrize("word", ["in press", "forthc.", "s.f.", "2nd ed.", "im Druck"])
def test_a_word_for_the_time_of_a_work_makes_nobody_its_editor(word: str) -> None:
    item = printed.read(f"Lau, E. T. ({word}). Sleep at sea and on land. Brain.").reading.item
    assert "editor" not in item


@pytest.mark.parametrize("role", ["red.", "Hrsg.", "dir.", "a cura di"])
@pytest.mark.parametrize("word", ["In", "In:", "I", "W", "En", "En:", "Em:", "Dans", "V"])
def test_a_book_is_brought_in_in_any_language(word: str, role: str) -> None:
    text = (
        f"Okafor, K. (2004). Counting nights. {word} E. T. Lau, D. Nagai ({role}), "
        "Handbook of sleepers (pp. 77-93). Lomar: Norwen."
    )
    item = printed.read(text).reading.item
    assert (item["type"], item["title"]) == ("chapter", "Counting nights")
    assert item["container-title"] == "Handbook of sleepers"
    assert [one["family"] for one in item["editor"]] == ["Lau", "Nagai"]
    assert (item["page"], item["publisher"]) == ("77-93", "Norwen")


@pytest.mark.parametrize(
    "day",
    ["2019, 15 juni", "2019, 15. Juni", "2019, June 15", "15 June 2019", "15 de junio de 2019"],
)
@pytest.mark.parametrize("mark", ["", '"'])
def test_a_day_in_brackets_is_read_in_either_order(day: str, mark: str) -> None:
    text = f"Lau, Else ({day}). {mark}A night in Lomar{mark}. https://www.example.org/night"
    item = printed.read(text).reading.item
    assert item["issued"] == {"date-parts": [[2019, 6, 15]]}
    assert (families(item), item["title"]) == (["Lau"], "A night in Lomar")


DEGREES = [
    "2013. 119 f. Dissertação (Mestrado em Medicina) – {}, 2013.",
    "2013. Tese (Doutorado em Saúde) - {}, 2013.",
    "Masterarbeit, {}, 2013.",
    "Tesis doctoral, {}, 2013.",
    "Mémoire de master, {}, 2013.",
    "Proefschrift, {}, 2013.",
    "[Mastergradsoppgave, {}]. 2013.",
]


@pytest.mark.parametrize("form", DEGREES)
@pytest.mark.parametrize("school", ["Universidade de Lomar", "Universität Lomar"])
def test_a_thesis_is_one_in_any_language(form: str, school: str) -> None:
    read = printed.read(f"LAU, Else Tove. Sleep and the sea. {form.format(school)}")
    item = read.reading.item
    assert (item["type"], item["title"]) == ("thesis", "Sleep and the sea")
    assert (item["publisher"], families(item)) == (school, ["LAU"])
    assert item["issued"] == {"date-parts": [[2013]]}
    assert "page" not in item


@pytest.mark.parametrize("title", ["Mémoire et oubli", "Tese e antítese", "Tesi e ipotesi"])
def test_a_word_for_a_thesis_may_begin_the_title_of_a_book(title: str) -> None:
    item = printed.read(f"Lau E. {title}. Paris: Norwen; 1990.").reading.item
    assert (item["type"], item["title"]) == ("book", title)


@given(st.integers(1, 99), st.integers(1, 400), st.sampled_from(["Revista de Lomar", "Brain"]))
def test_a_labelled_issue_is_no_house(volume: int, issue: int, journal: str) -> None:
    """``v. 85, n. 4, p. 823–855, 2023``: as Portuguese lists print."""
    text = f"LAU, Else. Sleep and the sea. {journal}, v. {volume}, n. {issue}, p. 8–9, 2023."
    item = printed.read(text).reading.item
    assert (item["type"], item["container-title"]) == ("article-journal", journal)
    assert (item["volume"], item["issue"]) == (str(volume), str(issue))


def test_given_names_in_brackets_are_given_names() -> None:
    text = "LAU (E.T.), NAGAI (D.-R.), « Sleep and the sea », Brain 106, 1986, p. 31-44."
    assert printed.read(text).reading.item["author"] == [
        {"family": "LAU", "given": "E. T."}, {"family": "NAGAI", "given": "D.-R."},
    ]  # fmt: skip


@pytest.mark.parametrize("join", ["et", "and", "und", "y", "e", "&"])
@pytest.mark.parametrize("behind", [" (dir.), ", ": ", ". "])
def test_whole_names_of_which_the_last_is_joined_are_in_order(join: str, behind: str) -> None:
    """``Ann Lau, Ben Nagai et Cleo Okafor``: the comma is not within a name."""
    text = (
        f"Ann Lau, Frédérique Nagai-Flack {join} Cleo Okafor{behind}Quiet nights. Brain 2016;3:4-9."
    )
    item = printed.read(text).reading.item
    people = item.get("author") or item["editor"]
    assert [one["family"] for one in people] == ["Lau", "Nagai-Flack", "Okafor"]


@pytest.mark.parametrize("mark", [("*", "*"), ("_", "_"), ("**", "**"), ("<i>", "</i>")])
@pytest.mark.parametrize(
    "title",
    ["Quiet nights", "Quiet nights. A history. Second part", "Nights, days and towns: a guide"],
)
@pytest.mark.parametrize(
    "behind",
    [
        ". Norwen+Zelkar.",
        ", Norwen, 2011.",
        ". Studies in rest. Lomar: Norwen.",
        " (Norwen, 2011).",
    ],
)
def test_what_is_emphasised_behind_names_is_the_title(
    mark: tuple[str, str], title: str, behind: str
) -> None:
    """Nobody emphasises half a title, nor the title of an article alone."""
    year = "" if "2011" in behind else " (2011)."
    item = printed.read(f"Lau, E. T.{year} {title.join(mark)}{behind}").reading.item
    assert item["title"] == title
    assert (item["type"], item["publisher"].split("+")[0]) == ("book", "Norwen")
    assert families(item) == ["Lau"]
    assert "“" not in json.dumps(item, ensure_ascii=False)


@pytest.mark.parametrize("mark", [("*", "*"), ("_", "_")])
@pytest.mark.parametrize(
    "behind", [", J. Brain 8 (1996), 213–238.", ". Brain 1996;8(2):213-38.", ". J Brain. 1996."]
)
def test_an_emphasised_title_before_a_journal_is_an_article(
    mark: tuple[str, str], behind: str
) -> None:
    title = "Quiet nights, loud days and what is between"
    item = printed.read(f"E. T. Lau and D. Nagai, {title.join(mark)}{behind}").reading.item
    assert (item["type"], item["title"]) == ("article-journal", title)
    assert "Brain" in item["container-title"]


@pytest.mark.parametrize(
    "host", ["Nights. Days. Towns", "Ends & Beginnings", "Sleep (and its ends)"]
)
def test_what_is_emphasised_behind_the_title_is_all_of_the_container(host: str) -> None:
    text = f"Lau, E. T. (2014). Counting nights at sea. *{host}*, XVIII(6, n.108), 10–12."
    read = printed.read(text)
    assert read.reading.item["title"] == "Counting nights at sea"
    assert read.reading.item["container-title"] == host


@pytest.mark.parametrize("label", ["**[8]**", "**3.**", "*12*"])
def test_a_number_that_is_emphasised_is_a_label(label: str) -> None:
    item = printed.read(f"{label} LAU, E.T. Sleep and the sea. Brain 1996;8(2):213-8.").reading.item
    assert (families(item), item["title"]) == (["LAU"], "Sleep and the sea")


@pytest.mark.parametrize("town", ["Paris", "Rennes", "Frankfurt am Main"])
@pytest.mark.parametrize("house", ["Norwen", "L’Hamelin", "Presses universitaires de Lomar"])
@pytest.mark.parametrize("names", ["Ann Lau", "LAU E. T.", "LAU Ann et NAGAI Denis"])
def test_a_town_and_its_house_behind_commas_are_those_of_a_book(
    names: str, house: str, town: str
) -> None:
    """As French lists print books; a town that is known before a name that is none."""
    item = printed.read(f"{names}, La nuit et ses bruits, {town}, {house}, 2001.").reading.item
    assert (item["type"], item["title"]) == ("book", "La nuit et ses bruits")
    assert (item["publisher-place"], item["publisher"]) == (town, house)


@pytest.mark.parametrize("state", ["MA", "Mass.", "England"])
def test_a_state_behind_a_town_is_no_house(state: str) -> None:
    text = f"Lau, E. T. (1993). Quiet nights. Norwen Press, Cambridge, {state}."
    assert printed.read(text).reading.item["publisher"] == "Norwen Press"


@pytest.mark.parametrize("lead", ["Disponível em: ", "Available from: ", ""])
def test_the_angles_around_an_address_are_no_part_of_a_title(lead: str) -> None:
    read = printed.read(f"Lau, E. T. (2019). Quiet nights. {lead}<https://www.example.org/night>.")
    assert read.reading.item["title"] == "Quiet nights"
    assert read.reading.item["URL"] == "https://www.example.org/night"


@pytest.mark.parametrize("label", ["[LAU18]:", "[ReSV04]", "[Lau2018a]"])
def test_letters_and_a_year_in_a_box_are_a_label(label: str) -> None:
    text = f"{label} Lau, Ann; Nagai, Ben: Quiet nights. In: Brain 12 (2018), Nr. 3, S. 4–9."
    assert families(printed.read(text).reading.item) == ["Lau", "Nagai"]


@pytest.mark.parametrize("number", ["978-1-4051-5639-4", "978 82 15 03251 1"])
def test_what_bears_an_isbn_is_no_article(number: str) -> None:
    text = f"Lau E. (2020). Quiet nights at sea. Norwen Zelkar. ISBN {number}."
    item = printed.read(text).reading.item
    assert (item["type"], item["title"]) == ("book", "Quiet nights at sea")
    assert item["publisher"] == "Norwen Zelkar"


@pytest.mark.parametrize(
    "lead", ["traduit de l'anglais par", "traduit par", "trad. de", "translated from German by"]
)
def test_who_translated_is_told_in_any_language(lead: str) -> None:
    text = f"Ann Lau, Quiet nights, {lead} Denis Nagai, Paris, Norwen, 1998."
    item = printed.read(text).reading.item
    assert item["translator"] == [{"family": "Nagai", "given": "Denis"}]
    assert item["title"] == "Quiet nights"


@pytest.mark.parametrize("town", ["London: HSE", "Canberra: AIHW", "Norwen: Lau and Sons"])
@pytest.mark.parametrize("body", ["Health and Safety Executive", "Office for National Statistics"])
@pytest.mark.parametrize("year", [2019, 2023])
def test_a_year_before_a_town_and_its_house_ends_the_title(body: str, town: str, year: int) -> None:
    title = f"Night work statistics in Great Britain, {year}"
    item = printed.read(f"{body} ({year}) {title}. {town}.").reading.item
    assert item["title"] == title
    assert item["publisher-place"] == town.partition(":")[0]
    behind = printed.read(f"{body} ({year}) Night work statistics. {town}, {year}.").reading.item
    assert behind["title"] == "Night work statistics"


@pytest.mark.parametrize("kind", ["Hepatitis", "Vitamin", "Influenza"])
@pytest.mark.parametrize("letters", ["AB", "BC", "AD", "ABC"])
def test_kinds_of_one_thing_did_not_edit_a_book(kind: str, letters: str) -> None:
    book = f"{', '.join(f'{kind} {letter}' for letter in letters)}. A guide for all"
    text = f"Lau E. Quiet nights. In: {book}. Berlin: Norwen; 2019. p. 4-9."
    item = printed.read(text).reading.item
    assert "editor" not in item
    assert item["container-title"] == book
    edited = f"Lau E. Quiet nights. In: {book.replace('. A', ', editors. A')}. Norwen; 2019."
    assert len(printed.read(edited).reading.item["editor"]) == len(letters)


BODIES = ["WHO", "NIH", "AWMF", "World Health Organization", "Department of Health"]
PAPERS = ["Fact Sheet", "Fact sheets", "Guideline", "Back pain", "Global health estimates"]


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("title", PAPERS)
def test_of_a_body_and_other_words_the_other_words_are_the_title(body: str, title: str) -> None:
    """A work has a title; which of the two it is nobody can tell for sure."""
    for text, name in (
        (f"{title}, {body}, 2015", "publisher"),
        (f"{title}, {body}, 2015.", "publisher"),
        (f"{body}, {title}, 2015.", "author"),
    ):
        read = printed.read(text)
        item = read.reading.item
        assert item["title"] == title, text
        assert item[name] in (body, [{"literal": body}]), text
        assert "title" in read.doubted, text


@pytest.mark.parametrize(
    "text", ["Lau E, WHO, 2015", "Lau & Nagai, NIH, 2014", "Sleep, JAMA, 2019"]
)
def test_a_person_or_a_journal_beside_a_body_makes_no_title(text: str) -> None:
    read = printed.read(text)
    assert "publisher" not in read.reading.item
    assert {*read.doubted} & {"title", "author"}


IMPRINTS = [
    "London: Sage; 2010. {isbn}.", "London: Sage, 2010. {isbn}", "London: Sage; 2010 ({isbn}).",
    "London: Sage, {isbn}, 2010.", "{isbn}. London: Sage; 2010.", "Sage, London, 2010, {isbn}.",
    "London : Sage, 2010. – {isbn}", "London: Sage; 2010. 312 p. {isbn} (pbk.).",
]  # fmt: skip


@pytest.mark.parametrize("imprint", IMPRINTS)
@pytest.mark.parametrize("label", ["ISBN ", "ISBN: ", "ISBN-13: ", "ISBN-10 ", "isbn "])
@pytest.mark.parametrize(
    "number",
    [
        "978-3-16-148410-1",
        "0-306-40615-3",
        "9783161484101",
        "978 3 16 148410 1",
        "978-3-16-14841-0",
    ],
)
def test_a_mistyped_isbn_is_told_and_moves_nothing(imprint: str, label: str, number: str) -> None:
    read = printed.read(f"Lau E. Calcium and bone density. {imprint.format(isbn=label + number)}")
    item = read.reading.item
    told = ("title", "publisher", "publisher-place")
    assert [item[name] for name in told] == ["Calcium and bone density", "Sage", "London"]
    assert item["issued"] == {"date-parts": [[2010]]}
    assert not {"ISBN", "number", "page", "volume", "genre", "collection-title"} & item.keys()
    assert any(number in left.text for left in read.rest)


@pytest.mark.parametrize("behind", [" 2010.", ", 2010.", " (pbk.), 2010."])
def test_a_year_behind_an_isbn_is_none_of_it(behind: str) -> None:
    read = printed.read(f"Lau E. Calcium and bone. London: Sage; ISBN 978-3-16-148410-0{behind}")
    assert read.reading.item["ISBN"] == "9783161484100"
    assert read.reading.item["issued"] == {"date-parts": [[2010]]}


TOWNS = [
    "London", "Geneva", "Wien", "Washington, DC", "Washington, D.C.", "Washington DC",
    "Chicago, IL",
    "Boston (MA)", "New York, NY", "Geneva, Switzerland", "London and Edinburgh", "Paris",
]  # fmt: skip
AUTHORS = ["Lau E, Nagai D", "World Health Organization", "Institute of Medicine"]


@pytest.mark.parametrize("town", TOWNS)
@pytest.mark.parametrize("author", AUTHORS)
@pytest.mark.parametrize(
    "form",
    [
        "{}. Walking at night. {}; 2012.",
        "{}. Walking at night. {}, 2012.",
        "{} (2012). Walking at night. {}.",
    ],
)
def test_a_town_alone_is_no_publisher_and_no_journal(town: str, author: str, form: str) -> None:
    item = printed.read(form.format(author, town)).reading.item
    assert (item["title"], item["publisher-place"]) == ("Walking at night", town)
    assert item["issued"] == {"date-parts": [[2012]]}
    assert not {"publisher", "container-title"} & item.keys()


@pytest.mark.parametrize("town", ["Washington, DC", "New York", "Boston, MA"])
def test_a_house_before_its_town(town: str) -> None:
    text = f"Lau E. Walking at night. National Academies Press: {town}; 2012."
    item = printed.read(text).reading.item
    assert (item["publisher"], item["publisher-place"]) == ("National Academies Press", town)


BRACKETED = [
    ("Scribner, New York", "Scribner", "New York"), ("Scribner, London", "Scribner", "London"),
    ("Little, Brown, Boston", "Little, Brown", "Boston"),
    ("Ithaca, New York", None, "Ithaca, New York"),
    ("Wiley-VCH, Weinheim, Germany", "Wiley-VCH", "Weinheim, Germany"),
    ("New York: Scribner", "Scribner", "New York"), ("New York, Scribner", "Scribner", "New York"),
    ("Cornell University Press, Ithaca, New York", "Cornell University Press", "Ithaca, New York"),
]  # fmt: skip


@pytest.mark.parametrize(("imprint", "house", "town"), BRACKETED)
@pytest.mark.parametrize("behind", [".", ", p. 12.", ", pp. 12-15."])
@pytest.mark.parametrize("author", ["Ernest Lau,", "E. Lau,", "Lau E.", "Lau, E."])
def test_house_and_town_in_a_bracket(
    author: str, behind: str, imprint: str, house: str | None, town: str
) -> None:
    item = printed.read(f"{author} The Old Man at Night ({imprint}, 1952){behind}").reading.item
    assert item["title"] == "The Old Man at Night"
    assert (item.get("publisher"), item["publisher-place"]) == (house, town)
    assert item["issued"] == {"date-parts": [[1952]]}


@pytest.mark.parametrize("site", ["Reed-Beds.org", "backstep.com", "MarshHealth.info"])
@pytest.mark.parametrize("medium", [" [Internet]", " [online]", ""])
def test_what_is_named_like_a_site_is_one(site: str, medium: str) -> None:
    text = (
        f"{site}{medium}. New York: Association of Reed Resources, Inc.; c2000 "
        f"[cited 2002 Jul 9]. Available from: http://www.{site.lower()}/."
    )
    item = printed.read(text).reading.item
    assert (item["type"], item["title"]) == ("webpage", site)


@pytest.mark.parametrize("figures", ["37(1), 79-94", "12(3), 5–19", "37(1):79-94"])
@pytest.mark.parametrize("town", ["Washington, DC", "Bergen"])
def test_a_book_that_runs_on_behind_an_article_takes_it_nothing(figures: str, town: str) -> None:
    text = (
        f"Okafor, B., & Lau, E. (2010). Growth of reed beds. Journal of Marsh Health, {figures}. "
        f"Institute of Reeds. (2006). Care of reeds: A guide for all. {town}: Tern Press."
    )
    item = printed.read(text).reading.item
    assert item["container-title"] == "Journal of Marsh Health"
    assert (item["type"], item["title"]) == ("article-journal", "Growth of reed beds")
    assert not {"publisher", "publisher-place"} & item.keys()
