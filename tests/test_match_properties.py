"""Laws of matching: folding is idempotent, comparing is symmetric, order changes nothing."""

from __future__ import annotations

import itertools
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from refpipe import match, normalise
from refpipe.items.exchange import csl_json
from refpipe.model import Identifier, Scheme

SAID = (
    "acute low back pain MRI findings in of and the prognosis outcome 腰痛 ヘルニア α-2 Müller "
    "part II trial [3H] <i>in</i> erratum: reply 2005 cohort randomised &amp; —"
)
WORDS = st.sampled_from(SAID.split())
TITLES = st.lists(WORDS, max_size=12).map(" ".join)
NAMES = st.sampled_from(
    ["Modic, M. T.", "M. Modic", "Ross J. S.", "山田, 太郎", "et al.", "Kim D", ""]
)
ROWS = st.fixed_dictionaries(
    {},
    optional={
        "title": TITLES,
        "author": st.lists(NAMES, max_size=4).map("; ".join),
        "year": st.sampled_from(["2004", "2005", "2006", "", "n.d."]),
        "container": st.sampled_from(["Radiology", "Radiol", "Spine", "Spine J", "腰痛", ""]),
        "volume": st.sampled_from(["237", "22", "1)", "Suppl 1", "XII", "2005"]),
        "issue": st.sampled_from(["2", "01-Feb", "Suppl. 1", "pp 3-9"]),
        "pages": st.sampled_from(["597-604", "597", "S72", "13-Jun", "2005", "1-8", "e123"]),
        "doi": st.sampled_from(["10.1148/a.1", "10.1148/a.2", "10.1002/x.pub2", "10.1002/x.pub3"]),
    },
)


def subject(row: dict[str, str], name: str) -> match.Subject:
    reading = csl_json.read_row(row)
    return match.Subject(
        identifier=Identifier(Scheme.TEXT, name), item=reading.item, claims=reading.claims
    )


@given(st.text(max_size=60))
@settings(deadline=None)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert normalise.fold(normalise.fold(text)) == normalise.fold(text)
    assert normalise.container(normalise.container(text)) == normalise.container(text)
    normalise.title(text), normalise.pages(text), normalise.volume(text), normalise.doi(text)


@given(ROWS, ROWS)
@settings(max_examples=150, deadline=None)
def test_comparing_has_no_direction(a: dict[str, str], b: dict[str, str]) -> None:
    one, other = subject(a, "a"), subject(b, "b")
    there, back = match.compare(one, other), match.compare(other, one)
    assert there == back
    judgement = match.classify(there)
    assert match.explain(judgement, "en")
    assert match.explain(judgement, "ja")


@given(ROWS)
@settings(deadline=None)
def test_a_record_never_contradicts_itself(row: dict[str, str]) -> None:
    judgement = match.classify(match.compare(subject(row, "a"), subject(row, "b")))
    assert judgement.verdict != "related"
    assert not judgement.comparison.contradictions


@given(st.lists(ROWS, max_size=7), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_order_of_records_changes_no_cluster(
    table: list[dict[str, str]], chance: random.Random
) -> None:
    subjects = [subject(row, str(number)) for number, row in enumerate(table)]
    shuffled = list(subjects)
    chance.shuffle(shuffled)
    one = {frozenset(map(str, c)) for c in match.clusters(subjects)}
    assert one == {frozenset(map(str, c)) for c in match.clusters(shuffled)}


def test_what_is_told_at_a_glance_is_what_the_rules_would_say() -> None:
    """Papers of one journal, whose DOIs and pages differ in all the ways in which slips do."""
    from refpipe.match import candidate_pairs
    from refpipe.match.judgement import compare_profiles

    tails = ("017", "17", "117", "171", "018", "17.1", "17a", "0017", "17.pub2", "17/v2")
    spans = (
        "100-110",
        "111-120",
        "105-125",
        "1-9",
        "120-111",
        "S12-S19",
        "12",
        "01-Sep",
        "9-12",
        "130-40",
    )
    profiles = [
        match.profile(_paper(f"10.5555/j.{tail}", pages)) for tail in tails for pages in spans
    ]
    told = 0
    for one, other in itertools.combinations(profiles, 2):
        if candidate_pairs._are_plainly_apart(one, other):
            told += 1
            assert match.classify(compare_profiles(one, other)).verdict == "distinct"
    assert told > 50


def _paper(doi: str, pages: str) -> match.Subject:
    row = {
        "author": "Abe, K.; Mori, Y.",
        "title": "Walking after imaging of the lumbar spine in older people 12",
        "container": "Spine",
        "year": "2010",
        "volume": "3",
        "issue": "2",
        "pages": pages,
        "doi": doi,
    }
    reading = csl_json.read_row(row)
    return match.Subject(
        identifier=Identifier(Scheme.TEXT, doi + pages), item=reading.item, claims=reading.claims
    )
