"""Measure dedupe on Spark beside the same on one machine, as a person runs it.

Usage: python benchmarks/spark/measure.py [--write] [--only WAY] [RECORDS …]

Runs where PySpark and Java are (``build/spark/bin/python`` after ``make test-spark``).  The ways
are ``jobs`` (``--jobs 2``), ``local`` (``--master local[2]``) and ``cluster`` (a master and two
workers of one core each on 127.0.0.1).  All processes of a way are counted together.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1] / "tests"), str(HERE.parent / "matching")]
SCORES = HERE / "scores.json"
SIZES = (80_000, 320_000, 1_000_000)
WAYS = ("jobs", "local", "cluster")
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


def table(size: int, folder: Path) -> Path:
    """A file of so many records."""
    from grown import records

    file = folder / f"{size}.jsonl"
    with file.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in records(size))
    return file


class Processes:
    """All processes of some sessions: the time they used, and what they held at most."""

    def __init__(self) -> None:
        self.sessions: set[int] = set()
        self.seconds: dict[int, float] = {}
        self.largest = 0

    def look(self) -> None:
        """Count what they have used so far; one that ends keeps what it was last seen with."""
        held = 0
        for place in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError, IndexError):
                values = place.read_text().rpartition(")")[2].split()
                if int(values[3]) in self.sessions:
                    self.seconds[int(place.parent.name)] = sum(map(int, values[11:13])) / _TICKS
                    held += int(values[21]) * _PAGE
        self.largest = max(self.largest, held)


def measure(way: str, file: Path, folder: Path) -> dict[str, Any]:
    """Seconds by the clock and of all cores, memory and shuffled bytes of one run."""
    processes = Processes()
    log = folder / "events"
    log.mkdir(exist_ok=True)
    found = folder / f"{way}.json"
    arguments = [sys.executable, "-m", "refpipe", "dedupe", str(file), "--clusters", str(found)]
    settings = {
        "spark.eventLog.enabled": "true", "spark.eventLog.dir": log.as_uri(),
        "spark.eventLog.compress": "false", "spark.executor.memory": "1g",
        # A plan in words is up to hundreds of megabytes, which the log keeps in memory meanwhile.
        "spark.sql.maxPlanStringLength": "1000",
    }  # fmt: skip
    spark = [part for item in settings.items() for part in ("--conf", "=".join(item))]
    with _place(way, folder, processes) as master:
        arguments += ["--jobs", "2"] if way == "jobs" else [
            "--engine", "spark", "--master", master, *spark,
        ]  # fmt: skip
        start = time.monotonic()
        with (folder / "said").open("wb") as said:
            run = subprocess.Popen(
                arguments, stdout=said, stderr=said, start_new_session=True,
                env={**os.environ, "PYSPARK_PYTHON": sys.executable},
            )  # fmt: skip
            processes.sessions.add(run.pid)
            while run.poll() is None:
                processes.look()
                time.sleep(0.5)
        seconds = time.monotonic() - start
        processes.look()
    if run.returncode != 0:
        raise SystemExit((folder / "said").read_text("utf-8"))
    return {
        "seconds": round(seconds, 1),
        "cpu_seconds": round(sum(processes.seconds.values()), 1),
        "mb": round(processes.largest / 1e6),
        **_shuffled(log),
        "clusters": found.read_text("utf-8").count("\n[\n"),
    }


@contextlib.contextmanager
def _place(way: str, folder: Path, processes: Processes) -> Iterator[str]:
    if way != "cluster":
        yield "local[2]"
        return
    from standalone_cluster import cluster

    (folder / "cluster").mkdir()
    with cluster(folder / "cluster") as found:
        processes.sessions.update(process.pid for process in found.processes)
        yield found.master


def _shuffled(log: Path) -> dict[str, float]:
    """What Spark wrote to bring records together, and to disk for want of room."""
    written = spilled = run = 0
    for file in sorted(path for path in log.rglob("events_*") if path.is_file()):
        for line in file.read_text("utf-8").splitlines():
            event = json.loads(line)
            if event["Event"] == "SparkListenerTaskEnd" and "Task Metrics" in event:
                metrics = event["Task Metrics"]
                written += metrics["Shuffle Write Metrics"]["Shuffle Bytes Written"]
                spilled += metrics["Disk Bytes Spilled"]
                run += metrics["Executor Run Time"]
        file.unlink()
    if not run:
        return {}
    return {
        "shuffle_mb": round(written / 1e6, 1),
        "spilled_mb": round(spilled / 1e6, 1),
        "task_seconds": round(run / 1e3, 1),
    }


def growth(rows: dict[str, Any]) -> dict[str, float]:
    """The exponent of the CPU seconds between the smallest and the largest size of each way."""
    found = {}
    for way in WAYS:
        known = {int(size): row[way]["cpu_seconds"] for size, row in rows.items() if way in row}
        if len(known) > 1:
            small, large = min(known), max(known)
            found[way] = round(math.log(known[large] / known[small]) / math.log(large / small), 3)
    return found


def main(arguments: Sequence[str]) -> None:
    only = arguments[arguments.index("--only") + 1] if "--only" in arguments else ""
    sizes = [int(a) for a in arguments if a.isdigit()] or SIZES
    result = json.loads(SCORES.read_text("utf-8")) if SCORES.exists() else {"records": {}}
    for size in sizes:
        row = result["records"].setdefault(str(size), {})
        with tempfile.TemporaryDirectory() as name:
            file = table(size, Path(name))
            for way in [only] if only else WAYS:
                folder = Path(name) / way
                folder.mkdir()
                row[way] = measure(way, file, folder)
                if way != "jobs" and (known := Path(name) / "jobs" / "jobs.json").exists():
                    found = folder / f"{way}.json"
                    row[way]["is_same"] = found.read_bytes() == known.read_bytes()
                print(size, way, json.dumps(row[way]), flush=True)
        result["growth"] = growth(result["records"])
        if "--write" in arguments:
            text = json.dumps(result, indent=1, sort_keys=True) + "\n"
            SCORES.write_text(text, encoding="utf-8")
    print(json.dumps({"growth": result["growth"]}))


if __name__ == "__main__":
    main(sys.argv[1:])
