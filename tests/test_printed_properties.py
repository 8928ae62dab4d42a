"""What holds of every printed reference, whatever its text."""

from __future__ import annotations

import itertools
import json
import random
import re
import unicodedata
from pathlib import Path

import pytest
from benchmark import load
from examples import each, some
from hypothesis import given, settings
from hypothesis import strategies as st

from refpipe.items import printed
from refpipe.items.printed.articles import pieces

ROOT = Path(__file__).parents[1]
TEXTS = [
    row["text"]
    for path in sorted((ROOT / "tests/cases/printed").glob("*.json"))
    for row in json.loads(path.read_text(encoding="utf-8"))
]
SCRAPS = st.sampled_from(
    ["「", "」", "doi: ", "10.1000/", "https://", " et al. ", "(2005)", "vol. ", "Smith AB, ",
     "“", "”",
     "ほか", "巻", "号", "頁", "\n", "- ", "In: ", "&amp;", "<i>", "[1]", "…", ": ", ". ", "A. "]
)  # fmt: skip


def holds(text: str) -> None:
    read = printed.read(text)
    assert read == printed.read(text)
    json.dumps(read.reading.item)
    for field in read.fields.values():
        assert 0 <= field.span.start <= field.span.end <= len(text)
        assert 0 < field.confidence <= 1
    for left in read.rest:
        assert 0 <= left.span.start < left.span.end <= len(text)
    for name in (*read.reading.item.get("author", ()), *read.reading.item.get("editor", ())):
        assert name.get("family") or name.get("literal")
        assert not any(value != value.strip(" ・,，、;；:：/／") for value in name.values())
        assert "et al." not in str(name).lower()
        said = "".join(filter(str.isalpha, "".join(name.values()).casefold()))
        assert set(said) <= set(unicodedata.normalize("NFKC", text).casefold()), name


LANCET = "Maher C, Underwood M. Non-specific low back pain. Lancet. 2017;389(10070):736-747."
ADDRESS = "https://www.example.jp/content/001305530.pdf"
BRACKETS = st.sampled_from(["({})", "（{}）", "【{}】", " [{}]", " ※{}", " ←{}"])
REMARKS = st.sampled_from(
    ["第4章", "文献1の続報", "邦訳なし", "in Japanese", "無料で読めます", "要会員登録"]
)


@each
@given(st.sampled_from([LANCET, f"{LANCET} doi:10.1016/S0140-6736(16)30970-9"]), BRACKETS, REMARKS)
def test_a_remark_behind_a_reference_takes_nothing_of_it(text: str, box: str, said: str) -> None:
    """Its journal and figures are read as without the remark."""
    alone, read = printed.remembered(text), printed.read(text + box.format(said))
    assert read.reading.item.get("DOI") == alone.reading.item.get("DOI")
    for name in ("title", "container-title", "volume", "page"):
        assert read.reading.item.get(name) == alone.reading.item[name]


@given(BRACKETS, REMARKS)
def test_a_remark_is_no_part_of_an_address(box: str, said: str) -> None:
    text = f"厚生労働省. 健康づくりのための睡眠ガイド2023. 2024. {ADDRESS}{box.format(said)}"
    assert printed.read(text).reading.item["URL"] == ADDRESS


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    holds(text)


@given(st.lists(st.one_of(SCRAPS, st.text(max_size=8), st.sampled_from(TEXTS)), max_size=20))
def test_any_mixture_is_read(pieces: list[str]) -> None:
    holds("".join(pieces))


@given(st.sampled_from(TEXTS), st.data())
@settings(max_examples=some(60))
def test_a_cut_reference_is_read(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    holds(text[:start] + text[end:])


@given(st.sampled_from(TEXTS), st.randoms(use_true_random=False))
@settings(max_examples=some(60))
def test_line_breaks_between_words_change_nothing(text: str, chance: random.Random) -> None:
    """Pasting wraps lines; a space that became a line break leaves the item as it was."""
    if "\n" in text or "- " in text or " -" in text:
        return
    words = text.split(" ")
    wrapped = words[0]
    for before, word in itertools.pairwise(words):
        # A line that breaks behind a slash or inside Japanese is joined without a space.
        is_plain = before[-1:].isascii() and word[:1].isascii() and before[-1:] not in "/_=&"
        wrapped += ("\n" if is_plain and chance.random() < 0.2 else " ") + word
    assert printed.read(wrapped).reading.item == printed.remembered(text).reading.item


@given(st.integers(1, 5000), st.integers(1, 400))
def test_a_shortened_range_is_written_out(first: int, more: int) -> None:
    last = first + more
    for kept in range(1, len(str(last)) + 1):
        short = str(last)[-kept:]
        if str(first)[: len(str(first)) - kept] + short == str(last):
            assert pieces.expand(f"{first}-{short}") == f"{first}-{last}"
            assert pieces.expand(f"{first}–{short}") == f"{first}-{last}"


@pytest.mark.parametrize(
    ("printed_range", "expected"),
    [("1650-60", "1650-1660"), ("S45-S52", "S45-S52"), ("e123", "e123"), ("12-9", "12-19"),
     ("12-1", "12-1"),
     ("A11-6", "A11-A16"), ("xi-xiii", "xi-xiii"), ("433S-40S", "433S-440S")],
)  # fmt: skip
def test_pages(printed_range: str, expected: str) -> None:
    assert pieces.expand(printed_range) == expected


@pytest.mark.parametrize("scrap", ["A.B., ", "編集：", "Fekete, Sándor; ", "[Ph.D.] ", "(シリーズ"])
def test_what_is_repeated_without_end_is_read(scrap: str) -> None:
    """A pattern that tries each sign in two ways would never come back from this."""
    holds(("Title. " + scrap * 700)[:4000])


def test_the_fuzz_runs() -> None:
    module = load("printed", "fuzz")
    chance = random.Random(3)
    for _ in range(200):
        module.check(module.made_up(chance, TEXTS))


@pytest.mark.slow
def test_the_fuzz_runs_long() -> None:
    module = load("printed", "fuzz")
    chance = random.Random(5)
    for _ in range(20_000):
        module.check(module.made_up(chance, TEXTS))


NAMES = ["鈴木一郎", "山田太郎、田中花子", "日本糖尿病学会", "佐藤 花子", "ジョン・スミス"]
ROLES = {
    "編": "editor", "編集": "editor", "編著": "editor", "編・著": "editor", "監修": "editor",
    "総監修": "editor", "責任編集": "editor", "訳": "translator", "監訳": "translator",
    "著": "author", "共著": "author", "執筆": "author",
}  # fmt: skip
FIELDS = ("author", "container-author", "editor", "translator")
SIDES = [
    "{n}{r}",
    "{n} {r}",
    "{n}（{r}）",
    "{n}［{r}］",
    "{r} {n}",
    "{r}：{n}",
    "（{r}）{n}",
    "【{r}】{n}",
]
ORDERS = ["{who}．{title}．南江堂，2018．", "{who}：{title}．第2版，南江堂，東京，2018",
          "{who}『{title}』南江堂、2018年", "『{title}』{who}（南江堂、2018年）",
          "山本次郎：疼痛の診かた．{who}．{title}．南江堂，2018，p.3-9"]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "field"),
    [("編者", "editor"), ("編集者", "editor"), ("編著者", "editor"), ("編集代表", "editor"),
     ("責任編集者", "editor"), ("監修者", "editor"), ("訳者", "translator"),
     ("翻訳者", "translator"),
     ("監訳者", "translator"), ("著者", "author"), ("原著者", "author"), ("執筆者", "author"),
     ("分担執筆", "author")],
)  # fmt: skip
def test_who_bears_a_role_has_it(word: str, field: str) -> None:
    item = printed.read(f"{word}：鈴木一郎．肩の診かた．南江堂，2018．").reading.item
    assert item[field] == [{"literal": "鈴木一郎"}]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("side", SIDES)
def test_a_role_is_never_a_person(side: str, order: str) -> None:
    """On whichever side of its names a role stands, it is nobody's name."""
    for number, role in enumerate(ROLES, len(side) + len(order)):
        names = NAMES[number % len(NAMES)]
        if "・" in role and not side.startswith("{n}"):
            continue
        text = order.format(who=side.format(n=names, r=role), title="肩の診かた")
        item = printed.read(text).reading.item
        found = [
            "".join(name.values())
            for field in (*FIELDS, "editorial-director")
            for name in item.get(field, ())
        ]
        assert not {re.sub(r"[・者]", "", one) for one in found} & set(ROLES), text
        assert all(not re.search(rf"(?:{'|'.join(ROLES)})", one) for one in found), text
        wanted = {one.replace(" ", "") for one in names.split("、")}
        holders = {
            field
            for field in FIELDS
            if wanted <= {"".join(name.values()) for name in item.get(field, ())}
        }
        # Who wrote the book in which a part stands did not write the part.
        is_of_whole = ROLES[role] == "author" and order is ORDERS[-1]
        assert holders == {"container-author" if is_of_whole else ROLES[role]}, text


@pytest.mark.parametrize(
    ("text", "unsure"),
    [
        ("山田太郎．肩の診かた／首の診かた（別冊．南江堂，2018．", "title"),
        ("肩の診かた．整形外科 12：3-9，2019．", "title"),
        ("山田太郎．肩の診かた．発行は（南江堂，2018．", "publisher"),
        ("収載元は会報 佐藤花子「肩の痛み」肩の科学 12：3-9，2019．", "container-title"),
    ],
)
def test_a_reading_with_a_sign_against_it_is_unsure(text: str, unsure: str) -> None:
    assert unsure in printed.read(text).doubted


def test_a_plain_reference_is_sure() -> None:
    text = "山田太郎，田中花子：肩の診かた．整形外科 12：3-9，2019．"
    assert printed.read(text).doubted == ()


@pytest.mark.parametrize(
    "between", ["", "for the ", "on behalf of the ", "on behalf of ", "and the "]
)
@pytest.mark.parametrize("sign", [", ", "; "])
@pytest.mark.parametrize("group", ["XYZ Study Group", "Low Back Pain Guideline Committee"])
def test_a_group_is_named_without_what_joins_it(between: str, sign: str, group: str) -> None:
    """People write for a group or on its behalf; its name is what follows."""
    text = f"Smith AB, Jones C{sign}{between}{group}. Back pain in adults. Spine. 2017;66:514-30."
    item = printed.read(text).reading.item
    assert item["author"][2:] == [{"literal": group}]
    assert item["title"] == "Back pain in adults"


@each
@given(
    st.sampled_from(["・", "／", "＝", "/", "、", " "]),
    st.sampled_from(["編", "著", "編著", "監修", "訳"]),
    st.sampled_from(["『{}』", "「{}」", "：{}．"]),
)
def test_what_parts_a_name_from_its_role_is_no_part_of_it(sign: str, role: str, box: str) -> None:
    text = f"柳澤健太{sign}{role}{box.format('運動療法学の実際')}金原出版，2006，p.120-125"
    read = printed.read(text)
    for field in ("author", "editor", "translator", "editorial-director"):
        for name in read.reading.item.get(field, ()):
            assert name == {"literal": "柳澤健太"}
    assert read.reading.item.get("issued") == {"date-parts": [[2006]]}


@given(st.integers(1950, 2026), st.sampled_from([" ", "，", "、", "．"]), st.integers(1, 800))
def test_a_year_before_pages_is_no_number_of_pages(year: int, sign: str, page: int) -> None:
    text = f"柳澤健太編『運動療法学』金原出版{sign}{year} p.{page}-{page + 3}"
    item = printed.read(text).reading.item
    assert item.get("issued") == {"date-parts": [[year]]}
    assert "number-of-pages" not in item


JOURNALS = [
    LANCET,
    "Maher C, Underwood M (2017) Non-specific low back pain. Lancet 389:736-747",
    "Maher C, Underwood M: Non-specific low back pain. Lancet 389: 736-747, 2017.",
    "Maher, C., & Underwood, M. (2017). Non-specific low back pain. Lancet, 389(10070), 736-747.",
    "Maher C, Underwood M. Non-specific low back pain. Lancet. 2017 Feb 18;389(10070):736-747.",
    "松本守雄, 戸山芳昭：頚椎症性脊髄症の自然経過と手術適応. 脊椎脊髄 18 : 493-498, 2005",
    "松本守雄，戸山芳昭：頚椎症性脊髄症の自然経過と手術適応．脊椎脊髄 2005；18：493-498．",
    "松本守雄・戸山芳昭「頚椎症性脊髄症の自然経過と手術適応」『脊椎脊髄』18巻6号、493-498頁、2005年",
]
WORDS = st.lists(
    st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=9), min_size=1, max_size=5
).map(" ".join)
BEHIND = st.one_of(
    WORDS.map(str.capitalize),
    WORDS.map(str.title),
    WORDS.map("[{}]".format),
    st.text("全文読無料英語日本未読重要続報見出", min_size=2, max_size=8),
    st.sampled_from(
        ["Review. Free full text", "View Article PubMed/NCBI Google Scholar",
         "Crossref. PubMed. ISI.",
         "PubMed PMID: 28215660; PubMed Central PMCID: PMC2997201.", "[PubMed] [Free PMC article]",
         "Epub 2016 Oct 11. Review. [PubMed]", "Full Text | PubMed", "Level of evidence: III"]
    ),
)  # fmt: skip


@settings(max_examples=some(150))
@given(st.sampled_from(JOURNALS), BEHIND)
def test_words_behind_a_journal_s_numbers_take_nothing_of_it(text: str, behind: str) -> None:
    """What a page prints behind a reference, in whatever words, changes no field of it."""
    alone = printed.remembered(text).reading.item
    read = printed.read(f"{text} {behind}").reading.item
    for name in ("author", "title", "container-title", "volume", "issue", "page", "type"):
        assert read.get(name) == alone.get(name), name
    assert read["issued"]["date-parts"][0][0] == alone["issued"]["date-parts"][0][0]


FORMS = load("printed_forms")
JAPANESE = [
    case for case in FORMS.cases(1, 11)
    if "ja" in case.options and case.text[0] not in "「〔【（［＜[(" and len(case.text) > 40
][::3]  # fmt: skip


@pytest.mark.parametrize("box", ["〔{}〕", "【{}】", "（{}）", "［{}］", "＜{}＞"])
def test_a_bracket_around_the_whole_is_no_part_of_it(box: str) -> None:
    for case in JAPANESE:
        plain = case.text.strip(" ．.")
        wrapped = printed.read(box.format(plain)).reading.item
        assert wrapped == printed.remembered(plain).reading.item, case.text


@pytest.mark.parametrize(
    "label",
    [
        "○",
        "◎",
        "▶",
        "★",
        "✓",
        "出典）",
        "参考：",
        "参考資料：",
        "【3】",
        "（4）",
        "医中誌Web　2015123456　",
    ],
)
def test_what_stands_before_a_reference_is_no_part_of_it(label: str) -> None:
    for case in JAPANESE:
        labelled = printed.read(label + case.text).reading.item
        assert labelled == printed.remembered(case.text).reading.item, case.text


ERAS = {"明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019}
WRITTEN = "〇一二三四五六七八九"


@given(
    st.sampled_from(sorted(ERAS)), st.integers(1, 14), st.integers(1, 12), st.integers(1, 28),
    st.sampled_from(["{e}{n}.{m}.{d}", "{e}{n}・{m}・{d}", "{e}{n}/{m}/{d}", "{E}{n}年{m}月{d}日"]),
    st.booleans(),
)  # fmt: skip
def test_a_day_of_an_era_is_read_however_it_is_shortened(
    era: str, number: int, month: int, day: int, form: str, is_written: bool
) -> None:
    n, m, d = (
        "".join(WRITTEN[int(figure)] for figure in str(value)) if is_written else str(value)
        for value in (number, month, day)
    )
    printed_day = form.format(e=era[0], E=era, n=n, m=m, d=d)
    item = printed.read(f"労働安全衛生規則（{printed_day}労働省令第32号）").reading.item
    assert item["type"] == "legislation"
    assert item["issued"] == {"date-parts": [[ERAS[era] + number - 1, month, day]]}


BACK = [
    *itertools.product(
        ["", "2) ", "山田太郎：", "佐藤，"], ["前掲", "前掲書", "前掲論文", "上掲", "同上", "同書"]
    ),
    *itertools.product(["", "2) ", "（3）"], ["Ibid.", "文献3に同じ"]),
]


@pytest.mark.parametrize(("front", "word"), BACK)
@pytest.mark.parametrize("behind", ["", "，p.30", "、12-15頁"])
def test_what_points_to_the_reference_above_is_told_and_not_guessed(
    front: str, word: str, behind: str
) -> None:
    read = printed.read(front + word + behind)
    assert read.reading.item == {"type": "document"}
    assert "".join(left.text for left in read.rest)


@pytest.mark.parametrize("title", ["前掲筋の解剖", "同書体の歴史", "語としての「前掲」"])
def test_a_title_that_holds_such_a_word_is_read(title: str) -> None:
    item = printed.read(f"山田太郎：{title}．整形外科 70：12-15，2019").reading.item
    assert item["title"] == title


@given(
    st.sampled_from(["[全文]", "★重要", "[PDF]", "（全文）", "Free full text", "→続報"]),
    st.sampled_from(["2015; 97(24): 2047-60", "2015;97(24):2047-60", "97(24):2047-60, 2015"]),
)
def test_a_year_never_stays_with_the_journal(behind: str, place: str) -> None:
    text = f"Jevsevar D. Viscosupplementation for the knee. J Bone Joint Surg Am {place} {behind}"
    item = printed.read(text).reading.item
    assert item["container-title"] == "J Bone Joint Surg Am"
    assert item["issued"] == {"date-parts": [[2015]]}


@given(
    st.sampled_from(["ほか", "他", "・他", "・ほか", "，他", " 他", "、ほか "]),
    st.sampled_from(["編", "編集", "編著"]),
    st.sampled_from(
        [
            "標準整形外科学 第14版（{}），pp 544-550，医学書院，2020",
            "{}：標準整形外科学．医学書院，2020",
        ]
    ),
)
def test_that_there_are_more_people_is_read(more: str, role: str, form: str) -> None:
    """One editor named and 他 behind him is no single editor."""
    text = form.format(f"井樋栄二{more}{role}")
    item = printed.read(f"大川淳：椎間板ヘルニア．{text}" if "pp" in form else text).reading.item
    people = item.get("editor") or item.get("author")
    assert people == [{"literal": "井樋栄二"}]
    custom = item.get("custom", {})
    assert custom.get("editor-et-al") or custom.get("author-et-al")


@given(st.integers(0x20000, 0x2A6D6).map(chr) | st.sampled_from("﨑々〆"))
def test_a_rare_sign_in_a_japanese_name_takes_nothing_from_a_reference(sign: str) -> None:
    for printed_as in (
        "{}田太郎, 鈴木花子: 腰痛の疫学. 整形外科 2005; 56: 123-128.",
        "山{}太郎・鈴木花子：腰痛の疫学．整形外科 56：123-128, 2005．",
        "{}田 太郎『腰痛の本』みどり書房、2023年",
        "鈴木花子, {}田次郎（2005）「腰痛の疫学」『整形外科』56(2), 123-128.",
    ):
        usual = printed.remembered(printed_as.format("崎")).reading.item
        read = printed.read(printed_as.format(sign)).reading.item
        assert read == json.loads(json.dumps(usual, ensure_ascii=False).replace("崎", sign))


BARE = [text for text in TEXTS if re.match(r"[^\W\d_]{2}", text) and "\n" not in text]
SIGNS = st.characters(categories=["So", "Po"], exclude_characters="&*#@§¿¡'\"․…「『《（")
LABELS = st.one_of(
    st.builds("{}{}".format, SIGNS, st.sampled_from([" ", "\u3000"])),
    st.builds("{} [{}] ".format, SIGNS, st.integers(1, 99)),
    st.sampled_from(["[iv] ", "［Ⅳ］", "[a] ", "【R12】", "[^7]: ", "〔ア〕"]),
)


@given(LABELS, st.sampled_from(BARE))
@settings(max_examples=some(150), deadline=None)
def test_a_mark_before_a_reference_is_no_part_of_it(mark: str, text: str) -> None:
    """Whatever a list or a page puts before its entries, and what a wrong encoding makes of it."""
    assert printed.read(mark + text).reading.item == printed.remembered(text).reading.item


@given(
    st.integers(1950, 2035),
    st.sampled_from(["版", "改訂版", "改定版", "度版", "度改訂版"]),
    st.sampled_from(["", " ", "　"]),
    st.sampled_from(["循環器病ガイドライン", "白書", "薬剤", "理学療法士・作業療法士", "山田太郎"]),
    st.sampled_from(["", "日本循環器学会. ", "日本循環器学会：", "山田太郎, "]),
)
def test_a_year_that_a_title_begins_with_is_no_name(
    year: int, edition: str, gap: str, words: str, head: str
) -> None:
    title = f"{year}年{edition}{gap}{words}"
    item = printed.read(f"{head}{title}. 南江堂, 2036.").reading.item
    assert item["title"] == title.replace("　", " ")
    assert item["issued"] == {"date-parts": [[2036]]}
    names = [name.get("literal") for name in item.get("author", ())]
    assert names == [one for one in [head.rstrip(" .：,")] if one]


@given(
    st.integers(3, 36),
    st.sampled_from(
        ["平成{e}年（{y}）", "平成{e}年({y}年) ", "{y}年（平成{e}年）", "平成{e}年度 ({y}年度)"]
    ),
    st.sampled_from(["患者調査の概況", "人口動態統計（確定数）の概況", "介護給付費等実態統計"]),
    st.sampled_from(
        ["{}. 厚生労働省, 2030.", "厚生労働省. {}. 2030.", "厚生労働省：{}，2030年6月2日"]
    ),
)
def test_the_year_of_a_survey_said_twice_stays_in_its_name(
    era: int, twice: str, survey: str, form: str
) -> None:
    title = twice.format(e=era, y=era + 1988) + survey
    item = printed.read(form.format(title)).reading.item
    assert item["title"] == title
    assert item["issued"]["date-parts"][0][0] == 2030


@given(st.sampled_from("SHR昭平令"), st.integers(1, 99))
def test_a_year_that_its_era_does_not_have_is_none(era: str, count: int) -> None:
    last = {"S": 64, "昭": 64, "H": 31, "平": 31}.get(era, 99)
    first = {"S": 1925, "昭": 1925, "H": 1988, "平": 1988}.get(era, 2018)
    read = printed.read(f"山田太郎：腰痛の疫学．整形外科 {era}{count};61:3-9.")
    issued = read.reading.item.get("issued")
    assert issued == ({"date-parts": [[first + count]]} if count <= last else None)


@pytest.mark.parametrize("sign", ",:;.")
@pytest.mark.parametrize("page", ["検証可能性", "腰痛の会", "検索", "記事一覧.html"])
@pytest.mark.parametrize("behind", ["", "{}閲覧日2020年1月2日", "{}2020年1月2日", "{}参照"])
def test_a_japanese_word_behind_a_sign_stays_in_an_address(
    sign: str, page: str, behind: str
) -> None:
    address = f"https://ja.example.org/wiki/Wikipedia{sign}{page}"
    read = printed.read(f"腰痛の話. {address}{behind.format(sign)}")
    assert read.reading.item["URL"] == address


@given(
    st.characters(categories=["Sm"], min_codepoint=0x2200, max_codepoint=0x22FF).filter(
        lambda sign: sign not in "∗∘∙⋄⋅⋆"
    )
    | st.sampled_from("%％‰°±×!？…"),
    st.sampled_from(["65歳以上の腰痛", "肺活量の検討", "65-year-old patients", "FEV1 and age"]),
)
def test_a_sign_that_a_title_begins_with_is_its_own(sign: str, words: str) -> None:
    item = printed.read(f"{sign}{words}. Spine. 2010;61:3-9.").reading.item
    assert item["title"] == sign + words


@pytest.mark.parametrize("start", ["[F18]FDG uptake", "[In] vitro test", "[C11]PIB uptake"])
def test_a_box_that_belongs_to_a_word_is_no_label(start: str) -> None:
    item = printed.read(f"{start} of the discs. Spine. 2010;61:3-9.").reading.item
    assert item["title"] == f"{start} of the discs"


@pytest.mark.parametrize("start", ["100 US Hospitals", "12 MRI Scans", "5 NHL Players"])
def test_a_figure_before_capitals_that_are_no_known_office_stays(start: str) -> None:
    item = printed.read(f"{start} and their backs. Spine. 2010;61:3-9.").reading.item
    assert item["title"] == f"{start} and their backs"
