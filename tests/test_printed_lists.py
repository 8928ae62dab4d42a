"""What lists on Japanese sites print around and between the elements of a reference."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refpipe.items import printed
from refpipe.model import Item

NUMBERS = st.integers(1, 150)
CLOSED = ("{})", "{}）", "({})", "[{}]", "【{}】", "（{}）")
ANY = (*CLOSED, "{}.", "{}．")
SOURCES = (
    "山田太郎，鈴木花子：変形性膝関節症の運動療法．理学療法学 2016；43：10-20",
    "伊藤利之,他:地域リハビリテーションマニュアル,pp2-5,三輪書店,2005",
    "厚生労働省:健康づくりのための睡眠ガイド2023.https://www.mhlw.go.jp/content/001305530.pdf",
    "Chou R, Huffman LH: Medications for low back pain. Ann Intern Med 2007;147:505-514",
    "2型糖尿病と運動．糖尿病 2016；59：10-20",
)


def item(text: str) -> Item:
    return printed.remembered(text).reading.item


# ── numbers in front ──────────────────────────────────────────────────


@given(
    NUMBERS, NUMBERS, st.sampled_from(ANY), st.sampled_from(CLOSED),
    st.sampled_from(["", " ", "\u3000"]), st.sampled_from(SOURCES),
)  # fmt: skip
def test_two_numbers_in_front_change_nothing(
    one: int, two: int, first: str, second: str, gap: str, source: str
) -> None:
    """A site numbers what it shows, and prints the number that stood in the article as well."""
    assert item(f"{first.format(one)} {second.format(two)}{gap}{source}") == item(source)


@given(NUMBERS, st.sampled_from(ANY), st.sampled_from(["{}.", "{}．"]), st.sampled_from(SOURCES))
def test_one_number_twice_changes_nothing(
    number: int, first: str, second: str, source: str
) -> None:
    text = f"{first.format(number)} {second.format(number)} {source}"
    assert item(text) == item(source)


@given(
    NUMBERS,
    st.sampled_from(ANY),
    st.sampled_from(
        ["{}次元動作解析による歩行", "{}型糖尿病と運動", "{}年間の追跡調査", "{}例の検討"]
    ),
)
def test_a_number_that_opens_a_title_stays(number: int, front: str, words: str) -> None:
    """Even where it is the one that stands in front."""
    title = words.format(number)
    text = f"{front.format(number)} {title}．臨床整形外科 2016；51：10-20"
    assert item(text)["title"] == title


# ── addresses ─────────────────────────────────────────────────────────


@given(
    st.sampled_from(["https://www.mhlw.go.jp/content/001239590.pdf", "https://www.jpta.jp/about/"]),
    st.sampled_from(["{}年{}月{}日閲覧", "{}/{}/{}アクセス", "参照 {}-{}-{}", "閲覧日 {}.{}.{}"]),
    st.sampled_from(["({})", " ({})", "（{}）", "[{}]"]),
    st.dates(date(2005, 1, 1), date(2026, 1, 1)),
)  # fmt: skip
def test_the_day_of_reading_is_no_part_of_an_address(
    address: str, form: str, box: str, day: date
) -> None:
    """Whatever bracket holds it, and whether a blank stands before that or not."""
    parts = [day.year, day.month, day.day]
    said = box.format(form.format(*parts))
    read = item(f"厚生労働省：保健事業ガイドライン．{address}{said}")
    assert read["URL"] == address
    assert read["accessed"] == {"date-parts": [parts]}


@given(
    st.from_regex(
        r"[a-z]{3,9}\.(or\.jp|go\.jp|com|org)/[a-z]{2,8}/[a-z0-9]{1,9}(\.html)?", fullmatch=True
    ),
    st.sampled_from(["．", "。", " ", "（", "："]),
)  # fmt: skip
def test_an_address_without_its_scheme_is_told(address: str, sign: str) -> None:
    """It is no word of the title, and what was added to it is not sure."""
    read = printed.read(f"日本整形外科学会：変形性膝関節症{sign}{address}")
    assert read.reading.item["title"] == "変形性膝関節症"
    assert read.reading.item["URL"] == f"https://{address}"
    assert "URL" in read.doubted


# ── figures that are glued to a name ──────────────────────────────────


@given(
    st.sampled_from(["理学療法", "肩関節", "PTジャーナル", "心身医学", "保健医療科学", "総合リハ"]),
    st.integers(2, 98), st.integers(1, 12), st.integers(1, 900), st.integers(1990, 2024),
)  # fmt: skip
def test_figures_that_touch_the_name_of_a_journal_are_read(
    name: str, volume: int, issue: int, page: int, year: int
) -> None:
    pages = f"{page}-{page + 7}"
    for tail, has_issue in (
        (f"{year};{volume}({issue}):{pages}", True),
        (f"{year};{volume}:{pages}", False),
        (f"{volume}:{pages},{year}", False),
        (f"{volume}({issue}):{pages}, {year}", True),
        (f"{volume}：{pages}，{year}", False),
    ):
        read = item(f"山田太郎:足関節の評価.{name}{tail}")
        assert read["container-title"] == name, tail
        assert read["issued"] == {"date-parts": [[year]]}, tail
        assert (read["volume"], read["page"]) == (str(volume), pages), tail
        assert read.get("issue") == (str(issue) if has_issue else None), tail


# ── what touches, what is said twice, who translated ──────────────────


@given(
    st.sampled_from(
        ["Codman EA", "Neer CS, Craig EV", "Lasse T, et al", "Ferster C.B.", "White AA 3rd", "WHO",
         "Underwood M;Lancet Low Back Pain Series Working Group", "GBD 2017 Collaborators"]
    ),
    st.sampled_from(["Anterior acromioplasty for the impingement syndrome", "What low back is"]),
    st.sampled_from([":", "："]),
    st.integers(1, 99), st.integers(1, 900), st.integers(1960, 2024),
)  # fmt: skip
def test_a_title_may_touch_the_colon_behind_western_names(
    names: str, title: str, colon: str, volume: int, page: int, year: int
) -> None:
    tail = f"{title}. Lancet {volume}:{page}-{page + 9}, {year}"
    touching, apart = item(f"{names}{colon}{tail}"), item(f"{names}: {tail}")
    assert touching == apart
    assert (touching["title"], touching["volume"]) == (title, str(volume))


@pytest.mark.parametrize(
    "words", ["CD4:CD8 ratio in sepsis", "ACTN3:R577X polymorphism and sprint"]
)
def test_a_ratio_in_a_title_has_no_blank(words: str) -> None:
    assert item(f"{words}. Lancet 2010;300:1-9.")["title"] == words


TWINS = [
    ("Beck J: Cognitive Therapy. Guilford Press, New York, 1995",
     "伊藤絵美・神村栄一訳：認知療法実践ガイド．星和書店，2004"),
    ("Glaser, B. G., & Strauss, A. L. (1967). The discovery of grounded theory. Chicago: Aldine.",
     "後藤隆・大出春江訳 (1996). データ対話型理論の発見 新曜社"),
    ("伊藤亜矢子 (2001). 学校風土とスクールカウンセリング 臨床心理学, 1, 153-159.",
     "Ito, A. (2001). School climate and counseling. Japanese Journal of Psychology, 1, 153-159."),
]  # fmt: skip


@pytest.mark.parametrize(("work", "twin"), TWINS)
@pytest.mark.parametrize("form", ["({})", " ({})", "（{}）", " [{}].", "({})."])
def test_the_same_work_in_the_other_writing_is_left_and_told(
    work: str, twin: str, form: str
) -> None:
    read = printed.read(work + form.format(twin))
    assert read.reading.item == item(work)
    assert any(twin[:20] in left.text for left in read.rest)


@given(
    st.sampled_from(["Gottlieb L, Feeley N, Dalton C.", "Davis, A. J., Tschudin, V.", "ベナー P",
                     "アメリカ看護師協会"]),
    st.lists(st.sampled_from(["吉本照子", "酒井郁子", "和泉成子", "江藤裕之"]), min_size=1,
             max_size=3, unique=True),
    st.integers(1950, 2010), st.integers(1, 14), st.sampled_from(["/", "／"]),
    st.sampled_from(["：", ":", "．"]),
)  # fmt: skip
def test_a_translated_book_has_two_years(
    authors: str, translators: list[str], first: int, later: int, stroke: str, sign: str
) -> None:
    who = ",".join(translators)
    read = item(
        f"{authors}({first}){stroke}{who}({first + later}){sign}"
        "看護倫理を教える・学ぶ―倫理教育の視点と方法―,日本看護協会出版会,東京."
    )
    assert [name["literal"] for name in read["translator"]] == translators
    assert read["author"]
    assert read["original-date"] == {"date-parts": [[first]]}
    assert read["issued"] == {"date-parts": [[first + later]]}
    assert read["title"] == "看護倫理を教える・学ぶ―倫理教育の視点と方法―"


@pytest.mark.parametrize("word", ["中学校編", "基礎編", "実践編", "症例編"])
def test_what_a_quoted_title_ends_with_is_no_role(word: str) -> None:
    read = item(f"國分康孝監修『エンカウンターで学級が変わる {word}』2004年 図書文化社")
    assert read["title"].endswith(word)
    assert [name["literal"] for name in read["editor"]] == ["國分康孝"]


# ── eras, days, identifiers and roles ─────────────────────────────────


@given(
    st.sampled_from([("R", 2018, 8), ("H", 1988, 30), ("S", 1925, 63), ("令和", 2018, 8),
                     ("平成", 1988, 30), ("令", 2018, 8)]),
    st.data(), st.integers(1, 98), st.integers(1, 900), st.sampled_from([";", "；"]),
)  # fmt: skip
def test_the_year_of_an_era_before_a_volume_is_no_volume(
    era: tuple[str, int, int], data: st.DataObject, volume: int, page: int, sign: str
) -> None:
    name, first, last = era
    count = data.draw(st.integers(1, last))
    read = item(f"山田太郎：膝の痛み．整形外科 {name}{count}{sign}{volume}：{page}-{page + 5}")
    assert read["issued"] == {"date-parts": [[first + count]]}
    assert (read["volume"], read["container-title"]) == (str(volume), "整形外科")


def test_such_a_volume_stays_one_where_the_year_is_printed() -> None:
    read = item("山田太郎：膝の痛み．整形外科 H22；10：10-20，2016")
    assert read["issued"] == {"date-parts": [[2016]]}


@given(st.integers(2000, 2026), st.integers(1, 19), st.integers(1, 39), st.booleans())
def test_a_day_that_no_calendar_has_is_told(
    year: int, month: int, day: int, is_read_on: bool
) -> None:
    try:
        is_real = date(year, month, day) is not None
    except ValueError:
        is_real = False
    printed_day = f"{year}年{month}月{day}日"
    address = "https://example.jp/knee"
    text = (
        f"厚生労働省：膝の痛み．{address}（{printed_day}閲覧）"
        if is_read_on
        else f"山田太郎：膝の痛み．健康ナビ．{printed_day}．{address}"
    )
    name = "accessed" if is_read_on else "issued"
    read = printed.read(text)
    parts = read.reading.item[name]["date-parts"][0]
    assert (parts == [year, month, day]) == is_real
    assert (name in read.doubted) == (not is_real)


WIDE = {ord(sign): ord(sign) + 0xFEE0 for sign in map(chr, range(0x21, 0x7F))}


@given(
    st.from_regex(r"10\.[1-9][0-9]{3}/[a-z]{2,5}\.20[0-9]{2}\.[0-9]{1,4}", fullmatch=True),
    st.sampled_from(["doi:{}", "DOI {}", "https://doi.org/{}", "doi: {}"]),
)
def test_a_full_width_doi_is_read(doi: str, form: str) -> None:
    text = f"山田太郎：膝の痛み．整形外科 2016；67：10-20．{form.format(doi)}"
    assert item(text.translate(WIDE))["DOI"] == item(text)["DOI"]


@pytest.mark.parametrize(
    "word", ["執筆代表", "代表執筆", "分担執筆", "執筆", "代表編集", "編集代表"]
)
@pytest.mark.parametrize("side", ["{r} {n}", "{n} {r}", "{n}（{r}）", "{r}：{n}", "［{r}］{n}"])
def test_who_leads_writing_or_editing_is_one_person(word: str, side: str) -> None:
    text = f"{side.format(r=word, n='久保俊一')}：リハビリテーション医学の概要．医学書院，2018"
    read = item(text)
    field = "editor" if "編集" in word else "author"
    assert [name["literal"] for name in read[field]] == ["久保俊一"]
    assert read["title"] == "リハビリテーション医学の概要"


def test_two_words_for_what_editors_did_hold_of_none_alone() -> None:
    read = item("久保俊一総編集, 田中太郎ほか編集：リハビリテーション医学．金芳堂，2018")
    assert "editor-label" not in read["custom"]
    alone = item("久保俊一総編集：リハビリテーション医学．金芳堂，2018")
    assert alone["custom"]["editor-label"] == "総編集"


def test_how_many_pages_a_book_has_is_not_taken_for_a_page_for_sure() -> None:
    book = "久保俊一：リハビリテーション医学の概要．医学書院，東京，2018，"
    assert "page" in printed.read(f"{book}300頁").doubted
    assert item(f"{book}xii，300頁")["number-of-pages"] == "300"
    assert item(f"{book}30-35頁")["page"] == "30-35"


@pytest.mark.parametrize("sign", [" ", "、", "（"])
def test_who_stands_between_a_quoted_title_and_its_house_wrote_it(sign: str) -> None:
    end = "）" if sign == "（" else ""
    read = item(f"『やさしい中医学入門』関口善太{sign}東洋学術出版社{end}")
    assert [name["literal"] for name in read["author"]] == ["関口善太"]
    assert (read["title"], read["publisher"]) == ("やさしい中医学入門", "東洋学術出版社")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Matsen FA III, Lippitt SB: Shoulder arthroplasty. J Orthop 2010; 19: 10-20", "F. A./III"),
        ("Neer CS II: Anterior acromioplasty. J Bone Joint Surg Am 1972;54:41-50", "C. S./II"),
        ("White AA 3rd, Panjabi MM. The human spine. Spine 1978;3(1):12-20.", "A. A./3rd"),
        ("Smith J II. Anterior acromioplasty. J Bone Joint Surg Am 1972;54:41-50", "J./II"),
        ("Park II, Kim IV. Acromioplasty. J Bone Joint Surg Am 1972;54:41-50", "I. I./"),
    ],
)
def test_what_tells_generations_apart_is_no_initial(text: str, names: str) -> None:
    first = item(text)["author"][0]
    assert f"{first['given']}/{first.get('suffix', '')}" == names


# ── forms of single houses ────────────────────────────────────────────


@given(st.integers(1, 20), st.integers(1, 12), st.integers(1, 30), st.sampled_from(SOURCES))
def test_a_number_in_levels_stands_in_front(one: int, two: int, three: int, source: str) -> None:
    assert item(f"{one}-{two}-{three}){source}") == item(source)
    assert item(f"{one}-{two}) {source}") == item(source)


@given(
    st.sampled_from(["改訂版", "改定版", "版"]), st.integers(2008, 2026),
    st.sampled_from(["弁膜症治療のガイドライン", "不整脈に関するガイドライン", "食事摂取基準"]),
    st.sampled_from(["：", "．", "「"]),
)  # fmt: skip
def test_the_year_that_a_guideline_begins_with_stays_in_its_name(
    word: str, year: int, name: str, sign: str
) -> None:
    close = "」" if sign == "「" else ""
    read = item(f"日本循環器学会{sign}{year}年{word} {name}{close}．南江堂，{year + 1}")
    assert read["title"] == f"{year}年{word} {name}"
    assert "edition" not in read
    assert read["issued"] == {"date-parts": [[year + 1]]}
    alone = item(
        f"日本循環器学会{sign}{year}年{word} {name}{close}．https://www.j-circ.or.jp/a.pdf"
    )
    assert alone["title"] == f"{year}年{word} {name}"


@given(
    st.sampled_from(["岡本祐子", "岡堂哲雄・平尾美生子"]), st.sampled_from(["編著", "編", "監修"]),
    st.integers(1970, 2020), st.integers(1, 300), st.booleans(),
)  # fmt: skip
def test_blanks_alone_may_part_the_elements_of_a_chapter(
    editors: str, role: str, year: int, page: int, is_bracketed: bool
) -> None:
    """As psychologists print it: 著者 年 題名 編者(編) 本 出版社 Pp.…."""
    when = f"({year})." if is_bracketed else str(year)
    read = item(
        f"杉村和美 {when} 現代女性の生き方 {editors}({role}) 女性の生涯発達とアイデンティティ "
        f"北大路書房 Pp.{page}-{page + 20}."
    )
    assert read["type"] == "chapter"
    assert (read["title"], read["container-title"]) == (
        "現代女性の生き方",
        "女性の生涯発達とアイデンティティ",
    )
    assert [name["literal"] for name in read["editor"]] == editors.split("・")
    assert (read["publisher"], read["page"]) == ("北大路書房", f"{page}-{page + 20}")
    assert read["issued"] == {"date-parts": [[year]]}


@pytest.mark.parametrize("role", ["編", "著", "編集", "監修"])
@pytest.mark.parametrize("gap", ["", "/ ", "／", " "])
def test_a_quoted_book_holds_the_part_before_it(role: str, gap: str) -> None:
    read = item(
        "和佐勝史:リフィーディング症候群.「栄養療法の疑問 第2版―あなたのハテナに答えます」"
        f"(山中英治{gap}{role}),pp230-233,メディカ出版,2013"
    )
    assert read["type"] == "chapter"
    assert read["title"] == "リフィーディング症候群"
    assert read["container-title"] == "栄養療法の疑問 第2版―あなたのハテナに答えます"
    assert [name["literal"] for name in read["author"]] == ["和佐勝史"]
    of_whole = read["container-author" if role == "著" else "editor"]
    assert [name["literal"] for name in of_whole] == ["山中英治"]


@given(
    st.lists(
        st.sampled_from(["Basmajian JV", "DeLuca CJ", "Kendall FP", "McCreary EK", "Neer CS"]),
        min_size=1, max_size=3, unique=True,
    ),
    st.sampled_from([" : ", " :", ":", " ： ", "："]), st.booleans(),
)  # fmt: skip
def test_a_blank_before_the_colon_behind_names_changes_nothing(
    names: list[str], colon: str, is_cut: bool
) -> None:
    who = ", ".join(names) + ", et al" * is_cut
    tail = "Muscles Alive. 5th ed, Williams & Wilkins, Baltimore, 1985, pp 10-20"
    assert item(f"{who}{colon}{tail}") == item(f"{who}: {tail}")


@pytest.mark.parametrize("sign", [",", "、", ";", ".", "。"])
@pytest.mark.parametrize("end", ["guide.html", "guide.pdf", "guide/", "guide"])
def test_a_day_behind_an_address_is_no_part_of_it(end: str, sign: str) -> None:
    address = f"http://www.ergonomics.jp/product/{end}"
    read = item(f"日本人間工学会:エルゴノミクスガイド,{address}{sign}2012年5月10日")
    assert read["URL"] == address
    assert read["title"] == "エルゴノミクスガイド"


def test_an_address_may_hold_japanese() -> None:
    assert item("ウィキペディア「腰痛」https://ja.wikipedia.org/wiki/腰痛")["URL"].endswith("/腰痛")


@pytest.mark.parametrize("label", ["【参考】", "［出典］", "（引用文献）", "【参考資料】："])
@pytest.mark.parametrize("source", SOURCES)
def test_a_label_in_brackets_is_no_part_of_a_reference(label: str, source: str) -> None:
    assert item(f"{label}{source}") == item(source)


def test_who_looked_a_book_through_may_stand_behind_its_title() -> None:
    read = item("16)赤羽根良和:肩関節拘縮の評価と運動療法,林 典雄(監),運動と医学の出版社,2013")
    assert (read["type"], read["publisher"]) == ("book", "運動と医学の出版社")
    assert read["title"] == "肩関節拘縮の評価と運動療法"


@pytest.mark.parametrize(("opener", "closer"), ["「」", "『』"])
@pytest.mark.parametrize(
    ("front", "behind"),
    [("Smith J, Lee K", "J Orthop, 12(3), 1-9, 2010"), ("World Health Organization", "2020"),
     ("American Heart Association", "https://www.heart.org/en/high-blood-pressure")],
)  # fmt: skip
def test_japanese_quotation_marks_around_western_words_are_marks_like_others(
    opener: str, closer: str, front: str, behind: str
) -> None:
    title = "Knee pain in adults of all ages"
    text = f"{front}{opener}{title}{closer}{behind}"
    read = printed.read(text)
    assert read.reading.item == item(f"{front} “{title}” {behind}")
    assert read.fields["title"].span.of(text).strip(closer) == title


@given(
    st.sampled_from(["Codman EA", "Kendall FP, McCreary EK", "Lasse T, et al"]),
    st.sampled_from([":", " : ", " :", "："]),
    st.sampled_from(["", "1) ", "2. 3) "]),
)
def test_fields_stand_where_they_were_printed(names: str, colon: str, label: str) -> None:
    """Whatever was set otherwise before them."""
    text = f"{label}{names}{colon}Muscles and\n tests of them. J Orthop 3:1-9, 1934"
    fields = printed.read(text).fields
    assert fields["author"].span.of(text) == names
    assert fields["title"].span.of(text) == "Muscles and\n tests of them"
    assert [fields[name].span.of(text) for name in ("volume", "page", "issued")] == [
        "3", "1-9", "1934",
    ]  # fmt: skip
