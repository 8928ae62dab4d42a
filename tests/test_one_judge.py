"""One judge of identity: the library joins what ``dedupe`` joins, in whatever order it comes."""

from __future__ import annotations

import itertools
import random
import re
from pathlib import Path

import facts
import pytest
from examples import some
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from refpipe import cli, dedupe, match
from refpipe.items import exchange
from refpipe.items.exchange import FileEntry
from refpipe.library import Library
from refpipe.match import candidate_pairs
from refpipe.merge.project import project
from refpipe.model import Identifier, Scheme, Work
from refpipe.pipeline import intake, review

NOW = "2026-11-01T00:00:00Z"
TITLE = "Outcome of lumbar disc herniation treated without surgery"
_numbers = itertools.count()


def ris(**fields: str) -> str:
    """One entry; ``AU`` takes several names divided by semicolons."""
    lines = ["TY  - JOUR"]
    for tag, value in fields.items():
        lines += [f"{tag}  - {part}" for part in value.split(";") if part]
    return "\n".join([*lines, "ER  - ", ""])


A = ris(AU="Sato, Ken;Mori, Yui", TI=TITLE, JO="Spine", VL="12", SP="101", EP="108", PY="1987",
        DO="10.1000/aaa")  # fmt: skip
B = ris(AU="Sato, Ken;Mori, Yui", TI=TITLE)
C = ris(AU="Sato, Ken;Mori, Yui", TI=TITLE, JO="J Bone Joint Surg", VL="77", SP="900", EP="915",
        PY="1995", DO="10.1000/ccc")  # fmt: skip


def parsed(text: str) -> list[FileEntry]:
    return [one for one in exchange.read_all("ris", text) if isinstance(one, FileEntry)]


def of_library(path: Path, portions: list[list[str]]) -> set[frozenset[str]]:
    """The works of a library that took the entries in these portions, as sets of texts."""
    with Library.open(path, create=True) as library:
        for portion in portions:
            entries = parsed("\n".join(portion))
            list(intake.take_entries(library, "ris", "x.ris", entries, now=NOW))
        return {
            frozenset(record.payload.strip() for record in library.records_of(work))
            for work in library.works()
        }


def of_dedupe(path: Path, texts: list[str]) -> set[frozenset[str]]:
    path.write_text("\n".join(texts), encoding="utf-8")
    outcome = dedupe.run(dedupe.read(path))
    groups = [{group.kept, *group.removed} for group in outcome.groups]
    groups += [{n} for n in range(len(outcome.rows)) if not any(n in group for group in groups)]
    return {frozenset(outcome.rows[n].raw.strip() for n in group) for group in groups}


@pytest.mark.parametrize("order", list(itertools.permutations((A, B, C))))
def test_what_stands_between_two_dois_joins_neither(tmp_path: Path, order: tuple[str, ...]) -> None:
    one_by_one = of_library(tmp_path / "one.db", [[text] for text in order])
    assert one_by_one == of_dedupe(tmp_path / "all.ris", list(order))
    assert one_by_one == of_library(tmp_path / "all.db", [list(order)])
    assert len(one_by_one) == 3


def test_imports_one_after_the_other_count_honestly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    told = []
    for name, text in (("a", A), ("c", C), ("b", B)):
        Path(f"{name}.ris").write_text(text, encoding="utf-8")
        assert cli.run(["import", f"{name}.ris"]) == 0
        told.append(capsys.readouterr().err)
    assert all("1 work new" in one for one in told)
    assert all(f"possible with {name}" in told[2] for name in ("sato1987", "sato1995"))
    assert not any("-1 work" in one for one in told)


def run(*arguments: str) -> int:
    return cli.run(list(arguments))


@pytest.fixture
def two_papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("two.ris").write_text(A + "\n" + C, encoding="utf-8")
    assert run("import", "two.ris") == 0
    return tmp_path


def works(path: Path) -> list[Work]:
    with Library.open(path / "library.db", writable=False) as library:
        return list(library.works())


def test_merging_what_contradicts_needs_a_yes(
    two_papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = (work.name for work in works(two_papers))
    assert run("merge", one, other) == 1
    said = capsys.readouterr().err
    assert "DOI: 10.1000/aaa / 10.1000/ccc" in said
    assert "year: 1987 / 1995" in said
    assert "--yes" in said
    assert len(works(two_papers)) == 2
    assert run("merge", one, other, "--yes") == 0
    (merged,) = works(two_papers)
    told = (merged.item["DOI"], merged.item["volume"], merged.item["page"])
    assert told in {("10.1000/aaa", "12", "101-108"), ("10.1000/ccc", "77", "900-915")}
    assert merged.id == f"doi:{merged.item['DOI']}"


@pytest.mark.parametrize("later", ["doi:10.1000/aaa", "doi:10.1000/zzz"])
def test_an_entry_has_the_doi_of_its_text(later: str) -> None:
    """The later answer gives the text, so it gives the DOI, whichever comes first by letter."""
    dois = {"doi:10.1000/mmm": "2026-01-01T00:00:00Z", later: "2026-02-01T00:00:00Z"}
    records = [
        facts.record("crossref", doi, heard=when, title=f"The paper {doi}")
        for doi, when in dois.items()
    ]
    person = facts.decision("match", *sorted(dois))
    (work,) = project(map(facts.said, records), (person,)).works
    assert work.item["title"] == f"The paper doi:{work.item['DOI']}"
    assert work.id == f"doi:{work.item['DOI']}"


def test_undo_takes_back_the_last_thing_waivers_included(
    two_papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = (work.name for work in works(two_papers))
    assert run("split", one, other) == 0
    assert run("waive", "REF002", one, "the title is short in print too") == 0
    assert "refpipe undo" in capsys.readouterr().err

    def standing() -> list[str]:
        with Library.open(two_papers / "library.db", writable=False) as library:
            return [waiver.code for waiver in library.standing_waivers()]

    assert standing() == ["REF002"]
    assert run("undo") == 0
    told = capsys.readouterr().out
    assert "REF002 about" in told
    assert re.search(r"it was said on \d{4}-\d\d-\d\d, by a person", told)
    assert standing() == []
    assert run("waive", "REF002", one, "the title is short in print too") == 0
    assert standing() == ["REF002"]
    assert run("undo") == 0
    assert run("undo") == 0
    assert "different works" in capsys.readouterr().out
    assert run("db", "check") == 0


def test_undo_after_an_import_says_that_it_takes_back_something_older(
    two_papers: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("split", *(work.name for work in works(two_papers))) == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "4102444800")
    (two_papers / "b.ris").write_text(B, encoding="utf-8")
    assert run("import", "b.ris") == 0
    capsys.readouterr()
    assert run("undo") == 0
    told = capsys.readouterr()
    assert "are different works" in told.out
    assert "it was said on 20" in told.out
    assert "1 record came since" in told.err


# ── any records, any order, any portions ───────────────────────────────────────────────

PLACES: tuple[dict[str, str], ...] = (
    {"JO": "Spine", "VL": "12", "SP": "101", "EP": "108", "PY": "1987"},
    {"JO": "Spine", "VL": "12", "SP": "201", "EP": "208", "PY": "1987"},
    {"JO": "J Bone Joint Surg", "VL": "77", "SP": "900", "EP": "915", "PY": "1995"},
    {"JO": "J Bone Joint Surg Am", "VL": "77", "IS": "3", "SP": "900", "PY": "1995"},
    {"PY": "1987"},
    {"UR": "https://www.example.org/page/?utm_source=x"},
    {"UR": "http://example.org/page"},
    {},
)
TITLES = (
    TITLE,
    TITLE.upper(),
    f"{TITLE}: a cohort",
    "Predictive value of imaging in decision making for sciatica",
    "Erratum: Outcome of lumbar disc herniation treated without surgery",
    "Posture",
    "",
)
PEOPLE = ("Sato, Ken;Mori, Yui", "Sato, K.;Mori, Y.", "Sato, Ken", "Abe, Rin", "")
DOIS = ("10.1000/aaa", "10.1000/ccc", "10.1000/BBB", "", "", "")

entries = st.builds(
    lambda title, people, place, doi, number: ris(
        AU=people, TI=title, **place, DO=doi, ID=str(number)
    ),
    st.sampled_from(TITLES),
    st.sampled_from(PEOPLE),
    st.sampled_from(PLACES),
    st.sampled_from(DOIS),
    st.integers(1, 99),
).filter(lambda text: text.count("\n") > 4)


def portions_of(texts: list[str], chance: random.Random) -> list[list[str]]:
    mixed = list(texts)
    chance.shuffle(mixed)
    cuts = sorted(chance.sample(range(1, len(mixed)), k=chance.randint(0, len(mixed) - 1)))
    return [mixed[a:b] for a, b in itertools.pairwise([0, *cuts, len(mixed)])]


def check_same(folder: Path, texts: list[str], chance: random.Random) -> None:
    portions = portions_of(texts, chance)
    number = next(_numbers)
    found = of_library(folder / f"{number}.db", portions)
    assert found == of_dedupe(folder / f"{number}.ris", texts)


ANY = st.lists(entries, min_size=2, max_size=8, unique=True)
KEPT = [HealthCheck.function_scoped_fixture]


@given(ANY, st.randoms(use_true_random=False))
@settings(max_examples=some(10), deadline=None, suppress_health_check=KEPT)
def test_the_library_has_the_works_that_dedupe_has_clusters(
    tmp_path: Path, texts: list[str], chance: random.Random
) -> None:
    check_same(tmp_path, texts, chance)


@pytest.mark.slow
@given(ANY, st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None, suppress_health_check=KEPT)
def test_the_library_has_the_works_that_dedupe_has_clusters_in_many_draws(
    tmp_path: Path, texts: list[str], chance: random.Random
) -> None:
    check_same(tmp_path, texts, chance)


@given(ANY, st.randoms(use_true_random=False))
@settings(max_examples=some(10), deadline=None, suppress_health_check=KEPT)
def test_comparing_a_library_says_what_it_knows(
    tmp_path: Path, texts: list[str], chance: random.Random
) -> None:
    path = tmp_path / f"{next(_numbers)}.db"
    of_library(path, portions_of(texts, chance))
    with Library.open(path, writable=False) as library:
        assert review.compare_library(library).decisions == ()


def digest(text: str) -> bytes:
    (entry,) = parsed(text)
    name = Identifier(Scheme.TEXT, "0" * 8)
    return match.profile(match.Subject(identifier=name, item=entry.item)).digest


@given(
    st.lists(entries, min_size=4, max_size=12, unique_by=digest),
    st.randoms(use_true_random=False),
    st.integers(1, 3),
)
@settings(max_examples=some(15), deadline=None, suppress_health_check=KEPT)
def test_what_comes_one_after_the_other_meets_in_blocks_of_any_size(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    texts: list[str],
    chance: random.Random,
    largest: int,
) -> None:
    """A library divides its blocks when they are large, and has found what all at once shows."""
    with monkeypatch.context() as small:
        for room in (match, candidate_pairs):
            small.setattr(room, "LARGEST", largest)
            small.setattr(room, "NEIGHBOURS", 1)
        path = tmp_path / f"{next(_numbers)}.db"
        of_library(path, portions_of(texts, chance))
        with Library.open(path) as library:
            assert review.compare_library(library).decisions == ()
            assert library.faults() == ()


def test_of_many_papers_called_alike_the_library_has_those_of_dedupe(tmp_path: Path) -> None:
    chance = random.Random(5)
    texts = [
        ris(AU=chance.choice(("Abe, K.", "Ito, K.", "Ota, K.")) + ";Mori, Y.", JO="Spine",
            TI=f"Cohort posture walking therapy imaging muscle randomised {number}", PY="2010",
            VL=str(chance.randrange(1, 5)), SP=str(number * 10 + 1), EP=str(number * 10 + 8))
        for number in range(240)
    ]  # fmt: skip
    twins = [text.upper().replace("SPINE", "Spine J") for text in chance.sample(texts, 12)]
    chance.shuffle(texts)
    portions = [texts[n : n + 70] for n in range(0, len(texts), 70)] + [twins[:5], twins[5:]]
    found = of_library(tmp_path / "library.db", portions)
    assert found == of_dedupe(tmp_path / "all.ris", [*texts, *twins])
    assert sum(len(work) == 2 for work in found) == len(twins)


def test_a_match_that_waits_for_a_person_is_not_found_anew(tmp_path: Path) -> None:
    """One DOI on two pages, and another DOI on one of them: the match across is held back."""
    place = {"JO": "Spine", "VL": "12", "SP": "101", "EP": "108", "PY": "1987"}
    said = {"AU": "Sato, Ken;Mori, Yui", "TI": "Outcome of disc herniation without surgery"}
    texts = [
        ris(**said, **place, DO="10.1000/aaa", ID="1"),
        ris(**said, **place, DO="10.1000/aaa", ID="2"),
        ris(**said, **place, DO="10.1000/ccc", ID="1"),
        ris(**said, **{**place, "SP": "201", "EP": "208"}, DO="10.1000/aaa", ID="1"),
    ]
    of_library(tmp_path / "library.db", [texts])
    with Library.open(tmp_path / "library.db", writable=False) as library:
        assert review.compare_library(library).decisions == ()
