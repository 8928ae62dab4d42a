"""``refpipe refs`` end to end, on a copy of the real articles."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from running import ROOT, contents, environment, project, refpipe, refpipe_process


def test_the_committed_articles_are_in_order_and_the_second_run_is_idle(tmp_path: Path) -> None:
    folder = project(tmp_path)
    before = contents(folder)
    for _ in range(2):
        run = refpipe("refs", folder=folder)
        assert run.returncode == 0, run.stderr
        assert contents(folder) == before


def test_typed_articles_are_woven_as_committed(tmp_path: Path) -> None:
    folder = project(tmp_path)
    woven = contents(folder)
    assert refpipe("refs", "--unweave", folder=folder).returncode == 0
    typed = contents(folder)
    assert "[@doi:10.1148/radiol.2372041509" in typed["articles/lumbar-mri.md"].decode()
    assert b"csl-entry" not in typed["articles/herniation-recovery.html"]
    run = refpipe("refs", "--offline", folder=folder)
    assert run.returncode == 0, run.stderr
    assert contents(folder) == woven


def test_numbers_follow_first_mention_and_link_both_ways(tmp_path: Path) -> None:
    text = (project(tmp_path) / "articles" / "lumbar-mri.md").read_text(encoding="utf-8")
    mentioned = [int(number) for number in re.findall(r'href="#ref-(\d+)"', text)]
    first = list(dict.fromkeys(mentioned))
    assert first == list(range(1, len(first) + 1))
    anchors = set(re.findall(r'id="([^"]+)"', text))
    targets = set(re.findall(r'href="#([^"]+)"', text)) | set(re.findall(r"\]\(#([^)]+)\)", text))
    assert targets <= anchors


def test_check_says_that_a_file_is_due_and_writes_nothing(tmp_path: Path) -> None:
    folder = project(tmp_path)
    article = folder / "articles" / "lumbar-mri.md"
    text = article.read_text(encoding="utf-8")
    article.write_text(text.replace("## まとめ", "[@pmid:8747249]\n\n## まとめ"), encoding="utf-8")
    before = contents(folder)
    assert refpipe("refs", "--check", "--offline", folder=folder).returncode == 2
    known = text.replace("## まとめ", "[@doi:10.1007/s007760050017]\n\n## まとめ")
    article.write_text(known, encoding="utf-8")
    before = contents(folder)
    assert refpipe("refs", "--check", folder=folder).returncode == 1
    run = refpipe("refs", "--diff", folder=folder)
    assert run.returncode == 1
    assert "+++ b/articles/lumbar-mri.md" in run.stdout
    assert "-[@doi:10.1007/s007760050017]" in run.stdout
    assert "<!--cite @doi:10.1007/s007760050017-->" in run.stdout
    assert contents(folder) == before


def test_an_unknown_key_costs_one_citation(tmp_path: Path) -> None:
    folder = project(tmp_path)
    article = folder / "articles" / "new.md"
    article.write_text(
        "一 [@nobody1999]。\n\n二 [@doi:10.1148/radiol.2372041509; @nobody1999]。\n\n"
        "<!--bibliography-->\n<!--/bibliography-->\n",
        encoding="utf-8",
    )
    run = refpipe("refs", "--offline", folder=folder)
    assert run.returncode == 1
    assert "articles/new.md:1:" in run.stderr
    assert "nobody1999" in run.stderr
    text = article.read_text(encoding="utf-8")
    assert "<!--cite @nobody1999-->" in text
    assert text.count("[?]") == 2
    assert "[1]" in text
    assert "Radiology" in text
    again = refpipe("refs", "--offline", folder=folder)
    assert again.returncode == 1, "a finding must not be forgotten by the second run"
    assert "nobody1999" in again.stderr


def test_an_unknown_doi_with_the_network_off_could_not_be_checked(tmp_path: Path) -> None:
    folder = project(tmp_path)
    (folder / "articles" / "new.md").write_text(
        "一 [@doi:10.1000/unheard.of]。\n\n<!--bibliography-->\n", encoding="utf-8"
    )
    run = refpipe("refs", folder=folder)
    assert run.returncode == 2
    assert "10.1000/unheard.of" in run.stderr
    assert "Traceback" not in run.stderr


def test_nothing_to_look_at_is_no_success(tmp_path: Path) -> None:
    run = refpipe("refs", folder=tmp_path)
    assert run.returncode == 2
    assert "articles" in run.stderr


def test_the_page_without_references_is_left_alone(tmp_path: Path) -> None:
    folder = project(tmp_path)
    run = refpipe("refs", "articles/first-visit.md", folder=folder)
    assert run.returncode == 0
    committed = (ROOT / "articles" / "first-visit.md").read_bytes()
    assert (folder / "articles" / "first-visit.md").read_bytes() == committed


def test_one_bad_article_costs_itself_and_no_other(tmp_path: Path) -> None:
    folder = project(tmp_path)
    woven = contents(folder)
    refpipe("refs", "--unweave", folder=folder)
    (folder / "articles" / "a.md").write_bytes("更新日".encode("shift_jis"))
    (folder / "articles" / "b.md").write_text(
        "---\nstyle: nonsense\n---\n一 [@modic2005]。\n\n<!--bibliography-->\n", encoding="utf-8"
    )
    (folder / "articles" / "c.md").mkdir()
    run = refpipe("refs", "--offline", folder=folder)
    assert run.returncode == 2
    assert "a.md:1: not UTF-8" in run.stderr
    assert "articles/b.md: no style called 'nonsense'" in run.stderr
    assert "Traceback" not in run.stderr
    after = contents(folder)
    assert {path: after[path] for path in woven} == woven


def test_a_library_that_changed_elsewhere_makes_nothing_due(tmp_path: Path) -> None:
    folder = project(tmp_path)
    assert refpipe("refs", folder=folder).returncode == 0
    woven = contents(folder)
    added = refpipe("add", "--manual", "--title", "別の文献", "--date", "2020", folder=folder)
    assert added.returncode == 0, added.stderr
    run = refpipe("refs", folder=folder)
    assert run.returncode == 0
    assert "0 written" in run.stderr
    changed = refpipe("edit", "modic2005", "volume=999", "--reason", "test", folder=folder)
    assert changed.returncode == 0, changed.stderr
    run = refpipe("refs", folder=folder)
    assert "2 written" in run.stderr
    after = contents(folder)
    assert "vol. 999" in after["articles/lumbar-mri.md"].decode()
    (key,) = re.findall(r"refpipe undo (\w+)", changed.stderr)
    assert refpipe("undo", key, folder=folder).returncode == 0
    assert refpipe("refs", folder=folder).returncode == 0
    back = contents(folder)
    assert {path: back[path] for path in woven if path != "library.db"} == {
        path: woven[path] for path in woven if path != "library.db"
    }


def test_a_run_without_the_library_leaves_a_good_list_alone(tmp_path: Path) -> None:
    folder = project(tmp_path, with_library=False)
    before = contents(folder)
    for arguments in (["--offline"], [], []):
        run = refpipe("refs", *arguments, folder=folder)
        assert run.returncode == 2, run.stderr
        after = {path: text for path, text in contents(folder).items() if path != "library.db"}
        assert after == before, "the second run meets the empty library of the first"
        assert "left unchanged" in run.stderr
        assert "CIT002" in run.stderr


def test_a_new_citation_among_known_ones_is_woven_although_nobody_was_asked(
    tmp_path: Path,
) -> None:
    folder = project(tmp_path)
    article = folder / "articles" / "lumbar-mri.md"
    text = article.read_text(encoding="utf-8")
    article.write_text(
        text.replace("## まとめ", "[@doi:10.1000/unheard.of]\n\n## まとめ"), encoding="utf-8"
    )
    for _ in range(2):
        run = refpipe("refs", "--offline", folder=folder)
        assert run.returncode == 2
        assert "left unchanged" not in run.stderr
        woven = article.read_text(encoding="utf-8")
        assert woven.count("[?]") == 1
        assert woven.count('<a id="ref-') == text.count('<a id="ref-')


def test_an_uncited_work_that_cannot_be_looked_up_keeps_the_list(tmp_path: Path) -> None:
    folder = project(tmp_path)
    article = folder / "articles" / "lumbar-mri.md"
    text = article.read_text(encoding="utf-8")
    listed = text.replace("<!--bibliography-->", "<!--bibliography @doi:10.1000/unheard.of-->")
    assert listed != text
    article.write_text(listed, encoding="utf-8")
    run = refpipe("refs", "--offline", "articles/lumbar-mri.md", folder=folder)
    assert run.returncode == 2
    assert article.read_text(encoding="utf-8") == listed


def test_a_rebuild_of_a_sound_library_changes_no_byte(tmp_path: Path) -> None:
    folder = project(tmp_path)
    assert refpipe("db", "rebuild", folder=folder).returncode == 0
    once = contents(folder)
    run = refpipe("db", "rebuild", folder=folder)
    assert run.returncode == 0
    assert "11 works" in run.stderr
    assert contents(folder) == once


def test_an_article_is_woven_from_any_folder(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    before = contents(folder)
    article = str(folder / "articles" / "lumbar-mri.md")
    for command in (["refs", "--offline"], ["refs"], ["check"]):
        run = refpipe(*command, article, folder=elsewhere)
        assert "CIT00" not in run.stderr + run.stdout, run.stderr
    assert contents(folder) == before
    assert not list(elsewhere.iterdir())


def test_names_in_any_writing_work_in_a_locale_that_knows_none(tmp_path: Path) -> None:
    folder = project(tmp_path)
    (folder / "articles").rename(folder / "記事")
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    before = contents(folder)
    for _ in range(2):
        run = refpipe_process("refs", "--offline", "記事", folder=folder, extra=plain)
        assert run.returncode == 0, run.stderr
    assert contents(folder) == before
    run = refpipe_process("show", "山田太郎2010", folder=folder, extra=plain)
    assert run.returncode == 2
    assert "山田太郎2010" in run.stderr
    run = refpipe_process("refs", "記事/無.md", folder=folder, extra=plain)
    assert run.returncode == 2
    assert "記事/無.md: no such file" in run.stderr


def test_one_page_that_cannot_be_adopted_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "bad.md").write_bytes("参考文献".encode("shift_jis"))
    shutil.copy(ROOT / "docs" / "tour" / "legacy-page.md", tmp_path / "c.md")
    before = (tmp_path / "c.md").read_bytes()
    run = refpipe("adopt", "--offline", "--library", "l.db", "bad.md", "c.md", folder=tmp_path)
    assert run.returncode == 2
    assert "bad.md:1: not UTF-8" in run.stderr
    assert (tmp_path / "c.md").read_bytes() != before


def test_an_idle_run_speaks_the_language_of_its_reader(tmp_path: Path) -> None:
    folder = project(tmp_path)
    refpipe("refs", "--offline", folder=folder)
    for lang, said in (("ja_JP.UTF-8", "書き込み0件"), ("en_GB.UTF-8", "0 written")):
        run = refpipe_process("refs", folder=folder, extra={"LC_ALL": lang})
        assert run.returncode == 0, run.stderr
        assert run.stderr.rstrip().endswith(said)


def test_what_could_not_be_written_is_not_counted_as_written(tmp_path: Path) -> None:
    folder = project(tmp_path)
    name = "articles/linked.md"
    (folder / name).write_text("[@modic2005]\n\n<!--bibliography-->\n", encoding="utf-8")
    (folder / "its-second-name.txt").hardlink_to(folder / name)
    before = contents(folder)
    run = refpipe("refs", "--offline", name, folder=folder)
    assert run.returncode == 2
    assert "cannot be written" in run.stderr
    assert "1 article, 0 written" in run.stderr
    assert contents(folder) == before


def loaded(folder: Path, *arguments: str, command: str = "refs") -> set[str]:
    """The modules that a run of its own loads."""
    script = (
        "import sys; from refpipe.__main__ import main; from contextlib import suppress\n"
        "with suppress(SystemExit): main()\n"
        "print(*sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, command, *arguments],
        cwd=folder, env=environment(), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(run.stdout.splitlines()[-1].split())


def test_a_run_loads_only_what_it_needs(tmp_path: Path) -> None:
    folder = project(tmp_path)
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    due = loaded(folder, "--offline", "articles/lumbar-mri.md")
    assert "refpipe.pipeline.weaving" in due
    assert not due & {
        "requests", "rapidfuzz", "refpipe.match", "refpipe.items", "refpipe.sources",
        "refpipe.checks",
    }  # fmt: skip
    assert refpipe("refs", folder=folder).returncode == 0
    idle = loaded(folder)
    assert "refpipe.pipeline.refs" in idle
    assert not idle & {"click", "subprocess", "logging", "refpipe.model", "refpipe.articles"}
    (folder / "articles" / "plain.md").write_text("腰は痛む。\n", encoding="utf-8")
    checked = loaded(folder, "articles/plain.md", command="check")
    assert "refpipe.checks" in checked
    assert "refpipe.items.printed" not in checked


def test_works_that_nobody_has_confirmed_are_counted_where_nothing_is_written(
    tmp_path: Path,
) -> None:
    (tmp_path / "refpipe.toml").write_text('articles = ["."]\n', encoding="utf-8")
    for name, title in (("a", "Low back pain"), ("b", "Pain of the knee")):
        (tmp_path / f"{name}.md").write_text(
            f"甲[1]。\n\n## 参考文献\n\n[1] Roe R. {title}. Spine. 2001;1(2):3-4.\n",
            encoding="utf-8",
        )
        refpipe("adopt", "--offline", f"{name}.md", folder=tmp_path)
    told = "note: 2 works not confirmed by any registry yet"
    (tmp_path / "b.md").write_text((tmp_path / "b.md").read_text("utf-8") + "\n終わり。\n", "utf-8")
    for written in ("0 written", "0 written"):
        run = refpipe("refs", "--offline", folder=tmp_path)
        assert written in run.stderr
        assert told in run.stderr
    assert told in refpipe("refs", folder=tmp_path).stderr
