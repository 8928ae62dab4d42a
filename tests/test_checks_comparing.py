"""When print and registry contradict each other, and when they only look different."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refpipe.match.containers import Likeness, compare_names
from refpipe.match.differences import differences

REGISTERED: dict[str, Any] = {
    "DOI": "10.3171/2013.9.spine13349",
    "container-title": "Journal of Neurosurgery: Spine",
    "issued": {"date-parts": [[2013, 12]]},
    "volume": "19",
    "page": "678-687",
    "author": [{"family": "el Barzouhi", "given": "Abdelilah"}],
}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Spine J.", "The Spine Journal"),
        ("J Neurosurg Spine", "Journal of Neurosurgery: Spine"),
        ("Spine", "Spine (Phila Pa 1976)"),
        ("JAMA", "Journal of the American Medical Association"),
        ("N. Engl. J. Med.", "New England Journal of Medicine"),
        ("PNAS", "Proceedings National Academy Sciences"),
        ("Cochrane Database Syst Rev", "Cochrane Database of Systematic Reviews"),
        ("Curr.Fict.Des", "Current Fictional Design"),
        ("Rev Med Fict Iasi", "Revista medico-fictiva\u0306 \u015fi\u0327 din Ia\u015fi"),
        ("L'Encephale", "Encephale"),
        ("Neuro.Endofict.Lett.", "Neuroendofictology Letters"),
        ("Front Fictol.", "Frontiers in Fictology.4 MAR"),
        ("Annals of the Made-up Academy", "Tales of Backs.Annals of the Made-up Academy"),
    ],
)
def test_one_journal_in_two_spellings(one: str, other: str) -> None:
    assert compare_names([one], [other]) is compare_names([other], [one]) is Likeness.SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Journal of Neurosurgery", "Journal of Neurosurgery: Spine"),
        ("Spine", "European Spine Journal"),
        ("Radiology", "Neuroradiology Letters"),
        ("BMJ", "BMJ Open"),
        ("Cancer", "Can J Fish Aquat Sci"),
    ],
)
def test_two_journals_with_like_names(one: str, other: str) -> None:
    assert compare_names([one], [other]) not in {Likeness.SAME, Likeness.UNKNOWN}


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("整形外科", "Orthopaedic Surgery", Likeness.UNKNOWN),
        ("日本英語教育史研究", "Brain Nerve", Likeness.OTHER),
        ("日本英語教育史研究", "Studies of English Teaching", Likeness.UNKNOWN),
        ("日本薬理学会誌", "Nihon Yakuri Gakkaishi", Likeness.UNKNOWN),
        ("臨床神経学", "Rinsho", Likeness.UNKNOWN),
        ("臨床神経学", "Clinical Neurology", Likeness.UNKNOWN),
        ("J Fict Univ Med Sci", "Journal of Fictional University", Likeness.SECTION),
        ("Fict Surg Suppl Congress", "Fictional Surgery", Likeness.SECTION),
        (
            "Fict Cells Blood Immobil Biotech",
            "Fictional Cells Blood Biotechnology",
            Likeness.UNKNOWN,
        ),
    ],
)
def test_names_that_cannot_be_compared_and_names_that_can(
    one: str, other: str, likeness: Likeness
) -> None:
    assert compare_names([one], [other]) is compare_names([other], [one]) is likeness


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({}, []),
        ({"container-title": "Journal of Neurosurgery"}, ["container-title"]),
        ({"container-title": "J Neurosurg Spine. Published online December 2013"}, []),
        ({"issued": {"date-parts": [[2014]]}}, []),
        ({"issued": {"date-parts": [[2003]]}}, ["year"]),
        ({"issued": {"date-parts": [[None]]}}, []),
        ({"volume": "91"}, ["volume"]),
        ({"volume": "019"}, []),
        ({"page": "678–87"}, []),
        ({"page": "1678"}, ["page"]),
        ({"author": [{"family": "Barzouhi", "given": "A."}]}, []),
        ({"author": [{"family": "Vroomen"}]}, ["author"]),
        ({"author": [{"literal": "Study group"}]}, []),
    ],
)
def test_fields(change: dict[str, Any], fields: list[str]) -> None:
    printed = {**REGISTERED, **change}
    told = differences(printed, REGISTERED)
    assert [difference.field for difference in told if difference.is_error] == fields


def test_a_missing_field_contradicts_nothing() -> None:
    assert list(differences({}, REGISTERED)) == []
    assert list(differences(REGISTERED, {})) == []


WORDS = st.lists(
    st.sampled_from(
        ["the", "of", "und", "Journal", "J", "Fict", "Fictional", "Univ", "A", "Med", "Sci.",
         "Suppl",
         "Conference:", "Ban", "Xue", "L'Acte", "Annals.Of", "日本神経", "医学"]
    ),
    max_size=6,
).map(" ".join)  # fmt: skip


@given(WORDS, WORDS, st.booleans())
def test_any_two_names_can_be_compared(one: str, other: str, is_eastern: bool) -> None:
    assert compare_names([one], [one], is_eastern=is_eastern) in {Likeness.SAME, Likeness.UNKNOWN}
    assert compare_names([one], [other], is_eastern=is_eastern) in Likeness
