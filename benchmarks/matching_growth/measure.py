"""How the time of ``dedupe`` and of ``import`` grows: n, 2n, 4n, and the fitted exponent.

python benchmarks/matching_growth/measure.py [--records N] [--entries N] [--rounds R] [--write]

Each command runs as a writer types it, in a fresh folder; what counts is the CPU time of the
whole process and its workers, the sizes interleaved and the median of the rounds taken, so that
a busy machine disturbs all sizes alike; the start of the program is taken off.
"""

from __future__ import annotations

import json
import math
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "matching"))

import grown

SCORES = Path(__file__).parent / "scores.json"
_FAMILIES = ("Abe", "Ito", "Ota", "Mori", "Sato", "Kato", "Suzuki", "Tanaka", "Yamada", "Kimura")


def cpu_seconds(arguments: Sequence[str], folder: Path) -> float:
    """The CPU time of one command and of all that it starts."""

    def spent() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    before = spent()
    subprocess.run(
        [sys.executable, "-m", "refpipe", *arguments], cwd=folder, check=False, capture_output=True
    )
    return spent() - before


def dedupe(size: int, folder: Path) -> float:
    table = folder / f"{size}.jsonl"
    if not table.exists():
        with table.open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(row) + "\n" for row in grown.records(size))
    return cpu_seconds(["dedupe", table.name, "--clusters", "found.json"], folder)


def ordinary(size: int, folder: Path) -> float:
    rows = [row for row in grown.records(6 * size) if row.get("title") and row.get("author")]
    entries = (
        "".join(f"AU  - {name.strip()}\n" for name in str(row["author"]).split(";"))
        + f"TI  - {row['title']}\nJO  - {row.get('container', '')[:80]}\n"
        f"PY  - {row.get('year', '')}\nVL  - {row.get('volume', '')}\n"
        f"SP  - {row.get('pages', '')}\n"
        for row in rows[:size]
    )
    return _imported(entries, folder)


def alike(size: int, folder: Path) -> float:
    """Papers of one journal whose titles begin alike, each with its DOI."""
    chance = random.Random(3)
    entries = (
        f"AU  - {chance.choice(_FAMILIES)}, K.\nAU  - {chance.choice(_FAMILIES)}, Y.\n"
        f"TI  - Cohort posture walking therapy imaging muscle randomized {number}\nJO  - Spine\n"
        f"PY  - {chance.randrange(1995, 2024)}\nVL  - {chance.randrange(1, 60)}\n"
        f"SP  - {9 * number + 11}\nEP  - {9 * number + 18}\nDO  - 10.5555/test.{number}\n"
        for number in range(size)
    )
    return _imported(entries, folder)


def _imported(entries: Iterable[str], folder: Path) -> float:
    with tempfile.TemporaryDirectory(dir=folder) as name:
        here = Path(name)
        text = "".join(f"TY  - JOUR\n{entry}ER  - \n\n" for entry in entries)
        (here / "all.ris").write_text(text, encoding="utf-8")
        (here / "refpipe.toml").write_text("", encoding="utf-8")
        return cpu_seconds(["import", "all.ris"], here)


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """The slope of time over size, both as logarithms."""
    xs, ys = [math.log(one) for one in sizes], [math.log(one) for one in seconds]
    return statistics.linear_regression(xs, ys).slope


def measured(
    work: Callable[[int, Path], float], first: int, rounds: int, folder: Path
) -> dict[str, object]:
    sizes = [first, 2 * first, 4 * first]
    told: dict[int, list[float]] = {size: [] for size in sizes}
    for _ in range(rounds):
        start = cpu_seconds(["--version"], folder)
        for size in sizes:
            told[size].append(work(size, folder) - start)
    seconds = [statistics.median(told[size]) for size in sizes]
    return {
        "cpu_seconds": {size: round(each, 2) for size, each in zip(sizes, seconds, strict=True)},
        "exponent": round(exponent(sizes, seconds), 3),
        "milliseconds_each": round(1000 * (seconds[2] - seconds[0]) / (3 * first), 3),
    }


def main(arguments: Sequence[str]) -> None:
    def asked(name: str, otherwise: int) -> int:
        return int(arguments[arguments.index(name) + 1]) if name in arguments else otherwise

    entries, rounds = asked("--entries", 1_000), asked("--rounds", 3)
    with tempfile.TemporaryDirectory() as name:
        result = {
            "dedupe": measured(dedupe, asked("--records", 20_000), rounds, Path(name)),
            "import": measured(ordinary, entries, rounds, Path(name)),
            "import_alike": measured(alike, entries, rounds, Path(name)),
        }
    print(json.dumps(result, indent=1))
    if "--write" in arguments:
        SCORES.write_text(json.dumps(result, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
