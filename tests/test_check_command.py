"""``refpipe check`` from outside: what it prints, how it ends, what it mends."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from refpipe import report
from refpipe.cli import check, refpipe, run
from refpipe.display import translated
from refpipe.model import Finding

HERE = Path(__file__).parent
CASES = HERE / "cases" / "checks"
GOLDEN = HERE / "golden" / "check"
SHARED = Path(os.environ.get("REFPIPE_SHARED", HERE.parent.parent / "shared"))
IS_REWRITING = bool(os.environ.get("REFPIPE_REWRITE_GOLDEN"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for variable in ("GITHUB_ACTIONS", "NO_COLOR", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    return tmp_path


def call(*arguments: str) -> tuple[int, Result]:
    """The exit code and what was printed."""
    result = CliRunner().invoke(
        refpipe, ["check", "--today", "2026-06-15", *arguments], standalone_mode=False
    )
    if result.exception is not None:
        raise result.exception
    return int(result.return_value), result


def golden(name: str, text: str) -> None:
    path = GOLDEN / name
    if IS_REWRITING:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["concise", "json", "github", "sarif", "junit", "html"])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_each_format_prints_as_it_did(folder: Path, form: str, lang: str) -> None:
    shutil.copy(CASES / "page.md", folder)
    code, result = call("page.md", "--format", form, "--lang", lang)
    assert code == 2  # One citation could not be looked up.
    text = re.sub(r'"version": "0\.[^"]*"', '"version": "VERSION"', result.stdout)
    golden(f"page.{lang}.{form}.txt", text)


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("seed", ["000_3984bb0b451fd1eb", "003_b187b3af3ace0c30"])
def test_a_real_page_gets_what_a_careful_editor_would_list(
    folder: Path, seed: str, lang: str
) -> None:
    source = SHARED / "seeds" / f"{seed}.txt"
    if not source.is_file():
        pytest.skip(f"{source} is not here")
    shutil.copyfile(source, folder / source.name)
    code, result = call(source.name, "--lang", lang)
    has_list = seed.startswith("000")  # Of which nobody was asked, so that it was not checked.
    assert code == (2 if has_list else 1)
    told = "refpipe: 13 references of hand-made lists could not be checked: no registry was asked"
    assert result.stderr.count(told) == has_list
    assert "held against no registry" not in result.stderr
    golden(f"{seed[:3]}.{lang}.txt", result.stdout)


def test_github_annotations_come_by_themselves(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("a.md").write_text("更新日:2026/00/00\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    code, result = call("a.md")
    assert code == 1
    assert result.stdout.startswith("::error file=a.md,line=1,col=5,title=DATE001 ")


def test_the_language_is_that_of_the_locale(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.md").write_text("更新日:2026/00/00\n", encoding="utf-8")
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    assert "暦にない日付" in call("a.md")[1].stdout
    assert "no calendar" in call("a.md", "--lang", "en")[1].stdout


def test_exit_codes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("clean.md").write_text("更新日:2026/02/10\n", encoding="utf-8")
    Path("bad.md").write_text("更新日:2026/00/00\n", encoding="utf-8")
    Path("latin.md").write_bytes("更新日:2026/02/10\n".encode("shift_jis"))
    Path("nothing").mkdir()
    assert call("clean.md")[0] == 0
    assert call("bad.md")[0] == 1
    assert call("bad.md", "--exit-zero")[0] == 0
    assert run(["check", "nothing"]) == 2
    assert run(["check", "absent.md"]) == 2
    assert run(["check", "bad.md", "--select", "NOPE001"]) == 2
    assert "no rule and no family" in capsys.readouterr().err


def test_an_article_that_cannot_be_read_costs_the_others_nothing(folder: Path) -> None:
    Path("a.md").write_bytes("更新日:2026/02/10\n".encode("shift_jis"))
    Path("b.md").write_text("更新日:2026/00/00\n", encoding="utf-8")
    code, result = call("a.md", "b.md")
    assert code == 2
    assert result.stdout.startswith("b.md:1:5: DATE001")
    assert "a.md:1: not UTF-8" in result.stderr


def test_where_nothing_was_checked_nothing_is_said_to_be_found(folder: Path) -> None:
    Path("a.md").write_bytes("更新日:2026/02/10\n".encode("shift_jis"))
    code, result = call("a.md")
    assert code == 2
    assert "nothing found" not in result.stderr
    assert "no article could be checked" in result.stderr
    assert "確認できた記事はありません" in translated(result.stderr)


def test_select_ignore_and_the_settings_of_the_project(folder: Path) -> None:
    Path("a.md").write_text("更新日:2026/00/00\n2026年2月10日(水)\n", encoding="utf-8")

    def codes(*arguments: str) -> list[str]:
        found = json.loads(call("a.md", "--format", "json", *arguments)[1].stdout)
        return [finding["code"] for finding in found]

    assert codes() == ["DATE001", "DATE005"]
    assert codes("--select", "DATE005") == ["DATE005"]
    assert codes("--ignore", "DATE005,CIT") == ["DATE001"]
    assert codes("--select", "PAGE") == ["PAGE001"]
    Path("pyproject.toml").write_text('[tool.refpipe]\nignore = ["DATE001"]\n', encoding="utf-8")
    assert codes() == ["DATE005"]


def test_a_waiver_answers_for_its_line_and_an_unused_one_is_told(folder: Path) -> None:
    Path("a.md").write_text(
        "<!-- refpipe: ignore DATE001 sample of a bad date -->\n更新日:2026/00/00\n"
        "公開日:2026/13/01 <!-- refpipe: ignore DATE001, DATE005 sample -->\n"
        "監修日:2026/02/30\n<!-- refpipe: ignore DATE002 no longer needed -->\n本文\n",
        encoding="utf-8",
    )
    found = json.loads(call("a.md", "--format", "json")[1].stdout)
    assert [(f["line"], f["code"]) for f in found] == [(4, "DATE001"), (5, "CHK001")]


def test_a_waiver_for_the_whole_article(folder: Path) -> None:
    Path("a.html").write_text(
        "<!-- refpipe: ignore-file DATE001 a page about bad dates -->\n"
        "<p>更新日:2026/00/00</p>\n<p>公開日:2026/13/01</p>\n",
        encoding="utf-8",
    )
    assert call("a.html")[0] == 0


def test_safe_fixes_are_made_once_and_the_rest_stays(folder: Path) -> None:
    page = Path("a.md")
    text = (
        "公開日：２０２６年２月１０日\r\n電話：０３-0000-0000\r\n\r\n参考文献\r\n\r\n"
        "[1] Modic MT, Ross JS. Degenerative disk disease. Radiology. 2007;245(1):43-61."
        " doi:10.1148/RADIOL.2451051706\r\n"
        "[2] Boos N, Semmer N. Natural history. Spine. 2000;25(12):1484-1492.\r\n"
        "[3] Carragee E, Kim D. Sciatica and herniation. Spine. 1997;22(14):1650-1660.\r\n"
    )
    page.write_bytes(text.encode())
    code, result = call("a.md", "--fix", "--diff")
    assert code == 2  # No registry was asked about the list.
    assert call("a.md", "--select", "CIT")[0] == 1
    assert "+公開日：2026年2月10日" in result.stdout
    assert page.read_bytes() == text.encode()
    call("a.md", "--fix")
    fixed = text.replace("２０２６年２月１０日", "2026年2月10日")
    fixed = fixed.replace("10.1148/RADIOL.2451051706", "10.1148/radiol.2451051706")
    assert page.read_bytes() == fixed.encode()
    before = page.stat().st_mtime_ns
    call("a.md", "--fix")
    assert page.stat().st_mtime_ns == before


def test_an_unsafe_fix_writes_the_day_of_the_last_commit(folder: Path) -> None:
    page = Path("a.md")
    page.write_text("更新日:2026/00/00\n最終更新：YYYY年MM月DD日\n", encoding="utf-8")
    environment = {
        **os.environ,
        "GIT_AUTHOR_DATE": "2026-03-04T12:00:00Z",
        "GIT_COMMITTER_DATE": "2026-03-04T12:00:00Z",
    }
    who = ["-c", "user.name=A Writer", "-c", "user.email=writer@example.org"]
    for arguments in (["init", "-q"], ["add", "a.md"], [*who, "commit", "-q", "-m", "Write"]):
        subprocess.run(["git", *arguments], check=True, env=environment)
    assert call("a.md", "--fix")[0] == 1
    assert call("a.md", "--unsafe-fixes")[0] == 0
    assert page.read_text(encoding="utf-8") == "更新日:2026/03/04\n最終更新：2026年3月4日\n"


def test_statistics_and_the_line_of_summary_go_to_stderr(folder: Path) -> None:
    Path("a.md").write_text("更新日:2026/00/00\n公開日:2026/13/01\n", encoding="utf-8")
    _, result = call("a.md", "--statistics")
    assert "     2  DATE001  impossible-date" in result.stderr
    assert result.stderr.endswith("1 article checked: 2 findings\n")


def test_sarif_has_the_shape_that_the_standard_wants() -> None:
    log = json.loads((GOLDEN / "page.en.sarif.txt").read_text(encoding="utf-8"))
    assert log["version"] == "2.1.0"
    (ran,) = log["runs"]
    rules = ran["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in ran["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note", "none"}
        region = result["locations"][0]["physicalLocation"]["region"]
        assert region["startLine"] >= 1
        assert region["startColumn"] >= 1
        assert "\\" not in result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert ran["invocations"][0]["executionSuccessful"] is False


def test_junit_counts_what_it_holds() -> None:
    root = ET.parse(GOLDEN / "page.en.junit.txt").getroot()
    assert int(root.get("failures", "")) == len(root.findall(".//failure"))
    assert int(root.get("errors", "")) == len(root.findall(".//error"))
    assert int(root.get("tests", "")) == len(root.findall(".//testcase"))


class Balance(HTMLParser):
    """Whether every element is closed in its order, and what runs or is fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen += [tag, *(name for name, _ in attrs)]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("lang", ["en", "ja"])
@given(hostile=st.text(alphabet="<>&\"'/ascript \u202e\x00", max_size=30))
def test_the_page_of_html_stays_whole_whatever_is_said(lang: str, hostile: str) -> None:
    found = Finding(
        path=hostile, line=1, column=1, code="DATE001", subject=hostile, values={"value": hostile}
    )
    whole = report.Report(
        findings=(found,), checked=(hostile, "b.md"), failures=(hostile,), lang=lang,
        line_of=lambda _, __: hostile,
    )  # fmt: skip
    balance = Balance()
    text = "\n".join(report.write(whole, "html"))
    balance.feed(text)
    assert balance.open == []
    assert not {"script", "img", "a", "href", "src", "style=", "onclick"} & set(balance.seen)
    assert "\u202e" not in text


def test_a_page_of_html_about_nothing_never_looks_like_success(folder: Path) -> None:
    Path("bad.md").write_bytes(b"# A\n\xff\xfe\n")
    code, result = call("--format", "html", "--lang", "en", "bad.md")
    assert code == 2
    assert "Nothing was checked." in result.stdout
    assert "bad.md" in result.stdout


def test_a_terminal_is_shown_the_line_in_colour_and_without_where_that_is_unwanted(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding = Finding(
        code="DATE001",
        path="a.md",
        line=1,
        column=5,
        values={"label": "更新日", "date": "2026/00/00"},
    )
    plain = report.Report(
        findings=(finding,), line_of=lambda path, line: "更新日:2026/00/00", is_terminal=True
    )
    lines = list(report.write(plain, "concise"))
    assert lines[1:] == ["1 | 更新日:2026/00/00", "  |        ^"]
    import dataclasses

    coloured = "\n".join(report.write(dataclasses.replace(plain, has_colour=True), "concise"))
    assert "\x1b[31m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == "\n".join(lines)


def test_the_documented_pages_are_those_of_the_rules() -> None:
    from refpipe import report

    docs = HERE.parent / "docs" / "rules"
    for name, text in report.documents().items():
        assert (docs / name).read_text(encoding="utf-8") == text, (
            f"docs/rules/{name} is old; refpipe rule --write-docs docs/rules"
        )


def test_the_rule_command_knows_code_and_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rule", "impossible-date", "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("# DATE001 impossible-date\n")
    assert run(["rule", "DATE999"]) == 2
    assert check.check_command.name == "check"
