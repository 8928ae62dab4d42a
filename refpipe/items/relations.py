"""Ties between works, as Crossref states them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from refpipe import dates, identifiers
from refpipe.items import values
from refpipe.model import Certainty, Claim, Identifier, Relation, Scheme

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


def of_pubmed(
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
