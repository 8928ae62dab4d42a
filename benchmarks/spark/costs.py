"""What a record and a pair cost, step by step, on one core: the figures behind the estimates.

Usage: python benchmarks/spark/costs.py [RECORDS]
"""

from __future__ import annotations

import collections
import json
import pickle
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "matching"))

from grown import records

from refpipe import dedupe, match
from refpipe.match import Profile, candidate_pairs


def costs(size: int) -> dict[str, float]:
    """Microseconds for each step, bytes, and how many blocks and pairs a record is in."""
    table = list(records(size))
    lines = [json.dumps(row, ensure_ascii=False) for row in table]
    found: dict[str, float] = {"records": size}

    def timed(name: str, count: int, work: Callable[[], Any]) -> Any:
        start = time.process_time()
        result = work()
        found[f"{name} (microseconds)"] = round((time.process_time() - start) / count * 1e6, 1)
        return result

    rows = timed("read", size, lambda: [dedupe.jsonl_row(line, 1) for line in lines])
    ready = timed("fold", size, lambda: [match.profile(row.subject) for row in rows])
    packed = timed("pack", size, lambda: [(one.digest, one.packed())[1] for one in ready])
    blocks = timed("blocks", size, lambda: [match.blocks_of(one) for one in ready])
    sizes = collections.Counter(hash(block) for some in blocks for block in some)
    pairs = list(candidate_pairs.pairs(ready, match.copies(ready)))

    def judged() -> list[match.Judgement | None]:
        unpacked = Profile.unpacked
        return [match.judge(unpacked(packed[a]), unpacked(packed[b])) for a, b in pairs]

    told = [one for one in timed("judge", len(pairs), judged) if one is not None]
    found |= {
        "bytes of a line": round(sum(map(len, lines)) / size),
        "bytes of a profile": round(sum(map(len, packed)) / size),
        "bytes of a judgement": round(sum(len(pickle.dumps(one, 5)) for one in told) / len(told)),
        "blocks a record": round(sum(sizes.values()) / size, 2),
        "shared blocks a record": round(sum(n for n in sizes.values() if n > 1) / size, 2),
        "pairs a record": round(len(pairs) / size, 2),
        "of that made by the set": round(repeated(table, pairs) / size, 2),
        "pairs kept": round(len(told) / len(pairs), 3),
    }
    return found


def repeated(table: Sequence[dict[str, Any]], pairs: Sequence[tuple[int, int]]) -> int:
    """The pairs that are there because the set has each record again in every round.

    They are of two rounds, and the two records behind them are one, or a pair in one round as well:
    letters are others in each round; years, volumes and pages are not.
    """
    parts = str(table[0]["id"]).count("_")
    rounds = (n for n, row in enumerate(table) if str(row["id"]).count("_") > parts)
    size = next(rounds, len(table))
    inside = {(a % size, b % size) for a, b in pairs if a // size == b // size}
    across = ((a % size, b % size) for a, b in pairs if a // size != b // size)
    return sum(a == b or (a, b) in inside or (b, a) in inside for a, b in across)


if __name__ == "__main__":
    print(json.dumps(costs(int(sys.argv[1]) if sys.argv[1:] else 20_000), indent=1))
