"""References whose fields somebody marked, with the label of each sign.

Those of ``tests/cases/printed/pages`` are marked where they stand.  Of others, a file with one
JSON object a line, only the values are told: they are looked for in the text, and a reference
of which a name, a title or a publisher is not found is left out.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from works import load

from refpipe.items.printed.clean import Clean
from refpipe.items.printed.works.days import DATE, date_parts

Labelled = tuple[str, list[str]]
"""A text and the label of each of its signs."""
_MARK = re.compile(r"\{(\w+)(?:=[^:{}]*)?:([^{}]*)\}")
_MARKS = {
    "a": "author", "e": "editor", "tr": "translator", "t": "title", "c": "container",
    "v": "volume", "i": "issue", "p": "page", "y": "date", "m": "date", "d": "date",
    "ed": "edition", "pub": "publisher", "pl": "place", "url": "url", "doi": "url",
    "acc": "accessed",
}  # fmt: skip
FIELDS = {
    "URL": "url", "url": "url", "DOI": "url", "doi": "url", "title": "title",
    "container-title": "container", "container": "container", "publisher": "publisher",
    "author": "author", "editor": "editor", "editorial-director": "editor",
    "translator": "translator", "publisher-place": "place", "place": "place",
    "edition": "edition", "page": "page", "pages": "page", "volume": "volume", "issue": "issue",
}  # fmt: skip
"""The values that are looked for, the surest first."""
NEEDED = ("title", "container", "publisher", "author", "editor", "translator")
_RUNS = ("author", "editor", "translator", "date", "accessed", "page")
"""Labels that go on over what parts two marks: the signs between names, 年 and 月."""
_GAP = re.compile(
    r"[^「『」』（）()]{0,4}|[\s,;&]*(?:and|und|et|y|e|og|en|with)?[\s,;&]*", re.IGNORECASE
)


def pages(is_wanted: Callable[[str], bool]) -> Iterator[Labelled]:
    """The references of the files in the repository, of those that are wanted."""
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
            if is_wanted(text):
                yield text, joined(text, owner)


def references(path: str) -> Iterator[dict[str, Any]]:
    """The references of a file, each with its text and what is true of it."""
    with Path(path).open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def untold(case: dict[str, Any]) -> set[str]:
    """The fields of which more than one reading is right, or none is told."""
    truth = case.get("truth") or case
    fields = {*case.get("alternatives", ()), *case.get("also", ()), *case.get("free", ())}
    return fields - truth.keys()


def owner_of(text: str, truth: dict[str, Any], late: tuple[str, ...] = ()) -> list[str] | None:
    """The label of each sign; nothing where what is needed is not found.

    ``late``: labels whose value is the last one where it stands more than once.
    """
    owner = ["other"] * len(text)
    _mark_day(text, owner, truth.get("accessed"), "accessed")
    for field, label in FIELDS.items():
        value = truth.get(field)
        for one in value if isinstance(value, list) else [value] if value else []:
            printed = _shortened(text, str(one)) if label == "page" else str(one)
            is_found = _mark(text, owner, printed, label, is_late=label in late)
            if not is_found and label in NEEDED:
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


def _mark(text: str, owner: list[str], value: str, label: str, *, is_late: bool) -> bool:
    """Whether a value was found where nothing is marked yet, and no word is torn by it."""
    folded, places = _fold(text)
    want = _fold(value)[0]
    found = [match.start() for match in re.finditer(f"(?={re.escape(want)})", folded)]
    for at in (reversed(found) if is_late else found) if want else ():
        start, end = places[at], places[at + len(want) - 1] + 1
        is_torn = _is_torn(text[start - 1 : start + 1]) or _is_torn(text[end - 1 : end + 1])
        if not is_torn and all(one == "other" for one in owner[start:end]):
            # A sign at the end belongs to it: 「…か？」
            while value.rstrip()[-1:] == text[end : end + 1] and not text[end].isalnum():
                end += 1
            owner[start:end] = [label] * (end - start)
            return True
    return False


def _is_torn(both: str) -> bool:
    """Whether two signs are of one figure or one word of Latin letters."""
    return len(both) == 2 and bool(re.fullmatch(r"\d\d|[A-Za-zÀ-ɏ]{2}", both))


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


def joined(text: str, owner: list[str]) -> list[str]:
    """The label of each sign, with those of what parts two marks of one run."""
    shape = "".join("\0" if label == "other" else "x" for label in owner)
    marks = [(match.start(), match.end()) for match in re.finditer(r"[^\0]+", shape)]
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


def of_tokens(cleaned: Clean, owner: list[str], spans: list[tuple[int, int]]) -> list[str]:
    """The label of each token of the cleaned text: that of most of its signs."""
    labels = []
    for start, end in spans:
        span = cleaned.origin(start, end)
        inner = owner[span.start : span.end] or ["other"]
        labels.append(max(sorted(set(inner)), key=inner.count))
    return labels
