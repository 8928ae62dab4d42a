"""Names of BibTeX files: biblatex's named parts, suffixes in braces, lists joined otherwise."""

from __future__ import annotations

import pytest
from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st

from refpipe.items import bibtex
from refpipe.items.exchange import FileEntry

NOTE = "are not joined by"


def entry(names: str, title: str = "T") -> FileEntry:
    (one,) = bibtex.read_all(f"@article{{k, title={{{title}}}, author={{{names}}}}}")
    assert isinstance(one, FileEntry)
    return one


def shown(names: str) -> list[str]:
    """The names as ``family|given|suffix``, or the name of a body."""
    people = entry(names).item["author"]
    order = ("dropping-particle", "non-dropping-particle", "family", "given", "suffix")
    return [name.get("literal") or "|".join(name[p] for p in order if p in name) for name in people]


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("family=Berg, given=Jan, prefix=van der, useprefix=true", ["van der|Berg|Jan"]),
        ("given=Jan, prefix=de, family=Lind, useprefix=false", ["de|Lind|Jan"]),
        ("family=Berg, given=Jan, prefix=van der", ["van der Berg|Jan"]),
        ("family={Lind, Elm}, given=Jan, suffix=Jr", ["Lind, Elm|Jan|Jr"]),
        ("family=Berg, given=Jan, given-i=J and Eva Lind", ["Berg|Jan", "Lind|Eva"]),
        ("Ada L. {Moore Jr.}", ["Moore|Ada L.|Jr."]),
        ("{Moore Jr.}, Ada L.", ["Moore|Ada L.|Jr."]),
        ("Berg J, Lind K, Moore LM", ["Berg|J", "Lind|K", "Moore|LM"]),
        ("van der Berg J, Lind K-M", ["van der Berg|J", "Lind|K-M"]),
        ("J. Berg, K. Lind, and L. Moore", ["Berg|J.", "Lind|K.", "Moore|L."]),
        ("Berg, J., Lind, K., Moore, L. M.", ["Berg|J.", "Lind|K.", "Moore|L. M."]),
        ("Berg, J.; Lind, K. and Moore, L.", ["Berg|J.", "Lind|K.", "Moore|L."]),
        (r"Jan Berg \& Eva Lind", ["Berg|Jan", "Lind|Eva"]),
        ("Berg, Jan & Lind, Eva", ["Berg|Jan", "Lind|Eva"]),
        ("山本一郎、川口花", ["山本一郎", "川口花"]),
        ("山本, 一郎", ["山本|一郎"]),
        (r"Rose \& Thorn", ["Rose & Thorn"]),
        (r"{Rose \& Thorn Ltd, Oslo}", ["Rose & Thorn Ltd, Oslo"]),
        ("Berg, Jr., Jan", ["Berg|Jan|Jr."]),
        ("Berg, Jan, MD", ["Berg|MD|Jan"]),
    ],
)
def test_names(written: str, names: list[str]) -> None:
    assert shown(written) == names


def test_a_list_that_cannot_be_parted_stays_whole_and_is_noted() -> None:
    read = entry("Jan Berg, Eva Lind, Nils Moore")
    assert read.item["author"] == [{"literal": "Jan Berg, Eva Lind, Nils Moore"}]
    assert any(NOTE in note for note in read.notes)


FAMILY = st.from_regex(r"[A-Z][a-z]{3,7}", fullmatch=True)
INITIALS = st.from_regex(r"[A-HK-UW-Z][A-HK-UW-Z]?", fullmatch=True)


@settings(max_examples=some(60), deadline=None)
@given(st.lists(st.tuples(FAMILY, INITIALS), min_size=2, max_size=6), st.data())
def test_each_of_a_list_is_kept_whatever_joins_it(
    people: list[tuple[str, str]], data: st.DataObject
) -> None:
    mark = data.draw(st.sampled_from([", ", "; ", " and ", ", and "]))
    between = "" if mark == ", " else data.draw(st.sampled_from(["", ","]))
    read = shown(mark.join(f"{family}{between} {initials}" for family, initials in people))
    assert read == [f"{family}|{initials}" for family, initials in people]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (r"\ocirc{A}ngstr{\"o}m", "Ångström"),
        (r"Kr\mathring{u}za", "Krůza"),
        ("A `small' one, and the patients' own", "A ‘small’ one, and the patients' own"),
        ("Nuku`alofa and don't", "Nuku`alofa and don't"),
        ("The ``large'' one", "The “large” one"),
    ],
)
def test_accents_and_quotes_of_tex(written: str, title: str) -> None:
    assert entry("Jan Berg", written).item["title"] == title


@pytest.mark.parametrize("body", ["Ice Cube", "Rose and Thorn", "Example Labs, Inc."])
def test_a_body_is_braced_on_the_way_out(body: str) -> None:
    item = {"id": "k", "type": "book", "title": "T", "author": [{"literal": body}]}
    text = bibtex.write([item])
    assert f"author = {{{{{body}}}}}" in text
    (back,) = bibtex.read_all(text)
    assert isinstance(back, FileEntry)
    assert back.item["author"] == item["author"]


_FAMILY = st.from_regex(r"[A-Z][a-z]{2,8}", fullmatch=True)
_GIVEN = st.from_regex(r"[A-Z]([a-z]{1,6}|\.)( [A-Z]\.){1,2}", fullmatch=True)


@given(st.lists(st.tuples(_FAMILY, _GIVEN), min_size=1, max_size=5))
def test_names_with_a_comma_are_in_order_already(people: list[tuple[str, str]]) -> None:
    written = " and ".join(f"{family}, {given_name}" for family, given_name in people)
    assert shown(written) == [f"{family}|{given_name}" for family, given_name in people]
    assert not entry(written).notes


@given(st.integers(0x20000, 0x2A6D6).map(chr) | st.sampled_from("﨑々〆"))
def test_a_rare_sign_in_a_japanese_name_changes_nothing(sign: str) -> None:
    for written in (
        "{}田 太郎",
        "{}田太郎, 鈴木花子, 山田次郎",
        "鈴木花子、山{}太郎",
        "{}田太郎 & 山田次郎",
    ):
        usual = [name.replace("崎", sign) for name in shown(written.format("崎"))]
        assert shown(written.format(sign)) == usual


@given(st.characters(categories=["Co"], max_codepoint=0xF8FF))
def test_a_private_sign_in_a_name_stays_what_it_is(sign: str) -> None:
    assert shown(f"A{sign}be, Jo and {{Group {sign} A}}") == [f"A{sign}be|Jo", f"Group {sign} A"]
