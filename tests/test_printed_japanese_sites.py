"""Japanese pages and their sites, meetings and where they were, and who publishes a journal."""

from __future__ import annotations

import pytest
from examples import each
from hypothesis import given
from hypothesis import strategies as st

from refpipe.items import printed
from refpipe.model import Item

TITLE = st.sampled_from(
    ["腰痛を防ぐ歩き方とは", "眠れない夜に試したい習慣", "握力の測り方を知りたい"]
)
PERSON = st.sampled_from(["早乙女蓮", "江戸川澄", "鬼頭一弥"])
BODY = st.sampled_from(["北信研究センター", "株式会社あけぼの", "公益社団法人 北信歩行学会"])


def item(text: str) -> Item:
    return printed.remembered(text).reading.item


def who(read: Item) -> list[str]:
    return [one.get("literal", "") for one in read.get("author", [])]


@each
@given(
    BODY,
    st.sampled_from(["足腰の情報サービス", "ホネブック", "からだ広場"]),
    TITLE,
    st.sampled_from([" ", "　"]),
)
def test_a_body_and_its_site_stand_before_a_quoted_page(
    body: str, site: str, title: str, blank: str
) -> None:
    read = item(f"{body}{blank}{site}「{title}」 https://example.jp/a/b 2023年10月9日閲覧")
    assert (who(read), read["container-title"], read["title"]) == ([body], site, title)


@given(
    st.sampled_from([("Aruku Note", "arukunote.jp"), ("Kenko NEWS", "kenko.example.jp")]),
    TITLE,
    st.sampled_from([" (2019)", "", "（2019年）"]),
)
def test_a_name_that_the_address_holds_is_that_of_the_site(
    site: tuple[str, str], title: str, year: str
) -> None:
    read = item(f"{site[0]}{year}「{title}」 https://{site[1]}/a/b 2023年10月9日閲覧")
    assert (who(read), read["container-title"], read["title"]) == ([], site[0], title)


@given(
    st.sampled_from([("Arukita", "arukita.com"), ("わくわくHone", "wakuwaku-hone.jp")]),
    TITLE,
    st.sampled_from([" - ", "｜"]),
    st.booleans(),
)
def test_a_site_stands_on_either_side_of_the_dash(
    site: tuple[str, str], title: str, sign: str, is_first: bool
) -> None:
    both = [site[0], title] if is_first else [title, site[0]]
    read = item(f"{sign.join(both)}（最終閲覧日：2020年8月19日） https://{site[1]}/a-b")
    assert (read["container-title"], read["title"]) == (site[0], title)


@given(BODY, TITLE)
def test_the_body_behind_a_stroke_is_the_site(body: str, title: str) -> None:
    read = item(f"{title}｜{body} https://example.jp/a/b.html")
    assert (read["title"], read["container-title"]) == (title, body)


def test_a_body_its_site_and_a_page_in_a_row() -> None:
    read = item("北信病院協会|みんなの歩行ガイド|腰が痛くなったら https://example.jp/guide/9.html")
    assert (who(read), read["container-title"]) == (["北信病院協会"], "みんなの歩行ガイド")
    assert read["title"] == "腰が痛くなったら"


@pytest.mark.parametrize("word", ["PMDA", "WHO"])
def test_initials_before_a_page_are_a_body(word: str) -> None:
    read = item(f"{word}「腰痛の手引き」（https://www.{word.lower()}.example.jp/a.html）")
    assert who(read) == [word]


@given(
    TITLE,
    st.sampled_from(["日本経済新聞", "信濃毎日新聞"]),
    st.sampled_from(["（2025年10月）", "（2024年1月・高裁判決）", ""]),
)
def test_a_paper_before_a_quoted_heading_holds_it(title: str, paper: str, day: str) -> None:
    read = item(f"{paper}「{title}」{day} https://www.example.com/article/A/")
    assert (read["type"], read["container-title"]) == ("article-newspaper", paper)
    assert ("issued" in read) == bool(day)


@given(
    PERSON,
    st.sampled_from(["多感覚研究会", "第4回北信歩行研究会", "言語の勉強会", "歩行カンファレンス"]),
    st.sampled_from(["オンライン", "北信大学", "札幌", "韓国・ソウル"]),
    st.sampled_from(["2014年11月", "2024.8.4", "2024年2月18日"]),
    st.sampled_from("．."),
)  # fmt: skip
def test_a_meeting_is_told_by_the_place_and_the_day_behind_it(
    name: str, meeting: str, place: str, day: str, stop: str
) -> None:
    read = item(f"{name}{stop} 視点と歩行の関係{stop} {meeting}, {place}, {day}{stop}")
    assert (read["type"], read["container-title"]) == ("paper-conference", meeting)
    assert (read["title"], who(read)) == ("視点と歩行の関係", [name])
    assert len(read["issued"]["date-parts"][0]) >= 2


@given(
    PERSON,
    st.sampled_from(
        [
            "北信心理学会第36回大会発表論文",
            "第108回北信泌尿器科学会総会",
            "第3回日本歩行学会学術大会",
        ]
    ),
)
def test_a_meeting_behind_a_blank_ends_the_title(name: str, meeting: str) -> None:
    read = item(f"{name}（2017）初心者の歩行についての研究 {meeting}")
    assert (read["title"], read["container-title"]) == ("初心者の歩行についての研究", meeting)


@each
@given(
    PERSON,
    st.sampled_from(["医学書院", "北信出版", "メディカ出版", "マガジンハウス", "NHK出版"]),
    st.sampled_from(
        [
            "『歩行研究』2020年4月号、{h}、pp.44-51",
            "『歩行研究』第45巻第3号，{h}，2019年，pp.44–51",
            "『歩行研究』{h}, 2012, Vol.9 No.3, 44~51",
            "『歩行研究』（{h}）, 2019年7月25日号, 44〜51ページ",
        ]
    ),
)
def test_the_house_of_a_journal_among_its_figures(name: str, house: str, tail: str) -> None:
    read = item(f"{name}「視点と歩行の関係」{tail.format(h=house)}")
    assert (read["type"], read["container-title"]) == ("article-journal", "歩行研究")
    assert (read["publisher"], read["page"]) == (house, "44-51")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("江戸川澄. 歩行のなぞ. 青灯社新書, 2007.", {"publisher": "青灯社", "type": "book"}),
        ("江戸川澄『歩行のなぞ』日本評論社 https://www.example.jp/b/1.html", {"type": "book"}),
        ("江戸川澄「歩行力学」東京図書 2018", {"publisher": "東京図書", "title": "歩行力学"}),
        (
            "江戸川澄, 鬼頭一弥. 歩行の比較. 情報処理学会研究報告, 2013-HPC-139(21), pp.1-7, 2013.",
            {"volume": "2013-HPC-139", "issue": "21", "page": "1-7"},
        ),
        (
            "江戸川澄「歩行と聴診」，歩行学会技術研究報告（歩技報），MICT2021-34，vol.121，no.244，pp.21-24",
            {"container-title": "歩行学会技術研究報告（歩技報）", "page": "21-24"},
        ),
        (
            "早乙女蓮「『歩行』」『近現代『歩行』研究紀要』3, 63--107, 2020.J-STAGE（2026年参照）",
            {"container-title": "近現代『歩行』研究紀要", "volume": "3", "page": "63-107"},
        ),
        (
            '[江戸川澄](https://a.org/A "wikilink")「歩行力学」[岩波書店](../B "wikilink")、1987年',
            {"title": "歩行力学", "publisher": "岩波書店"},
        ),
        (
            "統計局（2023）. 歩行推計（2023年10月1日現在）. https://e.jp/a （2024年4月15日参照）",
            {"accessed": {"date-parts": [[2024, 4, 15]]}, "issued": {"date-parts": [[2023]]}},
        ),
    ],
)  # fmt: skip
def test_what_other_lists_print(text: str, told: dict[str, object]) -> None:
    read = item(text)
    assert {name: read.get(name) for name in told} == told


def test_two_family_names_and_a_dot_are_two_people() -> None:
    read = item("小山・芳村『実践の歩行』医学書院、2014年")
    assert [one.get("literal") or one["family"] for one in read["author"]] == ["小山", "芳村"]


@given(
    st.sampled_from(["あるき助産院ブログ", "北信からだブログ", "ほほえみだより"]),
    TITLE,
    st.sampled_from(
        ["{s} {t} 2019/8/26 {u}", "{t}, {s}, 2022-10-15, {u}", "{s} / {t} / 2021.07.16 / {u}"]
    ),
)
def test_a_practice_or_a_blog_is_the_site(site: str, title: str, form: str) -> None:
    read = item(form.format(s=site, t=title, u="https://example.jp/a-b"))
    assert (read["title"], read["container-title"]) == (title, site)


@given(BODY, TITLE, st.sampled_from(["＞", " ≫ ", "»"]))
def test_a_path_through_a_site_is_read_from_its_front(body: str, title: str, sign: str) -> None:
    read = item(
        sign.join([body, "歩行案内", title]) + "　（https://example.jp/a/　2022年2月2日参照）"
    )
    assert (read["title"], read["container-title"], who(read)) == (title, "歩行案内", [body])


@each
@given(
    PERSON,
    st.sampled_from(["きょうの歩行", "からだ広場", "あるく"]),
    st.sampled_from(["北信出版", "東山書房", "マガジンハウス"]),
    st.sampled_from(
        [
            "{n}「視点と歩き方」、{m}、2018年1月号、{h}、88頁",
            "{n}「視点と歩き方」,『{m}』（{h}）, 2018年1月25日号, 88頁",
            "{n}「視点と歩き方」『{m}』2018年1月号，{h}，88頁",
        ]
    ),
)
def test_the_issue_of_a_month_and_its_house_are_a_magazine(
    name: str, magazine: str, house: str, form: str
) -> None:
    read = item(form.format(n=name, m=magazine, h=house))
    assert (read["type"], read["container-title"]) == ("article-magazine", magazine)
    assert (read["publisher"], read["page"]) == (house, "88")
    assert read["issued"]["date-parts"][0][:2] == [2018, 1]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("NPO法人あるこう「参加者の声」（http://e.jp/a.html）",
         {"author": "NPO法人あるこう"}),
        ("歩き方のよりみち「父に試したこと」https://note.com/a/n/n4",
         {"title": "父に試したこと"}),
        ("北信公式「正しい歩き方」（動画）．https://www.youtube.com/watch?v=a",
         {"author": "北信公式"}),
        ("歩行局「歩行統計の概況」（2022年）e-Stat https://www.e-stat.go.jp/a",
         {"publisher": "e-Stat"}),
        ("歩行局：歩行の手引き（平成29年4月14日、令和6年12月一部改正）", {"publisher": ""}),
        ("江戸川澄．酷寒地の歩行．北信整災外．2012：54：70-4．",
         {"volume": "54", "page": "70-74"}),
        ("江戸川澄；歩行の分析；北信看会誌；18；2；145-154；2014；",
         {"issue": "2", "volume": "18"}),
        ("江戸川澄．歩行の再考．北信医師会雑誌．69巻．2016．33．",
         {"page": "33", "volume": "69"}),
        ("江戸川澄: 歩行の工夫. 癌と歩行 44(8): 655-659, 8月, 2017.", {"month": 8}),
        ("江戸川澄：「歩行と骨折」．北信会誌，53(11)：571-576，令和2",
         {"page": "571-576", "year": 2020}),
        ("江戸川澄：歩行の話．『歩行の実際』，青灯出版，71(2)，171–176，2022",
         {"type": "article-journal"}),
        ("『歩行はなぜ要るのか』江戸川 澄（羊土社、2008年）",
         {"author": "江戸川澄", "publisher": "羊土社"}),
        ("江戸川 はるか:歩くあなたへ,青灯社,2017.",
         {"author": "江戸川はるか", "title": "歩くあなたへ"}),
        ("産業歩行のしごと（江戸川澄／歩行振興財団／2012年2月）",
         {"author": "江戸川澄", "month": 2}),
    ],
)  # fmt: skip
def test_forms_of_pages_and_lists(text: str, told: dict[str, object]) -> None:
    read = item(text)
    day = [*read.get("issued", {}).get("date-parts", [[0]])[0], 0]
    names = [one.get("literal") or "".join(one.values()) for one in read.get("author", [])]
    found = {**read, "year": day[0], "month": day[1], "author": ", ".join(names)}
    assert {name: found.get(name, "") for name in told} == told
