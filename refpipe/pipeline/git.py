"""What refpipe asks of git, and what a clone's git is taught about ``library.db``.

When an article's text last changed; how to show the library, to take it whole, and to merge two.
"""

from __future__ import annotations

import datetime
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from refpipe import files
from refpipe.errors import UsageError

_PATIENCE = 20
"""Seconds after which git is held to say nothing."""


def changed_in_git(path: Path, today: datetime.date) -> datetime.date | None:
    """The day of the last commit that touched the file; ``today`` where it has changed since.

    None where there is no git, no repository, or no commit with the file.
    """
    folder, name = path.absolute().parent, path.name
    status = _said(folder, "status", "--porcelain", "--", name)
    if status is None:
        return None
    if status and not status.startswith("??"):
        return today
    day = _said(folder, "log", "-1", "--format=%cs", "--", name)
    return datetime.date.fromisoformat(day) if day else None


def changed_since(folder: Path, day: datetime.date) -> frozenset[Path] | None:
    """The files below a folder that a commit since that day touched, or that differ from git.

    None where there is no git or no repository.
    """
    since = f"--since={day.isoformat()}T00:00:00"
    committed = _said(folder, "log", since, "--format=", "--name-only", "--relative", "-z")
    pending = _said(folder, "ls-files", "-m", "-o", "--exclude-standard", "-z")
    if pending is None:
        return None
    # Where nothing was committed yet there is no log.
    names = {name.strip("\n") for name in f"{committed or ''}\0{pending}".split("\0")}
    return frozenset(folder / name for name in names if name)


def is_repository(folder: Path) -> bool:
    """Whether the folder is in a git repository, and there is a git to ask."""
    return _said(folder, "rev-parse", "--git-dir") is not None


def settings() -> dict[str, str]:
    """The rows of .git/config: how to show a library, to take it whole, and to merge two."""
    program = f"{shlex.quote(sys.executable)} -m refpipe db"
    return {
        "diff.refpipe.textconv": f"{program} textconv --",
        "filter.refpipe.clean": f"{program} clean -- %f",
        "filter.refpipe.smudge": "cat",
        "filter.refpipe.required": "true",
        "merge.refpipe.name": "refpipe: union of facts",
        "merge.refpipe.driver": f"{program} merge-driver -- %O %A %B %P",
        "merge.refpipe-view.name": "refpipe: written anew from the library",
        "merge.refpipe-view.driver": "true",
    }


def set_up(folder: Path) -> Iterator[str]:
    """Write the settings that are missing or old; gives a line for each.

    Raises UsageError where there is no git or no repository.
    """
    if shutil.which("git") is None:
        raise UsageError("there is no git on this machine", hint="install git")
    if not is_repository(folder):
        raise UsageError(f"{folder} is not in a git repository", hint="git init, or cd into it")
    for name, wanted in settings().items():
        if _said(folder, "config", "--local", "--get", name) != wanted:
            done = _git(folder, "config", "--local", name, wanted)
            if done is None or done.returncode:
                reason = done.stderr.strip() if done is not None else "it does not answer"
                raise UsageError(f"git would not take {name}: {reason}")
            yield f"set {name}"
    yield from _ignore_unfinished(folder)


def _ignore_unfinished(folder: Path) -> Iterator[str]:
    """Let this clone pass over what a killed run leaves beside the files."""
    exclude = folder / (_said(folder, "rev-parse", "--git-path", "info/exclude") or "")
    known = exclude.read_text(encoding="utf-8") if exclude.is_file() else ""
    pattern = f".*{files.UNFINISHED}"
    if pattern not in known.splitlines():
        exclude.parent.mkdir(parents=True, exist_ok=True)
        ending = "" if known.endswith("\n") or not known else "\n"
        files.put(exclude, f"{known}{ending}{pattern}\n".encode())
        yield f"{pattern} is ignored"


def _said(folder: Path, *arguments: str) -> str | None:
    """What git says, or None where it cannot say anything."""
    done = _git(folder, *arguments)
    return done.stdout.strip() if done is not None and not done.returncode else None


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str] | None:
    """The call as it ended; None where there is no git, or it takes too long."""
    try:
        return subprocess.run(  # noqa: S603
            ["git", *arguments],  # noqa: S607
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",  # A file may have any name.
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
