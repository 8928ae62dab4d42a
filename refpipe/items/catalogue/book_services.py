"""Records of openBD (the book trade's ONIX), Google Books and Open Library as items."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from refpipe import dates, identifiers
from refpipe.items import damaged_titles, people, values
from refpipe.items.catalogue import title_page
from refpipe.items.exchange import fields
from refpipe.model import Identifier, Item, Reading, Record, Repair
from refpipe.normalise.text import JAPANESE

# ────────────────────────────────────────────────────────────────────────────────────────────────
# Records of the book trade as items: openBD's, in the words of ONIX, and those of Google Books.
#
# Neither tells the place of publication. openBD: https://openbd.jp/spec/ and code list 17 of
# https://www.editeur.org/14/Code-Lists/; Google Books:
# https://developers.google.com/books/docs/v1/reference/volumes.


_ROLES = {
    "A01": "author", "A02": "author", "A38": "author", "A03": "script-writer", "A06": "composer",
    "A07": "illustrator", "A11": "illustrator", "A12": "illustrator", "A13": "illustrator",
    "A35": "illustrator", "B01": "editor", "B09": "editor", "B11": "editor", "B12": "editor",
    "B20": "editorial-director", "B06": "translator", "B08": "translator", "D02": "director",
    "E07": "narrator",
}  # fmt: skip
"""Code of ONIX's list 17 → CSL's role; everybody else contributed."""
_CJK = re.compile(f"[{JAPANESE}]")
_NO_DATE = re.compile(r"0000|^\s*$")
_VAGUE = "-01-01"
"""How a day stands in openBD that nobody knew: the first of the year."""


def _isbns(texts: Iterator[str]) -> list[Identifier]:
    found = (identifiers.isbn(text) for text in texts)
    return list(dict.fromkeys(one for one in found if one is not None))


# ── openBD ─────────────────────────────────────────────────────────────────────────────


def openbd_isbns(message: dict[str, Any]) -> list[Identifier]:
    """The ISBNs that the record is about."""
    onix = values.mapping(message.get("onix"))
    product = values.mapping(onix.get("ProductIdentifier"))
    texts = (product.get("IDValue"), values.mapping(message.get("summary")).get("isbn"))
    return _isbns(map(values.text, texts))


def read_openbd(record: Record) -> Reading:
    """The item of one element of openBD's list."""
    message = values.payload(record.payload)
    onix, summary = (values.mapping(message.get(name)) for name in ("onix", "summary"))
    described = values.mapping(onix.get("DescriptiveDetail"))
    published = values.mapping(onix.get("PublishingDetail"))
    hanmoto = values.mapping(message.get("hanmoto"))
    found: list[Repair] = []
    item: Item = {
        "type": "book",
        "title": _onix_title(described, summary, found),
        "volume": _part(described) or values.clean(summary.get("volume")),
        "edition": values.clean(hanmoto.get("han")),
        "publisher": _house(published) or values.clean(summary.get("publisher")),
        "number-of-pages": _extent(described),
        "language": _language(described),
        "original-title": values.clean(hanmoto.get("genshomei")),
        "issued": _onix_date(published, hanmoto, summary),
        **_onix_people(described, summary),
        **title_page.series(values.clean(summary.get("series"))),
    }
    return title_page.reading(record, item, openbd_isbns(message), found)


def _element(described: dict[str, Any]) -> dict[str, Any]:
    detail = values.mapping(described.get("TitleDetail"))
    return values.mapping(next(iter(values.listed(detail.get("TitleElement"))), None))


def _onix_title(described: dict[str, Any], summary: dict[str, Any], found: list[Repair]) -> str:
    element = _element(described)
    main, beside = (
        values.text(values.mapping(element.get(name)).get("content"))
        for name in ("TitleText", "Subtitle")
    )
    return damaged_titles.title(
        main or values.text(summary.get("title")), beside or None, repairs=found
    )


def _part(described: dict[str, Any]) -> str:
    return values.clean(_element(described).get("PartNumber"))


def _house(published: dict[str, Any]) -> str:
    publisher, imprint_ = (
        values.clean(values.mapping(published.get(kind)).get(name))
        for kind, name in (("Publisher", "PublisherName"), ("Imprint", "ImprintName"))
    )
    return publisher or imprint_


def _extent(described: dict[str, Any]) -> str:
    for extent in map(values.mapping, values.listed(described.get("Extent"))):
        if extent.get("ExtentUnit") == "03" and values.text(extent.get("ExtentValue")).isdigit():
            return values.text(extent.get("ExtentValue"))
    return ""


def _language(described: dict[str, Any]) -> str:
    for language in map(values.mapping, values.listed(described.get("Language"))):
        if language.get("LanguageRole") == "01":
            return fields.language(values.text(language.get("LanguageCode")))
    return ""


def _onix_date(
    published: dict[str, Any], hanmoto: dict[str, Any], summary: dict[str, Any]
) -> dict[str, Any] | None:
    """When it came out; of a first of January only the year, which alone was known."""
    told = [
        values.text(date.get("Date"))
        for date in map(values.mapping, values.listed(published.get("PublishingDate")))
        if date.get("PublishingDateRole") == "01"
    ]
    for text in (*told, *map(values.text, (hanmoto.get("dateshuppan"), summary.get("pubdate")))):
        if text and not _NO_DATE.search(text):
            return title_page.issued(_dashed(text).removesuffix(_VAGUE))
    return None


def _dashed(text: str) -> str:
    """``20180317`` and ``20030600`` with dashes, and without parts of zeros."""
    if re.fullmatch(r"\d{6}(?:\d\d)?", text):
        text = "-".join(filter(None, (text[:4], text[4:6], text[6:])))
    return re.sub(r"(?:-00)+$", "", text)


def _onix_people(described: dict[str, Any], summary: dict[str, Any]) -> Item:
    roles: dict[str, list[dict[str, str]]] = {}
    listed = map(values.mapping, values.listed(described.get("Contributor")))
    for one in sorted(listed, key=lambda one: values.text(one.get("SequenceNumber")).zfill(4)):
        name = values.text(values.mapping(one.get("PersonName")).get("content"))
        codes = list(values.texts(one.get("ContributorRole")))
        if name and codes:
            role = next((_ROLES[code] for code in codes if code in _ROLES), "contributor")
            roles.setdefault(role, []).append(_onix_name(name))
    if roles:
        if "editorial-director" in roles and not roles.keys() & {"author", "editor"}:
            roles["editor"] = roles.pop("editorial-director")
        return dict(roles)
    statements = re.split(r"\s+(?=\S+[／/])", values.text(summary.get("author")))
    return title_page.people(statements, []).item() if any(statements) else {}


def _onix_name(written: str) -> dict[str, str]:
    """``中西 準子`` and ``渋川, よしき, 1980-`` in parts; what nobody parted stays whole."""
    if "," in written:
        return title_page.authority(written).name()
    parts = written.split()
    if len(parts) == 2 and all(_CJK.search(part) for part in parts):
        return {"family": parts[0], "given": parts[1]}
    return {"literal": written}


# ── Google Books ───────────────────────────────────────────────────────────────────────


def google_isbns(message: dict[str, Any]) -> list[Identifier]:
    """The ISBNs of the volume; a hit of a search need not bear the one that was asked for."""
    listed = values.listed(values.mapping(message.get("volumeInfo")).get("industryIdentifiers"))
    return _isbns(values.text(values.mapping(one).get("identifier")) for one in listed)


def read_google(record: Record) -> Reading:
    """The item of a volume.  Its people have no roles: translators stand among the authors."""
    volume = values.mapping(values.payload(record.payload).get("volumeInfo"))
    found: list[Repair] = []
    names = [parted(name) for name in values.texts(volume.get("authors"))]
    item: Item = {
        "type": "book",
        "title": damaged_titles.title(volume.get("title"), volume.get("subtitle"), repairs=found),
        "author": people.names(names, "author", found),
        "publisher": values.clean(volume.get("publisher")),
        "number-of-pages": values.number(volume.get("pageCount")),
        "language": fields.language(values.text(volume.get("language"))),
        "issued": title_page.issued(values.text(volume.get("publishedDate"))),
    }
    return title_page.reading(record, item, google_isbns(values.payload(record.payload)), found)


# ── Records of Open Library as items (https://openlibrary.org/dev/docs/api/books) ───────────────
# ``jscmd=data`` gives names and publishers as objects, an edition's own JSON as plain texts; both
# are read. Readers edit the catalogue, so it is asked last and believed least.


_ROLE = re.compile(r"(?P<name>.+?)\s*\((?P<role>[^()]+)\)")
_BY_STATEMENT = {"illustrator": "illustrator", "translator": "translator", "editor": "editor"}


def open_library_isbns(message: dict[str, Any]) -> list[Identifier]:
    """The ISBNs of the edition."""
    listed = message | values.mapping(message.get("identifiers"))
    texts = [*values.texts(listed.get("isbn_13")), *values.texts(listed.get("isbn_10"))]
    return _isbns(iter(texts))


def read_open_library(record: Record) -> Reading:
    """The item of an edition."""
    message = values.payload(record.payload)
    repairs: list[Repair] = []
    item: Item = {"type": "book"}
    if title := damaged_titles.title(
        message.get("title"), message.get("subtitle"), repairs=repairs
    ):
        item["title"] = title
    item |= _people(message, repairs)
    item |= {name: value for name, value in _fields(message).items() if value}
    if date := _open_library_date(values.text(message.get("publish_date"))):
        item["issued"] = date
    return title_page.reading(record, item, open_library_isbns(message), repairs)


def _names(value: object) -> Iterator[str]:
    """The names in a list of texts or of objects with a name."""
    for one in values.listed(value):
        if name := values.text(values.mapping(one).get("name") if isinstance(one, dict) else one):
            yield name


def _people(message: dict[str, Any], repairs: list[Repair]) -> Item:
    roles: dict[str, list[dict[str, str]]] = {}
    for name in _names(message.get("authors")):
        roles.setdefault("author", []).append(parted(name))
    for text in _names(message.get("contributions")):
        match = _ROLE.fullmatch(text)
        role = _BY_STATEMENT.get(match["role"].lower(), "contributor") if match else "contributor"
        roles.setdefault(role, []).append(parted(match["name"] if match else text))
    return {
        role: found
        for role, listed in roles.items()
        if (found := people.names(listed, role, repairs))
    }


def parted(name: str) -> dict[str, str]:
    """``John Miedema`` in two parts; what is longer or not Latin stays whole."""
    words = name.split()
    if len(words) == 2 and all(word[:1].isupper() for word in words) and name.isascii():
        return {"given": words[0], "family": words[1]}
    return {"name": name}


def _fields(message: dict[str, Any]) -> Item:
    language = values.text(
        values.mapping(
            values.listed(message.get("languages"))[0:1]
            and values.listed(message.get("languages"))[0]
        ).get("key")
    )
    return {
        "publisher": values.clean(next(_names(message.get("publishers")), "")),
        "publisher-place": values.clean(next(_names(message.get("publish_places")), "")),
        "edition": values.clean(message.get("edition_name")),
        "number-of-pages": _pages(message),
        "language": fields.language(language.rpartition("/")[2]),
    }


def _pages(message: dict[str, Any]) -> str:
    """The number of pages, unless the record's own two figures differ."""
    counted = values.text(message.get("number_of_pages"))
    written = title_page.pages(values.text(message.get("pagination")))
    return counted if not written or written == counted else ""


def _open_library_date(written: str) -> dict[str, Any] | None:
    """``March 2009``, ``October 1, 1988``, ``1997``."""
    reading = dates.read(written)
    if reading.value is not None and not reading.faults:
        return {"date-parts": dates.to_parts(reading.value)}
    return title_page.issued(written)
