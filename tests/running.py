"""Running refpipe as a person does: a command line in a folder of its own.

``refpipe`` runs it inside this process, in a tenth of the time; ``refpipe_process`` in one of its
own, for what only that can show: start-up, a kill, a pipe, a terminal.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import chdir
from pathlib import Path
from unittest import mock

from refpipe import files
from refpipe.__main__ import main
from refpipe.cli import terminal

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
    """One run of refpipe in ``folder``, within this process; never raises on its exit code."""
    environ = environment(registries) | dict(extra or {})
    given = io.TextIOWrapper(io.BytesIO((stdin or "").encode()), encoding="utf-8")
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in "12")
    _forget_the_last_run()
    with (
        chdir(folder),
        mock.patch.dict(os.environ, environ, clear=True),
        mock.patch.multiple(sys, argv=["refpipe", *arguments], stdin=given, stdout=out, stderr=err),
    ):
        code = _exit_code()
    _forget_the_last_run()
    said = [stream.buffer.getvalue().decode() for stream in (out, err)]
    return subprocess.CompletedProcess(["refpipe", *arguments], code, *said)


def _exit_code() -> int:
    try:
        main()
    except SystemExit as stopped:
        return int(stopped.code or 0)
    return 0


def _forget_the_last_run() -> None:
    """What refpipe keeps in mind for one run of one person, and a process forgets when it ends."""
    terminal.language_of_talk.cache_clear()
    files.sweep.cache_clear()


def refpipe_process(
    *arguments: str,
    folder: Path,
    registries: str = CLOSED,
    stdin: str | None = None,
    extra: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """The same as a process of its own; never raises on its exit code."""
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
