"""PMID, PMCID, ISBN, arXiv ids and the library's own names."""

from __future__ import annotations

import re

from refpipe.identifiers.folding import tidy
from refpipe.model import Identifier, Scheme

_PMID = re.compile(
    r"(?:(?:pub\s?med|pmid)(?:\s+id)?\s*[:=#]?\s*)*(\d{1,9})\.?", re.IGNORECASE | re.ASCII
)
_PMCID = re.compile(
    r"(?:pmc\s?id\s*[:=]?\s*)*(?:pmc\s*[:=]?\s*)+(\d{1,9})(?:\.\d+)?\.?",
    re.IGNORECASE | re.ASCII,
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
