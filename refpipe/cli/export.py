"""``refpipe export``: works of the library for other programs."""

from __future__ import annotations

import click

from refpipe.cli import CLEAN, FINDINGS


@click.command("export", short_help="Print works of the library for other programs.")
@click.argument("keys", nargs=-1)
@click.option(
    "--format", "form", type=click.Choice(["csl-json", "bibtex", "ris"]), default="csl-json",
    show_default=True, help="The format to print.",
)  # fmt: skip
def command(keys: tuple[str, ...], form: str) -> int:
    """Print the works that KEYS name, or all of the library, each under its readable name.

    What a format has no place for is kept in fields of refpipe's own, which other programs pass
    over: importing an export gives the same works.

    Exit code 0: all are printed.  1: the library does not know a key.
    """
    from refpipe.cli import console
    from refpipe.items.exchange import formats
    from refpipe.library import Library
    from refpipe.pipeline import lookup

    with Library.open(console.project().library, writable=False) as library:
        if keys:
            found = lookup.find(library, keys)
            works = list({work.id: work for key in keys if (work := found.get(key))}.values())
        else:
            works = sorted(library.works(), key=lambda work: work.name)
    missing = [key for key in keys if key not in found] if keys else []
    click.echo(formats.write(form, [{**work.item, "id": work.name} for work in works]), nl=False)
    for key in missing:
        console.say(f"refpipe: {key}: the library knows no such work")
    return FINDINGS if missing else CLEAN
