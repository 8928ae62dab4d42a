"""``refpipe check``: look for bad dates, unresolved references and worse."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from refpipe.config import choose_language
from refpipe.files import diff as diff_of
from refpipe.visible import one_line

if TYPE_CHECKING:
    import datetime

    from refpipe.config import Config
    from refpipe.errors import ArticleError
    from refpipe.model import Finding
    from refpipe.pipeline.check import Checked, Order
    from refpipe.pipeline.check.memory import CheckOutcome


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
@click.option("--online", is_flag=True, help="Ask the registries afresh, before checking.")
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

    paths, urls = _parted(named)
    is_web = bool(urls or sitemaps)
    if is_web and (fix or unsafe_fixes or diff or is_watching):
        raise UsageError("a page that is fetched is not mended or watched; refpipe adopt URL --out")
    config = console.project(paths=paths)
    run = _Run(
        config=config,
        is_whole=not named and not is_web,
        is_writing=(fix or unsafe_fixes) and not diff,
        is_diff=diff,
        is_unsafe=unsafe_fixes,
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
        found += run.fetch(urls, sitemaps, is_fresh=again) if is_web else []
        run.look(_asked(order, found) if online else order, found)
        told.tell(run)
    _tell_of_style(config.style)
    return _watch(order, run, told, paths) if is_watching else run.exit_code(is_lenient=exit_zero)


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


def _watch(order: Order, first: _Run, told: _Telling, paths: tuple[Path, ...]) -> int:
    """Check whatever is saved, until Ctrl-C."""
    from contextlib import suppress
    from copy import deepcopy

    from refpipe import cli
    from refpipe.cli import console
    from refpipe.pipeline.refs import Watch

    watch = Watch(order.config, paths or order.config.articles)
    watch.settled(first.done)
    console.say("watching; Ctrl-C ends it")
    fresh: dict[str, Any] = {"findings": [], "checked": [], "texts": {}, "broken": [], "done": []}
    with suppress(KeyboardInterrupt):
        for saved in watch.saves():
            run = replace(first, is_whole=False, fixed=0, **deepcopy(fresh))
            run.look(order, list(saved))
            told.tell(run)
            watch.settled(run.done)
    console.say("stopped watching")
    return cli.CLEAN


def _order(
    config: Config,
    today: datetime.datetime | None,
    chosen: tuple[tuple[str, ...], tuple[str, ...]],
    run: _Run,
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
        is_online=True,
    )


def _shown_library(config: Config) -> str:
    """The library's path as a person sees it."""
    from refpipe.pipeline.pages import shown

    return shown(config.library)


@dataclass(slots=True, kw_only=True)
class _Run:
    """One run: what to do with fixes, and what was found."""

    config: Config
    is_whole: bool
    is_writing: bool
    is_diff: bool
    is_unsafe: bool
    findings: list[Finding] = field(default_factory=list)
    checked: list[str] = field(default_factory=list)
    texts: dict[str, Path] = field(default_factory=dict)
    broken: list[ArticleError] = field(default_factory=list)
    fixed: int = 0
    done: list[tuple[Path, bytes]] = field(default_factory=list)
    """Each article with what it held when it was checked, or holds since it was mended."""
    names: dict[str, str] = field(default_factory=dict)
    """Path as it would be shown → the address of the page that it was fetched from."""
    has_citations: bool = False
    has_works: bool = False
    unheld: int = 0
    """References of hand-made lists that have been held against no registry."""
    unclear: int = 0
    """Works and references that could not be compared in all that they state."""

    @property
    def has_library(self) -> bool:
        """Whether there is anything to look works up in."""
        return self.config.library.exists()

    def unlooked(self) -> Iterator[tuple[str, str]]:
        """What could not be looked at for want of a library, and what is to be done."""
        from refpipe.cli import console

        if self.has_citations and not self.has_library:
            where = _shown_library(self.config)
            yield (
                f"there is no library at {where}: what is cited could not be checked",
                "refpipe refs looks the citations up and makes it.",
            )
        if self.unheld and not self.has_library:
            listed = console.count(self.unheld, "reference")
            yield (
                f"{listed} of hand-made lists could not be checked: no registry was asked",
                "refpipe check --online asks the registries.",
            )

    def failures(self) -> Iterator[str]:
        """What could not be looked at, each with the reason."""
        yield from map(str, self.broken)
        yield from (what for what, _ in self.unlooked())

    def fetch(self, urls: Sequence[str], sitemaps: Sequence[str], *, is_fresh: bool) -> list[Path]:
        """The articles of pages that are published; what cannot be seen of them is reported."""
        from refpipe.cli import console
        from refpipe.pipeline.pages import shown

        pages = console.fetch_pages(self.config, urls, sitemaps, is_fresh=is_fresh)
        console.tell_unseen(pages.found)
        self.broken += pages.failed
        self.names |= {shown(page.file): page.url for page in pages.found if page.file}
        return pages.files

    def look(self, order: Order, paths: list[Path]) -> None:
        """Check every article, and mend it where that was asked for."""
        from refpipe import checks
        from refpipe.pipeline import check
        from refpipe.pipeline.pages import shown

        cited: set[str] = set()
        rules = checks.select(order.select, order.ignore)
        is_held = order.is_online or not any(one.family in {"REF", "RET"} for one in rules)
        for outcome in self._outcomes(order, check.readable(paths, self.broken)):
            cited |= outcome.works
            self.has_works = self.has_works or bool(outcome.works or outcome.has_list)
            self.unheld += 0 if is_held else outcome.unheld
            self.unclear += outcome.unclear
            path = shown(outcome.file.path)
            name = self.names.get(path, path)
            self.checked.append(name)
            self.has_citations |= outcome.has_citations
            self.texts[name] = outcome.file.path
            self.findings += [self._called(one, path, name) for one in outcome.findings]
        if self.is_whole:
            self.findings += check.uncited(order, frozenset(cited))

    def _called(self, finding: Finding, path: str, name: str) -> Finding:
        """The finding of a text that came from elsewhere, under the name that it has there."""
        if path == name:
            return finding
        values = dict(finding.values)
        if "command" in values:
            is_page = "://" in name
            values["command"] = (
                f"refpipe adopt {name} --out FILE.html"
                if is_page
                else f"refpipe wordpress pull --from-wxr {name.partition('.xml/')[0]}.xml"
            )
        return replace(finding, path=name, values=values)

    def _outcomes(self, order: Order, paths: Iterator[Path]) -> Iterator[CheckOutcome]:
        """What came of each article; of one to be mended, what is left after its fixes."""
        from refpipe.pipeline import check
        from refpipe.pipeline.check import memory

        if order.is_fixing:
            for checked in check.check(order, paths):
                outcome = memory.CheckOutcome.of(checked)
                yield replace(outcome, findings=self._mend(order, checked))
            return
        for outcome in memory.outcomes(order, paths):
            self.done.append((outcome.file.path, outcome.file.content))
            yield outcome

    def _mend(self, order: Order, checked: Checked) -> tuple[Finding, ...]:
        """What is left to say of an article after its fixes."""
        from refpipe import files
        from refpipe.pipeline import check

        text = check.mended(checked, is_unsafe=self.is_unsafe)
        left = text if self.is_writing else checked.file.text
        self.done.append((checked.file.path, left.encode("utf-8")))
        if text != checked.file.text:
            self.fixed += 1
            if self.is_diff:
                shown = diff_of(checked.article.path, checked.file.text, text)
                click.echo(shown, nl=False)
            if self.is_writing:
                files.replace(checked.file, text)
        return check.again(order, checked, text if self.is_writing else checked.file.text)

    def note(self) -> str:
        """What a person should know of the data on retractions; empty where nothing is cited."""
        from refpipe.cli import console
        from refpipe.pipeline.retractions import KnownNotices

        with KnownNotices() as notices:
            return notices.note(console.today()) if self.has_works else ""

    def line_of(self, path: str, number: int) -> str:
        """A line of an article, for showing it; empty where there is none."""
        from refpipe import files

        if path not in self.texts:
            return ""
        lines = files.read(self.texts[path]).text.split("\n", number)
        return lines[number - 1].rstrip("\r") if len(lines) >= number else ""

    def exit_code(self, *, is_lenient: bool) -> int:
        from refpipe import cli

        if self.broken or any(self.unlooked()) or not self.checked:
            return cli.FAILED
        if any(each.is_unchecked for each in self.findings):
            return cli.FAILED
        is_due = bool(self.findings) or (self.is_diff and self.fixed > 0)
        return cli.FINDINGS if is_due and not is_lenient else cli.CLEAN


@dataclass(frozen=True, slots=True, kw_only=True)
class _Telling:
    """How a run is told: data on stdout, talk on stderr."""

    form: str
    lang: str
    has_statistics: bool
    is_verbose: bool

    def tell(self, run: _Run) -> None:
        from refpipe import __version__, report
        from refpipe.cli import terminal
        from refpipe.translation import translated

        failures = tuple(run.failures())
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

    def _summary(self, run: _Run) -> Iterator[str]:
        from refpipe import report
        from refpipe.cli import console

        for error in run.broken:
            yield f"refpipe: {error}"
            if error.hint:
                yield f"  {error.hint}"
        for what, step in run.unlooked():
            yield f"refpipe: {what}"
            yield f"  {step}"
        if self.has_statistics:
            yield from report.statistics(run.findings)
        if run.fixed:
            outcome = "mended" if run.is_writing else "to mend"
            yield f"{console.count(run.fixed, 'article')} {outcome}"
        if note := run.note():
            yield f"note: {note}"
        if run.unheld and run.has_library:
            listed = console.count(run.unheld, "reference")
            yield f"note: {listed} held against no registry; refpipe check --online asks"
        if run.unclear:
            listed = console.count(run.unclear, "reference")
            yield f"note: {listed} compared only in part; refpipe check --select REF009 names them"
        unchecked = sum(finding.is_unchecked for finding in run.findings)
        said = console.count(len(run.findings), "finding") if run.findings else "nothing found"
        beyond = f", of which {unchecked} could not be checked" if unchecked else ""
        yield f"{console.count(len(run.checked), 'article')} checked: {said}{beyond}"
