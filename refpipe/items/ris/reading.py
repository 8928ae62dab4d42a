"""A RIS file's entries as items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from refpipe import identifiers, markup
from refpipe.items.exchange import dates, entries, fields
from refpipe.items.exchange import fields as people
from refpipe.items.exchange.entries import OWN, Broken, Entry, own_variables
from refpipe.items.exchange.tagged import Block, blocks
from refpipe.items.ris import tables
from refpipe.model import Item, Reading, Record

_TAG = re.compile(r"\s*([A-Z][A-Z0-9])[ \t]{0,3}-(?:[ \t]|$)")


def read_all(text: str) -> tuple[Entry | Broken, ...]:
    """Every entry of a RIS text, in order; what cannot be read says where and why."""
    return tuple(_read(block) for block in entry_blocks(text.splitlines()))


def entry_blocks(lines: Iterable[str]) -> Iterator[Block]:
    """The entries in the lines of a file, not yet read; each text can be read alone."""
    return (block for block in blocks(lines, _TAG, "TY", "ER") if not _is_end(block))


def read(record: Record) -> Reading:
    """What a stored entry means."""
    return entries.reading(read_all(record.payload))


def _is_end(block: Block) -> bool:
    return all(line.tag == "ER" for line in block.lines)


def _read(block: Block) -> Entry | Broken:
    kind = block.first("TY").upper()
    if not block.all("TY"):
        reason = "an entry begins with TY; this one has no type"
        return Broken(reason=reason, raw=block.raw, line=block.number)
    if not any(line.value for line in block.lines if line.tag not in ("TY", "ER", "ID")):
        return Broken(reason="there is nothing in this entry", raw=block.raw, line=block.number)
    item = item_of(kind, block)
    return Entry(item=item, raw=block.raw, line=block.number)


def item_of(kind: str, block: Block) -> Item:
    """The item that the tags of one entry describe."""
    return _Reader(kind, block).read()


class _Reader:
    """One entry on its way to an item."""

    __slots__ = ("block", "item", "kind", "type")

    def __init__(self, kind: str, block: Block) -> None:
        self.kind = kind
        self.type = tables.TYPES.get(kind, "document")
        self.block = block
        self.item: Item = {"type": self.type}

    def put(self, variable: str, value: object) -> None:
        """Set a variable unless it has a value or there is none to set."""
        if value and variable not in self.item:
            self.item[variable] = value

    def text(self, *tags: str) -> str:
        """The first value of the tags, as rich text."""
        return markup.clean(" ".join(self.block.first(*tags).split()))

    def read(self) -> Item:
        self.put("id", self.block.first("ID"))
        self.titles()
        self.people()
        self.put("issued", self.issued())
        self.put("accessed", dates.read(self.block.first("Y2")))
        self.numbers()
        self.identifiers()
        self.put("publisher", self.text("PB"))
        self.put("publisher-place", self.text("CY", "PP"))
        self.put("language", fields.language(self.block.first("LA")))
        for tag, variable in tables.TEXTS.items():
            self.put(variable, self.text(tag))
        self.put("keyword", ", ".join(word for k in self.block.all("KW") for word in k.split("\n")))
        notes = [note for note in self.block.all("N1") if not note.startswith(OWN)]
        self.put("note", markup.clean(" ".join("\n".join(notes).split())))
        self.item.update(own_variables(self.block.all("N1")))
        return {variable: value for variable, value in self.item.items() if value is not None}

    # ── titles ──

    def titles(self) -> None:
        self.put("title", self.text("T1", "TI", "CT") or (self.type == "book" and self.text("BT")))
        if self.type in tables.PERIODICALS:
            self.container("JF", "T2", "JO", "BT", "JA", "J2", "J1")
        elif self.kind in ("CONF", "CPAPER"):
            self.container("C3", "BT", "JF", "JO", *(["T2"] if self.kind == "CONF" else []))
            self.put("event-title", self.text("T2"))
        elif self.type in tables.PARTS or self.type in tables.SITES:
            self.container("BT", "T2", "JF", "JO", "J2", "JA")
        elif self.type in tables.CASES:
            # EndNote keeps a case's reporter among the people.
            self.container(*(["A2"] if self.kind in ("CASE", "LEGAL") else []), "T2", "JF")
        else:
            self.put("collection-title", self.text("T2"))
        self.put("collection-title", self.text("T3"))

    def container(self, *tags: str) -> None:
        self.put("container-title", self.text(*tags))
        short = self.text("JA", "J2", "J1") or self.text("JO")
        if short != self.item.get("container-title"):
            self.put("container-title-short", short)

    # ── people ──

    def people(self) -> None:
        first = "editor" if self.kind == "EDBOOK" else "author"
        is_book = self.type == "book"
        roles = (
            (("AU", "A1"), first),
            (("ED",), "editor"),
            (
                ("A2",),
                ""
                if self.kind in ("CASE", "LEGAL")
                else "collection-editor"
                if is_book and self.has_series()
                else "editor",
            ),
            (("A3",), "editor" if is_book else "collection-editor"),
            (("A4",), "translator"),
        )
        for tags, role in roles:
            written = [line.value for line in self.block.lines if line.tag in tags]
            found = [name for name in map(_name, written) if name]
            if found and role:
                self.item.setdefault(role, []).extend(found)

    def has_series(self) -> bool:
        """Whether the second editors of a book can be its series': EndNote means them so."""
        return bool(self.block.first("A3", "T2", "T3"))

    # ── dates and numbers ──

    def issued(self) -> dates.Date | None:
        day = self.block.first("DA")
        if date := dates.read(day):
            return date
        years = self.block.all("PY", "Y1")
        if day and years and (date := dates.of_parts(years[0], day)):
            # The day stands without its year: "Jul 22".
            return date
        return max((d for d in map(dates.read, years) if d), key=_precision, default=None)

    def numbers(self) -> None:
        volume = self.text("VL")
        if self.type in tables.WITH_VOLUME:
            self.put("volume", volume)
        issue = self.text("IS", "CP") or self.text("M1")
        if self.type in tables.PERIODICALS:
            self.put("issue", issue)
        elif self.type == "book" or self.type in tables.PARTS:
            self.put("collection-number", self.text("SV", "M1", "IS"))
        else:
            self.put("number", self.text("IS", "SN" if self.type == "report" else "M1", "M1"))
        if self.type in tables.PAGE_COUNTS:
            self.put("number-of-pages", self.pages())
        elif self.type in tables.PAGED:
            self.put("page", self.pages())

    def pages(self) -> str:
        start, end = (fields.tidy_pages(self.block.first(tag)) for tag in ("SP", "EP"))
        if start and end and end != start and not start.endswith(f"-{end}"):
            return f"{start.rstrip('-')}-{end.lstrip('-')}"
        return start or end

    # ── identifiers ──

    def identifiers(self) -> None:
        addresses = [
            one for said in self.block.all("UR", "LK", "L2", "L3") for one in _SEVERAL.split(said)
        ]
        for written in (*self.block.all("DO", "DI"), *self.block.all("N1", "M3", "C7"), *addresses):
            if found := _DOI.fullmatch(written.strip()):
                self.put("DOI", found[1])
        self.put("URL", next(filter(None, map(fields.address, addresses)), ""))
        for number in re.split(r"[;,\s]+(?=\d)", self.block.first("SN")):
            if _ISSN.fullmatch(number.strip()):
                self.put("ISSN", number.strip())
            elif identifiers.isbn(number):
                self.put("ISBN", number.strip())
        database = self.block.first("DB", "DP")
        accession = self.block.first("AN")
        if accession.isdigit() and re.search(r"pubmed|medline|\bnlm\b", database, re.IGNORECASE):
            self.put("PMID", accession)
        if pmcid := next((c for c in self.block.all("C2", "C3", "C7") if _PMCID.fullmatch(c)), ""):
            self.put("PMCID", pmcid)


_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:?\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_SEVERAL = re.compile(r"\s*[;,|]\s+|\s+(?=https?://|www\.|doi\b)|\n")
"""Between two addresses in one tag."""
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx](?:\s*\(.*\))?")
_PMCID = re.compile(r"PMC\d+")


def _name(value: str) -> people.Name | None:
    value = markup.plain(markup.read(value))
    return people.name(value) if "," in value else people.unparted(value)


def _precision(date: dates.Date) -> int:
    return len(date["date-parts"][0])
