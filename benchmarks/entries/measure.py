"""Compare entries with the reference engine's, on real items: equal, right, and why not.

    .venv/bin/python benchmarks/entries/measure.py [--style ieee] [--list CAUSE] [--write]

``--list unexplained`` shows what is wrong; ``--list lettered-pages`` the entries of a cause.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SHARED = Path(os.environ.get("REFPIPE_SHARED", ROOT.parent / "shared"))
DATA = SHARED / "data" / "csl" / "entries.jsonl.gz"
SCORES = HERE / "scores.json"
SAMPLE = 10
"""The fast ratchet looks at each of so many items."""
STYLES = {"ieee": "ieee", "vancouver": "nlm", "ama": "ama"}
"""Our style → the yardstick's name for it."""

sys.path.insert(0, str(HERE))
from causes import explained  # noqa: E402

from refpipe import markup, render, styles  # noqa: E402


def rows(every: int = 1) -> Iterator[dict[str, Any]]:
    """The rows of the collection, or each of so many."""
    with gzip.open(DATA, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % every == 0:
                yield json.loads(line)


def judged(row: dict[str, Any], style: render.Style, key: str) -> tuple[str, ...] | None:
    """None if equal, else the causes; an unexplained difference is ``("unexplained",)``."""
    ours = markup.plain(render.entry(row["item"], style).content)
    theirs = row["text"][key]
    if ours == theirs:
        return None
    return explained(row["item"], ours, theirs) or ("unexplained",)


def score(name: str, every: int = 1) -> dict[str, Any]:
    """The figures of one style over all rows, or each of so many."""
    style = styles.load(name)
    verdicts = [judged(row, style, STYLES[name]) for row in rows(every)]
    causes = Counter(cause for verdict in verdicts for cause in verdict or ())
    differing = sum(verdict is not None for verdict in verdicts)
    total = len(verdicts)
    return {
        "items": total,
        "differing": differing,
        "wrong": causes["unexplained"],
        "equal": round(100 * (1 - differing / total), 2),
        "right": round(100 * (1 - causes["unexplained"] / total), 2),
        "causes": dict(causes.most_common()),
    }


def listed(name: str, cause: str) -> None:
    """Print both texts of every entry of a cause."""
    style = styles.load(name)
    for row in rows():
        if cause in (judged(row, style, STYLES[name]) or ()):
            print(row["item"].get("id"), row["item"].get("type"))
            print("  ours  ", markup.plain(render.entry(row["item"], style).content))
            print("  theirs", row["text"][STYLES[name]])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--style", choices=STYLES, action="append")
    parser.add_argument("--list", metavar="CAUSE")
    parser.add_argument("--write", action="store_true", help=f"write {SCORES.name}")
    asked = parser.parse_args()
    if not DATA.exists():
        print(f"{DATA} is absent; nothing to compare with", file=sys.stderr)
        return 2
    scores = {}
    for name in asked.style or STYLES:
        if asked.list:
            listed(name, asked.list)
            continue
        began = time.perf_counter()
        scores[name] = score(name)
        spent = 1000 * (time.perf_counter() - began) / scores[name]["items"]
        figures = scores[name]
        print(f"{name}: {figures['items']} items, equal {figures['equal']} %, right", end=" ")
        print(f"{figures['right']} %  ({spent:.2f} ms an item, reading and judging included)")
        for cause, count in scores[name]["causes"].items():
            print(f"    {count:5}  {cause}")
    if asked.write:
        for name, figures in scores.items():
            figures["sample"] = score(name, SAMPLE)
        SCORES.write_text(json.dumps(scores, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
