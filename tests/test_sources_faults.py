"""Every fault by a real answer from the fake server, and each leaves everything else done."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from fake_registry import FakeRegistry
from fake_registry.faults import KINDS, Fault

from refpipe import identifiers
from refpipe.http import Failure, Http, Pace, Reply
from refpipe.http.transport import PacedSession
from refpipe.model import Answer, Certainty, Claim, Unresolved
from refpipe.sources import Registries, Settings


def work(name: str) -> dict[str, Any]:
    return {"DOI": f"10.5555/{name}", "type": "journal-article", "title": [f"On {name}"]}


def ask(settings: Settings, *dois: str) -> dict[str, Answer | Unresolved]:
    claims = []
    for text in dois:
        found = identifiers.doi(text)
        assert found is not None
        claims.append(Claim(identifier=found, certainty=Certainty.LITERAL))
    with Registries(settings) as registries:
        outcomes = list(registries.resolve(claims))
    return {(o.asked if isinstance(o, Answer) else o.identifier).value: o for o in outcomes}


def make_stale(memory: Path) -> None:
    with closing(sqlite3.connect(memory)) as file, file:
        assert file.execute("UPDATE answers SET expires = 0").rowcount


@pytest.mark.parametrize("kind", KINDS)
def test_one_bad_answer_costs_one_work(
    fake_registry: FakeRegistry, tmp_path: Path, kind: str
) -> None:
    names = ("bad", "good1", "good2", "good3")
    fake_registry.add_all(work(name) for name in names)
    fake_registry.faults["10.5555/bad"] = Fault(kind)
    settings = fake_registry.settings(cache=tmp_path / "http.sqlite")
    outcomes = ask(settings, *(f"10.5555/{name}" for name in names))
    bad = outcomes.pop("10.5555/bad")
    assert len(outcomes) == 3
    assert all(isinstance(outcome, Answer) for outcome in outcomes.values())
    assert isinstance(bad, Unresolved)
    assert not bad.is_final
    assert len(bad.reason) > 20
    # All is well again: only what is missing is asked for.
    del fake_registry.faults["10.5555/bad"]
    fake_registry.forget_requests()
    again = ask(settings, *(f"10.5555/{name}" for name in names))
    assert isinstance(again["10.5555/bad"], Answer)
    assert [request.path for request in fake_registry.requests] == ["/crossref/works/10.5555%2Fbad"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_bad_list_is_made_good_by_single_requests(fake_registry: FakeRegistry, kind: str) -> None:
    fake_registry.add_all(work(name) for name in ("a", "b", "c"))
    fake_registry.faults["list"] = Fault(kind)
    outcomes = ask(fake_registry.settings(), *fake_registry.works)
    assert all(isinstance(outcome, Answer) for outcome in outcomes.values())


@pytest.mark.parametrize("kind", ["429", "500", "503", "504", "cut", "cut unmeasured", "reset"])
def test_what_passes_is_waited_out(fake_registry: FakeRegistry, kind: str) -> None:
    fake_registry.add(work("a"))
    fake_registry.faults["10.5555/a"] = Fault(kind, times=1)
    assert isinstance(ask(fake_registry.settings(), "10.5555/a")["10.5555/a"], Answer)
    assert len(fake_registry.requests) == 2


def test_retry_after_is_honoured(fake_registry: FakeRegistry) -> None:
    fake_registry.add(work("a"))
    fake_registry.faults["10.5555/a"] = Fault("429", times=1, after="1")
    # The wait that was asked for does not count against the request's own time.
    settings = fake_registry.settings(total=0.9)
    assert isinstance(ask(settings, "10.5555/a")["10.5555/a"], Answer)
    first, second = fake_registry.requests
    assert second.at - first.at >= 0.99


def test_a_registry_that_asks_for_an_hour_is_left_alone(fake_registry: FakeRegistry) -> None:
    fake_registry.add_all(work(name) for name in ("a", "b", "c"))
    fake_registry.faults |= {"list": Fault("429", after="3600")}
    outcomes = ask(fake_registry.settings(), *fake_registry.works)
    assert len(fake_registry.requests) == 1
    assert all(isinstance(o, Unresolved) and not o.is_final for o in outcomes.values())


def test_the_wait_is_said(fake_registry: FakeRegistry) -> None:
    fake_registry.faults["10.5555/a"] = Fault("503", after="3600")
    outcome = ask(fake_registry.settings(), "10.5555/a")["10.5555/a"]
    assert isinstance(outcome, Unresolved)
    assert "wait 3600 s" in outcome.reason


def test_without_a_network_the_run_ends_soon() -> None:
    settings = Settings(crossref="http://127.0.0.1:9", cache=None, backoff=0.01)
    outcomes = ask(settings, *(f"10.5555/{number}" for number in range(200)))
    assert len(outcomes) == 200
    assert all(isinstance(o, Unresolved) and not o.is_final for o in outcomes.values())


def test_a_name_that_is_not_found_is_said_so() -> None:
    settings = Settings(crossref="http://registry.invalid", cache=None, backoff=0.01)
    outcome = ask(settings, "10.5555/a")["10.5555/a"]
    assert isinstance(outcome, Unresolved)
    assert "could not be found" in outcome.reason


def test_a_registry_in_trouble_is_given_up(fake_registry: FakeRegistry) -> None:
    names = [f"10.5555/{number}" for number in range(60)]
    fake_registry.faults |= {name: Fault("503") for name in names} | {"list": Fault("503")}
    outcomes = ask(fake_registry.settings(retries=1), *names)
    assert len(outcomes) == 60
    assert len(fake_registry.requests) <= 20


def test_the_ladder_breaks_where_a_rung_does(fake_registry: FakeRegistry) -> None:
    fake_registry.agencies |= {"10.1241/a": "JaLC", "10.1241/b": "JaLC", "10.1241/c": "DataCite"}
    fake_registry.faults |= {
        "ra:10.1241/a": Fault("html as json"),
        "jalc:10.1241/b": Fault("cut"),
        "cn:10.1241/c": Fault("drip"),
    }
    outcomes = ask(fake_registry.settings(), *fake_registry.agencies)
    assert all(isinstance(o, Unresolved) and not o.is_final for o in outcomes.values())


def test_memory_stands_in_for_a_registry_that_is_down(
    fake_registry: FakeRegistry, tmp_path: Path
) -> None:
    fake_registry.add(work("a"))
    settings = fake_registry.settings(cache=tmp_path / "http.sqlite")
    ask(settings, "10.5555/a")
    fake_registry.faults["10.5555/a"] = Fault("503")
    with Registries(settings) as registries:
        claim = identifiers.read("10.5555/a")
        assert claim is not None
        (outcome,) = registries.resolve([claim], is_fresh=True)
    assert isinstance(outcome, Unresolved)
    assert isinstance(ask(settings, "10.5555/a")["10.5555/a"], Answer)


def test_an_old_no_of_a_registry_that_is_down_is_no_answer(
    fake_registry: FakeRegistry, tmp_path: Path
) -> None:
    settings = fake_registry.settings(cache=tmp_path / "http.sqlite", retries=0)
    nobody = f"{settings.crossref}/works/10.5555%2Fnobody"
    with Http(settings) as http:
        known = http.get(nobody, pace=Pace.SINGLE)
        assert isinstance(known, Reply)
        assert known.status == 404
        make_stale(tmp_path / "http.sqlite")
        fake_registry.faults["10.5555/nobody"] = Fault("503")
        assert isinstance(http.get(nobody, pace=Pace.SINGLE), Failure)


def test_a_stale_answer_is_asked_for_anew_and_stands_in_for_silence(
    fake_registry: FakeRegistry, tmp_path: Path
) -> None:
    settings = fake_registry.settings(cache=tmp_path / "http.sqlite", retries=0)
    fake_registry.add(work("a"))
    url = f"{settings.crossref}/works/10.5555%2Fa"
    with Http(settings) as http:
        first = http.get(url, pace=Pace.SINGLE)
        make_stale(tmp_path / "http.sqlite")
        second = http.get(url, pace=Pace.SINGLE)
        make_stale(tmp_path / "http.sqlite")
        fake_registry.faults["10.5555/a"] = Fault("503")
        third = http.get(url, pace=Pace.SINGLE)
    assert isinstance(first, Reply)
    assert isinstance(second, Reply)
    assert isinstance(third, Reply)
    assert first.body == second.body == third.body
    assert (second.is_remembered, third.is_remembered, third.is_stale) == (False, True, True)
    assert third.heard


def test_a_memory_of_an_earlier_refpipe_is_made_anew(
    fake_registry: FakeRegistry, tmp_path: Path
) -> None:
    path = tmp_path / "http.sqlite"
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("CREATE TABLE responses (key TEXT PRIMARY KEY, value BLOB, expires INTEGER)")
        file.execute("INSERT INTO responses VALUES ('a', x'00', 0)")
        file.execute("PRAGMA user_version = 1")
    fake_registry.add(work("a"))
    for _ in range(2):
        assert isinstance(ask(fake_registry.settings(cache=path), "10.5555/a")["10.5555/a"], Answer)
    assert len(fake_registry.requests) == 1
    with closing(sqlite3.connect(path)) as file:
        tables = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    assert tables == [("answers",)]


@pytest.mark.parametrize(("limit", "count"), [(1, 4), (3, 8)])
def test_no_stretch_of_time_sees_more_requests_than_it_allows(
    fake_registry: FakeRegistry, limit: int, count: int
) -> None:
    fake_registry.add(work("a"))
    stretch = 0.3
    with PacedSession(limit, stretch) as session:
        for _ in range(count):
            session.get(f"{fake_registry.base}/crossref/works/10.5555%2Fa")
    times = [request.at for request in fake_registry.requests]
    gaps = [later - earlier for earlier, later in zip(times, times[limit:], strict=False)]
    assert all(gap > stretch * 0.9 for gap in gaps)
    assert times[-1] - times[0] < stretch * (count // limit + 1) * 3


def test_nothing_is_read_of_a_hundred_megabytes(fake_registry: FakeRegistry) -> None:
    fake_registry.faults["10.5555/a"] = Fault("huge")
    outcome = ask(fake_registry.settings(), "10.5555/a")["10.5555/a"]
    assert isinstance(outcome, Unresolved)
    assert "more than" in outcome.reason


def test_a_drip_ends_with_the_time_that_a_request_may_take(fake_registry: FakeRegistry) -> None:
    fake_registry.faults |= {"10.5555/a": Fault("drip"), "10.5555/b": Fault("drip head")}
    started = time.monotonic()
    with Http(fake_registry.settings(total=0.5)) as http:
        for name in ("a", "b"):
            url = f"{fake_registry.base}/crossref/works/10.5555%2F{name}"
            outcome = http.get(url, pace=Pace.SINGLE)
            assert isinstance(outcome, Failure)
            assert "in time" in outcome.reason
    # The dripping would have gone on for minutes.
    assert time.monotonic() - started < 60


def test_a_short_doi_is_the_work_that_it_stands_for(fake_registry: FakeRegistry) -> None:
    fake_registry.add(work("long"))
    fake_registry.short |= {"10/abc1": "10.5555/long", "10/loop1": "10/abc1"}
    outcomes = ask(fake_registry.settings(), "https://doi.org/abc1", "10/none1", "10/loop1")
    found = outcomes["10/abc1"]
    assert isinstance(found, Answer)
    assert found.record.identifier.value == "10.5555/long"
    none, loop = outcomes["10/none1"], outcomes["10/loop1"]
    assert isinstance(none, Unresolved)
    assert none.is_final
    assert isinstance(loop, Unresolved)
    assert not loop.is_final


@pytest.mark.parametrize("kind", KINDS)
def test_a_short_doi_that_nobody_explains_is_unchecked(
    fake_registry: FakeRegistry, kind: str
) -> None:
    fake_registry.add(work("long"))
    fake_registry.short["10/abc1"] = "10.5555/long"
    fake_registry.faults["10/abc1"] = Fault(kind)
    outcome = ask(fake_registry.settings(), "10/abc1")["10/abc1"]
    assert isinstance(outcome, Unresolved)
    assert not outcome.is_final


@pytest.mark.parametrize("kind", [[{"a": 1}], {"a": []}, None, 7])
def test_a_type_that_is_no_text_costs_nothing(fake_registry: FakeRegistry, kind: object) -> None:
    fake_registry.add_all([work("good"), {**work("odd"), "type": kind}])
    outcomes = ask(fake_registry.settings(), "10.5555/good", "10.5555/odd")
    assert isinstance(outcomes["10.5555/good"], Answer)
    assert len(outcomes) == 2
