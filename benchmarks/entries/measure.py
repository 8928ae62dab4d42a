"""Compare entries with the reference engine's, on real items: equal, right, and why not.

    .venv/bin/python benchmarks/entries/measure.py [--style ieee] [--list CAUSE] [--write]
    .venv/bin/python benchmarks/entries/measure.py --citeproc-js FOLDER [--list unexplained]

``--list unexplained`` shows what is wrong; ``--list lettered-pages`` the entries of a cause.
The collection holds what the reference engine printed in styles of its own time.  With
``--citeproc-js`` (a folder in which ``npm install citeproc`` was run) the same engine prints the
same items in the style files that stand here, so that only the engines are compared.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SHARED = Path(os.environ.get("REFPIPE_SHARED", ROOT.parent / "shared"))
DATA = SHARED / "data" / "csl" / "entries.jsonl.gz"
SCORES = HERE / "scores.json"
SAMPLE = 10
"""The fast ratchet looks at each of so many items."""
LOCALE = "data/locales/locales-en-US.xml"
STYLES = {"ieee": "ieee", "vancouver": "nlm", "ama": "ama"}
"""Our style → the yardstick's name for it."""

sys.path.insert(0, str(HERE))
import citeproc  # noqa: E402
from causes import explained  # noqa: E402

from refpipe import markup, render, styles  # noqa: E402


def rows(every: int = 1) -> Iterator[dict[str, Any]]:
    """The rows of the collection, or each of so many."""
    with gzip.open(DATA, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % every == 0:
                yield json.loads(line)


def printed(item: dict[str, Any], style: render.Style) -> str:
    """What ``refpipe format`` prints of an item."""
    return unicodedata.normalize("NFC", markup.plain(render.entry(item, style).content))


def judged(row: dict[str, Any], style: render.Style, key: str) -> tuple[str, ...] | None:
    """None if equal, else the causes; an unexplained difference is ``("unexplained",)``."""
    ours = printed(row["item"], style)
    theirs = unicodedata.normalize("NFC", row["text"][key])
    if ours == theirs:
        return None
    return explained(row["item"], ours, theirs) or ("unexplained",)


def score(name: str, compared: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The figures of one style over the rows."""
    style = styles.load(name)
    verdicts = [judged(row, style, STYLES[name]) for row in compared]
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


def in_our_styles(name: str, folder: str) -> list[dict[str, Any]]:
    """The rows with what citeproc-js prints of them in our style of a name."""
    found = [{**row, "item": {**row["item"], "id": str(at)}} for at, row in enumerate(rows())]
    job = {
        "items": [row["item"] for row in found],
        "style": styles.load(name).csl,
        "locale": (Path(citeproc.__file__).parent / LOCALE).read_text(encoding="utf-8"),
    }
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "job.json"
        path.write_text(json.dumps(job), encoding="utf-8")
        done = subprocess.run(
            ["node", str(HERE / "citeproc.cjs"), str(path)],
            env={**os.environ, "NODE_PATH": str(Path(folder, "node_modules").resolve())},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    theirs = [json.loads(line) for line in done.stdout.splitlines()]
    return [
        {**row, "text": {**row["text"], STYLES[name]: unicodedata.normalize("NFC", text)}}
        for row, text in zip(found, theirs, strict=True)
    ]


def listed(name: str, cause: str, compared: list[dict[str, Any]]) -> None:
    """Print both texts of every entry of a cause."""
    style = styles.load(name)
    for row in compared:
        if cause in (judged(row, style, STYLES[name]) or ()):
            print(row["item"].get("id"), row["item"].get("type"))
            print("  ours  ", printed(row["item"], style))
            print("  theirs", row["text"][STYLES[name]])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--style", choices=STYLES, action="append")
    parser.add_argument("--list", metavar="CAUSE")
    parser.add_argument("--citeproc-js", metavar="FOLDER", help="compare in our own style files")
    parser.add_argument("--write", action="store_true", help=f"write {SCORES.name}")
    asked = parser.parse_args()
    if not DATA.exists():
        print(f"{DATA} is absent; nothing to compare with", file=sys.stderr)
        return 2
    scores = {}
    for name in asked.style or STYLES:
        in_ours = asked.citeproc_js
        compared = in_our_styles(name, in_ours) if in_ours else list(rows())
        if asked.list:
            listed(name, asked.list, compared)
            continue
        began = time.perf_counter()
        scores[name] = score(name, compared)
        spent = 1000 * (time.perf_counter() - began) / scores[name]["items"]
        figures = scores[name]
        print(f"{name}: {figures['items']} items, equal {figures['equal']} %, right", end=" ")
        print(f"{figures['right']} %  ({spent:.2f} ms an item, reading and judging included)")
        for cause, count in scores[name]["causes"].items():
            print(f"    {count:5}  {cause}")
    if asked.write:
        held = json.loads(SCORES.read_text(encoding="utf-8"))
        for name, figures in scores.items():
            if asked.citeproc_js:
                held[name]["in our style"] = figures
            else:
                held[name] = {
                    **figures,
                    "sample": score(name, rows(SAMPLE)),
                    "in our style": held[name].get("in our style"),
                }
        SCORES.write_text(json.dumps(held, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
