"""What git is taught about library.db, and how it merges two of them."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from refpipe import files
from refpipe.cli import console
from refpipe.errors import UsageError
from refpipe.library import Library


def settings() -> dict[str, str]:
    """The rows of .git/config: how to show a library, and how to merge two."""
    program = f"{shlex.quote(sys.executable)} -m refpipe db"
    return {
        "diff.refpipe.textconv": f"{program} textconv --",
        "merge.refpipe.name": "refpipe: union of facts",
        "merge.refpipe.driver": f"{program} merge-driver -- %O %A %B %P",
        "merge.refpipe-view.name": "refpipe: written anew from the library",
        "merge.refpipe-view.driver": "true",
    }


def is_repository(folder: Path) -> bool:
    """Whether the folder is in a git repository, and there is a git to ask."""
    if shutil.which("git") is None:
        return False
    return _git(folder, "rev-parse", "--git-dir").returncode == 0


def set_up(folder: Path) -> Iterator[str]:
    """Write the settings that are missing or old; gives a line for each."""
    if _git(folder, "rev-parse", "--git-dir").returncode:
        raise UsageError(f"{folder} is not in a git repository", hint="git init, or cd into it")
    for name, wanted in settings().items():
        known = _git(folder, "config", "--local", "--get", name).stdout.strip()
        if known != wanted:
            done = _git(folder, "config", "--local", name, wanted)
            if done.returncode:
                raise UsageError(f"git would not take {name}: {done.stderr.strip()}")
            yield f"set {name}"
    yield from _ignore_unfinished(folder)


def _ignore_unfinished(folder: Path) -> Iterator[str]:
    """Let this clone pass over what a killed run leaves beside the files."""
    told = _git(folder, "rev-parse", "--git-path", "info/exclude").stdout.rstrip("\n")
    exclude = folder / told
    known = exclude.read_text(encoding="utf-8") if exclude.is_file() else ""
    pattern = f".*{files.UNFINISHED}"
    if pattern not in known.splitlines():
        exclude.parent.mkdir(parents=True, exist_ok=True)
        ending = "" if known.endswith("\n") or not known else "\n"
        files.put(exclude, f"{known}{ending}{pattern}\n".encode())
        yield f"{pattern} is ignored"


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603
            ["git", *arguments],  # noqa: S607
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise UsageError("there is no git on this machine", hint="install git") from error


def merge(ours: Path, theirs: Path) -> Iterator[str]:
    """Put the union of both into ``ours``, whole or not at all; gives lines on what happened.

    Raises LibraryError where one of them cannot be read; ``ours`` is then as it was, and git
    calls it a conflict.
    """
    with _reading(theirs) as other, Library.open(ours) as library:
        before = set(library.contested_names())
        number = library.load(other.records(), other.decisions(), other.waivers())
        new = [one for one in library.contested_names() if one not in before]
    yield f"{number} facts taken over"
    for one in new:
        yield console.contested(one)


def _reading(path: Path) -> Library:
    """Open for its facts alone; whose works they are does not matter then."""
    return Library.open(path, writable=False, is_left_stale=True)
