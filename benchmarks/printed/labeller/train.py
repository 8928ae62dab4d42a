"""Make references whose words are labelled, train the labellers on them, and judge them.

python benchmarks/printed/labeller/train.py [--count 5000] [--foreign 0] [--seed 3] [--marked FILE…]
    [--out FILE] [--apart]

The values of Western works are those of real ones (``../shared/data/csl/entries.jsonl.gz``, without
the works that ``readback`` judges), put together anew (``works.py``); they are printed in fifty
styles of the official repository (the extra ``styles``) and by house styles made up by chance
(``house_styles.py``), then damaged as print is.  ``--foreign`` adds works in German, French,
Spanish, Portuguese and Italian, made of patterns (``tongues.json``), in house styles of theirs.
``--apart`` judges a model on styles, house styles and works that it has not seen.  Japanese ones
are made by ``train_japanese.py``.
"""

from __future__ import annotations

import argparse
import lzma
import random
import re
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import house_styles
import western_marked
from western_marked import Learned
from works import TONGUES, VALUES, ForeignPools, Item, Pools, real_items, recorded_titles, values_of

from refpipe import markup, styles
from refpipe.errors import RefpipeError
from refpipe.items.printed import labeller
from refpipe.items.printed.labeller import UNTOLD
from refpipe.render.entries import entry
from refpipe.render.style import Style

HOUSE = 0.9
"""The share of references printed by house styles."""
UNTOLD_EACH = 4
"""One in so many is learned without the grammar's reading, so that words and signs tell enough."""
HOUSES = 2500
"""How many house styles are made up."""
NAMED = {"author": "author", "editor": "editor", "translator": "editor"}
TEXTS = {
    "title": "title", "container-title": "container", "collection-title": "series",
    "publisher": "publisher", "publisher-place": "place", "genre": "note",
}  # fmt: skip
BEGUN = ("title", "container", "publisher", "series", "author", "editor", "place")
FIGURES = {"date": "number", "url": "number"}


# ── printing by official styles, and finding the values again ──────────────────────────────


def style_of(name: str) -> Style | None:
    """A style by name, numeric or not, as far as printing an entry needs it."""
    try:
        text = styles.text(name)
    except RefpipeError:
        return None
    if "<bibliography" not in text:
        return None
    locale = re.search(r'default-locale="([^"]+)"', text)
    return Style(
        name=name, csl=text, digest=name, default_locale=locale[1] if locale else "en-US",
        citation=None, label=("", ""),  # type: ignore[arg-type]
    )  # fmt: skip


def fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def align(text: str, item: Item) -> list[str] | None:
    """The label of each word of a printed item; nothing where its title cannot be found."""
    row = labeller.tokens(text)
    cores = [fold(text[start:end]) for start, end, *_ in row]
    labels = [""] * len(row)
    for key, name in TEXTS.items():
        value = str(item.get(key, ""))
        if len(value) > 3 and not _mark(cores, labels, value, name) and "title" in key:
            return None
    for role, name in NAMED.items():
        _mark_names(row, cores, labels, item.get(role, []), name)
    return [label or _by_shape(row[at][3]) for at, label in enumerate(labels)]


def _mark(cores: list[str], labels: list[str], value: str, name: str) -> bool:
    """Whether the words of a value were found and labelled."""
    want = [word for word in map(fold, value.split()) if word]
    spans = [
        (at, end) for at in range(len(cores))
        if (end := _end(cores, at, want)) and not any(labels[at:end])
    ]  # fmt: skip
    if not spans:
        return False
    start, end = spans[-1] if name in ("publisher", "place") else spans[0]
    labels[start:end] = [name] * (end - start)
    return True


def _end(cores: list[str], at: int, want: list[str]) -> int:
    """Where words that begin at a place end; 0 where others stand there."""
    place = at
    for word in want:
        while place < len(cores) and place > at and not cores[place]:
            place += 1
        is_last = word == want[-1]
        if place >= len(cores) or not (
            cores[place] == word or (is_last and cores[place].startswith(word))
        ):
            return 0
        place += 1
    return place if want else 0


def _mark_names(
    row: list[Any], cores: list[str], labels: list[str], people: list[dict[str, str]], name: str
) -> None:
    """Label from the first name to the last, and the initials around them."""
    families = [fold(one.get("family") or one.get("literal", "")) for one in people]
    hits = [
        at for at, core in enumerate(cores)
        if not labels[at] and len(core) > 1 and any(core in one or one in core for one in families)
    ]  # fmt: skip
    if not hits:
        return
    first = last = hits[0]
    for hit in hits:
        if hit - last <= 6 and not any(labels[last + 1 : hit]):
            last = hit
    while first > 0 and not labels[first - 1] and _is_given(row[first - 1][3]):
        first -= 1
    while last + 1 < len(row) and not labels[last + 1] and _is_given(row[last + 1][3]):
        last += 1
    labels[first : last + 1] = [name] * (last + 1 - first)


def _is_given(core: str) -> bool:
    return labeller.shape(core) == "initials" or core in ("et", "al", "and", "&", "others")


def _by_shape(core: str) -> str:
    shape = labeller.shape(core)
    if shape in ("int", "pages", "locator", "number"):
        return "number"
    return {"year": "date", "url": "url"}.get(shape, "other")


# ── data, training, judging ────────────────────────────────────────────────────────────────


def make(count: int, seed: int, names: list[str]) -> Iterator[tuple[str, list[str]]]:
    """(text, labels) of so many references."""
    chance = random.Random(seed)
    pools = Pools(real_items(), recorded_titles(), chance)
    loaded = [style for style in map(style_of, names) if style]
    printers = [house_styles.Printer(f"{seed} {number}") for number in range(HOUSES)]
    done = 0
    while done < count:
        item = pools.item()
        if chance.random() < HOUSE:
            found = house_styles.labelled(chance.choice(printers).print(item))
        else:
            found = _printed(item, chance.choice(loaded), chance)
        if found is None:
            continue
        text, labels = house_styles.damaged(*found, chance)
        if len(labels) == len(labeller.tokens(text)):
            done += 1
            yield text, labels


def make_foreign(count: int, seed: int) -> Iterator[tuple[str, list[str]]]:
    """(text, labels) of so many references in the languages of ``tongues.json``."""
    chance = random.Random(seed)
    makers = []
    for tongue in TONGUES:
        values = values_of(tongue)
        houses = [
            house_styles.Printer(f"{seed} {tongue} {at}", values)
            for at in range(HOUSES // len(TONGUES))
        ]
        makers.append((ForeignPools(values, chance), houses))
    for _ in range(count):
        pools, houses = chance.choice(makers)
        found = house_styles.labelled(chance.choice(houses).print(pools.item()))
        text, labels = house_styles.damaged(*found, chance)
        if len(labels) == len(labeller.tokens(text)):
            yield text, labels


def _printed(item: Item, style: Style, chance: random.Random) -> tuple[str, list[str]] | None:
    """An item in an official style, labelled; nothing where it cannot be."""
    result = entry(item, style)
    text = markup.plain(result.content)
    labels = None if result.warnings else align(text, item)
    if labels is None:
        return None
    if chance.random() < 0.5:
        form = chance.choice(["[{}]", "{}.", "{}"])
        return f"{form.format(chance.randrange(1, 90))} {text}", ["other", *labels]
    return text, labels


def begun(labels: list[str]) -> list[str]:
    """The labels as they are learned: a mark on the first word of each run, figures alike."""
    plain = [FIGURES.get(name, name) for name in labels]
    return [
        f"{name}+" if name in BEGUN and (not at or plain[at - 1] != name) else name
        for at, name in enumerate(plain)
    ]


def printed(made: Iterator[tuple[str, list[str]]]) -> Iterator[Learned]:
    """References that we print ourselves, each read by the grammar."""
    for text, labels in made:
        owner = ["other"] * len(text)
        for (start, end, *_), label in zip(labeller.tokens(text), labels, strict=True):
            owner[start:end] = [label] * (end - start)
        found = western_marked.learned(text, owner)
        if found:
            yield found


def train(arguments: argparse.Namespace, out: Path) -> None:
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False)
    began = time.time()
    rows = list(printed(make(arguments.count, arguments.seed, VALUES["trained"])))
    rows += printed(make_foreign(arguments.foreign, arguments.seed))
    more = list(western_marked.marks(arguments.marked))
    for text, labels, told in more:
        for shown in (told, UNTOLD):
            trainer.append(labeller.features(text, shown), begun(labels))
    for number, (text, labels, told) in enumerate(rows):
        shown = told if number % UNTOLD_EACH else UNTOLD
        trainer.append(labeller.features(text, shown), begun(labels))
    print(f"data: {len(rows)} and {len(more)}, {time.time() - began:.0f} s", flush=True)
    trainer.set_params({
        "c1": 1.0, "c2": 1.0, "max_iterations": arguments.iterations, "feature.minfreq": 4,
        "feature.possible_transitions": True,
    })  # fmt: skip
    began = time.time()
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "model"
        trainer.train(str(raw))
        out.write_bytes(lzma.compress(raw.read_bytes(), preset=9))
    print(f"training: {time.time() - began:.0f} s, {out.stat().st_size:,} bytes")


def judge(arguments: argparse.Namespace, out: Path) -> None:
    """How many stretches are found whole, in house styles and works (and styles) kept apart."""
    model = labeller.Model(out, labeller.tokens, labeller.features)
    counts: dict[str, Counter[bool]] = {}
    rows = printed(make(arguments.count, 1000 + arguments.seed, VALUES["apart"]))
    for text, labels, told in western_marked.marks(arguments.marked) if arguments.marked else rows:
        true = [FIGURES.get(name, name) for name in labels]
        shown = () if arguments.untold else (told,)
        found = [name.rstrip("+") for name, *_ in model.tag(text, *shown)]
        for name in BEGUN:
            if name in true:
                is_same = [one == name for one in true] == [one == name for one in found]
                counts.setdefault(name, Counter())[is_same] += 1
    for name, count in sorted(counts.items()):
        print(f"{name:10} {count[True] / sum(count.values()):.1%} of {sum(count.values())}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--foreign", type=int, default=0, help="so many in other languages")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--iterations", type=int, default=70)
    parser.add_argument("--marked", nargs="*", default=[], help="files; “pages”, “general”")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--untold", action="store_true", help="judge without the grammar's reading")
    parser.add_argument("--apart", action="store_true", help="judge the model, do not train one")
    arguments = parser.parse_args()
    out = arguments.out or Path(str(labeller.WESTERN.path))
    (judge if arguments.apart else train)(arguments, out)


if __name__ == "__main__":
    main()
