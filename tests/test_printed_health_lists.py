"""What lists of health pages print around and between the elements, made up by chance."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refpipe.items import printed
from refpipe.items.printed.articles import split

FAMILIES = ["Lau", "Nagai", "Nelson", "Greiner", "Okafor", "Lindqvist", "Tenero", "Zaffaro"]
GIVENS = ["Miho", "Carla", "Stefan", "Ngozi", "Keiko", "Pavel", "Ines", "Tomas"]
TITLES = [
    "Walking after a stroke: a guide for families",
    "Pacing in chronic fatigue of adults",
    "Relationship between sleep and falls in older people",
]
JOURNALS = ["Foot Ankle Int", "J Am Geriatr Soc", "Sleep Med Rev", "Physical Therapy", "BMJ Open"]
BODIES = [
    "Food and Drug Administration",
    "Academic Centre for Clinical Epidemiology and Biostatistics",
    "Société Française de Recherche et Médecine du Sommeil",
    "Bundesministerium für Bildung und Forschung",
    "Commission Nationale de l'Informatique et des Libertés",
    "National Institute for Health and Care Excellence",
    "Agency for Healthcare Research and Quality",
]
people = st.lists(
    st.tuples(st.sampled_from(FAMILIES), st.sampled_from(GIVENS)),
    min_size=3, max_size=6, unique_by=lambda one: one[0],
)  # fmt: skip
titles = st.sampled_from(TITLES)


def item_of(text: str) -> dict[str, Any]:
    return dict(printed.read(text).reading.item)


def families(item: dict[str, Any]) -> list[str]:
    return [str(one.get("family") or one.get("literal")) for one in item.get("author", [])]


# ── blanks ──


def loosened(text: str, signs: str) -> str:
    """The text with a blank before each of the signs, and within brackets."""
    spaced = re.sub(rf"(?<=\S)(?=[{signs}](?:\s|$))", " ", text)
    return re.sub(r"\((?=\d)", "( ", re.sub(r"(?<=\d)\)", " )", spaced))


@given(
    people,
    titles,
    st.sampled_from([".,", ".,:", ".,;:"]),
    st.sampled_from(
        [
            "{apa} ({y}). {t}. Journal of Sleep Care, 66, 685-690.",
            "{van}. {t}. J Sleep Care. {y};66(4):685-690.",
            "{apa} ({y}). {t}. Burlington: University of Vermont.",
        ]
    ),
    st.integers(1980, 2025),
)
def test_blanks_before_signs_change_nothing(
    names: list[tuple[str, str]], title: str, signs: str, form: str, year: int
) -> None:
    apa = ", ".join(f"{family}, {given[0]}. M." for family, given in names)
    van = ", ".join(f"{family} {given[0]}M" for family, given in names)
    plain = form.format(apa=apa, van=van, t=title.partition(":")[0], y=year)
    loose = loosened(plain, signs)
    read = printed.read(loose)
    assert dict(read.reading.item) == item_of(plain), loose
    for name, field in read.fields.items():
        if isinstance(field.value, str) and name != "page":
            printed_there = loose[field.span.start : field.span.end]
            assert re.sub(r"\s", "", field.value) == re.sub(r"\s", "", printed_there)


def test_an_ellipsis_and_a_question_keep_their_blanks() -> None:
    assert item_of("Lau E. Fatigue and . . . more. J Pain. 2019;20:1-3.")["title"] == (
        "Fatigue and . . . more"
    )
    told = item_of("Lau E. How much sleep ? . In Conference on Sleep, Care, and Rest. ACM, 2021.")
    assert "Conference on Sleep, Care, and Rest" in str(told)


# ── names ──


@given(people, titles, st.sampled_from(["M. {f}", "{g} {f}", "{f} {i}K"]), st.booleans())
def test_nothing_parts_the_last_name_from_the_title(
    names: list[tuple[str, str]], title: str, form: str, is_joined: bool
) -> None:
    """``…, M. Piazza, M. Zaffanello Indoor pollution in …``."""
    listed = [form.format(f=family, g=given, i=given[0]) for family, given in names]
    if is_joined and not form.startswith("{f}"):
        listed[-1] = f"and {listed[-1]}"
    text = f"{', '.join(listed)} {title}. Physical Therapy. 2010;3(2):40-9."
    item = item_of(text)
    assert families(item) == [family for family, _ in names], text
    assert item["title"] == title


@pytest.mark.parametrize(
    "text",
    [
        "Lau E, Vitamin D Deficiency in older people. Lancet. 2010;3:4-9.",
        "Nagai K, Lau EM, Van Staden J (1998) Roles of osmolytes in stress. Plant Cell 21:535-53.",
        "Yuan JS, Reed A, Stewart CN Jr: Statistical analysis of PCR data. BMC Med 2006, 7:85.",
        "David Hill, The Burghal Hidage: The Making of a Text, Med Archaeology, 13, 1969, 84-92.",
    ],
)
def test_words_of_a_title_are_no_last_name(text: str) -> None:
    title = str(item_of(text).get("title"))
    assert title.split(maxsplit=1)[0] in ("Vitamin", "Roles", "Statistical", "The"), title


DEGREES = ["PhD", "MD", "MPH", "PT, DPT", "RN, MSc", "Ph.D.", "PharmD", "MD, FACP"]


@given(people, titles, st.lists(st.sampled_from(DEGREES), min_size=6, max_size=6), st.booleans())
def test_what_people_have_learnt_is_no_part_of_their_names(
    names: list[tuple[str, str]], title: str, degrees: list[str], is_whole: bool
) -> None:
    form = "{g} {f}, {d}" if is_whole else "{f} {i}K, {d}"
    listed = [
        form.format(f=family, g=given, i=given[0], d=degree)
        for (family, given), degree in zip(names, degrees, strict=False)
    ]
    listed[-1] = listed[-1].removesuffix(".")
    text = f"{', '.join(listed)}. {title}. Physical Therapy. 2010;3(2):40-9."
    item = item_of(text)
    assert families(item) == [family for family, _ in names], text
    assert item["title"] == title


def test_initials_that_are_degrees_as_well_stay() -> None:
    item = item_of("Lau, MD, Nagai, PT. (2012). Walking after a stroke. Physical Therapy, 3, 4-9.")
    assert [one["given"] for one in item["author"]] == ["M. D.", "P. T."]


# ── bodies ──


@given(
    st.sampled_from(BODIES),
    st.sampled_from(["", " (FDA)"]),
    st.sampled_from(
        [
            "{b}. (2020). Mercury levels in fish.",
            "{b}. (2020). “Mercury levels in fish.” Revue de la Pêche, 27(7), 806-832.",
            "{b} (2020). Mercury levels in fish. https://example.org/fish",
        ]
    ),
)
def test_and_within_a_body_parts_no_two(body: str, initials: str, form: str) -> None:
    item = item_of(form.format(b=body + initials))
    assert families(item) == [body + initials]
    assert item["title"] == "Mercury levels in fish"


def test_two_bodies_named_whole_are_two() -> None:
    text = "American Heart Association and American Stroke Association. (2019). Care. Stroke, 5, 1."
    assert len(families(item_of(text))) == 2


@pytest.mark.parametrize("body", ["March of Dimes", "IDAI", "Harvard Health", "ESC/EHRA", "NHS"])
def test_what_stands_before_a_year_wrote_what_stands_behind_it(body: str) -> None:
    item = item_of(f"{body}. (2020). Why toddlers are picky eaters.")
    assert families(item) == [body]
    assert item["title"] == "Why toddlers are picky eaters"


@pytest.mark.parametrize(
    "behind", ["Sleep Foundation", "heart.org", "Am Fam Physician", "Journal of Rest, 3(2), 4-9"]
)
def test_a_title_before_a_year_stays_one_where_its_host_follows(behind: str) -> None:
    item = item_of(f"Sleep and aging in women. (2010). {behind}.")
    assert item["title"] == "Sleep and aging in women"
    assert "author" not in item


# ── who gave a work out ──


@given(
    st.sampled_from(["Lau E, Nagai K", "American Academy of Sleep Medicine", "Okafor N"]),
    titles,
    st.sampled_from(JOURNALS),
    st.sampled_from(["{a}. {t}. {j}. {y}.", "{a}. “{t}.” {j}. {y}.", "{a}. {t}. {j} {y}"]),
    st.integers(1990, 2025),
)
def test_a_journal_with_its_year_alone_gives_nothing_out(
    author: str, title: str, journal: str, form: str, year: int
) -> None:
    item = item_of(form.format(a=author, t=title, j=journal, y=year))
    assert item["type"] == "article-journal"
    assert item["container-title"] == journal
    assert item["issued"] == {"date-parts": [[year]]}
    assert "publisher" not in item


@pytest.mark.parametrize(
    ("house", "kind"),
    [
        ("AASM", "report"),
        ("HAS", "report"),
        ("American Optometric Association", "report"),
        ("Stanford University Press", "book"),
        ("6th ed. Wolters Kluwer; 2013", "book"),
    ],
)
def test_what_stands_alone_behind_a_quoted_title_gave_it_out(house: str, kind: str) -> None:
    item = item_of(f"Lau E, Nagai K. (2013). “Walking after a stroke.” {house}.")
    assert item["type"] == kind
    assert item["publisher"] == house.removeprefix("6th ed. ").removesuffix("; 2013")
    assert "container-title" not in item


NO_JOURNALS = [
    "Wolters Kluwer", "Public Health England", "American Heart Association", "Health Canada",
    "Oxford Univ Press", "Elsevier Health Sciences", "Institute of Medicine", "AASM",
    "Royal College of Nursing", "Cancer Research UK", "Cleveland Clinic",
]  # fmt: skip


def test_the_shape_of_its_words_tells_a_journal_from_a_house() -> None:
    short = ["N Engl J Med", "Ann Intern Med", "Aust J Physiother", "Rev Esp Cardiol", "JAMA"]
    assert [name for name in (*JOURNALS, *short) if not split.is_journal_name(name)] == []
    assert [name for name in NO_JOURNALS if split.is_journal_name(name)] == []


# ── figures and links ──


@given(
    st.sampled_from(["2008: 78; 5:605-611", "2008. 78;5: 605–611", "2008;78;5:605-611"]),
    st.sampled_from(JOURNALS[:3]),
)
def test_three_figures_and_pages_are_a_volume_and_an_issue(figures: str, journal: str) -> None:
    item = item_of(f"Lau E, Nagai K. Pacing in fatigue of adults. {journal}. {figures}.")
    assert (item["volume"], item["issue"], item["page"]) == ("78", "5", "605-611")
    assert item["issued"] == {"date-parts": [[2008]]}
    assert item["container-title"] == journal


@pytest.mark.parametrize(
    "lead",
    [
        "Diakses dari", "Recuperado de", "Recuperado el 20 de noviembre de 2024, de",
        "Abgerufen am 3. Mai 2021 von", "Consulté le 3 mai 2021 sur", "Disponible en",
    ],
)  # fmt: skip
def test_what_leads_to_an_address_is_no_site(lead: str) -> None:
    item = item_of(f"OMS. (2020). Actividad y salud. {lead} https://www.example.org/es/salud")
    assert item["title"] == "Actividad y salud"
    assert "container-title" not in item
    assert item["URL"] == "https://www.example.org/es/salud"
    assert ("accessed" in item) == any(map(str.isdigit, lead))


@pytest.mark.parametrize(
    "button",
    ["[PubMed Ara]", "[Ver en PubMed]", "(PubMed'de gör)", "[PubMed で検索]", "[→ PubMed]"],
)
def test_a_button_of_any_language_is_no_word_of_a_journal(button: str) -> None:
    item = item_of(f"Lau E. “Pacing in fatigue of adults.” Foot Ankle Int. 2004. {button}")
    assert item["container-title"] == "Foot Ankle Int"
    assert item["issued"] == {"date-parts": [[2004]]}


@pytest.mark.parametrize("site", ["HealthyChildren.org", "heart.org", "SleepFoundation.org, 2024"])
def test_a_domain_at_the_end_is_the_site_of_a_page(site: str) -> None:
    item = item_of(f"American Academy of Pediatrics. Your baby and its sleep. {site}.")
    assert item["type"] == "webpage"
    assert item["container-title"] == site.partition(",")[0]
    assert item["title"] == "Your baby and its sleep"


@pytest.mark.parametrize("sign", ["", ","])
def test_in_before_names_brings_in_a_book_though_no_stop_is_there(sign: str) -> None:
    text = (
        f"Grow WA. The cerebral cortex and its layers{sign} In Haines DE, Mihailoff GA, eds. "
        "Basic Neuroscience. 5th ed. Elsevier; 2018: 468-79."
    )
    item = item_of(text)
    assert item["type"] == "chapter"
    assert item["title"] == "The cerebral cortex and its layers"
    assert item["container-title"] == "Basic Neuroscience"
    assert [one["family"] for one in item["editor"]] == ["Haines", "Mihailoff"]


@pytest.mark.parametrize("edition", ["11ª edición", "2ª edição", "4th edition", "3ª ed."])
def test_editions_of_other_languages_are_numbers(edition: str) -> None:
    item = item_of(f"AAOS. (2021). Emergencias médicas ({edition}). Jones & Bartlett Learning.")
    assert item["edition"] == re.sub(r"\D", "", edition)
    assert item["title"] == "Emergencias médicas"


@given(people, st.sampled_from([*JOURNALS, "Lancet", "Ann Intern Med"]), st.integers(1990, 2025))
def test_people_a_journal_and_its_year_are_no_title(
    names: list[tuple[str, str]], journal: str, year: int
) -> None:
    listed = ", ".join(f"{family} {given[0]}K" for family, given in names)
    read = printed.read(f"{listed}, et al. {journal} {year}")
    assert "title" not in read.reading.item
    assert read.reading.item["container-title"] == journal
    assert "author" in read.doubted
    behind = item_of(f"Gilman, J. J. ({year}). Chemistry and Physics of Hard Medicine.")
    assert behind["title"] == "Chemistry and Physics of Hard Medicine"


@pytest.mark.parametrize("dash", ["–", " - ", "—"])
def test_an_edition_behind_a_dash_stays_in_the_title(dash: str) -> None:
    text = f"APA. (1994). Manual of mental disorders{dash}fourth edition. Washington, DC: Author."
    item = item_of(text)
    assert item["title"] == f"Manual of mental disorders{dash}fourth edition"
    assert item["edition"] == "4"


def test_the_volume_of_a_book_is_no_journals() -> None:
    item = item_of("Lau E, Nagai K. Robotics in the clinic, volume 4. Springer, 2006.")
    assert (item["type"], item["volume"], item["publisher"]) == ("book", "4", "Springer")


@given(
    people,
    titles,
    st.sampled_from(["J. Sleep Res.", "Sleep Med Rev", "J Neuroendocrinol", "Nature Sci Rep"]),
    st.sampled_from(
        ["{n}. {t}. {j}. {y}. ", "{n}, et al. “{t}.” {j}. {y}. ", "{n}. {t}. {j} {y}: "]
    ),
    st.integers(1990, 2025),
)
def test_an_address_makes_no_page_of_an_article(
    names: list[tuple[str, str]], title: str, journal: str, form: str, year: int
) -> None:
    listed = ", ".join(f"{family} {given[0]}K" for family, given in names)
    text = form.format(n=listed, t=title, j=journal, y=year).replace("..", ".")
    item = item_of(text + "https://pubmed.ncbi.nlm.nih.gov/12472889/")
    assert item["type"] == "article-journal", text
    assert item["title"] == title
    assert item["container-title"].strip(".") == journal.strip(".")
    assert item["issued"] == {"date-parts": [[year]]}


@pytest.mark.parametrize(
    "edition",
    ["7. überarb. Aufl.", "7., überarbeitete und erweiterte Auflage.", "7. aktualisierte Auflage."],
)
def test_a_german_edition_says_what_was_done_to_it(edition: str) -> None:
    item = item_of(f"Nagai K, Lau E. Anamnese und Befund. {edition} Stuttgart: Thieme; 2022.")
    assert (item["title"], item["edition"]) == ("Anamnese und Befund", "7")
    assert item["publisher"] == "Thieme"


@pytest.mark.parametrize(
    "number", ["NBK539873", "(NBK539873)", "PubMed 28145671", "(PubMed 281456)"]
)
def test_numbers_of_libraries_are_no_words(number: str) -> None:
    item = item_of(f"Lau E, Nagai K. Walking after a stroke. Am Fam Physician. 2017 {number}")
    assert item["container-title"] == "Am Fam Physician"
    assert item["issued"] == {"date-parts": [[2017]]}


@given(
    titles,
    st.sampled_from(["Elsevier", "Human Kinetics", "Thieme", "Guilford Press"]),
    st.sampled_from(["Geneva", "London", "Champaign, IL", "San Diego, CA"]),
    st.sampled_from([": ", "; "]),
    st.sampled_from(
        [
            "Lau E, Nagai K. (2013). {t}. 2nd ed. {i}.",
            "Lau E, Nagai K. {t}. 2nd ed. {i}; 2013.",
            "Lau E, Nagai K (2013). “{t}”. {i}.",
        ]
    ),
)
def test_a_town_and_a_house_are_told_apart_by_whatever_sign(
    title: str, house: str, town: str, sign: str, form: str
) -> None:
    item = item_of(form.format(t=title, i=f"{town}{sign}{house}"))
    assert (item["publisher"], item["publisher-place"]) == (house, town)
    assert (item["type"], item["title"]) == ("book", title)


@pytest.mark.parametrize(
    "form", ["{}. (2011). “{}.”", "{}. {}. https://example.org/a", "{} (2011). {}."]
)
def test_initials_and_a_word_are_a_body(form: str) -> None:
    item = item_of(form.format("NHS England", "Caring for people with dementia"))
    assert families(item) == ["NHS England"]


@given(titles, st.sampled_from(JOURNALS[:4]))
def test_an_address_behind_a_journal_without_figures_makes_no_page(
    title: str, journal: str
) -> None:
    text = f"Lau E, Nagai K. (2011). {title}. {journal}. https://pubmed.ncbi.nlm.nih.gov/123456/"
    assert item_of(text)["type"] == "article-journal"
