"""Number the citations of articles and write their lists; leave alone what is in order.

An article that was woven against this very library, in this very style, by this very program
is known by its digest, and a run in which nothing changed imports neither the engine nor the
library.  Everything else is in ``weaving``.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path

from refpipe import files
from refpipe.cache import Cache
from refpipe.config import Config
from refpipe.errors import RefpipeError
from refpipe.pipeline.pages import Page, RefsRun, WovenState, generation, open_page, shown


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
    for page in opened:
        yield woven.get(page.file.path, page)


def weave_text(run: RefsRun, file: files.File, text: str) -> Page:
    """The page that ``text``, meant to replace what ``file`` holds, comes to."""
    from refpipe.pipeline import weaving

    return next(weaving.weave(run, [(file, text)]))


def unweave(paths: Iterable[Path]) -> Iterator[Page]:
    """Each article as its author typed it."""
    from refpipe import articles
    from refpipe.articles import linked_data

    for path in paths:
        page = open_page(path)
        if page.error is None:
            article = articles.read(shown(path), page.after)
            page = Page(
                file=page.file,
                after=linked_data.take_out(articles.unweave(article), article.format),
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
