"""What a folder is: the generator of its site, and where its articles are.

Decided from the effect: a folder counts where pages are really found in it.  Nothing is written.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from refpipe import files
from refpipe.config import SUFFIXES

# ────────────────────────────────────────────────────────────────────────────────────────────────
# The site generators that ``refpipe init`` knows by their files, and where each keeps articles.
#
# The table is a convenience: a site that none of its rows names is looked through for pages, and
# where a row is wrong about a folder the pages that are really there decide.


@dataclass(frozen=True, slots=True, kw_only=True)
class Generator:
    """One kind of site: the signs of it, its folders, and what it makes of HTML in Markdown."""

    name: str
    signs: tuple[str, ...] = ()
    """Files or folders of the site's root that only this generator has; a ``*`` matches."""
    content: tuple[tuple[str, str], ...] = ()
    """File and pattern that its text must have, where the file's name alone says too little."""
    packages: tuple[str, ...] = ()
    """Packages that stand in package.json where the site is of this kind."""
    folders: tuple[str, ...] = ()
    """Where its articles are unless its settings say otherwise; those that hold pages count."""
    setting: tuple[tuple[str, str], ...] = ()
    """File and pattern whose first group names the folder of the articles."""
    built: tuple[str, ...] = ()
    """Folders that it writes: no article there is anybody's own text."""
    markup: str = "html"
    """What it makes of HTML in a Markdown page: ``html`` keeps it, ``plain`` drops it, ``mdx``
    reads it as MDX."""
    markup_setting: tuple[str, str, str] | None = None
    """File, pattern and the markup that holds instead where the file's text has the pattern."""
    library: str = "library.db"
    """Where the library goes, so that the generator does not publish it."""


def _js(stem: str) -> tuple[str, ...]:
    """A settings file in each of the dialects of JavaScript."""
    return tuple(f"{stem}.{ending}" for ending in ("js", "mjs", "cjs", "ts", "mts", "cts"))


_HUGO_FILES = (
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "config.toml",
    "config.yaml",
    "config.yml",
    "config.json",
    "config/_default/*.toml",
    "config/_default/*.yaml",
)

GENERATORS: tuple[Generator, ...] = (
    Generator(
        name="Hugo",
        signs=("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config/_default"),
        content=tuple((name, r"(?i)\bbase_?url\b") for name in _HUGO_FILES[4:8]),
        folders=("content",),
        setting=tuple((name, r"(?im)^\W*contentDir\W+([\w./-]+)") for name in _HUGO_FILES),
        built=("public", "resources", "themes"),
        markup="plain",
        markup_setting=("*", r"(?i)\bunsafe\W+true\b", "html"),
    ),
    Generator(
        name="Docusaurus",
        signs=_js("docusaurus.config"),
        packages=("@docusaurus/core",),
        folders=("docs", "blog", "src/pages", "versioned_docs", "i18n"),
        built=("build", "node_modules"),
        markup="mdx",
        markup_setting=("docusaurus.config.*", r"format\W+(?:md|detect)\b", "html"),
    ),
    Generator(
        name="Astro",
        signs=_js("astro.config"),
        packages=("astro",),
        folders=("src/content", "src/pages", "src/data", "src/blog"),
        built=("dist", "node_modules"),
    ),
    Generator(
        name="VitePress",
        signs=(".vitepress", "docs/.vitepress", "src/.vitepress"),
        packages=("vitepress",),
        folders=("docs", "src", "."),
        built=("node_modules",),
    ),
    Generator(
        name="Eleventy",
        signs=(".eleventy.js", *_js("eleventy.config")),
        packages=("@11ty/eleventy",),
        folders=("src", "content", "posts", "."),
        setting=tuple(
            (name, r"input\s*:\s*[\"']([\w./-]+)[\"']")
            for name in (".eleventy.js", *_js("eleventy.config"))
        ),
        built=("_site", "node_modules"),
    ),
    Generator(
        name="Next.js",
        signs=_js("next.config"),
        packages=("next",),
        folders=("content", "posts", "_posts", "app", "pages", "src/app", "src/pages", "data"),
        built=("out", "node_modules"),
        markup="mdx",
    ),
    Generator(
        name="MkDocs",
        signs=("mkdocs.yml", "mkdocs.yaml"),
        folders=("docs",),
        setting=tuple(
            (name, r"(?m)^docs_dir\s*:\s*[\"']?([\w./-]+)")
            for name in ("mkdocs.yml", "mkdocs.yaml")
        ),
        built=("site",),
    ),
    Generator(name="MyST", signs=("myst.yml",), folders=(".",), built=("_build",), markup="plain"),
    Generator(
        name="Sphinx",
        content=tuple(
            (f"{folder}conf.py", r"(?m)^(?:extensions|html_theme|project)\s*=")
            for folder in ("", "docs/", "docs/source/", "source/", "doc/")
        ),
        folders=("docs/source", "docs", "source", "doc", "."),
        built=("_build", "docs/_build", "build", "docs/build"),
    ),
    Generator(
        name="Jekyll",
        content=(("Gemfile", r"(?i)jekyll|github-pages"), ("_config.yml", r"(?m)^\w+\s*:")),
        folders=("_posts", "_drafts", "_pages", "_articles", "collections", "."),
        setting=(("_config.yml", r"(?m)^collections_dir\s*:\s*[\"']?([\w./-]+)"),),
        built=("_site", "vendor", "node_modules"),
        library="_refpipe/library.db",
    ),
)
"""The first row that a site agrees with names it."""


_NO_ARTICLE = re.compile(
    r"(?:readme|changelog|changes|history|license|licence|contributing|code_of_conduct|security"
    r"|authors|todo|notice|support|governance)(?:[._-][\w-]+)?\.\w+"
    r"|(?:robots|humans|llms(?:-full)?|ads|app-ads|security|requirements[\w-]*|cmakelists"
    r"|library|manifest)\.txt|404\.(?:html?|md)|google[0-9a-f]{8,}\.html",
    re.IGNORECASE,
)
"""Files that lie beside articles and are none."""

_NEVER = frozenset({"node_modules", "vendor", "bower_components", "__pycache__", "site-packages"})
_MOST = 20_000
"""How many pages are counted at most; more would tell nobody more."""
_EXPORT = "wordpress.org/export/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What was found in a folder; paths are relative to it, written with slashes."""

    generator: str = ""
    """``Hugo``, ``Jekyll`` …; empty where no generator was recognised."""
    sign: str = ""
    """The file that said so."""
    articles: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    """What lies in the articles' folders and is no article: built pages, a README."""
    pages: int = 0
    markup: str = "html"
    """What the generator makes of HTML in Markdown: ``html``, ``plain`` or ``mdx``."""
    library: str = "library.db"
    exports: tuple[str, ...] = ()
    """WordPress exports that lie here."""


def survey(root: Path) -> Site:
    """What the folder ``root`` is and holds."""
    generator, sign = _generator(root)
    built = generator.built if generator else ()
    found = _in_folders(root, generator, built) if generator else {}
    # Its own folder, empty as yet, is where a generator's pages go; a page elsewhere (Hugo's
    # archetypes) is none of the site's.
    if not found and generator is not None and _usual(root, generator):
        found = _awaited(root, generator)
    exports = tuple(_exports(root))
    found = found or _anywhere(root, built)
    if not found and generator is None and exports:
        # Nothing but the export of a site: its posts are what will be worked on.
        return Site(
            generator="WordPress", sign=exports[0], articles=("wordpress",), exports=exports
        )
    found = found or _awaited(root, generator)
    pages = [page for each in found.values() for page in each]
    return Site(
        generator=generator.name if generator else "",
        sign=sign,
        articles=tuple(found),
        exclude=tuple(_excluded(root, found, built)),
        pages=len(pages),
        markup=_markup(root, generator, pages),
        library=generator.library if generator else "library.db",
        exports=exports,
    )


def place(root: Path, folders: Sequence[str]) -> Site:
    """What is found where the articles' folders were named by a person."""
    known = survey(root)
    generator = next((row for row in GENERATORS if row.name == known.generator), None)
    built = generator.built if generator else ()
    found = {folder: _pages(root, folder, built) for folder in folders}
    pages = [page for each in found.values() for page in each]
    return Site(
        generator=known.generator,
        sign=known.sign,
        articles=tuple(folders),
        exclude=tuple(_excluded(root, found, built)),
        pages=len(pages),
        markup=_markup(root, generator, pages),
        library=known.library,
        exports=known.exports,
    )


def _generator(root: Path) -> tuple[Generator | None, str]:
    """The first generator whose sign is there, and that sign."""
    package = _text(root / "package.json")
    for row in GENERATORS:
        for sign in row.signs:
            if any(root.glob(sign)):
                return row, sign
        for name, pattern in row.content:
            if re.search(pattern, _text(root / name)):
                return row, name
        for name in row.packages:
            if re.search(rf'"{re.escape(name)}"\s*:\s*"', package):
                return row, "package.json"
    return None, ""


def _in_folders(
    root: Path, generator: Generator, built: tuple[str, ...]
) -> dict[str, list[PurePosixPath]]:
    """The folder that the site's settings name, or each usual one, with its pages."""
    folders = list(_set_folders(root, generator)) or list(generator.folders)
    found = {folder: _pages(root, folder, built) for folder in folders}
    found = {folder: pages for folder, pages in found.items() if pages}
    if "." in found and len(found) > 1:
        # The whole folder is asked for last: the others lie inside it.
        del found["."]
    return found


def _set_folders(root: Path, generator: Generator) -> Iterator[str]:
    for name, pattern in generator.setting:
        for path in sorted(root.glob(name)):
            if named := re.search(pattern, _text(path)):
                yield PurePosixPath(named[1]).as_posix()
                return


def _awaited(root: Path, generator: Generator | None) -> dict[str, list[PurePosixPath]]:
    """Where the first page of a site that has none yet is going to be."""
    if generator is None:
        return {"articles": []}
    usual = [*_set_folders(root, generator), *generator.folders]
    return {(_usual(root, generator) or usual)[0]: []}


def _usual(root: Path, generator: Generator) -> list[str]:
    """The generator's own folders for articles that are there."""
    usual = [*_set_folders(root, generator), *generator.folders]
    return [folder for folder in usual if (root / folder).is_dir() and folder != "."]


def _anywhere(root: Path, built: tuple[str, ...]) -> dict[str, list[PurePosixPath]]:
    """The folders of the root that hold pages; the root itself where pages lie in it."""
    pages = _pages(root, ".", built)
    if any(len(page.parts) == 1 for page in pages):
        return {".": pages}
    found: dict[str, list[PurePosixPath]] = {}
    for page in pages:
        found.setdefault(page.parts[0], []).append(page)
    return found


def _pages(root: Path, folder: str, built: tuple[str, ...]) -> list[PurePosixPath]:
    """The pages below a folder that may be somebody's own text, as paths relative to the root."""
    found: list[PurePosixPath] = []
    for directory, folders, names in os.walk(root / folder):
        here = PurePosixPath(Path(directory).relative_to(root).as_posix())
        folders[:] = sorted(name for name in folders if _is_own(root, here / name, built))
        for name in sorted(names):
            if _is_page(name) and len(found) < _MOST:
                found.append(here / name)
    return found


def _is_page(name: str) -> bool:
    is_named = name.lower().endswith((*SUFFIXES, ".mdx")) and not name.startswith(".")
    return is_named and f"{files.EVIDENCE}." not in name and not _NO_ARTICLE.fullmatch(name)


def _is_own(root: Path, folder: PurePosixPath, built: tuple[str, ...]) -> bool:
    """Whether a folder can hold a person's own pages: not hidden, installed, or built."""
    if folder.name.startswith(".") or folder.name in _NEVER or folder.as_posix() in built:
        return False
    return not files.can_be_seen(root / folder / "pyvenv.cfg")


def _excluded(
    root: Path, found: dict[str, list[PurePosixPath]], built: tuple[str, ...]
) -> Iterator[str]:
    """What ``refpipe refs`` would take for an article in these folders, and is none."""
    seen: set[str] = set()
    for folder in found:
        for directory, folders, names in os.walk(root / folder):
            here = PurePosixPath(Path(directory).relative_to(root).as_posix())
            inner = [name for name in sorted(folders) if not name.startswith(".")]
            foreign = [name for name in inner if not _is_own(root, here / name, built)]
            folders[:] = [name for name in inner if name not in foreign]
            others = [
                name
                for name in sorted(names)
                if name.lower().endswith(SUFFIXES) and _NO_ARTICLE.fullmatch(name)
            ]
            for name in (*foreign, *others):
                path = (here / name).as_posix()
                if path not in seen:
                    seen.add(path)
                    yield path


def _markup(root: Path, generator: Generator | None, pages: Sequence[PurePosixPath]) -> str:
    """What becomes of HTML in the site's Markdown pages."""
    if generator is None:
        return "mdx" if pages and all(page.suffix == ".mdx" for page in pages) else "html"
    if generator.markup_setting is not None:
        name, pattern, instead = generator.markup_setting
        files = [path for path in sorted(root.glob(name)) if path.is_file()]
        files += sorted(root.glob("config/_default/*")) if name == "*" else []
        if any(re.search(pattern, _text(path)) for path in files if _is_setting(path)):
            return instead
    return generator.markup


def _is_setting(path: Path) -> bool:
    return path.suffix in {".toml", ".yaml", ".yml", ".json", ".js", ".ts", ".mjs", ".cjs"}


def _exports(root: Path) -> Iterator[str]:
    for path in sorted(root.glob("*.xml")):
        if _EXPORT in _text(path, most=8192):
            yield path.name


def _text(path: Path, *, most: int = 200_000) -> str:
    """The beginning of a file's text; empty where there is none to read."""
    try:
        with path.open("rb") as stream:
            return stream.read(most).decode("utf-8", "replace")
    except OSError:
        return ""
