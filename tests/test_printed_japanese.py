"""Japanese references in whatever order, with whatever signs: elements drawn by chance."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st

from refpipe.items import printed
from refpipe.model import Item

FAMILY = ["佐藤", "長谷川", "森", "三宅", "五十嵐", "諏訪", "久保田", "栁澤", "東海林", "鮫島"]
GIVEN = ["貴夫", "乾", "友美佳", "孝博", "さやか", "健一郎", "潤", "みどり", "隆之介", "沙織"]
TITLES = [
    "腰痛に対する運動療法の効果",
    "地域高齢者の転倒と栄養状態との関連―3年間の追跡調査―",
    "肩関節周囲炎（いわゆる五十肩）の理学療法",
    "2型糖尿病患者における歩数と睡眠：横断研究",
    "子どもの肥満、その背景と対策",
    "COVID-19流行下の外来リハビリテーション",
    "認知症の人と家族を支える「つなぐ手帳」の試み",
]
JOURNALS = ["理学療法科学", "日本公衆衛生雑誌", "看護研究", "Jpn J Rehabil Med", "ペインクリニック"]
BOOKS = [
    "運動器疾患の理学療法",
    "肩こりの科学",
    "痛みの臨床心理学",
    "睡眠の教科書",
    "図解 筋肉のしくみ",
]
HOUSES = ["医学書院", "南江堂", "ミネルヴァ書房", "主婦の友社", "メディカ出版", "照林社", "講談社"]
BODIES = ["厚生労働省", "日本整形外科学会", "国立がん研究センター", "世界保健機関", "内閣府"]
ROLES = {
    "": "author", "著": "author", "編": "editor", "編著": "editor", "監修": "editor",
    "編・著": "editor", "編集": "editor", "監訳": "translator", "訳": "translator",
}  # fmt: skip
YEARS = st.integers(1985, 2025)
DASHES = st.sampled_from("-–－―~〜～─−")


@st.composite
def people(draw: Callable[..., object]) -> tuple[str, list[str]]:
    """Names as a list prints them, and who they are."""
    gap = draw(st.sampled_from(["", " ", "\u3000"]))
    some = draw(
        st.lists(
            st.tuples(st.sampled_from(FAMILY), st.sampled_from(GIVEN)),
            min_size=1, max_size=4, unique=True,
        )
    )  # fmt: skip
    sign = draw(st.sampled_from(["，", "、", ", ", "・"]))
    more = draw(st.sampled_from(["", "", "ほか", "，他", " 他", "，et al"]))
    assert isinstance(some, list)
    return str(sign).join(f"{one}{gap}{two}" for one, two in some) + str(more), [
        f"{one}{two}" for one, two in some
    ]


@st.composite
def figures(draw: Callable[..., object]) -> tuple[str, dict[str, str]]:
    """A journal's figures, in narrow or wide signs, and what they say."""
    volume, issue, page = (draw(st.integers(2, most)) for most in (140, 12, 1300))
    last = int(str(page)) + int(str(draw(st.integers(1, 20))))
    pages = f"{page}{draw(DASHES)}{last}"
    found = {"volume": str(volume), "issue": str(issue), "page": f"{page}-{last}"}
    text = str(
        draw(
            st.sampled_from(
                [
                    f"{volume}({issue})：{pages}", f"{volume}巻{issue}号：{pages}",
                    f"第{volume}巻第{issue}号，{pages}頁", f"{volume}({issue}), pp.{pages}",
                    f"vol.{volume} no.{issue} pp.{pages}", f"{volume}-{issue}：{pages}",
                    f"{volume}巻（{issue}号）{pages}ページ", f"{volume}：{pages}",
                    f"{volume}, {pages}", f"第{volume}巻，{pages}頁", f"{volume}巻 p.{pages}",
                ]
            )
        )
    )  # fmt: skip
    if (
        re.search(rf"(?<!\d){issue}(?!\d)", text.replace(pages, "").replace(str(volume), "", 1))
        is None
    ):
        del found["issue"]
    if draw(st.booleans()):
        text = text.translate({48 + one: 0xFF10 + one for one in range(10)})
    return text, found


def item(text: str) -> Item:
    return printed.remembered(text).reading.item


def names(value: list[dict[str, str]]) -> list[str]:
    return [one.get("literal") or one["family"] + one.get("given", "") for one in value]


@settings(max_examples=some(200))
@given(people(), st.sampled_from(TITLES), st.sampled_from(JOURNALS), figures(), YEARS, st.data())
def test_an_article_is_read_in_whatever_order_and_signs(
    who: tuple[str, list[str]], title: str, journal: str, numbers: tuple[str, dict[str, str]],
    year: int, data: st.DataObject,
) -> None:  # fmt: skip
    name, authors = who
    figure, found = numbers
    order = data.draw(
        st.sampled_from(
            [
                "{n}：{t}．{j} {f}，{y}", "{n}. {t}. {j} {y}; {f}", "{n}（{y}）．{t}．{j}，{f}",
                "{n}（{y}）「{t}」『{j}』{f}", "{n}「{t}」『{j}』{f}、{y}年",
                "{n}：{t}，{j}，{f}，{y}", "{n}, “{t}”, {j}, {f}, {y}", "{n} {y} {t} {j}，{f}",
                "{n}（{y}）{t} {j}, {f}", "{n}：「{t}」，『{j}』（{y}年）{f}",
                "{n}\u3000{t}\u3000{j}\u3000{f}\u3000{y}年", "{n}\u3000{t}．{j}, {f}, {y}年3月",
            ]
        )
    )  # fmt: skip
    end = data.draw(st.sampled_from(["", "．", "."]))
    read = item(order.format(n=name, t=title, j=journal, f=figure, y=year) + end)
    assert (read["type"], read["title"], read["container-title"]) == (
        "article-journal", title, journal,
    )  # fmt: skip
    assert read["issued"]["date-parts"][0][0] == year
    assert names(read["author"]) == authors
    assert {key: read[key] for key in found} == found


@settings(max_examples=some(200))
@given(people(), st.sampled_from(BOOKS), st.sampled_from(HOUSES), YEARS, st.data())
def test_a_book_is_read_in_whatever_order_and_signs(
    who: tuple[str, list[str]], book: str, house: str, year: int, data: st.DataObject
) -> None:
    name, people = who
    role = data.draw(st.sampled_from(list(ROLES)))
    said = data.draw(st.sampled_from(["（{}）", "{}", " {}", "({})"])).format(role) if role else ""
    edition = data.draw(
        st.sampled_from(
            ["", "第2版", "改訂第3版", "改訂版", "新訂版", "第4版補訂", "増補版", f"{year}年改訂版"]
        )
    )
    shown = data.draw(st.sampled_from([" {}", "（{}）", "({})"])).format(edition) if edition else ""
    order = data.draw(
        st.sampled_from(
            [
                "{n}{r}：{b}{e}．{h}，{y}", "{n}{r}『{b}{e}』{h}、{y}年",
                "{n}{r}（{y}）．{b}{e}\u3000{h}",
                "{n}{r}. {b}{e}. 東京: {h}; {y}", "{n}{r}\u3000{y}\u3000{b}{e}\u3000{h}",
                "{n}{r} {y} 『{b}』{e} {h}", "{n}{r}：{b}{e}．{h}，東京，{y}，pp.12─34",
            ]
        )
    )  # fmt: skip
    read = item(order.format(n=name, r=said, b=book, e=shown, h=house, y=year))
    assert (read["type"], read["title"], read["publisher"]) == ("book", book, house)
    assert read["issued"]["date-parts"][0][0] == year
    assert names(read[ROLES[role]]) == people
    printed_edition = str(read.get("edition", ""))
    assert re.sub(r"\D", "", printed_edition) == re.sub(r"\D", "", edition)


@given(
    st.sampled_from(BODIES),
    st.sampled_from(["腰痛", "フレイルとは", "睡眠と生活習慣病"]),
    st.data(),
)
def test_a_site_stands_before_its_page_and_no_body_takes_it(
    body: str, page: str, data: st.DataObject
) -> None:
    site = data.draw(st.sampled_from(["e-ヘルスネット", "がん情報サービス", "健康長寿ネット"]))
    order = data.draw(
        st.sampled_from(
            [
                "{s}（{b}）「{p}」https://a.example/1",
                "{p} | {s}（{b}） https://a.example/1", "{b}. {p}. {s}. https://a.example/1",
                "{s}（{b}）「{p}」",
            ]
        )
    )  # fmt: skip
    read = item(order.format(b=body, s=site, p=page))
    assert (read["type"], read["title"], read["container-title"]) == ("webpage", page, site)
    assert names(read["author"]) == [body]


# ── judgments, notices, days ─────────────────────────────────────────────


@given(
    st.sampled_from(["最判", "最大判", "東京地判", "大阪高判", "名古屋高裁金沢支部判決"]),
    st.integers(1, 30), st.integers(1, 12), st.integers(1, 28), st.booleans(),
    st.sampled_from(["民集", "判タ", "判例時報"]), st.integers(1, 80), st.integers(1, 1999),
)  # fmt: skip
def test_a_judgment_is_no_article(
    court: str, count: int, month: int, day: int, is_dotted: bool, reporter: str, volume: int,
    page: int,
) -> None:  # fmt: skip
    dated = f"平{count}・{month}・{day}" if is_dotted else f"平成{count}年{month}月{day}日"
    read = item(f"{court}{dated}{reporter}{volume}巻6号{page}頁")
    assert (read["type"], read["title"]) == ("legal_case", f"{court}{dated}")
    assert read["issued"] == {"date-parts": [[1988 + count, month, day]]}
    assert (read["container-title"], read["volume"], read["issue"], read["page"]) == (
        reporter, str(volume), "6", str(page),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "東京地裁平成18年7月26日判決（判例時報1947号66頁）",
            {"authority": "東京地裁", "page": "66"},
        ),
        (
            "大阪高校生の体力に関する決定因子．体育学研究 2010; 55: 1-9.",
            {"type": "article-journal"},
        ),
        (
            "厚生労働省医政局長通知（平成14年9月30日付け医政発第093002号）「静脈注射の実施について」",
            {"type": "legislation", "title": "静脈注射の実施について"},
        ),
        (
            "健発0331第2号（平成26年3月31日）厚生労働省健康局長通知「睡眠指針の改訂について」",
            {
                "issued": {"date-parts": [[2014, 3, 31]]},
                "author": [{"literal": "厚生労働省健康局長"}],
            },
        ),
        ("介護保険最新情報Vol.1049 令和4年3月17日", {"issued": {"date-parts": [[2022, 3, 17]]}}),
        (
            "国連：世界人権宣言 (http://www.mofa.example/udhr/, 2014.12.10).",
            {"accessed": {"date-parts": [[2014, 12, 10]]}, "issued": None},
        ),
        (
            "立岩真也 20040114 『不動の身体と息する機械』，医学書院，449p.",
            {"issued": {"date-parts": [[2004, 1, 14]]}, "title": "不動の身体と息する機械"},
        ),
        (
            "佐藤一郎（2015）『健康心理学研究』28巻2号「運動習慣と睡眠」61-70頁",
            {"container-title": "健康心理学研究", "title": "運動習慣と睡眠", "volume": "28"},
        ),
        (
            "中野和歌子：禁煙治療とうつ病，Depression Journal，8(2)，pp.16(48)-17(49)，2020",
            {"page": "16(48)-17(49)"},
        ),
        (
            "山田太郎：腰痛の徒手療法．理学療法学 42 Suppl No.2：0123，2015",
            {"volume": "42", "issue": "Suppl No.2"},
        ),
    ],
)
def test_what_words_and_signs_say_is_taken_at_their_word(
    text: str, expected: dict[str, object]
) -> None:
    read = item(text)
    assert {name: read.get(name) for name in expected} == expected


def test_a_figure_that_is_an_old_year_or_a_supplement_is_unsure() -> None:
    read = printed.read("山田太郎：膝の痛み．整形外科 S1;61：3-8")
    assert read.fields["issued"].confidence < 0.7


# ── who ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "role", "expected"),
    [
        ("フロイト, S. (1917). 精神分析入門. 新潮文庫.", "author", ["フロイトS."]),
        ("S.フロイト（懸田克躬訳）『精神分析学入門』中公文庫、1973年", "author", ["S.フロイト"]),
        (
            "サリー・フレイザー＆ジョン・スミス『痛みの科学』（田中一郎訳）医学書院", "author",
            ["サリー・フレイザー", "ジョン・スミス"],
        ),
        (
            "東京大学 高齢社会総合研究機構・飯島勝矢「フレイル予防ハンドブック」", "author",
            ["東京大学 高齢社会総合研究機構", "飯島勝矢"],
        ),
        ("内閣府 食育推進室「食育に関する意識調査報告書」", "author", ["内閣府 食育推進室"]),
        (
            "日本神経学会監修，「認知症疾患診療ガイドライン」作成委員会編：認知症2017．医学書院，2017",
            "editor", ["「認知症疾患診療ガイドライン」作成委員会"],
        ),
        ("山田太郎（医学監修）『腰痛の本』主婦の友社、2019", "editor", ["山田太郎"]),
        ("腰痛ガイドライン（監修：日本腰痛学会、内閣府）", "editor", ["日本腰痛学会", "内閣府"]),
        ("終末期医療に関する懇談会：報告書．2004", "author", ["終末期医療に関する懇談会"]),
    ],
)  # fmt: skip
def test_who_made_a_work_is_parted_as_printed(text: str, role: str, expected: list[str]) -> None:
    assert names(item(text)[role]) == expected


def test_a_description_of_data_is_nobody() -> None:
    read = item("子宮頸癌罹患・死亡データ（2011～2015年の集計） https://a.example/data.html")
    assert "author" not in read


@pytest.mark.parametrize(
    ("text", "authors", "title"),
    [
        ("梅津 みどりら 横断研究の方法 体力科学 68, 9-12 2009", ["梅津みどり"], "横断研究の方法"),
        ("葛西 亜也 1986 よくわかる公衆衛生 へるす出版", ["葛西亜也"], "よくわかる公衆衛生"),
        ("佐藤一郎 腰痛 整形外科 36, 5-13 2015", ["佐藤一郎"], "腰痛"),
    ],
)
def test_half_a_name_before_a_blank_goes_on_behind_it(
    text: str, authors: list[str], title: str
) -> None:
    read = item(text)
    assert (names(read["author"]), read["title"]) == (authors, title)


def test_words_of_a_title_before_a_blank_are_nobody_s_family() -> None:
    read = item(
        "佐藤貴夫（2001）．歩数と睡眠：横断研究 諏訪明編集 睡眠の教科書（pp. 31-36） 南江堂"
    )
    assert names(read["editor"]) == ["諏訪明"]


# ── what a page remarks ─────────────────────────────────────────────────


@given(
    st.sampled_from(BODIES),
    st.sampled_from(["（表8）", "（外部サイト）", " より引用", "を加工して作成"]),
)  # fmt: skip
def test_a_remark_is_told_and_takes_nothing_of_the_work(body: str, remark: str) -> None:
    read = printed.read(f"{body}「食生活指針の解説要領」{remark}")
    assert read.reading.item["title"] == "食生活指針の解説要領"
    assert read.fields["title"].confidence >= 0.7
    assert [re.sub(r"[\W_]", "", left.text) for left in read.rest] == [re.sub(r"[\W_]", "", remark)]


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("審査報告書. 医薬品医療機器総合機構, 2024. [PMDA](https://a.example/1.pdf)", "PMDA"),
        ("認知症の本 武田章敬/編 メジカルビュー社 2014年 NDC:493.75", "NDC:493.75"),
    ],
)
def test_what_a_link_or_a_shelf_is_called_is_told(text: str, remark: str) -> None:
    read = printed.read(text)
    assert [left.text for left in read.rest] == [remark]
    assert all(field.confidence >= 0.6 for field in read.fields.values())
    assert "issued" in read.fields


# ── editions ─────────────────────────────────────────────────────────────


@given(st.integers(1990, 2026), st.sampled_from(["改訂版", "改定版", "増補版"]), st.booleans())
def test_the_year_of_an_edition_is_its_own_and_the_work_s_where_no_other_is_printed(
    year: int, word: str, is_dated: bool
) -> None:
    more = "．南江堂，2030" if is_dated else ""
    read = item(f"日本循環器学会．急性冠症候群ガイドライン（{year}年{word}）{more}")
    assert (read["title"], read["edition"]) == ("急性冠症候群ガイドライン", f"{year}年{word}")
    assert read["issued"]["date-parts"][0][0] == (2030 if is_dated else year)


@pytest.mark.parametrize("title", ["新版STAIマニュアル", "最新版 自分でできる筋膜リリース"])
def test_a_word_of_an_edition_within_a_word_stays_in_the_title(title: str) -> None:
    read = item(f"山田太郎『{title}』実務教育出版，2000")
    assert (read["title"], read.get("edition")) == (title, None)


# ── what Markdown and lists put around ──────────────────────────────────────────────


@given(
    st.sampled_from(BODIES),
    st.sampled_from(["身体活動・運動ガイド", "国民健康・栄養調査の概要"]),
    st.sampled_from(["", "※2 ", "[^3]: ", "- ", "4. "]),
    st.sampled_from(["", "出典：", "参考書籍：", "引用文献："]),
)
def test_a_link_in_markdown_and_marks_in_front_are_no_part_of_the_work(
    body: str, title: str, mark: str, label: str
) -> None:
    name = f"**{body}**" if not label else body
    read = item(f"{mark}{label}{name}：[{title}2023](https://a.example/1.pdf)")
    assert names(read["author"]) == [body]
    assert (read["title"], read["URL"]) == (f"{title}2023", "https://a.example/1.pdf")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "厚生労働統計協会. 国民衛生の動向 2021/2022. 2021; 68(9): 90-95.",
            {"title": "国民衛生の動向 2021/2022", "volume": "68", "page": "90-95"},
        ),
        ("日本整形外科学会HP「骨粗しょう症」", {"type": "webpage", "title": "骨粗しょう症"}),
        (
            "4. [iv] 城戸幡太郎『保育の科学的研究』フレーベル館，1977",
            {"author": [{"literal": "城戸幡太郎"}], "title": "保育の科学的研究"},
        ),
    ],
)
def test_signs_in_front_and_years_in_a_name_are_what_they_are(
    text: str, expected: dict[str, object]
) -> None:
    read = item(text)
    assert {name: read.get(name) for name in expected} == expected
