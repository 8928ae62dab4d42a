"""``refpipe db``: look after library.db itself, and teach git to."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from refpipe import files
from refpipe.cli import console
from refpipe.errors import UsageError
from refpipe.library import Library

# ── ``refpipe db``: look after library.db itself ────────────────────────────────────────────────


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
def load(files: tuple[Path, ...]) -> None:
    """Add the facts of FILES, each a dump (- for standard input) or another library.db.

    Known facts change nothing, so a file may be loaded twice.
    """
    from refpipe.cli import console

    with _open(None, writable=True, create=True) as opened:
        for file in files:
            number = _load(opened, file)
            console.say(f"{file}: {console.count(number, 'new fact')}")


@db_command.command("view")
@_FILE
@click.option("--check", "kept", type=click.Path(path_type=Path), help="Exit 1 if FILE differs.")
@click.option("--out", "out", type=click.Path(path_type=Path), help="Write FILE, if it differs.")
def view(library: Path | None, kept: Path | None, out: Path | None) -> int:
    """Print works field by field with who supplied each, then the decisions.

    This is what git diff shows.  A file kept with --out can be reviewed where git cannot help.
    """
    from refpipe import cli
    from refpipe.cli import console

    with _open(library, writable=False) as opened:
        if kept is None and out is None:
            for line in _view(opened):
                click.echo(line)
            return cli.CLEAN
        text = "".join(f"{line}\n" for line in _view(opened))
    path = kept or out
    assert path is not None  # noqa: S101
    is_same = path.is_file() and path.read_text(encoding="utf-8") == text
    if kept is not None:
        if not is_same:
            console.say(f"{kept} does not show the library; refpipe db view --out {kept} writes it")
        return cli.CLEAN if is_same else cli.FINDINGS
    if not is_same:
        _write(path, text)
    return cli.CLEAN


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

    from refpipe.library.opening import healed

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

    for line in merge_files(ours, theirs):
        console.say(f"{name}: {line}")


@db_command.command("setup")
def setup() -> None:
    """Teach this clone's git to show and to merge library.db, and to take only a whole one."""
    from refpipe.cli import console

    for line in set_up_git(Path.cwd()):
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


def _load(library: Library, file: Path) -> int:
    from refpipe import dump as dumped
    from refpipe.library import Library as Another

    if str(file) != "-" and not file.is_file():
        is_there = file.exists()
        raise UsageError(
            f"{file} is no file" if is_there else f"there is no file {file}",
            hint="name what refpipe db dump wrote, or another library.db",
        )
    if str(file) != "-" and _is_database(file):
        with Another.open(file, writable=False, is_left_stale=True) as other:
            return library.load(other.records(), other.decisions(), other.waivers())
    with click.open_file(str(file), encoding="utf-8") as lines:
        facts = dumped.read(lines, name=str(file))
    return library.load(facts.records, facts.decisions, facts.waivers)


def _is_database(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(15) == b"SQLite format 3"


def _write(path: Path, text: str) -> None:
    from refpipe import files

    if path.exists():
        files.replace(files.read(path), text)
    else:
        path.write_text(text, encoding="utf-8", newline="\n")


def _view(library: Library) -> Iterator[str]:
    from refpipe.dump import view as viewed

    return viewed(library.works(), library.record, library.decisions(), library.waivers())


# ── What git is taught about library.db, and how it merges two of them ──────────────────────────


def git_settings() -> dict[str, str]:
    """The rows of .git/config: how to show a library, to take it whole, and to merge two."""
    program = f"{shlex.quote(sys.executable)} -m refpipe db"
    return {
        "diff.refpipe.textconv": f"{program} textconv --",
        "filter.refpipe.clean": f"{program} clean -- %f",
        "filter.refpipe.smudge": "cat",
        "filter.refpipe.required": "true",
        "merge.refpipe.name": "refpipe: union of facts",
        "merge.refpipe.driver": f"{program} merge-driver -- %O %A %B %P",
        "merge.refpipe-view.name": "refpipe: written anew from the library",
        "merge.refpipe-view.driver": "true",
    }


def is_repository(folder: Path) -> bool:
    """Whether the folder is in a git repository, and there is a git to ask."""
    if shutil.which("git") is None:
        return False
    return _git(folder, "rev-parse", "--git-dir").returncode == 0


def set_up_git(folder: Path) -> Iterator[str]:
    """Write the settings that are missing or old; gives a line for each."""
    if _git(folder, "rev-parse", "--git-dir").returncode:
        raise UsageError(f"{folder} is not in a git repository", hint="git init, or cd into it")
    for name, wanted in git_settings().items():
        known = _git(folder, "config", "--local", "--get", name).stdout.strip()
        if known != wanted:
            done = _git(folder, "config", "--local", name, wanted)
            if done.returncode:
                raise UsageError(f"git would not take {name}: {done.stderr.strip()}")
            yield f"set {name}"
    yield from _ignore_unfinished(folder)


def _ignore_unfinished(folder: Path) -> Iterator[str]:
    """Let this clone pass over what a killed run leaves beside the files."""
    told = _git(folder, "rev-parse", "--git-path", "info/exclude").stdout.rstrip("\n")
    exclude = folder / told
    known = exclude.read_text(encoding="utf-8") if exclude.is_file() else ""
    pattern = f".*{files.UNFINISHED}"
    if pattern not in known.splitlines():
        exclude.parent.mkdir(parents=True, exist_ok=True)
        ending = "" if known.endswith("\n") or not known else "\n"
        files.put(exclude, f"{known}{ending}{pattern}\n".encode())
        yield f"{pattern} is ignored"


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603
            ["git", *arguments],  # noqa: S607
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise UsageError("there is no git on this machine", hint="install git") from error


def merge_files(ours: Path, theirs: Path) -> Iterator[str]:
    """Put the union of both into ``ours``, whole or not at all; gives lines on what happened.

    Raises LibraryError where one of them cannot be read; ``ours`` is then as it was, and git
    calls it a conflict.
    """
    with _reading(theirs) as other, Library.open(ours) as library:
        before = set(library.contested_names())
        number = library.load(other.records(), other.decisions(), other.waivers())
        new = [one for one in library.contested_names() if one not in before]
    yield f"{number} facts taken over"
    for one in new:
        yield console.contested(one)


def _reading(path: Path) -> Library:
    """Open for its facts alone; whose works they are does not matter then."""
    return Library.open(path, writable=False, is_left_stale=True)
