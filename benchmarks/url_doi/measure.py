"""Look for the DOI behind addresses whose DOI is known, offline.

    python benchmarks/url_doi/measure.py [--half even|odd|all] [--show wrong|none] [--write]

A case is right if the DOI of ``identifiers.from_url`` is the one on record, wrong if it is
another, none if the rules know no DOI.  ``--write`` keeps the figures in scores.json, against
which a test compares.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from refpipe import identifiers
from refpipe.model import Scheme

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("REFPIPE_SHARED", HERE.parents[2] / "shared"))
CASES = SHARED / "data" / "url_doi" / "cases.jsonl.gz"
SCORES = HERE / "scores.json"


def cases(half: str = "all") -> Iterator[dict[str, Any]]:
    """The labelled addresses of one half, parted by a hash of the address."""
    with gzip.open(CASES, "rt", encoding="utf-8") as lines:
        for line in lines:
            case = json.loads(line)
            side = "odd" if zlib.crc32(case["url"].encode()) % 2 else "even"
            if half in {"all", side}:
                yield case


def verdict(case: dict[str, Any]) -> tuple[str, str]:
    """``right``, ``wrong`` or ``none``, and how certain the rule calls itself."""
    claim = identifiers.from_url(case["url"])
    if claim is None or claim.identifier.scheme is not Scheme.DOI:
        return "none", ""
    is_right = claim.identifier.value == case["doi"].lower()
    return ("right" if is_right else "wrong"), claim.certainty.value


def measure(half: str = "all") -> dict[str, dict[str, int]]:
    """The counts for all addresses and for those of health journals."""
    counts: dict[str, Counter[str]] = {"all": Counter(), "health": Counter()}
    for case in cases(half):
        outcome, certainty = verdict(case)
        for name in ("all", "health") if case["health"] else ("all",):
            counts[name]["addresses"] += 1
            counts[name][f"{certainty} {outcome}".strip()] += 1
    keys = (
        "addresses",
        "literal right",
        "literal wrong",
        "candidate right",
        "candidate wrong",
        "none",
    )
    return {name: {key: found[key] for key in keys} for name, found in counts.items()}


def _print(half: str) -> None:
    for name, found in measure(half).items():
        right = found["literal right"] + found["candidate right"]
        share = 100 * right / max(found["addresses"], 1)
        print(f"{half:5} {name:7} {share:5.1f} % right", json.dumps(found))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("even", "odd", "all"))
    parser.add_argument("--show", choices=("wrong", "none"))
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    for half in (options.half,) if options.half else ("even", "odd", "all"):
        _print(half)
    if options.show:
        for case in cases(options.half or "all"):
            if verdict(case)[0] == options.show:
                print(case["url"], case["doi"], sep="\t")
    if options.write:
        SCORES.write_text(json.dumps(measure(), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
