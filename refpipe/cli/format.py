"""``refpipe format``: the entry of each item of a file, one a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import click

from refpipe.cli import CLEAN, FINDINGS
from refpipe.errors import UnreadableText
from refpipe.model import Inline, Item


@click.command("format")
@click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path, allow_dash=True)
)
@click.option(
    "--style",
    "style_name",
    default="ieee",
    show_default=True,
    metavar="NAME",
    help="A style by name (ieee, vancouver, ama, sist02 …) or the path of a .csl file.",
)
@click.option(
    "--to",
    "form",
    default="text",
    show_default=True,
    type=click.Choice(["text", "html", "markdown"]),
    help="How to write the entries.",
)
def command(file: Path, style_name: str, form: str) -> int:
    """Print the references in FILE, one a line, in the order given.

    FILE holds CSL-JSON (an array, or one item a line) or BibTeX (.bib); a dash reads standard
    input.  The entries carry no number.  What an item lost on the way is said on standard error;
    the exit code is 1 if something in FILE is no item and was left out.
    """
    from refpipe import markup, styles
    from refpipe.render import entry

    forms: dict[str, Callable[[Inline], str]] = {
        "text": markup.plain,
        "html": markup.html,
        "markdown": markup.markdown,
    }
    style = styles.load(style_name)
    items, unread = _items(file.name, _text(file))
    for message in unread:
        click.echo(f"{file}: {message}", err=True)
    for number, item in enumerate(items, 1):
        result = entry(item, style)
        click.echo(forms[form](result.content))
        for message in result.warnings:
            click.echo(f"{file}: item {number}: {message}", err=True)
    return FINDINGS if unread else CLEAN


def _text(file: Path) -> str:
    """The whole of a file, or of standard input."""
    raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    return raw.decode("utf-8-sig", "replace")


def _items(name: str, text: str) -> tuple[list[Item], list[str]]:
    """The items of a file, and what of it could not be read."""
    if name.lower().endswith(".bib") or text.lstrip()[:1] in ("@", "%"):
        return _bibtex(text)
    try:
        whole = json.loads(text)
    except ValueError:
        return _json_lines(text)
    whole = whole.get("items", [whole]) if isinstance(whole, dict) else whole
    if not isinstance(whole, list):
        raise UnreadableText(
            f"{name}: JSON, but no list of items", hint="expected an array of CSL-JSON items"
        )
    return _only_items(enumerate(whole, 1), "item")


def _json_lines(text: str) -> tuple[list[Item], list[str]]:
    """One item a line."""
    found: list[tuple[int, object]] = []
    unread: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                found.append((number, json.loads(line)))
            except ValueError as error:
                unread.append(f"line {number}: not JSON: {error}")
    if unread and not found:
        raise UnreadableText(
            f"neither CSL-JSON nor BibTeX: {unread[0]}",
            hint="export the list as CSL-JSON or BibTeX; a BibTeX file ends in .bib",
        )
    items, others = _only_items(iter(found), "line")
    return items, unread + others


def _only_items(found: Iterable[tuple[int, object]], word: str) -> tuple[list[Item], list[str]]:
    """Those that are JSON objects, and a word on each that is not."""
    items: list[Item] = []
    unread: list[str] = []
    for number, value in found:
        if isinstance(value, dict):
            items.append(value)
        else:
            unread.append(f"{word} {number}: not an item: {str(value)[:60]!r}")
    return items, unread


def _bibtex(text: str) -> tuple[list[Item], list[str]]:
    """The items of a BibTeX file, and the entries that could not be read."""
    from refpipe.items import bibtex
    from refpipe.items.exchange.entries import Broken

    items: list[Item] = []
    unread: list[str] = []
    for entry in bibtex.read_all(text):
        if isinstance(entry, Broken):
            unread.append(f"line {entry.line}: {entry.reason}")
        else:
            items.append(entry.item)
    return items, unread
