"""The help of every command: whole, plain, and laid out so that it can be copied from."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click
import pytest

from refpipe.cli import refpipe


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
