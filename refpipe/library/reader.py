"""What can be asked of an open library; nothing here writes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from refpipe.errors import UsageError
from refpipe.library import sql
from refpipe.library.connection import Connection
from refpipe.library.integrity import is_empty
from refpipe.merge import own_name, standing, undone
from refpipe.model import Decision, DecisionKind, Identifier, Record, Scheme, Waiver, Work

if TYPE_CHECKING:
    from refpipe.library.projections import Contested
    from refpipe.library.search import Figures, Filters
    from refpipe.match import Subject


# ── What an undo takes back: a decision, a record or a waiver ───────────────────────────────────


Said: TypeAlias = Decision | Record | Waiver
"""What can be taken back."""

_TAKEN_BACK = frozenset({DecisionKind.MATCH, DecisionKind.DISTINCT, DecisionKind.RELATED})


def undoing(connection: Connection, key: str, *, reason: str) -> list[Decision]:
    """The ``UNDO`` of what has this key, or of all that the last command said that still stands."""
    targets = [_by_key(connection, key)] if key else _last(connection)
    sides = [(*_sides(target), target.key) for target in targets]
    return [
        Decision(kind=DecisionKind.UNDO, a=a, b=b, by="person", reason=reason, undoes=undoes)
        for a, b, undoes in sides
    ]


def heirs(library: LibraryReader, undos: Iterable[Decision]) -> list[tuple[Identifier, list[str]]]:
    """The names of the works of records that are taken back, each with the records that stay.

    An article goes on to cite the same work where others still describe it.
    """
    gone = {one.undoes for one in undos}
    works = library.find_many(Identifier(Scheme.TEXT, key) for key in gone).values()
    return [
        (claim.identifier, left)
        for work in {work.id: work for work in works}.values()
        if (left := [key for key in work.members if key not in gone])
        for claim in work.claims
        if claim.identifier.scheme is Scheme.NAME
    ]


def passed_on(
    library: LibraryReader, left: Iterable[tuple[Identifier, list[str]]]
) -> list[Decision]:
    """The names that find nothing any more, given to what is left of their works."""
    given = []
    for name, keys in left:
        works = (library.find(Identifier(Scheme.TEXT, key)) for key in keys)
        work = next((one for one in works if one is not None), None)
        if work is not None and library.find(name) is None:
            bearer = library.bearer(work)
            given.append(Decision(kind=DecisionKind.NAME, a=bearer, b=name, by="rule", rule="undo"))
    return given


def fallen(connection: Connection) -> frozenset[str]:
    """The keys of all that a standing ``UNDO`` takes back."""
    undos = connection.rows(f"SELECT {sql.DECISION} FROM decisions WHERE kind = 'undo'")  # noqa: S608
    return undone(map(sql.to_decision, undos))


def renewals(connection: Connection, waived: Iterable[str]) -> list[Decision]:
    """The ``UNDO``s by which waivers that were taken back hold again."""
    wanted = set(waived)
    if not wanted:
        return []
    undos = connection.rows(f"SELECT {sql.DECISION} FROM decisions WHERE kind = 'undo'")  # noqa: S608
    return [
        Decision(kind=DecisionKind.UNDO, a=one.a, b=one.b, by="person", undoes=one.key)
        for one in standing(map(sql.to_decision, undos))
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
        ("decisions", sql.DECISION, sql.to_decision),
        ("records", sql.RECORD, sql.to_record),
        ("waivers", sql.WAIVER, sql.to_waiver),
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


def _last(connection: Connection) -> list[Said]:
    """The last thing that a person said and that stands, else all that a rule held in one go."""
    about = connection.rows(f"SELECT {sql.DECISION} FROM decisions ORDER BY number")  # noqa: S608
    decisions = [sql.to_decision(row) for row in about]
    gone = undone(decisions)
    done = [one for one in decisions if one.kind in _TAKEN_BACK and one.key not in gone]
    said: list[tuple[str, Said]] = [(one.made, one) for one in done if one.by == "person"]
    edits = connection.rows(
        f"SELECT {sql.RECORD} FROM records WHERE source = 'manual' ORDER BY number"  # noqa: S608
    )
    said += [(one.heard, one) for one in map(sql.to_record, edits) if one.key not in gone]
    answers = connection.rows(f"SELECT {sql.WAIVER} FROM waivers ORDER BY number")  # noqa: S608
    said += [(one.made, one) for one in map(sql.to_waiver, answers) if one.key not in gone]
    if said:
        return [max(said, key=lambda pair: pair[0])[1]]
    if done:
        # What one command made bears one time, and half of it would be nobody's wish.
        return [one for one in reversed(done) if one.made == done[-1].made]
    raise UsageError("there is nothing to undo: nothing was decided, corrected or answered")


def _identifier(subject: str) -> Identifier | None:
    """The identifier that a finding was answered about; None where it is an article's path."""
    try:
        return Identifier.parse(subject)
    except ValueError:
        return None


class LibraryReader:
    """Facts and works, read."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # ── facts ──────────────────────────────────────────────────────────────────────────

    def has_facts(self) -> bool:
        """Whether anything was ever heard, decided or answered."""
        return not is_empty(self._connection)

    def record(self, key: str) -> Record | None:
        """The record of that key."""
        found = self._connection.rows(
            f"SELECT {sql.RECORD} FROM records WHERE key = ?",  # noqa: S608
            (key,),
        )
        return sql.to_record(found[0]) if found else None

    def records_like(self, beginning: str) -> tuple[Record, ...]:
        """The records whose key begins so."""
        found = self._connection.rows(
            f"SELECT {sql.RECORD} FROM records WHERE key >= ? AND key < ? ORDER BY key LIMIT 10",  # noqa: S608
            (beginning, beginning + "g"),
        )
        return tuple(sql.to_record(row) for row in found)

    def records(self) -> Iterator[Record]:
        """All records, in the order in which they were heard."""
        for row in self._connection.stream(f"SELECT {sql.RECORD} FROM records ORDER BY number"):  # noqa: S608
            yield sql.to_record(row)

    def records_of(self, work: Work) -> tuple[Record, ...]:
        """The records of a work, strongest source first."""
        found = (self.record(key) for key in work.members)
        return tuple(record for record in found if record is not None)

    def bearer(self, work: Work) -> Identifier:
        """What is decided about the work names this, so that it stays with the work."""
        from refpipe.library.projections import bearer

        return bearer(self._connection, work)

    def after_corrections(self, identifier: Identifier, now: str) -> str:
        """``now``, or the second after the last correction by hand of this identifier."""
        from refpipe.library.sql import after_corrections

        return after_corrections(self._connection, identifier, now)

    def decisions(self) -> Iterator[Decision]:
        """All decisions, in the order in which they were made."""
        for row in self._connection.stream(
            f"SELECT {sql.DECISION} FROM decisions ORDER BY number"  # noqa: S608
        ):
            yield sql.to_decision(row)

    def latest(self, limit: int) -> tuple[list[Decision], list[Record], frozenset[str]]:
        """The latest decisions but for names, the latest corrections, and what was taken back."""
        told = self._connection.rows(
            f"SELECT {sql.DECISION} FROM decisions WHERE kind <> 'name'"  # noqa: S608
            " ORDER BY number DESC LIMIT ?",
            (limit,),
        )
        edits = self._connection.rows(
            f"SELECT {sql.RECORD} FROM records WHERE source = 'manual'"  # noqa: S608
            " ORDER BY number DESC LIMIT ?",
            (limit,),
        )
        decisions = [sql.to_decision(row) for row in told]
        return decisions, [sql.to_record(row) for row in edits], fallen(self._connection)

    def decided_by_person(self) -> int:
        """How many decisions that two are one a person made and nobody has taken back."""
        gone = fallen(self._connection)
        told = self._connection.rows(
            "SELECT key FROM decisions WHERE kind = 'match' AND \"by\" = 'person'"
        )
        return sum(str(key) not in gone for (key,) in told)

    def decisions_of(self, subject: Work | Identifier) -> tuple[Decision, ...]:
        """Every decision that names the work, its records or the identifier, oldest first."""
        if isinstance(subject, Work):
            names = [str(claim.identifier) for claim in subject.claims]
            names += [str(Identifier(Scheme.TEXT, key)) for key in subject.members]
        else:
            names = [str(subject)]
        asked = json.dumps(names)
        found = self._connection.rows(
            f"SELECT {sql.DECISION} FROM decisions WHERE number IN"  # noqa: S608
            " (SELECT number FROM decisions WHERE a IN (SELECT value FROM json_each(?))"
            " UNION SELECT number FROM decisions WHERE b IN (SELECT value FROM json_each(?)))"
            " ORDER BY made, number",
            (asked, asked),
        )
        return tuple(sql.to_decision(row) for row in found)

    def waivers(self) -> tuple[Waiver, ...]:
        """All answers to findings, in the order in which they were given."""
        found = self._connection.rows(f"SELECT {sql.WAIVER} FROM waivers ORDER BY number")  # noqa: S608
        return tuple(sql.to_waiver(row) for row in found)

    def standing_waivers(self) -> tuple[Waiver, ...]:
        """The answers to findings that nobody has taken back, each about what its work is now."""
        gone = fallen(self._connection)
        standing = [one for one in self.waivers() if one.key not in gone]
        about = {one.subject: _identifier(one.subject) for one in standing}
        works = self.find_many(one for one in about.values() if one is not None)
        homes = {subject: works[one].id for subject, one in about.items() if one in works}
        return tuple(replace(one, subject=homes.get(one.subject, one.subject)) for one in standing)

    # ── works ──────────────────────────────────────────────────────────────────────────

    def find(self, identifier: Identifier) -> Work | None:
        """The work that has this identifier; a mere candidate finds nothing."""
        return self.find_many([identifier]).get(identifier)

    def find_many(self, identifiers: Iterable[Identifier]) -> dict[Identifier, Work]:
        """The works of those identifiers that are known, in one question."""
        asked = {str(identifier): identifier for identifier in identifiers}
        found = self._connection.rows(
            f"SELECT i.identifier, {sql.WORK} FROM identifiers AS i"  # noqa: S608
            " JOIN works AS w ON w.number = i.work WHERE i.is_holder = 1"
            " AND i.identifier IN (SELECT value FROM json_each(?))",
            (json.dumps(list(asked)),),
        )
        works = {asked[name]: sql.to_work(tuple(row)) for name, *row in found}
        for identifier in asked.values():
            if identifier.scheme is Scheme.TEXT and identifier not in works:
                works |= self._find_by_record(identifier)
        return works

    def _find_by_record(self, identifier: Identifier) -> dict[Identifier, Work]:
        """The work of the record that bears this as its own name."""
        found = self._connection.rows(
            f"SELECT {sql.WORK} FROM records AS r JOIN members AS m ON m.record = r.number"  # noqa: S608
            " JOIN works AS w ON w.number = m.work WHERE r.key = ?",
            (identifier.value,),
        )
        return {identifier: sql.to_work(found[0])} if found else {}

    def works(self) -> Iterator[Work]:
        """All works, by id."""
        for row in self._connection.stream(f"SELECT {sql.WORK} FROM works AS w ORDER BY w.id"):  # noqa: S608
            yield sql.to_work(row)

    def published(self) -> Iterator[tuple[Identifier, str]]:
        """Every DOI and PMID by which a work is found, with the work's id."""
        for name, work in self._connection.stream(
            "SELECT i.identifier, w.id FROM identifiers AS i JOIN works AS w ON w.number = i.work"
            " WHERE i.is_holder = 1 AND (i.identifier LIKE 'doi:%' OR i.identifier LIKE 'pmid:%')"
        ):
            yield Identifier.parse(str(name)), str(work)

    def count(self) -> int:
        """How many works there are."""
        ((number,),) = self._connection.rows("SELECT count(*) FROM works")
        assert isinstance(number, int)  # noqa: S101
        return number

    def search(self, text: str, limit: int = 20) -> tuple[Work, ...]:
        """The works that have every word of ``text``, best first."""
        return self.look(text, limit)[0]

    def look(
        self, text: str, limit: int, *, narrowing: Filters | None = None, order: str = "best"
    ) -> tuple[tuple[Work, ...], Callable[[], Figures]]:
        """The works that have every word and are within the narrowing, and how to count them all.

        ``order`` is one of ``refpipe.library.search.ORDERS``.
        """
        from refpipe.library import search

        asked = search.ask(self._connection, text, narrowing)
        found = search.works(self._connection, asked, limit=limit, order=order)
        return found, lambda: search.figures(self._connection, asked)

    def figures(self, narrowing: Filters | None = None) -> Figures:
        """The works within the narrowing, counted by kind; all where there is none."""
        from refpipe.library import search

        asked = search.ask(self._connection, "", narrowing)
        return search.figures(self._connection, asked)

    def names(self, prefix: str = "", limit: int = 100) -> tuple[str, ...]:
        """The names of works that begin so, for completion."""
        first = str(Identifier(Scheme.NAME, prefix)) if prefix else "name:"
        found = self._connection.rows(
            "SELECT substr(identifier, 6) FROM identifiers WHERE identifier >= ?"
            " AND identifier < ? ORDER BY identifier LIMIT ?",
            (first, first + "\U0010ffff", limit),
        )
        return tuple(name for (name,) in found)

    def candidates(self, subjects: Sequence[Subject]) -> list[list[Subject]]:
        """The records to compare with each of these, as the matching room sees them."""
        from refpipe.library.candidates import candidates

        return candidates(self._connection, subjects)

    @staticmethod
    def subjects_of(records: Iterable[Record]) -> tuple[Subject, ...]:
        """Records, also such as are not stored yet, as the matching room sees them."""
        from refpipe.library.candidates import subject_of

        return tuple(map(subject_of, records))

    def subjects(self, work: Work | None = None) -> tuple[Subject, ...]:
        """Each record as the matching room sees it, by key; with ``work`` only its own."""
        from refpipe.library.candidates import subject_of

        found = self.records() if work is None else self.records_of(work)
        return tuple(map(subject_of, sorted(found, key=lambda record: record.key)))

    def possible(self, work: Work | None = None) -> tuple[tuple[Work, Work, Decision], ...]:
        """The pairs of works that may be one and wait for a person, with what speaks for it.

        With ``work`` only the pairs that it is in.
        """
        from refpipe.library.candidates import possible

        return possible(self._connection, work)

    def faults(self) -> tuple[str, ...]:
        """What is wrong with the file, in sentences; empty for a sound library."""
        from refpipe.library.integrity import faults

        return faults(self._connection)

    def contested_names(self) -> tuple[Contested, ...]:
        """The names that two branches gave to two works, and what became of them."""
        from refpipe.library.projections import contested

        return contested(self._connection, self.find)
