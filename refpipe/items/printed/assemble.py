"""From parts to an item: CSL spellings, the kind of work, what was left over."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from refpipe.items.printed.articles.pieces import expand
from refpipe.items.printed.clean import Clean
from refpipe.items.printed.nouns import Draft, Field, Part, Rest
from refpipe.items.printed.people.full_names import apart
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
