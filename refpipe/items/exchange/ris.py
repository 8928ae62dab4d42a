"""RIS files as items, and items as RIS files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from refpipe import identifiers, markup
from refpipe.items import exchange
from refpipe.items.exchange import (
    OWN,
    Broken,
    FileEntry,
    Lines,
    dates,
    fields,
    own_note,
    own_variables,
    without_surplus,
)
from refpipe.items.exchange import fields as people
from refpipe.items.exchange.fields import Block, blocks
from refpipe.model import Item, Reading, Record, Scheme

# ── A RIS file's entries as items ───────────────────────────────────────────────────────────────


_TAG = re.compile(r"\s*([A-Z][A-Z0-9])[ \t]{0,3}-(?:[ \t]|$)")


def read_all(text: str) -> tuple[FileEntry | Broken, ...]:
    """Every entry of a RIS text, in order; what cannot be read says where and why."""
    return tuple(_read(block) for block in entry_blocks(text.splitlines()))


def entry_blocks(lines: Iterable[str]) -> Iterator[Block]:
    """The entries in the lines of a file, not yet read; each text can be read alone."""
    return (block for block in blocks(lines, _TAG, "TY", "ER") if not _is_end(block))


def read(record: Record) -> Reading:
    """What a stored entry means."""
    return exchange.reading(read_all(record.payload))


def _is_end(block: Block) -> bool:
    return all(line.tag == "ER" for line in block.lines)


def _read(block: Block) -> FileEntry | Broken:
    kind = block.first("TY").upper()
    if not block.all("TY"):
        reason = "an entry begins with TY; this one has no type"
        return Broken(reason=reason, raw=block.raw, line=block.number)
    if not any(line.value for line in block.lines if line.tag not in ("TY", "ER", "ID")):
        return Broken(reason="there is nothing in this entry", raw=block.raw, line=block.number)
    notes = [*remarks(block)]
    if not any(line.tag == "ER" for line in block.lines):
        notes.append("no ER closes this entry; see whether the file was cut off")
    item = item_of(kind, block)
    return FileEntry(item=item, raw=block.raw, line=block.number, notes=tuple(notes))


def remarks(block: Block) -> Iterator[str]:
    """What is to be said of the dates of an entry."""
    return dates.remarks(*block.all("PY", "Y1", "DA", "Y2"))


def item_of(kind: str, block: Block) -> Item:
    """The item that the tags of one entry describe."""
    return _Reader(kind, block).read()


class _Reader:
    """One entry on its way to an item."""

    __slots__ = ("block", "item", "kind", "type")

    def __init__(self, kind: str, block: Block) -> None:
        self.kind = kind
        self.type = TYPES.get(kind, "document")
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
        said = self.block.first("PY", "Y1", "DA")
        if "issued" not in self.item and re.search(r"[^\W\d_]{2}", said):
            self.put("status", markup.clean(said))  # "in press"
        self.put("accessed", dates.read(self.block.first("Y2")))
        self.numbers()
        self.identifiers()
        self.put("publisher", self.text("PB"))
        self.put("publisher-place", self.text("CY", "PP"))
        self.put("language", fields.language(self.block.first("LA")))
        if self.type == "software":
            self.put("version", self.text("ET"))
        for tag, variable in TEXTS.items():
            if tag != "ET" or "version" not in self.item:
                self.put(variable, self.text(tag))
        self.put("keyword", ", ".join(word for k in self.block.all("KW") for word in k.split("\n")))
        notes = [note for note in self.block.all("N1") if not note.startswith(OWN)]
        self.put("note", markup.clean(" ".join("\n".join(notes).split())))
        self.item.update(own_variables(self.block.all("N1")))
        return {variable: value for variable, value in self.item.items() if value is not None}

    # ── titles ──

    def titles(self) -> None:
        self.put("title", self.text("T1", "TI", "CT") or (self.type == "book" and self.text("BT")))
        if self.type in PERIODICALS:
            self.container("JF", "T2", "JO", "BT", "JA", "J2", "J1")
        elif self.kind in ("CONF", "CPAPER"):
            self.container("C3", "BT", "JF", "JO", *(["T2"] if self.kind == "CONF" else []))
            self.put("event-title", self.text("T2"))
        elif self.type in PARTS or self.type in SITES:
            self.container("BT", "T2", "JF", "JO", "J2", "JA")
        elif self.type in CASES:
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
            found, goes_on = people.without_others([n for n in map(_name, written) if n])
            if found and role:
                self.item.setdefault(role, []).extend(found)
            if goes_on and role == "author":
                self.item["custom"] = {"author-et-al": True}

    def has_series(self) -> bool:
        """Whether the second editors of a book can be its series': EndNote means them so."""
        return bool(self.block.first("A3", "T2", "T3"))

    # ── dates and numbers ──

    def issued(self) -> dates.Date | None:
        day = self.block.first("DA")
        years = self.block.all("PY", "Y1")
        date, said = dates.read(day), dates.read(self.block.first("PY"))
        if date and (said is None or _year(date) == _year(said)):
            return date
        # Of another year is the day it went online; what is cited is the year of publication.
        if day and years and date is None and (date := dates.of_parts(years[0], day)):
            # The day stands without its year: "Jul 22".
            return date
        return max((d for d in map(dates.read, years) if d), key=_precision, default=None)

    def numbers(self) -> None:
        volume = self.text("VL")
        if self.type in WITH_VOLUME:
            self.put("volume", volume)
        issue = self.text("IS", "CP") or self.text("M1")
        if self.type in PERIODICALS:
            self.put("issue", issue)
        elif self.type == "book" or self.type in PARTS:
            self.put("collection-number", self.text("SV", "M1", "IS"))
        else:
            self.put("number", self.text("IS", "SN" if self.type == "report" else "M1", "M1"))
        if self.type in PAGE_COUNTS:
            self.put("number-of-pages", self.pages())
        elif self.type in PAGED:
            self.put("page", self.pages())
        # EndNote keeps an article's number in C7, where PubMed's and DOIs may stand too.
        numbers = [text for text in self.block.all("C7") if not _NAMED.match(text)]
        if self.type in PERIODICALS and "page" not in self.item and numbers:
            self.put("number", markup.clean(numbers[0]))

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
        named = self.block.all("DO", "DI")
        for written in (*named, *self.block.all("N1", "M3", "C7"), *addresses):
            if found := _DOI.fullmatch(written.strip()):
                self.put("DOI", found[1].rstrip(".,;"))
        for claim in (claim for written in named for _, claim in identifiers.find(written)):
            if claim.identifier.scheme is Scheme.DOI:
                self.put("DOI", claim.identifier.value)
        self.put("URL", next(filter(None, map(fields.address, addresses)), ""))
        for number in re.split(r"[;,\s]+(?=\d)", "; ".join(self.block.all("SN"))):
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
_NAMED = re.compile(r"PMC\d|(?:https?://\S*|doi:?\s*)?10\.\d{4}", re.IGNORECASE)
_PMCID = re.compile(r"PMC\d+")


def _name(value: str) -> people.Name | None:
    value = markup.plain(markup.read(value)).replace("，", ", ")
    return people.name(value) if "," in value else people.unparted(value)


def _year(date: dates.Date) -> int:
    return int(date["date-parts"][0][0])


def _precision(date: dates.Date) -> int:
    return len(date["date-parts"][0])


# ── Items as a RIS file that reference managers and ``read_all`` understand ─────────────────────
# Whatever RIS has no tag for, or would change on the way back, is kept in notes of our own.


_NEWLINE = "\r\n"


def write(items: Iterable[Item]) -> str:
    """A RIS file of the items; its lines end as the format demands."""
    return "".join(_entry(item) for item in items)


def _entry(item: Item) -> str:
    kind = TYPES_BACK.get(str(item.get("type", "")), "GEN")
    lines = [(tag, " ".join(value.split())) for tag, value in _lines(item, kind) if value.strip()]
    lines = without_surplus(item, lines, lambda some: _read_again(kind, some))
    found = _read_again(kind, lines)
    changed = [variable for variable in item if item[variable] != found.get(variable)]
    return _shown(kind, [*lines, *(("N1", own_note(v, item[v])) for v in changed)])


def _read_again(kind: str, lines: Lines) -> Item:
    """The item that a reader takes from the lines."""
    again = read_all(_shown(kind, lines))
    return again[0].item if again and isinstance(again[0], FileEntry) else {}


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
            yield tag, _written_name(name)
    yield from _titles(item, kind)
    yield from _dates(item)
    yield "VL", _text(item, "volume")
    if str(item.get("type")) in PERIODICALS:
        yield "C7", "" if item.get("page") else _text(item, "number")
        yield "IS", _text(item, "issue", "collection-number")
    else:
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


def _written_name(name: people.Name) -> str:
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


# ── What RIS's types and tags mean in CSL ───────────────────────────────────────────────────────
# After the RIS specification (Research Information Systems, 2001 and 2011) and what EndNote,
# PubMed, Scopus and publishers' sites write.


TYPES = {
    "ABST": "article-journal", "ADVS": "motion_picture", "AGGR": "document",
    "ANCIENT": "document", "ART": "graphic", "BILL": "bill", "BLOG": "post-weblog",
    "BOOK": "book", "CASE": "legal_case", "CHAP": "chapter", "CHART": "graphic",
    "CLSWK": "book", "COMP": "software", "CONF": "paper-conference",
    "CPAPER": "paper-conference", "CTLG": "article-magazine", "DATA": "dataset",
    "DBASE": "dataset", "DICT": "entry-dictionary", "EBOOK": "book", "ECHAP": "chapter",
    "EDBOOK": "book", "EJOUR": "article-journal", "ELEC": "webpage", "ENCYC": "entry-encyclopedia",
    "EQUA": "document", "FIGURE": "graphic", "GEN": "article-journal", "GOVDOC": "report",
    "GRANT": "document", "HEAR": "hearing", "ICOMM": "personal_communication",
    "INPR": "article-journal", "JFULL": "article-journal", "JOUR": "article-journal",
    "LEGAL": "regulation", "MANSCPT": "manuscript", "MAP": "map", "MGZN": "article-magazine",
    "MPCT": "motion_picture", "MULTI": "motion_picture", "MUSIC": "song",
    "NEWS": "article-newspaper", "PAMP": "pamphlet", "PAT": "patent",
    "PCOMM": "personal_communication", "PREPRINT": "article", "RPRT": "report", "SER": "book",
    "SLIDE": "speech", "SOUND": "song", "STAND": "standard", "STAT": "legislation",
    "THES": "thesis", "UNBILL": "bill", "UNPB": "manuscript", "UNPD": "manuscript",
    "VIDEO": "motion_picture", "WEB": "webpage",
}  # fmt: skip
"""Any other type is a ``document``."""

TYPES_BACK = {
    "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS",
    "article": "UNPB", "bill": "BILL", "book": "BOOK", "chapter": "CHAP", "dataset": "DATA",
    "entry-dictionary": "DICT", "entry-encyclopedia": "ENCYC", "graphic": "ART",
    "hearing": "HEAR", "legal_case": "CASE", "legislation": "STAT", "manuscript": "MANSCPT",
    "map": "MAP", "motion_picture": "VIDEO", "pamphlet": "PAMP", "paper-conference": "CONF",
    "patent": "PAT", "personal_communication": "PCOMM", "post-weblog": "BLOG",
    "regulation": "LEGAL", "report": "RPRT", "review": "JOUR", "software": "COMP",
    "song": "SOUND", "speech": "SLIDE", "standard": "STAND", "thesis": "THES", "webpage": "ELEC",
}  # fmt: skip
"""CSL type → type that older programs know; any other is ``GEN``."""

PERIODICALS = frozenset({"article-journal", "article-magazine", "article-newspaper", "review"})
PARTS = frozenset({"chapter", "entry-dictionary", "entry-encyclopedia", "paper-conference"})
SITES = frozenset({"webpage", "post-weblog"})
CASES = frozenset({"legal_case", "bill", "legislation", "regulation"})
PAGE_COUNTS = frozenset({"book", "thesis", "manuscript", "pamphlet"})
"""Types whose ``SP`` is a number of pages."""
PAGED = PERIODICALS | PARTS | CASES | {"report", "patent", "hearing", "standard", "review"}
WITH_VOLUME = PERIODICALS | PARTS | CASES | {"book", "song", "dataset"}

TEXTS = {
    "AB": "abstract", "N2": "abstract", "ET": "edition", "NV": "number-of-volumes",
    "CN": "call-number", "DB": "archive", "AN": "archive_location", "ST": "title-short",
    "TT": "original-title", "SE": "section", "OP": "original-title", "M3": "genre",
}  # fmt: skip
"""Tag → variable where the type does not matter; the first that has a value counts."""
