"""Japanese references whose fields somebody marked, as the labeller learns them.

Those of ``tests/cases/printed/pages`` are marked where they stand.  Of others, a file with one
JSON object a line, only the values are told: they are looked for in the text, and a reference
of which a name, a title or a publisher is not found is left out.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from works import load

from refpipe.items import printed
from refpipe.items.printed import addresses, clean, japanese_labeller
from refpipe.items.printed.articles import japanese_articles
from refpipe.items.printed.labeller import Told
from refpipe.items.printed.works.days import DATE, date_parts

Labelled = tuple[str, list[str]]
"""A text and the label of each of its signs."""
Learned = tuple[str, list[str], Told]
"""The text as it is read, the label of each of its tokens, and how the grammar reads it."""
_MARK = re.compile(r"\{(\w+)(?:=[^:{}]*)?:([^{}]*)\}")
_MARKS = {
    "a": "author", "e": "editor", "tr": "translator", "t": "title", "c": "container",
    "v": "volume", "i": "issue", "p": "page", "y": "date", "m": "date", "d": "date",
    "ed": "edition", "pub": "publisher", "pl": "place", "url": "url", "doi": "url",
    "acc": "accessed",
}  # fmt: skip
_FIELDS = {
    "URL": "url", "url": "url", "DOI": "url", "doi": "url", "title": "title",
    "container-title": "container", "container": "container", "publisher": "publisher",
    "author": "author", "editor": "editor", "editorial-director": "editor",
    "translator": "translator", "publisher-place": "place", "place": "place",
    "edition": "edition", "page": "page", "volume": "volume", "issue": "issue",
}  # fmt: skip
"""The values that are looked for, the surest first."""
_NEEDED = ("title", "container", "publisher", "author", "editor", "translator")
_RUNS = ("author", "editor", "translator", "date", "accessed", "page")
"""Labels that go on over what parts two marks: the signs between names, 年 and 月."""
_GAP = re.compile(r"[^「『」』（）()]{0,4}")


def pages() -> Iterator[Labelled]:
    """The Japanese references of the files in the repository."""
    for path in sorted(load("printed_pages").PAGES.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            body = line.partition(" ##")[0].partition(": ")[2]
            if line.startswith("#") or not body:
                continue
            text = _MARK.sub(lambda match: match[2], body)
            owner, at, end = ["other"] * len(text), 0, 0
            for match in _MARK.finditer(body):
                at += match.start() - end
                owner[at : at + len(match[2])] = [_MARKS[match[1]]] * len(match[2])
                at, end = at + len(match[2]), match.end()
            if _is_japanese(text):
                yield text, _joined(text, owner)


def forms(each: int, seed: int) -> Iterator[Labelled]:
    """The Japanese forms of the repository, so often filled with made-up values."""
    for case in load("printed_forms").cases(each, seed):
        is_told = _is_japanese(case.text) and not case.free & set(_FIELDS)
        owner = _owner(case.text, case.truth) if is_told else None
        if owner is not None:
            yield case.text, _joined(case.text, owner)


def cases() -> Iterator[Labelled]:
    """The Japanese references of the test cases that tell who, what and when."""
    folder = load("printed_pages").PAGES.parent
    for name in ("japanese.json", "kinds.json"):
        for row in json.loads((folder / name).read_text(encoding="utf-8")):
            told = row.get("item", {}).keys()
            is_whole = "title" in told and {"author", "editor"} & told and "issued" in told
            if is_whole and _is_japanese(row["text"]):
                owner = _owner(row["text"], _plain(row["item"]))
                if owner is not None:
                    yield row["text"], _joined(row["text"], owner)


def _plain(item: dict[str, Any]) -> dict[str, Any]:
    """An item with names and days as text."""
    found = dict(item)
    for name, value in item.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            found[name] = [" ".join(one.values()) for one in value]
        elif isinstance(value, dict) and "date-parts" in value:
            found[name] = "-".join(map(str, value["date-parts"][0]))
    return found


def _is_japanese(text: str) -> bool:
    return japanese_articles.is_japanese(clean.clean(text))


def references(path: str) -> Iterator[Labelled]:
    """The Japanese references of a file whose values are found in the text."""
    with Path(path).open(encoding="utf-8") as lines:
        cases = [json.loads(line) for line in lines if line.strip()]
    for case in cases:
        text = case["text"]
        truth = case.get("truth") or case
        untold = {*case.get("alternatives", ()), *case.get("also", ()), *case.get("free", ())}
        is_told = _is_japanese(text) and not (untold - truth.keys()) & {*_NEEDED, "container-title"}
        owner = _owner(text, truth) if is_told else None
        if owner is not None:
            yield text, _joined(text, owner)


def _owner(text: str, truth: dict[str, Any]) -> list[str] | None:
    """The label of each sign; nothing where what is needed is not found."""
    owner = ["other"] * len(text)
    _mark_day(text, owner, truth.get("accessed"), "accessed")
    for field, label in _FIELDS.items():
        value = truth.get(field)
        for one in value if isinstance(value, list) else [value] if value else []:
            printed = _shortened(text, str(one)) if label == "page" else str(one)
            if not _mark(text, owner, printed, label) and label in _NEEDED:
                return None
    day = truth.get("issued") or [truth[key] for key in ("year", "month", "day") if key in truth]
    _mark_day(text, owner, day, "date")
    return owner


def _fold(text: str) -> tuple[str, list[int]]:
    """Letters and figures as they are compared, and where each stands."""
    folded, places = [], []
    for at, sign in enumerate(text):
        for one in unicodedata.normalize("NFKC", sign).casefold():
            if one.isalnum():
                folded.append(one)
                places.append(at)
    return "".join(folded), places


def _mark(text: str, owner: list[str], value: str, label: str) -> bool:
    """Whether a value was found where nothing is marked yet."""
    folded, places = _fold(text)
    want = _fold(value)[0]
    at = folded.find(want) if want else -1
    while at >= 0:
        start, end = places[at], places[at + len(want) - 1] + 1
        is_figure = want.isdigit()
        is_torn = is_figure and (text[start - 1 : start].isdigit() or text[end : end + 1].isdigit())
        if not is_torn and all(one == "other" for one in owner[start:end]):
            # A sign at the end belongs to it: 「…か？」
            while value.rstrip()[-1:] == text[end : end + 1] and not text[end].isalnum():
                end += 1
            owner[start:end] = [label] * (end - start)
            return True
        at = folded.find(want, at + 1)
    return False


def _shortened(text: str, pages: str) -> str:
    """Pages as they are printed: 202-211 may be 202-11."""
    first, _, last = pages.partition("-")
    for match in re.finditer(rf"(?<!\d){re.escape(first)}\s?\W+(\d+)(?!\d)", text):
        if last and last.endswith(match[1]):
            return match[0]
    return pages


def _mark_day(text: str, owner: list[str], value: Any, label: str) -> None:
    """Mark the last day in the text that is the one told, and in no other field."""
    if not value:
        return
    parts = [int(one) for one in re.findall(r"\d+", str(value))][:3]
    for match in reversed(list(re.finditer(rf"(?<!\d){DATE}", text, re.IGNORECASE))):
        is_free = all(one == "other" for one in owner[match.start() : match.end()])
        if is_free and date_parts(match)[: len(parts)] == parts[: len(date_parts(match))]:
            owner[match.start() : match.end()] = [label] * len(match[0])
            return


def _joined(text: str, owner: list[str]) -> list[str]:
    """The label of each sign, with those of what parts two marks of one run."""
    marks = [(match.start(), match.end()) for match in re.finditer(r"[^\0]+", _shape(owner))]
    for (_, end), (start, _) in pairwise(marks):
        label = owner[end - 1]
        if owner[start] == label and label in _RUNS and _GAP.fullmatch(text[end:start]):
            owner[end:start] = [label] * (start - end)
    for at, sign in enumerate(text):
        if (
            sign in "年月日"
            and at
            and owner[at - 1] in ("date", "accessed")
            and owner[at] == "other"
        ):
            owner[at] = owner[at - 1]
    return owner


def _shape(owner: list[str]) -> str:
    return "".join("\0" if label == "other" else "x" for label in owner)


def learned(raw: str, owner: list[str]) -> Learned | None:
    """A reference as the labeller meets it; nothing for one that is not read by Japanese habits."""
    cleaned = clean.clean(raw)
    if not japanese_articles.is_japanese(cleaned):
        return None
    draft = printed.grammar(cleaned, addresses.find(cleaned.text, cleaned.shape))
    text = printed.said(cleaned.text, draft).rstrip()
    labels = []
    for start, end, kind, _ in japanese_labeller.tokens(text):
        span = cleaned.origin(start, end)
        inner = owner[span.start : span.end] or ["other"]
        label = max(sorted(set(inner)), key=inner.count)
        labels.append("role" if label == "other" and kind == "role" else label)
    return text, labels, draft.told
