"""References whose title stands before its authors, and lists of names that are cut short."""

from __future__ import annotations

from typing import Any

import pytest
from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st

from refpipe.items import printed

TITLES = st.sampled_from(
    ["Growth of reed beds in spring", "Reed beds: slow or quick growth?",
     "Do reeds hurt? A survey of 12 lakes", "Bathing and the marsh [a randomised study]",
     "Sleep and walking in late life"]
)  # fmt: skip
NAMES = st.lists(
    st.tuples(
        st.sampled_from(["Lau", "Nagai", "van Dijk", "O’Neill", "Casper-Dunn", "Nowicki", "Ruiz"]),
        st.sampled_from(["E", "DK", "P", "MJ"]),
    ),
    min_size=1, max_size=4, unique_by=lambda one: one[0],
)  # fmt: skip
JOURNALS = st.sampled_from(
    [("Br J Sports Med", " 2018; 52: 1012-6"), ("Marsh Ways", ". 2014;3(2):1-9"),
     ("J Athl Train", ". 2003 Sep;38(3):216–219"), ("Cancer Nursing", ", 2005, 28(1), 2-9")]
)  # fmt: skip


def item(text: str) -> dict[str, Any]:
    return dict(printed.remembered(text).reading.item)


@given(TITLES, NAMES, JOURNALS, st.sampled_from(["", ", et al"]))
@settings(max_examples=some(120), deadline=None)
def test_who_wrote_it_may_stand_behind_the_title(
    title: str, names: list[tuple[str, str]], journal: tuple[str, str], others: str
) -> None:
    listed = ", ".join(f"{family} {given}" for family, given in names)
    stop = "" if title.endswith("?") else "."
    found = item(f"{title}{stop} {listed}{others}. {''.join(journal)}.")
    assert found["title"] == title
    said = [f"{one.get('non-dropping-particle', '')} {one['family']}".strip()
            for one in found["author"]]  # fmt: skip
    assert said == [family for family, _ in names]
    assert found["container-title"] == journal[0]


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ('"Q10 in women over 40 [a study]" – Lau Y., Nagai S. – Marsh Ways, August 2018, 35, 14–22',
         ["Lau", "Nagai"]),
        ("Reed beds and their growth: Nagai et al, Marsh Strength Res, Jan 2020", ["Nagai"]),
        ("Reed beds, growth & stress. Nagai M et al. Marsh Ways. 2003;38(3):21–29.", ["Nagai"]),
    ],
)  # fmt: skip
def test_signs_that_part_title_and_names(text: str, families: list[str]) -> None:
    found = item(text)
    assert [one["family"] for one in found["author"]] == families
    assert found["title"] in text
    assert "Nagai" not in found["title"]


@pytest.mark.parametrize(
    "text",
    [
        "The effect of vitamin D on reeds. Am J. Sports Med 2014;3:1-9.",
        "The effect of walking on reeds. Br J Sports Med 2014;3:1-9.",
        "Growth of reed beds. Guidelines of the BMA. BMJ 2014;3:1-9.",
        "Hepatitis B and C in marshes. Lancet 2014;3:1-9.",
        "Growth of reed beds. Lau E, Nagai D. Marsh Ways 2012;9:3–4. (2012). Limnology, 1(2), 7.",
        "“Growth of beds. Lau E, Nagai D. Marsh Ways 2012;9:3–4.,” Limnology, vol. 1, p. 7, 2012.",
        '"Growth of beds. Lau E, Nagai D. Marsh Ways 2012;9:3–4.," Limnology, vol. 1, p. 7, 2012.',
        "Yearly news of the marshes. Neue Folge. I. Abtheilung. Archiv, vol. 1, pp. 1–8, 1865.",
    ],
)
def test_a_journal_is_nobody(text: str) -> None:
    assert "author" not in item(text)


def test_names_before_a_title_that_goes_on_with_names_are_in_front() -> None:
    """Where names have begun no title ends at one of their initials."""
    text = (
        "Growth of reed beds Baker, J., K.M. Lau, W. Nagai and C.A. Poe 2014 Marsh Ways, 50: 12-19"
    )
    assert "Baker" not in str(item(text).get("title", "")) or "author" not in item(text)


@pytest.mark.parametrize("end", ["", "."])
@pytest.mark.parametrize("names", ["Lau E", "Lau E.", "Lau E, Nagai D", "Lau E., Nagai D."])
@pytest.mark.parametrize("others", ["et al", ", et al", "u.a", "e.a", "m.fl"])
def test_others_end_a_list_of_names(names: str, others: str, end: str) -> None:
    """In the words of several languages, with a stop behind them or none."""
    if not end and "." in others:
        return
    sign = "" if others.startswith(",") else " "
    found = item(
        f"{names}{sign}{others}{end} Growth of reed beds in spring. Marsh Ways. 2014;3:1-9."
    )
    assert found["title"] == "Growth of reed beds in spring"
    assert [one["family"] for one in found["author"]] == ["Lau", "Nagai"][: names.count(",") + 1]
    assert found["custom"]["author-et-al"] is True
