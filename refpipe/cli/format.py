"""``refpipe format``: the entry of each item of a file, one a line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from refpipe.cli import CLEAN, FINDINGS
from refpipe.model import Inline

_FROM = ["csl-json", "bibtex", "ris", "nbib", "pubmed-xml", "endnote-xml", "enw"]


@click.command("format")
@click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path, allow_dash=True)
)
@click.option(
    "--from", "source", type=click.Choice(_FROM), help="The format of FILE; guessed if not named."
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
def command(file: Path, source: str | None, style_name: str, form: str) -> int:
    """Print the references in FILE, one a line, in the order given.

    FILE is CSL-JSON (an array, or one item a line), BibTeX, RIS or another format that refpipe
    convert reads; a dash reads standard input.  The entries carry no number.  What an item lost
    on the way is reported on standard error; the exit code is 1 if something in FILE is no item
    and was left out.
    """
    from refpipe import markup, styles
    from refpipe.cli import bibliography_files
    from refpipe.render import entry

    forms: dict[str, Callable[[Inline], str]] = {
        "text": markup.plain,
        "html": markup.html,
        "markdown": markup.markdown,
    }
    style = styles.load(style_name)
    read = bibliography_files.read(file, source, may_be_empty=True)
    for number, found in enumerate(read.entries, 1):
        result = entry(found.item, style)
        click.echo(forms[form](result.content))
        for message in result.warnings:
            click.echo(f"{file}: item {number}: {message}", err=True)
    return FINDINGS if read.broken else CLEAN
