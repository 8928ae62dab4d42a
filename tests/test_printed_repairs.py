"""What pasting damaged: mended, proposed, or left alone."""

from __future__ import annotations

import pytest

from refpipe.items import printed
from refpipe.model import Repair


def repairs(text: str) -> dict[str, Repair]:
    return {repair.field: repair for repair in printed.read(text).reading.repairs}


def title(text: str) -> str:
    found = printed.read(text).reading.item["title"]
    assert isinstance(found, str)
    return found


@pytest.mark.parametrize(
    ("printed_title", "expected"),
    [
        ("Imaging findings and effect on outcome1", "Imaging findings and effect on outcome"),
        ("Early management and outcome.", "Early management and outcome"),
        ("Imaging in radiculopathy : a pilot study", "Imaging in radiculopathy: a pilot study"),
        ("A trial of traction*", "A trial of traction"),
    ],
)
def test_mends_what_is_unmistakable(printed_title: str, expected: str) -> None:
    text = f"A. Smith and B. Jones, “{printed_title},” Spine, vol. 3, pp. 1–9, 2001."
    assert title(text) == expected
    assert repairs(text)["title"].after == expected
    assert repairs(text)["title"].reason


@pytest.mark.parametrize(
    "printed_title",
    [
        "Biology of interleukin-1",
        "Exercise and diabetes type 2",
        "Rehabilitation after COVID-19",
        "Signalling by Notch1",
        "Expression of connexin43",
        "Effects of vitamin B12",
        "Loss of SMAD4",
    ],
)
def test_leaves_figures_that_belong_to_the_title(printed_title: str) -> None:
    text = f"Smith A, Jones B. {printed_title}. Spine. 2001;3:1-9."
    assert title(text) == printed_title
    assert "title" not in repairs(text)


def test_only_proposes_where_the_word_might_end_in_a_figure() -> None:
    text = "Smith A, Jones B. Measurement of survivin2. Spine. 2001;3:1-9."
    assert title(text) == "Measurement of survivin2"
    assert repairs(text)["title"].after == "Measurement of survivin"


def test_a_title_cut_off_keeps_what_is_there() -> None:
    text = "A. Smith and B. Jones, “Outcomes with disc fragment and …”, 2001."
    item = printed.read(text).reading.item
    assert item["title"] == "Outcomes with disc fragment and …"
    assert item["custom"]["title-is-cut"] is True


def test_a_container_that_its_doi_denies_is_doubted_and_kept() -> None:
    text = (
        "A. Smith, “Disc surgery,” Journal of Neurosurgery, vol. 19, pp. 6–9, 2013, "
        "doi: 10.3171/2013.9.SPINE13349."
    )
    assert printed.read(text).reading.item["container-title"] == "Journal of Neurosurgery"
    assert repairs(text)["container-title"].after == "Journal of Neurosurgery: Spine"


def test_a_container_that_fits_is_not_doubted() -> None:
    text = "A. Smith, “Disc,” Spine J., vol. 9, pp. 6–9, 2013, doi: 10.1016/j.spinee.2013.01.001."
    assert repairs(text) == {}


def test_a_given_name_among_family_names_is_doubted_and_kept() -> None:
    text = "Kitridis, Tasoulis, and Dimitrios, “Disc migration,” Cureus, 2025."
    item = printed.read(text).reading.item
    assert item["author"] == [
        {"family": "Kitridis"},
        {"family": "Tasoulis"},
        {"family": "Dimitrios"},
    ]
    assert repairs(text)["author"].before == "Dimitrios"


@pytest.mark.parametrize(
    "behind",
    ["Italian.", "(free article)", "Impact factor: 4.2", "This trial changed our practice."],
)
def test_words_behind_the_numbers_are_shown_and_cost_no_field(behind: str) -> None:
    bare = "Smith A, Jones B. Traction for sciatica. Spine. 2001;3(2):11-9. doi: 10.1000/abc"
    read = printed.read(bare.replace(" doi", f" {behind} doi"))
    assert read.reading.item == printed.read(bare).reading.item
    assert any(left.text and left.text in behind for left in read.rest)


def test_what_warns_of_a_work_is_shown_and_an_erratum_is_none_of_its_fields() -> None:
    bare = "Smith A, Jones B. Traction for sciatica. Spine. 2001;3(2):11-9."
    item = printed.read(bare).reading.item
    for note in ("Erratum in: Spine. 2002;4(1):7.", "Comment in: BMJ. 2002;324:9."):
        read = printed.read(f"{bare} {note}")
        assert read.reading.item == item
        assert read.rest == ()
    warned = printed.read(f"{bare} Retraction in: Spine. 2003;5(1):8.")
    assert warned.reading.item == item
    assert warned.rest[0].text.startswith("Retraction in")
