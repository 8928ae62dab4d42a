"""What an undo takes back."""

from __future__ import annotations

from refpipe.errors import UsageError
from refpipe.library import rows
from refpipe.library.connection import Connection
from refpipe.merge import own_name, undone
from refpipe.model import Decision, DecisionKind, Record

_TAKEN_BACK = frozenset({DecisionKind.MATCH, DecisionKind.DISTINCT, DecisionKind.RELATED})


def undoing(connection: Connection, key: str, *, reason: str) -> Decision:
    """The ``UNDO`` of what has this key, or of the last thing that still stands."""
    target = _by_key(connection, key) if key else _last(connection)
    a, b = (
        (target.identifier, own_name(target))
        if isinstance(target, Record)
        else (target.a, target.b)
    )
    return Decision(kind=DecisionKind.UNDO, a=a, b=b, by="person", reason=reason, undoes=target.key)


def _by_key(connection: Connection, key: str) -> Decision | Record:
    like = key.lower() + "%"
    if len(key) < 6 or not all(char in "0123456789abcdef" for char in key.lower()):
        raise UsageError(
            f"{key} is no key of a decision or record",
            hint="refpipe history KEY lists them; give at least six of a key's letters",
        )
    decisions = connection.rows(
        f"SELECT {rows.DECISION} FROM decisions WHERE key LIKE ?",  # noqa: S608
        (like,),
    )
    records = connection.rows(
        f"SELECT {rows.RECORD} FROM records WHERE key LIKE ?",  # noqa: S608
        (like,),
    )
    found: list[Decision | Record] = [rows.to_decision(row) for row in decisions]
    found += [rows.to_record(row) for row in records]
    if not found:
        raise UsageError(f"no decision or record begins with {key}", hint="refpipe history KEY")
    if len(found) > 1:
        raise UsageError(f"{key} begins {len(found)} keys", hint="give more of its letters")
    return found[0]


def _last(connection: Connection) -> Decision | Record:
    """The last thing that a person said and that stands, else the last that a rule held."""
    about = connection.rows(f"SELECT {rows.DECISION} FROM decisions ORDER BY number")  # noqa: S608
    decisions = [rows.to_decision(row) for row in about]
    fallen = undone(decisions)
    done = [one for one in decisions if one.kind in _TAKEN_BACK and one.key not in fallen]
    edits = connection.rows(
        f"SELECT {rows.RECORD} FROM records WHERE source = 'manual' ORDER BY number"  # noqa: S608
    )
    said: list[tuple[str, Decision | Record]] = [
        (one.made, one) for one in done if one.by == "person"
    ]
    said += [(one.heard, one) for one in map(rows.to_record, edits) if one.key not in fallen]
    if said:
        return max(said, key=lambda pair: pair[0])[1]
    if done:
        return done[-1]
    raise UsageError("there is nothing to undo: no decision stands, nothing was corrected")
