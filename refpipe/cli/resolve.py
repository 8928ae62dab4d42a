"""``refpipe resolve``: try identifiers on the registries without storing anything."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from refpipe.config import Config
    from refpipe.model import Answer, Claim, Identifier, Item, Unresolved

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

    With - they are read from standard input, one a line.  Nothing is added to the library.
    Each JSON object holds input, doi, certainty (literal: it was written there; candidate:
    derived from an address and not confirmed; confirmed: a registry answered for it), agency
    and reason.

    Exit code 0: all were found.  1: one does not exist.  2: somebody could not be asked.
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
    return max(one.exit_code(is_offline=offline, form=form) for one in found)


def _inputs(identifiers: Sequence[str]) -> Iterator[str]:
    for text in identifiers:
        if text != "-":
            yield text
            continue
        stdin = sys.stdin.buffer.read().decode("utf-8-sig", errors="replace")
        yield from (line.strip() for line in stdin.splitlines() if line.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What one input came to."""

    text: str
    claim: Claim | None
    answers: tuple[Answer, ...] = ()
    unresolved: Unresolved | None = None

    @property
    def answer(self) -> Answer | None:
        """The last answer is the fullest: PubMed's comes before Crossref's."""
        return self.answers[-1] if self.answers else None

    @property
    def item(self) -> Item:
        from refpipe import items

        return items.read(self.answer.record).item if self.answer else {}

    @property
    def doi(self) -> str | None:
        """The DOI that a registry answered for, or else the one that was written or derived."""
        from refpipe.model import Certainty, Scheme

        if self.answer is not None:
            if self.answer.record.identifier.scheme is Scheme.DOI:
                return self.answer.record.identifier.value
            return self.item.get("DOI")
        if self.claim is None or self.claim.identifier.scheme is not Scheme.DOI:
            return None
        is_refuted = self.unresolved is not None and self.unresolved.is_final
        if is_refuted and self.claim.certainty is Certainty.CANDIDATE:
            return None
        return self.claim.identifier.value

    def as_json(self) -> dict[str, str | None]:
        """The line of JSON."""
        certainty = self.answer.certainty if self.answer else None
        if certainty is None and self.claim is not None:
            certainty = self.claim.certainty
        return {
            "input": self.text,
            "doi": self.doi,
            "certainty": str(certainty) if certainty else None,
            "agency": self.answer.agency if self.answer else None,
            "reason": self.reason,
            "identifier": str(self.claim.identifier) if self.claim else None,
        }

    @property
    def reason(self) -> str:
        """Why there is nothing, or how it is known."""
        if self.answer is not None:
            return self.answer.reason
        if self.unresolved is not None:
            return self.unresolved.reason
        rule = self.claim.rule if self.claim else ""
        return rule or ("" if self.claim else "this is no identifier that is known")

    def exit_code(self, *, is_offline: bool, form: str) -> int:
        """What this one makes of the run."""
        from refpipe import cli

        if self.answer is not None:
            return cli.CLEAN
        if self.claim is None or (self.unresolved is not None and self.unresolved.is_final):
            return cli.FINDINGS
        if is_offline and form in {"json", "text"}:
            return cli.CLEAN if self.doi else cli.FINDINGS
        return cli.FAILED


def _look_up(config: Config, inputs: Sequence[str], *, is_offline: bool) -> list[_Found]:
    from refpipe import identifiers
    from refpipe.model import Answer

    claims = {text: identifiers.read(text) for text in dict.fromkeys(inputs)}
    answers: dict[Identifier, list[Answer]] = {}
    missing: dict[Identifier, Unresolved] = {}
    for outcome in _outcomes(config, claims, is_offline=is_offline):
        if isinstance(outcome, Answer):
            answers.setdefault(outcome.asked, []).append(outcome)
        else:
            missing[outcome.identifier] = outcome
    return [
        _Found(
            text=text,
            claim=claims[text],
            answers=tuple(answers.get(claim.identifier, ())) if (claim := claims[text]) else (),
            unresolved=missing.get(claim.identifier) if claim else None,
        )
        for text in inputs
    ]


def _outcomes(
    config: Config, claims: dict[str, Claim | None], *, is_offline: bool
) -> Iterator[Answer | Unresolved]:
    """What the registries say, or what is remembered of what they said."""
    from refpipe.cli import console, registry_access
    from refpipe.pipeline import lookup

    wanted = {text: claim for text, claim in claims.items() if claim is not None}
    if not wanted or (is_offline and not (config.cache / "http.sqlite").is_file()):
        return
    evidence = {claim.identifier: lookup.evidence(text) for text, claim in wanted.items()}
    with registry_access.registries(config, is_offline=is_offline)() as registries:
        yield from console.shown_progress(
            registries.resolve(wanted.values(), evidence),
            total=len(wanted),
            what="asking the registries",
        )


def _written(config: Config, found: Sequence[_Found], form: str) -> Iterator[str]:
    """The output, piece by piece."""
    if form == "json":
        yield from (json.dumps(one.as_json(), ensure_ascii=False) for one in found)
    elif form == "csl":
        yield json.dumps(_keyed(found), ensure_ascii=False, indent=2)
    elif form == "bibtex":
        from refpipe.items.exchange import formats

        yield formats.write("bibtex", _keyed(found))
    else:
        for one in found:
            yield from _shown(config, one)


def _keyed(found: Sequence[_Found]) -> list[dict[str, Any]]:
    """The items that were found, each with an id of its own."""
    from refpipe.items.printed import writing

    taken: set[str] = set()
    items = [one.item for one in found if one.answer is not None]
    return [{"id": writing.key(item, taken), **item} for item in items]


def _shown(config: Config, one: _Found) -> Iterator[str]:
    """One input for people: what it is, then how that is known."""
    from refpipe import markup, render, styles

    yield one.text
    if one.answer is not None:
        style = styles.load(config.style_for(config.root))
        yield f"  {markup.plain(render.entry(one.item, style).content)}"
    told = one.as_json()
    named = told["doi"] or told["identifier"] or "no identifier"
    by = f", {told['agency']}" if told["agency"] else ""
    why = f"; {told['reason']}" if told["reason"] else ""
    yield f"  {named} ({told['certainty'] or 'unknown'}{by}{why})"


def _complain(found: Sequence[_Found], form: str) -> None:
    """Say on stderr what a bare list of items cannot say."""
    from refpipe.cli import console

    if form in {"csl", "bibtex"}:
        for one in found:
            if one.answer is None:
                console.say(f"refpipe: {one.text}: {one.reason or 'nobody was asked'}")
