"""Facts come in one by one, in any order, and the works are the same."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st
from running import ROOT

from refpipe.library import Library
from refpipe.model import Record
from refpipe.pipeline import intake
from refpipe.pipeline.adopt import record_of

NOW = "2026-11-22T00:00:00Z"
TOUR = (ROOT / "docs" / "tour" / "legacy-page.md").read_text(encoding="utf-8")
MORE = (ROOT / "tests" / "cases" / "adopt" / "one-and-the-same.txt").read_text(encoding="utf-8")
RECORDS = [
    record_of(text, origin="test")
    for text in (*re.findall(r"^\[\d+\](.*)$", TOUR, re.MULTILINE), *MORE.splitlines())
]


def clusters(records: list[Record], *, at_once: bool) -> set[frozenset[str]]:
    """The records of each work, after all have come in."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Library.open(Path(folder) / "library.db", create=True) as library,
    ):
        if at_once:
            intake.take_all(library, records, now=NOW)
        else:
            for record in records:
                intake.take(library, record, now=NOW)
        return {frozenset(work.members) for work in library.works()}


def test_seventeen_references_are_twelve_works() -> None:
    found = clusters(RECORDS, at_once=True)
    places = {record.key: place for place, record in enumerate(RECORDS, start=1)}
    joined = sorted(sorted(places[key] for key in work) for work in found if len(work) > 1)
    assert joined == [[1, 5, 14, 16], [6, 8, 15]]
    assert len(found) == 12


@settings(max_examples=some(6), deadline=None)
@given(st.permutations(RECORDS))
def test_the_order_in_which_records_come_plays_no_part(order: list[Record]) -> None:
    assert clusters(order, at_once=False) == clusters(RECORDS, at_once=True)
