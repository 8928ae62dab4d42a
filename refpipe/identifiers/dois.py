"""DOIs: where one ends in a text, and its normal form.

The syntax is that of the DOI Handbook (https://www.doi.org/doi-handbook/HTML/doi-name-syntax.html),
narrowed to what registries hold: ASCII, a registrant of four to nine digits, SICI names with
``<…>``, and no closing bracket that was not opened.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from refpipe.identifiers.folding import decode, tidy
from refpipe.model import Certainty, Claim, Identifier, Scheme

START = re.compile(r"10\.\d{4,9}(?:\.\d{1,9})*/", re.ASCII)
HOST = re.compile(r"(?:(?:www|dx)[.-])*doi(?:\.org|-org\.[a-z0-9.-]+|\.org\.[a-z0-9.-]+)(?::\d+)?")

_LABEL = re.compile(
    r"(?:info:|urn:)?\s*(?:doi|digital object identifier)\s*[:=/]?\s*", re.IGNORECASE
)
_ADDRESS = re.compile(
    rf"(?:(?:info:|urn:)?doi\s*[:=]?\s*)?(?:(?:https?:?)?/?/)?{HOST.pattern}/+\s*(?:doi:\s*)?",
    re.IGNORECASE,
)
_TORN = re.compile(r"[htpsdxwoirg:./\s]{1,30}(?=10\s?\.\s?\d)", re.IGNORECASE)
"""What copying left of ``https://dx.doi.org/`` or ``doi:`` before a DOI, torn, cut or doubled: its
letters and signs, and no others.  ``.org/10.…``, ``tps://doi. org/10.…``, ``i:10.…``."""
_PARTED = re.compile(r"10\s?\.\s?(\d{4,9}(?:\.\d{1,9})*)\s?/\s?(?=\S)", re.ASCII)
"""A prefix with the spaces that line breaks leave in it."""
_SHORT = re.compile(r"(?:10/)?(?P<code>[a-z0-9]{3,8})/?", re.IGNORECASE | re.ASCII)
"""A short DOI as doi.org gives it out (https://shortdoi.org)."""
_SICI = re.compile(r"<\d[^<>\s\"]{0,60}>(?=\d)")
ENTITY = re.compile(r"&(?!amp;|gt;|lt;\d)(?:[a-z]{2,8}|#x?[0-9a-f]+);", re.IGNORECASE)
"""An entity that no identifier holds: it ends the one before it."""

_ALLOWED = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'()*+,-./:;=?@[]_~"
)
_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
_OPENING = {"(": ")", "[": "]"}
_TRAILING = ".,;:!?'*_/&=@([\\"
_REST = re.compile(r"[\s.,;:!?'\"*_/&=@()\[\]{}<>`|\\。、」』】〕》〉”’]*|[?#].*", re.DOTALL)


def doi(text: str) -> Identifier | None:
    """The DOI that the text is, in any of the ways people write one; None for anything else.

    >>> str(doi('DOI: 10.1000/ABC.'))
    'doi:10.1000/abc'
    """
    bare = tidy(text).lstrip("<([{\"'")
    bare, is_address = _bare(bare)
    if short := _short(bare, is_address):
        return short
    if is_address:
        bare = _path(bare)
    return _whole(_PARTED.sub(r"10.\1/", decode(bare), count=1))


def is_short(identifier: Identifier) -> bool:
    """True for a short DOI, which stands for another one and is no registry's own name."""
    return identifier.value.startswith("10/")


def _bare(text: str) -> tuple[str, bool]:
    """The text without labels and addresses before it, and whether there was an address.

    People paste ``https://doi.org/`` before what already begins with it.
    """
    is_address = False
    while head := _ADDRESS.match(text) or _LABEL.match(text) or _TORN.match(text):
        is_address = is_address or bool(_ADDRESS.match(text))
        text = text[head.end() :]
    return text, is_address


def _short(text: str, is_address: bool) -> Identifier | None:
    """The short DOI that is all of the text: ``10/fjd3``, and ``fjd3`` behind ``doi.org/``."""
    match = _SHORT.fullmatch(re.sub(r"[?#].*", "", text, flags=re.DOTALL).rstrip(".,;"))
    if not match:
        return None
    code = match["code"].lower()
    is_written = text.startswith("10/") and re.search(r"[a-z]", code)
    is_code = is_address and re.search(r"[a-z]", code) and re.search(r"\d", code)
    return Identifier(Scheme.DOI, f"10/{code}") if is_written or is_code else None


def _path(tail: str) -> str:
    """The part of a DOI's address that is the DOI: without query and fragment."""
    if re.search(r"<\d", tail):
        return tail
    return urlsplit("//h/" + tail.replace(";2-#", ";2-%23")).path[1:]


def _whole(text: str) -> Identifier | None:
    start = START.match(text)
    if not start:
        return None
    end = measure(text, start.end())
    if end == start.end() or not _REST.fullmatch(text, end):
        return None
    return normal(text[:end])


def normal(text: str) -> Identifier:
    """The identifier of a text that is a DOI and nothing else."""
    return Identifier(Scheme.DOI, text.replace("\\", "").lower())


def measure(text: str, start: int) -> int:
    """Where the DOI ends whose suffix begins at ``start``; ``start`` itself where there is none."""
    end = _reach(text, start)
    while end > start and text[end - 1] in _TRAILING:
        end -= 1
    return end if re.search(r"[A-Za-z0-9]", text[start:end]) else start


def _reach(text: str, start: int) -> int:
    """How far the characters of a DOI go, before trailing punctuation is taken off."""
    awaited: list[str] = []
    at = start
    while at < len(text):
        letter = text[at]
        if letter == "<" and (sici := _SICI.match(text, at)):
            at = sici.end()
            continue
        if letter == "\\" and is_escape(text, at):
            at += 1
            continue
        if letter not in _ALLOWED or _is_end(text, at):
            break
        if letter in _OPENING:
            awaited.append(_OPENING[letter])
        elif letter in ")]" and (not awaited or awaited.pop() != letter):
            break
        at += 1
    return at


def is_escape(text: str, at: int) -> bool:
    """True where a backslash stands before a sign, as Markdown and LaTeX write it."""
    return bool(_ESCAPE.match(text, at))


def _is_end(text: str, at: int) -> bool:
    """True where a query, a fragment or an entity begins.

    The ``#`` that closes a SICI name is no fragment, an escaped ``<`` before a digit is SICI too.
    """
    if text[at] == "?" or (text[at] == "&" and ENTITY.match(text, at)):
        return True
    return text[at] == "#" and not text.endswith(";2-", 0, at)


def registered_doi(identifier: Identifier) -> Claim | None:
    """The DOI under which a registry is asked for this identifier; None where there is none.

    arXiv registers every preprint with DataCite as ``10.48550/arXiv.ID``
    (https://info.arxiv.org/help/doi.html).
    """
    if identifier.scheme is Scheme.DOI:
        return Claim(identifier=identifier, certainty=Certainty.LITERAL)
    if identifier.scheme is Scheme.ARXIV:
        return Claim(
            identifier=normal(f"10.48550/arxiv.{identifier.value}"),
            certainty=Certainty.CANDIDATE,
            rule="arxiv-datacite",
        )
    return None
