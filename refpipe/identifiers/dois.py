"""DOIs: where one ends in a text, and its normal form.

The syntax is that of the DOI Handbook (https://www.doi.org/doi-handbook/HTML/doi-name-syntax.html),
narrowed to what registries hold: ASCII, a registrant of four to nine digits, SICI names with
``<…>``, and no closing bracket that was not opened.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from refpipe.identifiers.folding import decode, tidy
from refpipe.model import Identifier, Scheme

START = re.compile(r"10\.\d{4,9}(?:\.\d{1,9})*/", re.ASCII)
HOST = re.compile(r"(?:(?:www|dx)[.-])*doi(?:\.org|-org\.[a-z0-9.-]+|\.org\.[a-z0-9.-]+)(?::\d+)?")

_LABEL = re.compile(
    r"(?:info:|urn:)?\s*(?:doi|digital object identifier)\s*[:=/]?\s*", re.IGNORECASE
)
_ADDRESS = re.compile(
    rf"(?:(?:info:|urn:)?doi\s*[:=]?\s*)?(?:https?:?/?/)?{HOST.pattern}/+(?:doi:\s*)?",
    re.IGNORECASE,
)
_SICI = re.compile(r"<\d[^<>\s\"]{0,60}>(?=\d)")
ENTITY = re.compile(r"&(?!amp;|gt;|lt;\d)(?:[a-z]{2,8}|#x?[0-9a-f]+);", re.IGNORECASE)
"""An entity that no identifier holds: it ends the one before it."""

_ALLOWED = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'()*+,-./:;=?@[]_~"
)
_OPENING = {"(": ")", "[": "]"}
_TRAILING = ".,;:!?'*_/&=@(["
_REST = re.compile(r"[\s.,;:!?'\"*_/&=@()\[\]{}<>`|\\。、」』】〕》〉”’]*|[?#].*", re.DOTALL)


def doi(text: str) -> Identifier | None:
    """The DOI that the text is, in any of the ways people write one; None for anything else."""
    bare = tidy(text).replace("\\_", "_")
    bare = bare.lstrip("<([{\"'")
    address = _ADDRESS.match(bare)
    if address:
        return _whole(decode(_path(bare[address.end() :])))
    label = _LABEL.match(bare)
    return _whole(decode(bare[label.end() :] if label else bare))


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
    return Identifier(Scheme.DOI, text.lower())


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
        if letter not in _ALLOWED or _is_end(text, at):
            break
        if letter in _OPENING:
            awaited.append(_OPENING[letter])
        elif letter in ")]" and (not awaited or awaited.pop() != letter):
            break
        at += 1
    return at


def _is_end(text: str, at: int) -> bool:
    """True where a query, a fragment or an entity begins.

    The ``#`` that closes a SICI name is no fragment, an escaped ``<`` before a digit is SICI too.
    """
    if text[at] == "?" or (text[at] == "&" and ENTITY.match(text, at)):
        return True
    return text[at] == "#" and not text.endswith(";2-", 0, at)
