"""Who made a Japanese work: names, roles and signs drawn by chance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refpipe.items import printed
from refpipe.model import Item

FAMILY = st.sampled_from(["佐藤", "長谷川", "三宅", "五十嵐", "諏訪", "久保田", "東海林", "鮫島"])
GIVEN = st.sampled_from(["貴夫", "友美佳", "孝博", "健一郎", "みどり", "隆之介", "沙織", "真理子"])
PERSON = st.tuples(FAMILY, GIVEN)
SUBJECT = st.sampled_from(["腰痛の運動療法", "高齢者の転倒予防", "肩関節周囲炎の理学療法"])
BOOK = st.sampled_from(["肩こりの科学", "運動器疾患の理学療法", "睡眠の教科書"])
JOURNAL = st.sampled_from(["理学療法科学", "日本公衆衛生雑誌", "運動器リハビリテーション"])
HOUSE = st.sampled_from(["医学書院", "南江堂", "ミネルヴァ書房", "メディカ出版"])
YEAR = st.integers(1985, 2025)
FIELD_OF = {
    "著": "author", "編": "editor", "編集": "editor", "編著": "editor", "監修": "editor",
    "訳": "translator", "監訳": "translator",
}  # fmt: skip


def item(text: str) -> Item:
    return printed.remembered(text).reading.item


def names(value: list[dict[str, str]]) -> list[str]:
    return [one.get("literal") or one["family"] + one.get("given", "") for one in value]


@given(
    st.sampled_from(["下出", "東海林", "鮫島", "三宅", "久保", "諏訪", "小野寺", "栁澤"]),
    st.sampled_from(["真法", "学", "弘法", "正学", "義論", "恒学"]),
    st.sampled_from(["編集", "監修", "編著", "監訳", "訳"]),
    PERSON, BOOK, HOUSE, YEAR, st.data(),
)  # fmt: skip
def test_a_given_name_that_ends_like_a_subject_is_a_name_where_a_role_tells_it(
    family: str, given_name: str, role: str, other: tuple[str, str], book: str, house: str,
    year: int, data: st.DataObject,
) -> None:  # fmt: skip
    if len(family + given_name) != 4:
        return
    name, second = family + given_name, "".join(other)
    form = data.draw(
        st.sampled_from(
            [
                "{o}著，{n}{r}：{b}．{h}，{y}．", "{n}{r}：{b}．{h}，{y}．",
                "{b}（{o}著，{n}{r}）．{h}，{y}．",
                "{n}{r}『{b}』{h}、{y}年", "{o}著、{n}{r}『{b}』{h}、{y}年",
            ]
        )
    )  # fmt: skip
    read = item(form.format(n=name, r=role, o=second, b=book, h=house, y=year))
    assert (read["title"], read["publisher"]) == (book, house)
    field = FIELD_OF[role]
    assert names(read[field]) == [name]
    if "{o}" in form:
        assert names(read["author"]) == [second]


@given(
    st.sampled_from(
        ["遺伝子", "ゲノム", "塩基", "画像", "動画", "受精卵", "染色体", "プライム", "細胞", "RNA"]
    ),
    st.sampled_from(["：", ": ", "の", "による", " "]),
    st.sampled_from(["技術と応用", "最新の知見", "臨床への道"]),
    JOURNAL, HOUSE, YEAR,
)  # fmt: skip
def test_what_is_edited_is_no_editor(
    what: str, sign: str, rest: str, journal: str, house: str, year: int
) -> None:
    for end in (f"．{journal} {year}；12：34-40．", f"．{house}，{year}．", f"，{house}，{year}"):
        read = item(f"{what}編集{sign}{rest}{end}")
        assert not {"editor", "author", "translator"} & read.keys()


@pytest.mark.parametrize("word", ["現代語訳", "口語訳", "新訳", "全訳", "機械翻訳", "自動翻訳"])
def test_a_kind_of_translation_is_no_translator(word: str) -> None:
    for text in (
        f"{word} 養生の書．南江堂，2018．",
        f"{word}：現状と課題．臨床看護 2018；12：34-40．",
    ):
        assert not {"author", "translator", "editor"} & item(text).keys()


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Yamada", "Suzuki", "Smith", "Katz"]),
            st.sampled_from(["T.", "K.", "M."]),
        ),
        min_size=1, max_size=2, unique=True,
    ),
    st.sampled_from([", et al.", ", et al", " et al.", "，et al．", "，ほか", " ほか"]),
    SUBJECT, JOURNAL, YEAR, st.data(),
)  # fmt: skip
def test_a_western_list_of_a_japanese_reference_says_that_there_were_more(
    people: list[tuple[str, str]], more: str, title: str, journal: str, year: int,
    data: st.DataObject,
) -> None:  # fmt: skip
    who = ", ".join(f"{family} {given_name}" for family, given_name in people) + more
    form = data.draw(
        st.sampled_from(
            [
                "{n}：{t}．{j} 45：12-18，{y}．", "{n} 「{t}」『{j}』45巻、{y}年",
                "{n}: {t}. {j} {y}; 45: 12-18.",
            ]
        )
    )  # fmt: skip
    read = item(form.format(n=who, t=title, j=journal, y=year))
    assert (read["title"], read["container-title"]) == (title, journal)
    assert [one["family"] for one in read["author"]][-1] == people[-1][0].split()[-1]
    assert read["custom"]["author-et-al"] is True


@given(
    st.lists(
        st.sampled_from(["厚生労働省", "日本整形外科学会", "国立がん研究センター", "内閣府"]),
        min_size=2, max_size=3, unique=True,
    ),
    st.sampled_from(["／", "/", " / "]),
    st.sampled_from(["：", ": "]),
    st.sampled_from(["腰痛対策の手引き．2018．", "腰痛対策の手引き．南江堂，2018．"]),
)  # fmt: skip
def test_bodies_that_a_stroke_parts_made_the_work_together(
    bodies: list[str], stroke: str, colon: str, rest: str
) -> None:
    read = item(stroke.join(bodies) + colon + rest)
    assert names(read["author"]) == bodies
    assert read["title"] == "腰痛対策の手引き"
    assert "container-title" not in read


@given(
    st.lists(
        st.tuples(PERSON, st.sampled_from(list(FIELD_OF))),
        min_size=2, max_size=3, unique_by=(lambda one: one[0], lambda one: FIELD_OF[one[1]]),
    ),
    st.sampled_from(["・", "／", " / ", "/", "、", "，", ", ", " "]),
    st.sampled_from(["（{}）", " (", "({})"]),
    BOOK, HOUSE, YEAR, st.data(),
)  # fmt: skip
def test_roles_in_brackets_belong_to_whom_they_stand_behind(
    people: list[tuple[tuple[str, str], str]], sign: str, box: str, book: str, house: str,
    year: int, data: st.DataObject,
) -> None:  # fmt: skip
    box = box if "{}" in box else " ({})"
    who = sign.join(f"{''.join(name)}{box.format(role)}" for name, role in people)
    form = data.draw(
        st.sampled_from(
            [
                "{n}『{b}』{h}、{y}年", "{n}：{b}．{h}，{y}．", "『{b}』{n}、{h}、{y}年",
                "{n}「{b}」（{h}、{y}年）", "{b}．{n}．{h}，{y}．",
            ]
        )
    )  # fmt: skip
    read = item(form.format(n=who, b=book, h=house, y=year))
    assert (read["title"], read["publisher"]) == (book, house)
    for name, role in people:
        assert names(read[FIELD_OF[role]]) == ["".join(name)]


@given(
    JOURNAL, st.integers(2, 140), st.integers(1, 12), YEAR, SUBJECT,
    st.lists(PERSON, min_size=1, max_size=3, unique=True), st.integers(1, 900), st.data(),
)  # fmt: skip
def test_the_title_of_an_article_may_stand_behind_its_journal_and_figures(
    journal: str, volume: int, issue: int, year: int, title: str,
    people: list[tuple[str, str]], page: int, data: st.DataObject,
) -> None:  # fmt: skip
    figures = data.draw(
        st.sampled_from(
            [
                "{v}巻{i}号（{y}年）", "{v}巻{i}号（{y}）", "第{v}巻第{i}号、{y}年、",
                "{v}巻{i}号 {y}年 ",
                "（{y}年）{v}巻{i}号", "vol.{v} no.{i}（{y}年）", "{v}（{i}）、{y}、",
            ]
        )
    ).format(v=volume, i=issue, y=year)  # fmt: skip
    who = "・".join("".join(one) for one in people) + data.draw(st.sampled_from(["", "著"]))
    end = data.draw(st.sampled_from(["、p.{p}", "、{p}頁", "、pp.{p}-{q}", " {p}-{q}頁", ""]))
    read = item(f"『{journal}』{figures}「{title}」{who}" + end.format(p=page, q=page + 6))
    assert (read["container-title"], read["title"]) == (journal, title)
    assert (read["volume"], read["issue"]) == (str(volume), str(issue))
    assert names(read["author"]) == ["".join(one) for one in people]
    assert read["issued"]["date-parts"][0][0] == year
    if end:
        assert read["page"].split("-")[0] == str(page)


@given(
    st.sampled_from(["ロキソ錠60mg", "プレガカプセル75mg", "ジクロゲル1%", "オキシ徐放錠20mg"]),
    st.sampled_from(["", "「サワイ」", "「日医工」", "「ＤＳＥＰ」"]),
    st.sampled_from(["添付文書", " 添付文書", "電子添文", " インタビューフォーム"]),
    st.sampled_from(
        ["（第{e}版）．{y}年4月", "（{y}年4月改訂，第{e}版）", "（{y}年4月改訂 第{e}版）"]
    ),
    st.integers(1, 20), YEAR,
)  # fmt: skip
def test_a_drug_label_has_its_edition_and_the_whole_name_of_the_drug(
    drug: str, maker: str, label: str, end: str, edition: int, year: int
) -> None:
    read = item(drug + maker + label + end.format(e=edition, y=year))
    assert read["title"].startswith(drug + maker)
    assert read["edition"] == f"第{edition}版"
    assert read["issued"]["date-parts"][0] == [year, 4]


@given(
    st.sampled_from(["スミス", "デイビス", "ジョンソン", "マッケンジー"]),
    st.sampled_from(["編集", "訳"]), HOUSE, YEAR,
)  # fmt: skip
def test_who_edited_beside_a_quoted_title_did_it(
    family: str, role: str, house: str, year: int
) -> None:
    """What is edited stands there for itself: ゲノム編集."""
    field = "editor" if role == "編集" else "translator"
    for text in (
        f"{family}{role}『養生の書』{house}，{year}．",
        f"『養生の書』{family}{role}，{house}，{year}．",
    ):
        read = item(text)
        assert (read["title"], read["publisher"]) == ("養生の書", house), text
        assert [*read[field][0].values()] == [family]


@pytest.mark.parametrize("name", ["森鴎外訳", "小林声訳", "小林声編集", "漱石訳"])
def test_a_name_that_ends_like_a_thing_is_a_name(name: str) -> None:
    read = item(f"『養生の書』{name}，南江堂，2018．")
    assert {"translator", "editor"} & read.keys(), name
    assert read["title"] == "養生の書"


@pytest.mark.parametrize("key", ["［Suwa］", "[Suwa2] ", "[S12] ", "110", "033", "7 | ", "[ 2] "])
def test_a_key_of_the_page_is_no_part_of_a_name(key: str) -> None:
    read = item(f"{key}諏訪孝博 (著)、『関節の数理』、北辰書房、2011")
    assert (names(read["author"]), read["title"]) == (["諏訪孝博"], "関節の数理")


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("J.-P. ランベール", ["J.-P. ランベール"]), ("A. B. C. モローほか", ["A. B. C. モロー"]),
        ("L.D.ベルナール・E.M.デュポン", ["L.D.ベルナール", "E.M.デュポン"]),
        ("モロー, J. K.", ["モローJ. K."]), ("Mary E. Howard", ["HowardMary E."]),
    ],
)  # fmt: skip
def test_initials_before_or_behind_a_foreign_name_belong_to_it(
    front: str, expected: list[str]
) -> None:
    read = item(f"{front}『骨の力学』（田中一郎訳）北辰書房、1994年")
    assert names(read["author"]) == expected


def test_corner_brackets_among_wide_signs_are_japanese_print_whatever_the_words_are() -> None:
    read = item("Mary Howard（編）『Joints and Their Makers』（Norwood, 2009）")
    assert (read["title"], read["type"]) == ("Joints and Their Makers", "book")
    assert names(read["editor"]) == ["HowardMary"]
    assert "language" not in read


@pytest.mark.parametrize("parts", ["頸椎・胸椎", "基礎・応用", "上肢・下肢", "理論・実技"])
def test_two_words_before_a_part_of_a_title_are_nobody(parts: str) -> None:
    item = printed.read(f"樋口直樹（2015）．姿勢の教科書　{parts}編．ナツメ社").reading.item
    assert item["title"].split() == ["姿勢の教科書", f"{parts}編"]
    assert "editor" not in item
    text = "樋口直樹（2015）．姿勢の教科書　山田太郎・鈴木花子編．ナツメ社"
    named = printed.read(text).reading.item
    assert [one["literal"] for one in named["editor"]] == ["山田太郎", "鈴木花子"]


@given(
    st.sampled_from(["Andrew W. Varga", "Zsolt B. Varga", "Andrew Varga"]),
    st.sampled_from(
        [
            "諏訪孝博, {}, 三宅隆之. 歩く町. 歩行学会誌, 2023, 12(3), 4-9.",
            "{}, 諏訪孝博: 歩く町, 歩行学会誌, 12(3), 4-9, 2023",
            "諏訪孝博・{}・三宅隆之（2023）「歩く町」『歩行学会誌』12(3), 4-9.",
            "諏訪孝博, Peter J. Brown, {}, 三宅隆之「歩く町」『歩行学会誌』12(3), 4-9, 2023",
            "諏訪孝博, {}. 歩く町. 歩行学会誌, 2023, 12(3), 4-9.",
        ]
    ),
)
def test_a_western_name_written_out_stands_among_japanese_ones(name: str, text: str) -> None:
    read = printed.read(text.format(name)).reading.item
    given_name, family = name.rsplit(maxsplit=1)
    assert {"family": family, "given": given_name} in read["author"]
    front = text[: text.index("歩く")]
    assert len(read["author"]) == front.count(", ") + front.count("・") + 1
    assert (read["title"], read["container-title"]) == ("歩く町", "歩行学会誌")


def test_an_initial_before_a_title_ends_the_names() -> None:
    read = printed.read(
        "諏訪孝博, Brown K. Walking, running and falls. J Rehabil 2012;12:3-9"
    ).reading.item
    assert read["title"] == "Walking, running and falls"


@pytest.mark.parametrize(
    ("printed_as", "wanted"), [("ﾔﾏﾀﾞ太郎", "ヤマダ太郎"), ("Ｍａｒｉ山田", "Mari山田")]
)
def test_a_name_is_set_in_the_letters_that_everybody_writes(printed_as: str, wanted: str) -> None:
    read = printed.read(f"{printed_as}, 鈴木花子. 腰痛の経過. 整形外科. 2005, vol. 79, p. 123-130.")
    names = ["".join(name.values()) for name in read.reading.item["author"]]
    assert names == [wanted, "鈴木花子"]
