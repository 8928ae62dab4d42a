"""How facts get into the library: what a source said is stored, then matched, then answered for."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from refpipe import identifiers, items, match
from refpipe.errors import UsageError
from refpipe.items import exchange
from refpipe.items.exchange import FileEntry
from refpipe.library import Library
from refpipe.merge import own_name
from refpipe.model import Decision, DecisionKind, Difference, Identifier, Record, Scheme, Work
from refpipe.pipeline import lookup

if TYPE_CHECKING:
    from refpipe.library.projections import Contested


def take(library: Library, record: Record, *, now: str) -> Work | None:
    """The work that ``record`` belongs to, after storing it and matching it with its blocks.

    ``now`` is a UTC time in ISO 8601.  A record that is known already changes nothing; None is
    the work of one that was taken back.
    """
    take_all(library, [record], now=now)
    return library.find(own_name(record))


def withdrawn(library: Library, record: Record) -> str:
    """Why a record that is known belongs to no work, and what to do about it."""
    told = library.decisions_of(own_name(record))
    undo = next((one for one in reversed(told) if one.undoes == record.key), None)
    when, key = (undo.made[:10], undo.key[:8]) if undo is not None else ("", record.key[:8])
    return f"it was taken back on {when}; refpipe undo {key} takes it in again"


def take_all(library: Library, records: Sequence[Record], *, now: str) -> None:
    """Store records that came together, matched with the library and with one another.

    The decisions go in before the records, so that works are named when all that is known of
    them is there: a name is permanent, and the poorest copy should not choose it.
    """
    new = [record for record in records if library.record(record.key) is None]
    if not new:
        return
    with library.transaction():
        library.add(new, heard=now, decisions=_decisions(library, new))


def _decisions(library: Library, records: Sequence[Record]) -> list[Decision]:
    decisions: list[Decision] = []
    subjects = library.subjects_of(records)
    met = library.candidates(subjects)
    near: dict[int, list[int]] = defaultdict(list)
    for i, j in match.pairs([subject.profile for subject in subjects]):
        near[j].append(i)
    for number, (subject, others) in enumerate(zip(subjects, met, strict=True)):
        others += [subjects[i] for i in sorted(near[number])]
        decisions += match.decide(subject, others)
    return decisions


def text_identifier(text: str) -> Identifier:
    """The identifier of something that has none: the hash of its folded text."""
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    digest = hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()
    return Identifier(Scheme.TEXT, digest[:32])


# ── Entries of bibliography files on their way into the library ─────────────────────────────────


_PORTION = 200
"""Entries stored at once: an interrupted import has lost no more than that."""


@dataclass(slots=True, kw_only=True)
class Import:
    """What becomes of the entries of one file."""

    new: int = 0
    """Works that the library did not have before."""
    named: list[str] = field(default_factory=list)
    """The names of those to which the file gives no key."""
    taken_back: int = 0
    """Entries that somebody took back before, and that are not taken in again."""
    unshown: list[tuple[Record, Work, Difference]] = field(default_factory=list)
    """What an entry states otherwise than the work that it joined, and its entry does not show."""


def take_entries(  # noqa: PLR0913 — a file, its form and entries, and who hears what
    library: Library,
    form: str,
    name: str,
    entries: Sequence[FileEntry],
    *,
    now: str,
    told: Import | None = None,
    progress: Callable[[range], Iterable[int]] = iter,
) -> Iterator[str]:
    """What is to be said of a file's entries, while they are put into the library.

    Nothing is stored before it is asked for what it says.  ``told`` hears of the new works;
    the numbers of the entries are counted through ``progress`` as they come.
    """
    heard = records_of_entries(form, name, entries)
    new = {record.key: record for record in heard if library.record(record.key) is None}
    for start in progress(range(len(heard))):
        if start % _PORTION:
            continue
        portion = slice(start, start + _PORTION)
        refused: tuple[Refusal, ...] = ()
        with library.transaction():
            take_all(library, heard[portion], now=now)
            if form in KEYED:
                keyed = zip(entries[portion], heard[portion], strict=True)
                refused = assign_keys(library, [(entry_key(e), r) for e, r in keyed], now=now)
        # Only now have the works whose key was refused a name of their own.
        yield from refusal_lines(library, refused)
    pairs = zip(entries, heard, strict=True)
    bearers = {record.key for entry, record in pairs if form in KEYED and entry_key(entry)}
    told = told if told is not None else Import()
    for record in {record.key: record for record in heard if record.key not in new}.values():
        if library.find(own_name(record)) is None:
            told.taken_back += 1
            yield f"{record.origin}: {withdrawn(library, record)}"
    yield from _fates(library, new, bearers, told)


def _fates(
    library: Library, new: Mapping[str, Record], keyed: Collection[str], told: Import
) -> Iterator[str]:
    """What became of each new entry that is not simply a new work of its own."""
    homes = library.find_many(own_name(record) for record in new.values())
    works = {work.id: work for work in homes.values()}
    added = [work for work in works.values() if new.keys() >= set(work.members)]
    told.new = len(added)
    told.named = [work.name for work in added if not any(key in keyed for key in work.members)]
    doubts = _doubts(library, works) if works else {}
    met: set[str] = set()
    for record in new.values():
        work = homes.get(own_name(record))
        if work is None:
            continue  # Somebody has withdrawn this very record.
        if work.id in met or not new.keys() >= set(work.members):
            yield f"{record.origin}: joined to {work.name}"
            told.unshown += [(record, work, one) for one in _contradicted(record, work)]
        for other in () if work.id in met else doubts.get(work.id, ()):
            yield f"{record.origin}: possible with {other}; refpipe review asks you about the two"
        met.add(work.id)


def _contradicted(record: Record, work: Work) -> Iterator[Difference]:
    """What the record states and its work's item denies; to leave somebody out denies nothing."""
    from refpipe.match.author_lists import AuthorKind
    from refpipe.match.differences import differences

    for one in differences(items.read(record).item, work.item):
        if one.is_error and one.kind != AuthorKind.MISSING:
            yield one


def _doubts(library: Library, works: Mapping[str, Work]) -> dict[str, list[str]]:
    """The names of the works with which each of these may be one."""
    found: dict[str, list[str]] = {}
    for a, b, _ in library.possible():
        for one, other in ((a, b), (b, a)):
            if one.id in works:
                found.setdefault(one.id, []).append(other.name)
    return found


def records_of_entries(form: str, name: str, entries: Iterable[FileEntry]) -> list[Record]:
    """A record for each entry, the entry's text as its payload and its place as its origin."""
    source = exchange.FORMATS[form].source
    return [
        Record(
            source=source,
            identifier=entry_identifier(entry),
            payload=entry.raw,
            origin=f"{name}:{entry.line}",
        )
        for entry in entries
    ]


def entry_identifier(entry: FileEntry) -> Identifier:
    """The strongest identifier that the entry names; its own text's where it names none."""
    is_book = entry.item.get("type") == "book"
    naming = [one for one in identifiers.STRONGEST_FIRST if is_book or one is not Scheme.ISBN]
    claim = identifiers.surest(exchange.claims(entry.item), naming, or_candidate=False)
    return claim.identifier if claim is not None else text_identifier(entry.raw)


KEYED = frozenset({"bibtex", "csl-json"})
"""The formats whose entries have a key that people type."""

_COUNTED = re.compile(r"item-?\d+|\d+", re.IGNORECASE)
"""Ids that programs number their items with; nobody types them, and the next file has them too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A key that did not become a name, and why not."""

    key: str
    record: Record
    reason: str


def entry_key(entry: FileEntry) -> str:
    """The key by which its file calls an entry; empty where it has none that people type."""
    found = str(entry.item.get("citation-key") or entry.item.get("id") or "").strip()
    return "" if _COUNTED.fullmatch(found) or "://" in found else found


def assign_keys(
    library: Library, keyed: Iterable[tuple[str, Record]], *, now: str
) -> tuple[Refusal, ...]:
    """The keys that could not become names; the others are stored as decisions.

    A key that finds its work already needs none, in whatever case it is written.  It names the
    record: a DOI that the entry shares with another one may come to be the other's.
    """
    wanted = [(typed, record) for typed, record in keyed if typed]
    holders = lookup.find(library, [typed for typed, _ in wanted])
    homes = library.find_many({own_name(record) for _, record in wanted})
    given: dict[Identifier, str] = {}
    refused: list[Refusal] = []
    decisions: list[Decision] = []
    for typed, record in wanted:
        home = homes.get(own_name(record))
        if home is None:
            continue  # Somebody has withdrawn this very record.
        bearer = home.id
        holder = holders[typed].id if typed in holders else None
        names = lookup.names(typed)
        if holder is None and names:
            holder = given.get(names[0])
        if holder == bearer:
            continue
        if reason := _refusal(names, holder):
            refused.append(Refusal(key=typed, record=record, reason=reason))
            continue
        given[names[0]] = bearer
        decisions.append(_named(own_name(record), names[0]))
    library.decide(decisions, made=now)
    return tuple(refused)


def _refusal(names: Sequence[Identifier], holder: str | None) -> str:
    """Why a key that reads as these cannot name a work; empty where it can."""
    if not names:
        return "has characters that a name cannot have"
    if holder is not None:
        return f"is already a name of another work ({holder})"
    if names[0].scheme is not Scheme.NAME:
        return f"reads as {names[0]}"
    return ""


def _named(bearer: Identifier, name: Identifier) -> Decision:
    return Decision(kind=DecisionKind.NAME, a=bearer, b=name, by="rule", rule="citation-key")


def refusal_lines(library: Library, refused: Sequence[Refusal]) -> Iterator[str]:
    """A line for each refused key: where it stands, why, and what to type instead."""
    works = library.find_many({own_name(one.record) for one in refused})
    for one in refused:
        work: Work = works[own_name(one.record)]
        yield f"{one.record.origin}: the key {one.key} {one.reason}; cite this work as @{work.name}"


# ── Facts of another library, or of a dump ──────────────────────────────────────────────────────


def load_facts(library: Library, file: Path) -> int:
    """Add the facts of another library or of what ``refpipe db dump`` wrote; how many were new.

    Raises UsageError where there is no such file, UnreadableText where it is neither.
    """
    if not file.is_file():
        raise UsageError(
            f"{file} is no file" if file.exists() else f"there is no file {file}",
            hint="name what refpipe db dump wrote, or another library.db",
        )
    with file.open("rb") as opened:
        is_database = opened.read(15) == b"SQLite format 3"
    if is_database:
        with Library.open(file, writable=False, is_left_stale=True) as other:
            return library.load(other.records(), other.decisions(), other.waivers())
    with file.open(encoding="utf-8") as lines:
        return load_dump(library, lines, name=str(file))


def load_dump(library: Library, lines: Iterable[str], *, name: str) -> int:
    """Add the facts of a dump, read line by line; gives how many were new."""
    from refpipe import dump

    facts = dump.read(lines, name=name)
    return library.load(facts.records, facts.decisions, facts.waivers)


def merge_libraries(ours: Path, theirs: Path) -> tuple[int, tuple[Contested, ...]]:
    """Put the union of both into ``ours``, whole or not at all.

    Gives how many facts were taken over, and the names that two works have only now.  Raises
    LibraryError where one of them cannot be read; ``ours`` is then as it was.
    """
    with (
        # Whose works theirs are does not matter: only its facts are read.
        Library.open(theirs, writable=False, is_left_stale=True) as other,
        Library.open(ours) as library,
    ):
        before = set(library.contested_names())
        number = library.load(other.records(), other.decisions(), other.waivers())
        return number, tuple(one for one in library.contested_names() if one not in before)
