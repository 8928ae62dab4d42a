"""Whom the commands ask, registries and web pages, and how they say so."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from refpipe.cli import console
from refpipe.config import Config
from refpipe.errors import ArticleError

if TYPE_CHECKING:
    from refpipe.model import Answer, Claim, Identifier, Item, Unresolved
    from refpipe.pipeline.site.published import Published
    from refpipe.sources import Registries, Settings


# ── Whom the commands ask, and how they say so ──────────────────────────────────────────────────


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

        from refpipe.sources import Settings

        settings = Settings.from_environment(
            os.environ, mailto=config.mailto, cache=config.cache / _MEMORY
        )
        if is_offline:
            return _watched(replace(settings, is_offline=True))
        if not settings.mailto:
            console.say(
                "note: no mailto is set, so the registries answer at their slowest pace;"
                " set REFPIPE_MAILTO to your own e-mail address"
            )
        return _watched(settings)

    return ask


def _watched(settings: Settings) -> Registries:
    """Registries whose answers are counted before the eyes of whoever waits."""
    from refpipe.sources import Registries

    class Watched(Registries):
        def resolve(
            self,
            claims: Iterable[Claim],
            evidence: Mapping[Identifier, Item] | None = None,
            *,
            is_fresh: bool = False,
        ) -> Iterator[Answer | Unresolved]:
            asked = list(claims)
            arriving = super().resolve(asked, evidence, is_fresh=is_fresh)
            yield from console.shown_progress(
                arriving, total=len(asked), what="asking the registries"
            )

    return Watched(settings)


# ── Pages given by their address: fetched before a command goes on with them as with files ──────


@dataclass(slots=True, kw_only=True)
class Pages:
    """The pages that were had, and what went wrong with the others."""

    found: list[Published] = field(default_factory=list)
    failed: list[ArticleError] = field(default_factory=list)

    @property
    def files(self) -> list[Path]:
        """The articles of the pages, for the checker."""
        return [page.file for page in self.found if page.file is not None]


def fetch_pages(
    config: Config, urls: Sequence[str], sitemaps: Sequence[str], *, is_fresh: bool
) -> Pages:
    """Every page named or listed, one a second and host, with a sign of life."""
    from refpipe.cli import console
    from refpipe.http import Failure, Http
    from refpipe.pipeline.site import published
    from refpipe.sources import Settings
    from refpipe.sources.web_page import Crawl

    settings = Settings.from_environment(
        os.environ, mailto=config.mailto, cache=config.cache / "http.sqlite"
    )
    pages = Pages()
    with Http(settings) as http:
        crawl = Crawl(http)
        named = list(published.addresses(crawl, urls, sitemaps))
        folder, now = config.cache / "web", console.now()
        asked = [one for one in named if not isinstance(one, Failure)]
        pages.failed += [_error(one.url, str(one)) for one in named if isinstance(one, Failure)]
        got = (published.fetch(crawl, url, folder, now=now, is_fresh=is_fresh) for url in asked)
        for page in console.shown_progress(got, total=len(asked), what="fetching the pages"):
            if page.file is None:
                pages.failed.append(_error(page.url, page.failure))
            else:
                pages.found.append(page)
    return pages


def tell_unseen(pages: Iterable[Published]) -> None:
    """Say for each page what could not be seen of it."""
    for page in pages:
        for line in page.unseen:
            console.say(f"note: {page.url}: {line}")


def _error(url: str, reason: str) -> ArticleError:
    return ArticleError(
        f"{url}: could not be checked: {reason}",
        hint="Run again later; what was fetched is kept.",
    )
