"""From an address to a work: the publisher's number in it, then the page behind it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from refpipe import identifiers, items
from refpipe.http import Failure, Http
from refpipe.match import agreement
from refpipe.match.agreement import Standing
from refpipe.model import Answer, Certainty, Claim, Identifier, Item, Scheme, Unresolved
from refpipe.sources import answers, catalogues, landing_page
from refpipe.sources.agencies import DoiAgencies
from refpipe.sources.answers import Absent, Heard, Outcome
from refpipe.sources.crossref import Crossref
from refpipe.sources.landing_page import LandingPage

_PII = re.compile(
    r"(?:/pii/|/article/|/retrieve/pii/)(S[\dX()./-]{15,24})(?=/|\?|#|$)", re.IGNORECASE
)
"""Elsevier's number in an address: ``S`` and sixteen digits, perhaps with punctuation."""


_CATALOGUES: dict[str, Callable[..., Outcome | None]] = {
    "cir.nii.ac.jp": catalogues.cinii_by_address,
    "ci.nii.ac.jp": catalogues.cinii_by_address,
    "ndlsearch.ndl.go.jp": catalogues.ndl_by_address,
    "iss.ndl.go.jp": catalogues.ndl_by_address,
    "dl.ndl.go.jp": catalogues.ndl_by_address,
}
"""Host → the catalogue behind its pages."""


class AddressResolver:
    """What can be found out about an address."""

    def __init__(self, http: Http, crossref: Crossref, ladder: DoiAgencies) -> None:
        self._http = http
        self._crossref = crossref
        self._ladder = ladder

    def follow(
        self, claim: Claim, evidence: Mapping[Identifier, Item], before: str, *, is_fresh: bool
    ) -> Answer | Unresolved:
        """The work behind an address, or behind the address that a candidate was derived from.

        ``before`` says what was tried already, for people.
        """
        asked = claim.identifier
        said = evidence.get(asked, {})
        is_address = asked.scheme is Scheme.URL
        address = asked.value if is_address else str(said.get("URL") or "")
        if not address:
            return Unresolved(
                identifier=asked, reason=f"{before}; search for the title", is_final=True
            )
        catalogued = self._by_catalogue(asked, address, said, is_fresh)
        if catalogued is not None:
            return catalogued
        answer = self._by_number(asked, address, said)
        return answer or self._by_page(asked, address, said, before, is_fresh)

    def _by_catalogue(
        self, asked: Identifier, address: str, said: Item, is_fresh: bool
    ) -> Answer | Unresolved | None:
        """The work of a page of CiNii or the National Diet Library; by its DOI where it has one."""
        target = Identifier(Scheme.URL, address)
        source = _CATALOGUES.get(urlsplit(address).hostname or "")
        outcome = source(self._http, target, is_fresh=is_fresh) if source else None
        if outcome is None:
            return None
        if not isinstance(outcome, Heard):
            return answers.unresolved(asked, outcome)
        described = replace(outcome, identifier=asked)
        if registered := self._registered(described, is_fresh):
            reason = f"{outcome.agency} names {registered.identifier.value}"
            return answers.answer(asked, registered, reason=reason)
        if _differs(said, described):
            return Unresolved(
                identifier=asked,
                reason=f"{outcome.agency} has another work there",
                is_final=True,
            )
        return answers.answer(asked, described, certainty=Certainty.CONFIRMED)

    def _registered(self, described: Heard, is_fresh: bool) -> Heard | None:
        """What a registry says of the DOI that a catalogue names, unless it is another work's."""
        item = items.read(described.record()).item
        doi = identifiers.doi(str(item.get("DOI") or ""))
        for _, outcome in self._ladder.climb([doi], is_fresh=is_fresh) if doi else ():
            if isinstance(outcome, Heard) and not _differs(item, outcome):
                return outcome
        return None

    def _by_number(self, asked: Identifier, address: str, said: Item) -> Answer | None:
        number = publisher_number(address)
        if not number:
            return None
        outcome = self._crossref.by_publisher_number(number)
        if not isinstance(outcome, Heard):
            return None
        if _differs(said, outcome):
            return None
        return answers.answer(asked, outcome, reason=f"Crossref lists it under {number}")

    def _by_page(
        self, asked: Identifier, address: str, said: Item, before: str, is_fresh: bool
    ) -> Answer | Unresolved:
        target = Identifier(Scheme.URL, address)
        page = landing_page.fetch(self._http, target, is_fresh=is_fresh)
        if isinstance(page, Absent | Failure):
            return answers.unresolved(asked, page, before)
        failure: Failure | None = None
        for doi in landing_page.dois(page)[:2]:
            for _, outcome in self._ladder.climb([doi], is_fresh=is_fresh):
                if isinstance(outcome, Failure):
                    failure = outcome
                elif isinstance(outcome, Heard) and not (
                    _differs(said, outcome) or _differs(page.item, outcome)
                ):
                    return answers.answer(asked, outcome, reason=f"its page names {doi.value}")
        if failure is not None and not page.is_scholarly:
            return answers.unresolved(asked, failure, before)
        return self._the_page_itself(asked, page, said, before)

    def _the_page_itself(
        self, asked: Identifier, page: LandingPage, said: Item, before: str
    ) -> Answer | Unresolved:
        """The page as what is cited, unless another work was expected behind the address."""
        heard = page.heard()
        title = items.read(heard.record()).item.get("title")
        if not title:
            reason = f"{before}; " if before else ""
            return Unresolved(
                identifier=asked,
                reason=f"{reason}its page has neither a DOI nor a title; describe it by hand",
                is_final=True,
            )
        if _differs(said, heard):
            return Unresolved(
                identifier=asked,
                reason=f"{before or 'its page names no DOI'}; the page is called “{title}”",
                is_final=True,
            )
        return answers.answer(
            asked, heard, certainty=Certainty.LITERAL, reason="its page names no DOI"
        )


def publisher_number(address: str) -> str:
    """The Elsevier PII in an address as Crossref writes it, or the empty string."""
    found = _PII.search(unquote(address))
    number = re.sub(r"[^S\dX]", "", found[1].upper()) if found else ""
    return number if len(number) == 17 else ""


def _differs(said: Item, outcome: Heard) -> bool:
    """Whether what was printed, where anything was, speaks against the record."""
    if not said.get("title") and not said.get("author"):
        return False
    item = items.read(outcome.record()).item
    return agreement.agreement_of(said, item).standing is Standing.DIFFERS
