"""One entry of the list: an item in a style, and in its own language, never the article's."""

from __future__ import annotations

import functools
import hashlib
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from refpipe import markup
from refpipe.lifetimes import lazy
from refpipe.model import Inline, Item, Run
from refpipe.normalise.text import HANGUL, KANA, KANJI
from refpipe.render.style import Style

RENDERING = 15
"""Raised whenever a change here makes an entry come out differently: remembered ones go stale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryResult:
    """An entry's text without its number, and what the item lost on the way."""

    content: Inline
    warnings: tuple[str, ...] = ()


def entry(item: Item, style: Style) -> EntryResult:
    """The entry of one item; it never raises, whatever the item holds."""
    if text := _as_printed(item):
        return EntryResult(content=markup.read(text))
    try:
        content, warnings = _rendered(item, style)
        for name, host, words in _homeless(item):
            if _rendered({**item, name: None}, style)[0] == content:
                item = {**item, name: None, host: words.format(item[host], item[name])}
                content, warnings = _rendered(item, style)
    except Exception as error:
        told = f"could not be rendered; only its title or an identifier is printed ({error})"
        return EntryResult(content=_bare(item), warnings=(told,))
    if not any(char.isalnum() for run in content for char in run.text):
        return EntryResult(content=_bare(item), warnings=(*warnings, "nothing to print"))
    return EntryResult(content=content, warnings=warnings)


def _as_printed(item: Item) -> str:
    """The whole line of a reference of which nothing is known but how it was printed.

    No style has quotation marks or a full stop for it: they would be none of its own.
    """
    custom = item.get("custom") if isinstance(item, dict) else None
    text = custom.get("as-printed") if isinstance(custom, dict) else None
    is_told = isinstance(text, str) and not item.keys() - {"id", "type", "title", "custom"}
    is_own = is_told and str(text).removesuffix(".") == str(item.get("title", "")).removesuffix(".")
    return str(text) if is_own else ""


def _rendered(item: Item, style: Style) -> tuple[Inline, tuple[str, ...]]:
    """The entry as the style prints it, and what had to be left out of the item."""
    # Imported here: a run that finds every entry remembered need not wait for the engine.
    from refpipe.render.engine import load
    from refpipe.render.engine.pieces import settle
    from refpipe.render.prepare import reference

    prepared, warnings = reference(
        item,
        has_status='"status"' in style.csl,
        has_directors="editorial-director" in style.csl,
    )
    loaded = load(style.csl, locale(item, style.default_locale))
    return settle(loaded.pieces(prepared), loaded.quotes), warnings


_NUMBERED = frozenset(
    ("bill", "document", "legal_case", "legislation", "pamphlet", "regulation", "report", "webpage")
)
"""Types of what is looked up by its number or its edition, for which few styles have room."""


def _homeless(item: Item) -> Iterator[tuple[str, str, str]]:
    """Each field that a style may have no place for, the one beside which it is told, and how.

    The number of a notice and the edition of a leaflet stand behind the title, as a law's number
    does; the edition of a newspaper (夕刊) behind its name.  Only in Japanese: elsewhere entries
    are those of the reference engine.
    """
    is_paper = item.get("type") == "article-newspaper"
    if not is_paper and str(item.get("type")) not in _NUMBERED:
        return
    host = "container-title" if is_paper else "title"
    for name in ("edition",) if is_paper else ("number", "edition"):
        value, beside = item.get(name), item.get(host)
        if not isinstance(value, str) or not isinstance(beside, str) or not value.strip():
            continue
        is_bare = value.isdigit() and name == "number"  # By itself it would say nothing.
        # The 2 of 2型糖尿病 tells no edition.
        told = f"{value}版" if value.isdigit() else value
        if is_bare or not _EASTERN.search(beside) or _folded(told) in _folded(beside):
            continue
        said = "第{1}版" if value.isdigit() else "{1}"
        yield name, host, f"{{0}} {said}" if is_paper else f"{{0}}（{said}）"


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


_EASTERN = lazy(f"[{KANA}{KANJI}]")


_LANGUAGES = ("ja", "jpn", "japanese", "日本語")
_KANA, _KANJI, _HANGUL = (lazy(f"[{signs}]") for signs in (KANA, KANJI, HANGUL))


def is_japanese(item: Item) -> bool:
    """True if the item is to be printed as a Japanese entry.

    Kana in the title decide; kanji do where the item says that it is Japanese.  A Japanese
    article recorded with its English title is an English entry.
    """
    title = item.get("title")
    title = title if isinstance(title, str) else str(title or "")
    if _HANGUL.search(title):
        return False
    said = item.get("language")
    tag = said.strip().casefold() if isinstance(said, str) else ""
    says_japanese = tag in _LANGUAGES or tag.startswith(("ja-", "ja_"))
    if _KANA.search(title):
        return says_japanese or not tag or not tag[0].isascii() or _is_mostly_japanese(title)
    return says_japanese and bool(_KANJI.search(title))


def _is_mostly_japanese(title: str) -> bool:
    """True if more of the title is Japanese writing than not."""
    japanese = len(_KANA.findall(title)) + len(_KANJI.findall(title))
    return japanese * 2 > sum(character.isalpha() for character in title)


def locale(item: Item, default: str) -> str:
    """The locale that an item's entry is printed in."""
    return "ja-JP" if isinstance(item, dict) and is_japanese(item) else default


_SHOWN_BARE = {
    "title": "",
    "DOI": "",
    "URL": "",
    "PMID": "PMID: ",
    "PMCID": "",
    "ISBN": "ISBN ",
    "ISSN": "ISSN ",
    "id": "",
}
"""Field → what is written before it where it stands alone."""


def _bare(item: Item) -> Inline:
    """What can be shown of an item that cannot be rendered: its title or an identifier."""
    for key, before in _SHOWN_BARE.items():
        value = item.get(key) if isinstance(item, dict) else None
        if isinstance(value, str) and value.strip():
            readable = before + value.encode("utf-8", "replace").decode("utf-8")
            return markup.read(readable) if key == "title" else (Run(readable),)
    return (Run("[?]"),)


def entry_key(item: Item, style: Style) -> str:
    """A hash of all that an entry depends on: item, style, engine and this package's rendering."""
    whole = json.dumps(item, ensure_ascii=True, sort_keys=True, default=str)
    stamp = f"{RENDERING}\0{_engine_version()}\0{style.digest}\0{whole}"
    return hashlib.sha256(stamp.encode("ascii")).hexdigest()[:32]


@functools.cache
def _engine_version() -> str:
    """The engine's version, asked of its package without importing it."""
    from importlib import metadata  # A run without a changed entry never needs its 15 ms.

    return metadata.version("citeproc-py")
