"""What print and files say of a work otherwise than the registries do: asked in one place.

The checker, ``confirm`` and ``show`` all tell what stands here, so that they never say different
things of one work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from refpipe import identifiers, items
from refpipe.articles.lists import LegacyList, LegacyReference
from refpipe.items import crossref
from refpipe.library import Library
from refpipe.match.agreement import Agreement, agreement_of
from refpipe.match.differences import differences, is_other_work
from refpipe.merge.precedence import FILES
from refpipe.model import (
    REGISTRIES,
    Certainty,
    Decision,
    DecisionKind,
    Difference,
    Identifier,
    Item,
    Record,
    Scheme,
    Work,
)

# ── A printed identifier that belongs to another work ───────────────────────────────────────────
# Page and DOI are pasted by hand, and a wrong DOI under a right reference is as easy to make as a
# slip of the pen. The registry's answer shows it; the printed reference then loses the identifier
# for good, so that neither its entry nor its citations ever become the other work.


RULE = "wrong-in-print"
"""The rule that denies a printed reference the identifier of another work."""


def deny_misprints(library: Library, records: Iterable[Record], *, now: str) -> tuple[str, ...]:
    """Deny printed records the identifiers that contradict them; gives the reason for each.

    A record is held against what a registry said of each identifier that it prints.  The
    decision is a rule's ``distinct`` between the record and the identifier; a person can take
    it back.
    """
    reasons: dict[str, None] = {}
    for record in records:
        if record.source == "printed":
            reasons.update(dict.fromkeys(_deny_claims(library, record, now)))
    return tuple(reasons)


def _deny_claims(library: Library, record: Record, now: str) -> Iterable[str]:
    reading = items.read(record)
    for claim in reading.claims:
        if claim.certainty is Certainty.CANDIDATE or claim.identifier.scheme is Scheme.URL:
            continue
        registered = _registered_under(library, claim.identifier)
        if registered is None:
            continue
        found = agreement_of(reading.item, registered, text=record.payload)
        if _is_contradicted(found):
            library.decide([_decision(record, claim.identifier, found)], made=now)
            yield f"{registered.get('title', 'no title')} ({found.reason})"


def _registered_under(library: Library, identifier: Identifier) -> Item | None:
    """What a registry said of the identifier."""
    holder = library.find(identifier)
    if holder is None or not holder.is_confirmed:
        return None
    said = [one for one in library.records_of(holder) if one.source in REGISTRIES]
    about = [one for one in said if one.identifier == identifier] or said
    return registered_item(about[0]) if about else None


def registered_item(record: Record, item: Item | None = None) -> Item:
    """What a registry says, both its dates included: print and online lie years apart at times."""
    found = items.read(record).item if item is None else item
    return found | crossref.dates_of(record) if record.source == "crossref" else found


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


Known = Mapping[str, tuple[Record, Item]]
"""Record key → the record and the item it was read as."""

_STATED = FILES | {"printed"}
"""The sources in which anybody may have written anything."""


def of_works(works: Iterable[Work], known: Known) -> dict[str, tuple[Difference, ...]]:
    """Id of a work → where what is stated of it differs from the registries, where it does."""
    told = {work.id: of_work(work, known) for work in works}
    return {name: found for name, found in told.items() if found}


def of_work(work: Work, known: Known) -> tuple[Difference, ...]:
    """The differences of one work, each once."""
    members = [known[key] for key in work.members if key in known]
    registered = [
        registered_item(record, item) for record, item in members if record.source in REGISTRIES
    ]
    found: dict[Difference, None] = {}
    for record, item in members:
        if record.source in _STATED and registered:
            text = record.payload if record.source == "printed" else ""
            found.update(dict.fromkeys(_unborne(item, registered, text)))
    return tuple(found)


def of_library(library: Library, work: Work) -> tuple[Difference, ...]:
    """The same, with the records of the library."""
    return of_work(
        work,
        {one.key: (one, items.read(one).item) for one in library.records_of(work)},
    )


def _unborne(item: Item, registered: Sequence[Item], text: str) -> Iterator[Difference]:
    """The differences from the strongest registry that no other registry takes away again."""
    first, *others = (differences(item, one, text=text) for one in registered)
    for one in first:
        if all(
            one.field in {each.field for each in said} or not _states(other, one.field)
            for said, other in zip(others, registered[1:], strict=True)
        ):
            yield one


def _states(item: Item, field: str) -> bool:
    return bool(item.get("issued" if field == "year" else field))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDifferences:
    """What the references of a hand-made list say otherwise than the registries, by label."""

    differences: dict[str, tuple[Difference, ...]] = field(default_factory=dict)
    misprints: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Label → an identifier that is another work's, and that work's title."""
    held: set[str] = field(default_factory=set)
    """The labels of the references for which a registry has answered."""


def of_list(library: Library | None, found: LegacyList | None) -> ListDifferences:
    """The references of a list held against what the library has heard of their identifiers."""
    told = ListDifferences()
    if library is None or found is None:
        return told
    claimed = printed_identifiers(found)
    for identifier, work in library.find_many(claimed).items():
        registered = _registered(library, work)
        for reference in claimed[identifier]:
            _compare(told, reference, identifier, registered)
    return told


def printed_identifiers(found: LegacyList) -> dict[Identifier, list[LegacyReference]]:
    """Each identifier that a list prints and a registry can answer for, with its references."""
    printed: dict[Identifier, list[LegacyReference]] = {}
    for reference in found.references:
        for _, claim in identifiers.find(reference.text):
            if (
                claim.certainty is not Certainty.CANDIDATE
                and claim.identifier.scheme in _REGISTERED
            ):
                printed.setdefault(claim.identifier, []).append(reference)
    return printed


_REGISTERED = (Scheme.DOI, Scheme.PMID, Scheme.PMCID, Scheme.ARXIV, Scheme.ISBN)
"""The schemes that a registry answers for."""


def _registered(library: Library, work: Work) -> list[Item]:
    records = library.records_of(work)
    return [registered_item(one) for one in records if one.source in REGISTRIES]


def _compare(
    told: ListDifferences,
    reference: LegacyReference,
    identifier: Identifier,
    registered: Sequence[Item],
) -> None:
    """Add what one reference says otherwise; nothing where no registry has answered."""
    # The reader of references is large; most articles have no hand-made list to read.
    from refpipe.items import printed

    if not registered:
        return
    stated = printed.remembered(reference.text).reading.item
    if identifier.scheme is Scheme.ISBN and stated.get("type") != "book":
        return  # The number of the book that a chapter stands in.
    told.held.add(reference.label)
    found = tuple(_unborne(stated, registered, reference.text))
    if is_other_work(found):
        title = str(registered[0].get("title") or identifier)
        told.misprints[reference.label] = (str(identifier), title)
    elif found:
        told.differences[reference.label] = found


def misprinted(library: Library, works: Iterable[Work]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Id of a work → each identifier printed with it that is another work's, and that work."""
    told = {work.id: tuple(_denied(library, work)) for work in works if not work.is_confirmed}
    return {name: found for name, found in told.items() if found}


def _denied(library: Library, work: Work) -> Iterator[tuple[str, str]]:
    for decision in library.decisions_of(work):
        if decision.kind is DecisionKind.DISTINCT and decision.rule == RULE:
            other = _other(decision, work)
            holder = library.find(other)
            title = holder.item.get("title") if holder is not None else ""
            yield str(other), str(title or other)


def _other(decision: Decision, work: Work) -> Identifier:
    """The end of a decision that is no record of the work."""
    return decision.b if decision.a.value in work.members else decision.a
