"""How pages lay a Japanese reference out: strokes, blanks that part or tear, remarks."""

from __future__ import annotations

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
    return printed.read(text).reading.item


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
