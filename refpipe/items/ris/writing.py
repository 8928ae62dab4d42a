"""Items as a RIS file that reference managers and ``read_all`` understand.

Whatever RIS has no tag for, or would change on the way back, is kept in notes of our own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from refpipe.items.exchange import fields as people
from refpipe.items.exchange.entries import Entry, Lines, own_note, without_surplus
from refpipe.items.ris import tables
from refpipe.items.ris.reading import read_all
from refpipe.model import Item

_NEWLINE = "\r\n"


def write(items: Iterable[Item]) -> str:
    """A RIS file of the items; its lines end as the format demands."""
    return "".join(_entry(item) for item in items)


def _entry(item: Item) -> str:
    kind = tables.TYPES_BACK.get(str(item.get("type", "")), "GEN")
    lines = [(tag, " ".join(value.split())) for tag, value in _lines(item, kind) if value.strip()]
    lines = without_surplus(item, lines, lambda some: _read(kind, some))
    found = _read(kind, lines)
    changed = [variable for variable in item if item[variable] != found.get(variable)]
    return _shown(kind, [*lines, *(("N1", own_note(v, item[v])) for v in changed)])


def _read(kind: str, lines: Lines) -> Item:
    """The item that a reader takes from the lines."""
    again = read_all(_shown(kind, lines))
    return again[0].item if again and isinstance(again[0], Entry) else {}


def _shown(kind: str, lines: Lines) -> str:
    whole = (("TY", kind), *lines, ("ER", ""))
    return "".join(f"{tag}  - {value}{_NEWLINE}" for tag, value in whole) + _NEWLINE


_ROLES = {"author": "AU", "editor": "ED", "collection-editor": "A3", "translator": "A4"}
_IN_CONTAINER = frozenset(
    {"CONF", "CHAP", "JOUR", "MGZN", "NEWS", "DICT", "ENCYC", "BLOG", "ELEC", "GEN"}
)
_TAGS = (
    ("DO", "DOI"), ("UR", "URL"), ("SN", "ISSN"), ("SN", "ISBN"), ("C2", "PMCID"),
    ("PB", "publisher"), ("CY", "publisher-place"), ("ET", "edition"), ("NV", "number-of-volumes"),
    ("M3", "genre"), ("LA", "language"), ("ST", "title-short"), ("AB", "abstract"),
    ("CN", "call-number"), ("DB", "archive"), ("AN", "archive_location"), ("TT", "original-title"),
    ("SE", "section"), ("N1", "note"),
)  # fmt: skip


def _lines(item: Item, kind: str) -> Iterator[tuple[str, str]]:
    yield "ID", _text(item, "id")
    for role, tag in _ROLES.items():
        for name in item.get(role) or ():
            yield tag, _name(name)
    yield from _titles(item, kind)
    yield from _dates(item)
    yield "VL", _text(item, "volume")
    yield "IS", _text(item, "issue", "number", "collection-number")
    start, dash, end = _text(item, "page", "number-of-pages").partition("-")
    yield "SP", start
    yield "EP", end if dash else ""
    for tag, variable in _TAGS:
        yield tag, _text(item, variable)
    if item.get("PMID") and not item.get("archive"):
        yield "AN", _text(item, "PMID")
        yield "DB", "PubMed"
    for word in _text(item, "keyword").split(", "):
        yield "KW", word


def _titles(item: Item, kind: str) -> Iterator[tuple[str, str]]:
    yield "TI", _text(item, "title")
    if kind in _IN_CONTAINER:
        yield "C3" if kind == "CONF" else "T2", _text(item, "container-title")
        yield "T3", _text(item, "collection-title")
    else:
        yield "T2", _text(item, "collection-title")
    yield "T2", _text(item, "event-title") if kind == "CONF" else ""
    yield "J2", _text(item, "container-title-short")


def _text(item: Item, *variables: str) -> str:
    return next((str(item[variable]) for variable in variables if item.get(variable)), "")


def _name(name: people.Name) -> str:
    if "suffix" in name and "family" in name:
        return ", ".join((name["family"], name.get("given", ""), name["suffix"]))
    return people.written_name(name)


def _dates(item: Item) -> Iterator[tuple[str, str]]:
    for variable, tags in (("issued", ("PY", "DA")), ("accessed", ("", "Y2"))):
        parts: list[Any] = ((item.get(variable) or {}).get("date-parts") or [[]])[0]
        if parts and tags[0]:
            yield tags[0], str(parts[0])
        if len(parts) > 1 or (parts and not tags[0]):
            yield tags[1], "/".join(f"{int(part):02d}" for part in parts)
