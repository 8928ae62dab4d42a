"""``library.db``: facts are added, works are found.

Reading needs ``sqlite3`` alone; what projects, matches or migrates is imported when a fact
is really added.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

from refpipe.library import integrity, sql
from refpipe.library.connection import Connection, Row
from refpipe.library.integrity import open_checked
from refpipe.library.reader import LibraryReader
from refpipe.lifetimes import Closing
from refpipe.model import Decision, Record, Waiver, Work

_PORTION = 500
"""How many records one transaction takes at most, when many are added at once."""


class Library(Closing, LibraryReader):
    """An open library; use it in a ``with`` block.

    Facts are only added.  Adding one projects anew the works that it can touch; adding one that
    is known changes no byte of the file.
    """

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        connection.before_commit = self._finish

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        create: bool = False,
        writable: bool = True,
        is_left_stale: bool = False,
    ) -> Library:
        """The library at ``path``.

        Raises LibraryMissing, LibraryDamaged, LibraryTooNew or LibraryBusy; with ``create`` a
        missing one is made.  Works that another version of refpipe made are made anew, or where
        nothing may be written a ``LibraryNotice`` says so; ``is_left_stale`` spares both.
        """
        library = cls(open_checked(Path(path), create=create, writable=writable))
        if not is_left_stale:
            try:
                library._bring_up_to_date(is_writable=writable)
            except BaseException:
                library.close()
                raise
        return library

    def _bring_up_to_date(self, *, is_writable: bool) -> None:
        if integrity.is_of_this_program(self._connection):
            return
        if not is_writable:
            if not integrity.is_empty(self._connection):
                integrity.tell_of_staleness(self._connection)
            return
        with self.transaction():
            # Another process may have done it while this one waited for its turn.
            if integrity.is_of_this_program(self._connection):
                return
            if integrity.is_empty(self._connection):
                integrity.put_stamp(self._connection)
                return
            integrity.tell_of_rebuilding(self._connection)
            self.rebuild()

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

    def rehearsal(self) -> AbstractContextManager[None]:
        """Facts of which nothing stays: only to see which works they would come to."""
        return self._connection.rehearsal()

    def _finish(self) -> None:
        if self._connection.rows("SELECT 1 FROM works WHERE name = '' LIMIT 1"):
            from refpipe.library.projections import assign_names

            assign_names(self._connection)

    # ── facts ──────────────────────────────────────────────────────────────────────────

    def add(
        self, records: Iterable[Record], *, heard: str, decisions: Iterable[Decision] = ()
    ) -> tuple[str, ...]:
        """Store what sources said; gives the id of the work that each record belongs to.

        ``heard`` dates the records that have no date of their own, and the ``decisions`` about
        them that are stored before them.
        """
        from refpipe.library.sql import dated_records

        dated = dated_records(self._connection, records, heard)
        told = self._new_decisions(decisions, heard)
        for start in range(0, len(dated), _PORTION):
            self._store(() if start else told, dated[start : start + _PORTION])
        return self._ids_of([record.key for record in dated])

    def decide(self, decisions: Iterable[Decision], *, made: str) -> tuple[Decision, ...]:
        """Store decisions and project what they touch; gives those that were new."""
        new = self._new_decisions(decisions, made)
        self._store(new, ())
        return new

    def _new_decisions(self, decisions: Iterable[Decision], made: str) -> tuple[Decision, ...]:
        from refpipe.library.sql import dated_decisions

        dated = dated_decisions(self._connection, decisions, made)
        known = self._known("decisions", [one.key for one in dated]) if dated else set()
        return tuple({one.key: one for one in dated if one.key not in known}.values())

    def _store(self, decisions: Collection[Decision], records: Collection[Record]) -> None:
        """Store new decisions and those of the records that are new; project what they touch."""
        known = self._known("records", [record.key for record in records]) if records else set()
        new = {record.key: record for record in records if record.key not in known}
        if not new and not decisions:
            return
        from refpipe.library.projections import refresh

        facts = [sql.from_record(record) for record in new.values()]
        with self.transaction():
            said = [sql.from_decision(one) for one in decisions]
            self._connection.run(sql.insert("decisions", sql.DECISION), said)
            self._connection.run(sql.insert("records", sql.RECORD), facts)
            numbers = self._connection.rows(
                "SELECT number FROM records WHERE key IN (SELECT value FROM json_each(?))",
                (json.dumps(list(new)),),
            )
            touched = {name for one in decisions for name in (one.a, one.b)}
            refresh(self._connection, touched, [number for (number,) in numbers])

    def undo(self, key: str = "", *, reason: str = "", made: str) -> Decision:
        """Take back a decision, record or waiver by its key or the key's beginning.

        Gives the ``UNDO``.  Raises UsageError when there is nothing to take back.
        """
        return self.undo_all(key, reason=reason, made=made)[0]

    def undo_all(self, key: str = "", *, reason: str = "", made: str) -> tuple[Decision, ...]:
        """The same, and each ``UNDO`` where the key is left out.

        Then it is the last thing that was decided, corrected or waived by hand and still stands;
        where a person decided nothing, all that a rule recorded in the last command.
        """
        from refpipe.library.reader import heirs, passed_on, undoing

        with self.transaction():
            undos = undoing(self._connection, key, reason=reason)
            left = heirs(self, undos)
            made_now = self.decide(undos, made=made)
            self.decide(passed_on(self, left), made=made)
        return made_now

    def waive(self, waivers: Iterable[Waiver], *, made: str) -> None:
        """Store answers to findings; one that was taken back holds again."""
        from refpipe.library.reader import renewals
        from refpipe.library.sql import after_persons

        now = after_persons(self._connection, made)
        dated = [one if one.made else replace(one, made=now) for one in waivers]
        known = self._known("waivers", [one.key for one in dated])
        new = [one for one in dated if one.key not in known]
        with self.transaction():
            if new:
                self._connection.run(
                    sql.insert("waivers", sql.WAIVER), [sql.from_waiver(one) for one in new]
                )
            self.decide(renewals(self._connection, known), made=made)

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

    # ── the whole ──────────────────────────────────────────────────────────────────────

    def load(
        self,
        records: Iterable[Record],
        decisions: Iterable[Decision],
        waivers: Iterable[Waiver] = (),
    ) -> int:
        """Add the facts of another library; gives how many were new or got an earlier date."""
        return load(self._connection, records, decisions, waivers)

    def rebuild(self) -> int:
        """Throw the projections away and make them anew from the facts; gives how many works."""
        from refpipe.library.projections import clear, refresh

        with self.transaction():
            clear(self._connection)
            ((last,),) = self._connection.rows("SELECT coalesce(max(number), 0) FROM records")
            for start in range(1, last + 1, _PORTION):
                numbers = range(start, min(start + _PORTION, last + 1))
                refresh(self._connection, (), numbers)
            integrity.put_stamp(self._connection)
            self._connection.before.clear()
            self._connection.new.clear()
        return self.count()

    def changed(self) -> list[tuple[Work, Work]]:
        """The works that say something else since the library was opened: each before and now.

        What was told once is not told again.
        """
        if not self._connection.before:
            return []
        from refpipe.library.projections import changed

        told = changed(self._connection)
        self._connection.before.clear()
        return told


@contextmanager
def read_if_there(path: Path) -> Iterator[Library | None]:
    """The library, open for reading; None where there is none."""
    if not path.exists():
        yield None
        return
    with Library.open(path, writable=False) as library:
        yield library


@contextmanager
def made_if_needed(path: Path) -> Iterator[Library]:
    """The library, made where there is none; one that was made for nothing is taken away again."""
    is_new = not path.exists()
    is_for_nothing = False
    try:
        with Library.open(path, create=True) as library:
            try:
                yield library
            finally:
                is_for_nothing = is_new and not library.has_facts()
    finally:
        if is_for_nothing:
            path.unlink(missing_ok=True)


# ── Facts from another library: the union of both, whichever is loaded into the other ───────────


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
    from refpipe.library.projections import refresh

    told = [*decisions]
    with connection.transaction():
        new = _merge(connection, "records", sql.RECORD, [sql.from_record(one) for one in records])
        said = _merge(
            connection, "decisions", sql.DECISION, [sql.from_decision(one) for one in told]
        )
        waived = _merge(
            connection, "waivers", sql.WAIVER, [sql.from_waiver(one) for one in waivers]
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
    if new:
        connection.run(sql.insert(table, columns), new)
    if earlier:
        assigned = ", ".join(f"{column} = ?" for column in [*columns.split(", "), "checksum"])
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
