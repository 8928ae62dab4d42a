"""NCBI: what PubMed says of a PMID, and which PMID or DOI a PMCID stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from refpipe import identifiers
from refpipe.http import Failure, Http, Pace
from refpipe.model import Identifier
from refpipe.sources.answers import Absent, Heard, Outcome, disbelieve

_BATCH = 200
"""Identifiers in one request at most."""


def articles(
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


def doi_of(message: Any) -> Identifier | None:
    """The DOI in PubMed's answer."""
    listed = message.get("articleids") if isinstance(message, dict) else None
    for entry in listed if isinstance(listed, list) else ():
        if isinstance(entry, dict) and entry.get("idtype") == "doi":
            return identifiers.doi(str(entry.get("value") or ""))
    return None


def names(
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
