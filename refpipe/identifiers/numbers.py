"""PMID, PMCID, ISBN, arXiv ids and the library's own names."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from refpipe.lifetimes import lazy
from refpipe.model import Certainty, Claim, Identifier, Scheme

# ── Text folded to what identifiers are made of, without moving any of its characters ───────────


_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_DASHES = dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2212, 0xFE63), 0x2D)
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&#60;": "<", "&#62;": ">", "&#38;": "&"}
_ENTITY = lazy("|".join(_ENTITIES), re.IGNORECASE)


def fold(text: str) -> str:
    """The text with full-width forms and odd dashes as ASCII, character for character."""
    return text.translate(_FULL_WIDTH | _DASHES)


_BACKSLASH = lazy(r"\\(?=[!-/:-@\[-`{-~])")
"""A backslash that Markdown or LaTeX puts before a sign; no identifier holds one."""
_SCHEME = lazy(r"(?:h\s?t\s?t\s?p|hxxp|ttp)(?P<safe>\s?s)?\s?:\s?/\s?/\s*", re.IGNORECASE)
_DOUBLED = lazy(r"(?:https?:/*)+(?=https?://)", re.IGNORECASE)


def tidy(text: str) -> str:
    """The text of one identifier, without what copying and pasting did to it.

    Folded, without entities, invisible characters and Markdown's backslashes, and with one
    whole ``https://`` where the scheme was torn, cut or pasted twice.
    """
    bare = fold(text).translate(dict.fromkeys(map(ord, _INVISIBLE)))
    bare = _ENTITY.sub(lambda match: _ENTITIES[match.group().lower()], bare).strip()
    bare = _BACKSLASH.sub("", bare)
    if scheme := _SCHEME.match(bare):
        bare = ("https://" if scheme["safe"] else "http://") + bare[scheme.end() :]
    return _DOUBLED.sub("", bare, count=1) if _DOUBLED.match(bare) else bare


def decode(text: str) -> str:
    """The text without percent-encoding, however often it was applied."""
    while (decoded := unquote(text)) != text:
        text = decoded
    return text


# ── DOIs: where one ends in a text, and its normal form ─────────────────────────────────────────
# The syntax is that of the DOI Handbook
# (https://www.doi.org/doi-handbook/HTML/doi-name-syntax.html), narrowed to what registries hold:
# ASCII, a registrant of four to nine digits, SICI names with ``<…>``, and no closing bracket that
# was not opened.


START = lazy(r"10\.\d{4,9}(?:\.\d{1,9})*/", re.ASCII)
HOST = lazy(r"(?:(?:www|dx)[.-])*doi(?:\.org|-org\.[a-z0-9.-]+|\.org\.[a-z0-9.-]+)(?::\d+)?")

_LABEL = lazy(r"(?:info:|urn:)?\s*(?:doi|digital object identifier)\s*(?:[:=/]\s*)?", re.IGNORECASE)
_ADDRESS = lazy(
    rf"(?:(?:info:|urn:)?doi\s*(?:[:=]\s*)?)?(?:(?:https?:?)?/?/)?{HOST.pattern}/+\s*(?:doi:\s*)?",
    re.IGNORECASE,
)
_TORN = lazy(r"[htpsdxwoirg:./\s]{1,30}(?=10\s?\.\s?\d)", re.IGNORECASE)
"""What copying left of ``https://dx.doi.org/`` or ``doi:`` before a DOI, torn, cut or doubled: its
letters and signs, and no others.  ``.org/10.…``, ``tps://doi. org/10.…``, ``i:10.…``."""
_PARTED = lazy(r"10\s?\.\s?(\d{4,9}(?:\.\d{1,9})*)\s?/\s?(?=\S)", re.ASCII)
"""A prefix with the spaces that line breaks leave in it."""
_SHORT = lazy(r"(?:10/)?(?P<code>[a-z0-9]{3,8})/?", re.IGNORECASE | re.ASCII)
"""A short DOI as doi.org gives it out (https://shortdoi.org)."""
_SICI = lazy(r"<\d[^<>\s\"]{0,60}>(?=\d)")
ENTITY = lazy(r"&(?!amp;|gt;|lt;\d)(?:[a-z]{2,8}|#x?[0-9a-f]+);", re.IGNORECASE)
"""An entity that no identifier holds: it ends the one before it."""

_ALLOWED = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'()*+,-./:;=?@[]_~"
)
_ESCAPE = lazy(r"\\[!-/:-@\[-`{-~]")
_OPENING = {"(": ")", "[": "]"}
_TRAILING = ".,;:!?'*_/&=@([\\#"
_REST = lazy(r"[\s.,;:!?'\"*_/&=@()\[\]{}<>`|\\。、」』】〕》〉”’#]*", re.DOTALL)
_QUERY = lazy(r"\?.*", re.DOTALL)


def doi(text: str) -> Identifier | None:
    """The DOI that the text is, in any of the ways people write one; None for anything else.

    >>> str(doi('DOI: 10.1000/ABC.'))
    'doi:10.1000/abc'
    """
    bare = tidy(text).lstrip("<([{\"'")
    bare, is_address = _bare(bare)
    if short := _short(bare, is_address):
        return short
    whole = decode(_path(bare) if is_address else _QUERY.sub("", bare))
    # An escaped question mark is no query; what it would be part of is no DOI that anybody holds.
    return None if "?" in whole else _whole(_PARTED.sub(r"10.\1/", whole, count=1))


def is_in_capitals(doi: str) -> bool:
    """Whether every letter behind a DOI's prefix is a capital.

    >>> is_in_capitals("10.1148/RADIOL.2451"), is_in_capitals("10.1056/NEJMoa2034577")
    (True, False)
    """
    suffix = doi.partition("/")[2]
    return suffix == suffix.upper() != suffix.lower()


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
    while end > start and text[end - 1] in _TRAILING and not text.endswith(";2-#", start, end):
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


LABEL = r"(?:doi|pmid|pmc ?id|isbn|issn|arxiv|url) ?:"
"""What begins another identifier where a mark and no blank parts it from the one before."""
_NEXT = {
    ".": lazy(LABEL, re.IGNORECASE),
    **dict.fromkeys(",;", lazy(rf"10\.\d{{4,9}}/|https?://|{LABEL}|pmc\d{{4}}", re.IGNORECASE)),
}
"""A mark in a DOI → what may follow it only where the DOI has ended."""


def _is_end(text: str, at: int) -> bool:
    """True where a query, an entity or the next identifier begins.

    A ``#`` that stands in no address is the DOI's own; an escaped ``<`` before a digit is no
    entity, but a SICI name.
    """
    if (following := _NEXT.get(text[at])) and following.match(text, at + 1):
        return True
    return text[at] == "?" or (text[at] == "&" and bool(ENTITY.match(text, at)))


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


_PMID = lazy(
    r"(?:(?:pub\s?med|pmid)(?:\s+id)?\s*(?:[:=#]\s*)?)*(\d{1,9})\.?", re.IGNORECASE | re.ASCII
)
_PMCID = lazy(
    r"(?:pmc\s?id\s*(?:[:=]\s*)?)*(?:pmc\s*(?:[:=]\s*)?)+(\d{1,9})(?:\.\d+)?\.?",
    re.IGNORECASE | re.ASCII,
)
_ISBN = lazy(
    r"(?:(?:urn:)?e?-?isbn(?:-?1[03])?\s*(?:[:=]\s*)?)?([\dx][\dx\s-]{8,20})\.?",
    re.IGNORECASE | re.ASCII,
)
_ARXIV = lazy(
    r"(?:arxiv\s*(?:[:./]\s*)?)?(?:abs/)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?"
    r"(?:\s*\[[\w.-]+\])?\.?",
    re.IGNORECASE | re.ASCII,
)
_NAME = lazy(
    r"(?:name:)?(?!(?:name|text|url|https?|doi|pmid|pmcid|isbn|arxiv):)"
    r"([^\W\d_](?:[\w-]|[:.+/](?=\w)){0,99})",
    re.IGNORECASE,
)
"""The inner marks are those of BibTeX's citation keys (``Modic:2005``, ``DBLP:conf/x/Y05``)."""


def pmid(text: str) -> Identifier | None:
    """The PubMed id that the text is, with or without its label."""
    match = _PMID.fullmatch(tidy(text))
    number = match.group(1).lstrip("0") if match else ""
    return Identifier(Scheme.PMID, number) if number else None


def pmcid(text: str) -> Identifier | None:
    """The PubMed Central id that the text is; a version (``PMC123.1``) is dropped."""
    match = _PMCID.fullmatch(tidy(text))
    number = match.group(1).lstrip("0") if match else ""
    return Identifier(Scheme.PMCID, f"PMC{number}") if number else None


def isbn(text: str) -> Identifier | None:
    """The ISBN that the text is, as 13 digits; None where its check digit is wrong.

    >>> str(isbn('ISBN 0-306-40615-2'))
    'isbn:9780306406157'
    >>> isbn('ISBN 0-306-40615-3') is None
    True
    """
    digits = _isbn_digits(text)
    if not digits:
        return None
    # Imported here: the package takes its time, and most runs meet no ISBN.
    from stdnum import isbn as arithmetic

    if not arithmetic.is_valid(digits):
        return None
    return Identifier(Scheme.ISBN, arithmetic.to_isbn13(digits))


def mistyped_isbn(text: str) -> str:
    """What is wrong with a text that has the shape of an ISBN and is none; empty otherwise.

    A bare number of ten or thirteen digits counts, since nothing else that names a work has
    that length.
    """
    digits = _isbn_digits(text)
    if len(digits) not in {10, 13} or isbn(digits) is not None:
        return ""
    if len(digits) == 13 and not digits.startswith(("978", "979")):
        return "it has the length of an ISBN, but an ISBN of 13 digits begins with 978 or 979"
    due = next(digit for digit in "0123456789X" if isbn(digits[:-1] + digit))
    return (
        f"this is no ISBN: its last digit is {digits[-1]} and would have to be {due};"
        " look again at the book"
    )


def bare_number(text: str) -> tuple[Identifier, ...]:
    """Every identifier that a number without a label can be, likeliest first.

    PubMed's ids have eight digits at most so far; nine are an old SBN, which is an ISBN-10
    without its first zero, or a PubMed id of the years to come.
    """
    digits = re.sub(r"[\s-]", "", tidy(text)).upper()
    found = [isbn(digits)] if len(digits) in {10, 13} else []
    if len(digits) <= 9 and tidy(text).isdecimal():
        found.append(pmid(digits))
    if re.fullmatch(r"\d{8}[\dX]", digits, re.ASCII):
        found.append(isbn("0" + digits))
    return tuple(one for one in found if one is not None)


def _isbn_digits(text: str) -> str:
    """The digits of a text that has the shape of an ISBN; empty for other texts."""
    match = _ISBN.fullmatch(tidy(text))
    digits = re.sub(r"[\s-]", "", match.group(1)).upper() if match else ""
    is_shaped = re.fullmatch(r"\d{9}[\dX]|\d{13}", digits, re.ASCII)
    return digits if is_shaped else ""


def arxiv(text: str) -> Identifier | None:
    """The arXiv id that the text is, without its version."""
    match = _ARXIV.fullmatch(tidy(text))
    return Identifier(Scheme.ARXIV, match.group(1).lower()) if match else None


def name(text: str) -> Identifier | None:
    """The name of a library's work, such as ``modic2005``; it says nothing on whether it exists."""
    match = _NAME.fullmatch(text.strip())
    return Identifier(Scheme.NAME, match.group(1).lower()) if match else None
