"""Plain lists of references in articles: found, cut, cited; and what is none, left alone."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from pathlib import Path

import pytest
from examples import some
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from refpipe.articles import lists
from refpipe.articles.lists import labels, legacy_list, pasted, units

CASES = Path(__file__).parent / "cases/lists"
SEEDS = Path(os.environ.get("REFPIPE_SHARED", Path(__file__).parents[2] / "shared")) / "seeds"


def articles() -> list[Path]:
    return sorted(path for path in CASES.iterdir() if path.suffix in (".md", ".html"))


def form(path: Path) -> str:
    return "html" if path.suffix == ".html" else "markdown"


@pytest.mark.parametrize("path", articles(), ids=lambda path: path.name)
def test_finds(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    found = lists.find(text, form(path))
    if expected is None:
        assert found is None
        return
    assert found is not None
    assert [reference.label for reference in found.references] == expected["labels"]
    assert [reference.text for reference in found.references] == expected["texts"]
    heading = found.heading.of(text) if found.heading else None
    assert heading == expected["heading"]
    assert text[found.span.end :] == expected["after"]
    assert text[found.span.start :].startswith(expected.get("starts", ""))
    cited = lists.numbers(text, found, form(path)).citations
    assert [[one.span.of(text), list(one.numbers)] for one in cited] == expected["citations"]
    assert len(lists.numbers(text, found, form(path)).astray) == expected.get("doubts", 0)


@pytest.mark.parametrize("path", articles(), ids=lambda path: path.name)
def test_references_stand_in_order_within_the_list(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = lists.find(text, form(path))
    if found is None:
        return
    position = found.span.start
    for reference in found.references:
        assert position <= reference.span.start < reference.span.end <= found.span.end
        position = reference.span.end


def seed(number: str) -> str:
    if not SEEDS.is_dir():
        pytest.skip(f"{SEEDS} is absent")
    return next(SEEDS.glob(f"{number}_*.txt")).read_text(encoding="utf-8")


def test_finds_the_thirteen_references_of_the_real_page() -> None:
    text = seed("000")
    found = lists.find(text, "markdown")
    assert found is not None
    assert [reference.label for reference in found.references] == [str(n) for n in range(1, 14)]
    assert found.heading is None
    assert found.span.of(text).startswith("[1]M. Modic")
    assert found.span.of(text).endswith("doi: 10.1007/S007760050017.")
    assert found.span.of(text).count("\n") == 12
    assert lists.numbers(text, found, "markdown").citations == ()


def test_finds_nothing_on_the_page_without_references() -> None:
    assert lists.find(seed("003"), "markdown") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A B. T. J. 2001;1:2-3.\n\nC D. U. J. 2002;2:3-4.", 2),
        ("Smith AB, Jones CD. A study of\nback pain in adults. Spine.\n2001;26(2):12-19.", 1),
        ("1. Smith AB. A study. Spine. 2001;26:12-19.\n2. Jones CD. More. Spine. 2002;27:1-9.", 2),
        ("Smith AB. On pain. Spine. 2001;26:12-19.\nJones CD. More. Spine. 2002;27:1-9.", 2),
        ("参考文献\n\n山田太郎：腰痛．整形外科 5：1-2，2001．\n\n厚生労働省：肩痛．2002．", 2),
        ("Smith AB, Jones\n14. \nCD. A study of pain. Spine. 2001;26:12-19.", 1),
        ("高橋良：腰痛診療マニュアル. 2019.\n労働安全衛生法．昭和四十七年法律第五十七号", 2),
        ("高橋良：腰痛診療マニュアル. 2019.\nSmith AB. On pain in the neck. Spine. 2001;26:12.", 2),
        ("", 0),
        ("\n \n", 0),
    ],
)  # fmt: skip
def test_cuts_a_pasted_list(text: str, expected: int) -> None:
    assert len(pasted.split(text)) == expected


@pytest.mark.parametrize("label", ["[{}] ", "{}. ", "{}) "])
@pytest.mark.parametrize(
    ("first", "last", "is_whole"), [(990, 999, True), (990, 1000, False), (990, 1010, False)]
)
def test_a_list_that_is_read_in_part_is_not_managed(
    label: str, first: int, last: int, is_whole: bool
) -> None:
    plan = lists.plan(_long(label, first, last), "markdown")
    assert plan is not None
    assert (not plan.obstacles) is is_whole


def test_the_place_where_a_list_is_too_long_is_named() -> None:
    """Else its first 999 references would be managed and the others left below as text."""
    text = _long("[{}] ", 1, 1000)
    plan = lists.plan(text, "markdown")
    assert plan is not None
    (fault,) = plan.obstacles
    assert text.splitlines()[fault.line - 1].startswith("[1000] ")
    assert "read up to 999" in fault.message


def _long(label: str, first: int, last: int) -> str:
    entries = [
        f"{label.format(number)}Roe R. Backs of {number} people. Spine. 2001;{number}(2):3-4."
        for number in range(first, last + 1)
    ]
    return f"Backs hurt [{first}].\n\n## References\n\n" + "\n\n".join(entries) + "\n"


@given(
    st.text(alphabet="[]()1234. \nabSmith山田年。<>/lipo:-", max_size=300),
    st.sampled_from(["markdown", "html"]),
)
def test_never_raises_and_stays_inside_the_text(text: str, form: str) -> None:
    found = lists.find(text, form)
    if found is not None:
        assert 0 <= found.span.start < found.span.end <= len(text)
        for citation in lists.numbers(text, found, form).citations:
            assert citation.span.end <= len(text)
            assert citation.numbers


@given(st.text(alphabet="1.[]\n Smith,AB(2005)", max_size=200))
def test_pasted_references_cover_the_text_in_order(text: str) -> None:
    position = 0
    for span in pasted.split(text):
        assert position <= span.start < span.end
        position = span.end
    assert position <= len(text)


def _cases() -> list[str]:
    """Whole references of every kind, each on one line and without a number."""
    found = []
    for name in ("japanese", "western", "kinds"):
        told = json.loads((CASES.parent / "printed" / f"{name}.json").read_text(encoding="utf-8"))
        found += [one["text"] for one in told if "\n" not in one["text"]]
    return [text for text in found if labels.read(text) is None]


REFERENCES = st.lists(st.sampled_from(_cases()), min_size=3, max_size=12, unique=True)


@given(REFERENCES, st.sampled_from(["\n", "\r\n", "\n\n", " \n"]))
@example(
    [
        "厚生労働省労働基準局長：職場における腰痛予防対策の推進について．基発0618第1号，平成25年6月18日．",
        "山本太郎「腰痛と心理」、日本心理学会（編）『心理学大事典』、誠信書房、2013年、pp. 45-50。",
        "Butler, D. S., & Moseley, G. L. (2013). Explain pain (2nd ed.). Noigroup Publications.",
    ],
    "\n",
)
@settings(max_examples=some(60), deadline=None)
def test_one_reference_to_a_line_is_as_many_references(references: list[str], end: str) -> None:
    text = end.join(references).replace("\r\n", "\n")
    assert [span.of(text) for span in pasted.split(text)] == references


@given(
    REFERENCES, st.integers(60, 100), st.sampled_from(["[{}] ", "{}. ", "({}) ", "{}) ", "[{}]"])
)
@settings(max_examples=some(60), deadline=None)
def test_wrapped_and_numbered_they_are_as_many_too(
    references: list[str], width: int, label: str
) -> None:
    numbered = [label.format(place) + text for place, text in enumerate(references, 1)]
    text = "\n".join(_wrapped(one, width) for one in numbered)
    assert len(pasted.split(text)) == len(references)


@given(
    REFERENCES,
    st.lists(st.integers(1, 30), min_size=12, max_size=12),
    st.lists(st.sampled_from(["[{}] ", "{}. ", "{}) "]), min_size=12, max_size=12),
    st.lists(st.sampled_from(["\n", "\n", "\n\n"]), min_size=12, max_size=12),
)
@settings(max_examples=some(60), deadline=None)
def test_wrong_numbers_and_odd_blank_lines_join_no_two_references(
    references: list[str], numbers: list[int], label: list[str], ends: list[str]
) -> None:
    """A number twice, one left out, a second list behind the first: a writer's daily slips."""
    pieces = zip(label, numbers, references, ends, strict=False)
    text = "".join(form.format(number) + one + end for form, number, one, end in pieces)
    found = [span.of(text) for span in pasted.split(text)]
    assert [_without_label(one) for one in found] == references


def _without_label(text: str) -> str:
    label = labels.read(text)
    return text[label.length :] if label else text


LONG = f"Roe R. Backs {'and discs ' * 15}of many. Spine. 2001;26(2):3-4."


@given(REFERENCES, st.lists(st.sampled_from(["\n", "\n", "\n\n"]), min_size=13, max_size=13))
@settings(max_examples=some(60), deadline=None)
def test_a_blank_line_here_and_there_joins_no_two_references(
    references: list[str], ends: list[str]
) -> None:
    references = [*references, LONG]  # Nobody wrapped at its width.
    text = "".join(one + end for one, end in zip(references, ends, strict=False))
    assert [span.of(text) for span in pasted.split(text)] == references


@given(REFERENCES, st.integers(50, 100))
@settings(max_examples=some(60), deadline=None)
def test_wrapped_between_blank_lines_they_stay_whole(references: list[str], width: int) -> None:
    text = "\n\n".join(_wrapped(one, width) for one in references)
    assert len(pasted.split(text)) == len(references)


@given(references=REFERENCES, width=st.integers(40, 100))
@settings(max_examples=some(60), deadline=None)
def test_wrapped_without_numbers_they_are_parted_right_or_it_is_told(
    references: list[str], width: int
) -> None:
    """Where a wrapped list without numbers is parted nobody can tell for certain."""
    wrapped = [_wrapped(one, width) for one in references]
    assume(sum(one.count("\n") for one in wrapped) > 1)
    text = "\n".join(wrapped)
    assert [span.of(text) for span in pasted.split(text)] == wrapped or pasted.is_by_shape(text)


def _wrapped(text: str, width: int) -> str:
    """The text as an editor wraps it: between words, and between any two Japanese signs."""
    lines, line = [], ""
    for piece in re.findall(r"[!-\u2fff]+\s*|[^!-\u2fff]", text):
        if line and wide(line) + wide(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return "\n".join([*lines, line.rstrip()])


def wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


PASTED_PAGE = """---
title: 腰痛の話
---

# 腰痛の話

更新日：2024年5月1日

腰痛は多くの人が経験します[1]。MRIも有用です[2]。

## 参考文献

%s
"""


@given(REFERENCES, st.sampled_from(["{}. ", "[{}] ", ""]))
@settings(max_examples=some(30), deadline=None)
def test_of_a_whole_page_only_its_list_is_read(references: list[str], label: str) -> None:
    listed = "\n".join(label.format(n) + text for n, text in enumerate(references, 1))
    page = pasted.of_page(PASTED_PAGE % listed, "markdown")
    assert page is not None
    assert len(page[1]) == len(references)
    assert pasted.of_page(listed, "markdown") is None
    assert pasted.of_page(f"## 参考文献\n\n{listed}", "markdown") is None


@pytest.mark.parametrize(
    "heading",
    [
        *("参考文献", "主要論文一覧", "脚注", "注釈", "注記", "参照元", "エビデンス", "引用元"),
        *("参考URL", "この記事の根拠", "References", "Works cited", "Further reading", "SOURCES"),
        *("List of references", "Endnotes", "Cited literature"),
    ],
)
def test_no_text_with_a_heading_of_references_is_taken_for_a_bare_list(heading: str) -> None:
    assert legacy_list.names_list(heading) or legacy_list.may_name_list(heading)
    assert legacy_list.may_hold_heading(f"Some words.\n{heading}\n1. Modic MT. Radiology. 2005.")


def test_a_bare_list_is_not_read_once_more_to_see_whether_it_is_a_page() -> None:
    listed = "\n".join(f"{n}. Boos N. On discs {n}. Spine. 2000;{n}:1-9." for n in range(1, 6))
    legacy_list.reference_score.cache_clear()
    assert pasted.of_page(listed, "markdown") is None
    assert legacy_list.reference_score.cache_info().misses == 0


HEADINGS = [
    "【書籍】",
    "■ウェブサイト",
    "〈論文〉",
    "## 論文",
    "ガイドライン",
    "書籍・論文",
    "◆ 新聞記事",
]
ENTRIES = [
    "佐藤健：腰痛の疫学．総合リハ 45：12-18，2017．",
    "鈴木花子『膝の本』医学書院、2015年。",
    "厚生労働省「腰痛予防」https://www.mhlw.go.jp/a.html（2023年4月1日閲覧）",
    "前掲1），p.45",
    "同書、23頁",
]


@given(
    st.lists(st.tuples(st.sampled_from(HEADINGS), st.integers(1, 4)), min_size=1, max_size=4),
    st.sampled_from(["{}) ", "[{}] ", "{}. "]), st.booleans(), st.sampled_from(["\n", "\n\n"]),
)  # fmt: skip
def test_headings_within_a_list_are_no_part_of_a_reference(
    sections: list[tuple[str, int]], label: str, is_restarted: bool, gap: str
) -> None:
    """Whether the numbers go on behind a heading or begin anew, and back references in between."""
    lines, wanted, number = [], [], 0
    for heading, count in sections:
        lines.append(heading)
        number = 0 if is_restarted else number
        for entry in ENTRIES[:count]:
            number += 1
            wanted.append(label.format(number) + entry)
            lines.append(wanted[-1])
    text = gap.join(lines)
    assert [one.of(text) for one in pasted.split(text)] == wanted


_WORD = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=2, max_size=8)
_PATH = st.lists(_WORD.map(lambda one: f"/{one}"), max_size=3).map("".join)


@settings(max_examples=some(60))
@given(
    host=st.tuples(_WORD, st.sampled_from((".org", ".go.jp", ".co.uk"))).map("".join),
    path=_PATH,
    start=st.sampled_from(("https://", "http://", "https://www.")),
    shown=st.sampled_from(("", "www.", "http://", "https://", "https://www.")),
    slash=st.sampled_from(("", "/")),
    form=st.sampled_from(("html", "markdown")),
    around=st.sampled_from((("", ""), ("Manual (", ")"), ("手引き ", ""))),
)
def test_an_address_that_a_link_shows_in_part_is_that_of_the_link(
    host: str, path: str, start: str, shown: str, slash: str, form: str, around: tuple[str, str]
) -> None:
    address = f"{start}{host}{path}{slash}"
    before, behind = around
    words = f"{before}{shown}{host}{path}{behind}"
    link = f'<a href="{address}">{words}</a>' if form == "html" else f"[{words}]({address})"
    first, second = f"Tanaka K. Pain. Spine. 2001;3:4. {link}", "Ito H. Rest. Spine. 2002;4:5."
    text = f"## References\n\n1. {first}\n2. {second}\n"
    if form == "html":
        text = f"<h2>References</h2><ol><li>{first}</li><li>{second}</li></ol>"
    found = lists.find(text, form)
    assert found is not None
    told = found.references[0].text
    if shown.startswith("http"):
        assert f"{shown}{host}{path}" in told
    else:
        assert f"{before}{start}{host}{path}{behind}" in told


@pytest.mark.parametrize(
    ("shown", "address"),
    [
        ("10.1148/radiol.2372041509", "https://doi.org/10.1148/radiol.2372041509"),
        ("doi:10.1148/radiol.2372041509", "https://doi.org/10.1148/radiol.2372041509"),
        ("Healthline.com", "https://healthline.com/"),
        ("blog.example.org/back", "https://example.org/back"),
        ("Manual", "https://"),
    ],
)
def test_a_link_that_shows_a_doi_a_name_or_another_host_keeps_its_words(
    shown: str, address: str
) -> None:
    assert units.with_address(shown, address) == shown


_PLACES = "\n".join(
    f'<a id="ref{number}"></a>{number}. Tanaka {letter}. A {word}. Spine. 2001;{number}:4.'
    for number, letter, word in (
        (1, "A", "painful back"),
        (2, "B", "stiff neck"),
        (3, "C", "sore knee"),
    )
)


@pytest.mark.parametrize(("first", "last"), [(r"\[", r"\]"), (r"\(", r"\)"), ("[", "]")])
@pytest.mark.parametrize("joint", [",", ", ", "; "])
@given(cited=st.lists(st.integers(1, 3), min_size=1, max_size=3, unique=True).map(sorted))
@settings(max_examples=some(8))
def test_links_in_escaped_brackets_cite(
    first: str, last: str, joint: str, cited: list[int]
) -> None:
    links = joint.join(f"[{number}](#ref{number})" for number in cited)
    text = f"Rest is no cure {first}{links}{last}. So it is.\n\n## References\n\n{_PLACES}\n"
    found = lists.find(text, "markdown")
    assert found is not None
    read = lists.numbers(text, found, "markdown")
    assert [number for one in read.citations for number in one.numbers] == cited
    assert not read.unclear


@pytest.mark.parametrize("formula", [r"\[ x + [2](y) \]", r"\[ 1 + 2 \]", r"\(3x\)", r"\[f(1)\]"])
def test_a_formula_in_escaped_brackets_cites_nothing(formula: str) -> None:
    text = f"Rest {formula} is none [1].\n\n## References\n\n{_PLACES}\n"
    found = lists.find(text, "markdown")
    assert found is not None
    read = lists.numbers(text, found, "markdown")
    assert [one.numbers for one in read.citations] == [(1,)]
    assert not read.unclear


@given(
    word=st.sampled_from(("ação", "são", "état", "Über", "mũi", "đo", "œuf", "naïf", "pâté", "İş")),
    is_apart=st.booleans(),
    bracket=st.sampled_from(("[{}]", "[^{}]", "<sup>[{}]</sup>", "({})")),
    number=st.integers(1, 3),
)
@settings(max_examples=some(60))
def test_a_word_with_accents_ends_in_no_variable(
    word: str, is_apart: bool, bracket: str, number: int
) -> None:
    label = "[^{}]:" if "^" in bracket else "{}."
    places = _PLACES
    for one in (1, 2, 3):
        places = places.replace(f'<a id="ref{one}"></a>{one}.', label.format(one))
    cited = unicodedata.normalize("NFD" if is_apart else "NFC", word) + (
        " " if "(" in bracket else ""
    )
    text = f"So it is with {cited}{bracket.format(number)}, yes.\n\n## References\n\n{places}\n"
    found = lists.find(text, "markdown")
    assert found is not None
    read = lists.numbers(text, found, "markdown")
    assert [one.numbers for one in read.citations] == [(number,)], read.unclear


@given(st.text(st.characters(max_codepoint=0x2FF, exclude_categories=["Cs"]), max_size=6))
def test_the_list_goes_where_it_stood_and_nowhere_else(strange: str) -> None:
    text = f"Rest helps{strange} a little.\n\n## References\n\n{LISTED}"
    found = lists.find(text, "markdown")
    assume(found is not None)
    assert found is not None
    managed = lists.replaced(text, found, [], "@a")
    head, foot = text[: found.span.start], text[found.span.end :]
    assert managed.startswith(head)
    assert managed.endswith(foot)
    assert managed.count("<!--bibliography @a-->") == 1 + strange.count("<!--bibliography @a-->")


LISTED = """[1] Boos N, Semmer N. Natural history. Spine. 2000;25(12):1484-1492.
[2] Modic MT, Ross J. Acute low back pain. Radiology. 2005;237(2):597-604.
"""
