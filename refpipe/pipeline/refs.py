"""Number the citations of articles and write their lists."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from refpipe import __version__, checks, files, formats, render, styles
from refpipe.cache import Cache
from refpipe.config import Config
from refpipe.errors import RefpipeError
from refpipe.library import Library
from refpipe.model import Article, Finding, Item, Rendering, Unresolved, Work
from refpipe.pipeline import asking, lookup
from refpipe.sources import Registries

RULES = ("CIT001", "CIT002", "CIT009")
"""The rules that speak up while weaving: what they find is printed as ``[?]`` or not at all."""


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

    @property
    def is_changed(self) -> bool:
        """True when the file is to be written."""
        return self.after.encode("utf-8") != self.file.content


@dataclass(slots=True, kw_only=True)
class Street:
    """What a run carries along: the settings, the cache, and whom to ask."""

    config: Config
    cache: Cache
    now: str
    """A UTC time in ISO 8601, written beside new facts."""
    today: datetime.date
    registries: Callable[[], Registries] | None = None
    """Gives the registries when something must be asked; None offline."""
    may_write: bool = True
    """False for a look: then no fact is stored either, and so nobody is asked."""
    _styles: dict[str, render.Style] = field(default_factory=dict)

    def style(self, path: Path, own: str = "") -> render.Style:
        """The style of the article at ``path``, read once a run."""
        name = self.config.style_for(path, own)
        if name not in self._styles:
            self._styles[name] = styles.load(name)
        return self._styles[name]


def run(street: Street, paths: Iterable[Path]) -> Iterator[Page]:
    """Each article as it should stand.  Nothing is written but new facts in the library.

    Raises ArticleError, LibraryError and UsageError; one key that cannot be resolved is a
    finding of its article and costs nothing else.
    """
    opened = [files.read(path) for path in paths]
    before = generation(street.config.library)
    idle = {file.path for file in opened if _is_in_order(street, file, before)}
    articles = [
        formats.read(shown(file.path), file.text) for file in opened if file.path not in idle
    ]
    pages = _weave_all(street, articles, [file for file in opened if file.path not in idle])
    for file in opened:
        yield Page(file=file, after=file.text) if file.path in idle else next(pages)


def weave_text(street: Street, file: files.File, text: str) -> Page:
    """The page that ``text``, meant to replace what ``file`` holds, comes to."""
    article = formats.read(shown(file.path), text)
    return next(_weave_all(street, [article], [file]))


def unweave(paths: Iterable[Path]) -> Iterator[Page]:
    """Each article as its author typed it."""
    for path in paths:
        file = files.read(path)
        yield Page(file=file, after=formats.unweave(formats.read(shown(path), file.text)))


def write(street: Street, page: Page) -> None:
    """Write the article if its text differs, and remember that it is in order."""
    if page.is_changed:
        files.replace(page.file, page.after)
    if page.state and not page.findings:
        street.cache.remember_state(str(page.file.path.absolute()), page.state, _ids(page.works))


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


def _ids(works: Iterable[Work]) -> list[str]:
    return [work.id for work in works]


def shown(path: Path) -> str:
    """The path as findings print it: below the current folder where it is."""
    try:
        return path.absolute().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


def _state(street: Street, file: Path, content: bytes, library: str, style: render.Style) -> str:
    digest = hashlib.blake2b(content, digest_size=16).hexdigest()
    default = street.config.style_for(file)
    return "|".join((digest, library, __version__, default, style.digest, style.name))


def _is_in_order(street: Street, file: files.File, generation_now: str) -> bool:
    """True when the article was woven against this very library, text and style."""
    remembered = street.cache.state(str(file.path.absolute()))
    if not remembered:
        return False
    name = remembered.split("|", 5)[5]
    try:
        style = street.style(file.path, name)
    except RefpipeError:
        return False
    return remembered == _state(street, file.path, file.content, generation_now, style)


def _weave_all(
    street: Street, articles: Sequence[Article], opened: Sequence[files.File]
) -> Iterator[Page]:
    found = _resolve(street, articles)
    after = generation(street.config.library)
    for article, file in zip(articles, opened, strict=True):
        yield _weave(street, article, file, found, after)


def _resolve(street: Street, articles: Sequence[Article]) -> lookup.Found:
    wanted = lookup.keys(articles)
    if not wanted:
        return lookup.Found()
    path = street.config.library
    works: dict[str, Work] = {}
    if path.exists():
        with Library.open(path, writable=False) as library:
            works = lookup.find(library, wanted)
    missing = [key for key in wanted if key not in works]
    unresolved = _ask(street, works, missing)
    return lookup.Found(
        works=works, unresolved={key: unresolved[key] for key in missing if key not in works}
    )


def _ask(street: Street, works: dict[str, Work], missing: Sequence[str]) -> dict[str, Unresolved]:
    """Key → why it has no work, after asking whoever may know; what came is put into ``works``."""
    askable = [key for key in missing if lookup.claim(key) is not None]
    if street.registries is None or not street.may_write or not askable:
        return {key: lookup.unknown(key) for key in missing}
    with (
        street.registries() as registries,
        Library.open(street.config.library, create=True) as library,
    ):
        asker = asking.Asker(library=library, registries=registries, now=street.now)
        unresolved = asker.keys(askable)
        works.update(lookup.find(library, missing))
    return {key: unresolved.get(key) or lookup.unknown(key) for key in missing}


def _weave(
    street: Street, article: Article, file: files.File, found: lookup.Found, after: str
) -> Page:
    style = street.style(file.path, article.settings.get("style", ""))
    own = {key: found.works[key] for key in lookup.keys([article]) if key in found.works}
    rendering = render.render(article, own, style, entry=_remembered(street, style))
    text = formats.weave(article, rendering)
    context = checks.Context(today=street.today, works=own, unresolved=found.unresolved)
    return Page(
        file=file,
        after=text,
        findings=checks.run(article, context, select=RULES),
        works=_listed(rendering, own),
        state=_state(street, file.path, text.encode("utf-8"), after, style),
    )


def _listed(rendering: Rendering, works: Mapping[str, Work]) -> tuple[Work, ...]:
    by_id = {work.id: work for work in works.values()}
    return tuple(by_id[entry.work_id] for entry in rendering.entries)


def _remembered(street: Street, style: render.Style) -> Callable[[Item], render.EntryResult]:
    def entry(item: Item) -> render.EntryResult:
        key = render.entry_key(item, style)
        content = street.cache.entry(key)
        if content is not None:
            return render.EntryResult(content=content, warnings=())
        result = render.entry(item, style)
        if not result.warnings:
            street.cache.remember_entry(key, result.content)
        return result

    return entry
