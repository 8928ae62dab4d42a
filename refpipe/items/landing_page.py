"""What a web page says of itself: the tags of publishers, of libraries, of social networks.

``citation_…`` are the tags that Google Scholar asks publishers for
(https://scholar.google.com/intl/en/scholar/inclusion.html#indexing), ``DC.…`` are Dublin Core,
``og:…`` Open Graph; JSON-LD is schema.org's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from refpipe import dates, identifiers, normalise
from refpipe.items import crossref, damaged_titles, people, values
from refpipe.model import Certainty, Claim, Identifier, Item, Reading, Record, Repair, Scheme

TITLE_TAGS = (
    "citation_title", "bepress_citation_title", "eprints.title", "dc.title", "dcterms.title",
    "og:title",
)  # fmt: skip
_TAGS = {
    "title": TITLE_TAGS,
    "container-title": (
        "citation_journal_title", "citation_conference_title", "citation_inbook_title",
        "bepress_citation_journal_title", "prism.publicationname",
    ),
    "container-title-short": ("citation_journal_abbrev",),
    "volume": ("citation_volume", "bepress_citation_volume", "prism.volume"),
    "issue": ("citation_issue", "bepress_citation_issue", "prism.number"),
    "publisher": (
        "citation_publisher", "citation_technical_report_institution",
        "citation_dissertation_institution", "dc.publisher", "dcterms.publisher",
    ),
    "language": ("citation_language", "dc.language", "dcterms.language", "og:locale"),
    "ISSN": ("citation_issn", "prism.issn"),
}  # fmt: skip
"""CSL variable → the tags that hold it, surest first."""

_DATES = (
    "citation_publication_date", "citation_date", "bepress_citation_date",
    "prism.publicationdate", "citation_online_date", "dc.date", "dc.date.issued",
    "dcterms.issued", "dcterms.date", "article:published_time", "citation_year", "date",
)  # fmt: skip
_AUTHORS = ("citation_author", "bepress_citation_author", "dc.creator", "dcterms.creator", "author",
            "article:author")  # fmt: skip
_DAY = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?!\d)")
_SITE = re.compile(r"\s+[|\u2013\u2014\u00b7-]\s+[^|\u2013\u2014\u00b7]+$")


def read(record: Record) -> Reading:
    """The item that a page describes: an article where it says so, else the page itself."""
    head = values.payload(record.payload)
    tags = _tags(head)
    linked = next(_linked(head.get("json-ld")), {})
    repairs: list[Repair] = []
    is_scholarly = record.source == "landing_page"
    item: Item = {"type": _kind(tags) if is_scholarly else "webpage"}
    item |= _texts(tags, linked, repairs, head)
    item |= _when_and_where(tags, linked, head, record.identifier)
    if not is_scholarly:
        item |= _site(tags, linked) | _seen(record)
    return Reading(item=item, claims=_claims(record.identifier, tags), repairs=tuple(repairs))


def _tags(head: dict[str, Any]) -> dict[str, list[str]]:
    """Name of a tag in lower case → its contents."""
    found: dict[str, list[str]] = {}
    for entry in values.listed(head.get("meta")):
        pair = [values.text(part) for part in values.listed(entry)]
        if len(pair) == 2 and all(pair):
            found.setdefault(pair[0].lower(), []).append(pair[1])
    return found


def _linked(value: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The things of JSON-LD that can be the page itself."""
    if depth > 4:
        return
    for thing in values.listed(value)[:50]:
        fields = values.mapping(thing)
        if values.text(fields.get("headline")) or "Article" in values.first(fields.get("@type")):
            yield fields
        yield from _linked(fields.get("@graph"), depth + 1)


def _kind(tags: dict[str, list[str]]) -> str:
    if "citation_inbook_title" in tags:
        return "chapter"
    if "citation_conference_title" in tags:
        return "paper-conference"
    if "citation_dissertation_institution" in tags:
        return "thesis"
    has_journal = any(tag in tags for tag in _TAGS["container-title"])
    return "article-journal" if has_journal else "document"


def _one(tags: dict[str, list[str]], variable: str) -> str:
    return next((tags[tag][0] for tag in _TAGS[variable] if tag in tags), "")


def _texts(
    tags: dict[str, list[str]], linked: dict[str, Any], repairs: list[Repair], head: dict[str, Any]
) -> Item:
    item: Item = {}
    whole = values.text(head.get("title"))
    said = _one(tags, "title") or values.text(linked.get("headline"))
    title = _without_site(said or whole, _site_name(tags, linked))
    if not said and title == whole:
        title = _SITE.sub("", whole)
    if found := damaged_titles.title(title, repairs=repairs):
        item["title"] = found
    for variable in ("container-title", "container-title-short", "publisher"):
        if found := values.clean(_one(tags, variable)):
            item[variable] = found
    for variable in ("volume", "issue"):
        if found := values.number(_one(tags, variable)):
            item[variable] = found
    first = next(iter(tags.get("citation_firstpage", [])), "")
    last = next(iter(tags.get("citation_lastpage", [])), "")
    if page := crossref.pages(f"{first}-{last}" if first and last else first):
        item["page"] = page
    if authors := _authors(tags, linked, repairs):
        item["author"] = authors
    return item


_BORDER = re.compile(r"\s*[|｜¦│‖«»‹›·/／–—―~〜-]+\s*")
_OF_SITES = re.compile(
    r"の?(?:公式|オフィシャル|official)?(?:web|ウェブ|ホーム)?(?:サイト|ページ|hp|site|page)?",
    re.IGNORECASE,
)
"""What is added to a name where it is a site's."""


def _without_site(title: str, site: str) -> str:
    """The title without the name of its site, where that stands before or behind a sign."""
    name = normalise.squeeze(site)
    for border in _BORDER.finditer(title) if name else ():
        before, behind = title[: border.start()].strip(), title[border.end() :].strip()
        if before and _is_site(normalise.squeeze(behind), name):
            return before
        if behind and _is_site(normalise.squeeze(before), name):
            return behind
    return title


def _is_site(piece: str, name: str) -> bool:
    """Whether a piece is a site's name, though one of the two may say that it is that of a site."""
    short, long = sorted((piece, name), key=len)
    before, found, behind = long.partition(short)
    return bool(found and short) and all(map(_OF_SITES.fullmatch, (before, behind)))


def _authors(
    tags: dict[str, list[str]], linked: dict[str, Any], repairs: list[Repair]
) -> list[people.Name]:
    written = next((tags[tag] for tag in _AUTHORS if tag in tags), [])
    if not written:
        named = [
            values.mapping(one).get("name", one) for one in values.listed(linked.get("author"))
        ]
        written = list(values.texts(named))
    names = [part for text in written for part in re.split(r"\s*;\s*", text)]
    persons = [_person(name) for name in names if not re.match(r"https?:", name)]
    return people.names(persons, "author", repairs)


def _person(name: str) -> dict[str, str]:
    """``Modic, M. T.`` or ``M. T. Modic``; longer or Japanese names stay whole."""
    if name.count(",") == 1:
        family, given = (part.strip() for part in name.split(","))
        return {"family": family, "given": given}
    words = name.split()
    if 2 <= len(words) <= 4 and name.isascii() and all(word[:1].isupper() for word in words):
        return {"family": words[-1], "given": " ".join(words[:-1])}
    return {"name": name}


def _when_and_where(
    tags: dict[str, list[str]], linked: dict[str, Any], head: dict[str, Any], asked: Identifier
) -> Item:
    item: Item = {}
    written = [tags[tag][0] for tag in _DATES if tag in tags]
    if date := _date((*written, values.text(linked.get("datePublished")))):
        item["issued"] = date
    language = _one(tags, "language") or values.text(head.get("lang"))
    if re.match(r"[A-Za-z]{2}(?![A-Za-z])", language):
        item["language"] = language[:2].lower()
    if issn := _one(tags, "ISSN"):
        item["ISSN"] = issn
    address = identifiers.url(values.text(head.get("canonical"))) or identifiers.url(
        values.text(head.get("url"))
    )
    if asked.scheme is Scheme.URL:
        address = asked
    if address:
        item["URL"] = address.value
    return item


def _date(written: tuple[str, ...]) -> dict[str, Any] | None:
    for text in written:
        match = _DAY.match(text)
        found = dates.from_parts([[part for part in match.groups() if part]]) if match else None
        if found:
            return {"date-parts": dates.to_parts(found)}
    return None


def _site(tags: dict[str, list[str]], linked: dict[str, Any]) -> Item:
    """The site that the page is part of."""
    name = _site_name(tags, linked)
    return {"container-title": values.clean(name)} if name else {}


def _site_name(tags: dict[str, list[str]], linked: dict[str, Any]) -> str:
    publisher = values.first(values.mapping(linked.get("publisher")).get("name"))
    return next(iter(tags.get("og:site_name", [])), "") or publisher


def _seen(record: Record) -> Item:
    """The day on which the page was read: a page may say something else tomorrow."""
    return {"accessed": day} if (day := _date((record.heard,))) else {}


def _claims(asked: Identifier, tags: dict[str, list[str]]) -> tuple[Claim, ...]:
    """The address that was asked, and the PubMed id that the page names."""
    pmids = (identifiers.pmid(text) for text in tags.get("citation_pmid", [])[:1])
    found = dict.fromkeys((asked, *filter(None, pmids)))
    return tuple(Claim(identifier=one, certainty=Certainty.LITERAL) for one in found)
