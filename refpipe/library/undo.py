"""What an undo takes back: a decision, a record or a waiver."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from refpipe.errors import UsageError
from refpipe.library import rows
from refpipe.library.connection import Connection
from refpipe.merge import own_name, standing, undone
from refpipe.model import Decision, DecisionKind, Identifier, Record, Scheme, Waiver

Said: TypeAlias = Decision | Record | Waiver
"""What can be taken back."""

_TAKEN_BACK = frozenset({DecisionKind.MATCH, DecisionKind.DISTINCT, DecisionKind.RELATED})


def undoing(connection: Connection, key: str, *, reason: str) -> Decision:
    """The ``UNDO`` of what has this key, or of the last thing that still stands."""
    target = _by_key(connection, key) if key else _last(connection)
    a, b = _sides(target)
    return Decision(kind=DecisionKind.UNDO, a=a, b=b, by="person", reason=reason, undoes=target.key)


def fallen(connection: Connection) -> frozenset[str]:
    """The keys of all that a standing ``UNDO`` takes back."""
    undos = connection.rows(f"SELECT {rows.DECISION} FROM decisions WHERE kind = 'undo'")  # noqa: S608
    return undone(map(rows.to_decision, undos))


def renewals(connection: Connection, waived: Iterable[str]) -> list[Decision]:
    """The ``UNDO``s by which waivers that were taken back hold again."""
    wanted = set(waived)
    if not wanted:
        return []
    undos = connection.rows(f"SELECT {rows.DECISION} FROM decisions WHERE kind = 'undo'")  # noqa: S608
    return [
        Decision(kind=DecisionKind.UNDO, a=one.a, b=one.b, by="person", undoes=one.key)
        for one in standing(map(rows.to_decision, undos))
        if one.undoes in wanted
    ]


def _sides(target: Said) -> tuple[Identifier, Identifier]:
    """The two identifiers that an ``UNDO`` of this names; a waiver has only its own key."""
    if isinstance(target, Record):
        return target.identifier, own_name(target)
    if isinstance(target, Waiver):
        own = Identifier(Scheme.TEXT, target.key)
        return own, own
    return target.a, target.b


def _by_key(connection: Connection, key: str) -> Said:
    if len(key) < 6 or not all(char in "0123456789abcdef" for char in key.lower()):
        raise UsageError(
            f"{key} is no key of a decision, record or waiver",
            hint="refpipe history KEY lists them; give at least six of a key's letters",
        )
    like = (key.lower() + "%",)
    tables = (
        ("decisions", rows.DECISION, rows.to_decision),
        ("records", rows.RECORD, rows.to_record),
        ("waivers", rows.WAIVER, rows.to_waiver),
    )
    found: list[Said] = []
    for table, columns, read in tables:
        told = connection.rows(f"SELECT {columns} FROM {table} WHERE key LIKE ?", like)  # noqa: S608
        found += map(read, told)
    if not found:
        raise UsageError(
            f"no decision, record or waiver begins with {key}", hint="refpipe history KEY"
        )
    if len(found) > 1:
        raise UsageError(f"{key} begins {len(found)} keys", hint="give more of its letters")
    return found[0]


def _last(connection: Connection) -> Said:
    """The last thing that a person said and that stands, else the last that a rule held."""
    about = connection.rows(f"SELECT {rows.DECISION} FROM decisions ORDER BY number")  # noqa: S608
    decisions = [rows.to_decision(row) for row in about]
    gone = undone(decisions)
    done = [one for one in decisions if one.kind in _TAKEN_BACK and one.key not in gone]
    said: list[tuple[str, Said]] = [(one.made, one) for one in done if one.by == "person"]
    edits = connection.rows(
        f"SELECT {rows.RECORD} FROM records WHERE source = 'manual' ORDER BY number"  # noqa: S608
    )
    said += [(one.heard, one) for one in map(rows.to_record, edits) if one.key not in gone]
    answers = connection.rows(f"SELECT {rows.WAIVER} FROM waivers ORDER BY number")  # noqa: S608
    said += [(one.made, one) for one in map(rows.to_waiver, answers) if one.key not in gone]
    if said:
        return max(said, key=lambda pair: pair[0])[1]
    if done:
        return done[-1]
    raise UsageError("there is nothing to undo: nothing was decided, corrected or answered")
