"""Bibliography files named on the command line, and what is said of their broken entries."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from refpipe.cli.console import say
from refpipe.errors import UnreadableText, UsageError
from refpipe.items.exchange import formats
from refpipe.items.exchange.entries import Broken, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class BibliographyFile:
    """One file's entries."""

    name: str
    form: str
    entries: tuple[Entry, ...]
    broken: tuple[Broken, ...]


def read(path: Path, form: str | None, *, may_be_empty: bool = False) -> BibliographyFile:
    """The entries of a file (a dash is standard input); what is broken is said at once.

    Raises UsageError where the file cannot be opened, UnreadableText where no format fits it or,
    unless it ``may_be_empty``, nothing is in it.
    """
    name = "standard input" if str(path) == "-" else str(path)
    text = _text(path, name)
    if may_be_empty and not text.strip():
        return BibliographyFile(name=name, form=form or "csl-json", entries=(), broken=())
    form = form or formats.guess(name, text)
    if form is None:
        hint = f"Name it: --from {'|'.join(formats.FORMATS)}"
        raise UnreadableText(f"{name}: the format cannot be recognised", hint=hint)
    found = formats.read_all(form, text)
    result = BibliographyFile(
        name=name,
        form=form,
        entries=tuple(entry for entry in found if isinstance(entry, Entry)),
        broken=tuple(entry for entry in found if isinstance(entry, Broken)),
    )
    for broken in result.broken:
        say(f"{name}:{broken.line}: {broken.reason}")
    for entry in result.entries:
        for note in entry.notes:
            say(f"{name}:{entry.line}: {note}")
    if not found and not may_be_empty:
        raise UnreadableText(f"{name}: no entry found", hint=f"It was read as {form}.")
    return result


def _text(path: Path, name: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise UsageError(f"{name}: {error.strerror or error}") from error
    for encoding in _encodings(raw):
        try:
            return _lines(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    if b"\0" in raw:
        raise UnreadableText(
            f"{name}: no text in UTF-8, UTF-16 or Windows-1252: it holds zero bytes",
            hint="Save it as UTF-8; nothing was read.",
        )
    say(f"{name}: not UTF-8; read as Windows-1252, look at the letters beyond ASCII")
    return _lines(raw.decode("cp1252", "replace"))


def _encodings(raw: bytes) -> tuple[str, ...]:
    """What the bytes may be, by their mark or, for UTF-16 without one, by where the zeros are."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ("utf-8-sig", "utf-16")
    if b"\0" not in raw:
        return ("utf-8-sig",)
    # Text of any bibliography format is mostly ASCII, one half of which is then zeros.
    even, odd = raw[::2].count(0), raw[1::2].count(0)
    least = len(raw) // 8
    if odd > max(least, 4 * even):
        return ("utf-16-le",)
    return ("utf-16-be",) if even > max(least, 4 * odd) else ()


def _lines(text: str) -> str:
    """The text with line ends that every reader knows; old programs end lines with CR alone."""
    return text.replace("\r", "\n") if "\r" in text and "\n" not in text else text
