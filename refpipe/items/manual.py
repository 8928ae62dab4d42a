"""What a person wrote about a work: whole descriptions, and corrections of single fields."""

from __future__ import annotations

from typing import Any

from refpipe import identifiers
from refpipe.items import csl, kinds, values
from refpipe.model import Certainty, Claim, Identifier, Item, Reading, Record

_CUSTOM = frozenset({"author-et-al", "title-is-cut", "article-number", "pmcid-alias", "removed"})


def read(record: Record) -> Reading:
    """The fields that were written and no others; nothing is mended or made up.

    An empty text, list or null counts as not written.  Identifiers among the fields are claims.
    """
    message = values.payload(record.payload)
    item = csl.described(message, None)
    kind = values.text(message.get("type"))
    if kind:
        item["type"] = kinds.of(kind)
    if custom := _custom(values.mapping(message.get("custom"))):
        item["custom"] = custom
    return Reading(item=item, claims=_claims(record.identifier, item))


def _custom(custom: dict[str, Any]) -> Item:
    kept: Item = {
        key: custom[key] for key in _CUSTOM & custom.keys() if isinstance(custom[key], bool | str)
    }
    twin = csl.described(values.mapping(custom.get("twin")), None)
    return kept | ({"twin": twin} if twin else {})


def _claims(own: Identifier, item: Item) -> tuple[Claim, ...]:
    found = [own]
    for variable, reader in (
        ("DOI", identifiers.doi),
        ("PMID", identifiers.pmid),
        ("PMCID", identifiers.pmcid),
    ):
        if identifier := reader(item.get(variable, "")):
            found.append(identifier)
    if item.get("type") == "book" and (isbn := identifiers.isbn(item.get("ISBN", ""))):
        found.append(isbn)
    return tuple(Claim(identifier=one, certainty=Certainty.LITERAL) for one in dict.fromkeys(found))
