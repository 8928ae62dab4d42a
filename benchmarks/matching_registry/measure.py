"""Measure matching of a registry's records with what others write of the same works.

Usage: python benchmarks/matching_registry/measure.py [--write] [--causes] [--half 0|1] [--size N]

Each Crossref record is printed by our own renderer, whole or damaged, and read back; or written as
BibTeX or RIS and read back.  The DOI and all else that names the work outright is taken away.  What
comes back is held against its own record (``match`` is right) and against every other record that
shares a block with it (``match`` is a false match).  Japanese records of JaLC are held against the
printed form of the one and of the other language.
"""

from __future__ import annotations

import collections
import dataclasses
import gzip
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from refpipe import items, markup, match, render, styles
from refpipe.items import exchange, printed
from refpipe.items.exchange import FileEntry
from refpipe.match import Subject
from refpipe.match.judgement import compare_profiles
from refpipe.model import Identifier, Item, Reading, Record, Scheme

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("REFPIPE_SHARED") or HERE.parents[2] / "shared")
CROSSREF = SHARED / "data" / "crossref" / "works.jsonl.gz"
JALC = SHARED / "data" / "jalc" / "records.jsonl.gz"
SCORES = HERE / "scores.json"
STYLES = ("ieee", "vancouver", "ama")
_NAMING = ("DOI", "URL", "PMID", "PMCID", "ISBN", "id")
_KINDS = {"article-journal", "book", "chapter", "paper-conference", "article"}


def without_names(reading: Reading) -> tuple[Item, tuple[Any, ...]]:
    """What was read, without what names the work outright."""
    return {k: v for k, v in reading.item.items() if k not in _NAMING}, ()


# ── the records ────────────────────────────────────────────────────────────────────────


def half_of(doi: str) -> int:
    """0 or 1, the same for a DOI for ever."""
    return hashlib.sha256(doi.encode()).digest()[0] % 2


def crossref() -> dict[str, Item]:
    """DOI → item, of all that has a title and says who wrote it or where it stands."""
    found: dict[str, Item] = {}
    with gzip.open(CROSSREF, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            item = _read("crossref", row["doi"], row["message"])
            is_told = item.get("author") and (item.get("container-title") or item.get("publisher"))
            if item.get("title") and is_told and item.get("type") in _KINDS:
                found.setdefault(row["doi"].lower(), item)
    return found


def jalc() -> dict[str, Item]:
    """DOI → item of the Japanese records that have a twin in English."""
    found: dict[str, Item] = {}
    with gzip.open(JALC, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            item = _read("jalc", row["doi"], row["response"])
            if item.get("title") and (item.get("custom") or {}).get("twin"):
                found.setdefault(row["doi"].lower(), item)
    return found


def _read(source: str, doi: str, message: Any) -> Item:
    name = Identifier(Scheme.DOI, doi.lower())
    payload = items.canonical(source, message)
    return items.read(Record(source=source, identifier=name, payload=payload)).item


# ── what others write ──────────────────────────────────────────────────────────────────


def cut_title(item: Item) -> Item:
    words = item["title"].split()
    if len(words) < 8:
        return item
    return {**item, "title": " ".join(words[: len(words) * 2 // 3]).rstrip(",:;") + "…"}


def glued_footnote(item: Item) -> Item:
    return {**item, "title": f"{item['title']}1"}


def no_initials(item: Item) -> Item:
    named = [{k: v for k, v in p.items() if k != "given"} for p in item.get("author", ())]
    return {**item, "author": named}


def no_journal(item: Item) -> Item:
    return {k: v for k, v in item.items() if not k.startswith("container-title")}


def et_al(item: Item) -> Item:
    authors = item.get("author", [])
    return {**item, "author": [authors[0], {"literal": "et al."}]} if len(authors) > 1 else item


def whole(item: Item) -> Item:
    return item


DAMAGES: dict[str, Callable[[Item], Item]] = {
    "title cut": cut_title, "footnote": glued_footnote, "no initials": no_initials,
    "no journal": no_journal, "et al.": et_al,
}  # fmt: skip


def as_printed(item: Item, style: str) -> tuple[str, Item]:
    """An item's entry in a style, without DOI, and what is read in it."""
    bare = {k: v for k, v in item.items() if k not in _NAMING}
    text = markup.plain(render.entry(bare, styles.load(style)).content)
    return text, without_names(printed.read(text).reading)[0]


def as_file(item: Item, form: str) -> tuple[str, Item]:
    """An item written in a format of bibliography files, and what is read in that."""
    text = exchange.write(form, [item])
    read = [entry for entry in exchange.read_all(form, text) if isinstance(entry, FileEntry)]
    return text, without_names(exchange.reading(tuple(read)))[0]


def ways(item: Item, number: int) -> Iterator[tuple[str, str, Item]]:
    """Each way to write the item: its name, the text, what is read in it.

    Damaged, an item is printed in one style, each in its turn.
    """
    for style in STYLES:
        yield style, *as_printed(item, style)
    for turn, (name, damage) in enumerate(DAMAGES.items()):
        yield name, *as_printed(damage(item), STYLES[(number + turn) % len(STYLES)])
    for form in ("bibtex", "ris"):
        yield form, *as_file(item, form)


# ── the measure ────────────────────────────────────────────────────────────────────────


@dataclasses.dataclass(slots=True)
class Tally:
    """Verdicts by way of writing, and what went wrong."""

    verdicts: dict[str, collections.Counter[str]] = dataclasses.field(default_factory=dict)
    causes: list[tuple[str, ...]] = dataclasses.field(default_factory=list)

    def note(self, way: str, verdict: str) -> None:
        """Count a verdict."""
        self.verdicts.setdefault(way, collections.Counter())[verdict] += 1

    def figures(self) -> dict[str, dict[str, int]]:
        """The counts as plain JSON."""
        return {way: dict(sorted(count.items())) for way, count in self.verdicts.items()}


class Shelf:
    """All records, found by their blocks."""

    def __init__(self, found: dict[str, Item]) -> None:
        self.ready: dict[str, match.Profile] = {}
        self.by_block: dict[str, list[str]] = {}
        for doi, item in found.items():
            subject = Subject(identifier=Identifier(Scheme.DOI, doi), item=item)
            self.ready[doi] = match.profile(subject)
            for block in match.blocks(subject):
                self.by_block.setdefault(block, []).append(doi)

    def hold(self, tally: Tally, way: str, doi: str, text: str, item: Item) -> None:
        """Note what is said of an item and its own record, and of it and its neighbours."""
        subject = Subject(identifier=Identifier(Scheme.TEXT, "0" * 32), item=item)
        mine = match.profile(subject)
        blocks = match.blocks(subject)
        near = {other for block in blocks for other in self.by_block.get(block, ())}
        verdict = self.judge(mine, doi)
        tally.note(way, verdict.verdict.value if doi in near else "not in a block")
        if verdict.verdict.value != "match" or doi not in near:
            tally.causes.append((way, doi, *rule_and_reason(verdict), text, json.dumps(item)))
        for other in sorted(near - {doi}):
            found = self.judge(mine, other)
            if found.verdict.value == "match":
                tally.note(way, "false match")
                tally.causes.append(
                    (f"FALSE {way}", f"{doi} {other}", *rule_and_reason(found), text)
                )

    def judge(self, mine: match.Profile, doi: str) -> match.Judgement:
        """What the rules say of an item and the record of a DOI."""
        return match.classify(compare_profiles(mine, self.ready[doi]))


def rule_and_reason(judgement: match.Judgement) -> tuple[str, str]:
    fields = {k: f"{v.level.name.lower()} {v.how}" for k, v in judgement.comparison.fields.items()}
    return f"{judgement.verdict.value} {judgement.rule}", json.dumps(fields)


def measure_crossref(size: int, half: int | None = None) -> Tally:
    """The verdicts on the first works of a half by the hash of their DOIs, or of all."""
    found = crossref()
    shelf, tally = Shelf(found), Tally()
    chosen = [doi for doi in found if half is None or half_of(doi) == half]
    chosen.sort(key=lambda doi: hashlib.sha256(doi.encode()).digest())
    for number, doi in enumerate(chosen[:size]):
        for way, text, item in ways(found[doi], number):
            shelf.hold(tally, way, doi, text, item)
    return tally


def measure_jalc() -> Tally:
    """The verdicts on Japanese records and what is printed of them in either language."""
    found = jalc()
    shelf, tally = Shelf(found), Tally()
    for doi, item in found.items():
        rest = {k: v for k, v in item.items() if k != "custom"}
        twin = item["custom"]["twin"]
        versions = [rest, {**rest, **(twin[0] if isinstance(twin, list) else twin)}]
        for version in versions:
            language = str(version.get("language") or "ja")[:2]
            for style in ("ieee", "vancouver", "sist02"):
                text, read = as_printed(version, style)
                shelf.hold(tally, f"jalc {language} {style}", doi, text, read)
    return tally


def summary(tallies: Sequence[Tally]) -> dict[str, Any]:
    """The figures of the ratchet."""
    ways_found = {k: v for tally in tallies for k, v in tally.figures().items()}
    whole_ways = [v for k, v in ways_found.items() if k not in DAMAGES and " " not in k]
    pairs = sum(sum(v.values()) - v.get("false match", 0) for v in whole_ways)
    matched = sum(v.get("match", 0) for v in whole_ways)
    return {
        "ways": ways_found,
        "together": {
            "undamaged, % match": round(100 * matched / max(1, pairs), 2),
            "false matches": sum(v.get("false match", 0) for v in ways_found.values()),
        },
    }


def main(arguments: Sequence[str]) -> None:
    """Print, or write, the figures."""
    options = dict(zip(arguments, [*arguments[1:], ""], strict=False))
    half = int(options["--half"]) if "--half" in options else None
    tallies = [measure_crossref(int(options.get("--size", 1500)), half), measure_jalc()]
    if "--causes" in arguments:
        for tally in tallies:
            for row in tally.causes:
                print(" | ".join(row))
    result = summary(tallies)
    print(json.dumps(result, indent=1))
    if "--write" in arguments:
        SCORES.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
