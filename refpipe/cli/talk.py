"""What the commands share: how they speak, what time it is, and where the project lies."""

from __future__ import annotations

import datetime
import difflib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from refpipe.config import SUFFIXES, Config, load_for
from refpipe.errors import UsageError


def say(message: str) -> None:
    """Print talk, which goes to stderr; data goes to stdout."""
    click.echo(message, err=True)


def project(library: Path | None = None, *, paths: Sequence[Path] | None = None) -> Config:
    """The configuration above the first of ``paths``, or above the current folder.

    A library that is named takes the place of the configuration's.  Where nobody set anything
    up this is said, unless articles are asked for: ``articles`` then says it.
    """
    config = load_for(paths or (), Path.cwd())
    if paths is None and library is None:
        note_no_project(config)
    if library is None:
        return config
    import dataclasses

    return dataclasses.replace(config, library=library.absolute())


def note_no_project(config: Config) -> None:
    """Say that there is no project, and how to make one, where there is none."""
    if not config.is_project:
        say(f"note: {_NO_PROJECT.format(config.root)}; refpipe init sets one up")


_NO_PROJECT = "there is no project in {} or above it (no refpipe.toml, no library.db)"


def now() -> str:
    """The UTC time in ISO 8601, to the second.

    SOURCE_DATE_EPOCH sets it (https://reproducible-builds.org/specs/source-date-epoch/), so that
    a library can be built twice with the same bytes.
    """
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    if fixed is not None:
        try:
            moment = datetime.datetime.fromtimestamp(int(fixed), datetime.UTC)
        except (ValueError, OverflowError, OSError) as error:
            raise UsageError(f"SOURCE_DATE_EPOCH is not a number of seconds: {fixed!r}") from error
    else:
        moment = datetime.datetime.now(datetime.UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def today() -> datetime.date:
    """The date where the writer sits, or that of SOURCE_DATE_EPOCH."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return datetime.date.fromisoformat(now()[:10])
    return datetime.datetime.now().astimezone().date()


def articles(config: Config, paths: Iterable[Path]) -> list[Path]:
    """The article files named on the command line, or those of the configuration.

    Raises UsageError where there is nothing to look at: an empty run must not look like success.
    """
    from refpipe import files

    named = list(paths) or list(config.articles)
    if not paths and not config.is_project and not any(path.exists() for path in named):
        raise UsageError(
            _NO_PROJECT.format(config.root),
            hint="refpipe init sets one up in this folder; or name the articles.",
        )
    note_no_project(config)
    found = list(files.find(named, SUFFIXES, config.exclude))
    if not found:
        where = ", ".join(map(str, named))
        raise UsageError(
            f"no article found in {where}",
            hint=f"Articles end in {' '.join(SUFFIXES)}; name a file or a folder.",
        )
    return found


def diff(path: str, before: str, after: str) -> str:
    """The change of the file shown as ``path``, as a unified diff."""
    lines = difflib.unified_diff(
        before.splitlines(keepends=True),
        after.splitlines(keepends=True),
        fromfile=f"a/{path}",
        tofile=f"b/{path}",
    )
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline\n" for line in lines)


def count(number: int, word: str) -> str:
    """``1 article``, ``2 articles``."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
