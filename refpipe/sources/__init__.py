"""Who can be asked about a work: Crossref, the agencies of DOIs, NCBI, catalogues, the page itself.

``Registries`` asks them: claims in, answers out, each as it arrives.  A source never sees the
library, and says nothing of what its answer means: the answer is kept word for word, and ``items``
reads it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from refpipe.http import Failure, Http, Settings
from refpipe.lifetimes import Closing
from refpipe.model import Answer, Certainty, Claim, Identifier, Item, Record, Scheme, Unresolved
from refpipe.sources import agencies, answers
from refpipe.sources.agencies import DoiAgencies
from refpipe.sources.answers import Absent, Heard, Outcome
from refpipe.sources.crossref import Crossref

if TYPE_CHECKING:
    from refpipe.sources.reference_search import Hit, SearchResult
    from refpipe.sources.web_page import Crawl, Sight

__all__ = ["Hit", "Registries", "SearchResult", "Settings"]


def __getattr__(name: str) -> object:
    """What came of a search, loaded by whoever searches."""
    if name in {"Hit", "SearchResult"}:
        from refpipe.sources import reference_search

        return getattr(reference_search, name)
    raise AttributeError(name)


_NO_REGISTRY = {
    Scheme.NAME: "no registry knows the library's own names; add the work first",
    Scheme.TEXT: "a printed reference without identifier is searched for, not resolved",
}


class Registries(Closing):
    """All registries, for one run; use it as a context, which closes the connections.

    Nothing is raised because a network fails: what could not be had is an ``Unresolved``
    that says why, and whether asking again can help.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._http = Http(settings)
        self._crossref = Crossref(self._http)
        self._crawl: Crawl | None = None

    def close(self) -> None:
        """Close the connections and the memory."""
        self._http.close()

    @property
    def requests(self) -> int:
        """How many requests have been sent so far."""
        return self._http.requests

    def resolve(
        self,
        claims: Iterable[Claim],
        evidence: Mapping[Identifier, Item] | None = None,
        *,
        is_fresh: bool = False,
    ) -> Iterator[Answer | Unresolved]:
        """At least one answer for every claim, or else one reason, each as it arrives.

        ``evidence`` says for a candidate what its address (``{"URL": …}``) or its printed
        reference says of the work; a record that contradicts it is no answer.  ``is_fresh``
        asks anew where an answer is remembered.
        """
        run = _Run(self._http, self._crossref, evidence or {}, is_fresh)
        yield from run.resolve(claims)

    def heard_on(self, identifier: Identifier) -> str:
        """When a registry was last heard on it (UTC, ISO 8601); empty where that is forgotten."""
        is_doi = identifier.scheme is Scheme.DOI
        return self._crossref.heard_on(identifier) if is_doi else ""

    def search(self, item: Item, *, text: str = "") -> SearchResult:
        """The work that an item without identifier is, or those that it may be.

        ``text`` is the printed reference itself, where there is one: registries find more
        by it than by its parts.
        """
        from refpipe.match import book_agreement
        from refpipe.sources.reference_search import search

        if book_agreement.is_book(item):
            from refpipe.sources import reference_search

            book = reference_search.search_book(self._http, self._crossref, item, text)
            return book if book.accepted else self._no_book(item, text, book)
        result = search(self._crossref, item, text)
        return result if result.accepted or result.failure else self._beyond(item, text, result)

    def page(self, address: Identifier) -> Sight | Absent | Failure:
        """What stands at an address that is cited; each is asked for once in a run."""
        if self._crawl is None:
            # Imported here: most runs look at no page, and reading one takes a parser.
            from refpipe.sources.web_page import Crawl

            self._crawl = Crawl(self._http)
        return self._crawl.look(address)

    @property
    def is_web_reached(self) -> bool:
        """Whether any site has answered this run, over the network, when a page was asked for."""
        return self._crawl is not None and self._crawl.is_reached

    def later_edition(self, item: Item) -> Record | str | None:
        """The latest edition after a book's own; None for none, or why nobody could be asked."""
        from refpipe.sources import reference_search

        return reference_search.later_edition(self._http, self._crossref, item)

    def _no_book(self, item: Item, text: str, first: SearchResult) -> SearchResult:
        """What was taken for a book may be an article whose journal was not read."""
        from refpipe.match import book_agreement
        from refpipe.sources.reference_search import search

        second = search(self._crossref, item, text)
        found = second.accepted
        return second if found and not book_agreement.is_book(found.item) else first

    def _beyond(self, item: Item, text: str, first: SearchResult) -> SearchResult:
        """What CiNii and JaLC know of a Japanese article that Crossref does not have."""
        from refpipe.sources import reference_search

        if not reference_search.is_japanese(item, text):
            return first
        agencies = DoiAgencies(self._http, self._crossref)
        second = reference_search.search_japanese(self._http, agencies, item, text)
        return second if second.accepted or second.failure or second.hits else first


class _Run:
    """One call of ``resolve``: what is asked for, under which DOI."""

    def __init__(
        self,
        http: Http,
        crossref: Crossref,
        evidence: Mapping[Identifier, Item],
        is_fresh: bool,
    ) -> None:
        self._http = http
        self._crossref = crossref
        self._ladder = DoiAgencies(http, crossref)
        self._evidence = evidence
        self._is_fresh = is_fresh
        self._by_doi: defaultdict[Identifier, dict[Identifier, Claim]] = defaultdict(dict)
        self._by_pmid: defaultdict[Identifier, dict[Identifier, Claim]] = defaultdict(dict)
        self._answered: set[Identifier] = set()
        self._astray: list[tuple[Claim, str]] = []

    def resolve(self, claims: Iterable[Claim]) -> Iterator[Answer | Unresolved]:
        by_scheme: defaultdict[Scheme, dict[Identifier, Claim]] = defaultdict(dict)
        for claim in claims:
            known = by_scheme[claim.identifier.scheme].setdefault(claim.identifier, claim)
            if known.certainty is Certainty.CANDIDATE:
                # What is written somewhere needs no confirming, though a rule derived it too.
                by_scheme[claim.identifier.scheme][claim.identifier] = claim
        for claim in (*by_scheme[Scheme.DOI].values(), *by_scheme[Scheme.ARXIV].values()):
            self._want(answers.doi_of(claim.identifier), claim)
        for asked, claim in by_scheme[Scheme.PMID].items():
            self._by_pmid[asked][asked] = claim
        yield from self._pmcids(by_scheme[Scheme.PMCID])
        yield from self._pmids()
        yield from self._dois()
        yield from self._isbns(by_scheme[Scheme.ISBN].values())
        yield from self._addresses(by_scheme[Scheme.URL].values())
        for scheme, reason in _NO_REGISTRY.items():
            for asked in by_scheme[scheme]:
                yield Unresolved(identifier=asked, reason=reason, is_final=True)

    def _want(self, doi: Identifier, claim: Claim) -> None:
        self._by_doi[doi][claim.identifier] = claim

    def _pmcids(self, claims: dict[Identifier, Claim]) -> Iterator[Answer | Unresolved]:
        for asked, found in agencies.of_pmcids(self._http, list(claims), is_fresh=self._is_fresh):
            if isinstance(found, Absent | Failure):
                yield answers.unresolved(asked, found)
            elif found.scheme is Scheme.DOI:
                self._want(found, claims[asked])
            else:
                self._by_pmid[found][asked] = claims[asked]

    def _pmids(self) -> Iterator[Answer | Unresolved]:
        pmids = list(self._by_pmid)
        for pmid, outcome in agencies.of_pmids(self._http, pmids, is_fresh=self._is_fresh):
            for asked, claim in self._by_pmid[pmid].items():
                if not isinstance(outcome, Heard):
                    yield answers.unresolved(asked, outcome)
                    continue
                self._answered.add(asked)
                yield answers.answer(asked, outcome)
                if doi := agencies.doi_in_pubmed(outcome.message):
                    self._want(doi, claim)

    def _dois(self) -> Iterator[Answer | Unresolved]:
        for doi, outcome in self._ladder.climb(list(self._by_doi), is_fresh=self._is_fresh):
            for asked, claim in self._by_doi[doi].items():
                yield from self._verdict(asked, claim, outcome)

    def _isbns(self, claims: Iterable[Claim]) -> Iterator[Answer | Unresolved]:
        waiting = list(claims)
        if not waiting:
            return
        # Imported here: most runs meet no book, and catalogues answer in XML.
        from refpipe.sources.books import Books

        books = Books(self._http, self._crossref)
        for claim in waiting:
            outcome = books.find(claim.identifier, is_fresh=self._is_fresh)
            yield from self._verdict(claim.identifier, claim, outcome)

    def _addresses(self, claims: Iterable[Claim]) -> Iterator[Answer | Unresolved]:
        """The works behind addresses, and behind those that led to a wrong candidate."""
        waiting = [*self._astray, *((claim, "") for claim in claims)]
        if not waiting:
            return
        # Imported here: most runs follow no address, and reading pages takes a parser.
        from refpipe.sources.address_resolution import AddressResolver

        addresses = AddressResolver(self._http, self._crossref, self._ladder)
        for claim, before in waiting:
            yield addresses.follow(claim, self._evidence, before, is_fresh=self._is_fresh)

    def _verdict(
        self, asked: Identifier, claim: Claim, outcome: Outcome
    ) -> Iterator[Answer | Unresolved]:
        if claim.certainty is Certainty.CANDIDATE:
            confirmed = answers.confirm(claim, outcome, self._evidence.get(asked, {}))
            if isinstance(confirmed, str):
                self._astray.append((claim, confirmed))
            else:
                yield confirmed
        elif isinstance(outcome, Heard):
            yield answers.answer(asked, outcome)
        elif asked not in self._answered:
            yield answers.unresolved(asked, outcome)
