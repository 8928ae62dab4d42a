"""Adds a fact to a library again and again, killed one line of the commit later each time.

Arguments: the library, and how many lines to go on each time.  Prints how many kills there were,
how many different files they left, and how many journals.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from refpipe import files
from refpipe.library import Library
from refpipe.library.connection import Connection
from refpipe.model import Waiver

FACT = Waiver(code="DATE001", subject="a.md", reason="the plug is pulled", made="2026-02-02")
STEPS = ("_wait_for_turn", "_hold", "_put", "_let_go")
LAST_LINE = 400


def killed_at(line: int, library: Path) -> bool:
    """Whether a run that is killed at this line of the commit did not reach its end."""
    child = os.fork()
    if not child:
        _count_down(line)
        with Library.open(library) as opened:
            opened.waive([FACT], made="2026-02-02")
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _count_down(lines: int) -> None:
    left = lines

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal left
        if frame.f_code.co_filename not in {
            files.__file__,
            sys.modules[Connection.__module__].__file__,
        }:
            return None
        if event == "line":
            left -= 1
            if left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    def traced(step: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any) -> Any:
            sys.settrace(trace)
            try:
                return step(*arguments)
            finally:
                sys.settrace(None)

        return run

    for name in STEPS:
        setattr(Connection, name, traced(getattr(Connection, name)))


def main() -> None:
    library, step = Path(sys.argv[1]), int(sys.argv[2])
    journal = library.with_name(f"{library.name}-journal")
    before = library.read_bytes()
    states = set()
    journals = kills = 0
    line = 1
    while killed_at(line, library):
        line += step
        kills += 1
        assert line < LAST_LINE
        states.add(library.read_bytes())
        journals += journal.exists()
        library.write_bytes(before)
    states.add(library.read_bytes())
    sys.stdout.write(f"{kills} {len(states)} {journals}\n")


if __name__ == "__main__":
    main()
