"""Hand-made lists whose numbers could come to name another work: read, or left alone and told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import refpipe

from refpipe import files
from refpipe.articles import lists
from refpipe.articles.lists.legacy_list import is_legal
from refpipe.items import printed
from refpipe.library import Library
from refpipe.pipeline import adopt

MODIC = (
    "Modic MT, Obuchowski NA, Ross JS. Acute low back pain and radiculopathy."
    " Radiology. 2005;237(2):597-604."
)
CARRAGEE = (
    "Carragee EJ, Kim DH. A prospective analysis of magnetic resonance imaging findings."
    " Spine. 1997;22(14):1650-60."
)
BOOS = "Boos N, Rieder R. The accuracy of magnetic resonance imaging. Spine. 1995;20(24):2613-25."
WORKS = (MODIC, CARRAGEE, BOOS)
HEADING = "\n\n## 参考文献\n\n"
ORDERED = f"<ol>{''.join(f'<li>{work}</li>' for work in WORKS)}</ol>"


def listed(label: str = "[{}] ") -> str:
    return HEADING + "".join(f"{label.format(n)}{work}\n" for n, work in enumerate(WORKS, 1))


def circled() -> str:
    return HEADING + "".join(f"{sign} {work}\n" for sign, work in zip("①②③", WORKS, strict=True))


def adoption(folder: Path, text: str, name: str = "a.md") -> adopt.Adoption:
    page = folder / name
    page.write_text(text, encoding="utf-8")
    with Library.open(folder / "library.db", create=True) as library:
        return adopt.adopt(library, files.read(page), name, now="2026-01-01T00:00:00Z")


def typed(text: str, folder: Path, name: str = "a.md") -> list[str]:
    """What each citation became, by the first author of its work."""
    found = adoption(folder, text, name)
    assert not found.refusal
    body = found.typed.split("<!--bibliography")[0]
    return [re.sub(r"@(\w[a-z]*)\d*", r"\1", one) for one in re.findall(r"\[@[^\]]*\]", body)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲[3]。乙[1, p. 12]。", ["[boos]", "[modic, p. 12]"]),
        ("甲[3]。乙[1、12頁]。", ["[boos]", "[modic, 12頁]"]),
        ("甲[3]。丁[1][2]。", ["[boos]", "[modic; carragee]"]),
        ("甲[3]、文献2によれば。", ["[boos]", "[carragee]"]),
        ('甲[3]<sup><a href="#r1">*1</a></sup>', ["[boos]", "[modic]"]),
        ("甲[3]<sup>[1,&nbsp;2]</sup>", ["[boos]", "[modic; carragee]"]),
        ("甲[3]と&#91;2&#93;。", ["[boos]", "[carragee]"]),
        ("甲[3]と[2](#ref2)。", ["[boos]", "[carragee]"]),
        ("甲[3]。丁[1, 図2]。", ["[boos]", "[modic, 図2]"]),
        ("甲[3]。丁〔1〕。", ["[boos]", "[modic]"]),
        ("甲[3]。丁（ref. 1）。", ["[boos]", "[modic]"]),
    ],
)
def test_what_clearly_cites_follows_its_work(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    assert typed(text + listed(), tmp_path) == expected


LEFT = [
    "甲[3]。丁[1][9]。" + listed(),
    "甲[3]。丁{1}。" + listed(),
    "甲[3]と[2](https://example.org/x)。" + listed(),
    '甲[3]と<a href="x.html">[1]の話</a>。' + listed(),
    "甲[3]。丁（1より）。" + listed(),
    "甲[3]。丁（1）。" + listed(),
    "甲[3]。丁（参考1）。" + listed(),
    "甲は②です。乙は[3]。" + circled(),
    "甲は3）。動作1）の話。" + listed("{}）"),
]


@pytest.mark.parametrize("text", LEFT)
def test_a_page_with_a_number_nobody_can_read_is_left_alone(tmp_path: Path, text: str) -> None:
    found = adoption(tmp_path, text)
    assert found.is_left
    assert found.typed == text
    assert "a.md:1: " in found.refusal
    assert not found.references


def test_where_the_numbers_stay_a_doubt_is_only_told(tmp_path: Path) -> None:
    found = adoption(tmp_path, "甲[1]。乙[2]。丙[3]。丁（1）。" + listed())
    assert not found.refusal
    assert len(found.doubts) == 1
    assert found.doubts[0].startswith("a.md:1: ")


def test_two_references_to_one_work_do_not_keep_their_numbers(tmp_path: Path) -> None:
    doubled = listed().replace(BOOS, MODIC)
    assert adoption(tmp_path, "甲[1]。乙[2]。丙[3]。丁（1）。" + doubled).is_left


@pytest.mark.parametrize(
    "text",
    [
        "甲[3]。体積は5 cm<sup>3</sup>と10<sup>2</sup>、<sup>131</sup>I、m²。",
        "甲[3]。\n\n（1）安静にする\n（2）動く\n\n① 一つ\n② 二つ\n",
        "甲[3]。`x[1]`と画像![1](a.png)と[3か月]。",
        "甲[3]。<!-- [2] を足す -->",
    ],
)
def test_numbers_that_cite_nothing_stand_in_nobodys_way(tmp_path: Path, text: str) -> None:
    assert typed(text + listed(), tmp_path) == ["[boos]"]


def test_two_lists_are_both_named(tmp_path: Path) -> None:
    text = "甲[1]。" + listed() + "\n## 乙の章\n\n乙[1]。" + listed()
    found = adoption(tmp_path, text)
    assert found.is_left
    assert "a.md:15" in found.refusal
    assert "line 5" in found.refusal


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "甲。\n\n<!--" + listed() + "-->\n"),
        ("a.md", "甲。\n\n```" + listed() + "```\n"),
        ("a.html", f"<p>甲。</p><!-- <h2>参考文献</h2>{ORDERED} -->"),
    ],
)
def test_a_list_that_no_reader_sees_is_none(tmp_path: Path, name: str, text: str) -> None:
    found = adoption(tmp_path, text, name)
    assert found.refusal == "it holds no list of references"


def test_a_citation_of_a_list_that_was_not_found_is_told(tmp_path: Path) -> None:
    found = adoption(tmp_path, "見出し\n\n甲[2]。\n\n1つ目の話\n")
    assert found.is_left
    assert "a.md:3: “[2]”" in found.refusal


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ("佐藤. 続報. 文献1の追加調査. 2020.", "names another one"),
        ("Comment on ref. 1. Spine. 2001.", "names another one"),
        ("同上, p. 12", "only repeats"),
        ("山田太郎，前掲書，30頁", "only repeats"),
        ("山田 太郎・他：前掲論文 p.30", "only repeats"),
        ("上掲書，45-50頁", "only repeats"),
        ("山田太郎，前掲書1)，30頁", "names another one"),
    ],
)
def test_an_entry_that_leans_on_another_is_a_citation_too(
    tmp_path: Path, entry: str, why: str
) -> None:
    text = f"甲[3]。{HEADING}[1] {MODIC}\n[2] {entry}\n[3] {BOOS}\n"
    found = adoption(tmp_path, text)
    assert found.is_left
    assert f"a.md:6: reference 2 {why}" in found.refusal


def test_an_entry_whose_title_holds_such_a_word_leans_on_none(tmp_path: Path) -> None:
    entry = "山田太郎：前掲書という略し方．整形外科 2016；67：10-20"
    found = adoption(tmp_path, f"甲[3]。{HEADING}[1] {MODIC}\n[2] {entry}\n[3] {BOOS}\n")
    assert not found.refusal


def test_an_entry_that_tells_no_title_is_kept_as_printed(tmp_path: Path) -> None:
    text = f"甲[2]。{HEADING}[1] {MODIC}\n[2] 2019 2020 33-34\n[3] {BOOS}\n"
    found = adoption(tmp_path, text)
    assert not found.refusal
    assert found.references[1].work.item["title"] == "2019 2020 33-34"
    assert found.references[1].is_verbatim


@pytest.mark.parametrize("comment", ["<!-- refpipe: not-a-citation -->"])
def test_a_number_that_its_writer_declares_is_no_citation(tmp_path: Path, comment: str) -> None:
    text = "甲[3]。\n乙{1}と丙[1]。" + comment + listed()
    assert typed(text, tmp_path) == ["[boos]"]


def test_a_line_that_is_named_holds_no_citation(tmp_path: Path) -> None:
    page = tmp_path / "a.md"
    page.write_text("甲[3]。\n乙{1}。" + listed(), encoding="utf-8")
    with Library.open(tmp_path / "library.db", create=True) as library:
        left = adopt.adopt(library, files.read(page), "a.md", now="2026-01-01T00:00:00Z")
        read = adopt.adopt(
            library, files.read(page), "a.md", now="2026-01-01T00:00:00Z", declared=[2]
        )
    assert "--not-a-citation" in left.refusal
    assert not read.refusal


def test_a_place_that_something_leads_to_survives_its_entry(tmp_path: Path) -> None:
    text = f"甲[2]。[研究](#ref1)の話。{HEADING}"
    text += f'<a id="ref1"></a>[1] {MODIC}\n<a id="ref2"></a>[2] {BOOS}\n'
    found = adoption(tmp_path, text)
    assert '<a id="ref1"></a>\n\n<!--bibliography' in found.typed
    assert "ref2" not in found.typed
    assert not found.is_left


def test_a_note_belongs_to_the_reference_above(tmp_path: Path) -> None:
    text = f"甲[2]。{HEADING}1. {MODIC}\n   備考: 総説\n2. {CARRAGEE}\n"
    assert [one.label for one in adoption(tmp_path, text).references] == ["1", "2"]


@pytest.mark.parametrize(
    ("opening", "first"),
    [('<ol start="3">', "modic"), ("<ol reversed>", "modic"), ("<ol start=2>", "carragee")],
)
def test_a_list_that_counts_its_own_way_is_counted_so(
    tmp_path: Path, opening: str, first: str
) -> None:
    text = f"<p>甲[3]。</p><h2>参考文献</h2>{ORDERED.replace('<ol>', opening)}"
    assert typed(text, tmp_path, "a.html") == [f"[{first}]"]


def test_a_list_that_counts_with_letters_is_left_alone(tmp_path: Path) -> None:
    text = f"<p>甲[3]。</p><h2>参考文献</h2>{ORDERED.replace('<ol>', '<ol type=a>')}"
    assert "letters" in adoption(tmp_path, text, "a.html").refusal


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", f"甲{HEADING}[1] 同上 p.12\n[2] 前掲書, p.3\n"),
        ("a.md", f"甲{HEADING}1. 厚生労働省ホームページ\n"),
        ("a.html", "<p>甲</p><h2>参考文献</h2><ol><li>厚生労働省ホームページ</li></ol>"),
    ],
)
def test_a_headed_list_that_tells_no_work_is_said_to_be_one(
    tmp_path: Path, name: str, text: str
) -> None:
    found = adoption(tmp_path, text, name)
    assert found.is_left
    assert "cannot be read" in found.refusal


def test_two_works_under_one_number_are_not_made_one(tmp_path: Path) -> None:
    text = f"甲[2]。{HEADING}[1] {MODIC[:-1]}; {BOOS}\n[2] {CARRAGEE}\n"
    found = adoption(tmp_path, text)
    assert found.is_left
    assert "reference 1 seems to hold two works" in found.refusal


@pytest.mark.parametrize("between", ["; ", " ", "\n   "])
def test_two_dois_under_one_number_are_not_made_one(tmp_path: Path, between: str) -> None:
    two = f"{MODIC} doi:10.5555/aaa.1{between}{BOOS} doi:10.5555/aaa.12"
    found = adoption(tmp_path, f"甲[2]。{HEADING}1. {two}\n2. {CARRAGEE}\n")
    assert found.is_left
    assert "reference 1 seems to hold two works" in found.refusal


def test_one_doi_printed_twice_is_one_work(tmp_path: Path) -> None:
    two = "doi:10.5555/AAA.1. URL https://doi.org/10.5555/aaa.1"
    found = adoption(tmp_path, f"甲[2]。{HEADING}1. {MODIC} {two}\n2. {CARRAGEE}\n")
    assert [one.label for one in found.references] == ["1", "2"]


@pytest.mark.parametrize(
    ("head", "is_refused"), [("文献", True), ("Ref.", True), ("文献番号", True), ("人数", False)]
)
@pytest.mark.parametrize("is_html", [False, True])
def test_a_bare_number_in_a_column_of_references_is_no_quantity(
    tmp_path: Path, head: str, is_refused: bool, is_html: bool
) -> None:
    table = f"\n\n| 研究 | {head} |\n|---|---|\n| 甲 | 2 |\n"
    if is_html:
        rows = f"<tr><th>研究</th><th>{head}</th></tr>\n\n<tr><td>甲</td><td>2</td></tr>"
        table = f"\n\n<table>{rows}</table>\n"
    found = adoption(tmp_path, f"甲[3]。{table}{listed()}")
    assert found.is_left == is_refused


def test_a_guideline_keeps_the_year_of_its_name() -> None:
    item = printed.read("腰痛診療ガイドライン2019. https://www.example.org/x.html").reading.item
    assert item["title"] == "腰痛診療ガイドライン2019"
    assert item["issued"] == {"date-parts": [[2019]]}


def test_a_publisher_loses_the_bracket_it_shares_with_the_year() -> None:
    item = printed.read("山田太郎『腰痛のすべて』（NHK出版、2018年）").reading.item
    assert item["publisher"] == "NHK出版"
    assert item["issued"] == {"date-parts": [[2018]]}


def test_a_list_that_another_tool_manages_is_left_to_it(tmp_path: Path) -> None:
    found = adoption(tmp_path, "甲[2]。\n\n<!--other-->" + listed() + "<!--/other-->\n")
    assert found.is_left


@pytest.mark.parametrize(
    "text",
    [
        "¹" * 9000,
        f"[1](#r{'1' * 9000})",
        f"文献{'1' * 9000}",
        f"x<sup>{'1' * 9000}</sup>He",
        "１" * 9000,
    ],
)
def test_no_number_is_too_long_to_be_read(text: str) -> None:
    listed = "[1] Abe K. A title. Spine. 2001;1:2-3.\n\n[2] Ito M. Another. Spine. 2002;2:4-5.\n"
    assert lists.plan(f"{text}\n\n## 参考文献\n\n{listed}", "markdown") is not None


SLEEP = "中津川蓮. 睡眠と腰の痛み. 痛みの外来. 2019;8(2):14-20."
HALE = "Hale P, Munro T. Short sleep and chronic pain. Sleep Clin. 2020;3(1):5-16."
FORMS = (
    "1. {}\n2. {}", "- {}\n- {}", "[1] {}\n[2] {}", "{}\n\n{}", "* [1] {}\n* [2] {}",
    "<ol><li>{}</li><li>{}</li></ol>", "<ol><li><p>{}</p></li><li><p>{}</p></li></ol>",
    "<ul><li>[1] {}</li><li>[2] {}</li></ul>", "<p>{}</p><p>{}</p>", "<p>1) {}<br>2) {}</p>",
    "<dl><dt>[1]</dt><dd>{}</dd><dt>[2]</dt><dd>{}</dd></dl>",
    "<table><tr><td>1</td><td>{}</td></tr><tr><td>2</td><td>{}</td></tr></table>",
)  # fmt: skip
BEHIND = (
    "監修:山田太郎（整形外科専門医）", "執筆：理学療法士　佐藤花子　2021年3月",
    "文責 鈴木一郎, 2022年",
    "更新日：2026/00/00", "電話：03-1234-5678", "※本記事は2024年3月時点の情報です。",
    "お問い合わせ https://www.example.jp/contact/", "© 2024 みどり整形外科クリニック",
    "Reviewed by Jane Smith, MD. Last updated: May 3, 2024.",
    "Last reviewed: 2023-11-02. Next review due: 2026-11-02",
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_what_a_page_says_of_itself_behind_its_list_is_no_reference(form: str) -> None:
    is_page = form.startswith("<")
    for said in BEHIND:
        for around in ("<p>{}</p>", "<div>{}</div>") if is_page else ("\n\n{}", "\n{}"):
            head = (
                "<p>痛み[2]。</p><h2>参考文献</h2>" if is_page else "痛み[2]。\n\n## 参考文献\n\n"
            )
            text = head + form.format(SLEEP, HALE) + around.format(said) + "\n"
            plan = lists.plan(text, "html" if is_page else "markdown")
            assert plan is not None
            assert [one.text for one in plan.found.references] == [SLEEP, HALE], said


SIGNS = ("※", "注", "*", "†", "‡", "§", "★", "☆", "◇", "¶")
MARKED = ("[{}]", "（{}）", "<sup>{}</sup>", "<sup>[{}]</sup>", "{}")
NOTED = ("{} 税込みです。", "{}：税込みです。", "（{}）税込みです。", "<sup>{}</sup> 税込みです。")


@pytest.mark.parametrize("name", ["a.md", "a.html"])
@pytest.mark.parametrize("sign", SIGNS)
def test_a_mark_of_the_pages_own_note_is_never_woven(tmp_path: Path, sign: str, name: str) -> None:
    shown = "\\*1" if name == "a.md" and sign == "*" else f"{sign}1"
    for marked in MARKED:
        for noted in NOTED:
            lines = (f"首[3]。料金{marked.format(shown)}。", noted.format(shown))
            text = "\n\n".join(lines) + listed()
            if name == "a.html":
                body = "".join(f"<p>{line}</p>\n" for line in lines)
                text = f"{body}<h2>参考文献</h2>{ORDERED}"
            found = adoption(tmp_path, text, name)
            body = found.typed.split("参考文献")[0]
            assert body.count(shown) == 2, (marked, noted)
            if marked == "<sup>{}</sup>":
                assert f"{name}:1: " in found.refusal, (marked, noted)


@pytest.mark.parametrize("sign", ["※", "注", "†"])
@pytest.mark.parametrize("label", ["{} ", "- {} ", "**{}** ", "<li>{} "])
def test_where_the_list_bears_the_sign_its_marks_cite(sign: str, label: str) -> None:
    text = f"首[{sign}3]。腰<sup>{sign}1</sup>。\n\n{sign}1の話。" + listed(
        label.format(f"{sign}{{}}")
    )
    plan = lists.plan(text, "markdown")
    assert plan is not None
    assert (1,) in [one.numbers for one in plan.numbers.citations]


@pytest.mark.parametrize("marked", ["[※1]", "（※1）", "<sup>※1</sup>", "<sup>*1</sup>"])
def test_a_sign_without_a_note_cites_as_before(tmp_path: Path, marked: str) -> None:
    assert typed(f"首{marked}。" + listed("{}. "), tmp_path) == ["[modic]"]


@pytest.mark.parametrize("note", ["<sup>1</sup> 税込みです。", "[1] 注意。", "[1]注意。"])
def test_the_number_that_begins_a_note_is_told_and_never_woven(tmp_path: Path, note: str) -> None:
    found = adoption(tmp_path, f"首[3]。\n\n{note}" + listed())
    assert found.is_left
    assert "a.md:3: " in found.refusal


@pytest.mark.parametrize(
    "line", ["[1]によれば多い。", "[1] showed that pain lasts.", "文献1 山田らの研究。"]
)
def test_a_citation_may_begin_a_sentence(tmp_path: Path, line: str) -> None:
    assert typed(f"首[3]。\n\n{line}" + listed(), tmp_path) == ["[boos]", "[modic]"]


@pytest.mark.parametrize(
    "typed", ["図[2]を見る。", "95%CI [2, 3]は", "Abe [2]: RCT", "x[2]は", "| 図[2] | a |"]
)
def test_advice_for_a_number_in_brackets_can_be_followed(typed: str) -> None:
    page = f"甲[1]。\n\n{typed}\n\n乙は多い[3]。{listed()}"
    plan = lists.plan(page, "markdown")
    assert plan is not None
    (told,) = plan.numbers.unclear
    advised = told.message.rpartition("write ")[2]
    assert re.fullmatch(r"\[文献\d(?:, \d)?\]", advised)
    figures = advised.removeprefix("[文献")
    plan = lists.plan(page.replace(f"[{figures}", advised), "markdown")
    assert plan is not None
    assert not plan.numbers.unclear
    assert len(plan.numbers.citations) == 3


@pytest.mark.parametrize("remark", ["税込みの料金です。", "料金は税込みで、初診料を含みます。"])
@pytest.mark.parametrize("others", [1, 2, 3])
def test_footnotes_of_which_some_tell_no_work_are_told_by_their_line(
    tmp_path: Path, remark: str, others: int
) -> None:
    notes = [MODIC, *[remark] * others, BOOS]
    text = "".join(f"甲は多い[^{n}]。" for n in range(1, len(notes) + 1)) + "\n\n"
    text += "".join(f"[^{n}]: {note}\n" for n, note in enumerate(notes, 1))
    found = adoption(tmp_path, text)
    assert found.is_left
    assert [line.split(":")[1] for line in found.refusal.splitlines() if ".md:" in line] == [
        str(4 + n) for n in range(others)
    ]
    assert "tells no work" in found.refusal


@pytest.mark.parametrize("bullet", ["-", "*", "・"])
@pytest.mark.parametrize("taken", [1, 3])
@pytest.mark.parametrize("weak", [1, 2])
def test_a_list_of_bullets_is_not_cut_short_in_silence(
    tmp_path: Path, bullet: str, taken: int, weak: int
) -> None:
    short = ["Young, et al. (2022)：変形性股関節症の報告", "Nairn, et al. (2021)：学習曲線"][:weak]
    entries = "".join(f"{bullet} {work}\n" for work in (*WORKS[:taken], *short))
    found = adoption(tmp_path, f"本文です。{HEADING}{entries}")
    assert found.is_left
    line = 5 + taken
    assert f"a.md:{line}: the list goes on with “{bullet} {short[0][:38]}" in found.refusal


def test_other_bullets_behind_a_list_are_no_part_of_it(tmp_path: Path) -> None:
    entries = "".join(f"- {work}\n" for work in WORKS)
    for behind in ("\n- 2022年の報告に、Young, et al. がある。\n", "- お問い合わせ\n- 料金表\n"):
        assert not adoption(tmp_path, f"本文です。{HEADING}{entries}{behind}").is_left


LAWS = (
    "労働安全衛生法（昭和47年法律第57号）第66条の8",
    "最判平成12年3月24日民集54巻3号1155頁",
    "医療法第6条の5",
    "東京地判平成20年4月22日労判965号5頁",
    "労働基準法施行規則別表第1の2",
    "最高裁判所第二小法廷 平成12年3月24日判決 民集54巻3号1155頁",
    "医師法第17条、第20条",
    "平成19年3月30日医政発第0330010号",
    "Roe v. Wade, 410 U.S. 113 (1973).",
)


@pytest.mark.parametrize("first", range(len(LAWS)))
@pytest.mark.parametrize("heading", ["参考文献", "参考法令・判例"])
def test_laws_and_decisions_of_courts_are_references(
    tmp_path: Path, heading: str, first: int
) -> None:
    chosen = [LAWS[(first + at) % len(LAWS)] for at in range(3)]
    lines = "".join(f"[{n}] {one}\n" for n, one in enumerate(chosen, 1))
    text = f"業務による[1]。判例もある[2]。規制される[3]。\n\n## {heading}\n\n{lines}"
    found = adoption(tmp_path, text)
    assert not found.refusal
    # A paragraph is no volume, and a court no journal.
    for adopted, printed_one in zip(found.references, chosen, strict=True):
        assert str(adopted.work.item["title"]).startswith(printed_one.rstrip(".")[:20])


@pytest.mark.parametrize("day", ["平成25年6月18日", "令和元年改訂", "平成30年5月改正"])
@pytest.mark.parametrize("name", ["腰痛予防対策指針", "腰痛診療ガイドライン", "身体活動の基準"])
def test_a_guideline_and_its_day_are_read(name: str, day: str) -> None:
    """Only a passage, a notice and a decision of a court are kept as printed for what they are."""
    text = f"{name}（{day}）"
    assert is_legal(text)
    assert adopt.record_of(text, origin="a.md:1").source == "printed"


@pytest.mark.parametrize(
    "line",
    [
        "医療法第6条の5では広告が規制されます。", "運動療法第3条", "高判断の方法 平成20年",
        "久山地区における研究 昭和60年から平成2年", "体操の方法 第1号", "手術の方法 第2条",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_law_is_none(line: str) -> None:
    assert not is_legal(line)


def test_a_list_that_cannot_be_read_is_found_by_check(tmp_path: Path) -> None:
    (tmp_path / "refpipe.toml").touch()
    page = tmp_path / "a.md"
    page.write_text("甲[1]。\n\n## 参考文献\n\n1. 院内資料A\n2. 患者さんの声\n", encoding="utf-8")
    run = refpipe("check", "a.md", "--select", "CIT005", folder=tmp_path)
    assert "a.md:5:1: CIT005" in run.stdout
    assert "refpipe adopt a.md" in run.stdout
    page.write_text("甲。\n\n## 注釈\n\n1. 院内資料A\n2. 患者さんの声\n", encoding="utf-8")
    assert not refpipe("check", "a.md", "--select", "CIT005", folder=tmp_path).stdout


@pytest.mark.parametrize(
    "text",
    [
        f"民法1条{'1' * 9000}x", f"民法1条{'の1' * 4000}x", f"民法1条{'（1' * 4000}", "高裁" * 4000,
        "A. v. " * 3000,
    ],
)  # fmt: skip
def test_a_long_line_is_held_for_a_law_or_not_at_once(text: str) -> None:
    assert not is_legal(text)


ARROWS = st.sampled_from("^↑↩⤴")
AGAIN = st.lists(st.sampled_from(["a", "b", "ab", "1.0", "2.11"]), max_size=4)


@given(arrow=ARROWS, again=AGAIN, says=st.sampled_from(["", "Jump up to: ", "Jump up "]))
def test_what_leads_back_from_an_entry_is_no_word_of_it(
    arrow: str, again: list[str], says: str
) -> None:
    """Wikis lead back before an entry, Markdown's generators behind it."""
    links = "".join(f'<a href="#c{n}"><sup><i>{one}</i></sup></a> ' for n, one in enumerate(again))
    lead = f"<span>{arrow} {says if again else ''}{links}</span> "
    if not again:
        lead = f'<b><a href="#c">{says}{arrow}</a></b> '
    tail = '<a href="#d">↩</a> <a href="#d2">↩<sup>2</sup></a>'
    for form in (lambda work: lead + work, lambda work: f"{work} {tail}"):
        items = "".join(f"<li>{form(work)}</li>" for work in WORKS)
        found = lists.find(f"<h2>References</h2><ol>{items}</ol>", "html")
        assert found is not None
        assert [one.text for one in found.references] == list(WORKS)


@pytest.mark.parametrize(
    "text",
    [
        "甲[2]。\n\n## 参考文献\n\n本記事は次の資料に基づきます：\n\n{}",
        "甲[2]。\n\n## References\n\nAll claims are backed by research.\n{}",
        "<p>甲[2]。</p><h2>参考文献</h2><p>次のとおりです。</p><ol>{}</ol>",
        '<p>甲[2]。</p><div><h2>脚注</h2><span>[<a href="/edit">編集</a>]</span></div><ol>{}</ol>',
        "<p>甲[2]。</p><p>引用・参考</p><ol>{}</ol>",
    ],
)
def test_a_sentence_or_a_button_between_heading_and_list_parts_them_not(text: str) -> None:
    pages = [f"[Page {n} of the site](https://example.org/{n})" for n in range(1, 4)]
    form = "html" if "<ol>" in text else "markdown"
    for works in (WORKS, pages):
        entries = [re.sub(r"\[(.*)\]\((.*)\)", r'<a href="\2">\1</a>', one) for one in works]
        shown = "".join(f"<li>{one}</li>" for one in entries)
        if form != "html":
            shown = "".join(f"{n}. {one}\n" for n, one in enumerate(works, 1))
        plan = lists.plan(text.format(shown), form)
        assert plan is not None
        assert plan.found.heading is not None
        assert len(plan.found.references) == 3
        assert [one.numbers for one in plan.numbers.citations] == [(2,)]


def test_an_address_of_a_linked_title_stands_behind_its_entry() -> None:
    title, place = "Six of ten walk too little, a survey says", "https://example.org/walk"
    for text, form in (
        (f"## References\n\n1. [{title}]({place}). ERP Today, 2024.\n", "markdown"),
        (
            f'<h2>References</h2><ol><li><a href="{place}">{title}</a>. ERP Today, 2024.</li></ol>',
            "html",
        ),
    ):
        found = lists.find(text, form)
        assert found is not None
        assert found.references[0].text == f"{title}. ERP Today, 2024. {place}"


@given(order=st.permutations([1, 2, 3]), dress=st.sampled_from(["{}", "[{}]", "<sup>{}</sup>"]))
def test_a_number_that_leads_to_another_entry_is_never_woven(order: list[int], dress: str) -> None:
    """The list stands in one order and is named in another: number and link contradict."""
    items = "".join(
        f'<li id="r{name}">{work}</li>' for name, work in zip(order, WORKS, strict=True)
    )
    cites = "".join(f'甲である<a href="#r{n}">{dress.format(n)}</a>。' for n in (1, 2, 3))
    plan = lists.plan(f"<p>{cites}</p><h2>References</h2><ol>{items}</ol>", "html")
    assert plan is not None
    crossed = [n for n, place in enumerate(order, 1) if n != place]
    assert bool(plan.obstacles) == bool(crossed)
    if not crossed:
        assert [one.numbers for one in plan.numbers.citations] == [(1,), (2,), (3,)]


@pytest.mark.parametrize("name", ["a.md", "a.mdx"])
def test_brackets_around_linked_numbers_go_with_them(tmp_path: Path, name: str) -> None:
    text = "甲 <sup>[[1](#r1)]</sup>。乙 [[2](#r2), [3](#r3)]。丙 ([1](#r1))。"
    text += HEADING + "".join(f'{n}. <a id="r{n}"></a>{work}\n' for n, work in enumerate(WORKS, 1))
    found = adoption(tmp_path, text, name)
    body = found.typed.split("## 参考文献")[0]
    assert re.sub(r"@\w+", "@", body).strip() == "甲 [@]。乙 [@; @]。丙 ([@])。"


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("目標は6g未満です(1)。血圧は下がります(2)(3)。", True),
        ("Surgery is no better (1). Repair is durable (2, 3).", True),
        ("報告されている1)。また有効である2)。", True),
        ("Do it so: (1) fever, (2) exudate, and (3) nodes.", False),
        ("次のとおりです。(1)休む。(2)歩く。", False),
        ("痛む人は多い。", False),
    ],
)
def test_numbers_in_round_brackets_without_a_list_are_told(text: str, is_told: bool) -> None:
    assert bool(lists.uncounted(text, "markdown")) == is_told
