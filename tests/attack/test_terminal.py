"""Nothing that a title, a name, a file or an article holds is obeyed by a terminal or a CI log."""

# ruff: noqa: E501, PTH123

from __future__ import annotations

import io
import json
import os
import random
import re
import sys
import threading
import tty
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st

from refpipe import cli
from refpipe.cli import terminal
from refpipe.display import one_line, visible
from refpipe.http import Settings
from refpipe.library import Library
from refpipe.model import Decision, DecisionKind, Identifier, Record

NASTY = (
    "\x1b[2J", "\x1b]0;owned\x07", "\x1b]8;;http://evil.example\x1b\\", "\x9b31m", "\x90q\x9c", "\x07",
    "\x08\x08\x08", "\r", "\u202e", "\u2066", "\u200f", "\u2028", "\x85", "\x7f", "\ufeff", "\U000e0041",
    "\n::set-output name=x::y", "\n ::error::forged", "\n##[add-path]/tmp", "##[group]", "\x00",
)  # fmt: skip
OURS = re.compile(r"\x1b\[(?:1|2|31|33|0)m")
"""The colours that ``check`` writes."""
FORBIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
ALLOWED = frozenset("\n\t\u00ad\u200c\u200d")

ONE, TWO = "doi:10.5555/one", "doi:10.5555/two"
RUNS: dict[str, list[list[str]]] = {
    "init": [["--yes", "--diff"]],
    "refs": [["--offline"], ["--diff", "--offline"], ["nowhere{n}.md"]],
    "adopt": [["--offline", "--diff", "list{n}.md"]],
    "add": [["10.9999/{n}"], ["--manual", "{n}"]],
    "confirm": [[]],
    "resolve": [["{n}", "10.5555/one"]],
    "refresh": [[]],
    "show": [[ONE], ["--format", "json", ONE], ["{n}"]],
    "format": [["file.json"], ["file.bib"]],
    "parse": [["list.txt"]],
    "dedupe": [["--dry-run"], ["file.json", "--dry-run"]],
    "review": [["--list"], ["--format", "json"]],
    "why": [[ONE, TWO], ["{n}", ONE]],
    "convert": [["file.json", "--to", "ris"], ["file{n}.json"]],
    "import": [["file.json"], ["file.bib"]],
    "export": [["--format", "csl-json"], ["--format", "bibtex"]],
    "check": [[], ["--format", "github"], ["--format", "json"], ["--lang", "ja"]],
    "search": [["work"], ["{n}"]],
    "cite": [["work", "one"], ["{n}"]],
    "history": [[ONE], ["--format", "json", ONE]],
    "edit": [[ONE, "title={n}"], [ONE, "{n}=x"]],
    "merge": [[ONE, TWO], ["{n}", TWO]],
    "split": [[ONE, TWO, "--reason", "{n}"]],
    "undo": [[], ["{n}"]],
    "who": [[ONE], ["{n}"]],
    "waive": [["CIT001", "{n}", "{n}"]],
    "rule": [["{n}"]],
    "db": [["check"], ["dump"], ["view"], ["load", "{n}"], ["textconv", "library.db"], ["{n}"]],
}
SERVERS = {"lsp", "browse", "desk"}
"""What they write goes to an editor or a browser."""
ALL = [name for name in cli.COMMANDS if name not in SERVERS]
"""Every other command; one without runs of its own is tried without and with an argument."""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in os.environ:
        if name.startswith(("REFPIPE_", "GITHUB_")):
            monkeypatch.delenv(name)
    for name in ("CROSSREF", "DOI", "JALC", "DATACITE", "EUTILS", "IDCONV", "PAGES", "NDL",
                 "CINII", "CINII_BOOKS", "LOC", "OPENLIBRARY"):  # fmt: skip
        monkeypatch.setenv(f"REFPIPE_{name}_URL", "http://127.0.0.1:9")
    asked = Settings.from_environment

    def hasty(*arguments: Any, **named: Any) -> Settings:
        return replace(asked(*arguments, **named), connect=0.2, retries=0, backoff=0.0)

    monkeypatch.setattr(Settings, "from_environment", hasty)
    # The bar moves the cursor, and none of its words are a stranger's.
    monkeypatch.setattr(terminal, "_PATIENCE", 1e9)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fill(where: Path, nasty: str) -> None:
    """A project in which every text that is shown somewhere is hostile."""
    (where / "refpipe.toml").write_text('articles = ["."]\n', encoding="utf-8")
    item = {
        "type": "article-journal", "title": f"A work {nasty} one", "container-title": f"J {nasty}",
        "author": [{"family": f"Abe{nasty}", "given": f"K{nasty}"}], "publisher": nasty,
        "issued": {"date-parts": [[2020]]}, "page": f"1{nasty}", "note": nasty,
    }  # fmt: skip
    records = [
        Record(source="manual", identifier=Identifier.parse(one), payload=json.dumps(item),
               origin=f"{nasty}.md")
        for one in (ONE, TWO)
    ]  # fmt: skip
    decision = Decision(
        kind=DecisionKind.POSSIBLE, a=records[0].identifier, b=records[1].identifier,
        by="rule", rule=nasty, reason=nasty,
    )  # fmt: skip
    with Library.open(where / "library.db", create=True) as library:
        library.add(records, heard="2026-01-01T00:00:00Z")
        library.decide([decision], made="2026-01-01T00:00:00Z")
    text = f"A sentence [@{ONE}]{nasty} [@key{nasty}]. Updated: 2026-02-30 {nasty}\n\n<!--bibliography-->\n"
    shown = nasty.replace("\x00", "").replace("/", "")
    (where / f"a{shown}.md").write_bytes(text.encode("utf-8", "surrogatepass"))
    listed = (
        f"Text [1].{nasty}\n\n## References\n\n[1] Abe K{nasty}. A title {nasty}. J. 2001;1:1-2.\n"
    )
    (where / f"list{shown}.md").write_text(listed, encoding="utf-8")
    (where / "list.txt").write_text(listed, encoding="utf-8")
    (where / "file.json").write_text(
        json.dumps([{"id": f"x{nasty}", **item}] * 2), encoding="utf-8"
    )
    bib = f"@article{{x{nasty}, title = {{T {nasty}}}, author = {{A {nasty}}}\n@broken{nasty}"
    (where / "file.bib").write_text(bib, encoding="utf-8")


def on_terminal(arguments: list[str]) -> str:
    """What a terminal gets from the command, on stdout and stderr together."""
    leader, follower = os.openpty()
    tty.setraw(follower)
    got: list[bytes] = []

    def collect() -> None:
        try:
            while block := os.read(leader, 65536):
                got.append(block)
        except OSError:
            return

    reader = threading.Thread(target=collect)
    reader.start()
    before = sys.stdout, sys.stderr, sys.stdin
    with (
        open(follower, "w", encoding="utf-8", errors="surrogateescape") as screen,
        io.StringIO("") as nothing,
    ):
        sys.stdout = sys.stderr = screen
        sys.stdin = nothing
        try:
            cli.run(arguments)
        finally:
            sys.stdout, sys.stderr, sys.stdin = before
    reader.join()
    os.close(leader)
    return b"".join(got).decode("utf-8", "surrogateescape")


def obeyed(text: str) -> set[str]:
    """The characters in what a terminal got that it would obey, or that mislead."""
    rest = OURS.sub("", text)
    return {c for c in rest if unicodedata.category(c) in FORBIDDEN and c not in ALLOWED}


def check_all(where: Path, nasty: str, *, most: int, names: Iterable[str] = ALL) -> None:
    fill(where, nasty)
    argument = nasty.replace("\x00", "")
    for name in names:
        runs = RUNS.get(name, [[], ["{n}"]])
        for run in runs[-most:]:
            arguments = [name, *(one.replace("{n}", argument) for one in run)]
            shown = on_terminal(arguments)
            assert not obeyed(shown), (arguments, shown)
            assert "error in refpipe itself" not in shown, (arguments, shown)


def test_the_runs_are_of_commands_that_there_are() -> None:
    assert set(RUNS) | SERVERS <= set(cli.COMMANDS)


def test_a_terminal_is_not_commanded(project: Path) -> None:
    names = ("refs", "show", "check", "db")
    check_all(project, "".join(NASTY), most=1, names=names)


@pytest.mark.slow
def test_no_command_lets_a_terminal_be_commanded(project: Path) -> None:
    check_all(project, "".join(NASTY), most=9)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_no_command_lets_a_terminal_be_commanded_by_any_text(project: Path, seed: int) -> None:
    chance = random.Random(seed)
    pieces = [*NASTY, *(chr(chance.randrange(0xD7FF)) for _ in range(40)), "a", " ", "漢"]
    check_all(project, "".join(chance.choices(pieces, k=30)), most=9)


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(("init", "check"), id="some"),
        pytest.param(tuple(ALL), id="all", marks=pytest.mark.slow),
    ],
)
def test_no_command_minds_that_its_streams_are_closed(
    project: Path, monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...]
) -> None:
    fill(project, "plain")
    monkeypatch.setenv("REFPIPE_TRACEBACK", "1")
    for closed in (("stdin",), ("stdin", "stdout"), ("stdin", "stdout", "stderr")):
        for name in names:
            with monkeypatch.context() as patch:
                for stream in closed:
                    patch.setattr(sys, stream, None)
                assert cli.run([name, *(RUNS.get(name) or [["-"]])[-1]]) in {0, 1, 2}


# ── logs of CI jobs ────────────────────────────────────────────────────────────────────

COMMAND = re.compile(r"^\s*::|##\[", re.MULTILINE)


@pytest.mark.slow
def test_a_log_gets_no_workflow_command_but_our_own(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    fill(project, "".join(NASTY))
    for name in ALL:
        for run in RUNS.get(name, [[], ["{n}"]]):
            cli.run([name, *(one.replace("{n}", "::error::x") for one in run)])
            told = capsys.readouterr()
            assert not COMMAND.search(told.err), (name, run)
            lines = told.out.splitlines()
            strange = [
                line
                for line in lines
                if COMMAND.search(line)
                and not line.startswith(("::error file=", "::warning file="))
            ]
            assert not strange, (name, run, strange)


@pytest.mark.parametrize("seed", range(4))
def test_however_a_text_is_cut_up_a_guarded_log_holds_no_command(seed: int) -> None:
    chance = random.Random(seed)
    parts = [*NASTY, ":", ":", "::", "#", "##", "[", "[", " ", "\n", "a", "\t"]
    for _ in range(300):
        pieces = chance.choices(parts, k=12)
        log = io.StringIO()
        stream = terminal.Guarded(log, shows=True, in_actions=True)
        for piece in pieces:
            stream.write(piece)
        assert not COMMAND.search(log.getvalue()), pieces


# ── what is data stays data ────────────────────────────────────────────────────────────


def test_what_goes_to_a_file_keeps_its_bytes(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(project, "a\u202eb")
    with (project / "out.json").open("w", encoding="utf-8") as out:
        monkeypatch.setattr(sys, "stdout", out)
        cli.run(["export", "--format", "csl-json"])
    assert "a\u202eb" in (project / "out.json").read_text(encoding="utf-8")


@settings(max_examples=some(30))
@given(st.text())
def test_nothing_in_a_visible_text_is_obeyed_and_twice_is_once(text: str) -> None:
    shown = visible(text)
    assert not obeyed(shown)
    assert visible(shown) == shown
    assert "\n" not in one_line(text)


@settings(max_examples=some(30))
@given(st.text())
def test_json_stays_json_and_means_the_same(text: str) -> None:
    told = json.dumps({"title": text}, ensure_ascii=False)
    assert json.loads(visible(told)) == {"title": text}


@pytest.mark.parametrize(
    "text", ["腰痛　の診療", "a\u00a0b", "👨‍👩‍👧", "नमस्‍ते", "e\u0301", "\ue000", "ｱｲｳ"]
)
def test_ordinary_text_is_left_as_it_is(text: str) -> None:
    assert visible(text) == text
