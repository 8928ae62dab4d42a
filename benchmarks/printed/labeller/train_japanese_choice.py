"""Learn the weights by which one of two Japanese readings is chosen.

python benchmarks/printed/labeller/train_japanese_choice.py MODEL=FILE[,FILE…]… [--out FILE]

Each model is asked about marked references that it has not learned (``train_japanese.py --marked``
with the other half of the files); ``forms``, ``pages`` and ``cases`` stand for the references of
the repository.  Each contest is given to the labeller alone: where more fields are right then, it
is one to win.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import japanese_marked
import marked
from works import load

from refpipe.items import printed
from refpipe.items.printed import japanese_choice, japanese_labeller, japanese_whole
from refpipe.items.printed.japanese_choice import Contest
from refpipe.items.printed.nouns import Draft

Row = tuple[dict[str, float], float]
"""What is seen of a contest, and how many fields more are right if the labeller wins it."""
FORMS, PAGES = load("printed_forms"), load("printed_pages")
HOLD, STEPS, SPEED, LEAST, MOST = 2.0, 200, 0.05, 3, 3.0
"""How small weights are held, how often and how fast they move, in how many contests a thing must
be seen, and how much one contest counts at most."""
_NAMES = {"url": "URL", "doi": "DOI"}
Judged = Callable[[dict[str, Any]], float]
"""How many fields of an item are right, less those that are wrong."""


def references(name: str) -> Iterator[tuple[str, Judged]]:
    """The Japanese references of a file, or of the repository, with what judges a reading."""
    if name == "cases":
        for file in ("japanese", "kinds"):
            path = PAGES.PAGES.parent / f"{file}.json"
            for row in json.loads(path.read_text(encoding="utf-8")):
                if "item" in row and japanese_marked.is_japanese(row["text"]):
                    yield row["text"], partial(_as_tested, row["item"])
        return
    if name == "forms":
        found = FORMS.cases(3, 4711)
    elif name == "pages":
        found = [case for path in sorted(PAGES.PAGES.glob("*.txt")) for case in PAGES.cases(path)]
    else:
        found = [_case(row) for row in marked.references(name)]
    for case in found:
        if japanese_marked.is_japanese(case.text):
            yield case.text, partial(_as_marked, case)


def _case(row: dict[str, Any]) -> Any:
    truth = {_NAMES.get(name, name): value for name, value in row["truth"].items()}
    free = {_NAMES.get(name, name) for name in (*row.get("free", ()), *row.get("also", ()))}
    options = {"roles=any"} if row.get("roles") == "any" else set()
    options.add(f"also_type={truth.get('type', '')}")
    kind = row["kind"] if row["kind"] in FORMS.TYPES else "journal"
    return FORMS.Case(kind=kind, form="", text=row["text"], truth=truth, free=free, options=options)


def _as_tested(wanted: dict[str, Any], item: dict[str, Any]) -> float:
    return sum(1 if item.get(name) == value else -1 for name, value in wanted.items())


def _as_marked(case: Any, item: dict[str, Any]) -> float:
    if item.get("page"):
        item = {**item, "page": PAGES.whole_pages(str(item["page"]))}
    worth = {"right": 1, "empty": 0}
    return sum(worth.get(verdict, -1) for _, verdict, *_ in FORMS.judge(case, item))


def _key(contest: Contest) -> tuple[Any, ...]:
    return tuple(
        sorted((part.name, part.start, part.end) for part in side)
        for side in (contest.own, contest.theirs)
    )


class Given:
    """In the place of the choice: one contest is given to the labeller, or none."""

    def __init__(self) -> None:
        self.wanted: tuple[Any, ...] | None = None
        self.found: dict[str, Contest] = {}

    def __call__(self, draft: Draft, text: str, *more: Any) -> Draft:
        """The reading with the wanted contest won."""
        if not japanese_choice.is_asked(draft, text, *more):
            return draft
        whole = japanese_whole.read(text, draft)
        taken = []
        for contest in japanese_choice.contests(draft, whole, text, *more[:2]):
            self.found.setdefault(str(_key(contest)), contest)
            taken += [contest] * (str(_key(contest)) == self.wanted)
        return japanese_choice.mixed(draft, whole, text, taken) if taken else draft


def rows(name: str) -> Iterator[Row]:
    """The contests of a file that change what is right."""
    given = japanese_choice.settled = Given()  # type: ignore[assignment]
    for text, judged in references(name):
        given.wanted, given.found = None, {}
        before = judged(dict(printed.read(text).reading.item))
        for key, contest in dict(given.found).items():
            given.wanted = key
            gain = judged(dict(printed.read(text).reading.item)) - before
            if gain:
                yield dict(contest.seen), gain


def learned(data: list[Row]) -> dict[str, float]:
    """The weights of a logistic regression (Adam, the whole data at each step)."""
    seen = Counter(name for row, _ in data for name in row)
    names = sorted(name for name, count in seen.items() if count >= LEAST)
    place = {name: at for at, name in enumerate(names)}
    table = [
        ([(place[name], much) for name, much in row.items() if name in place], gain > 0,
         min(abs(gain), MOST))
        for row, gain in data
    ]  # fmt: skip
    weights, mean, spread = ([0.0] * len(names) for _ in range(3))
    for step in range(1, STEPS + 1):
        slope = [HOLD * weight for weight in weights]
        slope[place[""]] = 0.0
        for row, is_right, worth in table:
            total = sum([weights[at] * much for at, much in row])
            error = (1 / (1 + math.exp(-max(-30, min(30, total)))) - is_right) * worth
            for at, much in row:
                slope[at] += error * much
        speed = SPEED * (1 if step <= STEPS * 2 / 3 else 0.2)
        for at, one in enumerate(slope):
            mean[at] = 0.9 * mean[at] + 0.1 * one
            spread[at] = 0.99 * spread[at] + 0.01 * one * one
            size = math.sqrt(spread[at] / (1 - 0.99**step)) + 1e-8
            weights[at] -= speed * mean[at] / (1 - 0.9**step) / size
    return dict(zip(names, weights, strict=True))


def judge(files: dict[str, list[Row]]) -> None:
    """What would be won and lost in each file by weights that the others gave."""
    for name, own in files.items():
        weights = learned([row for other, data in files.items() if other != name for row in data])
        won = lost = 0.0
        for seen, gain in own:
            if Contest(own=(), theirs=(), seen=seen).weighed(weights) >= japanese_choice.MARGIN:
                won, lost = won + max(gain, 0), lost + max(-gain, 0)
        possible = sum(max(gain, 0) for _, gain in own)
        print(f"{Path(name).stem}: {won:.0f} of {possible:.0f} won, {lost:.0f} lost", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("models", nargs="+", metavar="MODEL=FILE[,FILE…]")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--judge", action="store_true", help="judge each file by the others, too")
    arguments = parser.parse_args()
    files: dict[str, list[Row]] = {}
    for pair in arguments.models:
        model, _, names = pair.partition("=")
        japanese_labeller.JAPANESE.__init__(  # type: ignore[misc]
            Path(model), japanese_labeller.tokens, japanese_labeller.features
        )
        files |= {name: list(rows(name)) for name in names.split(",")}
    if arguments.judge:
        judge(files)
    weights = learned([row for data in files.values() for row in data])
    kept = {name: round(weight, 3) for name, weight in weights.items() if abs(weight) >= 0.02}
    out = arguments.out or Path(japanese_choice.__file__).with_suffix(".json")
    out.write_text(json.dumps(kept, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{sum(map(len, files.values()))} contests, {len(kept)} weights")


if __name__ == "__main__":
    main()
