"""How facts get into the library: what a source said is stored, then matched, then answered for."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence

from refpipe import items, match
from refpipe.library import Library
from refpipe.model import (
    Decision,
    Identifier,
    Record,
    Scheme,
    Work,
)


def take(library: Library, record: Record, *, now: str) -> Work:
    """The work that ``record`` belongs to, after storing it and matching it with its blocks.

    ``now`` is a UTC time in ISO 8601.  A record that is known already changes nothing.
    """
    take_all(library, [record], now=now)
    work = library.find(record.identifier)
    assert work is not None  # noqa: S101
    return work


def take_all(library: Library, records: Sequence[Record], *, now: str) -> None:
    """Store records that came together, matched with the library and with one another.

    The decisions go in before the records, so that works are named when all that is known of
    them is there: a name is permanent, and the poorest copy should not choose it.
    """
    new = [record for record in records if library.record(record.key) is None]
    if not new:
        return
    with library.transaction():
        library.decide(_decisions(library, new), made=now)
        library.add(new, heard=now)


def _decisions(library: Library, records: Sequence[Record]) -> list[Decision]:
    decisions: list[Decision] = []
    earlier: list[tuple[match.Subject, frozenset[str]]] = []
    for record in records:
        reading = items.read(record)
        subject = match.Subject(
            identifier=record.identifier, item=reading.item, claims=reading.claims
        )
        blocks = match.blocks(subject)
        others = [*library.candidates(blocks), *(one for one, its in earlier if its & blocks)]
        decisions += match.decide(
            subject, [one for one in others if one.identifier != subject.identifier]
        )
        earlier.append((subject, blocks))
    return decisions


def own_name(text: str) -> Identifier:
    """The identifier of something that has none: the hash of its folded text."""
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    digest = hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()
    return Identifier(Scheme.TEXT, digest[:32])
