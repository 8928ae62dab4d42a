"""How facts get into the library: what a source said is stored, then matched, then answered for."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from refpipe import items, match
from refpipe.items import alias
from refpipe.library import Library
from refpipe.model import (
    Answer,
    Certainty,
    Claim,
    Decision,
    Identifier,
    Item,
    Record,
    Scheme,
    Unresolved,
    Work,
)
from refpipe.sources import Registries


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
    them is there: a name is for ever, and the poorest copy should not choose it.
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


def resolve(
    library: Library,
    registries: Registries,
    claims: Iterable[Claim],
    *,
    now: str,
    evidence: Mapping[Identifier, Item] | None = None,
    is_fresh: bool = False,
) -> dict[Identifier, Unresolved]:
    """Ask for every claim and store each answer as it arrives; gives what could not be had.

    ``evidence`` says, for a candidate, what its address or printed reference says of the work.
    An interrupted run has lost nothing, and the next one does not ask again, unless
    ``is_fresh`` asks anew where an answer is remembered.
    """
    missing: dict[Identifier, Unresolved] = {}
    for outcome in registries.resolve(claims, evidence=evidence or {}, is_fresh=is_fresh):
        if isinstance(outcome, Unresolved):
            missing[outcome.identifier] = outcome
        else:
            take(library, outcome.record, now=now)
            doubt = _tie(library, outcome, now)
            if doubt is not None:
                missing[outcome.asked] = doubt
    return missing


def _tie(library: Library, answer: Answer, now: str) -> Unresolved | None:
    """Hold what was asked and what was answered for one work, unless nothing could be compared."""
    asked, answered = answer.asked, answer.record.identifier
    if asked == answered:
        return None
    if answer.certainty is Certainty.CANDIDATE:
        return Unresolved(
            identifier=asked,
            reason=f"it may be {answered}, but nothing could be compared;"
            f" cite [@{answered}] if that is the work",
            is_final=True,
        )
    tie = alias.record(asked, answered, reason=answer.reason, origin=answer.record.origin)
    if library.record(tie.key) is None:
        library.add([tie], heard=now)
    return None
