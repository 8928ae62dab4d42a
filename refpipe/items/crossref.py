"""Crossref's answers as items (https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from refpipe import dates, identifiers
from refpipe.items import damaged_titles, people, values
from refpipe.lifetimes import lazy
from refpipe.model import (
    Certainty,
    Claim,
    Identifier,
    Item,
    Reading,
    Record,
    Relation,
    Repair,
    Scheme,
)

_DATES = ("published-print", "published-online", "issued", "published", "published-other", "posted",
          "approved", "content-created")  # fmt: skip
"""The rule for ``issued``: the date of print, because volume and pages are those of print;
else the date online; else what the registry itself calls issued.  Dates of deposit never count."""

_PREPRINT_DATES = ("posted", "issued", "published-online", "published", "content-created")
_ROLES = ("author", "editor", "translator", "chair")
_NO_PAGE = lazy(r"(?:n/?a|np|no|-|\u2013)(?:[-\u2013](?:n/?a|np|no))?", re.IGNORECASE)


def read(record: Record) -> Reading:
    """The item of a ``message``, or of CSL-JSON that Crossref made by content negotiation."""
    return reading(values.payload(record.payload), record.identifier)


def reading(message: dict[str, Any], asked: Identifier) -> Reading:
    """The item, the DOIs it goes by, its ties to other works, and what was mended."""
    repairs: list[Repair] = []
    doi = identifiers.doi(values.text(message.get("DOI"))) or asked
    item = _item(message, doi, repairs)
    return Reading(
        item=item,
        claims=_claims(message, doi, asked, item),
        relations=unique(_relations(message, doi)),
        repairs=tuple(dict.fromkeys(repairs)),
    )


def _relations(message: dict[str, Any], doi: Identifier) -> Iterator[Any]:
    yield from updates(message, doi)
    yield from ties(message, doi)


def _claims(
    message: dict[str, Any], doi: Identifier, asked: Identifier, item: Item
) -> tuple[Claim, ...]:
    own = [Claim(identifier=doi, certainty=Certainty.CONFIRMED)]
    if asked != doi:
        own.append(Claim(identifier=asked, certainty=Certainty.CONFIRMED, rule="answered-for"))
    if item.get("type") == "book" and (isbn := identifiers.isbn(item.get("ISBN", ""))):
        own.append(Claim(identifier=isbn, certainty=Certainty.LITERAL, rule="crossref-isbn"))
    return tuple(dict.fromkeys((*own, *identities(message, doi))))


def _item(message: dict[str, Any], doi: Identifier, repairs: list[Repair]) -> Item:
    container = values.first(message.get("container-title"))
    kind = values.type_of(values.text(message.get("type")), has_journal=bool(container))
    item: Item = {"type": kind}
    item |= _title(message, doi.value, repairs)
    if custom := _custom(message, item.get("title", "")):
        item["custom"] = custom
    for role in _ROLES:
        if found := people.names(message.get(role), role, repairs):
            item[role] = found
    item |= container_titles(message, kind)
    item |= _numbers(message)
    item |= _publication(message, kind)
    if date := _issued(message, kind):
        item["issued"] = date
    if doi.scheme is Scheme.DOI:
        item["DOI"] = doi.value
    return item


def _title(message: dict[str, Any], doi: str, repairs: list[Repair]) -> Item:
    found = damaged_titles.title(
        message.get("title"), message.get("subtitle"), doi=doi, repairs=repairs
    )
    return {"title": found} if found else {}


def _custom(message: dict[str, Any], title: str) -> Item:
    """What no variable takes: the title in another language, the article's number."""
    custom: Item = {}
    others = [values.clean(part) for part in values.listed(message.get("title"))[1:]]
    original = values.clean(message.get("original-title"))
    twin = next((part for part in (*others, original) if part and _differ(part, title)), "")
    if twin and title and (" " in twin or not twin.isascii()):
        custom["twin"] = {"title": twin}
    if number := values.bare(message.get("article-number")):
        custom["article-number"] = number
    return custom


def _differ(one: str, other: str) -> bool:
    """True for titles in two languages, and not for one that was typed twice or cut off."""
    first, second = (re.sub(r"<[^>]+>|[\W_]+", "", part).casefold() for part in (one, other))
    return not (first.startswith(second) or second.startswith(first)) and first[:12] != second[:12]


def _issued(message: dict[str, Any], kind: str) -> dict[str, Any] | None:
    order = _PREPRINT_DATES if kind == "article" else _DATES
    return next(filter(None, (values.date(message.get(field)) for field in order)), None)


def _numbers(message: dict[str, Any]) -> Item:
    """Volume, issue, pages; an article's number stands for pages and is no range of them."""
    item: Item = {}
    for field in ("volume", "issue"):
        if found := values.number(message.get(field)):
            item[field] = found
    page = pages(message.get("page"))
    number = values.bare(message.get("article-number"))
    if number:
        item["number"] = number
    if page and _bare_page(page) != _bare_page(number):
        item["page"] = page
    return item


def dates_of(record: Record) -> Item:
    """The dates of print and online that the record states, under Crossref's names for them."""
    message = values.payload(record.payload)
    found = {name: values.date(message.get(name)) for name in _DATES[:2]}
    return {name: date for name, date in found.items() if date}


def pages(value: object) -> str:
    """A page range with a plain hyphen, ``7-7`` as ``7``; empty where there is none."""
    found = re.sub(r"\s*[\u2010-\u2015\u2212-]+\s*", "-", values.bare(value)).strip("-")
    if _NO_PAGE.fullmatch(found):
        return ""
    first, _, last = found.partition("-")
    return first if first == last else found


def _bare_page(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _publication(message: dict[str, Any], kind: str) -> Item:
    """Publisher, place, edition, language, numbers of the series, conference."""
    event = values.mapping(message.get("event"))
    fields = {
        "publisher": _publisher(message, kind),
        "publisher-place": values.clean(message.get("publisher-location")),
        "edition": values.bare(message.get("edition-number")),
        "language": values.bare(message.get("language")),
        "ISSN": " ".join(dict.fromkeys(values.texts(message.get("ISSN")))),
        "ISBN": _isbn(message),
        "genre": _genre(message, kind),
        "event-title": values.clean(event.get("name")),
        "event-place": values.clean(event.get("location")),
    }
    return {variable: value for variable, value in fields.items() if value}


def _publisher(message: dict[str, Any], kind: str) -> str:
    """The publisher; of a preprint the server, which is what readers know it by."""
    institution = next(map(values.mapping, values.listed(message.get("institution"))), {})
    server = values.clean(institution.get("name"))
    return (server if kind == "article" else "") or values.clean(message.get("publisher"))


def _isbn(message: dict[str, Any]) -> str:
    for text in values.texts(message.get("ISBN")):
        if found := identifiers.isbn(text.rpartition("/")[2]):
            return found.value
    return ""


def _genre(message: dict[str, Any], kind: str) -> str:
    if kind == "thesis":
        return values.bare(message.get("degree"))
    return "Preprint" if values.text(message.get("subtype")) == "preprint" else ""


# ── Where a work appeared: journal and abbreviation, book and series ────────────────────────────


_SERIES = lazy(
    r"^(?:Lecture Notes|Communications in Computer|Advances in (?:Intelligent|Experimental)"
    r"|Advances in Social|IFIP "
    r"|Studies in |Methods in |Springer |Progress in |Topics in |SpringerBriefs|Smart Innovation"
    r"|Contemporary Mathematics|ACM International Conference Proceeding|AIP Conference Proceedings"
    r"|IOP Conference Series|Undergraduate|Graduate Texts|Current Topics|Handbook of Experimental)"
    r"|\b(?:Series|Colloquia|Schriften|Symposium Series|Monographs)\b",
    re.IGNORECASE,
)
"""Series whose volumes have titles of their own."""


def container_titles(message: dict[str, Any], kind: str) -> dict[str, str]:
    """``container-title``, ``container-title-short`` and ``collection-title`` as far as known."""
    titles = list(
        dict.fromkeys(
            filter(None, map(values.clean, values.listed(message.get("container-title"))))
        )
    )
    shorts = [values.clean(part) for part in values.listed(message.get("short-container-title"))]
    if not titles:
        return {"container-title": short} if (short := next(filter(None, shorts), "")) else {}
    if len(titles) > 1 and kind in {"chapter", "paper-conference", "document", "entry", "book"}:
        return _in_series(titles)
    full, *others = sorted(titles, key=_fullness, reverse=True)
    short = next((part for part in (*shorts, *others) if part and _is_short(part, full)), "")
    return {"container-title": full} | ({"container-title-short": short} if short else {})


def _in_series(titles: list[str]) -> dict[str, str]:
    """Book and series: the registry mixes them, newer records name the series first."""
    series = next((title for title in titles if _SERIES.search(title)), titles[0])
    book = next(title for title in titles if title != series)
    return {"container-title": book, "collection-title": series}


def _fullness(title: str) -> tuple[bool, int]:
    """A name of several words counts more than a code, then the longer one."""
    return (" " in title or not title.isascii(), len(title))


def _is_short(short: str, full: str) -> bool:
    """True for an abbreviation: the registry often repeats the full title, or its code."""
    return (
        short.casefold() != full.casefold()
        and len(short) < len(full)
        and not re.fullmatch(r"[a-z]{9,}", short)
    )


# ── Ties between works, as Crossref states them ─────────────────────────────────────────────────


_MONTHS = {
    name: number
    for number, name in enumerate(
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),  # noqa: SIM905
        start=1,
    )
}

_UPDATES = {
    "retraction": "retraction",
    "withdrawal": "retraction",
    "removal": "retraction",
    "partial_retraction": "correction",
    "expression_of_concern": "expression-of-concern",
    "correction": "correction",
    "corrigendum": "correction",
    "erratum": "correction",
    "addendum": "addendum",
    "clarification": "addendum",
    "new_version": "new-version",
    "new_edition": "next-edition",
}
"""Crossref's kinds of updates
(https://www.crossref.org/documentation/crossmark/version-control-corrections-and-retractions/)."""

_IN_PLACE = frozenset({"retraction", "expression-of-concern"})
"""Notices that publishers put on the page of the paper itself; PLOS names an article as the new
version of itself, which says nothing."""

_PUBMED = {
    "retractionin": "retraction",
    "partialretractionin": "correction",
    "expressionofconcernin": "expression-of-concern",
    "erratumin": "correction",
    "correctedandrepublishedin": "correction",
    "retractedandrepublishedin": "reinstatement",
    "updatein": "new-version",
    "retractionof": "retraction-of",
    "partialretractionof": "correction-of",
    "expressionofconcernfor": "expression-of-concern-of",
    "erratumfor": "correction-of",
    "correctedandrepublishedfrom": "correction-of",
    "retractedandrepublishedfrom": "reinstatement-of",
    "updateof": "new-version-of",
}
"""``RefType`` of PubMed, with or without blanks in it
(https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html#commentscorrections)."""

_TIES = {
    "has-preprint": "preprint",
    "is-preprint-of": "preprint-of",
    "has-manuscript": "preprint",
    "is-manuscript-of": "preprint-of",
    "has-version": "review-version",
    "is-version-of": "review-version",
    "is-replaced-by": "new-version",
    "replaces": "new-version-of",
    "has-reply": "reply",
    "is-reply-to": "reply-of",
    "has-comment": "reply",
    "is-comment-on": "reply-of",
    "has-translation": "translation",
    "is-translation-of": "translation-of",
    "has-part": "part",
    "is-part-of": "part-of",
    "has-component": "part",
    "is-component-of": "part-of",
    "correction": "correction",
    "retraction": "retraction",
    "new_version": "new-version",
    "expression_of_concern": "expression-of-concern",
}
"""Crossref's relations
(https://www.crossref.org/documentation/schema-library/markup-guide-metadata-segments/relationships/)."""


def updates(message: dict[str, Any], own: Identifier) -> Iterator[Relation]:
    """What corrects or retracts the work, and what it corrects or retracts itself."""
    for field, ending in (("updated-by", ""), ("update-to", "-of")):
        for update in values.listed(message.get(field)):
            fields = values.mapping(update)
            kind = _UPDATES.get(values.text(fields.get("type")).lower().replace("-", "_"))
            target = identifiers.doi(values.text(fields.get("DOI")))
            if kind and target and (target != own or kind in _IN_PLACE):
                yield Relation(
                    # What points at itself stands where the paper stood, and is about the paper.
                    kind=kind + (ending if target != own else ""),
                    target=target,
                    date=_day(fields.get("updated")),
                    source=values.text(fields.get("source")) or "publisher",
                )


def _day(value: object) -> str:
    found = dates.from_parts(values.mapping(value).get("date-parts"))
    return str(found) if found else ""


def ties_of_pubmed(
    entries: Iterable[tuple[str, str, str]], kinds: Iterable[str], own: Identifier
) -> tuple[Relation, ...]:
    """The notices that PubMed lists: (``RefType``, source as printed, PMID) for each.

    An article is marked as retracted by its kind too, and the list may lack the notice.
    """
    found = []
    for kind, printed, number in entries:
        known = _PUBMED.get("".join(kind.lower().split()))
        target = next(
            (
                c.identifier
                for _, c in identifiers.find(printed)
                if c.identifier.scheme is Scheme.DOI
            ),
            None,
        ) or identifiers.pmid(number)
        if known and target and target != own:
            found.append(
                Relation(kind=known, target=target, date=_printed_day(printed), source="pubmed")
            )
    is_marked = any(kind.lower() == "retracted publication" for kind in kinds)
    if is_marked and not any(one.kind == "retraction" for one in found):
        found.append(Relation(kind="retraction", target=own, source="pubmed"))
    return tuple(dict.fromkeys(found))


def _printed_day(printed: str) -> str:
    """The date in ``Lancet. 2010 Feb 6;375(9713):445``."""
    match = re.search(r"\b((?:19|20)\d\d)(?: ([A-Z][a-z]{2})[a-z]*(?: (\d{1,2}))?)?", printed)
    if not match:
        return ""
    month = _MONTHS.get(match[2] or "", 0)
    found = dates.from_parts([[match[1], month, match[3]]])
    return str(found) if found else ""


def ties(message: dict[str, Any], own: Identifier) -> Iterator[Relation]:
    """Preprints, versions, parts, translations, replies."""
    for kind, target in _targets(message):
        if kind in _TIES and target != own:
            yield Relation(kind=_TIES[kind], target=target, source="publisher")


def identities(message: dict[str, Any], own: Identifier) -> Iterator[Claim]:
    """Other DOIs of the same work: aliases for sure, "identical" ones as candidates."""
    for alias in values.listed(message.get("aliases")):
        found = identifiers.doi(values.text(alias))
        if found and found != own:
            yield Claim(identifier=found, certainty=Certainty.CONFIRMED, rule="crossref-alias")
    for kind, target in _targets(message):
        if kind == "is-identical-to" and target != own:
            yield Claim(identifier=target, certainty=Certainty.CANDIDATE, rule="crossref-identical")


def _targets(message: dict[str, Any]) -> Iterator[tuple[str, Identifier]]:
    for kind, entries in values.mapping(message.get("relation")).items():
        for entry in values.listed(entries):
            fields = values.mapping(entry)
            if values.text(fields.get("id-type")).lower() == "doi":
                target = identifiers.doi(values.text(fields.get("id")))
                if target:
                    yield kind.lower(), target


def unique(relations: Iterator[Relation]) -> tuple[Relation, ...]:
    """Each tie once: the publisher and Retraction Watch are two who say so, hence two ties."""
    seen: dict[tuple[str, Identifier, str], Relation] = {}
    for relation in relations:
        seen.setdefault((relation.kind, relation.target, relation.source), relation)
    return tuple(seen.values())
