"""Which records to compare with a new one, and which pairs wait for a person."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from refpipe import schema
from refpipe.library import sql
from refpipe.library.connection import Connection, Row
from refpipe.model import Decision, DecisionKind, Identifier, Record, Work

if TYPE_CHECKING:
    from refpipe.match import Subject
    from refpipe.merge import SourcedReading

# ── The blocks: row numbers of a block's hash and a record's number, which SQLite keeps in order ──
# A block that is too large is divided as ``match`` divides those of a file: then, and only then,
# all its records are entered in its parts as well. What has rows depends on which records there
# are, and not on the order in which they came.


_MASK = (1 << schema.BLOCK_BITS) - 1
_SIZES = (
    "SELECT value, (SELECT count(*) FROM (SELECT 1 FROM blocks WHERE number BETWEEN value AND"  # noqa: S608
    f" value | {_MASK} LIMIT ?)) FROM json_each(?)"
)
_WITHIN = (
    "SELECT asked.value, b.number FROM json_each(?) AS asked CROSS JOIN blocks AS b"  # noqa: S608
    f" WHERE b.number BETWEEN asked.value AND asked.value | {_MASK}"
)
_LAST = "SELECT number FROM blocks WHERE number BETWEEN ? AND ? ORDER BY number DESC LIMIT ?"
_FIND = (
    "SELECT key, number FROM records WHERE number IN (SELECT value FROM json_each(?))"
    " AND EXISTS (SELECT 1 FROM members WHERE record = number)"
)
_READ = (
    f"SELECT number, {sql.RECORD} FROM records"  # noqa: S608
    " WHERE number IN (SELECT value FROM json_each(?))"
)


def _start(block: str) -> int:
    """The lowest row number of a block; its records are the ``2 ** BLOCK_BITS`` from there on."""
    digest = hashlib.blake2b(block.encode("utf-8", "replace"), digest_size=5).digest()
    return (int.from_bytes(digest, "big") >> 4) << schema.BLOCK_BITS


def _within(connection: Connection, starts: Iterable[int]) -> dict[int, set[int]]:
    """The numbers of the records in each of these blocks."""
    found: dict[int, set[int]] = defaultdict(set)
    for at, number in connection.rows(_WITHIN, (json.dumps(list(starts)),)):
        found[at].add(number & _MASK)
    return found


def candidates(connection: Connection, subjects: Sequence[Subject]) -> list[list[Subject]]:
    """The records to compare with each of these, as the matching room sees them, by key.

    What is asked of the file is asked once for all of them.
    """
    numbers = _sharing_a_block(connection, subjects)
    met = json.dumps(sorted(set().union(*numbers)))
    keys = sorted(connection.rows(_FIND, (met,)))
    held = [_HELD.get(key) for key, _ in keys]
    unread = json.dumps([at for (_, at), one in zip(keys, held, strict=True) if one is None])
    rows = connection.rows(_READ, (unread,)) if unread != "[]" else ()
    read = {at: sourced(sql.to_record(tuple(row))) for at, *row in rows}
    ready = [(one or read[at]).subject for (_, at), one in zip(keys, held, strict=True)]
    # The place of each in the order of the keys, which is not that of the numbers.
    places = {at: place for place, (_, at) in enumerate(keys)}
    return [
        [ready[place] for place in sorted(map(places.__getitem__, those & places.keys()))]
        for those in numbers
    ]


def _sharing_a_block(connection: Connection, subjects: Sequence[Subject]) -> list[set[int]]:
    """The numbers of the records that share a block with each, or a part of a large one."""
    from refpipe import match

    found: list[set[int]] = [set() for _ in subjects]
    asked = [set(match.blocks(subject)) for subject in subjects]
    for depth in range(match.DEPTH + 1):
        starts = {block: _start(block) for blocks in asked for block in blocks}
        sizes: dict[int, int] = dict(
            connection.rows(_SIZES, (match.LARGEST + 1, json.dumps(list(starts.values()))))
        )
        small = _within(connection, [at for at, size in sizes.items() if 0 < size <= match.LARGEST])
        large = {block for block, at in starts.items() if sizes[at] > match.LARGEST}
        if depth == match.DEPTH:
            small.update(_last(connection, map(starts.__getitem__, large)))
            large.clear()
        for number, subject in enumerate(subjects):
            found[number].update(*(small.get(starts[block], ()) for block in asked[number]))
            divided = large.intersection(asked[number])
            parts = match.divisions(subject.profile, depth) if divided else ()
            asked[number] = {name for one in divided for name in _parts(one, parts)}
        if not large:
            break
    return found


def _last(connection: Connection, starts: Iterable[int]) -> Iterator[tuple[int, set[int]]]:
    """The neighbours in each block of which all that divides it is the same."""
    from refpipe import match

    for at in starts:
        last = connection.rows(_LAST, (at, at | _MASK, match.NEIGHBOURS))
        yield at, {number & _MASK for (number,) in last}


def _parts(block: str, divisions: Iterable[str]) -> Iterator[str]:
    return (f"{block}|{key}" for key in divisions)


def enter(connection: Connection, added: Mapping[int, Subject]) -> None:
    """Enter new records, by number, into the index by which others find them."""
    from refpipe import match

    known = dict(added)
    entering: dict[str, set[int]] = defaultdict(set)
    for number, subject in added.items():
        for block in match.blocks(subject):
            entering[block].add(number)
    for depth in range(match.DEPTH + 1):
        if not entering:
            return
        starts = {block: _start(block) for block in entering}
        rows = [(starts[block] | number,) for block, those in entering.items() for number in those]
        connection.run("INSERT OR IGNORE INTO blocks (number) VALUES (?)", sorted(rows))
        if depth < match.DEPTH:
            large = dict(_overfull(connection, starts, entering))
            whom = set().union(*large.values())
            _read(connection, known, whom)
            parts = {number: match.divisions(known[number].profile, depth) for number in whom}
            entering = defaultdict(set)
            for block, those in large.items():
                for number in those:
                    for name in _parts(block, parts[number]):
                        entering[name].add(number)


def _overfull(
    connection: Connection, starts: Mapping[str, int], entered: Mapping[str, set[int]]
) -> Iterator[tuple[str, set[int]]]:
    """Each block that is to be divided now, with those of its records that are in no part yet."""
    from refpipe import match

    most = match.LARGEST + 1 + max(map(len, entered.values()))
    sizes: dict[int, int] = dict(connection.rows(_SIZES, (most, json.dumps(list(starts.values())))))
    large = {block: at for block, at in starts.items() if sizes[at] > match.LARGEST}
    grown = {
        block: at for block, at in large.items() if sizes[at] - len(entered[block]) <= match.LARGEST
    }
    all_of = _within(connection, grown.values())
    for block, at in large.items():
        yield block, all_of[at] if block in grown else entered[block]


def _read(connection: Connection, known: dict[int, Subject], numbers: set[int]) -> None:
    """Read the records of these numbers that are not known yet."""
    unread = json.dumps(sorted(numbers - known.keys()))
    for number, *row in connection.rows(_READ, (unread,)) if unread != "[]" else ():
        known[number] = subject_of(sql.to_record(tuple(row)))


_HELD: dict[str, SourcedReading] = {}
_MOST_HELD = 20_000


def sourced(record: Record) -> SourcedReading:
    """The record with what it means; a long import meets the same ones again and again."""
    key = record.key
    known = _HELD.get(key)
    if known is None:
        from refpipe import items
        from refpipe.merge import SourcedReading

        if len(_HELD) >= _MOST_HELD:
            _HELD.clear()
        known = _HELD[key] = SourcedReading(record=record, reading=items.read(record))
    return known if known.record == record else known.as_heard(record)


def subject_of(record: Record) -> Subject:
    """The record as the matching room sees it."""
    return sourced(record).subject


def possible(
    connection: Connection, work: Work | None = None
) -> tuple[tuple[Work, Work, Decision], ...]:
    """Pairs of different works that a standing ``possible`` or a shared identifier ties.

    With ``work`` only its own pairs, which is fast however many wait elsewhere.
    """
    names = None if work is None else frozenset(_names(work))
    found = [*_undecided(connection, names), *_sharing(connection, names)]
    seen: set[frozenset[str]] = set()
    pairs = []
    for a, b, decision in found:
        names = frozenset((a.id, b.id))
        if len(names) == 2 and names not in seen and not _is_settled(connection, a, b):
            seen.add(names)
            pairs.append((a, b, decision))
    return tuple(sorted(pairs, key=lambda pair: (pair[0].id, pair[1].id)))


def _undecided(
    connection: Connection, about_names: frozenset[str] | None
) -> list[tuple[Work, Work, Decision]]:
    """The pairs of standing ``possible`` decisions, and of a rule's ``match`` that did not hold.

    A match that the whole of its cluster does not bear out waits for a person.
    """
    from refpipe import match
    from refpipe.merge import verdicts

    about = connection.rows(
        f"SELECT {sql.DECISION} FROM decisions WHERE kind IN ('possible', 'undo')"  # noqa: S608
    )
    asked = [sql.to_decision(row) for row in (*about, *_unheld(connection))]
    kept = [
        one
        for one in verdicts(asked).values()
        if one.kind in {DecisionKind.POSSIBLE, DecisionKind.MATCH}
        and (about_names is None or {str(one.a), str(one.b)} & about_names)
    ]
    names = {str(name) for one in kept for name in (one.a, one.b)}
    works = _by_identifier(connection, names)
    waiting = map(match.held_back_decision, kept)
    pairs = ((works.get(str(one.a)), works.get(str(one.b)), one) for one in waiting)
    return [(*_ordered(a, b), one) for a, b, one in pairs if a is not None and b is not None]


def _unheld(connection: Connection) -> list[Row]:
    """A rule's ``match`` decisions whose two sides are works apart."""
    columns = ", ".join(f"d.{column}" for column in sql.DECISION.split(", "))
    return connection.rows(
        f"SELECT {columns} FROM decisions AS d"  # noqa: S608
        " JOIN identifiers AS i ON i.identifier = d.a AND i.is_holder = 1"
        " JOIN identifiers AS j ON j.identifier = d.b AND j.is_holder = 1"
        " WHERE d.kind = 'match' AND d.\"by\" = 'rule' AND i.work <> j.work"
    )


def _sharing(
    connection: Connection, about_names: frozenset[str] | None
) -> list[tuple[Work, Work, Decision]]:
    """The works that state one identifier and yet are kept as two, because they contradict."""
    shared = connection.rows(
        "SELECT i.identifier, h.work, i.work FROM identifiers AS i JOIN identifiers AS h"
        " ON h.identifier = i.identifier AND h.is_holder = 1"
        " WHERE i.is_holder = 0 AND i.certainty <> 'candidate'"
    )
    # The chapters of a book share its ISBN and the papers of a meeting one page: no news.
    shared = [row for row in shared if not row[0].startswith(("isbn:", "url:"))]
    if about_names is not None:
        shared = [row for row in shared if row[0] in about_names]
    numbers = {number for _, *pair in shared for number in pair}
    works = _by_number(connection, numbers)
    pairs = []
    for name, one, other in shared:
        a, b = _ordered(works[one], works[other])
        identifier = Identifier.parse(name)
        decision = Decision(
            kind=DecisionKind.POSSIBLE,
            a=Identifier.parse(a.id),
            b=Identifier.parse(b.id),
            by="rule",
            rule="shared-identifier",
            reason=f"both state {identifier}, but what they say of the work does not agree",
            evidence=sql.to_json({"shared": name}),
        )
        pairs.append((a, b, decision))
    return pairs


def _ordered(a: Work, b: Work) -> tuple[Work, Work]:
    return (a, b) if a.id <= b.id else (b, a)


def _is_settled(connection: Connection, a: Work, b: Work) -> bool:
    """True when somebody has said, of any identifiers of the two, that they are not one."""
    from refpipe.merge import verdicts

    ones, others = _names(a), _names(b)
    between = connection.rows(
        f"SELECT {sql.DECISION} FROM decisions"  # noqa: S608
        " WHERE a IN (SELECT value FROM json_each(?1)) AND b IN (SELECT value FROM json_each(?2))"
        " OR a IN (SELECT value FROM json_each(?2)) AND b IN (SELECT value FROM json_each(?1))",
        (json.dumps(ones), json.dumps(others)),
    )
    kinds = {one.kind for one in verdicts(sql.to_decision(row) for row in between).values()}
    return DecisionKind.DISTINCT in kinds or DecisionKind.RELATED in kinds


def _names(work: Work) -> list[str]:
    own = [f"text:{key}" for key in work.members]
    return [*(str(claim.identifier) for claim in work.claims), *own]


def _by_number(connection: Connection, numbers: Iterable[int]) -> dict[int, Work]:
    found = connection.rows(
        f"SELECT w.number, {sql.WORK} FROM works AS w"  # noqa: S608
        " WHERE w.number IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(numbers)),),
    )
    return {number: sql.to_work(tuple(row)) for number, *row in found}


def _by_identifier(connection: Connection, names: Iterable[str]) -> dict[str, Work]:
    asked = json.dumps(sorted(names))
    found = connection.rows(
        f"SELECT i.identifier, {sql.WORK} FROM identifiers AS i"  # noqa: S608
        " JOIN works AS w ON w.number = i.work WHERE i.is_holder = 1"
        " AND i.identifier IN (SELECT value FROM json_each(?))",
        (asked,),
    )
    works = {name: sql.to_work(tuple(row)) for name, *row in found}
    own = [name.removeprefix("text:") for name in names if name.startswith("text:")]
    by_record = connection.rows(
        f"SELECT r.key, {sql.WORK} FROM records AS r JOIN members AS m ON m.record = r.number"  # noqa: S608
        " JOIN works AS w ON w.number = m.work WHERE r.key IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(own)),),
    )
    return {f"text:{key}": sql.to_work(tuple(row)) for key, *row in by_record} | works
