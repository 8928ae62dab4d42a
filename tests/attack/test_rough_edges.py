"""Small things that somebody got through once."""

from __future__ import annotations

import html
import subprocess
import time
from pathlib import Path

import pytest

from refpipe import cli, files
from refpipe.cli import bibliography
from refpipe.errors import ArticleError, LibraryBusy, LibraryNotice, UnreadableText, UsageError
from refpipe.http import Settings
from refpipe.items import exchange
from refpipe.library import Library, connection
from refpipe.model import Waiver
from refpipe.pipeline.git import settings as git_settings

ROOT = Path(__file__).parent.parent.parent
RIS = "TY  - JOUR\nTI  - Pain in the lower back\nAU  - Abe, K.\nER  - \n"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    path = tmp_path / "library.db"
    Library.open(path, create=True).close()
    return path


# ── two at once ────────────────────────────────────────────────────────────────────────


def test_who_waits_is_told_what_for(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "WORD_AFTER", 0.02)
    monkeypatch.setattr(connection, "PATIENCE", 0.1)
    with (
        Library.open(library) as one,
        Library.open(library) as other,
        one.transaction(),
        pytest.warns(LibraryNotice, match="waiting"),
        pytest.raises(LibraryBusy),
    ):
        other.waive([Waiver(code="DATE001", subject="a.md", reason="")], made="2026-01-01")


def test_two_runs_that_write_the_same_are_both_content(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("before\n", encoding="utf-8")
    first, second = files.read(path), files.read(path)
    files.replace(first, "after\n")
    files.replace(second, "after\n")
    with pytest.raises(ArticleError, match="changed by somebody else"):
        files.replace(second, "something else\n")
    assert path.read_text(encoding="utf-8") == "after\n"


# ── bytes that are not what they seem ──────────────────────────────────────────────────


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-8"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_bibliography_file_is_read_in_every_encoding_of_unicode(
    tmp_path: Path, encoding: str, end: str
) -> None:
    path = tmp_path / "a.ris"
    path.write_bytes(RIS.replace("\n", end).encode(encoding))
    (entry,) = bibliography.read_file(path, None).entries
    assert entry.item["title"] == "Pain in the lower back"


def test_noise_is_no_bibliography_file(tmp_path: Path) -> None:
    path = tmp_path / "a.ris"
    path.write_bytes(b"TY  - JOUR\n\0\0\0TI  - x\nER  - \n" * 9)
    with pytest.raises(UnreadableText, match="zero bytes"):
        bibliography.read_file(path, None)


def test_an_article_in_utf_16_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("[@doi:10.5555/a]\n".encode("utf-16-le"))
    with pytest.raises(ArticleError, match="UTF-16"):
        _ = files.read(path).text


@pytest.mark.parametrize(
    ("entity", "shown"),
    [
        ("&eacute;", "é"),
        ("&nbsp;", "\u00a0"),
        ("&nonsense;", "&nonsense;"),
        ("&lt;", "<"),
        ("&own;", "&own;"),
    ],
)
def test_no_entity_is_dropped(entity: str, shown: str) -> None:
    declared = '<!DOCTYPE xml [<!ENTITY own SYSTEM "file:///etc/passwd">]>'
    text = (
        f"{declared}<xml><records><record><ref-type name='Journal Article'>17</ref-type><titles>"
        f"<title>Caf{entity}s and <style face='italic'>b{entity}c</style></title>"
        "</titles></record></records></xml>"
    )
    (title,) = [
        entry.item["title"]
        for entry in exchange.read_all("endnote-xml", text)
        if hasattr(entry, "item")
    ]
    plain = html.unescape(html.unescape(title))
    assert plain.replace("\u00a0", " ").startswith(f"Caf{shown}s and".replace("\u00a0", " "))
    assert "root:" not in title


# ── words from outside that become part of something else ──────────────────────────────


@pytest.mark.parametrize(
    "mailto", ["a@b.example\nX-Evil: 1", "a@b.example\r\n", "a b@c.example", "a\x00@b"]
)
def test_an_address_is_one_address(mailto: str) -> None:
    if mailto.strip() == "a@b.example":
        assert Settings.from_environment({"REFPIPE_MAILTO": mailto}).mailto == "a@b.example"
        return
    with pytest.raises(UsageError):
        Settings.from_environment({"REFPIPE_MAILTO": mailto})


def test_git_passes_no_file_name_as_an_option() -> None:
    rows = git_settings()
    assert " merge-driver -- %O" in rows["merge.refpipe.driver"]
    assert rows["diff.refpipe.textconv"].endswith(" textconv --")


def test_the_actions_paths_are_files_and_never_options(tmp_path: Path) -> None:
    script = (ROOT / "action.yml").read_text(encoding="utf-8").partition("run: |\n")[2]
    for name in ("a.md", "b c.md", "-x.md"):
        (tmp_path / name).touch()
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "d.md").touch()
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "refpipe() { printf '%s\\n' \"$@\"; }\n" + script],
        cwd=tmp_path,
        env={"CHECK_PATHS": "*.md **/d.md --fix", "CHECK_LANG": "en", "CHECK_ONLINE": "false",
             "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    options, _, paths = done.stdout.partition("\n--\n")
    assert options.split() == ["check", "--format", "github", "--lang", "en"]
    assert paths.splitlines() == ["-x.md", "a.md", "b c.md", "deep/er/d.md", "--fix"]


@pytest.mark.parametrize(
    "text", ["x" * 40_000, "腰" * 40_000, "ab " * 40_000, '"' * 40_000, "a*b " * 90]
)
def test_a_search_for_anything_is_answered(library: Path, text: str) -> None:
    with Library.open(library) as opened:
        if len(text.split()) > 100:
            with pytest.raises(UsageError, match="more than can be searched"):
                opened.search(text)
        else:
            assert opened.search(text) == ()


@pytest.mark.parametrize(
    "zone", ["nonsense", "", ":/etc/passwd", "UTC+99:99:99", "x" * 5000, "../../.."]
)
def test_a_zone_that_is_none_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    from refpipe.cli import console

    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert console.today().year >= 2025
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("seconds", [-(10**11), 253_402_300_799, 4 * 10**11])
@pytest.mark.parametrize("is_set", [True, False])
def test_a_clock_that_is_far_off_is_told(
    library: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    seconds: int,
    is_set: bool,
) -> None:
    monkeypatch.chdir(library.parent)
    monkeypatch.setenv("REFPIPE_TRACEBACK", "1")
    (library.parent / "articles").mkdir()
    (library.parent / "articles" / "a.md").write_text("公開日：2024年1月2日\n", encoding="utf-8")
    if is_set:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(seconds))
    else:
        monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
        for name in ("gmtime", "localtime"):
            told = getattr(time, name)(seconds)
            monkeypatch.setattr(time, name, lambda *_, told=told: told)
    for command in (["check"], ["refs"], ["waive", "CIT001", "a.md", "x"]):
        assert cli.run(command) == 2
        told = capsys.readouterr().err
        assert "the clock says" in told or "SOURCE_DATE_EPOCH is not" in told


def test_a_link_out_of_the_project_is_not_followed_unless_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outside, inside = tmp_path / "outside.md", tmp_path / "project"
    inside.mkdir()
    (inside / "refpipe.toml").write_text('articles = ["."]\n', encoding="utf-8")
    (inside / "a.md").write_text("Nothing cited.\n", encoding="utf-8")
    outside.write_text("<!--cite @x-->[9]<!--/cite-->\n", encoding="utf-8")
    (inside / "link.md").symlink_to(outside)
    before = outside.read_bytes()
    monkeypatch.chdir(inside)
    assert cli.run(["refs", "--unweave"]) == 2
    assert "leads out of the project" in capsys.readouterr().err
    assert outside.read_bytes() == before
    assert cli.run(["refs", "--unweave", "link.md"]) == 0
    assert outside.read_bytes() != before
    assert (inside / "link.md").is_symlink()


@pytest.mark.parametrize("way", ["..", "../outside", "deep/../..", "link", "absolute"])
def test_settings_that_somebody_else_wrote_lead_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], way: str
) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "project"
    for folder in (outside, inside, inside / "deep"):
        folder.mkdir()
    (outside / "a.md").write_text("<!--cite @x-->[9]<!--/cite-->\n", encoding="utf-8")
    (inside / "link").symlink_to(outside)
    before = (outside / "a.md").read_bytes()
    way = str(outside) if way == "absolute" else way
    (inside / "refpipe.toml").write_text(f'articles = ["{way}"]\n', encoding="utf-8")
    monkeypatch.chdir(inside)
    for command in (["refs"], ["refs", "--unweave"], ["check"]):
        assert cli.run(command) == 2
        assert "leads out of the project" in capsys.readouterr().err
    assert (outside / "a.md").read_bytes() == before


def test_settings_may_name_another_folder_of_their_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (".git", "content", "tools"):
        (tmp_path / name).mkdir()
    (tmp_path / "content" / "a.md").write_text("Nothing cited.\n", encoding="utf-8")
    settings = tmp_path / "tools" / "refpipe.toml"
    settings.write_text('articles = ["../content"]\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path / "tools")
    assert cli.run(["refs", "--offline"]) == 0
