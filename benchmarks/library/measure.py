"""Measure the library at size: whole processes, the file, memory.

    python benchmarks/library/measure.py [--works 200000] [--library FILE] [--write]

The library is made anew unless FILE is there already; ``--write`` keeps the figures in
scores.json.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2] / "tests")]

import perturbed  # noqa: E402
from fake_registry import FakeRegistry  # noqa: E402

from refpipe.library import Library  # noqa: E402

SCORES = Path(__file__).with_name("scores.json")
_PORTION = 5000


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--works", type=int, default=200_000)
    parser.add_argument("--library", type=Path)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        (project / "pyproject.toml").write_text("[tool.refpipe]\n", encoding="utf-8")
        path = asked.library or project / "made.db"
        figures = build(path, asked.works) if not path.exists() else {}
        (project / "library.db").symlink_to(path.absolute())
        figures |= measure(project, path)
        figures["bytes_per_work_of_400"] = room(project)
    print(json.dumps(figures, indent=2))
    if asked.write:
        SCORES.write_text(json.dumps({"made": figures}, indent=2) + "\n", encoding="utf-8")


def build(path: Path, works: int) -> dict[str, float]:
    """Seconds to add so many works, and the peak of memory, in MB."""
    started = time.perf_counter()
    portion = []
    with Library.open(path, create=True) as library:
        for record in perturbed.records(works):
            portion.append(record)
            if len(portion) == _PORTION:
                library.add(portion, heard="")
                portion = []
        library.add(portion, heard="")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"build_s": round(time.perf_counter() - started, 1), "build_peak_mb": round(peak)}


def measure(project: Path, path: Path) -> dict[str, float]:
    with Library.open(path, writable=False) as library:
        count = library.count()
        works = [library.search(word, 1)[0] for word in ("disc", "stroke", "diabetes")]
    figures = {
        "works": count,
        "file_mb": round(path.stat().st_size / 1e6),
        "bytes_per_work": round(path.stat().st_size / count),
    }
    shown = works[0].name
    figures |= timed(project, "show", ["show", shown])
    figures |= timed(project, "search", ["search", "lumbar", "disc", "2015"])
    figures |= timed(project, "search_rare", ["search", works[1].id.removeprefix("doi:")])
    figures |= timed(project, "search_none", ["search", "椎間板ヘルニア"])
    figures |= timed(project, "search_two_letters", ["search", "mr"])
    figures |= timed(project, "search_one_letter", ["search", "a"])
    figures |= add(project)
    figures |= refs(project, path)
    return figures


def room(project: Path) -> int:
    """Bytes a work in a small library; a test holds it."""
    path = project / "small.db"
    with Library.open(path, create=True) as library:
        library.add(perturbed.records(400), heard="")
    return path.stat().st_size // 400


def timed(
    project: Path,
    name: str,
    arguments: Sequence[str],
    *,
    prepare: Callable[[int], Sequence[str]] | None = None,
    environ: dict[str, str] | None = None,
    times: int = 7,
) -> dict[str, Any]:
    """The median of whole processes in seconds, wall and processor; the peak of memory in MB."""
    walls, cpus = [], []
    # The first process compiles the modules and is not counted.
    _run([sys.executable, "-m", "refpipe", arguments[0], "--help"], project, environ)
    for turn in range(times):
        more = prepare(turn) if prepare else ()
        command = [sys.executable, "-m", "refpipe", *arguments, *more]
        started = time.perf_counter()
        usage = _run(command, project, environ)
        walls.append(time.perf_counter() - started)
        cpus.append(usage.ru_utime + usage.ru_stime)
    more = prepare(times) if prepare else ()
    _run([sys.executable, "-c", _WITH_PEAK, *arguments, *more], project, environ)
    return {
        f"{name}_s": round(statistics.median(walls), 3),
        f"{name}_cpu_s": round(statistics.median(cpus), 3),
        f"{name}_mb": round(int((project / "peak").read_text()) / 1024),
    }


_WITH_PEAK = """
import atexit, pathlib, re
from refpipe.__main__ import main
def keep():
    told = pathlib.Path("/proc/self/status").read_text()
    pathlib.Path("peak").write_text(re.search(r"VmHWM:\\s+(\\d+)", told)[1])
atexit.register(keep)
main()
"""
"""What getrusage says of a child includes its parent at the fork, so the child tells itself."""


def _compiled(project: Path) -> dict[str, str]:
    """The environment of a process that finds its modules compiled, as an installed one does.

    Where PYTHONDONTWRITEBYTECODE is set, as on many build machines, every run would compile
    refpipe anew, which no writer waits for.
    """
    kept = {name: said for name, said in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(project / "compiled")}


def _run(
    command: Sequence[str], project: Path, environ: dict[str, str] | None
) -> resource.struct_rusage:
    process = subprocess.Popen(
        command,
        cwd=project,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**_compiled(project), **(environ or {})},
    )
    assert process.stderr is not None
    told = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"{' '.join(command)}: {told}")
    return usage


def add(project: Path) -> dict[str, Any]:
    """One new DOI from a registry on this machine, and one work described by hand."""
    with FakeRegistry() as registry:
        dois = []
        for record in perturbed.records(5100, seed=time.time_ns()):
            message = json.loads(record.payload)
            dois.append(registry.add(message | {"DOI": f"10.5555/new.{time.time_ns()}"}))
        environ = {**registry.environ, "REFPIPE_MAILTO": "someone@example.org"}
        new = iter(dois[-20:])
        figures = timed(project, "add", ["add"], prepare=lambda _: [next(new)], environ=environ)
    described = ["add", "--manual", "--author", "Sato, Hanako", "--date", "2024", "--title"]
    return figures | timed(
        project,
        "add_by_hand",
        described,
        prepare=lambda turn: [f"Pain of the lumbar disc, number {time.time_ns()} and {turn}"],
    )


def refs(project: Path, path: Path) -> dict[str, Any]:
    """Ten articles that cite thirteen works each: the first run, and one that changes nothing."""
    with Library.open(path, writable=False) as library:
        found = [work.id for work in library.search("the", 130)]
    for number in range(10):
        keys = found[number * 13 : number * 13 + 13]
        text = "\n\n".join(f"A sentence with a claim [@{{{key}}}]." for key in keys)
        article = project / "articles" / f"{number}.md"
        article.parent.mkdir(exist_ok=True)
        article.write_text(f"# Article\n\n{text}\n\n<!--bibliography-->\n", encoding="utf-8")
    return timed(project, "refs_first", ["refs", "--offline"], times=1) | timed(
        project, "refs", ["refs", "--offline"]
    )


if __name__ == "__main__":
    main()
