"""``--format`` of the commands that print for reading or for a program: one option, one default."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click


def option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command with ``--format``; its ``form`` is ``text`` or ``json``."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json"]),
        default="text",
        help="text for reading; json for other programs.",
    )(command)
