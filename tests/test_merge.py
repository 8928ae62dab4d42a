"""Clustering, fusing and naming, case by case."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import facts
import pytest

from refpipe import items, match
from refpipe.merge import PRECEDENCE, names
from refpipe.merge.project import project
from refpipe.model import Certainty, Decision, Record, Work

TITLE = (
    "Acute Low Back Pain and Radiculopathy: MR Imaging Findings and Their Prognostic Role and"
    " Effect on Outcome"
)
OTHER = "Predictive value of MRI in decision making for disc surgery for sciatica"
DOI = "doi:10.1148/radiol.2372041509"
PAGE = "url:https://pubs.rsna.org/doi/abs/10.1148/radiol.2372041509"


def works(*records: Record, decisions: tuple[Decision, ...] = ()) -> tuple[Work, ...]:
    return project(map(facts.said, records), decisions).works


def only(*records: Record, decisions: tuple[Decision, ...] = ()) -> Work:
    (work,) = works(*records, decisions=decisions)
    return work


def people(*typed: str) -> list[dict[str, str]]:
    pairs = (one.partition(", ") for one in typed)
    return [{"family": family, "given": given} for family, _, given in pairs]


POOR = facts.record(
    "printed",
    DOI,
    claims=(PAGE,),
    title=f"{TITLE}1",
    author=people("Modic, M.", "Obuchowski, N.", "Ross, J."),
    URL=PAGE.removeprefix("url:"),
)
RICH = facts.record(
    "printed",
    DOI,
    title=TITLE,
    author=people("Modic, M. T."),
    container_title="Radiology",
    volume="237",
    issue="2",
    page="597-604",
    issued={"date-parts": [[2005, 11]]},
    custom={"author-et-al": True},
)


def test_of_two_printed_copies_the_richer_gives_what_it_has() -> None:
    work = only(POOR, RICH)
    assert work.item["title"] == TITLE
    assert work.item["author"][0] == {"family": "Modic", "given": "M. T."}
    assert work.item["custom"]["author-et-al"] is True
    assert [work.item[name] for name in ("container-title", "volume", "issue", "page")] == [
        "Radiology", "237", "2", "597-604"]  # fmt: skip
    assert work.suppliers["title"] == RICH.key
    assert work.suppliers["author"] == RICH.key
    assert work.suppliers["author+"] == POOR.key
    assert work.suppliers["URL"] == POOR.key
    assert work.members == (RICH.key, POOR.key)
    assert not work.is_confirmed


def test_a_cut_title_gives_way_to_a_whole_one_of_a_weaker_source() -> None:
    cut = facts.record("bibtex", DOI, title=TITLE[:40], custom={"title-is-cut": True})
    work = only(cut, RICH)
    assert work.item["title"] == TITLE
    assert "title-is-cut" not in work.item["custom"]
    assert only(cut).item["custom"] == {"title-is-cut": True}


@pytest.mark.parametrize("mark", ["1", "*", "†", "<sup>a</sup>"])
def test_a_footnote_mark_gives_way_only_to_the_same_title_without_it(mark: str) -> None:
    marked = facts.record("printed", DOI, title=TITLE + mark, volume="237", page="597-604")
    assert only(marked, facts.record("printed", DOI, title=TITLE)).item["title"] == TITLE
    assert only(marked).item["title"] == TITLE + mark


def test_sources_come_in_their_order_and_fill_gaps() -> None:
    said: dict[str, dict[str, Any]] = {
        "printed": {"volume": "7", "issue": "7", "page": "7", "title": "Printed title here"},
        "pubmed": {"volume": "5", "issue": "5"},
        "crossref": {"volume": "1", "title": "Printed title, as registered"},
    }
    records = [facts.record(source, DOI, **item) for source, item in said.items()]
    work = only(*records)
    assert [work.item[name] for name in ("volume", "issue", "page")] == ["1", "5", "7"]
    assert work.item["title"] == "Printed title, as registered"
    assert work.is_confirmed
    assert work.claims[0].certainty is Certainty.CONFIRMED


def test_a_correction_comes_first_and_the_later_of_two() -> None:
    heard = facts.record("crossref", DOI, volume="1", issue="2")
    first = facts.record("manual", DOI, volume="8", heard="2026-03-01T00:00:00Z")
    later = facts.record("manual", DOI, volume="9", heard="2026-04-01T00:00:00Z")
    assert only(heard, later, first).item["volume"] == "9"


def test_a_correction_can_take_a_field_away_and_another_put_it_back() -> None:
    heard = facts.record("crossref", DOI, volume="1", issue="2")
    gone = facts.record("manual", DOI, custom={"removed": "issue"}, heard="2026-03-01T00:00:00Z")
    back = facts.record("manual", DOI, issue="3", heard="2026-04-01T00:00:00Z")
    assert "issue" not in only(heard, gone).item
    assert "custom" not in only(heard, gone).item
    assert only(heard, gone, back).item["issue"] == "3"


def test_a_newer_answer_of_a_registry_comes_before_the_older() -> None:
    old = facts.record("crossref", DOI, volume="1", heard="2025-01-01T00:00:00Z")
    new = facts.record("crossref", DOI, volume="2", heard="2026-01-01T00:00:00Z")
    assert only(new, old).item["volume"] == "2"


def test_a_date_is_made_more_exact_but_not_changed() -> None:
    year = facts.record("crossref", DOI, issued={"date-parts": [[2005]]})
    month = facts.record("printed", DOI, issued={"date-parts": [[2005, 11]]})
    other = facts.record("printed", DOI, issued={"date-parts": [[2006, 1]]})
    assert only(year, month).item["issued"] == {"date-parts": [[2005, 11]]}
    assert only(year, other).item["issued"] == {"date-parts": [[2005]]}


def test_what_a_registry_says_of_authors_is_not_mended_from_print() -> None:
    registered = facts.record("crossref", DOI, author=people("Modic, M. T."))
    printed = facts.record("printed", DOI, author=people("Modic, M. T.", "Ross, J."))
    assert only(registered, printed).item["author"] == people("Modic, M. T.")


def test_an_article_number_is_not_printed_again_as_a_page() -> None:
    registered = facts.record("crossref", DOI, number="e123", title=TITLE)
    printed = facts.record("printed", DOI, page="e123", title=TITLE)
    assert "page" not in only(registered, printed).item


def test_one_doi_with_a_wholly_different_title_stays_apart_and_the_registry_keeps_it() -> None:
    one = facts.record("crossref", DOI, title=TITLE)
    other = facts.record("printed", DOI, title=OTHER)
    empty = facts.record("printed", DOI, volume="1")
    projection = project(map(facts.said, (other, one, empty)), ())
    assert [work.item["title"] for work in projection.works] == [TITLE, OTHER]
    assert projection.holders[facts.name(DOI)] == DOI
    assert projection.works[1].id == f"text:{other.key}"


def test_titles_in_two_scripts_are_not_called_different() -> None:
    one = facts.record("jalc", DOI, title="腰椎椎間板ヘルニアの自然経過")
    assert only(one, facts.record("printed", DOI, title=TITLE)).item["title"] == one_title(one)


def one_title(record: Record) -> str:
    return str(facts.read(record).item["title"])


@pytest.mark.parametrize(("title", "count"), [(OTHER, 2), (TITLE, 1), ("", 1)])
def test_a_shared_address_joins_only_what_agrees(title: str, count: int) -> None:
    one = facts.record("printed", "text:aa", claims=(PAGE,), title=TITLE)
    stated: dict[str, Any] = {"title": title} if title else {}
    other = facts.record("printed", "text:bb", claims=(PAGE,), **stated)
    assert len(works(one, other)) == count


def test_a_candidate_is_no_identity_and_no_field() -> None:
    guess = facts.record("printed", "text:aa", candidates=(DOI,), title=OTHER)
    work = only(guess)
    assert (work.id, "DOI" in work.item) == ("text:aa", False)
    assert work.claims[0].certainty is Certainty.CANDIDATE
    registered = facts.record("crossref", DOI, title=TITLE)
    assert len(works(guess, registered)) == 2
    matched = only(guess, registered, decisions=(facts.decision("match", DOI, "text:aa"),))
    assert matched.claims[0].certainty is Certainty.CONFIRMED


def test_two_registered_dois_are_one_only_if_a_person_says_so() -> None:
    one, other = (facts.record("crossref", doi, title=TITLE) for doi in (DOI, "doi:10.9/other"))
    rule = facts.decision("match", DOI, "doi:10.9/other", by="rule")
    person = facts.decision("match", DOI, "doi:10.9/other")
    assert len(works(one, other, decisions=(rule,))) == 2
    assert len(works(one, other, decisions=(person,))) == 1


def test_distinct_holds_against_a_chain() -> None:
    """A is B and B is C, but A is not C: the weaker of the two edges gives way."""
    a, b, c = (facts.record("printed", f"text:{x}", title=TITLE, volume=x) for x in "abc")
    chain = (
        facts.decision("match", "text:a", "text:b", by="rule", made="2026-01-02"),
        facts.decision("match", "text:b", "text:c", by="rule", made="2026-01-01"),
        facts.decision("distinct", "text:a", "text:c"),
    )
    assert [work.members for work in works(a, b, c, decisions=chain)] != []
    assert {frozenset(work.members) for work in works(a, b, c, decisions=chain)} == {
        frozenset({a.key, b.key}), frozenset({c.key})}  # fmt: skip


def test_the_later_word_of_a_person_counts_and_no_rule_outranks_it() -> None:
    one, other = (facts.record("printed", f"text:{x}", title=TITLE) for x in "ab")
    distinct = facts.decision("distinct", "text:a", "text:b", made="2026-01-01")
    rule = facts.decision("match", "text:a", "text:b", by="rule", made="2026-05-01")
    later = facts.decision("match", "text:a", "text:b", made="2026-06-01")
    assert len(works(one, other, decisions=(distinct, rule))) == 2
    assert len(works(one, other, decisions=(distinct, rule, later))) == 1


def test_a_record_can_be_denied_the_doi_that_it_prints() -> None:
    right = facts.record("crossref", DOI, title=TITLE)
    wrong = facts.record("printed", DOI, title=f"{TITLE} in cats")
    assert len(works(right, wrong)) == 1
    denial = facts.decision("distinct", DOI, f"text:{wrong.key}")
    one, other = works(right, wrong, decisions=(denial,))
    assert (one.id, other.id) == (DOI, f"text:{wrong.key}")
    assert "DOI" not in other.item


def test_an_identifier_that_only_a_decision_ties_finds_the_work() -> None:
    asked = facts.decision("match", DOI, "pmid:16244269", by="rule", rule="answered-for")
    projection = project([facts.said(facts.record("crossref", DOI, title=TITLE))], (asked,))
    assert projection.holders[facts.name("pmid:16244269")] == DOI
    assert projection.works[0].item["PMID"] == "16244269"


def test_related_works_know_of_each_other() -> None:
    one = facts.record("crossref", DOI, title=TITLE)
    other = facts.record("crossref", "doi:10.9/reply", title=OTHER)
    tie = facts.decision("related", DOI, "doi:10.9/reply", by="rule", rule="reply")
    relations = [work.relations[0] for work in works(one, other, decisions=(tie,))]
    assert [(one.kind, str(one.target)) for one in relations] == [
        ("reply", "doi:10.9/reply"),
        ("reply", DOI),
    ]


NOTICE = facts.record("crossref", "doi:10.9/n", title=f"Correction: {TITLE}")


@pytest.mark.parametrize("article", [DOI, "doi:10.9/z"])
def test_the_notice_is_of_the_article_and_the_article_has_the_notice(article: str) -> None:
    one = facts.record("crossref", article, title=TITLE)
    subjects = [
        match.Subject(identifier=said.record.identifier, item=said.item)
        for said in (facts.said(one), facts.said(NOTICE))
    ]
    (tie,) = match.decide(subjects[0], subjects[1:])
    relations = {work.id: work.relations for work in works(one, NOTICE, decisions=(tie,))}
    assert [(r.kind, str(r.target)) for r in relations[article]] == [("correction", "doi:10.9/n")]
    assert [(r.kind, str(r.target)) for r in relations["doi:10.9/n"]] == [
        ("correction-of", article)
    ]


@pytest.mark.parametrize("evidence", ["", "[]", '{"notice": 3}', '{"notice": "doi:10.9/else"}'])
def test_where_no_side_is_known_to_be_the_notice_neither_is(evidence: str) -> None:
    one = facts.record("crossref", DOI, title=TITLE)
    tie = replace(facts.decision("related", DOI, "doi:10.9/n", rule="part"), evidence=evidence)
    kinds = {work.relations[0].kind for work in works(one, NOTICE, decisions=(tie,))}
    assert kinds == {"part"}


def test_every_source_that_is_read_has_its_place_in_the_queue() -> None:
    assert set(items.READERS) <= set(PRECEDENCE)


def test_the_earlier_giving_of_a_name_counts() -> None:
    one, other = (facts.record("crossref", doi, title=TITLE) for doi in (DOI, "doi:10.9/b"))
    first = facts.decision("name", "doi:10.9/b", "name:modic2005", by="rule", made="2026-01-01")
    second = facts.decision("name", DOI, "name:modic2005", by="rule", made="2026-01-02")
    named = {work.id: work.name for work in works(one, other, decisions=(second, first))}
    assert named == {"doi:10.9/b": "modic2005", DOI: ""}


NAMES: list[tuple[dict[str, Any], str]] = [
    ({"author": people("Modic, M. T."), "issued": {"date-parts": [[2005, 11]]}}, "modic2005"),
    ({"author": [{"family": "Barzouhi", "non-dropping-particle": "el"}]}, "elbarzouhi"),
    ({"author": people("Müller-Lüdenscheidt, H."), "issued": {"date-parts": [[1988]]}},
     "mullerludenscheidt1988"),
    ({"author": [{"family": "山田", "given": "太郎"}], "issued": {"date-parts": [[2019]]}},
     "山田2019"),
    ({"author": [{"literal": "The Lancet Group"}]}, "lancet"),
    ({"title": "The <i>natural</i> history", "issued": {"date-parts": [[2001]]}}, "natural2001"),
    ({"issued": {"date-parts": [["x"]]}, "author": [3], "title": 5}, "work"),
    ({}, "work"),
    ({"URL": "https://www.mhlw.go.jp/topics"}, "mhlw"),
    ({"title": "https://example.jp/a"}, "example"),
]  # fmt: skip


@pytest.mark.parametrize(("item", "name"), NAMES)
def test_names(item: dict[str, Any], name: str) -> None:
    assert names.base(item) == name


def test_taken_names_get_letters() -> None:
    taken = {"modic2005", *(f"modic2005{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")}
    assert names.free("modic2005", taken.__contains__) == "modic2005aa"
    assert names.free("lancet", {"lancet"}.__contains__) == "lancet-a"


@pytest.mark.parametrize(
    ("registry", "printed", "page"),
    [
        ("2441", "2441-50", "2441-50"),
        ("2441", "2441–2450", "2441–2450"),
        ("S12", "S12-S19", "S12-S19"),
        ("2441", "2442-50", "2441"),
        ("2441-2450", "2441", "2441-2450"),
        ("2441-2449", "2441-50", "2441-2449"),
        ("e501", "1-12", "e501"),
    ],
)
def test_a_lone_first_page_gives_way_to_the_range_it_begins(
    registry: str, printed: str, page: str
) -> None:
    crossref = facts.record("crossref", DOI, title=TITLE, page=registry)
    entry = facts.record("printed", DOI, title=TITLE, page=printed)
    assert only(crossref, entry).item["page"] == page


def test_a_page_that_a_person_set_stays() -> None:
    set_by_hand = facts.record("manual", DOI, title=TITLE, page="2441")
    entry = facts.record("printed", DOI, title=TITLE, page="2441-50")
    assert only(set_by_hand, entry).item["page"] == "2441"


def test_a_doi_is_shown_as_its_source_writes_it() -> None:
    shown = only(facts.record("csl-json", "doi:10.1000/abc", title=TITLE, DOI="10.1000/ABC")).item
    assert shown["DOI"] == "10.1000/ABC"


@pytest.mark.parametrize("ours", ["10.1000/abc.d1", "10.1000/aBc.D1"])
def test_a_doi_in_capitals_gives_way_to_any_other_form(ours: str) -> None:
    told = [
        facts.record("bibtex", "doi:10.1000/abc.d1", title=TITLE, DOI="10.1000/ABC.D1"),
        facts.record("printed", "doi:10.1000/abc.d1", title=TITLE, DOI=ours),
    ]
    assert {only(*order).item["DOI"] for order in itertools.permutations(told)} == {ours}


def test_a_doi_that_only_an_address_holds_finds_the_work_and_is_not_printed() -> None:
    work = only(facts.record("csl-json", DOI, title=TITLE, URL=PAGE.removeprefix("url:")))
    assert (work.id, "DOI" in work.item) == (DOI, False)
    stated = facts.record("crossref", DOI, title=TITLE, DOI=DOI.removeprefix("doi:"))
    both = only(stated, facts.record("csl-json", DOI, title=TITLE, URL=PAGE.removeprefix("url:")))
    assert both.item["DOI"] == DOI.removeprefix("doi:")
