"""A title printed in two languages: the first is the item's, the second its twin."""

from __future__ import annotations

import re

from refpipe.items.printed.people.japanese_names import JAPANESE
from refpipe.model import Item

_BRACKETED = re.compile(
    r"(?P<first>.+?)\s*[\[［(（]\s*(?P<second>[^\[\]［］()（）]{8,}+)\s*[\])）]\s*$"
)
_EQUAL = re.compile(r"(?P<first>.+?)\s+[=＝]\s+(?P<second>.{8,})$")


def part(item: Item) -> Item:
    """The item with a translation behind its title moved to ``custom["twin"]``.

    Only a title in Japanese with one in Latin letters behind it, or the other way about, is
    parted; any other bracket is part of the title.
    """
    title = item.get("title")
    if not isinstance(title, str):
        return item
    match = _EQUAL.fullmatch(title) or _BRACKETED.fullmatch(title)
    if match is None or _is_japanese(match["first"]) == _is_japanese(match["second"]):
        return item
    if not _is_japanese(match["second"]) and len(match["second"].split()) < 2:
        return item
    language = "ja" if _is_japanese(match["second"]) else "en"
    twin = {"title": match["second"].strip(), "language": language}
    custom = {**item.get("custom", {}), "twin": twin}
    return {**item, "title": match["first"].strip(), "custom": custom}


def _is_japanese(text: str) -> bool:
    return JAPANESE.search(text) is not None
