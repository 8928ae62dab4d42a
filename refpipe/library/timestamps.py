"""Dates for new facts, such that what a person says now is later than what they could see.

The clock counts seconds, two commands may run within one, and the other writer's clock may be
ahead.  Of two contradicting words the later one counts, so the new one must be the later.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from dataclasses import replace

from refpipe.library.connection import Connection
from refpipe.model import Decision, Identifier, Record

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
