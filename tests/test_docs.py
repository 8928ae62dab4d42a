"""The documents are held against the code: commands, options, links."""

from __future__ import annotations

import importlib.util
import json
import re
import shlex
import tomllib
from collections import Counter
from pathlib import Path

import click
import pytest
from running import ROOT

from refpipe.cli import COMMANDS, load

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/**/*.md")])
TEXTS = [page for page in PAGES if "docs/tour" not in page.as_posix()]
_CALL = re.compile(r"(?:^|[`$\s])refpipe ([a-z]+)((?: [^\n`|#]*)?)")


def named(text: str) -> list[tuple[str, str]]:
    """The commands, with their arguments, that a page shows as code."""
    blocks = re.findall(r"^```[a-z]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    indented = re.findall(r"^ {4}(\S.*)$", text, re.MULTILINE)
    inline = re.findall(r"`(refpipe [^`\n]*)`", text)
    return [call for part in (*blocks, *indented, *inline) for call in _CALL.findall(part)]


def options(command: click.Command) -> set[str]:
    nested = command.commands.values() if isinstance(command, click.Group) else ()
    parameters = [one for each in (command, *nested) for one in each.params]
    return {"--help"} | {name for one in parameters for name in (*one.opts, *one.secondary_opts)}


@pytest.mark.parametrize("page", TEXTS, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_that_is_shown_exists_with_its_options(page: Path) -> None:
    for name, arguments in named(page.read_text(encoding="utf-8")):
        assert name in COMMANDS, f"{page}: refpipe {name}"
        known = options(load(name))
        for option in re.findall(r"(?<=\s)--[a-z][a-z-]*", arguments):
            assert option in known, f"{page}: refpipe {name} {option}"


def understood(command: click.Command, name: str, words: list[str]) -> None:
    """Raises UsageError for words that the command, or the one within it, does not take."""
    context = command.make_context(name, words)
    if isinstance(command, click.Group) and context._protected_args:
        within, inner, rest = command.resolve_command(
            context, [*context._protected_args, *context.args]
        )
        assert inner is not None
        understood(inner, within or "", rest)


@pytest.mark.parametrize("page", TEXTS, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_call_that_is_shown_is_understood(page: Path) -> None:
    for name, arguments in named(page.read_text(encoding="utf-8")):
        words = shlex.split(re.split(r" > | && | 2>", arguments)[0])
        if not words or words == ["--as"] or "N" in words:
            continue  # Only its name is told, or a number is left to the reader.
        try:
            understood(load(name), name, words)
        except click.exceptions.Exit:
            continue
        except click.UsageError as error:
            said = error.format_message()
            assert "does not exist" in said, f"{page}: refpipe {name} {arguments}: {said}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"(?<!`)\[[^\]\n]*\]\((?!https?:|#|mailto:)([^)\s#]+)[^)]*\)", text):
        assert (page.parent / target).exists(), f"{page}: {target}"


@pytest.mark.parametrize("readme", ["README.md", "README.ja.md"])
def test_the_readme_names_every_command(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    silent = {name for name in COMMANDS if f"refpipe {name}" not in text}
    assert silent <= {"db", "rule", "waive", "why", "show", "browse"}


def test_the_changelog_and_the_map_name_what_is_there() -> None:
    rooms = {path.stem for path in (ROOT / "refpipe").glob("[!_.]*") if path.suffix in ("", ".py")}
    told = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert {
        room for room in rooms if f"`{room}`" not in told and f"`refpipe.{room}`" not in told
    } == set()


def test_the_changelog_says_each_thing_once() -> None:
    """Two branches that lengthen one line leave it there twice when they meet."""
    entries = re.findall(
        r"^- (.{60})", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert {one for one, count in Counter(entries).items() if count > 1} == set()


def test_the_index_of_decisions_names_every_page_and_each_page_its_state() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    for page in sorted(folder.glob("*.md")):
        if page.name == "README.md":
            continue
        assert f"]({page.name})" in index, page.name
        head = page.read_text(encoding="utf-8").splitlines()[2]
        assert re.match(r"Date: \d{4}-\d\d-\d\d · Status: (accepted|replaced by) ", head), page.name
        assert "· Rejected: " in head, page.name


def test_the_index_of_benchmarks_names_every_folder() -> None:
    folder = ROOT / "benchmarks"
    index = (folder / "README.md").read_text(encoding="utf-8")
    named = {path.parent.name for path in folder.glob("*/measure.py")}
    assert named == set(re.findall(r"^\| \[(\w+)\]\(\1/README\.md\) \|", index, re.MULTILINE))


def figures(value: object) -> bool:
    """Whether all that it holds are numbers, grouped as one likes; none where not measured."""
    if isinstance(value, dict):
        return all(map(figures, value.values()))
    return value is None or isinstance(value, int | float)


@pytest.mark.parametrize(
    "folder", sorted((ROOT / "benchmarks").glob("*/")), ids=lambda folder: folder.name
)
def test_every_benchmark_has_one_command_and_scores_of_one_shape(folder: Path) -> None:
    """What was measured → its figures."""
    if not (folder / "measure.py").exists():
        pytest.skip("no benchmark")
    assert "--write" in (folder / "measure.py").read_text(encoding="utf-8")
    scores = json.loads((folder / "scores.json").read_text(encoding="utf-8"))
    assert scores
    for name, measured in scores.items():
        assert isinstance(measured, dict), name
        assert figures(measured), name


def test_every_step_of_the_four_walks_and_every_first_file_exists() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for path in re.findall(r"`(refpipe/[\w/]+\.(?:py|txt))`", text):
        assert (ROOT / path).is_file(), path
    walks = text[text.index("## Four walks") : text.index("## Rules of the house")]
    steps = re.findall(r"`((?:[a-z_]+\.)+\w+)`", walks)
    assert len(steps) > 15
    for step in steps:
        module, _, name = f"refpipe.{step}".rpartition(".")
        assert hasattr(importlib.import_module(module), name), step


def test_the_map_says_where_every_command_is_done() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    told = text[text.index("## Where a command is done") : text.index("## Four walks")]
    rows = re.findall(r"^\| (`.*?`) \| `(refpipe/cli/\w+\.py)` \| (.*?) \|$", told, re.MULTILINE)
    doors = {name: door for names, door, _ in rows for name in re.findall(r"`(\w+)`", names)}
    assert doors == {name: f"{row[0].replace('.', '/')}.py" for name, row in COMMANDS.items()}
    for _, _, called in rows:
        for module in re.findall(r"`([\w.]+)`", called):
            assert importlib.util.find_spec(f"refpipe.{module}"), module


_TESTED = re.compile(r"`(test_\w+\.py)`:|`(test_\w+)`")


def test_each_promise_about_safety_names_tests_that_there_are() -> None:
    """And each attack is named for what it promises, so that no test goes and its promise stays."""
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    files = {path.name: path for path in ROOT.glob("tests/**/test_*.py")}
    there = {
        name: set(re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE))
        for name, path in files.items()
    }
    named: set[tuple[str, str]] = set()
    for row in page.partition("## Promise by promise")[2].splitlines():
        file = ""
        for place in _TESTED.finditer(row):
            file = place[1] or file
            if place[2]:
                named.add((file, place[2]))
    attacks = {path.name for path in files.values() if path.parent.name == "attack"}
    assert {(file, test) for file, test in named if test not in there.get(file, ())} == set()
    assert {(file, test) for file in attacks for test in there[file]} <= named


@pytest.mark.parametrize("readme", ["README.md", "README.ja.md"])
def test_each_readme_names_the_extras(readme: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / readme).read_text(encoding="utf-8")
    start = text.index("refpipe[")
    told = text[start : text.index("\n\n", start)]
    extras = set(project["optional-dependencies"]) - {"dev"}
    assert extras == set(re.findall(r"`([a-z]+)`", told)) & extras
