"""Ask the registries on behalf of the library: every answer is stored as it arrives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from refpipe import identifiers, items
from refpipe.config import Config
from refpipe.library import Library
from refpipe.model import (
    REGISTRIES,
    Answer,
    Certainty,
    Claim,
    Identifier,
    Item,
    Record,
    Scheme,
    Unresolved,
    Work,
)
from refpipe.pipeline import intake, lookup
from refpipe.pipeline.changes import Change, changed

if TYPE_CHECKING:
    from refpipe.articles import lists
    from refpipe.checks import Opened, Searched
    from refpipe.sources import Registries


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What came of asking: for each identifier that was asked about, a record or a reason."""

    records: dict[Identifier, Record] = field(default_factory=dict)
    missing: dict[Identifier, Unresolved] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """A library, and the registries that are asked for it.

    An interrupted run has lost nothing, and the next one does not ask again, unless
    ``is_fresh`` asks anew where an answer is remembered.
    """

    library: Library
    registries: Registries
    now: str
    """A UTC time in ISO 8601, written beside each new fact."""
    is_fresh: bool = False

    def claims(
        self, claims: Iterable[Claim], evidence: Mapping[Identifier, Item] | None = None
    ) -> Answers:
        """What the registries say of each claim.

        ``evidence`` says, for a candidate, what its address or printed reference says of the
        work; a candidate that cannot be compared with anything counts as missing.
        """
        heard = Answers()
        for asked, told in self._arriving(claims, evidence or {}):
            if isinstance(told, Unresolved):
                heard.missing.setdefault(asked, told)
            else:
                heard.records.setdefault(asked, told)
        return heard

    def _arriving(
        self, claims: Iterable[Claim], evidence: Mapping[Identifier, Item]
    ) -> Iterator[tuple[Identifier, Record | Unresolved]]:
        """What is said of each claim, as it is said; a record is in the library by then."""
        unique = dict.fromkeys(claims)
        for outcome in self.registries.resolve(unique, evidence, is_fresh=self.is_fresh):
            if isinstance(outcome, Unresolved):
                yield outcome.identifier, outcome
            elif outcome.certainty is Certainty.CANDIDATE:
                yield outcome.asked, _doubt(outcome)
            else:
                record = outcome.record
                if intake.take(self.library, record, now=self.now) is None:
                    why = intake.withdrawn(self.library, record)
                    yield (
                        outcome.asked,
                        Unresolved(identifier=outcome.asked, reason=why, is_final=False),
                    )
                    continue
                self.tie(outcome.asked, record, outcome.reason)
                yield outcome.asked, record

    def keys(self, keys: Iterable[str]) -> dict[str, Unresolved]:
        """Key → why it still has no work; what could be had is in the library."""
        missing: dict[str, Unresolved] = {}
        for key, why in self.answers(keys):
            if why is not None:
                missing.setdefault(key, why)
        return missing

    def answers(self, keys: Iterable[str]) -> Iterator[tuple[str, Unresolved | None]]:
        """Each key as it is answered: None where its work is in the library now, else why not."""
        claims = {key: lookup.claim(key) for key in dict.fromkeys(keys)}
        asked: defaultdict[Identifier, list[str]] = defaultdict(list)
        for key, claim in claims.items():
            if claim is None:
                yield key, lookup.unknown(key)
            else:
                asked[claim.identifier].append(key)
        known = [claim for claim in claims.values() if claim is not None]
        evidence = {one: lookup.own_evidence(keys[-1]) for one, keys in asked.items()}
        tied: set[str] = set()
        for identifier, told in self._arriving(known, evidence):
            for key in asked[identifier]:
                address = lookup.address(key)
                if isinstance(told, Record) and address is not None and key not in tied:
                    tied.add(key)
                    self.tie(address, told, f"{identifier} agrees with the address")
                yield key, told if isinstance(told, Unresolved) else None

    def tie(self, asked: Identifier, record: Record, reason: str) -> None:
        """Hold what was asked about and what was answered for one work."""
        if asked == record.identifier:
            return
        tie = items.alias_record(asked, record.identifier, reason=reason, origin=record.origin)
        if self.library.record(tie.key) is None:
            self.library.add([tie], heard=self.now)


def _doubt(answer: Answer) -> Unresolved:
    """A record that exists, and nothing to compare it with."""
    found = answer.record.identifier
    return Unresolved(
        identifier=answer.asked,
        reason=f"it may be {found}, but nothing could be compared;"
        f" cite [@{found}] if that is the work",
        is_final=True,
    )


_REQUERIED = (Scheme.DOI, Scheme.PMID)
"""The schemes whose registries say how a work stands today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requery:
    """What came of asking about everything that articles cite or list."""

    missing: Mapping[str, Unresolved] = field(default_factory=dict)
    """Key → why nothing could be had for it."""
    searched: Mapping[str, Searched] = field(default_factory=dict)
    """Text of a listed reference without identifier → what came of searching for it."""
    unversioned: Mapping[str, str] = field(default_factory=dict)
    """Id of a work → why nobody could say whether it has a newer version."""
    opened: Mapping[str, Opened] = field(default_factory=dict)
    """Id of a work that has only an address, or text of such a reference → what stands there."""
    unsearched: int = 0
    """References without identifier that registries do not hold, or of which no title was read."""


def requery(
    config: Config, registries: Callable[[], Registries], paths: Iterable[Path], *, now: str
) -> Requery:
    """Ask about every work that is cited or listed; what was said is in the library then."""
    # Imported here: whoever adds one DOI reads no article, and the last asks through this module.
    from refpipe import articles, files
    from refpipe.articles import lists
    from refpipe.pipeline import confirm, pages, stated_differences, versions

    opened = [articles.read(pages.shown(path), files.read(path).text) for path in paths]
    by_hand = [found for one in opened if (found := lists.of_article(one)) is not None]
    printed = (
        str(one) for found in by_hand for one in stated_differences.printed_identifiers(found)
    )
    keys = tuple(dict.fromkeys((*lookup.keys(opened), *printed)))
    nameless = dict.fromkeys(one.text for found in by_hand for one in _nameless(found))
    if not keys and not nameless:
        return Requery()
    with Library.open(config.library, create=True) as library, registries() as asked:
        asker = Asker(library=library, registries=asked, now=now, is_fresh=True)
        searched = {text: _search(asker, text) for text in nameless}
        known = lookup.find(library, keys)
        pages_only = {key for key, work in known.items() if identifiers.page_of(work) is not None}
        missing = _ask_again(asker, [key for key in keys if key not in pages_only])
        answered = lookup.find(library, [key for key in keys if key not in missing])
        unversioned = versions.look(asker, answered.values())
        told = {text: came for text, came in searched.items() if came is not None}
        listed = _addresses(text for text in nameless if text not in told or not told[text].found)
        led_to = confirm.look_at_pages(asker, answered.values())
        led_to |= dict(confirm.open_addresses(asker, listed))
    return Requery(
        missing=missing,
        searched=told,
        unversioned=unversioned,
        opened=led_to,
        unsearched=len(searched.keys() - told.keys() - led_to.keys()),
    )


def _addresses(texts: Iterable[str]) -> dict[str, tuple[Identifier, str]]:
    """Text of each reference that has only an address → that address, and the title it prints."""
    from refpipe.items import printed

    found = {}
    for text in texts:
        reading = printed.remembered(text).reading
        address = identifiers.url(str(reading.item.get("URL") or ""))
        is_named = identifiers.surest(reading.claims) is not None
        if address is not None and not is_named and not identifiers.is_catalogued(address):
            found[text] = address, str(reading.item.get("title") or "")
    return found


def _ask_again(asker: Asker, keys: Iterable[str]) -> dict[str, Unresolved]:
    """Key → why nothing could be had for it."""
    known = lookup.find(asker.library, tuple(keys))
    claims = {key: claim for key in keys if (claim := _claim(key, known.get(key))) is not None}
    evidence = {claim.identifier: lookup.own_evidence(key) for key, claim in claims.items()}
    missing = asker.claims(claims.values(), evidence).missing
    return {
        key: missing[claim.identifier]
        for key, claim in claims.items()
        if claim.identifier in missing
    }


def _nameless(found: lists.LegacyList) -> Iterator[lists.LegacyReference]:
    """The references that print no identifier that a registry can answer for."""
    from refpipe.pipeline import stated_differences

    listed = stated_differences.printed_identifiers(found).values()
    named = {one.text for references in listed for one in references}
    yield from (one for one in found.references if one.text not in named)


def _search(asker: Asker, text: str) -> Searched | None:
    """What the registries have for a printed reference; None for what they need not have."""
    from refpipe.checks import Searched
    from refpipe.checks.references import WELL_REGISTERED
    from refpipe.items import printed
    from refpipe.match.differences import differences

    item = printed.remembered(text).reading.item
    if item.get("type") not in WELL_REGISTERED or not item.get("title"):
        return None
    result = asker.registries.search(item, text=text)
    if result.failure:
        return Searched(failure=result.failure)
    if result.accepted is not None:
        intake.take(asker.library, result.accepted.record, now=asker.now)
        return Searched(found=result.accepted.record.identifier)
    nearest = result.nearest(text)
    if nearest is None:
        return Searched()
    told = differences(item, nearest.item, text=text)
    return Searched(nearest=nearest.record.identifier, differences=told)


def _claim(key: str, work: Work | None) -> Claim | None:
    """What to ask about a key: its work's surest registered identifier, else the key itself."""
    registered = identifiers.surest(work.claims, _REQUERIED) if work is not None else None
    return registered or lookup.claim(key)


# ── What the registries say today of works that were asked about some time ago ──────────────────


_PORTION = 200
"""Works asked about at once: five batches; what was heard is stored before the next ones."""


def due_for_refresh(
    library: Library, registries: Registries, *, before: str
) -> list[tuple[Work, Identifier]]:
    """The works that nobody was asked about since ``before`` (a UTC time in ISO 8601)."""
    found = []
    for work in library.works():
        asked = identifier(work)
        if asked is not None and _last(library, registries, work, asked) < before:
            found.append((work, asked))
    return found


def identifier(work: Work) -> Identifier | None:
    """The identifier by which registries know the work, or None for a work that none knows."""
    claim = identifiers.surest(work.claims, _REQUERIED, or_candidate=False)
    return claim.identifier if claim is not None else None


def _last(library: Library, registries: Registries, work: Work, asked: Identifier) -> str:
    """When a registry was last heard on the work.

    The library dates an answer by its first hearing; the memory knows of later ones.
    """
    heard = [record.heard for record in library.records_of(work) if record.source in REGISTRIES]
    return max((*heard, registries.heard_on(asked)), default="")


def refresh(
    asker: Asker, works: Iterable[tuple[Work, Identifier]]
) -> Iterator[Change | Unresolved]:
    """One outcome for each work, in portions; the answers are in the library by then."""
    waiting = list(works)
    for start in range(0, len(waiting), _PORTION):
        portion = waiting[start : start + _PORTION]
        claims = [Claim(identifier=asked, certainty=Certainty.CONFIRMED) for _, asked in portion]
        missing = asker.claims(claims).missing
        found = asker.library.find_many({asked for _, asked in portion})
        for work, asked in portion:
            if asked in missing:
                yield missing[asked]
            else:
                yield changed(work, found.get(asked, work))
