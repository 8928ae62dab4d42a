"""Japanese references as encyclopaedias and blogs list them: linked titles, headings of papers."""

from __future__ import annotations

import itertools
import re

import pytest
from examples import each
from hypothesis import given
from hypothesis import strategies as st

from refpipe import markup, render, styles
from refpipe.items import printed
from refpipe.model import Item
from refpipe.normalise import places

TITLE = st.sampled_from(
    [
        "肩こりに「温める」は正しいか", "腰痛、その背景と対策", "高齢者の転倒・骨折の現状",
        "ひざの痛み 第2章 運動", "睡眠と肥満の関係について", "足のむくみ（浮腫）",
    ]
)  # fmt: skip
LINK = "https://www.example.jp/a/b.html"


def item(text: str) -> Item:
    return printed.remembered(text).reading.item


@given(
    TITLE,
    st.sampled_from(["日本腰痛協会", "国立運動研究所", "厚生労働省健康局", "ほねナビ"]),
    st.sampled_from(["", " ", " - ", "　"]),
    st.sampled_from(["", "（2019年4月24日閲覧）", "、2019年7月26日閲覧。", " 2019年3月4日"]),
    st.sampled_from(["", "7. ", "・"]),
)
def test_the_words_of_a_link_are_the_title_where_more_stands_beside_it(
    title: str, maker: str, sign: str, end: str, front: str
) -> None:
    read = item(f"{front}[{title}]({LINK}){sign}{maker}{end}")
    assert (read["title"], read["URL"]) == (title, LINK)
    held = [*read.get("author", []), {"literal": read.get("container-title")}]
    assert maker in [one.get("literal") for one in [*held, {"literal": read.get("publisher")}]]


@each
@given(
    st.sampled_from(
        [
            "腰痛に挑む（中）「治らない」を覆せ",
            "手技の危害－整体、手技でも－",
            "2018/19年の評価",
            "腰痛の手引き「案」のお知らせ",
        ]
    ),
    st.sampled_from(["国立運動研究所", "アスゲン製薬", "独立行政法人国民生活センター"]),
    st.sampled_from(["7. ", "104. ", "- ", "[3] ", "3) ", "・"]),
)
def test_a_number_before_a_link_changes_nothing(title: str, maker: str, front: str) -> None:
    """Also where the bracket of the link ends the label."""
    plain = f"[{title}]({LINK}) {maker}"
    assert item(front + plain) == item(plain)
    assert item(plain)["title"] == title


@given(TITLE, st.sampled_from(["理学療法科学", "日本公衆衛生雑誌"]), st.integers(1990, 2025))
def test_a_linked_title_stands_between_author_and_journal(
    title: str, journal: str, year: int
) -> None:
    read = item(f"佐藤貴夫、[{title}]({LINK}) {journal} Vol.36 ({year}) No.10 P.1075-1081")
    assert (read["title"], read["container-title"]) == (title, journal)
    assert (read["volume"], read["issue"], read["page"]) == ("36", "10", "1075-1081")


def test_a_whole_reference_that_is_one_link_is_read_as_it_stands() -> None:
    read = item(f"[佐藤貴夫. (2013). 腰痛の推定. 理学療法科学, 12, 3-9.]({LINK})")
    assert (read["title"], read["container-title"]) == ("腰痛の推定", "理学療法科学")


@given(
    st.sampled_from(
        [
            "「腰痛」薬 判決差し戻し 「説明なし」 高松高裁", "腰痛の子に…「免疫高める」体操",
            "姿消す帽子…現場「邪魔」、男性増加", "腰痛の原因「不明」が8割",
        ]
    ),
    st.sampled_from(["読売新聞", "毎日新聞", "産経新聞", "サンケイスポーツ"]),
    st.sampled_from([" ", "：", "　", "\u3000"]),
    st.sampled_from(["{y}年6月23日", " {y}年06月03日", "{y}年6月23日朝刊"]),
    st.integers(1990, 2025),
)  # fmt: skip
def test_quotation_marks_within_a_heading_of_a_paper_do_not_end_it(
    title: str, paper: str, sign: str, day: str, year: int
) -> None:
    read = item(f"{title}{sign}{paper}{day.format(y=year)}")
    assert (read["type"], read["title"], read["container-title"]) == (
        "article-newspaper", title, paper,
    )  # fmt: skip
    assert read["issued"]["date-parts"][0][:2] == [year, 6]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "佐藤貴夫『腰痛の科学』 p22、1997年9月5日、朝倉書店、ISBN 4-254-43512-6 C3361",
            {"publisher": "朝倉書店", "page": "22"},
        ),
        (
            "佐藤貴夫『腰痛を変える』(２０２０年　ミネルヴァ書房・編著)",
            {"publisher": "ミネルヴァ書房", "title": "腰痛を変える"},
        ),
        ("N. Tayler著、佐藤貴夫訳註、『腰痛の歴史』、創元社、1972年", {"translator": "佐藤貴夫"}),
        (
            "佐藤貴夫「腰痛の理由」『理学療法科学』2017年 41巻 2号 p.228- , 理学療法科学学会",
            {"page": "228", "issue": "2", "volume": "41"},
        ),
        (
            "大阪高裁昭和28年5月21日判決　最高裁判所刑事判例集9巻7号1098頁",
            {"container-title": "最高裁判所刑事判例集", "page": "1098"},
        ),
        (
            "「腰痛調査報告」平成16年6月厚生労働省健康局",
            {"title": "腰痛調査報告", "issued": [2004, 6]},
        ),
        ("佐藤貴夫 2006「腰痛の試み」 The Kita medical journal, 2006", {"title": "腰痛の試み"}),
        ("マイケル・W. フォックス『腰の本』洋泉社、2004", {"author": "マイケル・W. フォックス"}),
        ("東洋療法協会 編『新版 腰痛概論（第2版）』医道の日本社", {"title": "新版 腰痛概論"}),
        ("腰痛学（総論・各論） / 佐藤貴夫、森潤一 : 医学書院", {"title": "腰痛学（総論・各論）"}),
        (
            "佐藤貴夫「腰痛」『腰痛雑誌』第12巻第3号、腰痛学会、2010年5月、12-18頁、NAID 1100012",
            {"volume": "12", "issue": "3", "page": "12-18", "issued": [2010, 5]},
        ),
        ("腰痛とは｜ほねナビ", {"type": "webpage", "title": "腰痛とは"}),
        (
            "『調査の記録』（レポート）日本腰痛協会、2010年5月。2012年3月4日閲覧。",
            {"author": "日本腰痛協会"},
        ),
        ("朝日新聞 3面 2006年（平成18年）5月14日", {"issued": [2006, 5, 14]}),
        ("厚生労働省「腰痛の調査」平成18年（2006年）5月14日", {"issued": [2006, 5, 14]}),
        ("論文: 佐藤貴夫 (2019) 「腰痛の推定」理学療法科学 12: 3-9.", {"author": "佐藤貴夫"}),
        ("『就業の案内』菅原健一、1906年", {"author": "菅原健一"}),
        ("腰痛の薬の本2016 p.397,p.407 ISBN 978-4-260-02407-5", {"page": "397, 407"}),
        (
            "佐藤貴夫『腰の本 改訂第四版』医学書院、2009年",
            {"edition": "改訂第四版", "title": "腰の本"},
        ),
        (
            "放送局「腰のいま」2012年6月27日16時30分頃放送",
            {"issued": [2012, 6, 27], "title": "腰のいま"},
        ),
        (
            "佐藤貴夫 (2012)、腰痛への接近(腰痛,2011年,第5回学会(横浜)) 『心身医学』 2012年 52巻",
            {
                "container-title": "心身医学",
                "title": "腰痛への接近(腰痛,2011年,第5回学会(横浜))",
            },
        ),
        ("三澤・竹原「腰痛の調査」（理学療法科学73巻2号）", {"container-title": "理学療法科学"}),
        ("「腰痛の武器」（誠信書房）第１版　９ページより。", {"publisher": "誠信書房"}),
        ("Sato T．Low back pain．Ann Intern Med．2012 Apr 3；156：500-11", {"volume": "156"}),
    ],
)
def test_what_lists_print_around_the_elements(text: str, told: dict[str, object]) -> None:
    read = item(text)
    for name, value in told.items():
        got = read[name]
        if name == "issued":
            got = got["date-parts"][0]
        elif isinstance(got, list):
            assert len(got) == 1
            got = got[0].get("literal") or got[0]["family"] + got[0]["given"]
        assert got == value


def test_two_family_names_joined_by_a_dot_are_two_people() -> None:
    assert len(item("三澤・竹原「腰痛の調査」（理学療法科学73巻2号）")["author"]) == 2
    assert len(item("山田・太郎「腰痛の調査」（理学療法科学73巻2号）")["author"]) == 1


@given(
    st.sampled_from(["腰痛と運動の分岐 大学 ほね通信", "腰痛を防ぐ － 成分 － 運動大学大学院"]),
    st.integers(1999, 2025), st.integers(1, 12), st.integers(1, 28),
)  # fmt: skip
def test_what_tells_a_day_and_no_figure_is_of_the_web(
    words: str, year: int, month: int, day: int
) -> None:
    assert item(f"{words} {year}年{month}月{day}日")["type"] in ("webpage", "report")


def test_an_issue_behind_a_journal_in_marks_is_no_number_of_a_degree() -> None:
    read = item("佐藤貴夫、腰痛に関する研究 『国立運動研究所年報』 第28号 平成12年 P.57,")
    assert (read["container-title"], read["issue"]) == ("国立運動研究所年報", "28")
    read = item("『官報』第907号「叙任の辞令」1886年7月10日。")
    assert (read["container-title"], read["title"]) == ("官報", "叙任の辞令")


def test_a_latin_journal_that_touches_a_title_is_read_whole() -> None:
    read = item("指針の比較と展望Eur Spine J. 2010 Dec; 19(12):2075-2094")
    assert (read["title"], read["container-title"]) == ("指針の比較と展望", "Eur Spine J")


def test_figures_that_were_printed_twice_are_told_as_unsure() -> None:
    two = printed.read(
        "「腰痛の話」、『週刊腰痛』、2017年9月14日号（頁40-47）、2017年9月21日号（頁44-51）。"
    )
    assert two.fields["page"].confidence <= 0.6
    one = printed.read("佐藤貴夫「腰痛の話」『腰痛雑誌』12巻3号、2017年、40-47頁")
    assert one.fields["page"].confidence > 0.6


def test_what_a_bracket_alone_holds_is_told_as_unsure() -> None:
    read = printed.read("朝日新聞 3面（総合） 2006年5月14日")
    assert "title" not in read.fields or read.fields["title"].confidence <= 0.6


@pytest.mark.parametrize(
    "body", ["日本腰痛協会", "厚生労働省 健康局", "朝日新聞社", "運動療法研究会"]
)
@pytest.mark.parametrize("day", ["", " 2013年2月", "、2013年2月3日", "（2013年2月）"])
def test_a_body_alone_behind_a_quoted_title_is_who_made_it(body: str, day: str) -> None:
    told = (
        f"「腰痛の予防とは」（{body}、{day[1:]}"
        if day.startswith("（")
        else f"「腰痛の予防とは」{body}{day}"
    )
    read = item(told)
    assert read["type"] in ("webpage", "report")
    assert (read["title"], read["author"]) == ("腰痛の予防とは", [{"literal": body}])


@pytest.mark.parametrize(
    ("text", "editor", "title"),
    [
        ("『からだの話』編集部編『腰痛の本』医学書院、2010年", "『からだの話』編集部", "腰痛の本"),
        ("『腰痛指針2011』「腰痛指針」作成委員会編集", "「腰痛指針」作成委員会", "腰痛指針2011"),
    ],
)
def test_a_group_that_is_named_after_its_work_is_one_name(
    text: str, editor: str, title: str
) -> None:
    read = item(text)
    assert (read["editor"], read["title"]) == ([{"literal": editor}], title)


def test_a_house_in_a_bracket_before_the_year_is_the_publisher() -> None:
    read = item("佐藤貴夫：腰痛の本（医学書院）2010")
    assert (read["title"], read["publisher"]) == ("腰痛の本", "医学書院")


@given(
    st.sampled_from(["日本腰痛学会", "運動療法研究会", "国立運動研究所"]),
    st.sampled_from(["東京", "仙台", ""]),
    st.sampled_from(["第20回日本腰痛学会学術集会抄録集", "運動療法研究会論文集", "腰痛予稿集"]),
    st.sampled_from(["ieee", "vancouver"]), st.booleans(),
)  # fmt: skip
def test_our_own_entry_of_a_paper_has_its_publisher(
    body: str, town: str, host: str, style: str, is_paged: bool
) -> None:
    paper: Item = {
        "type": "paper-conference", "title": "腰痛患者における歩行の分析", "language": "ja",
        "author": [{"literal": "佐藤貴夫"}], "container-title": host, "publisher": body,
        "issued": {"date-parts": [[2018]]},
    }  # fmt: skip
    paper |= {"publisher-place": town} if town else {}
    paper |= {"page": "12-18"} if is_paged else {}
    read = item(markup.plain(render.entry(paper, styles.load(style)).content))
    assert {name: read.get(name) for name in paper} == paper


@given(
    st.sampled_from(["E. coli感染症", "H. pylori除菌", "C. difficile腸炎", "S. aureus菌血症"]),
    st.sampled_from(["．", "。", ". ", "："]),
    st.sampled_from(["佐藤貴夫", "佐藤貴夫，森潤一"]),
)
def test_a_germ_that_begins_a_title_is_nobody_s_initial(germ: str, stop: str, names: str) -> None:
    text = f"{names}{stop}{germ}の検討．日本内科学会雑誌 99：123-130，2010．"
    item = printed.read(text).reading.item
    assert item["title"] == f"{germ}の検討", text
    assert len(item["author"]) == names.count("，") + 1


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("厚生労働省 / 健康増進課 : 腰痛の手引きについて. 2013.", "腰痛の手引きについて"),
        ("佐藤貴夫 / 腰痛の診断 : 治療と予防. 医学書院, 2010.", "腰痛の診断: 治療と予防"),
        ("腰痛の診断 / 佐藤貴夫 : 医学書院, 2010.", "腰痛の診断"),
    ],
)
def test_who_stands_before_a_stroke_is_no_title(text: str, title: str) -> None:
    item = printed.read(text).reading.item
    assert item["title"] == title
    assert "author" in item


@pytest.mark.parametrize("words", ["腰", "腰痛", "Pain", "腰痛の診断", "佐藤の診断と腰痛の治療"])
def test_a_linked_title_takes_no_name_along(words: str) -> None:
    """However short the words of a link are, what stands before them is none of them."""
    text = f"佐藤貴夫. [{words}](https://e.example.org/a) 理学療法学 45巻 2010年"
    item = printed.read(text).reading.item
    assert item["author"] == [{"literal": "佐藤貴夫"}]
    assert item["title"].lstrip("[") == words


@pytest.mark.parametrize("names", ["佐藤貴夫", "佐藤貴夫、森潤一", "林"])
def test_a_linked_name_is_no_title(names: str) -> None:
    text = f"[{names}](https://e.example.org/a). 腰痛の診断. 理学療法学 2010;45:1-5."
    item = printed.read(text).reading.item
    assert (item["title"], item["container-title"]) == ("腰痛の診断", "理学療法学")


@given(
    st.sampled_from(
        ["平成18年（2006年）5月14日", "2006年（平成18年）5月", "平成18年（2006）5月14日"]
    ),
    st.sampled_from(["の調査", "に始まる腰痛", "以後の腰痛"]),
)
def test_a_day_in_two_countings_within_a_title_stays_as_it_is_printed(day: str, rest: str) -> None:
    """A title is quoted: where more follows the day, none of its words may go in silence."""
    for text in (f"佐藤貴夫. {day}{rest}. 医学書院, 2010.", f"佐藤貴夫「{day}{rest}」2010年"):
        read = printed.read(text)
        title = read.reading.item.get("title")
        assert title == f"{day}{rest}" or "title" in read.doubted or read.rest, text


@pytest.mark.parametrize("title", ["第四版の改訂", "第4版の改訂と腰痛", "ほかの方法の検討"])
def test_words_of_a_title_are_neither_its_edition_nor_et_al(title: str) -> None:
    item = printed.read(f"佐藤貴夫．{title}．医学書院，2010．").reading.item
    assert item["title"] == title
    assert "edition" not in item


@pytest.mark.parametrize("house", ["池田屋", "山本海苔店", "中村商店", "佐藤書房"])
def test_a_shop_behind_a_quoted_title_sold_it(house: str) -> None:
    item = printed.read(f"『腰痛の診断』{house}、2010年").reading.item
    assert item["publisher"] == house


@pytest.mark.parametrize(
    "note",
    [
        " — 歩行と姿勢の基礎", "（復刊：2015）", "（緑陰社1989年刊の再刊）",
        " ※ 改訂前のものは2001年",
        "。原著: *Walking*, 1990", "（2018年12月6日第56刷）", "（電子版 ISBN 978-4-00-310101-8）",
        "。歩き方の基礎を学べる。", " [北辰書房](https://a.example/b)", " [link](https://a.example/b)",
    ],
)  # fmt: skip
def test_what_is_said_behind_a_book_changes_nothing_of_it(note: str) -> None:
    book = "諏訪孝博『関節の数理』北辰書房、2011年、ISBN 978-4-00-310101-8"
    if note.startswith("。歩"):
        book = "諏訪孝博（2011）『関節の数理』北辰書房"
    read, plain = item(book + note), item(book)
    told = ("type", "author", "title", "publisher", "issued", "editor", "container-title")
    assert {name: read.get(name) for name in told} == {name: plain.get(name) for name in told}
    assert plain["publisher"] == "北辰書房"


@pytest.mark.parametrize(
    "book",
    [
        "[諏訪孝博『関節の数理』星雲図書(2011)](https://shop.example/1)",
        "諏訪孝博[『関節の数理』](https://shop.example/1)",
        "諏訪孝博. 関節の数理. 星雲図書, 2011, 199p. https://shop.example/1",
        "「[関節の数理](https://shop.example/1)」(諏訪孝博(著)、星雲図書、2011/10/20)",
    ],
)  # fmt: skip
def test_a_book_with_a_link_to_a_shop_is_no_page(book: str) -> None:
    read = item(book)
    assert (read["type"], read["title"]) == ("book", "関節の数理")
    assert read.get("publisher", "星雲図書") == "星雲図書"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("諏訪孝博: 歩行の記録，歩行学会論文誌D, Vol.J91-D,No.04,pp.228-241, 2021",
         {"container-title": "歩行学会論文誌D", "volume": "J91-D", "issue": "04"}),
        ("諏訪孝博: 歩行の記録，歩行学会研究報告, vol. 2021-ABC-31, no. 3, pp. 1-6, 2021.",
         {"container-title": "歩行学会研究報告", "volume": "2021-ABC-31", "issue": "3"}),
        ("諏訪孝博: 歩行の記録, 歩行論文集B1（水工学）Vol.73, No.4, I_1429-I_1434, 2017.",
         {"container-title": "歩行論文集B1（水工学）", "volume": "73", "page": "I_1429-I_1434"}),
        ("諏訪孝博, “歩行の記録”, 歩学技報, vol. 124, no. 310, AB2024-163, pp. 116-121, 2024年",
         {"container-title": "歩学技報", "volume": "124", "issue": "310", "page": "116-121"}),
        ("諏訪孝博. 歩行の記録. 第30回歩行シンポジウム報告集, pp. 41-50, 2005.",
         {"type": "paper-conference", "container-title": "第30回歩行シンポジウム報告集"}),
        ("歩行雑学クラブ編『歩行の図鑑』 p.12 1988年 北辰書房",
         {"editor": [{"literal": "歩行雑学クラブ"}], "title": "歩行の図鑑"}),
        ("モロー 著 諏訪 孝博訳『関節の数理』（北辰書房、1999年）",
         {"author": [{"literal": "モロー"}], "translator": [{"family": "諏訪", "given": "孝博"}]}),
        ("諏訪孝博編『歩行事典』腰痛項", {"title": "歩行事典", "publisher": None}),
        ("諏訪孝博 (編集), 『関節の数理』, 北辰書房, 2003年初版",
         {"issued": {"date-parts": [[2003]]}}),
        ("諏訪孝博（2011）「歩く朝」日本経済新聞（2011年5月22日）",
         {"issued": {"date-parts": [[2011, 5, 22]]}}),
        ("ABC システム マニュアル: https://a.example/b", {"author": None}),
        ("一般社団法人あるくフォーラム. “歩く人”. 2019年. https://a.example/b",
         {"author": [{"literal": "一般社団法人あるくフォーラム"}], "container-title": None}),
    ],
)  # fmt: skip
def test_where_no_list_of_words_decides_the_place_does(text: str, told: dict[str, object]) -> None:
    read = item(text)
    assert {name: read.get(name) for name in told} == told


@pytest.mark.parametrize(
    ("text", "title", "site"),
    [
        ("かいごの森｜歩く力を保つ｜2020/5/11", "歩く力を保つ", "かいごの森"),
        ("arukuの日記 | 歩行計の使い方（2020年9月28日閲覧）https://aruku.example.jp/e/1",
         "歩行計の使い方", "arukuの日記"),
        ("歩行とは｜からだナビ https://a.example.jp/1", "歩行とは", "からだナビ"),
        ("腰椎の手術｜もりた整形外科クリニック https://a.example.jp/1", "腰椎の手術",
         "もりた整形外科クリニック"),
    ],
)  # fmt: skip
def test_a_site_may_stand_before_its_page(text: str, title: str, site: str) -> None:
    read = item(text)
    told = read.get("container-title") or read.get("publisher") or read["author"][0]["literal"]
    assert (read["title"], told) == (title, site)


def test_a_list_of_names_ends_where_the_title_begins() -> None:
    read = item("諏訪孝博、歩行機能概論、北辰大学出版、1966。")
    assert (read["title"], read["publisher"]) == ("歩行機能概論", "北辰大学出版")
    assert read["author"] == [{"literal": "諏訪孝博"}]


@pytest.mark.parametrize(
    ("text", "author", "translators"),
    [
        ("* 関節の地図 (歩行クラブ 著, 2017/03, 北辰書房)", "歩行クラブ", []),
        ("関節の地図 (J.D. Moro, Paul Tate 著/諏訪孝博 監訳/三宅隆之 訳, 2020/01, 北辰書房)",
         "Moro", ["諏訪孝博", "三宅隆之"]),
        ("関節の地図 [単行本(ソフトカバー)] 諏訪 孝博 (著) 北辰書房 (2012/3/15)", "諏訪", []),
    ],
)  # fmt: skip
def test_a_shop_names_the_title_and_then_who_made_it(
    text: str, author: str, translators: list[str]
) -> None:
    read = item(text)
    first = read["author"][0]
    assert (read["title"], read["publisher"], read["type"]) == ("関節の地図", "北辰書房", "book")
    assert first.get("family", first.get("literal")) == author
    assert [one["literal"] for one in read.get("translator", [])] == translators


def test_a_day_with_blanks_is_that_of_reading() -> None:
    read = item("北辰会「歩く力」（2026 年 9 月 6 日参照） https://a.example/b")
    assert read["accessed"] == {"date-parts": [[2026, 9, 6]]}
    assert "issued" not in read


KANJI = "〇一二三四五六七八九"


def _in_kanji(number: int, is_counted: bool, zero: str = "") -> str:
    """``一二`` or, counted, ``十二``, perhaps with a zero for no tens; years are spelt."""
    if not is_counted or number > 999:
        return "".join(KANJI[int(sign)] for sign in str(number))
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    told = ("" if hundreds < 2 else KANJI[hundreds]) + "百" * bool(hundreds)
    told += ("" if tens < 2 else KANJI[tens]) + "十" * bool(tens)
    told += zero * bool(hundreds and not tens and ones)
    return told + KANJI[ones] * bool(ones)


@given(
    st.sampled_from(
        [
            "諏訪孝博『歩く町』（北辰書房、{y}年）",
            "諏訪孝博『歩く町』北辰書房、{y}年{m}月",
            "諏訪孝博『歩く町』北辰書房、{y}年{m}月{d}日、{n}頁",
            "諏訪孝博（{y}）『歩く町』北辰書房",
            "諏訪孝博「歩く町」『歩行学雑誌』第{d}巻第{m}号、{y}年、{n}―{p}頁",
            "諏訪孝博「歩く町」三宅隆之編『町の事典』北辰書房、{y}年所収",
            "諏訪孝博「歩く町」『南海日日新報』{y}年{m}月{d}日付夕刊",
            "諏訪孝博「歩く町」『思潮』第{n}号、昭和{d}年{m}月",
            "『一九八四年の町』北辰書房、{y}年",
            "諏訪孝博『歩く町』第{m}巻、北辰書房、{y}年",
        ]
    ),
    st.integers(1900, 2029), st.integers(1, 12), st.integers(1, 28), st.integers(1, 899),
    st.booleans(), st.sampled_from(["", "〇", "○", "零"]),
)  # fmt: skip
def test_figures_in_kanji_are_read_like_others(
    text: str, year: int, month: int, day: int, page: int, is_counted: bool, zero: str
) -> None:
    figures = {"y": year, "m": month, "d": day, "n": page, "p": page + 9}
    written = {name: _in_kanji(one, is_counted, zero) for name, one in figures.items()}
    assert item(text.format(**written)) == item(text.format(**figures))


@pytest.mark.parametrize("written", ["百二〇", "十〇", "百十百", "二十〇"])
def test_what_is_no_number_in_kanji_becomes_no_volume(written: str) -> None:
    assert places.from_kanji(written) == 0
    text = f"諏訪孝博「歩く町」『歩行学雑誌』第{written}巻第三号、二〇一〇年。"
    assert "volume" not in item(text)
    assert item(f"諏訪孝博『歩く町』北辰書房、昭和{written}年").get("issued") is None


def test_a_number_in_kanji_is_what_is_counted_or_spelt() -> None:
    told = {
        _in_kanji(number, is_counted, zero): number
        for number in range(1, 1000)
        for is_counted in (True, False)
        for zero in ("", "〇")
    }
    for size in range(1, 4):
        for signs in itertools.product("〇一二十百", repeat=size):
            written = "".join(signs)
            plain = re.sub("一(?=[十百])", "", written)
            spelt = written.lstrip("〇") if not set(written) & set("十百") else plain
            assert places.from_kanji(written) in (told.get(spelt, 0), told.get(written, 0))


@each
@given(
    st.sampled_from(["大正十二年", "昭和二十年八月", "平成三十年度"]), st.sampled_from([" ", "　"]),
    st.sampled_from(["震災と医療", "町の歩行", "歩行障害の実態"]),
    st.sampled_from(["．", ". ", "、"]),
)  # fmt: skip
def test_a_title_keeps_its_day_in_kanji(day: str, blank: str, words: str, sign: str) -> None:
    read = item(f"諏訪孝博{sign}{day}{blank}{words}. 歩行学雑誌. 2005; 12: 3-9.")
    assert str(read["title"]).replace("　", " ") == f"{day} {words}"
    assert (read["volume"], read["page"]) == ("12", "3-9")


@pytest.mark.parametrize("end", ["二〇〇九年", "2009年", "二〇〇九年三月"])
def test_a_year_in_kanji_that_is_a_title_stays_one(end: str) -> None:
    read = printed.read(f"諏訪孝博、一九八四年、北辰書房、{end}").reading.item
    assert read["issued"]["date-parts"][0][0] == 2009
    assert "一九八四年" in str(read)
    read = printed.read(f"諏訪孝博『一九八四年』北辰書房、{end}").reading.item
    assert (read["title"], read["publisher"]) == ("一九八四年", "北辰書房")


@given(
    st.sampled_from(["第{}巻、{}、{}年", "第{}巻（{}、{}年）"]),
    st.integers(1, 40), st.sampled_from(["北辰社", "緑陰書房", "星雲図書出版会"]),
    st.integers(1900, 2029),
)  # fmt: skip
def test_a_house_behind_a_volume_makes_a_book(
    form: str, volume: int, house: str, year: int
) -> None:
    end = form.format(volume, house, year)
    for part in ("", "「足」"):
        read = item(f"諏訪孝博{part}『歩行大事典』{end}" + "、12-18頁" * bool(part))
        assert read["type"] == ("chapter" if part else "book")
        assert read["container-title" if part else "title"] == "歩行大事典"
        assert (read["volume"], read["publisher"]) == (str(volume), house)
        assert read["issued"] == {"date-parts": [[year]]}


@pytest.mark.parametrize(
    "end",
    ["第12巻、1981年、31-34頁", "第12巻、歩行学会、1981年、31-34頁", "第12巻第2号、緑陰社、1981年"],
)
def test_a_volume_with_its_issue_or_its_society_is_a_journal_s(end: str) -> None:
    read = item(f"諏訪孝博「足」『思潮』{end}")
    assert (read["type"], read["container-title"]) == ("article-journal", "思潮")
    assert read["volume"] == "12"


@pytest.mark.parametrize(
    ("text", "who", "school"),
    [
        ("博士学位論文 「歩く町」 諏訪 孝博", "諏訪孝博", None),
        ("修士論文「歩く町」諏訪孝博、北信工業大学、2015年", "諏訪孝博", "北信工業大学"),
        ("歩く町の研究. 中村孝博. 北信工業大学 博士論文, 2015", "中村孝博", "北信工業大学"),
        ("修士論文「歩く町」看護学専攻、北信工業大学、2015年", None, "北信工業大学"),
        ("諏訪孝博. “歩く町.” 北信大学情報学部卒業研究報告書, 2025.", "諏訪孝博",
         "北信大学情報学部"),
        ("諏訪孝博（2017）「歩く町」北信大学大学院人間文化研究科", "諏訪孝博",
         "北信大学大学院人間文化研究科"),
        ("諏訪孝博. 歩く町. 平成29年度 北信大学大学院 修士論文.", "諏訪孝博", "北信大学大学院"),
    ],
)  # fmt: skip
def test_a_thesis_has_its_author_behind_the_title_too(
    text: str, who: str | None, school: str | None
) -> None:
    read = item(text)
    names = ["".join(str(part) for part in name.values()) for name in read.get("author", [])]
    assert (read["type"], names) == ("thesis", [who] if who else [])
    assert read["title"].startswith("歩く町")
    assert read.get("publisher") == school
    if "平成29年度" in text:
        assert read["issued"] == {"date-parts": [[2017]]}


@pytest.mark.parametrize(
    "text",
    [
        "諏訪孝博「看護学生の卒業研究の実際」『北信大学紀要』12(3), 4-9, 2023",
        "諏訪孝博『卒業研究』北信書房、2019年",
        "北信大学大学院文学研究科「入試要覧」2019年",
        "諏訪孝博（2017）「歩く町」北信大学大学院紀要",
        "諏訪孝博「入試要覧」北信大学大学院文学研究科 https://a.example.jp/1",
    ],
)
def test_a_school_alone_makes_no_thesis(text: str) -> None:
    assert item(text)["type"] != "thesis"


@pytest.mark.parametrize("edition", ["2019年改訂2版", "2019年改訂第3版", "2019年改訂版"])
def test_the_year_of_a_revision_belongs_to_the_edition(edition: str) -> None:
    read = item(f"歩行診療ガイドライン（{edition}），日本歩行学会（編），2019")
    assert (read["title"], read["edition"]) == ("歩行診療ガイドライン", edition)


@pytest.mark.parametrize(
    "text",
    [
        "[JIS X 8399-9 {} 日本規格協会](https://shop.example/1)",
        "- [JIS X 8399-9:2016 {}](https://shop.example/1) 日本規格協会 税込4840円",
        "JIS X 8399-9:2016, {}, 日本規格協会",
        "JIS X 8399-9:2016 {} 日本規格協会",
        "「JIS X 8399-9:2016 {}」の解説",
    ],
)
@pytest.mark.parametrize("title", ["手動車椅子", "歩行者等配慮設計指針", "歩行計のしくみ"])
def test_the_number_of_a_standard_that_opens_a_reference_stands_before_its_title(
    text: str, title: str
) -> None:
    read = item(text.format(title))
    assert (read["type"], read["title"]) == ("standard", title)
    assert read["number"].startswith("JIS X 8399-9")
    assert "author" not in read
    assert read.get("publisher", "日本規格協会") == "日本規格協会"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[ISO 9001とは｜認証ナビ](https://a.example.jp/)", "webpage"),
        ("「ISO 9001 の歩き方」北辰書房、2010年", "book"),
    ],
)
def test_a_title_that_begins_with_a_standard_is_none(text: str, kind: str) -> None:
    assert item(text)["type"] == kind


@given(
    st.sampled_from(["日本腰痛協会", "厚生労働省", "北川市健康課", "国立運動研究所"]),
    st.sampled_from(["腰痛の手引き", "歩行について", "足腰の健康のために", "転倒予防教室のご案内"]),
    st.sampled_from([" — ", " - ", " ― ", " – "]),
    st.sampled_from([" 2021", ", 2021年", "（2021）", " (2021)"]),
    st.sampled_from(["", "。", f" {LINK}", f"。 {LINK}"]),
)
def test_what_stands_behind_a_maker_and_a_year_alone_is_the_title(
    maker: str, title: str, dash: str, year: str, end: str
) -> None:
    read = printed.read(f"{maker}{year}{dash}{title}{end}")
    assert read.reading.item.get("title") == title
    assert read.reading.item["issued"] == {"date-parts": [[2021]]}


@given(
    st.sampled_from(["COVID-19", "高齢者の転倒予防2", "健康日本21", "歩行2020"]),
    st.sampled_from([" - ", " – ", " ― ", " — "]),
    st.sampled_from(["地域での実践", "身体活動・運動の現状", "北川市における検討"]),
    st.sampled_from(["（2021）", " (2021) ", ". 2021. ", "，2021，"]),
    st.sampled_from([". 歩行学雑誌 46: 12-18.", "．歩行学雑誌，46(2)，12-18．", "．北辰書房．"]),
)  # fmt: skip
def test_what_stands_behind_a_figure_of_a_title_and_a_dash_is_no_remark(
    front: str, dash: str, behind: str, year: str, end: str
) -> None:
    read = item(f"諏訪孝博{year}{front}{dash}{behind}{end}")
    assert read["title"] == f"{front}{dash}{behind}"
    assert ("volume" in read) == ("46" in end)
    assert read.get("volume", "46") == "46"


@pytest.mark.parametrize("who", ["諏訪孝博", "歩行学会 編", "諏訪孝博・三宅隆之"])
def test_a_year_before_a_dash_and_a_book_is_its_year(who: str) -> None:
    read = item(f"{who} 2013 — 『歩行の図鑑』北辰書房。歩行と足の解説。")
    assert (read["title"], read["publisher"]) == ("歩行の図鑑", "北辰書房")
    assert read["issued"] == {"date-parts": [[2013]]}
    assert "author" in read or "editor" in read


@given(
    st.sampled_from(["一般の方へ", "北川市ホームページ", "改訂のお知らせ", "足腰の健康"]),
    st.sampled_from([" - ", " — "]), st.sampled_from(["", "."]),
    st.sampled_from(["「転倒予防」2023年4月1日", "「転倒予防」（2023年4月1日）"]),
)  # fmt: skip
def test_what_stands_behind_the_day_of_a_page_is_its_site(
    site: str, dash: str, stop: str, front: str
) -> None:
    read = item(f"北川市健康課{front}{dash}{site}{stop} {LINK}")
    assert (read["title"], read.get("container-title")) == ("転倒予防", site)
    assert read["issued"] == {"date-parts": [[2023, 4, 1]]}


@pytest.mark.parametrize(
    "title", ["カロナ点滴静注用100 mg 初回承認時審査報告書", "カロナ点滴静注用100mg 審査報告書"]
)
@pytest.mark.parametrize("link", ["PMDA", "PDF", "医薬品医療機器総合機構"])
def test_a_title_goes_on_behind_a_blank_where_nothing_else_stands_there(
    title: str, link: str
) -> None:
    text = f"2. {title}. 医薬品医療機器総合機構, 2020. [{link}]({LINK})（2026年9月19日アクセス）"
    read = item(text)
    assert (read["title"], read["URL"]) == (title, LINK)
    assert read["issued"] == {"date-parts": [[2020]]}


@pytest.mark.parametrize(
    ("text", "author", "role", "names"),
    [
        ("モロー（訳：諏訪孝博）『関節の地図』（北辰書房、2025年）", "モロー", "translator",
         ["諏訪孝博"]),
        ("関節の地図 Bill Moro（監訳：諏訪孝博、訳：三宅隆之）、2015.12", "Moro", "translator",
         ["諏訪孝博", "三宅隆之"]),
        ("三宅隆之（監修／諏訪孝博）. 関節の地図. 北辰書房; 2019", "三宅隆之", "editor",
         ["諏訪孝博"]),
        ("モロー 著，諏訪孝博 訳，『関節の地図』，北辰書房，オンデマンド版，2017年", "モロー",
         "translator", ["諏訪孝博"]),
    ],
)  # fmt: skip
def test_a_role_before_names_in_a_bracket_is_theirs_alone(
    text: str, author: str, role: str, names: list[str]
) -> None:
    read = item(text)
    first = read["author"][0]
    assert first.get("family", first.get("literal")) == author
    assert [one["literal"] for one in read[role]] == names
    assert (read["title"], read["type"]) == ("関節の地図", "book")


@pytest.mark.parametrize("name", ["もりた医院", "北川診療所", "もりた整形外科クリニック"])
@pytest.mark.parametrize("fields", ["内科・皮膚科", "整形外科、リハビリテーション科"])
@pytest.mark.parametrize(
    "text", ["{}（{}）「膝の手引き」 {}", "{}（{}）. 膝の手引き. {}", "膝の手引き｜{}（{}） {}"]
)
def test_what_a_clinic_treats_is_neither_its_site_nor_its_name(
    name: str, fields: str, text: str
) -> None:
    read = item(text.format(name, fields, LINK))
    held = [*read.get("author", []), {"literal": read.get("container-title")}]
    assert read["title"] == "膝の手引き"
    assert [one["literal"] for one in held if one["literal"]] == [name]
