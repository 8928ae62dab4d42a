"""Particles stand apart from the family name, and every neighbour takes both forms for one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from refpipe import normalise, render
from refpipe.cli.bibliography import parse_command
from refpipe.items import printed
from refpipe.items.printed.people import full_names as particles
from refpipe.match import Level, agreement
from refpipe.match.differences import differences
from refpipe.merge import names
from refpipe.styles import load

STYLES = sorted(path.stem for path in (Path(__file__).parents[1] / "styles").glob("*.csl"))
REFERENCE = "{} A. Disc herniation and sciatica. Spine. 2014;3:1-9."


def first(family: str) -> dict[str, str]:
    item = printed.read(REFERENCE.format(family)).reading.item
    author = item["author"][0]
    assert isinstance(author, dict)
    return author


@pytest.mark.parametrize(
    ("family", "particle", "core"),
    [
        ("van den Bergh", "van den", "Bergh"),
        ("Van den Bergh", "Van den", "Bergh"),
        ("von Korff", "von", "Korff"),
        ("ter Kuile", "ter", "Kuile"),
        ("van 't Hof", "van ’t", "Hof"),
        ("de la Rocha", "de la", "Rocha"),
        ("De Jong", "De", "Jong"),
        ("della Volpe", "della", "Volpe"),
        ("dos Santos", "dos", "Santos"),
        ("el Barzouhi", "el", "Barzouhi"),
        ("zur Hausen", "zur", "Hausen"),
    ],
)
def test_a_particle_stands_apart(family: str, particle: str, core: str) -> None:
    name = first(family)
    assert name["non-dropping-particle"].replace("'", "’") == particle
    assert name["family"] == core


@pytest.mark.parametrize(
    "family", ["Di Tommaso", "Della Santina", "El Maghraoui", "Le", "De", "Al-Rashid", "Vandyke"]
)
def test_what_is_part_of_the_name_stays_in_it(family: str) -> None:
    name = first(family)
    assert name["family"] == family
    assert "non-dropping-particle" not in name


@given(
    st.lists(
        st.sampled_from(
            [*sorted(particles.LOWER_PARTICLES), "Van", "De", "Bergh", "山田", "O’Neill", "9"]
        ),
        max_size=5,
    )
)
def test_nothing_of_a_name_is_lost(words: list[str]) -> None:
    whole = {"family": " ".join(words), "given": "A."}
    name = particles.apart(whole)
    assert particles.joined(name) == whole["family"]
    assert bool(name["family"]) == bool(words)
    assert particles.apart(name) == name or "non-dropping-particle" in name


def item(author: dict[str, str]) -> dict[str, Any]:
    return {
        "type": "article-journal",
        "title": "Disc herniation and sciatica",
        "author": [author],
        "issued": {"date-parts": [[2014]]},
    }


WHOLE = item({"family": "van den Bergh", "given": "A."})
APART = item({"non-dropping-particle": "van den", "family": "Bergh", "given": "A."})
BARE = item({"family": "Bergh", "given": "A."})


@pytest.mark.parametrize("registered", [WHOLE, APART, BARE])
@pytest.mark.parametrize("claimed", [WHOLE, APART])
def test_both_forms_are_one_person(claimed: dict[str, Any], registered: dict[str, Any]) -> None:
    assert agreement.first_author(claimed, registered) is Level.AGREE
    assert agreement.first_author(registered, claimed) is Level.AGREE
    assert list(differences(claimed, registered)) == []
    assert normalise.name(claimed["author"][0]) == normalise.name(registered["author"][0])


def test_both_forms_give_a_work_one_name() -> None:
    assert names.base(APART) == names.base(WHOLE) == "vandenbergh2014"


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", ["van den Bergh", "el Barzouhi", "de Krom", "Van 't Hof"])
def test_both_forms_are_printed_alike(style: str, name: str) -> None:
    whole = item({"family": name, "given": "A. B."})
    apart = item(particles.apart({"family": name, "given": "A. B."}))
    assert apart != whole
    assert render.entry(apart, load(style)) == render.entry(whole, load(style))


def test_parse_shows_the_name_whole() -> None:
    pasted = REFERENCE.format("van den Bergh")
    shown = CliRunner().invoke(parse_command, ["-"], input=pasted)
    assert "van den Bergh, A." in shown.output


PARTED = [
    "{0}, {1} ; {2}, {3}:", "{0}, {1} ; {2}, {3}.", "{0}, {1} / {2}, {3}:",
    "{0}, {1}/{2}, {3} (2010):", "{0}, {1} ; {2}, {3} (2010).", "{0}, {1}; {2}, {3}:",
    "{1} {0} / {3} {2}:",
]  # fmt: skip
PEOPLE = [
    (("Müller", "Hans"), ("Schmidt", "Karl")), (("MÜLLER", "Hans"), ("SCHMIDT", "Karl")),
    (("Lau", "Anna"), ("Nagai", "Peter")), (("Lau", "Tom"), ("Okafor", "Ann-Marie")),
]  # fmt: skip


@pytest.mark.parametrize("form", PARTED)
@pytest.mark.parametrize("people", PEOPLE)
def test_names_that_a_sign_between_blanks_parts(
    form: str, people: tuple[tuple[str, str], tuple[str, str]]
) -> None:
    head = form.format(*people[0], *people[1])
    year = "" if "2010" in form else ", 2010"
    read = printed.read(f"{head} Pflege im Wandel. Berlin: Springer{year}.")
    item = read.reading.item
    wanted = [{"family": family, "given": given} for family, given in people]
    assert (item["author"], item["title"]) == (wanted, "Pflege im Wandel")
    assert not read.rest


def test_a_stroke_between_words_of_a_title_parts_no_names() -> None:
    title = "Health, Work / Family, Life: A handbook"
    item = printed.read(f"{title}. London: Sage, 2010.").reading.item
    assert item["title"] == title
    assert "author" not in item


@pytest.mark.parametrize(
    "second", ["Van Ness, Peter", "Le Blanc, Marie", "Garcia Lopez, Ana", "Di Lau, Rita"]
)
@pytest.mark.parametrize("behind", [".", " (2010).", "; Okafor, John.", " et al."])
def test_a_family_name_of_two_words_behind_a_semicolon(second: str, behind: str) -> None:
    text = f"Lau, John; {second}{behind} Walking at night. Bone Rep 2010;12:101-5."
    item = printed.read(text).reading.item
    family, given = second.split(", ")
    name = item["author"][1]
    assert " ".join(filter(None, (name.get("non-dropping-particle"), name["family"]))) == family
    assert (name["given"], item["title"]) == (given, "Walking at night")
