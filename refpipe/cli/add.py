"""``refpipe add`` and ``resolve``: works looked up, and put into the library."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from refpipe.cli import Forms
from refpipe.display import in_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from refpipe.config import Config
    from refpipe.library import Library
    from refpipe.model import Relation, Work
    from refpipe.pipeline.lookup import Resolution


# ── ``refpipe add``: put works into the library, and say how to cite them ───────────────────────


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

    readings = lookup.number_readings(typed)
    if len(readings) < 2:
        return str(readings[0]) if readings else typed
    console.say(f"refpipe: {typed} can be read in {len(readings)} ways; add the one that you mean:")
    for reading in readings:
        console.say(f"  refpipe add {reading}")
    return ""


def _by_identifier(config: Config, keys: Sequence[str], *, offline: bool) -> int:
    from refpipe import cli
    from refpipe.cli import console
    from refpipe.library import made_if_needed
    from refpipe.pipeline import lookup

    registries = None if offline else console.registries(config)
    with made_if_needed(config.library) as library:
        found = lookup.find_or_ask(
            library, keys, registries, now=console.now(), unasked="--offline" if offline else ""
        )
        codes = [_print(config, library, work) for work in found.works.values()]
        _tell_unconfirmed(library, found.works.values())
        console.changed_entries(library, config)
    for key, why in found.unresolved.items():
        console.say(f"refpipe: {key}: {why.reason}")
    if any(not why.is_final for why in found.unresolved.values()):
        return cli.FAILED
    return max(codes) if not found.unresolved else cli.FINDINGS


def _tell_unconfirmed(library: Library, works: Iterable[Work]) -> None:
    """Say of which works the library has no more than what was read from print or a file."""
    from refpipe.checks.references import seen_on
    from refpipe.cli import console

    for work in works:
        if not work.is_confirmed and not seen_on(work, library.records_of(work)):
            console.say(f"{work.name}: no registry has answered for it yet; refpipe confirm asks")


def _by_hand(config: Config, options: dict[str, Any]) -> int:
    from refpipe import cli
    from refpipe.cli import console
    from refpipe.library import made_if_needed
    from refpipe.pipeline import intake, manual_entry

    record = manual_entry.record(options)
    with made_if_needed(config.library) as library:
        work = intake.take(library, record, now=console.now())
        if work is None:
            console.say(f"refpipe: {intake.withdrawn(library, record)}")
            return cli.FINDINGS
        code = _print(config, library, work)
        console.changed_entries(library, config)
        return code


def _print(config: Config, library: Library, work: Work) -> int:
    """Print the entry, how to cite it, how the work stands, and what may be the same work."""
    from refpipe import markup, render, styles
    from refpipe.cli import console, terminal
    from refpipe.pipeline import lookup

    style = styles.load(config.style_for(config.root))
    click.echo(markup.plain(render.entry(work.item, style).content))
    typed = (f"[{lookup.typed_key(lookup.key_of(work))}]", f"[@{work.name}]")
    either = "  または  " if terminal.language_of_talk() == "ja" else "  or  "
    click.echo(f"  {either.join(dict.fromkeys(typed))}")
    for tie in _further_ties(work):
        console.say(f"  {tie.kind}: {tie.target} {tie.date}".rstrip())
    for a, b, _ in library.possible(work):
        if work.id in {a.id, b.id}:
            other = b if a.id == work.id else a
            console.say(f"  possibly the same work as {other.name}; refpipe review decides")
    return console.standing([work], config)


def _further_ties(work: Work) -> list[Relation]:
    """What the work is tied to, notices aside, of which ``console.standing`` speaks."""
    if not work.relations:
        return []
    from refpipe.checks.standing import NOTICES

    return [tie for tie in work.relations if tie.kind.removesuffix("-of") not in NOTICES]


# ── ``refpipe resolve``: try identifiers on the registries without storing anything ─────────────


_FORMATS = ["text", "json", "csl-json", "bibtex"]


@click.command("resolve", short_help="Look identifiers up without storing them.")
@click.argument("identifiers", nargs=-1)
@click.option(
    "--format", "form", type=Forms(_FORMATS), default="text", show_default=True,
    help="text for reading; json for one object a line; csl-json or bibtex for other programs.",
)  # fmt: skip
@click.option("--offline", is_flag=True, help="Ask nobody; use what is written or remembered.")
def resolve_command(identifiers: tuple[str, ...], form: str, *, offline: bool) -> int:
    """Look up what IDENTIFIERS name: DOIs in any form, PMID:…, PMC…, addresses of articles.

    A whole printed reference may be given as well: it is held against the record of the
    identifier that it prints, or searched for where it prints none, and each difference is shown
    with both values, as refpipe confirm does.

    With - they are read from standard input, one a line.  Nothing is added to the library.
    Each JSON object holds input, doi, certainty (literal: it was written there; candidate:
    derived from an address and not confirmed; confirmed: a registry answered for it), agency,
    reason and differences.

    Exit code 0: all were found, and agree.  1: one does not exist, or differs.
    2: somebody could not be asked.
    """
    from refpipe.cli import console
    from refpipe.errors import UsageError

    inputs = list(_inputs(identifiers))
    if not inputs:
        raise UsageError("nothing to resolve", hint="Name an identifier, or - to read them.")
    found = _look_up(console.project(paths=()), inputs, is_offline=offline)
    for line in _written(console.project(paths=()), found, form):
        click.echo(line)
    _complain(found, form)
    return max(_exit_code(one, is_offline=offline, form=form) for one in found)


def _inputs(identifiers: Sequence[str]) -> Iterator[str]:
    from refpipe.cli import console
    from refpipe.items import exchange

    for text in identifiers:
        if text != "-":
            yield text
            continue
        stdin, *remarks = exchange.decoded(sys.stdin.buffer.read(), "standard input")
        for told in remarks:
            console.say(told)
        yield from (line.strip() for line in stdin.splitlines() if line.strip())


def _look_up(config: Config, inputs: Sequence[str], *, is_offline: bool) -> list[Resolution]:
    """What each input came to, by the registries or what is remembered of their answers."""
    from refpipe.cli import console
    from refpipe.pipeline import lookup

    claims = lookup.claims_of(inputs)
    if not any(claims.values()) or (is_offline and not console.remembers(config)):
        return lookup.resolutions(inputs, claims, ())
    with console.registries(config, is_offline=is_offline)() as registries:
        return lookup.resolutions(inputs, claims, lookup.ask_registries(registries, claims))


def _exit_code(one: Resolution, *, is_offline: bool, form: str) -> int:
    """What one input makes of the run."""
    from refpipe import cli
    from refpipe.match.differences import is_agreed

    if one.answer is not None:
        return cli.CLEAN if is_agreed(one.differences) else cli.FINDINGS
    if one.is_refuted:
        return cli.FINDINGS
    if is_offline and form in {"json", "text"}:
        return cli.CLEAN if one.doi else cli.FINDINGS
    return cli.FAILED


def _written(config: Config, found: Sequence[Resolution], form: str) -> Iterator[str]:
    """The output, piece by piece."""
    from refpipe.cli import bibliography
    from refpipe.items import exchange

    items = [one.item for one in found if one.answer is not None]
    if form == "json":
        yield from (json.dumps(one.as_json(), ensure_ascii=False) for one in found)
    elif form == "csl-json":
        yield json.dumps(bibliography.keyed(items), ensure_ascii=False, indent=2)
    elif form == "bibtex":
        yield exchange.write("bibtex", bibliography.keyed(items))
    else:
        for one in found:
            yield from _resolution_lines(config, one)


def _resolution_lines(config: Config, one: Resolution) -> Iterator[str]:
    """One input for people: what it is, then how that is known."""
    from refpipe import markup, render, styles
    from refpipe.checks.references import difference_line
    from refpipe.cli import terminal

    yield one.text
    if one.answer is not None:
        style = styles.load(config.style_for(config.root))
        yield f"  {markup.plain(render.entry(one.item, style).content)}"
    told = one.as_json()
    lang = terminal.language_of_talk()
    named = told["doi"] or told["identifier"] or in_language("no identifier", lang)
    words = [
        in_language(part, lang) for part in (told["certainty"] or "unknown", told["reason"] or "")
    ]
    known = ", ".join(part for part in (words[0], told["agency"]) if part)
    yield f"  {named} ({'; '.join(part for part in (known, words[1]) if part)})"
    yield from (f"    {difference_line(each, lang)}" for each in one.differences)


def _complain(found: Sequence[Resolution], form: str) -> None:
    """Say on stderr what a bare list of items cannot say."""
    from refpipe.cli import console

    if form in {"csl-json", "bibtex"}:
        for one in found:
            if one.answer is None:
                console.say(f"refpipe: {one.text}: {one.reason or 'nobody was asked'}")
