"""References as health pages print them, each field marked, and how they are read.

python benchmarks/printed_pages/measure.py [FILE…] [--wrong] [--write]

``tests/cases/printed/pages`` holds the files; they were written from the forms of print before the
reader was tried on them, and say in their first lines how a field is marked.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from refpipe.items import printed

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from benchmark import load

forms = load("printed_forms")
SCORES = Path(__file__).parent / "scores.json"

PAGES = Path(__file__).resolve().parents[2] / "tests/cases/printed/pages"
_NAMES = {
    "a": "author", "e": "editor", "tr": "translator", "t": "title", "c": "container",
    "v": "volume", "i": "issue", "p": "page", "y": "year", "m": "month", "d": "day",
    "ed": "edition", "pub": "publisher", "pl": "place", "url": "URL", "doi": "DOI",
    "acc": "accessed",
}  # fmt: skip
_MARK = re.compile(r"\{(\w+)(?:=([^:{}]*))?:([^{}]*)\}")
_JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


def cases(path: Path) -> Iterator[forms.Case]:
    """The references of a file with what a librarian says of each."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        kind, rest = line.split(": ", 1)
        body, _, options = rest.partition(" ##")
        words = set(options.split())
        case = forms.Case(
            kind=kind, form=body, text=_MARK.sub(lambda match: match[3], body), truth={},
            options=words,
        )  # fmt: skip
        for word in words:
            if word.startswith("free="):
                case.free |= set(word[5:].split(","))
        for mark, value, shown in _MARK.findall(body):
            _tell(case.truth, _NAMES[mark], value or shown)
        yield case


def _tell(truth: dict[str, Any], name: str, value: str) -> None:
    if name in ("author", "editor", "translator"):
        plain = value.replace(" ", "") if _JAPANESE.search(value) else value
        truth.setdefault(name, []).append(plain)
    elif name == "accessed":
        truth[name] = [int(part) for part in value.split(",")]
    elif name in ("year", "month", "day"):
        truth[name] = int(value)
    else:
        truth[name] = whole_pages(value) if name == "page" else value


def whole_pages(text: str) -> str:
    """Pages with the last one written out: ``462-9`` is 462-469."""
    plain = re.sub(r"[–—~〜～－−-]", "-", re.sub(r"[\s,]", "", text))
    match = re.fullmatch(r"([A-Za-z]*)(\d+)-([A-Za-z]*)(\d+)", plain)
    if match is None:
        return plain
    first, last = match[2], match[4]
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return f"{match[1]}{first}-{match[3] or match[1]}{last}"


def judged(case: forms.Case) -> list[tuple[str, str, Any, Any]]:
    """(field, verdict, what is true, what was read) of a reference."""
    item = dict(printed.remembered(case.text).reading.item)
    if item.get("page"):
        item["page"] = whole_pages(str(item["page"]))
    return forms.judge(case, item)


def measure(paths: list[Path], *, is_told: bool = False) -> dict[str, float]:
    """Shares of fields right and wrong, of references wholly right, and of what is told as unsure.

    ``told``: of the wrong fields, those that ``parse`` shows as unsure; ``doubted``: of the right.
    """
    count: Counter[str] = Counter()
    for path in paths:
        for case in cases(path):
            verdicts = judged(case)
            bad = [row for row in verdicts if row[1] != "right"]
            count.update(row[1] for row in verdicts)
            count.update(f"unsure {row[1]}" for row in verdicts if _is_unsure(case, row[0]))
            silent = [row[0] for row in bad if not _is_unsure(case, row[0])]
            count["entries"] += 1
            count["whole"] += not bad
            if bad and is_told:
                print(f"{case.kind}: {case.text}")
                for name, verdict, want, have in bad:
                    told = "silently" if name in silent else "told as unsure"
                    print(f"      {verdict} {name}: {want!r} read as {have!r}, {told}")
    n = sum(count[verdict] for verdict in ("right", "wrong", "empty", "extra"))
    wrong = count["wrong"] + count["extra"]
    told = count["unsure wrong"] + count["unsure extra"]
    if is_told:
        right, unsure = count["right"], count["unsure right"]
        print(f"             sure  unsure\n  right {right - unsure:9} {unsure:7}")
        print(f"  wrong {wrong - told:9} {told:7}   of {n} fields")
    return {
        "right": round(count["right"] / n, 4),
        "wrong": round(wrong / n, 4),
        "whole": round(count["whole"] / count["entries"], 4),
        "told": round(told / wrong, 4) if wrong else 1.0,
        "doubted": round(count["unsure right"] / count["right"], 4),
        "entries": count["entries"],
    }


def silence(paths: list[Path]) -> dict[str, dict[str, int]]:
    """Field → how many are wrong, how many of these in silence, how many right and doubted."""
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for path in paths:
        for case in cases(path):
            for name, verdict, _, _ in judged(case):
                is_unsure = _is_unsure(case, name)
                if verdict == "right":
                    table[name]["doubted"] += is_unsure
                elif verdict != "empty":
                    table[name]["wrong"] += 1
                    table[name]["silent"] += not is_unsure
    names = ("wrong", "silent", "doubted")
    return {
        field: {name: count[name] for name in names}
        for field, count in sorted(table.items())
        if count.total()
    }


_FIELDS = {
    "container": "container-title", "place": "publisher-place", "year": "issued",
    "month": "issued", "day": "issued", "etal": "author",
}  # fmt: skip


def _is_unsure(case: forms.Case, name: str) -> bool:
    return _FIELDS.get(name, name) in printed.remembered(case.text).doubted


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--write", action="store_true", help="write scores.json")
    arguments = parser.parse_args()
    scores: dict[str, Any] = {}
    for path in arguments.files or sorted(PAGES.glob("*.txt")):
        found = scores[path.stem] = measure([path], is_told=arguments.wrong)
        print(
            f"{path.stem}: {found['entries']} references, fields right {found['right']:.1%}, "
            f"wrong {found['wrong']:.1%}, wholly right {found['whole']:.1%}; "
            f"unsure of the wrong {found['told']:.0%}, of the right {found['doubted']:.1%}"
        )
    if not arguments.files:
        scores["silence"] = silence(sorted(PAGES.glob("*.txt")))
        for name, count in scores["silence"].items():
            print(f"{name}: " + ", ".join(f"{n} {word}" for word, n in count.items()))
    if arguments.write:
        SCORES.write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
