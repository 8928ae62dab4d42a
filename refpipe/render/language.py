"""The language of an entry: the item's own, never the article's."""

from __future__ import annotations

from refpipe.lifetimes import lazy
from refpipe.model import Item

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


KANA = lazy("[\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9d]")
KANJI = lazy("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
HANGUL = lazy("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7ff]")
_EAST_ASIAN = lazy(
    "[\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u318f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
_LETTER = lazy(r"[^\W\d_]")


def is_east_asian(text: str) -> bool:
    """True for letters of Chinese, Japanese or Korean writing and no others."""
    return bool(_EAST_ASIAN.search(text)) and not _LETTER.search(_EAST_ASIAN.sub("", text))


def starts_with_letter(text: str) -> bool:
    """True if the first character is a letter of any script."""
    return bool(_LETTER.match(text))
