"""Files of references as rows: one for each record, with its text kept word for word."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from refpipe.errors import UnreadableText, UsageError
from refpipe.items import rows
from refpipe.match import Subject
from refpipe.model import Identifier, Item, Reading, Scheme

SUFFIXES = {
    ".jsonl": "jsonl",
    ".ris": "ris",
    ".bib": "bibtex",
    ".nbib": "nbib",
    ".enw": "enw",
}
"""File name's end → format: those whose entries stand alone and can be kept word for word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One record of a file: its id, its text as it stands, and what is compared.

    ``subject`` is None where the record cannot be read; ``fault`` then says why, and the
    record is kept as it is.
    """

    id: str
    raw: str
    line: int
    subject: Subject | None = None
    fault: str = ""


def read(path: Path) -> Iterator[Row]:
    """The rows of a file, in its order.

    Raises UsageError for a format that is not known, UnreadableText for a file that is not
    UTF-8 or cannot be opened.
    """
    form = SUFFIXES.get(path.suffix.lower())
    if form is None:
        known = " ".join(SUFFIXES)
        raise UsageError(f"{path}: what format is this?", hint=f"Known are {known}.")
    text = _text(path)
    return _jsonl(text) if form == "jsonl" else _entries(form, text)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        hint = "Save the file as UTF-8 and run again; nothing was changed."
        raise UnreadableText(f"{path}: not UTF-8 (byte {error.start})", hint=hint) from error
    except OSError as error:
        raise UnreadableText(f"{path}: cannot be read ({error.strerror})") from error


def _jsonl(text: str) -> Iterator[Row]:
    seen: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            yield Row(id=f"line {number}", raw=line, line=number, fault=f"not JSON: {error}")
            continue
        if not isinstance(row, dict):
            yield Row(id=f"line {number}", raw=line, line=number, fault="not an object")
            continue
        name = _unique(str(row.get("id") or f"line {number}"), seen)
        yield _row(name, line, number, rows.read(row))


def _entries(form: str, text: str) -> Iterator[Row]:
    from refpipe.items.exchange import formats
    from refpipe.items.exchange.entries import Broken

    seen: dict[str, int] = {}
    for entry in formats.read_all(form, text):
        if isinstance(entry, Broken):
            name = f"line {entry.line}"
            yield Row(id=name, raw=entry.raw, line=entry.line, fault=entry.reason)
            continue
        name = _unique(str(entry.item.get("id") or f"line {entry.line}"), seen)
        yield _row(name, entry.raw, entry.line, _reading(entry.item))


def _reading(item: Item) -> Reading:
    return Reading(item=item, claims=rows.claims(str(item.get("URL") or "")))


def _row(name: str, raw: str, line: int, reading: Reading) -> Row:
    subject = Subject(
        identifier=Identifier(Scheme.TEXT, name), item=reading.item, claims=reading.claims
    )
    return Row(id=name, raw=raw, line=line, subject=subject)


def _unique(name: str, seen: dict[str, int]) -> str:
    """The name, numbered where an earlier record has it already."""
    seen[name] = seen.get(name, 0) + 1
    return name if seen[name] == 1 else f"{name} ({seen[name]})"
