"""What cannot be read is said, with exit code 2, and everything else is done."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from refpipe import cli, files
from refpipe.__main__ import main
from refpipe.errors import ArticleError, LibraryDamaged
from refpipe.library import Library
from refpipe.model import Identifier, Record

IDENTIFIER = "doi:10.5555/here"
TYPED = f"A sentence [@{IDENTIFIER}].\n\n<!--bibliography-->\n"
SLOW = pytest.mark.slow
COMMANDS = (
    pytest.param(["refs", "--offline"], id="refs"),
    pytest.param(["refs", "--check"], id="refs --check", marks=SLOW),
    pytest.param(["check"], id="check"),
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one article that can be woven offline."""
    (tmp_path / "refpipe.toml").write_text('articles = ["."]\n', encoding="utf-8")
    (tmp_path / "good.md").write_text(TYPED, encoding="utf-8")
    payload = (
        '{"type": "article-journal", "title": "What is here", "issued": {"date-parts": [[2020]]}}'
    )
    record = Record(source="manual", identifier=Identifier.parse(IDENTIFIER), payload=payload)
    with Library.open(tmp_path / "library.db", create=True) as library:
        library.add([record], heard="2026-01-01T00:00:00Z")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REFPIPE_TRACEBACK", "1")
    return tmp_path


def close(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody list the folder or look at what is in it, for a test that root can run as well."""

    def closed(asked: Callable[..., Any], *, itself: bool) -> Callable[..., Any]:
        def refusing(path: Any = ".", *rest: Any, **options: Any) -> Any:
            wanted = Path(os.fsdecode(path)) if not isinstance(path, int) else Path()
            if folder in wanted.absolute().parents or (itself and wanted.absolute() == folder):
                raise PermissionError(13, "Permission denied", str(path))
            return asked(path, *rest, **options)

        return refusing

    monkeypatch.setattr(os, "scandir", closed(os.scandir, itself=True))
    for name in ("stat", "lstat"):
        monkeypatch.setattr(os, name, closed(getattr(os, name), itself=False))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_that_may_not_be_read_is_said_and_the_rest_done(
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: list[str],
) -> None:
    (project / "closed").mkdir()
    (project / "closed" / "a.md").write_text(TYPED, encoding="utf-8")
    close(project / "closed", monkeypatch)
    assert cli.run(command) == 2
    told = capsys.readouterr()
    assert "closed cannot be read: Permission denied" in told.err
    if command[-1] == "--offline":
        assert "What is here" in (project / "good.md").read_text(encoding="utf-8")


def loop(where: Path) -> None:
    (where / "odd.md").symlink_to("odd.md")


def dangling(where: Path) -> None:
    (where / "odd.md").symlink_to("nowhere.md")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("make", [loop, dangling])
def test_a_link_that_leads_nowhere_is_said(
    project: Path,
    capsys: pytest.CaptureFixture[str],
    make: Callable[[Path], None],
    command: list[str],
) -> None:
    make(project)
    assert cli.run(command) == 2
    assert "odd.md cannot be read" in capsys.readouterr().err


ODD_NAMES = (
    "a**b.md",
    "[a-z].md",
    "a?.md",
    "x" * 250 + ".md",
    "あ" * 80 + ".md",
    "a\nb.md",
    "-x.md",
    "\udcff.md",
)


@pytest.mark.parametrize("name", ODD_NAMES)
def test_an_article_may_have_any_name_that_a_file_may_have(project: Path, name: str) -> None:
    (project / name).write_text(TYPED, encoding="utf-8")
    assert cli.run(["refs", "--offline"]) == 0
    assert "What is here" in (project / name).read_text(encoding="utf-8")
    assert not any(one.name.endswith(files.UNFINISHED) for one in project.iterdir())


@pytest.mark.slow
def test_fifteen_hundred_folders_deep_is_an_article_like_any_other(project: Path) -> None:
    here = os.getcwd()  # noqa: PTH109
    for _ in range(1500):
        os.mkdir("d")  # noqa: PTH102
        os.chdir("d")
    Path("deep.md").write_text(TYPED, encoding="utf-8")
    os.chdir(here)
    unreadable: list[ArticleError] = []
    try:
        found = list(files.find([project], (".md",), unreadable=unreadable))
    finally:
        # Python's own way of removing a tree goes no deeper than its stack.
        subprocess.run(["rm", "-rf", project / "d"], check=True)
    assert {path.name for path in found} == {"good.md", "deep.md"}
    assert unreadable == []


def test_an_idle_run_over_something_unreadable_is_answered_in_words(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["refs", "--offline"]) == 0
    loop(project)
    monkeypatch.setattr("sys.argv", ["refpipe", "refs"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "odd.md cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command",
    [
        *COMMANDS,
        pytest.param(["search", "here"], id="search"),
        pytest.param(["db", "check"], id="db"),
    ],
)
def test_a_library_that_is_no_file_is_said_at_once(
    project: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    (project / "library.db").unlink()
    os.mkfifo(project / "library.db")
    assert cli.run(command) == 2
    assert "is no ordinary file" in capsys.readouterr().err


def test_check_without_a_library_says_that_it_could_not_check(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "library.db").unlink()
    assert cli.run(["check"]) == 2
    assert "there is no library" in capsys.readouterr().err


@pytest.mark.parametrize("command", [*COMMANDS, pytest.param(["search", "here"], id="search")])
@pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
def test_settings_that_cannot_be_read_are_not_passed_over(
    project: Path, capsys: pytest.CaptureFixture[str], kind: str, command: list[str]
) -> None:
    place = project / "refpipe.toml"
    place.unlink()
    if kind == "folder":
        place.mkdir()
    elif kind == "link":
        place.symlink_to("nowhere.toml")
    else:
        os.mkfifo(place)
    assert cli.run(command) == 2
    assert "refpipe.toml cannot be read" in capsys.readouterr().err
    assert (project / "good.md").read_text(encoding="utf-8") == TYPED


def test_what_is_write_protected_is_not_written(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and allowed(path, mode))
    before = (project / "library.db").read_bytes()
    assert cli.run(["refs", "--offline"]) == 2
    assert cli.run(["edit", IDENTIFIER, "volume=3"]) == 2
    told = capsys.readouterr().err
    assert "good.md cannot be written: it is write-protected" in told
    assert "library.db cannot be written: it is write-protected" in told
    assert (project / "good.md").read_text(encoding="utf-8") == TYPED
    assert (project / "library.db").read_bytes() == before


def test_a_repository_that_cannot_say_what_it_ignores_is_told(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    subprocess.run(["git", "init", "-q", project], check=True)
    assert cli.run(["refs", "--offline"]) == 0
    (project / ".git" / "index").write_bytes(b"noise, and no index")
    subprocess.run(["git", "-C", project, "config", "core.fsmonitor", "touch run"], check=True)
    assert cli.run(["refs", "--offline"]) == 2
    assert "git cannot say what it ignores" in capsys.readouterr().err
    assert not (project / "run").exists()


@pytest.mark.parametrize("odd", [".refpipe", ".refpipe/cache.db", ".refpipe/http.sqlite"])
@pytest.mark.parametrize("kind", ["pipe", "folder", "noise"])
def test_a_cache_that_cannot_be_used_costs_time_and_no_result(
    project: Path, odd: str, kind: str
) -> None:
    place = project / odd
    if kind == "folder" and odd == ".refpipe":
        pytest.skip("that is what it should be")
    place.parent.mkdir(exist_ok=True)
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    else:
        place.write_bytes(b"\xff noise, and no database " * 99)
    for _ in range(2):
        assert cli.run(["refs"]) == 0
    assert "What is here" in (project / "good.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE works SET item = '{\"title\": '",
        "UPDATE works SET item = CAST(x'7b22ff227d' AS TEXT)",
        "UPDATE works SET suppliers = '{\"title\": 99}'",
        "UPDATE identifiers SET identifier = 'nonsense'",
        "UPDATE records SET identifier = ''",
    ],
)
def test_damaged_text_in_the_library_is_called_damage(
    project: Path, capsys: pytest.CaptureFixture[str], damage: str
) -> None:
    database = sqlite3.connect(project / "library.db")
    database.execute(damage)
    database.commit()
    database.close()
    with pytest.raises(LibraryDamaged), Library.open(project / "library.db") as library:
        list(library.works()), list(library.records())
    assert cli.run(["db", "check"]) == 1
    assert capsys.readouterr().out
