"""A web page: fetched with care, and read for the DOI and the description it gives of itself."""

from __future__ import annotations

import codecs
import contextlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from refpipe import identifiers, items
from refpipe.http import Failure, Http, Pace, Reply, connections, read_json
from refpipe.items.landing_page import TITLE_TAGS
from refpipe.model import Identifier
from refpipe.sources.answers import Absent, Heard
from refpipe.sources.page_notices import is_shown_instead

_TELLING = re.compile(
    r"(?:citation_|bepress_citation_|eprints\.|dc[.:_]|dcterms[.:]|prism\.|og:|article:|author$"
    r"|date$|publication_doi$|doi$|parsely-|sailthru\.|last-modified$|application-name$)",
    re.IGNORECASE,
)
"""The meta tags that describe the page as a work; the others are for browsers and shops."""
_STRAY = re.compile(r"<!\[(?!(?:if|else|endif|CDATA)\b)", re.IGNORECASE)
"""The start of a declaration that is none of HTML."""
_MOST = 400
_LONGEST = 2000
_TEXT = 200_000
"""Letters of a page's text that are read."""
_HEADINGS = 10
"""Headings of the first rank that are read; the title is among the first or nowhere."""
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)


def read(body: bytes, content_type: str) -> dict[str, Any]:
    """``{"title", "lang", "canonical", "meta": [[name, content]…], "json-ld": […]}`` of a page."""
    return _described(_parsed(body, content_type))


def _parsed(body: bytes, content_type: str) -> _Head:
    reader = _Head()
    # A declaration that the parser cannot make sense of would end the reading: it is no tag then,
    # and where one is left all the same, what stands before it has been read.
    with contextlib.suppress(AssertionError):
        reader.feed(_STRAY.sub("&lt;![", decode(body, content_type)))
    return reader


def _described(reader: _Head) -> dict[str, Any]:
    return {
        "title": " ".join("".join(reader.title).split())[:_LONGEST],
        "lang": reader.lang[:35],
        "canonical": reader.canonical[:_LONGEST],
        "meta": reader.meta,
        "json-ld": reader.linked,
    }


def decode(body: bytes, content_type: str) -> str:
    """The text, by the charset that the server, the page, or UTF-8's own rules name."""
    named = re.search(r"charset=[\"']?([\w.:-]+)", content_type, re.IGNORECASE)
    inside = _CHARSET.search(body[:4096])
    for charset in (
        named[1] if named else "",
        inside[1].decode("ascii", "replace") if inside else "",
    ):
        if charset:
            try:
                # Windows' letters are what pages of that name have and what every browser reads.
                is_sjis = codecs.lookup(charset).name == "shift_jis"
                return body.decode("cp932" if is_sjis else charset, "replace")
            except (LookupError, ValueError):
                # No such charset, or one of Python's own that decodes no text.
                continue
    return body.decode("utf-8", "replace")


@dataclass(slots=True)
class _Landmark:
    """A part of a page that is open, and how many elements of its tag are open in it."""

    tag: str
    name: str
    depth: int = 1


@dataclass(slots=True)
class _Heading:
    """A heading of the first rank, and the parts of the page that it stands in."""

    within: frozenset[str]
    text: str = ""


_ROLES = {"main": "main", "navigation": "nav", "complementary": "aside", "contentinfo": "footer",
          "banner": "header", "dialog": "dialog", "article": "article"}  # fmt: skip
_BESIDE = frozenset(("nav", "aside", "footer", "dialog", "menu"))
"""Parts of a page in which nothing is said of what it is about."""
_LANDMARKS = frozenset(("main", "article", "header", *_BESIDE))
_DEEPEST = 10
"""Parts within parts that are looked at."""
_UNSEEN = frozenset(("script", "style", "template", "noscript", "title", "textarea", "select"))
_IN_LINE = frozenset(
    """
    a abbr b bdi bdo br cite code data em font i img ins kbd mark q rb rp rt ruby s samp small span
    strong sub sup time u var wbr
    """.split()  # noqa: SIM905
)
"""Elements that end no line of the text; a ``br`` breaks one within a sentence as often as not."""


class _Head(HTMLParser):
    """Collects what stands in the tags above, and forgets the rest."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title: list[str] = []
        self.lang = ""
        self.canonical = ""
        self.meta: list[list[str]] = []
        self.linked: list[Any] = []
        self.headings: list[_Heading] = []
        self.text: list[str] = []
        self._size = 0
        self._inside = ""
        self._script: list[str] = []
        self._landmarks: list[_Landmark] = []
        self._unseen = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._enter(tag, values)
        if tag == "html":
            self.lang = self.lang or values.get("lang", "") or values.get("xml:lang", "")
        elif tag == "meta":
            self._take_meta(values)
        elif tag == "link" and values.get("rel", "").lower() == "canonical":
            self.canonical = self.canonical or values.get("href", "")
        elif tag == "title" and not self.title:
            self._inside = "title"
        elif tag == "h1" and len(self.headings) < _HEADINGS:
            self._inside = "h1"
            within = frozenset(one.name for one in self._landmarks)
            self.headings.append(_Heading(within=within))
        elif tag == "br" and self._inside == "h1":
            self.headings[-1].text += " "
        elif tag == "script" and values.get("type", "").lower() == "application/ld+json":
            self._inside = "script"
            self._script = []

    def _take_meta(self, values: dict[str, str]) -> None:
        name = values.get("name") or values.get("property") or values.get("itemprop") or ""
        content = " ".join(values.get("content", "").split())
        if content and _TELLING.match(name.strip()) and len(self.meta) < _MOST:
            self.meta.append([name.strip(), content[:_LONGEST]])

    def _enter(self, tag: str, values: dict[str, str]) -> None:
        for landmark in self._landmarks:
            landmark.depth += landmark.tag == tag
        name = _ROLES.get(values.get("role", "").lower(), tag)
        if name in _LANDMARKS and len(self._landmarks) < _DEEPEST:
            self._landmarks.append(_Landmark(tag=tag, name=name))
        self._unseen = self._unseen or (tag if tag in _UNSEEN else "")
        if tag not in _IN_LINE:
            self.text.append("\n")

    def _leave(self, tag: str) -> None:
        for landmark in self._landmarks:
            landmark.depth -= landmark.tag == tag
        self._landmarks = [one for one in self._landmarks if one.depth > 0]
        self._unseen = "" if tag == self._unseen else self._unseen
        if tag not in _IN_LINE:
            self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._leave(tag)
        if tag == "script" and self._inside == "script":
            self._take_script("".join(self._script))
        if tag == self._inside:
            self._inside = ""

    def _take_script(self, text: str) -> None:
        try:
            value = read_json(text.encode("utf-8", "replace"))
        except ValueError:
            return
        if len(self.linked) < 20:
            self.linked.append(value)

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.title.append(data)
        elif self._inside == "script":
            self._script.append(data)
        elif self._inside == "h1" and len(self.headings[-1].text) < _LONGEST:
            self.headings[-1].text += data
        if not self._unseen and self._size < _TEXT and not self._is_beside():
            self.text.append(data)
            self._size += len(data)

    def _is_beside(self) -> bool:
        return any(one.name in _BESIDE for one in self._landmarks)


def _titles_among(headings: Sequence[_Heading]) -> tuple[str, ...]:
    """The headings that name the page: that of its main part, else of the page itself.

    A site's name is one as often as not, so that one more may follow; where there are three they
    are a list, and none but the first names what it stands over.
    """
    own = [one for one in headings if not one.within & _BESIDE]
    main = [one for one in own if "main" in one.within][:1]
    articles = [one for one in own if "article" in one.within]
    free = [one for one in own if "header" not in one.within or "article" in one.within]
    chosen = main or (free if len(free) <= 2 else free[:1])
    return tuple(one.text for one in (*chosen, *(articles if len(articles) == 1 else ())))


# ── A web page: fetched with care, and read for the DOI and the description it gives of itself ────


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
class LandingPage:
    """A page that was fetched."""

    asked: Identifier
    url: str
    head: dict[str, Any]
    headings: tuple[str, ...] = ()
    """Those that name the page."""
    text: str = ""
    """What it says, a line for each block, without what stands beside it."""

    @property
    def titles(self) -> tuple[str, ...]:
        """All that the page says its title is, the surest first, as far as it can be read."""
        said = (text for name, text in self.head["meta"] if name.lower() in TITLE_TAGS)
        own = str(items.read(self.heard().record()).item.get("title") or "")
        told = (own, self.head["title"], *said, *self.headings)
        whole = (" ".join(text.split())[:_LONGEST] for text in told)
        return tuple(dict.fromkeys(text for text in whole if text and "\ufffd" not in text))

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


def fetch(
    http: Http, address: Identifier, *, is_fresh: bool = False
) -> LandingPage | Absent | Failure:
    """The page at ``address``; redirects are followed as long as each leads to a public address.

    A page that lets no program look is a ``Failure``: it could not be checked.
    """

    def get(url: str) -> Reply | Failure:
        return http.get(url, pace=Pace.PAGE, accept="text/html", is_fresh=is_fresh, follows=False)

    arrival = arrive(address.value, get)
    return arrival if isinstance(arrival, Failure) else shown(http, address, arrival)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Where the hops from an address ended, and what was answered there."""

    url: str
    reply: Reply
    is_for_good: bool
    """Whether each hop on the way was said to be for good."""


def arrive(url: str, get: Callable[[str], Reply | Failure]) -> Arrival | Failure:
    """The answer behind all redirects; each hop is judged before ``get`` asks for it."""
    is_for_good = True
    for _ in range(_HOPS + 1):
        if reason := connections.address_refusal(url):
            return _failure(url, reason)
        reply = get(url)
        if isinstance(reply, Failure):
            return reply
        if not 300 <= reply.status < 400 or "location" not in reply.headers:
            return Arrival(url=url, reply=reply, is_for_good=is_for_good)
        is_for_good = is_for_good and reply.status in {301, 308}
        try:
            url = urljoin(url, _location(reply.headers["location"]))
        except ValueError:
            return _failure(url, "sends us to an address that cannot be read")
    return _failure(url, "sends us in circles")


def _location(sent: str) -> str:
    """The address in a header, whose bytes are read as Latin-1 and written as UTF-8."""
    try:
        return sent.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return sent


def _failure(url: str, reason: str) -> Failure:
    try:
        host = urlsplit(url).netloc
    except ValueError:
        host = ""
    return Failure(url=url, host=host or url, reason=reason)


def shown(http: Http, address: Identifier, arrival: Arrival) -> LandingPage | Absent | Failure:
    """What an answer shows of the page that was asked for."""
    page = _page(address, arrival.url, arrival.reply)
    if isinstance(page, Failure) and arrival.reply.status == 200:
        # A guard that stood before the page today may be gone when we ask again.
        http.forget(arrival.url, pace=Pace.PAGE, accept="text/html")
    return page


def _page(address: Identifier, url: str, reply: Reply) -> LandingPage | Absent | Failure:
    host = urlsplit(url).netloc
    if reply.status in {404, 410} and not reply.is_stale:
        return Absent(reason=f"{host} has no such page")
    if reply.status != 200:
        return Failure(url=url, host=host, reason=f"did not show the page ({reply.status})")
    kind = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in {"text/html", "application/xhtml+xml", ""}:
        return Failure(url=url, host=host, reason=f"shows no web page but {kind}")
    parsed = _parsed(reply.body, reply.headers.get("content-type", ""))
    head = _described(parsed)
    page = LandingPage(
        asked=address, url=url, head=head, headings=_titles_among(parsed.headings),
        text="".join(parsed.text),
    )  # fmt: skip
    if is_shown_instead(head["title"]) and not page.is_scholarly:
        return Failure(url=url, host=host, reason=f"shows “{head['title']}” instead of the page")
    return page


def dois(page: LandingPage) -> tuple[Identifier, ...]:
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
