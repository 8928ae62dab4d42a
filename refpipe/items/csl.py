"""CSL-JSON from DataCite and other agencies, by content negotiation."""

from __future__ import annotations

from typing import Any

from refpipe import identifiers, markup
from refpipe.items import crossref, damaged_titles, people, values
from refpipe.model import Certainty, Claim, Identifier, Item, Reading, Record, Repair, Scheme

TEXTS = frozenset(
    """
    title-short container-title container-title-short collection-title publisher publisher-place
    original-title original-publisher volume-title part-title event-title event-place event genre
    medium section edition version archive archive-place archive_location authority call-number
    dimensions division jurisdiction keyword note references reviewed-title reviewed-genre scale
    source status year-suffix citation-label abstract
    """.split()  # noqa: SIM905
) - {"abstract", "note", "keyword"}  # fmt: skip
"""Text variables that an entry can print."""

NUMBERS = frozenset(
    """
    volume issue number number-of-pages number-of-volumes collection-number chapter-number
    part-number supplement-number printing-number
    """.split()  # noqa: SIM905
)
NAMES = frozenset(
    """
    author editor translator chair collection-editor compiler composer container-author
    contributor curator director editorial-director editor-translator executive-producer guest
    host illustrator interviewer narrator organizer original-author performer producer recipient
    reviewed-author script-writer series-creator
    """.split()  # noqa: SIM905
)
DATES = frozenset(
    """
    issued accessed available-date event-date original-date submitted
    """.split()  # noqa: SIM905
)
"""CSL 1.0.2's variables by kind
(https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables)."""


def read(record: Record) -> Reading:
    """The item of an agency's CSL-JSON; Crossref's own is read as its records are."""
    message = values.payload(record.payload)
    if values.text(message.get("source")) == "Crossref" or "member" in message:
        return crossref.reading(message, record.identifier)
    repairs: list[Repair] = []
    item = described(message, repairs)
    kind = values.text(message.get("type"))
    item["type"] = values.type_of(kind, has_journal="container-title" in item)
    doi = identifiers.doi(values.text(message.get("DOI")) or values.text(message.get("id")))
    return Reading(
        item=item, claims=_claims(record.identifier, doi), repairs=tuple(dict.fromkeys(repairs))
    )


def _claims(asked: Identifier, doi: Identifier | None) -> tuple[Claim, ...]:
    found = dict.fromkeys(filter(None, (doi, asked)))
    return tuple(Claim(identifier=one, certainty=Certainty.CONFIRMED) for one in found)


def described(message: dict[str, Any], repairs: list[Repair] | None) -> Item:
    """The variables of CSL that are of the right kind; titles and names mended if asked.

    ``repairs`` is None for what a person wrote, which stays as it is.
    """
    item: Item = {}
    mended = [] if repairs is None else repairs
    if title := _title(message, repairs):
        item["title"] = title
    for variable in sorted(message.keys() & (TEXTS | NUMBERS | NAMES | DATES)):
        value = _value(variable, message[variable], mended, is_typed=repairs is None)
        if value:
            item[variable] = value
    if page := crossref.pages(message.get("page")):
        item["page"] = page
    return item | _identifiers(message)


def _title(message: dict[str, Any], repairs: list[Repair] | None) -> str:
    if repairs is None:
        return values.clean(message.get("title"))
    return damaged_titles.title(message.get("title"), message.get("subtitle"), repairs=repairs)


def _value(variable: str, value: object, repairs: list[Repair], *, is_typed: bool) -> Any:
    if variable in DATES:
        return values.date(value)
    if variable in NAMES:
        return _typed_names(value) if is_typed else people.names(value, variable, repairs)
    return values.number(value) if variable in NUMBERS else values.clean(value)


_NAME_PARTS = ("family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle")


def _typed_names(value: object) -> list[dict[str, str]]:
    """Names as a person wrote them, without what is no part of a name."""
    found = []
    for person in people.described(value):
        parts = {part: values.bare(person.get(part)) for part in _NAME_PARTS}
        if name := {part: text for part, text in parts.items() if text}:
            found.append(name)
    return found


def _identifiers(message: dict[str, Any]) -> Item:
    """The identifiers among the variables, in their normal forms."""
    item: Item = {}
    for scheme, variable in (
        (Scheme.DOI, "DOI"),
        (Scheme.PMID, "PMID"),
        (Scheme.PMCID, "PMCID"),
        (Scheme.ISBN, "ISBN"),
        (Scheme.URL, "URL"),
    ):
        reader = getattr(identifiers, scheme.value)
        found = reader(values.first(message.get(variable)))
        if found:
            item[variable] = found.value
    if issn := " ".join(dict.fromkeys(values.texts(message.get("ISSN")))):
        item["ISSN"] = issn
    if "DOI" in item:
        # The address of a DOI is made from it; what agencies send changes with the years.
        item.pop("URL", None)
    if language := markup.plain(markup.read(values.first(message.get("language")))):
        item["language"] = language
    return item
