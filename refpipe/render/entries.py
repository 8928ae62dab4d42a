"""One entry of the list: an item in a style."""

from __future__ import annotations

import functools
import hashlib
import json
from dataclasses import dataclass

from refpipe import markup
from refpipe.model import Inline, Item, Run
from refpipe.render.language import locale
from refpipe.render.style import Style

RENDERING = 12
"""Raised whenever a change here makes an entry come out differently: remembered ones go stale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryResult:
    """An entry's text without its number, and what the item lost on the way."""

    content: Inline
    warnings: tuple[str, ...] = ()


def entry(item: Item, style: Style) -> EntryResult:
    """The entry of one item; it never raises, whatever the item holds."""
    # Imported here: a run that finds every entry remembered need not wait for the engine.
    from refpipe.render.engine import load
    from refpipe.render.engine.pieces import settle
    from refpipe.render.prepare import reference

    try:
        prepared, warnings = reference(item, has_status='"status"' in style.csl)
        loaded = load(style.csl, locale(item, style.default_locale))
        content = settle(loaded.pieces(prepared), loaded.quotes)
    except Exception as error:
        told = f"could not be rendered; only its title or an identifier is printed ({error})"
        return EntryResult(content=_bare(item), warnings=(told,))
    if not any(char.isalnum() for run in content for char in run.text):
        return EntryResult(content=_bare(item), warnings=(*warnings, "nothing to print"))
    return EntryResult(content=content, warnings=warnings)


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
