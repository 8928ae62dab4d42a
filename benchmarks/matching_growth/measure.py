"""How the time of ``dedupe`` and of ``import`` grows: n, 2n, 4n, and the fitted exponent.

python benchmarks/matching_growth/measure.py [--records N] [--entries N] [--rounds R] [--write]
    [SERIES …]

Each command runs as a writer types it, in a fresh folder; what counts is the processor time of
the whole process and its workers.  A round runs every series at every size once, so that a busy
machine disturbs all alike; the medians of the rounds are taken, and the start of the program is
taken off.
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
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

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
    """Papers of one journal whose titles are the same but for a number, each without a DOI."""
    return _imported(_numbered(size, has_dois=False), folder)


def alike_with_dois(size: int, folder: Path) -> float:
    """The same, each with its DOI."""
    return _imported(_numbered(size, has_dois=True), folder)


def _numbered(size: int, *, has_dois: bool) -> Iterator[str]:
    chance = random.Random(3)
    for number in range(size):
        yield (
            f"AU  - {chance.choice(_FAMILIES)}, K.\nAU  - {chance.choice(_FAMILIES)}, Y.\n"
            f"TI  - Cohort posture walking therapy imaging muscle randomized {number}\n"
            f"JO  - Spine\nPY  - {chance.randrange(1995, 2024)}\nVL  - {chance.randrange(1, 60)}\n"
            f"SP  - {9 * number + 11}\nEP  - {9 * number + 18}\n"
            + (f"DO  - 10.5555/test.{number}\n" if has_dois else "")
        )


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


SERIES: dict[str, Callable[[int, Path], float]] = {
    "dedupe": dedupe,
    "import": ordinary,
    "import_alike": alike,
    "import_alike_with_dois": alike_with_dois,
}


def measured(firsts: Mapping[str, int], rounds: int, folder: Path) -> dict[str, Any]:
    """Each series, by name, from its smallest size on."""
    told: dict[tuple[str, int], list[float]] = defaultdict(list)
    for _ in range(rounds):
        start = cpu_seconds(["--help"], folder)
        for times in (1, 2, 4):
            for name, first in firsts.items():
                told[name, times].append(SERIES[name](times * first, folder) - start)
    return {
        name: _figures(first, [told[name, times] for times in (1, 2, 4)])
        for name, first in firsts.items()
    }


def _figures(first: int, told: Sequence[Sequence[float]]) -> dict[str, Any]:
    sizes, seconds = [first, 2 * first, 4 * first], list(map(statistics.median, told))
    return {
        "cpu_seconds": {size: round(each, 2) for size, each in zip(sizes, seconds, strict=True)},
        "exponent": round(exponent(sizes, seconds), 2),
        "milliseconds_each": {
            size: round(1000 * each / size, 2) for size, each in zip(sizes, seconds, strict=True)
        },
    }


def main(arguments: Sequence[str]) -> None:
    def asked(name: str, otherwise: int) -> int:
        return int(arguments[arguments.index(name) + 1]) if name in arguments else otherwise

    entries, records = asked("--entries", 1_000), asked("--records", 20_000)
    chosen = [name for name in SERIES if name in arguments] or list(SERIES)
    firsts = {name: records if name == "dedupe" else entries for name in chosen}
    with tempfile.TemporaryDirectory() as name:
        result = measured(firsts, asked("--rounds", 5), Path(name))
    print(json.dumps(result, indent=1))
    if "--write" in arguments:
        known = json.loads(SCORES.read_text(encoding="utf-8"))
        told = json.dumps(known | result, indent=1, sort_keys=True)
        SCORES.write_text(told + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
