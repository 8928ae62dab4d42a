"""What a record means: one reader for each kind of source.

The table names a function for each source and imports it when the first such record is read,
so that reading Crossref does not import a BibTeX parser.  No payload makes a reader raise:
what cannot be read is left out.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from refpipe import identifiers
from refpipe.items import csl, values
from refpipe.model import UNDESCRIBING, Certainty, Claim, Identifier, Item, Reading, Record, Work

READERS: dict[str, str] = {
    "manual": "refpipe.items:read_manual",
    "crossref": "refpipe.items.crossref:read",
    "jalc": "refpipe.items.jalc:read",
    "csl": "refpipe.items.csl:read",
    "pubmed": "refpipe.items.pubmed:read",
    "ndl": "refpipe.items.catalogue.dcndl:read",
    "loc": "refpipe.items.catalogue.mods:read",
    "cinii": "refpipe.items.catalogue.cinii:read",
    "openlibrary": "refpipe.items.catalogue.book_services:read_open_library",
    "googlebooks": "refpipe.items.catalogue.book_services:read_google",
    "openbd": "refpipe.items.catalogue.book_services:read_openbd",
    "landing_page": "refpipe.items.landing_page:read",
    "web": "refpipe.items.landing_page:read",
    "bibtex": "refpipe.items.bibtex:read",
    "ris": "refpipe.items.exchange.ris:read",
    "nbib": "refpipe.items.exchange.pubmed:read",
    "enw": "refpipe.items.exchange.endnote:read",
    "endnote-xml": "refpipe.items.exchange.endnote:read_xml",
    "pubmed-xml": "refpipe.items.exchange.pubmed:read_xml",
    "csl-json": "refpipe.items.exchange.csl_json:read",
    "alias": "refpipe.items:read_alias",
    "seen": "refpipe.items:read_seen",
    "printed": "refpipe.items.printed:reading",
    "verbatim": "refpipe.items:read_verbatim",
}
"""Source of a record → ``module:function`` that reads it."""


def read(record: Record) -> Reading:
    """The item of a record and what stands around it; empty for a source that nobody reads."""
    if record.source not in READERS:
        return Reading(item={})
    return _reader(READERS[record.source])(record)


@cache
def _reader(place: str) -> Callable[[Record], Reading]:
    module, _, function = place.partition(":")
    reader: Callable[[Record], Reading] = getattr(importlib.import_module(module), function)
    return reader


# ── The form in which an answer is stored: canonical JSON without what changes by itself ────────


_CROSSREF = frozenset(
    {
        # These change although nothing is said anew about the work.
        "indexed", "score", "is-referenced-by-count", "deposited", "reference-count",
        "references-count", "URL", "content-domain", "update-policy", "subject", "license", "link",
        # These are long and no part of a reference.
        "reference", "abstract", "assertion", "funder",
    }
)  # fmt: skip
_JALC = frozenset({"citation_list", "keyword_list", "updated_date", "date"})
_PUBMED = frozenset({"history", "pmcrefcount", "viewcount", "doccontriblist", "docdate"})
_CINII = frozenset(
    {"@context", "description", "dc:subject", "relatedProduct", "dataSourceIdentifier"}
)
_OPEN_LIBRARY = frozenset(
    {
        "cover", "covers", "ebooks", "links", "subjects", "subject_places", "subject_people",
        "subject_times", "excerpts", "table_of_contents", "classifications", "revision",
        "latest_revision", "last_modified", "created", "description", "first_sentence", "notes",
    }
)  # fmt: skip
_GOOGLE_BOOKS = frozenset({"etag", "selfLink", "saleInfo", "accessInfo", "searchInfo"})

_DROPPED = {
    "crossref": _CROSSREF,
    "csl": _CROSSREF - {"URL"} | {"categories", "copyright"},
    "jalc": _JALC,
    "pubmed": _PUBMED,
    "cinii": _CINII,
    "openlibrary": _OPEN_LIBRARY,
    "googlebooks": _GOOGLE_BOOKS,
}
"""Source → the keys of an answer that are not stored."""


def canonical(source: str, message: object) -> str:
    """The payload of a record: JSON with sorted keys, without volatile and bulky ones.

    The same answer given twice is the same text, so that it is one record.  JaLC's envelope is
    taken off.  Halves of surrogate pairs become U+FFFD, which every database can hold.
    """
    if isinstance(message, str):
        # Catalogues answer in XML, which is canonical already.
        return message.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    kept = _unwrapped(source, message)
    if isinstance(kept, dict):
        dropped = _DROPPED.get(source, frozenset())
        kept = {key: value for key, value in kept.items() if key not in dropped}
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unwrapped(source: str, message: object) -> Any:
    if source == "jalc" and isinstance(message, dict) and isinstance(message.get("data"), dict):
        return message["data"]
    if source == "openbd" and isinstance(message, dict):
        return _without_blurbs(message)
    if source == "googlebooks" and isinstance(message, dict):
        return message | {"volumeInfo": _printable(message.get("volumeInfo"))}
    return message


def _without_blurbs(message: dict[str, Any]) -> dict[str, Any]:
    """An element of openBD without what its owners let be shown to sell the book only."""
    kept = {name: value for name, value in message.items() if name in {"onix", "summary"}}
    onix = values.mapping(kept.get("onix"))
    kept["onix"] = {
        name: value
        for name, value in onix.items()
        if name not in {"CollateralDetail", "ProductSupply"}
    }
    hanmoto = values.mapping(message.get("hanmoto"))
    names = ("dateshuppan", "genshomei", "han")
    return kept | {"hanmoto": {name: hanmoto[name] for name in names if name in hanmoto}}


def _printable(volume: object) -> dict[str, Any]:
    """What a reference prints of a volume of Google Books, and its numbers."""
    names = (
        "title", "subtitle", "authors", "publisher", "publishedDate", "industryIdentifiers",
        "pageCount", "language", "printType",
    )  # fmt: skip
    return {name: value for name, value in values.mapping(volume).items() if name in names}


ALIAS, SEEN = UNDESCRIBING


def alias_record(asked: Identifier, answered: Identifier, *, reason: str, origin: str) -> Record:
    """The record that ``asked`` and ``answered`` name one work."""
    payload = json.dumps(
        {"same-as": str(answered), "reason": reason}, ensure_ascii=False, sort_keys=True
    )
    return Record(source=ALIAS, identifier=asked, payload=payload, origin=origin)


def read_verbatim(record: Record) -> Reading:
    """A reference that is kept as it was printed: nothing in it could be told apart."""
    text = record.payload.strip()
    title = text[:-1] if text.endswith(".") and not text.endswith("..") else text
    return Reading(item={"type": "document", "title": title, "custom": {"as-printed": text}})


def read_alias(record: Record) -> Reading:
    """Both names and nothing else; an unreadable payload leaves the first."""
    claims = [Claim(identifier=record.identifier, certainty=Certainty.CONFIRMED)]
    try:
        answered = Identifier.parse(str(json.loads(record.payload)["same-as"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return Reading(item={}, claims=tuple(claims))
    claims.append(Claim(identifier=answered, certainty=Certainty.CONFIRMED, rule="answered-for"))
    return Reading(item={}, claims=tuple(claims))


def look_record(  # noqa: PLR0913 — what a look tells
    about: Identifier,
    address: str,
    title: str,
    *,
    shown: str,
    ended: str = "",
    missed: str = "",
    last: Record | None = None,
) -> Record:
    """The record of a look at the page of a work, at which it was to bear a title.

    ``shown`` is the title as the page has it, ``ended`` what it says of having ended, ``missed``
    what came in the place of a page that bears the title.  A look that comes to something else than
    the ``last`` one names it, so that what comes back is a record of its own.
    """
    told = {"address": address, "title": title, "shown": shown}
    told |= {name: said for name, said in (("ended", ended), ("missed", missed)) if said}
    before = values.payload(last.payload) if last is not None else {}
    is_news = any(before.get(name) != told.get(name) for name in ("ended", "missed"))
    after = last.key if last is not None and is_news else values.text(before.get("after"))
    told |= {"after": after} if after else {}
    return Record(source=SEEN, identifier=about, payload=canonical(SEEN, told), origin=address)


def is_seen(record: Record, work: Work) -> bool:
    """Whether a record says that the page of a work, as it is now, was seen to bear its title."""
    told = values.payload(record.payload) if _is_look(record, work) else {}
    return bool(told.get("shown")) and not told.get("missed")


def _is_look(record: Record, work: Work) -> bool:
    """Whether a record is of a look at the page of a work, as the entry now has both."""
    if record.source != SEEN:
        return False
    told = values.payload(record.payload)
    address = identifiers.url(values.text(told.get("address")))
    is_there = address is not None and address == identifiers.page_of(work)
    return is_there and told.get("title") == work.item.get("title")


def last_look(records: Iterable[Record], work: Work) -> Record | None:
    """The record of the last look at the page of a work, whatever came of it; None for none."""
    looks = [one for one in records if _is_look(one, work)]
    before = {values.payload(one.payload).get("after") for one in looks}
    return max(
        (one for one in looks if one.key not in before), key=lambda one: one.heard, default=None
    )


def ending_seen(look: Record | None) -> str:
    """What the page said of having ended when it was seen; empty where it said nothing."""
    return values.text(values.payload(look.payload).get("ended")) if look is not None else ""


def is_missed(look: Record | None) -> bool:
    """Whether a look found no page that bears the title."""
    return look is not None and bool(values.payload(look.payload).get("missed"))


def read_seen(record: Record) -> Reading:
    """Nothing of the work but what the record is about: a page is looked at, and not quoted."""
    return Reading(
        item={}, claims=(Claim(identifier=record.identifier, certainty=Certainty.LITERAL),)
    )


_CUSTOM = frozenset({"author-et-al", "title-is-cut", "article-number", "pmcid-alias", "removed"})


def read_manual(record: Record) -> Reading:
    """The fields that were written and no others; nothing is mended or made up.

    An empty text, list or null counts as not written.  Identifiers among the fields are claims.
    """
    message = values.payload(record.payload)
    item = csl.described(message, None)
    kind = values.text(message.get("type"))
    if kind:
        item["type"] = values.type_of(kind)
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
