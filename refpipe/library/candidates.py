"""Which records to compare with a new one, and which pairs wait for a person."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from refpipe import schema
from refpipe.library import sql
from refpipe.library.connection import Connection, Row
from refpipe.model import Decision, DecisionKind, Identifier, Record, Work

if TYPE_CHECKING:
    from refpipe.match import Subject
    from refpipe.merge import SourcedReading

_MOST = 100
"""A block with more records than this tells nothing; comparing them all would take seconds."""

_FIND = (
    "SELECT key, number FROM records WHERE number IN (SELECT value FROM json_each(?))"
    " AND EXISTS (SELECT 1 FROM members WHERE record = number)"
)
_READ = f"SELECT {sql.RECORD} FROM records WHERE number IN (SELECT value FROM json_each(?))"  # noqa: S608


def candidates(connection: Connection, blocks: Iterable[str]) -> tuple[Subject, ...]:
    """The records that share a block, as the matching room sees them, by key."""
    from refpipe.library.projections import block_start

    mask = (1 << schema.BLOCK_BITS) - 1
    numbers: set[int] = set()
    for block in blocks:
        first = block_start(block)
        found = connection.rows(
            "SELECT number FROM blocks WHERE number BETWEEN ? AND ? LIMIT ?",
            (first, first | mask, _MOST + 1),
        )
        if len(found) <= _MOST:
            numbers |= {number & mask for (number,) in found}
    keys = connection.rows(_FIND, (json.dumps(sorted(numbers)),))
    held = {key: _HELD.get(key) for key, _ in keys}
    unread = json.dumps([number for key, number in keys if held[key] is None])
    for row in connection.rows(_READ, (unread,)) if unread != "[]" else ():
        record = sql.to_record(row)
        held[record.key] = sourced(record)
    return tuple(one.subject for _, one in sorted(held.items()) if one is not None)


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
