"""Ties between works, as Crossref states them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from refpipe import dates, identifiers
from refpipe.items import values
from refpipe.model import Certainty, Claim, Identifier, Relation

_UPDATES = {
    "retraction": "retraction",
    "withdrawal": "retraction",
    "removal": "retraction",
    "partial_retraction": "correction",
    "expression_of_concern": "expression-of-concern",
    "correction": "correction",
    "corrigendum": "correction",
    "erratum": "correction",
    "addendum": "correction",
    "clarification": "correction",
    "new_version": "new-version",
    "new_edition": "next-edition",
}
"""Crossref's kinds of updates
(https://www.crossref.org/documentation/crossmark/version-control-corrections-and-retractions/)."""

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
            # PLOS names an article as the new version of itself.
            if kind and target and target != own:
                yield Relation(
                    kind=kind + ending,
                    target=target,
                    date=_day(fields.get("updated")),
                    source=values.text(fields.get("source")) or "publisher",
                )


def _day(value: object) -> str:
    found = dates.from_parts(values.mapping(value).get("date-parts"))
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
