"""The Retraction Watch data, read once into an index: one small file, asked by identifier.

The rows are those of https://gitlab.com/crossref/retraction-watch-data (README); the columns are
found by their names.  A notice that names neither a DOI nor a PMID of the paper says nothing that
could be looked up and is left out.
"""

from __future__ import annotations

import csv
import hashlib
import os
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice, starmap
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from refpipe import identifiers
from refpipe.errors import NetworkError, RetractionDataError, UnreadableText
from refpipe.lifetimes import Closing
from refpipe.model import Identifier, Scheme

if TYPE_CHECKING:
    from refpipe.http import Settings

# ── the rows of the data ──

_KINDS = {
    "retraction": "retraction",
    "expression of concern": "expression-of-concern",
    "correction": "correction",
    "reinstatement": "reinstatement",
}
"""``RetractionNature`` → kind of relation; a word that is none of these is counted and told."""

_NEEDED = (
    "Record ID", "RetractionDate", "RetractionDOI", "RetractionPubMedID", "OriginalPaperDOI",
    "OriginalPaperPubMedID", "RetractionNature", "Reason",
)  # fmt: skip
_PLAIN = re.compile(r"10\.\d{4,9}/(?:[a-z0-9._/:-]++|\([a-z0-9._/:-]++\))++(?<=[a-z0-9)])")
"""A DOI that is in its normal form already, as nearly all are once in lower case."""
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})|(\d{4})-(\d\d)-(\d\d)")
_WORST = 0.01
"""The share of damaged rows from which on a file is not believed."""

csv.field_size_limit(1 << 24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What one row says: of which paper, by which notice, when, and why."""

    record: str
    kind: str
    date: str
    """ISO 8601, empty where it is not known."""
    reasons: tuple[str, ...]
    paper: tuple[Identifier, ...]
    notice: tuple[Identifier, ...]
    """Empty where the notice has no identifier, or is the paper's own page."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """What was met while reading."""

    rows: int = 0
    nameless: int = 0
    """Rows that name no paper by DOI or PMID."""
    damaged: int = 0
    unknown: dict[str, int] = field(default_factory=dict)
    """Kinds of notice that this program does not know, and how often they came."""


def read(lines: Iterable[str], tally: Tally) -> Iterator[Notice]:
    """The notices of a file, one at a time; ``tally`` counts what was met on the way.

    Raises UnreadableText where this is no such file, where it breaks off, or where more of it
    is damaged than chance explains.
    """
    reader = csv.reader(lines)
    header = [name.strip().lstrip("\ufeff") for name in next(reader, [])]
    places = {name: header.index(name) for name in _NEEDED if name in header}
    if missing := [name for name in _NEEDED if name not in places]:
        raise UnreadableText(
            f"this is no Retraction Watch file: it has no column {missing[0]!r}",
            hint="Crossref publishes it as retraction_watch.csv.",
        )
    width = len([name for name in header if name])
    is_whole = True
    for row in reader:
        if not row:
            continue
        tally.rows += 1
        is_whole = len(row) >= width
        if not is_whole:
            tally.damaged += 1
            continue
        notice = _notice({name: row[place] for name, place in places.items()}, tally)
        if notice is not None:
            yield notice
    if not is_whole or tally.damaged > tally.rows * _WORST:
        raise UnreadableText(
            f"the file breaks off or is damaged: {tally.damaged} of {tally.rows} rows are cut",
            hint="Download it again.",
        )


def _notice(row: Mapping[str, str], tally: Tally) -> Notice | None:
    nature = " ".join(row["RetractionNature"].lower().split())
    kind = _KINDS.get(nature)
    if kind is None:
        tally.unknown[nature] = tally.unknown.get(nature, 0) + 1
        return None
    paper = (*_dois(row["OriginalPaperDOI"]), *_pmids(row["OriginalPaperPubMedID"]))
    if not paper:
        tally.nameless += 1
        return None
    notice = (*_dois(row["RetractionDOI"]), *_pmids(row["RetractionPubMedID"]))
    return Notice(
        record=row["Record ID"].strip(),
        kind=kind,
        date=date(row["RetractionDate"]),
        reasons=reasons(row["Reason"]),
        paper=paper,
        # Some publishers put the notice where the paper was, under the same identifier.
        notice=tuple(one for one in notice if one not in paper),
    )


def reasons(written: str) -> tuple[str, ...]:
    """The reasons of a row; until 2024 each had a ``+`` before it."""
    found = (part.strip().lstrip("+").strip() for part in written.split(";"))
    return tuple(dict.fromkeys(part for part in found if part))


def date(written: str) -> str:
    """``2/6/2010 0:00``, month first, in ISO 8601."""
    match = _DATE.match(written.strip())
    if not match:
        return ""
    month, day, year, *iso = match.groups()
    if year is None:
        return "-".join(iso)
    return f"{year}-{int(month):02d}-{int(day):02d}" if 1 <= int(month) <= 12 else year


def _dois(written: str) -> Iterator[Identifier]:
    for part in re.split(r"\s*;\s*(?=10\.\d)", written.strip()):
        bare = part.lower().strip()
        if _PLAIN.fullmatch(bare):
            yield Identifier(Scheme.DOI, bare)
        elif "10." in bare and (found := identifiers.doi(unquote(part))):
            yield found


def _pmids(written: str) -> Iterator[Identifier]:
    for part in re.split(r"[;,\s]+", written.strip()):
        bare = part.removesuffix(".0")
        if bare.isascii() and bare.isdecimal() and int(bare):
            yield Identifier(Scheme.PMID, str(int(bare)))


# ── the index ──

# The index lies in the user's cache.  A new one is made beside the old one and put in its place
# when it is whole, so an interrupted update leaves the old one standing.

_FORM = "1"
"""The version of the tables; an index of another one is not read."""
_DDL = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE notices (
    number INTEGER PRIMARY KEY, record TEXT NOT NULL, kind TEXT NOT NULL, date TEXT NOT NULL,
    reasons TEXT NOT NULL, paper TEXT NOT NULL, notice TEXT NOT NULL
) STRICT;
CREATE TABLE names (value TEXT NOT NULL, is_paper INTEGER NOT NULL, number INTEGER NOT NULL) STRICT;
"""
_INDEX = "CREATE INDEX names_value ON names (value, is_paper, number)"
_INSERT = "INSERT INTO notices VALUES (?, ?, ?, ?, ?, ?, ?)"
_FIND = """
SELECT n.value, n.is_paper, t.record, t.kind, t.date, t.reasons, t.paper, t.notice
FROM names n JOIN notices t ON t.number = n.number WHERE n.value IN ({})
"""
_PORTION = 900
"""Values in one question; SQLite takes 999 in its oldest builds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundNotice:
    """A notice that speaks of an identifier: as of the paper, or as of the notice itself."""

    notice: Notice
    is_paper: bool


class Index(Closing):
    """The index opened for reading; use it as a context."""

    def __init__(self, path: Path) -> None:
        """Raises RetractionDataError where there is none that can be read."""
        if not path.is_file():
            raise RetractionDataError(
                "the Retraction Watch data are not on this machine yet",
                hint="refpipe retractions update downloads them once.",
            )
        self.about: dict[str, str] = {}
        self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            self.about = dict(self._connection.execute("SELECT name, value FROM about"))
        except sqlite3.DatabaseError as error:
            self._connection.close()
            raise RetractionDataError(
                f"{path} cannot be read: {error}", hint="refpipe retractions update makes it anew."
            ) from error
        if self.about.get("form") != _FORM:
            self._connection.close()
            raise RetractionDataError(
                f"{path} was made by another version of refpipe",
                hint="refpipe retractions update makes it anew.",
            )

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    @property
    def day(self) -> str:
        """The day of the data (ISO 8601)."""
        return str(self.about.get("made", ""))[:10]

    @property
    def count(self) -> int:
        """How many notices it holds."""
        return int(self._connection.execute("SELECT count(*) FROM notices").fetchone()[0])

    def find(self, wanted: Iterable[Identifier]) -> dict[Identifier, tuple[FoundNotice, ...]]:
        """The notices that speak of each identifier; those that nobody speaks of are left out."""
        by_value = {str(one): one for one in wanted}
        values = list(by_value)
        found: defaultdict[Identifier, list[FoundNotice]] = defaultdict(list)
        for start in range(0, len(values), _PORTION):
            portion = values[start : start + _PORTION]
            question = _FIND.format(",".join("?" * len(portion)))
            for value, is_paper, *row in self._connection.execute(question, portion):
                found[by_value[value]].append(
                    FoundNotice(notice=_stored(row), is_paper=bool(is_paper))
                )
        return {one: tuple(sorted(listed, key=_order)) for one, listed in found.items()}


def _stored(row: list[str]) -> Notice:
    record, kind, date, reasons, paper, notice = row
    return Notice(
        record=record,
        kind=kind,
        date=date,
        reasons=tuple(filter(None, reasons.split(";"))),
        paper=_read_names(paper),
        notice=_read_names(notice),
    )


def _order(found: FoundNotice) -> tuple[bool, str, str, str]:
    return (not found.is_paper, found.notice.date, found.notice.kind, found.notice.record)


def _names(listed: Iterable[Identifier]) -> str:
    return " ".join(map(str, listed))


def _read_names(written: str) -> tuple[Identifier, ...]:
    return tuple(Identifier.parse(part) for part in written.split())


def make(path: Path, notices: Iterable[Notice], about: Mapping[str, str]) -> int:
    """Write the index of the notices to ``path``, in place of what is there; gives their number.

    Raises OSError where it cannot be written and whatever ``notices`` raises; the old index
    then stands.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with closing(sqlite3.connect(beside)) as connection:
            # The file is thrown away if anything fails, so nothing needs to be undone in it.
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            connection.executescript(_DDL)
            with connection:
                for portion in _portions(notices):
                    connection.executemany(_INSERT, starmap(_row, portion))
                    connection.executemany("INSERT INTO names VALUES (?, ?, ?)", _named(portion))
                connection.execute(_INDEX)
                known = {"form": _FORM, **about}
                connection.executemany("INSERT INTO about VALUES (?, ?)", known.items())
            count = int(connection.execute("SELECT count(*) FROM notices").fetchone()[0])
        with beside.open("rb") as written:
            os.fsync(written.fileno())
        beside.replace(path)
    except sqlite3.Error as error:
        raise OSError(f"{beside} cannot be written: {error}") from error
    finally:
        beside.unlink(missing_ok=True)
    return count


def _portions(notices: Iterable[Notice]) -> Iterator[list[tuple[int, Notice]]]:
    """The notices with their numbers, some thousand at a time."""
    counted = enumerate(notices)
    while portion := list(islice(counted, 5000)):
        yield portion


def _row(number: int, one: Notice) -> tuple[int, str, str, str, str, str, str]:
    reasons = ";".join(one.reasons)
    return number, one.record, one.kind, one.date, reasons, _names(one.paper), _names(one.notice)


def _named(portion: Iterable[tuple[int, Notice]]) -> Iterator[tuple[str, bool, int]]:
    """Each identifier, whether it is the paper's, and the number of the notice."""
    for number, one in portion:
        yield from ((str(name), True, number) for name in one.paper)
        yield from ((str(name), False, number) for name in one.notice)


# ── Getting the data: from Crossref's published file, or from a file that is here already ───────


SOURCE = "https://gitlab.com/crossref/retraction-watch-data/-/raw/main/retraction_watch.csv"
"""Where Crossref publishes the data (https://gitlab.com/crossref/retraction-watch-data)."""
_LEAST = 0.9
"""The share of the rows of yesterday that a download must have to be believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Updated:
    """What an update came to."""

    notices: int
    tally: Tally
    is_unchanged: bool = False
    """True: the published file is the one that was read last time."""


def from_file(
    path: Path, target: Path, *, now: str, about: dict[str, str] | None = None
) -> Updated:
    """Make the index from a file.  Raises UnreadableText, or RetractionDataError for the disk."""
    tally = Tally()
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
        # Old dumps are Latin-1: a byte that is no UTF-8 stands in names that nobody looks up.
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            known = {
                "made": now,
                "source": str(path),
                "sha256": digest.hexdigest(),
                **(about or {}),
            }
            count = make(target, read(lines, tally), known)
    except OSError as error:
        raise RetractionDataError(f"the index was not made: {error}") from error
    except UnreadableText as error:
        raise UnreadableText(
            f"{path}: {error}; what was known before is kept", hint=error.hint
        ) from error
    return Updated(notices=count, tally=tally)


def from_network(settings: Settings, target: Path, *, now: str, url: str = "") -> Updated:
    """Make the index from the published file, unless it is the one that was read last time.

    Raises NetworkError where it cannot be had, UnreadableText where it cannot be believed.
    """
    from refpipe.http import site_session

    source = url or os.environ.get("REFPIPE_RETRACTION_DATA_URL", "") or SOURCE
    before = _known(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f"{target.name}.{os.getpid()}.csv")
    etag = before.get("etag", "") if before.get("source") == source else ""
    try:
        got = site_session.download_file(settings, source, beside, etag=etag)
        if got.failure:
            raise NetworkError(
                f"the Retraction Watch data could not be downloaded: {got.failure}",
                hint="What was known before is kept.  --file reads a file that you downloaded.",
            )
        if got.is_unchanged:
            return Updated(notices=int(before.get("notices", 0)), tally=Tally(), is_unchanged=True)
        return _believed(beside, target, before, {"source": source, "etag": got.etag}, now)
    finally:
        beside.unlink(missing_ok=True)


def _believed(
    file: Path, target: Path, before: dict[str, str], about: dict[str, str], now: str
) -> Updated:
    """The index of a download; one with far fewer rows than the last is not believed."""
    trial = target.with_name(f"{target.name}.{os.getpid()}.trial")
    try:
        made = from_file(file, trial, now=now, about=about)
        if made.notices < int(before.get("notices", 0)) * _LEAST:
            raise UnreadableText(
                f"the published file holds {made.notices} notices, and the last one held"
                f" {before['notices']}; what was known before is kept",
                hint="If the data really shrank, download the file and use --file.",
            )
        trial.replace(target)
    finally:
        trial.unlink(missing_ok=True)
    return made


def _known(target: Path) -> dict[str, str]:
    """What the index at hand says of itself; nothing where there is none that can be read."""
    try:
        with Index(target) as known:
            return {**known.about, "notices": str(known.count)}
    except RetractionDataError:
        return {}
