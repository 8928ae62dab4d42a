"""A table of any size out of the largest labelled set: the same records under other names.

Usage: python benchmarks/matching/grown.py RECORDS > FILE.jsonl

Each round through the set changes every letter of titles, names and journals for another one of
its kind, and the figures of DOIs, so that the works of two rounds are two while their years,
volumes and pages stay as common as they are: what grows is a catalogue, not a set of copies.
"""

from __future__ import annotations

import gzip
import itertools
import json
import sys
from collections.abc import Iterator
from typing import Any

from measure import SETS

_VOWELS, _CONSONANTS = "aeiou", "bcdfghklmnprst"


def records(size: int) -> Iterator[dict[str, Any]]:
    """So many records."""
    with gzip.open(SETS / "depression.jsonl.gz", "rt", encoding="utf-8") as lines:
        whole = [json.loads(line) for line in lines]
    rounds = (changed(row, turn) for turn in itertools.count() for row in whole)
    return itertools.islice(rounds, size)


def changed(row: dict[str, Any], turn: int) -> dict[str, Any]:
    """The record as another work: the same in length and place, other in every word."""
    if turn == 0:
        return row
    letters = str.maketrans(_turned(_VOWELS, turn) | _turned(_CONSONANTS, turn // 4))
    figures = str.maketrans(_turned("0123456789", turn))
    other = dict(row)
    for name in ("author", "title", "container"):
        if name in row:
            other[name] = str(row[name]).translate(letters)
    if doi := str(row.get("doi") or ""):
        head, slash, tail = doi.partition("/")
        other["doi"] = head + slash + tail.translate(figures)
    other.pop("url", None)
    return other | {"id": f"{row['id']}_{turn}"}


def _turned(signs: str, by: int) -> dict[str, str]:
    by %= len(signs)
    turned = dict(zip(signs, signs[by:] + signs[:by], strict=True))
    return turned | {one.upper(): other.upper() for one, other in turned.items()}


if __name__ == "__main__":
    for record in records(int(sys.argv[1])):
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
