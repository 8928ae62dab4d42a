"""Searching gives exactly the works that have every word, however short the words are."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from examples import some
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from refpipe.articles import citations
from refpipe.checks import standing
from refpipe.library import Library, search
from refpipe.library.search import Filters
from refpipe.model import Identifier, Record
from refpipe.pipeline import lookup

LETTERS = "腰痛膝椎ァ゙ab é%\"*'-"


def record(number: int, title: str) -> Record:
    payload = json.dumps({"type": "book", "title": title}, ensure_ascii=False)
    identifier = Identifier.parse(f"doi:10.1234/{number}")
    return Record(source="csl", identifier=identifier, payload=payload)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Sixty works with titles of a few letters, so that words meet by chance."""
    chance = random.Random(7)
    titles = ["".join(chance.choices(LETTERS, k=chance.randint(1, 9))) for _ in range(60)]
    where = tmp_path_factory.mktemp("search") / "library.db"
    with Library.open(where, create=True) as made:
        made.add([record(n, title) for n, title in enumerate(titles)], heard="2026-01-01T00:00:00Z")
    with Library.open(where, writable=False) as opened:
        yield opened


@given(st.lists(st.text(LETTERS + "0123/", min_size=1, max_size=3), min_size=1, max_size=3))
@settings(
    deadline=None,
    max_examples=some(60),
    suppress_health_check=[HealthCheck.too_slow],
)
def test_every_work_that_has_the_words_is_found_and_no_other(
    library: Library, asked: list[str]
) -> None:
    text = " ".join(asked)
    wanted = search.fold(text).split()
    having = {
        work.id
        for work in library.works()
        if wanted and all(word in search.of_work(work) for word in wanted)
    }
    assert {work.id for work in library.search(text, limit=1000)} == having


def test_the_last_letters_of_the_last_word_are_found(library: Library) -> None:
    for work in library.works():
        last = search.of_work(work).rstrip()
        for length in (1, 2, 3):
            found = library.search(last[-length:], limit=1000)
            assert work.id in {one.id for one in found}


def test_looking_for_short_words_leaves_a_reader_unable_to_write(library: Library) -> None:
    library.search("腰")
    before = Path(library.path).read_bytes()
    library.search("腰痛")
    with pytest.raises(Exception, match="cannot be written"):
        library.add([record(999, "new")], heard="2026-01-01T00:00:00Z")
    assert Path(library.path).read_bytes() == before


PLAIN = st.from_regex(lookup._PLAIN, fullmatch=True)


@given(PLAIN | st.text("ab1./_-:(){};,@ é山", min_size=1, max_size=12))
@settings(deadline=None, max_examples=some(300))
def test_what_is_taken_for_a_plain_key_is_read_back(key: str) -> None:
    """The quick way says of a key only what the grammar of citations says, too."""
    typed = lookup.typed_key(key)
    if typed == f"@{key}":
        assert [one.key for one in citations.items(f"{typed}; @x")] == [key, "x"]
        assert [one.key for one in citations.items(f"{typed}, p. 5")] == [key]


def test_works_are_narrowed_sorted_and_counted(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db", create=True) as library:
        for number, (kind, title, year) in enumerate(
            [
                ("article-journal", "Lumbar disc", 1994),
                ("article-journal", "Disc and nerve", 2005),
                ("book", "A textbook of the disc", 2005),
            ]
        ):
            item = {
                "type": kind, "title": title, "issued": {"date-parts": [[year]]},
                "author": [{"family": f"Writer{9 - number}", "given": "A"}],
                "container-title": "Spine" if kind != "book" else "",
            }  # fmt: skip
            identifier = Identifier.parse(f"doi:10.1234/{number}")
            payload = json.dumps(item)
            one = Record(source="csl", identifier=identifier, payload=payload)
            library.add([one], heard="2026-01-01T00:00:00Z")
        whole = library.figures()
        assert (whole.count, dict(whole.types)) == (3, {"article-journal": 2, "book": 1})
        assert whole.decades == {2000: 2, 1990: 1}
        assert dict(whole.journals) == {"Spine": 2}
        papers = Filters(type="article-journal")
        by_title = library.look("", 9, narrowing=papers, order="title")[0]
        assert [work.item["title"] for work in by_title] == ["Disc and nerve", "Lumbar disc"]
        assert library.look("disc", 9, narrowing=papers)[1]().count == 2
        assert library.look("nerve", 9, narrowing=Filters(decade=1990))[1]().count == 0
        oldest = library.look("disc", 9, order="oldest")[0]
        assert [w.item["issued"]["date-parts"][0][0] for w in oldest] == [1994, 2005, 2005]
        people = [w.item["author"][0]["family"] for w in library.look("disc", 9, order="author")[0]]
        assert people == sorted(people)
        assert library.figures(Filters(standing="fallen")).count == 0
        assert library.figures(Filters(standing="confirmed")).count == whole.confirmed == 3
        assert library.search("", 9) == ()


def test_works_that_change_before_they_have_a_name_are_found_by_their_last_words(
    tmp_path: Path,
) -> None:
    def said(publisher: str) -> Record:
        told = {"type": "book", "title": "Words of discs", "publisher": publisher}
        return replace(record(1, ""), payload=json.dumps(told))

    with Library.open(tmp_path / "library.db", create=True) as library:
        with library.transaction():
            library.add([said("Green"), record(2, "Disc")], heard="2026-01-01T00:00:00Z")
            library.add([said("Blue")], heard="2026-02-01T00:00:00Z")
        (known,) = library.search("words", 9)
        assert library.search("blue", 9) == (known,)
        library.add([said("White")], heard="2026-03-01T00:00:00Z")
        assert library.faults() == ()
        assert library.search("blue", 9) == ()
        assert [work.id for work in library.search("white", 9)] == [known.id]
        assert len(library.search(known.name, 9)) == 1


def test_fallen_are_those_works_whose_notices_come_to_that(tmp_path: Path) -> None:
    chance = random.Random(11)
    where = tmp_path / "library.db"
    with Library.open(where, create=True) as made:
        made.add([record(n, f"Work {n}") for n in range(120)], heard="2026-01-01T00:00:00Z")
    ties = [
        (number, chance.choice(standing.NOTICES), f"doi:10.5555/{at}", f"20{year}-01-01", "pubmed")
        for number in range(1, 121)
        for at in range(chance.randint(0, 4))
        for year in [chance.randint(10, 14)]
    ]
    with sqlite3.connect(where) as database:
        database.executemany(
            "INSERT INTO relations (work, kind, target, date, source) VALUES (?, ?, ?, ?, ?)", ties
        )
    with Library.open(where, writable=False) as library:
        fallen = {work.id for work in library.works() if standing.alarms(work)}
        cleared = {work.id for work in library.works() if standing.reinstatements(work)}
        assert cleared - fallen
        found, counted = library.look("", 200, narrowing=Filters(standing="fallen"))
        assert {work.id for work in found} == fallen
        assert counted().fallen == len(fallen)
