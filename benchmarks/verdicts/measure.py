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
from collections import Counter, defaultdict
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


def changed(pairs: Sequence[Pair], number: int, rounds: int) -> Iterator[tuple[str, list[Pair]]]:
    """Kind and pairs wrong in one thing; each pair is changed in another way in each round."""
    kinds = list(mutations.ALL)
    for index, kind in enumerate(kinds):
        draw = mutations.Draw(pairs, random.Random(f"{kind} {number}"))
        chosen = [
            pair
            for place, pair in enumerate(pairs)
            if kind in mutations.RARE or (index - place) % len(kinds) < rounds
        ]
        made = (mutations.ALL[kind](pair, draw) for pair in chosen)
        yield kind, [one for one in made if one is not None]


Told = dict[str, Said]


def told_of(pairs: Sequence[Pair], number: int, rounds: int) -> tuple[Told, dict[str, Told]]:
    """What is said of a portion as it is, and for each kind of what is wrong in it then."""
    originals = {pair.name: pair for pair in pairs}
    right = said_of(pairs, originals)
    agreed = [pair for pair in pairs if right[pair.name].verdict is Verdict.CONFIRMED]
    made = changed(agreed, number, rounds) if len(agreed) > 2 else ()
    return right, {kind: said_of(wrong, originals) for kind, wrong in made if wrong}


def caught(told: Mapping[str, Told]) -> dict[str, Any]:
    """The shares of what is said of references in which one thing is wrong."""
    result: dict[str, Any] = {}
    for kind, said in told.items():
        counts = Counter(one.verdict for one in said.values())
        shares = {
            "caught": counts[Verdict.WRONG],
            "called another work": sum(one.is_other_work for one in said.values()),
            "confirmed": counts[Verdict.CONFIRMED],
        }
        result[kind] = {"references": len(said)} | {
            name: round(100 * count / len(said), 2) for name, count in shares.items()
        }
    count = sum(one["references"] for one in result.values())
    result["all"] = {"references": count} | {
        name: round(sum(one["references"] * one[name] for one in result.values()) / count, 2)
        for name in ("caught", "called another work", "confirmed")
    }
    return result


_PORTION = 400
"""References of which one library holds what was heard."""


def measured(name: str, pairs: Sequence[Pair], shown: str) -> dict[str, Any]:
    """The scores of one set."""
    rounds = min(len(mutations.ALL), max(1, -(-CHANGED // len(pairs))))
    right: Told = {}
    wrong: defaultdict[str, Told] = defaultdict(dict)
    for number, start in enumerate(range(0, len(pairs), _PORTION)):
        said, made = told_of(pairs[start : start + _PORTION], number, rounds)
        right |= said
        for kind, told in made.items():
            wrong[kind] |= told
    real = json.loads((HERE / "true_differences.json").read_text("utf-8")).get(name, {})
    texts = {pair.name: " ".join(pair.text.split()) for pair in pairs}
    for one, told_one in right.items():
        if shown in {"all", *told_one.fields} and told_one.verdict is Verdict.WRONG:
            print(one, "(true)" if one in real else "", told_one.words, texts[one][:200], sep=" | ")
    for one, told_one in wrong.get(shown, {}).items():
        if told_one.verdict is not Verdict.WRONG:
            print(one, told_one.verdict, told_one.words, texts[one][:200], sep=" | ")
    return {"right": alarms(right, real), "wrong": caught(wrong)}


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
        pairs = thinned(list(halved(SETS[name](), options.half)), options.limit)
        scores[options.half][name] = measured(name, pairs, options.show)
        print(name, f"{time.process_time() - started:.1f} s of processor time",
              json.dumps(scores[options.half][name], ensure_ascii=False, indent=1),
              file=sys.stderr)  # fmt: skip
        if options.write:
            path.write_text(json.dumps(scores, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
