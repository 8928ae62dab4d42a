"""A printed identifier that belongs to another work.

Page and DOI are pasted by hand, and a wrong DOI under a right reference is as easy to make as a
slip of the pen.  The registry's answer shows it; the printed reference then loses the
identifier for good, so that neither its entry nor its citations ever become the other work.
"""

from __future__ import annotations

from collections.abc import Iterable

from refpipe import items
from refpipe.library import Library
from refpipe.match.agreement import Agreement, agreement_of
from refpipe.merge.precedence import REGISTRIES
from refpipe.model import (
    Certainty,
    Decision,
    DecisionKind,
    Identifier,
    Item,
    Record,
    Scheme,
)

RULE = "wrong-in-print"
"""The rule that denies a printed reference the identifier of another work."""


def deny(library: Library, records: Iterable[Record], *, now: str) -> tuple[str, ...]:
    """Deny printed records the identifiers that contradict them; gives the reason for each.

    A record is held against what a registry said of each identifier that it prints.  The
    decision is a rule's ``distinct`` between the record and the identifier; a person can take
    it back.
    """
    reasons: dict[str, None] = {}
    for record in records:
        if record.source == "printed":
            reasons.update(dict.fromkeys(_denied(library, record, now)))
    return tuple(reasons)


def _denied(library: Library, record: Record, now: str) -> Iterable[str]:
    reading = items.read(record)
    for claim in reading.claims:
        if claim.certainty is Certainty.CANDIDATE or claim.identifier.scheme is Scheme.URL:
            continue
        registered = _registered(library, claim.identifier)
        if registered is None:
            continue
        found = agreement_of(reading.item, registered, text=record.payload)
        if _is_contradicted(found):
            library.decide([_decision(record, claim.identifier, found)], made=now)
            yield f"{registered.get('title', 'no title')} ({found.reason})"


def _registered(library: Library, identifier: Identifier) -> Item | None:
    """What a registry said of the identifier."""
    holder = library.find(identifier)
    if holder is None or not holder.is_confirmed:
        return None
    said = [one for one in library.records_of(holder) if one.source in REGISTRIES]
    about = [one for one in said if one.identifier == identifier] or said
    return items.read(about[0]).item if about else None


def _is_contradicted(found: Agreement) -> bool:
    """Whether a printed identifier must be wrong: the title is another, or nearly all else is.

    One other field is a slip of the pen, which the checker tells of.  A title in another
    language cannot be compared, so two other fields are asked for there.
    """
    if found.is_other_work or "title" in found.differs:
        return True
    return "title" not in found.agrees and len(found.differs) >= 2


def _decision(record: Record, identifier: Identifier, found: Agreement) -> Decision:
    a, b = sorted((Identifier(Scheme.TEXT, record.key), identifier))
    return Decision(kind=DecisionKind.DISTINCT, a=a, b=b, by="rule", rule=RULE, reason=found.reason)
