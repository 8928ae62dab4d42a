"""Woven pages through the real site generators: links lead to entries, entries are whole.

What each makes of a page stands in a table of ``docs/how-to/site-generators.md``, and here the
table is held against the programs.  A program that is absent is skipped by its name.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from running import ROOT

from refpipe import articles
from refpipe.model import Entry, Rendering, Run

pytestmark = pytest.mark.generators

BUILD = Path(os.environ.get("GENERATORS", ROOT / "build/generators"))
TABLE = ROOT / "docs/how-to/site-generators.md"
HEAD = "---\ntitle: 痛みの経過\n---\n\n"
TYPED = """# 痛みの経過

痛みは軽くなる [@one]。再発は多い [@two; @three]。

[@two] 行の初めの引用。

> 引用文の中 [@one]。

| 項目 | 文献 |
| --- | --- |
| 表の中 | [@three] |

1. 手順の中 [@two]。

## 参考文献

<!--bibliography-->

終わりの段落。
"""
NUMBERS = {"one": 1, "two": 2, "three": 3}
ENTRIES: dict[str, tuple[Run, ...]] = {
    "one": (
        Run("A. B. Okada, “Pain & rest <in> the *lumbar* spine,” "),
        Run("J. Rest_Habits", frozenset({"italic"})),
        Run(", vol. 12, no. 3, pp. 4–9, 2020, doi: "),
        Run("10.5555/a_b_c(1)", target="https://doi.org/10.5555/a_b_c(1)"),
        Run("."),
    ),
    "two": (
        Run("野々村春樹, 「痛みの{経過}と $10 と 5 < 6 の話」, "),
        Run("臨床", frozenset({"bold"})),
        Run(", 12巻[3号], 2021 年."),
    ),
    "three": (
        Run("C. Holm, “CO"),
        Run("2", frozenset({"subscript"})),
        Run(" and 10"),
        Run("5", frozenset({"superscript"})),
        Run(" cells; part #2,” 2019."),
    ),
}


def woven(markup: str) -> str:
    """The sample as ``refs`` writes it for this kind of site."""
    typed = TYPED
    if markup == "mdx":
        typed = typed.replace("<!--bibliography-->", "{/*bibliography*/}")
    article = articles.read("page.mdx" if markup == "mdx" else "page.md", typed)
    assert not article.faults
    places: dict[str, int] = dict.fromkeys(NUMBERS, 0)
    inlines = []
    for citation in article.citations:
        runs: list[Run] = []
        for item in citation.items:
            places[item.key] += 1
            number = NUMBERS[item.key]
            anchor = f"cite-{number}-{places[item.key]}"
            runs.append(Run(f"[{number}]", target=f"#ref-{number}", anchor=anchor))
        inlines.append(tuple(runs))
    entries = tuple(
        Entry(
            number=number,
            work_id=key,
            label=f"[{number}]",
            content=ENTRIES[key],
            anchor=f"ref-{number}",
            backlinks=tuple(f"cite-{number}-{n}" for n in range(1, places[key] + 1)),
        )
        for key, number in NUMBERS.items()
    )
    rendering = Rendering(citations=tuple(inlines), entries=entries)
    return articles.weave(article, rendering, is_plain=markup == "plain")


# ── the programs ──


def run(*command: str, page: str = "", folder: Path | None = None) -> str:
    done = subprocess.run(
        command, check=False, input=page, capture_output=True, cwd=folder, encoding="utf-8",
        timeout=120, env=os.environ | {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert done.returncode == 0, f"{command}: {done.stderr[-2000:]}\n{page}"
    return done.stdout


def needed(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is absent")
    return found


def python(name: str) -> str:
    """A program of the Python packages that ``make test-generators`` installs."""
    path = BUILD / "venv/bin" / name
    if not path.exists():
        pytest.skip(f"{name} is absent (make test-generators installs it)")
    return str(path)


def node(program: str) -> Callable[[Path, str], str]:
    def build(_folder: Path, page: str) -> str:
        if not (BUILD / "node_modules").exists():
            pytest.skip(f"the packages of {program} are absent (make test-generators)")
        script = BUILD / f"generators-{os.getpid()}.mjs"
        shutil.copy(ROOT / "tests/generators.mjs", script)
        try:
            return run(needed("node"), str(script), program, page=page)
        finally:
            script.unlink()

    return build


def piped(*command: str) -> Callable[[Path, str], str]:
    return lambda _folder, page: run(needed(command[0]), *command[1:], page=page)


def hugo(settings: str) -> Callable[[Path, str], str]:
    def build(folder: Path, page: str) -> str:
        (folder / "config.toml").write_text(
            f'baseURL = "https://example.org/"\n{settings}', encoding="utf-8"
        )
        (folder / "layouts/_default").mkdir(parents=True)
        (folder / "layouts/_default/single.html").write_text("{{ .Content }}", encoding="utf-8")
        (folder / "content").mkdir()
        (folder / "content/page.md").write_text(HEAD + page, encoding="utf-8")
        run(needed("hugo"), "--quiet", folder=folder)
        return (folder / "public/page/index.html").read_text(encoding="utf-8")

    return build


def jekyll(folder: Path, page: str) -> str:
    (folder / "_config.yml").write_text("markdown: kramdown\n", encoding="utf-8")
    (folder / "page.md").write_text(HEAD + page, encoding="utf-8")
    run(needed("jekyll"), "build", "--quiet", "--disable-disk-cache", folder=folder)
    return (folder / "_site/page.html").read_text(encoding="utf-8")


def mkdocs(folder: Path, page: str) -> str:
    program = python("mkdocs")
    (folder / "theme").mkdir()
    (folder / "theme/main.html").write_text("{{ page.content }}", encoding="utf-8")
    settings = "site_name: s\nuse_directory_urls: false\ntheme: {name: null, custom_dir: theme}\n"
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    (folder / "docs").mkdir()
    (folder / "docs/index.md").write_text(HEAD + page, encoding="utf-8")
    run(program, "build", "--quiet", folder=folder)
    return (folder / "site/index.html").read_text(encoding="utf-8")


def sphinx(folder: Path, page: str) -> str:
    program = python("sphinx-build")
    settings = 'extensions = ["myst_parser"]\nhtml_theme = "basic"\n'
    (folder / "conf.py").write_text(settings, encoding="utf-8")
    (folder / "index.md").write_text(page, encoding="utf-8")
    run(program, "-q", "-b", "html", str(folder), str(folder / "out"))
    built = (folder / "out/index.html").read_text(encoding="utf-8")
    body = re.search(r'<div class="body" role="main">.*?<div class="clearer">', built, re.DOTALL)
    assert body is not None
    return body[0]


def python_markdown(_folder: Path, page: str) -> str:
    return run(python("markdown_py"), "-x", "tables", page=page)


BUILDERS: dict[str, Callable[[Path, str], str]] = {
    "Hugo": hugo(""),
    "Hugo, `unsafe = true`": hugo("[markup.goldmark.renderer]\nunsafe = true\n"),
    "Jekyll": jekyll,
    "cmark-gfm": piped("cmark-gfm", "-e", "table"),
    "cmark-gfm `--unsafe`": piped("cmark-gfm", "--unsafe", "-e", "table"),
    "Pandoc": piped("pandoc", "-f", "markdown", "-t", "html"),
    "Pandoc `-f gfm`": piped("pandoc", "-f", "gfm", "-t", "html"),
    "MDX (Docusaurus, Next.js, Astro)": node("mdx"),
    "remark": node("remark"),
    "remark, `rehype-raw` (Astro, Gatsby)": node("rehype-raw"),
    "GitHub's way: `rehype-sanitize`": node("rehype-sanitize"),
    "markdown-it, `html: true` (VitePress, Eleventy)": node("markdown-it"),
    "markdown-it": node("markdown-it-default"),
    "Python-Markdown": python_markdown,
    "MkDocs": mkdocs,
    "Sphinx with MyST": sphinx,
}


# ── what a reader sees ──


class Shown(HTMLParser):
    """The visible text of a page, its links and the places that they can lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.links: list[tuple[str, str]] = []
        self.places: list[str] = []
        self.hidden = 0
        self.link: str | None = None
        self.start = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.hidden += tag in ("script", "style")
        if place := values.get("id") or (values.get("name") if tag == "a" else None):
            self.places.append(place.removeprefix("user-content-"))
        if tag == "a" and values.get("href"):
            self.link, self.start = values["href"], len(self.text)
        if tag in ("p", "div", "br", "li", "td", "th", "h1", "h2", "section", "wbr"):
            self.text += "" if tag == "wbr" else "\n"

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("script", "style")
        if tag == "a" and self.link is not None:
            self.links.append((self.link, self.text[self.start :]))
            self.link = None

    def handle_data(self, data: str) -> None:
        self.text += "" if self.hidden else data


def shown(html: str) -> Shown:
    reader = Shown()
    reader.feed(html)
    reader.close()
    return reader


_QUOTES = str.maketrans({"“": '"', "”": '"', "’": "'", "–": "-", "—": "-"})


def plain(text: str) -> str:
    """Text as it is compared: generators choose quotation marks, raised digits are digits."""
    text = unicodedata.normalize("NFKC", text.translate(_QUOTES))
    return re.sub(r"\s+|¶|\ufe0e", "", text)


def entry_text(key: str) -> str:
    return plain("".join(run.text for run in ENTRIES[key]))


def verdict(html: str, markup: str) -> dict[str, bool]:
    """What holds of a built page, by the names of the table's columns."""
    seen = shown(html)
    text = plain(seen.text)
    count = len(re.findall(r"@\w+", TYPED))
    to_entries = [
        (target, words) for target, words in seen.links if re.fullmatch(r"#ref-\d", target)
    ]
    is_linked = len(to_entries) == count and all(
        words == f"[{target[-1]}]" and seen.places.count(target[1:]) == 1
        for target, words in to_entries
    )
    back = [target for target, words in seen.links if words.startswith("↩")]
    is_back = len(back) == count and all(seen.places.count(one[1:]) == 1 for one in back)
    body = text.replace("(1)", "")
    ours = re.search(r"<!--|-->|\{/\*|\*/|cite|bibliography|<a|</|wbr", body)
    loose = re.search("↩", text) is not None and not is_back
    return {
        "numbers": all(text.count(f"[{n}]") >= 2 for n in NUMBERS.values()),
        "links": is_linked,
        "entries whole": all(entry_text(key) in text for key in NUMBERS),
        "back-links": is_back,
        "clean": ours is None and not loose and "終わりの段落。" in text,
    }


# ── the table ──


@cache
def rows() -> list[tuple[str, str, dict[str, bool]]]:
    """The generators of the table, the markup for each, and what is told of it."""
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line[:1] == "|"]
    cells = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]
    names = cells[0][2:]
    return [
        (row[0], row[1].strip("`"), {n: v == "yes" for n, v in zip(names, row[2:], strict=True)})
        for row in cells[2:]
    ]


def test_the_table_names_every_generator() -> None:
    assert {name for name, _, _ in rows()} == set(BUILDERS)


@pytest.mark.parametrize(("name", "markup", "expected"), rows(), ids=lambda one: str(one)[:40])
def test_a_woven_page(tmp_path: Path, name: str, markup: str, expected: dict[str, bool]) -> None:
    built = BUILDERS[name](tmp_path, woven(markup))
    found = verdict(built, markup)
    assert {key: found[key] for key in expected} == expected, built


HTML = [name for name, markup, _ in rows() if markup == "html"]


@pytest.mark.parametrize("name", HTML)
def test_every_link_of_a_real_article_leads_somewhere(tmp_path: Path, name: str) -> None:
    page = (ROOT / "articles/lumbar-mri.md").read_text(encoding="utf-8")
    page = re.sub(r"\A---\n.*?\n---\n", "", page, flags=re.DOTALL)
    seen = shown(BUILDERS[name](tmp_path, page))
    ours = [target for target, _ in seen.links if re.match(r"#(?:ref|cite)-", target)]
    assert len(ours) == len(re.findall(r'href="#(?:ref|cite)-', page)) > 4
    assert all(seen.places.count(target[1:]) == 1 for target in ours)
    assert not re.search(r"<!--|-->|<a |bibliography", seen.text)
