"""Whom the commands ask, and how they say so."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from refpipe.cli import progress, talk
from refpipe.config import Config
from refpipe.model import Answer, Claim, Identifier, Item, Unresolved
from refpipe.sources import Registries, Settings


def registries(config: Config, *, is_offline: bool = False) -> Callable[[], Registries]:
    """Gives the registries when something must be asked; the first call says what is missing.

    ``is_offline`` lets them answer from memory only.
    """

    def ask() -> Registries:
        settings = Settings.from_environment(
            os.environ, mailto=config.mailto, cache=config.cache / "http.sqlite"
        )
        if is_offline:
            return _Watched(replace(settings, is_offline=True))
        if not settings.mailto:
            talk.say(
                "note: no mailto is set, so the registries answer at their slowest pace;"
                " set REFPIPE_MAILTO to your own e-mail address"
            )
        return _Watched(settings)

    return ask


class _Watched(Registries):
    """Registries whose answers are counted before the eyes of whoever waits."""

    def resolve(
        self,
        claims: Iterable[Claim],
        evidence: Mapping[Identifier, Item] | None = None,
        *,
        is_fresh: bool = False,
    ) -> Iterator[Answer | Unresolved]:
        """The same, with a sign of life where it takes more than a second."""
        asked = list(claims)
        arriving = super().resolve(asked, evidence, is_fresh=is_fresh)
        yield from progress.shown(arriving, total=len(asked), what="asking the registries")
