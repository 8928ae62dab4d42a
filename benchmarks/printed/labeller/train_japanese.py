"""Make Japanese references whose tokens are labelled, train their labeller on them, and judge it.

python benchmarks/printed/labeller/train_japanese.py [--count 3600] [--marked FILE…] [--out FILE]
    [--apart]

A third is printed by house styles (``japanese_styles.py``), the rest by writers who follow none
(``japanese_orders.py``).  Marked references are learned as well: those of the repository
(``pages``, ``made/``) and of files with a JSON object a line, each twice, since they are few.
Each is read by the grammar first, so that the labeller learns where that errs.  A word that
stands in one marked reference alone becomes no feature.  ``--apart`` judges a model on houses and
writers that it has not seen, or on the marked files alone if some are named.
"""

from __future__ import annotations

import argparse
import lzma
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import japanese_marked
import japanese_orders
import japanese_styles
from japanese_marked import Learned
from japanese_works import Works

from refpipe.items.printed import japanese_labeller, labeller
from refpipe.items.printed.labeller import UNTOLD, Told

HOUSES = 3000
"""How many house styles are made up."""
FILLED = 6
"""How often each form is filled with values."""
UNTOLD_EACH = 6
"""One in so many is learned without the grammar's reading, so that words and signs tell enough."""
TIMES = 2
"""How often a marked reference is learned."""
SEEN = 6
"""What is seen less often is no feature."""
UNMARKED = ("series", "number", "note", "role")
"""Labels that nobody marks, and the model before is asked about, if it is so sure of them."""
SURE = 0.7


def printed(count: int, seed: int) -> Iterator[Learned]:
    """References that we print ourselves, of forms that the repository lists and of any other."""
    listed = [*japanese_marked.forms(FILLED, seed), *japanese_marked.cases()]
    for text, owner in listed:
        found = japanese_marked.learned(text, owner)
        if found:
            yield found
    works = Works(random.Random(seed))
    made = japanese_styles.make(count // 3, seed, HOUSES)
    made += japanese_orders.make(count - count // 3, seed, works)
    for pieces in made:
        text = "".join(piece for piece, _ in pieces)
        found = japanese_marked.learned(text, [name for piece, name in pieces for _ in piece])
        if found:
            yield found


def marked(paths: list[str]) -> Iterator[Learned]:
    """References that others printed and somebody marked."""
    for path in paths:
        rows = japanese_marked.pages() if path == "pages" else japanese_marked.references(path)
        for text, owner in rows:
            found = japanese_marked.learned(text, owner)
            if found:
                yield _whole(found)


def _whole(found: Learned) -> Learned:
    """A reference with labels for what nobody marked."""
    text, labels, told = found
    said = japanese_labeller.JAPANESE.words(text, told)
    both = [
        mark if label == "other" and mark in UNMARKED and sure > SURE else label
        for label, (mark, _, _, sure) in zip(labels, said, strict=True)
    ]
    return text, both, told


_TAKEN_FOR = {
    "title": ("container-title", "author", "publisher"), "publisher": ("container-title", "author"),
    "container-title": ("publisher", "title", "author"), "author": ("title", "publisher"),
    "editor": ("author", "title"), "volume": ("issue", "page"), "issue": ("volume",),
    "page": ("volume", "number"), "issued": ("accessed",),
}  # fmt: skip
"""What the grammar takes a field for, where it errs."""
_JOINED = ("title", "author", "container-title", "publisher", "editor")


def misled(told: Told, chance: random.Random) -> Told:
    """A reading with faults such as the grammar makes in forms that it does not know.

    It was written with the marked references before it, and so reads them better than others.
    """
    kind, fields = told[0], list(told[1])
    for _ in range(chance.choice((1, 1, 2))):
        if not fields:
            break
        at = chance.randrange(len(fields))
        name, start, end, sure = fields[at]
        how = chance.random()
        beside = fields[at + 1] if at + 1 < len(fields) else None
        if how < 0.4 and beside and {name, beside[0]} <= set(_JOINED):
            fields[at : at + 2] = [(chance.choice((name, beside[0])), start, beside[2], sure)]
        elif how < 0.7:
            del fields[at]
        elif name in _TAKEN_FOR:
            fields[at] = (chance.choice(_TAKEN_FOR[name]), start, end, sure)
    if chance.random() < 0.3:
        kind = chance.choice(("journal", "book", "chapter", "webpage", "report"))
    return kind, tuple(fields)


def train(arguments: argparse.Namespace, out: Path) -> None:
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False)
    began = time.time()
    rows = list(printed(arguments.count, arguments.seed))
    more = list(marked(arguments.marked))
    chance = random.Random(arguments.seed)
    for number in range(TIMES):
        for text, labels, told in more:
            shown = misled(told, chance) if number % 2 else told
            trainer.append(japanese_labeller.features(text, shown), labels)
    for number, (text, labels, told) in enumerate(rows):
        shown = told if number % UNTOLD_EACH else UNTOLD
        trainer.append(japanese_labeller.features(text, shown), labels)
    print(f"data: {len(rows)} and {len(more)}, {time.time() - began:.0f} s", flush=True)
    trainer.set_params({
        "c1": 0.3, "c2": 0.01, "max_iterations": arguments.iterations,
        "feature.minfreq": SEEN, "feature.possible_transitions": False,
    })  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "model"
        trainer.train(str(raw))
        out.write_bytes(lzma.compress(raw.read_bytes(), preset=9))
    print(f"training: {time.time() - began:.0f} s, {out.stat().st_size:,} bytes")


def judge(arguments: argparse.Namespace, out: Path) -> None:
    """How many stretches are found whole."""
    model = labeller.Model(out, japanese_labeller.tokens, japanese_labeller.features)
    rows = marked(arguments.marked) if arguments.marked else printed(arguments.count, 1003)
    counts: dict[str, Counter[bool]] = {}
    for text, true, told in rows:
        found = [name for name, *_ in model.tag(text, told)]
        for name in set(true) - {"other", "role", "note"}:
            is_same = [one == name for one in true] == [one == name for one in found]
            counts.setdefault(name, Counter())[is_same] += 1
    for name, count in sorted(counts.items()):
        print(f"{name:10} {count[True] / sum(count.values()):.1%} of {sum(count.values())}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=3600)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--iterations", type=int, default=35)
    parser.add_argument("--marked", nargs="*", default=[], help="files; “pages”: the repository's")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--apart", action="store_true", help="judge the model, do not train one")
    arguments = parser.parse_args()
    out = arguments.out or Path(str(japanese_labeller.JAPANESE.path))
    (judge if arguments.apart else train)(arguments, out)


if __name__ == "__main__":
    main()
