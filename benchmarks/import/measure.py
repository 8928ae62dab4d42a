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
from pathlib import Path
from typing import Any

from refpipe import markup
from refpipe.items.exchange import files
from refpipe.items.exchange.entries import Broken, Entry

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


def compare() -> tuple[Counter[str], Counter[str], list[tuple[str, ...]], Counter[str]]:
    """Fields agreed and compared by "format field", the differences, and counts of works."""
    agreed: Counter[str] = Counter()
    compared: Counter[str] = Counter()
    different: list[tuple[str, ...]] = []
    works: Counter[str] = Counter()
    for case in cases():
        found = files.read_all(case["format"], case["input"])
        works["samples"] += 1
        works["entries"] += sum(isinstance(entry, Entry) for entry in found)
        works["broken"] += sum(isinstance(entry, Broken) for entry in found)
        if case["items"] is None:
            continue
        mine = [ours(dict(entry.item)) for entry in found if isinstance(entry, Entry)]
        others = [theirs(item) for item in case["items"]]
        works["samples with items"] += 1
        works["as many works"] += len(mine) == len(others)
        if len(mine) != len(others):
            different.append(
                (case["format"], "count", str(len(mine)), str(len(others)), case["input"][:60])
            )
        for one, other in zip(mine, others, strict=False):
            for field in FIELDS:
                if not one[field] and not other[field]:
                    continue
                key = f"{case['format']} {field}"
                compared[key] += 1
                agreed[key] += one[field] == other[field]
                if one[field] != other[field]:
                    different.append(
                        (case["format"], field, one[field], other[field], other["title"][:40])
                    )
    return agreed, compared, different, works


def scores() -> dict[str, float]:
    """The figures of the ratchet."""
    agreed, compared, _, works = compare()
    total = sum(agreed.values()) / max(1, sum(compared.values()))
    return {
        "fields that agree": round(100 * total, 2),
        "samples with as many works": round(
            100 * works["as many works"] / works["samples with items"], 2
        ),
        "entries read": works["entries"],
    }


def main() -> None:
    """Print, or write, the figures."""
    agreed, compared, different, works = compare()
    if "--write" in sys.argv:
        (HERE / "scores.json").write_text(json.dumps(scores(), indent=2) + "\n", encoding="utf-8")
    if "--causes" in sys.argv:
        for row in different:
            print(" | ".join(row))
    for name, count in works.items():
        print(f"{name:24}{count:6}")
    for key in sorted(compared):
        print(f"{key:24}{agreed[key]:6} of {compared[key]}")
    print(f"{'all fields':24}{100 * sum(agreed.values()) / max(1, sum(compared.values())):6.2f} %")


if __name__ == "__main__":
    main()
