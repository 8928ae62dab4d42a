"""What adopting tells a Japanese writer is Japanese, page by page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fake_registry import FakeRegistry, load
from running import refpipe
from test_adopt_clinics import PAGES, Page

from refpipe.pipeline import adopt

OURS = re.compile(r"\b(?:the|and|is|of|a|it|this|which|would|reference|stands?|looks)\b")


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.refused], ids=lambda page: page.name
)
def test_a_refusal_is_told_in_japanese(tmp_path: Path, page: Page) -> None:
    (tmp_path / "refpipe.toml").touch()
    name = f"page.{page.ending}"
    (tmp_path / name).write_text(page.text, encoding="utf-8")
    run = refpipe("adopt", "--offline", name, folder=tmp_path, extra={"LANG": "ja_JP.UTF-8"})
    assert run.returncode == 1
    told = re.sub(r"「.*?」|“.*?”|not-a-citation", "", run.stderr)
    assert "何も変えていません" in run.stderr
    assert f"{name}:{page.refused[0]}:" in run.stderr
    assert not OURS.search(told), run.stderr


def test_a_number_by_hand_is_told_in_japanese(tmp_path: Path) -> None:
    (tmp_path / "refpipe.toml").touch()
    text = "痛みは軽くなる [@one]。再発は多い[1]。\n\n<!--bibliography-->\n"
    (tmp_path / "page.md").write_text(text, encoding="utf-8")
    run = refpipe("refs", "--offline", "page.md", folder=tmp_path, extra={"LANG": "ja_JP.UTF-8"})
    told = next(line for line in run.stderr.splitlines() if "CIT010" in line)
    assert "引用のようです" in told
    assert not OURS.search(told.replace("not-a-citation", "")), told


def test_what_was_read_with_doubt_is_told(tmp_path: Path) -> None:
    (tmp_path / "refpipe.toml").touch()
    text = """痛みは軽くなる[1]。再発は多い[2]。

## 参考文献

1. 鈴木一郎：腰痛の診かた．南江堂，2018．
2. 収載元 疼痛の会会報 佐藤花子：肩の痛み／頚の痛み（別冊．肩の科学 12：3-9，2019．
3. N. M. Kaplan, Clinical Hypertension, 11th ed. London, UK: Elsevier, 2015, ch. 7, pp. 198–222.
"""
    (tmp_path / "page.md").write_text(text, encoding="utf-8")
    english = refpipe("adopt", "--offline", "--diff", "page.md", folder=tmp_path)
    told = [line for line in english.stderr.splitlines() if line.startswith("  [")]
    assert told[0].endswith("(no identifier in print)")
    assert "(no identifier in print; unsure: " in told[1]
    assert "not shown in the new list: “ch. 7”" in english.stderr
    japanese = refpipe(
        "adopt", "--offline", "--diff", "page.md", folder=tmp_path, extra={"LANG": "ja_JP.UTF-8"}
    )
    assert "読み取りに自信のない項目: " in japanese.stderr


DOUBTED = "収載元 疼痛の会会報 佐藤花子：肩の痛み／頚の痛み（別冊．肩の科学 12：3-9，2019．"


@pytest.mark.parametrize(
    ("identifier", "told"),
    [
        ("", "(no identifier in print; unsure: "),
        (" doi:10.1148/radiol.2372041509", "doi:10.1148/radiol.2372041509 (unsure: "),
        (
            " https://pubs.rsna.org/doi/abs/10.1148/radiol.2372041509",
            "doi:10.1148/radiol.2372041509 (unsure: ",
        ),
    ],
)
def test_an_identifier_in_print_makes_no_reading_surer(
    tmp_path: Path, fake_registry: FakeRegistry, identifier: str, told: str
) -> None:
    """Only a registry's answer stands for what print says."""
    (tmp_path / "refpipe.toml").touch()
    text = f"# 肩\n\n痛みは軽くなる[1]。\n\n## 参考文献\n\n1. {DOUBTED}{identifier}\n"
    page = tmp_path / "page.md"
    page.write_text(text, encoding="utf-8")
    adopt = ("adopt", "--diff", "page.md")
    offline = refpipe(*adopt, "--offline", folder=tmp_path).stderr
    (line,) = (one for one in offline.splitlines() if one.startswith("  [1]"))
    assert told in line
    japanese = refpipe(*adopt, "--offline", folder=tmp_path, extra={"LANG": "ja_JP.UTF-8"}).stderr
    assert "読み取りに自信のない項目: " in japanese
    # Nobody answers for it: the doubt is told after all was asked, and told once.
    asked = refpipe(*adopt, folder=tmp_path, extra=fake_registry.environ).stderr
    assert asked.count("unsure: ") == 1


@pytest.mark.parametrize(
    "entry",
    [
        "岡部文：葦原の遅い生長．岸辺の声，2014．",
        "Okafor B. Slow growth of reed beds. Marsh Ways. 2014.",
    ],
)
def test_a_kind_that_nothing_tells_is_told_as_unsure(tmp_path: Path, entry: str) -> None:
    (tmp_path / "refpipe.toml").touch()
    text = f"# 葦\n\n葦は遅く伸びる[1]。\n\n## 参考文献\n\n1. {entry}\n"
    (tmp_path / "page.md").write_text(text, encoding="utf-8")
    adopt = ("adopt", "--offline", "--diff", "page.md")
    assert "unsure: type" in refpipe(*adopt, folder=tmp_path).stderr
    japanese = refpipe(*adopt, folder=tmp_path, extra={"LANG": "ja_JP.UTF-8"}).stderr
    assert "読み取りに自信のない項目: 種類" in japanese


def test_what_a_registry_answers_for_is_not_doubted(
    tmp_path: Path, fake_registry: FakeRegistry
) -> None:
    (tmp_path / "refpipe.toml").touch()
    fake_registry.add_all(load(Path(__file__).parent / "cases" / "registry" / "spine.jsonl"))
    text = (
        "# 腰\n\nMRIは有用である[1]。\n\n## 参考文献\n\n1. Modic MT, Obuchowski NA, Ross JS. Acute"
        " low back pain and radiculopathy: MR imaging findings and their prognostic role (and"
        " effect on outcome. Radiology. 2005;237(2):597-604. doi:10.1148/radiol.2372041509\n"
    )
    (tmp_path / "page.md").write_text(text, encoding="utf-8")
    said = refpipe("adopt", "page.md", folder=tmp_path, extra=fake_registry.environ).stderr
    assert "confirmed" in said or "differs" in said or "unclear" in said
    assert "unsure" not in said


@pytest.mark.parametrize("language", ["ja_JP.UTF-8", "en_GB.UTF-8"])
def test_a_page_of_mdx_is_told_its_own_marks(tmp_path: Path, language: str) -> None:
    (tmp_path / "refpipe.toml").touch()
    pages = {
        "homeless.mdx": "痛みは軽くなる [@one]。\n",
        "torn.mdx": "甲 [@one]。\n\n{/*bibliography*/}\n\n[1] R. Roe. Spine. 2001;1:2-3.\n",
        "number.mdx": "甲 [@one]。再発は多い[1]。\n\n{/*bibliography*/}\n",
        "hand.mdx": """甲[1]。乙(1)を見る。丙(2)。

## 文献

1. Roe R. Pain of backs. Spine. 2001;1:2-3.
2. Doe J. Rest at home. Knee. 2002;2:3-4.
3. Roe R. Pain of backs. Spine. 2001;1:2-3.
""",
    }
    said = ""
    for name, text in pages.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        for command in (("check",), ("refs", "--offline"), ("adopt", "--offline", "--diff")):
            run = refpipe(*command, name, folder=tmp_path, extra={"LANG": language})
            said += run.stderr + run.stdout
    assert "<!--" not in said
    for mark in ("{/*bibliography*/}", "{/* refpipe: not-a-citation */}"):
        assert mark in said


KEPT = (
    "厚生労働省保険局医療課長通知「留意事項について」令和4年3月4日保医発0304第1号",
    "健康保険法(大正十一年法律第七十号)第六十三条",
    "最高裁判所第三小法廷平成9年2月25日判決,民集51巻2号502頁",
)


@pytest.mark.parametrize("entry", KEPT)
def test_a_date_within_what_is_kept_as_printed_is_a_date(tmp_path: Path, entry: str) -> None:
    (tmp_path / "refpipe.toml").touch()
    text = f"# 題\n\n定めがある[1]。\n\n## 参考文献\n\n1. {entry}.\n"
    (tmp_path / "page.md").write_text(text, encoding="utf-8")
    refpipe("adopt", "--offline", "page.md", folder=tmp_path)
    assert entry in (tmp_path / "page.md").read_text(encoding="utf-8").rpartition("[1]")[2]
    said = refpipe("check", "--select", "DATE101", "page.md", folder=tmp_path).stdout
    assert "DATE101" not in said
    undated = text.replace(entry, "厚生労働省保険局医療課長通知「留意事項について」")
    (tmp_path / "undated.md").write_text(undated, encoding="utf-8")
    refpipe("adopt", "--offline", "undated.md", folder=tmp_path)
    said = refpipe("check", "--select", "DATE101", "undated.md", folder=tmp_path).stdout
    assert "undated.md:3:" in said


@pytest.mark.parametrize(
    "entry",
    [
        "朝日新聞「腰痛、放置は禁物」2023年4月12日朝刊,25面.",
        "朝日新聞「腰痛、放置は禁物」2023年4月12日付朝刊25面.",
        "朝日新聞「腰痛、放置は禁物」2023年4月12日 夕刊.",
        "朝日新聞「腰痛、放置は禁物」2023年4月12日朝刊.",
    ],
)
def test_the_day_is_no_part_of_the_word_behind_it(entry: str) -> None:
    assert adopt.record_of(entry, origin="a.md:1").source == "printed"


def test_why_two_may_be_one_speaks_of_no_other_title_where_the_titles_agree(tmp_path: Path) -> None:
    (tmp_path / "refpipe.toml").touch()
    text = (
        "# 肩\n\n肩こり[1][2]。\n\n## 参考文献\n\n"
        "1. 矢吹省司, 菊地臣一.肩こりの病態.臨整外 2001; 36(11): 1241-1246.\n"
        "2. 矢吹省司、菊地臣一:肩こりの病態。臨床整形外科 36巻11号、1241–1246頁、2001年\n"
    )
    (tmp_path / "page.md").write_text(text, encoding="utf-8")
    refpipe("adopt", "--offline", "page.md", folder=tmp_path)
    why = ("why", "矢吹省司2001", "矢吹省司2001a")
    english = refpipe(*why, folder=tmp_path, extra={"LANG": "en_GB.UTF-8"}).stdout
    japanese = refpipe(*why, folder=tmp_path, extra={"LANG": "ja_JP.UTF-8"}).stdout
    assert "the titles settle nothing" in english
    assert "表題：一致" in japanese
    assert "表題が違う" not in japanese
