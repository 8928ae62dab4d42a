"""``refpipe waive``: answer a finding about a work or an article, with a reason, for good."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("waive", short_help="Answer a finding with a reason, so that it is not repeated.")
@click.argument("code")
@click.argument("subject")
@click.argument("reason")
def command(code: str, subject: str, reason: str) -> int:
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
