"""Western references whose fields somebody marked, as the labeller learns them.

Of the general set (``benchmarks/printed_shared``) one half is learned, and the other one judges.
What its makers did not mark (publishers, towns, series) is labelled by the model that is in place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import marked
from marked import Labelled
from works import load

from refpipe.items.printed import addresses, clean, grammar, labeller
from refpipe.items.printed.articles import japanese_articles
from refpipe.items.printed.labeller import Told

Learned = tuple[str, list[str], Told]
"""The text as it is read, the label of each of its words, and how the grammar reads it."""
LABELS = {
    "translator": "editor", "accessed": "note",
    **dict.fromkeys(("date", "url", "volume", "issue", "page", "edition"), "number"),
}  # fmt: skip
"""The labels that are learned in the place of those that are marked."""
_OF_GENERAL = ("title", "container", "author")
_NAMES = ("author", "editor", "translator")
_ET_AL = re.compile(r"[\s,;]*(?:(?:and|&)\s)?(?:et\.?\s?al\b\.?|others\b)", re.IGNORECASE)
_GIVEN = re.compile(r"[\s,]*(?:[A-Z]\.?[-\s]?){1,4}(?![\w’'])\.?")
_LEFT = ("series", "note", "number", "other")
"""What a word may be that is not marked where each field of a reference is."""
_LEFT_GENERAL = ("publisher", "place", "editor", *_LEFT)


def _is_western(text: str) -> bool:
    return not japanese_articles.is_japanese(clean.clean(text))


def pages() -> Iterator[Labelled]:
    """The Western references of the files in the repository."""
    for text, owner in marked.pages(_is_western):
        yield text, _of_people(text, owner)


def general() -> Iterator[Labelled]:
    """The references of the general set that are learned."""
    shared = load("printed_shared")
    for case in shared.cases(shared.shared()):
        if shared.is_judging(case) or not _is_western(case["text"]):
            continue
        truth = {name: case["truth"][name] for name in _OF_GENERAL if name in case["truth"]}
        owner = marked.owner_of(case["text"], truth)
        if owner is not None:
            yield case["text"], _of_people(case["text"], owner)


def references(path: str) -> Iterator[Labelled]:
    """The Western references of a file whose values are found in the text."""
    for case in marked.references(path):
        text = case["text"]
        if not _is_western(text):
            continue
        if marked.untold(case) & {*marked.NEEDED, "container-title"}:
            continue
        owner = marked.owner_of(text, case.get("truth") or case, ("publisher", "place"))
        if owner is not None:
            yield text, _of_people(text, owner)


def _of_people(text: str, owner: list[str]) -> list[str]:
    """The labels with whole lists of names, of which families alone may be marked."""
    marked.joined(text, owner)
    for role in _NAMES:
        runs = [match.span() for match in re.finditer("x+", _shape(owner, role))]
        for (_, end), (start, _) in pairwise(runs):
            if start - end < 60 and set(owner[end:start]) == {"other"}:
                owner[end:start] = [role] * (start - end)
        for match in re.finditer("x+", _shape(owner, role)):
            for pattern in (_GIVEN, _ET_AL):
                end = match.end()
                while end < len(owner) and owner[end] == role:
                    end += 1
                behind = pattern.match(text, end)
                if behind and set(owner[end : behind.end()]) == {"other"}:
                    owner[end : behind.end()] = [role] * (behind.end() - end)
    return owner


def _shape(owner: list[str], role: str) -> str:
    return "".join("x" if label == role else "." for label in owner)


def learned(raw: str, owner: list[str], left: tuple[str, ...] = ()) -> Learned | None:
    """A reference as the labeller meets it; nothing for one that is read by Japanese habits.

    ``left``: what the words may be that nobody marked; the model in place says which.
    """
    cleaned = clean.clean(raw)
    if japanese_articles.is_japanese(cleaned):
        return None
    draft = grammar.read(cleaned, addresses.find(cleaned.text, cleaned.shape))
    told = draft.told if draft.told[0] else labeller.told_of(draft.kind, draft.parts)
    text = cleaned.text.rstrip()
    if left:
        owner = _with_names(cleaned, owner, told)
    row = labeller.tokens(text)
    spans = [
        (start + len(pre), start + len(pre) + max(1, len(core))) for start, _, pre, core, _ in row
    ]
    labels = [LABELS.get(label, label) for label in marked.of_tokens(cleaned, owner, spans)]
    return text, _filled(text, labels, told, left) if left else labels, told


def _with_names(cleaned: clean.Clean, owner: list[str], told: Told) -> list[str]:
    """Given names that the grammar has read before or behind a marked family are the list's."""
    found = list(owner)
    for role, begin, stop, _ in told[1]:
        span = cleaned.origin(begin, stop)
        inner = set(owner[span.start : span.end])
        if role in _NAMES and inner == {role, "other"}:
            found[span.start : span.end] = [role] * (span.end - span.start)
    return found


def _filled(text: str, labels: list[str], told: Told, left: tuple[str, ...]) -> list[str]:
    """The labels with those of the words that nobody marked."""
    model = labeller.WESTERN
    model.tag(text, told)
    allowed = [label for label in left if label not in labels or label in _LEFT]
    return [
        max(allowed, key=lambda name: model.probability(at, name)) if label == "other" else label
        for at, label in enumerate(labels)
    ]


def marks(paths: list[str]) -> Iterator[Learned]:
    """All that is marked: “pages”, “general”, or files with a JSON object a line."""
    sources: dict[str, Any] = {"pages": pages, "general": general}
    for path in paths:
        rows = sources[path]() if path in sources else references(path)
        left = _LEFT_GENERAL if path == "general" else _LEFT
        for text, owner in rows:
            found = learned(text, owner, left)
            if found:
                yield found
