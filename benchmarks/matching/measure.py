"""Measure matching against the labelled sets.

Usage: python benchmarks/matching/measure.py [--write] [SET …]

``records`` counts records to remove, as systematic reviewers do: of each cluster found one is
kept; a study none of whose records is kept is a false positive (FP), each record kept beyond the
first of a study a false negative (FN).  ``pairs`` counts pairs of records in one cluster.
"""

from __future__ import annotations

import collections
import gzip
import itertools
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from refpipe import dedupe
from refpipe.items.exchange import csl_json
from refpipe.match import Subject, profile, united
from refpipe.model import Identifier, Scheme

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("REFPIPE_SHARED") or HERE.parents[2] / "shared")
SETS = SHARED / "data" / "dedup"
SCORES = HERE / "scores.json"
HEALTH = ("haematology", "stroke", "diabetes", "cardiac", "copper", "depression")
OTHERS = ("dblp_acm", "misq_pdf", "famous")
QUICK = ("haematology", "stroke", "diabetes", "copper", "dblp_acm", "famous")


def table(name: str) -> list[dict[str, Any]]:
    with gzip.open(SETS / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def found(records: Iterable[dict[str, Any]]) -> list[list[str]]:
    """The clusters that refpipe finds, as lists of ids."""
    names, ready = [], []
    for record in records:
        names.append(str(record["id"]))
        reading = csl_json.read_row(record)
        own = Identifier(Scheme.TEXT, names[-1])
        ready.append(profile(Subject(identifier=own, item=reading.item, claims=reading.claims)))
    return [[names[number] for number in cluster] for cluster in united(ready)]


def labels(clusters: Iterable[Sequence[str]]) -> dict[str, int]:
    return {name: number for number, cluster in enumerate(clusters) for name in cluster}


def score(
    ids: Sequence[str], truth: Sequence[Sequence[str]], clusters: Sequence[Sequence[str]]
) -> dict[str, dict[str, float]]:
    true, order = labels(truth), {name: number for number, name in enumerate(ids)}
    mine = labels(clusters)
    kept: collections.Counter[Any] = collections.Counter()
    both = 0
    for cluster in clusters:
        studies = collections.Counter(true.get(name, name) for name in cluster)
        both += sum(n * (n - 1) // 2 for n in studies.values())
        first: dict[Any, int] = {}
        for name in sorted(cluster, key=order.__getitem__):
            first.setdefault(true.get(name, name), order[name])
        kept[max(studies, key=lambda study: (studies[study], -first[study]))] += 1
    kept.update(true.get(name, name) for name in ids if name not in mine)
    sizes: collections.Counter[Any] = collections.Counter(true.get(name, name) for name in ids)
    lost = sum(1 for study in sizes if not kept[study])
    missed = sum(kept[study] - 1 for study in sizes if kept[study] > 1)
    right = sum(n - max(kept[study], 1) for study, n in sizes.items())
    pairs = [sum(len(c) * (len(c) - 1) // 2 for c in part) for part in (clusters, truth)]
    return {
        "records": ratios(right, lost, missed),
        "pairs": ratios(both, pairs[0] - both, pairs[1] - both),
    }


def ratios(right: int, wrong: int, missed: int) -> dict[str, float]:
    precision = right / (right + wrong) if right + wrong else 1.0
    recall = right / (right + missed) if right + missed else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    figures = {"precision": precision, "recall": recall, "f1": f1}
    return {"fp": wrong, "fn": missed, **{k: round(v, 5) for k, v in figures.items()}}


def measure(name: str) -> dict[str, dict[str, float]]:
    records = table(name)
    truth = json.loads((SETS / f"{name}.pairs.json").read_text(encoding="utf-8"))["clusters"]
    return score([str(r["id"]) for r in records], truth, found(records))


def hard(names: Iterable[str]) -> dict[str, int]:
    """The hand-picked pairs: how many are right, and how many are falsely merged."""
    cases = json.loads((SETS / "hard_cases_open.json").read_text(encoding="utf-8"))
    right = merged = count = 0
    for name in names:
        home = labels(found(table(name)))
        for case in (case for case in cases if case["set"] == name):
            a, b = case["ids"]
            is_one = home.get(a, a) == home.get(b, b)
            count += 1
            right += is_one == (case["verdict"] == "same")
            merged += is_one and case["verdict"] != "same"
    return {"cases": count, "right": right, "false_merges": merged}


def speed(size: int = 50_000) -> dict[str, float]:
    """CPU seconds and memory for the first records of the largest set, reading included."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "records.jsonl"
        with gzip.open(SETS / "depression.jsonl.gz", "rt", encoding="utf-8") as lines:
            file.write_text("".join(itertools.islice(lines, size)), encoding="utf-8")
        start = time.process_time()
        dedupe.run(dedupe.read(file), jobs=1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "records": size,
        "cpu_seconds": round(time.process_time() - start, 1),
        "mb": round(peak),
    }


def main(arguments: Sequence[str]) -> None:
    names = [a for a in arguments if not a.startswith("-")] or [*HEALTH, *OTHERS]
    result: dict[str, Any] = {}
    if "depression" in names:
        result["speed"] = speed()
    for name in names:
        result[name] = measure(name)
        print(name, json.dumps(result[name]))
    health = [result[name]["records"] for name in HEALTH if name in result]
    result["health"] = {key: sum(int(r[key]) for r in health) for key in ("fp", "fn")}
    result["hard"] = hard(name for name in names if name != "famous")
    print(json.dumps({k: result[k] for k in ("health", "hard", "speed") if k in result}))
    if "--write" in arguments:
        SCORES.write_text(json.dumps(result, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
