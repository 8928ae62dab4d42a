"""Real references with the record that a registry or another database holds of the same work."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from refpipe import items, normalise
from refpipe.items import printed
from refpipe.items.exchange import csl_json
from refpipe.model import Identifier, Item, Record, Scheme

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("REFPIPE_SHARED") or HERE.parents[2] / "shared")
DATA = SHARED / "data"
HEALTH = ("haematology", "stroke", "diabetes", "copper", "cardiac", "depression")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A reference and the record of the same work."""

    name: str
    stated: Item
    found: Item
    text: str = ""
    """The printed line; empty for an entry of a file."""
    message: Mapping[str, Any] = field(default_factory=dict)
    """What Crossref answered, where that was recorded; else it is made of ``found``."""


def lines(path: str) -> Iterator[dict[str, Any]]:
    """The objects of one compressed file."""
    with gzip.open(DATA / path, "rt", encoding="utf-8") as rows_of:
        yield from (json.loads(line) for line in rows_of)


def read(text: str) -> Item:
    """What our reader makes of a printed line."""
    return printed.read(text).reading.item


def papers() -> Iterator[Pair]:
    """References out of biomedical papers, beside what PubMed says of title, author and place.

    PubMed's excerpt names the first author only; the others are taken from the print.
    Rows whose excerpt is of another paper than the line that they print are left out.
    """
    for number, row in enumerate(lines("printed/pmc.jsonl.gz")):
        if not is_of(row):
            continue
        stated = read(row["reference"])
        first = [{"family": row["firstAuthor"]}] if row.get("firstAuthor") else []
        found = {
            "type": "article-journal",
            "title": row.get("atitle", ""),
            "container-title": row.get("jtitle", ""),
            "volume": row.get("volume", ""),
            "page": row.get("firstPage", ""),
            "author": [*first, *(stated.get("author") or [])[1:]] if first else [],
        }
        yield Pair(name=f"papers {number}", stated=stated, found=found, text=row["reference"])


def is_of(row: dict[str, Any]) -> bool:
    """Whether the excerpt is of the printed reference: title or author, and volume or page.

    A title is compared by its letters; hyphens of line ends are none.
    """
    text, title = normalise.squeeze(row["reference"]), normalise.squeeze(row.get("atitle", ""))
    author = normalise.squeeze(row.get("firstAuthor", ""))
    numbers = set(re.findall(r"\d+", row["reference"]))
    place = {digits for name in ("volume", "firstPage")
             for digits in re.findall(r"\d+", row.get(name) or "")}  # fmt: skip
    is_named = bool(author) and author in text
    has_title = len(title) > 20 and title in text
    return (is_named or has_title) and (not place or bool(place & numbers))


def registered() -> Iterator[Pair]:
    """Crossref's works as the reference engine prints them in three styles, in turn."""
    styles = ("ieee", "nlm", "ama")
    recorded = {row["doi"].lower(): row["message"] for row in lines("crossref/works.jsonl.gz")}
    for number, row in enumerate(lines("csl/entries.jsonl.gz")):
        item, text = row["item"], row["text"][styles[number // 2 % 3]]
        if item.get("author") and text:
            yield Pair(
                name=f"registered {number}",
                stated=read(text),
                found=item,
                text=text,
                message=recorded.get(str(item.get("DOI")).lower(), {}),
            )


def styles() -> Iterator[Pair]:
    """One work in two printed styles, the fixed form of IEEE standing for the record."""
    by_doi: dict[str, dict[str, str]] = {}
    for row in (row for row in lines("printed/styles.jsonl.gz") if row["set"] == "present"):
        by_doi.setdefault(row["gt"], {})[row["style"]] = row["ref_string"]
    for number, (_, strings) in enumerate(sorted(by_doi.items())):
        others = sorted(set(strings) - {"ieee"})
        if "ieee" in strings and others:
            text = strings[others[number // 2 % len(others)]]
            found = read(strings["ieee"])
            yield Pair(name=f"styles {number}", stated=read(text), found=found, text=text)


def entries() -> Iterator[Pair]:
    """Two databases' records of one work, as files of a systematic review hold them."""
    for name in HEALTH:
        known = {str(row["id"]): row for row in lines(f"dedup/{name}.jsonl.gz")}
        clusters = json.loads((DATA / "dedup" / f"{name}.pairs.json").read_text())["clusters"]
        for number, cluster in enumerate(clusters):
            one, other = (csl_json.read_row(known[each]).item for each in cluster[:2])
            yield Pair(name=f"{name} {number}", stated=one, found=other)


def japanese() -> Iterator[Pair]:
    """Records of the Japan Link Center printed in four Japanese ways, and real Japanese lines."""
    number = 0
    for row in lines("jalc/records.jsonl.gz"):
        payload = json.dumps(row["response"], ensure_ascii=False)
        record = Record(
            source="jalc", identifier=Identifier(Scheme.DOI, row["doi"]), payload=payload
        )
        found = items.read(record).item
        for text in forms(found):
            yield Pair(name=f"japanese {number}", stated=read(text), found=found, text=text)
            number += 1
    with (DATA / "printed" / "page_references.jsonl").open(encoding="utf-8") as source:
        for line in source:
            row = json.loads(line)
            if row["lang"] == "ja" and row["kind"] == "journal":
                yield Pair(
                    name=f"japanese {row['id']}",
                    stated=read(row["text"]),
                    found=_librarian(row["truth"]),
                    text=row["text"],
                )


def _librarian(truth: dict[str, Any]) -> Item:
    item: Item = {"type": truth["type"], "title": truth.get("title", "")}
    item["author"] = [{"family": name} for name in truth.get("author", ())]
    for ours, theirs in (("container-title", "container"), ("volume",) * 2, ("issue",) * 2,
                         ("page",) * 2):  # fmt: skip
        if truth.get(theirs):
            item[ours] = truth[theirs]
    if truth.get("year"):
        item["issued"] = {"date-parts": [[int(truth["year"])]]}
    return item


def forms(item: Item) -> Iterator[str]:
    """A Japanese work as Japanese pages print it."""
    people = [
        f"{name.get('family', '')}{name.get('given', '')}" for name in item.get("author") or ()
    ]
    if not people or not item.get("title") or not item.get("container-title"):
        return
    year = str(((item.get("issued") or {}).get("date-parts") or [[""]])[0][0])
    title, journal = item["title"], item["container-title"]
    volume, issue, page = (str(item.get(name) or "") for name in ("volume", "issue", "page"))
    if not volume or not page or not year:
        return
    number = f"({issue})" if issue else ""
    told = f"第{issue}号, " if issue else ""
    first = people[0] if len(people) == 1 else f"{people[0]}ほか"
    yield f"{'; '.join(people)}. {title}. {journal}. {year}, {volume}{number}, p. {page}."
    yield f"{', '.join(people)}: {title}. {journal} {volume}{number}: {page}, {year}"
    yield f"{'・'.join(people)}「{title}」『{journal}』{volume}巻{told} {year}年, {page}頁"
    yield f"{first}: {title}. {journal} {year}; {volume}: {page}."
