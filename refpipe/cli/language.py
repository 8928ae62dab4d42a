"""In which language findings, reasons and rules are printed: one option, one default."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import click

LANGUAGES = ("ja", "en")


def choose(asked: str | None, set_in_project: str, environ: Mapping[str, str] | None = None) -> str:
    """``ja`` or ``en``: what was asked for, what the project sets, else the locale's."""
    if asked or set_in_project:
        return asked or set_in_project
    settings = os.environ if environ is None else environ
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if settings.get(variable):
            return "ja" if settings[variable].lower().startswith("ja") else "en"
    return "en"


@cache
def of_talk() -> str:
    """The language of what this run says: the project's, else the locale's."""
    from refpipe import config
    from refpipe.errors import RefpipeError

    try:
        return choose(None, config.load(Path.cwd()).lang)
    except (RefpipeError, OSError):
        return choose(None, "")


def option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command with ``--lang``; its ``lang`` is always ``ja`` or ``en``."""
    return click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        callback=_chosen,
        help="The language of what is printed; unless you say, the project's, else the locale's.",
    )(command)


def _chosen(_: click.Context, __: click.Parameter, asked: str | None) -> str:
    from refpipe.cli import console

    return asked or choose(None, console.project(paths=()).lang)
