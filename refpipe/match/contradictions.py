"""What speaks against two records being one work; asked before any likeness counts."""

from __future__ import annotations

from collections.abc import Mapping

from refpipe.match.comparison import Agreement, Level

OF_FIELD = {
    "identifier": "other-identifier",
    "doi": "other-doi",
    "pages": "other-pages",
    "volume": "other-volume",
    "issue": "other-issue",
    "container": "other-container",
    "authors": "other-authors",
    "title": "other-title",
    "year": "other-year",
}
"""Field → the name of the contradiction where both sides have it and differ."""

OF_TITLE = {"other numbers": "other-numbers", "other word": "other-word"}
"""How titles are alike → the contradiction that lies in the rest."""


def find(fields: Mapping[str, Agreement], relation: str, *, is_other_kind: bool) -> tuple[str, ...]:
    """The names of all contradictions, strongest first."""
    found = [name for field, name in OF_FIELD.items() if fields[field].level is Level.DIFFER]
    if relation:
        found.insert(0, "relation")
    if is_other_kind:
        found.append("other-kind")
    if name := OF_TITLE.get(fields["title"].how):
        found.append(name)
    return tuple(found)
