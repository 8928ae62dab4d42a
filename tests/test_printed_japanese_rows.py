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
    return printed.remembered(text).reading.item


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


@pytest.mark.parametrize("reading", [" (Sumi Edogawa)", "（Edogawa S）", " (Edogawa, S.)"])
def test_a_name_in_letters_behind_the_name_is_no_part_of_it(reading: str) -> None:
    read = item(f"江戸川 澄{reading}：歩行の研究．北信理学療法学 12：3-9，2010")
    assert (who(read), read["title"]) == (["江戸川澄"], "歩行の研究")


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


@given(
    st.lists(
        st.sampled_from(["早乙女みのり", "木内恵", "久慈みさ子", "鬼頭健太", "三宅一弥"]),
        min_size=2, max_size=4, unique=True,
    ),
    st.sampled_from(["（2009）", "：", "「", " (2009) 「"]),
)  # fmt: skip
def test_blanks_alone_part_whole_names(names: list[str], sign: str) -> None:
    close = "」" if "「" in sign else ". "
    read = item(f"{' '.join(names)}{sign}歩行と睡眠の関係{close}歩行科学 27: 337-344, 2009")
    assert who(read) == names
    assert read["title"] == "歩行と睡眠の関係"


@given(
    st.lists(
        st.sampled_from(["清水 明美", "山崎 亮", "森 浩二", "鈴木 蓮"]), min_size=2, unique=True
    ),
    st.sampled_from(["（2011）", "：", "他「"]),
)
def test_blanks_part_families_and_given_names(names: list[str], sign: str) -> None:
    close = "」" if "「" in sign else ". "
    read = item(f"{' '.join(names)}{sign}歩行と睡眠の関係{close}歩行科学 27: 337-344, 2011")
    assert who(read) == [name.replace(" ", "") for name in names]


@pytest.mark.parametrize(
    ("text", "role", "names"),
    [
        ("佐々木 健太郎：歩行の研究．理学療法学 12:3-9, 2010", "author", ["佐々木健太郎"]),
        ("エリス（1971）：死ぬ瞬間 川口正吉〔訳〕 北信書房", "translator", ["川口正吉"]),
        (
            "D. Hall, P. Aston：歩行の機序．江戸川澄訳．青灯社，2011",
            "author",
            ["HallD.", "AstonP."],
        ),
        (
            "江戸川澄, 北一弥 (eds.), 歩行の栄養学, 医学書院, 2021.",
            "editor",
            ["江戸川澄", "北一弥"],
        ),
        (
            "Hall A 原著／江戸川澄 総監訳「触診の手引き」医学書院、2004年",
            "translator",
            ["江戸川澄"],
        ),
        ("(2017) 江戸川澄: 緑茶と歩行. 農村医学会雑誌 66: 455-460", "author", ["江戸川澄"]),
        ("歩行協会，歩き方のはなし（入門編），https://e.jp/a.html，2021年1月", "editor", []),
    ],
)
def test_who_did_what_in_forms_of_other_lists(text: str, role: str, names: list[str]) -> None:
    assert who(item(text), role) == names


@given(
    st.sampled_from(["「透析食」", "「歩き疲れ」", "「眠気」"]),
    st.sampled_from(["宅配と満足度", "外来の実際", "時の血圧"]),
)
def test_a_quoted_word_that_a_title_begins_with_does_not_end_it(word: str, rest: str) -> None:
    read = item(f"江戸川澄：{word}{rest}．北信腎栄養会誌 5：41-47，2020．")
    assert (read["title"], read["container-title"]) == (word + rest, "北信腎栄養会誌")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("江戸川澄：歩行（呼吸27：1021-1026,2008）", {"container-title": "呼吸", "volume": "27"}),
        ("江戸川澄: 歩行の図説, 青灯社, 東京, S58.", {"year": 1983, "publisher": "青灯社"}),
        ("江戸川澄. 歩行の研究. 岡山: 岡山大学; 令和2. 学位論文（博士）.", {"year": 2020}),
        ("江戸川澄：歩行入門，青灯社，1979（昭和54）年", {"year": 1979, "title": "歩行入門"}),
        ("江戸川澄：歩行の図説．医道の日本社，横須賀，2014．", {"publisher-place": "横須賀"}),
        ("江戸川澄：歩行の図説、北一弥（訳）、青灯社、2012、1,800円+税", {"year": 2012}),
        (
            "江戸川澄「歩行の縦断研究」，北信大学大学院文化科学研究科修士論文，2014年12月提出",
            {"year": 2014, "type": "thesis"},
        ),
        ("江戸川澄. 歩行の研究. 北信大学 平成24年度博士学位論文. 2013.", {"year": 2013}),
        ("歩行と眠気 - 薬剤師のノート (2020.8.19). https://note.com/a/n/n3", {"year": 2020}),
        ("「歩くとは」｜腎友クリニック｜https://e.jp/a｜2024年6月閲覧", {"URL": "https://e.jp/a"}),
        ("江戸川澄. 歩行の研究, 北信学会誌, 25-3, 388/393, 2015", {"page": "388-393"}),
    ],
)
def test_what_other_lists_print_otherwise(text: str, told: dict[str, object]) -> None:
    read = item(text)
    found = {**read, "year": read.get("issued", {}).get("date-parts", [[0]])[0][0]}
    assert {name: found.get(name) for name in told} == told


def test_a_year_that_ends_an_identifier_stays_in_it() -> None:
    read = item(
        "江戸川澄（1991）「歩行の効果」Jxiv（プレプリント）https://doi.org/10.9263/jos.79.1991"
    )
    assert read["DOI"] == "10.9263/jos.79.1991"


@pytest.mark.parametrize(
    "title",
    [
        "高血圧 140/100 の管理",
        "血圧 130/100, 140/110 の比較",
        "Ａ＞Ｂの比較",
        "歩行・2018年・5頁の研究",
        "昭和五十年の血圧 140/100 の管理",
    ],
)
@pytest.mark.parametrize(
    "form",
    ["江戸川澄. {}. 北信医誌 2010; 39(2): 120-125.", "江戸川澄：{}．北信医誌 39：120-125，2010．"],
)
def test_signs_that_part_elements_stay_in_a_title_as_printed(form: str, title: str) -> None:
    """``140/100`` became 140-100, as if it were pages."""
    assert item(form.format(title))["title"] == title


@pytest.mark.parametrize("sign", [", ", "，", "、"])
@pytest.mark.parametrize(
    ("figures", "told"),
    [("51(3){}S12", {"page": "S12"}), ("51{}S12", {"page": "S12"}),
     ("51巻3号{}S12", {"page": "S12"}), ("51(3){}20-25{}S55", {"issued": 1980}),
     ("51(3){}H30", {"issued": 2018}), ("51(3){}20-25{}R5", {"issued": 2023})],
)  # fmt: skip
def test_a_page_of_a_supplement_is_no_year_of_an_era(
    sign: str, figures: str, told: dict[str, object]
) -> None:
    """Behind a volume S12 was the year 1937; the comma of print needs no blank behind it."""
    read = item(f"江戸川澄. 歩行のなぞ. 北信医誌{sign}{figures.replace('{}', sign)}.")
    year = {"issued": read["issued"]["date-parts"][0][0]} if "issued" in read else {}
    assert {name: read[name] for name in ("page",) if told.keys() >= {name}} | year == told


@pytest.mark.parametrize("sign", [". ", ", ", "．", "，"])
@pytest.mark.parametrize("host", ["北信メディカル", "月刊みのりケア"])
def test_before_the_month_of_an_issue_stands_the_magazine(host: str, sign: str) -> None:
    """Its name has the word of a house (メディカル), and the house became the magazine."""
    read = item(f"江戸川澄. 歩行のなぞ. {host} 2018年5月号{sign}朝凪BP{sign}20-25.")
    assert read["container-title"] == host
    assert read["issued"]["date-parts"] == [[2018, 5]]


@pytest.mark.parametrize(
    "figures", ["39:20:12-15, 2018", "2018;39:20:12-15", "39：20：12-15，2018"]
)
def test_a_journal_in_brackets_of_books_may_have_three_figures(figures: str) -> None:
    read = item(f"江戸川澄. 歩行のなぞ. 『北信医誌』{figures}.")
    assert (read["type"], read["container-title"]) == ("article-journal", "北信医誌")
    assert (read["volume"], read["issue"], read["page"]) == ("39", "20", "12-15")


@pytest.mark.parametrize("sign", ["，", "．", ". ", ", "])
@pytest.mark.parametrize("town", ["東京", "京都"])
def test_a_dot_parts_a_town_from_its_house(town: str, sign: str) -> None:
    read = item(f"江戸川澄. 歩行の本. {town}・北信書房{sign}2018.")
    assert (read["publisher-place"], read["publisher"]) == (town, "北信書房")


@pytest.mark.parametrize("series", ["岩波新書", "中公新書", "ちくま新書", "新潮選書", "岩波文庫"])
def test_a_series_that_does_not_say_whose_it_is_is_no_house(series: str) -> None:
    read = item(f"江戸川澄『歩行の本』{series}、2018年")
    assert read["collection-title"] == series
    assert "publisher" not in read
