"""Japanese references whose fields somebody marked, as the labeller learns them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import marked
from marked import Labelled
from works import load

from refpipe.items import printed
from refpipe.items.printed import addresses, clean, grammar, japanese_labeller
from refpipe.items.printed.articles import japanese_articles
from refpipe.items.printed.labeller import Told

Learned = tuple[str, list[str], Told]
"""The text as it is read, the label of each of its tokens, and how the grammar reads it."""


def pages() -> Iterator[Labelled]:
    """The Japanese references of the files in the repository."""
    return marked.pages(is_japanese)


def forms(each: int, seed: int) -> Iterator[Labelled]:
    """The Japanese forms of the repository, so often filled with made-up values."""
    for case in load("printed_forms").cases(each, seed):
        is_told = is_japanese(case.text) and not case.free & set(marked.FIELDS)
        owner = marked.owner_of(case.text, case.truth) if is_told else None
        if owner is not None:
            yield case.text, marked.joined(case.text, owner)


def cases() -> Iterator[Labelled]:
    """The Japanese references of the test cases that tell who, what and when."""
    folder = load("printed_pages").PAGES.parent
    for name in ("japanese.json", "kinds.json"):
        for row in json.loads((folder / name).read_text(encoding="utf-8")):
            told = row.get("item", {}).keys()
            is_whole = "title" in told and {"author", "editor"} & told and "issued" in told
            if is_whole and is_japanese(row["text"]):
                owner = marked.owner_of(row["text"], _plain(row["item"]))
                if owner is not None:
                    yield row["text"], marked.joined(row["text"], owner)


def _plain(item: dict[str, Any]) -> dict[str, Any]:
    """An item with names and days as text."""
    found = dict(item)
    for name, value in item.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            found[name] = [" ".join(one.values()) for one in value]
        elif isinstance(value, dict) and "date-parts" in value:
            found[name] = "-".join(map(str, value["date-parts"][0]))
    return found


def is_japanese(text: str) -> bool:
    """Whether a reference is read by the habits of Japanese print."""
    return japanese_articles.is_japanese(clean.clean(text))


def references(path: str) -> Iterator[Labelled]:
    """The Japanese references of a file whose values are found in the text."""
    for case in marked.references(path):
        text, open_fields = case["text"], {*marked.NEEDED, "container-title"}
        is_told = is_japanese(text) and not marked.untold(case) & open_fields
        owner = marked.owner_of(text, case.get("truth") or case) if is_told else None
        if owner is not None:
            yield text, marked.joined(text, owner)


def learned(raw: str, owner: list[str]) -> Learned | None:
    """A reference as the labeller meets it; nothing for one that is not read by Japanese habits."""
    cleaned = clean.clean(raw)
    if not japanese_articles.is_japanese(cleaned):
        return None
    draft = grammar.read(cleaned, addresses.find(cleaned.text, cleaned.shape))
    text = printed.said(cleaned.text, draft).rstrip()
    row = japanese_labeller.tokens(text)
    found = marked.of_tokens(cleaned, owner, [(start, end) for start, end, *_ in row])
    labels = [
        "role" if label == "other" and kind == "role" else label
        for label, (_, _, kind, _) in zip(found, row, strict=True)
    ]
    return text, labels, draft.told
