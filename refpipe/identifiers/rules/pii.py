"""Elsevier's publisher item identifiers and the DOIs made of them."""

from __future__ import annotations

import re

_LANCETS = frozenset(
    """
    01406736 14702045 14744422 14733099 22132600 22138587 22150366 23523018 23523026 2214109X
    24682667 24681253 23524642 25425196 25897500 26659913 26665247 26667568
    """.split()  # noqa: SIM905
)
"""ISSNs of the Lancet journals, whose DOIs are PIIs to this day."""

_LAST = 2002
"""The last year in which a PII with S was, nearly always, the DOI."""

_RESCANNED = 80000
"""From this number on an item is one that was scanned later, whose DOI is its PII in any year."""

_SERIAL = re.compile(r"S?(\d{7}[\dX])(\d\d)(\d{5})([\dX])")
_BOOK = re.compile(r"B(97[89])(\d{9})([\dX])(\d{5})([\dX])")


def doi(match: re.Match[str]) -> str | None:
    """The DOI of a PII; None for the many of which the DOI is something else."""
    pii = re.sub(r"[^0-9SXB]", "", match["pii"].upper())
    if book := _BOOK.fullmatch(pii):
        return _book(*book.groups())
    serial = _SERIAL.fullmatch(pii)
    if not serial:
        return None
    issn, yy, number, check = serial.groups()
    suffix = f"{issn[:4]}-{issn[4:]}({yy}){number}-{check}"
    if not pii.startswith("S"):
        return f"10.1016/{suffix}"
    is_the_doi = issn in _LANCETS or year(yy) <= _LAST or int(number) >= _RESCANNED
    return f"10.1016/s{suffix}" if is_the_doi else None


def year(yy: str, *, first: int = 30) -> int:
    """The year that two digits mean, if none is older than ``first`` of the last century."""
    return (1900 if int(yy) >= first else 2000) + int(yy)


def _book(prefix: str, body: str, check: str, chapter: str, chapter_check: str) -> str | None:
    """A chapter: ``/5…`` behind a bare ISBN in the older form, ``.0…`` behind a hyphened one."""
    if chapter.startswith("5"):
        return f"10.1016/b{prefix}-{body}-{check}/{chapter}-{chapter_check}"
    if prefix != "978" or not chapter.startswith("0"):
        return None
    # Imported here: the package takes its time, and few addresses are of chapters.
    from stdnum import isbn as arithmetic

    parts = [part for part in arithmetic.split(prefix + body + check) if part]
    if len(parts) != 5:
        return None
    return f"10.1016/b{'-'.join(parts)}.{chapter}-{chapter_check}"
