"""Identifiers as a person types them, in running text, and behind web addresses."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from refpipe.identifiers import numbers
from refpipe.identifiers.numbers import decode, fold, tidy
from refpipe.lifetimes import lazy
from refpipe.model import LONGEST_ADDRESS, Certainty, Claim, Identifier, Scheme, Span, Work

if TYPE_CHECKING:
    from refpipe.identifiers.rules import Rule


# ── Web addresses in one safe normal form ───────────────────────────────────────────────────────


_TRACKING = lazy(
    r"utm_\w+|(?:fb|g|dc|wbra|gbra|gcl|msclk|ttcl|twcl|y)(?:clid|src|id)|mc_[ce]id|_ga|_gl|_hs(?:enc|mi)"
    r"|mkt_tok|igshid|ref_src|wt\.mc_id|spm|xtor|at_(?:medium|campaign)|__cf_chl\w*|jsessionid",
    re.IGNORECASE,
)
"""Query parameters that say who came from where and nothing about the page."""

_HOST = lazy(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?\.?|\[[0-9a-f:.]+\]")
_ESCAPE = lazy(r"%([0-9A-Fa-f]{2})")
_SAFE = "/:@!$&()*+,;=~-._%"
_DEFAULT_PORTS = {"http": 80, "https": 443}


def url(text: str) -> Identifier | None:
    """The http(s) address that the text is; None for other schemes, passwords and broken hosts.

    Host in lower case, no fragment, session or tracking parameter, nothing that could end an
    attribute or a Markdown link: only ASCII, with ``<>"`` and spaces percent-encoded.
    """
    bare = tidy(text)
    bare = bare.removeprefix("url:").strip("<>\"'")
    if re.search(r"\s", bare):
        return None
    try:
        parts = urlsplit(bare)
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not host or "@" in parts.netloc:
        return None
    if port is not None and port != _DEFAULT_PORTS[parts.scheme]:
        host = f"{host}:{port}"
    query = _query(parts.query)
    whole = f"{parts.scheme}://{host}{_path(parts.path)}" + (f"?{query}" if query else "")
    return Identifier(Scheme.URL, whole)


def _host(host: str) -> str:
    """The host in lower-case ASCII; empty for one that no resolver would take."""
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
    host = host.lower()
    if ":" in host:
        host = f"[{host}]"
    return host if _HOST.fullmatch(host) else ""


def _path(path: str) -> str:
    kept: list[str] = []
    for segment in re.sub(r"(?i);jsessionid=[^/;]*", "", _escaped(path)).split("/")[1:]:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if path.endswith(("/..", "/.")):
        kept.append("")
    return "/" + "/".join(kept)


def _query(query: str) -> str:
    parameters = [part for part in _escaped(query, also="?").split("&") if part]
    return "&".join(
        part for part in parameters if not _TRACKING.fullmatch(unquote(part.partition("=")[0]))
    )


def _escaped(text: str, also: str = "") -> str:
    """The text with every unsafe character percent-encoded, and every escape written one way."""
    lone = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    return _ESCAPE.sub(_one_way, quote(lone, safe=_SAFE + also, errors="replace"))


def _one_way(escape: re.Match[str]) -> str:
    letter = chr(int(escape.group(1), 16))
    if letter.isascii() and (letter.isalnum() or letter in "-._~"):
        return letter
    return escape.group().upper()


_ADDRESSES = {
    Scheme.DOI: "https://doi.org/{}",
    Scheme.PMID: "https://pubmed.ncbi.nlm.nih.gov/{}/",
    Scheme.PMCID: "https://pmc.ncbi.nlm.nih.gov/articles/{}/",
    Scheme.ISBN: "https://openlibrary.org/isbn/{}",
    Scheme.ARXIV: "https://arxiv.org/abs/{}",
}


def link(identifier: Identifier) -> str:
    """The address for a reader; empty for names and printed references, which have none.

    >>> link(Identifier(Scheme.DOI, '10.1000/a#b'))
    'https://doi.org/10.1000/a%23b'
    """
    if identifier.scheme is Scheme.URL:
        return identifier.value
    address = _ADDRESSES.get(identifier.scheme, "")
    return address.format(quote(identifier.value, safe="/:;()._-~,=!$@"))


# ────────────────────────────────────────────────────────────────────────────────────────────────
# One identifier as a person types it, all of them in running text, and those in an address.


_READERS = {
    Scheme.DOI: numbers.doi,
    Scheme.PMID: numbers.pmid,
    Scheme.PMCID: numbers.pmcid,
    Scheme.ISBN: numbers.isbn,
    Scheme.ARXIV: numbers.arxiv,
    Scheme.URL: url,
    Scheme.NAME: numbers.name,
}
_PROXY = lazy(r"(?P<host>.+?)\.(?:[a-z0-9-]*(?:ezproxy|libproxy|proxy)[a-z0-9-]*|idm\.oclc)\..+")
_ARCHIVED = lazy(r"/web/[^/]*/(https?://?.+)", re.DOTALL)
_TEXT = lazy(r"text:[0-9a-f]{8,64}")
_WRITTEN = lazy(r"(?:name|url):", re.IGNORECASE)
_ARXIV_LABEL = lazy(r"\s*arxiv", re.IGNORECASE)
_ISBN_SHAPE = lazy(r"\s*(?:(?:urn:)?e?-?isbn|97[89][\d -]{10,14}$)", re.IGNORECASE)
_PMID_LABEL = lazy(r"\s*(?:pmid|pub\s?med)", re.IGNORECASE)


def read(text: str) -> Claim | None:
    """The identifier that a person typed; None for anything that is not clearly one.

    A DOI written in an address comes out as a literal claim, one that a rule derives from it
    as a candidate; an address with neither stands for itself.  A bare name of the library is
    no identifier here: ask ``name``.

    >>> str(read('https://doi.org/10.1148/RADIOL.2372041509').identifier)
    'doi:10.1148/radiol.2372041509'
    >>> str(read('PMID: 16244269').identifier)
    'pmid:16244269'
    >>> read('radiology') is None
    True
    """
    if _TEXT.fullmatch(text.strip()):
        return _typed(Identifier.parse(text.strip()))
    if _WRITTEN.match(text.strip()):
        return _typed(Identifier.parse(text.strip())) if _is_written(text.strip()) else None
    if doi := numbers.doi(text):
        return _typed(doi)
    if claim := _number(text):
        return claim
    address = url(text)
    if address is None:
        return None
    return from_url(tidy(text)) or _typed(address)


def _is_written(text: str) -> bool:
    """True for ``name:…`` and ``url:…`` whose value is in normal form."""
    scheme, _, value = text.partition(":")
    reader = _READERS[Scheme(scheme.lower())]
    found = reader(value)
    return found is not None and str(found) == text


def _number(text: str) -> Claim | None:
    """A PMID, PMCID, arXiv id or ISBN with its label, or of a shape that nothing else has."""
    bare = tidy(text)
    found = numbers.pmcid(bare)
    if found is None and _PMID_LABEL.match(bare):
        found = numbers.pmid(bare)
    if found is None and _ARXIV_LABEL.match(bare):
        found = numbers.arxiv(bare)
    if found is None and _ISBN_SHAPE.match(bare):
        found = numbers.isbn(bare)
    return _typed(found) if found else None


def _typed(identifier: Identifier) -> Claim:
    return Claim(identifier=identifier, certainty=Certainty.LITERAL)


def from_url(text: str) -> Claim | None:
    """What the rules know of the work behind an address; None where no rule applies."""
    try:
        parts = urlsplit(tidy(text).strip("<>\"'"))
        host = _plain_host(parts.hostname or "")
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    if numbers.HOST.fullmatch(host):
        found = numbers.doi(tidy(text))
        literal = Certainty.LITERAL
        return Claim(identifier=found, certainty=literal, rule="doi-address") if found else None
    if host == "web.archive.org" and (
        archived := _ARCHIVED.match(_subject(parts.path, parts.query))
    ):
        return from_url(re.sub(r"^(https?:)/+", r"\1//", archived[1]))
    # Most texts hold no address that is asked about, and the table is long.
    from refpipe.identifiers.rules import RULES

    subject = _subject(parts.path, parts.query, parts.fragment)
    for rule in RULES:
        answer = rule.answer(host, subject)
        if answer is not None:
            return _claim(rule, answer)
    return None


def _plain_host(host: str) -> str:
    """The publisher's host, also behind a university's proxy."""
    host = host.lower().rstrip(".")
    if proxied := _PROXY.fullmatch(host):
        inner = proxied["host"]
        host = (
            inner
            if "." in inner
            else inner.replace("--", "\0").replace("-", ".").replace("\0", "-")
        )
    return re.sub(r"^www\d?\.", "", host)


def _subject(path: str, query: str, fragment: str = "") -> str:
    """Path and query as the rules see them: decoded, without fragment.

    A fragment stays where it closes a SICI name, whose last character may be ``#``.
    """
    whole = decode(path) + (f"?{decode(query)}" if query else "")
    return whole + "#" + fragment if whole.endswith(";2-") and not fragment else whole


def _claim(rule: Rule, answer: str) -> Claim | None:
    found = _READERS[rule.scheme](answer) if answer else None
    if found is None:
        return None
    return Claim(identifier=found, certainty=rule.certainty, rule=rule.name)


# ── running text ───────────────────────────────────────────────────────────────────────

_PLACES = lazy(
    r"(?P<url>https?://)"
    r"|(?P<doi>(?<![\w./@])10\.\d{4,9}(?:\.\d{1,9})*/|(?:(?:dx\.)?doi\.org/|doi\s?[:=]\s?)(?=10\.\d))"
    r"|(?P<pmid>\bpmid\s?[:=]?\s?\d{1,8}\b)"
    r"|(?P<pmcid>\bpmc\s?id\s?[:=]?\s?pmc\d{2,8}\b|\bpmc\d{4,8}\b)"
    r"|(?P<arxiv>\barxiv\s?[:.]\s?(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?)"
    r"|(?P<isbn>\be?-?isbn(?:-?1[03])?\s?[:=]?\s?(?:97[89](?:[ -]{0,3}\d){10}"
    r"|(?:\d[ -]{0,3}){9}[\dx])(?!-?[\dx])|\b97[89](?:[ -]?\d){10}\b(?!-\d))",
    re.IGNORECASE | re.ASCII,
)
_URL_END = lazy(
    r"(?!\\[!-/:-@\[-`{-~])[^A-Za-z0-9!#$%&'()*+,./:;=?@\[\]_~-]"
    rf"|(?i:{numbers.ENTITY.pattern}|[,;.]{numbers.LABEL})"
)
_BRACKET = lazy(r"[()\[\]]")
_SICI = lazy(r"<\d[^<>\s\"]{0,60}>(?=\d)")


def find(text: str) -> tuple[tuple[Span, Claim], ...]:
    """All identifiers in running text, from left to right, none within another.

    >>> [str(claim.identifier) for _, claim in find('see doi:10.1000/abc. and PMID 123')]
    ['doi:10.1000/abc', 'pmid:123']
    """
    folded = fold(text)
    found: list[tuple[Span, Claim]] = []
    at = stop = 0
    while place := _PLACES.search(folded, at):
        start = end = place.end()
        if place.lastgroup == "url":
            stop = stop if stop > start else _address_stop(folded, start)
            end = _balanced(folded, start, min(stop, start + LONGEST_ADDRESS))
            if end == start + LONGEST_ADDRESS:
                at = end
                continue
            end = _without_punctuation(folded, start, end)
        hit = _at(folded, place, end)
        if hit:
            found.append(hit)
        at = max(hit[0].end if hit else 0, start)
    return tuple(found)


def _at(text: str, place: re.Match[str], end: int) -> tuple[Span, Claim] | None:
    """The identifier at a place that looks like the beginning of one."""
    if place.lastgroup == "doi":
        return _doi_at(text, place)
    claim = read(text[place.start() : end])
    if claim is None or (claim.identifier.scheme is Scheme.URL and text[end : end + 1].isalnum()):
        # ``/wiki/腰痛`` is one page and ``/wiki/`` another; where 腰痛 ends, no sign says.
        return None
    return Span(place.start(), end), claim


_BROKEN = lazy(r"\.?\s{1,3}(?!10\.\d{4}|https?:|doi)(?=[^\s]*\d)", re.IGNORECASE)


def _doi_at(text: str, place: re.Match[str]) -> tuple[Span, Claim] | None:
    """The DOI at a place, also one that a line break parts behind its slash or ``10.1016/j.``.

    A suffix without a digit is no DOI if more follows the break.
    """
    start = numbers.START.match(text, place.end()) or numbers.START.match(text, place.start())
    if not start:
        return None
    end = numbers.measure(text, start.end())
    head = text[start.start() : end]
    broken = _BROKEN.match(text, end)
    if broken and not re.search(r"\d", text[start.end() : end]):
        further = numbers.measure(text, broken.end())
        head, end = head + broken.group().strip() + text[broken.end() : further], further
    found = numbers.doi(head)
    return (Span(place.start(), end), _typed(found)) if found else None


def _address_stop(text: str, start: int) -> int:
    """Where what no address holds stands next."""
    at = start
    while stop := _URL_END.search(text, at):
        sici = _SICI.match(text, stop.start())
        if not sici:
            return stop.start()
        at = sici.end()
    return len(text)


def _balanced(text: str, start: int, end: int) -> int:
    """Where the first bracket closes that was not opened; ``end`` where none does."""
    awaited: list[str] = []
    for bracket in _BRACKET.finditer(text, start, end):
        if bracket[0] in "([":
            awaited.append(")" if bracket[0] == "(" else "]")
        elif not awaited or awaited.pop() != bracket[0]:
            return bracket.start()
    return end


def _without_punctuation(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in ".,;:!?'*_([\\":
        end -= 1
    return end


# ── Which of several identifiers to name a work by, or to ask a registry about ──────────────────


STRONGEST_FIRST = (Scheme.DOI, Scheme.PMID, Scheme.PMCID, Scheme.ARXIV, Scheme.ISBN)
"""The schemes that name one work each, the one with the best-kept register first."""


def surest(
    claims: Iterable[Claim],
    among: Collection[Scheme] = STRONGEST_FIRST,
    *,
    or_candidate: bool = True,
) -> Claim | None:
    """The claim to rely on: what is written before what is derived, a DOI before the others.

    ``among`` says which schemes count, ``or_candidate`` whether a derived identifier does where
    there is no other.  The first of equals is taken.

    >>> from refpipe.model import Identifier
    >>> doi = Claim(identifier=Identifier(Scheme.DOI, "10.1000/a"), certainty=Certainty.CANDIDATE)
    >>> pmid = Claim(identifier=Identifier(Scheme.PMID, "7"), certainty=Certainty.LITERAL)
    >>> str(surest([doi, pmid]).identifier)
    'pmid:7'
    >>> surest([doi], or_candidate=False) is None
    True
    """
    able = [
        claim
        for claim in claims
        if claim.identifier.scheme in among
        and (or_candidate or claim.certainty is not Certainty.CANDIDATE)
    ]
    return min(able, key=_rank, default=None)


CATALOGUES = frozenset(
    ("cir.nii.ac.jp", "ci.nii.ac.jp", "ndlsearch.ndl.go.jp", "iss.ndl.go.jp", "dl.ndl.go.jp")
)
"""Hosts whose pages are a catalogue's, which answers for them."""


def is_catalogued(identifier: Identifier) -> bool:
    """Whether it is the address of a page behind which a catalogue has a record."""
    is_address = identifier.scheme is Scheme.URL
    return is_address and urlsplit(identifier.value).hostname in CATALOGUES


def page_of(work: Work) -> Identifier | None:
    """The address of a work that has nothing which a registry or a catalogue answers for."""
    if work.is_confirmed or surest(work.claims) is not None:
        return None
    claimed = [one.identifier for one in work.claims if one.identifier.scheme is Scheme.URL]
    address = url(str(work.item.get("URL") or "")) or next(iter(claimed), None)
    return None if address is None or is_catalogued(address) else address


def _rank(claim: Claim) -> tuple[bool, int]:
    return (
        claim.certainty is Certainty.CANDIDATE,
        STRONGEST_FIRST.index(claim.identifier.scheme),
    )
