"""``refpipe resolve``: try identifiers on the registries without storing anything."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from refpipe.translation import in_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from refpipe.config import Config
    from refpipe.pipeline.lookup import Resolution

_FORMATS = ["text", "json", "csl", "bibtex"]


@click.command("resolve", short_help="Look identifiers up without storing them.")
@click.argument("identifiers", nargs=-1)
@click.option(
    "--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True,
    help="text for reading; json for one object a line; csl or bibtex for other programs.",
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
    for text in identifiers:
        if text != "-":
            yield text
            continue
        stdin = sys.stdin.buffer.read().decode("utf-8-sig", errors="replace")
        yield from (line.strip() for line in stdin.splitlines() if line.strip())


def _look_up(config: Config, inputs: Sequence[str], *, is_offline: bool) -> list[Resolution]:
    """What each input came to, by the registries or what is remembered of their answers."""
    from refpipe.cli import registry_access
    from refpipe.pipeline import lookup

    claims = lookup.claims_of(inputs)
    if not any(claims.values()) or (is_offline and not registry_access.remembers(config)):
        return lookup.resolutions(inputs, claims, ())
    with registry_access.registries(config, is_offline=is_offline)() as registries:
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
    elif form == "csl":
        yield json.dumps(bibliography.keyed(items), ensure_ascii=False, indent=2)
    elif form == "bibtex":
        yield exchange.write("bibtex", bibliography.keyed(items))
    else:
        for one in found:
            yield from _shown(config, one)


def _shown(config: Config, one: Resolution) -> Iterator[str]:
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

    if form in {"csl", "bibtex"}:
        for one in found:
            if one.answer is None:
                console.say(f"refpipe: {one.text}: {one.reason or 'nobody was asked'}")
