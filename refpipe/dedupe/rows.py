"""Files of references as rows: one for each record, with its text kept word for word."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from refpipe.errors import UnreadableText, UsageError
from refpipe.items.exchange import csl_json
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
    file: str = ""
    subject: Subject | None = None
    fault: str = ""


class Lines(Iterable[Row]):
    """The lines of tables, each read as a row when it is asked for, on any core."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._is_alone = len(paths) == 1
        self.places: list[tuple[str, int]] = []
        """File and number of each line that is not empty."""
        self.raw: list[str] = []
        for path in paths:
            for number, line in enumerate(_text(path).split("\n"), 1):
                if line.strip():
                    self.raw.append(line)
                    self.places.append((str(path), number))

    def __len__(self) -> int:
        return len(self.raw)

    def __iter__(self) -> Iterator[Row]:
        return named(self.rows(0, len(self)))

    def rows(self, start: int, stop: int) -> Iterator[Row]:
        """The rows of some lines, under the names that they have in them."""
        for line, (file, number) in zip(self.raw[start:stop], self.places[start:stop], strict=True):
            yield jsonl_row(line, number, file, is_alone=self._is_alone)


def read(*paths: Path) -> Iterable[Row]:
    """The rows of one file or of several in one format, in their order.

    Raises UsageError for a format that is not known or not that of the first file,
    UnreadableText for a file that is not UTF-8 or cannot be opened.
    """
    form = format_of([str(path) for path in paths])
    return Lines(paths) if form == "jsonl" else named(_of_files(form, paths))


def _of_files(form: str, paths: Sequence[Path]) -> Iterator[Row]:
    for path in paths:
        for row in entry_rows(form, _text(path), among="" if len(paths) == 1 else str(path)):
            yield dataclasses.replace(row, file=str(path))


def named(rows: Iterable[Row]) -> Iterator[Row]:
    """The same rows, an id that an earlier one has numbered."""
    seen: dict[str, int] = {}
    for row in rows:
        name = row.id if row.fault else unique(row.id, seen)
        yield row if name == row.id else dataclasses.replace(row, id=name)


def format_of(names: Sequence[str], known: Mapping[str, str] = SUFFIXES) -> str:
    """The one format of several files, by the ends of their names.  Raises UsageError."""
    forms = {name: known.get(PurePath(name).suffix.lower()) for name in names}
    for name, form in forms.items():
        if form is None:
            hint = f"Known are {' '.join(known)}."
            raise UsageError(f"{name}: what format is this?", hint=hint)
    if len(set(forms.values())) > 1:
        raise UsageError(
            f"{' '.join(names)}: files of different formats",
            hint="Give files of one format; refpipe convert turns one into another.",
        )
    return str(forms[names[0]])


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        hint = "Save the file as UTF-8 and run again; nothing was changed."
        raise UnreadableText(f"{path}: not UTF-8 (byte {error.start})", hint=hint) from error
    except OSError as error:
        raise UnreadableText(f"{path}: cannot be read ({error.strerror})") from error


def jsonl_row(line: str, number: int, file: str = "", *, is_alone: bool = False) -> Row:
    """The row of one line; an id that it has not is made of the line's number.

    The file is named with it unless it ``is_alone``: each of several has a line of that number.
    """
    name = placed("" if is_alone else file, f"line {number}")
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Row(id=name, raw=line, line=number, file=file, fault=f"not JSON: {error}")
    if not isinstance(row, dict):
        return Row(id=name, raw=line, line=number, file=file, fault="not an object")
    return _row(str(row.get("id") or name), line, (file, number), csl_json.read_row(row))


def placed(file: str, place: str) -> str:
    """What a record without an id is called."""
    return f"{file}: {place}" if file else place


def entry_rows(
    form: str, text: str, *, line: int = 1, record: int = 1, among: str = ""
) -> Iterator[Row]:
    """The rows of a text of entries; ``line`` and ``record`` count its first of either.

    A record without an id is called by its number, and by its file ``among`` several.
    """
    from refpipe.items import exchange
    from refpipe.items.exchange import Broken

    for number, entry in enumerate(exchange.read_all(form, text), record):
        at = entry.line + line - 1
        name = placed(among, f"record {number}")
        if isinstance(entry, Broken):
            yield Row(id=name, raw=entry.raw, line=at, fault=entry.reason)
            continue
        yield _row(str(entry.item.get("id") or name), entry.raw, ("", at), _reading(entry.item))


def _reading(item: Item) -> Reading:
    return Reading(item=item, claims=csl_json.address_claims(str(item.get("URL") or "")))


def _row(name: str, raw: str, place: tuple[str, int], reading: Reading) -> Row:
    subject = Subject(
        identifier=Identifier(Scheme.TEXT, name), item=reading.item, claims=reading.claims
    )
    return Row(id=name, raw=raw, line=place[1], file=place[0], subject=subject)


def unique(name: str, seen: dict[str, int]) -> str:
    """The name, numbered where an earlier record has it already."""
    seen[name] = seen.get(name, 0) + 1
    return name if seen[name] == 1 else f"{name} ({seen[name]})"
