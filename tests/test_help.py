"""The help of every command: whole, plain, and laid out so that it can be copied from."""

from __future__ import annotations

import inspect
import subprocess
import sys
import tomllib
from collections.abc import Iterator

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import ROOT

from refpipe.cli import help_pages, refpipe, terminal
from refpipe.display import columns


def _contexts(
    command: click.Command, parent: click.Context | None = None
) -> Iterator[click.Context]:
    name = (command.name or "") if parent else "refpipe"
    context = command.context_class(command, info_name=name, parent=parent)
    yield context
    if isinstance(command, click.Group):
        for one in command.list_commands(context):
            below = command.get_command(context, one)
            assert below is not None
            yield from _contexts(below, context)


CONTEXTS = {context.command_path: context for context in _contexts(refpipe)}


@pytest.mark.parametrize("path", CONTEXTS)
def test_help_describes_the_command_and_every_option(path: str) -> None:
    command = CONTEXTS[path].command
    options = [one for one in command.params if isinstance(one, click.Option) and not one.hidden]
    assert command.help
    assert [one.name for one in options if not one.help] == []


@pytest.mark.parametrize("path", CONTEXTS)
def test_what_is_copied_from_help_stands_on_one_line(path: str) -> None:
    page = CONTEXTS[path].get_help()
    assert "\\b" not in page
    assert "\b" not in page
    assert "\u2011" not in page
    assert not [line for line in page.splitlines() if line.endswith(("--", "-"))]
    for line in inspect.cleandoc(CONTEXTS[path].command.help or "").splitlines():
        assert not line.startswith(" ") or line.strip() in page


JAPANESE = tomllib.loads((ROOT / "refpipe/cli/help_ja.toml").read_text(encoding="utf-8"))
_OPTIONS = {
    one.help
    for context in CONTEXTS.values()
    for one in context.command.get_params(context)
    if isinstance(one, click.Option) and not one.hidden
}


def test_every_page_and_option_has_its_japanese_and_none_is_left_over() -> None:
    hidden = {"refpipe db clean", "refpipe db merge-driver", "refpipe db textconv"}
    assert set(JAPANESE["pages"]) - set(CONTEXTS) == set()
    assert set(CONTEXTS) - set(JAPANESE["pages"]) - hidden == set()
    assert set(JAPANESE["options"]) == _OPTIONS


@pytest.mark.parametrize("path", CONTEXTS)
def test_a_japanese_reader_has_help_in_japanese(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    english = CONTEXTS[path].get_help()
    monkeypatch.setattr(terminal, "language_of_talk", lambda: "ja")
    page = CONTEXTS[path].get_help()
    assert page.startswith("使い方: ")
    assert "オプション:" in page
    assert all(columns(line) <= 80 for line in page.splitlines() if not line.startswith("      "))
    first = JAPANESE["pages"][path].strip().partition("。")[0]
    assert _bare(first) in _bare(page)
    for line in inspect.cleandoc(CONTEXTS[path].command.help or "").splitlines():
        assert len(line) < 15 or line not in page or line.startswith(" ")
    names = [one for one in english.split() if one.startswith("--") and one[2:3].isalpha()]
    assert [one for one in names if one.strip(".,;:)") not in page] == []


def _bare(text: str) -> str:
    return "".join(text.split())


@given(st.text("あ漢、。「」() ab-.", max_size=80), st.integers(10, 40))
def test_filling_loses_nothing_and_begins_no_line_with_a_closing_mark(text: str, wide: int) -> None:
    lines = list(help_pages._lines(text, wide))
    assert _bare("".join(lines)) == _bare(text)
    for line in lines:
        assert columns(line) <= wide or len(help_pages._UNBROKEN.findall(line)) == 1
    if " " not in text:
        assert not [line for line in lines[1:] if line[:1] in {"、", "。", "」", ")", "."}]


def test_nothing_of_help_is_loaded_to_do_something_else() -> None:
    code = (
        "import sys; from refpipe import cli; cli.run(['--version']); "
        "sys.exit('refpipe.cli.help_pages' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
