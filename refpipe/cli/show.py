"""``refpipe show``, ``history`` and ``why``: what is known of a work, since when, and why."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from refpipe.cli import console, terminal
from refpipe.cli.console import complete_keys
from refpipe.display import in_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from refpipe.config import Config
    from refpipe.library import Library
    from refpipe.model import Decision, Record, Work


# ── ``refpipe show``: one work, where each field came from, and why its records are one ─────────


@click.command("show", short_help="Show one work, where each field came from, and why.")
@click.argument("key")
@console.format_option
@click.option("--full", is_flag=True, help="Whole addresses and the records word for word.")
@terminal.language_option
def show_command(key: str, form: str, *, full: bool, lang: str) -> int:
    """Show the work that KEY names: a DOI, PMID, address, or a name such as modic2005.

    Every field is printed with the record it came from, and every record with the source
    that said it; --full adds where it was heard and how it was worded.

    Exit code 2 when the library knows no such work.
    """
    from refpipe import cli
    from refpipe.library import Library
    from refpipe.pipeline import decisions

    config = console.project()
    with Library.open(config.library, writable=False) as library:
        work = decisions.named(library, key).work
        if form == "json":
            click.echo(json.dumps(_told(library, work), ensure_ascii=False, indent=2))
        else:
            entry = _entry(work, config)
            for line in _lines(library, work, entry, _Form(lang=lang, is_full=full)):
                click.echo(line)
    return cli.CLEAN


def _entry(work: Work, config: Config) -> str:
    """The entry as it is printed; a remembered one, where there is one, spares the engine."""
    from refpipe import markup, render, styles
    from refpipe.cache import Cache

    style = styles.load(config.style_for(config.root))
    key = render.entry_key(work.item, style)
    with Cache(config.cache) as cache:
        content = cache.entry(key)
        if content is None:
            result = render.entry(work.item, style)
            content = result.content
            if not result.warnings:
                cache.remember_entry(key, content)
    return markup.plain(content)


def _told(library: Library, work: Work) -> dict[str, Any]:
    records = {record.key: record for record in library.records_of(work)}
    return {
        "id": work.id,
        "name": work.name,
        "is_confirmed": work.is_confirmed,
        "item": work.item,
        "suppliers": {
            variable: {"record": key, "source": records[key].source, "origin": records[key].origin}
            for variable, key in work.suppliers.items()
            if key in records
        },
        "identifiers": [
            {"identifier": str(claim.identifier), "certainty": claim.certainty, "rule": claim.rule}
            for claim in work.claims
        ],
        "records": [
            {
                "key": record.key,
                "source": record.source,
                "identifier": str(record.identifier),
                "origin": record.origin,
                "heard": record.heard,
            }
            for record in records.values()
        ],
        "decisions": [
            {
                "kind": decision.kind,
                "a": str(decision.a),
                "b": str(decision.b),
                "by": decision.by,
                "rule": decision.rule,
                "reason": decision.reason,
                "evidence": decision.told,
                "made": decision.made,
            }
            for decision in library.decisions_of(work)
        ],
        "relations": [
            {"kind": tie.kind, "target": str(tie.target), "date": tie.date, "source": tie.source}
            for tie in work.relations
        ],
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """How a work is shown."""

    lang: str
    is_full: bool

    def words(self, english: str) -> str:
        """What the page itself says, in the language that was asked for."""
        return in_language(english, self.lang)


def _standing(work: Work, records: Iterable[Record], form: _Form) -> str:
    from refpipe.pipeline import decisions

    if work.is_confirmed:
        return form.words("confirmed by a registry")
    return decisions.origin(work, records, form.lang)


def _lines(library: Library, work: Work, entry: str, form: _Form) -> Iterator[str]:
    records = {record.key: record for record in library.records_of(work)}
    yield f"{work.name}  {work.id}  ({_standing(work, records.values(), form)})"
    yield f"  {entry}"
    yield ""
    yield form.words("Fields, and who supplied them")
    yield from _fields(work, records, form)
    yield from _differences(library, work, form)
    yield form.words("Identifiers")
    for claim in work.claims:
        rule = f", by the rule {claim.rule}" if claim.rule else ""
        yield f"  {claim.identifier}  {form.words(f'{_CERTAINTY[claim.certainty]}{rule}')}"
    yield form.words("Records")
    for record in records.values():
        yield f"  {record.key[:8]}  {_source(record, form)}  {record.heard}"
        if form.is_full:
            yield f"            {' '.join(record.payload.split())}"
        elif record.source == "printed":
            yield f"            {_shortened(record.payload)}"
    yield from _shared(records.values(), form)
    yield from _reasons(library.decisions_of(work), form)
    if work.relations:
        yield form.words("Related works")
        for tie in work.relations:
            kind = form.words(tie.kind)
            yield f"  {kind}  {tie.target}  {tie.date}  {tie.source}".rstrip()


_CERTAINTY = {
    "literal": "as stated",
    "candidate": "a candidate, derived and not confirmed",
    "confirmed": "confirmed by a registry",
}


def _shared(records: Iterable[Record], form: _Form) -> Iterator[str]:
    """The identifiers that hold the records together, each with the records that state it."""
    from refpipe import items
    from refpipe.model import Certainty

    told = list(records)
    if len(told) < 2:
        return
    stated: dict[str, list[str]] = {}
    for record in told:
        claims = items.read(record).claims
        sure = {c.identifier for c in claims if c.certainty is not Certainty.CANDIDATE}
        for identifier in sorted(sure | {record.identifier}):
            stated.setdefault(str(identifier), []).append(record.key[:8])
    shared = {name: keys for name, keys in stated.items() if len(keys) > 1}
    if shared:
        yield form.words("One work, because the records state the same")
    for name, keys in shared.items():
        yield f"  {name}  {', '.join(keys)}"


def _differences(library: Library, work: Work, form: _Form) -> Iterator[str]:
    """Where print or a file says otherwise than the registries."""
    from refpipe.checks.references import difference_line
    from refpipe.pipeline import stated_differences

    told = stated_differences.of_library(library, work)
    if told:
        yield form.words("Differs from the registry")
    for one in told:
        yield f"  {difference_line(one, form.lang)}"


def _fields(work: Work, records: dict[str, Record], form: _Form) -> Iterator[str]:
    from refpipe.items import values

    for variable, key in work.suppliers.items():
        if variable not in work.item:
            continue
        yield f"  {variable:<20} {values.shown(work.item[variable])}"
        # Of names that two sources completed each other both are told.
        for one in filter(None, (key, work.suppliers.get(f"{variable}+"))):
            source = _source(records[one], form) if one in records else one[:8]
            yield f"  {'':<20}   {one[:8]}  {source}"


def _source(record: Record, form: _Form) -> str:
    """Who said it and where; a registry's address is as long as its batch, and left out."""
    is_short = not form.is_full and "://" in record.origin and record.source not in _PAGES
    return record.source if is_short else f"{record.source}  {record.origin}".rstrip()


_PAGES = frozenset(("web", "landing_page", "seen"))
"""The sources whose address is the very thing that is cited."""


def _shortened(text: str, width: int = 160) -> str:
    line = " ".join(text.split())
    return line if len(line) <= width else f"{line[:width]}…"


def _reasons(decisions: tuple[Decision, ...], form: _Form) -> Iterator[str]:
    from refpipe.model import DecisionKind

    told = [decision for decision in decisions if decision.kind is not DecisionKind.NAME]
    if not told:
        return
    from refpipe import match
    from refpipe.pipeline.decisions import as_sentence

    yield form.words("Decisions")
    for decision in told:
        yield f"  {decision.key[:8]}  {as_sentence(decision, form.lang)}"
        who = "a person" if decision.by == "person" else "a rule"
        yield f"            {form.words(f'decided by {who}, {decision.made}')}"
        for line in match.explain(decision, form.lang).splitlines():
            yield f"            {line}"


# ── ``refpipe history``: who said what of a work, when, and what was decided ────────────────────


@click.command("history", short_help="Show which source stated what, when, and what was decided.")
@click.argument("key", shell_complete=complete_keys)
@console.format_option
@terminal.language_option
def history_command(key: str, form: str, lang: str) -> int:
    """Tell the history of the work that KEY names, oldest first.

    Each line begins with the key of a record or decision; refpipe undo and refpipe split take it.
    """
    from refpipe import cli
    from refpipe.pipeline import decisions

    with console.library(writable=False) as (library, _):
        work = decisions.named(library, key).work
        events = decisions.events(library, work, lang)
        if form == "json":
            told = {"id": work.id, "name": work.name, "events": [one.as_json() for one in events]}
            click.echo(json.dumps(told, ensure_ascii=False, indent=2))
            return cli.CLEAN
        console.work(work, heading=work.id)
        for event in events:
            gone = f"  ({_TAKEN_BACK[lang]})" if event.is_taken_back else ""
            click.echo(f"{event.key[:8]}  {event.when or '-':<20}  {event.what}{gone}")
            for line in event.details:
                click.echo(f"{'':<10}{line}")
    return cli.CLEAN


_TAKEN_BACK = {"en": "taken back", "ja": "取り消し済み"}


# ── ``refpipe why``: why two works are one, or are not ──────────────────────────────────────────


@click.command("why", short_help="Say why two keys are one work, or are not.")
@click.argument("a")
@click.argument("b")
@console.format_option
@terminal.language_option
def why_command(a: str, b: str, form: str, lang: str) -> int:
    """Say why the keys A and B name one work, or two.

    The decisions that were stored come first, a person's before a rule's; then what the rules
    say of the two today, field by field, with what speaks against it.
    """
    from refpipe import cli, match
    from refpipe.pipeline import decisions, review

    with console.library(writable=False) as (library, _):
        works = {key: decisions.named(library, key).work for key in (a, b)}
        told = review.explain(library, works[a], works[b])
    decided = [match.explain(decision, lang) for decision in told.decisions]
    today = match.explain(told.today, lang) if told.today else ""
    if form == "json":
        answer = {
            "works": told.names, "is_one": told.is_one, "decisions": decided, "today": today,
        }  # fmt: skip
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
        return cli.CLEAN
    works_line = told.names[0] if told.is_one else " / ".join(told.names)
    click.echo("\n\n".join(filter(None, (works_line, *decided, today))))
    return cli.CLEAN
