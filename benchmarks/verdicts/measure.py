"""How often a right reference is found fault with, and how often a wrong one is not.

Usage: python benchmarks/verdicts/measure.py [--half even|odd|all] [--write] [--show FIELD] [SET …]
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import mutations
import sets
from sets import Pair

from refpipe.match.differences import Difference, differences, is_agreed, is_other_work

HERE = Path(__file__).parent
SETS = {
    "papers": (sets.papers, 8641),
    "registered": (sets.registered, 4000),
    "styles": (sets.styles, 1298),
    "entries": (sets.entries, 3200),
    "japanese": (sets.japanese, 800),
}
AUTHORS = ("author added", "author dropped", "author replaced", "author order")


def halved(pairs: Iterable[Pair], half: str) -> Iterator[Pair]:
    for number, pair in enumerate(pairs):
        if half == "all" or number % 2 == (half == "odd"):
            yield pair


def differences_of(pair: Pair) -> tuple[Difference, ...]:
    return differences(pair.stated, pair.found, text=pair.text)


def alarms(pairs: Sequence[Pair], shown: str) -> dict[str, Any]:
    """What is said of right references."""
    fields: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for pair in pairs:
        said = differences_of(pair)
        wrong = {one.field for one in said if one.is_error}
        counts["another work"] += is_other_work(said)
        counts["alarm"] += bool(wrong)
        counts["unclear"] += not wrong and not is_agreed(said)
        fields.update(wrong)
        for one in said:
            if shown in {one.field, "all"} and one.is_error:
                print(f"{pair.name} {one.field} {one.kind}: {one.stated[:80]!r} | "
                      f"{one.found[:80]!r} | {' '.join(pair.text.split())[:200]}")  # fmt: skip
    return {
        "references": len(pairs),
        "false alarms per 100": round(100 * counts["alarm"] / len(pairs), 2),
        "of these called another work": counts["another work"],
        "unclear per 100": round(100 * counts["unclear"] / len(pairs), 2),
        "by field": dict(fields.most_common()),
    }


def caught(pairs: Sequence[Pair], shown: str) -> dict[str, Any]:
    """What is said of references in which one thing is wrong."""
    result: dict[str, Any] = {}
    for kind, mutate in mutations.ALL.items():
        draw = mutations.Draw(pairs, random.Random(kind))
        counts: Counter[str] = Counter()
        for pair in pairs:
            if is_agreed(differences_of(pair)) and (wrong := mutate(pair, draw)):
                said = differences_of(wrong)
                counts["all"] += 1
                counts["caught"] += any(one.is_error for one in said)
                counts["another work"] += is_other_work(said)
                counts["confirmed"] += is_agreed(said)
                if shown == kind and is_agreed(said):
                    print(wrong.name, [(o.field, o.kind, o.weight.value) for o in said],
                          wrong.found.get("author"), wrong.stated.get("author"),
                          wrong.text[:200])  # fmt: skip
        if counts["all"]:
            result[kind] = {
                "references": counts["all"],
                "caught": round(100 * counts["caught"] / counts["all"], 2),
                "called another work": round(100 * counts["another work"] / counts["all"], 2),
                "confirmed": round(100 * counts["confirmed"] / counts["all"], 2),
            }
    return result


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("sets", nargs="*", choices=[*SETS, []])
    parser.add_argument("--half", choices=["even", "odd", "all"], default="even")
    parser.add_argument("--limit", type=int, default=0, help="references of each set")
    parser.add_argument("--show", default="", help="print the alarms of this field, or all")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    scores: dict[str, Any] = {}
    for name in options.sets or SETS:
        source, most = SETS[name]
        pairs = list(islice(halved(source(), options.half), options.limit or most))
        started = time.process_time()
        scores[name] = {"right": alarms(pairs, options.show), "wrong": caught(pairs, options.show)}
        seconds = time.process_time() - started
        print(name, f"{seconds:.1f} s", json.dumps(scores[name], ensure_ascii=False, indent=1),
              file=sys.stderr)  # fmt: skip
    if options.write:
        path = HERE / "scores.json"
        path.write_text(json.dumps({options.half: scores}, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
