"""Entries of bibliography files on their way into the library."""

from __future__ import annotations

from collections.abc import Iterable

from refpipe.items.exchange import files, stored
from refpipe.items.exchange.entries import Entry
from refpipe.model import Certainty, Identifier, Record, Scheme
from refpipe.pipeline.intake import own_name

_STRONGEST_FIRST = (Scheme.DOI, Scheme.PMID, Scheme.PMCID, Scheme.ARXIV, Scheme.ISBN)


def records(form: str, name: str, entries: Iterable[Entry]) -> list[Record]:
    """A record for each entry, the entry's text as its payload and its place as its origin."""
    source = files.FORMATS[form].source
    return [
        Record(
            source=source,
            identifier=identifier(entry),
            payload=entry.raw,
            origin=f"{name}:{entry.line}",
        )
        for entry in entries
    ]


def identifier(entry: Entry) -> Identifier:
    """The strongest identifier that the entry names; its own text's where it names none."""
    literal = {
        claim.identifier.scheme: claim.identifier
        for claim in reversed(stored.claims(entry.item))
        if claim.certainty is Certainty.LITERAL
    }
    if entry.item.get("type") != "book":
        literal.pop(Scheme.ISBN, None)
    strongest = (literal[scheme] for scheme in _STRONGEST_FIRST if scheme in literal)
    return next(strongest, None) or own_name(entry.raw)
