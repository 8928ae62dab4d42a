"""Languages as bibliography files name them, as the codes that CSL wants (BCP 47)."""

from __future__ import annotations

import re

_NAMES = {
    "en": "eng english englisch anglais 英語", "ja": "jpn japanese japanisch 日本語",
    "de": "ger deu german deutsch ngerman", "fr": "fre fra french français french",
    "es": "spa spanish español castellano", "it": "ita italian italiano",
    "pt": "por portuguese português", "nl": "dut nld dutch nederlands",
    "zh": "chi zho chinese 中国語 中文", "ko": "kor korean 韓国語", "ru": "rus russian",
    "pl": "pol polish", "sv": "swe swedish svenska", "da": "dan danish dansk",
    "no": "nor norwegian norsk", "fi": "fin finnish suomi", "cs": "cze ces czech",
    "hu": "hun hungarian magyar", "tr": "tur turkish", "el": "gre ell greek", "uk": "ukr ukrainian",
    "is": "isl ice icelandic", "la": "lat latin", "ar": "ara arabic", "he": "heb hebrew",
}  # fmt: skip
"""BCP 47 → ISO 639-2 (both forms), English and own names."""

_CODES = {name: code for code, names in _NAMES.items() for name in names.split()}
_TAG = re.compile(r"[a-z]{2}(?:[-_][A-Za-z0-9]+)*", re.IGNORECASE)


def read(text: str) -> str:
    """The code of a language; a name nobody knows stands as it is."""
    text = text.strip()
    if _TAG.fullmatch(text):
        return text.replace("_", "-")
    return _CODES.get(text.lower(), text)
