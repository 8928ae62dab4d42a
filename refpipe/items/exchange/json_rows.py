"""Rows of a table of references (one JSON object a line) as items.

The fields are those that tools for systematic reviews exchange: ``id``, ``author`` (names
parted by semicolons), ``year``, ``title``, ``container``, ``volume``, ``issue``, ``pages``,
``doi``, ``isbn`` (or ``issn``), ``url``, ``type``, ``lang``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from refpipe import identifiers
from refpipe.model import Certainty, Claim, Identifier, Item, Reading, Scheme

_FIELDS = {
    "title": "title", "container": "container-title", "journal": "container-title",
    "booktitle": "container-title", "volume": "volume", "issue": "issue", "number": "issue",
    "pages": "page", "url": "URL", "doi": "DOI", "publisher": "publisher", "lang": "language",
}  # fmt: skip
"""Field of a row → variable of CSL; the first that has a value counts."""

_TYPES = {
    "journal article": "article-journal", "article": "article-journal", "misc": "document",
    "generic": "document", "book": "book", "book section": "chapter", "inproceedings":
    "paper-conference", "conference": "paper-conference", "thesis": "thesis",
}  # fmt: skip
_PUBMED = re.compile(
    r"(?:pubmed(?:\.ncbi\.nlm\.nih\.gov)?/|ncbi\.nlm\.nih\.gov/pubmed/\??|id=pmid:|info:pmid/)(\d{4,9})\b"
)
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_ISSN = re.compile(r"(?<!\d)\d{4}-?\d{3}[\dXx](?!\d)")
_INITIALS = re.compile(r"^(?:[A-ZÀ-Þ]\.?[-‐]?){1,4}$")
_GLUED = re.compile(r"[a-zß-ÿ]{3}['’]?[A-ZÀ-Þ]\.(?:[A-ZÀ-Þ]\.)?[A-ZÀ-Þ][a-zß-ÿ]")
"""``KozlovskiiV.L.Prakh'e``: two people whose separator was lost."""
_ET_AL = re.compile(r"\bet\.? al\.?$|\band others$|^others$", re.IGNORECASE)

_SUFFIX = re.compile(r"(?<=[A-Z])\.(?:Jr|Sr|I{2,3})\.?$")
"""``Carlezon W.A.Jr``: what stands behind a name and is no part of it."""
_CUT_INITIAL = re.compile(r"[a-z]")
"""``Zhang W. h``: an initial that a database set in small letters."""


def read(row: Mapping[str, Any]) -> Reading:
    """The item that a row describes, and the identifiers written in it."""
    item: Item = {"type": _TYPES.get(str(row.get("type", "")).lower(), "document")}
    for field, variable in _FIELDS.items():
        value = row.get(field)
        if value not in (None, "") and variable not in item:
            item[variable] = str(value)
    people, goes_on = authors(str(row.get("author") or ""))
    if people:
        item["author"] = people
    if goes_on:
        item["custom"] = {"author-et-al": True}
    if year := _YEAR.search(str(row.get("year") or "")):
        item["issued"] = {"date-parts": [[int(year[1])]]}
    if issns := _ISSN.findall(str(row.get("issn") or row.get("isbn") or "")):
        item["ISSN"] = " ".join(issns)
    return Reading(item=item, claims=claims(str(row.get("url") or "")))


def claims(url: str) -> tuple[Claim, ...]:
    """The identifiers in an address, or in several that were written into one field."""
    pubmed = tuple(
        Claim(identifier=Identifier(Scheme.PMID, number), certainty=Certainty.LITERAL)
        for number in dict.fromkeys(_PUBMED.findall(url))
    )
    if pubmed or not url or url.count("//") > 1:
        return pubmed
    claim = identifiers.from_url(url)
    return (claim,) if claim and claim.identifier.scheme is not Scheme.URL else ()


def authors(text: str) -> tuple[list[dict[str, str]], bool]:
    """The CSL names in a string of authors, and whether it says that the list goes on."""
    people, goes_on = [], False
    for part in text.split(";"):
        name = part.strip()
        if _ET_AL.search(name):
            goes_on, name = True, _ET_AL.sub("", name).strip(" ,")
        if name.strip(" .,"):
            people.append(_person(name))
    return people, goes_on


def _person(name: str) -> dict[str, str]:
    if "," in name:
        family, _, given = name.partition(",")
        return _parts(family.strip(), given.strip())
    if "." in name and _GLUED.search(name):
        return {"literal": name}
    name = _SUFFIX.sub(".", name)
    words = name.split()
    if len(words) == 1:
        return {"literal": name} if "." in name.strip(".") else {"family": name}
    initials = 0
    if len(words) > 2 and _CUT_INITIAL.fullmatch(words[-1]) and _INITIALS.match(words[-2]):
        initials = 1
    while initials < len(words) - 1 and _INITIALS.match(words[-1 - initials]):
        initials += 1
    if initials:
        cut = len(words) - initials
        return _parts(" ".join(words[:cut]), " ".join(words[cut:]))
    if any("." in w.strip(".") for w in words):
        return {"literal": name}
    return _parts(words[-1], " ".join(words[:-1]))


def _parts(family: str, given: str) -> dict[str, str]:
    return {"family": family, "given": given} if given else {"family": family}
