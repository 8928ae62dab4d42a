"""Look books up by ISBN, and printed ones by search, in catalogues that hold recorded records.

    python benchmarks/books/measure.py [--seed 4] [--show] [--write]

The catalogues are the tests' fake ones, filled from ../shared/data/books and with made-up
guidelines in several editions.  Books are printed in several styles and damaged as print is;
absent ones are taken out of the catalogue, or are an edition that it does not hold.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "tests"))

from catalogue_records import dcndl  # noqa: E402
from fake_registry import FakeRegistry  # noqa: E402

from refpipe import items  # noqa: E402
from refpipe.items import printed  # noqa: E402
from refpipe.items.catalogue import dcndl as ndl  # noqa: E402
from refpipe.items.catalogue import mods  # noqa: E402
from refpipe.items.exchange import xml  # noqa: E402
from refpipe.model import Answer, Certainty, Claim, Identifier, Item, Record, Scheme  # noqa: E402
from refpipe.sources import Registries, catalogues  # noqa: E402

SHARED = Path(os.environ.get("REFPIPE_SHARED", HERE.parents[2] / "shared"))
BOOKS = SHARED / "data" / "books"
SCORES = HERE / "scores.json"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SUBJECTS = (
    "架空腰痛",
    "架空膝痛",
    "架空不眠",
    "架空頭痛",
    "架空めまい",
    "架空骨粗鬆症",
    "架空糖尿病",
)


def shared() -> Path:
    """Where the collections lie."""
    return BOOKS


def isbn_of(number: int) -> str:
    """A made-up ISBN with its right check digit."""
    body = f"9784{number:08d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return body + str(-total % 10)


def recorded() -> Iterator[str]:
    """The recorded descriptions of the National Diet Library, and the books of its lists."""
    for path in sorted((BOOKS / "ndl").glob("sru-*.xml")):
        root, _ = xml.root(path.read_text(encoding="utf-8"))
        yield from (xml.canonical(one) for one in catalogues.records(root))
    for path in sorted((BOOKS / "ndl").glob("opensearch-*.xml")):
        root, _ = xml.root(path.read_text(encoding="utf-8"))
        yield from filter(None, map(_of_list, root.iter("item")))


def _of_list(entry: Any) -> str:
    """An entry of an OpenSearch answer in the form of a description; empty without an ISBN."""
    resource = ndl.described(entry)
    if not ndl.isbns(resource):
        return ""
    return f'<rdf:RDF xmlns:rdf="{_RDF}">{xml.canonical(resource)}</rdf:RDF>'


def guidelines() -> Iterator[str]:
    """Made-up guidelines, each in four editions by one society at one house."""
    for row, subject in enumerate(_SUBJECTS):
        for edition in range(1, 5):
            year = 2004 + 5 * edition + row % 3
            yield dcndl(
                f"{subject}診療ガイドライン{year}" if row % 2 else f"{subject}診療ガイドライン",
                isbn=isbn_of(row * 10 + edition),
                number=f"R100000002-I9{row:03d}{edition:03d}",
                statements=(f"{subject}学会 監修", f"{subject}診療ガイドライン策定委員会 編"),
                agents=(f"{subject}学会",),
                edition="" if edition == 1 else f"改訂第{edition}版",
                publisher="架空南江堂",
                date=f"{year}.5",
                issued=str(year),
            )


def item_of(record: str) -> Item:
    """What the reader makes of a description."""
    root, _ = xml.root(record)
    own = Identifier(Scheme.URL, "https://example.com/")
    return items.read(Record(source="ndl", identifier=own, payload=ndl.kept(root))).item


# ── print ──────────────────────────────────────────────────────────────────────────────


def print_(item: Item, draw: random.Random, *, damage: bool = True) -> str:
    """The book as a page prints it, in one of several styles, damaged now and then."""
    names = [
        _name(one)
        for role in ("author", "editor", "editorial-director")
        for one in item.get(role, [])
    ]
    who = ", ".join(names[:3]) or str(item.get("publisher"))
    mark = "" if item.get("author") else " 編"
    title = str(item["title"])
    if draw.random() < 0.3:
        title = title.partition(" : ")[0]
    year = item["issued"]["date-parts"][0][0]
    if damage and draw.random() < 0.05:
        year += draw.choice((-1, 1))
    edition = str(item.get("edition") or "")
    house, place = str(item.get("publisher") or ""), str(item.get("publisher-place") or "東京")
    volume = f" {item['volume']}" if item.get("volume") else ""
    if damage and draw.random() < 0.1:
        house = f"{house}出版" if not house.endswith("社") else house
    boxed = f"（{edition}）" if edition else ""
    styles = (
        f"{who}{mark}. {title}{volume} {edition}. {place}: {house}; {year}.",
        f"{who}{mark}：{title}{volume}{boxed}，{house}，{place}，{year}",
        f"{who}{mark}『{title}{volume}{f' {edition}' if edition else ''}』{house}、{year}年",
    )
    text = re.sub(r"\s+([.，；])", r"\1", draw.choice(styles))
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    return text.translate(wide) if damage and draw.random() < 0.1 else text


def _name(person: dict[str, str]) -> str:
    if "literal" in person:
        return person["literal"]
    family, given = person["family"], person["given"]
    return f"{family} {given[:1]}" if family.isascii() else f"{family}{given}"


# ── measuring ──────────────────────────────────────────────────────────────────────────


def measure(*, seed: int = 4, show: bool = False) -> dict[str, dict[str, int]]:
    """The counts for ISBNs, printed books that are held, and printed books that are not."""
    draw = random.Random(seed)
    whole = {str(item_of(one).get("ISBN")): one for one in (*recorded(), *guidelines())}
    usable = [
        one for number, one in whole.items()
        if number != "None" and item_of(one)["type"] == "book" and item_of(one).get("issued")
    ]  # fmt: skip
    draw.shuffle(usable)
    with FakeRegistry() as fake:
        fake.catalogues.ndl += whole.values()
        fake.catalogues.loc += list(_loc())
        with Registries(fake.settings(read=5.0, total=10.0)) as registries:
            found = {
                "isbn": _by_isbn(registries, draw, show),
                "printed": _by_print(registries, usable[:40], draw, show),
                "absent": Counter(),
            }
    editions = list(guidelines())
    with FakeRegistry() as fake:
        gone = usable[: len(usable) // 2]
        absent = [(one, False) for one in gone] + [(one, True) for one in editions]
        draw.shuffle(absent)
        kept = [one for one in whole.values() if one not in gone]
        fake.catalogues.ndl += kept
        with Registries(fake.settings(read=5.0, total=10.0)) as registries:
            while found["absent"]["books"] < 200:
                one, is_edition = absent[found["absent"]["books"] % len(absent)]
                item = item_of(one)
                if is_edition or one in kept:
                    item = _unheld(item, draw)
                text = print_(item, draw, damage=False)
                result = registries.search(printed.read(text).reading.item, text=text)
                found["absent"]["books"] += 1
                found["absent"]["false"] += result.accepted is not None
                if show and result.accepted is not None:
                    print(
                        "FALSE",
                        text,
                        "→",
                        result.accepted.item.get("title"),
                        result.accepted.item.get("edition"),
                    )
    return {name: dict(counts) for name, counts in found.items()}


def _unheld(item: Item, draw: random.Random) -> Item:
    """An edition of the book that no catalogue holds: between two that are held, or after them."""
    year = item["issued"]["date-parts"][0][0]
    number = draw.randint(5, 9)
    title = re.sub(r"\d{4}$", lambda match: str(int(match[0]) + 1), str(item["title"]))
    return item | {
        "title": title,
        "edition": f"改訂第{number}版",
        "issued": {"date-parts": [[year + draw.choice((0, 1))]]},
    }


def _loc() -> Iterator[str]:
    for path in sorted((BOOKS / "loc").glob("*.xml")):
        root, _ = xml.root(path.read_text(encoding="utf-8"))
        yield from (xml.canonical(one) for one in catalogues.records(root))


def _by_isbn(registries: Registries, draw: random.Random, show: bool) -> Counter[str]:
    """Forty ISBNs, half Japanese and half of the Library of Congress, typed as people type them."""
    held = [item_of(one) for one in (*recorded(), *guidelines())]
    numbers = sorted(
        {str(one["ISBN"]): str(one["title"]) for one in held if one.get("ISBN")}.items()
    )
    draw.shuffle(numbers)
    abroad = []
    for record in _loc():
        root, _ = xml.root(record)
        title = items.read(
            Record(source="loc", identifier=Identifier(Scheme.TEXT, "0"), payload=mods.kept(root))
        ).item["title"]
        abroad += [(one.value, title) for one in mods.isbns(root)[:1]]
    counts: Counter[str] = Counter()
    for number, title in [*abroad, *numbers][:40]:
        claim = Claim(identifier=Identifier(Scheme.ISBN, number), certainty=Certainty.LITERAL)
        (outcome,) = registries.resolve([claim])
        counts["books"] += 1
        if not isinstance(outcome, Answer):
            counts["not found"] += 1
            if show:
                print("NOT FOUND", number, title, outcome.reason)
            continue
        is_right = items.read(outcome.record).item["title"] == title
        counts["right" if is_right else "wrong"] += 1
    return counts


def _by_print(
    registries: Registries, held: list[str], draw: random.Random, show: bool
) -> Counter[str]:
    counts: Counter[str] = Counter()
    for record in held:
        item = item_of(record)
        text = print_(item, draw)
        result = registries.search(printed.read(text).reading.item, text=text)
        counts["books"] += 1
        if result.accepted is None:
            counts["not found"] += 1
            if show:
                best = result.hits[0] if result.hits else None
                print(
                    "NOT FOUND", text, "|", printed.read(text).reading.item, best and best.agreement
                )
            continue
        found = result.accepted.item
        is_right = found.get("ISBN") == item.get("ISBN")
        counts["right" if is_right else "wrong"] += 1
        if show and not is_right:
            print("WRONG", text, "→", found)
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--seed", type=int, default=4)
    options = parser.parse_args()
    found = measure(seed=options.seed, show=options.show)
    print(json.dumps(found, indent=2))
    if options.write:
        SCORES.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
