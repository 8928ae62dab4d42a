"""``refpipe import``: the entries of bibliography files into the library."""

from __future__ import annotations

from pathlib import Path

import click

from refpipe.cli import CLEAN, FAILED, FINDINGS

_FROM = ["csl-json", "bibtex", "ris", "nbib", "pubmed-xml", "endnote-xml", "enw"]


@click.command("import", short_help="Put the entries of bibliography files into the library.")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
)
@click.option(
    "--from", "source", type=click.Choice(_FROM), help="The format of FILES; guessed if not named."
)
def command(files: tuple[Path, ...], source: str | None) -> int:
    """Put the entries of FILES into the library: BibTeX, RIS, NBIB, EndNote, CSL-JSON.

    Each entry is stored word for word, with its file and line, and matched with what is there: an
    entry of a known work adds to that work.  The citation keys of a BibTeX or CSL-JSON file become
    names of its works, so that [@Modic2005] finds what the file calls Modic2005; a key that another
    work has already is reported.  An entry that joins a known work, or may be
    one with another, is reported.  Importing a file twice changes nothing.  No registry is asked;
    refpipe confirm does that afterwards.

    Exit code 0: all entries are in the library.  1: some cannot be read.  2: none can.
    """
    from refpipe.cli import bibliography_files, console
    from refpipe.library import Library
    from refpipe.pipeline import intake

    read = [bibliography_files.read(path, source) for path in files]
    with Library.open(console.project().library, create=True) as library:
        new = 0
        for file in read:
            told = intake.Import()
            for note in intake.take_entries(
                library, file.form, file.name, file.entries, now=console.now(), told=told
            ):
                console.say(note)
            new += told.new
            count = len(file.entries)
            console.say(f"{file.name}: {count} {'entry' if count == 1 else 'entries'} read")
        console.say(f"{console.count(new, 'work')} new in {library.path.name}")
    if any(file.broken for file in read):
        return FINDINGS if any(file.entries for file in read) else FAILED
    return CLEAN
