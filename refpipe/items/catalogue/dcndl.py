"""Records of NDL Search (国立国会図書館サーチ) in DC-NDL as items.

The format: https://ndlsearch.ndl.go.jp/renkei/dcndl (RDF), and the appendices of the
specification of its interfaces (https://ndlsearch.ndl.go.jp/help/api/specifications).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from lxml import etree

from refpipe import identifiers
from refpipe.items import damaged_titles, values
from refpipe.items.catalogue import title_page
from refpipe.items.exchange import fields, xml
from refpipe.model import Certainty, Claim, Identifier, Item, Reading, Record, Repair, Scheme

_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "dcndl": "http://ndl.go.jp/dcndl/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_RDF, _RDFS = _NAMESPACES["rdf"], _NAMESPACES["rdfs"]
_BULKY = (
    "dcndl:record",
    "rdfs:seeAlso",
    "dcterms:subject",
    "dcterms:tableOfContents",
    "dcterms:abstract",
)

_KINDS = {
    "雑誌": "periodical", "逐次刊行物": "periodical", "新聞": "periodical", "博士論文": "thesis",
    "地図": "map", "映像資料": "motion_picture", "録音資料": "song", "楽譜": "musical_score",
    "静止画資料": "graphic", "規格・テクニカルリポート類": "report", "規格": "standard",
    "記事": "article-journal", "雑誌記事": "article-journal",
}  # fmt: skip
"""Kind of material → CSL's type; all else is a book."""

_TRADED = re.compile(r"発売|頒布|販売|製作|印刷")
"""What a house did that did not publish the book."""
_ORIGINAL = re.compile(
    r"^\s*原(?:タイトル|書名)\s*[:：]\s*(?P<title>.+?)(?:\.?\s*\(?原著[^)]*\)?)?(?:の翻訳)?\s*$"
)


def kept(record: Any) -> str:
    """The one resource that describes the book as XML, without holdings and subjects.

    ``record`` is the ``rdf:RDF`` element of an answer, or an ``item`` of a list; the text is
    empty where it has none.
    """
    is_listed = xml.name(record) == "item"
    resource = record if is_listed else record.find("dcndl:BibResource", _NAMESPACES)
    if resource is None:
        return ""
    for name in _BULKY:
        for element in resource.findall(name, _NAMESPACES):
            resource.remove(element)
    return xml.canonical(resource)


def read(record: Record) -> Reading:
    """The item of a stored ``dcndl:BibResource``, or of an ``item`` of a list."""
    root, _ = xml.root(record.payload)
    if root is None:
        return Reading(item={})
    if xml.name(root) == "item":
        root = described(root)
    repairs: list[Repair] = []
    item = _item(_Resource(root), record.identifier, repairs)
    return Reading(
        item=item, claims=_claims(_Resource(root), record.identifier), repairs=tuple(repairs)
    )


class _Resource:
    """A description, asked by qualified names."""

    def __init__(self, element: Any) -> None:
        self.element = element

    def texts(self, path: str) -> list[str]:
        found = self.element.findall(path, _NAMESPACES)
        return [text for one in found if (text := xml.plain(one))]

    def first(self, path: str) -> str:
        return next(iter(self.texts(path)), "")

    def numbers(self, kind: str) -> list[str]:
        """The identifiers of a kind, such as ``ISBN``, ``DOI`` or ``JPNO``."""
        found = self.element.findall("dcterms:identifier", _NAMESPACES)
        wanted = [one for one in found if str(one.get(f"{{{_RDF}}}datatype")).endswith(f"/{kind}")]
        return [text for one in wanted if (text := xml.plain(one))]


def isbns(root: Any) -> list[Identifier]:
    """The ISBNs of the book itself, not of a set that it is part of."""
    found = (identifiers.isbn(text) for text in _Resource(root).numbers("ISBN"))
    return list(dict.fromkeys(one for one in found if one is not None))


def address(root: Any) -> Identifier | None:
    """The address of the record's page."""
    about = str(root.get(f"{{{_RDF}}}about") or "").partition("#")[0]
    return identifiers.url(about.replace("http://iss.ndl", "https://iss.ndl"))


def _claims(resource: _Resource, asked: Identifier) -> tuple[Claim, ...]:
    """What was asked for, the record's page, and its DOI.

    The other ISBNs are none: of a set's the same stands in every volume's record.
    """
    dois = [identifiers.doi(text) for text in resource.numbers("DOI")[:1]]
    found = dict.fromkeys(filter(None, (asked, address(resource.element), *dois)))
    return tuple(Claim(identifier=one, certainty=Certainty.CONFIRMED) for one in found)


def _item(resource: _Resource, asked: Identifier, repairs: list[Repair]) -> Item:
    title, statements = _title(resource)
    item: Item = {"type": _kind(resource)}
    if found := damaged_titles.title(title, repairs=repairs):
        item["title"] = found
    item |= _people(resource, statements)
    item |= {name: value for name, value in _fields(resource).items() if value}
    if date := title_page.issued(resource.first("dcterms:date"), resource.first("dcterms:issued")):
        item["issued"] = date
    own = asked.value if asked.scheme is Scheme.ISBN else ""
    if number := own or next((one.value for one in isbns(resource.element)), ""):
        item["ISBN"] = number
    if doi := next(iter(resource.numbers("DOI")), ""):
        found_doi = identifiers.doi(doi)
        item |= {"DOI": found_doi.value} if found_doi else {}
    return item


def _title(resource: _Resource) -> tuple[str, str]:
    """The title, and the statement of responsibility that foreign records have behind it."""
    whole = resource.first("dc:title/rdf:Description/rdf:value") or resource.first("dcterms:title")
    title, slash, statement = whole.partition(" / ")
    return (title.rstrip(" ."), statement) if slash and title.isascii() else (whole, "")


def _people(resource: _Resource, statement: str) -> Item:
    authorities = [
        title_page.authority(
            xml.plain(agent.find("foaf:name", _NAMESPACES)),
            xml.plain(agent.find("dcndl:transcription", _NAMESPACES)),
        )
        for agent in resource.element.findall("dcterms:creator/foaf:Agent", _NAMESPACES)
    ]
    if statement:
        people = title_page.english(statement, authorities)
    else:
        people = title_page.people(resource.texts("dc:creator"), authorities)
    item: Item = dict(people.roles)
    custom = {
        "reading": _readings(resource, authorities),
        "responsibility": "; ".join(resource.texts("dc:creator")) or statement,
        "author-et-al": people.has_more,
    }
    if kept_custom := {name: value for name, value in custom.items() if value}:
        item["custom"] = kept_custom
    return item


def _readings(resource: _Resource, authorities: list[title_page.Authority]) -> dict[str, Any]:
    """How title and names are read, for sorting; they are never printed."""
    title = resource.first("dc:title/rdf:Description/dcndl:transcription")
    names = [one.reading for one in authorities if one.reading]
    return ({"title": title} if title else {}) | ({"author": names} if names else {})


def _kind(resource: _Resource) -> str:
    found = resource.element.findall("dcndl:materialType", _NAMESPACES)
    labels = [str(one.get(f"{{{_RDFS}}}label") or "") for one in found]
    if "図書" in labels:
        return "book"
    return next((_KINDS[label] for label in labels if label in _KINDS), "book")


def _fields(resource: _Resource) -> Item:
    publisher, place = next(_publishers(resource), ("", ""))
    return {
        "volume": values.clean(resource.first("dcndl:volume/rdf:Description/rdf:value")),
        "volume-title": values.clean(resource.first("dcndl:volumeTitle/rdf:Description/rdf:value")),
        "edition": values.clean(resource.first("dcndl:edition")),
        "publisher": publisher,
        "publisher-place": place,
        "number-of-pages": title_page.pages(resource.first("dcterms:extent")),
        "language": fields.language(resource.first("dcterms:language")),
        "original-title": _original(resource),
        **title_page.series(
            values.clean(resource.first("dcndl:seriesTitle/rdf:Description/rdf:value"))
        ),
    }


def _publishers(resource: _Resource) -> Iterator[tuple[str, str]]:
    """Name and place of each house; those that only sell the book come last."""
    houses = []
    for agent in resource.element.findall("dcterms:publisher/foaf:Agent", _NAMESPACES):
        name, place, trade = (
            xml.plain(agent.find(path, _NAMESPACES))
            for path in ("foaf:name", "dcndl:location", "dcterms:description")
        )
        is_seller = bool(_TRADED.search(trade) or re.search(r"\((?:発売|頒布)\)$", name))
        houses.append((is_seller, re.sub(r"\s*\((?:発売|頒布)\)$", "", name), place.strip("[] ")))
    yield from ((name, place) for _, name, place in sorted(houses, key=lambda house: house[0]))


def _original(resource: _Resource) -> str:
    for note in resource.texts("dcterms:description"):
        if match := _ORIGINAL.match(note):
            return values.clean(match["title"].rstrip(" ."))
    return ""


# ── lists by OpenSearch ────────────────────────────────────────────────────────────────

_TOLD = re.compile(r"責任表示\s*[:：]\s*(.*?)\s*,?\s*</li>", re.DOTALL)
_ALIKE = {
    "dc:title": "dc:title/rdf:Description/rdf:value",
    "dcndl:titleTranscription": "dc:title/rdf:Description/dcndl:transcription",
    "dcndl:volume": "dcndl:volume/rdf:Description/rdf:value",
    "dcndl:volumeTitle": "dcndl:volumeTitle/rdf:Description/rdf:value",
    "dcndl:seriesTitle": "dcndl:seriesTitle/rdf:Description/rdf:value",
    "dcndl:edition": "dcndl:edition",
    "dc:publisher": "dcterms:publisher/foaf:Agent/foaf:name",
    "dc:extent": "dcterms:extent",
    "dc:language": "dcterms:language",
    "dc:description": "dcterms:description",
}
"""Name in a list → its place in a description."""


def described(entry: Any) -> Any:
    """An ``item`` of a list in the form of a description, which says more, and says it better.

    The list has no place but a country, roles only in a text for people, and the date the other
    way round: ``dcterms:issued`` as printed, ``dc:date`` as a year.
    """
    resource = etree.Element(_qualified("dcndl:BibResource"), nsmap=_NAMESPACES)
    link = xml.plain(entry.find("link"))
    resource.set(_qualified("rdf:about"), re.sub(r"-00$", "", link))
    for name, path in _ALIKE.items():
        for text in _Resource(entry).texts(name):
            _put(resource, path, text)
    dates_ = (_Resource(entry).first("dcterms:issued"), _Resource(entry).first("dc:date"))
    _put(resource, "dcterms:date", dates_[0] or dates_[1])
    _put(resource, "dcterms:issued", dates_[1] or dates_[0])
    _put_people(resource, entry)
    for number in entry.findall("dc:identifier", _NAMESPACES):
        kind = str(number.get(_qualified("xsi:type"))).rpartition(":")[2].replace("ISBN13", "ISBN")
        put = _put(resource, "dcterms:identifier", xml.plain(number))
        put.set(_qualified("rdf:datatype"), f"{_NAMESPACES['dcndl']}{kind}")
    for category in entry.findall("category"):
        _put(resource, "dcndl:materialType", "").set(_qualified("rdfs:label"), xml.plain(category))
    return resource


def _put_people(resource: Any, entry: Any) -> None:
    """Names that come with a role are statements, the others are those of the authority file."""
    told = _TOLD.search(xml.plain(entry.find("description")))
    listed = _Resource(entry)
    names = listed.texts("dc:creator")
    readings = listed.texts("dcndl:creatorTranscription")
    has_readings = len(readings) == len(names)
    stated = [] if told else [name for name in names if title_page.has_role(name)]
    for text in [unescape(told[1])] if told else stated:
        _put(resource, "dc:creator", text)
    for number, name in enumerate(names):
        if name not in stated:
            agent = _put(resource, "dcterms:creator/foaf:Agent/foaf:name", name).getparent()
            if has_readings:
                _put(agent, "dcndl:transcription", readings[number])


def _put(parent: Any, path: str, text: str) -> Any:
    """A new element at the end of ``parent`` and below; of a reading, beside what is read."""
    first, *rest = path.split("/")
    known = parent.find(_qualified(first)) if path.endswith("transcription") and rest else None
    element = known if known is not None else etree.SubElement(parent, _qualified(first))
    if rest:
        return _put(element, "/".join(rest), text)
    element.text = text
    return element


def _qualified(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"
