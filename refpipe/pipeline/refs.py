"""Number the citations of articles and write their lists; leave alone what is in order.

An article that was woven against this very library, in this very style, by this very program
is known by its digest, and a run in which nothing changed imports neither the engine nor the
library.  Everything else is in ``weaving``.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from refpipe import files
from refpipe.cache import Cache
from refpipe.config import SUFFIXES, Config
from refpipe.errors import ArticleError, RefpipeError, UsageError
from refpipe.pipeline.pages import (
    Page,
    RefsRun,
    WovenState,
    articles_of,
    digest,
    generation,
    open_page,
    shown,
)

if TYPE_CHECKING:
    import threading


def weave_all(run: RefsRun, paths: Iterable[Path]) -> Iterator[Page]:
    """Each article as it should stand.  Nothing is written but new facts in the library.

    One key that cannot be resolved is a finding of its article, one article that cannot be
    read or has no style is a page with an error; neither costs the others anything.  Raises
    LibraryError where the library cannot be used.
    """
    library = generation(run.config.library)
    opened = [open_page(path) for path in paths]
    due = [page for page in opened if not page.error and not _is_idle(run, page, library)]
    woven = {page.file.path: page for page in _weave(run, due, library)}
    known = run.cache.unconfirmed() if len(woven) < len(opened) else {}
    for page in opened:
        if (done := woven.get(page.file.path)) is None:
            done = replace(page, unconfirmed=tuple(known.get(str(page.file.path.absolute()), ())))
        yield done


def weave_text(run: RefsRun, file: files.File, text: str) -> Page:
    """The page that ``text``, meant to replace what ``file`` holds, comes to."""
    from refpipe.pipeline import weaving

    return next(weaving.weave(run, [(file, text)]))


def unweave(paths: Iterable[Path]) -> Iterator[Page]:
    """Each article as its author typed it."""
    from refpipe import articles
    from refpipe.articles import weaving

    for path in paths:
        page = open_page(path)
        if page.error is None:
            article = articles.read(shown(path), page.after)
            page = Page(
                file=page.file,
                after=weaving.take_out_linked_data(articles.unweave(article), article.format),
            )
        yield page


def _weave(run: RefsRun, due: list[Page], library: str) -> Iterator[Page]:
    """The pages that are really due; a library that changed elsewhere makes none so."""
    if not due:
        return
    from refpipe.pipeline import weaving

    moved = [page for page in due if _is_idle(run, page, library, but_library=True)]
    still = weaving.untouched(run, moved)
    for page in moved:
        if page.file.path in still:
            path = str(page.file.path.absolute())
            _renew(run, path, library)
    texts = [(page.file, page.after) for page in due if page.file.path not in still]
    yield from weaving.weave(run, texts)


UNCONFIRMED = (
    "note: {} not confirmed by any registry yet; refpipe check names them, refpipe confirm asks"
)
"""What is said where works of the articles were only read from print."""


def unconfirmed(cache: Cache, paths: Iterable[Path]) -> set[str]:
    """The works of articles in order that no registry had confirmed when they were woven."""
    known = cache.unconfirmed()
    return {work for path in paths for work in known.get(str(path.absolute()), ())}


def are_idle(config: Config, cache: Cache, paths: Iterable[Path]) -> bool:
    """True when each article was woven against the library as it is; nothing is written."""
    run = RefsRun(config=config, cache=cache, now="", today=datetime.date.min)
    library = generation(config.library)
    return all(_is_idle(run, Page(file=files.read(path), after=""), library) for path in paths)


def _is_idle(run: RefsRun, page: Page, library: str, *, but_library: bool = False) -> bool:
    """True when the article was woven against this very library, text and style.

    ``but_library`` asks for the text and the style alone.
    """
    file = page.file
    remembered = WovenState.parse(run.cache.state(str(file.path.absolute())))
    if remembered is None:
        return False
    if but_library:
        remembered = remembered.against(library)
    try:
        state = run.state(file.path, file.content, library, remembered.style)
    except RefpipeError:
        # Whatever is wrong with the style is reported when it is needed.
        return False
    return str(remembered) == str(state)


def _renew(run: RefsRun, path: str, library: str) -> None:
    """Remember that an article is in order with this generation of the library too."""
    state = WovenState.parse(run.cache.state(path))
    if state is not None:
        run.cache.renew_state(path, str(state.against(library)))


# ── Which articles were saved, told as it happens ───────────────────────────────────────────────
# A save counts by what the file holds then: refpipe's own writes, which leave what it knows
# already, wake nobody, and an editor that saves by renaming is an editor like any other.


_REST = 50
"""Milliseconds without a further event after which a save is held to be whole."""
_LONGEST = 500
"""Milliseconds of events without a rest after which the articles are looked at all the same."""
_TURN = 500
"""Milliseconds between two looks at whether to stop."""


class Watch:
    """The articles of some paths, and what each held when it was last done."""

    def __init__(self, config: Config, named: Sequence[Path]) -> None:
        self._config = config
        self._named = tuple(path.absolute() for path in named)
        self._digests: dict[Path, str] = {}
        self._library = _digest_of(config.library)

    def settled(self, done: Iterable[tuple[Path, bytes]]) -> None:
        """Remember what each article held when it was done."""
        for path, content in done:
            self._digests[path.absolute()] = digest(content)

    def library_is_ours(self) -> None:
        """Remember the library as it is: what changed in it was our own doing."""
        self._library = _digest_of(self._config.library)

    def saves(self, *, stop: threading.Event | None = None) -> Iterator[tuple[Path, ...]]:
        """The articles that were saved since, batch by batch, until Ctrl-C or ``stop``.

        A change of the library makes every article due.  Raises UsageError where the package
        that watches is not installed.
        """
        watched = watcher()
        folders = {path if path.is_dir() else path.parent for path in self._named}
        folders.add(self._config.library.parent.absolute())
        events = watched(
            *sorted(folder for folder in folders if folder.is_dir()),
            watch_filter=lambda _, path: self._concerns(Path(path)),
            debounce=_LONGEST,
            step=_REST,
            stop_event=stop,
            raise_interrupt=False,
            rust_timeout=_TURN,
            yield_on_timeout=True,
        )
        is_first = True
        for changes in events:
            # What was saved between the first run and the first event is found by looking.
            paths = set(self._articles()) if is_first else {Path(path) for _, path in changes}
            is_first = False
            if due := self._due(paths):
                yield due

    def _due(self, paths: Iterable[Path]) -> tuple[Path, ...]:
        library = _digest_of(self._config.library)
        if library != self._library:
            self._library = library
            return tuple(self._articles())
        return tuple(sorted(path for path in paths if self._is_due(path)))

    def _concerns(self, path: Path) -> bool:
        """Whether an event at that path may be a save of an article, or of the library."""
        if path == self._config.library.absolute():
            return True
        if not path.name.lower().endswith(SUFFIXES) or path.name.startswith("."):
            return False
        named = next((one for one in self._named if path == one or path.is_relative_to(one)), None)
        if named is None:
            return False
        inside = path.relative_to(named).parts
        excluded = [one.absolute() for one in self._config.exclude]
        is_hidden = any(part.startswith(".") for part in inside)
        return not is_hidden and not any(path.is_relative_to(one) for one in excluded)

    def _is_due(self, path: Path) -> bool:
        path = path.absolute()
        return (
            path != self._config.library.absolute()
            and path.is_file()
            and _digest_of(path) != self._digests.get(path)
        )

    def _articles(self) -> Iterator[Path]:
        yield from articles_of(self._config, self._named)


def watcher() -> Any:
    """What watches folders; raises UsageError where its package is not installed."""
    try:
        import watchfiles
    except ModuleNotFoundError as error:
        raise UsageError(
            "--watch needs watchfiles, which is not installed",
            hint="pip install 'refpipe[watch]'",
        ) from error
    import logging

    # A library's log is no place for what a writer should know.
    logging.getLogger("watchfiles").addHandler(logging.NullHandler())
    return watchfiles.watch


def _digest_of(path: Path) -> str:
    """A digest of what the file holds; empty where it cannot be read."""
    try:
        return digest(files.read(path).content)
    except ArticleError:
        return ""
