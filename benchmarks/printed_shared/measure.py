"""References of every kind that others printed, and our own entries read back.

python benchmarks/printed_shared/measure.py [--every 1] [--write]

``pages``: references as health pages print them; ``general``: references whose makers marked the
fields; ``readback``: works printed in our four styles and read again.  The data and what judges
them lie in ``../shared/data`` beside the repository; ``scores.json`` holds the figures, which may
only improve.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from refpipe import markup, render, styles
from refpipe.items import printed

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from benchmark import load, load_file

HERE = Path(__file__).parent
CLEAN = ("anystyle-core", "anystyle-gold", "anystyle-good", "grobid-citations", "grobid-rest")
TYPES = {
    "article": ("article-journal", "article-magazine", "article-newspaper"),
    "book": ("book", "report"),
    "chapter": ("chapter", "paper-conference"),
    "thesis": ("thesis",),
    "web": ("webpage",),
}
"""The types of a kind; what the set does not part, such as chapters and papers, is one."""
FEW = 10
"""Of fewer wrong fields no share is told."""
_FIELDS = {"container": "container-title", "year": "issued", "pages": "page"}
SAMPLE = 30
"""The ratchet of the fast suite reads every thirtieth reference of the large sets."""


def shared() -> Path:
    """Where the data lie."""
    measure = load("printed")
    found = measure.SHARED / "data"
    assert isinstance(found, Path)
    return found


def pages(data: Path) -> dict[str, float]:
    """Shares of fields right and wrong, and of entries wholly right, of references on pages."""
    judge = load_file("page_references", data / "printed/score_page_references.py").judge
    lines = (data / "printed/page_references.jsonl").read_text(encoding="utf-8").splitlines()
    counts: Counter[str] = Counter()
    for line in lines:
        case = json.loads(line)
        verdicts = judge(case, dict(printed.read(case["text"]).reading.item))
        counts.update(row[1] for row in verdicts)
        counts["whole"] += all(row[1] == "right" for row in verdicts)
    n = sum(counts[name] for name in ("right", "wrong", "empty", "extra"))
    wrong = counts["wrong"] + counts["extra"]
    return {
        "right": _share(counts["right"], n),
        "wrong": _share(wrong, n),
        "whole": _share(counts["whole"], len(lines)),
    }


def cases(data: Path) -> list[dict[str, Any]]:
    """The references of the general set."""
    with gzip.open(data / "printed/general.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def is_judging(case: dict[str, Any]) -> bool:
    """Whether a reference is of the half that judges; the labeller learns the other one.

    The title decides, so that a work which the set holds twice is in one half.
    """
    said = unicodedata.normalize("NFKD", case["truth"].get("title") or case["text"]).casefold()
    return bool(zlib.crc32("".join(filter(str.isalnum, said)).encode()) % 2)


def judged(data: Path, every: int) -> Iterator[tuple[str, dict[str, str], tuple[str, ...]]]:
    """(kind, verdict on each field, what is told as unsure) of the half of the clean sets."""
    verdicts = load_file("score_general", data / "printed/score_general.py").verdicts
    clean = [case for case in cases(data) if case["set"] in CLEAN and is_judging(case)]
    for case in clean[::every]:
        read = printed.read(case["text"])
        item = dict(read.reading.item)
        found = verdicts(case, {"item": item})[0]
        if case["kind"] in TYPES:
            found["type"] = "right" if item["type"] in TYPES[case["kind"]] else "wrong"
        yield case["kind"], found, read.doubted


def general(data: Path, every: int) -> dict[str, dict[str, float]]:
    """Kind and field → shares right and wrong, of the sets that are clean."""
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for kind, found, _ in judged(data, every):
        for field, verdict in found.items():
            table[f"{kind} {field}"][verdict] += 1
    return {
        name: {
            "right": _share(count["right"], sum(count.values())),
            "wrong": _share(count["wrong"], sum(count.values())),
        }
        for name, count in sorted(table.items())
        if name.split()[1] in ("author", "title", "container", "year")
    }


def silence(data: Path) -> dict[str, dict[str, float]]:
    """Field → of all that is read the share that is wrong in silence, and that is told as unsure.

    A share of the wrong ones alone would grow when what had been told is read rightly.  ``all``:
    every field but the type, whose doubt is another.
    """
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for _, found, unsure in judged(data, 1):
        for field, verdict in found.items():
            names = (field, "all") if field != "type" else (field,)
            is_sure = _FIELDS.get(field, field) not in unsure
            for name in names:
                table[name][verdict] += 1
                table[name][f"sure {verdict}"] += is_sure
    return {
        field: {
            "silent": _share(count["sure wrong"], count["right"] + count["wrong"]),
            "told": _share(
                count["right"] + count["wrong"] - count["sure right"] - count["sure wrong"],
                count["right"] + count["wrong"],
            ),
        }
        for field, count in sorted(table.items())
        if count["wrong"] >= FEW
    }


def readback(data: Path, every: int) -> dict[str, float]:
    """Style, kind and field → the share that is read back as it was printed."""
    sys.modules["score"] = load_file("score", data / "printed/score_page_references.py")
    judge = load_file("readback", data / "printed/readback.py")
    items = judge.choose(str(data / "csl/entries.jsonl.gz"))[::every]
    table: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for style in judge.STYLES:
        loaded = styles.load(style)
        for item in items:
            entry = markup.plain(render.entry({**item, "id": "a"}, loaded).content)
            got = dict(printed.read(entry).reading.item)
            for field, (is_right, _, _) in judge.judge(item, entry, got).items():
                cell = table[f"{style} {item['type']} {field}"]
                cell[0] += is_right
                cell[1] += 1
    return {name: _share(right, n) for name, (right, n) in sorted(table.items())}


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 1.0


def measure(every: int) -> dict[str, Any]:
    """Everything, of every so-many-th reference of the large sets."""
    data = shared()
    return {
        "pages": pages(data),
        "general": general(data, every),
        "readback": readback(data, every),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="write scores.json")
    arguments = parser.parse_args()
    found = measure(arguments.every)
    print(json.dumps(found, indent=1))
    if arguments.write:
        both = {"whole": found, "sample": measure(SAMPLE), "silence": silence(shared())}
        (HERE / "scores.json").write_text(json.dumps(both, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
