"""JaLC, the Japan Link Center: Japanese works, with names and titles in both languages."""

from __future__ import annotations

from urllib.parse import quote

from refpipe import identifiers
from refpipe.http import Failure, Http, Pace
from refpipe.model import Identifier
from refpipe.sources.outcome import Absent, Heard, Outcome, disbelieve


def work(http: Http, doi: Identifier, *, is_fresh: bool = False) -> Outcome:
    """What JaLC says of ``doi``."""
    url = f"{http.settings.jalc}/dois/{quote(doi.value, safe='')}"
    got = http.get_json(url, pace=Pace.OTHER, is_fresh=is_fresh)
    if isinstance(got, Failure):
        return got
    reply, value = got
    if reply.status == 404:
        return Absent(reason="JaLC does not know it")
    data = value.get("data") if isinstance(value, dict) else None
    if not isinstance(data, dict):
        return disbelieve(http, reply, url, f"sent no record ({reply.status})")
    named = identifiers.doi(str(data.get("doi") or ""))
    if named != doi:
        return disbelieve(http, reply, url, f"answered for another DOI ({named})")
    return Heard(source="jalc", identifier=doi, message=value, origin=url, agency="JaLC")
