"""The language of an entry: the item's own, never the article's."""

from __future__ import annotations

from refpipe.model import Item
from refpipe.render.scripts import HANGUL, KANA, KANJI

_NAMES = ("ja", "jpn", "japanese", "日本語")


def is_japanese(item: Item) -> bool:
    """True if the item is to be printed as a Japanese entry.

    Kana in the title decide; kanji do where the item says that it is Japanese.  A Japanese
    article recorded with its English title is an English entry.
    """
    title = item.get("title")
    title = title if isinstance(title, str) else str(title or "")
    if HANGUL.search(title):
        return False
    said = item.get("language")
    tag = said.strip().casefold() if isinstance(said, str) else ""
    says_japanese = tag in _NAMES or tag.startswith(("ja-", "ja_"))
    if KANA.search(title):
        return says_japanese or not tag or not tag[0].isascii() or _is_mostly_japanese(title)
    return says_japanese and bool(KANJI.search(title))


def _is_mostly_japanese(title: str) -> bool:
    """True if more of the title is Japanese writing than not."""
    japanese = len(KANA.findall(title)) + len(KANJI.findall(title))
    return japanese * 2 > sum(character.isalpha() for character in title)


def locale(item: Item, default: str) -> str:
    """The locale that an item's entry is printed in."""
    return "ja-JP" if isinstance(item, dict) and is_japanese(item) else default
