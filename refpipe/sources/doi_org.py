"""doi.org: who registered a DOI, and what that agency says of it in CSL-JSON."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

from refpipe import identifiers
from refpipe.http import Failure, Http, Pace
from refpipe.model import Identifier
from refpipe.sources.outcome import Absent, Heard, Outcome, disbelieve

CSL_JSON = "application/vnd.citationstyles.csl+json"


def agency(http: Http, doi: Identifier, *, is_fresh: bool = False) -> str | Absent | Failure:
    """The name of the agency that registered ``doi``, such as ``Crossref`` or ``JaLC``."""
    url = f"{http.settings.doi_org}/doiRA/{quote(doi.value, safe='/')}"
    got = http.get_json(url, pace=Pace.OTHER, is_fresh=is_fresh)
    if isinstance(got, Failure):
        return got
    reply, value = got
    first = value[0] if isinstance(value, list) and value else None
    if isinstance(first, dict):
        if isinstance(first.get("RA"), str) and first["RA"]:
            return str(first["RA"])
        if "exist" in str(first.get("status", "")) or "nvalid" in str(first.get("status", "")):
            return Absent(reason="doi.org says that it does not exist")
    if reply.status == 404:
        return Absent(reason="doi.org says that it does not exist")
    return disbelieve(http, reply, url, "did not say who registered it")


def meant(
    http: Http, short: Identifier, *, is_fresh: bool = False
) -> Identifier | Absent | Failure:
    """The DOI for which a short one stands (https://www.handle.net/proxy_servlet.html)."""
    url = f"{http.settings.doi_org}/api/handles/{quote(short.value, safe='/')}?type=HS_ALIAS"
    got = http.get_json(url, pace=Pace.OTHER, is_fresh=is_fresh)
    if isinstance(got, Failure):
        return got
    reply, value = got
    if reply.status == 404:
        return Absent(reason="doi.org gave out no such short DOI")
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
    got = http.get_json(url, pace=Pace.OTHER, accept=CSL_JSON, is_fresh=is_fresh)
    if isinstance(got, Failure):
        return got
    reply, value = got
    if reply.status == 404:
        return Absent(reason=f"{urlsplit(url).netloc} does not know it")
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
