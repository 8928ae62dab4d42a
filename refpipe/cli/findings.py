"""``refpipe rule``, ``waive`` and ``evidence``: its meaning, its answer, what was checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from refpipe.cli import terminal
from refpipe.config import choose_language

if TYPE_CHECKING:
    from refpipe.errors import ArticleError


# ── ``refpipe rule``: what a rule looks for, and why ────────────────────────────────────────────


@click.command("rule", short_help="Explain a rule of refpipe check, or list them all.")
@click.argument("code", required=False)
@terminal.language_option
@click.option(
    "--write-docs",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write the page of every rule into this folder.",
)
def rule_command(code: str | None, lang: str, write_docs: Path | None) -> int:
    """Explain the rule CODE (DATE001, or its name impossible-date); list all without CODE."""
    from refpipe import checks, cli, report
    from refpipe.errors import UsageError

    if write_docs is not None:
        _write(write_docs)
        return cli.CLEAN
    if code is None:
        for line in report.rule_table(lang):
            click.echo(line)
        return cli.CLEAN
    try:
        rule = checks.rule(code)
    except KeyError:
        raise UsageError(
            f"there is no rule {code!r}", hint="refpipe rule lists every rule."
        ) from None
    click.echo(report.rule_page(rule.code, lang), nl=False)
    return cli.CLEAN


def _write(folder: Path) -> None:
    """Write the documentation: a page a rule and a table, in both languages."""
    from refpipe import report

    for name, text in report.documents().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


# ── ``refpipe waive``: answer a finding about a work or an article, with a reason, for good ─────


@click.command("waive", short_help="Answer a finding with a reason, so that it is not repeated.")
@click.argument("code")
@click.argument("subject")
@click.argument("reason")
def waive_command(code: str, subject: str, reason: str) -> int:
    """Let the finding CODE about SUBJECT stand, because of REASON.

    SUBJECT is a work (a DOI, an address, a name of the library), for every article that cites
    it, or the path of an article.  The answer is kept in library.db, and refpipe undo
    takes it back.  For one place in one
    article, write <!-- refpipe: ignore CODE reason --> there instead.
    """
    from refpipe import checks, cli
    from refpipe.cli import console
    from refpipe.errors import UsageError
    from refpipe.library import Library
    from refpipe.model import Waiver
    from refpipe.pipeline import lookup, pages

    try:
        rule = checks.rule(code)
    except KeyError:
        raise UsageError(f"there is no rule {code!r}", hint="refpipe rule lists them.") from None
    if not reason.strip():
        raise UsageError("a waiver needs a reason, for whoever reads it next year")
    config = console.project()
    with Library.open(config.library, create=True) as library:
        work = lookup.find(library, [subject]).get(subject)
        if work is not None:
            about = work.id
        elif Path(subject).is_file():
            about = pages.shown(Path(subject))
        else:
            raise UsageError(
                f"{subject!r} is neither a work of the library nor an article",
                hint="refpipe search finds works by words.",
            )
        waiver = Waiver(code=rule.code, subject=about, reason=reason.strip())
        library.waive([waiver], made=console.now())
    console.say(f"{rule.code} about {about} is answered: {waiver.reason}")
    console.how_to_undo(waiver.key)
    return cli.CLEAN


# ── ``refpipe evidence``: what was checked of a page, when and against whom ─────────────────────


@click.command("evidence", short_help="Write what was checked of a page, when, against whom.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, readable=False))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Write them there.")
@click.option("--lang", type=click.Choice(["ja", "en"]), help="The language of the HTML.")
def evidence_command(paths: tuple[Path, ...], out: Path | None, lang: str | None) -> int:
    """Write PAGE.evidence.json and PAGE.evidence.html beside each page of PATHS.

    They say how many references the page lists, which works they are, who confirmed each and
    when it last answered, what was retracted, and what could not be looked at.  Nobody is asked
    now; refpipe check --online asks.  They state what was checked, not that the page is right.

    Exit code 0: every work is confirmed and none retracted.  1: some are not.  2: something
    could not be looked at, or a page lists nothing.
    """
    from refpipe import cli
    from refpipe.cli import console
    from refpipe.pipeline import evidence, pages
    from refpipe.pipeline.check import Order

    config = console.project(paths=paths)
    broken: list[ArticleError] = []
    found = console.articles(config, paths, broken)
    spoken = choose_language(lang, config.lang)
    code = cli.CLEAN
    by_name = {pages.shown(path): path for path in found}
    for one in evidence.gather(Order(config=config, today=console.today()), found, broken):
        evidence.write(one, by_name[one.page], spoken, out)
        click.echo(evidence.summary(one, spoken))
        if one.is_unchecked:
            code = cli.FAILED
        elif not one.is_all_confirmed:
            code = max(code, cli.FINDINGS)
    for error in broken:
        cli.tell(error)
    return cli.FAILED if broken else code
