"""``refpipe dedupe``: one work, one entry, in the library or in any file of references."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from refpipe.cli import language, output_format

if TYPE_CHECKING:
    from refpipe.dedupe import Findings, Outcome
    from refpipe.match import Subject
    from refpipe.model import Decision, Work


@click.command("dedupe", short_help="Find records of one work, in the library or in a file.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Where the rest goes.")
@click.option("--clusters", type=click.Path(path_type=Path, dir_okay=False),
              help="Write the ids that are one work as a JSON list of lists.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(min=1), default=None,
              help="Processes that share the work; all cores from 20,000 records on.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@output_format.option
@language.option
def command(  # noqa: PLR0913, PLR0917 — one parameter for each option
    files: tuple[Path, ...],
    out: Path | None,
    clusters: Path | None,
    jobs: int | None,
    dry_run: bool,
    form: str,
    lang: str,
) -> int:
    """Find records of one work in FILES (.jsonl .ris .bib .nbib .enw), or in the library.

    With FILES of one format, --out takes them without their duplicates, and a second file beside it
    (name.removed.ris) takes the duplicates, so that nothing is lost.  The report says for each
    why it was left out.  Pairs that only may be one work stay, and are reported with a "?".
    What is found is the same for every number of --jobs.

    Without FILES the works of library.db are compared with one another; what is found is
    stored as decisions, which refpipe undo takes back.
    """
    if not files:
        return run(dry_run=dry_run, form=form, lang=lang)
    return _files(files, out, clusters, jobs=jobs or 0, dry_run=dry_run, form=form, lang=lang)


def _files(  # noqa: PLR0913 — what the options say
    files: tuple[Path, ...],
    out: Path | None,
    clusters: Path | None,
    *,
    jobs: int,
    dry_run: bool,
    form: str,
    lang: str,
) -> int:
    from refpipe import cli, dedupe
    from refpipe.errors import UsageError

    if out is None and clusters is None and not dry_run:
        raise UsageError(
            "where shall the rest go?", hint="Give --out FILE, or --dry-run to look only."
        )
    outcome = dedupe.run(dedupe.read(*files), jobs=jobs)
    found = dedupe.findings(outcome)
    if form == "json" or out is not None or dry_run:
        _report(found, form, lang)
    if not dry_run:
        _write(outcome, files[0].suffix.lower(), out)
        if clusters is not None:
            _replace(clusters, "".join(dedupe.clusters_text(found)))
    is_whole = _sum_up(found)
    return cli.FINDINGS if not is_whole or (dry_run and found.removed) else cli.CLEAN


def _report(found: Findings, form: str, lang: str) -> None:
    from refpipe import dedupe

    if form == "json":
        for piece in dedupe.as_json(found):
            click.echo(piece, nl=False)
        click.echo()
        return
    for line in dedupe.as_text(found, lang):
        click.echo(line)


def _write(outcome: Outcome, suffix: str, out: Path | None) -> None:
    from refpipe import dedupe

    if out is not None:
        _replace(out, dedupe.kept_text(outcome, suffix))
        if outcome.groups:
            beside = out.with_name(f"{out.stem}.removed{out.suffix}")
            _replace(beside, dedupe.removed_text(outcome, suffix))


def _replace(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    import os

    from refpipe.errors import UsageError

    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        os.replace(part, path)  # noqa: PTH105 — replaces on every system
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror})") from error


def _sum_up(found: Findings) -> bool:
    """Say what was found in a line, and each record that cannot be read; True if there is none."""
    from refpipe.cli import console

    console.say(
        f"{console.count(found.records, 'record')}, {console.count(found.removed, 'duplicate')}, "
        f"{console.count(found.undecided, 'pair')} to look at"
    )
    is_whole = True
    for row in found.unreadable:
        is_whole = False
        console.say(f"{row.file}:{row.line}: cannot be read, kept as it is: {row.fault}")
    return is_whole


def run(*, dry_run: bool, form: str, lang: str) -> int:
    """Compare, report, and store what was found unless it is a dry run; gives the exit code."""
    from refpipe import cli, match
    from refpipe.cli import console
    from refpipe.library import Library

    with Library.open(console.project().library, writable=not dry_run) as library:
        works = list(library.works())
        found = match.decide_all([subject(work) for work in works])
        new = (
            _unsaid(found, library.decisions())
            if dry_run
            else library.decide(found, made=console.now())
        )
    names = {work.id: work.name for work in works}
    _print(new, names, form, lang)
    console.say(f"{console.count(len(works), 'work')}, {console.count(len(new), 'new decision')}")
    waits = any(one.kind.value == "possible" for one in new)
    return cli.FINDINGS if waits or (dry_run and new) else cli.CLEAN


def subject(work: Work) -> Subject:
    """A work as the matching room sees it."""
    from refpipe import match

    return match.Subject.of_work(work)


def _unsaid(found: Iterable[Decision], known: Iterable[Decision]) -> tuple[Decision, ...]:
    keys = {one.key for one in known}
    return tuple(one for one in found if one.key not in keys)


def _print(decisions: Iterable[Decision], names: dict[str, str], form: str, lang: str) -> None:
    from refpipe import match

    if form == "json":
        rows = [
            {
                "kind": one.kind.value,
                "pair": [str(one.a), str(one.b)],
                "rule": one.rule,
                "evidence": json.loads(one.evidence),
            }
            for one in decisions
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for one in decisions:
        a, b = (names.get(str(name), str(name)) for name in (one.a, one.b))
        click.echo(f"{one.kind.value}: {a}, {b}")
        for line in match.explain(one, lang).split("\n"):
            click.echo(f"  {line}")
