"""Names for the works that have none yet, given when a transaction ends.

Not earlier: the first of thirteen references may name neither the year nor the journal, and the
fifth turn out to be the same work.  What the writer will type for ever should know both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

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


def contested(
    connection: Connection, find: Callable[[Identifier], Work | None]
) -> tuple[Contested, ...]:
    """Every name that was given to two works; the one that got it first keeps it."""
    twice = connection.rows(
        "SELECT DISTINCT a, b FROM decisions WHERE kind = 'name' AND b IN (SELECT b FROM decisions"
        " WHERE kind = 'name' GROUP BY b HAVING count(DISTINCT a) > 1) ORDER BY b, a"
    )
    return tuple(_settled(twice, find))


def _settled(
    pairs: Iterable[tuple[str, ...]], find: Callable[[Identifier], Work | None]
) -> Iterable[Contested]:
    for bearer, name in pairs:
        keeper, work = find(Identifier.parse(name)), find(Identifier.parse(bearer))
        if keeper is not None and work is not None and keeper.id != work.id:
            yield Contested(
                name=name.removeprefix("name:"),
                keeper=keeper.id,
                loser=work.id,
                instead=work.name,
            )
