"""Entries of bibliography files on their way into the library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from refpipe.items.exchange import files, stored
from refpipe.items.exchange.entries import Entry
from refpipe.library import Library
from refpipe.model import Certainty, Identifier, Record, Scheme
from refpipe.pipeline import calling, intake

_STRONGEST_FIRST = (Scheme.DOI, Scheme.PMID, Scheme.PMCID, Scheme.ARXIV, Scheme.ISBN)
_PORTION = 200
"""Entries stored at once: an interrupted import has lost no more than that."""


def take(
    library: Library, form: str, name: str, entries: Sequence[Entry], *, now: str
) -> Iterator[str]:
    """What is to be said of the keys of a file's entries, while they are put into the library.

    Nothing is stored before it is asked for what it says.
    """
    heard = records(form, name, entries)
    for start in range(0, len(heard), _PORTION):
        portion = slice(start, start + _PORTION)
        refused: tuple[calling.Refusal, ...] = ()
        with library.transaction():
            intake.take_all(library, heard[portion], now=now)
            if form in calling.KEYED:
                keyed = zip(entries[portion], heard[portion], strict=True)
                refused = calling.call(library, [(calling.key(e), r) for e, r in keyed], now=now)
        # Only now have the works whose key was refused a name of their own.
        yield from calling.told(library, refused)


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
    return next(strongest, None) or intake.own_name(entry.raw)
