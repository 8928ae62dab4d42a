"""``refpipe refs``: number the citations and write the list into each article."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from refpipe.files import diff as diff_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refpipe.config import Config
    from refpipe.errors import ArticleError, RefpipeError
    from refpipe.model import Finding
    from refpipe.pipeline.pages import Page, RefsRun


@click.command("refs", short_help="Number the citations and write the list into each article.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, readable=False))
@click.option("--check", "is_check", is_flag=True, help="Write nothing; exit 1 if a file is due.")
@click.option("--diff", "is_diff", is_flag=True, help="Write nothing; print what would change.")
@click.option("--unweave", is_flag=True, help="Give back the text as it was typed.")
@click.option("--offline", is_flag=True, help="Ask no registry; use what the library holds.")
@click.option(
    "--library", type=click.Path(path_type=Path), help="The library, where there is no project."
)
@click.option("--json-ld", is_flag=True, help="Keep a block of JSON-LD with dates and sources.")
@click.option(
    "--watch",
    "is_watching",
    is_flag=True,
    help="Do it again for each file that is saved, until Ctrl-C.",
)
def refs_command(  # noqa: PLR0913 (one parameter an option)
    paths: tuple[Path, ...],
    *,
    is_check: bool,
    is_diff: bool,
    unweave: bool,
    offline: bool,
    library: Path | None,
    json_ld: bool,
    is_watching: bool,
) -> int:
    """Number the citations of PATHS and write the list of references into each.

    Without PATHS, the articles of [tool.refpipe] in pyproject.toml are done.  A citation is
    typed as [@doi:10.1148/radiol.2372041509, p. 600]; the list goes where
    <!--bibliography--> stands.  A second run changes nothing.

    Exit code 0: all in order.  1: something to mend is printed, a cited work was
    retracted or is of concern, or --check found a file due.
    2: something could not be looked up or read; the rest was done.
    """
    from refpipe.cli import console
    from refpipe.errors import UsageError
    from refpipe.pipeline import refs

    if is_watching and (is_check or is_diff or unweave):
        raise UsageError("--watch weaves what is saved; it goes with no --check, --diff, --unweave")
    if is_watching:
        refs.watcher()
    config = console.project(library, paths=paths)
    config = replace(config, has_json_ld=True) if json_ld else config
    unreadable: list[ArticleError] = []
    found = console.articles(config, paths, unreadable)
    if not (is_check or is_diff or unweave):
        console.check_writable(config, library)
    asked = _Asked(
        is_diff=is_diff,
        may_write=not (is_check or is_diff),
        is_unweaving=unweave,
        unasked=_unasked(check=is_check, diff=is_diff, offline=offline),
        unreadable=tuple(unreadable),
    )
    if is_watching:
        return _watch(config, paths, found, asked)
    return _once(config, found, asked).finish()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What a run is to do with the pages."""

    is_diff: bool
    may_write: bool
    is_unweaving: bool
    unasked: str
    unreadable: tuple[ArticleError, ...] = ()


def _once(config: Config, found: Sequence[Path], asked: _Asked) -> _Tally:
    """Weave each article once; gives what came of it."""
    from refpipe.cache import Cache
    from refpipe.cli import console
    from refpipe.files import folders_synced_last
    from refpipe.pipeline import pages, refs

    memory = console.registries(config, is_offline=True) if console.remembers(config) else None
    with Cache(config.cache) as cache, folders_synced_last():
        run = pages.RefsRun(
            config=config,
            cache=cache,
            now=console.now(),
            today=console.today(),
            registries=None if asked.unasked else console.registries(config),
            memory=memory,
            unasked=asked.unasked,
            may_write=asked.may_write,
        )
        woven = refs.unweave(found) if asked.is_unweaving else refs.weave_all(run, found)
        tally = _Tally(is_due=not asked.may_write, errors=[*asked.unreadable])
        for page in woven:
            tally.count(page)
            if asked.is_diff and page.is_changed:
                click.echo(
                    diff_of(pages.shown(page.file.path), page.file.text, page.after), nl=False
                )
            if asked.may_write:
                tally.write(run, page)
        tally.remarks = run.remarks()
    return tally


def _watch(config: Config, paths: Sequence[Path], found: Sequence[Path], asked: _Asked) -> int:
    """Weave all, then whatever is saved, until Ctrl-C."""
    from refpipe import cli
    from refpipe.cli import console
    from refpipe.pipeline.refs import Watch

    watch = Watch(config, paths or config.articles)
    tally = _once(config, found, asked)
    tally.finish()
    watch.settled(tally.done)
    watch.library_is_ours()
    console.say("watching; Ctrl-C ends it")
    # Ctrl-C in the middle of a run loses nothing: each article is written whole or not at all.
    with suppress(KeyboardInterrupt):
        for saved in watch.saves():
            tally = _once(config, saved, replace(asked, unreadable=()))
            tally.finish()
            watch.settled(tally.done)
            watch.library_is_ours()
    console.say("stopped watching")
    return cli.CLEAN


def _unasked(**given: bool) -> str:
    """The options, as typed, that keep this run from asking a registry."""
    return " and ".join(f"--{name}" for name, is_given in given.items() if is_given)


@dataclass(slots=True, kw_only=True)
class _Tally:
    """What a run came to."""

    is_due: bool
    seen: int = 0
    changed: int = 0
    left: int = 0
    findings: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    errors: list[RefpipeError] = field(default_factory=list)
    unconfirmed: set[str] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)
    """What is to be said of the styles."""
    done: list[tuple[Path, bytes]] = field(default_factory=list)
    """Each article with what it holds now, as far as this run knows."""

    def count(self, page: Page) -> None:
        self.seen += 1
        if page.error is not None:
            self.errors.append(page.error)
        self.changed += page.is_changed
        self.left += page.is_left
        self.findings += page.findings
        self.notes += page.notes
        self.unconfirmed.update(page.unconfirmed)

    def write(self, run: RefsRun, page: Page) -> None:
        """Write the page; one that cannot be written costs itself and no other."""
        from refpipe.errors import ArticleError
        from refpipe.pipeline import pages

        try:
            pages.write(run, page)
            held = page.file.content if page.error else page.after.encode("utf-8", "replace")
            self.done.append((page.file.path, held))
        except ArticleError as error:
            self.errors.append(error)
            self.changed -= page.is_changed

    def finish(self) -> int:
        """Print the findings and a line of summary; gives the exit code."""
        from refpipe import cli
        from refpipe.cli import console
        from refpipe.pipeline import refs

        self._tell()
        verb = "due" if self.is_due else "written"
        parts = [console.count(self.seen, "article"), f"{self.changed} {verb}"]
        if self.findings:
            parts.append(f"{console.count(len(self.findings), 'finding')}")
        console.say(", ".join(parts))
        if self.left:
            console.say(
                f"note: {console.count(self.left, 'article')} left unchanged: a number or an entry"
                " in it could not be looked up, and would have been lost"
            )
        for remark in self.remarks:
            console.say(f"note: {remark}")
        if self.unconfirmed:
            console.say(refs.UNCONFIRMED.format(console.count(len(self.unconfirmed), "work")))
        if self.errors or any(finding.is_unchecked for finding in self.findings):
            return cli.FAILED
        return cli.FINDINGS if self.findings or (self.is_due and self.changed) else cli.CLEAN

    def _tell(self) -> None:
        """Print each error and finding; the rules' words are read only where there is one."""
        from refpipe import cli

        for error in self.errors:
            cli.tell(error)
        if not self.findings and not self.notes:
            return
        from refpipe import report
        from refpipe.cli import console, terminal

        lang = terminal.language_of_talk()
        for finding in self.findings:
            console.say(report.line(finding, lang))
        for note in self.notes:
            console.say(f"note: {report.line(note, lang)}")
