"""How often a right reference is found fault with, and how often a wrong one is not.

What is measured is what ``refpipe check --online`` says of printed lines, and ``refpipe confirm``
of the entries of .bib and .ris files.

Usage: python benchmarks/verdicts/measure.py [--half even|odd|all] [--write] [--show FIELD] [SET …]
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import mutations
import sets
from command import Said, Verdict, said_of
from sets import Pair

HERE = Path(__file__).parent
SETS = {"papers": sets.papers, "registered": sets.registered, "styles": sets.styles,
        "entries": sets.entries, "japanese": sets.japanese}  # fmt: skip
MOST = 3000
"""References of one set; of a set with more, they are taken evenly from all of it."""
CHANGED = 2500
"""Changed references of one set at least; a small set is changed in several ways."""


def halved(pairs: Iterable[Pair], half: str) -> Iterator[Pair]:
    for number, pair in enumerate(pairs):
        if half == "all" or number % 2 == (half == "odd"):
            yield pair


def thinned(pairs: Sequence[Pair], most: int) -> list[Pair]:
    """So many of them, evenly."""
    if len(pairs) <= most:
        return list(pairs)
    return [pairs[number * len(pairs) // most] for number in range(most)]


def alarms(said: Mapping[str, Said], real: Mapping[str, str]) -> dict[str, Any]:
    """What is said of right references; ``real`` names those that truly differ, with the reason."""
    verdicts = Counter(one.verdict for one in said.values())
    wrong = {name: one for name, one in said.items() if one.verdict is Verdict.WRONG}
    false = [one for name, one in wrong.items() if name not in real]
    fields = Counter(field for one in false for field in set(one.fields))
    return {
        "references": len(said),
        "held against nothing": verdicts[Verdict.UNHELD],
        "false alarms per 100": round(100 * len(false) / len(said), 2),
        "true differences per 100": round(100 * (len(wrong) - len(false)) / len(said), 2),
        "of the false ones called another work": sum(one.is_other_work for one in false),
        "unclear per 100": round(100 * verdicts[Verdict.UNCLEAR] / len(said), 2),
        "by field": dict(fields.most_common()),
    }


def changed(pairs: Sequence[Pair]) -> Iterator[tuple[str, list[Pair]]]:
    """Kind and pairs wrong in one thing; each pair is changed in another way in each round."""
    kinds = list(mutations.ALL)
    draws = {kind: mutations.Draw(pairs, random.Random(kind)) for kind in kinds}
    rounds = min(len(kinds), max(1, -(-CHANGED // max(1, len(pairs)))))
    for kind in kinds:
        chosen = [
            (number, pair)
            for number, pair in enumerate(pairs)
            if kind in mutations.RARE or (kinds.index(kind) - number) % len(kinds) < rounds
        ]
        made = (mutations.ALL[kind](pair, draws[kind]) for _, pair in chosen)
        yield kind, [one for one in made if one is not None]


def caught(pairs: Sequence[Pair], originals: Mapping[str, Pair], shown: str) -> dict[str, Any]:
    """What is said of references in which one thing is wrong."""
    result: dict[str, Any] = {}
    for kind, wrong in changed(pairs):
        if not wrong:
            continue
        said = said_of(wrong, originals)
        counts = Counter(one.verdict for one in said.values())
        for name, one in said.items():
            if shown == kind and one.verdict is not Verdict.WRONG:
                print(name, one.verdict, one.words, originals[name].text[:200])
        shares = {
            "caught": counts[Verdict.WRONG],
            "called another work": sum(one.is_other_work for one in said.values()),
            "confirmed": counts[Verdict.CONFIRMED],
        }
        result[kind] = {"references": len(said)} | {
            name: round(100 * count / len(said), 2) for name, count in shares.items()
        }
    return result


def measured(name: str, half: str, most: int, shown: str) -> dict[str, Any]:
    """The scores of one set."""
    real = json.loads((HERE / "true_differences.json").read_text("utf-8")).get(name, {})
    pairs = thinned(list(halved(SETS[name](), half)), most)
    originals = {pair.name: pair for pair in pairs}
    said = said_of(pairs, originals)
    for one, told in said.items():
        if shown in {"all", *told.fields} and told.verdict is Verdict.WRONG and one not in real:
            print(one, "|", told.words, "|", " ".join(originals[one].text.split())[:200])
    agreed = [pair for pair in pairs if said[pair.name].verdict is Verdict.CONFIRMED]
    return {"right": alarms(said, real), "wrong": caught(agreed, originals, shown)}


def whole(wrong: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """All kinds together."""
    count = sum(one["references"] for one in wrong.values())
    return {"references": count} | {
        name: round(sum(one["references"] * one[name] for one in wrong.values()) / count, 2)
        for name in ("caught", "confirmed")
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("sets", nargs="*", choices=[*SETS, []])
    parser.add_argument("--half", choices=["even", "odd", "all"], default="even")
    parser.add_argument("--limit", type=int, default=MOST, help="references of each set")
    parser.add_argument("--show", default="", help="print the alarms of this field, or all")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    path = HERE / "scores.json"
    scores = json.loads(path.read_text("utf-8")) if path.exists() else {}
    scores = {options.half: scores.get(options.half, {})}
    for name in options.sets or SETS:
        started = time.process_time()
        found = measured(name, options.half, options.limit, options.show)
        scores[options.half][name] = found | {"changed": whole(found["wrong"])}
        print(name, f"{time.process_time() - started:.1f} s of processor time",
              json.dumps(scores[options.half][name], ensure_ascii=False, indent=1),
              file=sys.stderr)  # fmt: skip
        if options.write:
            path.write_text(json.dumps(scores, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
