"""Matching in large blocks, on several cores, and through what databases do to pages."""

from __future__ import annotations

import json
import os
import random
import signal
from pathlib import Path

import pytest

from refpipe import dedupe, match, normalise, parallel
from refpipe.dedupe import engine
from refpipe.items.exchange import csl_json
from refpipe.model import Identifier, Scheme

Row = dict[str, str]
WORDS = [
    "cohort",
    "posture",
    "walking",
    "therapy",
    "imaging",
    "muscle",
    "randomised",
    "fatigue",
    "gait",
    "spine",
]
TRICKS = ("suffix", "suppl", "part", "letter")


def subject(row: Row, name: str) -> match.Subject:
    reading = csl_json.read_row(row)
    return match.Subject(
        identifier=Identifier(Scheme.TEXT, name), item=reading.item, claims=reading.claims
    )


def judge(a: Row, b: Row) -> match.Judgement:
    return match.classify(match.compare(subject(a, "a"), subject(b, "b")))


def found(table: list[Row]) -> set[frozenset[str]]:
    subjects = [subject(row, str(number)) for number, row in enumerate(table)]
    return {frozenset(one.value for one in group) for group in match.clusters(subjects)}


def alike(number: int, chance: random.Random) -> Row:
    """One of many papers of one journal, all under titles that begin alike."""
    return {
        "author": f"{chance.choice(['Abe', 'Ito', 'Ota'])}, K.; Mori, Y.",
        "title": f"Cohort posture walking therapy imaging muscle randomised {number}",
        "container": "Spine",
        "year": "2010",
        "volume": str(chance.randrange(1, 9)),
        "pages": f"{number * 10 + 1}-{number * 10 + 8}",
    }


@pytest.mark.parametrize(
    ("year", "verdict"), [("2010", "related"), ("2011", "related"), ("2012", "distinct")]
)
def test_a_number_at_the_end_makes_no_series_of_two_years(year: str, verdict: str) -> None:
    """A volume has one year, or two: who names another means other papers."""
    one = {"author": "Abe, K.; Ito, S.", "title": "Cohort posture walking therapy imaging 1",
           "container": "Spine", "year": "2010", "volume": "12", "pages": "101-108"}  # fmt: skip
    other = {**one, "title": "Cohort posture walking therapy imaging 2", "pages": "201-208"}
    assert judge(one, other | {"year": year}).verdict == verdict


@pytest.mark.parametrize("seed", range(3))
def test_two_of_one_work_find_each_other_in_a_block_of_any_size(seed: int) -> None:
    chance = random.Random(seed)
    table = [alike(number, chance) for number in range(150)]
    twins = {
        number: table[number] | {"title": table[number]["title"].upper(), "container": "Spine J"}
        for number in chance.sample(range(150), 5)
    }  # fmt: skip
    places = {str(150 + at): str(number) for at, number in enumerate(twins)}
    clusters = found([*table, *twins.values()])
    assert clusters == {frozenset(pair) for pair in places.items()}


def test_two_authors_of_one_name_do_not_make_a_record_its_own_double() -> None:
    chance = random.Random(1)
    table = [alike(number, chance) | {"author": "Suzuki, A.; Suzuki, B."} for number in range(80)]
    ready = [match.profile(subject(row, str(number))) for number, row in enumerate(table)]
    assert all(i < j for i, j, _ in match.judgements(ready))


@pytest.mark.parametrize(
    "row",
    [
        {"title": "Guideline on the care of low back pain", "author": "Abe, K.", "year": "2019"},
        {
            "title": "腰痛診療ガイドライン作成のための手引き",
            "author": "阿部, 健",
            "year": "2019",
        },
        {"title": "Report on the health of the nation", "url": "https://example.org/report"},
        {"title": "Editorial", "container": "Spine", "volume": "3", "issue": "1", "pages": "1-2"},
    ],
)
@pytest.mark.parametrize("count", [2, 150])
def test_copies_find_each_other_whatever_their_number_and_kind(row: Row, count: int) -> None:
    assert found([dict(row) for _ in range(count)]) == {frozenset(map(str, range(count)))}


def test_copies_that_say_too_little_are_shown_to_a_person() -> None:
    row = {"title": "Career forum", "author": "Abe, K.", "year": "2019"}
    assert judge(row, dict(row)).verdict == "possible"


def damaged(pages: tuple[int, int], trick: str) -> tuple[str, str]:
    """The pages of one article as two databases give them; the one has a part's mark in them."""
    first, last = pages
    if trick == "letter":
        return f"{first}S-{last}S", f"S{first}-S{last}"
    mark = {"suffix": "2", "suppl": "Suppl", "part": "t"}[trick]
    return f"{mark}-{str(last)[-2:].lstrip('0') or '0'}", f"{first}-{last}"


@pytest.mark.parametrize("trick", TRICKS)
@pytest.mark.parametrize("seed", range(5))
def test_a_mark_that_ran_into_the_pages_is_no_other_page(trick: str, seed: int) -> None:
    chance = random.Random(f"{trick}{seed}")
    first = chance.randrange(120, 900)
    torn, whole = damaged((first, first + chance.randrange(3, 9)), trick)
    title = "Outcome of " + " ".join(chance.sample(WORDS, 6))
    row = {"author": "Abe, K.; Mori, Y.", "title": title, "container": "Spine", "year": "2010",
           "volume": "12"}  # fmt: skip
    assert judge({**row, "pages": torn}, {**row, "pages": whole}).verdict == "match"
    elsewhere = {**row, "pages": f"{first + 3000}-{first + 3011}", "volume": "15", "year": "2013"}
    assert judge({**row, "pages": torn}, elsewhere).verdict != "match"


TITLE = "Low back pain among nurses of a hospital"


@pytest.mark.parametrize(
    "heading",
    ["Author's response to: comment on {}", "Reply to the letter: {}",
     "Response to the letter regarding {}", "Authors' reply to comments on {}",
     "「{}」への返信", "「{}」に対する著者の回答"],
)  # fmt: skip
def test_a_reply_is_not_what_it_replies_to(heading: str) -> None:
    row = {"author": "Abe, K.; Mori, Y.", "title": TITLE, "container": "Spine", "year": "2010"}
    reply = {**row, "title": heading.format(TITLE)}
    assert (
        "reply" in (normalise.title(reply["title"]) or normalise.Title("", (), frozenset())).marks
    )
    assert judge(row, reply).verdict in {"related", "distinct"}


def test_one_issn_does_not_make_two_journals_one() -> None:
    row = {"author": "Abe, K.", "title": TITLE, "year": "2010", "isbn": "1234-5679"}
    one = {**row, "container": "Journal of Nursing", "volume": "3", "pages": "12-19"}
    other = {**row, "container": "Biomechanics Letters", "volume": "41", "pages": "801-806"}
    assert judge(one, other).verdict != "match"


@pytest.mark.slow
def test_every_number_of_jobs_finds_the_same(tmp_path: Path) -> None:
    chance = random.Random(1)
    table = [alike(number % 220, chance) for number in range(400)]
    file = tmp_path / "many.jsonl"
    file.write_text(
        "".join(json.dumps({"id": f"r{n}", **row}) + "\n" for n, row in enumerate(table)),
        encoding="utf-8",
    )
    told = {
        jobs: "".join(dedupe.as_json(dedupe.findings(dedupe.run(dedupe.read(file), jobs=jobs))))
        for jobs in (1, 2, 3)
    }
    assert told[1] == told[2] == told[3]
    assert json.loads(told[1])["removed"] > 0


def test_a_worker_that_dies_costs_time_and_no_result() -> None:
    here = os.getpid()

    def squared(number: int) -> int:
        if os.getpid() != here and number == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        if os.getpid() != here and number == 4:
            raise ValueError
        return number * number

    told = sorted(parallel.each(squared, 8, 2))
    assert told == [(number, number * number) for number in range(8)]


@pytest.mark.parametrize("jobs", [1, 3])
def test_shards_find_what_one_process_finds_in_one_piece(
    jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(2)
    table = [alike(number, chance) for number in range(200)]
    table += [row | {"title": row["title"].upper()} for row in chance.sample(table, 40)]
    table += chance.sample(table, 10)
    table = [row | {"id": str(number)} for number, row in enumerate(table)]
    file = tmp_path / "all.jsonl"
    lines = [*(json.dumps(row) for row in table), "not json"]
    file.write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(engine, "PORTION", 30)
    outcome = dedupe.run(dedupe.read(file), jobs=jobs)
    name = [row.id for row in outcome.rows]
    clusters = {frozenset(name[row] for row in (g.kept, *g.removed)) for g in outcome.groups}
    assert clusters == found(table)
    assert [row.fault for row in outcome.rows if row.fault]
