"""Facts from another library: the union of both, whichever is loaded into the other."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from refpipe.library import rows
from refpipe.library.connection import Connection, Row
from refpipe.library.project import refresh
from refpipe.model import Decision, Record, Waiver

_PORTION = 500


def load(
    connection: Connection,
    records: Iterable[Record],
    decisions: Iterable[Decision],
    waivers: Iterable[Waiver],
) -> int:
    """Add what is missing and give how many facts that were.

    A fact that both know is dated by the earlier hearing, so that the union is the same from
    either side.
    """
    told = [*decisions]
    with connection.transaction():
        new = _merge(connection, "records", rows.RECORD, [rows.from_record(one) for one in records])
        said = _merge(
            connection, "decisions", rows.DECISION, [rows.from_decision(one) for one in told]
        )
        waived = _merge(
            connection, "waivers", rows.WAIVER, [rows.from_waiver(one) for one in waivers]
        )
        touched = [one for one in told if one.key in said]
        numbers = _numbers(connection, new)
        for start in range(0, len(numbers), _PORTION):
            refresh(connection, (), numbers[start : start + _PORTION])
        for start in range(0, len(touched), _PORTION):
            portion = touched[start : start + _PORTION]
            refresh(connection, {name for one in portion for name in (one.a, one.b)}, ())
    return len(new) + len(said) + len(waived)


def _merge(connection: Connection, table: str, columns: str, facts: Sequence[Row]) -> set[str]:
    """The keys of the facts that were added or got an earlier date."""
    changed: set[str] = set()
    dated = columns.split(", ").index("heard" if table == "records" else "made") + 1
    for start in range(0, len(facts), _PORTION):
        portion = {row[0]: row for row in facts[start : start + _PORTION]}
        known = connection.rows(
            f"SELECT key, {columns} FROM {table} WHERE key IN (SELECT value FROM json_each(?))",  # noqa: S608
            (json.dumps(list(portion)),),
        )
        earlier = [portion[row[0]] for row in known if portion[row[0]][dated:] < tuple(row[dated:])]
        new = [row for key, row in portion.items() if key not in {one[0] for one in known}]
        _store(connection, table, columns, new, earlier)
        changed |= {row[0] for row in (*new, *earlier)}
    return changed


def _store(
    connection: Connection,
    table: str,
    columns: str,
    new: Sequence[Row],
    earlier: Sequence[Row],
) -> None:
    marks = ",".join("?" * (columns.count(",") + 2))
    if new:
        connection.run(f"INSERT INTO {table} (key, {columns}) VALUES ({marks})", new)  # noqa: S608
    if earlier:
        assigned = ", ".join(f"{column} = ?" for column in columns.split(", "))
        connection.run(
            f"UPDATE {table} SET {assigned} WHERE key = ?",  # noqa: S608
            [(*row[1:], row[0]) for row in earlier],
        )


def _numbers(connection: Connection, keys: set[str]) -> list[int]:
    found = connection.rows(
        "SELECT number FROM records WHERE key IN (SELECT value FROM json_each(?)) ORDER BY number",
        (json.dumps(sorted(keys)),),
    )
    return [number for (number,) in found]
