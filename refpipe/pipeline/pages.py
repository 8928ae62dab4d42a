"""The articles of one run: as they stand, as they should stand, and what is remembered."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from refpipe import __version__, files, styles
from refpipe.cache import Cache
from refpipe.config import SUFFIXES, Config
from refpipe.errors import ArticleError, RefpipeError

if TYPE_CHECKING:
    from refpipe.model import Finding, Item, Work
    from refpipe.render import EntryResult, Style
    from refpipe.sources import Registries


@dataclass(frozen=True, slots=True, kw_only=True)
class WovenState:
    """All that an article's woven text depends on; an article in the same state is in order.

    >>> state = WovenState.parse("text|library|0.1|ieee|csl||a style | with a bar")
    >>> state.style, str(state.against("newer"))
    ('a style | with a bar', 'text|newer|0.1|ieee|csl||a style | with a bar')
    """

    content: str
    """A digest of its text."""
    library: str
    """The generation of the library that it was woven against."""
    version: str
    """The version of refpipe."""
    default: str
    """The name of the style that the configuration gives it."""
    rules: str
    """A digest of the style that it has."""
    linked: str
    """Its markup, and ``json-ld`` where it keeps a block of JSON-LD."""
    style: str
    """The name of the style that it has."""

    def __str__(self) -> str:
        """One line, as the cache keeps it."""
        parts = dataclasses.astuple(self)
        return files.readable("|".join(parts))

    @classmethod
    def parse(cls, text: str) -> WovenState | None:
        """The state that ``str()`` wrote; None for anything else."""
        parts = text.split("|", len(dataclasses.fields(cls)) - 1)
        names = [one.name for one in dataclasses.fields(cls)]
        return cls(**dict(zip(names, parts, strict=True))) if len(parts) == len(names) else None

    def against(self, library: str) -> WovenState:
        """The same state with another generation of the library."""
        return dataclasses.replace(self, library=library)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One article and what is to become of it."""

    file: files.File
    after: str
    """The text as it should stand; equal to the file's where nothing is to be done."""
    findings: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()
    """What is worth knowing of its works and asks for nothing: a correction, a newer version."""
    works: tuple[Work, ...] = ()
    """The works in its list, in order; empty where the article was known to be in order."""
    unconfirmed: tuple[str, ...] = ()
    """Those of the works, by their ids, that no registry has confirmed."""
    state: WovenState | None = None
    """What to remember of it once it stands so; None where it is not to be remembered."""
    cited: str = ""
    """What its list depends on: the keys, and a digest of the works they name."""
    is_left: bool = False
    """True where it was left unchanged because too little could be looked up."""
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
    entries: dict[tuple[int, str], tuple[Item, EntryResult]] = field(default_factory=dict)
    """The entries printed in this run, by item and style: a site cites a work in many articles."""
    placeless: list[str] = field(default_factory=list)
    """The articles, as shown, that have no place for the block of JSON-LD they are to keep."""
    _styles: dict[str, Style] = field(default_factory=dict)
    _digests: dict[str, str] = field(default_factory=dict)

    def style(self, name: str) -> Style:
        """The style of that name, read once a run."""
        if name not in self._styles:
            self._styles[name] = styles.load(name)
        return self._styles[name]

    def remarks(self) -> list[str]:
        """What the styles of this run ask for and do not get, and which article got no JSON-LD."""
        told = [remark for style in self._styles.values() for remark in style.remarks]
        return told + [
            f"{one} has no place for JSON-LD: Markdown keeps it in its front matter (between two"
            " lines of --- at its head), HTML before </head> or behind its list"
            for one in self.placeless
        ]

    def state(self, path: Path, content: bytes, library: str, style: str) -> WovenState:
        """The state of an article with this content and the style of that name.

        ``library`` is the generation of the library.
        """
        if style not in self._digests:
            self._digests[style] = digest(styles.text(style).encode("utf-8"))
        return WovenState(
            content=digest(content),
            library=library,
            version=__version__,
            default=self.config.style_for(path),
            rules=self._digests[style],
            linked=f"{self.config.markup}{' json-ld' if self.config.has_json_ld else ''}",
            style=style,
        )


def digest(content: bytes) -> str:
    """What tells one content from another, in 32 letters."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def articles_of(
    config: Config, named: Sequence[Path] = (), *, unreadable: list[ArticleError] | None = None
) -> list[Path]:
    """The articles of the project, or those of the paths named, that are there.

    What cannot be read is added to ``unreadable``, or passed over where nobody asks.
    """
    there = [path for path in named or config.articles if path.exists()]
    broken = unreadable if unreadable is not None else []
    found = files.find(there, SUFFIXES, config.exclude, unreadable=broken, within=config.bounds)
    return list(found)


def open_page(path: Path) -> Page:
    """The article as it stands, or why it cannot be read."""
    file = files.File(path=path, content=b"")
    try:
        file = files.read(path)
        return Page(file=file, after=file.text)
    except ArticleError as error:
        return Page(file=file, after="", error=error)


def write(run: RefsRun, page: Page) -> None:
    """Write the article if its text differs, and remember that it is in order."""
    if page.is_changed:
        files.replace(page.file, page.after)
    if (page.state is not None or page.works) and not page.findings and not page.error:
        works = [work.id for work in page.works]
        path = str(page.file.path.absolute())
        state = str(page.state or "")  # An empty one is that of no page: it is looked at again.
        run.cache.remember_state(path, state, works, page.cited, unconfirmed=page.unconfirmed)


def generation(library: Path) -> str:
    """A string that changes whenever the library or the data on retractions do.

    Empty where there is no library.
    """
    from refpipe.retractions import index_path, stamp

    try:
        status = library.stat()
        if not stat.S_ISREG(status.st_mode):
            return ""  # To open a pipe would wait without end.
        with library.open("rb") as stream:
            header = stream.read(28)
    except OSError:
        return ""
    # Bytes 24 to 27 count the changes to a database file (https://www.sqlite.org/fileformat.html).
    own = f"{status.st_size}.{status.st_mtime_ns}.{header[24:28].hex()}"
    return f"{own}+{stamp(index_path())}"


def shown(path: Path) -> str:
    """The path as findings print it: below the current folder where it is."""
    if not path.anchor:
        return files.readable(path.as_posix())
    try:
        return files.readable(path.absolute().relative_to(Path.cwd()).as_posix())
    except ValueError:
        return files.readable(path)
