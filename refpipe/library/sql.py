"""Facts and works as rows, there and back."""

from __future__ import annotations

import datetime
import functools
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from refpipe import schema
from refpipe.errors import LibraryDamaged, UnreadableText
from refpipe.library.connection import Connection, Row
from refpipe.model import (
    Certainty,
    Claim,
    Decision,
    DecisionKind,
    Identifier,
    Record,
    Relation,
    Waiver,
    Work,
)

Fact = TypeVar("Fact")

RECORD = "source, identifier, payload, heard, origin"
DECISION = 'kind, a, b, "by", rule, reason, evidence, undoes, made'
WAIVER = "code, subject, reason, made"


def insert(table: str, columns: str) -> str:
    """The statement that stores a row as ``from_record`` and its fellows make it."""
    marks = ",".join("?" * (columns.count(",") + 3))
    return f"INSERT OR IGNORE INTO {table} (key, {columns}, checksum) VALUES ({marks})"  # noqa: S608


WORK = """
w.id, w.name, w.item, w.suppliers, w.is_confirmed,
(SELECT json_group_array(json_array(identifier, certainty, rule)) FROM
    (SELECT * FROM identifiers WHERE work = w.number ORDER BY rowid)),
(SELECT json_group_array(json_array(kind, target, date, source)) FROM
    (SELECT * FROM relations WHERE work = w.number ORDER BY rowid)),
(SELECT json_group_array(key) FROM
    (SELECT r.key FROM members AS m JOIN records AS r ON r.number = m.record
     WHERE m.work = w.number ORDER BY m.rank))
"""
"""The columns of a whole work; the table of works is called ``w``."""


def from_record(record: Record) -> Row:
    """The row of a record, its key first and its checksum last."""
    row = (
        record.key,
        record.source,
        str(record.identifier),
        record.payload,
        record.heard,
        record.origin,
    )
    for value in row:
        _refuse_broken_text(value, record)
    return (*row, schema.checksum(record.key, record.heard, record.origin))


def _refuse_broken_text(value: str, record: Record) -> None:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise UnreadableText(
            f"what {record.source} said of {record.identifier} is broken text "
            f"(half a character at {error.start}) and was not stored"
        ) from error


def _of_library(read: Callable[[Row], Fact]) -> Callable[[Row], Fact]:
    """The reader, raising LibraryDamaged where a row holds what no refpipe writes."""

    @functools.wraps(read)
    def reading(row: Row) -> Fact:
        try:
            return read(row)
        except (LookupError, ValueError, TypeError, AttributeError, RecursionError) as error:
            raise LibraryDamaged(
                f"the library is damaged: a row begins {ascii(row[:2])[:60]} and cannot be read"
                f" ({ascii(str(error))[:80]})",
                hint="refpipe db check names what is broken; git log -- library.db has the"
                " versions before, and git checkout COMMIT -- library.db restores one",
            ) from error

    return reading


@_of_library
def to_record(row: Row) -> Record:
    """The record of a row with the columns ``RECORD``."""
    source, identifier, payload, heard, origin = row
    return Record(
        source=source,
        identifier=Identifier.parse(identifier),
        payload=payload,
        heard=heard,
        origin=origin,
    )


def from_decision(decision: Decision) -> Row:
    """The row of a decision, its key first and its checksum last."""
    return (
        decision.key,
        decision.kind.value,
        str(decision.a),
        str(decision.b),
        decision.by,
        decision.rule,
        decision.reason,
        decision.evidence,
        decision.undoes,
        decision.made,
        schema.checksum(decision.key, decision.made),
    )


@_of_library
def to_decision(row: Row) -> Decision:
    """The decision of a row with the columns ``DECISION``."""
    kind, a, b, by, rule, reason, evidence, undoes, made = row
    return Decision(
        kind=DecisionKind(kind),
        a=Identifier.parse(a),
        b=Identifier.parse(b),
        by=by,
        rule=rule,
        reason=reason,
        evidence=evidence,
        undoes=undoes,
        made=made,
    )


def from_waiver(waiver: Waiver) -> Row:
    """The row of a waiver, its key first and its checksum last."""
    checksum = schema.checksum(waiver.key, waiver.made)
    return (waiver.key, waiver.code, waiver.subject, waiver.reason, waiver.made, checksum)


@_of_library
def to_waiver(row: Row) -> Waiver:
    """The waiver of a row with the columns ``WAIVER``."""
    code, subject, reason, made = row
    return Waiver(code=code, subject=subject, reason=reason, made=made)


@_of_library
def to_work(row: Row) -> Work:
    """The work of a row with the columns ``WORK``."""
    id_, name, item, suppliers, is_confirmed, claims, relations, members = row
    keys = json.loads(members)
    return Work(
        id=id_,
        name=name,
        item=json.loads(item),
        suppliers={variable: keys[place] for variable, place in json.loads(suppliers).items()},
        claims=tuple(_claim(*one) for one in json.loads(claims)),
        relations=tuple(_relation(*one) for one in json.loads(relations)),
        members=tuple(keys),
        is_confirmed=bool(is_confirmed),
    )


def _claim(identifier: str, certainty: str, rule: str) -> Claim:
    return Claim(identifier=Identifier.parse(identifier), certainty=Certainty(certainty), rule=rule)


def _relation(kind: str, target: str, date: str, source: str) -> Relation:
    return Relation(kind=kind, target=Identifier.parse(target), date=date, source=source)


def suppliers_of(work: Work) -> str:
    """The suppliers as JSON: each variable with its record's place among the members.

    Written out, the keys would take as much room as the item itself.
    """
    places = {key: place for place, key in enumerate(work.members)}
    return to_json({variable: places[key] for variable, key in work.suppliers.items()})


def to_json(value: Any) -> str:
    """Canonical JSON that SQLite can hold: sorted, compact, no half characters."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "replace").decode()


# ── Dates for new facts, such that what a person says now is later than what they could see ─────
# The clock counts seconds, two commands may run within one, and the other writer's clock may be
# ahead. Of two contradicting words the later one counts, so the new one must be the later.


_FORM = "%Y-%m-%dT%H:%M:%SZ"


def dated_decisions(
    connection: Connection, decisions: Iterable[Decision], made: str
) -> list[Decision]:
    """The decisions, those without a date dated ``made`` or, a person's, later where need be."""
    dated = []
    for one in decisions:
        if one.made:
            dated.append(one)
        elif one.by != "person":
            dated.append(replace(one, made=made))
        else:
            names = json.dumps([str(one.a), str(one.b)])
            ((latest,),) = connection.rows(
                "SELECT max(made) FROM (SELECT made FROM decisions WHERE a IN"
                " (SELECT value FROM json_each(?1)) UNION ALL SELECT made FROM decisions"
                " WHERE b IN (SELECT value FROM json_each(?1)))",
                (names,),
            )
            dated.append(replace(one, made=_after(latest, after_persons(connection, made))))
    return dated


def after_persons(connection: Connection, now: str) -> str:
    """``now``, or the second after the last thing that a person decided, corrected or answered."""
    ((latest,),) = connection.rows(
        "SELECT max(said) FROM (SELECT max(made) AS said FROM decisions WHERE \"by\" = 'person'"
        " UNION ALL SELECT max(made) FROM waivers"
        " UNION ALL SELECT max(heard) FROM records WHERE source = 'manual')"
    )
    return _after(latest, now)


def dated_records(connection: Connection, records: Iterable[Record], heard: str) -> list[Record]:
    """The records, those without a date dated ``heard`` or, a person's, later where need be."""
    dated = []
    for one in records:
        if one.heard:
            dated.append(one)
        elif one.source != "manual":
            dated.append(replace(one, heard=heard))
        else:
            dated.append(replace(one, heard=after_corrections(connection, one.identifier, heard)))
    return dated


def after_corrections(connection: Connection, identifier: Identifier, now: str) -> str:
    """``now``, or the second after the last correction of this identifier."""
    ((latest,),) = connection.rows(
        "SELECT max(heard) FROM records WHERE source = 'manual' AND identifier = ?",
        (str(identifier),),
    )
    return _after(latest, now)


def _after(latest: str | None, now: str) -> str:
    """``now``, or the second after ``latest`` where that is not earlier."""
    if latest is None or latest < now:
        return now
    try:
        moment = datetime.datetime.fromisoformat(latest)
    except ValueError:
        return now
    return (moment + datetime.timedelta(seconds=1)).strftime(_FORM)
