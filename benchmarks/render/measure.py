"""How long a site takes: 1,000 articles of 13 references from a library of 3,000 works.

    .venv/bin/python benchmarks/render/measure.py [--articles 1000] [--works 3000] [--write]
        [--pandoc PATH] [--citeproc-js FOLDER]

Whole processes, medians of interleaved runs.  ``--pandoc`` names a pandoc to run on each of a
sample of the same articles, ``--citeproc-js`` a folder whose node_modules holds ``citeproc``.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SHARED = Path(os.environ.get("REFPIPE_SHARED", ROOT.parent / "shared"))
SOURCE = SHARED / "data" / "crossref" / "works.jsonl.gz"
SCORES = HERE / "scores.json"
LOCALES = "citeproc/data/locales"

sys.path.insert(0, str(HERE))
import scene  # noqa: E402

REFPIPE = [sys.executable, "-m", "refpipe"]


def seconds(command: list[str], folder: Path) -> float:
    """How long a command takes from start to end; it must not fail for want of anything."""
    environment = os.environ | {"PYTHONPATH": str(folder / "program")}
    began = time.perf_counter()
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    spent = time.perf_counter() - began
    if done.returncode not in (0, 1):
        raise SystemExit(f"{command}: exit {done.returncode}\n{done.stderr[-2000:]}")
    return spent


def snapshot(folder: Path) -> None:
    """A copy of the program to run: editing the working tree would make it forget its entries."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "refpipe", folder / "program" / "refpipe", ignore=ignored)
    shutil.copytree(ROOT / "styles", folder / "program" / "styles")


def change_one(folder: Path) -> None:
    """Add a word to one article."""
    path = folder / "articles" / "a0000.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("# 腰痛", "# 腰痛 ", 1), encoding="utf-8"
    )


def site(folder: Path) -> dict[str, float]:
    """Cold, warm, and with one article changed."""
    refs = [*REFPIPE, "refs", "--offline"]
    scene.restore(folder)
    cold = seconds(refs, folder)
    warm = seconds(refs, folder)
    change_one(folder)
    changed = seconds(refs, folder)
    seconds(refs, folder)
    one = seconds([*refs, "articles/a0001.md"], folder)
    return {"cold": cold, "warm": warm, "one changed of all": changed, "one unchanged alone": one}


def starts(folder: Path) -> dict[str, float]:
    """What it costs to start at all."""
    return {
        "python -c pass": seconds([sys.executable, "-c", "pass"], folder),
        "refpipe --version": seconds([*REFPIPE, "--version"], folder),
    }


def pandoc(folder: Path, program: str, items: list[dict[str, object]], name: str) -> float:
    """One article through ``pandoc --citeproc``, its own references given."""
    text = (folder / "typed" / name).read_text(encoding="utf-8")
    cited = set(re.findall(r"@doi:([^\]]+)", text))
    own = [item for item in items if item["id"] in cited]
    keys = {str(item["id"]): f"k{number}" for number, item in enumerate(own)}
    given = [{**item, "id": keys[str(item["id"])]} for item in own]
    for doi, key in keys.items():
        text = text.replace(f"@doi:{doi}]", f"@{key}]")
    (folder / "one.md").write_text(text, encoding="utf-8")
    (folder / "one.json").write_text(json.dumps(given), encoding="utf-8")
    style = str(ROOT / "styles" / "ieee.csl")
    command = [program, "one.md", "--citeproc", "--bibliography=one.json", f"--csl={style}"]
    return seconds([*command, "-t", "html", "-o", "one.html"], folder)


def citeproc_js(folder: Path, modules: Path, items: list[dict[str, object]]) -> float:
    """All articles through citeproc-js in one process of node."""
    locale = next((Path(sys.prefix) / "lib").glob(f"python*/site-packages/{LOCALES}"))
    job = {
        "items": items,
        "articles": [
            re.findall(r"@doi:([^\]]+)", path.read_text(encoding="utf-8"))
            for path in sorted((folder / "typed").iterdir())
        ],
        "style": (ROOT / "styles" / "ieee.csl").read_text(encoding="utf-8"),
        "locale": (locale / "locales-en-US.xml").read_text(encoding="utf-8"),
    }
    (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
    shutil.copy(HERE / "citeproc.cjs", modules / "bench.cjs")
    return seconds(["node", str(modules / "bench.cjs"), str(folder / "job.json")], folder)


def medians(rounds: list[dict[str, float]]) -> dict[str, float]:
    return {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}


def measured(asked: argparse.Namespace, folder: Path) -> dict[str, float]:
    """All figures in seconds."""
    items = scene.build(folder, SOURCE, works=asked.works, articles=asked.articles, references=13)
    snapshot(folder)
    others: dict[str, Callable[[int], float]] = {}
    if asked.pandoc:
        others["pandoc, one article"] = lambda turn: statistics.median(
            pandoc(folder, asked.pandoc, items, f"a{turn * 5 + at:04}.md") for at in range(5)
        )
    if asked.citeproc_js:
        others["citeproc-js, all articles"] = lambda _: citeproc_js(
            folder, asked.citeproc_js, items
        )
    rounds = []
    for turn in range(asked.rounds):
        own = site(folder) | starts(folder)
        rounds.append(own | {name: other(turn) for name, other in others.items()})
    return medians(rounds)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--works", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pandoc", default=shutil.which("pandoc"))
    parser.add_argument("--citeproc-js", type=Path)
    parser.add_argument("--write", action="store_true", help=f"write {SCORES.name}")
    asked = parser.parse_args()
    if not SOURCE.exists():
        print(f"{SOURCE} is absent; no works to cite", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="refpipe-render-") as folder:
        figures = measured(asked, Path(folder))
    if "pandoc, one article" in figures:
        figures["pandoc, all articles"] = figures["pandoc, one article"] * asked.articles
    for name, value in figures.items():
        print(f"{name:28} {value:9.3f} s")
    if asked.write:
        shape = {"articles": asked.articles, "works": asked.works, "rounds": asked.rounds}
        rounded = {name: round(value, 3) for name, value in figures.items()}
        figures_of_site = {"site": shape | {"seconds": rounded}}
        SCORES.write_text(json.dumps(figures_of_site, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
