"""Learn which of several readings of a Western reference stands, and how sure its fields are.

python benchmarks/printed/confidence/train_reranking.py [FOLD…] [--write]

A fold is ``FILE,FILE…`` (as ``train.py`` takes them), or ``MODEL:WEIGHTS=FILE,FILE…``: a labeller
(``labeller/train.py --out``) and confidences (``train.py --out``) that have not learned those
files, since they are surer of what they have learned than of anything new.  Each reference in
doubt is read in every way; a reading is the better one if more of its fields are right,
and less wrong.  What differs between it and the first (``reranking.traits``) is weighed by a
logistic regression (scikit-learn); then what speaks for each field of the reading that stands
(``reranking.support``).  Besides the folds are learned: an eighth of what ``benchmarks/printed``
reads, the half of the general set that does not judge, the pages, forms and cases of the tests.
Each fold is judged by weights that the others gave; ``--write`` writes those that all gave.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import train
from benchmark import load, load_file

from refpipe.items import printed
from refpipe.items.printed import confidence, labeller, reranking
from refpipe.items.printed.nouns import Printed

WEIGHTS = Path(reranking.__file__).with_name("reranking.json")
PENALTY, FIELD_PENALTY, SMALL, SEEN = 0.1, 1.0, 0.01, 4
"""The inverse of how much large weights are punished, of readings and of fields; smaller ones, and
traits seen less often than in so many readings, are left out."""
TYPE, MOST = 0.7, 4
"""What a right type counts beside a field, and what one reading counts at most."""
GENERAL, OWN = 0.3, 3.0
"""What the general set counts, whose makers have marked other borders, and our own forms."""
Verdicts = dict[str, str]
"""Field → right, wrong or empty."""


@dataclass(frozen=True, slots=True)
class Read:
    """A reference, read in several ways, each with its verdicts."""

    first: tuple[Printed, Verdicts]
    others: list[tuple[Printed, Verdicts]]
    times: float = 1.0
    """What it counts."""

    @property
    def found(self) -> list[tuple[Printed, Verdicts, float]]:
        """The readings that differ from the first, and how much better than it they are."""
        kept: list[tuple[Printed, Verdicts, float]] = []
        first, verdicts = self.first
        items = [first.reading.item]
        for read, own in self.others:
            if read.reading.item in items or reranking.gives_up_what_stands(first, read):
                continue
            items.append(read.reading.item)
            kept.append((read, own, worth(own) - worth(verdicts)))
        return kept


def worth(verdicts: Verdicts) -> float:
    """How good a reading is."""
    points = {"right": 1.0, "wrong": -1.0, "empty": 0.0}
    return sum(points[one] * (TYPE if name == "type" else 1) for name, one in verdicts.items())


# ── marked references, and what is right of a reading of one ──────────────────────────────


def of_file(path: Path) -> Iterator[tuple[str, Any]]:
    """The references of a file, with what judges an item."""
    for line in path.read_text(encoding="utf-8").splitlines():
        yield _judged(json.loads(line))


def _judged(case: dict[str, Any]) -> tuple[str, Any]:
    def judge(item: dict[str, Any]) -> Verdicts:
        found: Verdicts = {}
        for field, name in train.FIELDS.items():
            is_right = None if field in case.get("free", ()) else train.judged(case, field, item)
            if is_right is not None:
                found[name] = "right" if is_right else "wrong"
            elif (
                field in case["truth"]
                and field not in case.get("free", ())
                and name not in item
                and not (field == "url" and "DOI" in item)
            ):
                may_be_nothing = not all(case.get("also", {}).get(field, [True]))
                found[name] = "right" if may_be_nothing else "empty"
        if wanted := case["truth"].get("type"):
            good = (wanted, *case.get("also", {}).get("type", ()))
            found["type"] = "right" if item["type"] in good else "wrong"
        return found

    return case["text"], judge


def of_tests() -> Iterator[tuple[str, Any]]:
    """The references of the tests: pages, forms filled with made-up values, single cases."""
    forms = load("printed_forms").cases(3, 4711)
    pages = [
        case for path in sorted(train.pages.PAGES.glob("*.txt")) for case in train.pages.cases(path)
    ]
    for case in [*pages, *forms]:
        yield _judged(train.as_marked(case))
    for path in sorted(train.pages.PAGES.parent.glob("*.json")):
        for row in json.loads(path.read_text(encoding="utf-8")):
            if isinstance(row, dict) and {"item", "text"} <= row.keys():
                yield row["text"], lambda item, wanted=row["item"]: {
                    name: "right" if item.get(name) == value
                    else "wrong" if item.get(name) else "empty"
                    for name, value in wanted.items()
                }  # fmt: skip


def of_general() -> Iterator[tuple[str, Any]]:
    """The half of the general set that does not judge."""
    general, folder = train.general, train.general.shared()
    verdicts = load_file("score_general", folder / "printed/score_general.py").verdicts
    for case in general.cases(folder):
        if case["set"] not in general.CLEAN or general.is_judging(case):
            continue

        def judge(item: dict[str, Any], case: dict[str, Any] = case) -> Verdicts:
            found = {
                train.FIELDS.get({"pages": "page"}.get(field, field), field): _plain(one)
                for field, one in verdicts(case, {"item": item})[0].items()
            }
            if case["kind"] in general.TYPES:
                is_right = item["type"] in general.TYPES[case["kind"]]
                found["type"] = "right" if is_right else "wrong"
            return found

        yield case["text"], judge


def of_printed() -> Iterator[tuple[str, Any]]:
    """An eighth of the references whose journals and styles ``benchmarks/printed`` reads."""
    measure = load("printed")
    names = {
        "first-author": "author", "container": "container-title", "first-page": "page",
        "year": "issued",
    }  # fmt: skip
    for _, text, truth in measure.rows("even", 4):

        def judge(item: dict[str, Any], truth: dict[str, str] = truth) -> Verdicts:
            fields, found = measure.read_fields(item), {}
            for name in measure.FIELDS:
                if name in truth:
                    one = measure.judge(measure.fold(fields[name]), measure.fold(truth[name]))
                    is_whole = measure.fold(fields["with-particle"]) == measure.fold(truth[name])
                    is_right = name == "first-author" and is_whole
                    found[names.get(name, name)] = "right" if is_right else _plain(one)
            return found

        yield text, judge


def _plain(verdict: str) -> str:
    return verdict if verdict in ("right", "wrong") else "empty"


def read(cases: Iterator[tuple[str, Any]], times: float = 1.0) -> list[Read]:
    """The Western ones among references, read in every way."""
    before, seen = reranking.likeliest, []

    def listened(first: Printed, others: Any) -> Printed:
        seen.extend(others)
        for one in (first, *seen):
            _ = one.fields  # It is weighed while the weights of the fold hold.
        return first

    reranking.likeliest = listened
    try:
        found = []
        for text, judge in cases:
            if not train.is_japanese(text):
                seen.clear()
                first = printed.read(text)
                others = [(one, judge(dict(one.reading.item))) for one in seen]
                found.append(Read((first, judge(dict(first.reading.item))), others, times))
        return found
    finally:
        reranking.likeliest = before


# ── learning ───────────────────────────────────────────────────────────────────────────────


def of_readings(table: list[Read]) -> dict[str, float]:
    """Trait → its weight for the logarithm of the odds that another reading is the better one."""
    rows, gains = [], []
    for one in table:
        found = [row for row in one.found if row[2]]
        if not found:
            continue
        words = reranking.words(one.first[0].text)
        before = reranking.traits(one.first[0], words)
        for other, _, gain in found:
            now = reranking.traits(other, words)
            names = now.keys() | before.keys()
            rows.append({name: now.get(name, 0.0) - before.get(name, 0.0) for name in names})
            gains.append(gain * one.times)
    return _regression(rows, [gain > 0 for gain in gains], PENALTY, SEEN,
                       [min(abs(gain), MOST) for gain in gains])  # fmt: skip


def _regression(
    rows: list[dict[str, float]], right: list[bool], penalty: float, least: int,
    times: list[float] | None = None,
) -> dict[str, float]:  # fmt: skip
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectors = DictVectorizer()
    matrix = vectors.fit_transform(rows)
    matrix.indices, matrix.indptr = (one.astype("int32") for one in (matrix.indices, matrix.indptr))
    kept = [at for at, count in enumerate(matrix.getnnz(axis=0)) if count >= least]
    model = LogisticRegression(C=penalty, max_iter=3000, solver="liblinear")
    model.fit(matrix[:, kept], right, sample_weight=times)
    names = vectors.get_feature_names_out()
    found = {names[at]: float(one) for at, one in zip(kept, model.coef_[0], strict=True)}
    return {"": round(float(model.intercept_[0]), 3)} | {
        name: round(one, 3) for name, one in sorted(found.items()) if abs(one) >= SMALL
    }


def standing(one: Read, learned: dict[str, float]) -> tuple[Printed, Verdicts, list[Any]]:
    """The reading that some weights take, its verdicts, and all with their odds."""
    words = reranking.words(one.first[0].text)
    before = reranking.traits(one.first[0], words)
    odds, best = [(one.first[0], 1.0)], (*one.first, reranking.BETTER / (1 - reranking.BETTER))
    for other, verdicts, _ in one.found:
        share = reranking.better(learned, before, reranking.traits(other, words))
        much = share / (1 - share)
        odds.append((other, much))
        best = (other, verdicts, much) if much > best[2] else best
    return best[0], best[1], odds


def of_fields(table: list[Read], learned: dict[str, float]) -> tuple[list[Any], list[bool]]:
    """What is seen of each field of the readings that stand, and whether it is right."""
    rows, right = [], []
    for one in table:
        if not one.found:
            continue
        read, verdicts, odds = standing(one, learned)
        sure = {name: field.confidence for name, field in read.fields.items()}
        for name, much in {**sure, "type": read.type_confidence}.items():
            if verdicts.get(name) in ("right", "wrong"):
                rows.append(reranking.support(read, odds, name, much))
                right.append(verdicts[name] == "right")
    return rows, right


def show(name: str, table: list[Read], learned: dict[str, float]) -> None:
    """What is read with some weights, and without them."""
    for way in ("first", "likeliest"):
        total = dict.fromkeys(("right", "wrong", "empty"), 0)
        whole = 0
        for one in table:
            verdicts = one.first[1] if way == "first" else standing(one, learned)[1]
            fields = [verdict for field, verdict in verdicts.items() if field != "type"]
            whole += set(fields) <= {"right"}
            for verdict in fields:
                total[verdict] += 1
        shares = ", ".join(
            f"{verdict} {100 * count / sum(total.values()):.2f}" for verdict, count in total.items()
        )
        print(f"{name} {way}: {shares}; whole {100 * whole / len(table):.1f}", flush=True)


def fold(argument: str) -> list[Read]:
    """The references of a fold, read with its labeller and its confidences."""
    front, _, files = argument.rpartition("=")
    weights, shipped = confidence.weights, labeller.WESTERN.path
    if front:
        model, _, file = front.partition(":")
        found = json.loads(Path(file).read_text(encoding="utf-8"))
        confidence.weights = lambda **_: found  # type: ignore[assignment]
        train.ask(Path(model))
    try:
        return [row for name in files.split(",") for row in read(of_file(Path(name)))]
    finally:
        confidence.weights = weights
        train.ask(shipped)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folds", nargs="*", metavar="FOLD")
    parser.add_argument("--write", action="store_true", help="write the weights")
    arguments = parser.parse_args()
    folds = {name: fold(name) for name in arguments.folds or map(str, train.learns())}
    general = read(of_general(), GENERAL)
    beside = read(of_printed()) + read(of_tests(), OWN) + general
    rows, right = of_fields(general, of_readings(beside))
    for name, table in folds.items():
        others = [row for other, more in folds.items() if other != name for row in more]
        learned = of_readings(others + beside)
        show(Path(name).stem[-40:], table, learned)
        own, verdicts = of_fields(table, learned)
        rows, right = rows + own, right + verdicts
    if arguments.write:
        every = [row for table in folds.values() for row in table]
        weights = {
            "reading": of_readings(every + beside),
            "field": _regression(rows, right, FIELD_PENALTY, 1),
        }
        text = json.dumps(weights, ensure_ascii=False, indent=0)
        WEIGHTS.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
