"""The kind of a work is sure only where something printed tells it, and nothing speaks against."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from refpipe.items import printed

SIGNS = Path(__file__).parent / "cases/printed/signs.txt"
TITLES = ("Slow growth of reed beds", "What millers knew of rivers")
HEADINGS = ("葦原の遅い生長", "水車小屋の川の見かた")
WORKS = [
    tuple(line.split(": ", 1))
    for line in SIGNS.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]

ALIKE = [{"book", "report", "thesis", "document"}, {"chapter", "paper-conference"}]
"""Kinds that most styles print alike."""


def made(form: str, title: str) -> Iterator[tuple[tuple[bool, ...], str]]:
    """The reference with each choice of its signs."""
    pieces = form.replace("{t}", title).replace("}", "{").split("{")
    signs = [piece.partition("|") for piece in pieces[1::2]]
    for choice in itertools.product((True, False), repeat=len(signs)):
        shown = [sign[0] if has else sign[2] for sign, has in zip(signs, choice, strict=True)]
        text = "".join(itertools.chain(*itertools.zip_longest(pieces[::2], shown, fillvalue="")))
        yield choice, text


def read(text: str) -> tuple[str, bool]:
    one = printed.remembered(text)
    return str(one.reading.item["type"]), "type" in one.doubted


def is_alike(kind: str, other: str) -> bool:
    return kind == other or any({kind, other} <= group for group in ALIKE)


CASES = [
    (kind, form, title)
    for kind, form in WORKS
    for title in (TITLES if form.isascii() or "–" in form else HEADINGS)
]  # fmt: skip


@pytest.mark.parametrize(("kind", "form", "title"), CASES)
def test_with_all_its_signs_the_kind_is_right_and_sure(kind: str, form: str, title: str) -> None:
    _, text = next(made(form, title))
    assert read(text) == (kind, False), text


@pytest.mark.parametrize(("kind", "form", "title"), CASES)
def test_without_any_sign_the_kind_is_unsure(kind: str, form: str, title: str) -> None:
    *_, (choice, text) = made(form, title)
    assert not any(choice)
    found, is_unsure = read(text)
    assert is_unsure, (found, text)


@pytest.mark.parametrize(("kind", "form", "title"), CASES)
def test_with_any_of_its_signs_no_kind_is_wrong_in_silence(
    kind: str, form: str, title: str
) -> None:
    for _, text in made(form, title):
        found, is_unsure = read(text)
        if kind == "chapter" and not re.search(r"In:|editor|編|p\.", text):
            continue  # What is left names a book and its series as well.
        assert is_unsure or is_alike(kind, found), (found, text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Okafor B. The growth of reed beds. Tese (Doutorado em Biologia), 2014.", "thesis"),
        ("Okafor, B. (2014). reedtools (Version 2.1) [Computer software]. GitHub.", "software"),
        ("Okafor B. Reed beds in spring. Marsh Ways, Tern Publishing, 2014, no. 3.", "book"),
        ("Okafor B: Reed beds in spring. Tern Publishing, Bergen 2014, Kap. 2 und 3.", "book"),
        ("ISO/IEC. 2018. ISO/IEC 12345:2018 Reeds — Requirements. Geneva: ISO.", "standard"),
        ("岡部文．博士論文の書きかた 第2版．東京：岸辺書房，2014．", "book"),
        ("岡部文「葦原の生長」『岸辺大事典』第1巻、岸辺書房、2014年、15~40頁。", "chapter"),
    ],
)
def test_a_sign_against_the_kind_makes_it_unsure(text: str, kind: str) -> None:
    found, is_unsure = read(text)
    assert found == kind or is_unsure, found


@pytest.mark.parametrize(
    "text",
    [
        "Okafor B. Reed beds. Marsh Ways. 2014;12(3):45-51. Erratum in: Marsh Ways. 2015;13:2.",
        "Okafor B. Lungs [Updated 2024 Mar 7]. In: StatPearls [Internet]. Tampa: StatPearls; 2026.",
        "Okafor, B. (2014). The thesis of slow growth. Marsh Ways, 12(3), 45–51.",
        "岡部文．論文の書きかた 第2版．東京：岸辺書房，2014．",
        "架空製薬株式会社：アシハラ錠5mg 添付文書（2024年2月改訂）",
    ],
)
def test_a_word_of_a_title_or_a_remark_speaks_against_no_kind(text: str) -> None:
    assert not read(text)[1]


_OF_SUPERVISORS = [
    "Supervisor support and burnout among nurses", "Advisors' fees and patients' choices",
    "Supervision of trainees in surgery", "Advisor: a play about thesis work",
    "Supervised exercise for low back pain",
    "Direct Oral Anticoagulants in the Elderly", "Supervisor Support and Nurse Burnout",
    "Directly Observed Therapy at Home", "Promotors of Healing", "Advisor Training",
]  # fmt: skip
_OF_SUPERVISORS_JA = [
    "指導教員のメンタルヘルス支援に関する研究",
    "指導教官と大学院生の関係",
    "主査の役割",
]
_BEHIND = ["Supervisor: D. Nagai.", "Advisor: Prof. D. Nagai", "(supervisor: D. Nagai)",
           "Director Prof. Daniel Nagai.", "Supervisor Daniel Nagai."]  # fmt: skip
_BEHIND_JA = ["、指導教員：三宅隆之", "（指導教官 三宅隆之）", "、主査 三宅隆之"]


@pytest.mark.parametrize("title", _OF_SUPERVISORS)
@pytest.mark.parametrize("behind", ["", *_BEHIND])
def test_a_title_about_supervisors_is_a_title(title: str, behind: str) -> None:
    forms = [
        f"Lau E. {title} [dissertation]. Norwen: University of Norwen; 2019. {behind}",
        f"Lau, E. (2019). {title} (PhD thesis). University of Norwen. {behind}",
        f"Lau, E. (2019). {title} (Doctoral dissertation). University of Norwen, Norwen. {behind}",
        f"Lau, E. (2019). {title}. Doctoral thesis, University of Norwen.",
        f"Lau E, Nagai D. {title}. J Nurs Manag. 2019;27(3):512-20.",
    ]
    for text in forms:
        assert printed.remembered(text).reading.item["title"] == title, text


@pytest.mark.parametrize("title", _OF_SUPERVISORS_JA)
@pytest.mark.parametrize("behind", ["", *_BEHIND_JA])
def test_a_japanese_title_about_supervisors_is_a_title(title: str, behind: str) -> None:
    forms = [
        f"諏訪孝博：{title}．みどり大学大学院修士論文，2019{behind}",
        f"諏訪孝博．{title}．看護教育．2019；12(3)：45-50.",
        f"{title}．看護教育．2019；12(3)：45-50.",
    ]
    for text in forms:
        assert printed.read(text).reading.item["title"] == title, text


@pytest.mark.parametrize("title", ["What these nurses need", "These days of rest", "Of these, few"])
@pytest.mark.parametrize("behind", ["", " These are reprinted."])
def test_an_english_word_makes_no_thesis(title: str, behind: str) -> None:
    for text in (
        f"Lau E. {title}. Lomar: Norwen; 2019.{behind}",
        f"Lau, E., PhD, & Nagai, D., PhD (2019). {title}. Lomar: Norwen.{behind}",
    ):
        assert printed.read(text).reading.item["type"] != "thesis", text


_SCHOOLS = [
    "みどり大学",
    "みどり大学大学院",
    "さくら医療大学",
    "つつじ大学",
    "札幌大学",
    "はまなす大学",
]
_THESES = ["博士論文、2019年", "修士論文、2019年", "、博士論文、2019年", "博士論文，2019"]


@pytest.mark.parametrize("school", _SCHOOLS)
@pytest.mark.parametrize("behind", _THESES)
@pytest.mark.parametrize("sign", ["", "、"])
def test_a_school_behind_a_quoted_title_is_none_of_it(school: str, behind: str, sign: str) -> None:
    """Its name may begin with hiragana, as words do that go on."""
    item = printed.read(f"諏訪孝博「歩行の研究」{sign}{school}{behind}").reading.item
    assert (item["type"], item["title"], item["publisher"]) == ("thesis", "歩行の研究", school)
    for goes_on in ("を支える病院", "に関する大学", "という協会", "のための学会"):
        title = f"「歩行の研究」{goes_on}"
        read = printed.remembered(f"諏訪孝博：{title}．理学療法，2019；12：4-9.")
        assert read.reading.item["title"] == title
