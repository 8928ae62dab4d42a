"""Records or a diagnosis by SRU, the protocol of catalogues (https://www.loc.gov/standards/sru/).

NDL Search and the Library of Congress both speak it.  "Nothing found" comes as a diagnostic or
as no record at all, "I could not search" as another diagnostic, both with HTTP 200.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from refpipe.http import Failure, Http, Pace, Reply
from refpipe.items.exchange import xml
from refpipe.sources.answers import disbelieve

XML = "application/xml"
_NOTHING = ("record does not exist", "no records", "not found")
"""How a catalogue says that it has nothing."""


def search(
    http: Http, base: str, parameters: dict[str, str], *, is_fresh: bool
) -> list[Any] | Failure:
    """The root elements of the records that the query finds; an empty list for none."""
    url = f"{base}?{urlencode(parameters, quote_via=quote)}"
    answer = _ask(http, url, is_fresh=is_fresh)
    if not isinstance(answer, Failure) and answer[1] is None:
        # An answer that cannot be read is asked for once more.
        answer = _ask(http, url, is_fresh=True)
    if isinstance(answer, Failure):
        return answer
    reply, root = answer
    if root is None:
        reason = f"sent no search result ({reply.status})"
        return disbelieve(http, reply, url, reason, accept=XML)
    found = records(root)
    diagnosis = _diagnosis(root)
    if found or not diagnosis or any(word in diagnosis.lower() for word in _NOTHING):
        return found
    return disbelieve(http, reply, url, f"could not search: {diagnosis}", accept=XML)


def _ask(http: Http, url: str, *, is_fresh: bool) -> tuple[Reply, Any | None] | Failure:
    """The reply and its root element; None where it is no whole search result."""
    reply = http.get(url, pace=Pace.CATALOGUE, accept=XML, is_fresh=is_fresh)
    if isinstance(reply, Failure):
        return reply
    root, broken = xml.root(reply.body.decode("utf-8", "replace"))
    name = str(root.tag) if root is not None and not broken else ""
    is_result = reply.status == 200 and name.endswith("}searchRetrieveResponse")
    return reply, root if is_result else None


def records(root: Any) -> list[Any]:
    """The records of an answer, whether they were sent as XML or as escaped text."""
    found = []
    for data in root.iter("{*}recordData"):
        inner = next((child for child in data if isinstance(child.tag, str)), None)
        if inner is None:
            inner, _ = xml.root(data.text or "")
        if inner is not None:
            found.append(inner)
    return found


def _diagnosis(root: Any) -> str:
    """What the catalogue says went wrong; empty where all went well."""
    for diagnostic in root.iter("{*}diagnostic"):
        said = (xml.plain(diagnostic.find(f"{{*}}{name}")) for name in ("message", "details"))
        return "; ".join(filter(None, said)) or "no reason given"
    return ""


def quoted(term: str) -> str:
    """A term of CQL between quotes; a word such as "and" breaks a query that has none."""
    return '"' + " ".join(term.replace("\\", " ").replace('"', " ").split()) + '"'
