"""The references of a hand-made list, read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from refpipe.checks.context import Context, Reference
from refpipe.model import Certainty, Item, Reading, Scheme, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One reference of the list with what it says."""

    label: str
    span: Span
    text: str
    reading: Reading

    @property
    def item(self) -> Item:
        """The reference as an item."""
        return self.reading.item

    def doi(self, certainty: Certainty) -> str:
        """The DOI it has with this certainty; empty for none."""
        for claim in self.reading.claims:
            if claim.identifier.scheme is Scheme.DOI and claim.certainty is certainty:
                return claim.identifier.value
        return ""


def listed(context: Context) -> Iterator[Listed]:
    """Every reference of the list that nobody manages; nothing where there is none."""
    if context.legacy is not None:
        for reference in context.legacy.references:
            yield _listed(reference)


def _listed(reference: Reference) -> Listed:
    return Listed(
        label=reference.label,
        span=reference.span,
        text=reference.text,
        reading=_reading(reference.text),
    )


def _reading(text: str) -> Reading:
    """What a printed reference says; several rules ask for the same one."""
    # The reader of references is large; most articles have no hand-made list to read.
    from refpipe.items import printed

    return printed.remembered(text).reading


def has_only_surnames(item: Item) -> bool:
    """Whether no author of a work has more than a family name; groups are no such authors."""
    people = [name for name in item.get("author", ()) if "literal" not in name]
    return bool(people) and all(
        name.get("family", "").isascii() and not name.get("given") for name in people
    )
