"""Index a made-up data set of Retraction Watch's shape, and look a library's works up in it.

    python benchmarks/retractions/measure.py [--rows 70000] [--works 10000] [--write]

Each step runs in a process of its own, so that its memory can be told.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SCORES = HERE / "scores.json"
sys.path.insert(0, str(HERE))

from data_set import doi, write  # noqa: E402


def step(name: str, folder: Path, works: int) -> dict[str, float]:
    """The seconds, those of the processor, and the megabytes that one step takes."""
    from refpipe.model import Identifier, Scheme
    from refpipe.retractions import index

    target = folder / "index.sqlite"
    started, began = time.perf_counter(), time.process_time()
    if name == "index":
        index.from_file(folder / "data.csv", target, now="2026-01-01T00:00:00Z")
    else:
        draw = random.Random(7)
        wanted = [
            Identifier(Scheme.DOI, doi(draw.randrange(600_000)).lower()) for _ in range(works)
        ]
        started, began = time.perf_counter(), time.process_time()
        with index.Index(target) as known:
            known.find(wanted)
    seconds, busy = time.perf_counter() - started, time.process_time() - began
    return {"seconds": round(seconds, 2), "busy": round(busy, 2), "megabytes": _megabytes()}


def _megabytes() -> int:
    """The most that this process held; getrusage would count what its parent held at the fork."""
    status = Path("/proc/self/status")
    for line in status.read_text().splitlines() if status.exists() else ():
        if line.startswith("VmHWM:"):
            return round(int(line.split()[1]) / 1024)
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def measure(rows: int, works: int) -> dict[str, dict[str, float]]:
    """Both steps, and the size of what they leave."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "data.csv", rows)
        found = {}
        for one in ("index", "find"):
            command = [sys.executable, __file__, "--step", one, "--in", name, "--works", str(works)]
            ran = subprocess.run(command, capture_output=True, text=True, check=True)
            found[one] = json.loads(ran.stdout)
        found["index"]["bytes of data"] = (folder / "data.csv").stat().st_size
        found["index"]["bytes of index"] = (folder / "index.sqlite").stat().st_size
        return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=70_000)
    parser.add_argument("--works", type=int, default=10_000)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--step")
    parser.add_argument("--in", dest="folder", type=Path)
    options = parser.parse_args()
    if options.step:
        print(json.dumps(step(options.step, options.folder, options.works)))
        return
    found = measure(options.rows, options.works)
    print(json.dumps(found, indent=2))
    if options.write:
        SCORES.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
