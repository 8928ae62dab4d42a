"""Learn how sure a field of a reading is, from references of which somebody marked what is printed.

python benchmarks/printed/confidence/train.py [FOLD…] [--judge FILE…] [--out FILE] [--scores]

A file holds one JSON object a line: ``text``, ``kind``, ``truth`` (field to value), and
where more than one answer is good ``also`` (field to other values), ``free`` (fields not judged)
and ``roles``.  Each reference is read; every field is right or wrong; what was seen of it
(``confidence.features``) is weighed by a logistic regression (scikit-learn, which only this
program needs).  Learned are the Western ones of the references in ``references``
beside it, or of the folds, those of the tests' pages, and the half of the general set in
``../shared`` that does not judge.  A fold is ``FILE,FILE…``, or ``MODEL=FILE,FILE…``: a labeller
that has not learned those files.  What is apart in ``references`` judges, or the files behind
``--judge``: how many wrong fields are told as unsure, and how many right ones are.  ``--out``
writes the weights (``refpipe/items/printed/confidence.json``), ``--scores`` what the tests compare.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from refpipe.items import printed
from refpipe.items.printed import clean, confidence, labeller, reranking
from refpipe.items.printed.articles import japanese_articles
from refpipe.items.printed.clean import Clean
from refpipe.items.printed.nouns import Printed, Way

sys.path.insert(0, str(Path(__file__).parents[3] / "tests"))

from benchmark import load, load_file

pages = load("printed_pages")
general = load("printed_shared")
REFERENCES = Path(__file__).parent / "references"
SCORES = Path(__file__).parent / "scores.json"
APART = "_apart"
"""Files of this name are not learned, and nobody looks at them: they judge."""
PENALTY = 0.5
"""The inverse of how much large weights are punished."""
SMALL = 0.02
"""Weights below it are left out."""
TIMES = 8
"""How often the pages of the tests are learned: their forms are those that a clinic prints."""
SEEN = 4
"""A feature of fewer fields than these is not learned."""
FIELDS = {
    "author": "author", "editor": "editor", "translator": "translator", "title": "title",
    "container": "container-title", "volume": "volume", "issue": "issue", "page": "page",
    "year": "issued", "edition": "edition", "publisher": "publisher", "place": "publisher-place",
    "url": "URL", "doi": "DOI", "accessed": "accessed",
}  # fmt: skip
_SITES = ("webpage", "gov-web", "video", "dataset")
_NAMES = ("author", "editor", "translator")

Row = tuple[str, dict[str, float], bool, bool]
"""A field, what was seen of it, whether it is right, whether it is told as sure."""


def is_japanese(text: str) -> bool:
    """Whether a reference is read by Japanese habits."""
    return japanese_articles.is_japanese(clean.clean(text))


def fold(value: object) -> str:
    """What is compared of a text."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", str(value or ""))).casefold()


def seen(text: str) -> tuple[Printed, dict[str, dict[str, float]]]:
    """A reference as it is read, and what is seen of each of its fields."""
    found: list[tuple[Any, dict[str, dict[str, float]]]] = []
    before, attempt = confidence.weighed, printed._up_to_numbers  # noqa: SLF001

    def at_once(text: str, cleaned: Clean, way: Way) -> Printed:
        read = attempt(text, cleaned, way)
        _ = read.fields  # A reading is weighed when somebody asks for its fields.
        return read

    def listened(read: Printed, evidence: confidence.Evidence) -> Printed:
        told = before(read, evidence)
        found.append((told, dict(confidence.features(read, evidence, evidence.kind(read)))))
        return told

    confidence.weighed, printed._up_to_numbers = listened, at_once  # noqa: SLF001
    try:
        read = printed.read(text)
    finally:
        confidence.weighed, printed._up_to_numbers = before, attempt  # noqa: SLF001
    # Of several readings one stands; a host that is emphasised has changed its fields.
    standing = [seen for told, seen in found if told.reading is read.reading]
    return read, (standing or [seen for _, seen in found] or [{}])[-1]


def rows(case: dict[str, Any]) -> Iterator[Row]:
    """The fields of one reference as it is read, that can be judged."""
    read, found = seen(case["text"])
    for field, name in FIELDS.items():
        is_right = judged(case, field, read.reading.item)
        if is_right is not None and name in found:
            yield name, found[name], is_right, name not in read.doubted


def judged(case: dict[str, Any], field: str, item: dict[str, Any]) -> bool | None:
    """Whether a field that was read is right; nothing where nobody can say."""
    have = item.get(FIELDS[field])
    if field in case.get("free", ()) or not have:
        return None
    truth, also = case["truth"], case.get("also", {})
    good = [truth[field]] if field in truth else []
    good += also.get(field, [])
    if field == "url":
        return None if "doi.org/" in have.casefold() else _same_address(good, have)
    if case["kind"] in _SITES and field in ("container", "publisher"):
        good += [truth.get("container"), truth.get("publisher")]
        good += [*also.get("container", []), *also.get("publisher", [])]
    if field in _NAMES:
        if case.get("roles") == "any":
            good += [truth[role] for role in _NAMES[:2] if role in truth]
        return any(_same_names(one, have) for one in good)
    if field in ("year", "accessed"):
        return _same_day(case, field, good, have["date-parts"][0])
    if field == "page":
        return any(_pages(one) == _pages(have) for one in good)
    if field == "edition":
        figures = re.findall(r"\d+", str(have))
        return any(
            re.findall(r"\d+", str(one)) == figures or fold(one) == fold(have) for one in good
        )
    return any(fold(one) == fold(have) for one in good if one)


def _same_address(good: list[str], have: str) -> bool:
    return any(fold(one).removeprefix("https") == fold(have).removeprefix("https") for one in good)


def _same_names(want: list[str], have: list[dict[str, str]]) -> bool:
    return len(want) == len(have) and all(
        fold(one) in _forms(name) for one, name in zip(want, have, strict=True)
    )


def _forms(name: dict[str, str]) -> set[str]:
    """How a name may be written by who marks it: a family name, or all of it in either order."""
    family, given = name.get("family", ""), name.get("given", "")
    particles = name.get("dropping-particle", ""), name.get("non-dropping-particle", "")
    forms = {name.get("literal", ""), family, *(f"{one}{family}" for one in particles)}
    forms |= {"".join(particles) + family, family + given, given + family}
    return {fold(form) for form in forms if form}


def _same_day(case: dict[str, Any], field: str, good: list[Any], have: list[int]) -> bool:
    if field == "accessed":
        return any(list(one) == have for one in good)
    truth, also = case["truth"], case.get("also", {})
    for name, value in zip(("year", "month", "day"), have, strict=False):
        wanted = [truth[name]] if name in truth else []
        if value not in [*wanted, *also.get(name, [])] and name not in case.get("free", ()):
            return False
    return True


def _pages(value: object) -> str:
    text = re.sub(r"[–—―‐‑−－~～〜]", "-", unicodedata.normalize("NFKC", str(value)))
    plain = re.sub(r"\s|^pp?\.?|[頁面]|ページ", "", text).casefold()
    match = re.fullmatch(r"([a-z]*)(\d+)-([a-z]*)(\d+)", plain)
    if match and len(match[4]) < len(match[2]):
        return f"{match[1]}{match[2]}-{match[1]}{match[2][: -len(match[4])]}{match[4]}"
    return plain


def data(paths: list[Path]) -> list[Row]:
    """The fields of all references of some files."""
    found: list[Row] = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            found += rows(json.loads(line))
    return found


def of_pages() -> list[Row]:
    """The fields of the references that the tests have, in the form of the files."""
    return [
        row
        for path in sorted(pages.PAGES.glob("*.txt"))
        for case in pages.cases(path)
        if not is_japanese(case.text)
        for row in rows(as_marked(case))
    ]


def as_marked(case: Any) -> dict[str, Any]:
    """A reference of the tests in the form of the files."""
    also = {one[5:] for one in case.options if one.startswith("also_")}
    return {
        "text": case.text, "kind": case.kind, "free": case.free | also,
        "truth": {name.lower(): value for name, value in case.truth.items()},
        "roles": "any" if "roles=any" in case.options else "",
    }  # fmt: skip


def of_general(folder: Path) -> list[Row]:
    """The fields of the half of the general set that may be learned, as its own scorer judges."""
    verdicts = load_file("score_general", folder / "printed/score_general.py").verdicts
    found: list[Row] = []
    for case in general.cases(folder):
        if case["set"] not in general.CLEAN or general.is_judging(case):
            continue
        read, table = seen(case["text"])
        for field, verdict in verdicts(case, {"item": dict(read.reading.item)})[0].items():
            name = FIELDS.get({"pages": "page"}.get(field, field), field)
            if name == "author":
                continue  # Only the first of them was judged.
            if name in table and verdict in ("right", "wrong"):
                found.append((name, table[name], verdict == "right", name not in read.doubted))
    return found


def learned(found: list[Row]) -> dict[str, float]:
    """Feature → its weight for the logarithm of the odds that a field is right."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectors = DictVectorizer()
    matrix = vectors.fit_transform([_spread(name, seen) for name, seen, *_ in found])
    kept = [at for at, count in enumerate(matrix.getnnz(axis=0)) if count >= SEEN]
    model = LogisticRegression(C=PENALTY, max_iter=3000, solver="liblinear")
    model.fit(matrix[:, kept], [is_right for *_, is_right, _ in found])
    names = vectors.get_feature_names_out()
    weights = {names[at]: float(one) for at, one in zip(kept, model.coef_[0], strict=True)}
    return {"": round(float(model.intercept_[0]), 3)} | {
        name: round(weight, 3) for name, weight in sorted(weights.items()) if abs(weight) >= SMALL
    }


def _spread(name: str, seen: dict[str, float]) -> dict[str, float]:
    """Each feature for all fields alike, and for this one."""
    return {name: 1.0, **seen, **{f"{name} {feature}": value for feature, value in seen.items()}}


def told(paths: list[Path]) -> dict[str, float]:
    """How many wrong fields are silent, of how many, and the share of right ones doubted."""
    table = data(paths)
    wrong = [row for row in table if not row[2]]
    right = [row for row in table if row[2]]
    return {
        "wrong": len(wrong),
        "silent": sum(row[3] for row in wrong),
        "doubted": round(sum(not row[3] for row in right) / max(len(right), 1), 4),
    }


def show(paths: list[Path]) -> None:
    """By field: how many are wrong, and told; how many right, and doubted."""
    table = data(paths)
    for name in [*sorted({row[0] for row in table}), ""]:
        rows = [row for row in table if name in ("", row[0])]
        wrong = [not row[3] for row in rows if not row[2]]
        right = [not row[3] for row in rows if row[2]]
        found = sum(wrong) / max(len(wrong), 1)
        print(
            f"{name or 'all':18} wrong {len(wrong):5}, told {found:6.1%}; "
            f"right {len(right):5}, doubted {sum(right) / max(len(right), 1):6.1%}"
        )


def ask(path: Path) -> None:
    """Ask another labeller from here on."""
    for own in (labeller.WESTERN, labeller.UNTOLD_WESTERN):
        own.__init__(path, labeller.tokens, labeller.features)  # type: ignore[misc]


def learnable(folds: list[str]) -> list[Row]:
    """The Western fields of what is learned, as the first of several readings has them."""
    is_in_doubt, shipped = reranking.is_in_doubt, labeller.WESTERN.path
    reranking.is_in_doubt = lambda _: False
    try:
        found = of_pages() * TIMES + of_general(general.shared())
        for fold in folds:
            model, _, files = fold.rpartition("=")
            ask(Path(model) if model else shipped)
            found += data([Path(file) for file in files.split(",")])
        return [row for row in found if "japanese" not in row[1]]
    finally:
        reranking.is_in_doubt = is_in_doubt
        ask(shipped)


def learns() -> list[Path]:
    """The files that may be learned; what is apart only judges."""
    return sorted({*REFERENCES.glob("*.jsonl")} - {*REFERENCES.glob(f"*{APART}.jsonl")})


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folds", nargs="*", metavar="FOLD")
    parser.add_argument("--judge", nargs="*", type=Path, default=[])
    parser.add_argument("--out", type=Path, help="write the weights that were learned")
    parser.add_argument("--scores", action="store_true", help="write how those apart are read")
    arguments = parser.parse_args()
    if arguments.out:
        folds = arguments.folds or [",".join(map(str, learns()))]
        text = json.dumps(learned(learnable(folds)), ensure_ascii=False, indent=0)
        arguments.out.write_text(text + "\n", encoding="utf-8")
        confidence.weights.cache_clear()
    apart = sorted(REFERENCES.glob(f"*{APART}.jsonl"))
    if arguments.scores:
        scores = {path.stem: told([path]) for path in apart}
        SCORES.write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")
    show(arguments.judge or apart)


if __name__ == "__main__":
    main()
