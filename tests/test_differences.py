"""Whole agreement of a reference with a record: nothing invented, nothing passed over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from examples import some
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from refpipe.items import printed
from refpipe.match import author_lists, persons
from refpipe.match.author_lists import AuthorKind
from refpipe.match.differences import differences, is_agreed, is_other_work

CASES = json.loads((Path(__file__).parent / "cases/differences/cases.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_each_difference_is_told_with_both_values(case: dict[str, Any]) -> None:
    stated = printed.read(case["text"]).reading.item
    told = differences(stated, case["found"], text=case["text"])
    assert [[d.field, str(d.kind), str(d.weight), d.stated, d.found] for d in told] == case["told"]


FAMILIES = (
    st.text("abcdefghijklmnoprstuvwyz", min_size=6, max_size=9)
    .map(str.title)
    .filter(lambda name: name.lower() not in persons.GROUP_WORDS)
)
PEOPLE = st.lists(
    st.builds(lambda family, given: {"family": family, "given": given}, FAMILIES, FAMILIES),
    min_size=1,
    max_size=7,
    unique_by=lambda name: name["family"][:2],
)


def _item(people: list[dict[str, str]], **fields: Any) -> dict[str, Any]:
    return {"type": "article-journal", "author": people, **fields}


def _initials(name: dict[str, str]) -> dict[str, str]:
    return {"family": name["family"], "given": f"{name['given'][0]}."}


@given(PEOPLE)
def test_initials_and_a_list_cut_by_et_al_agree(people: list[dict[str, str]]) -> None:
    short = [_initials(name) for name in people]
    assert differences(_item(short), _item(people)) == ()
    cut = _item(short[:1], custom={"author-et-al": True})
    assert differences(cut, _item(people)) == ()


@given(PEOPLE, FAMILIES, FAMILIES, st.integers(0, 7))
def test_one_name_too_many_is_that_name_and_no_other(
    people: list[dict[str, str]], family: str, other: str, place: int
) -> None:
    own = {part[:2] for name in people for part in name.values()}
    assume(family[:2] not in own)
    assume(not author_lists.compare(*_lists([{"family": family}], [])))
    stranger = {"family": family, "given": other}
    assume(all(_is_unlike(stranger, name) for name in people))
    longer = [*people[:place], stranger, *people[place:]]
    told = author_lists.compare(*_lists(longer, people))
    assert [(one.kind, one.stated and one.stated.family) for one in told] == [
        (AuthorKind.SURPLUS, family.lower())
    ]
    told = author_lists.compare(*_lists(people, longer))
    assert [(one.kind, one.found and one.found.family) for one in told] == [
        (AuthorKind.MISSING, family.lower())
    ]


def _lists(*lists: list[dict[str, str]]) -> list[list[persons.Person]]:
    return [persons.people(_item(one)) for one in lists]


def _is_unlike(one: dict[str, str], other: dict[str, str]) -> bool:
    (ours,), (theirs,) = _lists([one], [other])
    return persons.likeness(ours, theirs) is persons.Likeness.OTHER


@given(PEOPLE, st.data())
def test_two_names_exchanged_never_agree(people: list[dict[str, str]], data: st.DataObject) -> None:
    assume(len(people) > 1)
    one, other = sorted(
        data.draw(st.lists(st.integers(0, len(people) - 1), min_size=2, max_size=2, unique=True))
    )
    assume(_is_unlike(people[one], people[other]))
    turned = list(people)
    turned[one], turned[other] = turned[other], turned[one]
    assert not is_agreed(differences(_item(turned), _item(people)))


@given(st.integers(1900, 2026), st.integers(-12, 12))
def test_a_year_agrees_up_to_one_apart(year: int, apart: int) -> None:
    stated = {"type": "article-journal", "issued": {"date-parts": [[year + apart]]}}
    found = {"type": "article-journal", "issued": {"date-parts": [[year]]}}
    assert is_agreed(differences(stated, found)) == (abs(apart) <= 1)


def test_what_one_side_lacks_is_no_finding() -> None:
    whole = CASES[1]["found"]
    for name in whole:
        part = {key: value for key, value in whole.items() if key != name}
        assert differences(whole, part) == differences(part, whole) == ()


def test_a_record_with_another_title_and_author_is_another_work() -> None:
    one = CASES[1]["found"]
    other = one | {"title": "Cervical myelopathy and needles", "author": [{"family": "Elm"}]}
    assert is_other_work(differences(one, other))
    assert not is_other_work(differences(one, one | {"volume": "99"}))


SYLLABLES = [a + b for a in "bdfgklmnprst" for b in "aeiou"]


@settings(max_examples=some(25), deadline=None)
@given(st.integers(1, 400), st.integers(0, 399), st.sampled_from(["other", "missing", "surplus"]))
def test_one_wrong_name_is_told_wherever_it_stands_in_a_list_of_any_length(
    length: int, place: int, kind: str
) -> None:
    parts = [(n % 60, n * 7 % 60, n // 60 + 11) for n in range(length)]
    found = [{"family": f"{''.join(SYLLABLES[at] for at in one)}ren".title()} for one in parts]
    place %= length
    stated = list(found)
    if kind == "missing":
        del stated[place]
    else:
        stated[place : place + (kind == "other")] = [{"family": "Hjwhyw"}]
    assume(stated)
    told = author_lists.compare(*_lists(stated, found))
    assert [(str(one.kind), one.place) for one in told] == [(kind, place)]


@settings(max_examples=some(25), deadline=None)
@given(st.integers(3, 400), st.data())
def test_names_left_out_of_a_list_of_any_length_are_those_names(
    length: int, data: st.DataObject
) -> None:
    found = [{"family": f"{a}{b}ren".title()} for a, b in _numbered(length)]
    first = data.draw(st.integers(1, length - 2))
    behind = data.draw(st.integers(first + 1, length - 1))
    stated = found[:first] + found[behind:]
    told = author_lists.compare(*_lists(stated, found))
    assert [str(one.kind) for one in told] == ["missing"] * (behind - first)
    ours, theirs = _lists(found[:first] + found[-1:], found)
    assert author_lists.compare(ours, theirs, gap=True) == ()


def _numbered(length: int) -> Iterator[tuple[str, str]]:
    return ((SYLLABLES[n % 60], SYLLABLES[n // 60]) for n in range(length))


def test_a_short_list_of_a_long_one_is_told_name_by_name() -> None:
    found = [{"family": f"{one}{two}ren".title()} for one in SYLLABLES for two in SYLLABLES[:9]]
    told = differences(_item(found[:3]), _item(found))
    assert [one.kind for one in told] == [AuthorKind.MISSING] * (len(found) - 3)


RARE_KANJI = st.integers(0x20000, 0x2A6D6).map(chr) | st.sampled_from("﨑々〆")
"""Signs of Japanese names that stand outside the block of the usual ones."""


@given(RARE_KANJI)
def test_a_name_with_a_rare_sign_is_compared_like_any_other(sign: str) -> None:
    stated, found = ({"literal": f"山{sign}太郎"}, {"literal": "鈴木花子"})
    told = differences(_item([stated]), _item([found]))
    assert [(one.field, one.kind, one.is_error) for one in told] == [("author", "other", True)]
    assert differences(_item([stated]), _item([{"family": f"山{sign}", "given": "太郎"}])) == ()


EDITIONS = ("{}", "{}e", "{}. Aufl.", "{}ª ed.", "第{}版", "改訂第{}版", "{}th ed.", "{}-е изд.",
            "ed. {}", "{} (改訂)", "{}th", "{}版第1刷", "第 {} 版", "{} ed. rev.")  # fmt: skip


@given(st.integers(2, 99), st.integers(2, 99), st.sampled_from(EDITIONS), st.sampled_from(EDITIONS))
def test_another_edition_is_told_however_it_is_written(
    number: int, other: int, form: str, its_form: str
) -> None:
    book = {"type": "book", "title": "Imaging of the lumbar spine", "publisher": "Green"}
    stated, found = form.format(number), its_form.format(other)
    told = differences({**book, "edition": stated}, {**book, "edition": found})
    assert [(one.field, one.is_error) for one in told] == [("edition", True)] * (number != other)


@pytest.mark.parametrize(
    ("stated", "found", "weight"),
    [
        ("改訂版", "第2版", "unclear"),
        ("改訂版", "改訂版", ""),
        ("改訂版", "", ""),
        ("10th anniversary ed.", "3rd", "unclear"),
        ("second printing", "3rd", "unclear"),
        ("Twenty-first edition", "第21版", ""),
        ("Twelfth", "2nd", "error"),
        ("IV ed.", "4th", ""),
        ("Rev. ed.", "Revised edition", ""),
        ("改訂版", "新版", "unclear"),
    ],
)
def test_an_edition_without_a_number_is_neither_right_nor_wrong(
    stated: str, found: str, weight: str
) -> None:
    book = {"type": "book", "title": "Imaging of the lumbar spine", "publisher": "Green"}
    told = differences({**book, "edition": stated}, {**book, "edition": found})
    assert [str(one.weight) for one in told] == [weight] * bool(weight)


# ── what may not be confirmed: another section, another body, what the line does not bear out ──


def told_of(stated: dict[str, Any], found: dict[str, Any], text: str = "") -> list[tuple[str, str]]:
    return [(one.field, str(one.weight)) for one in differences(stated, found, text=text)]


@given(
    st.sampled_from(
        ["Physical Review", "Acta Crystallographica Section", "J Phys", "Nucl Instrum"]
    ),
    st.permutations("ABCDEFGH"),
    st.sampled_from(["", ": General", ". Applied", " Biology"]),
)
def test_two_sections_of_a_journal_are_two_journals(
    name: str, letters: list[str], rest: str
) -> None:
    one, other = ({"container-title": f"{name} {letter}{rest}"} for letter in letters[:2])
    assert told_of(one, other) == [("container-title", "error")]
    assert told_of(one, dict(one)) == []


BODIES = st.lists(
    st.builds(
        "{} {} of {}".format,
        st.sampled_from(["National", "Royal", "Canadian", "Japanese"]),
        st.sampled_from(["Agency", "College", "Society"]),
        st.sampled_from(["Health", "Radiologists", "Rheumatology", "Nursing"]),
    ),
    min_size=2,
    max_size=4,
    unique=True,
)


@given(BODIES, st.integers(0, 3), st.booleans())
def test_a_list_of_bodies_is_compared_whole(names: list[str], place: int, is_twice: bool) -> None:
    whole = [{"literal": name} for name in names]
    place %= len(whole)
    short = [*whole[:place], *whole[place + 1 :]]
    if is_twice:
        whole, short = [*whole, whole[place]], whole
    assert told_of({"author": whole}, {"author": whole}) == []
    assert ("author", "unclear") in told_of({"author": whole}, {"author": short})
    assert ("author", "unclear") in told_of({"author": short}, {"author": whole})


@given(PEOPLE, BODIES)
def test_a_group_behind_the_authors_may_be_left_out_and_one_before_them_may_not(
    people: list[dict[str, str]], names: list[str]
) -> None:
    group = {"literal": names[0]}
    assert told_of({"author": people}, {"author": [*people, group]}) == []
    assert ("author", "unclear") in told_of({"author": people}, {"author": [group, *people]})


@given(FAMILIES, FAMILIES, PEOPLE)
def test_like_names_that_change_places_are_out_of_order(
    first: str, second: str, people: list[dict[str, str]]
) -> None:
    one = {"family": first, "given": "C. B."}
    other = {"family": first[:-1] + "q", "given": "B. Y."}
    assume(first[-1] != "q" and second[:2] != first[:2])
    assume(not any(name["family"][:2] == first[:2] for name in people))
    stated = [one, *people, other]
    told = differences({"author": [other, *people, one]}, {"author": stated})
    assert any(each.kind == AuthorKind.ORDER and each.is_error for each in told)


@given(st.sampled_from(["report", "document", "post-weblog", "article-journal", "chapter"]))
def test_what_stands_in_the_line_and_is_not_what_is_registered_is_no_agreement(kind: str) -> None:
    text = (
        "Tuttle B. Struggling to Stay Afloat and Rising. Evening Herald. Published March 2, 2012."
    )
    stated = {"title": "Struggling to Stay Afloat and Rising. Evening Herald"}
    found = {"type": kind, "title": "Struggling to Stay Afloat and Rising"}
    other = found | {"container-title": "Molecular Endocrinology"}
    assert told_of(stated, other, text) == [("container-title", "unclear")]
    assert told_of(stated, found | {"container-title": "Evening Herald"}, text) == []
    book = {"type": "book", "title": found["title"]}
    assert told_of(stated, book | {"publisher": "Random House"}, text) == [("publisher", "unclear")]
    assert told_of(stated, book | {"publisher": "Herald Press"}, text) == []
