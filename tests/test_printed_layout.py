"""How pages lay a Japanese reference out: strokes, blanks that part or tear, remarks."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refpipe.items import printed
from refpipe.model import Item

PERSON = st.builds(
    "{}{}".format,
    st.sampled_from(["佐藤", "長谷川", "森", "三宅", "吉村", "五十嵐"]),
    st.sampled_from(["貴夫", "乾", "亜也", "友美佳", "孝博", "明", "さやか"]),
)
PLACE = st.sampled_from(["東京", "大阪", "京都", "名古屋"])
HOUSE = st.sampled_from(
    ["主婦の友社", "学研プラス", "メディカ出版", "エフエー出版", "岩波書店", "マガジンハウス"]
)
BOOK = st.sampled_from(
    [
        "認知症ぜんぶ図解",
        "冷い夏、熱い夏",
        "ぜんそくと暮らす 患者さんと家族のために",
        "1リットルの涙",
        "「うちの家族、大丈夫?」と思ったら読む本",
        "腰痛 (よくわかる最新医学)",
        "がんと向き合う",
    ]
)
ROLES = {
    "著": "author", "編著": "editor", "編": "editor", "編集": "editor",
    "訳": "translator", "監訳": "translator", "作": "author",
}  # fmt: skip


def item(text: str) -> Item:
    return printed.remembered(text).reading.item


def names(value: list[dict[str, str]]) -> list[str]:
    return [one.get("literal") or one["family"] + one.get("given", "") for one in value]


# ── a library's catalogue ─────────────────────────────────────────────


@given(
    BOOK, st.lists(st.tuples(PERSON, st.sampled_from(list(ROLES))), min_size=1, max_size=3),
    st.sampled_from("/／"), HOUSE, st.integers(1950, 2026), st.sampled_from([" ", "\u3000"]),
    st.sampled_from(["{}年", "{}", "{}年 NDC:493.7"]), st.sampled_from(["", "(外部サイト)"]),
    st.booleans(),
)  # fmt: skip
def test_strokes_of_a_catalogue_show_who_did_what(
    title: str, people: list[tuple[str, str]], stroke: str, house: str, year: int, gap: str,
    end: str, remark: str, is_quoted: bool,
) -> None:  # fmt: skip
    """``題名 山田太郎/著 鈴木花子/編 医学書院 2019年``: a blank parts every element."""
    who = gap.join(f"{name}{stroke}{role}" for name, role in people)
    front = f"『{title}』" if is_quoted else title
    read = item(f"{front}{remark}{gap}{who}{gap}{house}{gap}{end.format(year)}")
    assert (read["type"], read["title"], read["publisher"]) == ("book", title, house)
    assert read["issued"] == {"date-parts": [[year]]}
    wanted: dict[str, list[str]] = {}
    for name, role in people:
        wanted.setdefault(ROLES[role], []).append(name)
    assert {role: names(read[role]) for role in wanted} == wanted


@given(BOOK, st.lists(PERSON, min_size=1, max_size=3, unique=True), HOUSE, st.integers(600, 9000))
def test_a_price_is_no_field(title: str, people: list[str], house: str, price: int) -> None:
    read = item(f"{title} {'、'.join(people)}著/{price}円+税/{house}")
    assert (read["title"], read["publisher"]) == (title, house)
    assert names(read["author"]) == people


@given(st.integers(1, 99), BOOK, PERSON, HOUSE, st.integers(1950, 2026), st.integers(10, 9999))
def test_a_row_of_a_shelf_list_has_its_number_in_front_and_where_it_stands_behind(
    number: int, title: str, name: str, house: str, year: int, call: int
) -> None:
    read = item(f"{number} {title} {name}/著 {house} {year} {call}")
    assert (read["title"], read["publisher"]) == (title, house)
    assert names(read["author"]) == [name]
    assert read["issued"] == {"date-parts": [[year]]}


def test_a_role_between_a_stroke_and_a_name_belongs_to_the_name_behind() -> None:
    read = item("やさしい腰痛の本／監修：山田太郎／医学書院／2019年")
    assert "佐藤" not in str(read)
    assert "山田太郎" in str(read.get("editor") or read.get("editorial-director"))


# ── what touches, what is torn ────────────────────────────────────────


@given(
    HOUSE, st.integers(1, 300), st.integers(1, 30), st.sampled_from(["p", "pp", "P", "p.", "pp "])
)
def test_pages_touch_the_house(house: str, first: int, count: int, label: str) -> None:
    pages = f"{first}-{first + count}"
    front = "園部俊晴：捻挫の理学療法．スポーツ傷害の理学療法，福井勉（編）"
    read = item(f"{front}，{house}{label}{pages}，2001")
    assert (read["publisher"], read["page"]) == (house, pages)


@given(PLACE, HOUSE, st.integers(1950, 2026), st.sampled_from("、，,"), st.booleans())
def test_a_dot_stands_between_town_and_house(
    place: str, house: str, year: int, comma: str, is_wide: bool
) -> None:
    when = str(year).translate({code: code + 0xFEE0 for code in range(48, 58)})
    read = item(
        f"多賀幹子 著『孤独は社会問題』 {place}・{house}{comma}{when if is_wide else year}年"
    )
    assert (read["publisher-place"], read["publisher"]) == (place, house)
    assert read["issued"] == {"date-parts": [[year]]}


@given(
    st.sampled_from([("平", "成", 1988, 30), ("令", "和", 2018, 8), ("昭", "和", 1925, 63)]),
    st.data(), st.integers(1, 12), st.integers(1, 28),
)  # fmt: skip
def test_a_notice_spaces_its_day_out(
    era: tuple[str, str, int, int], data: st.DataObject, month: int, day: int
) -> None:
    one, two, before, last = era
    year = data.draw(st.integers(1, last))
    when = f"{one} {two} {year} 年 {month} 月 {day} 日"
    read = item(f"医政発０５０８第１号 {when} 病院に関する広告等の指針について")
    assert read["issued"] == {"date-parts": [[before + year, month, day]]}
    assert read["title"] == "病院に関する広告等の指針について"


@pytest.mark.parametrize("dash", ["――", "——", "──"])
@given(st.sampled_from(["平成の刑事政策", "統合の多様性", "聴覚を用いた実験的検討"]), HOUSE)
def test_a_subtitle_between_dashes_ends_the_title(dash: str, subtitle: str, house: str) -> None:
    title = f"犯罪と暮らし{dash}{subtitle}{dash}"
    read = item(f"法務総合研究所 (2019). {title}\u3000{house}")
    assert (read["title"], read["publisher"]) == (title, house)


WEST = st.sampled_from(["Bowlby, J.", "Neff, K. D.", "Bartholomew, K. & Horowitz, L. M."])


@given(WEST, st.integers(1950, 2026), st.sampled_from(["（{}）", " （{}） ", "({})"]))
def test_full_width_brackets_around_the_year_bring_their_own_room(
    who: str, year: int, form: str
) -> None:
    tail = "Attachment styles among young adults. Journal of Personality, 61, 226-244"
    read = item(f"{who}{form.format(year)}{tail}")
    assert read == item(f"{who} ({year}). {tail}")
    assert read["title"] == "Attachment styles among young adults"


# ── what stands around a reference ────────────────────────────────────

SOURCES = (
    "厚生労働省「国民生活基礎調査」2019年",
    "葛谷雅文：フレイル．日本老年医学会雑誌 2009；46：279-285",
    "健康ナビ「腰痛の治し方」 https://example.jp/knee",
)


@pytest.mark.parametrize("front", ["図：", "図1：", "表２：", "※1 ", "出典: ", "～", "※ 12 "])
@pytest.mark.parametrize("source", SOURCES)
def test_what_a_figure_prints_in_front_is_a_label(front: str, source: str) -> None:
    assert item(front + source) == item(source)


@given(
    st.sampled_from(["より", "を", "から", "をもとに", "を一部", "を参考に", ""]),
    st.sampled_from(["引用", "改変", "作成", "引用・改変", "一部改変", "抜粋", "作図", "筆者作成"]),
    st.sampled_from([" {}", "{}", "（{}）", "、{}"]), st.sampled_from(SOURCES[:2]),
)  # fmt: skip
def test_what_was_done_with_a_source_is_no_part_of_it(
    sign: str, deed: str, form: str, source: str
) -> None:
    assert item(source + form.format(sign + deed)) == item(source)


@pytest.mark.parametrize(
    "remark", ["より", " より", "（表8）", "(図2より)", "（外部サイト）", "（PDF：123KB）"]
)
def test_a_remark_behind_a_quoted_title_is_no_publisher(remark: str) -> None:
    source = "日本看護協会「病院看護実態調査」"
    assert item(source + remark) == item(source)


@given(BOOK, PERSON, HOUSE, st.integers(1950, 2026))
def test_what_was_laid_out_anew_stands_where_it_was_printed(
    title: str, name: str, house: str, year: int
) -> None:
    text = f"{title}(外部サイト) {name}/著 {house} {year}年"
    fields = printed.read(text).fields
    assert fields["title"].span.of(text).strip(" 『』") == title
    assert fields["author"].span.of(text).startswith(name)
    assert fields["publisher"].span.of(text) == house
    assert fields["issued"].span.of(text).startswith(str(year))


# ── who wrote it stands behind the title ──────────────────────────────

TITLE = st.sampled_from(
    [
        "レジデントのためのこれだけ輸液",
        "ロコモティブシンドローム",
        "ぜんそくと暮らす",
        "疲れない身体をつくる本",
    ]
)
WRITER = st.sampled_from(["佐藤弘明", "中村耕三", "長谷川 明", "斉藤孝", "吉村さやか"])


@given(
    TITLE, WRITER, st.sampled_from(["日本医事新報社", "メディカルレビュー社", "PHP研究所"]),
    st.integers(1950, 2026),
    st.sampled_from(
        ["{t}, {n}, {h}, {y}", "{t}，{n}，{h}，{y}年．", "{t}（{n} 著、{h}、{y}年）",
         "「{t}」（{n}、{h}、{y}年）", "『{t}』({n}著・{h}・{y}年)", "「{t}」{n}、{h}、{y}年",
         "{t}（{n}著，{h}，{y}）"]
    ),
)  # fmt: skip
def test_title_author_house_and_year_in_that_order(
    title: str, name: str, house: str, year: int, form: str
) -> None:
    read = item(form.format(t=title, n=name.replace(" ", ""), h=house, y=year))
    assert (read["type"], read["title"], read["publisher"]) == ("book", title, house)
    assert names(read["author"]) == [name.replace(" ", "")]
    assert read["issued"] == {"date-parts": [[year]]}


@pytest.mark.parametrize("words", ["最新治療", "基礎と臨床", "運動療法", "診断のこつ"])
def test_no_word_of_a_title_becomes_a_name(words: str) -> None:
    read = item(f"レジデントのための腰痛, {words}, 医学書院, 2020")
    assert words not in str(read.get("author"))


@given(
    st.sampled_from(["有賀友紀、大橋俊介", "清水秀幸"]), TITLE,
    st.sampled_from(["技術評論社", "羊土社", "ナツメ出版", "草思社"]), st.integers(1990, 2026),
)  # fmt: skip
def test_a_house_in_brackets_behind_a_quoted_title_makes_a_book(
    who: str, title: str, house: str, year: int
) -> None:
    read = item(f"{who}「{title}」（{house}、{year}年）")
    assert (read["type"], read["publisher"]) == ("book", house)
    body = item(f"{who}「{title}」（日本整形外科学会、{year}年）")
    assert body["type"] == "report"


@pytest.mark.parametrize("mark", ["- ", "", "1. ", "* "])
def test_a_link_may_hold_the_whole_book(mark: str) -> None:
    link = "[松浦年男，田村早苗，日本語パラグラフ・ライティング入門，研究社](https://example.jp/b1.html)"
    read = item(mark + link)
    assert (read["type"], read["publisher"]) == ("book", "研究社")
    assert read["title"] == "日本語パラグラフ・ライティング入門"
    assert names(read["author"]) == ["松浦年男", "田村早苗"]


def test_title_and_house_before_an_editor_are_no_editors() -> None:
    read = item("大田仁史, 三好春樹: 完全図解　新しい介護, 講談社, 東田 勉(編集), (2014)")
    assert (read["title"], read["publisher"]) == ("完全図解 新しい介護", "講談社")
    assert names(read["editor"]) == ["東田勉"]


# ── a journal and no title ────────────────────────────────────────────


@given(
    st.sampled_from(["日本衛生学雑誌", "理学療法科学", "臨床整形外科", "Jpn J Rehabil Med"]),
    st.sampled_from(["藤本 薫喜、渡辺 孟、他. ", "松下達也ら（2022）", ""]),
    st.integers(1, 150), st.integers(1, 12), st.integers(1, 900),
)  # fmt: skip
def test_a_journal_with_its_numbers_alone_is_no_title(
    journal: str, who: str, volume: int, issue: int, page: int
) -> None:
    when = "" if "2022" in who else "2022;"
    tail = f"{when}{volume}({issue}):{page}-{page + 7}."
    if not who and journal.isascii():
        return
    read = printed.read(f"{who}{journal} {tail}")
    found = read.reading.item
    assert (found["container-title"], found["volume"]) == (journal, str(volume))
    assert "title" not in found
    assert "container-title" in read.doubted


def test_numbers_in_english_behind_a_japanese_journal() -> None:
    read = item("日本内科学会雑誌，Volume 109 , Issue 4 . 2020. PP 792-797")
    assert (read["container-title"], read["volume"], read["issue"]) == (
        "日本内科学会雑誌", "109", "4",
    )  # fmt: skip
    assert "title" not in read


@pytest.mark.parametrize("sign", [" - ", "「"])
def test_a_journal_may_stand_before_its_title(sign: str) -> None:
    close = "」" if sign == "「" else ""
    read = item(f"日本内科学会雑誌{sign}感染症の数理モデル{close} (2020) https://example.jp/4.pdf")
    assert read["container-title"] == "日本内科学会雑誌"
    assert read["title"] == "感染症の数理モデル"


# ── offices and what touches the names of their reports ───────────────


@pytest.mark.parametrize(
    "words", ["介護が必要になった主な原因", "第12表", "主な傷病の状況（骨折）"]
)
def test_what_touches_the_name_of_a_report_is_told_and_no_field(words: str) -> None:
    read = printed.read(f"厚生労働省「国民生活基礎調査」{words}")
    assert read.reading.item["title"] == "国民生活基礎調査"
    assert not {"publisher", "container-title"} & read.reading.item.keys()
    assert words in [left.text for left in read.rest]


def test_an_office_that_sent_a_notice_round_stands_before_its_title() -> None:
    read = item(
        "厚生労働省医政局、広告可能な標榜診療科名の改訂について、医政発 第0331042号、2008年"
    )
    assert names(read["author"]) == ["厚生労働省医政局"]
    assert read["title"] == "広告可能な標榜診療科名の改訂について"


@given(st.integers(2000, 2026), st.integers(1, 12), st.sampled_from(["現在", "時点"]))
def test_the_day_that_data_are_of_is_no_publisher(year: int, month: int, word: str) -> None:
    read = item(f"総務省統計局「人口推計」（{year}年{month}月1日{word}）")
    assert "publisher" not in read
    assert read["title"] == "人口推計"


@given(st.sampled_from(["労働基準法", "薬機法", "労働安全衛生規則", "医療法施行令"]),
       st.sampled_from(["第65条", "第6条の5", "第3条第2項", "第五条"]), st.booleans())  # fmt: skip
def test_the_article_of_a_law_alone_is_legislation(law: str, article: str, is_spaced: bool) -> None:
    read = item(f"{law}{' ' * is_spaced}{article}")
    assert read["type"] == "legislation"
    assert not {"container-title", "volume", "author"} & read.keys()


@given(
    st.sampled_from(["医学書院", "三輪書店", "南江堂"]), st.integers(1, 99), st.integers(1, 12),
    st.integers(1950, 2026), st.integers(1, 900),
)  # fmt: skip
def test_the_house_of_a_journal_stands_among_its_figures(
    house: str, volume: int, issue: int, year: int, page: int
) -> None:
    front = "山田太郎「腰痛の運動療法」『理学療法ジャーナル』"
    for tail in (
        f"第{volume}巻第{issue}号、{house}、{year}年、pp.{page}-{page + 5}",
        f"{volume}巻{issue}号 p.{page}-{page + 5}、{house}、{year}",
    ):
        read = item(front + tail)
        assert read["type"] == "article-journal"
        assert (read["volume"], read["issue"]) == (str(volume), str(issue))
        assert read["page"] == f"{page}-{page + 5}"
        assert read["issued"] == {"date-parts": [[year]]}


def test_a_report_may_be_called_by_a_name_in_quotation_marks() -> None:
    title = "「日本人の食事摂取基準（2020年版）」策定検討会報告書"
    assert item(f"厚生労働省{title}")["title"] == title


def test_initials_of_a_body_are_no_family_name() -> None:
    assert item("WHO「身体活動ガイドライン」2020年")["author"] == [{"literal": "WHO"}]


# ── other ways to say who did what ────────────────────────────────────


@given(
    BOOK, st.lists(PERSON, min_size=1, max_size=3, unique=True), HOUSE, st.integers(1950, 2026),
    st.sampled_from(["{t} / {n}著. -- {h}, {y}.", "{t} / {n}著. - {h}, {y}",
                     "『{t}』（{n}／{h}／{y}年）", "『{t}』({n}/{h}、{y})",
                     "書籍名：{t}　著者：{n}　出版：{h}　発行年：{y}年",
                     "書名：{t}、著者：{n}、出版社：{h}、発行年：{y}年"]),
)  # fmt: skip
def test_signs_of_libraries_and_labels_of_pages_name_the_same_parts(
    title: str, people: list[str], house: str, year: int, form: str
) -> None:
    listed = "・" if "／" in form or "/{h}" in form else ", "
    read = item(form.format(t=title, n=listed.join(people), h=house, y=year))
    assert (read["title"], read["publisher"]) == (title, house)
    assert names(read["author"]) == people
    assert read["issued"] == {"date-parts": [[year]]}


@given(st.lists(PERSON, min_size=1, max_size=3, unique=True), HOUSE, st.integers(1950, 2026))
def test_a_role_in_brackets_before_each_name(people: list[str], house: str, year: int) -> None:
    who = " ".join(f"[著]{name}" for name in people)
    read = item(f"『もっと伸びる ストレッチ・メソッド』 {who} {house} {year}年")
    assert names(read["author"]) == people
    assert read["publisher"] == house


@given(st.integers(1, 300), st.integers(1, 30), st.sampled_from("~〜～-"))
def test_the_label_may_stand_before_both_pages(first: int, count: int, dash: str) -> None:
    read = item(f"阿部和子「保育課程の研究」萌文書林,2009,p.{first}{dash}p.{first + count}")
    assert [int(page) for page in read["page"].replace("〜", "-").split("-")] == [
        first, first + count,
    ]  # fmt: skip
    assert read["publisher"] == "萌文書林"


@pytest.mark.parametrize("role", ["編集", "監修", "編者", "編著"])
def test_a_role_between_blanks_is_no_end_of_a_title(role: str) -> None:
    read = item(f"標準整形外科学　{role} 長谷川真理子　三輪書店　2015")
    assert (read["title"], read["publisher"]) == ("標準整形外科学", "三輪書店")
    assert names(read["editor"]) == ["長谷川真理子"]


LINKED = [
    '<a href="{}">{}</a>', "<a href={}>{}</a>", "<a href='{}' target=_blank>{}</a>",
    '<A class="x" HREF="{}">{}</A>', '<a href = "{}" title="a">{}</a>',
]  # fmt: skip


@pytest.mark.parametrize("link", LINKED)
@pytest.mark.parametrize("url", ["https://example.org/night", "http://example.org/a?b=1&amp;c=2"])
def test_a_link_in_html_keeps_its_address(link: str, url: str) -> None:
    text = f"Lau E. {link.format(url, 'Walking at night')}. Bone Rep 2012;3:101-5."
    read = printed.read(text)
    item = read.reading.item
    assert item["URL"] == url.replace("&amp;", "&")
    assert (item["title"], item["container-title"]) == ("Walking at night", "Bone Rep")
    assert (item["volume"], item["page"]) == ("3", "101-105")
    assert read.fields["title"].span.of(text) == "Walking at night"
    assert read.fields["URL"].span.of(text).startswith(url[:25])


def test_of_several_links_the_doi_alone_is_surely_of_the_work() -> None:
    link = '<a href="https://example.org/lau">Lau E</a>. <a href="{}">Walking</a>. Bone 2012;3:1-5.'
    assert "URL" not in printed.read(link.format("https://example.org/night")).reading.item
    item = printed.read(link.format("https://doi.org/10.1000/xyz")).reading.item
    assert (item["DOI"], item.get("URL")) == ("10.1000/xyz", None)


@pytest.mark.parametrize("half", ["\ud800 ", "x\udc00", "\udfff\ud800"])
def test_half_a_character_is_in_no_field(half: str) -> None:
    for form in (
        "Lau E. Walking{} at night. Bone 2012;3:1-5.",
        "Lau E. Walking. Bone {}J 2012;3:1-5.",
        "山田太郎：腰{}痛．整形外科 2012;3:1-5.",
    ):
        read = printed.read(form.format(half))
        json.dumps(read.reading.item, ensure_ascii=False).encode()
        assert "\ufffd" in json.dumps(read.reading.item, ensure_ascii=False)
