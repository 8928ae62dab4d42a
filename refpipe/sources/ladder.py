"""The ladder: Crossref, then whoever registered the DOI, until somebody knows it.

"Does not exist", "registered, but nobody describes it" and "could not be asked" are three
answers: ``Absent``, ``Failure`` of the agency, ``Failure`` of the network.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from refpipe import identifiers
from refpipe.http import Failure, Http
from refpipe.model import Identifier
from refpipe.sources import doi_org, jalc
from refpipe.sources.crossref import Crossref
from refpipe.sources.outcome import Absent, Heard, Outcome


class Ladder:
    """All that can be asked about a DOI, in order."""

    def __init__(self, http: Http, crossref: Crossref) -> None:
        self._http = http
        self._crossref = crossref

    def climb(
        self, dois: Sequence[Identifier], *, is_fresh: bool = False
    ) -> Iterator[tuple[Identifier, Outcome]]:
        """What the first registry that knows it says of each DOI, as it arrives.

        A short DOI is first asked of doi.org, which gave it out.
        """
        asked: defaultdict[Identifier, list[Identifier]] = defaultdict(list)
        for doi in dois:
            meant = self._meant(doi, is_fresh)
            if isinstance(meant, Identifier):
                asked[meant].append(doi)
            else:
                yield doi, meant
        beyond = []
        for doi, outcome in self._crossref.works(list(asked), is_fresh=is_fresh):
            if isinstance(outcome, Absent):
                beyond.append(doi)
            else:
                yield from ((one, outcome) for one in asked[doi])
        for doi in beyond:
            outcome = self._beyond_crossref(doi, is_fresh)
            yield from ((one, outcome) for one in asked[doi])

    def _meant(self, doi: Identifier, is_fresh: bool) -> Identifier | Absent | Failure:
        """The DOI to ask the registries for."""
        if not identifiers.is_short(doi):
            return doi
        return doi_org.meant(self._http, doi, is_fresh=is_fresh)

    def _beyond_crossref(self, doi: Identifier, is_fresh: bool) -> Outcome:
        agency = doi_org.agency(self._http, doi, is_fresh=is_fresh)
        if isinstance(agency, Absent | Failure):
            return agency
        if agency == "Crossref":
            return Failure(
                url=self._http.settings.crossref,
                host="Crossref",
                reason="registered it but has no record of it (yet)",
            )
        steps = {"JaLC": self._jalc, "DataCite": self._datacite}
        return steps.get(agency, self._any)(doi, agency, is_fresh)

    def _jalc(self, doi: Identifier, agency: str, is_fresh: bool) -> Outcome:
        outcome = jalc.work(self._http, doi, is_fresh=is_fresh)
        if isinstance(outcome, Heard):
            return outcome
        second = self._any(doi, agency, is_fresh)
        return second if isinstance(second, Heard) else _as_failure(outcome, doi, agency)

    def _datacite(self, doi: Identifier, agency: str, is_fresh: bool) -> Outcome:
        outcome = self._any(doi, agency, is_fresh)
        if isinstance(outcome, Heard):
            return outcome
        url = f"{self._http.settings.datacite}/dois/{quote(doi.value, safe='')}"
        second = doi_org.read_csl(self._http, url, doi, agency, is_fresh=is_fresh)
        return second if isinstance(second, Heard) else outcome

    def _any(self, doi: Identifier, agency: str, is_fresh: bool) -> Outcome:
        outcome = doi_org.content(self._http, doi, agency, is_fresh=is_fresh)
        return outcome if isinstance(outcome, Heard) else _as_failure(outcome, doi, agency)


def _as_failure(outcome: Absent | Failure, doi: Identifier, agency: str) -> Failure:
    """A DOI that somebody registered exists, whatever its agency cannot say of it."""
    if isinstance(outcome, Failure):
        return outcome
    return Failure(url=doi.value, host=agency, reason="registered it but has no record of it")
