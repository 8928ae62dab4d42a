import os
import stat
import subprocess
from pathlib import Path

import pytest
from running import refpipe

from refpipe import files
from refpipe.config import SUFFIXES
from refpipe.errors import ArticleChanged, ArticleError


def test_bytes_outside_the_change_survive(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("\ufeff題\r\n本文".encode())
    file = files.read(path)
    files.replace(file, file.text.replace("本文", "文"))
    assert path.read_bytes() == "\ufeff題\r\n文".encode()
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.md"]


def test_a_change_by_somebody_else_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("one", encoding="utf-8")
    file = files.read(path)
    path.write_text("theirs", encoding="utf-8")
    with pytest.raises(ArticleChanged):
        files.replace(file, "ours")
    assert path.read_text(encoding="utf-8") == "theirs"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.md"]


def test_mode_and_symlink_survive(tmp_path: Path) -> None:
    real = tmp_path / "real.md"
    real.write_text("one", encoding="utf-8")
    real.chmod(0o640)
    link = tmp_path / "link.md"
    link.symlink_to(real)
    files.replace(files.read(link), "two")
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == "two"
    assert real.stat().st_mode & 0o777 == 0o640


def test_what_a_killed_run_left_is_swept_and_a_running_ones_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("one", encoding="utf-8")
    dead = tmp_path / ".a.md.4194304999.refpipe-tmp"
    alive = tmp_path / f".a.md.{os.getppid()}.refpipe-tmp"
    for stale in (dead, alive):
        stale.write_text("half", encoding="utf-8")
    files.replace(files.read(path), "two")
    assert not dead.exists()
    assert alive.exists()


def test_not_utf8_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("題\n本文".encode() + "\n更新".encode("shift_jis"))
    with pytest.raises(ArticleError, match=r"a\.md:3: not UTF-8"):
        _ = files.read(path).text


def test_find_takes_each_article_once_and_no_hidden_one(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("b/x.html", "a.md", "a.txt", "a.png", ".git/y.md", ".a.md.1.refpipe-tmp"):
        (tmp_path / name).write_text("", encoding="utf-8")
    found = files.find([tmp_path, tmp_path / "a.md"], SUFFIXES, unreadable=[])
    assert [path.relative_to(tmp_path).as_posix() for path in found] == [
        "a.md",
        "b/x.html",
    ]


def test_a_missing_path_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.md").touch()
    named = [tmp_path / "no.md", tmp_path / ("x" * 5000), tmp_path / "a.md"]
    unreadable: list[ArticleError] = []
    assert list(files.find(named, SUFFIXES, unreadable=unreadable)) == named[2:]
    missing, long = map(str, unreadable)
    assert "no.md: no such file" in missing
    assert "File name too long" in long


def test_what_is_excluded_is_passed_over_unless_it_is_named(tmp_path: Path) -> None:
    for name in ("a.md", "README.md", "old/b.md", "old/new/c.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    excluded = [tmp_path / "old", tmp_path / "README.md"]
    assert [p.name for p in files.find([tmp_path], (".md",), excluded, unreadable=[])] == ["a.md"]
    named = [tmp_path / "old" / "b.md"]
    assert [p.name for p in files.find(named, (".md",), excluded, unreadable=[])] == ["b.md"]


def test_only_ordinary_files_are_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p.md")
    (tmp_path / "q.md").symlink_to(tmp_path / "p.md")
    (tmp_path / "a.md").write_text("x", encoding="utf-8")
    found = list(files.find([tmp_path], (".md",), unreadable=[]))
    assert [path.name for path in found] == ["a.md", "q.md"]
    with pytest.raises(ArticleError, match="no ordinary file"):
        files.read(tmp_path / "q.md")
    unreadable: list[ArticleError] = []
    assert list(files.find([tmp_path / "p.md"], (".md",), unreadable=unreadable)) == []
    assert "neither" in str(unreadable[0])


def test_a_name_is_readable_whatever_the_locale() -> None:
    kept = "腰痛.md".encode().decode("ascii", "surrogateescape")
    assert files.readable(kept) == files.readable("腰痛.md") == "腰痛.md"
    assert files.readable("\udcff.md") == "\\xff.md"


def test_a_second_name_of_the_file_is_not_cut_loose(tmp_path: Path) -> None:
    path, other = tmp_path / "a.md", tmp_path / "b.md"
    path.write_text("old\n", encoding="utf-8")
    other.hardlink_to(path)
    with pytest.raises(ArticleError, match="second name"):
        files.replace(files.read(path), "new\n")
    assert path.samefile(other)
    assert path.read_text(encoding="utf-8") == "old\n"


def test_rights_and_attributes_are_carried_over(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("old\n", encoding="utf-8")
    path.chmod(0o640)
    try:
        os.setxattr(path, "user.note", b"kept")
    except (AttributeError, OSError):
        pytest.skip("no extended attributes here")
    if os.geteuid() == 0:
        os.chown(path, 12345, 23456)
    before = path.stat()
    files.replace(files.read(path), "new\n")
    after = path.stat()
    assert path.read_text(encoding="utf-8") == "new\n"
    assert os.getxattr(path, "user.note") == b"kept"
    assert (after.st_mode, after.st_uid, after.st_gid) == (
        before.st_mode,
        before.st_uid,
        before.st_gid,
    )


def test_a_folder_is_walked_for_its_own_articles_alone(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    for name in ("a.md", "notes.txt", "drafts/b.md", "node_modules/x/c.md", "vendor/d.md",
                 "clone/.git/config", "clone/e.md", "env/pyvenv.cfg", "env/f.md"):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    (tmp_path / ".gitignore").write_text("drafts/\n", encoding="utf-8")
    found = files.find([tmp_path], SUFFIXES, unreadable=[])
    assert [path.name for path in found] == ["a.md"]
    named = [tmp_path / "notes.txt", tmp_path / "drafts/b.md", tmp_path / "clone/e.md"]
    assert list(files.find(named, SUFFIXES, unreadable=[])) == named


TYPED = "痛み [@doi:10.5555/one].\n\n<!--bibliography-->\n"


def test_outside_a_project_nothing_is_written_unless_a_library_is_named(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(TYPED, encoding="utf-8")
    listed = tmp_path / "list.md"
    listed.write_text(
        "痛み[1]。\n\n## 参考文献\n\n[1] Abe K. Rest and pain. J Rest. 2001;1:1-9.\n",
        encoding="utf-8",
    )
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    for command in (["refs", "--offline", "page.md"], ["adopt", "--offline", "list.md"]):
        run = refpipe(*command, folder=tmp_path)
        assert run.returncode == 2
        assert "there is no project" in run.stderr
        assert "--library" in run.stderr
        assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
    for command in (["refs", "--diff", "page.md"], ["adopt", "--diff", "--offline", "list.md"]):
        assert "there is no project" in refpipe(*command, folder=tmp_path).stderr
        assert {path: path.read_bytes() for path in before} == before
    named = ["--offline", "--library", "works.db", "list.md"]
    assert refpipe("adopt", *named, folder=tmp_path).returncode == 0
    assert (tmp_path / "works.db").exists()
    assert "<!--/bibliography-->" in listed.read_text(encoding="utf-8")
    assert refpipe("refs", *named, folder=tmp_path).returncode == 0
    assert not (tmp_path / "library.db").exists()


def test_folders_of_others_are_counted_and_told_and_text_is_an_article_when_named(
    tmp_path: Path,
) -> None:
    (tmp_path / "refpipe.toml").write_text('articles = ["a"]\n', encoding="utf-8")
    for name in ("a", "a/nested", "a/node_modules/x", "a/.drafts", "a/vendor"):
        (tmp_path / name).mkdir(parents=True)
        for ending in ("md", "txt"):
            (tmp_path / name / f"page.{ending}").write_text(TYPED, encoding="utf-8")
    (tmp_path / "a/nested/.git").write_text("gitdir: elsewhere\n", encoding="utf-8")
    run = refpipe("refs", "--offline", folder=tmp_path)
    assert "4 folders passed over" in run.stderr
    assert "a/nested" in run.stderr
    woven = [path for path in tmp_path.rglob("page.*") if "/cite" in path.read_text("utf-8")]
    assert woven == [tmp_path / "a/page.md"]
    refpipe("refs", "--offline", "a/page.txt", folder=tmp_path)
    assert "/cite" in (tmp_path / "a/page.txt").read_text("utf-8")


def test_a_run_over_many_files_syncs_their_folder_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[bool] = []
    sync = os.fsync

    def counted(handle: int) -> None:
        synced.append(stat.S_ISDIR(os.fstat(handle).st_mode))
        sync(handle)

    monkeypatch.setattr(os, "fsync", counted)
    with files.folders_synced_last():
        for name in "abc":
            files.put(tmp_path / name, name.encode())
        assert synced == [False] * 3
    assert synced == [*[False] * 3, True]
    files.put(tmp_path / "d", b"d")
    assert synced[4:] == [False, True]
    assert sorted(path.read_text() for path in tmp_path.iterdir()) == [*"abcd"]
