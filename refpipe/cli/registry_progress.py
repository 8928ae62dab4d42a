"""Registries whose answers are counted before the eyes of whoever waits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from refpipe.cli import progress
from refpipe.model import Answer, Claim, Identifier, Item, Unresolved
from refpipe.sources import Registries


class Watched(Registries):
    """The registries, with a sign of life where they take more than a second."""

    def resolve(
        self,
        claims: Iterable[Claim],
        evidence: Mapping[Identifier, Item] | None = None,
        *,
        is_fresh: bool = False,
    ) -> Iterator[Answer | Unresolved]:
        """The same answers, as they arrive."""
        asked = list(claims)
        arriving = super().resolve(asked, evidence, is_fresh=is_fresh)
        yield from progress.shown(arriving, total=len(asked), what="asking the registries")
