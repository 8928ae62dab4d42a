"""What a woven page tells machines of itself, as schema.org has it: its dates and its sources.

Only what the page states: a date that it gives twice with two values, or as one that no
calendar has, is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from refpipe import checks, dates, identifiers, markup
from refpipe.articles import weaving
from refpipe.checks import standing
from refpipe.match import persons
from refpipe.model import Article, Certainty, Identifier, Scheme, Work
from refpipe.normalise.text import JAPANESE, is_east_asian

_KINDS = {
    "article": "ScholarlyArticle",
    "article-journal": "ScholarlyArticle",
    "article-magazine": "Article",
    "article-newspaper": "NewsArticle",
    "paper-conference": "ScholarlyArticle",
    "review": "ScholarlyArticle",
    "book": "Book",
    "chapter": "Chapter",
    "entry-encyclopedia": "Chapter",
    "dataset": "Dataset",
    "report": "Report",
    "thesis": "Thesis",
    "webpage": "WebPage",
    "post": "WebPage",
    "post-weblog": "WebPage",
}
"""CSL type → schema.org's; anything else is a CreativeWork."""
_STATED = {"published": "datePublished", "modified": "dateModified", "reviewed": "lastReviewed"}
_REVIEWER = re.compile(
    r"(?:^|[\s>|・、。(（])監修(?:者|医師|医)?[ \u3000]*[:：][ \u3000]*"
    r"(?P<ja>[^\s<>、。,，（()：:|]{2,12}"
    r"(?:[ \u3000][^\s<>、。,，（()：:|]{1,6})?)"
    r"|\b[Rr]eviewed by:?[ ]+(?P<en>(?:Dr\.? )?[A-Z][\w.'-]+(?: [A-Z][\w.'-]*){1,3})"
    r"(?=\s*(?:[,;(|]|$))",
    re.MULTILINE,
)
_SET = re.compile(
    r"^(?:reviewer|reviewed_?by)[ \t]*[:=][ \t]*[\"']?"
    r"(?P<set>[^\"'\n\r\[\]{}#]{2,60}?)[\"']?[ \t]*\r?$",
    re.MULTILINE | re.IGNORECASE,
)
"""In the front matter."""
_BODY = re.compile(
    r"(?:病院|医院|クリニック|診療所|大学|学会|協会|法人|編集部|委員会|センター|新聞社?|[省庁局]|研究班|グループ)$"
    r"|協会|会社|連合|機構|法人|研究所|学会"
)
"""What names hold that are no person's."""


def page(article: Article, works: Iterable[Work]) -> str:
    """The page as ``MedicalWebPage`` with what it cites, as JSON in one line.

    ``article`` must be without a block of ours, which would state what it was told.
    """
    found: dict[str, Any] = {"@context": "https://schema.org", "@type": "MedicalWebPage"}
    if lang := article.settings.get("lang"):
        found["inLanguage"] = lang
    found |= _dates(article)
    if reviewer := _reviewer(article):
        found["reviewedBy"] = reviewer
    found["citation"] = [citation(work) for work in works]
    return json.dumps(found, ensure_ascii=False, separators=(", ", ": "))


def citation(work: Work) -> dict[str, Any]:
    """A work as schema.org has it."""
    item = work.item
    kind = _KINDS.get(str(item.get("type")), "CreativeWork")
    found: dict[str, Any] = {"@type": kind, "name": _plain(item.get("title")) or work.name}
    if people := [one for name in _list(item.get("author")) if (one := _agent(name))]:
        found["author"] = people
    if when := _date(item.get("issued")):
        found["datePublished"] = when
    found |= _place(item, kind)
    if publisher := _plain(item.get("publisher")):
        found["publisher"] = {"@type": "Organization", "name": publisher}
    found |= _identifiers(work, kind)
    if standing.retractions(work):
        found["creativeWorkStatus"] = "Retracted"
    return found


def _dates(article: Article) -> dict[str, str]:
    """The dates that the page states once, or always alike."""
    said: dict[str, set[str]] = {}
    for stamp in checks.Subject(article).stamps:
        if stamp.kind in _STATED:
            value = stamp.reading.value
            is_good = value is not None and value.day is not None and not stamp.reading.faults
            said.setdefault(stamp.kind, set()).add(str(value) if is_good else "")
    return {
        _STATED[kind]: next(iter(values))
        for kind, values in said.items()
        if len(values) == 1 and "" not in values
    }


def _reviewer(article: Article) -> dict[str, str] | None:
    """Who reviewed the page, where it names one and no other."""
    words = checks.Subject(article).words
    found = {(match["ja"] or match["en"]).strip() for match in _REVIEWER.finditer(words)}
    front = weaving.front_matter(article.text)
    found |= {match["set"].strip() for match in _SET.finditer(front)}
    if len(found) != 1:
        return None
    name = found.pop()
    return {"@type": "Organization" if _is_body(name) else "Person", "name": name}


def _is_body(name: str) -> bool:
    """Whether a name in one piece is that of a society, an office, a firm or a group."""
    from refpipe.items.printed.people import japanese_names

    if _EAST.search(name):
        return japanese_names.is_body(name) or _BODY.search(name) is not None
    words = set(re.findall(r"[^\W\d_]+", name.casefold()))
    is_acronym = re.fullmatch(r"[A-Z][A-Z&-]+", name) is not None
    return is_acronym or bool(words & (persons.GROUP_WORDS | _BODIES))


def _is_person(name: str) -> bool:
    """Whether a name in one piece has what only a person's has: initials, or a particle.

    Two words with capitals may be anybody: Doctors Without Borders, Kaiser Permanente.
    """
    if _EAST.search(name):
        return bool(persons.people({"author": [{"literal": name}]}))
    words = re.findall(r"[^\s,]+", name)
    is_name = 1 < len(words) < 6 and all(map(_NAME.fullmatch, words))
    return is_name and not _COUNTRIES & set(words) and any(map(_TELLING.fullmatch, words))


_EAST = re.compile(f"[{JAPANESE}]")
_TELLING = re.compile(r"(?:[A-Z]\.?-?){1,4}|van|von|der|den|de|da|del|di|la|le|el|al|bin|ter")
"""A word of a person's name that few others have: initials, a particle."""
_NAME = re.compile(rf"{_TELLING.pattern}|[^\W\d_a-z][\w.'’-]*")
_COUNTRIES = frozenset({"UK", "US", "USA", "U.S.", "U.K.", "EU", "UN", "NZ"})
"""Words in capitals behind which a body stands: Cancer Research UK."""
_BODIES = frozenset(
    ("agency", "authority", "board", "bureau", "center", "centers", "centre", "centres", "clinic",
     "college", "company", "corporation", "cross", "department", "division", "editors", "gmbh",
     "federation", "foundation", "health", "hospital", "hospitals", "inc", "library", "limited",
     "llc", "ltd", "media", "ministry", "nations", "news", "office", "press", "publishing",
     "school", "service", "services", "staff", "systems", "times", "trust", "union", "university",
     "of", "for", "the", "and")
)  # fmt: skip


def _place(item: dict[str, Any], kind: str) -> dict[str, Any]:
    """The journal with volume and issue, or the book that it stands in, and its pages."""
    found: dict[str, Any] = {}
    container = _plain(item.get("container-title"))
    if container and kind == "Chapter":
        found["isPartOf"] = {"@type": "Book", "name": container}
    elif container:
        inner: dict[str, Any] = {"@type": "Periodical", "name": container}
        if kind == "WebPage":
            inner["@type"] = "WebSite"
        elif volume := _plain(item.get("volume")):
            inner = {"@type": "PublicationVolume", "volumeNumber": volume, "isPartOf": inner}
        if kind != "WebPage" and (issue := _plain(item.get("issue"))):
            inner = {"@type": "PublicationIssue", "issueNumber": issue, "isPartOf": inner}
        found["isPartOf"] = inner
    pages = _plain(item.get("page"))
    if pages and kind in {"ScholarlyArticle", "Article", "NewsArticle", "Chapter"}:
        found["pagination"] = pages
    return found


def _identifiers(work: Work, kind: str) -> dict[str, Any]:
    """The identifiers that are certain, and the address that each leads to."""
    sure = [one.identifier for one in work.claims if one.certainty is not Certainty.CANDIDATE]
    named = [one for one in sure if one.scheme in {Scheme.DOI, Scheme.PMID, Scheme.PMCID}]
    found: dict[str, Any] = {}
    if named:
        found["identifier"] = [_property(one) for one in named]
        found["sameAs"] = [identifiers.link(one) for one in named]
    isbn = next((one.value for one in sure if one.scheme is Scheme.ISBN), "")
    if isbn and kind == "Book":
        found["isbn"] = isbn
    address = work.item.get("URL")
    if isinstance(address, str) and address.startswith(("http://", "https://")):
        found["url"] = address
    return found


def _property(identifier: Identifier) -> dict[str, str]:
    return {
        "@type": "PropertyValue",
        "propertyID": identifier.scheme.value,
        "value": identifier.value,
    }


def _agent(name: object) -> dict[str, str] | None:
    if not isinstance(name, dict):
        return None
    if literal := _plain(name.get("literal")):
        # A name of which neither is known is left out: schema.org has no third kind of author.
        kind = "Organization" if _is_body(literal) else "Person" if _is_person(literal) else ""
        return {"@type": kind, "name": literal} if kind else None
    family, given = _plain(name.get("family")), _plain(name.get("given"))
    if not family:
        return None
    particles = (_plain(name.get(f"{one}dropping-particle")) for one in ("", "non-"))
    whole = [given, *particles, family, _plain(name.get("suffix"))]
    if is_east_asian(family + given):
        whole = [family, given]
    found = {"@type": "Person", "name": " ".join(filter(None, whole)), "familyName": family}
    return found | ({"givenName": given} if given else {})


def _date(issued: object) -> str:
    """A date as ISO 8601 has it, as far as it is known."""
    try:
        parts = issued["date-parts"][0]  # type: ignore[index]
        year, *rest = (int(part) for part in parts)
        written = "-".join([f"{year:04d}", *(f"{part:02d}" for part in rest)])
    except (KeyError, IndexError, TypeError, ValueError):
        return ""
    return str(value) if (value := dates.read(written).value) is not None else ""


def _plain(value: object) -> str:
    return markup.plain(markup.read(value)).strip() if isinstance(value, str) else ""


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
