"""``library.db``: facts go in, works come out."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from refpipe.library import rows
from refpipe.library.connection import Connection, connect
from refpipe.model import Decision, Identifier, Record, Scheme, Waiver, Work

if TYPE_CHECKING:
    from refpipe.library.christening import Contested
    from refpipe.match import Subject

_PORTION = 500
"""How many records one transaction takes at most, when many are added at once."""


class Library:
    """An open library; use it in a ``with`` block.

    Facts are only added.  Adding one projects anew the works that it can touch; adding one that
    is known changes no byte of the file.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        connection.before_commit = self._finish

    @classmethod
    def open(
        cls, path: str | os.PathLike[str], *, create: bool = False, writable: bool = True
    ) -> Library:
        """The library at ``path``.

        Raises LibraryMissing, LibraryDamaged, LibraryTooNew or LibraryBusy; with ``create`` a
        missing one is made.
        """
        return cls(connect(Path(path), create=create, writable=writable))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    @property
    def path(self) -> Path:
        """Where the library lies."""
        return self._connection.path

    def transaction(self) -> AbstractContextManager[None]:
        """Several facts at once or none of them; waits for another writer, then LibraryBusy."""
        return self._connection.transaction()

    def _finish(self) -> None:
        if self._connection.rows("SELECT 1 FROM works WHERE name = '' LIMIT 1"):
            from refpipe.library.christening import name_the_nameless

            name_the_nameless(self._connection)

    # ── facts ──────────────────────────────────────────────────────────────────────────

    def add(self, records: Iterable[Record], *, heard: str) -> tuple[str, ...]:
        """Store what sources said; gives the id of the work that each record belongs to.

        ``heard`` dates the records that have no date of their own.
        """
        from refpipe.library.dating import dated_records

        dated = dated_records(self._connection, records, heard)
        for start in range(0, len(dated), _PORTION):
            self._add_portion(dated[start : start + _PORTION])
        return self._ids_of([record.key for record in dated])

    def _add_portion(self, records: Sequence[Record]) -> None:
        known = self._known("records", [record.key for record in records])
        new = {record.key: record for record in records if record.key not in known}
        if not new:
            return
        from refpipe.library.project import refresh

        facts = [rows.from_record(record) for record in new.values()]
        with self.transaction():
            self._connection.run(
                f"INSERT OR IGNORE INTO records (key, {rows.RECORD}) VALUES (?,?,?,?,?,?)",  # noqa: S608
                facts,
            )
            asked = json.dumps(list(new))
            numbers = self._connection.rows(
                "SELECT number FROM records WHERE key IN (SELECT value FROM json_each(?))", (asked,)
            )
            refresh(self._connection, (), [number for (number,) in numbers])

    def decide(self, decisions: Iterable[Decision], *, made: str) -> tuple[Decision, ...]:
        """Store decisions and project what they touch; gives those that were new."""
        from refpipe.library.dating import dated_decisions

        dated = dated_decisions(self._connection, decisions, made)
        known = self._known("decisions", [one.key for one in dated])
        new = tuple({one.key: one for one in dated if one.key not in known}.values())
        if new:
            from refpipe.library.project import refresh

            with self.transaction():
                self._connection.run(
                    f"INSERT OR IGNORE INTO decisions (key, {rows.DECISION})"  # noqa: S608
                    " VALUES (?,?,?,?,?,?,?,?,?,?)",
                    [rows.from_decision(one) for one in new],
                )
                refresh(self._connection, {name for one in new for name in (one.a, one.b)}, ())
        return new

    def undo(self, key: str = "", *, reason: str = "", made: str) -> Decision:
        """Take back a decision or a record by its key (or the key's beginning); gives the ``UNDO``.

        Without a key it is the last thing that was decided or corrected by hand and still stands;
        where a person decided nothing, the last ``match`` of a rule.  Raises UsageError when there
        is nothing to take back.
        """
        from refpipe.library.undoing import undoing

        decision = undoing(self._connection, key, reason=reason)
        return self.decide([decision], made=made)[0]

    def waive(self, waivers: Iterable[Waiver], *, made: str) -> None:
        """Store answers to findings."""
        dated = [one if one.made else replace(one, made=made) for one in waivers]
        known = self._known("waivers", [one.key for one in dated])
        new = [one for one in dated if one.key not in known]
        if new:
            with self.transaction():
                self._connection.run(
                    f"INSERT OR IGNORE INTO waivers (key, {rows.WAIVER}) VALUES (?,?,?,?,?)",  # noqa: S608
                    [rows.from_waiver(one) for one in new],
                )

    def waivers(self) -> tuple[Waiver, ...]:
        """All answers to findings, in the order in which they were given."""
        found = self._connection.rows(f"SELECT {rows.WAIVER} FROM waivers ORDER BY number")  # noqa: S608
        return tuple(rows.to_waiver(row) for row in found)

    def _known(self, table: str, keys: Sequence[str]) -> set[str]:
        found = self._connection.rows(
            f"SELECT key FROM {table} WHERE key IN (SELECT value FROM json_each(?))",  # noqa: S608
            (json.dumps(list(keys)),),
        )
        return {key for (key,) in found}

    def _ids_of(self, keys: Sequence[str]) -> tuple[str, ...]:
        found: dict[str, str] = dict(
            self._connection.rows(
                "SELECT r.key, w.id FROM records AS r JOIN members AS m ON m.record = r.number"
                " JOIN works AS w ON w.number = m.work"
                " WHERE r.key IN (SELECT value FROM json_each(?))",
                (json.dumps(list(keys)),),
            )
        )
        return tuple(dict.fromkeys(found[key] for key in keys if key in found))

    # ── records and decisions, read ────────────────────────────────────────────────────

    def record(self, key: str) -> Record | None:
        """The record of that key."""
        found = self._connection.rows(
            f"SELECT {rows.RECORD} FROM records WHERE key = ?",  # noqa: S608
            (key,),
        )
        return rows.to_record(found[0]) if found else None

    def records(self) -> Iterator[Record]:
        """All records, in the order in which they were heard."""
        for row in self._connection.stream(f"SELECT {rows.RECORD} FROM records ORDER BY number"):  # noqa: S608
            yield rows.to_record(row)

    def records_of(self, work: Work) -> tuple[Record, ...]:
        """The records of a work, strongest source first."""
        found = (self.record(key) for key in work.members)
        return tuple(record for record in found if record is not None)

    def decisions(self) -> Iterator[Decision]:
        """All decisions, in the order in which they were made."""
        for row in self._connection.stream(
            f"SELECT {rows.DECISION} FROM decisions ORDER BY number"  # noqa: S608
        ):
            yield rows.to_decision(row)

    def decisions_of(self, subject: Work | Identifier) -> tuple[Decision, ...]:
        """Every decision that names the work, its records or the identifier, oldest first."""
        if isinstance(subject, Work):
            names = [str(claim.identifier) for claim in subject.claims]
            names += [str(Identifier(Scheme.TEXT, key)) for key in subject.members]
        else:
            names = [str(subject)]
        asked = json.dumps(names)
        found = self._connection.rows(
            f"SELECT {rows.DECISION} FROM decisions WHERE number IN"  # noqa: S608
            " (SELECT number FROM decisions WHERE a IN (SELECT value FROM json_each(?))"
            " UNION SELECT number FROM decisions WHERE b IN (SELECT value FROM json_each(?)))"
            " ORDER BY made, number",
            (asked, asked),
        )
        return tuple(rows.to_decision(row) for row in found)

    # ── works, read ────────────────────────────────────────────────────────────────────

    def find(self, identifier: Identifier) -> Work | None:
        """The work that has this identifier; a mere candidate finds nothing."""
        return self.find_many([identifier]).get(identifier)

    def find_many(self, identifiers: Iterable[Identifier]) -> dict[Identifier, Work]:
        """The works of those identifiers that are known, in one question."""
        asked = {str(identifier): identifier for identifier in identifiers}
        found = self._connection.rows(
            f"SELECT i.identifier, {rows.WORK} FROM identifiers AS i"  # noqa: S608
            " JOIN works AS w ON w.number = i.work WHERE i.is_holder = 1"
            " AND i.identifier IN (SELECT value FROM json_each(?))",
            (json.dumps(list(asked)),),
        )
        works = {asked[name]: rows.to_work(tuple(row)) for name, *row in found}
        for identifier in asked.values():
            if identifier.scheme is Scheme.TEXT and identifier not in works:
                works |= self._find_by_record(identifier)
        return works

    def _find_by_record(self, identifier: Identifier) -> dict[Identifier, Work]:
        """The work of the record that bears this as its own name."""
        found = self._connection.rows(
            f"SELECT {rows.WORK} FROM records AS r JOIN members AS m ON m.record = r.number"  # noqa: S608
            " JOIN works AS w ON w.number = m.work WHERE r.key = ?",
            (identifier.value,),
        )
        return {identifier: rows.to_work(found[0])} if found else {}

    def works(self) -> Iterator[Work]:
        """All works, by id."""
        for row in self._connection.stream(f"SELECT {rows.WORK} FROM works AS w ORDER BY w.id"):  # noqa: S608
            yield rows.to_work(row)

    def count(self) -> int:
        """How many works there are."""
        ((number,),) = self._connection.rows("SELECT count(*) FROM works")
        assert isinstance(number, int)  # noqa: S101
        return number

    def search(self, text: str, limit: int = 20) -> tuple[Work, ...]:
        """The works that have every word of ``text``, best first."""
        from refpipe.library.search import search

        return search(self._connection, text, limit=limit)

    def names(self, prefix: str = "", limit: int = 100) -> tuple[str, ...]:
        """The names of works that begin so, for completion."""
        first = str(Identifier(Scheme.NAME, prefix)) if prefix else "name:"
        found = self._connection.rows(
            "SELECT substr(identifier, 6) FROM identifiers WHERE identifier >= ?"
            " AND identifier < ? ORDER BY identifier LIMIT ?",
            (first, first + "\U0010ffff", limit),
        )
        return tuple(name for (name,) in found)

    def candidates(self, blocks: Iterable[str]) -> tuple[Subject, ...]:
        """The works that share a block, as the matching room sees them."""
        from refpipe.library.candidates import candidates

        return candidates(self._connection, blocks)

    def possible(self) -> tuple[tuple[Work, Work, Decision], ...]:
        """The pairs of works that may be one and wait for a person, with what speaks for it."""
        from refpipe.library.candidates import possible

        return possible(self._connection)

    # ── the whole ──────────────────────────────────────────────────────────────────────

    def load(
        self,
        records: Iterable[Record],
        decisions: Iterable[Decision],
        waivers: Iterable[Waiver] = (),
    ) -> int:
        """Add the facts of another library; gives how many were new or got an earlier date."""
        from refpipe.library.loading import load

        return load(self._connection, records, decisions, waivers)

    def faults(self) -> tuple[str, ...]:
        """What is wrong with the file, in sentences; empty for a sound library."""
        from refpipe.library.checking import faults

        return faults(self._connection)

    def contested_names(self) -> tuple[Contested, ...]:
        """The names that two branches gave to two works, and what became of them."""
        from refpipe.library.christening import contested

        return contested(self._connection, self.find)

    def rebuild(self) -> int:
        """Throw the projections away and make them anew from the facts; gives how many works."""
        from refpipe.library.project import clear, refresh

        with self.transaction():
            clear(self._connection)
            ((last,),) = self._connection.rows("SELECT coalesce(max(number), 0) FROM records")
            for start in range(1, last + 1, _PORTION):
                numbers = range(start, min(start + _PORTION, last + 1))
                refresh(self._connection, (), numbers)
        return self.count()
