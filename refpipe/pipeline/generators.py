"""The site generators that ``refpipe init`` knows by their files, and where each keeps articles.

The table is a convenience: a site that none of its rows names is looked through for pages, and
where a row is wrong about a folder the pages that are really there decide.
"""

from __future__ import annotations

from dataclasses import dataclass


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
