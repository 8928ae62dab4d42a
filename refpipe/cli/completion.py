"""Names of works, offered by the shell while a key is typed."""

from __future__ import annotations

import click

from refpipe.errors import RefpipeError


def keys(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:  # noqa: ARG001
    """The names that begin as typed; none where there is no library to look in."""
    from refpipe.cli import console
    from refpipe.library import Library

    try:
        with Library.open(
            console.project(paths=()).library, writable=False, is_left_stale=True
        ) as library:
            return list(library.names(incomplete.removeprefix("@")))
    except RefpipeError:
        return []
