"""The library holds what the pure projection says, whatever way its facts came in."""

from __future__ import annotations

import hashlib
import itertools
import shutil
from pathlib import Path

import facts
import pytest
from examples import some
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from refpipe import dump, items
from refpipe.library import Library
from refpipe.merge.project import project
from refpipe.model import Decision, Record
from refpipe.pipeline import intake

NOW = "2026-11-01T00:00:00Z"
_numbers = itertools.count()

pytestmark = pytest.mark.usefixtures("plain_readings")
SHORT = settings(
    max_examples=some(15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def plain_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(items, "read", facts.read, raising=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("libraries")


def fresh(folder: Path) -> Path:
    return folder / f"{next(_numbers)}.db"


def tables(library: Library) -> list[list[tuple[object, ...]]]:
    """The projections, row for row."""
    connection = library._connection
    ordered = {
        "works": "*",
        "identifiers": "identifier, work, certainty, rule, is_holder",
        "members": "record, work, rank",
        "relations": "work, kind, target, date, source",
        "blocks": "number",
    }
    found = [
        sorted(connection.rows(f"SELECT {columns} FROM {table}"), key=repr)
        for table, columns in ordered.items()
    ]
    connection.do("INSERT INTO works_fts (works_fts) VALUES ('integrity-check')")
    return found


@SHORT
@given(facts.facts(), st.data())
def test_adding_bit_by_bit_is_projecting_at_once(
    folder: Path, some: tuple[list[Record], list[Decision]], data: st.DataObject
) -> None:
    records, decisions = some
    both: list[Record | Decision] = [*records, *decisions]
    mixed = data.draw(st.permutations(both))
    with Library.open(fresh(folder), create=True) as library:
        for fact in mixed:
            if isinstance(fact, Record):
                library.add([fact], heard=NOW)
            else:
                library.decide([fact], made=NOW)
        bit_by_bit = tables(library)
        at_once = project(map(facts.said, records), library.decisions())
        assert list(library.works()) == list(at_once.works)
        assert all(work.name for work in at_once.works)
        for work in at_once.works:
            for claim in work.claims:
                found = library.find(claim.identifier)
                wanted = at_once.holders.get(claim.identifier)
                assert (found.id if found else None) == wanted
        library.rebuild()
        assert tables(library) == bit_by_bit


@SHORT
@given(facts.facts())
def test_known_facts_change_no_byte(
    folder: Path, some: tuple[list[Record], list[Decision]]
) -> None:
    records, decisions = some
    path = fresh(folder)
    with Library.open(path, create=True) as library:
        library.add(records, heard=NOW)
        library.decide(decisions, made=NOW)
    before = hashlib.sha256(path.read_bytes()).digest()
    with Library.open(path) as library:
        library.add(reversed(records), heard="2027-01-01T00:00:00Z")
        library.decide(decisions, made="2027-01-01T00:00:00Z")
        list(library.works()), library.search("mri"), library.possible(), library.names()
    assert hashlib.sha256(path.read_bytes()).digest() == before


@SHORT
@given(facts.facts())
def test_a_name_once_given_always_finds_one_work(
    folder: Path, some: tuple[list[Record], list[Decision]]
) -> None:
    records, decisions = some
    with Library.open(fresh(folder), create=True) as library:
        library.add(records, heard=NOW)
        given_names = library.names()
        library.decide(decisions, made=NOW)
        for name in given_names:
            assert library.find(facts.name(f"name:{name}")) is not None
        assert len({work.name for work in library.works()}) == library.count()


def dumped(library: Library) -> list[str]:
    return list(dump.lines(library.records(), library.decisions(), library.waivers()))


def shown(library: Library) -> list[str]:
    return list(dump.view(library.works(), library.record, library.decisions(), library.waivers()))


@SHORT
@given(facts.facts())
def test_what_is_dumped_is_what_is_loaded(
    folder: Path, some: tuple[list[Record], list[Decision]]
) -> None:
    with (
        Library.open(fresh(folder), create=True) as library,
        Library.open(fresh(folder), create=True) as other,
    ):
        library.add(some[0], heard=NOW)
        library.decide(some[1], made=NOW)
        read = dump.read(dumped(library), name="dump")
        other.load(read.records, read.decisions, read.waivers)
        assert dumped(other) == dumped(library)
        assert shown(other) == shown(library)
        assert other.load(read.records, read.decisions, read.waivers) == 0


@SHORT
@given(facts.facts(), facts.facts())
def test_merging_commutes_and_loses_no_fact(
    folder: Path,
    ours: tuple[list[Record], list[Decision]],
    theirs: tuple[list[Record], list[Decision]],
) -> None:
    sides = []
    for records, decisions in (ours, theirs):
        with Library.open(path := fresh(folder), create=True) as library:
            library.add(records, heard=NOW)
            library.decide(decisions, made=NOW)
        sides.append(path)
    views = []
    for mine, other in (sides, sides[::-1]):
        copy = fresh(folder)
        shutil.copyfile(mine, copy)
        intake.merge_libraries(copy, other)
        with Library.open(copy) as merged:
            views.append((dumped(merged), shown(merged)))
            known = {one.key for one in merged.records()} | {one.key for one in merged.decisions()}
            assert known >= {one.key for side in (ours, theirs) for one in side[0] + side[1]}
            assert not merged.faults()
    assert views[0] == views[1]
