"""What the commands say is in Japanese where it is read in Japanese."""

from __future__ import annotations

import ast
import errno
import os
import re
import subprocess
from pathlib import Path

import pytest
from running import ROOT, refpipe

from refpipe import display
from refpipe.checks import RULES
from refpipe.model import Finding

_JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")


def _is_sound(row: display.Sentence) -> bool:
    values = iter(("7", "8", "9", "10", "11"))
    said = re.sub(r"\{#?\}", lambda _: next(values), row.english)
    told = display.translated(said)
    is_told = told != said or not _JAPANESE.search(row.japanese)
    places = {int(one) for one in re.findall(r"\{(\d)\}", row.japanese)}
    return is_told and places <= set(range(len(re.findall(r"\{#?\}", row.english))))


def test_each_row_matches_what_it_stands_for_and_takes_every_value() -> None:
    assert [row.english for row in display.catalogue() if not _is_sound(row)] == []


@pytest.mark.parametrize(
    "said",
    [
        "a.ris:13: possible with 山田2015; refpipe review asks you about the two",
        "refpipe: a/library.db: another version of refpipe made its works; making them anew",
        "another version of refpipe made the works; refpipe db rebuild",
    ],
)
def test_a_sentence_with_a_remark_behind_it_is_japanese_to_its_end(said: str) -> None:
    assert not re.search(r"\b(?:asks|the|anew|works)\b", display.translated(said))


def test_a_sentence_in_a_sentence_is_translated_and_blanks_are_kept() -> None:
    said = "refpipe: nowhere.md: no such file or folder\n  Name them.\n"
    assert display.translated(said).startswith("refpipe: nowhere.md: そのような")
    assert display.translated("\t nothing to do \n") == "\t 変更するところはありません \n"
    assert display.translated("A title of a paper\n") == "A title of a paper\n"


_ERRORS = {"UsageError", "ArticleError", "LibraryMissing", "LibraryBusy"}


def _templates() -> set[str]:
    """The sentences of errors and hints in the code, ``{}`` where a value goes."""
    found = set()
    for path in Path(ROOT / "refpipe").rglob("*.py"):
        written = path.read_text(encoding="utf-8")
        if not any(name in written for name in _ERRORS):
            continue
        for node in ast.walk(ast.parse(written)):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in _ERRORS:
                    found |= {text for one in node.args[:1] if (text := _text(one))}
    return found


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = (one.value if isinstance(one, ast.Constant) else "{}" for one in node.values)
        return "".join(map(str, parts))
    return ""


def test_most_errors_have_their_japanese_and_the_share_only_grows() -> None:
    said = [re.sub(r"\{\}", "7", one) for one in _templates() if _is_sentence(one)]
    known = [one for one in said if display.translated(one) != one]
    assert len(known) / len(said) >= SHARE, sorted(set(said) - set(known))


SHARE = 0.95
"""How much of the errors' sentences is translated; raised with every row that is added."""


def _is_sentence(template: str) -> bool:
    return len(re.findall("[a-z]{2,}", template.replace("{}", ""))) > 2


def test_a_japanese_reader_is_told_in_japanese(tmp_path: Path) -> None:
    (tmp_path / "refpipe.toml").write_text('lang = "ja"\n', encoding="utf-8")
    done = refpipe("adopt", "nowhere.md", folder=tmp_path)
    assert done.returncode == 2
    assert "そのようなファイルやフォルダーはありません" in done.stderr
    done = refpipe("check", folder=tmp_path, extra={"LANG": "ja_JP.UTF-8"})
    assert _JAPANESE.search(done.stderr)


@pytest.mark.parametrize(
    "call", ["refs --nonsense", "show", "nosuch", "search x --limit 0", "show a --format xml"]
)
def test_a_call_that_cannot_be_read_is_answered_in_japanese(call: str, tmp_path: Path) -> None:
    done = refpipe(*call.split(), folder=tmp_path, extra={"LC_ALL": "ja_JP.UTF-8"})
    assert done.returncode == 2
    assert all(_JAPANESE.search(line) for line in done.stderr.splitlines() if line)


def test_what_refs_and_check_find_is_told_in_one_language(tmp_path: Path) -> None:
    (tmp_path / "refpipe.toml").write_text('lang = "ja"\n', encoding="utf-8")
    (tmp_path / "a.md").write_text("甲[@modic2005]。\n\n<!--bibliography-->\n", encoding="utf-8")
    said = refpipe("refs", "--offline", "a.md", folder=tmp_path).stderr
    assert "CIT002 [@modic2005] を調べられませんでした: 名前を調べるライブラリ" in said
    said = refpipe("check", "a.md", folder=tmp_path).stderr
    assert "could not be checked" not in said


def test_why_something_could_not_be_checked_is_told_in_japanese(tmp_path: Path) -> None:
    (tmp_path / "refpipe.toml").write_text('lang = "ja"\n', encoding="utf-8")
    page = tmp_path / "a.md"
    page.write_text(
        "甲[1]。\n\n## 参考文献\n\n[1] Roe R. On backs. Spine. 2001;1(2):3-4. doi:10.5555/back\n"
        "\n[2] Doe J. On necks. Spine. 2002;2(3):5-6. doi:10.5555/neck\n",
        encoding="utf-8",
    )
    refpipe("adopt", "--offline", "a.md", folder=tmp_path)
    done = refpipe("check", "--online", "--select", "RET005", "a.md", folder=tmp_path)
    assert "RET005" in done.stdout
    assert "network" not in done.stdout + done.stderr
    said = refpipe("edit", "roe2001", "volume=7", folder=tmp_path)
    said = refpipe("undo", folder=tmp_path)
    assert "手で訂正" in said.stdout + said.stderr


def test_what_the_machine_says_of_a_file_is_told_in_japanese() -> None:
    for number in (errno.EACCES, errno.ENOENT, errno.EROFS, errno.ENOSPC, errno.EISDIR):
        said = display.translated(f"x.ris cannot be written: {os.strerror(number)}")
        assert not re.search(r"[a-z]{4,}", said), said


def test_a_file_that_is_no_json_is_told_in_japanese(tmp_path: Path) -> None:
    (tmp_path / "refpipe.toml").write_text('lang = "ja"\n', encoding="utf-8")
    (tmp_path / "bad.json").write_text("{bad", encoding="utf-8")
    (tmp_path / "bad.ris").write_bytes(b"\xff\xfe")
    said = refpipe("import", "bad.json", folder=tmp_path)
    assert said.returncode == 2
    assert "bad.json:1: JSON として読めません(1 行目" in said.stderr
    said = refpipe("dedupe", "bad.ris", "--out", "out.ris", folder=tmp_path)
    assert said.returncode == 2
    assert "Save the file" not in said.stderr


def test_no_sentence_has_two_rows() -> None:
    said = [row.english for row in display.catalogue()]
    assert sorted(said) == sorted(set(said))


def test_a_folder_is_set_up_in_japanese(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").write_text("甲\n", encoding="utf-8")
    (tmp_path / "Makefile").write_text("all:\n\techo\n", encoding="utf-8")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    call = ("init", "--yes", "--target", "--pre-commit", "--ci", "github", "--ci", "gitlab")
    done = refpipe(*call, folder=tmp_path, extra={"LC_ALL": "ja_JP.UTF-8"})
    assert done.returncode == 0, done.stderr
    told = [line for line in done.stderr.splitlines() if "make refs" not in line]
    assert all(_JAPANESE.search(line) for line in told), done.stderr


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "refpipe: there is nothing to undo: nothing was decided, corrected or answered",
            "refpipe: 取り消すものがありません。判断も訂正も回答もされていません",
        ),
        ("2 works, 0 new decisions", "文献2件、新しい判断0件"),
        ("a.ris: 2 entries read", "a.ris: 項目を2件読みました"),
        # A Latin word between Japanese letters is one that was left, too.
        (
            "refpipe: 2 references of hand-made lists could not be checked: no registry was asked",
            (
                "refpipe: 手書きの一覧の参考文献2件は確認できませんでした。"
                "まだどの登録機関にも照会していません"
            ),
        ),
    ],
)
def test_the_row_that_leaves_least_in_english_is_taken(said: str, told: str) -> None:
    assert display.translated(said) == told


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("asked 2026-11-27", "2026-11-27 に照会"),
        ("last asked 2026-11-27", "最後の照会は 2026-11-27"),
        ("not asked again", "再度の照会はなし"),
    ],
)
def test_when_a_notice_was_asked_for_is_told_in_japanese(asked: str, told: str) -> None:
    values = {
        "work": "a", "notice": "b", "when": "", "source": "c", "why": "", "asked": asked,
    }  # fmt: skip
    for code in ("RET001", "RET002", "RET003", "RET004"):
        said = RULES[code].message(
            Finding(code=code, path="a.md", line=1, column=1, values=values), "ja"
        )
        assert f"(情報源: c、{told})" in said


def test_names_and_their_commas_are_no_sentence() -> None:
    line = "a1: 著者: Andersen, L. L.; Kjaer, M. → Andersen, Lars L; Kjaer, Michael"
    assert display.translated(line) == line
