"""The catalogues of libraries: what each holds, and how it answers a search."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from html import escape
from typing import Any

SRW = "http://www.loc.gov/zing/srw/"
_DIAGNOSTIC = "http://www.loc.gov/zing/srw/diagnostic/"

_LISTED = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "dcndl": "http://ndl.go.jp/dcndl/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}


@dataclass
class Catalogues:
    """What the libraries hold."""

    ndl: list[str] = field(default_factory=list)
    """``rdf:RDF`` elements."""
    ndl_items: list[str] = field(default_factory=list)
    """``item`` elements, in which the same library lists books by OpenSearch."""
    loc: list[str] = field(default_factory=list)
    """``mods`` elements."""
    open_library: dict[str, dict[str, Any]] = field(default_factory=dict)
    """ISBN → edition."""
    google_books: dict[str, dict[str, Any]] = field(default_factory=dict)
    """ISBN → volume."""
    openbd: dict[str, dict[str, Any]] = field(default_factory=dict)
    """ISBN → element of its list."""
    cinii: dict[str, dict[str, Any]] = field(default_factory=dict)
    """CRID → record; searched by title and ISBN as well."""
    naid: dict[str, str] = field(default_factory=dict)
    """NAID → CRID."""
    ncid: dict[str, str] = field(default_factory=dict)
    """NCID → RDF."""
    packing: str = "string"
    """How NDL wraps a record: ``string`` escapes it, ``xml`` does not."""

    def ndl_answer(self, query: str) -> str:
        """What NDL Search answers to a CQL query."""
        if not re.search(r"(?:isbn|itemno|title)\s*=", query):
            return diagnosis("illegal query syntax")
        found = [record for record in self.ndl if _matches(record, query)]
        if not found:
            return diagnosis("Record does not exist")
        data = [record if self.packing == "xml" else escape(record) for record in found[:20]]
        return _result(data, self.packing)

    def ndl_list(self, query: dict[str, str]) -> str:
        """What its OpenSearch answers: the ``item`` elements with the words of the title."""
        found = [one for one in self.ndl_items if _folded(query.get("title", "")) in _folded(one)]
        names = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _LISTED.items())
        return f'<rss version="2.0"{names}><channel>{"".join(found)}</channel></rss>'

    def loc_answer(self, query: str) -> str:
        """What the Library of Congress answers to a CQL query."""
        isbn = query.partition("bath.ISBN=^")[2]
        if not isbn:
            return diagnosis("Permanent system error")
        return _result([record for record in self.loc if isbn in _digits(record)], "xml")

    def cinii_answer(self, query: dict[str, str]) -> dict[str, Any]:
        """What CiNii Research answers to a search."""
        found = list(self.cinii.values())
        if isbn := query.get("isbn"):
            found = [one for one in found if isbn in _digits(str(one.get("dc:identifier")))]
        if title := query.get("title"):
            words = _folded(title)
            found = [
                one
                for one in found
                if words in _folded(str(one.get("title")) + str(one.get("dc:title")))
            ]
        return {"@type": "channel", "opensearch:totalResults": len(found), "items": found}


def diagnosis(message: str) -> str:
    """An answer that says why there is none."""
    return (
        f'<searchRetrieveResponse xmlns="{SRW}"><diagnostics><diagnostic xmlns="{_DIAGNOSTIC}">'
        "<uri>info:srw/diagnostic/1/1</uri><details>An error occurred</details>"
        f"<message>{message}</message></diagnostic></diagnostics></searchRetrieveResponse>"
    )


def _result(records: list[str], packing: str) -> str:
    wrapped = "".join(
        f"<record><recordPacking>{packing}</recordPacking><recordData>{record}</recordData></record>"
        for record in records
    )
    return (
        f'<searchRetrieveResponse xmlns="{SRW}"><version>1.2</version>'
        f"<numberOfRecords>{len(records)}</numberOfRecords><records>{wrapped}</records>"
        "</searchRetrieveResponse>"
    )


def _matches(record: str, query: str) -> bool:
    if isbn := re.search(r"isbn=(\d{13})", query):
        return isbn[1] in _digits(record)
    if number := re.search(r"itemno=([\w-]+)", query):
        return f"/{number[1]}" in record
    wanted = re.search(r'title = "([^"]*)"', query)
    years = re.search(r"from=(\d+) AND until=(\d+)", query)
    issued = re.search(r"<dcterms:issued[^>]*>(\d{4})", record)
    is_then = not years or (issued and int(years[1]) <= int(issued[1]) <= int(years[2]))
    return bool(wanted and _folded(wanted[1]) in _folded(record) and is_then)


def _digits(text: str) -> str:
    """The text with ISBNs as 13 digits, so that any form of one is found."""
    found = re.findall(r"(?<![\w-])(?:97[89]-?)?\d[\d-]{8,14}[\dX](?![\w-])", text)
    return " ".join(_thirteen(number.replace("-", "")) for number in found)


def _thirteen(digits: str) -> str:
    if len(digits) != 10:
        return digits
    body = "978" + digits[:9]
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return body + str(-total % 10)


def _folded(text: str) -> str:
    return re.sub(r"\W+", "", unicodedata.normalize("NFKC", text)).casefold()
