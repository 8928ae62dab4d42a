"""What the authors set: ``refpipe.toml``, or ``[tool.refpipe]`` in the ``pyproject.toml``.

The nearest one in or above the folder of the articles holds; in one folder ``refpipe.toml``
goes first.  ``refpipe init`` writes it.

::

    library = "library.db"        # where the works are kept
    articles = ["articles"]       # files and folders that `refpipe refs` looks after
    exclude = ["articles/drafts"] # files and folders inside them that are passed over
    style = "ieee"                # a style's name, or a path to a .csl file
    lang = "ja"                   # the language of findings; the locale's when absent
    mailto = "..."                # your address, for the registries' polite pools
    select = ["DATE", "CIT"]      # rules by code or family
    ignore = ["PAGE001"]
    json-ld = true                # keep a block of JSON-LD with dates and sources
    markup = "plain"              # no HTML in Markdown, for generators that drop it

    [styles]                      # a style for a folder; [tool.refpipe.styles] in pyproject.toml
    "articles/ja" = "sist02"

    [wordpress]                   # [tool.refpipe.wordpress] in pyproject.toml
    site = "https://…"            # the site, and the name of the user there
    user = "…"
    folder = "wordpress"          # where its posts are pulled to
    types = "posts,pages"
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from refpipe.errors import UsageError

FILE = "refpipe.toml"
"""The name of the file that holds nothing but refpipe's settings."""

SUFFIXES = (".md", ".mdx", ".markdown", ".html", ".htm", ".txt")
"""The endings of the files that are taken for articles inside a folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of one project; every path is absolute."""

    root: Path
    library: Path
    articles: tuple[Path, ...]
    style: str = "ieee"
    styles: Mapping[Path, str] = field(default_factory=dict)
    lang: str = ""
    mailto: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[Path, ...] = ()
    wordpress: Mapping[str, str] = field(default_factory=dict)
    """The site, the user, the folder and the types of posts of ``refpipe wordpress``."""
    has_json_ld: bool = False
    """Whether woven articles keep a block of JSON-LD with their dates and sources."""
    markup: str = "html"
    """What is woven into Markdown: ``html``, or ``plain`` for generators that drop HTML."""
    file: Path | None = None
    """The file that the settings stand in; None where the defaults hold."""

    @property
    def is_project(self) -> bool:
        """Whether somebody set anything up here: a file of settings, or a library."""
        return self.file is not None or self.library.is_file()

    @property
    def is_writable(self) -> bool:
        """Whether a run may write here unasked: a project, or a repository of git."""
        above = (self.root, *self.root.parents)
        return self.is_project or any(_is_there(folder / ".git") for folder in above)

    @property
    def bounds(self) -> Path:
        """The folder that a run writes articles in: the repository, else the project itself."""
        return bounds(self.root)

    @property
    def cache(self) -> Path:
        """The folder for what may be deleted at any time."""
        return self.root / ".refpipe"

    def style_for(self, path: Path, own: str = "") -> str:
        """The style of the article at ``path``: its own, its nearest folder's, or the default.

        A path to a .csl file is given below the project's root.
        """
        absolute = path.absolute()
        near = [folder for folder in self.styles if absolute.is_relative_to(folder)]
        name = own or self.style
        if near and not own:
            name = self.styles[max(near, key=lambda folder: len(folder.parts))]
        return str(self.root / name) if name.endswith(".csl") else name


def load(start: Path) -> Config:
    """The configuration that holds at ``start``: the nearest one above it, or the defaults there.

    Raises UsageError, naming the file and the setting, where a setting cannot be used.
    """
    start = start.absolute()
    return _above(start) or _plain(start)


def bounds(root: Path) -> Path:
    """The real folder of the repository that ``root`` lies in, or its own where there is none."""
    root = Path(os.path.realpath(root))
    return next((one for one in (root, *root.parents) if _is_there(one / ".git")), root)


def _is_there(path: Path) -> bool:
    """Whether something can be seen there; ``Path.exists`` raises in a closed folder."""
    return os.path.exists(path)  # noqa: PTH110


def choose_language(
    asked: str | None, set_in_project: str, environ: Mapping[str, str] | None = None
) -> str:
    """``ja`` or ``en``: what was asked for, what the project sets, else the locale's."""
    if asked or set_in_project:
        return asked or set_in_project
    settings = os.environ if environ is None else environ
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if settings.get(variable):
            return "ja" if settings[variable].lower().startswith("ja") else "en"
    return "en"


def load_for(paths: Sequence[Path], here: Path) -> Config:
    """The configuration that holds for the articles named, from wherever refpipe was called.

    It is the nearest one above the first of ``paths``, else the nearest above ``here``.  Where
    there is neither, the defaults hold in the folder above the article that has a library, else in
    its repository, else in ``here``, unless the article lies elsewhere.
    """
    if not paths:
        return load(here)
    first, here = paths[0].absolute(), here.absolute()
    folder = first if first.is_dir() else first.parent
    found = _above(folder) or _above(here)
    if found is not None:
        return found
    folders = (folder, *folder.parents)
    is_below = here in folders and here != Path(here.anchor)
    otherwise = here if is_below else folder
    # A project without settings is the folder with a library, else the repository.
    with_library = (one for one in folders if (one / "library.db").is_file())
    repository = next((one for one in folders if _is_there(one / ".git")), otherwise)
    return _plain(next(with_library, repository))


def _above(start: Path) -> Config | None:
    for folder in (start, *start.parents):
        for path in (folder / FILE, folder / "pyproject.toml"):
            if os.path.isfile(path):  # noqa: PTH113 (pathlib's own raises in a closed folder)
                table = _table(path)
                if table is not None:
                    return read(table, path)
            elif path.name == FILE and os.path.lexists(path):
                raise UsageError(
                    f"{path} cannot be read: it is no ordinary file, or a link that leads nowhere",
                    hint="Without it other settings would hold; mend or remove it.",
                )
    return None


def _plain(root: Path) -> Config:
    return Config(root=root, library=root / "library.db", articles=(root / "articles",))


def _table(path: Path) -> dict[str, Any] | None:
    try:
        whole = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from error
    if path.name == FILE:
        return whole
    tool = whole.get("tool", {})
    table = tool.get("refpipe") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise UsageError(f"{path}: [tool.refpipe] is not a table")
    return table


SETTINGS: dict[str, type] = {
    "library": str,
    "articles": list,
    "style": str,
    "styles": dict,
    "lang": str,
    "mailto": str,
    "select": list,
    "ignore": list,
    "exclude": list,
    "json-ld": bool,
    "markup": str,
    "wordpress": dict,
}

MARKUPS = ("html", "plain")
_WORDPRESS = frozenset({"site", "user", "folder", "types"})


def read(table: dict[str, Any], path: Path) -> Config:
    """The configuration that a table of settings in the file ``path`` is.

    Raises UsageError for a setting that is not known or not of its kind.
    """
    for name, value in table.items():
        if name not in SETTINGS:
            raise UsageError(
                f"{path}: {_where(path)} knows no setting {name!r}",
                hint=f"It knows {', '.join(sorted(SETTINGS))}.",
            )
        _expect(value, SETTINGS[name], name, path)
    if unknown := sorted(set(table.get("wordpress", {})) - _WORDPRESS):
        raise UsageError(
            f"{path}: the table wordpress knows no setting {unknown[0]!r}",
            hint=f"It knows {', '.join(sorted(_WORDPRESS))}; a password never stands in a file.",
        )
    if (markup := table.get("markup", "html")) not in MARKUPS:
        raise UsageError(
            f"{path}: {_where(path)} knows no markup {markup!r}",
            hint=f"It knows {' and '.join(MARKUPS)}; pages that end in .mdx are woven as MDX.",
        )
    root = path.parent
    for entry in table.get("articles", ()):
        _refuse_outside(root, "articles", entry, path)
    _refuse_outside(root, "folder", table.get("wordpress", {}).get("folder", ""), path)
    return Config(
        root=root,
        library=root / table.get("library", "library.db"),
        articles=tuple(root / entry for entry in table.get("articles", ["articles"])),
        style=table.get("style", "ieee"),
        styles={root / folder: style for folder, style in table.get("styles", {}).items()},
        lang=table.get("lang", ""),
        mailto=table.get("mailto", ""),
        select=tuple(table.get("select", ())),
        ignore=tuple(table.get("ignore", ())),
        has_json_ld=table.get("json-ld", False),
        markup=markup,
        exclude=tuple(root / entry for entry in table.get("exclude", ())),
        wordpress=table.get("wordpress", {}),
        file=path,
    )


def _refuse_outside(root: Path, name: str, entry: str, path: Path) -> None:
    """Raise UsageError for articles outside of the project: its settings may be anybody's."""
    real = Path(os.path.realpath(root / entry))
    if not real.is_relative_to(bounds(root)):
        raise UsageError(
            f"{path}: the setting {name!r} leads out of the project, to {real}",
            hint="Name what lies elsewhere on the command line; settings write only here.",
        )


def _where(path: Path) -> str:
    """What the table is called in the file that holds it."""
    return "refpipe" if path.name == FILE else "[tool.refpipe]"


_WORDS = {
    "bool": "true or false",
    "str": "a string",
    "list": "a list of strings",
    "dict": "a table of strings",
}


def _expect(value: object, kind: type, name: str, path: Path) -> None:
    parts: list[object] = []
    if isinstance(value, list):
        parts = value
    elif isinstance(value, dict):
        parts = list(value.values())
    texts = [value, *parts] if isinstance(value, str) else parts
    is_text = all(isinstance(part, str) and "\0" not in part for part in texts)
    if not isinstance(value, kind) or not is_text:
        wanted = _WORDS[kind.__name__]
        raise UsageError(f"{path}: the setting {name!r} of {_where(path)} must be {wanted}")
