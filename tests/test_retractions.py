"""Retractions: the data set read and indexed, and what every command says of a work that fell."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from xml.etree import ElementTree

import pytest
from fake_registry import FakeRegistry
from fake_registry.faults import KINDS, Fault
from hypothesis import given
from hypothesis import strategies as st
from running import refpipe

from refpipe import cli, config, identifiers, items
from refpipe.checks import standing
from refpipe.errors import RefpipeError, UnreadableText, UsageError
from refpipe.library import Library
from refpipe.model import Identifier, Record, Relation, Scheme, Work
from refpipe.pipeline import retractions
from refpipe.pipeline.editor import session
from refpipe.retractions import index as rows
from refpipe.retractions import index as update
from refpipe.retractions.index import Index

HEADER = [
    "Record ID", "Title", "Subject", "Institution", "Journal", "Publisher", "Country", "Author",
    "URLS", "ArticleType", "RetractionDate", "RetractionDOI", "RetractionPubMedID",
    "OriginalPaperDate", "OriginalPaperDOI", "OriginalPaperPubMedID", "RetractionNature",
    "Reason", "Paywalled", "Notes", "",
]  # fmt: skip


def row(record: int, paper: str, nature: str, date: str, **changes: str) -> dict[str, str]:
    return {
        "Record ID": str(record),
        "Title": "A made-up title, “with” commas",
        "RetractionDate": f"{date} 0:00",
        "RetractionDOI": f"10.5555/notice.{record}",
        "RetractionPubMedID": "0",
        "OriginalPaperDOI": paper,
        "OriginalPaperPubMedID": "0",
        "RetractionNature": nature,
        "Reason": "Concerns/Issues about Data;Investigation by Journal/Publisher;",
    } | changes


def data_set(*listed: dict[str, str], bom: bool = False) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    writer.writerows([one.get(name, "") for name in HEADER] for one in listed)
    return (b"\xef\xbb\xbf" if bom else b"") + text.getvalue().encode()


ROWS = (
    row(1, "10.5555/Fallen", "Retraction", "2/6/2010", OriginalPaperPubMedID="111"),
    row(2, "10.5555/doubtful", "Expression of concern", "3/1/2020"),
    row(3, "10.5555/mended", "Correction", "4/1/2020"),
    row(4, "10.5555/restored", "Retraction", "1/1/2020"),
    row(5, "10.5555/restored", "Reinstatement", "5/1/2021"),
    row(6, "10.5555/replaced", "Retraction", "1/1/2020", Reason="Retract and Replace;"),
    row(7, "10.5555/replaced", "Reinstatement", "5/1/2021", Reason="+Retract and Replace;"),
    row(8, "10.5555/doubtful-then-fallen", "Expression of concern", "6/25/2021"),
    row(9, "10.5555/doubtful-then-fallen", "Retraction", "2/14/2024"),
    row(10, "10.5555/in-place", "Retraction", "1/2/2020", RetractionDOI="10.5555/in-place"),
    row(11, "unavailable", "Retraction", "1/2/2020"),
    row(12, "10.5555/S0140-6736(97)1-0", "Retraction", "1/2/2020", RetractionDOI="Unavailable"),
    row(13, "10.1002/1096(200005)74:3%3C201::AID-JSO8%3E3.0.CO;2-5", "Retraction", "1/2/2020"),
    row(14, "10.5555/a;10.5555/b", "Retraction", "1/2/2020"),
)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    path = tmp_path / "data.csv"
    path.write_bytes(data_set(*ROWS, bom=True))
    target = tmp_path / "cache" / "retractions.sqlite"
    update.from_file(path, target, now="2026-06-01T00:00:00Z")
    return target


def doi(text: str) -> Identifier:
    found = identifiers.doi(text)
    assert found is not None
    return found


# ── reading ────────────────────────────────────────────────────────────────────────────


def test_the_index_finds_papers_and_notices_by_doi_and_pmid(index: Path) -> None:
    pmid = Identifier(Scheme.PMID, "111")
    names = ("fallen", "notice.1", "in-place", "s0140-6736(97)1-0", "a", "b", "unknown")
    with Index(index) as known:
        found = known.find([pmid, *(Identifier(Scheme.DOI, f"10.5555/{name}") for name in names)])
        sici = doi("10.1002/1096(200005)74:3<201::AID-JSO8>3.0.CO;2-5")
        assert known.find([sici])
        assert known.count == len(ROWS) - 1
        assert known.day == "2026-06-01"
    assert {one.value for one in found} == {
        "111", *(f"10.5555/{name}" for name in names if name != "unknown")
    }  # fmt: skip
    notice = found[pmid][0].notice
    assert (notice.kind, notice.date) == ("retraction", "2010-02-06")
    assert notice.reasons[0] == "Concerns/Issues about Data"
    assert found[doi("10.5555/in-place")][0].is_paper
    assert not found[doi("10.5555/notice.1")][0].is_paper


def test_a_file_that_breaks_off_leaves_the_old_index(index: Path, tmp_path: Path) -> None:
    before = index.read_bytes()
    whole = data_set(*ROWS)
    for cut in (whole[: len(whole) - 40], whole[:100], b"", b"<html>", b"a,b\n1,2\n"):
        path = tmp_path / "cut.csv"
        path.write_bytes(cut)
        with pytest.raises(RefpipeError):
            update.from_file(path, index, now="2026-06-02T00:00:00Z")
        assert index.read_bytes() == before
    assert [path.name for path in index.parent.iterdir()] == [index.name]


def test_a_kind_that_nobody_knows_is_counted_and_not_guessed() -> None:
    tally = rows.Tally()
    lines = data_set(*ROWS, row(99, "10.5555/x", "Removal", "1/1/2020")).decode().splitlines(True)
    assert len(list(rows.read(lines, tally))) == len(ROWS) - 1
    assert tally.unknown == {"removal": 1}
    assert tally.nameless == 1


@given(st.lists(st.lists(st.text(max_size=12), max_size=22), max_size=6))
def test_no_file_makes_the_reader_raise_but_to_refuse_it(table: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([HEADER, *table])
    tally = rows.Tally()
    try:
        found = list(rows.read(io.StringIO(text.getvalue(), newline=""), tally))
    except UnreadableText:
        return
    assert all(notice.paper for notice in found)


@given(st.text("0123456789abcdefXYZ./()<>;:-_%", min_size=1, max_size=24))
def test_a_doi_is_indexed_as_it_is_read_anywhere_else(suffix: str) -> None:
    tally = rows.Tally()
    lines = (
        data_set(row(1, f"10.5555/{suffix}", "Retraction", "1/1/2020")).decode().splitlines(True)
    )
    found = [one for notice in rows.read(lines, tally) for one in notice.paper]
    for one in found:
        assert identifiers.doi(one.value) == one


# ── getting ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Ran:
    """What a command came to."""

    returncode: int
    stdout: str
    stderr: str


class Run(Protocol):
    """A command, run in a project's folder against the fake registries."""

    def __call__(self, folder: Path, *arguments: str) -> Ran: ...


@pytest.fixture
def run(
    fake_registry: FakeRegistry, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Commands without a process of their own, which would take most of the time."""

    def one(folder: Path, *arguments: str) -> Ran:
        for name, value in fake_registry.environ.items():
            monkeypatch.setenv(name, value)
        path = folder / "cache" / "retractions.sqlite"
        monkeypatch.setenv("REFPIPE_RETRACTIONS", os.fspath(path))
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780272000")
        monkeypatch.chdir(folder)
        capsys.readouterr()
        code = cli.run(list(arguments))
        told = capsys.readouterr()
        return Ran(code, told.out, told.err)

    return one


def test_the_data_are_downloaded_once(
    fake_registry: FakeRegistry, run: Run, tmp_path: Path
) -> None:
    fake_registry.data_set = data_set(*ROWS)
    first = run(tmp_path, "retractions", "update")
    assert first.returncode == 0, first.stderr
    assert "13 notices" in first.stderr
    second = run(tmp_path, "retractions", "update")
    assert second.returncode == 0
    assert "here already" in second.stderr
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["retractions.sqlite"]
    assert "13 notices" in run(tmp_path, "retractions", "status").stdout


_SOON = [k for k in KINDS if k not in {"drip", "drip head", "huge", "hang", "loop"}]


@pytest.mark.parametrize("kind", _SOON)
def test_a_bad_download_leaves_what_was_known(
    fake_registry: FakeRegistry, index: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in fake_registry.environ.items():
        monkeypatch.setenv(name, value)
    fake_registry.data_set = data_set(*ROWS)
    fake_registry.faults["dataset"] = Fault(kind)
    before = index.read_bytes()
    with pytest.raises(RefpipeError):
        update.from_network(fake_registry.settings(), index, now="2026-06-02T00:00:00Z")
    assert index.read_bytes() == before
    assert [path.name for path in index.parent.iterdir()] == [index.name]
    fake_registry.faults["dataset"] = Fault(kind, times=1)
    if kind in {"500", "503", "504", "cut", "reset"}:
        update.from_network(fake_registry.settings(), index, now="2026-06-02T00:00:00Z")


def test_data_that_shrank_are_not_believed(
    fake_registry: FakeRegistry, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFPIPE_RETRACTION_DATA_URL", f"{fake_registry.base}/dataset/x.csv")
    fake_registry.data_set = data_set(*ROWS[:3])
    with pytest.raises(UnreadableText, match="3 notices"):
        update.from_network(fake_registry.settings(), index, now="2026-06-02T00:00:00Z")
    with Index(index) as known:
        assert known.count == len(ROWS) - 1


# ── what the notices come to ───────────────────────────────────────────────────────────


def work(*said: tuple[str, str, str]) -> Work:
    ties = tuple(
        Relation(kind=kind, target=doi("10.5555/n"), date=date, source=source)
        for kind, date, source in said
    )
    return Work(id="doi:10.5555/w", name="w", item={}, relations=ties)


def test_a_retraction_holds_until_it_is_withdrawn() -> None:
    retracted = ("retraction", "2020-01-01", "publisher")
    assert standing.retractions(work(retracted))
    assert not standing.retractions(work(retracted, ("reinstatement", "2021-01-01", "x")))
    assert standing.retractions(work(("reinstatement", "2019-01-01", "x"), retracted))
    assert standing.retractions(work(retracted, ("correction", "2024-01-01", "x")))
    assert not standing.concerns(work(retracted, ("expression-of-concern", "2019-01-01", "x")))
    assert not standing.concerns(
        work(("expression-of-concern", "2019-01-01", "x"), ("reinstatement", "2020-01-01", "x"))
    )


def test_a_paper_that_was_overwritten_by_its_notice_is_the_paper() -> None:
    both = work(("retraction", "2020-01-01", "x"), ("retraction-of", "2020-01-01", "x"))
    assert standing.retractions(both)
    assert not standing.notices_of(both)


def test_sources_that_disagree_are_named() -> None:
    found = work(("retraction", "2020-01-01", "publisher"), ("correction", "2020-01-01", "pubmed"))
    assert standing.disagreement(found) == ("publisher", "pubmed")
    assert standing.disagreement(work(("retraction", "2020-01-01", "publisher"))) == ("", "")


def test_pubmed_says_what_became_of_an_article() -> None:
    message = {
        "uid": "111",
        "title": "A made-up trial",
        "pubtype": ["Journal Article", "Retracted Publication"],
        "references": [
            {"reftype": "Retraction in", "refsource": "Made-up J. 2010 Feb 6;3(1):4.", "pmid": 222},
            {"reftype": "Erratum in", "refsource": "X. 2009;1:2. doi: 10.5555/e.", "pmid": 333},
            {"reftype": "Update in", "refsource": "Cochrane. 2015;1:CD1.", "pmid": "444"},
            {"reftype": "Comment in", "refsource": "X. 2009;1:3.", "pmid": 555},
        ],
    }
    record = Record(
        source="pubmed",
        identifier=Identifier(Scheme.PMID, "111"),
        payload=items.canonical("pubmed", message),
    )
    told = {(tie.kind, str(tie.target), tie.date) for tie in items.read(record).relations}
    assert told == {
        ("retraction", "pmid:222", "2010-02-06"),
        ("correction", "doi:10.5555/e", "2009"),
        ("new-version", "pmid:444", "2015"),
    }
    unlisted = message | {"references": []}
    payload = items.canonical("pubmed", unlisted)
    record = Record(source="pubmed", identifier=record.identifier, payload=payload)
    assert [tie.kind for tie in items.read(record).relations] == ["retraction"]


def test_an_addendum_is_no_correction() -> None:
    later = {"DOI": "10.5555/more", "type": "addendum", "source": "publisher"}
    message = {"DOI": "10.5555/x", "type": "journal-article", "updated-by": [later]}
    record = Record(
        source="crossref",
        identifier=doi("10.5555/x"),
        payload=items.canonical("crossref", message),
    )
    assert [tie.kind for tie in items.read(record).relations] == ["addendum"]


def test_a_notice_on_the_papers_own_page_is_about_the_paper() -> None:
    later = {"DOI": "10.5555/x", "type": "retraction", "source": "publisher"}
    version = {"DOI": "10.5555/x", "type": "new_version", "source": "publisher"}
    message = {"DOI": "10.5555/x", "type": "journal-article", "update-to": [later, version]}
    record = Record(
        source="crossref",
        identifier=doi("10.5555/x"),
        payload=items.canonical("crossref", message),
    )
    assert [tie.kind for tie in items.read(record).relations] == ["retraction"]


SAMPLES = Path(os.environ.get("REFPIPE_SHARED", Path(__file__).resolve().parents[2] / "shared"))
SAMPLES = SAMPLES / "data" / "retractions"


@pytest.mark.skipif(not SAMPLES.exists(), reason="../shared/data/retractions is absent")
def test_real_rows_are_read(tmp_path: Path) -> None:
    target = tmp_path / "index.sqlite"
    made = update.from_file(
        SAMPLES / "retraction_watch-sample.csv", target, now="2026-01-01T00:00:00Z"
    )
    assert (made.tally.damaged, made.tally.unknown) == (0, {})
    assert made.notices + made.tally.nameless == made.tally.rows
    paper = doi("10.1016/S0140-6736(97)11096-0")
    with Index(target) as known:
        (found,) = known.find([paper])[paper]
    assert (found.notice.kind, found.notice.date) == ("retraction", "2010-02-06")


def test_pubmeds_xml_says_the_same() -> None:
    payload = (
        "<PubmedArticle><MedlineCitation><PMID>111</PMID><Article><ArticleTitle>A trial."
        "</ArticleTitle><Journal><Title>J</Title></Journal></Article><CommentsCorrectionsList>"
        '<CommentsCorrections RefType="RetractionIn"><RefSource>J. 2010 Feb 6;3:4</RefSource>'
        "<PMID>222</PMID></CommentsCorrections></CommentsCorrectionsList></MedlineCitation>"
        "</PubmedArticle>"
    )
    own = Identifier(Scheme.PMID, "111")
    reading = items.read(Record(source="pubmed-xml", identifier=own, payload=payload))
    assert [(tie.kind, str(tie.target)) for tie in reading.relations] == [
        ("retraction", "pmid:222")
    ]


# ── what the commands say ──────────────────────────────────────────────────────────────


def message(name: str) -> dict[str, object]:
    return {
        "DOI": f"10.5555/{name}",
        "type": "journal-article",
        "title": [f"A made-up trial of {name} beds against the fictional back"],
        "author": [{"family": "Doe", "given": "Jane"}],
        "container-title": ["Journal of Made-up Results"],
        "issued": {"date-parts": [[2009]]},
        "volume": "3",
        "page": "10-19",
    }


@pytest.fixture
def project(fake_registry: FakeRegistry, tmp_path: Path, index: Path) -> Path:
    """A project whose registries know the works and nothing of their standing."""
    names = ("fallen", "doubtful", "mended", "restored", "replaced", "notice.1", "sound")
    fake_registry.add_all(message(name) for name in names)
    (tmp_path / "pyproject.toml").write_text("[tool.refpipe]\n", encoding="utf-8")
    (tmp_path / "articles").mkdir()
    return tmp_path


def article(folder: Path, *names: str, page: str = "a.md") -> Path:
    path = folder / "articles" / page
    cited = "".join(f"文{name} [@doi:10.5555/{name}]。\n\n" for name in names)
    path.write_text(f"# 題\n\n{cited}<!--bibliography-->\n<!--/bibliography-->\n", encoding="utf-8")
    return path


def test_refs_says_at_once_what_fell(run: Run, project: Path) -> None:
    article(project, "sound", "mended")
    fine = run(project, "refs")
    assert fine.returncode == 0, fine.stderr
    assert "note: articles/a.md:5:" in fine.stderr
    assert "RET003" in fine.stderr
    path = article(project, "fallen", "doubtful", "restored", "replaced", "notice.1", "sound")
    ran = run(project, "refs")
    assert ran.returncode == 1
    for code, word in (
        ("RET001", "was retracted (2010-02-06)"),
        ("RET002", "concern"),
        ("RET007", "that was withdrawn"),
        ("RET007", "replaced by a mended version"),
        ("RET006", "the notice that retracted https://doi.org/10.5555/fallen"),
    ):
        assert re.search(rf"{code} [^\n]*{re.escape(word)}", ran.stderr), (code, ran.stderr)
    assert "Concerns/Issues about Data" in ran.stderr
    assert "[6]" in path.read_text(encoding="utf-8")
    # A second run says it again: it is not in order because it was said once.
    assert run(project, "refs").returncode == 1


def test_refs_is_due_again_when_the_data_change(
    fake_registry: FakeRegistry, run: Run, project: Path, index: Path
) -> None:
    article(project, "sound")
    assert run(project, "refs").returncode == 0
    fake_registry.forget_requests()
    assert run(project, "refs").returncode == 0
    path = project / "new.csv"
    path.write_bytes(data_set(*ROWS, row(50, "10.5555/sound", "Retraction", "1/2/2026")))
    assert run(project, "retractions", "update", "--file", str(path)).returncode == 0
    ran = run(project, "refs")
    assert ran.returncode == 1
    assert "RET001" in ran.stderr
    assert fake_registry.requests == []


def test_a_retraction_can_be_acknowledged(run: Run, project: Path) -> None:
    article(project, "fallen")
    assert run(project, "refs").returncode == 1
    waived = run(project, "waive", "RET001", "doi:10.5555/fallen", "cited as such")
    assert waived.returncode == 0, waived.stderr
    assert run(project, "refs").returncode == 0


def test_check_says_what_fell_offline(fake_registry: FakeRegistry, run: Run, project: Path) -> None:
    article(project, "fallen", "sound")
    run(project, "refs")
    fake_registry.forget_requests()
    ran = run(project, "check", "articles", "--format", "json")
    codes = [one["code"] for one in json.loads(ran.stdout)]
    assert codes.count("RET001") == 1
    assert fake_registry.requests == []
    by_hand = project / "articles" / "b.md"
    by_hand.write_text(
        "# 題\n\n腰の話[1]。\n\n## 参考文献\n\n"
        "[1] Doe J. A made-up trial. J Made Up. 2009;3:10-19. doi:10.5555/fallen\n\n"
        "[2] Doe J. Another made-up trial. J Made Up. 2009;3:20-29. doi:10.5555/sound\n",
        encoding="utf-8",
    )
    ran = run(project, "check", "articles/b.md")
    assert re.search(r"articles/b\.md:7:\d+: RET001", ran.stdout), ran.stdout


def test_a_page_is_looked_at_again_once_there_are_data(run: Run, project: Path) -> None:
    """Also where there is no library yet, so that nothing else has changed."""
    (project / "articles" / "b.md").write_text(
        "# 題\n\n腰の話[1]。膝の話[2]。\n\n## 参考文献\n\n"
        "[1] Doe J. A made-up trial. J Made Up. 2009;3:10-19. doi:10.5555/fallen\n\n"
        "[2] Doe J. Another made-up trial. J Made Up. 2009;3:20-29. doi:10.5555/sound\n",
        encoding="utf-8",
    )
    data = (project / "cache").rename(project / "later")
    before = run(project, "check", "articles", "--select", "RET")
    assert "RET001" not in before.stdout
    data.rename(project / "cache")
    assert "RET001" in run(project, "check", "articles", "--select", "RET").stdout


def test_check_says_that_there_are_no_data(run: Run, project: Path) -> None:
    article(project, "sound")
    run(project, "refs")
    shutil.rmtree(project / "cache")
    ran = run(project, "check", "articles")
    assert "not on this machine" in ran.stderr
    assert "refpipe retractions update" in ran.stderr


def test_add_and_adopt_never_say_only_confirmed(run: Run, project: Path) -> None:
    ran = run(project, "add", "10.5555/fallen")
    assert ran.returncode == 1
    assert "RET001" in ran.stderr
    page = project / "articles" / "b.md"
    page.write_text(
        "# 題\n\n腰の話[1]。膝の話[2]。\n\n## 参考文献\n\n"
        "[1] Doe J. A made-up trial of fallen beds against the fictional back. Journal of Made-up"
        " Results. 2009;3:10-19. doi:10.5555/fallen\n\n"
        "[2] Doe J. A made-up trial of doubtful beds against the fictional back. Journal of Made-up"
        " Results. 2009;3:10-19. doi:10.5555/doubtful\n",
        encoding="utf-8",
    )
    ran = run(project, "adopt", "articles/b.md")
    assert ran.returncode == 1, ran.stderr
    assert "RET001" in ran.stderr
    assert "RET002" in ran.stderr


@pytest.mark.parametrize(
    ("kind", "code", "told"),
    [("unknown", 1, 1), ("silent", 2, 1), ("differs", 1, 1), ("of another work", 1, 0)],
)
@pytest.mark.parametrize("command", ["adopt", "confirm"])
def test_what_fell_is_told_whatever_a_registry_answers(
    fake_registry: FakeRegistry,
    run: Run,
    project: Path,
    command: str,
    kind: str,
    code: int,
    told: int,
) -> None:
    name = "nobody" if kind == "unknown" else "fallen"
    data = data_set(*ROWS, row(99, "10.5555/nobody", "Retraction", "2/6/2010"))
    (project / "data.csv").write_bytes(data)
    index = project / "cache" / "retractions.sqlite"
    update.from_file(project / "data.csv", index, now="2026-06-01T00:00:00Z")
    title = f"A made-up trial of {name} beds against the fictional back"
    if kind == "of another work":
        title = "Reed beds and their keepers"
    pages = "30-39" if kind == "differs" else "10-19"
    page = project / "articles" / "b.md"
    page.write_text(
        f"# 題\n\n腰の話[1]。\n\n## 参考文献\n\n[1] Doe J. {title}. Journal of Made-up Results."
        f" 2009;3:{pages}. doi:10.5555/{name}\n",
        encoding="utf-8",
    )
    if kind == "silent":
        fake_registry.faults["10.5555/fallen"] = Fault("no object")
    if command == "adopt":
        ran = run(project, "adopt", "articles/b.md")
    else:
        assert "RET001" in run(project, "adopt", "--offline", "articles/b.md").stderr
        ran = run(project, "confirm")
    assert ran.returncode == code, ran.stderr
    assert ran.stderr.count("RET001") == told, ran.stderr


# ── overnight ──────────────────────────────────────────────────────────────────────────


def test_a_job_is_told_each_change_once(
    fake_registry: FakeRegistry, run: Run, project: Path, index: Path
) -> None:
    article(project, "sound", "mended")
    article(project, "sound", page="b.md")
    (project / "articles" / "c.md").write_text(
        "# 題\n\n話[1]。\n\n## 参考文献\n\n[1] Doe J. Trial. J. 2009;3:1-2. doi:10.5555/sound\n",
        encoding="utf-8",
    )
    run(project, "refs", "articles/a.md", "articles/b.md")
    fake_registry.forget_requests()

    def look() -> Ran:
        outputs = ("--atom", "feed.xml", "--issue", "issue.md")
        return run(project, "retractions", "changed", *outputs)

    first = look()
    assert first.returncode == 1, first.stderr
    assert "was corrected (2020-04-01)" in first.stdout
    assert "first run" in first.stderr
    (project / "issue.md").unlink()
    assert look().returncode == 0
    assert not (project / "issue.md").exists()
    fallen = row(50, "10.5555/sound", "Retraction", "1/2/2026")
    path = project / "new.csv"
    path.write_bytes(data_set(*ROWS, fallen))
    run(project, "retractions", "update", "--file", str(path))
    ran = look()
    assert ran.returncode == 1
    for page in ("a.md", "b.md", "c.md"):
        assert re.search(rf"articles/{page}:\d+: doi:10\.5555/sound: .*was retracted", ran.stdout)
    body = (project / "issue.md").read_text(encoding="utf-8")
    assert body.count("- [ ]") == 3
    assert "### `articles/b.md`" in body
    feed = ElementTree.fromstring((project / "feed.xml").read_text(encoding="utf-8"))
    entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
    assert len(entries) == 4
    assert len({one.findtext("{http://www.w3.org/2005/Atom}id") for one in entries}) == 4
    assert look().returncode == 0
    # The retraction was a mistake of the data: it is told that it is gone.
    path.write_bytes(data_set(*ROWS))
    run(project, "retractions", "update", "--file", str(path))
    ran = look()
    assert ran.returncode == 1
    assert "no longer: was retracted" in ran.stdout
    assert fake_registry.requests == []


def test_without_data_nothing_looks_like_success(run: Run, project: Path) -> None:
    article(project, "sound")
    shutil.rmtree(project / "cache")
    ran = run(project, "retractions", "changed")
    assert ran.returncode == 2
    assert "refpipe retractions update" in ran.stderr


def test_a_damaged_state_is_not_taken_for_the_first_run(run: Run, project: Path) -> None:
    article(project, "fallen")
    (project / "state.json").write_text("{", encoding="utf-8")
    ran = run(project, "retractions", "changed", "--state", "state.json")
    assert ran.returncode == 2
    assert (project / "state.json").read_text(encoding="utf-8") == "{"


@pytest.mark.parametrize("has_notice", [False, True])
def test_a_page_in_order_is_told_of_a_notice_that_has_no_day(
    tmp_path: Path, has_notice: bool
) -> None:
    (tmp_path / "refpipe.toml").write_text('articles = ["."]\nlang = "en"\n', encoding="utf-8")
    (tmp_path / "a.md").write_text("x [@pmid:77]\n\n<!--bibliography-->\n", encoding="utf-8")

    def heard(*notices: dict[str, str], kinds: tuple[str, ...] = ()) -> None:
        payload = json.dumps(
            {"uid": "77", "title": "A made-up trial.", "pubdate": "2009", "source": "J Made Up",
             "pubtype": ["Journal Article", *kinds], "references": notices}
        )  # fmt: skip
        record = Record(source="pubmed", identifier=Identifier.parse("pmid:77"), payload=payload)
        with Library.open(tmp_path / "library.db", create=True) as library:
            library.add([record], heard=f"2026-01-0{1 + len(notices) + len(kinds)}T00:00:00Z")

    heard()
    assert refpipe("refs", "--offline", folder=tmp_path).returncode == 0
    if has_notice:
        heard({"reftype": "Retraction in", "refsource": "J Made Up", "pmid": "78"})
    else:
        heard(kinds=("Retracted Publication",))
    again = refpipe("refs", "--offline", folder=tmp_path)
    assert (again.returncode, "RET001" in again.stderr) == (1, True), again.stdout + again.stderr


@pytest.mark.parametrize(
    "state",
    [
        {"pages": {"a.md": 3}},
        {"pages": {"a.md": {"doi:10.5555/a": []}}},
        {"pages": {"a.md": {"doi:10.5555/a": {"retraction x": ["retraction"]}}}},
        {"pages": {"a.md": {"doi:10.5555/a": {"x": ["retraction", "nobody:1", "", "", ""]}}}},
        {"pages": {"a.md": {"doi:10.5555/a": {"x": [1, 2, 3, 4, 5]}}}},
        {"pages": {}, "events": 4},
        {"pages": {}, "events": [3]},
    ],
)
def test_a_damaged_state_is_told_and_not_stumbled_over(
    tmp_path: Path, state: dict[str, object]
) -> None:
    path = tmp_path / "standing.json"
    path.write_text(json.dumps({"version": 1, **state}), encoding="utf-8")
    with pytest.raises(UsageError, match="is no state of refpipe retractions"):
        retractions.read_state(path)


@pytest.mark.parametrize(
    ("cited", "shown"), [("fallen", "**retracted**"), ("restored", ""), ("sound", "")]
)
def test_an_editor_shows_what_the_data_on_this_machine_know(
    run: Run, project: Path, cited: str, shown: str
) -> None:
    page = article(project, cited)
    run(project, "refs")
    with closing(session.Session(config.load(project))) as opened:
        view = opened.view(page, page.read_text(encoding="utf-8"))
        place = next(session.places(view))
        told = session.explain(opened, view, place, lang="en")
    assert ("**retracted**" in told) is bool(shown), told
