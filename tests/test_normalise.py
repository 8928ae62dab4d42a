"""What is compared: titles, places and names as databases and spreadsheets write them."""

from __future__ import annotations

import pytest

from refpipe import normalise
from refpipe.normalise import titles


@pytest.mark.parametrize(
    ("raw", "first", "last"),
    [
        ("187-92", "187", "192"),
        ("187‐192", "187", "192"),
        ("H384-91", "h384", "h391"),
        ("pp. 141--165", "141", "165"),
        ("131-6; discussion 136-7", "131", "136"),
        ("13-Jun", "13", "16"),
        ("Nov-17", "11", "17"),
        ("01-Aug", "1", "8"),
        ("2S37-2S42", "2s37", "2s42"),
        ("vii-xiii", "vii", "xiii"),
        ("e632", "e632", ""),
        ("３４－４０", "34", "40"),
    ],
)
def test_pages(raw: str, first: str, last: str) -> None:
    pages = normalise.pages(raw)
    assert pages is not None
    assert (pages.first, pages.last) == (first, last)


@pytest.mark.parametrize("raw", ["Unit", "no pagination", "September", ""])
def test_no_pages(raw: str) -> None:
    assert normalise.pages(raw) is None


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("88 Suppl 1", "88"),
        ("122 (2)", "122"),
        ("Part A. 18", "18"),
        ("XXII", "22"),
        ("２１", "21"),
    ],
)
def test_volume(raw: str, number: str) -> None:
    volume = normalise.volume(raw)
    assert volume is not None
    assert volume.number == number


def test_what_is_left_of_a_damaged_volume_is_not_believed() -> None:
    assert normalise.volume("1)") is None
    assert normalise.volume("Suppl 1") is None


@pytest.mark.parametrize(
    ("raw", "mark"),
    [
        ("Erratum: A study of pain in the back", "erratum"),
        ("A study of pain in the back (vol 360, pg 542, 2009)", "erratum"),
        ("A study of pain in the back - Reply", "reply"),
        ("Comment on: A study of pain in the back", "comment"),
        ("A study of pain in the back. Part II", "serial:2"),
        ("A study of pain in the back (conference abstract)", "abstract"),
        ("Retraction notice to: A study of pain in the back", "retraction"),
    ],
)
def test_marks_of_titles(raw: str, mark: str) -> None:
    title = normalise.title(raw)
    assert title is not None
    assert mark in title.marks


@pytest.mark.parametrize(
    "raw",
    [
        "[A study of pain in the back].",
        "A study of pain in the back. [Chinese]",
        "A STUDY OF PAIN IN THE BACK",
        "Short report: A study of <i>pain</i> in the back",
        "A study of pain in the back [see comments]",
        "RETRACTED: A study of pain in the back",
    ],
)
def test_titles_that_are_one(raw: str) -> None:
    title = normalise.title(raw)
    assert title is not None
    assert title.key == "astudyofpainintheback"
    assert not title.marks


def test_kana_keep_their_voicing_and_kanji_are_kept() -> None:
    assert normalise.fold("ﾍﾙﾆｱとＭＲＩ") == "ヘルニアとmri"
    assert normalise.fold("が") != normalise.fold("か")


def test_greek_and_accents() -> None:
    assert normalise.fold("α1-Adrenoceptor in Müller & Sørensen") == (
        "alpha1 adrenoceptor in muller sorensen"
    )


@pytest.mark.parametrize(
    ("raw", "doi"),
    [
        ("S0016-5085(94)1 [pii];10.1053/J.Gast.2004.1 [doi]", "10.1053/j.gast.2004.1"),
        ("http://dx.doi.org/10.1097/MOL.0b013e3282ffaf82", "10.1097/mol.0b013e3282ffaf82"),
        ("10.1002/14651858.CD010666.pub2.", "10.1002/14651858.cd010666.pub2"),
        ("S0016508594002283 [pii]", ""),
    ],
)
def test_doi(raw: str, doi: str) -> None:
    assert normalise.doi(raw) == doi


def test_place_inside_a_container() -> None:
    host = normalise.host("Neuroscience.169 (1) ()(pp 171-181) 2010.Date of Publication: 2010.")
    assert (host.name, host.volume, host.issue, host.pages) == (
        "Neuroscience", "169", "1", "171-181",
    )  # fmt: skip


@pytest.mark.parametrize(
    "name", [*titles.LANGUAGES.replace("-?", "-").split("|"), "serbocroatian", "SPANISH"]
)
def test_whatever_language_a_title_names_behind_it_is_taken_away(name: str) -> None:
    whole = f"Outcome of walking after imaging of the lumbar spine [{name.title()}]"
    assert titles.take_language(whole) == (whole.partition(" [")[0], True)
