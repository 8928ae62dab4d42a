"""``refpipe convert``: a bibliography file in another format, without the library."""

from __future__ import annotations

from pathlib import Path

import click

from refpipe.cli import CLEAN, FAILED, FINDINGS

_FROM = ["csl-json", "bibtex", "ris", "nbib", "pubmed-xml", "endnote-xml", "enw"]
_TO = ["csl-json", "bibtex", "ris"]


@click.command("convert", short_help="Turn a bibliography file into another format.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path, allow_dash=True))
@click.option(
    "--from", "source", type=click.Choice(_FROM), help="The format of FILE; guessed if not named."
)
@click.option(
    "--to", "target", type=click.Choice(_TO), default="csl-json", show_default=True,
    help="The format to print.",
)  # fmt: skip
def command(file: Path, source: str | None, target: str) -> int:
    """Print the entries of FILE in another format; a dash reads standard input.

    FILE is BibTeX, RIS, NBIB (PubMed), PubMed XML, EndNote XML, EndNote .enw or CSL-JSON.  The
    library is neither asked nor changed.  An entry that cannot be read is named with its line,
    and the others are converted.

    Exit code 0: all entries are converted.  1: some cannot be read.  2: none can.
    """
    from refpipe.cli import bibliography_files
    from refpipe.items.exchange import formats

    read = bibliography_files.read(file, source)
    click.echo(formats.write(target, [entry.item for entry in read.entries]), nl=False)
    if read.broken:
        return FINDINGS if read.entries else FAILED
    return CLEAN
