"""Running refpipe as a person does: a process of its own, in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent

CLOSED = "http://127.0.0.1:9"
"""An address where nobody listens, for a machine whose network is off."""

REGISTRIES = ("CROSSREF", "DOI", "JALC", "DATACITE", "EUTILS", "IDCONV", "PAGES", "NDL",
              "CINII", "CINII_BOOKS", "LOC", "OPENLIBRARY")  # fmt: skip


def environment(registries: str = CLOSED) -> dict[str, str]:
    """The environment of a run whose registries all lie at one address."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("REFPIPE_", "GITHUB_"))}
    asked = {f"REFPIPE_{name}_URL": registries for name in REGISTRIES}
    return (
        kept
        | asked
        | {"REFPIPE_RETRACTIONS": str(ROOT / "tests" / "no-retractions.sqlite")}
        | {"PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1795219200", "REFPIPE_TRACEBACK": "1"}
    )


def refpipe(
    *arguments: str,
    folder: Path,
    registries: str = CLOSED,
    stdin: str | None = None,
    extra: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """One run of refpipe in ``folder``; never raises on its exit code."""
    return subprocess.run(
        [sys.executable, "-m", "refpipe", *arguments],
        cwd=folder,
        env=environment(registries) | dict(extra or {}),
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def project(folder: Path, *, with_library: bool = True) -> Path:
    """A copy of the real project (articles, settings, library) in ``folder``."""
    shutil.copytree(ROOT / "articles", folder / "articles")
    shutil.copy(ROOT / "pyproject.toml", folder / "pyproject.toml")
    if with_library:
        shutil.copy(ROOT / "library.db", folder / "library.db")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` but for the cache, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".refpipe" not in path.parts
    }
