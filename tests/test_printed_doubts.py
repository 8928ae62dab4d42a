"""The labeller tells where the grammar took other words for a field than stand there."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from benchmark import load
from examples import some
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from refpipe.items import printed
from refpipe.items.printed import confidence, doubts, japanese_choice, labeller, people
from refpipe.items.printed.confidence import Evidence
from refpipe.items.printed.japanese_labeller import JAPANESE, tokens
from refpipe.items.printed.nouns import SURE, Draft, Field, Part, Printed, Rest
from refpipe.items.printed.second_reading import JAPANESE_SURE
from refpipe.model import Reading, Span

FORMS = load("printed_forms")
NAMES = {"title": "title", "container": "container-title", "publisher": "publisher"}
CASES = [
    case for case in FORMS.cases(1, 5)
    if "ja" in case.options and case.kind not in ("law", "drug-label", "standard")
]  # fmt: skip
"""Japanese references in forms and with values on which the labeller was not trained."""


def parts(case: Any) -> list[Part]:
    """The fields where they are printed."""
    found = []
    for name, field in NAMES.items():
        value = str(case.truth.get(name, ""))
        if name not in case.free and len(value) > 3 and case.text.count(value) == 1:
            start = case.text.index(value)
            found.append(
                Part(name=field, value=value, start=start, end=start + len(value), confidence=0.9)
            )
    return found


def told(case: Any, some: list[Part]) -> frozenset[str]:
    return doubts.opinion(some, case.text, JAPANESE, JAPANESE_SURE).against


def test_a_right_reading_is_hardly_ever_doubted() -> None:
    right = [(part.name, told(case, [part])) for case in CASES for part in parts(case)]
    assert len(right) > 250
    assert sum(name in against for name, against in right) / len(right) <= 0.06


@pytest.mark.parametrize(
    ("error", "share"), [("exchanged", 0.9), ("too long", 0.9), ("too short", 0.6)]
)
def test_most_wrong_readings_are_told(error: str, share: float) -> None:
    """Two fields exchanged; one that takes its neighbour with it; one that lost its first half."""
    count = found = 0
    for case in CASES:
        some = sorted(parts(case), key=lambda part: part.start)
        for one, other in itertools.pairwise(some):
            for part in misread(error, one, other):
                count += 1
                found += part.name in told(case, [part])
    assert count >= 100
    assert found / count >= share


def misread(error: str, one: Part, other: Part) -> list[Part]:
    """The fields as a wrong reading has them."""
    if error == "exchanged":
        spans = [(one.name, other.start, other.end), (other.name, one.start, one.end)]
    elif error == "too long":
        spans = [(one.name, one.start, other.end), (other.name, one.start, other.end)]
    else:
        middle = (one.start + one.end) // 2
        spans = [(one.name, middle, one.end)]
    return [
        Part(name=name, value="", start=start, end=end, confidence=0.9)
        for name, start, end in spans
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("山田太郎編", ["山田太郎", "編"]), ("監修 鈴木一郎", ["監修", " ", "鈴木一郎"]),
     ("佐藤花子ほか：", ["佐藤花子", "ほか", "："]), ("整形外科の本", ["整形外科", "の", "本"]),
     ("京都大学編", ["京都大学", "編"]), ("", [])],
)  # fmt: skip
def test_a_role_is_a_token_of_its_own(text: str, wanted: list[str]) -> None:
    assert [text[start:end] for start, end, *_ in tokens(text)] == wanted


def test_the_labeller_mends_what_shows_a_sign() -> None:
    """A title that took its neighbour with it is the title again, where signs speak against it."""
    count = right = 0
    for case in CASES:
        some = sorted(parts(case), key=lambda part: part.start)
        for one, other in itertools.pairwise(some):
            if one.name == "title":
                wrong = [misread("too long", one, other)[0]]
                wrong += [part for part in some if part not in (one, other)]
                draft = Draft(kind="book", parts=wrong, told=("book", ()))
                now = japanese_choice.settled(draft, case.text, {"title"}, ())
                titles = [str(part.value) for part in now.parts if part.name == "title"]
                count += 1
                right += [*map(FORMS.fold, titles)] == [FORMS.fold(case.truth["title"])]
    assert count >= 80
    assert right / count >= 0.75


def titles_of(case: Any, *more: Any) -> tuple[list[Part], list[Part]]:
    """The titles of a right reading before and after the choice was asked about it."""
    some = sorted(parts(case), key=lambda part: part.start)
    draft = Draft(kind="book", parts=list(some), told=labeller.told_of("book", some))
    now = japanese_choice.settled(draft, case.text, *more)
    before, after = ([one for one in each if one.name == "title"] for each in (some, now.parts))
    return before, after


def test_a_sure_right_reading_is_left() -> None:
    for case in CASES:
        before, after = titles_of(case, set(), ())
        assert before == after


def test_a_right_title_is_hardly_ever_lost_because_something_else_is_in_doubt() -> None:
    left = [
        [one.value for one in before] == [one.value for one in after]
        for before, after in (titles_of(case, set(), (), ("type",)) for case in CASES)
    ]
    assert sum(left) / len(left) >= 0.95


@pytest.mark.parametrize(
    ("text", "field"),
    [("Jack Goody and Ian Watt, ‘The consequences of literacy’, Comp Stud Hist 5, 304", "author"),
     ("Marcus Wagner, Stefan Schaltegger, Improving eco-efficiency. EMJ 2004;22:98", "author"),
     ("Mark C. Suchman, « Managing legitimacy », Acad Manage Rev 20, 571-610.", "author")],
)  # fmt: skip
def test_names_that_may_be_parted_elsewhere_are_told(text: str, field: str) -> None:
    read = printed.read(text)
    names = [(name.get("family"), name.get("given")) for name in read.reading.item.get(field, ())]
    wanted = [("Goody", "Jack"), ("Wagner", "Marcus"), ("Suchman", "Mark C.")]
    assert field in read.doubted or names[0] in wanted


def test_no_word_before_a_title_is_given_up() -> None:
    assert not printed.read("甲: 一の本. 東京: 甲社; 2001.").rest


def test_a_label_is_no_word_of_what_stands_before_it() -> None:
    read = printed.read(
        "著者名：折茂肇　論文名：骨粗鬆症治療の現状と課題　雑誌名：日本腰痛学会雑誌　"
        "巻号頁：14巻11号 401-429頁　発行年：2020年"
    )
    assert read.reading.item["title"] == "骨粗鬆症治療の現状と課題"
    assert read.reading.item["container-title"] == "日本腰痛学会雑誌"


_PARTS = ["Otonari", "Kasahara", "de la Cruz", "van Dijk", "fricker", "O’Neill", "Lê", "Wu", "Ng"]
_GIVEN = ["Y", "K D", "K-i", "J.-O.", "M. A", "T. j.", "P."]
_LISTS = ["{0} {1}, ", "{0}, {1}, ", "{0}, {1}; ", "{1} {0}, ", "{0} {1}. "]


@given(
    st.lists(st.tuples(st.sampled_from(_PARTS), st.sampled_from(_GIVEN)), min_size=2, max_size=4),
    st.sampled_from(_LISTS),
    st.sampled_from(["", "and ", "& "]),
    st.sampled_from([". ", " (2005). ", ": "]),
)
@settings(max_examples=some(150), deadline=None)
def test_no_author_is_lost_in_silence(
    people: list[tuple[str, str]], form: str, joint: str, end: str
) -> None:
    """Whatever form a list of names has: each is somebody's name, or the list is doubted."""
    if form == "{0} {1}. ":  # As in "Roe R. Vitamin D: a review", "Roe R. E. coli in water".
        assume(end != ": " and not any(one[0].islower() for one in people))
    *first, last = (form.format(*one) for one in people)
    names = ("".join(first) + joint + last.rstrip(",;. ")).replace("..", ".")
    read = printed.read(
        f"{names}{end}Recognition of a foot size in runners. Spine. 2005;30(2):1-9."
    )
    said = "".join(
        value for name in read.reading.item.get("author", []) for value in name.values()
    ).lower()
    lost = [one for one in people if one[0].split()[-1].lower() not in said]
    assert not lost or {"author", "title"} & set(read.doubted), (names, said)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Roe R. On discs. J Hypertens21 (11): 1983-92. 2003.", "container-title"),
        ("Roe R. On discs. Spine J:e38205, 2017.", "container-title"),
        ("Roe R, Poe P. On discs. Article in Japanese. Maternal Health. 2016;57:157-165.",
         "container-title"),
        ("Roe R. The recommended allowances. 10th ed. Prentice Hall Press, New Jersey; 1989.",
         "publisher"),
        ("Roe R. On discs. Spine. 2018 06 09; 391(10):2356-2367.", "page"),
        ("山田太郎. 腰痛の経過. 日本看護科学会誌 30 (4): 4_6–16, 2010.", "page"),
        ("Roe R. On discs. Spine J. Vol. 8 No. 2, 2020, pp. 16(48)-17(49).", "page"),
        ("Cochrane Database Syst Rev. 2021;8(8):CD013503.", "author"),
        ("Eva Roe, Ida Poe: Slow growth of beds, Limnol. Theory Pract. 34 (2018) no. 2, 81–90",
         "title"),
        ("Roe R. On discs. Spine J. 2005;115(2):496–506pmid:15687461", "page"),
    ],
)  # fmt: skip
def test_what_a_field_does_not_look_like_is_told(text: str, field: str) -> None:
    read = printed.read(text)
    value = str(read.reading.item.get(field, ""))
    right = {"container-title": ("Spine J", "J Hypertens", "Maternal Health")}
    others = ("Prentice Hall Press", "2356-2367", "4_6-16", "16(48)-17(49)", "496-506", "")
    is_right = value in right.get(field, others)
    assert is_right or field in read.doubted, value


@pytest.mark.parametrize("words", ["運動器・整形外科", "脊椎外・関節系", "高齢者・障害者"])
@pytest.mark.parametrize("behind", ["メディックメディア, 2017.", "総合リハ 2010;61:3-9."])
def test_words_behind_a_title_that_have_the_form_of_names_are_told(words: str, behind: str) -> None:
    read = printed.read(f"病気がみえる vol.11 {words}. {behind}")
    assert "author" not in read.reading.item or "author" in read.doubted


FULL = {"family": "Lindqvist", "given": "Eva"}


@pytest.mark.parametrize(
    "odd",
    [
        {"family": "Okafor", "given": "B. (Jun"}, {"family": "(Hrsg.)", "given": "Okafor B."},
        {"family": "Marsh Tools", "given": "Inc."}, {"family": "Lindqvist"}, {"family": "B"},
        {"family": "Jonathan", "given": "Okafor"}, {"family": "Emma", "given": "Lindqvist."},
        {"family": "岡部文雄", "given": "林田葉子"},
        {"family": "Émile Lindqvist", "given": "Frédérique De Okafor"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_name_that_looks_like_none_casts_doubt_on_its_list(
    odd: dict[str, str], place: int
) -> None:
    """Wherever it stands among names that are in order."""
    names = [FULL, {"family": "Tanaka", "given": "Y."}]
    assert not people.are_odd("author", names, Span(0, 0), "")
    assert people.are_odd("author", [*names[:place], odd, *names[place:]], Span(0, 0), "")


@pytest.mark.parametrize(
    "names",
    [
        [{"family": "Lindqvist"}, {"family": "Okafor"}], [{"literal": "Marsh Tools Inc."}],
        [{"family": "Paul", "given": "R."}], [{"literal": "Marsh Society (MS)"}],
        [{"family": "東", "given": "俊一"}], [{"family": "長谷部", "given": "友美子"}],
        [{"family": "Paul", "given": "Thomas"}],
    ],
)  # fmt: skip
def test_names_in_order_cast_no_doubt(names: list[dict[str, str]]) -> None:
    assert not people.are_odd("author", names, Span(0, 0), "")


@pytest.mark.parametrize("left", ["(review)", "Featured article", "Abridged"])
def test_consent_takes_back_the_doubt_about_a_border_only(left: str) -> None:
    """A word beside a title is none of it where the labeller says so; what it holds stays odd."""
    text = f"Reed beds in spring {left}"
    fields = {"title": Field(value="Reed beds in spring", confidence=0.9, span=Span(0, 19))}
    rest = (Rest(text=left, span=Span(20, 20 + len(left))),)
    signs = doubts.signs(fields, "book", rest, text)
    reading = Reading(item={"type": "book", "title": "Reed beds in spring"})
    read = Printed(text=text, reading=reading, fields=fields, rest=rest)
    share = {"title": doubts.Share(least=0.99, mean=0.99, before=0.01, behind=0.01)}
    consent = doubts.Opinion(whole=frozenset({"title"}), shared=frozenset({"title"}), shares=share)
    assert "title" in signs.soft
    assert "title" not in signs.firm

    def told(signs: doubts.Signs, opinion: doubts.Opinion) -> tuple[bool, float]:
        evidence = Evidence(signs=signs, opinion=opinion, grammar="book")
        weighed = confidence.weighed(read, evidence).fields["title"]
        return "title" in evidence.against, weighed.confidence

    firm = doubts.Signs(firm=frozenset({"title"}), soft=frozenset())
    alone, with_consent, in_spite = (
        told(signs, doubts.Opinion()),
        told(signs, consent),
        told(firm, consent),
    )
    assert (alone[0], with_consent[0], in_spite[0]) == (True, False, True)
    assert in_spite[1] <= doubts.DOUBTED < SURE <= with_consent[1]
    assert alone[1] < with_consent[1]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Okafor B. Reed beds. Marsh Ways, n° 25/26, 1990, p. 5-9.", "issue"),
        ("Okafor B. Reed beds. Marsh Ways 1990;12:56 à 80.", "page"),
        ("Okafor B. Reed beds in spring. Marsh tools, Version 1.2 (07.02.2015).", "issue"),
        ("岡部文「葦の本」岸辺書房、(2003年1月13日)。", "issue"),
        ("Okafor B: Reed beds in spring. Tern Publishing, Bergen 2014, Kap. 2 und 3.", "volume"),
    ],
)
def test_half_a_figure_and_one_of_no_journal_are_told(text: str, field: str) -> None:
    """A figure that goes on, that is a day, or that stands alone behind what may be no journal."""
    read = printed.read(text)
    value = read.reading.item.get(field)
    assert value is None or value in ("25/26", "56-80") or field in read.doubted, value


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Roe, Eva. “On discs in the north.” Limnology and Theory 54.1 (2003): 3-20.", ["volume"]),
        ("Roe R. Slow growth of beds. N Engl J Med 1976; 294:750-753.", ["container-title"]),
        ("E. Roe, P. Poe, Marsh Lett. 2010, 10, 1082.", ["author"]),
        ("Roe R, Poe P. Beds from Lac Couture, Quebec. Limnology. 1991;26:31-39.",
         ["container-title"]),
    ],
)  # fmt: skip
def test_what_a_style_prints_is_no_sign(text: str, fields: list[str]) -> None:
    """What the MLA puts between volume and issue, a journal like a name, a town before one."""
    read = printed.read(text)
    said = doubts.signs(read.fields, read.reading.item["type"], read.rest, text)
    assert not said.firm & {*fields}
