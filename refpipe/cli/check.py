"""``refpipe check``: look for bad dates, unresolved references and worse."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from refpipe.config import choose_language
from refpipe.display import one_line

if TYPE_CHECKING:
    import datetime

    from refpipe.config import Config
    from refpipe.pipeline.check import Order
    from refpipe.pipeline.check.run import CheckRun


@click.command("check", short_help="Look for bad dates, unresolved references and worse.")
@click.argument("named", nargs=-1, metavar="[PATHS]...", type=click.Path(readable=False))
@click.option("--sitemap", "sitemaps", multiple=True, metavar="URL", help="Pages of a sitemap.")
@click.option("--again", is_flag=True, help="Fetch pages anew that were fetched within a day.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["concise", "json", "github", "sarif", "junit", "html"]),
    help="concise, or github under GitHub Actions, unless you say.",
)
@click.option("--select", multiple=True, metavar="CODE", help="Only these rules or families.")
@click.option("--ignore", multiple=True, metavar="CODE", help="Not these rules or families.")
@click.option("--lang", type=click.Choice(["ja", "en"]), help="The language of the findings.")
@click.option("--fix", is_flag=True, help="Make the fixes that are safe.")
@click.option("--unsafe-fixes", is_flag=True, help="Make those too that a person must look at.")
@click.option("--diff", is_flag=True, help="Write nothing; print what the fixes would change.")
@click.option(
    "--online", is_flag=True, help="First ask the registries afresh, and open cited pages."
)
@click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), help="The day that dates are compared with."
)
@click.option("--statistics", is_flag=True, help="Print how many findings each rule has.")
@click.option("--verbose", is_flag=True, help="One line for each work, where several share one.")
@click.option("--exit-zero", is_flag=True, help="Exit 0 even if there are findings.")
@click.option("--watch", "is_watching", is_flag=True, help="Check whatever is saved, until Ctrl-C.")
def check_command(  # noqa: PLR0913 (one parameter an option)
    named: tuple[str, ...],
    *,
    sitemaps: tuple[str, ...],
    again: bool,
    form: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    lang: str | None,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    online: bool,
    today: datetime.datetime | None,
    statistics: bool,
    verbose: bool,
    exit_zero: bool,
    is_watching: bool,
) -> int:
    """Look for impossible dates, unknown or retracted works and worse in PATHS.

    Without PATHS, the articles of refpipe.toml (or of [tool.refpipe] in pyproject.toml) are
    checked, and the works of the library that none of them cites.  Each finding is at
    file:line:column with a code; refpipe rule CODE explains it.  A finding is answered in the
    article by <!-- refpipe: ignore CODE reason -->.

    A path may be the export file of a WordPress site (.xml), whose posts are checked, or the
    address of a page, and --sitemap gives all of a site: they are fetched
    politely (robots.txt, one a second), and what could not be seen of each is reported.

    Exit code 0: nothing to say.  1: findings.  2: something could not be checked, or there was
    nothing to check.
    """
    from refpipe.cli import console
    from refpipe.errors import UsageError
    from refpipe.pipeline.check.run import CheckRun

    paths, urls = _parted(named)
    is_web = bool(urls or sitemaps)
    if is_web and (fix or unsafe_fixes or diff or is_watching):
        raise UsageError("a page that is fetched is not mended or watched; refpipe adopt URL --out")
    if is_watching:
        from refpipe.pipeline import refs

        refs.watcher()
    config = console.project(paths=paths)
    run = CheckRun(
        config=config,
        is_whole=not named and not is_web,
        is_writing=(fix or unsafe_fixes) and not diff,
        is_diff=diff,
        is_unsafe=unsafe_fixes,
        show_diff=lambda text: click.echo(text, nl=False),
    )
    order = _order(config, today, (select or config.select, ignore or config.ignore), run, fix)
    told = _Telling(
        form=form or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "concise"),
        lang=choose_language(lang, config.lang),
        has_statistics=statistics,
        is_verbose=verbose,
    )
    with console.exports_opened(paths) as (paths, names):
        run.names |= names
        found = console.articles(config, paths, run.broken) if paths or not is_web else []
        found += _fetched(run, urls, sitemaps, is_fresh=again) if is_web else []
        run.look(_asked(order, found) if online else order, found)
        told.tell(run)
    _tell_of_style(config.style)
    return _watch(order, run, told, paths) if is_watching else _exit_code(run, is_lenient=exit_zero)


def _tell_of_style(name: str) -> None:
    """Say what a style of somebody else's asks for and does not get."""
    from refpipe import styles
    from refpipe.cli import console
    from refpipe.errors import RefpipeError

    if name in styles.names():
        return
    try:
        remarks = styles.load(name).remarks
    except RefpipeError as error:
        remarks = (str(error),)
    for remark in remarks:
        console.say(remark)


def _parted(named: tuple[str, ...]) -> tuple[tuple[Path, ...], list[str]]:
    """The paths, and the addresses of pages, of what was named."""
    from refpipe.files import is_address

    urls = [one for one in named if is_address(one)]
    return tuple(Path(one) for one in named if not is_address(one)), urls


def _watch(order: Order, first: CheckRun, told: _Telling, paths: tuple[Path, ...]) -> int:
    """Check whatever is saved, until Ctrl-C."""
    from contextlib import suppress

    from refpipe import cli
    from refpipe.cli import console
    from refpipe.pipeline.refs import Watch

    watch = Watch(order.config, paths or order.config.articles)
    watch.settled(first.done)
    console.say("watching; Ctrl-C ends it")
    with suppress(KeyboardInterrupt):
        for saved in watch.saves():
            run = first.afresh()
            run.look(order, list(saved))
            told.tell(run)
            watch.settled(run.done)
    console.say("stopped watching")
    return cli.CLEAN


def _order(
    config: Config,
    today: datetime.datetime | None,
    chosen: tuple[tuple[str, ...], tuple[str, ...]],
    run: CheckRun,
    fix: bool,
) -> Order:
    """What to check; raises UsageError for a rule that does not exist before anything is read."""
    from refpipe import checks
    from refpipe.cli import console
    from refpipe.pipeline.check import Order

    select, ignore = (_split(names) for names in chosen)
    checks.select(select, ignore)
    return Order(
        config=config,
        today=today.date() if today else console.today(),
        select=select,
        ignore=ignore,
        is_fixing=fix or run.is_unsafe or run.is_diff,
        is_unsafe=run.is_unsafe,
    )


def _split(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part.strip() for name in names for part in name.split(",") if part.strip())


def _asked(order: Order, paths: list[Path]) -> Order:
    """The order with what the registries say today."""
    from refpipe.cli import console
    from refpipe.pipeline import check, query

    readable = check.readable(paths, [])
    asked = query.requery(
        order.config, console.registries(order.config), readable, now=console.now()
    )
    if asked.unsearched:
        console.say(
            f"note: {console.count(asked.unsearched, 'reference')} without identifier not searched"
            " for (web pages, reports, or no title could be read)"
        )
    return replace(
        order,
        unresolved=asked.missing,
        searched=asked.searched,
        unversioned=asked.unversioned,
        opened=asked.opened,
        is_online=True,
    )


def _fetched(
    run: CheckRun, urls: Sequence[str], sitemaps: Sequence[str], *, is_fresh: bool
) -> list[Path]:
    """The articles of pages that are published; what cannot be seen of them is reported."""
    from refpipe.cli import console

    pages = console.fetch_pages(run.config, urls, sitemaps, is_fresh=is_fresh)
    console.tell_unseen(pages.found)
    return run.add_pages(pages)


def _unlooked(run: CheckRun) -> Iterator[tuple[str, str]]:
    """What could not be looked at for want of a library, and what is to be done."""
    from refpipe.cli import console
    from refpipe.pipeline.pages import shown

    if run.has_citations and not run.has_library:
        where = shown(run.config.library)
        yield (
            f"there is no library at {where}: what is cited could not be checked",
            "refpipe refs looks the citations up and makes it.",
        )
    if run.unheld and not run.has_library:
        listed = console.count(run.unheld, "reference")
        yield (
            f"{listed} of hand-made lists could not be checked: no registry was asked",
            "refpipe check --online asks the registries.",
        )


def _exit_code(run: CheckRun, *, is_lenient: bool) -> int:
    from refpipe import cli

    if run.is_unchecked:
        return cli.FAILED
    return cli.FINDINGS if run.is_due and not is_lenient else cli.CLEAN


@dataclass(frozen=True, slots=True, kw_only=True)
class _Telling:
    """How a run is told: data on stdout, talk on stderr."""

    form: str
    lang: str
    has_statistics: bool
    is_verbose: bool

    def tell(self, run: CheckRun) -> None:
        from refpipe import __version__, report
        from refpipe.cli import terminal
        from refpipe.display import translated

        failures = (*map(str, run.broken), *(what for what, _ in _unlooked(run)))
        is_terminal = self.form == "concise" and terminal.is_terminal(sys.stdout)
        whole = report.Report(
            findings=tuple(run.findings),
            checked=tuple(run.checked),
            failures=tuple(map(translated, failures)) if self.lang == "ja" else failures,
            lang=self.lang,
            version=__version__,
            line_of=run.line_of,
            is_terminal=is_terminal,
            is_verbose=self.is_verbose,
            has_colour=is_terminal and not os.environ.get("NO_COLOR"),
        )
        if not (run.is_diff and self.form == "concise"):
            for line in report.write(whole, self.form):
                if whole.has_colour or self.form == "github":
                    click.echo(line, file=terminal.bare_stream(sys.stdout), color=whole.has_colour)
                else:
                    click.echo(line)
        for line in self._summary(run):
            click.echo(one_line(line), err=True)

    def _summary(self, run: CheckRun) -> Iterator[str]:
        from refpipe import report
        from refpipe.cli import console

        for error in run.broken:
            yield f"refpipe: {error}"
            if error.hint:
                yield f"  {error.hint}"
        for what, step in _unlooked(run):
            yield f"refpipe: {what}"
            yield f"  {step}"
        if self.has_statistics:
            yield from report.statistics(run.findings)
        if run.fixed:
            outcome = "mended" if run.is_writing else "to mend"
            yield f"{console.count(run.fixed, 'article')} {outcome}"
        if note := run.note(console.today()):
            yield f"note: {note}"
        if run.unheld and run.has_library:
            listed = console.count(run.unheld, "reference")
            yield f"note: {listed} held against no registry; refpipe check --online asks"
        if run.unclear:
            listed = console.count(run.unclear, "reference")
            yield f"note: {listed} compared only in part; refpipe check --select REF009 names them"
        if not run.checked and not run.findings:
            yield "no article could be checked"
            return
        unchecked = sum(finding.is_unchecked for finding in run.findings)
        said = console.count(len(run.findings), "finding") if run.findings else "nothing found"
        beyond = f", of which {unchecked} could not be checked" if unchecked else ""
        yield f"{console.count(len(run.checked), 'article')} checked: {said}{beyond}"
