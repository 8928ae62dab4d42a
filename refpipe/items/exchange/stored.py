"""What a stored entry of a file means, and which identifiers an item names."""

from __future__ import annotations

from refpipe import identifiers
from refpipe.items.exchange.entries import Broken, Entry
from refpipe.model import Certainty, Claim, Identifier, Item, Reading


def reading(entries: tuple[Entry | Broken, ...]) -> Reading:
    """The first entry as a reading; empty where none can be read.

    The key that the entry had in its file is no part of the work.
    """
    for entry in entries:
        if isinstance(entry, Entry):
            item = {name: value for name, value in entry.item.items() if name != "id"}
            return Reading(item=item, claims=claims(item))
    return Reading(item={})


def claims(item: Item) -> tuple[Claim, ...]:
    """The identifiers that an item names, and one that its address hides."""
    named = (
        identifiers.doi(str(item.get("DOI", ""))),
        identifiers.pmid(str(item.get("PMID", ""))),
        identifiers.pmcid(str(item.get("PMCID", ""))),
        identifiers.isbn(str(item.get("ISBN", ""))) if item.get("type") == "book" else None,
        _arxiv(item),
    )
    found = [Claim(identifier=name, certainty=Certainty.LITERAL) for name in named if name]
    hidden = identifiers.from_url(str(item["URL"])) if item.get("URL") else None
    if hidden and not any(claim.identifier.scheme is hidden.identifier.scheme for claim in found):
        found.append(hidden)
    return tuple(found)


def _arxiv(item: Item) -> Identifier | None:
    is_arxiv = str(item.get("archive", "")).lower() == "arxiv"
    return identifiers.arxiv(str(item.get("archive_location", ""))) if is_arxiv else None
