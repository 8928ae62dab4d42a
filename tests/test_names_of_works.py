"""A name, a correction and an answer stay with the paper that they were given to, come what may."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest
from fake_registry import FakeRegistry
from running import refpipe

from refpipe import dump
from refpipe.items import exchange
from refpipe.items.exchange import FileEntry
from refpipe.library import Library
from refpipe.model import Decision, DecisionKind, Identifier, Record, Scheme
from refpipe.pipeline import decisions, intake, manual_entry

PAPERS = {
    "ankle": "Sprains of the ankle in runners who train on hard ground",
    "brain": "Imaging the brain after a first seizure",
    "chest": "Whom to send for a radiograph of the chest: a cluster trial",
    "elbow": "Braces or exercise against pain at the elbow",
    "femur": "Time to surgery and death within a year of a broken femur",
    "gland": "Swelling of a salivary gland in children, ten years of one clinic",
    "heart": "Coffee and rhythm of the heart",
    "ileum": "Resection against infliximab where Crohn disease is limited to the ileum",
}
ORGANS = tuple(PAPERS)


def title(paper: int, slip: str = "") -> str:
    return PAPERS[ORGANS[paper]].replace(" of ", f" of{slip} ")


def entry(key: str, paper: int, doi: str, *, slip: str = "") -> str:
    word = ORGANS[paper]
    stated = f", doi = {{{doi}}}" if doi else ""
    return (
        f"@article{{{key}, author = {{{word.title()}son, Ann}}, title = {{{title(paper, slip)}}},"
        f" journal = {{Journal of the {word}}}, year = {1980 + 3 * paper}, volume = {paper + 1},"
        f" pages = {{{70 * paper + 1}}}{stated}}}\n"
    )


def answer(paper: int, doi: str) -> dict[str, object]:
    """What Crossref knows of the DOI."""
    word = ORGANS[paper]
    return {
        "DOI": doi, "type": "journal-article", "title": [title(paper)],
        "author": [{"family": f"{word.title()}son", "given": "Ann"}],
        "container-title": [f"Journal of the {word}"], "volume": str(paper + 1),
        "page": f"{70 * paper + 1}", "issued": {"date-parts": [[1980 + 3 * paper]]},
    }  # fmt: skip


class Clone:
    """A library in which things happen, and what its articles have shown of each name."""

    def __init__(self, path: Path, chance: random.Random) -> None:
        self.path, self.chance = path, chance
        self.shown: dict[str, int] = {}
        self.moment = 0

    def now(self) -> str:
        self.moment += 1
        return f"2026-01-01T{self.moment // 60:02}:{self.moment % 60:02}:00Z"

    def happen(self) -> None:
        """One command, drawn by chance; afterwards each name shows what it showed."""
        deeds = (self.import_entry, self.import_entry, self.hear, self.hear, self.edit, self.undo)
        with Library.open(self.path, create=True) as library:
            self.chance.choice(deeds)(library)
        self.look()

    def import_entry(self, library: Library) -> None:
        paper = self.chance.randrange(len(ORGANS))
        key = self.chance.choice((f"own{paper}", f"own{paper}", "shared"))
        doi = self.chance.choice(("", f"10.5555/{paper}", f"10.5555/{self.chance.randrange(4)}"))
        text = entry(key, paper, doi, slip=self.chance.choice(("", "s")))
        read = [one for one in exchange.read_all("bibtex", text) if isinstance(one, FileEntry)]
        list(intake.take_entries(library, "bibtex", "refs.bib", read, now=self.now()))

    def hear(self, library: Library) -> None:
        """A registry answers; the DOI with the number of a paper is that paper's."""
        paper = self.chance.randrange(len(ORGANS))
        doi = f"10.5555/{paper}"
        record = Record(
            source="crossref", identifier=Identifier(Scheme.DOI, doi),
            payload=json.dumps(answer(paper, doi)),
        )  # fmt: skip
        intake.take(library, record, now=self.now())

    def edit(self, library: Library) -> None:
        names = library.names()
        if names:
            name = self.chance.choice(names)
            work = decisions.named(library, name).work
            told = f"publisher=of {work.item['title']}"
            manual_entry.correct(library, name, [told], reason="", now=self.now())

    def undo(self, library: Library) -> None:
        facts: list[Record | Decision] = [*library.records(), *library.decisions()]
        kinds = (DecisionKind.MATCH, DecisionKind.UNDO)
        said = [one for one in facts if not isinstance(one, Decision) or one.kind in kinds]
        if said:
            library.undo(self.chance.choice(said).key, made=self.now())

    def look(self) -> None:
        with Library.open(self.path, writable=False) as library:
            found = library.names()
            # A name whose work was taken back is free, as for a file that was corrected.
            self.shown = {name: paper for name, paper in self.shown.items() if name in found}
            contested = {one.name for one in library.contested_names()}
            for name in found:
                work = library.find(Identifier(Scheme.NAME, name))
                assert work is not None
                paper = paper_of(str(work.item["title"]))
                assert name in contested or self.shown.setdefault(name, paper) == paper, name
                note = str(work.item.get("publisher") or "of " + title(paper))
                assert paper_of(note) == paper, "a correction shows in another paper"


def paper_of(words: str) -> int:
    return next(number for number, word in enumerate(ORGANS) if word in words)


@pytest.mark.parametrize("seed", range(8))
def test_a_name_goes_on_to_show_the_paper_that_it_showed(seed: int, tmp_path: Path) -> None:
    """Or nothing, or it is told as given to two; so do corrections, in two clones and in both."""
    chance = random.Random(seed)
    one, other = clones = [Clone(tmp_path / f"{name}.db", chance) for name in "ab"]
    for _ in range(14):
        chance.choice(clones).happen()
    for clone in clones:
        Library.open(clone.path, create=True).close()
    with Library.open(other.path, writable=False) as library:
        facts = dump.lines(library.records(), library.decisions(), library.waivers())
        (tmp_path / "b.txt").write_text("".join(f"{line}\n" for line in facts), encoding="utf-8")
    intake.merge_libraries(other.path, one.path)
    with Library.open(one.path) as library:
        intake.load_facts(library, tmp_path / "b.txt")
    for clone in clones:
        clone.look()
        clone.happen()
        with Library.open(clone.path, writable=False) as library:
            assert library.faults() == ()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A page that cites an entry with another paper's DOI by the key of its file."""
    (tmp_path / "refpipe.toml").write_text('articles = ["a.md"]\n', encoding="utf-8")
    (tmp_path / "a.md").write_text("A [@one].\n\n<!--bibliography-->\n", encoding="utf-8")
    (tmp_path / "r.bib").write_text(entry("one", 3, "10.5555/6"), encoding="utf-8")
    assert refpipe("import", "r.bib", folder=tmp_path).returncode == 0
    return tmp_path


def test_what_a_person_said_of_a_work_stays_with_it(
    project: Path, fake_registry: FakeRegistry
) -> None:
    """An answer to a finding and a correction do not go over to the paper that has the DOI."""
    refpipe("edit", "one", "volume=999", folder=project)
    said = refpipe("waive", "REF001", "one", "seen on paper", folder=project)
    assert said.stderr.startswith("REF001 about one is answered: seen on paper\n")
    fake_registry.add(answer(6, "10.5555/6"))
    assert refpipe("confirm", folder=project, extra=fake_registry.environ).returncode == 1
    assert refpipe("refs", folder=project).returncode == 0
    text = (project / "a.md").read_text(encoding="utf-8")
    assert "elbow,” *Journal of the elbow*, vol. 999" in text
    told = refpipe("check", folder=project)
    assert "REF001" not in told.stdout
    other = json.loads(refpipe("show", "10.5555/6", "--format", "json", folder=project).stdout)
    assert (other["item"]["title"], other["item"]["volume"]) == (title(6), "7")


def key_of(project: Path, source: str) -> str:
    with Library.open(project / "library.db", writable=False) as library:
        return next(one.key for one in library.records() if one.source == source)


def test_a_work_keeps_its_name_where_another_record_describes_it(
    project: Path, fake_registry: FakeRegistry
) -> None:
    fake_registry.add(answer(3, "10.5555/6"))
    assert refpipe("confirm", folder=project, extra=fake_registry.environ).returncode == 0
    refpipe("refs", folder=project)
    before = (project / "a.md").read_text(encoding="utf-8")
    assert refpipe("undo", key_of(project, "bibtex"), folder=project).returncode == 0
    assert refpipe("refs", folder=project).returncode == 0
    assert (project / "a.md").read_text(encoding="utf-8") == before


def test_a_correction_that_goes_with_what_is_taken_back_is_told(
    project: Path, fake_registry: FakeRegistry
) -> None:
    refpipe("edit", "one", "volume=999", folder=project)
    fake_registry.add(answer(3, "10.5555/6"))
    refpipe("confirm", folder=project, extra=fake_registry.environ)
    undone = refpipe("undo", key_of(project, "bibtex"), folder=project)
    assert "\none: volume: 999 → 4\n" in f"\n{undone.stderr}"
    again = refpipe("undo", key_of(project, "manual"), folder=project)
    assert "one: volume" not in again.stderr, "it shows no more"


def test_what_was_taken_back_is_not_taken_in_again_without_a_word(
    project: Path, fake_registry: FakeRegistry
) -> None:
    refpipe("edit", "one", "volume=999", folder=project)
    refpipe("undo", key_of(project, "bibtex"), folder=project)
    with Library.open(project / "library.db", writable=False) as library:
        assert list(library.works()) == [], "a correction of nothing is no work"
    told = refpipe("import", "r.bib", folder=project)
    again = told.stderr
    assert told.returncode == 1, "not every entry is in the library"
    assert "r.bib:1: it was taken back on " in again
    (undo,) = re.findall(r"refpipe undo (\w+) takes it in again", again)
    assert refpipe("undo", undo, folder=project).returncode == 0
    assert refpipe("import", "r.bib", folder=project).returncode == 0
    assert refpipe("refs", folder=project).returncode == 0
    assert "vol. 999" in (project / "a.md").read_text(encoding="utf-8")
    fake_registry.add(answer(0, "10.5555/0"))
    refpipe("add", "10.5555/0", folder=project, extra=fake_registry.environ)
    refpipe("undo", key_of(project, "crossref"), folder=project)
    asked = refpipe("add", "10.5555/0", folder=project, extra=fake_registry.environ)
    assert asked.returncode == 2
    assert "10.5555/0: it was taken back on " in asked.stderr


def test_a_key_that_means_two_papers_is_told_when_libraries_come_together(project: Path) -> None:
    (project / "other").mkdir()
    (project / "other" / "refpipe.toml").touch()
    (project / "other" / "r.bib").write_text(entry("one", 0, "10.5555/6"), encoding="utf-8")
    refpipe("import", "r.bib", folder=project / "other")
    loaded = refpipe("db", "load", "other/library.db", folder=project)
    assert loaded.returncode == 1
    assert "the name one was given to two works" in loaded.stderr
    assert refpipe("db", "load", "other/library.db", folder=project).returncode == 0


def test_an_answer_that_was_taken_back_confirms_nothing(
    tmp_path: Path, fake_registry: FakeRegistry
) -> None:
    """Though a search finds the same answer again."""
    (tmp_path / "refpipe.toml").touch()
    (tmp_path / "r.bib").write_text(entry("one", 3, ""), encoding="utf-8")
    fake_registry.add(answer(3, "10.5555/3"))
    refpipe("add", "10.5555/3", folder=tmp_path, extra=fake_registry.environ)
    refpipe("undo", key_of(tmp_path, "crossref"), folder=tmp_path)
    refpipe("import", "r.bib", folder=tmp_path)
    for _ in range(2):
        told = refpipe("confirm", folder=tmp_path, extra=fake_registry.environ)
        assert "unconfirmed  one  it was taken back on " in told.stderr
        assert told.returncode == 1
    shown = json.loads(refpipe("show", "one", "--format", "json", folder=tmp_path).stdout)
    assert "DOI" not in shown["item"]


def test_what_stays_of_a_tie_to_a_record_that_was_taken_back_is_the_same_anew(
    tmp_path: Path,
) -> None:
    """The record stated the tied number and was of another paper: no work leads to it."""
    text = entry("one", 3, "10.5555/3").replace("}\n", ", pmid = {111}}\n")
    doi, pmid = Identifier(Scheme.DOI, "10.5555/5"), Identifier(Scheme.PMID, "111")
    tie = Decision(kind=DecisionKind.MATCH, a=pmid, b=doi, by="rule", rule="asked")
    heard = Record(source="crossref", identifier=doi, payload=json.dumps(answer(5, doi.value)))
    with Library.open(tmp_path / "library.db", create=True) as library:
        read = [one for one in exchange.read_all("bibtex", text) if isinstance(one, FileEntry)]
        list(intake.take_entries(library, "bibtex", "r.bib", read, now="2026-01-01T00:00:00Z"))
        library.decide([tie], made="2026-01-01T00:00:01Z")
        intake.take(library, heard, now="2026-01-01T00:00:02Z")
        library.undo(next(library.records()).key, made="2026-01-01T00:00:03Z")
        manual_entry.correct(
            library, doi.value, ["volume=9"], reason="", now="2026-01-01T00:00:04Z"
        )
        assert library.find(pmid) == library.find(doi)
        assert library.faults() == ()


def test_another_name_of_what_was_taken_back_prints_nothing(
    tmp_path: Path, fake_registry: FakeRegistry
) -> None:
    """An entry that says no more than a DOI stood in the list, numbered like a reference."""
    (tmp_path / "refpipe.toml").write_text('articles = ["a.md"]\n', encoding="utf-8")
    page = "A [@doi:10.5555/old].\n\n<!--bibliography-->\n"
    (tmp_path / "a.md").write_text(page, encoding="utf-8")
    fake_registry.add(answer(3, "10.5555/3"))
    fake_registry.aliases["10.5555/old"] = "10.5555/3"
    assert refpipe("refs", folder=tmp_path, extra=fake_registry.environ).returncode == 0
    before = (tmp_path / "a.md").read_text(encoding="utf-8")
    assert "elbow" in before
    with Library.open(tmp_path / "library.db", writable=False) as library:
        assert {one.source for one in library.records()} == {"crossref", "alias"}
    assert refpipe("undo", key_of(tmp_path, "crossref"), folder=tmp_path).returncode == 0
    with Library.open(tmp_path / "library.db", writable=False) as library:
        assert list(library.works()) == []
    asked = refpipe("refs", folder=tmp_path, extra=fake_registry.environ)
    assert asked.returncode == 2
    assert "it was taken back on " in asked.stderr
    assert refpipe("refs", "--offline", folder=tmp_path).returncode == 2
    assert refpipe("check", folder=tmp_path).returncode == 2
    assert refpipe("show", "10.5555/old", folder=tmp_path).returncode == 2
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == before
