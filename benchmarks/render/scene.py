"""The scene of the benchmark: a library of works and articles that cite them."""

from __future__ import annotations

import gzip
import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from refpipe import identifiers
from refpipe.items import canonical, crossref
from refpipe.library import Library
from refpipe.model import Item, Record

PROJECT = '[tool.refpipe]\nlibrary = "library.db"\narticles = ["articles"]\nstyle = "ieee"\n'
HEARD = "2026-01-01T00:00:00Z"


def records(source: Path, wanted: int) -> list[Record]:
    """So many real answers of Crossref, one for each DOI."""
    found: dict[str, Record] = {}
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        for line in lines:
            message = json.loads(line)["message"]
            doi = identifiers.doi(str(message.get("DOI", "")))
            if doi is not None and doi.value not in found and message.get("title"):
                payload = canonical("crossref", message)
                found[doi.value] = Record(source="crossref", identifier=doi, payload=payload)
            if len(found) == wanted:
                break
    return list(found.values())


def build(folder: Path, source: Path, *, works: int, articles: int, references: int) -> list[Item]:
    """A project in ``folder``; gives the items, for other programs to render."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "articles").mkdir(parents=True)
    (folder / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    heard = records(source, works)
    with Library.open(folder / "library.db", create=True) as library:
        library.add(heard, heard=HEARD)
    chance = random.Random(13)
    for number in range(articles):
        cited = chance.sample(heard, references)
        (folder / "articles" / f"a{number:04}.md").write_text(
            "".join(_article([record.identifier.value for record in cited])), encoding="utf-8"
        )
    shutil.copytree(folder / "articles", folder / "typed")
    return [_item(record) for record in heard]


def _item(record: Record) -> Item:
    item: dict[str, Any] = dict(crossref.read(record).item)
    return item | {"id": record.identifier.value}


def _article(dois: list[str]) -> Iterator[str]:
    yield "# 腰痛とMRI\n\n"
    for doi in dois:
        yield f"画像の役割については報告がある [@doi:{doi}]。\n\n"
    yield "## 参考文献\n\n<!--bibliography-->\n"


def restore(folder: Path) -> None:
    """The articles as they were typed, nothing remembered."""
    shutil.rmtree(folder / "articles")
    shutil.copytree(folder / "typed", folder / "articles")
    shutil.rmtree(folder / ".refpipe", ignore_errors=True)
