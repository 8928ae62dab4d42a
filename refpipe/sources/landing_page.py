"""A web page: fetched with care, and read for the DOI and the description it gives of itself."""

from __future__ import annotations

import codecs
import contextlib
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from refpipe import identifiers, items
from refpipe.http import Failure, Http, Pace, Reply, connections, read_json
from refpipe.items.landing_page import TITLE_TAGS
from refpipe.model import Identifier
from refpipe.sources.answers import Absent, Heard

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


class _Head(HTMLParser):
    """Collects what stands in the tags above, and forgets the rest."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title: list[str] = []
        self.lang = ""
        self.canonical = ""
        self.meta: list[list[str]] = []
        self.linked: list[Any] = []
        self.headings: list[str] = []
        self._inside = ""
        self._script: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
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
            self.headings.append("")
        elif tag == "br" and self._inside == "h1":
            self.headings[-1] += " "
        elif tag == "script" and values.get("type", "").lower() == "application/ld+json":
            self._inside = "script"
            self._script = []

    def _take_meta(self, values: dict[str, str]) -> None:
        name = values.get("name") or values.get("property") or values.get("itemprop") or ""
        content = " ".join(values.get("content", "").split())
        if content and _TELLING.match(name.strip()) and len(self.meta) < _MOST:
            self.meta.append([name.strip(), content[:_LONGEST]])

    def handle_endtag(self, tag: str) -> None:
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
        elif self._inside == "h1" and len(self.headings[-1]) < _LONGEST:
            self.headings[-1] += data


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
    page = LandingPage(asked=address, url=url, head=head, headings=tuple(parsed.headings))
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


_SEPARATOR = re.compile(r"\s*[|\u2013\u2014\u00b7\u00bb]\s*|\s+-\s+")
_EDGES = " .!?\u2026\u3002\u30fb-"

# All blanks are left out on both sides: the patterns are verbose, and titles are squeezed.
_INSTEAD = re.compile(
    r"""
      just a moment | one moment,? please | (?:please wait|loading) (?:for verification)?
    | attention required | access (?:to this page)? (?:has been|is)? denied | permission denied
    | (?:error|http|status|code)* (?:40[01349]|410|429|50[0-4])
      (?:error|unauthorized|forbidden|(?:page|file)? not found|gone|too many requests|bad gateway
      |internal server error|service (?:temporarily)? unavailable|gateway time-?out
      |page (?!not found)|[:,-])*
    | forbidden | unauthorized | (?:internal)? server error | bad gateway | not found
    | (?:service|page|site|content) (?:is|temporarily|currently)* unavailable
    | too many requests | request (?:rejected|blocked)
    | (?:sorry,?)? (?:the|this)? (?:page|file|document|content|article|resource)
      (?:you requested|you are looking for|requested)? (?:was|is|could|can)? not (?:be)?
      (?:found|available|exist)
    | (?:sorry,?)? we (?:can.?t|couldn.?t|cannot) find (?:that|this|the) page
    | error (?:page)? | oops | an error (?:has)? occurred
    | are you (?:a)? (?:robot|human) | robot check | captcha
    | (?:security|human|bot|browser) (?:check|verification)
    | (?:verify|verifying) (?:that)? you are (?:a)? human
    | checking your browser (?:before accessing.*)? | validate user | client challenge
    | pardon our interruption | incapsula .* | (?:sorry,?)? you have been blocked
    | (?:under|site|scheduled)? maintenance (?:mode)? | under construction
    | (?:page)? redirect (?:ing|ion)? | untitled (?:document|page)?
    | (?:please)? (?:log|sign) in (?:required|to continue)? | cookies? (?:required|absent)
    | (?:please)? enable (?:javascript|cookies) .* | javascript (?:is)? (?:required|disabled)

    | (?:404|403|500|503)? (?:エラー|error)? :?
      (?:申し訳(?:ありません|ございません)が?[、。]?)?
      (?:お探しの|ご指定の|指定された|指定の|要求された|該当する?の?|アクセスしようとした|この)?
      (?:web|ウェブ)? (?:ページ|ファイル|記事|コンテンツ|url)(?:は|が|を)?
      (?:(?:見つかり|みつかり|見つけられ|存在し|あり|ござい|表示でき|公開されてい)ません (?:でした)?
      |見つからない|削除されました|公開を?終了しました)
    | (?:このページへの)? アクセス(?:が|は)?(?:拒否|制限|禁止)(?:されました|されています)?
    | (?:ただいま|現在)?、?(?:システム|サーバー?|サイト)?メンテナンス中?(?:です|のお知らせ)?
    | (?:システム|サーバー?|アプリケーション)?エラー(?:が発生しました|ページ)?
    | (?:しばらく|少々)お待ちください | ログイン(?:ページ|画面)? | 認証が必要です
    | セキュリティ(?:チェック|確認)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def is_shown_instead(title: str) -> bool:
    """Whether a page of that title is a guard's or an error's, not the one that was asked for.

    The title, or what it says before the name of the site, has to say that and nothing else: an
    article may well be called "Access denied: barriers to care".
    """
    text = " ".join(unicodedata.normalize("NFKC", title).split())
    parts = [part for part in _SEPARATOR.split(text) if part]
    return any(_says_so(part) for part in (text, *parts[:1]))


def _says_so(text: str) -> bool:
    return _INSTEAD.fullmatch(text.strip(_EDGES).replace(" ", "")) is not None
