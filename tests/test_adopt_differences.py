"""``refpipe adopt`` names what print says otherwise than the registry records of the library."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from examples import some
from fake_registry import FakeRegistry, load
from hypothesis import given, settings
from hypothesis import strategies as st
from running import ROOT, refpipe
from seeds import seed

from refpipe import items, markup, render, styles
from refpipe.items import printed
from refpipe.library import Library
from refpipe.model import Identifier, Record, Scheme
from refpipe.pipeline import adopt, changes

NOW = "2026-06-01T00:00:00Z"
KNOWN: list[dict[str, Any]] = [
    {
        "DOI": "10.3171/spi.2000.92.2.0135",
        "title": [("Pathoanatomy of clinical findings in patients with sciatica:"
                  " a magnetic resonance imaging study")],
        "container-title": ["Journal of Neurosurgery: Spine"],
        "author": [
            {"family": "Vroomen", "given": "Patrick C. A. J."},
            {"family": "de Krom", "given": "Marc C. T. F. M."},
            {"family": "Wilmink", "given": "Jan T."},
        ],
        "volume": "92", "issue": "2", "page": "135-141",
        "issued": {"date-parts": [[2000, 4]]},
    },
    {
        "DOI": "10.3171/2013.9.spine13349",
        "title": ["Predictive value of MRI in decision making for disc surgery for sciatica"],
        "container-title": ["Journal of Neurosurgery: Spine"],
        "author": [{"family": "el Barzouhi", "given": "Abdelilah"}],
        "volume": "19", "issue": "6", "page": "678-687",
        "issued": {"date-parts": [[2013, 12]]},
    },
    {
        "DOI": "10.1016/j.radcr.2025.05.037",
        "title": [("Dorsal epidural disc migration-MRI characteristics and surgical"
                  " microdiscectomy treatment: Case report and review of the literature")],
        "container-title": ["Radiology Case Reports"],
        "author": [
            {"family": name}
            for name in ("Michailidis", "Tsifountoudis", "Kitridis", "Tasoulis", "Charatsis")
        ],
        "issued": {"date-parts": [[2025]]},
    },
    {
        "DOI": "10.1148/radiol.2372041509",
        "title": [("Acute Low Back Pain and Radiculopathy: MR Imaging Findings and Their"
                  " Prognostic Role and Effect on Outcome")],
        "container-title": ["Radiology"],
        "volume": "237", "issue": "2", "page": "597-604",
        "issued": {"date-parts": [[2005, 11]]},
    },
]  # fmt: skip


def library_of(folder: Path, *records: dict[str, Any]) -> None:
    """A library in the folder that has heard these records from Crossref."""
    with Library.open(folder / "library.db", create=True) as library:
        library.add(
            [
                Record(
                    source="crossref",
                    identifier=Identifier(Scheme.DOI, one["DOI"]),
                    payload=json.dumps({"type": "journal-article", **one}),
                )
                for one in records
            ],
            heard=NOW,
        )


def test_the_tours_page_is_told_what_is_wrong_with_three_of_its_references(tmp_path: Path) -> None:
    library_of(tmp_path, *KNOWN)
    shutil.copy(ROOT / "docs" / "tour" / "legacy-page.md", tmp_path / "page.md")
    run = refpipe("adopt", "--offline", "page.md", folder=tmp_path)
    assert run.returncode == 1, run.stderr
    told = run.stderr[run.stderr.index("differs") :].splitlines()
    assert [line.split()[1] for line in told[::2]] == [
        "vroomen2000",
        "elbarzouhi2013",
        "michailidis2025",
    ]
    section = "here “Journal of Neurosurgery”, there “Journal of Neurosurgery: Spine”"
    assert told[1].endswith(section)
    assert told[3].endswith(section)
    assert "author" in told[5]
    assert "“Dimitrios”" in told[5]


def told(text: str) -> dict[str, str]:
    """What each reference that is found wrong is called, and the last that is said of it."""
    found = (line.partition(" REF002 ")[2] for line in text.splitlines())
    return {name: rest for name, _, rest in (line.partition(": ") for line in found) if name}


def test_the_three_wrong_references_of_the_real_page(
    tmp_path: Path, fake_registry: FakeRegistry
) -> None:
    fake_registry.add_all(load(ROOT / "tests" / "cases" / "registry" / "spine.jsonl"))
    fake_registry.add_all({"type": "journal-article", **one} for one in KNOWN[:3])
    page, extra = tmp_path / "page.md", fake_registry.environ
    page.write_text(seed("000_").read_text("utf-8"), encoding="utf-8")
    check = ("check", "page.md", "--online", "--lang", "en")
    before = refpipe(*check, folder=tmp_path, extra=extra)
    wrong = told(before.stdout)
    assert set(wrong) == {"[1]", "[3]", "[7]", "[10]"}  # [1] leaves four authors out.
    assert "“Dimitrios”" in wrong["[10]"]
    assert wrong["[3]"] == wrong["[7]"]
    assert "“Journal of Neurosurgery: Spine”" in wrong["[7]"]
    adopted = refpipe("adopt", "page.md", folder=tmp_path, extra=extra)
    assert "Dimitrios" in adopted.stderr
    after = refpipe(*check, folder=tmp_path, extra=extra)
    again = told(after.stdout)
    for before_name, name in (("[3]", "vroomen2000"), ("[7]", "elbarzouhi2013"),
                              ("[10]", "michailidis2025")):  # fmt: skip
        assert again[name] == wrong[before_name]
    confirmed = refpipe("confirm", "michailidis2025", folder=tmp_path, extra=extra)
    assert "Dimitrios" in confirmed.stderr


def test_a_page_that_agrees_with_its_records_is_told_of_nothing(tmp_path: Path) -> None:
    library_of(tmp_path, *KNOWN)
    page = tmp_path / "page.md"
    page.write_text(
        "# Back pain\n\nWalking helps [1].\n\n## References\n\n"
        "[1] P. C. A. J. Vroomen, M. C. T. F. M. de Krom, and J. T. Wilmink, “Pathoanatomy of"
        " clinical findings in patients with sciatica: a magnetic resonance imaging study,”"
        " Journal of Neurosurgery: Spine, vol. 92, no. 2, pp. 135–141, Apr. 2000,"
        " doi: 10.3171/spi.2000.92.2.0135.\n",
        encoding="utf-8",
    )
    run = refpipe("adopt", "--offline", "page.md", folder=tmp_path)
    assert run.returncode == 0, run.stderr
    assert "differs" not in run.stderr


def test_a_second_page_that_changes_what_the_first_prints_says_so(tmp_path: Path) -> None:
    (tmp_path / "refpipe.toml").write_text('articles = ["articles"]\n', encoding="utf-8")
    (tmp_path / "articles").mkdir()
    page = "# 題\n\n腰の話[1]。膝の話[2]。\n\n## 参考文献\n\n[1] {}\n\n[2] {}\n"
    known = "Alder A. Migration of fictional discs. Made-up Spine. 2019;4(2):10-19."
    printed = "Modic MT, Ross JS. Lumbar degenerative disk disease. Radiology. 2007;245(1):43-61."
    first, second = (tmp_path / "articles" / name for name in ("a.md", "b.md"))
    first.write_text(page.format(printed, known), encoding="utf-8")
    ran = refpipe("adopt", "articles/a.md", "--offline", folder=tmp_path)
    assert "changes the list" not in ran.stderr
    second.write_text(page.format(known, f"{printed} doi:10.5555/disk"), encoding="utf-8")
    ran = refpipe("adopt", "articles/b.md", "--offline", folder=tmp_path)
    assert "note: what was adopted changes the list of articles/a.md" in ran.stderr
    ran = refpipe("adopt", "articles/b.md", "--offline", folder=tmp_path)
    assert "what was adopted" not in ran.stderr, "this run adopted nothing"
    before = first.read_text(encoding="utf-8")
    assert refpipe("refs", "--offline", folder=tmp_path).returncode == 0
    assert "10.5555/disk" in first.read_text(encoding="utf-8")
    assert before != first.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "behind", ["[PubMed]", "[CrossRef]", "[J-STAGE]", "Free full text.", "全文を読む", "[PDF] 無料"]
)
def test_a_button_behind_a_short_reference_keeps_it_from_nothing(behind: str) -> None:
    """A reference is kept as printed where words of it would be lost, and these are none of it."""
    text = f"Smith J, Doe A. Back pain. Spine 2010;1:1-20 {behind}"
    assert adopt.is_whole(printed.read(text))
    assert not adopt.is_whole(printed.read(f"{text}; Spine 2011;2(3):4-9"))


REFERENCES: list[str] = json.loads(
    (ROOT / "tests/cases/adopt/conventions.json").read_text(encoding="utf-8")
)["references"]
NOTICE = "厚生労働省医政局長通知. 広告の指針. 医政発第0726005号. 平成19年7月26日."


def printed_anew(text: str, style: str = "ieee") -> tuple[str, tuple[str, ...]]:
    """The entry of a printed reference, and what is told that it does not show."""
    chosen = styles.load(style)
    record = adopt.record_of(text, origin="page.md:1")
    item, read = items.read(record).item, printed.remembered(text)
    if record.source == "verbatim":
        read = dataclasses.replace(read, fields={})
    entry = markup.plain(render.entry(item, chosen).content)
    return entry, changes.not_shown(read, item, chosen)


@pytest.mark.parametrize("text", REFERENCES)
def test_an_ordinary_reference_has_nothing_that_its_entry_does_not_show(text: str) -> None:
    assert printed_anew(text)[1] == ()


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Ito M. Pain of the back. Spine. 2010 Nov 3;3(2):11-15. Epub 2010 Sep 1. PMID: 16244269.",
         ("Nov 3", "Epub 2010 Sep 1. PMID: 16244269")),
        ("WHO. Low back pain. Fact sheet. 2023. (accessed 3 May 2024).",
         ("Fact sheet", "accessed 3 May 2024")),
        ("Sato K. Pain. Spine. 2010;3(2):11-15. 日本語抄録あり.", ("日本語抄録あり",)),
        ("日本腰痛学会監修. 腰痛の指針2019. 改訂第2版. 東京: 南江堂; 2019. CQ3.", ("CQ3",)),
        ("樋口満, 体力の測り方と鍛え方, 早稲田大学出版部, 1998 (昭和63年初版).", ("昭和63年初版",)),
        ("高血圧学会編：高血圧の指針2025. ライフサイエンス出版, 東京, 令和7年8月", ("8月",)),
        ("Maher C. Back pain. Lancet. 2017 February;389(10070):736-47.", ()),
        ("飯島勝矢. 指輪っかテスト. 臨床栄養 2014；125（7）：788–9.", ()),
    ],
)  # fmt: skip
def test_what_was_printed_and_is_not_shown_is_told(text: str, missing: tuple[str, ...]) -> None:
    entry, found = printed_anew(text)
    assert found == missing, entry


WORDS = ("Zqorvex", "第0726005号", "珍獣丸発", "4718", "XQ", "https://zqorvex.example/a")


@settings(max_examples=some(300))
@given(
    text=st.sampled_from([*REFERENCES, NOTICE]),
    word=st.sampled_from(WORDS),
    around=st.sampled_from((" {} ", " ({}) ", " [{}]. ", ". {}. ", "，{}，")),
    at=st.integers(0, 12),
    style=st.sampled_from(("ieee", "nlm", "ama")),
)
def test_no_word_of_a_reference_vanishes_untold(
    text: str, word: str, around: str, at: int, style: str
) -> None:
    places = [one.end() for one in re.finditer(r"[.,;:．，：；] ?|\Z", text)]
    place = places[at % len(places)]
    printed_with = text[:place] + around.format(word) + text[place:]
    entry, found = printed_anew(printed_with, style)
    people = json.dumps(
        printed.remembered(printed_with).reading.item.get("author", ()), ensure_ascii=False
    )
    told_or_shown = "".join((entry, *found, people if "et al." in entry else ""))
    assert re.sub(r"\W|[第号]", "", word) in re.sub(r"\W", "", told_or_shown), (entry, found)


def test_links_and_raised_signs_of_a_reference_are_told(tmp_path: Path) -> None:
    (tmp_path / "refpipe.toml").touch()
    (tmp_path / "page.md").write_text(
        "痛みは軽くなる[1]。再発は多い[2]。\n\n## 参考文献\n\n"
        "1. Sato K. Effect of CO<sub>2</sub> on *Helicobacter pylori*. Gut. 2010;3(2):11-15.\n"
        "2. Abe K. Pain of the back. Spine. 2011;4(1):3-9. https://example.org/p"
        " [PDF](https://example.org/a.pdf) [Scholar](https://scholar.google.com/?q=abe)\n",
        encoding="utf-8",
    )
    run = refpipe("adopt", "--offline", "--diff", "page.md", folder=tmp_path)
    lines = [line.strip() for line in run.stderr.splitlines() if "in the new list" in line]
    assert lines == [
        "[1] in plain letters in the new list: “CO<sub>2</sub>”",
        "[1] in plain letters in the new list: “*Helicobacter pylori*”",
        "[2] not shown in the new list: the link “PDF” to https://example.org/a.pdf",
        "[2] not shown in the new list: the link “Scholar” to https://scholar.google.com/?q=abe",
    ]


@pytest.mark.parametrize("style", ["ieee", "vancouver", "ama", "sist02"])
@pytest.mark.parametrize(
    "text",
    [
        "医療法第6条の5「広告」及び『同法施行規則』第1条の9",
        "院内資料「腰痛の『つらさ』」（2021年 12-18 配布）ほか",
        "Handout on “back pain”, ward 2019 2020 33-34.",
    ],
)
def test_what_is_kept_as_printed_gets_no_signs_of_a_style(text: str, style: str) -> None:
    record = Record(
        source="verbatim",
        identifier=adopt.record_of(text, origin="a").identifier,
        payload=text,
        origin="a",
    )
    entry = render.entry(items.read(record).item, styles.load(style))
    assert (markup.plain(entry.content), entry.warnings) == (text, ())


def test_a_work_of_which_more_is_known_is_printed_by_its_style() -> None:
    item = {"type": "book", "title": "甲", "publisher": "乙", "custom": {"as-printed": "甲"}}
    assert "乙" in markup.plain(render.entry(item, styles.load("ieee")).content)
