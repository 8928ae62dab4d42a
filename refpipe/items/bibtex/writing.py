"""Items as a BibTeX file that BibTeX, biblatex and ``read_all`` understand.

Whatever BibTeX has no field for, or would change on the way back, is kept beside in fields of
our own (``csl-genre``), which other programs pass over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from refpipe.dates import year_of
from refpipe.items.bibtex import latex, reading, syntax
from refpipe.items.bibtex.reading import read_all
from refpipe.items.exchange import FileEntry, Lines, dates, one_line, without_surplus
from refpipe.items.exchange import fields as people
from refpipe.model import Item

_FIELDS = {
    "title-short": "shorttitle", "container-title-short": "shortjournal", "volume": "volume",
    "number-of-volumes": "volumes", "edition": "edition", "page": "pages",
    "number-of-pages": "pagetotal", "chapter-number": "chapter", "publisher-place": "address",
    "collection-title": "series", "DOI": "doi", "URL": "url", "ISBN": "isbn", "ISSN": "issn",
    "PMID": "pmid", "PMCID": "pmcid", "language": "language", "event-title": "eventtitle",
    "event-place": "venue", "version": "version", "note": "note", "annote": "annote",
    "keyword": "keywords", "abstract": "abstract", "original-title": "origtitle",
    "original-publisher": "origpublisher", "original-publisher-place": "origlocation",
    "call-number": "library", "status": "pubstate", "part-number": "part", "genre": "type",
}  # fmt: skip
"""CSL variable → field, in the order of writing."""

_NO_KEY = re.compile(r"[^\w:./+-]")
_RANGE = re.compile(r"(?<=\w)-(?=\w)")
_WORD = re.compile(r"[^\s<>]+")


def write(items: Iterable[Item]) -> str:
    """A BibTeX file of the items, each with a key."""
    return "\n".join(_entry(item, number) for number, item in enumerate(items, 1))


def _entry(item: Item, number: int) -> str:
    kind = reading.TYPES_BACK.get(str(item.get("type", "")), "misc")
    key = _key(item) or f"item{number}"
    fields = without_surplus(item, list(_fields(item, kind)), lambda some: _read(kind, key, some))
    found = _read(kind, key, fields)
    own = [
        (f"csl-{variable}", f"{{{latex.write(one_line(item[variable]))}}}")
        for variable in item
        if item[variable] != found.get(variable)
    ]
    return _shown(kind, key, [*fields, *own])


def _read(kind: str, key: str, fields: Lines) -> Item:
    """The item that a reader takes from the fields."""
    again = read_all(_shown(kind, key, fields))
    return again[0].item if again and isinstance(again[0], FileEntry) else {}


def _shown(kind: str, key: str, fields: Lines) -> str:
    lines = [f"  {name} = {value}," for name, value in fields]
    return "\n".join((f"@{kind}{{{key},", *lines, "}", ""))


def _key(item: Item) -> str:
    if item.get("id"):
        return _NO_KEY.sub("", str(item["id"]))
    listed: list[people.Name] = item.get("author") or item.get("editor") or [{}]
    person = listed[0]
    name = str(person.get("family") or person.get("literal") or "")
    return _NO_KEY.sub("", name.lower()) + str(year_of(item) or "")


def _fields(item: Item, kind: str) -> Iterator[tuple[str, str]]:
    yield from _people(item)
    for variable, field in (("title", "title"), ("container-title", _container_field(kind))):
        if item.get(variable):
            yield field, f"{{{title_field(str(item[variable]))}}}"
    yield from _date(item.get("issued") or {})
    if item.get("accessed"):
        yield "urldate", f"{{{dates.write(item['accessed'])}}}"
    if item.get("publisher"):
        yield _publisher_field(kind), f"{{{latex.write(str(item['publisher']))}}}"
    is_article = kind == "article"
    if is_article and item.get("number"):
        yield "eid", f"{{{latex.write(str(item['number']))}}}"
    number = item.get("issue") or item.get("collection-number")
    number = number or (None if is_article else item.get("number"))
    if number:
        yield "number", f"{{{latex.write(str(number))}}}"
    if item.get("archive_location"):
        yield "eprint", f"{{{latex.write(str(item['archive_location']))}}}"
        yield "eprinttype", f"{{{latex.write(str(item.get('archive', '')))}}}"
    yield from _plain_fields(item)


def _people(item: Item) -> Iterator[tuple[str, str]]:
    roles = {"author": "author", "editor": "editor", "translator": "translator",
             "container-author": "bookauthor"}  # fmt: skip
    for role, field in roles.items():
        if names := item.get(role):
            written = [_name(name) for name in names]
            custom = item.get("custom")
            if isinstance(custom, dict) and custom.get(f"{role}-et-al"):
                written.append("others")
            yield field, f"{{{' and '.join(written)}}}"


def _plain_fields(item: Item) -> Iterator[tuple[str, str]]:
    for variable, field in _FIELDS.items():
        value = item.get(variable)
        if isinstance(value, str | int) and value != "":
            shown = _address(str(value)) if variable == "URL" else latex.write(str(value))
            if variable == "page":
                shown = _RANGE.sub("--", shown)
            yield field, f"{{{shown}}}"


def _address(url: str) -> str:
    """An address as it stands, unless its braces would break the entry."""
    return url if url.count("{") == url.count("}") == 0 and "\\" not in url else latex.write(url)


def _container_field(kind: str) -> str:
    if kind in reading.IN_CONTAINER:
        return "booktitle"
    return "maintitle" if kind == "book" else "journal"


def _publisher_field(kind: str) -> str:
    return {"thesis": "school", "techreport": "institution"}.get(kind, "publisher")


def _date(issued: dict[str, Any]) -> Iterator[tuple[str, str]]:
    parts = issued.get("date-parts") or [[]]
    if not parts[0]:
        return
    yield "year", f"{{{parts[0][0]}}}"
    if len(parts) > 1 or issued.get("season"):
        yield "date", f"{{{dates.write(issued)}}}"
    elif len(parts[0]) > 1:
        yield "month", syntax.MONTHS[int(parts[0][1]) - 1]
        if len(parts[0]) > 2:
            yield "day", f"{{{parts[0][2]}}}"


def _name(name: people.Name) -> str:
    written = latex.write(people.written_name(name))
    return f"{{{written}}}" if "literal" in name else written


def title_field(text: str) -> str:
    """LaTeX whose capitals a style that lowers titles leaves alone."""
    return latex.write(text, _has_inner_capital)


def _has_inner_capital(word: str) -> bool:
    return any(letter.isupper() for part in word.split("-") for letter in part[1:])
