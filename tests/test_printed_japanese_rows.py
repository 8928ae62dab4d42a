"""Japanese references whose elements one sign parts, and what stands beside names and figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refpipe.items import printed
from refpipe.model import Item

NAME = st.sampled_from(
    [
        ("江戸川 澄", "えどがわ", "すみ"),
        ("北 一弥", "きた", "かずや"),
        ("早乙女 蓮", "さおとめ", "れん"),
    ]
)
TITLE = st.sampled_from(
    ["歩行のなぞを解く", "腰椎と股関節", "眠れない夜に：五つの習慣", "握力（成人）の意味"]
)
HOUSE = st.sampled_from(["北信書房", "みのり出版", "朝凪堂", "主婦の友社", "青灯舎"])
YEAR = st.integers(1970, 2025)


def item(text: str) -> Item:
    return printed.read(text).reading.item


def who(read: Item, role: str = "author") -> list[str]:
    """The names without blanks."""
    return [
        one.get("literal") or one["family"] + one.get("given", "") for one in read.get(role, [])
    ]


@given(NAME, TITLE, HOUSE, YEAR, st.sampled_from(["／", " / ", "｜", " | ", "/"]), st.booleans())
def test_strokes_between_all_elements_part_a_book(
    name: tuple[str, str, str], title: str, house: str, year: int, sign: str, is_first: bool
) -> None:
    """One element alone is left to be the title, whichever comes first."""
    front = [f"{name[0]} 著", title] if is_first else [title, f"{name[0]} 著"]
    read = item(sign.join([*front, house, str(year)]))
    assert (read["type"], read["title"], who(read)) == ("book", title, [name[0].replace(" ", "")])
    assert (read["publisher"], read["issued"]) == (house, {"date-parts": [[year]]})


@given(
    NAME, TITLE, st.sampled_from(["理学療法科学", "日本腰痛会誌"]), YEAR, st.sampled_from("／｜")
)
def test_strokes_between_all_elements_part_an_article(
    name: tuple[str, str, str], title: str, journal: str, year: int, sign: str
) -> None:
    read = item(sign.join([name[0], title, journal, "35巻2号", "12-18頁", f"{year}年"]))
    assert (read["title"], read["container-title"]) == (title, journal)
    assert (read["volume"], read["issue"], read["page"]) == ("35", "2", "12-18")


@pytest.mark.parametrize(
    "text",
    ["歩行とは／佐藤クリニック", "腰痛／肩こり／ひざの痛み 2019", "症状｜治療｜予防｜2020年"],
)
def test_strokes_in_a_title_part_nothing(text: str) -> None:
    assert not {"author", "publisher"} & item(text).keys()


@given(
    NAME,
    TITLE,
    HOUSE,
    YEAR,
    st.sampled_from(["著", "編", "監修", "編著"]),
    st.sampled_from(["・", "、", " ", "／", "　"]),
    st.sampled_from(["", "刊", "発行"]),
    st.sampled_from(["「{}」", "『{}』"]),
)  # fmt: skip
def test_who_made_a_book_stands_in_brackets_behind_its_title(
    name: tuple[str, str, str], title: str, house: str, year: int, role: str, sign: str,
    out: str, marks: str,
) -> None:  # fmt: skip
    read = item(f"{marks.format(title)}（{name[0]} {role}{sign}{house}{out}、{year}年）")
    assert (read["type"], read["title"], read["publisher"]) == ("book", title, house)
    field = "author" if role == "著" else "editor"
    assert who(read, field) == [name[0].replace(" ", "")]
    assert read["issued"]["date-parts"] == [[year]]


@given(
    NAME,
    TITLE,
    st.sampled_from(["（{} {}）", "（{}・{}）", " ({}　{})", "（{}{}）"]),
    st.sampled_from(["：", "．", "ほか「", "「"]),
)
def test_the_reading_of_a_name_is_no_part_of_it(
    name: tuple[str, str, str], title: str, brackets: str, sign: str
) -> None:
    close = "」" if sign.endswith("「") else "．"
    reading = brackets.format(*name[1:])
    if "{}{}" in brackets and "ほか" not in sign:
        reading = "（" + name[1] + "　" + name[2] + "）"
    read = item(f"{name[0]}{reading}{sign}{title}{close}理学療法科学 2019；34：12-18.")
    assert who(read) == [name[0].replace(" ", "")]
    assert (read["title"], read["container-title"]) == (title, "理学療法科学")


def test_the_reading_of_a_word_stays_in_its_title() -> None:
    read = item("江戸川澄：足底筋膜炎（そくていきんまくえん）の治療．理学療法科学 2019；34：12-18.")
    assert read["title"] == "足底筋膜炎（そくていきんまくえん）の治療"


@given(
    st.lists(st.sampled_from(["이상헌", "박정미", "김하늘"]), min_size=2, max_size=3, unique=True),
    st.sampled_from("·ㆍ・‧"),
    YEAR,
)  # fmt: skip
def test_middle_dots_part_korean_names(names: list[str], dot: str, year: int) -> None:
    read = item(
        f"{dot.join(names)} ({year}). 노인의 낙상 공포와 균형. 한국노년학, 35(4), 991-1005."
    )
    assert who(read) == names
    assert read["title"] == "노인의 낙상 공포와 균형"
    assert read["issued"]["date-parts"] == [[year]]


@pytest.mark.parametrize("front", ["〇 ", "＊2　", "*3 ", "文献（5）", "参考文献(12)", "〇　"])
def test_a_mark_of_a_list_is_no_name(front: str) -> None:
    read = item(f"{front}江戸川澄：歩行の研究．理学療法科学 2019；34：12-18.")
    assert who(read) == ["江戸川澄"]


@pytest.mark.parametrize(
    ("tail", "told"),
    [
        ("日整会誌 48：1051〜1060, 昭49.", {"page": "1051-1060", "year": 1974}),
        ("肩関節, 39巻 2号, 488 - 491, 2015", {"page": "488-491", "issue": "2"}),
        ("J Spine Res. 5; 2014: 1100-1105", {"volume": "5", "year": 2014, "page": "1100-1105"}),
        ("理学療法 2009年; 69巻（9号）:1544頁-1549頁．", {"page": "1544-1549", "volume": "69"}),
        ("理学療法ジャーナル 35巻1号 12〜18ﾍﾟｰｼﾞ 2001", {"page": "12-18", "volume": "35"}),
        (
            "総合ケア14(2) 18〜23, 2004 (平成16) 年2月.",
            {"container-title": "総合ケア", "year": 2004},
        ),
        (
            "作業療法・35巻5号・2016年10月・p507-516",
            {"container-title": "作業療法", "page": "507-516"},
        ),
        ("第27回北信理学療法学術大会誌. 2011: O-036", {"page": "O-036"}),
    ],
)
def test_figures_in_the_order_and_signs_of_some_lists(tail: str, told: dict[str, object]) -> None:
    read = item(f"江戸川澄：歩行の研究．{tail}")
    found = {**read, "year": read["issued"]["date-parts"][0][0]}
    assert {name: found.get(name) for name in told} == told


def test_a_year_of_two_eras_stays_in_a_title() -> None:
    read = item("厚生労働省：2022（令和4）年 歩行調査の概況．2023年7月4日．https://example.go.jp/a")
    assert read["title"] == "2022（令和4）年 歩行調査の概況"
