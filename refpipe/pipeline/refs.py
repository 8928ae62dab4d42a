"""Number the citations of articles and write their lists; leave alone what is in order.

An article that was woven against this very library, in this very style, by this very program
is known by its digest, and a run in which nothing changed imports neither the engine nor the
library.  Everything else is in ``weaving``.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from refpipe import __version__, files, styles
from refpipe.cache import Cache
from refpipe.config import Config
from refpipe.errors import ArticleError, RefpipeError

if TYPE_CHECKING:
    from refpipe.model import Finding, Work
    from refpipe.render import Style
    from refpipe.sources import Registries


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One article and what is to become of it."""

    file: files.File
    after: str
    """The text as it should stand; equal to the file's where nothing is to be done."""
    findings: tuple[Finding, ...] = ()
    works: tuple[Work, ...] = ()
    """The works in its list, in order; empty where the article was known to be in order."""
    state: str = ""
    """What to remember of it once it stands so."""
    cited: str = ""
    """What its list depends on: the keys, and a digest of the works they name."""
    is_left: bool = False
    """True where it was left as it is because too little could be looked up."""
    error: RefpipeError | None = None
    """Why nothing could be done with this one article; the others are done."""

    @property
    def is_changed(self) -> bool:
        """True when the file is to be written."""
        return self.error is None and self.after.encode("utf-8") != self.file.content


@dataclass(slots=True, kw_only=True)
class RefsRun:
    """What a run carries along: the settings, the cache, and whom to ask."""

    config: Config
    cache: Cache
    now: str
    """A UTC time in ISO 8601, written beside new facts."""
    today: datetime.date
    registries: Callable[[], Registries] | None = None
    """Gives the registries when something must be asked; None offline."""
    memory: Callable[[], Registries] | None = None
    """Gives the registries as they answer from memory, for a run that asks nobody."""
    unasked: str = ""
    """The option that keeps the run from asking anybody."""
    may_write: bool = True
    """False for a look: then no fact is stored either, and so nobody is asked."""
    _styles: dict[str, Style] = field(default_factory=dict)
    _digests: dict[str, str] = field(default_factory=dict)

    def style(self, name: str) -> Style:
        """The style of that name, read once a run."""
        if name not in self._styles:
            self._styles[name] = styles.load(name)
        return self._styles[name]

    def state(self, path: Path, content: bytes, library: str, style: str) -> str:
        """All that an article's woven text depends on, in a string to compare.

        ``library`` is its generation, ``style`` the name of the style that the article has.
        """
        if style not in self._digests:
            self._digests[style] = _digest(styles.text(style).encode("utf-8"))
        default = self.config.style_for(path)
        parts = (_digest(content), library, __version__, default, self._digests[style], style)
        return files.readable("|".join(parts))


def run(street: RefsRun, paths: Iterable[Path]) -> Iterator[Page]:
    """Each article as it should stand.  Nothing is written but new facts in the library.

    One key that cannot be resolved is a finding of its article, one article that cannot be
    read or has no style is a page with an error; neither costs the others anything.  Raises
    LibraryError where the library cannot be used.
    """
    library = generation(street.config.library)
    opened = [_open(path) for path in paths]
    due = [page for page in opened if not page.error and not _is_idle(street, page, library)]
    woven = {page.file.path: page for page in _weave(street, due, library)}
    for page in opened:
        yield woven.get(page.file.path, page)


def weave_text(street: RefsRun, file: files.File, text: str) -> Page:
    """The page that ``text``, meant to replace what ``file`` holds, comes to."""
    from refpipe.pipeline import weaving

    return next(weaving.weave(street, [(file, text)]))


def unweave(paths: Iterable[Path]) -> Iterator[Page]:
    """Each article as its author typed it."""
    from refpipe import articles

    for path in paths:
        page = _open(path)
        if page.error is None:
            article = articles.read(shown(path), page.after)
            page = Page(file=page.file, after=articles.unweave(article))
        yield page


def write(street: RefsRun, page: Page) -> None:
    """Write the article if its text differs, and remember that it is in order."""
    if page.is_changed:
        files.replace(page.file, page.after)
    if page.state and not page.findings and not page.error:
        works = [work.id for work in page.works]
        path = str(page.file.path.absolute())
        street.cache.remember_state(path, page.state, works, page.cited)


def generation(library: Path) -> str:
    """A string that changes whenever the library does; empty where there is none."""
    try:
        status = library.stat()
        with library.open("rb") as stream:
            header = stream.read(28)
    except OSError:
        return ""
    # Bytes 24 to 27 count the changes to a database file (https://www.sqlite.org/fileformat.html).
    return f"{status.st_size}.{status.st_mtime_ns}.{header[24:28].hex()}"


def shown(path: Path) -> str:
    """The path as findings print it: below the current folder where it is."""
    try:
        return files.readable(path.absolute().relative_to(Path.cwd()).as_posix())
    except ValueError:
        return files.readable(path)


def _open(path: Path) -> Page:
    """The article as it stands, or why it cannot be read."""
    file = files.File(path=path, content=b"")
    try:
        file = files.read(path)
        return Page(file=file, after=file.text)
    except ArticleError as error:
        return Page(file=file, after="", error=error)


def _weave(street: RefsRun, due: list[Page], library: str) -> Iterator[Page]:
    """The pages that are really due; a library that changed elsewhere makes none so."""
    if not due:
        return
    from refpipe.pipeline import weaving

    moved = [page for page in due if _is_idle(street, page, library, but_library=True)]
    still = weaving.untouched(street, moved)
    for page in moved:
        if page.file.path in still:
            path = str(page.file.path.absolute())
            street.cache.renew_state(path, _at(street.cache.state(path), library))
    texts = [(page.file, page.after) for page in due if page.file.path not in still]
    yield from weaving.weave(street, texts)


def _at(state: str, library: str) -> str:
    """The same state with another library."""
    digest, _, *rest = state.split("|", 5)
    return "|".join((digest, library, *rest))


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def are_idle(config: Config, cache: Cache, paths: Iterable[Path]) -> bool:
    """True when each article was woven against the library as it is; nothing is written."""
    street = RefsRun(config=config, cache=cache, now="", today=datetime.date.min)
    library = generation(config.library)
    return all(_is_idle(street, Page(file=files.read(path), after=""), library) for path in paths)


def _is_idle(street: RefsRun, page: Page, library: str, *, but_library: bool = False) -> bool:
    """True when the article was woven against this very library, text and style.

    ``but_library`` asks for the text and the style alone.
    """
    file = page.file
    remembered = street.cache.state(str(file.path.absolute()))
    if not remembered:
        return False
    style = remembered.split("|", 5)[5]
    if but_library:
        remembered = _at(remembered, library)
    try:
        return remembered == street.state(file.path, file.content, library, style)
    except RefpipeError:
        # Whatever is wrong with the style is said when it is needed.
        return False
