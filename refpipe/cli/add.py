"""``refpipe add``: put works into the library, and say how to cite them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from refpipe.config import Config
    from refpipe.library import Library
    from refpipe.model import Unresolved, Work


@click.command("add", short_help="Add works to the library by DOI, PMID, ISBN or URL.")
@click.argument("identifiers", nargs=-1)
@click.option("--offline", is_flag=True, help="Ask no registry; only say what is known already.")
@click.option("--manual", is_flag=True, help="Describe a work that has no identifier by hand.")
@click.option("--type", "kind", default="", help="Its CSL type: webpage, book, report …")
@click.option("--title", default="", help="Its title.")
@click.option("--author", "authors", multiple=True, help='"Family, Given", or a group\'s name.')
@click.option("--container", default="", help="The journal, book or site it stands in.")
@click.option("--publisher", default="", help="Its publisher.")
@click.option("--date", "issued", default="", help="When it came out: 2024, 2024-05, 2024-05-02.")
@click.option("--volume", default="", help="Its volume.")
@click.option("--issue", default="", help="Its issue.")
@click.option("--pages", default="", help="Its pages: 597-604.")
@click.option("--url", default="", help="Its address.")
@click.option("--accessed", default="", help="When you read the address.")
@click.option("--lang", "language", default="", help="The language it is written in: ja, en …")
def add_command(identifiers: tuple[str, ...], **options: Any) -> int:
    """Add the works that IDENTIFIERS name, and print each entry with the text to paste.

    An identifier is a DOI in any form, PMID:16244269 or the bare number, PMC…, an ISBN, or the
    address of an article or of a library's record.
    With --manual, describe a work that has none:

        refpipe add --manual --title "..." --author "Sato, Hanako" --date 2024 --type report

    Exit code 0: all are in the library.  1: one does not exist, or was retracted or is of
    concern.  2: somebody could not be asked.
    """
    from refpipe import cli
    from refpipe.cli import console
    from refpipe.errors import UsageError

    config = console.project()
    if options["manual"]:
        if identifiers:
            raise UsageError("--manual takes no identifier; describe the work by its options")
        return _by_hand(config, options)
    if not identifiers:
        raise UsageError("nothing to add", hint="Name a DOI, PMID, ISBN or URL, or use --manual.")
    keys = [key for typed in identifiers if (key := _meant(typed))]
    code = _by_identifier(config, keys, offline=options["offline"]) if keys else cli.CLEAN
    return max(code, cli.CLEAN if len(keys) == len(identifiers) else cli.FINDINGS)


def _meant(typed: str) -> str:
    """The key that a bare number stands for; empty where two readings exist and nobody said."""
    from refpipe.cli import console
    from refpipe.pipeline import lookup

    readings = lookup.meant(typed)
    if len(readings) < 2:
        return str(readings[0]) if readings else typed
    console.say(f"refpipe: {typed} can be read in {len(readings)} ways; add the one that you mean:")
    for reading in readings:
        console.say(f"  refpipe add {reading}")
    return ""


def _by_identifier(config: Config, keys: Sequence[str], *, offline: bool) -> int:
    from refpipe import cli
    from refpipe.cli import console
    from refpipe.pipeline import lookup

    with _library(config) as library:
        works = lookup.find(library, keys)
        missing = [key for key in dict.fromkeys(keys) if key not in works]
        unresolved = _ask(config, library, missing, offline=offline) if missing else {}
        works.update(lookup.find(library, missing))
        code = cli.CLEAN
        for key in dict.fromkeys(keys):
            if key in works:
                code = max(code, _print(config, library, works[key]))
            if key in unresolved:
                console.say(f"refpipe: {key}: {unresolved[key].reason}")
    if any(not reason.is_final for reason in unresolved.values()):
        return cli.FAILED
    return cli.FINDINGS if unresolved else code


@contextmanager
def _library(config: Config) -> Iterator[Library]:
    """The library, made where there is none; one that was made for nothing is taken away again."""
    from refpipe.library import Library

    is_new = not config.library.exists()
    is_for_nothing = False
    try:
        with Library.open(config.library, create=True) as library:
            try:
                yield library
            finally:
                is_for_nothing = is_new and next(iter(library.works()), None) is None
    finally:
        if is_for_nothing:
            config.library.unlink(missing_ok=True)


def _ask(
    config: Config, library: Library, missing: Sequence[str], *, offline: bool
) -> dict[str, Unresolved]:
    from refpipe.cli import console, registry_access
    from refpipe.pipeline import lookup, query

    askable = [key for key in missing if lookup.claim(key) is not None]
    if offline or not askable:
        unasked = "--offline" if offline else ""
        return {key: lookup.unknown(key, unasked=unasked) for key in missing}
    with registry_access.registries(config)() as registries:
        asker = query.Asker(library=library, registries=registries, now=console.now())
        unresolved = asker.keys(missing)
    found = lookup.find(library, missing)
    return unresolved | {
        key: lookup.unknown(key) for key in missing if key not in found and key not in unresolved
    }


def _by_hand(config: Config, options: dict[str, Any]) -> int:
    from refpipe.cli import console
    from refpipe.library import Library
    from refpipe.pipeline import intake, manual_entry

    record = manual_entry.record(options)
    with Library.open(config.library, create=True) as library:
        return _print(config, library, intake.take(library, record, now=console.now()))


def _print(config: Config, library: Library, work: Work) -> int:
    """Print the entry, how to cite it, how the work stands, and what may be the same work."""
    from refpipe import markup, render, styles
    from refpipe.checks.standing import NOTICES
    from refpipe.cli import console
    from refpipe.pipeline import lookup

    style = styles.load(config.style_for(config.root))
    click.echo(markup.plain(render.entry(work.item, style).content))
    typed = (f"[{lookup.typed_key(lookup.key_of(work))}]", f"[@{work.name}]")
    click.echo(f"  {'  or  '.join(dict.fromkeys(typed))}")
    for tie in work.relations:
        if tie.kind.removesuffix("-of") not in NOTICES:
            console.say(f"  {tie.kind}: {tie.target} {tie.date}".rstrip())
    for a, b, _ in library.possible(work):
        if work.id in {a.id, b.id}:
            other = b if a.id == work.id else a
            console.say(f"  possibly the same work as {other.name}; refpipe review decides")
    return console.standing([work], config)
