"""Catalogues of libraries: NDL Search (国立国会図書館サーチ), Library of Congress, CiNii."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from refpipe.http import Failure, Http, Pace, Reply
from refpipe.items.catalogue import cinii, dcndl, mods
from refpipe.items.exchange import xml
from refpipe.model import Identifier, Item, Scheme
from refpipe.normalise import containers
from refpipe.sources.answers import Absent, Heard, Outcome, disbelieve, json_of

# ────────────────────────────────────────────────────────────────────────────────────────────────
# Records or a diagnosis by SRU, the protocol of catalogues (https://www.loc.gov/standards/sru/).
#
# NDL Search and the Library of Congress both speak it. "Nothing found" comes as a diagnostic or
# as no record at all, "I could not search" as another diagnostic, both with HTTP 200.


XML = "application/xml"
_NOTHING = ("record does not exist", "no records", "not found")
"""How a catalogue says that it has nothing."""


def search_by_sru(
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
    if found is None:
        return disbelieve(http, reply, url, "sent a record that is broken", accept=XML)
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


def records(root: Any) -> list[Any] | None:
    """The records of an answer, sent as XML or as escaped text; None where one of them is torn."""
    found = []
    for data in root.iter("{*}recordData"):
        inner = next((child for child in data if isinstance(child.tag, str)), None)
        if inner is None:
            inner, broken = xml.root(data.text or "")
            if broken and data.text:
                return None
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


# ── NDL Search of the National Diet Library: Japanese books, and foreign ones that it holds ─────
# The specification of the interface: https://ndlsearch.ndl.go.jp/help/api/specifications. Asked
# one request at a time; no key. The library's own records may be used for any purpose.


NDL = "NDL Search"
_OWN = "iss-ndl-opac"
"""The provider of the library's own records; without it other libraries' come beside them."""
_PAGE = re.compile(r"/(?:books|electronic)/(R\d{9}-I[0-9A-Za-z]+)")
_DIGITAL = re.compile(r"/(?:pid|info:ndljp/pid)/(\d{5,10})")
_ROWS = 20
_REFUSED = "illegal query syntax"
"""What SRU says of titles with words that it takes for operators."""
_VOLUME = re.compile(
    r"(?<=\S)[\s　]+(?:[上中下前後](?:[巻編篇])?|第?\d{1,3}[巻編篇集]?|vol(?:ume|\.)?\s?\d{1,3})$",
    re.IGNORECASE,
)
"""The volume behind a title, which the catalogue has in a field of its own."""
_CUT = re.compile(r"[\s　]*[:：=＝—―‐()（）「」『』\[\]].*")
"""What may follow the words of a title that every cataloguer writes alike."""


def ndl_by_isbn(http: Http, isbn: Identifier, *, is_fresh: bool = False) -> Outcome:
    """The one book that bears the ISBN."""
    found = _search(http, f"isbn={isbn.value}", is_fresh=is_fresh)
    if isinstance(found, Failure):
        return found
    bearing = [one for one in found if _bears(one, isbn)]
    if found and not bearing:
        return Failure(url="", host=NDL, reason=f"answered for another book than {isbn.value}")
    if not bearing:
        return Absent(reason=f"{NDL} does not know it")
    different = {_summary(one): one for one in reversed(bearing)}
    if len(different) > 1:
        told = "; ".join(sorted(different))
        return Absent(reason=f"{NDL} has {len(different)} books of that ISBN ({told})")
    return _heard(http, bearing[0], isbn)


def ndl_by_address(http: Http, address: Identifier, *, is_fresh: bool = False) -> Outcome | None:
    """The record of a page of NDL Search or of its digital collections; None for other pages."""
    if page := _PAGE.search(address.value):
        number = page[1]
    elif digital := _DIGITAL.search(address.value):
        number = f"R100000039-I{digital[1]}"
    else:
        return None
    found = _search(http, f"itemno={number}", is_fresh=is_fresh)
    if isinstance(found, Failure):
        return found
    own = [one for one in found if number in str(_about(one) or "")]
    if found and not own:
        return Failure(url=address.value, host=NDL, reason="answered for another record")
    if not own:
        return Absent(reason=f"{NDL} has no such record")
    return _heard(http, own[0], address)


def search_ndl(http: Http, title: str, year: int = 0) -> list[Heard] | Failure:
    """The books with the words of the title that came out in about that year."""
    words = _searched(title)
    if len(words) < 2:
        return []
    range_ = f" AND from={year - 1} AND until={year + 1}" if year else ""
    found = _search(http, f"title = {quoted(words)}{range_}")
    if isinstance(found, Failure):
        return _listed(http, words, year) or found if _REFUSED in found.reason else found
    heard = []
    for one in found:
        own = next(iter(_isbns(one)), None) or _about(one)
        if own is not None:
            heard.append(_heard(http, one, own))
    return [one for one in heard if isinstance(one, Heard)]


def _listed(http: Http, words: str, year: int) -> list[Heard] | Failure:
    """What OpenSearch lists, which takes any words; SRU refuses some titles as bad queries."""
    base = http.settings.ndl.removesuffix("/sru") + "/opensearch"
    fields = {"title": words, "dpid": _OWN, "cnt": str(_ROWS)}
    fields |= {"from": str(year - 1), "until": str(year + 1)} if year else {}
    url = f"{base}?{urlencode(fields, quote_via=quote)}"
    reply = http.get(url, pace=Pace.CATALOGUE, accept=XML)
    if isinstance(reply, Failure):
        return reply
    root, broken = xml.root(reply.body.decode("utf-8", "replace"))
    if root is None or broken or root.tag != "rss" or reply.status != 200:
        return disbelieve(http, reply, url, f"sent no list ({reply.status})", accept=XML)
    return list(_named(http, root.iter("item")))


def _named(http: Http, entries: Iterable[Any]) -> Iterator[Heard]:
    for entry in entries:
        resource = dcndl.described(entry)
        own = next(iter(dcndl.isbns(resource)), None) or dcndl.address(resource)
        if own is not None:
            page = dcndl.address(resource)
            origin = page.value if page is not None else http.settings.ndl
            message = dcndl.kept(entry)
            yield Heard(source="ndl", identifier=own, message=message, origin=origin, agency=NDL)


def _searched(title: str) -> str:
    """The words of a title that every catalogue has: no edition, subtitle, volume, final year."""
    bare, _ = containers.without_edition(re.sub(r"<[^>]+>", "", title))
    words = _CUT.sub("", bare.strip('『』「」"“” ')).strip()
    words = _VOLUME.sub("", words)
    return re.sub(r"(?<=\S)\s*(?:19|20)\d\d(?:年版)?$", "", words)[:80]


def _search(http: Http, query: str, *, is_fresh: bool = False) -> list[Any] | Failure:
    parameters = {
        "operation": "searchRetrieve",
        "version": "1.2",
        "recordSchema": "dcndl",
        "onlyBib": "true",
        "recordPacking": "xml",
        "maximumRecords": str(_ROWS),
        "query": query if "itemno" in query else f"dpid={_OWN} AND {query}",
    }
    return search_by_sru(http, http.settings.ndl, parameters, is_fresh=is_fresh)


def _resource(record: Any) -> Any | None:
    return record.find("{*}BibResource")


def _isbns(record: Any) -> list[Identifier]:
    resource = _resource(record)
    return dcndl.isbns(resource) if resource is not None else []


def _bears(record: Any, isbn: Identifier) -> bool:
    return isbn in _isbns(record)


def _about(record: Any) -> Identifier | None:
    resource = _resource(record)
    return dcndl.address(resource) if resource is not None else None


def _summary(record: Any) -> str:
    """Title, volume, edition and year, in which the volumes of a set differ."""
    texts: Iterable[str] = (
        "".join(one.itertext()).strip()
        for name in ("title", "volume", "edition", "issued")
        for one in [next(iter(record.iter(f"{{*}}{name}")), None)]
        if one is not None
    )
    return " ".join(" ".join(text.split()) for text in texts)


def _heard(http: Http, record: Any, asked: Identifier) -> Heard | Absent:
    address = _about(record)
    message = dcndl.kept(record)
    if not message:
        return Absent(reason=f"{NDL} has no description of it")
    return Heard(
        source="ndl",
        identifier=asked,
        message=message,
        origin=address.value if address and address.scheme is Scheme.URL else http.settings.ndl,
        agency=NDL,
    )


# ── The Library of Congress ─────────────────────────────────────────────────────────────────────


def loc_by_isbn(http: Http, isbn: Identifier, *, is_fresh: bool = False) -> Outcome:
    """The book of the Library of Congress that bears the ISBN."""
    name = "the Library of Congress"
    parameters = {
        "operation": "searchRetrieve",
        "version": "1.1",
        "query": f"bath.ISBN=^{isbn.value}",
        "recordSchema": "mods",
        "maximumRecords": "5",
    }
    found = search_by_sru(http, http.settings.loc, parameters, is_fresh=is_fresh)
    if isinstance(found, Failure):
        return found
    bearing = [one for one in found if isbn in mods.isbns(one)]
    if found and not bearing:
        return Failure(url="", host=name, reason=f"answered for another book than {isbn.value}")
    if not bearing:
        return Absent(reason=f"{name} does not know it")
    return Heard(
        source="loc", identifier=isbn, message=mods.kept(bearing[0]), origin=http.settings.loc,
        agency="Library of Congress",
    )  # fmt: skip


# ── CiNii: Japanese articles, books and theses ────────────────────────────────────────────────────
# Of the National Institute of Informatics; https://support.nii.ac.jp/en/cir/r_opensearch describes
# the search. Registered users have an ``appid``; without one the service answers as well, and may
# stop to.


CINII = "CiNii Research"
_RDF = "application/rdf+xml"
_CRID = re.compile(r"/crid/(\d{10,25})")
_NAID = re.compile(r"/naid/(\d{8,15})")
_NCID = re.compile(r"/ncid/([AB][A-Z]\d{7}[\dX])", re.IGNORECASE)
_MOST = 10


def cinii_by_address(http: Http, address: Identifier, *, is_fresh: bool = False) -> Outcome | None:
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
    got = json_of(http, url, f"{CINII} has no such record", pace=Pace.CATALOGUE, is_fresh=is_fresh)
    if isinstance(got, Absent | Failure):
        return got
    reply, value = got
    if not isinstance(value, dict) or not (value.get("dc:title") or value.get("title")):
        return disbelieve(http, reply, url, f"sent no record ({reply.status})")
    if crid not in str(value.get("@id") or crid):
        return disbelieve(http, reply, url, "answered for another record")
    return _heard_of_cinii(value, address, url)


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
    reply = http.get(url, pace=Pace.CATALOGUE, accept=_RDF, is_fresh=is_fresh)
    if isinstance(reply, Failure):
        return reply
    if reply.status == 404:
        return Absent(reason="CiNii Books has no such book")
    root, broken = xml.root(reply.body.decode("utf-8", "replace"))
    message = cinii.kept(root) if root is not None and not broken else ""
    if not message or ncid not in message:
        return disbelieve(http, reply, url, f"sent no record ({reply.status})", accept=_RDF)
    return Heard(source="cinii", identifier=address, message=message, origin=url, agency="CiNii")


def cinii_by_isbn(http: Http, isbn: Identifier, *, is_fresh: bool = False) -> Outcome:
    """The book that bears the ISBN."""
    url = _search_url(http, "books", {"isbn": isbn.value})
    found = _hits(http, url, is_fresh=is_fresh)
    if isinstance(found, Failure):
        return found
    bearing = [one for one in found if isbn in cinii.isbns(one)]
    if not bearing:
        return Absent(reason=f"{CINII} does not know it")
    return _heard_of_cinii(bearing[0], isbn, url)


def search_cinii(http: Http, item: Item) -> list[Heard] | Failure:
    """The articles whose title has the words of the item's title."""
    title = " ".join(re.sub(r"<[^>]+>", "", str(item.get("title") or "")).split())
    if len(title) < 4:
        return []
    url = _search_url(http, "articles", {"title": title[:120]})
    found = _hits(http, url)
    if isinstance(found, Failure):
        return found
    return list(_articles(found, url))


def _articles(found: list[dict[str, Any]], url: str) -> Iterator[Heard]:
    for one in found:
        address = cinii.address_of(one)
        if address is not None:
            yield _heard_of_cinii(one, address, url)


def _search_url(http: Http, kind: str, words: dict[str, str]) -> str:
    fields = {**words, "format": "json", "count": str(_MOST), "start": "1"}
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


def _heard_of_cinii(message: dict[str, Any], asked: Identifier, url: str) -> Heard:
    page = cinii.address_of(message)
    is_page = page is not None and page.scheme is Scheme.URL
    origin = (
        page.value if page is not None and is_page else urlsplit(url)._replace(query="").geturl()
    )
    return Heard(source="cinii", identifier=asked, message=message, origin=origin, agency=CINII)
