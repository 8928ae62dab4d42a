"""When print and registry contradict each other, and when they only look different."""

from __future__ import annotations

from typing import Any

import pytest

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
    ],
)
def test_two_journals_with_like_names(one: str, other: str) -> None:
    assert compare_names([one], [other]) not in {Likeness.SAME, Likeness.UNKNOWN}


def test_a_name_and_its_translation_cannot_be_compared() -> None:
    assert compare_names(["整形外科"], ["Orthopaedic Surgery"]) is Likeness.UNKNOWN


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
