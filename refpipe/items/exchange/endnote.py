"""EndNote's files as items, by way of the RIS tags that mean the same: ``.enw`` (Refer) and XML."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from refpipe.items import exchange
from refpipe.items.exchange import Broken, FileEntry, xml
from refpipe.items.exchange.fields import Block, Line, blocks
from refpipe.items.exchange.ris import item_of, remarks
from refpipe.model import Reading, Record

# ── Refer and EndNote's ``.enw`` files as items, by way of the RIS tags that mean the same ──────


_TAG = re.compile(r"%(\S)(?:[ \t]|$)")

TAGS = {
    "A": "AU", "B": "T2", "C": "CY", "D": "PY", "E": "ED", "F": "ID", "G": "LA", "I": "PB",
    "J": "JF", "K": "KW", "L": "CN", "M": "AN", "N": "IS", "O": "N1", "P": "SP", "Q": "TT",
    "R": "DO", "S": "T3", "T": "TI", "U": "UR", "V": "VL", "X": "AB", "Y": "A3", "Z": "N1",
    "@": "SN", "!": "ST", "6": "NV", "7": "ET", "8": "DA", "9": "M3", "?": "A4", "&": "SE",
    "(": "OP", "[": "Y2", "1": "C1", "2": "C2", "3": "C3",
}  # fmt: skip
"""Tag of EndNote's import format → RIS tag."""

TYPES = {
    "journal article": "JOUR", "journal": "JOUR", "electronic article": "EJOUR",
    "magazine article": "MGZN", "newspaper article": "NEWS", "book": "BOOK",
    "edited book": "EDBOOK", "electronic book": "EBOOK", "book section": "CHAP",
    "electronic book section": "ECHAP", "conference proceedings": "CONF", "conference": "CONF",
    "conference paper": "CPAPER", "thesis": "THES", "report": "RPRT", "web page": "WEB",
    "blog": "BLOG", "patent": "PAT", "manuscript": "MANSCPT", "unpublished work": "UNPB",
    "computer program": "COMP", "dataset": "DATA", "map": "MAP", "artwork": "ART",
    "audiovisual material": "ADVS", "film or broadcast": "MPCT", "encyclopedia": "ENCYC",
    "dictionary": "DICT", "bill": "BILL", "case": "CASE", "statute": "STAT", "hearing": "HEAR",
    "legal rule or regulation": "LEGAL", "government document": "GOVDOC", "pamphlet": "PAMP",
    "personal communication": "PCOMM", "standard": "STAND", "generic": "GEN", "music": "MUSIC",
    "online database": "DBASE", "online multimedia": "MULTI", "figure": "FIGURE",
    "chart or table": "CHART", "equation": "EQUA", "grant": "GRANT", "serial": "SER",
    "classical work": "CLSWK", "ancient text": "ANCIENT", "aggregated database": "AGGR",
    "catalog": "CTLG", "press release": "GEN", "interview": "PCOMM", "podcast": "SOUND",
    "multimedia application": "MULTI", "discussion forum": "BLOG", "social media": "BLOG",
}  # fmt: skip
"""EndNote's reference types → RIS types."""


def read_all(text: str) -> tuple[FileEntry | Broken, ...]:
    """Every entry of a Refer text, in order; what cannot be read says where and why."""
    return tuple(
        _read(part) for block in blocks(text.splitlines(), _TAG, "0") for part in _parted(block)
    )


def read(record: Record) -> Reading:
    """What a stored entry means."""
    return exchange.reading(read_all(record.payload))


def _parted(block: Block) -> list[Block]:
    """The entries of a block: old Refer has no type line, and parts its entries by empty lines.

    What stands behind an empty line and has no title belongs to the entry before it.
    """
    if block.first("0"):
        return [block]
    lines = block.raw.split("\n")
    cuts = [0]
    for place in (place for place, line in enumerate(lines) if not line.strip()):
        paragraph = itertools.takewhile(str.strip, lines[place + 1 :])
        if _has_title(paragraph) and _has_title(lines[cuts[-1] : place]):
            cuts.append(place + 1)
    ends = [*cuts[1:], len(lines)]
    return [
        replace(part, number=block.number + begin)
        for begin, end in zip(cuts, ends, strict=True)
        for part in blocks(lines[begin:end], _TAG, "0")
    ]


def _has_title(lines: Iterable[str]) -> bool:
    return any(line.lstrip("\ufeff").startswith("%T ") for line in lines)


def _read(block: Block) -> FileEntry | Broken:
    lines = [line for line in block.lines if line.value and line.tag != "0"]
    if not lines:
        return Broken(reason="there is nothing in this entry", raw=block.raw, line=block.number)
    kind = TYPES.get(block.first("0").strip().lower(), "") or _guessed(block)
    mapped = tuple(
        Line(tag=TAGS[line.tag], value=line.value, number=line.number)
        for line in lines
        if line.tag in TAGS
    )
    as_ris = Block(lines=mapped, raw=block.raw, number=block.number)
    notes = tuple(remarks(as_ris))
    return FileEntry(item=item_of(kind, as_ris), raw=block.raw, line=block.number, notes=notes)


def _guessed(block: Block) -> str:
    """The type of an entry that does not name one, as refer(1) tells them apart."""
    if block.first("J"):
        return "JOUR"
    if block.first("B"):
        return "CHAP"
    return (
        "RPRT"
        if block.first("R") and not block.first("I")
        else "BOOK"
        if block.first("I")
        else "GEN"
    )


# ── EndNote's XML export as items, by way of the RIS tags that mean the same ────────────────────


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


def read_all_xml(text: str) -> tuple[FileEntry | Broken, ...]:
    """Every record of an EndNote XML text, in order; what cannot be read says where and why."""
    root, broken = xml.root(text)
    if root is None:
        return broken
    entries = tuple(_read_xml(record) for record in root.iter("record"))
    return (*entries, *broken)


def read_xml(record: Record) -> Reading:
    """What a stored record means."""
    return exchange.reading(read_all_xml(record.payload))


def _read_xml(record: Any) -> FileEntry | Broken:
    lines = tuple(_lines(record))
    raw, line = xml.raw(record), record.sourceline or 1
    if not any(found.tag != "ID" for found in lines):
        return Broken(reason="there is nothing in this record", raw=raw, line=line)
    name = (
        (record.find("ref-type").get("name") or "") if record.find("ref-type") is not None else ""
    )
    kind = TYPES.get(name.lower(), "GEN")
    block = Block(lines=lines, raw=raw, number=line)
    return FileEntry(item=item_of(kind, block), raw=raw, line=line, notes=tuple(remarks(block)))


def _lines(record: Any) -> Iterator[Line]:
    for path, tag in PATHS.items():
        is_shown = tag in ("TI", "T2", "T3", "JF", "AB", "ST", "TT")
        for element in record.findall(path):
            value = xml.rich(element) if is_shown else xml.plain(element)
            if value.strip():
                yield Line(tag=tag, value=value.strip(), number=element.sourceline or 1)
