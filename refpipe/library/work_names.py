"""Names for the works that have none yet, given when a transaction ends.

Not earlier: the first of thirteen references may name neither the year nor the journal, and the
fifth turn out to be the same work.  What the writer will type for ever should know both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from refpipe.library import project, rows
from refpipe.library.connection import Connection
from refpipe.merge import names, undone
from refpipe.model import (
    Certainty,
    Claim,
    Decision,
    DecisionKind,
    Identifier,
    Scheme,
    Work,
)


def assign_names(connection: Connection) -> None:
    """Give every work without a name one, stored as a decision."""
    # Put in order here: asked to sort by id, SQLite walks all works instead of the few nameless.
    nameless = connection.rows("SELECT id, number FROM works WHERE name = ''")
    for _, number in sorted(nameless):
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
        f"SELECT {rows.DECISION} FROM decisions WHERE kind = 'name' AND b IN (SELECT b"  # noqa: S608
        " FROM decisions WHERE kind = 'name' GROUP BY b HAVING count(DISTINCT a) > 1)"
        " ORDER BY b, a"
    )
    given = [rows.to_decision(row) for row in twice]
    undos = connection.rows(f"SELECT {rows.DECISION} FROM decisions WHERE kind = 'undo'")  # noqa: S608
    fallen = undone([*given, *map(rows.to_decision, undos)])
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
