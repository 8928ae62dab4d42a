"""The kinds of ways in which records of one work differ, and in which two works are nearly one.

Usage: python benchmarks/matching_kinds/measure.py [--causes] [--write]

Each case of ``tests/cases/match/kinds`` is a file of two or three records that ``refpipe dedupe``
is given, as somebody types it.  Three answers are looked at: one work, two works, and a pair that
is shown to a person.
"""

from __future__ import annotations

import collections
import itertools
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases" / "match" / "kinds"
SCORES = Path(__file__).parent / "scores.json"
NAMES = "abc"


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return found


def answer(records: Sequence[dict[str, str]], folder: Path) -> tuple[set[str], set[str]]:
    """The pairs that are one work by ``refpipe dedupe``, and those that it asks about."""
    from running import refpipe

    rows = (
        json.dumps({"id": name, **record}, ensure_ascii=False)
        for name, record in zip(NAMES, records, strict=False)
    )
    (folder / "records.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    run = refpipe(
        "dedupe", "records.jsonl", "--dry-run", "--format", "json", "--clusters", "clusters.json",
        folder=folder,
    )  # fmt: skip
    told = json.loads(run.stdout)
    one = {
        "".join(sorted(pair))
        for group in told["groups"]
        for pair in itertools.combinations(
            [group["kept"], *(each["id"] for each in group["removed"])], 2
        )
    }
    return one, {"".join(sorted(each["pair"])) for each in told["possible"]}


def expected(case: dict[str, Any]) -> tuple[set[str], set[str]]:
    """The pairs that have to be one, and those that must not be."""
    names = NAMES[: len(case["records"])]
    pairs = {"".join(pair) for pair in itertools.combinations(names, 2)}
    if "works" not in case:
        return (pairs, set()) if case["verdict"] == "same" else (set(), pairs)
    home = {names[member]: n for n, work in enumerate(case["works"]) for member in work}
    known = {pair for pair in pairs if pair[0] in home and pair[1] in home}
    one = {pair for pair in known if home[pair[0]] == home[pair[1]]}
    return one, known - one


def outcome(case: dict[str, Any], folder: Path) -> str:
    """``right``, ``false merge``, ``missed``, or ``asked``: a person has to look without need."""
    one, asked = answer(case["records"], folder)
    wanted, apart = expected(case)
    if one & apart:
        return "false merge"
    if case.get("verdict") == "ask":
        return "right" if asked else "missed"
    if wanted - one:
        return "asked" if wanted - one <= asked else "missed"
    return "asked" if asked & apart and "works" not in case else "right"


def measure(*, causes: bool = False) -> dict[str, Any]:
    told: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("one_work", "near_works", "export_quirks"):
            for case in cases(name):
                found = outcome(case, Path(folder))
                told[f"{name}: {case.get('verdict', 'three records')}"][found] += 1
                if causes and found != "right":
                    print(f"{found}: {name}: {case['name']}")
    return {name: dict(sorted(each.items())) for name, each in sorted(told.items())}


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "tests"))
    result = measure(causes="--causes" in sys.argv)
    print(json.dumps(result, indent=1))
    if "--write" in sys.argv:
        SCORES.write_text(json.dumps(result, indent=1, sort_keys=True) + "\n", encoding="utf-8")
