"""Articles on disk: found, read whole, and replaced in one step or not at all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from pathlib import Path

from refpipe.errors import ArticleChanged, ArticleError

_BOM = "\ufeff"


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


def find(
    paths: Iterable[Path], suffixes: tuple[str, ...], exclude: Iterable[Path] = ()
) -> Iterator[Path]:
    """The articles named by ``paths``, each once: files as they are, folders walked in order.

    Hidden files and folders are passed over, what ``exclude`` names inside a folder, and in a
    folder whatever is no ordinary file: to open a pipe would wait for ever.  Raises
    ArticleError for a path that is not there.
    """
    seen: set[Path] = set()
    passed_over = frozenset(path.absolute() for path in exclude)
    for path in paths:
        for article in _walk(path, suffixes, passed_over):
            real = article.resolve()
            if real not in seen:
                seen.add(real)
                yield article


def _walk(path: Path, suffixes: tuple[str, ...], passed_over: Set[Path]) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(
                name
                for name in folders
                if not name.startswith(".") and Path(folder, name).absolute() not in passed_over
            )
            for name in sorted(names):
                article = Path(folder, name)
                is_named = name.lower().endswith(suffixes) and not name.startswith(".")
                is_wanted = is_named and article.absolute() not in passed_over
                if is_wanted and (article.is_symlink() or article.is_file()):
                    yield article
    elif path.exists():
        raise ArticleError(f"{readable(path)} is neither a file nor a folder")
    else:
        raise ArticleError(f"{readable(path)}: no such file or folder")


def read(path: Path) -> File:
    """The file at ``path``.  Raises ArticleError where it cannot be read."""
    try:
        if path.exists() and not path.is_file():
            raise ArticleError(f"{readable(path)} cannot be read: it is no ordinary file")
        return File(path=path, content=path.read_bytes())
    except OSError as error:
        raise ArticleError(f"{readable(path)} cannot be read: {error.strerror}") from error


def replace(file: File, text: str) -> None:
    """Put ``text`` in the place of what was read from ``file``, whole or not at all.

    The new text goes to a hidden neighbour first and takes the name in one step, so that a
    reader, a kill or a full disk never meets half a file.  Raises ArticleChanged where
    somebody wrote to the file since it was read, and ArticleError where it cannot be written.
    """
    target = file.path.resolve()
    temporary = target.with_name(f".{target.name}.{os.getpid()}.refpipe-tmp")
    try:
        _sweep(target)
        with temporary.open("wb") as stream:
            stream.write(text.encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(target.stat().st_mode & 0o7777)
        if target.read_bytes() != file.content:
            raise ArticleChanged(
                f"{readable(file.path)} was changed by somebody else while refpipe worked on it",
                hint="Their text was kept; run refpipe again.",
            )
        temporary.replace(target)
    except OSError as error:
        raise ArticleError(
            f"{readable(file.path)} cannot be written: {error.strerror}",
            hint="It is as it was before.",
        ) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _sweep(target: Path) -> None:
    """Remove what a killed run left beside ``target``; a running one's file is not touched."""
    for stale in target.parent.glob(f".{target.name}.*.refpipe-tmp"):
        owner = stale.name.removesuffix(".refpipe-tmp").rpartition(".")[2]
        if owner.isdigit() and not _is_running(int(owner)):
            stale.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True
