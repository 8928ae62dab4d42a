"""Records of Open Library as items (https://openlibrary.org/dev/docs/api/books).

``jscmd=data`` gives names and publishers as objects, an edition's own JSON as plain texts;
both are read.  Readers edit the catalogue, so it is asked last and believed least.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from refpipe import dates, identifiers
from refpipe.items import damaged_titles, people, values
from refpipe.items.catalogue import title_page
from refpipe.items.exchange import fields
from refpipe.model import Certainty, Claim, Identifier, Item, Reading, Record, Repair, Scheme

_ROLE = re.compile(r"(?P<name>.+?)\s*\((?P<role>[^()]+)\)")
_ROLES = {"illustrator": "illustrator", "translator": "translator", "editor": "editor"}


def isbns(message: dict[str, Any]) -> list[Identifier]:
    """The ISBNs of the edition."""
    listed = message | values.mapping(message.get("identifiers"))
    texts = [*values.texts(listed.get("isbn_13")), *values.texts(listed.get("isbn_10"))]
    found = (identifiers.isbn(text) for text in texts)
    return list(dict.fromkeys(one for one in found if one is not None))


def read(record: Record) -> Reading:
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
    if date := _issued(values.text(message.get("publish_date"))):
        item["issued"] = date
    own = record.identifier.value if record.identifier.scheme is Scheme.ISBN else ""
    if number := own or next((one.value for one in isbns(message)), ""):
        item["ISBN"] = number
    claim = Claim(identifier=record.identifier, certainty=Certainty.CONFIRMED)
    return Reading(item=item, claims=(claim,), repairs=tuple(repairs))


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
        role = _ROLES.get(match["role"].lower(), "contributor") if match else "contributor"
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


def _issued(written: str) -> dict[str, Any] | None:
    """``March 2009``, ``October 1, 1988``, ``1997``."""
    reading = dates.read(written)
    if reading.value is not None and not reading.faults:
        return {"date-parts": dates.to_parts(reading.value)}
    return title_page.issued(written)
