"""Have the registries confirm what was only read from print, and look at what only a page is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from refpipe import identifiers, items, markup, normalise
from refpipe.checks import Opened
from refpipe.checks.references import is_only_page, seen_on
from refpipe.http import Failure
from refpipe.match.agreement import Standing, is_borne
from refpipe.match.differences import is_agreed
from refpipe.model import (
    Certainty,
    Claim,
    Decision,
    Difference,
    Identifier,
    Record,
    Unresolved,
    Work,
)
from refpipe.pipeline import decisions, intake, lookup, stated_differences
from refpipe.pipeline.query import Asker
from refpipe.sources import Hit

if TYPE_CHECKING:
    from refpipe.sources.answers import Absent
    from refpipe.sources.web_page import Sight


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
    is_seen: bool = False
    """True: only its page can speak for it, and that was seen to bear the title."""
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
    agrees with what is printed; of a work that has only an address the page is looked at; a
    work without either is searched for.  Whatever was heard and accepted is in the library, tied
    to what was printed.
    """
    open_works = [work for work in works if not work.is_confirmed]
    asked = {work.id: claim for work in open_works if (claim := _askable(work)) is not None}
    opened = look_at_pages(asker, (work for work in open_works if work.id not in asked))
    evidence = {asked[work.id].identifier: work.item for work in open_works if work.id in asked}
    heard = asker.claims(asked.values(), evidence)
    for work in open_works:
        claim = asked.get(work.id)
        if claim is None:
            yield _of_page(asker, work, opened.get(work.id)) or _searched(asker, work)
        elif claim.identifier in heard.missing:
            yield _unanswered(asker, work, heard.missing[claim.identifier])
        else:
            yield _answered(asker, work, claim, heard.records[claim.identifier])


def _askable(work: Work) -> Claim | None:
    """The claim to ask about: a registry's identifier, else the page of a catalogue."""
    pages = (claim for claim in work.claims if identifiers.is_catalogued(claim.identifier))
    return identifiers.surest(work.claims) or next(pages, None)


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


# ── What has an address, and nothing that a registry answers for ────────────────────────────────


def look_at_pages(asker: Asker, works: Iterable[Work]) -> dict[str, Opened]:
    """Id of each work that has only an address → what stands there.

    That a page bears the title of its work stands in the library as soon as it was seen, and that
    it does so no more as well.
    """
    waiting = {work.id: work for work in works}
    wanted = {
        name: (address, str(work.item.get("title") or ""))
        for name, work in waiting.items()
        if (address := identifiers.page_of(work)) is not None
    }
    opened = {}
    for name, came in open_addresses(asker, wanted):
        told = _look(asker, waiting[name], came, wanted[name][1])
        opened[name] = came
        is_stored = told is None or bool(asker.library.add([told], heard=asker.now))
        if told is not None and not is_stored and came.outcome in _BORNE:
            why = intake.withdrawn(asker.library, told)
            opened[name] = replace(came, outcome="unchecked", reason=why)
    return opened


_BORNE = frozenset({"seen", "moved", "ended"})
"""What may come of a page that bears the title."""
_MISSED = frozenset({"gone", "front", "other"})
"""What may come in its place."""


def _look(asker: Asker, work: Work, came: Opened, title: str) -> Record | None:
    """The record of what came of a page; None where nothing is told, or nothing else than before.

    A page that was never seen to bear the title has nothing to lose by another look.
    """
    records = asker.library.records_of(work)
    last = items.last_look(records, work)
    is_missed = came.outcome in _MISSED and (last is not None or bool(seen_on(work, records)))
    if came.outcome not in _BORNE and not is_missed:
        return None
    about = asker.library.bearer(work)
    return items.look_record(
        about, came.address, title,
        shown=came.found,
        ended=came.reason if came.outcome == "ended" else "",
        missed=came.outcome if is_missed else "",
        last=last,
    )  # fmt: skip


def open_addresses(
    asker: Asker, wanted: Mapping[str, tuple[Identifier, str]]
) -> Iterator[tuple[str, Opened]]:
    """What stands at each address, of which a title is expected; the nameless hosts come last."""
    nameless = {}
    for name, (address, title) in wanted.items():
        sight = asker.registries.page(address)
        if isinstance(sight, Failure) and sight.is_nameless:
            nameless[name] = address, sight
        else:
            yield name, _opened(address, title, sight)
    for name, (address, failure) in nameless.items():
        # Without a network some machines say of every host that there is none of that name.
        if asker.registries.is_web_reached:
            reason = f"there is no host {failure.host}"
            yield name, Opened(outcome="gone", address=address.value, reason=reason)
        else:
            yield name, _opened(address, "", failure)


def _opened(address: Identifier, title: str, sight: Sight | Absent | Failure) -> Opened:
    from refpipe.sources import page_notices
    from refpipe.sources.answers import Absent
    from refpipe.sources.web_page import is_front_page

    plain = markup.plain(markup.read(title))
    told = Opened(outcome="unchecked", address=address.value, title=plain)
    if isinstance(sight, Absent):
        return replace(told, outcome="gone", reason=sight.reason)
    if isinstance(sight, Failure):
        return replace(told, reason=str(sight))
    target = identifiers.url(sight.url)
    told = replace(told, target=target.value if target else sight.url)
    is_another = page_notices.is_of_another(plain, sight.titles)
    standing = Standing.UNKNOWN if is_another else is_borne(title, sight.titles)
    bearing = (one for one in sight.titles if is_borne(title, [one]) is standing)
    told = replace(told, found=next(bearing, next(iter(sight.titles), "")))
    is_elsewhere = normalise.address(sight.url) != normalise.address(address.value)
    if standing is Standing.AGREES:
        said = page_notices.label_of_end(plain, sight.titles) or sight.end
        moved = "moved" if is_elsewhere and sight.is_for_good else "seen"
        return replace(told, outcome="ended" if said else moved, reason=said)
    if is_elsewhere and sight.is_front and not is_front_page(address.value):
        return replace(told, outcome="front")
    if standing is Standing.DIFFERS:
        return replace(told, outcome="other")
    return replace(told, outcome="unread", reason=_unread(told, sight))


def _unread(told: Opened, sight: Sight) -> str:
    """Why a page that answered says neither yes nor no."""
    if sight.is_pdf:
        return "a PDF stands there, and no title is read out of one"
    if not told.title:
        return "the entry has no title that the page's could be compared with"
    if not told.found:
        return "the page says no title that can be read"
    return f"its title, “{told.found}”, could not be compared with “{told.title}”"


def _of_page(asker: Asker, work: Work, came: Opened | None) -> Confirmation | None:
    """What the page of a work comes to; None for a work without one."""
    address = identifiers.page_of(work)
    if came is None or address is None:
        return None
    named = _named_by_page(asker, work, address)
    if named is not None:
        return named
    is_borne_out = came.outcome in _BORNE
    if is_borne_out and came.outcome != "ended" and is_only_page(work):
        return Confirmation(work=work, reason=_in_words(came), is_seen=True)
    found = _searched(asker, work)
    if found.confirmed is not None:
        return found
    reason = f"{found.reason}; {_in_words(came)}" if is_borne_out else _in_words(came)
    is_unchecked = found.is_unchecked or came.outcome in {"unchecked", "unread"}
    return replace(found, reason=reason, is_unchecked=is_unchecked)


def _named_by_page(asker: Asker, work: Work, address: Identifier) -> Confirmation | None:
    """The registry's answer for a DOI that the page gives for itself and that fits the print."""
    sight = asker.registries.page(address)
    dois = getattr(sight, "dois", ())
    claims = [Claim(identifier=doi, certainty=Certainty.CANDIDATE) for doi in dois[:2]]
    heard = asker.claims(claims, {claim.identifier: work.item for claim in claims})
    for doi, record in heard.records.items():
        return _tied(asker, work, record, f"its page names {doi.value}")
    return None


def _in_words(came: Opened) -> str:
    """What came of opening an address, for people."""
    return {
        "seen": f"{came.address} bears the title",
        "moved": f"{came.address} bears the title, and has moved for good to {came.target}",
        "ended": f"{came.address} bears the title, and says of itself: “{came.reason}”",
        "gone": f"{came.address} is gone ({came.reason})",
        "front": f"{came.address} leads only to the front page, {came.target}",
        "other": f"{came.address} bears another title: “{came.found}”",
    }.get(came.outcome, f"{came.address} could not be checked ({came.reason})")
