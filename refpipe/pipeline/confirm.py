"""Have the registries confirm what was only read from print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from refpipe import identifiers
from refpipe.match.differences import is_agreed
from refpipe.model import (
    Certainty,
    Claim,
    Decision,
    Difference,
    Record,
    Scheme,
    Unresolved,
    Work,
)
from refpipe.pipeline import decisions, intake, lookup, stated_differences
from refpipe.pipeline.query import Asker
from refpipe.sources import Hit

_ASKED = frozenset({Scheme.DOI, Scheme.PMID, Scheme.PMCID, Scheme.ARXIV, Scheme.ISBN})
"""The schemes that a registry answers for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """What came of asking about one work."""

    work: Work
    """As it was before anybody was asked."""
    confirmed: Work | None = None
    """As it is now, where a registry answered for it."""
    reason: str = ""
    """Why it is not confirmed, or how it was found."""
    differences: tuple[Difference, ...] = ()
    """Where print differs from the registry that answered; with one that is no slip, not agreed."""
    hits: tuple[Hit, ...] = ()
    """What it may be; a person decides."""
    is_unchecked: bool = False
    """True: nobody could be asked."""

    @property
    def is_agreed(self) -> bool:
        """Whether a registry answered and agrees in every field that both state."""
        return self.confirmed is not None and is_agreed(self.differences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What came of a person's saying which work it is."""

    work: Work
    """As it is now."""
    unresolved: Unresolved | None = None
    """Why nobody answered for the identifier that was named; nothing is decided then."""
    was_known: bool = False
    """Whether the library held that identifier, so that nobody was asked."""
    differences: tuple[Difference, ...] = ()
    """In what the two works differ."""
    is_waiting: bool = False
    """Whether nothing is decided because they differ and the person was not sure."""
    decision: Decision | None = None
    """What was decided; None where they were one work already, or nothing was."""


def choose(asker: Asker, key: str, identifier: str, *, is_sure: bool) -> Choice:
    """Record that a work is the one that a person names, once a registry has answered for that.

    Where the two differ, nothing is decided unless ``is_sure``.
    """
    here = decisions.named(asker.library, key).work
    was_known = bool(lookup.find(asker.library, [identifier]))
    missing = {} if was_known else asker.keys([identifier])
    if missing:
        return Choice(work=here, unresolved=next(iter(missing.values())))
    there = decisions.named(asker.library, identifier).work
    differing = decisions.differences(here, there)
    if differing and not is_sure:
        return Choice(work=here, was_known=was_known, differences=differing, is_waiting=True)
    made = decisions.record_match(
        asker.library, key, identifier, reason="confirmed by hand", now=asker.now
    )
    now = decisions.named(asker.library, key).work
    return Choice(work=now, was_known=was_known, differences=differing, decision=made)


def confirm(asker: Asker, works: Iterable[Work]) -> Iterator[Confirmation]:
    """Each work that no registry has answered for, with what came of asking.

    A literal identifier is asked about as it is; a candidate counts only where the answer
    agrees with what is printed; a work without either is searched for.  Whatever was heard
    and accepted is in the library, tied to what was printed.
    """
    open_works = [work for work in works if not work.is_confirmed]
    asked = {work.id: claim for work in open_works if (claim := _askable(work)) is not None}
    evidence = {asked[work.id].identifier: work.item for work in open_works if work.id in asked}
    heard = asker.claims(asked.values(), evidence)
    for work in open_works:
        claim = asked.get(work.id)
        if claim is None:
            yield _searched(asker, work)
        elif claim.identifier in heard.missing:
            yield _unanswered(asker, work, heard.missing[claim.identifier])
        else:
            yield _answered(asker, work, claim, heard.records[claim.identifier])


def _askable(work: Work) -> Claim | None:
    """The claim to ask about: a registry's identifier, else the page of a catalogue."""
    # Imported here: reading pages takes a parser, which a run that confirms nothing need not have.
    from refpipe.sources.address_resolution import is_catalogued

    pages = (claim for claim in work.claims if is_catalogued(claim.identifier))
    return identifiers.surest(work.claims, _ASKED) or next(pages, None)


def _answered(asker: Asker, work: Work, claim: Claim, record: Record) -> Confirmation:
    if claim.certainty is Certainty.CANDIDATE:
        reason = f"{claim.identifier} agrees with what is printed"
        return _tied(asker, work, record, reason)
    records = [one for key in work.members if (one := asker.library.record(key)) is not None]
    denied = stated_differences.deny_misprints(asker.library, records, now=asker.now)
    found = asker.library.find(claim.identifier)
    if denied:
        reason = f"{claim.identifier}, as printed, belongs to another work: {denied[0]}"
        return Confirmation(work=work, reason=reason)
    if found is not None and found.is_confirmed and set(work.members) <= set(found.members):
        return _heard(asker, work, found)
    return Confirmation(
        work=work,
        reason=f"{claim.identifier} is registered for another work; see refpipe show {work.name}",
    )


def _heard(asker: Asker, work: Work, found: Work, reason: str = "") -> Confirmation:
    """A registry's answer, with what the print says otherwise."""
    told = stated_differences.of_library(asker.library, found)
    return Confirmation(work=work, confirmed=found, reason=reason, differences=told)


def _unanswered(asker: Asker, work: Work, why: Unresolved) -> Confirmation:
    """A candidate that came to nothing leaves the search; a wrong literal one is for a person."""
    if not why.is_final:
        return Confirmation(work=work, reason=why.reason, is_unchecked=True)
    outcome = _searched(asker, work)
    if outcome.confirmed or outcome.is_unchecked:
        return outcome
    return Confirmation(work=work, reason=why.reason, hits=outcome.hits)


def _searched(asker: Asker, work: Work) -> Confirmation:
    printed = [record for record in asker.library.records_of(work) if record.source == "printed"]
    result = asker.registries.search(work.item, text=printed[0].payload if printed else "")
    if result.failure:
        return Confirmation(work=work, reason=result.failure, is_unchecked=True)
    if result.accepted is None:
        return Confirmation(work=work, reason="no single work agrees in all", hits=result.hits)
    record = result.accepted.record
    if intake.take(asker.library, record, now=asker.now) is None:
        return Confirmation(work=work, reason=intake.withdrawn(asker.library, record))
    reason = f"found by search: {result.accepted.agreement.reason}"
    return _tied(asker, work, record, reason)


def _tied(asker: Asker, work: Work, record: Record, reason: str) -> Confirmation:
    """Hold the work and the record for one, on the strength of their agreement."""
    own = asker.library.records_of(work)[0].identifier
    asker.tie(own, record, reason)
    found = asker.library.find(record.identifier)
    if found is not None and set(work.members) <= set(found.members):
        return _heard(asker, work, found, reason)
    return Confirmation(
        work=work,
        reason=f"{record.identifier} agrees, but something keeps the two apart;"
        f" refpipe why {work.name} {record.identifier}",
    )
