"""When an article's text last changed, as its git history tells."""

from __future__ import annotations

import datetime
import subprocess
from pathlib import Path


def changed(path: Path, today: datetime.date) -> datetime.date | None:
    """The day of the last commit that touched the file; ``today`` where it has changed since.

    None where there is no git, no repository, or no commit with the file.
    """
    folder, name = path.absolute().parent, path.name
    status = _git(folder, "status", "--porcelain", "--", name)
    if status is None:
        return None
    if status and not status.startswith("??"):
        return today
    day = _git(folder, "log", "-1", "--format=%cs", "--", name)
    return datetime.date.fromisoformat(day) if day else None


def changed_since(folder: Path, day: datetime.date) -> frozenset[Path] | None:
    """The files below a folder that a commit since that day touched, or that differ from git.

    None where there is no git or no repository.
    """
    since = f"--since={day.isoformat()}T00:00:00"
    committed = _git(folder, "log", since, "--format=", "--name-only", "--relative", "-z")
    pending = _git(folder, "ls-files", "-m", "-o", "--exclude-standard", "-z")
    if committed is None or pending is None:
        return None
    names = {name.strip("\n") for name in (committed + "\0" + pending).split("\0")}
    return frozenset(folder / name for name in names if name)


def _git(folder: Path, *arguments: str) -> str | None:
    """What git says, or None where it cannot say anything."""
    try:
        said = subprocess.run(  # noqa: S603
            ["git", *arguments],  # noqa: S607
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=20,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return said.stdout.strip()
