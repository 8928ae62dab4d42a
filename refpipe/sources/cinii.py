"""CiNii: Japanese articles, books and theses of the National Institute of Informatics.

https://support.nii.ac.jp/en/cir/r_opensearch describes the search.  Registered users have an
``appid``; without one the service answers as well, and may stop to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

from refpipe.http import Failure, Http, Pace
from refpipe.items.catalogue import cinii
from refpipe.items.exchange import xml
from refpipe.model import Identifier, Item, Scheme
from refpipe.sources.answers import Absent, Heard, Outcome, disbelieve

NAME = "CiNii Research"
_XML = "application/rdf+xml"
_CRID = re.compile(r"/crid/(\d{10,25})")
_NAID = re.compile(r"/naid/(\d{8,15})")
_NCID = re.compile(r"/ncid/([AB][A-Z]\d{7}[\dX])", re.IGNORECASE)
_ROWS = 10


def by_address(http: Http, address: Identifier, *, is_fresh: bool = False) -> Outcome | None:
    """The record of a page of CiNii; None for other pages."""
    if crid := _CRID.search(address.value):
        return _by_crid(http, address, crid[1], is_fresh)
    if naid := _NAID.search(address.value):
        return _by_naid(http, address, naid[1], is_fresh)
    if ncid := _NCID.search(address.value):
        return _by_ncid(http, address, ncid[1].upper(), is_fresh)
    return None


def _by_crid(http: Http, address: Identifier, crid: str, is_fresh: bool) -> Outcome:
    url = f"{http.settings.cinii}/crid/{crid}.json"
    got = http.get_json(url, pace=Pace.CATALOGUE, is_fresh=is_fresh)
    if isinstance(got, Failure):
        return got
    reply, value = got
    if reply.status == 404:
        return Absent(reason=f"{NAME} has no such record")
    if not isinstance(value, dict) or not (value.get("dc:title") or value.get("title")):
        return disbelieve(http, reply, url, f"sent no record ({reply.status})")
    if crid not in str(value.get("@id") or crid):
        return disbelieve(http, reply, url, "answered for another record")
    return _heard(value, address, url)


def _by_naid(http: Http, address: Identifier, naid: str, is_fresh: bool) -> Outcome:
    """CiNii Articles is closed; its addresses lead on to CiNii Research."""
    url = f"{http.settings.cinii_books}/naid/{naid}"
    reply = http.get(url, pace=Pace.CATALOGUE, accept="text/html", is_fresh=is_fresh, follows=False)
    if isinstance(reply, Failure):
        return reply
    if reply.status == 404:
        return Absent(reason="CiNii has no such article")
    crid = _CRID.search(reply.headers.get("location", ""))
    if crid is None:
        return disbelieve(http, reply, url, "did not lead on to its record", accept="text/html")
    return _by_crid(http, address, crid[1], is_fresh)


def _by_ncid(http: Http, address: Identifier, ncid: str, is_fresh: bool) -> Outcome:
    url = f"{http.settings.cinii_books}/ncid/{ncid}.rdf"
    reply = http.get(url, pace=Pace.CATALOGUE, accept=_XML, is_fresh=is_fresh)
    if isinstance(reply, Failure):
        return reply
    if reply.status == 404:
        return Absent(reason="CiNii Books has no such book")
    root, broken = xml.root(reply.body.decode("utf-8", "replace"))
    message = cinii.kept(root) if root is not None and not broken else ""
    if not message or ncid not in message:
        return disbelieve(http, reply, url, f"sent no record ({reply.status})", accept=_XML)
    return Heard(source="cinii", identifier=address, message=message, origin=url, agency="CiNii")


def by_isbn(http: Http, isbn: Identifier, *, is_fresh: bool = False) -> Outcome:
    """The book that bears the ISBN."""
    url = _search_url(http, "books", {"isbn": isbn.value})
    found = _hits(http, url, is_fresh=is_fresh)
    if isinstance(found, Failure):
        return found
    bearing = [one for one in found if isbn in cinii.isbns(one)]
    if not bearing:
        return Absent(reason=f"{NAME} does not know it")
    return _heard(bearing[0], isbn, url)


def search(http: Http, item: Item) -> list[Heard] | Failure:
    """The articles whose title has the words of the item's title."""
    title = " ".join(re.sub(r"<[^>]+>", "", str(item.get("title") or "")).split())
    if len(title) < 4:
        return []
    url = _search_url(http, "articles", {"title": title[:120]})
    found = _hits(http, url)
    if isinstance(found, Failure):
        return found
    return list(_named(found, url))


def _named(found: list[dict[str, Any]], url: str) -> Iterator[Heard]:
    for one in found:
        address = cinii.address_of(one)
        if address is not None:
            yield _heard(one, address, url)


def _search_url(http: Http, kind: str, words: dict[str, str]) -> str:
    fields = {**words, "format": "json", "count": str(_ROWS), "start": "1"}
    if http.settings.cinii_appid:
        fields["appid"] = http.settings.cinii_appid
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in fields.items())
    return f"{http.settings.cinii}/opensearch/{kind}?{query}"


def _hits(http: Http, url: str, *, is_fresh: bool = False) -> list[dict[str, Any]] | Failure:
    got = http.get_json(url, pace=Pace.CATALOGUE, is_fresh=is_fresh)
    if isinstance(got, Failure):
        return got
    reply, value = got
    if not isinstance(value, dict) or not isinstance(value.get("items", []), list):
        return disbelieve(http, reply, url, f"sent no list of records ({reply.status})")
    if "items" not in value and "opensearch:totalResults" not in value:
        return disbelieve(http, reply, url, "sent something else than a search result")
    return [one for one in value.get("items", []) if isinstance(one, dict)]


def _heard(message: dict[str, Any], asked: Identifier, url: str) -> Heard:
    page = cinii.address_of(message)
    is_page = page is not None and page.scheme is Scheme.URL
    origin = (
        page.value if page is not None and is_page else urlsplit(url)._replace(query="").geturl()
    )
    return Heard(source="cinii", identifier=asked, message=message, origin=origin, agency=NAME)
