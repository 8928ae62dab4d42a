"""The rows of the Retraction Watch data as notices
(https://gitlab.com/crossref/retraction-watch-data, README).

The columns are found by their names.  A notice that names neither a DOI nor a PMID of the paper
says nothing that could be looked up and is left out.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from refpipe import identifiers
from refpipe.errors import UnreadableText
from refpipe.model import Identifier, Scheme

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
