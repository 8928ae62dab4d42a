"""Made-up works in any number, each a real Crossref record with other words and numbers."""

from __future__ import annotations

import gzip
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from refpipe import items
from refpipe.model import Identifier, Record, Scheme

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("REFPIPE_SHARED", ROOT.parent / "shared"))
WORKS = SHARED / "data" / "crossref" / "works.jsonl.gz"


def records(number: int, *, seed: int = 1) -> Iterator[Record]:
    """``number`` records, the same for the same seed."""
    chance = random.Random(seed)
    with gzip.open(WORKS, "rt", encoding="utf-8") as lines:
        messages = [json.loads(line) for line in lines]
    messages = [message.get("message", message) for message in messages]
    words = sorted({word for one in messages for word in _title(one).split() if len(word) > 3})
    for count in range(number):
        message = dict(messages[count % len(messages)])
        if count >= len(messages):
            message = _perturbed(message, count, words, chance)
        doi = str(message.get("DOI", f"10.5555/{count}")).lower()
        yield Record(
            source="crossref",
            identifier=Identifier(Scheme.DOI, doi),
            payload=items.canonical("crossref", message),
            heard="2026-01-01T00:00:00Z",
        )


def _title(message: dict[str, Any]) -> str:
    titles = message.get("title") or [""]
    return str(titles[0])


def _perturbed(
    message: dict[str, Any], count: int, words: list[str], chance: random.Random
) -> dict[str, Any]:
    kept = _title(message).split()
    chance.shuffle(kept)
    changed = [chance.choice(words) if chance.random() < 0.6 else word for word in kept]
    for alias in ("alternative-id", "relation", "update-to", "updated-by", "aliases"):
        message.pop(alias, None)
    return message | {
        "DOI": f"{message.get('DOI', '10.5555/x')}.{count}".lower(),
        "title": [" ".join(changed)],
        "volume": str(chance.randint(1, 400)),
        "page": f"{(first := chance.randint(1, 3000))}-{first + chance.randint(1, 20)}",
        "issued": {"date-parts": [[chance.randint(1960, 2025), chance.randint(1, 12)]]},
        "URL": f"https://doi.org/10.5555/{count}",
    }
