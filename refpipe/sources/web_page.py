"""Pages that are published already: fetched as politely as a crawler should, with robots.txt.

Every hop is judged before it is followed, as for landing pages; a page that was fetched before
is asked for with what its server said of that version, so that an unchanged one costs nothing.
A page that is cited is looked at for what it says its title is.
"""

from __future__ import annotations

import html
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urldefrag, urlsplit
from urllib.robotparser import RobotFileParser

from refpipe import normalise
from refpipe.http import Failure, Http, Pace, Reply
from refpipe.model import Identifier
from refpipe.sources import landing_page, page_notices
from refpipe.sources.answers import Absent
from refpipe.sources.landing_page import Arrival, decode

_PAGES = frozenset({"text/html", "application/xhtml+xml", ""})
_LOCATION = re.compile(
    r"<loc>\s*(?:<!\[CDATA\[)?\s*([^<\]]+?)\s*(?:\]\]>)?\s*</loc>", re.IGNORECASE
)
_MAPS = 500
"""How many sitemaps one index may lead to."""
_SITEMAP_LIMIT = 50 * 1024 * 1024
"""Bytes that a sitemap may have once it is unpacked; its own standard says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What a server said of the version of a page that it sent."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A page as it was sent."""

    url: str
    """The address that answered, after redirects."""
    text: str
    """Empty where it has not changed."""
    version: Version
    is_unchanged: bool = False
    is_cut: bool = False
    """True where it was longer than is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What stands at an address."""

    url: str
    """Where it stands, after redirects."""
    is_for_good: bool = True
    """Whether every redirect on the way was said to be for good."""
    titles: tuple[str, ...] = ()
    """What the page says its title is, the surest first."""
    dois: tuple[Identifier, ...] = ()
    """The DOIs that it gives for itself."""
    is_pdf: bool = False
    """True for a PDF, of which no title is read."""
    end: str = ""
    """The sentence in which it says of itself that it has ended."""

    @property
    def is_front(self) -> bool:
        """Whether it is the front page of a site."""
        return is_front_page(self.url)


def is_front_page(url: str) -> bool:
    """Whether the address names a site and no page of it.

    >>> [is_front_page(f"https://example.org{path}") for path in ("", "/index.html", "/a", "/?p=1")]
    [True, True, False, False]
    """
    place = normalise.address(url)
    return bool(place) and not set("/?#") & set(place)


_START = 1024
"""Bytes within which a PDF says that it is one."""
_SAME_DAY = timedelta(days=1)
"""How long a page that was seen is not asked for again."""


class Crawl:
    """The pages of a run; asks each host's robots.txt once, and each cited page once."""

    def __init__(self, http: Http) -> None:
        self._http = http
        self._robots: dict[str, RobotFileParser | Failure] = {}
        self._seen: dict[str, Sight | Absent | Failure] = {}
        self.is_reached = False
        """Whether any site has answered over the network."""

    def look(self, address: Identifier) -> Sight | Absent | Failure:
        """What stands at the address; what was heard of it within a day is not asked for again."""
        url = urldefrag(address.value).url
        if url not in self._seen:
            arrival = landing_page.arrive(url, self._recent)
            self._seen[url] = (
                arrival if isinstance(arrival, Failure) else self._sight(address, arrival)
            )
        return self._seen[url]

    def _sight(self, address: Identifier, arrival: Arrival) -> Sight | Absent | Failure:
        reply = arrival.reply
        if reply.status == 200 and b"%PDF-" in (start := reply.body[:_START]):
            if len(reply.body) > _START:
                # That it is one is all that is asked for again.
                self._http.remember({arrival.url: start}, pace=Pace.PAGE, accept="text/html")
            return Sight(url=arrival.url, is_for_good=arrival.is_for_good, is_pdf=True)
        page = landing_page.shown(self._http, address, arrival)
        if isinstance(page, Absent | Failure):
            return page
        return Sight(
            url=arrival.url,
            is_for_good=arrival.is_for_good,
            titles=page.titles,
            dois=landing_page.dois(page),
            end=page_notices.sentence_of_end(page.text),
        )

    def _recent(self, url: str) -> Reply | Failure:
        """An answer of today, whether it is remembered or has to be asked for."""
        known = self._http.remembered(url, pace=Pace.PAGE, accept="text/html")
        if known is not None and not known.is_stale and _is_of_today(known):
            return known
        if refusal := self._refusal(url):
            return refusal
        reply = self._http.get(
            url, pace=Pace.PAGE, accept="text/html", is_fresh=True, follows=False
        )
        self.is_reached = self.is_reached or (isinstance(reply, Reply) and not reply.is_remembered)
        return reply

    def page(self, url: str, known: Version | None = None) -> Fetched | Failure:
        """The page at the address, or that it is the version known already."""
        reply = self._get(url, "text/html", known)
        if isinstance(reply, Failure):
            return reply
        version = Version(
            etag=reply.headers.get("x-origin-etag", ""),
            modified=reply.headers.get("x-origin-last-modified", ""),
        )
        if reply.status == 304 and known is not None:
            return Fetched(url=reply.url, text="", version=known, is_unchanged=True)
        kind = reply.headers.get("content-type", "")
        if kind.partition(";")[0].strip().lower() not in _PAGES:
            return _failure(url, f"shows no web page but {kind[:60]}")
        from refpipe.http.transport import PAGE_LIMIT  # The network is loaded by now.

        text = decode(reply.body, kind)
        is_cut = len(reply.body) >= PAGE_LIMIT
        return Fetched(url=url, text=text, version=version, is_cut=is_cut)

    def sitemap(self, url: str) -> Iterator[str | Failure]:
        """Every page that the sitemap names, those of the sitemaps it leads to included.

        What was left unread is a failure among them: a sitemap too large, or one too many.
        """
        from refpipe.http.transport import PAGE_LIMIT  # The network is loaded by the first page.

        waiting, seen = [url], {url}
        while waiting:
            here = waiting.pop(0)
            reply = self._get(here, "application/xml", None)
            if isinstance(reply, Failure):
                yield reply
                continue
            body = _unpacked(reply.body)
            if len(reply.body) >= PAGE_LIMIT or len(body) >= _SITEMAP_LIMIT:
                yield _failure(here, "is too large: its end was not read")
            text = body.decode("utf-8", "replace")
            found = [html.unescape(one) for one in _LOCATION.findall(text)]
            if not found:
                yield _failure(here, "is no sitemap: it names no address")
            if "<sitemapindex" not in text:
                yield from dict.fromkeys(found)
                continue
            further = [inner for inner in dict.fromkeys(found) if inner not in seen]
            within = further[: max(0, _MAPS - len(seen))]
            if len(within) < len(further):
                yield _failure(here, f"leads to more than {_MAPS} sitemaps; the rest were not read")
            seen.update(within)
            waiting += within

    def _get(self, url: str, accept: str, known: Version | None) -> Reply | Failure:
        """The last of the hops from an address, each allowed and judged before it is made."""

        def get(hop: str) -> Reply | Failure:
            return self._refusal(hop) or self._http.get(
                hop,
                pace=Pace.PAGE,
                accept=accept,
                is_fresh=True,
                follows=False,
                is_kept=False,
                headers=_conditions(known),
            )

        arrival = landing_page.arrive(url, get)
        if isinstance(arrival, Failure):
            return arrival
        reply = arrival.reply
        is_good = reply.status == 200 or (reply.status == 304 and known is not None)
        return reply if is_good else _failure(arrival.url, f"did not show it ({reply.status})")

    def _refusal(self, url: str) -> Failure | None:
        """Why robots.txt keeps us from the address; None where it does not."""
        parts = urlsplit(url)
        base = f"{parts.scheme}://{parts.netloc}"
        if base not in self._robots:
            self._robots[base] = self._read_robots(f"{base}/robots.txt")
        rules = self._robots[base]
        if isinstance(rules, Failure):
            return replace(rules, url=url)
        is_allowed = rules.can_fetch("refpipe", url)
        return None if is_allowed else _failure(url, "does not want programs here (robots.txt)")

    def _read_robots(self, url: str) -> RobotFileParser | Failure:
        rules = RobotFileParser()
        reply = self._http.get(
            url, pace=Pace.PAGE, accept="text/plain", is_fresh=True, is_kept=False, follows=False
        )
        if isinstance(reply, Failure):  # It cannot answer, and allows nothing (RFC 9309, 2.3.1.4).
            return reply
        # A site without the file, or with a page in its place, allows all (RFC 9309, 2.3.1.3).
        text = reply.body.decode("utf-8", "replace") if reply.status == 200 else ""
        rules.parse(text.splitlines())
        return rules


def _is_of_today(reply: Reply) -> bool:
    """Whether an answer that is remembered was heard within a day."""
    try:
        heard = datetime.strptime(reply.heard, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        return False
    return timedelta(0) <= datetime.now(UTC) - heard < _SAME_DAY


def _conditions(known: Version | None) -> dict[str, str]:
    """The headers that ask for the page only if it is another version."""
    if known is None:
        return {}
    given = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in given.items() if value}


def _failure(url: str, reason: str) -> Failure:
    return Failure(url=url, host=urlsplit(url).netloc or url, reason=reason)


def _unpacked(body: bytes) -> bytes:
    """The sitemap itself, where it was sent as a gzip file."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, _SITEMAP_LIMIT)
    except zlib.error:
        return b""
