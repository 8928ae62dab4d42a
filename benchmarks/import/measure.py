"""How far the import agrees with Zotero's on the samples of Zotero's own tests.

python benchmarks/import/measure.py            figures by format and field
python benchmarks/import/measure.py --causes   each difference with its cause
python benchmarks/import/measure.py --write    the figures into scores.json
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from refpipe import markup
from refpipe.items import exchange
from refpipe.items.exchange import Broken, FileEntry

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("REFPIPE_SHARED", HERE.parents[2] / "shared"))
CASES = SHARED / "data/import/cases.jsonl.gz"
FIELDS = ("type", "title", "author", "year", "container", "volume", "pages", "doi")

ZOTERO_TYPES = {
    "journalArticle": "article-journal", "magazineArticle": "article-magazine",
    "newspaperArticle": "article-newspaper", "book": "book", "bookSection": "chapter",
    "conferencePaper": "paper-conference", "thesis": "thesis", "report": "report",
    "patent": "patent", "webpage": "webpage", "blogPost": "post-weblog", "document": "document",
    "manuscript": "manuscript", "preprint": "article", "dataset": "dataset",
    "computerProgram": "software", "encyclopediaArticle": "entry-encyclopedia",
    "dictionaryEntry": "entry-dictionary", "case": "legal_case", "statute": "legislation",
    "bill": "bill", "hearing": "hearing", "film": "motion_picture",
    "videoRecording": "motion_picture", "audioRecording": "song", "artwork": "graphic",
    "map": "map", "presentation": "speech", "letter": "personal_communication",
    "email": "personal_communication", "interview": "interview", "radioBroadcast": "broadcast",
    "tvBroadcast": "broadcast", "podcast": "broadcast", "standard": "standard",
    "instantMessage": "personal_communication", "forumPost": "post",
}  # fmt: skip
"""Zotero's item types and the CSL types that Zotero itself exports them as."""
CONTAINERS = ("publicationTitle", "bookTitle", "proceedingsTitle", "encyclopediaTitle",
              "dictionaryTitle", "blogTitle", "websiteTitle", "forumTitle", "programTitle", "code",
              "reporter")  # fmt: skip
PEOPLE = ("author", "inventor", "director", "artist", "composer", "performer", "programmer",
          "cartographer",
          "sponsor", "interviewee", "podcaster", "presenter")  # fmt: skip


def cases() -> list[dict[str, Any]]:
    """The samples, in the order of the file."""
    with gzip.open(CASES, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def ours(item: dict[str, Any]) -> dict[str, str]:
    """The compared fields of one of our items."""
    people = next((item[role] for role in PEOPLE if item.get(role)), [{}])
    parts = (item.get("issued") or {}).get("date-parts") or [[""]]
    return {
        "type": str(item.get("type", "")),
        "title": folded(item.get("title", "")),
        "author": folded(" ".join(people[0].get(k, "") for k in ("family", "literal"))),
        "year": str(parts[0][0]),
        "container": folded(item.get("container-title", "")),
        "volume": folded(item.get("volume", "")),
        "pages": folded(item.get("page", "")),
        "doi": str(item.get("DOI", "")).lower(),
    }


def theirs(item: dict[str, Any]) -> dict[str, str]:
    """The compared fields of one of Zotero's items."""
    creators = item.get("creators", ())
    people = [p for role in PEOPLE for p in creators if p.get("creatorType") == role]
    date = next((str(item[k]) for k in ("date", "issueDate", "dateEnacted", "dateDecided")
                 if item.get(k)), "")  # fmt: skip
    year = re.search(r"(?<!\d)[12]\d{3}(?!\d)", date)
    title = item.get("title") or item.get("caseName") or item.get("nameOfAct") or ""
    return {
        "type": ZOTERO_TYPES[item["itemType"]],
        "title": folded(title),
        "author": folded(people[0].get("lastName") or people[0].get("name", "") if people else ""),
        "year": year[0] if year else "",
        "container": folded(next((item[k] for k in CONTAINERS if item.get(k)), "")),
        "volume": folded(
            item.get("volume")
            or item.get("codeVolume")
            or item.get("codeNumber")
            or item.get("reporterVolume")
            or ""
        ),
        "pages": folded(item.get("pages") or item.get("codePages") or item.get("firstPage") or ""),
        "doi": str(item.get("DOI") or "").lower(),
    }


def folded(text: object) -> str:
    """A text without what is a matter of taste: markup, kinds of dash and quote, spaces."""
    plain = markup.plain(markup.read(re.sub(r"</?span[^>]*>", "", str(text))))
    plain = unicodedata.normalize("NFKC", plain)
    plain = re.sub("[\u2010-\u2015\u2212]", "-", plain).replace("\u2019", "'")
    return " ".join(plain.split()).casefold().removesuffix(".")


@dataclass(slots=True)
class Comparison:
    """What agreed with Zotero, by "format field", and what did not."""

    agreed: Counter[str] = field(default_factory=Counter)
    richer: Counter[str] = field(default_factory=Counter)
    """Ours has a value that stands in the record, Zotero's has none."""
    compared: Counter[str] = field(default_factory=Counter)
    works: Counter[str] = field(default_factory=Counter)
    differences: list[tuple[str, ...]] = field(default_factory=list)

    def share(self, *, with_richer: bool = False) -> float:
        """The fields that agree, in per cent."""
        good = sum(self.agreed.values()) + (sum(self.richer.values()) if with_richer else 0)
        return round(100 * good / max(1, sum(self.compared.values())), 2)


def is_list_of_tags(case: dict[str, Any]) -> bool:
    """EndNote's template, in which every value is the name of its field: "AU - Name1, Author"."""
    return "Name1, Author" in case["input"]


def compare(samples: Iterable[dict[str, Any]]) -> Comparison:
    """Our reading of the samples beside Zotero's."""
    result = Comparison()
    for case in samples:
        found = exchange.read_all(case["format"], case["input"])
        result.works["samples"] += 1
        result.works["entries read"] += sum(isinstance(entry, FileEntry) for entry in found)
        result.works["entries broken"] += sum(isinstance(entry, Broken) for entry in found)
        if case["items"] is not None:
            mine = [ours(dict(entry.item)) for entry in found if isinstance(entry, FileEntry)]
            others = [theirs(item) for item in case["items"]]
            result.works["samples with items"] += 1
            result.works["as many works"] += len(mine) == len(others)
            for one, other in zip(mine, others, strict=False):
                compare_fields(result, case["format"], one, other)
    return result


def compare_fields(
    result: Comparison, form: str, one: dict[str, str], other: dict[str, str]
) -> None:
    """Count the fields of one work."""
    for name in FIELDS:
        if not one[name] and not other[name]:
            continue
        key = f"{form} {name}"
        result.compared[key] += 1
        result.agreed[key] += one[name] == other[name]
        result.richer[key] += bool(one[name]) and not other[name]
        if one[name] != other[name]:
            result.differences.append((form, name, one[name], other[name], other["title"][:40]))


def scores() -> dict[str, float]:
    """The figures of the ratchet."""
    whole = compare(cases())
    real = compare(case for case in cases() if not is_list_of_tags(case))
    return {
        "samples read": whole.works["samples"],
        "entries read": whole.works["entries read"],
        "samples with as many works, %": round(
            100 * whole.works["as many works"] / whole.works["samples with items"], 2
        ),
        "fields of real records that agree, %": real.share(),
        "fields of real records that agree or are richer, %": real.share(with_richer=True),
        "fields of all records that agree, %": whole.share(),
    }


def main() -> None:
    """Print, or write, the figures."""
    if "--causes" in sys.argv:
        for row in compare(cases()).differences:
            print(" | ".join(row))
    figures = scores()
    if "--write" in sys.argv:
        (HERE / "scores.json").write_text(
            json.dumps({"samples": figures}, indent=2) + "\n", encoding="utf-8"
        )
    for name, figure in figures.items():
        print(f"{name:52}{figure:8}")


if __name__ == "__main__":
    main()
