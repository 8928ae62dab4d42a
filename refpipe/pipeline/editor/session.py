"""A project held open for an editor, and the texts that are looked at in it."""

from __future__ import annotations

import datetime
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from refpipe import articles, render, styles
from refpipe.config import Config
from refpipe.errors import LibraryError, UsageError
from refpipe.files import File
from refpipe.library import Library
from refpipe.model import Article, Finding, Inline, Item, Rendering, Work
from refpipe.pipeline import check, lookup, pages
from refpipe.render import EntryResult, Style

_REMEMBERED = 16
"""How many texts are remembered with what was found in them."""
_ENTRIES = 2000
"""How many finished entries are remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One text and what it cites."""

    path: Path
    article: Article
    works: Mapping[str, Work]
    """Key as typed → work, for the keys that the library knows."""
    rendering: Rendering
    """Its numbers and citations; the entries have no content."""

    @property
    def numbers(self) -> dict[str, int]:
        """Work's id → its number in the list."""
        return {entry.work_id: entry.number for entry in self.rendering.entries}

    @property
    def listed(self) -> dict[int, Work]:
        """Number → work."""
        by_id = {work.id: work for work in self.works.values()}
        return {entry.number: by_id[entry.work_id] for entry in self.rendering.entries}


class Session:
    """The settings and the library of one project, open for reading."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self._library: Library | None = None
        self._generation = ""
        self._views: OrderedDict[tuple[Path, str, str], View] = OrderedDict()
        self._entries: OrderedDict[str, Inline] = OrderedDict()
        self._styles: dict[str, Style] = {}

    def close(self) -> None:
        """Let the library go."""
        if self._library is not None:
            self._library.close()
            self._library = None
        self._generation = ""

    @property
    def library(self) -> Library | None:
        """The library as it stands on disk now; None where there is none or it cannot be read."""
        generation = pages.generation(self.config.library)
        if generation != self._generation:
            self.close()
            self._generation = generation
            if generation:
                try:
                    self._library = Library.open(self.config.library, writable=False)
                except LibraryError:
                    self._library = None
        return self._library

    def view(self, path: Path, text: str) -> View:
        """The text and what it cites, remembered until it or the library changes."""
        library = self.library
        key = (path, text, self._generation)
        found = self._views.get(key)
        if found is None:
            found = self._views[key] = self._look(path, text, library)
            while len(self._views) > _REMEMBERED:
                self._views.popitem(last=False)
        self._views.move_to_end(key)
        return found

    def _look(self, path: Path, text: str, library: Library | None) -> View:
        article = articles.read(pages.shown(path), text)
        wanted = lookup.keys([article])
        works = lookup.find(library, wanted) if library is not None and wanted else {}
        rendering = render.render(article, works, self.style(path, article), entry=_no_entry)
        return View(path=path, article=article, works=works, rendering=rendering)

    def style(self, path: Path, article: Article | None = None) -> Style:
        """The style of the article; IEEE where the one that is set cannot be had."""
        own = article.settings.get("style", "") if article is not None else ""
        name = self.config.style_for(path, own)
        if name not in self._styles:
            try:
                self._styles[name] = styles.load(name)
            except UsageError:
                self._styles[name] = styles.load("ieee")
        return self._styles[name]

    def entry(self, item: Item, style: Style) -> Inline:
        """The entry of an item, rendered once."""
        key = render.entry_key(item, style)
        content = self._entries.get(key)
        if content is None:
            content = self._entries[key] = render.entry(item, style).content
            while len(self._entries) > _ENTRIES:
                self._entries.popitem(last=False)
        return content


def findings(config: Config, path: Path, text: str, *, today: datetime.date) -> tuple[Finding, ...]:
    """What the checker says of a text that may not be on disk yet; nobody is asked.

    Raises LibraryError or UsageError where it cannot be checked.
    """
    order = check.Order(
        config=config, today=today, select=config.select, ignore=config.ignore, is_fixing=True
    )
    file = File(path=path, content=text.encode("utf-8", "surrogatepass"))
    return tuple(found for checked in check.check(order, [file]) for found in checked.findings)


def _no_entry(item: Item) -> EntryResult:  # noqa: ARG001
    """No content: only the numbers are wanted."""
    return EntryResult(content=())
