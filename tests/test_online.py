"""The commands that ask registries, as processes against the fake on 127.0.0.1."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from fake_registry import FakeRegistry, load
from running import ROOT, contents, refpipe


@pytest.fixture(autouse=True)
def a_project(tmp_path: Path) -> None:
    """Outside a project nothing is written."""
    (tmp_path / "refpipe.toml").touch()


SPINE = load(Path(__file__).parent / "cases" / "registry" / "spine.jsonl")
MODIC = "10.1148/radiol.2372041509"
BOOS = "10.1097/00007632-199512150-00002"
LWW = (
    "https://journals.lww.com/spinejournal/abstract/1995/12150/"
    "The_Diagnostic_Accuracy_of_Magnetic_Resonance.2.aspx"
)


def test_add_takes_three_names_of_one_paper_in_few_requests(
    tmp_path: Path, fake_registry: FakeRegistry
) -> None:
    fake_registry.add_all(SPINE)
    run = refpipe(
        "add",
        MODIC.upper(),
        f"https://pubs.rsna.org/doi/abs/{MODIC}",
        folder=tmp_path,
        extra=fake_registry.environ,
    )
    assert run.returncode == 0, run.stderr
    assert "M. T. Modic et al., “Acute Low Back Pain" in run.stdout
    assert f"[@doi:{MODIC}]" in run.stdout
    assert "modic2005" in run.stdout
    assert sum(fake_registry.counts.values()) == 1
    before = contents(tmp_path)
    fake_registry.forget_requests()
    again = refpipe("add", MODIC, folder=tmp_path, extra=fake_registry.environ)
    assert again.returncode == 0
    assert sum(fake_registry.counts.values()) == 0
    assert contents(tmp_path) == before


def test_cited_in_the_text_and_resolved_by_refs(
    tmp_path: Path, fake_registry: FakeRegistry
) -> None:
    fake_registry.add_all(SPINE)
    (tmp_path / "articles").mkdir()
    article = tmp_path / "articles" / "a.md"
    article.write_text(
        f"一 [@doi:{MODIC}]。\n二 [@{LWW}]。\n三 [@doi:10.1000/nowhere]。\n\n<!--bibliography-->\n",
        encoding="utf-8",
    )
    run = refpipe("refs", folder=tmp_path, extra=fake_registry.environ)
    assert run.returncode == 1, run.stderr
    assert "articles/a.md:3:" in run.stderr
    text = article.read_text(encoding="utf-8")
    assert "[1] M. T. Modic" in text
    assert "[2] N. Boos" in text
    assert text.count("[?]") == 1
    fake_registry.add({**SPINE[0], "DOI": "10.1000/nowhere"})
    article.write_text(text.replace("10.1000/nowhere", BOOS), encoding="utf-8")
    fake_registry.forget_requests()
    run = refpipe("refs", folder=tmp_path, extra=fake_registry.environ)
    assert run.returncode == 0, run.stderr
    assert sum(fake_registry.counts.values()) == 0
    once = contents(tmp_path)
    assert refpipe("refs", folder=tmp_path, extra=fake_registry.environ).returncode == 0
    assert contents(tmp_path) == once
    assert refpipe("refs", folder=tmp_path).returncode == 0, "the library alone must do"


def test_the_registries_confirm_what_was_adopted(
    tmp_path: Path, fake_registry: FakeRegistry
) -> None:
    fake_registry.add_all(SPINE)
    shutil.copy(ROOT / "docs" / "tour" / "legacy-page.md", tmp_path / "page.md")
    run = refpipe("adopt", "page.md", folder=tmp_path, extra=fake_registry.environ)
    assert run.returncode == 1, run.stderr
    told = json.loads(refpipe("show", BOOS, "--format", "json", folder=tmp_path).stdout)
    assert told["is_confirmed"]
    assert told["item"]["volume"] == "20"
    assert {record["source"] for record in told["records"]} >= {"printed", "crossref"}
    modic = json.loads(refpipe("show", "modic2005", "--format", "json", folder=tmp_path).stdout)
    assert modic["is_confirmed"]
    assert len(modic["item"]["author"]) == 7
    assert not modic["item"].get("custom", {}).get("author-et-al")
    carragee = refpipe("show", "carragee1997", "--format", "json", folder=tmp_path)
    assert len(json.loads(carragee.stdout)["records"]) >= 3
    text = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert text.count('<a id="ref-') == 11
    assert "vol. 20, no. 24, pp. 2613–2625" in text


def test_a_candidate_that_is_another_paper_is_refused(
    tmp_path: Path, fake_registry: FakeRegistry
) -> None:
    other = {**SPINE[3], "DOI": BOOS}
    fake_registry.add(other)
    (tmp_path / "page.md").write_text(
        "## 参考文献\n\n"
        "[1] N. Boos, R. Rieder, V. Schade, K. Spratt, and N. Semmer, “The diagnostic accuracy of"
        " magnetic resonance imaging, work perception, and psychosocial factors in identifying"
        f" symptomatic disc herniations”, [Online]. Available: {LWW}\n",
        encoding="utf-8",
    )
    run = refpipe("adopt", "page.md", folder=tmp_path, extra=fake_registry.environ)
    assert run.returncode == 1, run.stderr
    assert "unconfirmed" in run.stderr
    text = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert "N. Boos" in text
    assert "Contrast-enhanced" not in text


def test_a_person_says_which_work_it_is(tmp_path: Path, fake_registry: FakeRegistry) -> None:
    fake_registry.add_all(SPINE)
    page = tmp_path / "page.md"
    page.write_text(
        "## 参考文献\n\n[1] Boos N. MRI, work perception and psychosocial factors. Spine 1995.\n",
        encoding="utf-8",
    )
    refpipe("adopt", "--offline", "page.md", folder=tmp_path)
    sure = ("confirm", "boos1995", "--as", BOOS)
    run = refpipe(*sure, folder=tmp_path, extra=fake_registry.environ)
    assert run.returncode == 1, run.stderr
    assert "differs in title: here “MRI, work perception" in run.stderr
    assert "--yes" in run.stderr
    assert "confirmed" not in run.stdout
    run = refpipe(*sure, "--yes", folder=tmp_path)
    assert run.returncode == 0, run.stderr
    assert "the library holds it already; nobody was asked" in run.stderr
    told = json.loads(refpipe("show", "boos1995", "--format", "json", folder=tmp_path).stdout)
    assert told["is_confirmed"]
    assert told["item"]["volume"] == "20"
    before = page.read_bytes()
    assert refpipe("refs", "page.md", folder=tmp_path).returncode == 0
    assert page.read_bytes() != before
    assert "vol. 20" in page.read_text(encoding="utf-8")


def test_nobody_reached_is_exit_2_and_the_print_is_kept(tmp_path: Path) -> None:
    shutil.copy(ROOT / "docs" / "tour" / "legacy-page.md", tmp_path / "page.md")
    run = refpipe("adopt", "page.md", folder=tmp_path)
    assert run.returncode == 2, run.stderr
    assert "Traceback" not in run.stderr
    assert (tmp_path / "page.md").read_text(encoding="utf-8").count('<a id="ref-') == 11


def test_a_work_described_by_hand_is_cited_by_name(tmp_path: Path) -> None:
    run = refpipe(
        *("add", "--manual", "--title", "腰痛診療ガイドライン", "--author", "日本整形外科学会"),
        *("--publisher", "南江堂", "--date", "2019年5月", "--type", "book", "--lang", "ja"),
        folder=tmp_path,
    )
    assert run.returncode == 0, run.stderr
    assert "日本整形外科学会" in run.stdout
    name = run.stdout.rsplit("@", 1)[1].strip().rstrip("]")
    (tmp_path / "a.md").write_text(f"一 [@{name}]。\n\n<!--bibliography-->\n", encoding="utf-8")
    woven = refpipe("refs", "a.md", "--offline", folder=tmp_path)
    assert woven.returncode == 0, woven.stderr
    assert "腰痛診療ガイドライン" in (tmp_path / "a.md").read_text(encoding="utf-8")


def test_a_remembered_verdict_is_told_by_a_run_that_only_looks(
    tmp_path: Path, fake_registry: FakeRegistry
) -> None:
    fake_registry.add_all(SPINE)
    article = tmp_path / "a.md"
    article.write_text(
        f"[@doi:{MODIC}] [@doi:10.1000/nowhere]\n\n<!--bibliography-->\n", encoding="utf-8"
    )
    first = refpipe("refs", "a.md", folder=tmp_path, extra=fake_registry.environ)
    assert first.returncode == 1, first.stderr
    before = contents(tmp_path)
    verdict = next(line for line in first.stderr.splitlines() if "CIT001" in line)
    fake_registry.forget_requests()
    for option in ("--check", "--diff", "--offline"):
        run = refpipe("refs", option, "a.md", folder=tmp_path, extra=fake_registry.environ)
        assert run.returncode == 1, run.stderr
        assert verdict.partition("CIT001")[2] in run.stderr
    assert sum(fake_registry.counts.values()) == 0
    assert contents(tmp_path) == before
    article.write_text("[@doi:10.1000/other]\n\n<!--bibliography-->\n", encoding="utf-8")
    for option in ("--check", "--diff", "--offline"):
        run = refpipe("refs", option, "a.md", folder=tmp_path)
        assert run.returncode == 2
        assert f"run again without {option}" in run.stderr


WRONG = (
    "甲[1]。\n\n## 参考文献\n\n"
    "[1] N. Boos, R. Rieder, and V. Schade, “The diagnostic accuracy of magnetic resonance"
    " imaging, work perception, and psychosocial factors in identifying symptomatic disc"
    " herniations,” Spine, vol. 20, no. 24, pp. 2613–2625, 1995,"
    " doi: 10.1148/radiology.195.2.7724762.\n"
)
OTHER_SCRIPT = (
    "甲[1]。\n\n## 参考文献\n\n"
    "[1] 山田太郎, 腰痛の自然経過, 日本整形外科学会雑誌, vol. 84, pp. 1-9, 2010,"
    f" doi: {MODIC}.\n"
)


def check_the_print_is_kept(page: str, kept: str, folder: Path, fake: FakeRegistry) -> None:
    (folder / "page.md").write_text(page, encoding="utf-8")
    run = refpipe("adopt", "page.md", folder=folder, extra=fake.environ)
    assert run.returncode == 1, run.stderr
    assert "belongs to another work" in run.stderr
    text = (folder / "page.md").read_text(encoding="utf-8")
    assert kept in text
    assert "Modic" not in text
    assert "10.1148" not in text.split("<!--bibliography")[1]
    assert refpipe("refs", "page.md", folder=folder, extra=fake.environ).returncode == 0
    assert (folder / "page.md").read_text(encoding="utf-8") == text
    assert refpipe("check", "page.md", folder=folder).returncode == 1


def test_a_printed_doi_of_another_paper_never_replaces_the_reference(
    tmp_path: Path, fake_registry: FakeRegistry
) -> None:
    fake_registry.add_all(SPINE)
    check_the_print_is_kept(WRONG, "N. Boos", tmp_path, fake_registry)


def test_nor_does_one_whose_title_is_in_another_script(
    tmp_path: Path, fake_registry: FakeRegistry
) -> None:
    fake_registry.add_all(SPINE)
    check_the_print_is_kept(OTHER_SCRIPT, "腰痛の自然経過", tmp_path, fake_registry)


def test_nor_where_the_library_knew_the_other_paper_before(
    tmp_path: Path, fake_registry: FakeRegistry
) -> None:
    fake_registry.add_all(SPINE)
    refpipe("add", "10.1148/radiology.195.2.7724762", folder=tmp_path, extra=fake_registry.environ)
    (tmp_path / "page.md").write_text(WRONG, encoding="utf-8")
    refpipe("adopt", "--offline", "page.md", folder=tmp_path)
    text = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert "N. Boos" in text
    assert "Modic" not in text


PRINTED = (
    "## 参考文献\n\n[1] M. T. Modic, N. A. Obuchowski, and J. S. Ross, “Acute Low Back Pain and"
    " Radiculopathy: MR Imaging Findings and Their Prognostic Role and Effect on Outcome,”"
    f" Radiology, vol. 236, no. 2, pp. 597–604, Nov. 2005, doi: {MODIC}.\n"
)


@pytest.mark.parametrize("command", [("confirm",), ("add", f"https://doi.org/{MODIC}")])
def test_what_a_registry_changes_in_a_known_entry_is_told(
    tmp_path: Path, fake_registry: FakeRegistry, command: tuple[str, ...]
) -> None:
    fake_registry.add_all(SPINE)
    (tmp_path / "page.md").write_text(PRINTED, encoding="utf-8")
    assert refpipe("adopt", "--offline", "page.md", folder=tmp_path).returncode == 0
    record = SPINE[0] | {"volume": "237"}
    fake_registry.add(record)
    run = refpipe(*command, folder=tmp_path, extra=fake_registry.environ)
    told = [line for line in run.stderr.splitlines() if "→" in line]
    if command == ("confirm",):
        assert any(line.startswith("modic2005: volume: 236 → 237") for line in told), run.stderr
    else:
        assert not told, "what the library knows is not asked about again"


def test_several_pages_are_told_once_that_no_mail_address_is_set(
    tmp_path: Path, fake_registry: FakeRegistry
) -> None:
    fake_registry.add_all(SPINE)
    names = ("a.md", "b.md", "c.md")
    for name in names:
        (tmp_path / name).write_text(PRINTED, encoding="utf-8")
    environ = {**fake_registry.environ, "REFPIPE_MAILTO": ""}
    run = refpipe("adopt", *names, folder=tmp_path, extra=environ)
    assert all((tmp_path / name).read_text(encoding="utf-8") != PRINTED for name in names)
    assert run.stderr.count("no mailto is set") == 1
