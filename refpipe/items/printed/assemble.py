"""From parts to an item: CSL spellings, the kind of work, what was left over, what is doubtful."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from refpipe.items.printed.articles.pieces import expand
from refpipe.items.printed.clean import Clean
from refpipe.items.printed.nouns import Draft, Field, Part, Rest
from refpipe.items.printed.people import japanese_names
from refpipe.items.printed.people.particles import apart
from refpipe.items.printed.words import word_set
from refpipe.model import Item, Span

_CUSTOM = {"number": "article-number"}


def fields(parts: list[Part], clean: Clean) -> dict[str, Field]:
    """Every part as a field, the first of each name, with its place in the original."""
    found: dict[str, Field] = {}
    for part in sorted(parts, key=lambda part: part.start):
        if part.name not in found:
            value = _value(part)
            if value == []:
                continue
            found[part.name] = Field(
                value=value,
                confidence=round(part.confidence, 2),
                span=clean.origin(part.start, part.end),
            )
    return found


_ET_AL = re.compile(r"\bet\.?\s?al\b\.?", re.IGNORECASE)


_EDGE = " 　・･,，、;；:：/／|｜＆&="
"""What parts names from one another and from their role, and is no part of one."""
_BEHALF = re.compile(r"^(?:and\s)?on behalf of\s(?:the\s)?")


def _names(names: list[dict[str, str]]) -> list[dict[str, str]]:
    """The names without what parts them, and without one of which "et al." was made a part."""
    whole = [name for name in names if not any(map(_ET_AL.search, name.values()))]
    trimmed = [
        {key: _BEHALF.sub("", value.strip(_EDGE)) for key, value in name.items()} for name in whole
    ]
    return [
        apart({key: value for key, value in name.items() if value})
        for name in trimmed
        if name.get("family") or name.get("literal")
    ]


def _value(part: Part) -> object:
    """The value in the item's spelling."""
    value = part.value
    if isinstance(value, list):
        return _names(value)
    if isinstance(value, str):
        if part.name == "page":
            return expand(value)
        if part.name in ("volume", "issue"):
            return re.sub(r"\s*[‐‑‒–—−]\s*", "-", value.strip(" .,;:"))
        return re.sub(r"\s+", " ", value)
    return value


def item(found: dict[str, Field], draft: Draft, *, has_doi: bool) -> Item:
    """The item that the fields make."""
    names, kind = draft.head.names, draft.kind
    whole: dict[str, Any] = {}
    custom: dict[str, Any] = dict(draft.custom)
    for name, field in found.items():
        if name in _CUSTOM and kind in ("", "article-journal"):
            custom[_CUSTOM[name]] = field.value
        else:
            whole[name] = field.value
    role = "editor" if names is not None and names.are_editors else "author"
    if names is not None and names.is_cut and role in whole:
        custom[f"{role}-et-al"] = True
    if custom:
        whole["custom"] = custom
    return {"type": _type(whole, kind, has_doi=has_doi), **whole}


def mended(found: dict[str, Field], item: Item) -> dict[str, Field]:
    """The fields with the values that repairs gave the item."""
    return {
        name: replace(field, value=item[name]) if name in item else field
        for name, field in found.items()
    }


def _type(whole: dict[str, Any], kind: str, *, has_doi: bool) -> str:
    if kind:
        return kind
    if "container-title" in whole:
        return "article-journal"
    if "publisher" in whole or "ISBN" in whole:
        return "book"
    if "URL" in whole and not has_doi:
        return "webpage"
    return "article-journal" if has_doi or {"volume", "page", "PMID"} & whole.keys() else "document"


def rest(parts: list[Part], known: list[tuple[int, int]], clean: Clean) -> tuple[Rest, ...]:
    """The stretches that became no field, without bare labels and punctuation."""
    covered = sorted([*((part.start, part.end) for part in parts), *known])
    left: list[Rest] = []
    position = 0
    for start, end in [*covered, (len(clean.text), len(clean.text))]:
        if start > position:
            _leave(left, clean, position, start)
        position = max(position, end)
    return tuple(left)


def beyond(text: str, limit: int) -> tuple[Rest, ...]:
    """What of an overlong text was not read at all."""
    left = text[limit:].strip()
    return (Rest(text=left, span=Span(limit, len(text))),) if left else ()


def _leave(left: list[Rest], clean: Clean, start: int, end: int) -> None:
    text = clean.text[start:end]
    if _is_idle(text):
        return
    while not text[0].isalnum():
        start, text = start + 1, text[1:]
    text = text.rstrip(' ,.;:([“"')
    for opener, closer in ("()", "[]", "（）", "［］", "「」", "『』"):
        if text.endswith(closer) and opener not in text:
            text = text.removesuffix(closer)
    span = clean.origin(start, start + len(text))
    left.append(Rest(text=text, span=Span(span.start, span.end)))


def _is_idle(text: str) -> bool:
    words = re.findall(r"[^\W_]+", text.lower())
    return all(word in _IDLE for word in words)


_IDLE = word_set(
    """vol vols volume no nr issue num p pp page pages doi org http https dx available from at
    online internet and eds ed in et al accessed retrieved pmid pmcid url isbn arxiv editor
    editors cited jan feb mar apr may jun jul aug sep sept oct nov dec january february march
    april june july august september october november december suppl s e 巻 号 頁 年 月 日 第
    ほか 他 ら 参照 閲覧 ページ 頁数 所収 著 編 監修 訳 閲覧日 参照日 最終閲覧日 アクセス日 以下
    ホームページ ウェブサイト サイト 号 月号 著者 書名 出版社 発行所 発行者 編者 訳者 掲載 より 条
    edited translated by paper presented website site homepage licence license this article is
    項 通達 通知 付 付け 面 発行 公表 改訂 更新 公開 刊 放送 所収 収録"""
)


# ── signs that a field was read wrongly ───────────────────────────────────────────────
# A reference whose form nobody foresaw still gives fields.  What such a field holds shows it: a
# bracket without its partner, a role, the end of a sentence within a publisher; and words next to
# it that became no field at all.  A field with such a sign is kept, and told as unsure.

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
        rf"[（）\[\]／「」『』:：;]|\((?![A-Z]{{2,10}}\))|[\d{_JAPANESE}]/|第.*[章節]|[編著訳]$|^.$|ページ|^\d"
    ),
    "publisher-place": re.compile(r"[(（「」『』\d](?![A-Z]{2}\b)"),
    "collection-title": re.compile(r"[「」『』]"),
}
"""What the text of a field does not hold where it was read rightly."""
_ODD_NAME = re.compile(
    rf"[:：「」『』（）／/\d]|[a-z]{{2}}\.\s|[{_JAPANESE}].*(?:編|著|訳|監修)|(?:編|著|訳|監修).*[{_JAPANESE}]"
)


def doubted(
    fields: Mapping[str, Field], kind: str, rest: tuple[Rest, ...], text: str
) -> dict[str, Field]:
    """The fields, those with a sign of being misread told as unsure."""
    names = {*_odd(fields, text), *_unnamed(fields, kind, text), *_beside(fields, rest)}
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
