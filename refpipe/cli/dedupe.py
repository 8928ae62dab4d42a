"""``refpipe dedupe`` and ``review``: records that are, or may be, one work."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from refpipe.cli import console, terminal
from refpipe.errors import UsageError
from refpipe.files import write

if TYPE_CHECKING:
    from refpipe.dedupe import Findings, Outcome
    from refpipe.library import Library
    from refpipe.model import Decision, Work

    Pair = tuple[Work, Work, Decision]


# ── ``refpipe dedupe``: one work, one entry, in the library or in any file of references ────────


@click.command("dedupe", short_help="Find records of one work, in the library or in a file.")
@click.argument("files", nargs=-1)
@click.option("--out", metavar="FILE", help="Where the rest goes.")
@click.option("--clusters", type=click.Path(path_type=Path, dir_okay=False),
              help="Write the ids that are one work as a JSON list of lists.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(min=1), default=None,
              help="Processes that share the work; all cores from 20,000 records on.")  # fmt: skip
@click.option("--engine", type=click.Choice(["local", "spark"]), default="local",
              help="Work on this machine, or on Apache Spark.")  # fmt: skip
@click.option("--master", metavar="URL", default=None,
              help="The Spark to work on; all cores of this machine by default.")  # fmt: skip
@click.option("--conf", "settings", metavar="KEY=VALUE", multiple=True,
              help="A setting of Spark's; may be repeated.")  # fmt: skip
@click.option("--verbose", is_flag=True, help="Show what Spark says while it works.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@console.format_option
@terminal.language_option
def dedupe_command(  # noqa: PLR0913, PLR0917 — one parameter for each option
    files: tuple[str, ...],
    out: str | None,
    clusters: Path | None,
    jobs: int | None,
    engine: str,
    master: str | None,
    settings: tuple[str, ...],
    verbose: bool,
    dry_run: bool,
    form: str,
    lang: str,
) -> int:
    """Find records of one work in FILES (.jsonl .ris .bib .nbib .enw), or in the library.

    With FILES of one format, --out takes them without their duplicates, and a second file beside it
    (name.removed.ris) takes the duplicates, so that nothing is lost.  The report says for each
    why it was left out.  Pairs that only may be one work stay, and are reported with a "?".
    What is found is the same for every number of --jobs.

    With --engine spark the same is found by Apache Spark, on this machine or on the cluster of
    --master.  FILES are then files, folders or patterns that all its workers can read (.jsonl .ris
    .parquet, the former squeezed or not), and --out is a new folder that they can write.

        refpipe dedupe --engine spark --master spark://HOST:7077 records.jsonl --out clean.jsonl

    Without FILES the records of library.db are compared with one another; what is found is
    stored as decisions, which refpipe undo takes back.
    """
    _refuse_mixed(engine, files, jobs, bool(master or settings or verbose))
    if not files:
        return _library(dry_run=dry_run, form=form, lang=lang)
    task = _Task(files, out, clusters, dry_run, form, lang)
    if engine == "spark":
        return _on_spark(task, master, settings, is_verbose=verbose)
    return _on_this_machine(task, jobs or 0)


@dataclass(frozen=True)
class _Task:
    """What is to be done with which files, whoever does it."""

    files: tuple[str, ...]
    out: str | None
    clusters: Path | None
    is_dry: bool
    form: str
    lang: str

    def __post_init__(self) -> None:
        if self.out is None and self.clusters is None and not self.is_dry:
            raise UsageError(
                "where shall the rest go?", hint="Give --out FILE, or --dry-run to look only."
            )

    def refuse_empty(self, records: int) -> None:
        """Raise UsageError where nothing was read: that is no file without duplicates."""
        if not records:
            raise UsageError(
                f"{' '.join(self.files)}: no record in it, nothing was compared",
                hint="Is this the file that you exported, and did the export end?",
            )

    def end(self, found: Findings, empty: Collection[str] = ()) -> int:
        """Write the clusters, print what there is to print, and give the exit code.

        ``empty`` are the files among them in which no record was found.
        Nothing is printed before all is written: whoever reads may go away (``| head``).
        """
        from refpipe import cli, dedupe

        if not self.is_dry and self.clusters is not None:
            write(self.clusters, "".join(dedupe.clusters_text(found)))
        if self.form == "json" or self.out is not None or self.is_dry:
            _report(found, self.form, self.lang)
        is_whole = _sum_up(found) and not empty
        for file in sorted(empty):
            console.say(f"{file}: no record in it")
        return cli.FINDINGS if not is_whole or (self.is_dry and found.removed) else cli.CLEAN


def _refuse_mixed(
    engine: str, files: tuple[str, ...], jobs: int | None, is_for_spark: bool
) -> None:
    if engine == "spark" and not files:
        raise UsageError(
            "which files? The library is compared on this machine", hint="Leave --engine out."
        )
    if engine == "spark" and jobs:
        raise UsageError(
            "--jobs is for this machine alone", hint="--master 'local[N]' gives Spark N cores."
        )
    if engine != "spark" and is_for_spark:
        raise UsageError(
            "--master, --conf and --verbose are Spark's", hint="Give --engine spark as well."
        )


def _on_this_machine(task: _Task, jobs: int) -> int:
    from refpipe import dedupe

    files = [Path(file) for file in task.files]
    outcome = dedupe.run(dedupe.read(*files), jobs=jobs)
    found = dedupe.findings(outcome)
    task.refuse_empty(found.records)
    empty = {str(file) for file in files} - {row.file for row in outcome.rows}
    if not task.is_dry and task.out is not None:
        _write(outcome, files[0].suffix.lower(), Path(task.out))
    return task.end(found, empty)


def _on_spark(
    task: _Task, master: str | None, settings: tuple[str, ...], *, is_verbose: bool
) -> int:
    from refpipe.spark import deduplicated

    pairs = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals:
            raise UsageError(f"--conf {setting}: a setting reads KEY=VALUE")
        pairs[name.strip()] = value
    with deduplicated(
        task.files,
        out=None if task.is_dry else task.out,
        master=master,
        settings=pairs,
        is_verbose=is_verbose,
        say=console.say,
    ) as done:
        task.refuse_empty(done.findings.records)
        if not task.is_dry and task.out is not None:
            done.write(task.out)
        return task.end(done.findings)


def _report(found: Findings, form: str, lang: str) -> None:
    from refpipe import dedupe

    if form == "json":
        for piece in dedupe.as_json(found):
            click.echo(piece, nl=False)
        click.echo()
        return
    for line in dedupe.as_text(found, lang):
        click.echo(line)


def _write(outcome: Outcome, suffix: str, out: Path) -> None:
    from refpipe import dedupe

    write(out, dedupe.kept_text(outcome, suffix))
    if outcome.groups:
        beside = out.with_name(f"{out.stem}.removed{out.suffix}")
        write(beside, dedupe.removed_text(outcome, suffix))


def _sum_up(found: Findings) -> bool:
    """Say what was found in a line, and each record that cannot be read; True if there is none."""
    console.say(
        f"{console.count(found.records, 'record')}, {console.count(found.removed, 'duplicate')}, "
        f"{console.count(found.undecided, 'pair')} to look at"
    )
    is_whole = True
    for row in found.unreadable:
        is_whole = False
        console.say(f"{row.file}:{row.line}: cannot be read, kept as it is: {row.fault}")
    return is_whole


def _library(*, dry_run: bool, form: str, lang: str) -> int:
    """Compare, report, and store what was found unless it is a dry run; gives the exit code."""
    from refpipe import cli
    from refpipe.pipeline import review

    with console.library(writable=not dry_run) as (library, now):
        found = review.compare_library(library, now="" if dry_run else now)
    new = found.decisions
    _print(new, found.names, form, lang)
    console.say(f"{console.count(found.works, 'work')}, {console.count(len(new), 'new decision')}")
    waits = any(one.kind.value == "possible" for one in new)
    return cli.FINDINGS if waits or (dry_run and new) else cli.CLEAN


def _print(decisions: Iterable[Decision], names: Mapping[str, str], form: str, lang: str) -> None:
    from refpipe import match

    if form == "json":
        rows = [
            {
                "kind": one.kind.value,
                "pair": [str(one.a), str(one.b)],
                "rule": one.rule,
                "evidence": one.told,
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


# ── ``refpipe review``: walk the pairs of works that may be one ─────────────────────────────────


@click.command("review", short_help="Look at pairs that may be one work, and decide.")
@click.argument("pair", nargs=-1)
@click.option("--same", "answer", flag_value="m", help="The two keys are one work.")
@click.option("--different", "answer", flag_value="d", help="The two keys are different works.")
@click.option("--reason", default="", help="Why, in your words; it is kept with the decision.")
@console.format_option
@terminal.language_option
def review_command(
    pair: tuple[str, ...], answer: str | None, reason: str, form: str, lang: str
) -> int:
    """Show each pair of works that may be one, side by side, and ask what they are.

    m: one work. d: different works. s: leave it for later. q: stop. Each answer is kept at once,
    so that you can stop and go on another day; it outranks every rule, and refpipe undo takes
    it back.

    Where there is no terminal, or with --format json, the pairs are only printed; a script
    answers with two keys and --same or --different.  Exit code 1 while pairs are waiting.
    """
    _be_whole(pair, answer)
    is_asking = form == "text" and _has_terminal()
    with console.library(writable=bool(answer) or is_asking) as (library, now):
        if answer:
            return _answer(library, pair, answer, reason, now)
        pairs = library.possible()
        if form == "json":
            click.echo(json.dumps([_told(one) for one in pairs], ensure_ascii=False, indent=2))
        elif is_asking:
            pairs = _walk(library, pairs, lang, now)
        else:
            for number, one in enumerate(pairs, start=1):
                _show(one, f"{number}/{len(pairs)}", lang)
        console.say(f"{console.count(len(pairs), 'pair')} to look at" if pairs else "no pair waits")
    return int(bool(pairs))


def _be_whole(pair: tuple[str, ...], answer: str | None) -> None:
    if bool(pair) != bool(answer) or len(pair) not in {0, 2}:
        raise UsageError(
            "a decision needs two keys and an answer",
            hint="refpipe review KEY KEY --same, or --different; without keys it shows the pairs",
        )


def _answer(library: Library, pair: tuple[str, ...], answer: str, reason: str, now: str) -> int:
    from refpipe import cli
    from refpipe.pipeline import decisions

    one, other = (decisions.named(library, key).work for key in pair)
    if one.id == other.id:
        console.say("the two keys name one work already; refpipe undo takes a decision back")
        return cli.FINDINGS
    decide = decisions.record_match if answer == "m" else decisions.record_distinct
    decide(library, *pair, reason=reason, now=now)
    console.say(f"kept: {one.id} and {other.id} are {'one work' if answer == 'm' else 'two works'}")
    return cli.CLEAN


def _has_terminal() -> bool:
    import sys

    return terminal.is_terminal(sys.stdin) and terminal.is_terminal(sys.stdout)


def _walk(library: Library, pairs: tuple[Pair, ...], lang: str, now: str) -> tuple[Pair, ...]:
    """Ask about each pair; gives those that still wait."""
    from refpipe.pipeline import review

    for number, pair in enumerate(pairs, start=1):
        if not review.is_waiting(library, *pair[:2]):
            continue
        _show(pair, f"{number}/{len(pairs)}", lang)
        choice = click.Choice(["m", "d", "s", "q"])
        answer = click.prompt("m one work, d different, s skip, q stop", type=choice, default="s")
        if answer == "q":
            break
        if answer != "s":
            names, reason = [side.id for side in pair[:2]], f"reviewed: {pair[2].rule}"
            review.decide(library, names, answer, reason=reason, now=now)
    return library.possible()


def _show(pair: Pair, place: str, lang: str) -> None:
    from refpipe import match

    a, b, decision = pair
    click.echo(f"── {place}  {a.name}  {b.name}")
    for label, one, other in _rows(a, b):
        mark = " " if one == other else ("?" if not (one and other) else "≠")
        click.echo(f"{mark} {label:<16} {one or '-'}")
        if one != other:
            click.echo(f"  {'':<16} {other or '-'}")
    told = decision.reason or match.explain(decision, lang)
    for line in told.splitlines():
        click.echo(f"  {line}")


def _rows(a: Work, b: Work) -> Iterator[tuple[str, str, str]]:
    from refpipe.items import values
    from refpipe.pipeline.review import FIELDS

    yield "known as", a.id, b.id
    for field in FIELDS:
        one, other = (values.shown(work.item.get(field)) for work in (a, b))
        if one or other:
            yield field, one, other


def _told(pair: Pair) -> dict[str, Any]:
    a, b, decision = pair
    return {
        "pair": [a.id, b.id],
        "a": {"id": a.id, "name": a.name, "item": a.item},
        "b": {"id": b.id, "name": b.name, "item": b.item},
        "rule": decision.rule,
        "reason": decision.reason,
        "evidence": decision.told,
        "merge": ["refpipe", "merge", a.id, b.id],
        "split": ["refpipe", "split", a.id, b.id],
    }
