"""Which script a text is written in, as far as names and languages depend on it."""

from __future__ import annotations

import re

KANA = re.compile("[\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9d]")
KANJI = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7ff]")
_EAST_ASIAN = re.compile(
    "[\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u318f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
_LETTER = re.compile(r"[^\W\d_]")


def is_east_asian(text: str) -> bool:
    """True for letters of Chinese, Japanese or Korean writing and no others."""
    return bool(_EAST_ASIAN.search(text)) and not _LETTER.search(_EAST_ASIAN.sub("", text))


def starts_with_letter(text: str) -> bool:
    """True if the first character is a letter of any script."""
    return bool(_LETTER.match(text))
