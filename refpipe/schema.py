"""The tables of ``library.db``, as SQL, in migrations.

Facts (``records``, ``decisions``, ``waivers``) are only added to.  The other tables are
projections: pure functions of the facts, rebuilt at will.  ``works.number`` is the row number
of the work's earliest record, so a rebuild gives every work the number it had.

The file tells what it is in its header: ``application_id`` says that it is ours and
``user_version`` counts the migrations it has seen in its low byte, so that opening it costs two
numbers and needs no ``sqlite_utils`` (75 ms to import) until there is something to migrate.  Above
that byte stands the stamp of the program that made the projections (``library/integrity.py``).
"""

from __future__ import annotations

import contextlib
import functools
import os
import sqlite3
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from refpipe import files

if TYPE_CHECKING:
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

APPLICATION_ID = 0x72656670
"""``refp`` in the file's header."""

VERSION = 2
"""How many migrations a current library has seen."""
CHECKSUMS = 2
"""The version from which on each fact has the sum of what its key leaves out."""

VERSION_BITS = 8
VERSION_MASK = (1 << VERSION_BITS) - 1
STAMP_BITS = 23
"""What is left of ``user_version``, which is a signed number of 32 bits."""

BLOCK_BITS = 27
"""A row of ``blocks`` is one number: a block's 36-bit hash, then the record in the low bits."""

PROJECTIONS = ("works", "identifiers", "members", "relations", "blocks")

_FIRST = """
CREATE TABLE records (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    identifier TEXT NOT NULL,
    payload TEXT NOT NULL,
    heard TEXT NOT NULL,
    origin TEXT NOT NULL
) STRICT;
CREATE INDEX records_identifier ON records (identifier);

CREATE TABLE decisions (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    a TEXT NOT NULL,
    b TEXT NOT NULL,
    "by" TEXT NOT NULL,
    rule TEXT NOT NULL,
    reason TEXT NOT NULL,
    evidence TEXT NOT NULL,
    undoes TEXT NOT NULL,
    made TEXT NOT NULL
) STRICT;
CREATE INDEX decisions_a ON decisions (a);
CREATE INDEX decisions_b ON decisions (b);
CREATE INDEX decisions_kind ON decisions (kind) WHERE kind IN ('possible', 'undo');

CREATE TABLE waivers (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    code TEXT NOT NULL,
    subject TEXT NOT NULL,
    reason TEXT NOT NULL,
    made TEXT NOT NULL
) STRICT;

CREATE TABLE works (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    item TEXT NOT NULL,
    suppliers TEXT NOT NULL,
    is_confirmed INTEGER NOT NULL,
    words TEXT NOT NULL
) STRICT;

CREATE INDEX works_nameless ON works (number) WHERE name = '';

CREATE TABLE identifiers (
    identifier TEXT NOT NULL,
    work INTEGER NOT NULL REFERENCES works (number),
    certainty TEXT NOT NULL,
    rule TEXT NOT NULL,
    is_holder INTEGER NOT NULL
) STRICT;
CREATE INDEX identifiers_identifier ON identifiers (identifier, work);
CREATE INDEX identifiers_work ON identifiers (work);
CREATE INDEX identifiers_shared ON identifiers (identifier, work)
    WHERE is_holder = 0 AND certainty <> 'candidate';

CREATE TABLE members (
    record INTEGER PRIMARY KEY REFERENCES records (number),
    work INTEGER NOT NULL REFERENCES works (number),
    rank INTEGER NOT NULL
) STRICT;
CREATE INDEX members_work ON members (work, rank);

CREATE TABLE relations (
    work INTEGER NOT NULL REFERENCES works (number),
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    date TEXT NOT NULL,
    source TEXT NOT NULL
) STRICT;
CREATE INDEX relations_work ON relations (work);
CREATE INDEX relations_target ON relations (target);

CREATE TABLE blocks (number INTEGER PRIMARY KEY) STRICT;

CREATE VIRTUAL TABLE works_fts USING fts5 (
    words, content = 'works', content_rowid = 'number', tokenize = 'trigram', detail = 'none'
);
"""


FACTS = {"records": "heard, origin", "decisions": "made", "waivers": "made"}
"""Table of facts → the columns that are no part of a fact's key (or not always)."""
_SUM = "checksum INTEGER NOT NULL DEFAULT 0"


_SHADOWS = frozenset(f"works_fts_{part}" for part in ("data", "idx", "docsize", "config"))
"""The tables in which FTS5 keeps its index; their columns are its own affair."""

_OTHERS = frozenset({"_sqlite_migrations", "idx__sqlite_migrations_migration_set_name"})
"""What sqlite-utils makes to know which migrations were applied."""


def strangers(objects: Iterable[tuple[str, str, str | None]]) -> list[str]:
    """Whatever in a library's schema is not ours, each as its kind and name.

    ``objects`` are the type, name and sql of ``sqlite_master``.  A trigger or a view runs SQL of
    whoever made the file; a table or an index altered by hand answers otherwise than we think.
    """
    return [f"{kind} {name}" for kind, name, sql in objects if not _is_ours(kind, name, sql or "")]


def _is_ours(kind: str, name: str, sql: str) -> bool:
    if kind not in {"table", "index"}:
        return False
    if name in _SHADOWS or name in _OTHERS or name.startswith("sqlite_stat"):
        return True
    if kind == "index" and name.startswith("sqlite_autoindex_"):
        return not sql
    return _plain(sql) in _statements()


@functools.cache
def _statements() -> frozenset[str]:
    made = {_plain(statement) for statement in _FIRST.split(";\n")}
    # As SQLite keeps the statement of a table that a column was added to.
    summed = {
        one.removesuffix(" ) STRICT") + f" , {_SUM}) STRICT"
        for one in made
        if one.startswith(tuple(f"CREATE TABLE {table} " for table in FACTS))
    }
    return frozenset(made | summed)


def _plain(sql: str) -> str:
    return " ".join(sql.split())


def migrations() -> Migrations:
    """All migrations, oldest first; a migration once released is never edited."""
    from sqlite_utils.migrations import Migrations

    steps = Migrations("refpipe")

    @steps(name="m001_facts_and_projections")
    def first(db: Database) -> None:
        for statement in _FIRST.split(";\n"):
            if statement.strip():
                db.execute(statement)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute("PRAGMA user_version = 1")

    @steps(name="m002_checksums")
    def second(db: Database) -> None:
        for table, columns in FACTS.items():
            db.execute(f"ALTER TABLE {table} ADD COLUMN {_SUM}")
            rows = db.execute(f"SELECT number, key, {columns} FROM {table}").fetchall()  # noqa: S608
            db.conn.executemany(
                f"UPDATE {table} SET checksum = ? WHERE number = ?",  # noqa: S608
                [(checksum(*told), number) for number, *told in rows],
            )
        ((known,),) = db.execute("PRAGMA user_version").fetchall()
        db.execute(f"PRAGMA user_version = {known & ~VERSION_MASK | CHECKSUMS}")

    return steps


def checksum(*told: str) -> int:
    """A sum over a fact's key and what is no part of it, so that a changed date is seen.

    32 bits with a sign, which SQLite keeps in four bytes.  They tell a flipped bit for certain, and
    are no seal against whoever makes facts up.
    """
    return zlib.crc32("\0".join(told).encode("utf-8", "surrogatepass")) - (1 << 31)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring an open library up to date, as a part of the transaction that goes on there."""
    from sqlite_utils import Database

    migrations().apply(Database(connection, execute_plugins=False))


def create(path: Path) -> None:
    """Make an empty library at ``path``, whole or not at all.

    It is built beside its place and linked there: whoever looks sees no file or a finished
    one, and of two processes that create at once the second finds the first one's.
    """
    files.sweep(path.parent)
    building = files.neighbour(path)
    try:
        building.touch()
        with contextlib.closing(sqlite3.connect(building)) as connection:
            migrate(connection)
        _place(building, path)
    finally:
        building.unlink(missing_ok=True)


def _place(building: Path, path: Path) -> None:
    try:
        os.link(building, path)
    except FileExistsError:
        return
    except OSError:
        # Some file systems know no hard links; there a rename has to do.
        building.replace(path)
