"""PMID, PMCID, ISBN, arXiv ids and the library's own names."""

from __future__ import annotations

import re

from refpipe.identifiers.folding import tidy
from refpipe.model import Identifier, Scheme

_PMID = re.compile(
    r"(?:(?:pub\s?med|pmid)(?:\s+id)?\s*[:=#]?\s*)?(\d{1,9})\.?", re.IGNORECASE | re.ASCII
)
_PMCID = re.compile(
    r"(?:pmc\s?id\s*[:=]?\s*)?pmc\s*[:=]?\s*(\d{1,9})(?:\.\d+)?\.?", re.IGNORECASE | re.ASCII
)
_ISBN = re.compile(
    r"(?:(?:urn:)?e?-?isbn(?:-?1[03])?\s*[:=]?\s*)?([\dx][\dx\s-]{8,20})\.?",
    re.IGNORECASE | re.ASCII,
)
_ARXIV = re.compile(
    r"(?:arxiv\s*[:./]?\s*)?(?:abs/)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?"
    r"(?:\s*\[[\w.-]+\])?\.?",
    re.IGNORECASE | re.ASCII,
)
_NAME = re.compile(
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
    """The ISBN that the text is, as 13 digits; None where its check digit is wrong."""
    match = _ISBN.fullmatch(tidy(text))
    if not match:
        return None
    digits = re.sub(r"[\s-]", "", match.group(1)).upper()
    if len(digits) == 10 and _is_isbn10(digits):
        digits = _as_isbn13(digits)
    return Identifier(Scheme.ISBN, digits) if _is_isbn13(digits) else None


def _is_isbn10(digits: str) -> bool:
    if not re.fullmatch(r"\d{9}[\dX]", digits, re.ASCII):
        return False
    values = [10 if digit == "X" else int(digit) for digit in digits]
    return (
        sum(weight * value for weight, value in zip(range(10, 0, -1), values, strict=True)) % 11
        == 0
    )


def _as_isbn13(isbn10: str) -> str:
    body = "978" + isbn10[:9]
    return body + str(-_weighed(body) % 10)


def _is_isbn13(digits: str) -> bool:
    return bool(re.fullmatch(r"97[89]\d{10}", digits, re.ASCII)) and _weighed(digits) % 10 == 0


def _weighed(digits: str) -> int:
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))


def arxiv(text: str) -> Identifier | None:
    """The arXiv id that the text is, without its version."""
    match = _ARXIV.fullmatch(tidy(text))
    return Identifier(Scheme.ARXIV, match.group(1).lower()) if match else None


def name(text: str) -> Identifier | None:
    """The name of a library's work, such as ``modic2005``; it says nothing on whether it exists."""
    match = _NAME.fullmatch(text.strip())
    return Identifier(Scheme.NAME, match.group(1).lower()) if match else None
