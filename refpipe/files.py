"""Articles on disk: found, read whole, and replaced in one step or not at all."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from refpipe.errors import ArticleChanged, ArticleError, UsageError

UNFINISHED = ".refpipe-tmp"
"""The end of the names of files that are being written."""

_LONGEST_NAME = 255
"""Bytes of a file's name on every file system in common use."""

EVIDENCE = ".evidence"
"""What stands in the names of the files that refpipe evidence writes beside the articles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file as it was read; ``content`` is its bytes, so that a change can be noticed."""

    path: Path
    content: bytes

    @property
    def text(self) -> str:
        """The text with its line ends and byte order mark as they stand.

        Raises ArticleError where it is not UTF-8, with the line of the first bad byte.
        """
        if b"\0" in self.content:
            raise ArticleError(
                f"{readable(self.path)} is no UTF-8 text: it holds zero bytes, as UTF-16 does",
                hint="Save the file as UTF-8 and run again; nothing in it was changed.",
            )
        try:
            return self.content.decode("utf-8")
        except UnicodeDecodeError as error:
            line = self.content.count(b"\n", 0, error.start) + 1
            raise ArticleError(
                f"{readable(self.path)}:{line}: not UTF-8 (byte 0x{self.content[error.start]:02x})",
                hint="Save the file as UTF-8 and run again; nothing in it was changed.",
            ) from error


def readable(path: Path | str) -> str:
    """The path as people read it, whatever the locale made of it.

    Where the locale is not UTF-8, Python keeps the bytes of a name as half characters, which
    no database and no terminal takes.
    """
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def diff(path: str, before: str, after: str) -> str:
    """The change of the file shown as ``path``, as a unified diff."""
    import difflib

    lines = difflib.unified_diff(
        before.splitlines(keepends=True),
        after.splitlines(keepends=True),
        fromfile=f"a/{path}",
        tofile=f"b/{path}",
    )
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline\n" for line in lines)


def is_address(typed: str) -> bool:
    """Whether what was typed is the address of a page and no path."""
    return typed.startswith(("http://", "https://"))


def find(  # noqa: PLR0913 (one parameter a thing to be told)
    paths: Iterable[Path],
    suffixes: tuple[str, ...],
    exclude: Iterable[Path] = (),
    *,
    unreadable: list[ArticleError],
    asks_git: bool = True,
    foreign: list[Path] | None = None,
    within: Path | None = None,
) -> Iterator[Path]:
    """The articles named by ``paths``, each once: files as they are, folders walked in order.

    In a folder only what is its own is found.  Passed over are hidden files and folders, links to
    folders, other repositories, folders of packages, what git ignores, what ``exclude`` names,
    text without markup, and whatever is no ordinary file: to open a pipe would wait without end.
    ``asks_git`` False finds what git ignores as well, which starts no process.  Folders that are
    somebody else's, and those of articles that git ignores, are added to ``foreign``.  What is
    not there, and a folder that cannot be read, is added to ``unreadable``; the others are walked.
    So is a link in a folder that leads out of the folder ``within``.
    """
    seen: set[str] = set()
    passed_over = frozenset(path.absolute() for path in exclude)
    foreign = [] if foreign is None else foreign
    for path in paths:
        try:
            found = list(_walk(path, suffixes, passed_over, unreadable, foreign))
        except ArticleError as error:
            unreadable.append(error)
            continue
        asks = asks_git and path.is_dir()
        ignored = _ignored(path, found, unreadable) if asks else frozenset()
        foreign += sorted({article.parent for article in ignored})
        for article in found:
            if article in ignored:
                continue
            # Not ``resolve``, which raises where a link leads back to itself; reading it says so.
            real = os.path.realpath(article)
            if within is not None and article != path and _leads_out(article, real, within):
                message = f"{article} leads out of the project, to {real}; it was left unchanged"
                hint = "To write there, name the article itself."
                unreadable.append(ArticleError(message, hint=hint))
            elif real not in seen:
                seen.add(real)
                yield article


def _leads_out(article: Path, real: str, within: Path) -> bool:
    return article.is_symlink() and not Path(real).is_relative_to(within)


def _walk(
    path: Path,
    suffixes: tuple[str, ...],
    passed_over: Set[Path],
    unreadable: list[ArticleError],
    foreign: list[Path],
) -> Iterator[Path]:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        # A link that leads nowhere is an article that cannot be read.
        if not os.path.islink(path):  # noqa: PTH114 (pathlib's own raises again)
            raise ArticleError(_missing(path, error)) from error
        mode = stat.S_IFREG
    if stat.S_ISDIR(mode):
        yield from _below(path, suffixes, passed_over, unreadable, foreign)
    elif stat.S_ISREG(mode):
        yield path
    else:
        raise ArticleError(f"{readable(path)} is neither a file nor a folder")


def _missing(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"{readable(path)}: no such file or folder"
    return f"{readable(path)[:200]} cannot be read: {error.strerror}"


def can_be_seen(path: Path) -> bool:
    """Whether something is there; nothing is where nobody lets us look (``Path.exists`` raises)."""
    return os.path.exists(path)  # noqa: PTH110


_PACKAGES = frozenset(
    {"node_modules", "bower_components", "vendor", "third_party", "site-packages", "__pycache__"}
)
"""Folders that hold other people's files."""
_NAMED_ONLY = (".txt",)
"""Endings that too much else has: such a file is an article where somebody names it."""


def _ignored(top: Path, found: Sequence[Path], unreadable: list[ArticleError]) -> frozenset[Path]:
    """Those of the files below a folder that git ignores.

    None where there is no repository, or where the folder itself is ignored: somebody named it.
    Where git cannot say, that is added to ``unreadable``.
    """
    above = (top, *top.absolute().parents)
    if not found or not any(can_be_seen(folder / ".git") for folder in above):
        return frozenset()
    import subprocess

    names = [os.fsencode(path.absolute()) for path in (top, *found)]
    # What a repository from elsewhere names as its monitor is a program, and is not run.
    asked = ["git", "-C", os.fspath(top), "-c", "core.fsmonitor=false", "check-ignore", "--stdin"]
    try:
        done = subprocess.run(  # noqa: S603
            [*asked, "-z"],
            input=b"\0".join(names),
            env=os.environ | {"LC_ALL": "C"},
            capture_output=True,
            check=False,
            timeout=60,
        )
        reason = "" if done.returncode in (0, 1) else done.stderr.decode("utf-8", "replace")
    except (OSError, subprocess.TimeoutExpired) as error:
        reason = str(error)
    if reason and "not a git repository" not in reason:
        message = f"git cannot say what it ignores below {readable(top)}: {reason.strip()[:300]}"
        hint = "All of it was taken for articles; mend the repository, or name the articles."
        unreadable.append(ArticleError(message, hint=hint))
    if reason:
        return frozenset()
    told = set(done.stdout.split(b"\0"))
    if names[0] in told:
        return frozenset()
    return frozenset(path for path in found if os.fsencode(path.absolute()) in told)


def _is_foreign(folder: Path) -> bool:
    """Whether a folder inside the one that is walked belongs to somebody else."""
    is_packages = folder.name.lower() in _PACKAGES or can_be_seen(folder / "pyvenv.cfg")
    return is_packages or can_be_seen(folder / ".git")


def _below(
    top: Path,
    suffixes: tuple[str, ...],
    passed_over: Set[Path],
    unreadable: list[ArticleError],
    foreign: list[Path],
) -> Iterator[Path]:
    """The articles below a folder, however deep: first a folder's own, then its folders'."""
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            message = f"{readable(folder)} cannot be read: {error.strerror}"
            unreadable.append(ArticleError(message, hint="The articles below it were not seen."))
            continue
        foreign += [Path(entry.path) for entry in entries if _is_hidden_folder(entry)]
        shown = [
            entry
            for entry in entries
            if not entry.name.startswith(".") and Path(entry.path).absolute() not in passed_over
        ]
        for entry in shown:
            name = entry.name.lower()
            is_named = name.endswith(suffixes) and f"{EVIDENCE}." not in name
            is_named = is_named and not name.endswith(_NAMED_ONLY)
            if is_named and (entry.is_symlink() or entry.is_file()):
                yield Path(entry.path)
        folders = [entry for entry in shown if entry.is_dir(follow_symlinks=False)]
        below = [Path(entry.path) for entry in reversed(folders)]
        is_own = {folder: not _is_foreign(folder) for folder in below}
        waiting += [folder for folder in below if is_own[folder]]
        foreign += [folder for folder in reversed(below) if not is_own[folder]]


_MACHINERY = frozenset({".git", ".refpipe", ".venv", ".github", ".vscode", ".idea", ".wordpress"})
"""Hidden folders that nobody would look for an article in."""


def _is_hidden_folder(entry: os.DirEntry[str]) -> bool:
    is_hidden = entry.name.startswith(".") and entry.name not in _MACHINERY
    return is_hidden and entry.is_dir(follow_symlinks=False)


def read(path: Path) -> File:
    """The file at ``path``.  Raises ArticleError where it cannot be read."""
    try:
        if not path.is_file() and path.exists():
            raise ArticleError(f"{readable(path)} cannot be read: it is no ordinary file")
        return File(path=path, content=path.read_bytes())
    except OSError as error:
        raise ArticleError(f"{readable(path)} cannot be read: {error.strerror}") from error


def replace(file: File, text: str) -> None:
    """Put ``text`` in the place of what was read from ``file``, whole or not at all.

    Raises ArticleChanged where somebody wrote to the file since it was read, and ArticleError
    where it cannot be written.
    """
    target, wanted = file.path.resolve(), text.encode("utf-8")

    def refuse_if_changed() -> None:
        if target.read_bytes() != file.content:
            raise ArticleChanged(
                f"{readable(file.path)} was changed by somebody else while refpipe worked on it",
                hint="Their text was kept; run refpipe again.",
            )

    try:
        if target.read_bytes() == wanted:
            return  # Another run of refpipe was there first, and both are content.
        if target.stat().st_nlink > 1:
            raise ArticleError(
                f"{readable(file.path)} cannot be written: the file has a second name (a hard"
                " link), which would keep the old text",
                hint="Copy it to a file of its own (cp A B && mv B A) and run refpipe again.",
            )
        if not os.access(target, os.W_OK):
            raise ArticleError(
                f"{readable(file.path)} cannot be written: it is write-protected",
                hint="It is as it was before; chmod u+w FILE takes the protection off.",
            )
        put(target, wanted, last_look=refuse_if_changed)
    except OSError as error:
        raise ArticleError(
            f"{readable(file.path)} cannot be written: {error.strerror}",
            hint="It is as it was before.",
        ) from error


def write(path: Path, text: str) -> bool:
    """Give a file this text, whole or not at all; whether it had another before, or none.

    Its folder is made where there is none.  Raises UsageError where it cannot be written.
    """
    content = text.encode("utf-8")
    try:
        if path.is_file() and path.read_bytes() == content:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        put(path.resolve(), content)
    except OSError as error:
        reason = error.strerror or error
        raise UsageError(f"{readable(path)} cannot be written: {reason}") from error
    return True


def put(target: Path, content: bytes, *, last_look: Callable[[], None] = lambda: None) -> None:
    """Give the name ``target`` to a file with this content, in one step; raises OSError.

    The content goes to a hidden neighbour first and takes the name when the disk has it, so
    that a reader, a kill or a full disk never meets half a file.  What the old file had beside
    its content (rights, owner, attributes) is carried over as far as this user may.
    ``last_look`` is called before the name changes hands, and may raise to leave all as it is.
    """
    sweep(target.parent)
    temporary = neighbour(target)
    try:
        with temporary.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            _carry_over(target, temporary)
        last_look()
        temporary.replace(target)
        _sync_folder(target.parent)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def neighbour(target: Path) -> Path:
    """A hidden name beside ``target`` for what is not finished; it names this process."""
    name = f".{target.name}.{os.getpid()}{UNFINISHED}"
    if len(os.fsencode(name)) > _LONGEST_NAME:
        digest = hashlib.blake2b(os.fsencode(target.name), digest_size=16).hexdigest()
        name = f".{digest}.{os.getpid()}{UNFINISHED}"
    return target.with_name(name)


def _carry_over(old: Path, new: Path) -> None:
    status = old.stat()
    if hasattr(os, "chown"):
        for owner, group in ((-1, status.st_gid), (status.st_uid, -1)):
            with contextlib.suppress(OSError):
                os.chown(new, owner, group)
    new.chmod(status.st_mode & 0o7777)
    if hasattr(os, "listxattr"):
        with contextlib.suppress(OSError):
            for name in os.listxattr(old):
                os.setxattr(new, name, os.getxattr(old, name))


_WAITING: ContextVar[set[Path] | None] = ContextVar("_WAITING", default=None)
"""The folders that are synced when a run ends; None where each is with its file."""


@contextlib.contextmanager
def folders_synced_last() -> Iterator[None]:
    """A run over many files, in which each folder is synced once, at its end.

    Until then a power cut may bring old files back, each of them whole; a kill brings back none.
    """
    token = _WAITING.set(set())
    try:
        yield
    finally:
        folders = _WAITING.get() or set()
        _WAITING.reset(token)
        for folder in sorted(folders):
            _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    """Let the disk know of the new name; without this a power cut may bring the old file back."""
    if (waiting := _WAITING.get()) is not None:
        waiting.add(folder)
        return
    if not hasattr(os, "O_DIRECTORY"):
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@functools.cache
def sweep(folder: Path) -> None:
    """Remove, once for each folder and run, what killed runs left unfinished in ``folder``.

    What a running process is writing is not touched.
    """
    with contextlib.suppress(OSError), os.scandir(folder) as listing:
        for entry in listing:
            if entry.name.endswith((UNFINISHED, f"{UNFINISHED}-journal")):
                owner = entry.name.partition(UNFINISHED)[0].rpartition(".")[2]
                if owner.isdigit() and not _is_running(int(owner)):
                    Path(entry.path).unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True
