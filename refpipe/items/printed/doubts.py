"""What speaks against a reading: signs within a field, words beside it, and the labeller.

A reference whose form nobody foresaw still gives fields.  What such a field holds shows it: a
bracket without its partner, a role, the end of a sentence within a publisher; and words next to
it that became no field at all.  And the labeller, which was not told how the grammar reads, may
be sure that the words are something else.  Such a field is kept, and told as unsure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from refpipe.items.printed.labeller import Model
from refpipe.items.printed.nouns import Field, Part, Rest
from refpipe.items.printed.people import japanese_names
from refpipe.items.printed.words import word_set

DOUBTED = 0.6
"""The confidence of a field that shows a sign of being misread."""
_NAMES = ("author", "editor", "translator", "editorial-director")
_NAMED = frozenset(("article-journal", "book", "chapter", "thesis", "paper-conference"))
"""Kinds of work that hardly ever are printed without a name."""
_QUOTES = tuple('「『“"')
_PAIRS = ("()", "（）", "[]", "「」", "『』", "“”")
_JAPANESE = "\u3040-\u30ff\u3400-\u9fff"
_ODD = {
    "title": re.compile(
        r"^[(（\[［【*＊※]|^.?$|[,，、]\s?[A-Z]$|／|[|｜]|(?:編|編著|監修|監訳|訳)[）)／/．.]"
        r"|\b(?:eds?|trans)\.\s|\b(?:[Ee]dited|[Tt]ranslated) by\b|\b[Vv]ol\.? \d+$"
        r"|(?:新書|文庫|選書|叢書|シリーズ\s?\d*)[）)]?$|(?!\betc)\b[^\W\d_]{3,}[)]?\.\s[A-Z][a-z]"
        rf"|(?:書院|書店|書房|出版社?)$|[{_JAPANESE}]\s-\s"
    ),
    "container-title": re.compile(
        r"^[(（\[［【*＊※]|[「『」』]|年|第$|\b(?:reviewed|updated)\b|(?:編|編著|監修)$|\b[Ee]ds?\b"
        r"|:\s[A-Z]\w+(?:\sPress)?\)"
    ),
    "publisher": re.compile(
        rf"（(?![株有]）)|(?<![（(][株有])）|[\[\]／「」『』:：;]|\((?!(?:[A-Z]{{2,10}}|[株有])\))|[\d{_JAPANESE}]/|第.*[章節]|[編著訳]$|^.$|ページ|^\d"
    ),
    "publisher-place": re.compile(r"[(（「」『』\d](?![A-Z]{2}\b)"),
    "collection-title": re.compile(r"[「」『』]"),
}
"""What the text of a field does not hold where it was read rightly."""
_ODD_NAME = re.compile(
    rf"[:：「」『』（）／/\d]|[a-z]{{2}}\.\s|[{_JAPANESE}].*(?:編|著|訳|監修)|(?:編|著|訳|監修).*[{_JAPANESE}]"
)


def doubted(
    fields: Mapping[str, Field], kind: str, rest: tuple[Rest, ...], text: str, against: set[str]
) -> dict[str, Field]:
    """The fields, those with a sign of being misread, or a reading against them, told as unsure."""
    signs = {*_odd(fields, text), *_unnamed(fields, kind, text), *_beside(fields, rest)}
    names = signs | against
    return {
        name: replace(field, confidence=min(field.confidence, DOUBTED)) if name in names else field
        for name, field in fields.items()
    }


def _odd(fields: Mapping[str, Field], text: str) -> Iterator[str]:
    """Fields that hold what their like do not hold."""
    for name, field in fields.items():
        if name in _ODD:
            value = str(field.value)
            is_uneven = any(value.count(pair[0]) != value.count(pair[1]) for pair in _PAIRS)
            if not _is_quoted(field, text) and (_ODD[name].search(value) or is_uneven):
                yield name
        elif (isinstance(field.value, list) and _is_mixed(name, field.value)) or (
            name in _NAMES and isinstance(field.value, list) and any(map(_is_odd, field.value))
        ):
            yield name


def _is_quoted(field: Field, text: str) -> bool:
    """Whether quotation marks show where a field begins."""
    return text[max(0, field.span.start - 1) : field.span.start] in _QUOTES


def _is_mixed(role: str, names: list[dict[str, str]]) -> bool:
    """Whether foreign and Japanese names are translators of one book: one of them may have written.

    ``A・B，山田太郎訳`` says so of the first.
    """
    native = {re.search("[\u3400-\u9fff]", "".join(name.values())) is not None for name in names}
    return role == "translator" and len(native) > 1


def _is_odd(name: dict[str, str]) -> bool:
    is_glued = re.search(r"\s[A-Z]{2,3}$", name.get("family", "")) is not None
    is_word = "literal" in name and japanese_names.is_doubtful(name)
    return is_glued or is_word or _ODD_NAME.search(" ".join(name.values())) is not None


def _unnamed(fields: Mapping[str, Field], kind: str, text: str) -> Iterator[str]:
    """A title that may hold what is missing: who wrote the work, or the journal it is in."""
    title = fields.get("title")
    if title is None or _is_quoted(title, text):
        return
    is_nameless = not any(name in fields for name in _NAMES)
    value = str(title.value)
    if is_nameless and (kind in _NAMED or (kind == "webpage" and re.search(r"[\s:：(（]", value))):
        yield "title"
    if kind == "article-journal" and "container-title" not in fields:
        yield "title"


def _beside(fields: Mapping[str, Field], rest: tuple[Rest, ...]) -> Iterator[str]:
    """Fields next to words that were not understood and may be part of them."""
    for left in rest:
        letters = len(re.findall(r"[^\W\d_]", left.text))
        if letters < (2 if re.search(f"[{_JAPANESE}]", left.text) else 5):
            continue
        for name, field in fields.items():
            gap = max(left.span.start - field.span.end, field.span.start - left.span.end)
            if gap <= 3 and (name in _ODD or name in _NAMES):
                yield name


# ── the labeller against the grammar ──────────────────────────────────────────────────

_LABELS = {
    "title": "title", "container-title": "container", "collection-title": "series",
    "author": "author", "editor": "editor", "editorial-director": "editor",
    "translator": "translator", "publisher": "publisher", "publisher-place": "place",
}  # fmt: skip
"""The label that the words of a field have."""
AGAINST = 0.9
"""How sure the labeller must be that a word belongs elsewhere for the field to be doubted."""
_ROLE_WORDS = word_set(
    """ed eds editor editors edited by trans et al and others in hrsg red ほか 他 ら
    編 編集 編著 編者 共編 責任編集 総編集 編集主幹 監 監修 監訳 著 著者 共著 執筆
    訳 訳者 共訳 翻訳"""
)
"""Words beside names that are nobody's, and that a field of names may hold."""


def contradicted(parts: list[Part], text: str, model: Model) -> set[str]:
    """The fields of which the labeller is sure that a word is none of theirs, or one is missing."""
    words = [
        (index, start, end)
        for index, (_, start, end) in enumerate(model.tag(text))
        if re.search(r"[^\W_]", text[start:end])
        and text[start:end].strip("().,:;[]").lower() not in _ROLE_WORDS
    ]
    told = [part for part in parts if part.name not in _LABELS and part.end > part.start]
    free = [
        word for word in words
        if not any(part.start <= word[1] and word[2] <= part.end for part in told)
    ]  # fmt: skip
    found: dict[str, bool] = {}
    for part in sorted(parts, key=lambda part: part.start):
        if part.name in _LABELS and part.name not in found:
            found[part.name] = _is_contradicted(part, free, text, model)
    return {name for name, is_against in found.items() if is_against}


def _is_contradicted(
    part: Part, words: list[tuple[int, int, int]], text: str, model: Model
) -> bool:
    label = _LABELS[part.name]
    inner = [
        (index, start, end) for index, start, end in words if start < part.end and part.start < end
    ]
    is_bounded = text[part.start - 1 : part.start] in _QUOTES and part.start > 0
    if part.name in _NAMES and isinstance(part.value, list):
        # Which of the roles they had, the words beside the names tell; where they work is no name.
        named = " ".join(word for name in part.value for word in name.values())
        inner = [word for word in inner if text[word[1] : word[2]] in named]
        return any(
            sum(model.probability(index, role) for role in ("author", "editor", "translator"))
            <= 1 - AGAINST
            for index, _, _ in inner
        )
    if any(model.probability(index, label) <= 1 - AGAINST for index, _, _ in inner):
        return True
    if is_bounded:
        return False
    before = [index for index, _, end in words if end <= part.start][-1:]
    behind = [index for index, start, _ in words if start >= part.end][:1]
    return any(model.probability(index, label) >= AGAINST for index in (*before, *behind))
