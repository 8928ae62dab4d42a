"""EndNote's XML export as items, by way of the RIS tags that mean the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from refpipe.items import exchange
from refpipe.items.exchange import Broken, Entry, xml
from refpipe.items.exchange.fields import Block, Line
from refpipe.items.exchange.refer import TYPES
from refpipe.items.exchange.ris import item_of
from refpipe.model import Reading, Record

PATHS = {
    "contributors/authors/author": "AU", "contributors/secondary-authors/author": "A2",
    "contributors/tertiary-authors/author": "A3", "contributors/subsidiary-authors/author": "A4",
    "contributors/translated-authors/author": "TA", "titles/title": "TI",
    "titles/secondary-title": "T2", "titles/tertiary-title": "T3", "titles/alt-title": "J2",
    "titles/short-title": "ST", "titles/translated-title": "TT", "periodical/full-title": "JF",
    "periodical/abbr-1": "JA", "alt-periodical/full-title": "J2", "pages": "SP", "volume": "VL",
    "number": "IS", "issue": "IS", "num-vols": "NV", "edition": "ET", "section": "SE",
    "dates/year": "PY", "dates/pub-dates/date": "DA", "pub-location": "CY", "publisher": "PB",
    "isbn": "SN", "electronic-resource-num": "DO", "accession-num": "AN", "call-num": "CN",
    "abstract": "AB", "notes": "N1", "language": "LA", "keywords/keyword": "KW",
    "urls/related-urls/url": "UR", "urls/web-urls/url": "UR", "access-date": "Y2",
    "work-type": "M3", "remote-database-name": "DB", "remote-database-provider": "DP",
    "reprint-edition": "OP", "custom1": "C1", "custom2": "C2", "custom3": "C3", "custom7": "C7",
    "rec-number": "ID",
}  # fmt: skip
"""Element of a record → RIS tag."""


def read_all(text: str) -> tuple[Entry | Broken, ...]:
    """Every record of an EndNote XML text, in order; what cannot be read says where and why."""
    root, broken = xml.root(text)
    if root is None:
        return broken
    entries = tuple(_read(record) for record in root.iter("record"))
    return (*entries, *broken)


def read(record: Record) -> Reading:
    """What a stored record means."""
    return exchange.reading(read_all(record.payload))


def _read(record: Any) -> Entry | Broken:
    lines = tuple(_lines(record))
    raw, line = xml.raw(record), record.sourceline or 1
    if not any(found.tag != "ID" for found in lines):
        return Broken(reason="there is nothing in this record", raw=raw, line=line)
    name = (
        (record.find("ref-type").get("name") or "") if record.find("ref-type") is not None else ""
    )
    kind = TYPES.get(name.lower(), "GEN")
    return Entry(item=item_of(kind, Block(lines=lines, raw=raw, number=line)), raw=raw, line=line)


def _lines(record: Any) -> Iterator[Line]:
    for path, tag in PATHS.items():
        is_shown = tag in ("TI", "T2", "T3", "JF", "AB", "ST", "TT")
        for element in record.findall(path):
            value = xml.rich(element) if is_shown else xml.plain(element)
            if value.strip():
                yield Line(tag=tag, value=value.strip(), number=element.sourceline or 1)
