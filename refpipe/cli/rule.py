"""``refpipe rule``: what a rule looks for, and why."""

from __future__ import annotations

from pathlib import Path

import click

from refpipe.cli import language


@click.command("rule", short_help="Explain a rule of refpipe check, or list them all.")
@click.argument("code", required=False)
@language.option
@click.option(
    "--write-docs",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write the page of every rule into this folder.",
)
def command(code: str | None, lang: str, write_docs: Path | None) -> int:
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
