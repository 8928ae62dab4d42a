"""How many printed references are found at the right DOI, and how many at a wrong one.

The registry (the fake one of the tests, with its search over its records) knows the works of
one half of the references and not those of the other; every reference of both is searched
for.  What is accepted for a work that is absent is a false accept, and may not happen.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from fake_registry import FakeRegistry  # noqa: E402

from refpipe.items import printed  # noqa: E402
from refpipe.sources import Registries  # noqa: E402

QUICK = 60
"""Up to so many references the works of other collections are left out, to be quick."""
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20[0-2]\d)(?!\d)")
_DOI = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:?\s*)?10\.\d{4,9}/\S+|PMID:?\s*\d+", re.IGNORECASE
)


def shared() -> Path:
    """Where the collections lie."""
    return Path(os.environ.get("REFPIPE_SHARED", ROOT.parent / "shared")) / "data"


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a compressed JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def of_pubmed(row: dict[str, Any]) -> dict[str, Any]:
    """The work of a biomedical reference as Crossref would have it, from PubMed's words."""
    text = " ".join(_DOI.sub("", row["reference"]).split())
    year = _YEAR.search(text.replace(row["atitle"], " "))
    return {
        "DOI": row["doi"].lower(),
        "type": "journal-article",
        "title": [row["atitle"]],
        "author": [{"family": row["firstAuthor"]}] if row.get("firstAuthor") else [],
        "container-title": [row.get("jtitle", "")],
        "volume": row.get("volume"),
        "page": row.get("firstPage"),
        "issued": {"date-parts": [[int(year[0])]] if year else [[None]]},
    }


def of_print(doi: str, text: str) -> dict[str, Any]:
    """The work of a reference as Crossref would have it, read from the same work in IEEE style."""
    item = printed.read(text).reading.item
    return {
        "DOI": doi.lower(),
        "type": "journal-article",
        "title": [item.get("title", "")],
        "author": item.get("author", []),
        "container-title": [item.get("container-title", "")],
        "volume": item.get("volume"),
        "issue": item.get("issue"),
        "page": item.get("page"),
        "issued": item.get("issued", {"date-parts": [[None]]}),
    }


def references(collection: str) -> dict[str, tuple[dict[str, Any], list[str]]]:
    """DOI → the work, and the references to it that are searched for."""
    found: dict[str, tuple[dict[str, Any], list[str]]] = {}
    if collection == "pmc":
        for row in rows(shared() / "printed/pmc.jsonl.gz"):
            if row.get("doi") and row.get("atitle") and _is_of(row):
                work = of_pubmed(row)
                found.setdefault(work["DOI"], (work, []))[1].append(_bare(row["reference"]))
        return found
    by_doi: dict[str, dict[str, str]] = {}
    for row in rows(shared() / "printed/styles.jsonl.gz"):
        if row.get("gt"):
            by_doi.setdefault(row["gt"], {})[row["style"]] = row["ref_string"]
    for doi, styles in by_doi.items():
        if "ieee" in styles:
            others = [text for style, text in sorted(styles.items()) if style != "ieee"]
            found[doi.lower()] = (of_print(doi, styles["ieee"]), others)
    return found


def _is_of(row: dict[str, Any]) -> bool:
    """Whether PubMed's words are of the reference; a few rows were labelled with another work."""
    text, title = _fold(row["reference"]), _fold(row["atitle"])
    author, page = _fold(row.get("firstAuthor", "")), row.get("firstPage", "?")
    return len(title) > 20 and (title in text or (author in text and page in row["reference"]))


def _bare(text: str) -> str:
    """The reference without the identifiers that would decide alone."""
    return _DOI.sub("", text)


def measure(collection: str, half: int, size: int, seed: int = 7) -> dict[str, Any]:
    """The figures for ``size`` references whose work is known and as many whose work is not."""
    works = references(collection)
    dois = sorted(works)
    random.Random(seed).shuffle(dois)
    dois = [doi for number, doi in enumerate(dois) if number % 2 == half]
    present, absent = dois[: len(dois) // 2], dois[len(dois) // 2 :]
    with FakeRegistry() as fake:
        if size > QUICK:
            fake.add_all(row["message"] for row in rows(shared() / "crossref/works.jsonl.gz"))
        fake.add_all(works[doi][0] for doi in works if doi not in set(absent))
        fake.limits = (100_000, 100_000)
        settings = fake.settings(lists=5000.0, read=20.0, total=60.0)
        started = time.perf_counter()
        with Registries(settings) as registries:
            found = _ask(registries, works, present[:size])
            strangers = _ask(registries, works, absent[:size])
        seconds = time.perf_counter() - started
    return _score(found, strangers, {doi: works[doi][0] for doi in works}) | {
        "seconds": round(seconds, 1)
    }


def _ask(
    registries: Registries, works: dict[str, tuple[dict[str, Any], list[str]]], dois: Iterable[str]
) -> list[tuple[str, str, str, str]]:
    """(DOI, text, DOI accepted, best DOI found) for each reference."""
    outcomes = []
    for doi in dois:
        for text in works[doi][1][:1]:
            item = printed.read(text).reading.item
            result = registries.search(item, text=text)
            accepted = result.accepted.record.identifier.value if result.accepted else ""
            best = result.hits[0].record.identifier.value if result.hits else ""
            outcomes.append((doi, text, accepted, best))
    return outcomes


def _score(
    found: list[tuple[str, str, str, str]],
    strangers: list[tuple[str, str, str, str]],
    works: dict[str, dict[str, Any]],
) -> dict[str, Any]:
    """The figures, and what to look at."""
    accepted = [row for row in (*found, *strangers) if row[2] and row[2] != row[0]]
    twins = {(doi, got) for doi, text, got, _ in accepted if _is_printed(text, works.get(got, {}))}
    wrong = [row for row in found if row[2] and row[2] != row[0] and (row[0], row[2]) not in twins]
    false = [row for row in strangers if row[2] and (row[0], row[2]) not in twins]
    return {
        "present": len(found),
        "found": sum(row[2] == row[0] for row in found),
        "ranked first": sum(row[3] == row[0] for row in found),
        "wrong": len(wrong),
        "absent": len(strangers),
        "false accepts": len(false),
        "labelled with another work than is printed": len(twins),
        "_missed": [row for row in found if not row[2]],
        "_wrong": wrong + false,
    }


def _is_printed(text: str, work: dict[str, Any]) -> bool:
    """Whether the work accepted is what is printed, whatever the label says.

    Its title, its volume and its first page stand in the reference, letter for letter.
    """
    title = _fold((work.get("title") or ["?"])[0])
    page = str(work.get("page") or "?").partition("-")[0]
    volume = str(work.get("volume") or "?")
    return len(title) > 20 and title in _fold(text) and page in text and volume in text


def _fold(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())


def main() -> None:
    """Print the figures; ``--show`` prints what was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--collection", choices=["pmc", "styles"], default="pmc")
    parser.add_argument("--half", type=int, default=0, choices=[0, 1])
    parser.add_argument("--size", type=int, default=1000)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    figures = measure(asked.collection, asked.half, asked.size)
    for doi, text, accepted, best in figures.pop("_wrong")[: asked.show]:
        print("WRONG ", doi, "|", " ".join(text.split()), "|", accepted, best)
    for doi, text, accepted, best in figures.pop("_missed")[: asked.show]:
        print("MISSED", doi, "|", " ".join(text.split()), "|", accepted, best)
    shown = {name: v for name, v in figures.items() if name[0] != "_"}
    print(json.dumps(shown, indent=2))
    if asked.write:
        path = Path(__file__).with_name("scores.json")
        kept = json.loads(path.read_text(encoding="utf-8"))
        kept["whole"][asked.collection][str(asked.half)] = shown
        path.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
