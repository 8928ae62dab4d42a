"""Read every recorded answer and count the dirt that is left; all counts should be zero.

    python benchmarks/readers/measure.py [--every N] [--show NAME] [--write]

``--write`` keeps the counts in scores.json, against which a test compares.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from refpipe import identifiers, items, markup
from refpipe.dates import from_parts, to_parts
from refpipe.model import Identifier, Item, Reading, Record, Scheme

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("REFPIPE_SHARED", HERE.parents[2] / "shared"))
SCORES = HERE / "scores.json"
SETS = {
    "crossref/works.jsonl.gz": ("crossref", "message"),
    "crossref/curated.jsonl.gz": ("crossref", "message"),
    "jalc/records.jsonl.gz": ("jalc", "response"),
}
TITLES = ("title", "container-title", "container-title-short", "collection-title", "publisher")


def records(every: int = 1) -> Iterator[tuple[Record, dict[str, Any]]]:
    """The recorded answers as they would be stored, and as they came."""
    for path, (source, field) in SETS.items():
        with gzip.open(SHARED / "data" / path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                if number % every == 0:
                    row = json.loads(line)
                    yield _record(source, row["doi"], row[field]), row[field]


def _record(source: str, doi: str, message: dict[str, Any]) -> Record:
    identifier = identifiers.doi(doi) or Identifier(Scheme.DOI, doi.lower())
    return Record(source=source, identifier=identifier, payload=items.canonical(source, message))


def _titles(item: Item) -> Iterator[str]:
    yield from (item[field] for field in TITLES if field in item)
    yield from (str(name.get(part, "")) for name in item.get("author", []) for part in name)


def _in_titles(pattern: str, flags: int = 0) -> Callable[[Reading, dict[str, Any]], bool]:
    compiled = re.compile(pattern, flags)
    return lambda reading, _: any(compiled.search(text) for text in _titles(reading.item))


def _is_not_clean(reading: Reading, _: dict[str, Any]) -> bool:
    titles = [reading.item[field] for field in TITLES if field in reading.item]
    return any(markup.clean(title) != title for title in titles)


def _has_footnote(reading: Reading, _: dict[str, Any]) -> bool:
    title = reading.item.get("title", "")
    return bool(re.search(r"[a-z]{3}<sup>(?:[1-3][a-z]?(?:,\d)*|[*†‡§¶])</sup>$|[†‡§¶☆]$", title))


def _lost_a_title(reading: Reading, message: dict[str, Any]) -> bool:
    sent = [title for title in message.get("title") or [] if title and title.strip()]
    return bool(sent) and "title" not in reading.item


def _lost_a_group(reading: Reading, message: dict[str, Any]) -> bool:
    groups = {str(name["name"]).strip() for name in message.get("author") or [] if name.get("name")}
    kept = {name.get("literal") for name in reading.item.get("author", [])}
    dropped = {repair.before for repair in reading.repairs}
    return bool({group for group in groups if group != "NA"} - kept - dropped)


def _has_bad_date(reading: Reading, _: dict[str, Any]) -> bool:
    parts = reading.item.get("issued", {}).get("date-parts")
    found = from_parts(parts)
    return parts is not None and (found is None or to_parts(found) != parts)


def _lost_its_year(reading: Reading, message: dict[str, Any]) -> bool:
    sent = from_parts((message.get("issued") or {}).get("date-parts"))
    return sent is not None and "issued" not in reading.item


def _doubles_its_number(reading: Reading, _: dict[str, Any]) -> bool:
    return "number" in reading.item and reading.item["number"] == reading.item.get("page")


def _shouts(reading: Reading, _: dict[str, Any]) -> bool:
    names = reading.item.get("author", [])
    return any(
        len(n.get("family", "")) > 3 and n["family"].isupper() and n["family"].isalpha()
        for n in names
    )


DIRT: dict[str, Callable[[Reading, dict[str, Any]], bool]] = {
    "tag other than CSL's": _in_titles(r"</?(?!i>|b>|sup>|sub>)[A-Za-z][\w:-]*(?:\s[^<>]*)?/?>"),
    "entity": _in_titles(r"&(?!lt;|amp;)(?:#\d+|#x[\da-f]+|[a-z]+\d*);", re.IGNORECASE),
    "line break or double blank": _in_titles(r"[\n\r\t]|  |^\s|\s$"),
    "None, null or a list as text": _in_titles(r"^\s*(?:None|null|nan|\[.*'\]|undefined)\s*$"),
    "word glued to a tag": _in_titles(r"[a-z]{2}<i>[A-Z][a-z]{3}|[a-z]{4}</i>[A-Z][a-z]{2}"),
    "blank before a script": _in_titles(r"[A-Za-z]\s<sub>\d</sub>"),
    "not clean yet": _is_not_clean,
    "footnote mark": _has_footnote,
    "title lost": _lost_a_title,
    "group author lost": _lost_a_group,
    "date that is none": _has_bad_date,
    "year lost": _lost_its_year,
    "page that is the number": _doubles_its_number,
    "family name in capitals": _shouts,
    "item without a type": lambda reading, _: not reading.item.get("type"),
    "work without its own DOI": lambda reading, _: not reading.claims,
}


def measure(every: int = 1, show: str = "") -> dict[str, int]:
    """How many records still have each kind of dirt, and how many were read."""
    counts = Counter({"records": 0, "mended": 0} | dict.fromkeys(DIRT, 0))
    for record, message in records(every):
        reading = items.read(record)
        counts["records"] += 1
        counts["mended"] += bool(reading.repairs)
        for name, has in DIRT.items():
            if has(reading, message):
                counts[name] += 1
                if name == show:
                    print(record.identifier, json.dumps(reading.item, ensure_ascii=False)[:400])
    return dict(counts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--show", default="", choices=("", *DIRT))
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    counts = measure(options.every, options.show)
    for name, count in counts.items():
        print(f"{count:6}  {name}")
    if options.write:
        SCORES.write_text(json.dumps({"answers": counts}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
