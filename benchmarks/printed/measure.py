"""Read printed references whose fields are known, and count what is right, wrong and empty.

python benchmarks/printed/measure.py [--half even|odd|all] [--every N] [--show FIELD]
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import os
import re
import time
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from refpipe.items import printed
from refpipe.items.printed.people.full_names import joined

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("REFPIPE_SHARED", ROOT.parent / "shared"))
SAMPLE = 10
"""The ratchet of the fast suite measures every tenth reference."""
FIELDS = ("first-author", "title", "container", "volume", "first-page", "year", "issue")


def fold(text: str) -> str:
    """Text without case, accents, punctuation, white space and tags."""
    plain = re.sub(r"<[^>]+>", "", html.unescape(text))
    plain = unicodedata.normalize(
        "NFKD", plain.replace("ß", "ss").replace("ø", "o").replace("ı", "i")
    )
    return "".join(
        sign for sign in plain.lower() if sign.isalnum() and not unicodedata.combining(sign)
    )


def truth_of_pmc(row: dict[str, str]) -> dict[str, str]:
    """The fields that PubMed gives, under our names."""
    names = {"firstAuthor": "first-author", "atitle": "title", "jtitle": "container",
             "volume": "volume", "firstPage": "first-page"}  # fmt: skip
    return {
        ours: row[theirs].strip() for theirs, ours in names.items() if row.get(theirs, "").strip()
    }


_IEEE = re.compile(
    r"(?:\[1\])?(?P<authors>.*?)(?:, )?“(?P<title>.*?),?” (?P<container>.*?)"
    r"(?:, vol\. (?P<volume>[^,]+))?(?:, no\. (?P<issue>[^,]+))?(?:, pp?\. (?P<page>[^,]+))?"
    r"(?:, (?:[A-Z][a-z]{2}\. |[A-Z][a-z]{2,3} )?(?P<year>\d{4}))?\.$"
)
"""The style that a machine printed so regularly that an expression reads it."""


def truth_of_ieee(text: str) -> dict[str, str] | None:
    """The fields of a work from its IEEE string; the first author where the form is plain."""
    match = _IEEE.match(text)
    if not match:
        return None
    first = re.match(
        r"(?:[^\W\d_]\.[- ]?)+ ?((?:[^\W\d_]|[ '’-])+?)(?:,| and |$| et al)", match["authors"]
    )
    page = match["page"] or ""
    found = {
        "first-author": first[1] if first else "",
        "title": match["title"],
        "container": match["container"],
        "volume": match["volume"] or "",
        "issue": match["issue"] or "",
        "first-page": re.split(r"[-–,]", page)[0],
        "year": match["year"] or "",
    }
    dated = re.fullmatch(r"(?:[A-Z][a-z]{2,3}\.? )?(\d{4})", match["container"])
    if dated:
        found["container"], found["year"] = "", dated[1]
    return {name: value for name, value in found.items() if value}


def is_printed(truth: str, text: str) -> bool:
    """Whether the string holds the value at all; what is not printed cannot be read."""
    return fold(truth) in fold(text) and bool(fold(truth))


def read_fields(item: dict[str, Any]) -> dict[str, str]:
    authors = item.get("author") or item.get("editor") or []
    first = authors[0] if authors else {}
    page = str(item.get("page", ""))
    parts = (item.get("issued") or {}).get("date-parts") or [[""]]
    return {
        "first-author": first.get("family") or first.get("literal") or "",
        "with-particle": joined(first),
        "title": item.get("title", ""),
        "container": item.get("container-title", ""),
        "volume": item.get("volume", ""),
        "issue": item.get("issue", ""),
        "first-page": re.split(r"[-–]", page)[0],
        "year": str(parts[0][0]),
    }


def rows(half: str, every: int) -> Iterator[tuple[str, str, dict[str, str]]]:
    """(collection, text, truth), of one half of each collection."""
    keep = {"even": (0,), "odd": (1,), "all": (0, 1)}[half]
    with gzip.open(SHARED / "data/printed/pmc.jsonl.gz", "rt", encoding="utf-8") as lines:
        for index, line in enumerate(lines):
            if index % 2 in keep and index // 2 % every == 0:
                row = json.loads(line)
                yield "pmc", row["reference"], truth_of_pmc(row)
    with gzip.open(SHARED / "data/printed/styles.jsonl.gz", "rt", encoding="utf-8") as lines:
        printed_works = [json.loads(line) for line in lines]
    truths = {}
    for row in printed_works:
        if row["style"] == "ieee":
            truths.setdefault(row["gt"] or row["ref_string"], truth_of_ieee(row["ref_string"]))
    for row in printed_works:
        key = row["gt"] or row["ref_string"]
        # A work lies in one half with all its styles, so that no half has seen the other's.
        place = zlib.crc32(key.encode())
        truth = truths.get(key)
        if truth and place % 2 in keep and place // 2 % every == 0:
            yield row["style"], row["ref_string"], truth


def measure(
    half: str, every: int, show: str = "", limit: int = 60
) -> dict[str, dict[str, Counter[str]]]:
    """Collection → field → how many are right, wrong, empty, or absent from the string."""
    counts: dict[str, dict[str, Counter[str]]] = {}
    for collection, text, truth in rows(half, every):
        fields = read_fields(printed.read(text).reading.item)
        for name in FIELDS:
            if name not in truth:
                continue
            verdict = judge(fold(fields[name]), fold(truth[name]))
            if name == "first-author" and fold(fields["with-particle"]) == fold(truth[name]):
                verdict = "right"
            if verdict == "wrong" and name == "title" and is_cut_truth(truth[name], text):
                verdict = "right" if fold(truth[name]) in fold(fields[name]) else "wrong"
            if verdict != "right" and not is_printed(truth[name], text):
                verdict += "-unprinted"
            counts.setdefault(collection, {}).setdefault(name, Counter())[verdict] += 1
            if show == f"{collection}:{name}" and verdict in ("wrong", "empty") and limit > 0:
                limit -= 1
                print(f"{verdict}: {fields[name]!r} for {truth[name]!r}\n    {text!r}")
    return counts


def is_cut_truth(truth: str, text: str) -> bool:
    """Whether a recorded title breaks off where its first word in italics stood.

    The publisher's markup cost some records all that came behind the name of a species; such
    a title is right when ours goes on where it breaks off.
    """
    flat = re.sub(r"-\s*\n\s*", "-", text)
    loose = r"[\W_]*".join(re.escape(sign) for sign in fold_signs(truth))
    match = re.search(loose, flat, re.IGNORECASE) if loose else None
    if match is None:
        return False
    after = flat[match.end() :].lstrip("\n -–")[:1]
    before = flat[: match.start()].rstrip()[-1:]
    return (bool(after) and after not in '.?!,;:”"') or before.isalpha()


def fold_signs(text: str) -> list[str]:
    """The letters and figures of a text, accents kept."""
    return [sign for sign in text if sign.isalnum()]


def judge(found: str, truth: str) -> str:
    if found == truth:
        return "right"
    return "wrong" if found else "empty"


def table(counts: dict[str, dict[str, Counter[str]]]) -> str:
    """The figures of every collection and field, as percentages."""
    lines = [f"{'collection':28} {'field':13}     n  right  wrong  empty  of printed: right  wrong"]
    for collection, by_field in counts.items():
        for name, count in by_field.items():
            n = sum(count.values())
            printed_there = max(1, n - count["wrong-unprinted"] - count["empty-unprinted"])
            wrong = count["wrong"] + count["wrong-unprinted"]
            empty = count["empty"] + count["empty-unprinted"]
            lines.append(
                f"{collection:28} {name:13} {n:5} {count['right'] / n:6.1%} {wrong / n:6.1%} "
                f"{empty / n:6.1%}              {count['right'] / printed_there:6.1%} "
                f"{count['wrong'] / printed_there:6.1%}"
            )
    return "\n".join(lines)


def scores(counts: dict[str, dict[str, Counter[str]]]) -> dict[str, dict[str, dict[str, float]]]:
    """Share right and share wrong of every collection and field, as the ratchet compares them."""
    return {
        collection: {
            name: {
                "right": round(count["right"] / sum(count.values()), 4),
                "wrong": round(
                    (count["wrong"] + count["wrong-unprinted"]) / sum(count.values()), 4
                ),
            }
            for name, count in by_field.items()
        }
        for collection, by_field in counts.items()
    }


def japanese_cases() -> list[str]:
    """The Japanese references among the test cases."""
    paths = sorted((ROOT / "tests/cases/printed").glob("*.json"))
    texts = [row["text"] for path in paths for row in json.loads(path.read_text("utf-8"))]
    return [text for text in texts if re.search("[\u3040-\u30ff]", text)]


def speed(texts: list[str]) -> float:
    """CPU milliseconds that one reference takes, comparing not included."""
    began = time.process_time()
    for text in texts:
        _ = printed.read(text).fields
    return (time.process_time() - began) * 1000 / len(texts)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--half", default="all")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--show", default="", help="COLLECTION:FIELD, to print what went wrong")
    parser.add_argument("--limit", type=int, default=60)
    parser.add_argument("--write", action="store_true", help="write scores.json")
    arguments = parser.parse_args()
    result = measure(arguments.half, arguments.every, arguments.show, arguments.limit)
    print(table(result))
    sampled = [text for _, text, _ in rows("all", 8)][:2000]
    print(f"{speed(sampled):.2f} ms CPU for one reference")
    print(f"{speed(japanese_cases()):.2f} ms CPU for one of the Japanese test cases")
    if arguments.write:
        whole = scores(result)
        sample = scores(measure("all", SAMPLE))
        text = json.dumps({"whole": whole, "sample": sample}, indent=1) + "\n"
        (Path(__file__).parent / "scores.json").write_text(text, encoding="utf-8")
