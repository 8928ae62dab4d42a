"""``refpipe db``: look after library.db itself, and teach git to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from refpipe.library import Library

_FILE = click.argument("library", type=click.Path(path_type=Path), required=False)


@click.group("db", short_help="Look after library.db itself.")
def db_command() -> None:
    """Look after library.db: check it, rebuild it, read it as text, merge it in git."""


@db_command.command("check")
@_FILE
def check(library: Path | None) -> int:
    """Say whether the library is sound.

    Looks at the file's pages, at every fact against its key, at the works against what the
    facts come to, and for names that two branches gave to two works.  Exit code 1 when
    something is wrong, 2 when it cannot be opened.
    """
    from refpipe import cli
    from refpipe.cli import console

    with _open(library, writable=True, is_left_stale=True) as opened:
        faults = opened.faults()
        # Names are read from the works, which say nothing while they are broken.
        contested = () if faults else opened.contested_names()
        count = opened.count()
    for fault in faults:
        click.echo(fault)
    for one in contested:
        click.echo(console.contested(one))
    if faults or contested:
        return cli.FINDINGS
    console.say(f"sound: {console.count(count, 'work')}")
    return cli.CLEAN


@db_command.command("rebuild")
@_FILE
def rebuild(library: Path | None) -> None:
    """Make works, names and search anew from the facts.

    Nothing is lost by it; it helps after an update of refpipe reads old answers better.  A
    library whose works are what its facts come to is left unchanged, byte for byte.
    """
    from refpipe.cli import console

    with _open(library, writable=True, is_left_stale=True) as opened:
        if not opened.faults():
            console.say(
                f"nothing to do: {console.count(opened.count(), 'work')} as the facts have them"
            )
            return
        count = opened.rebuild()
    console.say(f"rebuilt: {console.count(count, 'work')}")


@db_command.command("dump")
@_FILE
def dump(library: Path | None) -> None:
    """Print every fact as JSON, one a line; refpipe db load reads it back."""
    from refpipe.dump import lines

    with _open(library, writable=False, is_left_stale=True) as opened:
        for line in lines(opened.records(), opened.decisions(), opened.waivers()):
            click.echo(line)


@db_command.command("load")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def load(files: tuple[Path, ...]) -> int:
    """Add the facts of FILES, each a dump (- for standard input) or another library.db.

    Known facts change nothing, so a file may be loaded twice.  Exit code 1: a name was given to
    two works, here to one and there to another; each is told.
    """
    from refpipe import cli
    from refpipe.cli import console
    from refpipe.pipeline import intake

    with _open(None, writable=True, create=True) as opened:
        before = set(opened.contested_names())
        for file in files:
            if str(file) == "-":
                with click.open_file("-", encoding="utf-8") as lines:
                    number = intake.load_dump(opened, lines, name="-")
            else:
                number = intake.load_facts(opened, file)
            console.say(f"{file}: {console.count(number, 'new fact')}")
        contested = [one for one in opened.contested_names() if one not in before]
        for one in contested:
            console.say(console.contested(one))
    return cli.FINDINGS if contested else cli.CLEAN


@db_command.command("view")
@_FILE
@click.option("--check", "kept", type=click.Path(path_type=Path), help="Exit 1 if FILE differs.")
@click.option("--out", "out", type=click.Path(path_type=Path), help="Write FILE, if it differs.")
def view(library: Path | None, kept: Path | None, out: Path | None) -> int:
    """Print works field by field with who supplied each, then the decisions.

    This is what git diff shows.  A file kept with --out can be reviewed where git cannot help.
    """
    from refpipe import cli, files
    from refpipe.cli import console

    with _open(library, writable=False) as opened:
        if kept is None and out is None:
            for line in _view(opened):
                click.echo(line)
            return cli.CLEAN
        text = "".join(f"{line}\n" for line in _view(opened))
    if kept is None:
        assert out is not None  # noqa: S101
        files.write(out, text)
        return cli.CLEAN
    if kept.is_file() and kept.read_text(encoding="utf-8") == text:
        return cli.CLEAN
    console.say(f"{kept} does not show the library; refpipe db view --out {kept} writes it")
    return cli.FINDINGS


@db_command.command("textconv", hidden=True)
@click.argument("library", type=click.Path(path_type=Path))
def textconv(library: Path) -> None:
    """Print the library for git diff; one that cannot be read is shown as the reason why.

    An error would end the whole ``git diff`` and ``git log -p``, and hide the very change that
    broke the library.
    """
    from refpipe.errors import LibraryError

    if not library.stat().st_size:
        return
    try:
        with _open(library, writable=False, is_left_stale=True) as opened:
            for line in _view(opened):
                click.echo(line)
    except LibraryError as error:
        # Git shows a copy in a file of its own, whose name would differ with every call.
        click.echo(str(error).replace(str(library), "this version"))


@db_command.command("clean", hidden=True)
@click.argument("name", type=click.Path(path_type=Path))
def clean(name: Path) -> None:
    """Pass the library on to git, whole: what a killed run left half done is taken back first."""
    import sys

    from refpipe.library.integrity import healed

    sys.stdout.buffer.write(healed(sys.stdin.buffer.read(), name))


@db_command.command("merge-driver", hidden=True)
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("ours", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
@click.argument("name", required=False, default="library.db")
def merge_driver(base: Path, ours: Path, theirs: Path, name: str) -> None:  # noqa: ARG001
    """Merge two libraries for git: the union of their facts.

    The base plays no part, because facts are only ever added.
    """
    from refpipe.cli import console
    from refpipe.pipeline import intake

    number, contested = intake.merge_libraries(ours, theirs)
    console.say(f"{name}: {number} facts taken over")
    for one in contested:
        console.say(f"{name}: {console.contested(one)}")


@db_command.command("setup")
def setup() -> None:
    """Teach this clone's git to show and to merge library.db, and to take only a whole one."""
    from refpipe.cli import console
    from refpipe.pipeline import git

    for line in git.set_up(Path.cwd()):
        console.say(line)


def _open(
    path: Path | None, *, writable: bool, create: bool = False, is_left_stale: bool = False
) -> Library:
    from refpipe.cli import console
    from refpipe.library import Library

    return Library.open(
        path or console.project().library,
        create=create,
        writable=writable,
        is_left_stale=is_left_stale,
    )


def _view(library: Library) -> Iterator[str]:
    from refpipe.dump import view as viewed

    return viewed(library.works(), library.record, library.decisions(), library.waivers())
