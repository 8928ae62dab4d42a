"""Names for the works that have none yet, given when a transaction ends.

Not earlier: the first of thirteen references may name neither the year nor the journal, and the
fifth turn out to be the same work.  What the writer will type for ever should know both.
"""

from __future__ import annotations

from dataclasses import replace

from refpipe.library import project, rows
from refpipe.library.connection import Connection
from refpipe.merge import names
from refpipe.model import (
    Certainty,
    Claim,
    Decision,
    DecisionKind,
    Identifier,
    Scheme,
    Work,
)


def name_the_nameless(connection: Connection) -> None:
    """Give every work without a name one, stored as a decision."""
    nameless = connection.rows("SELECT number FROM works WHERE name = '' ORDER BY id")
    for (number,) in nameless:
        ((work, _),) = project.works(connection, [number]).values()
        decision = _decision(connection, work)
        connection.run(
            f"INSERT INTO decisions (key, {rows.DECISION}) VALUES (?,?,?,?,?,?,?,?,?,?)",  # noqa: S608
            [rows.from_decision(decision)],
        )
        claim = Claim(identifier=decision.b, certainty=Certainty.LITERAL, rule="name")
        named = replace(work, name=decision.b.value, claims=(*work.claims, claim))
        project.rename(connection, number, named)


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
        a=Identifier.parse(work.id),
        b=Identifier(Scheme.NAME, name),
        by="rule",
        rule="first-author-year",
        made=made,
    )
