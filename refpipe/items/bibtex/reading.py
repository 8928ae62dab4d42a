"""A BibTeX file's entries as items."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from refpipe import identifiers, markup
from refpipe.items import exchange
from refpipe.items.bibtex import latex, syntax
from refpipe.items.bibtex import names as bibtex_names
from refpipe.items.bibtex.syntax import RawEntry
from refpipe.items.exchange import Broken, FileEntry, dates, fields
from refpipe.model import Item, Reading, Record

_DATED = ("date", "urldate", "lastchecked", "origdate", "eventdate")


def read_all(text: str) -> tuple[FileEntry | Broken, ...]:
    """Every entry of a BibTeX text, in order; what cannot be read says where and why."""
    found = tuple(syntax.entries(text))
    by_key = {entry.key.lower(): entry for entry in reversed(found) if isinstance(entry, RawEntry)}
    return tuple(
        entry if isinstance(entry, Broken) else _read(entry, by_key)
        for entry in found
        if isinstance(entry, Broken) or entry.type not in ("xdata", "set")
    )


def read(record: Record) -> Reading:
    """What a stored entry means: the first one of the text."""
    return exchange.reading(read_all(record.payload))


def _read(entry: RawEntry, by_key: Mapping[str, RawEntry]) -> FileEntry:
    whole, ancestors = _inherited(entry, by_key, frozenset({entry.key.lower()}))
    notes = [*whole.notes, *_missing(entry, by_key)]
    raw = "\n\n".join((*_strings(entry, *ancestors), entry.raw, *(one.raw for one in ancestors)))
    return FileEntry(
        item=_Reader(whole, notes).read(), raw=raw, line=entry.line, notes=tuple(notes)
    )


def _missing(entry: RawEntry, by_key: Mapping[str, RawEntry]) -> Iterable[str]:
    for link in ("xdata", "crossref"):
        for key in filter(None, map(str.strip, entry.fields.get(link, "").split(","))):
            if key.lower() not in by_key:
                yield f"the entry {key}, from which it takes fields, is not in the file"


def _strings(*entries: RawEntry) -> Iterable[str]:
    """The strings that the entries use, as their file defines them."""
    return dict.fromkeys(string for entry in entries for string in entry.strings)


def _inherited(
    entry: RawEntry, by_key: Mapping[str, RawEntry], seen: frozenset[str]
) -> tuple[RawEntry, tuple[RawEntry, ...]]:
    """The entry with what it inherits, and whom it inherits from."""
    ancestors: tuple[RawEntry, ...] = ()
    for link in ("xdata", "crossref"):
        for key in entry.fields.get(link, "").lower().split(","):
            parent = by_key.get(key.strip())
            if not key.strip() or parent is None or key.strip() in seen:
                continue
            whole, further = _inherited(parent, by_key, seen | {key.strip()})
            is_part = link == "crossref" and entry.type in IN_CONTAINER
            entry = replace(entry, fields={**_handed_down(whole, is_part, link), **entry.fields})
            ancestors = (*ancestors, parent, *further)
    return entry, ancestors


def _handed_down(parent: RawEntry, is_part: bool, link: str) -> dict[str, str]:
    if link == "xdata":
        return dict(parent.fields)
    names = INHERITED if is_part else {}
    given = {n: v for n, v in parent.fields.items() if n not in NOT_INHERITED and v}
    # A parent that already says "booktitle" means it for its children.
    return {names.get(name, name): given[name] for name in sorted(given, key=_after_title)}


def _after_title(name: str) -> bool:
    return name.startswith("book")


class _Reader:
    """One entry on its way to an item."""

    __slots__ = ("fields", "item", "notes", "type")

    def __init__(self, entry: RawEntry, notes: list[str]) -> None:
        self.type = entry.type
        self.fields = entry.fields
        self.notes = notes
        self.item: Item = {"id": entry.key} if entry.key else {}

    def text(self, *names: str) -> str:
        """The first of the fields that has a value, as rich text."""
        for name in names:
            if value := latex.read(self.fields.get(name, "")):
                return markup.clean(value)
        return ""

    def bare(self, *names: str) -> str:
        """The first of the fields that has a value, as bare text."""
        return markup.plain(markup.read(self.text(*names)))

    def put(self, variable: str, value: object) -> None:
        """Set a variable unless it has a value or there is none to set."""
        if value and variable not in self.item:
            self.item[variable] = value

    def read(self) -> Item:
        self.item["type"] = TYPES.get(self.type, "document")
        self.titles()
        self.people()
        self.dates()
        self.identifiers()
        self.numbers()
        self.publishing()
        for field, variable in FIELDS.items():
            if variable not in PLAIN:
                self.put(variable, self.text(field) if variable in RICH else self.bare(field))
        if "language" in self.item:
            self.item["language"] = fields.language(self.item["language"])
        if "page" in self.item:
            self.item["page"] = fields.tidy_pages(self.item["page"])
        self.own_fields()
        return self.item

    def titles(self) -> None:
        self.put("title", _joined(self.text("title"), self.text("subtitle")))
        book = _joined(self.text("booktitle"), self.text("booksubtitle"))
        journal = _joined(
            self.text("journaltitle", "fjournal", "journal", "journalname"),
            self.text("journalsubtitle"),
        )
        is_part = self.type in IN_CONTAINER
        self.put("container-title", book or journal if is_part else journal or book)
        if self.item["type"] == "book":
            # The proceedings or the volume is the work itself; only what holds it is its container.
            self.item.pop("container-title", None)
            self.put("title", book)
            self.put("container-title", self.text("maintitle"))
        if "fjournal" in self.fields:
            self.put("container-title-short", self.text("journal"))

    def people(self) -> None:
        for field, role in ROLES.items():
            self.role(field, role)
        kind = self.fields.get("editortype", "").strip().lower()
        if kind in EDITOR_ROLES and "editor" in self.item:
            self.item[EDITOR_ROLES[kind]] = self.item.pop("editor")

    def role(self, field: str, role: str) -> None:
        names, goes_on, notes = bibtex_names.read(self.fields.get(field, ""))
        self.notes += notes
        self.put(role, names)
        if goes_on:
            self.item.setdefault("custom", {})[f"{role}-et-al"] = True

    def dates(self) -> None:
        plain = {name: latex.read(self.fields.get(name, "")) for name in ("date", "year")}
        written = plain["date"] or plain["year"]
        issued = dates.read(plain["date"]) if plain["date"] else None
        if issued is None:
            month, day = (latex.read(self.fields.get(name, "")) for name in ("month", "day"))
            issued = dates.of_parts(plain["year"], month, day)
            parts = [plain["year"], month, *([day] if day else [])]
            if all(map(str.isdecimal, parts)):
                self.notes += dates.remarks_on([list(map(int, parts))])
        self.put("issued", issued)
        if written and not issued:
            self.put("status", markup.clean(written))
        standing = self.text("pubstate")
        self.put("status", STANDINGS.get(standing, standing))
        for field, variable in (("urldate", "accessed"), ("lastchecked", "accessed"),
                                ("origdate", "original-date"),
                                ("eventdate", "event-date")):  # fmt: skip
            self.put(variable, dates.read(latex.read(self.fields.get(field, ""))))
        self.notes += dates.remarks(*(self.fields.get(name, "") for name in _DATED))

    def identifiers(self) -> None:
        for field, variable in FIELDS.items():
            if variable in PLAIN:
                self.put(variable, _plain(self.fields.get(field, "")))
        if doi := _DOI.search(self.item.get("DOI", "")):
            self.item["DOI"] = doi[0]
        if address := self.item.pop("URL", ""):
            self.put("URL", fields.address(address))
        if fields.is_issn(self.item.get("ISBN", "")):
            self.item.setdefault("ISSN", self.item.pop("ISBN"))
        self.eprint()
        published = self.fields.get("howpublished", "")
        if address := fields.address(_plain(published)):
            self.put("URL", address)
        else:
            said = dict.fromkeys((self.text("howpublished"), self.text("note")))
            self.put("note", ". ".join(part.rstrip(".") for part in said if part))

    def eprint(self) -> None:
        """The identifier in an archive, which CSL has no variable of its own for."""
        number = _plain(self.fields.get("eprint", ""))
        archive = _plain(self.fields.get("eprinttype") or self.fields.get("archiveprefix") or "")
        if not number:
            return
        if archive.lower() in ("pubmed", "pmid"):
            self.put("PMID", number)
            return
        if not archive and identifiers.arxiv(number):
            archive = "arXiv"
        self.put("archive", "arXiv" if archive.lower() == "arxiv" else archive)
        self.put("archive_location", number)
        if archive.lower() == "arxiv" and self.type in ("misc", "unpublished", "online"):
            self.item["type"] = "article"

    def numbers(self) -> None:
        kind = self.item["type"]
        number = self.bare("number")
        if kind.startswith("article") or kind in ("periodical", "review", "paper-conference"):
            self.put("issue", number or self.bare("issue"))
        elif kind in ("book", "chapter", "entry-encyclopedia"):
            self.put("collection-number", number)
        else:
            self.put("number", number)
        # An article's own number; a page is what stands in "pages".
        self.put("number" if kind.startswith("article") else "page", self.bare("eid"))
        genre = latex.read(self.fields.get("type", ""))
        self.put("genre", THESIS_TYPES.get(genre, markup.clean(genre)))
        self.put("genre", THESES.get(self.type))

    def publishing(self) -> None:
        names = ("publisher", "institution", "school", "organization")
        if self.item["type"] in ("thesis", "report"):
            names = ("school", "institution", "publisher", "organization")
        self.put("publisher", self.text(*names))
        self.put("publisher-place", self.text("location", "address"))

    def own_fields(self) -> None:
        """Variables that our writer had no field for."""
        for field, value in self.fields.items():
            if field.startswith("csl-"):
                variable = _CASED.get(field, field).removeprefix("csl-")
                self.item[variable] = _stored(latex.read(value))
                if self.item[variable] is None:
                    del self.item[variable]


_DOI = re.compile(r"10\.\d{4,9}/\S+")
_WRAPPED = re.compile(r"\\(?:url|path|nolinkurl)\s*\{(.*)\}", re.DOTALL)
_ESCAPED = re.compile(r"\\([_%&#~$ {}^-])|[{}]|\\(?:textunderscore|_)\s?(?:\{\})?")


def _plain(value: str) -> str:
    """An identifier or address without the escapes that LaTeX wants."""
    wrapped = _WRAPPED.search(value)
    return _ESCAPED.sub(lambda found: found[1] or "", wrapped[1] if wrapped else value).strip()


def _stored(value: str) -> object:
    """What our writer stored as JSON; any other text as it stands."""
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return markup.clean(value)


def _joined(title: str, subtitle: str) -> str:
    if not title or not subtitle:
        return title or subtitle
    return f"{title} {subtitle}" if title[-1] in ":?!" else f"{title}: {subtitle}"


# ── What BibTeX's and biblatex's types and fields mean in CSL ───────────────────────────────────
# After the manuals of BibTeX and of biblatex 3.20 (https://ctan.org/pkg/biblatex, chapter 2) and
# CSL 1.0.2's appendix IV.


TYPES = {
    "article": "article-journal", "suppperiodical": "article-journal", "review": "review",
    "book": "book", "mvbook": "book", "collection": "book", "mvcollection": "book",
    "proceedings": "book", "mvproceedings": "book", "manual": "book", "booklet": "book",
    "inbook": "chapter", "bookinbook": "chapter", "suppbook": "chapter", "incollection": "chapter",
    "suppcollection": "chapter", "inproceedings": "paper-conference",
    "conference": "paper-conference", "inreference": "entry-encyclopedia",
    "reference": "book", "mvreference": "book", "entry": "entry",
    "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis",
    "bachelorsthesis": "thesis", "techreport": "report", "report": "report",
    "standard": "standard", "patent": "patent", "legislation": "legislation",
    "jurisdiction": "legal_case", "legal": "legislation",
    "online": "webpage", "electronic": "webpage", "www": "webpage", "webpage": "webpage",
    "unpublished": "manuscript", "misc": "document", "dataset": "dataset", "data": "dataset",
    "software": "software", "periodical": "periodical", "letter": "personal_communication",
    "artwork": "graphic", "image": "graphic", "audio": "song", "music": "song",
    "video": "motion_picture", "movie": "motion_picture", "performance": "performance",
    "newsarticle": "article-newspaper", "newspaper": "article-newspaper",
    "magazine": "article-magazine", "preprint": "article",
}  # fmt: skip
"""Entry type → CSL type; any other is a ``document``."""

TYPES_BACK = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "book": "book", "pamphlet": "booklet", "chapter": "incollection",
    "paper-conference": "inproceedings", "entry-encyclopedia": "inreference",
    "entry-dictionary": "inreference", "thesis": "thesis", "report": "techreport",
    "patent": "patent", "webpage": "online", "post-weblog": "online", "post": "online",
    "manuscript": "unpublished", "dataset": "dataset", "software": "software",
    "periodical": "periodical", "legislation": "legislation", "legal_case": "jurisdiction",
    "personal_communication": "letter", "graphic": "artwork", "song": "audio",
    "motion_picture": "video", "performance": "performance", "standard": "standard",
}  # fmt: skip
"""CSL type → entry type; any other is ``misc`` and named in the field ``csl-type``."""

STANDINGS = {
    "inpreparation": "in preparation", "submitted": "submitted", "forthcoming": "forthcoming",
    "inpress": "in press", "prepublished": "prepublished",
}  # fmt: skip
"""biblatex's keys in the field ``pubstate`` → what they stand for."""

THESES = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis",
          "bachelorsthesis": "Bachelor’s thesis"}  # fmt: skip
THESIS_TYPES = {"phdthesis": "PhD thesis", "mathesis": "Master’s thesis",
                "bathesis": "Bachelor’s thesis", "candthesis": "Candidate thesis"}  # fmt: skip
"""What biblatex's keys in the field ``type`` stand for."""

FIELDS = {
    "doi": "DOI", "url": "URL", "isbn": "ISBN", "issn": "ISSN", "pmid": "PMID", "pmcid": "PMCID",
    "volume": "volume", "volumes": "number-of-volumes", "edition": "edition",
    "pages": "page", "pagetotal": "number-of-pages", "chapter": "chapter-number",
    "abstract": "abstract", "note": "note", "annote": "annote", "annotation": "annote",
    "keywords": "keyword", "keyword": "keyword", "langid": "language", "language": "language",
    "shorttitle": "title-short", "shortjournal": "container-title-short",
    "eventtitle": "event-title", "venue": "event-place", "version": "version",
    "part": "part-number",
    "library": "call-number", "lccn": "call-number", "origtitle": "original-title",
    "origpublisher": "original-publisher", "origlocation": "original-publisher-place",
    "series": "collection-title", "status": "status", "medium": "medium", "scale": "scale",
}  # fmt: skip
"""Field → CSL variable, where one says what the other does; the first that has a value counts."""

PLAIN = frozenset({"DOI", "URL", "ISBN", "ISSN", "PMID", "PMCID"})
"""Variables that hold no LaTeX, only its escapes."""

RICH = frozenset({"abstract", "note", "annote", "keyword", "title-short", "container-title-short",
    "event-title", "collection-title", "original-title"})  # fmt: skip
"""Variables in which a face means something; a bold volume is a matter of style."""

ROLES = {
    "author": "author", "editor": "editor", "translator": "translator",
    "bookauthor": "container-author", "director": "director", "holder": "author",
}  # fmt: skip
EDITOR_ROLES = {"director": "director", "compiler": "compiler", "organizer": "organizer"}

INHERITED = {
    "title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon",
    "author": "bookauthor",
}  # fmt: skip
"""How a parent's field is called in the child that inherits it."""
NOT_INHERITED = frozenset({"crossref", "xref", "xdata", "entryset", "keywords", "note", "annote",
    "annotation", "abstract", "doi", "url", "urldate", "eprint", "pages", "pagetotal", "file",
    "shorttitle", "ids", "label", "pmid", "pmcid", "related"})  # fmt: skip
IN_CONTAINER = frozenset({"inbook", "bookinbook", "suppbook", "incollection", "suppcollection",
    "inproceedings", "conference", "inreference"})  # fmt: skip

_CASED = {f"csl-{variable.lower()}": f"csl-{variable}" for variable in PLAIN}
"""BibTeX's fields have no case; some variables do."""
