"""Web addresses in one safe normal form."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urlsplit

from refpipe.identifiers.numbers import tidy
from refpipe.model import Identifier, Scheme

_TRACKING = re.compile(
    r"utm_\w+|(?:fb|g|dc|wbra|gbra|gcl|msclk|ttcl|twcl|y)(?:clid|src|id)|mc_[ce]id|_ga|_gl|_hs(?:enc|mi)"
    r"|mkt_tok|igshid|ref_src|wt\.mc_id|spm|xtor|at_(?:medium|campaign)|__cf_chl\w*|jsessionid",
    re.IGNORECASE,
)
"""Query parameters that say who came from where and nothing about the page."""

_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?\.?|\[[0-9a-f:.]+\]")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
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
