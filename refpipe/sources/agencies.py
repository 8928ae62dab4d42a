"""Who gave out an identifier says what it is: the agencies of DOIs, NCBI for PubMed's numbers.

A DOI is asked for up a ladder: Crossref, then whoever registered it, until somebody knows it.
"Does not exist", "registered, but nobody describes it" and "could not be asked" are three
answers: ``Absent``, ``Failure`` of the agency, ``Failure`` of the network.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from refpipe import identifiers
from refpipe.http import Failure, Http, Pace
from refpipe.model import Identifier
from refpipe.sources.answers import Absent, Heard, Outcome, disbelieve, json_of
from refpipe.sources.crossref import Crossref


class DoiAgencies:
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
        return doi_of_short(self._http, doi, is_fresh=is_fresh)

    def _beyond_crossref(self, doi: Identifier, is_fresh: bool) -> Outcome:
        agency = registration_agency(self._http, doi, is_fresh=is_fresh)
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
        outcome = work(self._http, doi, is_fresh=is_fresh)
        if isinstance(outcome, Heard):
            return outcome
        second = self._any(doi, agency, is_fresh)
        return second if isinstance(second, Heard) else _as_failure(outcome, doi, agency)

    def _datacite(self, doi: Identifier, agency: str, is_fresh: bool) -> Outcome:
        outcome = self._any(doi, agency, is_fresh)
        if isinstance(outcome, Heard):
            return outcome
        url = f"{self._http.settings.datacite}/dois/{quote(doi.value, safe='')}"
        second = read_csl(self._http, url, doi, agency, is_fresh=is_fresh)
        return second if isinstance(second, Heard) else outcome

    def _any(self, doi: Identifier, agency: str, is_fresh: bool) -> Outcome:
        outcome = content(self._http, doi, agency, is_fresh=is_fresh)
        return outcome if isinstance(outcome, Heard) else _as_failure(outcome, doi, agency)


def _as_failure(outcome: Absent | Failure, doi: Identifier, agency: str) -> Failure:
    """A DOI that somebody registered exists, whatever its agency cannot say of it."""
    if isinstance(outcome, Failure):
        return outcome
    return Failure(url=doi.value, host=agency, reason="registered it but has no record of it")


CSL_JSON = "application/vnd.citationstyles.csl+json"


def registration_agency(
    http: Http, doi: Identifier, *, is_fresh: bool = False
) -> str | Absent | Failure:
    """The name of the agency that registered ``doi``, such as ``Crossref`` or ``JaLC``."""
    url = f"{http.settings.doi_org}/doiRA/{quote(doi.value, safe='/')}"
    unknown = "doi.org says that it does not exist"
    got = json_of(http, url, unknown, is_fresh=is_fresh)
    if isinstance(got, Absent | Failure):
        return got
    reply, value = got
    first = value[0] if isinstance(value, list) and value else None
    if isinstance(first, dict):
        if isinstance(first.get("RA"), str) and first["RA"]:
            return str(first["RA"])
        if "exist" in str(first.get("status", "")) or "nvalid" in str(first.get("status", "")):
            return Absent(reason=unknown)
    return disbelieve(http, reply, url, "did not say who registered it")


def doi_of_short(
    http: Http, short: Identifier, *, is_fresh: bool = False
) -> Identifier | Absent | Failure:
    """The DOI for which a short one stands (https://www.handle.net/proxy_servlet.html)."""
    url = f"{http.settings.doi_org}/api/handles/{quote(short.value, safe='/')}?type=HS_ALIAS"
    got = json_of(http, url, "doi.org gave out no such short DOI", is_fresh=is_fresh)
    if isinstance(got, Absent | Failure):
        return got
    reply, value = got
    listed = value.get("values") if isinstance(value, dict) else None
    for entry in listed if isinstance(listed, list) else ():
        fields = entry.get("data") if isinstance(entry, dict) else None
        found = identifiers.doi(_text(fields.get("value"))) if isinstance(fields, dict) else None
        if found is not None and not identifiers.is_short(found):
            return found
    return disbelieve(http, reply, url, "did not say what the short DOI stands for")


def content(http: Http, doi: Identifier, agency: str, *, is_fresh: bool = False) -> Outcome:
    """What the agency says of ``doi`` by content negotiation."""
    url = f"{http.settings.doi_org}/{quote(doi.value, safe='/')}"
    return read_csl(http, url, doi, agency, is_fresh=is_fresh)


def read_csl(
    http: Http, url: str, doi: Identifier, agency: str, *, is_fresh: bool = False
) -> Outcome:
    """The CSL-JSON that ``url`` gives for ``doi``."""
    got = json_of(
        http, url, f"{urlsplit(url).netloc} does not know it", accept=CSL_JSON, is_fresh=is_fresh
    )
    if isinstance(got, Absent | Failure):
        return got
    reply, value = got
    reason = ""
    if not isinstance(value, dict) or not value.get("title"):
        reason = f"has no record for machines ({agency})"
    elif (named := identifiers.doi(_text(value.get("DOI")))) not in {None, doi}:
        reason = f"answered for another DOI ({named})"
    if reason:
        return disbelieve(http, reply, url, reason, accept=CSL_JSON)
    return Heard(source="csl", identifier=doi, message=value, origin=reply.url, agency=agency)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def work(http: Http, doi: Identifier, *, is_fresh: bool = False) -> Outcome:
    """What JaLC says of ``doi``."""
    url = f"{http.settings.jalc}/dois/{quote(doi.value, safe='')}"
    got = json_of(http, url, "JaLC does not know it", is_fresh=is_fresh)
    if isinstance(got, Absent | Failure):
        return got
    reply, value = got
    data = value.get("data") if isinstance(value, dict) else None
    if not isinstance(data, dict):
        return disbelieve(http, reply, url, f"sent no record ({reply.status})")
    named = identifiers.doi(str(data.get("doi") or ""))
    if named != doi:
        return disbelieve(http, reply, url, f"answered for another DOI ({named})")
    return Heard(source="jalc", identifier=doi, message=value, origin=url, agency="JaLC")


# ── NCBI: what PubMed says of a PMID, and which PMID or DOI a PMCID stands for ────────────────────

_BATCH = 200
"""Identifiers in one request at most."""


def of_pmids(
    http: Http, pmids: Sequence[Identifier], *, is_fresh: bool = False
) -> Iterator[tuple[Identifier, Outcome]]:
    """What PubMed says of each PMID."""
    for batch in _batches(pmids):
        numbers = ",".join(pmid.value for pmid in batch)
        url = f"{http.settings.eutils}/esummary.fcgi?db=pubmed&id={numbers}&retmode=json"
        got = http.get_json(_signed(http, url), pace=Pace.OTHER, is_fresh=is_fresh)
        if not isinstance(got, Failure) and not _has_result(got[1]):
            got = disbelieve(http, got[0], _signed(http, url), "sent no list of articles")
        for pmid in batch:
            yield pmid, got if isinstance(got, Failure) else _article(pmid, got[1], url)


def _has_result(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("result"), dict)


def _article(pmid: Identifier, value: Any, url: str) -> Outcome:
    message = value["result"].get(pmid.value)
    if not isinstance(message, dict) or message.get("error") or not message.get("title"):
        return Absent(reason="PubMed does not know it")
    if str(message.get("uid", pmid.value)) != pmid.value:
        return Failure(url=url, host=urlsplit(url).netloc, reason="answered for another article")
    return Heard(source="pubmed", identifier=pmid, message=message, origin=url, agency="PubMed")


def doi_in_pubmed(message: Any) -> Identifier | None:
    """The DOI in PubMed's answer."""
    listed = message.get("articleids") if isinstance(message, dict) else None
    for entry in listed if isinstance(listed, list) else ():
        if isinstance(entry, dict) and entry.get("idtype") == "doi":
            return identifiers.doi(str(entry.get("value") or ""))
    return None


def of_pmcids(
    http: Http, pmcids: Sequence[Identifier], *, is_fresh: bool = False
) -> Iterator[tuple[Identifier, Identifier | Absent | Failure]]:
    """The DOI, or else the PMID, of each article in PubMed Central."""
    for batch in _batches(pmcids):
        numbers = ",".join(pmcid.value for pmcid in batch)
        url = f"{http.settings.idconv}/?ids={numbers}&format=json"
        got = http.get_json(_signed(http, url), pace=Pace.OTHER, is_fresh=is_fresh)
        rows = _rows(http, _signed(http, url), got)
        for pmcid in batch:
            yield pmcid, rows if isinstance(rows, Failure) else _name(pmcid, rows)


def _rows(http: Http, url: str, got: Any) -> dict[str, dict[str, Any]] | Failure:
    if isinstance(got, Failure):
        return got
    reply, value = got
    listed = value.get("records") if isinstance(value, dict) else None
    if not isinstance(listed, list):
        return disbelieve(http, reply, url, "sent no list of identifiers")
    rows = [row for row in listed if isinstance(row, dict)]
    return {str(row.get("requested-id") or row.get("pmcid") or "").upper(): row for row in rows}


def _name(pmcid: Identifier, rows: dict[str, dict[str, Any]]) -> Identifier | Absent:
    row = rows.get(pmcid.value, {})
    doi = identifiers.doi(str(row.get("doi") or ""))
    pmid = identifiers.pmid(str(row.get("pmid") or ""))
    return doi or pmid or Absent(reason="PubMed Central does not know it")


def _batches(numbers: Sequence[Identifier]) -> Iterator[list[Identifier]]:
    ordered = sorted(numbers)
    return (ordered[start : start + _BATCH] for start in range(0, len(ordered), _BATCH))


def _signed(http: Http, url: str) -> str:
    mailto = http.settings.mailto
    return f"{url}&tool=refpipe" + (f"&email={quote(mailto)}" if mailto else "")
