"""Whom the commands ask, and how they say so."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from refpipe.cli import console
from refpipe.config import Config

if TYPE_CHECKING:
    from refpipe.sources import Registries

_MEMORY = "http.sqlite"
"""The file in the cache's folder that holds what registries answered."""


def remembers(config: Config) -> bool:
    """Whether any registry's answer may be remembered from earlier runs."""
    try:
        return (config.cache / _MEMORY).is_file()
    except OSError:
        return False


def registries(config: Config, *, is_offline: bool = False) -> Callable[[], Registries]:
    """Gives the registries when something must be asked; the first call says what is missing.

    ``is_offline`` lets them answer from memory only.
    """

    def ask() -> Registries:
        from dataclasses import replace

        from refpipe.cli.registry_progress import Watched
        from refpipe.sources import Settings

        settings = Settings.from_environment(
            os.environ, mailto=config.mailto, cache=config.cache / _MEMORY
        )
        if is_offline:
            return Watched(replace(settings, is_offline=True))
        if not settings.mailto:
            console.say(
                "note: no mailto is set, so the registries answer at their slowest pace;"
                " set REFPIPE_MAILTO to your own e-mail address"
            )
        return Watched(settings)

    return ask
