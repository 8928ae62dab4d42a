"""Forms of Western print, with names, journals and figures put together by chance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refpipe.items import printed

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
