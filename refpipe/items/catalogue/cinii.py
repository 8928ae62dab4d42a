"""Records of CiNii as items: CiNii Research in JSON, CiNii Books in RDF.

https://support.nii.ac.jp/en/cir/r_opensearch and https://support.nii.ac.jp/en/cib/api/b_json
describe them.  A hit of a search, a whole record and the RDF of a book say the same in three
shapes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from refpipe import identifiers
from refpipe.items import crossref, damaged_titles, values
from refpipe.items.catalogue import title_page
from refpipe.items.exchange import fields, xml
from refpipe.model import Certainty, Claim, Identifier, Item, Reading, Record, Repair, Scheme
from refpipe.normalise.text import JAPANESE

_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rss": "http://purl.org/rss/1.0/",
}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_RESOURCE = f"{{{_NAMESPACES['rdf']}}}resource"
_KANA = re.compile(r"[\u3040-\u30ff]")
_JAPANESE = re.compile(f"[{JAPANESE}]")


def numbers(message: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Kind and value of each identifier: ``DOI``, ``NAID``, ``NCID``, ``ISBN``."""
    for entry in values.listed(message.get("dc:identifier")):
        fields = values.mapping(entry)
        yield _kind_of(fields.get("@type")), values.text(fields.get("@value"))
    for entry in values.listed(message.get("productIdentifier")):
        fields = values.mapping(values.mapping(entry).get("identifier"))
        yield _kind_of(fields.get("@type")), values.text(fields.get("@value"))


def _kind_of(value: object) -> str:
    return values.first(value).rpartition(":")[2].upper()


def doi_of(message: dict[str, Any]) -> Identifier | None:
    """The DOI in a record of CiNii Research."""
    return next((identifiers.doi(text) for kind, text in numbers(message) if kind == "DOI"), None)


def address_of(message: dict[str, Any]) -> Identifier | None:
    """The address of the record's page."""
    return identifiers.url(values.text(message.get("@id")).removesuffix(".json"))


def isbns(message: dict[str, Any]) -> list[Identifier]:
    """The ISBNs of a book in CiNii Research."""
    found = (identifiers.isbn(text) for kind, text in numbers(message) if kind == "ISBN")
    return list(dict.fromkeys(one for one in found if one is not None))


def read(record: Record) -> Reading:
    """The item of a stored record."""
    if record.payload.lstrip().startswith("<"):
        return _book(record)
    message = values.payload(record.payload)
    repairs: list[Repair] = []
    item = _told(message, repairs) | {name: v for name, v in _place(message).items() if v}
    item["type"] = _kind(message, item)
    own = record.identifier
    if own.scheme is Scheme.ISBN:
        item["ISBN"] = own.value
    elif item["type"] == "book" and (listed := isbns(message)):
        item["ISBN"] = listed[0].value
    doi = doi_of(message)
    if doi is not None:
        item["DOI"] = doi.value
    found = dict.fromkeys(filter(None, (own, address_of(message), doi)))
    claims = tuple(Claim(identifier=one, certainty=Certainty.CONFIRMED) for one in found)
    return Reading(item=item, claims=claims, repairs=tuple(repairs))


def _spoken(value: object) -> list[tuple[str, str]]:
    """(language, text) of a text, a list of texts, or a list of ``{@language, @value}``."""
    found = []
    for one in values.listed(value):
        fields = values.mapping(one)
        text = values.text(fields.get("@value")) if fields else values.text(one)
        if text:
            found.append((values.text(fields.get("@language")), text))
    return found


def _told(message: dict[str, Any], repairs: list[Repair]) -> Item:
    """Title and people in the work's language; those in the other one are its twin."""
    spoken = _spoken(message.get("dc:title") or message.get("title"))
    own = _japanese_first(spoken)
    item: Item = {}
    if title := damaged_titles.title(own, repairs=repairs):
        item["title"] = title
        item |= {"language": "ja"} if _KANA.search(own) else {}
    names = [_spoken(one) for one in _creators(message)]
    if authors := [_person(_chosen(one, own)) for one in names if one]:
        item["author"] = authors
    twin: Item = {}
    other = next((t for code, t in spoken if t != own and "kana" not in code.lower()), "")
    if other:
        twin["title"] = values.clean(other)
        twin["author"] = [_person(one[-1][1]) for one in names if len(one) > 1]
    if twin := {name: value for name, value in twin.items() if value}:
        item["custom"] = {"twin": twin}
    return item


def _creators(message: dict[str, Any]) -> Iterator[Any]:
    """The names of each creator, in every language they are written in."""
    for creator in values.listed(message.get("creator")):
        yield values.mapping(creator).get("foaf:name")
    yield from values.listed(message.get("dc:creator"))


def _chosen(names: list[tuple[str, str]], title: str) -> str:
    is_japanese = bool(_JAPANESE.search(title))
    return next((t for _, t in names if bool(_JAPANESE.search(t)) == is_japanese), names[0][1])


def _person(written: str) -> dict[str, str]:
    """``Kulkarni, Parag`` and ``夏目 漱石`` in parts; ``夏目漱石`` stays whole."""
    if "," in written:
        return title_page.authority(written).name()
    parts = written.split()
    if len(parts) == 2 and _JAPANESE.search(written):
        return {"family": parts[0], "given": parts[1]}
    return {"literal": written}


def _place(message: dict[str, Any]) -> Item:
    """Where it stands: journal, volume, pages, publisher, date."""
    journal = values.mapping(message.get("publication")) or message
    first, last = (values.text(journal.get(f"prism:{name}Page")) for name in ("starting", "ending"))
    name = _spoken(journal.get("prism:publicationName"))
    publisher = _spoken(message.get("dc:publisher") or message.get("dcterms:publisher"))
    for house in values.listed(message.get("dcterms:publisher")):
        publisher += _spoken(values.mapping(house).get("foaf:name"))
    return {
        "container-title": values.clean(_japanese_first(name)),
        "volume": values.number(journal.get("prism:volume")),
        "issue": values.number(journal.get("prism:number")),
        "page": crossref.pages(f"{first}-{last}" if first and last else first),
        "ISSN": values.first(journal.get("prism:issn")),
        "publisher": values.clean(_japanese_first(publisher)),
        "issued": title_page.issued(
            values.text(journal.get("prism:publicationDate") or message.get("dc:date"))
        ),
    }


def _japanese_first(spoken: list[tuple[str, str]]) -> str:
    texts = [text for _, text in spoken]
    return next((text for text in texts if _JAPANESE.search(text)), texts[0] if texts else "")


def _kind(message: dict[str, Any], item: Item) -> str:
    kinds = " ".join(
        [values.text(message.get("dc:type")), values.text(message.get("@type"))]
        + [text for _, text in _spoken(message.get("resourceType"))]
    ).lower()
    is_book = "book" in kinds or "図書" in kinds or any(k == "NCID" for k, _ in numbers(message))
    if "thesis" in kinds or "dissertation" in kinds or "学位論文" in kinds:
        return "thesis"
    if item.get("container-title"):
        return "article-journal"
    return "book" if is_book else "document"


# ── CiNii Books ────────────────────────────────────────────────────────────────────────


def kept(record: Any) -> str:
    """The description of the book as XML, without the libraries that own it.

    ``record`` is the answer for one book, or one ``item`` of a list.
    """
    is_listed = str(record.tag).endswith("}item")
    book = record if is_listed else record.find("rdf:Description", _NAMESPACES)
    return xml.canonical(book) if book is not None else ""


def _book(record: Record) -> Reading:
    root, _ = xml.root(record.payload)
    if root is None:
        return Reading(item={})
    repairs: list[Repair] = []
    item: Item = {"type": "book"} | _book_title(root, repairs)
    people = _book_people(root)
    if custom := {**item.get("custom", {}), **people.pop("custom", {})}:
        item["custom"] = custom
    item |= people
    item |= {name: value for name, value in _book_fields(root).items() if value}
    links = [str(one.get(_RESOURCE)) for one in root.findall("dcterms:hasPart", _NAMESPACES)]
    numbers_ = (identifiers.isbn(link.removeprefix("urn:")) for link in links)
    if isbn := next((one for one in numbers_ if one), None):
        item["ISBN"] = isbn.value
    claim = Claim(identifier=record.identifier, certainty=Certainty.CONFIRMED)
    return Reading(item=item, claims=(claim,), repairs=tuple(repairs))


def _texts(root: Any, path: str) -> list[str]:
    return [text for one in root.findall(path, _NAMESPACES) if (text := xml.plain(one))]


def _book_title(root: Any, repairs: list[Repair]) -> Item:
    """The title; a parallel one behind `` = `` is its twin."""
    named = root.findall("dc:title", _NAMESPACES) or root.findall("rss:title", _NAMESPACES)
    plain = [one for one in named if not one.get(_LANG)]
    whole = xml.plain(plain[0]) if plain else ""
    title, _, parallel = whole.partition(" = ")
    item: Item = {}
    if found := damaged_titles.title(title, repairs=repairs):
        item["title"] = found
    if parallel:
        item["custom"] = {"twin": {"title": values.clean(parallel)}}
    return item


def _book_people(root: Any) -> Item:
    names = _texts(root, "foaf:maker/foaf:Person/foaf:name")
    authorities = [title_page.authority(name) for name in names]
    people = title_page.people(_texts(root, "dc:creator"), authorities)
    return people.item()


def _book_fields(root: Any) -> Item:
    publishers = sorted(_texts(root, "dc:publisher"), key=lambda name: name.endswith("(発売)"))
    series = root.find("dcterms:isPartOf", _NAMESPACES)
    name = str(series.get(f"{{{_NAMESPACES['dc']}}}title") or "") if series is not None else ""
    edition = root.find("prism:edition", _NAMESPACES)
    language = next(iter(_texts(root, "dc:language")), "")
    return {
        "publisher": re.sub(r"\s*\(発売\)$", "", publishers[0]) if publishers else "",
        "edition": xml.plain(edition),
        "number-of-pages": title_page.pages(next(iter(_texts(root, "dcterms:extent")), "")),
        "language": "" if language == "und" else fields.language(language),
        "issued": title_page.issued(next(iter(_texts(root, "prism:publicationDate")), "")),
        **title_page.series(name),
    }
