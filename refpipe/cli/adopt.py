"""``refpipe adopt``: turn a hand-made list of references into a managed one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from refpipe.files import diff as diff_of

if TYPE_CHECKING:
    from refpipe.config import Config
    from refpipe.errors import ArticleError
    from refpipe.library import Library
    from refpipe.pipeline.adopt import Adopted, Adoption, NotShown
    from refpipe.pipeline.pages import RefsRun


@click.command("adopt", short_help="Turn a hand-made list of references into a managed one.")
@click.argument(
    "named", nargs=-1, required=True, metavar="PATHS...", type=click.Path(readable=False)
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="With the address of a page: where it goes."
)
@click.option("--diff", "is_diff", is_flag=True, help="Write nothing; print what would change.")
@click.option("--offline", is_flag=True, help="Ask no registry; use what is printed.")
@click.option(
    "--library", type=click.Path(path_type=Path), help="The library, where there is no project."
)
@click.option("--undo", "is_undo", is_flag=True, help="Give the hand-made list back.")
@click.option(
    "--not-a-citation",
    "declared",
    metavar="LINE",
    multiple=True,
    type=click.IntRange(min=1),
    help="The numbers of this line of the page cite nothing; may be given more than once.",
)
def adopt_command(  # noqa: PLR0913 (one parameter an option)
    named: tuple[str, ...],
    *,
    out: Path | None,
    is_diff: bool,
    offline: bool,
    library: Path | None,
    is_undo: bool,
    declared: tuple[int, ...],
) -> int:
    """Read the plain list of references in PATHS into the library and manage it from now on.

    Each printed reference becomes a record; references to one paper become one entry; plain
    citations such as [3] follow.  The rest of the page keeps every byte.  Look first with
    --diff.  Where a number of the text could come to name another work, the page is left
    unchanged and each place is reported.  An entry that cannot be read is kept as printed.

    Unless --offline is given the registries are asked to confirm each work; what they cannot
    is kept as it was printed and reported.

    The address of a published page, with --out FILE.html, brings its article home first.

    --undo gives the hand-made list back, byte for byte where the page was not edited since.

    Exit code 0: done, or nothing to do.  1: a list was left unchanged, a reference differs from
    its registry record, or a work waits for you.
    2: something failed, or somebody could not be asked.
    """
    from refpipe import cli
    from refpipe.cli import console
    from refpipe.errors import UsageError

    if not (is_diff or is_undo):
        home = (out,) if out is not None else _files(named)
        console.check_writable(console.project(library, paths=home), library)
    paths = _brought_home(named, out) if out is not None else _files(named)
    config = console.project(library, paths=paths)
    unreadable: list[ArticleError] = []
    with console.exports_opened(paths) as (paths, names):
        if names and (is_undo or not is_diff):
            raise UsageError(
                "an export file is only read",
                hint="Look at it with --diff; refpipe wordpress pull --from-wxr unpacks it.",
            )
        found = console.articles(config, paths, unreadable)
        if declared and len(found) > 1:
            raise UsageError("--not-a-citation names a line of one page; name that page alone")
        options = _Options(
            is_diff=is_diff, offline=offline, is_undo=is_undo, declared=declared, names=names
        )
        code = _adopt_all(config, found, options)
    for error in unreadable:
        cli.tell(error)
    return cli.FAILED if unreadable else code


def _files(named: Sequence[str]) -> tuple[Path, ...]:
    from refpipe.errors import UsageError
    from refpipe.files import is_address

    if any(is_address(one) for one in named):
        raise UsageError(
            "a published page needs a file to go to", hint="refpipe adopt URL --out FILE.html"
        )
    return tuple(Path(one) for one in named)


def _brought_home(named: Sequence[str], out: Path) -> tuple[Path, ...]:
    """The file that the article of the page named was written to."""
    from refpipe.cli import console
    from refpipe.errors import UsageError
    from refpipe.files import is_address
    from refpipe.pipeline.site import published

    if len(named) != 1 or not is_address(named[0]):
        raise UsageError("--out goes with the address of one page")
    if out.suffix.lower() not in {".html", ".htm"}:
        raise UsageError(f"{out}: a page is brought home as HTML", hint="--out FILE.html")
    pages = console.fetch_pages(console.project(paths=(out,)), named, (), is_fresh=True)
    if pages.failed:
        raise pages.failed[0]
    published.save_article(pages.found[0], out)
    console.tell_unseen(pages.found)
    console.say(f"{out}: the article of {named[0]}")
    return (out,)


def _adopt_all(config: Config, found: Sequence[Path], options: _Options) -> int:
    if not options.is_diff:
        return _adopt(config, found, options)
    from dataclasses import replace

    from refpipe.pipeline import adopt

    with tempfile.TemporaryDirectory() as folder:
        copy = adopt.shadow(config.library, Path(folder))
        return _adopt(replace(config, library=copy), found, options)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Options:
    """What was asked for on the command line."""

    is_diff: bool
    offline: bool
    is_undo: bool
    declared: tuple[int, ...]
    names: dict[str, str]
    """Path as it would be shown → what to call it instead."""

    def shown(self, path: Path) -> str:
        """What to call the page at ``path``."""
        from refpipe.pipeline import pages

        shown = pages.shown(path)
        return self.names.get(shown, shown)


def _adopt(config: Config, paths: Sequence[Path], options: _Options) -> int:
    """Adopt each article; one that cannot be read or written costs itself and no other."""
    from refpipe import cli
    from refpipe.cache import Cache
    from refpipe.cli import console
    from refpipe.errors import ArticleError, UsageError
    from refpipe.pipeline import pages

    code = cli.CLEAN
    one_page = _undo_one if options.is_undo else _adopt_one
    with Cache(config.cache) as cache:
        run = pages.RefsRun(config=config, cache=cache, now=console.now(), today=console.today())
        before = _texts(paths)
        for path in paths:
            try:
                code = max(code, one_page(run, path, options))
            except (ArticleError, UsageError) as error:
                cli.tell(error)
                code = cli.FAILED
        if not options.is_undo and _texts(paths) != before:
            _tell_changed(run, paths)
    return code


def _texts(paths: Sequence[Path]) -> list[bytes]:
    """What the files hold; nothing for one that cannot be read."""
    return [path.read_bytes() if os.access(path, os.R_OK) else b"" for path in paths]


def _tell_changed(run: RefsRun, paths: Sequence[Path]) -> None:
    """Say which other articles print something else now: their works became better known."""
    from refpipe.cli import console
    from refpipe.pipeline import adopt

    for shown in adopt.changed_elsewhere(run, paths):
        console.say(
            f"note: what was adopted changes the list of {shown}; refpipe refs --diff shows how"
        )


def _adopt_one(run: RefsRun, path: Path, options: _Options) -> int:
    from refpipe import cli, files
    from refpipe.cli import confirm, console
    from refpipe.library import made_if_needed
    from refpipe.pipeline import adopt, pages, refs

    code = cli.CLEAN
    file, shown = files.read(path), options.shown(path)
    with made_if_needed(run.config.library) as library:
        adoption = adopt.adopt(library, file, shown, now=run.now, declared=options.declared)
        _say(shown, adoption, is_last=options.offline)
        console.changed_entries(library, run.config)
        if adoption.refusal:
            return cli.FINDINGS if adoption.is_left else cli.CLEAN
        if options.offline:
            _say_not_shown(adopt.not_shown(run, library, adoption, shown))
        # What registries said before is in the library, so even offline the print is held to it.
        differs = confirm.differing(library, adoption.works)
        if not options.offline:
            code = max(differs, _confirm(run, library, adoption))
            console.changed_entries(library, run.config)
            adoption = adopt.renewed(library, adoption, shown)
            _say_doubts(adoption)
            if adoption.refusal:
                _say(shown, adoption, is_last=True)
                return max(code, cli.FINDINGS)
            _say_not_shown(adopt.not_shown(run, library, adoption, shown))
        else:
            code = max(differs, console.standing(adoption.works, run.config))
    page = refs.weave_text(run, adoption.file, adoption.typed)
    if page.error is not None:
        raise page.error
    if options.is_diff:
        click.echo(diff_of(shown, page.file.text, page.after), nl=False)
    else:
        adopt.remember(run.config.cache, adoption, page.after)
        pages.write(run, page)
    return code


def _undo_one(run: RefsRun, path: Path, options: _Options) -> int:
    from refpipe import cli, files
    from refpipe.cli import console
    from refpipe.pipeline import adopt, pages

    file, shown = files.read(path), pages.shown(path)
    undone = adopt.undo(run.config.cache, file, shown)
    if undone.refusal:
        gap = "" if undone.refusal.startswith("\n") else " "
        console.say(f"{path}: nothing changed:{gap}{undone.refusal}")
        return cli.FINDINGS
    if options.is_diff:
        click.echo(diff_of(shown, file.text, undone.text), nl=False)
    else:
        files.replace(file, undone.text)
        console.say(f"{path}: the hand-made list is back; its works stay in the library")
    return cli.CLEAN


def _confirm(run: RefsRun, library: Library, adoption: Adoption) -> int:
    """Have the registries confirm the works; what they say is printed, and what is left open."""
    from refpipe.cli import confirm, console
    from refpipe.pipeline import query

    with console.registries(run.config)() as registries:
        asker = query.Asker(library=library, registries=registries, now=run.now)
        return confirm.report_confirmation(run.config, asker, adoption.works)


def _say(path: str, adoption: Adoption, *, is_last: bool) -> None:
    """Tell what became of each reference, and which were recorded as one work.

    Unless it is the last word, what a registry may still answer for is not doubted yet.
    """
    from refpipe.cli import console

    if adoption.refusal:
        gap = "" if adoption.refusal.startswith("\n") else " "
        # The refusal names each place on a line of its own.
        for line in f"{path}: nothing changed:{gap}{adoption.refusal}".splitlines():
            console.say(line)
        return
    console.say(
        f"{path}: {console.count(len(adoption.references), 'reference')},"
        f" {console.count(len(adoption.works), 'work')}"
    )
    first: dict[str, str] = {}
    for reference in adoption.references:
        same = first.setdefault(reference.work.id, reference.label)
        note = "" if same == reference.label else f"  the same work as [{same}]"
        is_doubted = is_last or reference.claim is None
        console.say(f"  [{reference.label}] {_named(reference, is_doubted=is_doubted)}{note}")
    for doubt in adoption.doubts:
        console.say(f"  left unchanged: {doubt}")


def _say_doubts(adoption: Adoption) -> None:
    """Tell which identifiers no registry has answered for whose reference was read with doubt."""
    from refpipe.cli import console

    for reference in adoption.references:
        if reference.claim is not None and reference.doubted:
            console.say(f"  [{reference.label}] {_named(reference, is_doubted=True)}")


def _say_not_shown(found: Iterable[NotShown]) -> None:
    """Tell what stood in the hand-made list and the new one does not show."""
    from refpipe.cli import console
    from refpipe.pipeline.editor import actions

    for line in actions.missing_words(found):
        console.say(f"  {line}")


def _named(reference: Adopted, *, is_doubted: bool) -> str:
    from refpipe.cli import terminal
    from refpipe.pipeline.editor import actions

    lang = terminal.language_of_talk()
    return actions.reference_words(reference, lang, is_doubted=is_doubted)
