"""Claims go in, answers come out: batches, aliases, the ladder, numbers, memory, pace."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fake_registry import FakeRegistry

from refpipe import identifiers
from refpipe.model import Answer, Certainty, Claim, Identifier, Item, Scheme, Unresolved
from refpipe.sources import Registries, Settings


def work(number: int | str, **fields: Any) -> dict[str, Any]:
    """A plain article as Crossref has it."""
    return {
        "DOI": f"10.5555/Work.{number}",
        "type": "journal-article",
        "title": [f"Lumbar disc degeneration in cohort {number}"],
        "author": [{"family": "Modic", "given": "Michael T", "sequence": "first"}],
        "container-title": ["Radiology"],
        "ISSN": ["0033-8419"],
        "volume": "237",
        "page": "597-604",
        "issued": {"date-parts": [[2005, 11]]},
        "publisher": "RSNA",
        "indexed": {"date-time": "2025-01-01T00:00:00Z"},
    } | fields


def doi(text: str) -> Identifier:
    found = identifiers.doi(text)
    assert found is not None
    return found


def literal(*dois: str) -> list[Claim]:
    return [Claim(identifier=doi(text), certainty=Certainty.LITERAL) for text in dois]


def ask(
    settings: Settings, claims: Iterable[Claim], evidence: dict[Identifier, Item] | None = None
) -> list[Answer | Unresolved]:
    with Registries(settings) as registries:
        return list(registries.resolve(claims, evidence))


def answers(outcomes: Iterable[Answer | Unresolved]) -> dict[str, Answer]:
    return {o.asked.value: o for o in outcomes if isinstance(o, Answer)}


def reasons(outcomes: Iterable[Answer | Unresolved]) -> dict[str, Unresolved]:
    return {o.identifier.value: o for o in outcomes if isinstance(o, Unresolved)}


def test_many_dois_take_few_requests_and_the_second_run_none(
    fake_registry: FakeRegistry, tmp_path: Path
) -> None:
    fake_registry.add_all(work(number) for number in range(120))
    claims = literal(*fake_registry.works)
    settings = fake_registry.settings(cache=tmp_path / "deep" / "http.sqlite")
    first = answers(ask(settings, claims))
    assert len(first) == 120
    assert len(fake_registry.requests) == 3
    fake_registry.forget_requests()
    second = answers(ask(settings, claims))
    assert [a.record.key for a in second.values()] == [second[d].record.key for d in second]
    assert {d: a.record.key for d, a in first.items()} == {
        d: a.record.key for d, a in second.items()
    }
    # What was asked for in one batch is remembered alone: another company asks for it in vain.
    assert len(answers(ask(settings, claims[3:50]))) == 47
    assert fake_registry.requests == []


def test_a_single_and_a_batch_answer_are_one_record(fake_registry: FakeRegistry) -> None:
    fake_registry.add_all([work(1, language="en", reference=[{"key": "1"}]), work(2)])
    together = answers(ask(fake_registry.settings(), literal(*fake_registry.works)))
    alone = answers(ask(fake_registry.settings(), literal("10.5555/work.1")))
    assert together["10.5555/work.1"].record.key == alone["10.5555/work.1"].record.key
    assert together["10.5555/work.1"].agency == "Crossref"


def test_addresses_of_batches_stay_short(fake_registry: FakeRegistry) -> None:
    long = [
        work(1) | {"DOI": f"10.1002/(sici)1096-9861{'x' * 150}<{n}::aid>3.0.co;2-v"}
        for n in range(30)
    ]
    fake_registry.add_all([*long, work("a,b"), work("x+y&z")])
    found = answers(ask(fake_registry.settings(), literal(*fake_registry.works)))
    assert len(found) == 32
    lists = [request for request in fake_registry.requests if request.kind == "list"]
    assert all(len(request.path) <= 3500 + len("/crossref") for request in lists)
    assert all("rows=" in request.path and "select=" in request.path for request in lists)
    singles = [request.path for request in fake_registry.requests if request.kind == "single"]
    assert singles == ["/crossref/works/10.5555%2Fwork.a%2Cb"]


def test_an_alias_answers_under_its_primary_doi_and_keeps_both(fake_registry: FakeRegistry) -> None:
    fake_registry.add_all([work(1), work(2)])
    fake_registry.aliases["10.5555/old"] = "10.5555/work.1"
    found = answers(ask(fake_registry.settings(), literal("10.5555/OLD", "10.5555/work.2")))
    record = found["10.5555/old"].record
    assert record.identifier.value == "10.5555/work.1"
    assert json.loads(record.payload)["aliases"] == ["10.5555/old"]


def test_a_record_of_another_doi_is_refused(fake_registry: FakeRegistry) -> None:
    fake_registry.add(work(1))
    fake_registry.works["10.5555/lie"] = work(1)
    outcome = reasons(ask(fake_registry.settings(), literal("10.5555/lie")))["10.5555/lie"]
    assert "for another DOI" in outcome.reason
    assert not outcome.is_final


def test_select_is_dropped_when_the_registry_refuses_it(fake_registry: FakeRegistry) -> None:
    fake_registry.unselectable.add("updated-by")
    fake_registry.add_all(work(number) for number in range(50))
    assert len(answers(ask(fake_registry.settings(), literal(*fake_registry.works)))) == 50
    assert len(fake_registry.requests) <= 4


def test_three_ways_of_having_no_record(fake_registry: FakeRegistry) -> None:
    fake_registry.agencies |= {"10.5555/young": "Crossref", "10.1430/8105": "mEDRA"}
    asked = literal("10.5555/none", "10.5555/young", "10.1430/8105")
    found = reasons(ask(fake_registry.settings(), asked))
    assert found["10.5555/none"].is_final
    assert "does not exist" in found["10.5555/none"].reason
    assert not found["10.5555/young"].is_final
    assert "Crossref registered it" in found["10.5555/young"].reason
    assert not found["10.1430/8105"].is_final
    assert "mEDRA" in found["10.1430/8105"].reason


def test_the_ladder_asks_whoever_registered_it(fake_registry: FakeRegistry) -> None:
    japanese = {"doi": "10.11221/jima.51.86", "title_list": [{"lang": "ja", "title": "作業姿勢"}]}
    fake_registry.agencies |= {
        "10.11221/jima.51.86": "JaLC",
        "10.5281/zenodo.1": "DataCite",
        "10.5281/zenodo.2": "DataCite",
        "10.1430/8105": "mEDRA",
    }
    fake_registry.jalc["10.11221/jima.51.86"] = {"status": "OK", "data": japanese}
    fake_registry.csl |= {
        "10.5281/zenodo.1": {"DOI": "10.5281/ZENODO.1", "title": "A data set", "type": "dataset"},
        "10.1430/8105": {"title": "Un articolo", "type": "article-journal"},
    }
    fake_registry.datacite["10.5281/zenodo.2"] = {"title": "Another", "type": "dataset"}
    found = answers(ask(fake_registry.settings(), literal(*fake_registry.agencies)))
    assert {asked: (a.agency, a.record.source) for asked, a in found.items()} == {
        "10.11221/jima.51.86": ("JaLC", "jalc"),
        "10.5281/zenodo.1": ("DataCite", "csl"),
        "10.5281/zenodo.2": ("DataCite", "csl"),
        "10.1430/8105": ("mEDRA", "csl"),
    }


def test_pmids_and_pmcids_lead_to_their_dois(fake_registry: FakeRegistry) -> None:
    fake_registry.add(work(1))
    numbers = [{"idtype": "pubmed", "value": "16244269"}]
    numbers.append({"idtype": "doi", "value": "10.5555/Work.1"})
    summary = {"uid": "16244269", "title": "Lumbar disc", "articleids": numbers}
    fake_registry.pubmed |= {"16244269": summary, "77": {"uid": "77", "title": "No DOI at all"}}
    fake_registry.pmc |= {
        "PMC1": {"doi": "10.5555/Work.1", "pmid": "16244269"},
        "PMC2": {"pmid": "77"},
    }
    claims = [
        Claim(identifier=Identifier(scheme, value), certainty=Certainty.LITERAL)
        for scheme, value in (
            (Scheme.PMID, "16244269"), (Scheme.PMID, "5"), (Scheme.PMCID, "PMC1"),
            (Scheme.PMCID, "PMC2"), (Scheme.PMCID, "PMC3"), (Scheme.NAME, "modic2005"),
        )
    ]  # fmt: skip
    outcomes = ask(fake_registry.settings(), claims)
    known = [(o.asked.value, o.record.source) for o in outcomes if isinstance(o, Answer)]
    assert sorted(known) == [
        ("16244269", "crossref"),
        ("16244269", "pubmed"),
        ("PMC1", "crossref"),
        ("PMC2", "pubmed"),
    ]
    missing = reasons(outcomes)
    assert set(missing) == {"5", "PMC3", "modic2005"}
    assert all(outcome.is_final for outcome in missing.values())
    assert fake_registry.counts == {"crossref": 1, "eutils": 1, "idconv": 1}


def test_a_pmid_that_is_asked_for_under_two_names_answers_both(
    fake_registry: FakeRegistry,
) -> None:
    fake_registry.pubmed["77"] = {"uid": "77", "title": "No DOI at all"}
    fake_registry.pmc["PMC2"] = {"pmid": "77"}
    claims = [
        Claim(identifier=Identifier(scheme, value), certainty=Certainty.LITERAL)
        for scheme, value in ((Scheme.PMID, "77"), (Scheme.PMCID, "PMC2"))
    ]
    assert set(answers(ask(fake_registry.settings(), claims))) == {"77", "PMC2"}


def test_nothing_of_the_network_is_imported_before_something_is_asked() -> None:
    code = "import sys, refpipe.sources; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"requests", "urllib3", "http.client", "ssl", "rich", "html.parser"}
    assert heavy.isdisjoint(run.stdout.split())


def test_the_pace_is_the_one_that_the_registry_announces(fake_registry: FakeRegistry) -> None:
    fake_registry.limits = (5, 2)
    fake_registry.add_all(work(number) for number in range(3))
    absent = [f"10.5555/none.{number}" for number in range(6)]
    ask(fake_registry.settings(singles=0.0, lists=0.0), literal(*fake_registry.works, *absent))
    assert fake_registry.too_fast == []
    times = [r.at for r in fake_registry.requests if r.kind == "single"]
    assert all(later - earlier >= 0.19 for earlier, later in pairwise(times))


def test_the_address_of_the_user_goes_along_only_where_it_is_set(
    fake_registry: FakeRegistry, tmp_path: Path
) -> None:
    fake_registry.add_all([work(1), work(2)])
    ask(fake_registry.settings(cache=tmp_path / "c"), literal(*fake_registry.works))
    assert all("@" not in r.agent and "mailto" not in r.path for r in fake_registry.requests)
    assert fake_registry.requests[0].agent.startswith("refpipe/")
    fake_registry.forget_requests()
    named = fake_registry.settings(cache=tmp_path / "c", mailto="writer@clinic.example")
    outcomes = ask(named, literal(*fake_registry.works, "10.5555/none"))
    assert all("mailto=" in r.path for r in fake_registry.requests if r.registry == "crossref")
    # Who asks makes no difference to what is remembered, and is not written into records.
    assert len([r for r in fake_registry.requests if r.registry == "crossref"]) == 1
    assert "writer@" not in repr([o for o in outcomes if isinstance(o, Answer)])


def test_offline_answers_from_memory_and_asks_nobody(
    fake_registry: FakeRegistry, tmp_path: Path
) -> None:
    fake_registry.add_all([work(1), work(2), work(3)])
    settings = fake_registry.settings(cache=tmp_path / "http.sqlite")
    ask(settings, literal("10.5555/work.1", "10.5555/work.2"))
    fake_registry.forget_requests()
    offline = fake_registry.settings(cache=tmp_path / "http.sqlite", is_offline=True)
    outcomes = ask(offline, literal(*fake_registry.works))
    assert set(answers(outcomes)) == {"10.5555/work.1", "10.5555/work.2"}
    assert "offline" in reasons(outcomes)["10.5555/work.3"].reason
    assert not reasons(outcomes)["10.5555/work.3"].is_final
    assert fake_registry.requests == []


def test_refresh_asks_anew_and_hears_of_a_retraction(
    fake_registry: FakeRegistry, tmp_path: Path
) -> None:
    fake_registry.add_all([work(1), work(2)])
    settings = fake_registry.settings(cache=tmp_path / "http.sqlite")
    before = answers(ask(settings, literal(*fake_registry.works)))
    notice = {"DOI": "10.5555/notice", "type": "retraction", "source": "retraction-watch"}
    fake_registry.add(work(1, **{"updated-by": [notice]}))
    with Registries(settings) as registries:
        after = answers(registries.resolve(literal(*fake_registry.works), is_fresh=True))
    assert after["10.5555/work.2"].record.key == before["10.5555/work.2"].record.key
    assert after["10.5555/work.1"].record.key != before["10.5555/work.1"].record.key
    again = answers(ask(settings, literal("10.5555/work.1")))
    assert again["10.5555/work.1"].record.key == after["10.5555/work.1"].record.key


@pytest.mark.parametrize(
    "damage", [b"", b"this is no database", b"SQLite format 3\0" + b"\xff" * 4000]
)
def test_a_damaged_memory_costs_time_and_nothing_else(
    fake_registry: FakeRegistry, tmp_path: Path, damage: bytes
) -> None:
    fake_registry.add_all([work(1), work(2)])
    path = tmp_path / "http.sqlite"
    path.write_bytes(damage)
    settings = fake_registry.settings(cache=path)
    assert len(answers(ask(settings, literal(*fake_registry.works)))) == 2
    assert len(answers(ask(settings, literal(*fake_registry.works)))) == 2
    assert len(fake_registry.requests) == 1


def test_a_memory_that_cannot_be_written_is_kept_for_the_run(
    fake_registry: FakeRegistry, tmp_path: Path
) -> None:
    fake_registry.add_all([work(1), work(2)])
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    settings = fake_registry.settings(cache=blocked / "http.sqlite")
    assert len(answers(ask(settings, literal(*fake_registry.works)))) == 2


def test_a_book_cited_by_its_doi_has_its_edition(fake_registry: FakeRegistry) -> None:
    """``select`` knows no editions, so the books of all lists are asked for once more, whole."""
    body = [{"name": "Fictional University"}]
    fake_registry.unselectable |= {"edition-number", "institution"}
    fake_registry.add_all([
        *(work(number) for number in range(20)),
        work("book", **{"type": "monograph", "edition-number": "3"}),
        work("chapter", **{"type": "book-chapter", "edition-number": "2"}),
        work("thesis", type="dissertation", institution=body),
    ])  # fmt: skip
    found = answers(ask(fake_registry.settings(), literal(*fake_registry.works)))
    payloads = {name: json.loads(one.record.payload) for name, one in found.items()}
    assert len(found) == 23
    assert payloads["10.5555/work.book"]["edition-number"] == "3"
    assert payloads["10.5555/work.chapter"]["edition-number"] == "2"
    assert payloads["10.5555/work.thesis"]["institution"] == body
    assert fake_registry.counts["crossref"] == 2
