"""Facts → projections, for just the works that a new fact can touch.

The neighbourhood of a fact is everything that identifiers, ``match`` decisions and names tie
together, whether or not the tie holds in the end.  ``merge.project`` gives the same for a
neighbourhood alone as for the whole library, so only this much is read, fused and written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from refpipe import schema
from refpipe.library import search, sql
from refpipe.library.connection import Connection
from refpipe.merge import SourcedReading, identities, names, undone
from refpipe.merge.project import Projection, project
from refpipe.model import (
    UNDESCRIBING,
    Certainty,
    Claim,
    Decision,
    DecisionKind,
    Identifier,
    Scheme,
    Work,
)

_TYING = (DecisionKind.MATCH.value, DecisionKind.NAME.value)


@dataclass(slots=True, kw_only=True)
class _Neighbourhood:
    """What can be touched: records by row number, and every identifier they or decisions name."""

    records: dict[int, SourcedReading] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    works: set[int] = field(default_factory=set)


def refresh(connection: Connection, touched: Iterable[Identifier], added: Sequence[int]) -> None:
    """Project anew what new facts touch: identifiers they name, and records by row number."""
    from refpipe.library.candidates import enter

    area = _Neighbourhood()
    _admit(connection, area, added)
    enter(connection, {number: said.subject for number, said in area.records.items()})
    frontier = {str(name) for name in touched}
    frontier |= {str(name) for said in area.records.values() for name in identities(said)}
    while frontier:
        area.names |= frontier
        frontier = _beyond(connection, area, frontier) - area.names
    decisions = _decisions(connection, area.names)
    numbers = {said.record.key: number for number, said in area.records.items()}
    projection = project(area.records.values(), decisions)
    _write(connection, projection, numbers, area.works)


def _beyond(connection: Connection, area: _Neighbourhood, frontier: set[str]) -> set[str]:
    """The identifiers one step further: what works bear with them, what decisions tie to them."""
    asked = json.dumps(sorted(frontier))
    keys = [name.removeprefix("text:") for name in frontier if name.startswith("text:")]
    found = connection.rows(
        "SELECT DISTINCT work FROM identifiers WHERE certainty <> 'candidate' AND identifier IN"
        " (SELECT value FROM json_each(?)) UNION SELECT m.work FROM records AS r JOIN members AS m"
        " ON m.record = r.number WHERE r.key IN (SELECT value FROM json_each(?))",
        (asked, json.dumps(keys)),
    )
    works = {work for (work,) in found} - area.works
    area.works |= works
    members = connection.rows(
        "SELECT record FROM members WHERE work IN (SELECT value FROM json_each(?))"
        " UNION SELECT number FROM records WHERE key IN (SELECT value FROM json_each(?))"
        " UNION SELECT number FROM records WHERE identifier IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(works)), json.dumps(keys), asked),
    )
    new = [number for (number,) in members if number not in area.records]
    _admit(connection, area, new)
    further = {str(name) for number in new for name in identities(area.records[number])}
    ties = connection.rows(
        "SELECT a, b FROM decisions WHERE kind IN (?, ?) AND a IN (SELECT value FROM json_each(?))"
        " UNION SELECT a, b FROM decisions WHERE kind IN (?, ?) AND b IN"
        " (SELECT value FROM json_each(?))",
        (*_TYING, asked, *_TYING, asked),
    )
    return further.union(*ties)


def _admit(connection: Connection, area: _Neighbourhood, numbers: Iterable[int]) -> None:
    """Read the records of these numbers into the neighbourhood."""
    from refpipe.library.candidates import sourced

    found = connection.rows(
        f"SELECT number, {sql.RECORD} FROM records"  # noqa: S608
        " WHERE number IN (SELECT value FROM json_each(?))",
        (json.dumps(list(numbers)),),
    )
    for number, *row in found:
        record = sql.to_record(tuple(row))
        area.records[number] = sourced(record)


def _decisions(connection: Connection, names: set[str]) -> list[Decision]:
    asked = json.dumps(sorted(names))
    found = connection.rows(
        f"SELECT {sql.DECISION} FROM decisions WHERE a IN (SELECT value FROM json_each(?))"  # noqa: S608
        f" UNION SELECT {sql.DECISION} FROM decisions"
        " WHERE b IN (SELECT value FROM json_each(?))",
        (asked, asked),
    )
    return [sql.to_decision(row) for row in found]


# ── writing ────────────────────────────────────────────────────────────────────────────


def _write(
    connection: Connection,
    projection: Projection,
    numbers: Mapping[str, int],
    before: Iterable[int],
) -> None:
    """Put the new works in the place of the old, and leave alone those that did not change."""
    new = {min(numbers[key] for key in work.members): work for work in projection.works}
    holders = projection.holders
    old = works(connection, before)
    kept = {
        number
        for number, (work, held) in old.items()
        if new.get(number) == work and held == _held(work, holders)
    }
    retied = {
        number
        for number in (old.keys() & new.keys()) - kept
        if _is_same_but_for_ties(*old[number], new[number], holders)
    }
    connection.new |= new.keys() - old.keys() - connection.before.keys()
    for number in old.keys() - kept:
        if number not in connection.new:
            connection.before.setdefault(number, old[number][0])
        if number in retied:
            connection.do("DELETE FROM relations WHERE work = ?", (number,))
            _relate(connection, number, new[number])
        else:
            _remove(connection, number)
    for number in sorted(new.keys() - kept - retied):
        _insert(connection, number, new[number], numbers, holders)


def _is_same_but_for_ties(
    before: Work, held: set[str], now: Work, holders: Mapping[Identifier, str]
) -> bool:
    return replace(before, relations=now.relations) == now and held == _held(now, holders)


def _held(work: Work, holders: Mapping[Identifier, str]) -> set[str]:
    """The identifiers of the work that find it."""
    stated = (claim for claim in work.claims if claim.certainty is not Certainty.CANDIDATE)
    return {str(claim.identifier) for claim in stated if holders.get(claim.identifier) == work.id}


def works(connection: Connection, numbers: Iterable[int]) -> dict[int, tuple[Work, set[str]]]:
    """The works of these row numbers, each with the identifiers that find it."""
    found = connection.rows(
        f"SELECT w.number, (SELECT json_group_array(identifier) FROM identifiers"  # noqa: S608
        f" WHERE work = w.number AND is_holder = 1), {sql.WORK} FROM works AS w"
        " WHERE w.number IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(numbers)),),
    )
    return {
        number: (sql.to_work(tuple(row)), set(json.loads(held))) for number, held, *row in found
    }


def changed(connection: Connection) -> list[tuple[Work, Work]]:
    """Each work whose item this connection changed, as it was and as it is.

    It is where its earliest record is; where that was taken back, where the strongest one left is.
    """
    before = sorted(connection.before.items())
    keys = [key for _, work in before for key in work.members]
    told = connection.rows(
        "SELECT r.key, m.record, m.work FROM records AS r JOIN members AS m ON m.record = r.number"
        " WHERE r.key IN (SELECT value FROM json_each(?))",
        (json.dumps(keys),),
    )
    by_number = {record: work for _, record, work in told}
    by_key = {key: work for key, _, work in told}
    homes = [
        (work, by_number.get(number) or next(filter(None, map(by_key.get, work.members)), None))
        for number, work in before
    ]
    now = works(connection, {home for _, home in homes if home is not None})
    pairs = ((work, now[home][0]) for work, home in homes if home is not None)
    return [(work, after) for work, after in pairs if work.item != after.item]


def rename(connection: Connection, number: int, work: Work) -> None:
    """Write the name that a work was given, and the claim (its last) by which the name finds it.

    Only now do its words enter the index: a work has a name by the end of its transaction.
    """
    claim = work.claims[-1]
    said = search.of_work(work)
    connection.do(
        "UPDATE works SET name = ?, words = ? WHERE number = ?", (work.name, said, number)
    )
    connection.do("INSERT INTO works_fts (rowid, words) VALUES (?, ?)", (number, said))
    connection.do(
        "INSERT INTO identifiers (identifier, work, certainty, rule, is_holder)"
        " VALUES (?, ?, ?, ?, 1)",
        (str(claim.identifier), number, claim.certainty.value, claim.rule),
    )


def _remove(connection: Connection, number: int) -> None:
    ((name, said),) = connection.rows("SELECT name, words FROM works WHERE number = ?", (number,))
    if name:
        connection.do(
            "INSERT INTO works_fts (works_fts, rowid, words) VALUES ('delete', ?, ?)",
            (number, said),
        )
    for table in ("identifiers", "members", "relations"):
        connection.do(f"DELETE FROM {table} WHERE work = ?", (number,))  # noqa: S608
    connection.do("DELETE FROM works WHERE number = ?", (number,))


def _insert(
    connection: Connection,
    number: int,
    work: Work,
    numbers: Mapping[str, int],
    holders: Mapping[Identifier, str],
) -> None:
    said = search.of_work(work)
    suppliers = sql.suppliers_of(work)
    item = sql.to_json(work.item)
    connection.do(
        "INSERT INTO works (number, id, name, item, suppliers, is_confirmed, words)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (number, work.id, work.name, item, suppliers, int(work.is_confirmed), said),
    )
    if work.name:
        connection.do("INSERT INTO works_fts (rowid, words) VALUES (?, ?)", (number, said))
    held = _held(work, holders)
    connection.run(
        "INSERT INTO identifiers (identifier, work, certainty, rule, is_holder)"
        " VALUES (?, ?, ?, ?, ?)",
        [
            (
                str(one.identifier),
                number,
                one.certainty.value,
                one.rule,
                str(one.identifier) in held,
            )
            for one in work.claims
        ],
    )
    connection.run(
        "INSERT INTO members (record, work, rank) VALUES (?, ?, ?)",
        [(numbers[key], number, rank) for rank, key in enumerate(work.members)],
    )
    _relate(connection, number, work)


def _relate(connection: Connection, number: int, work: Work) -> None:
    connection.run(
        "INSERT INTO relations (work, kind, target, date, source) VALUES (?, ?, ?, ?, ?)",
        [(number, one.kind, str(one.target), one.date, one.source) for one in work.relations],
    )


def clear(connection: Connection) -> None:
    """Empty the projections."""
    connection.do("INSERT INTO works_fts (works_fts) VALUES ('delete-all')")
    for table in schema.PROJECTIONS:
        connection.do(f"DELETE FROM {table}")  # noqa: S608


# ── Names for the works that have none yet, given when a transaction ends ───────────────────────
# Not earlier: the first of thirteen references may name neither the year nor the journal, and the
# fifth turn out to be the same work. What the writer will type for ever should know both.


def assign_names(connection: Connection) -> None:
    """Give every work without a name one, stored as a decision."""
    # Put in order here: asked to sort by id, SQLite walks all works instead of the few nameless.
    nameless = connection.rows("SELECT id, number FROM works WHERE name = ''")
    for _, number in sorted(nameless):
        ((work, _),) = works(connection, [number]).values()
        decision = _decision(connection, work)
        connection.run(sql.insert("decisions", sql.DECISION), [sql.from_decision(decision)])
        claim = Claim(identifier=decision.b, certainty=Certainty.LITERAL, rule="name")
        named = replace(work, name=decision.b.value, claims=(*work.claims, claim))
        rename(connection, number, named)


def _decision(connection: Connection, work: Work) -> Decision:
    def is_taken(name: str) -> bool:
        wanted = str(Identifier(Scheme.NAME, name))
        return bool(connection.rows("SELECT 1 FROM decisions WHERE b = ? LIMIT 1", (wanted,)))

    ((made,),) = connection.rows(
        "SELECT min(r.heard) FROM works AS w JOIN members AS m ON m.work = w.number"
        " JOIN records AS r ON r.number = m.record WHERE w.id = ?",
        (work.id,),
    )
    name = names.free(names.base(work.item), is_taken)
    return Decision(
        kind=DecisionKind.NAME,
        a=bearer(connection, work),
        b=Identifier(Scheme.NAME, name),
        by="rule",
        rule="first-author-year",
        made=made,
    )


def bearer(connection: Connection, work: Work) -> Identifier:
    """What a name, a correction or an answer is given to, so that it stays with this work.

    A DOI that only a file or a line of print states may turn out to be another work's: until a
    registry confirms the work, that is the strongest of the records that describe it.
    """
    if work.is_confirmed:
        return Identifier.parse(work.id)
    ((key,),) = connection.rows(
        "SELECT r.key FROM records AS r JOIN members AS m ON m.record = r.number"
        " JOIN works AS w ON w.number = m.work WHERE w.id = ?"
        " ORDER BY r.source IN (SELECT value FROM json_each(?)), r.source = 'manual',"
        " CASE r.source WHEN 'manual' THEN r.heard END, m.rank LIMIT 1",
        (work.id, json.dumps(UNDESCRIBING)),
    )
    return Identifier(Scheme.TEXT, str(key))


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    """A name that was given to two works, as happens on two branches."""

    name: str
    keeper: str
    """The id of the work that the name finds."""
    loser: str
    instead: str
    """The name by which the other work now goes."""
    giving: str
    """The key of the decision that gave the name to the loser; its undo settles the matter."""


def contested(
    connection: Connection, find: Callable[[Identifier], Work | None]
) -> tuple[Contested, ...]:
    """Every name that was given to two works; the one that got it first keeps it.

    A giving that was taken back is settled: whoever did so has looked at the articles.
    """
    twice = connection.rows(
        f"SELECT {sql.DECISION} FROM decisions WHERE kind = 'name' AND b IN (SELECT b"  # noqa: S608
        " FROM decisions WHERE kind = 'name' GROUP BY b HAVING count(DISTINCT a) > 1)"
        " ORDER BY b, a"
    )
    given = [sql.to_decision(row) for row in twice]
    undos = connection.rows(f"SELECT {sql.DECISION} FROM decisions WHERE kind = 'undo'")  # noqa: S608
    fallen = undone([*given, *map(sql.to_decision, undos)])
    return tuple(_settled([one for one in given if one.key not in fallen], find))


def _settled(
    given: Iterable[Decision], find: Callable[[Identifier], Work | None]
) -> Iterable[Contested]:
    for one in given:
        keeper, work = find(one.b), find(one.a)
        if keeper is not None and work is not None and keeper.id != work.id:
            yield Contested(
                name=one.b.value,
                keeper=keeper.id,
                loser=work.id,
                instead=work.name,
                giving=one.key,
            )
