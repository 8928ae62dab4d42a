"""A web page: fetched with care, and read for the DOI and the description it gives of itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from refpipe import identifiers
from refpipe.http import Failure, Http, Pace, Reply, guard
from refpipe.model import Identifier
from refpipe.sources import html_head, not_the_page
from refpipe.sources.outcome import Absent, Heard

_HOPS = 5
_DOI_TAGS = (
    "citation_doi", "bepress_citation_doi", "prism.doi", "publication_doi", "dc.identifier.doi",
    "dc.identifier", "dcterms.identifier", "doi", "eprints.doi",
)  # fmt: skip
"""The meta tags that hold the page's own DOI, surest first (Highwire Press and Dublin Core
tags as Google Scholar's guide for publishers names them, and their kin)."""
_ABOUT = frozenset(
    ("scholarlyarticle", "article", "medicalscholarlyarticle", "report", "book", "chapter",
     "creativework", "webpage", "medicalwebpage", "newsarticle", "dataset", "techarticle")
)  # fmt: skip
"""Kinds of schema.org whose identifier is that of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page that was fetched."""

    asked: Identifier
    url: str
    head: dict[str, Any]

    @property
    def is_scholarly(self) -> bool:
        """Whether the page describes a publication in the tags that publishers use."""
        names = {name.lower() for name, _ in self.head["meta"]}
        return bool(names & {"citation_title", "bepress_citation_title", "eprints.title"})

    @property
    def item(self) -> dict[str, Any]:
        """The little that a DOI found on the page can be compared with."""
        titles = [text for name, text in self.head["meta"] if name.lower() == "citation_title"]
        return {"title": titles[0]} if titles else {}

    def heard(self) -> Heard:
        """What the page says of itself, as a source says something of an identifier."""
        return Heard(
            source="landing_page" if self.is_scholarly else "web",
            identifier=self.asked,
            message={"url": self.url, **self.head},
            origin=self.url,
            agency="web",
        )


def fetch(http: Http, address: Identifier, *, is_fresh: bool = False) -> Page | Absent | Failure:
    """The page at ``address``; redirects are followed as long as each leads to a public address.

    A page that lets no program look is a ``Failure``: it could not be checked.
    """
    url = address.value
    for _ in range(_HOPS + 1):
        if reason := guard.refusal(url):
            return Failure(url=url, host=urlsplit(url).netloc or url, reason=reason)
        reply = http.get(url, pace=Pace.PAGE, accept="text/html", is_fresh=is_fresh, follows=False)
        if isinstance(reply, Failure):
            return reply
        if not 300 <= reply.status < 400 or "location" not in reply.headers:
            page = _page(address, url, reply)
            if isinstance(page, Failure) and reply.status == 200:
                # A guard that stood before the page today may be gone when we ask again.
                http.forget(url, pace=Pace.PAGE, accept="text/html")
            return page
        url = urljoin(url, reply.headers["location"])
    return Failure(url=url, host=urlsplit(url).netloc, reason="sends us in circles")


def _page(address: Identifier, url: str, reply: Reply) -> Page | Absent | Failure:
    host = urlsplit(url).netloc
    if reply.status in {404, 410} and not reply.is_stale:
        return Absent(reason=f"{host} has no such page")
    if reply.status != 200:
        return Failure(url=url, host=host, reason=f"did not show the page ({reply.status})")
    kind = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in {"text/html", "application/xhtml+xml", ""}:
        return Failure(url=url, host=host, reason=f"shows no web page but {kind}")
    head = html_head.read(reply.body, reply.headers.get("content-type", ""))
    page = Page(asked=address, url=url, head=head)
    if not_the_page.is_shown_instead(head["title"]) and not page.is_scholarly:
        return Failure(url=url, host=host, reason=f"shows “{head['title']}” instead of the page")
    return page


def dois(page: Page) -> tuple[Identifier, ...]:
    """The DOIs that the page gives for itself, surest first."""
    found = [doi for text in _named(page.head) if (doi := identifiers.doi(text)) is not None]
    return tuple(dict.fromkeys(found))


def _named(head: dict[str, Any]) -> Iterator[str]:
    for tag in _DOI_TAGS:
        yield from (text for name, text in head["meta"] if name.lower().replace(":", ".") == tag)
    for value in head["json-ld"]:
        yield from _in_linked(value)


def _in_linked(value: Any, depth: int = 0) -> Iterator[str]:
    """The identifiers of the things in a JSON-LD value that the page itself can be."""
    if depth > 3:
        return
    if isinstance(value, list):
        for part in value[:50]:
            yield from _in_linked(part, depth + 1)
    if not isinstance(value, dict):
        return
    yield from _in_linked(value.get("@graph"), depth + 1)
    kinds = value.get("@type")
    names = {str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])}
    if not names & _ABOUT:
        return
    for field in ("identifier", "@id", "sameAs", "doi"):
        yield from _texts(value.get(field))
    yield from _in_linked(value.get("mainEntity"), depth + 1)


def _texts(value: Any) -> Iterator[str]:
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict) and isinstance(part.get("value"), str):
            yield part["value"]
