"""Laws of projection: order plays no part, parts add up to the whole, undo gives back what was."""

from __future__ import annotations

import random

import facts
from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st

from refpipe.merge import standing
from refpipe.merge.project import project
from refpipe.model import Decision, DecisionKind, Record

Facts = tuple[list[Record], list[Decision]]


@settings(max_examples=some(60), deadline=None)
@given(facts.facts(), st.randoms(use_true_random=False))
def test_the_order_of_facts_plays_no_part(some: Facts, chance: random.Random) -> None:
    records, decisions = some
    before = project(map(facts.said, records), decisions)
    chance.shuffle(records)
    chance.shuffle(decisions)
    assert project(map(facts.said, records), decisions) == before


@settings(max_examples=some(60), deadline=None)
@given(facts.facts())
def test_every_record_is_in_one_work_and_every_id_is_one_works(some: Facts) -> None:
    records, decisions = some
    works = project(map(facts.said, records), decisions).works
    withdrawn = {one.undoes for one in standing(decisions)}
    members = [key for work in works for key in work.members]
    assert sorted(members) == sorted(one.key for one in records if one.key not in withdrawn)
    assert len({work.id for work in works}) == len(works)
    for work in works:
        assert set(work.suppliers.values()) <= set(work.members)


@settings(max_examples=some(40), deadline=None)
@given(facts.facts())
def test_what_is_undone_is_as_if_it_had_never_been(some: Facts) -> None:
    records, decisions = some
    whole = project(map(facts.said, records), decisions)
    for number, one in enumerate(decisions):
        if one.kind is DecisionKind.UNDO or any(d.undoes for d in decisions):
            continue
        rest = decisions[:number] + decisions[number + 1 :]
        taken_back = [*decisions, facts.undo(one, made="2026-09-01T00:00:00Z")]
        said = [facts.said(record) for record in records]
        assert project(said, taken_back) == project(said, rest)
        twice = [*taken_back, facts.undo(taken_back[-1], made="2026-09-02T00:00:00Z")]
        assert project(said, twice) == whole


@settings(max_examples=some(60), deadline=None)
@given(facts.facts(), st.data())
def test_match_then_distinct_is_distinct(some: Facts, data: st.DataObject) -> None:
    records, decisions = some
    a, b = data.draw(st.lists(st.sampled_from(records), min_size=2, max_size=2))
    if a.key == b.key:
        return
    one, other = sorted((f"text:{a.key}", f"text:{b.key}"))
    match = facts.decision("match", one, other, made="2026-10-01T00:00:00Z")
    distinct = facts.decision("distinct", one, other, made="2026-10-02T00:00:00Z")
    said = [facts.said(record) for record in records]
    works = project(said, [*decisions, match, distinct]).works
    assert not any({a.key, b.key} <= set(work.members) for work in works)


@settings(max_examples=some(30), deadline=None)
@given(facts.facts())
def test_projecting_each_work_apart_from_strangers_gives_the_same(some: Facts) -> None:
    """Records that share nothing, and no decisions: each half comes out as in the whole."""
    records, _ = some
    strangers = [
        facts.record("crossref", f"doi:10.9/{number}", title=f"Stranger number {number}")
        for number in range(3)
    ]
    alone = project(map(facts.said, records), ()).works
    both = project(map(facts.said, [*strangers, *records]), ()).works
    assert [work for work in both if not work.id.startswith("doi:10.9/")] == list(alone)
