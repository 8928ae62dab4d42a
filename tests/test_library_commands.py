"""The commands that search, correct, decide and take back, as a writer uses them."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from refpipe import cli
from refpipe.cli import console
from refpipe.library import Library
from refpipe.model import Decision, DecisionKind, Identifier, Record

A, B, C = "doi:10.1234/a", "doi:10.1234/b", "doi:10.1234/c"
ITEMS = {
    A: {
        "title": "Acute low back pain and radiculopathy",
        "author": [{"family": "Modic", "given": "M. T."}],
        "container-title": "Radiology",
        "volume": "237",
        "issued": {"date-parts": [[2005, 11]]},
    },
    B: {
        "title": "Acute low back pain and radiculopathies",
        "author": [{"family": "Modic", "given": "M."}, {"family": "Ross", "given": "J."}],
        "issued": {"date-parts": [[2005]]},
    },
    C: {
        "title": "腰椎椎間板ヘルニアの自然経過",
        "author": [{"family": "山田", "given": "太郎"}],
        "container-title": "整形外科",
        "issued": {"date-parts": [[2019]]},
    },
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "pyproject.toml").write_text("[tool.refpipe]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with Library.open(tmp_path / "library.db", create=True) as library:
        for key, item in ITEMS.items():
            payload = json.dumps({"type": "article-journal", **item}, ensure_ascii=False)
            record = Record(source="csl", identifier=Identifier.parse(key), payload=payload)
            library.add([record], heard="2026-01-01T00:00:00Z")
    return tmp_path


class Done:
    """What a command printed and how it ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> Done:
    code = cli.run(arguments)
    told = capsys.readouterr()
    return Done(code, told.out, told.err)


Capsys = pytest.CaptureFixture[str]


def items(project: Path) -> dict[str, dict[str, object]]:
    with Library.open(project / "library.db", writable=False) as library:
        return {work.id: dict(work.item) for work in library.works()}


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("椎間板", ["山田2019"]),
        ("椎間", ["山田2019"]),
        ("山田太郎", ["山田2019"]),
        ("太郎 整形", ["山田2019"]),
        ("RADIO", ["modic2005"]),
        ("modic radiculopath", ["modic2005", "modic2005a"]),
        ("10.1234/b", ["modic2005a"]),
        ("modic2005a", ["modic2005a"]),
        ("２００５ ross", ["modic2005a"]),
        ('"', []),
        ("radiology ross", []),
        ("%", []),
    ],
)
def test_search(project: Path, capsys: Capsys, words: str, names: list[str]) -> None:
    done = run("search", *words.split(), "--format", "json", capsys=capsys)
    assert sorted(one["name"] for one in json.loads(done.out)) == names
    assert done.code == (0 if names else 1)


def test_cite_prints_one_and_lists_several(project: Path, capsys: Capsys) -> None:
    done = run("cite", "椎間板", "-l", "p. 5", capsys=capsys)
    assert (done.code, done.out) == (0, "[@doi:10.1234/c, p. 5]\n")
    done = run("cite", "modic", capsys=capsys)
    assert done.code == 1
    assert [line.split("\t")[0] for line in done.out.splitlines()] == [f"[@{A}]", f"[@{B}]"]
    assert run("cite", "nobody", capsys=capsys).code == 1


def test_a_merge_keeps_both_names_and_undo_gives_back_what_was(
    project: Path, capsys: Capsys
) -> None:
    before = items(project)
    shown = run("db", "view", capsys=capsys).out.split("decision")[0]
    assert (
        run("merge", "modic2005", "modic2005a", "--yes", "--reason", "same", capsys=capsys).code
        == 0
    )
    with Library.open("library.db", writable=False) as library:
        works = [library.find(Identifier.parse(f"name:{n}")) for n in ("modic2005", "modic2005a")]
    assert works[0] is not None
    assert works[0] == works[1]
    assert works[0].name == "modic2005"
    assert run("undo", capsys=capsys).code == 0
    assert items(project) == before
    assert run("db", "view", capsys=capsys).out.split("decision")[0] == shown


def test_names_of_a_merged_work_can_be_told_apart_again(project: Path, capsys: Capsys) -> None:
    run("merge", A, B, "--yes", capsys=capsys)
    assert run("split", "modic2005", "modic2005a", capsys=capsys).code == 0
    assert set(items(project)) == {A, B, C}


def test_decisions_within_one_second_count_in_their_order(
    project: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    for number in range(6):
        how = ("merge", A, B, "--yes") if number % 2 else ("split", A, B)
        run(*how, capsys=capsys)
        assert len(items(project)) == (2 if number % 2 else 3)
    for number in range(4):
        run("edit", A, f"volume={7 + number % 2}", capsys=capsys)
        assert items(project)[A]["volume"] == str(7 + number % 2)


def test_an_undo_walks_back_and_can_itself_be_undone(project: Path, capsys: Capsys) -> None:
    run("edit", A, "volume=1", capsys=capsys)
    run("edit", A, "volume=2", capsys=capsys)
    told = [run("undo", capsys=capsys) for _ in range(2)]
    assert "the last thing decided by hand" in told[0].err
    assert items(project)[A]["volume"] == "237"
    key = told[1].err.split()[-1]
    run("undo", key, capsys=capsys)
    assert items(project)[A]["volume"] == "1"
    run("undo", capsys=capsys)
    assert run("undo", capsys=capsys).code == 2


def test_an_undo_of_what_a_rule_held_says_so(
    tmp_path: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    fields = "title={Acute low back pain}, journal={Radiology}, year=2005, volume=237, pages={597}"
    authors = ("Modic, M. T.", "Modic, Michael T.")
    entries = [f"@article{{a{n}, author={{{who}}}, {fields}}}" for n, who in enumerate(authors)]
    (tmp_path / "a.bib").write_text("\n".join(entries), encoding="utf-8")
    assert run("import", "a.bib", capsys=capsys).code == 0
    told = run("undo", capsys=capsys)
    assert "by a rule" in told.out
    assert "nothing stands here that was decided by hand" in told.err


def test_an_edit_comes_first_and_is_shown_as_a_persons(project: Path, capsys: Capsys) -> None:
    done = run(
        "edit", "山田2019", "author=Yamada, Taro; 厚生労働省", "year=2020-03", "volume=",
        "pages=1650-60", "--reason", "looked up", capsys=capsys)  # fmt: skip
    assert done.code == 0, done.err
    item = items(project)[C]
    assert item["author"] == [{"family": "Yamada", "given": "Taro"}, {"literal": "厚生労働省"}]
    assert item["issued"] == {"date-parts": [[2020, 3]]}
    told = json.loads(run("history", "山田2019", "--format", "json", capsys=capsys).out)
    (corrected,) = [event for event in told["events"] if event["kind"] == "corrected"]
    assert "looked up" in corrected["what"]
    assert told["name"] == "山田2019"


@pytest.mark.parametrize(
    "typed", ["volume", "nonsense=1", "DOI=10.1/x", "issued=2005-13", "volume=None"]
)
def test_an_edit_that_cannot_be_read_stores_nothing(
    project: Path, capsys: Capsys, typed: str
) -> None:
    before = hashlib.sha256((project / "library.db").read_bytes()).digest()
    assert run("edit", A, "issue=5", typed, capsys=capsys).code == 2
    assert hashlib.sha256((project / "library.db").read_bytes()).digest() == before


@pytest.mark.parametrize(
    "correction", ["issue=21", "volume=297", "page=9-12", "issued=2009", "author=Sato, H.",
                   "journal=Pain", "title=Something else altogether"],
)  # fmt: skip
def test_a_correction_parts_no_work_that_a_rule_made(
    project: Path, capsys: Capsys, correction: str
) -> None:
    """What a person says is wrong in one record speaks against no other record of the work."""
    Path("page.md").write_text(
        "Backs hurt [1].\n\n## References\n\n[1] Weinstein JN, Tosteson TD, Lurie JD, et al."
        " Surgical vs nonoperative treatment for lumbar disk herniation: the Spine Patient Outcomes"
        " Research Trial. JAMA. 2006;296(20):2441-50.\n",
        encoding="utf-8",
    )
    Path("refs.bib").write_text(
        "@article{weinstein2006jama, author={Weinstein, James N. and others}, journal={JAMA},"
        " year=2006, title={Surgical vs Nonoperative Treatment for Lumbar Disk Herniation},"
        " volume=296, pages={2441}, doi={10.1001/jama.296.20.2441}}\n",
        encoding="utf-8",
    )
    assert run("adopt", "--offline", "page.md", capsys=capsys).code == 0
    assert "joined to weinstein2006" in run("import", "refs.bib", capsys=capsys).err
    done = run("edit", "weinstein2006", correction, capsys=capsys)
    assert "corrected: weinstein2006 " in done.out
    assert run("search", "weinstein", capsys=capsys).out.count("text:") == 0
    told = json.loads(run("show", "weinstein2006", "--format", "json", capsys=capsys).out)
    assert {one["source"] for one in told["records"]} == {"manual", "bibtex", "printed"}


def test_a_record_that_prints_the_wrong_doi_is_parted_by_its_key(
    project: Path, capsys: Capsys
) -> None:
    wrong = Record(source="printed", identifier=Identifier.parse(A),
                   payload="M. T. Modic, “Acute low back pain,” doi: 10.1234/a")  # fmt: skip
    with Library.open("library.db") as library:
        library.add([wrong], heard="2026-01-02T00:00:00Z")
    assert len(items(project)) == 3
    assert run("split", A, A, capsys=capsys).code == 2
    assert run("split", wrong.key[:10], A, capsys=capsys).code == 0
    assert len(items(project)) == 4


def test_two_identifiers_of_one_record_cannot_be_parted(project: Path, capsys: Capsys) -> None:
    both = Record(source="manual", identifier=Identifier.parse("doi:10.1234/d"),
                  payload='{"DOI": "10.1234/d", "PMID": "12345", "title": "Both"}')  # fmt: skip
    with Library.open("library.db") as library:
        library.add([both], heard="2026-01-02T00:00:00Z")
        before = list(library.decisions())
    done = run("split", "doi:10.1234/d", "pmid:12345", capsys=capsys)
    assert done.code == 2
    assert both.key[:8] in done.err
    with Library.open("library.db") as library:
        assert list(library.decisions()) == before


def test_an_unknown_key_is_said(project: Path, capsys: Capsys) -> None:
    commands = (["merge", A], ["split", A], ["history"], ["edit"], ["show"], ["why", A],
                ["export"], ["confirm"])  # fmt: skip
    for command in commands:
        extra = ["volume=1"] if command == ["edit"] else []
        done = run(*command, "nobody1999", *extra, capsys=capsys)
        assert done.code == 2
        assert "nobody1999" in done.err
        assert "refpipe search" in done.err
    assert "refpipe add 10.5555/nowhere asks" in run("show", "10.5555/nowhere", capsys=capsys).err


@pytest.mark.parametrize("command", ["show", "history", "export", "edit", "confirm"])
@pytest.mark.parametrize(
    "typed", ["modic205", "@Modic2005b", "modik2005", "modic20055", "mdoic2005"]
)
def test_a_mistyped_key_is_told_with_the_names_near_it(
    project: Path, capsys: Capsys, command: str, typed: str
) -> None:
    done = run(command, typed, *(["volume=1"] if command == "edit" else []), capsys=capsys)
    assert done.code == 2
    assert f"{typed!r}" in done.err
    assert "near it is modic2005" in done.err


def test_an_export_with_an_unknown_key_prints_the_others(project: Path, capsys: Capsys) -> None:
    done = run("export", "modic2005", "nobody1999", "--format", "ris", capsys=capsys)
    assert done.code == 2
    assert done.out.count("TY  - ") == 1


@pytest.fixture
def doubtful(project: Path) -> Path:
    with Library.open("library.db") as library:
        a, b = Identifier.parse(A), Identifier.parse(B)
        one = Decision(kind=DecisionKind.POSSIBLE, a=a, b=b, by="rule", rule="test")
        library.decide([one], made="2026-01-02T00:00:00Z")
    return project


def test_review_without_a_terminal_lists_and_asks_nothing(doubtful: Path, capsys: Capsys) -> None:
    done = run("review", "--format", "json", capsys=capsys)
    (pair,) = json.loads(done.out)
    assert (done.code, pair["pair"]) == (1, [A, B])
    done = run("review", capsys=capsys)
    assert done.code == 1
    assert "≠ title" in done.out


@pytest.mark.parametrize(
    ("answers", "left", "works"), [("m\n", 0, 2), ("d\n", 0, 3), ("s\n", 1, 3), ("q\n", 1, 3)]
)
def test_review_asks_keeps_each_answer_and_can_be_resumed(
    doubtful: Path, monkeypatch: pytest.MonkeyPatch, answers: str, left: int, works: int
) -> None:
    monkeypatch.setattr("refpipe.cli.dedupe._has_terminal", lambda: True)
    from refpipe.cli.dedupe import review_command

    done = CliRunner().invoke(review_command, input=answers, standalone_mode=False)
    assert done.return_value == (1 if left else 0), done.output
    with Library.open("library.db", writable=False) as library:
        assert (len(library.possible()), library.count()) == (left, works)


def test_review_answers_a_script(doubtful: Path, capsys: Capsys) -> None:
    assert run("review", A, B, "--different", "--reason", "looked", capsys=capsys).code == 0
    assert run("review", capsys=capsys).code == 0
    assert run("review", A, capsys=capsys).code == 2


def test_names_are_completed_by_the_shell(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capsys
) -> None:
    monkeypatch.setenv("_REFPIPE_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "refpipe history mod")
    monkeypatch.setenv("COMP_CWORD", "2")
    with pytest.raises(SystemExit):
        cli.run([])
    assert capsys.readouterr().out.split() == ["plain,modic2005", "plain,modic2005a"]


def test_the_library_is_laid_out_for_browsing(doubtful: Path, capsys: Capsys) -> None:
    """Every canned query runs, and says what it should of a library with one doubtful pair."""
    run("edit", C, "volume=7", capsys=capsys)
    assert run("browse", "--only-write", capsys=capsys).code == 0
    metadata = json.loads(Path(cli.__file__).with_name("browse.json").read_text(encoding="utf-8"))[
        "databases"
    ]["browse"]
    database = sqlite3.connect(doubtful / ".refpipe" / "browse.db")
    counts = {
        name: len(database.execute(query["sql"]).fetchall())
        for name, query in metadata["queries"].items()
    }
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    database.close()
    assert set(metadata["tables"]) <= tables
    assert counts == {
        "works_by_year": 2, "cited_by_which_articles": 0, "cited_by_none": 3, "unconfirmed": 0,
        "possible_duplicates": 1, "retracted": 0, "merged_lately": 0, "corrected_by_hand": 1,
    }  # fmt: skip


def test_browsing_without_datasette_says_what_to_install(
    project: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    done = run("browse", capsys=capsys)
    assert done.code == 2
    assert "refpipe[browse]" in done.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
def test_a_full_disk_is_told_as_such(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REFPIPE_TRACEBACK", raising=False)
    with Path("/dev/full").open("w", encoding="utf-8", buffering=1) as full:
        done = subprocess.run(
            [sys.executable, "-m", "refpipe", "export"],
            cwd=project,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.startswith("refpipe: there is no room left to write to\n")


def test_an_undo_takes_back_all_files_of_one_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capsys
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "refpipe.toml").touch()
    seconds = itertools.count()
    monkeypatch.setattr(console, "now", lambda: f"2026-01-01T00:00:{next(seconds):02}Z")
    entry = (
        "@article{{{}{}, title={{{} of the lumbar spine in farmers of the north}}, year={{2005}},\n"
        "author={{Modic, M. and Ross, J.}}, journal={{Radiology}}, volume={{{}}}, pages={{5}}}}\n"
    )
    about = ("Imaging", "Anatomy")
    for name, title in zip("ab", about, strict=True):
        twice = (entry.format(name, n, title, ord(name)) for n in range(2))
        Path(f"{name}.bib").write_text("".join(twice), encoding="utf-8")
    assert run("import", "a.bib", "b.bib", capsys=capsys).code == 0
    assert len(items(tmp_path)) == 2
    assert run("undo", capsys=capsys).out.count("took back") == 2
    assert len(items(tmp_path)) == 4


def test_an_undo_without_a_key_takes_back_what_one_command_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capsys
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "refpipe.toml").touch()
    papers = (
        "Modic MT, Ross JS. Acute low back pain{}. Radiology. 2005;237(2):597-604.",
        "Boos N, Rieder R. The accuracy of imaging{}. Spine. 1995;20(24):2613-25.",
        "Carragee EJ, Kim DH. Herniation and its course{}. Knee. 1997;22(14):1650-60.",
    )
    others = ("Ito M. Walking{}. Gut. 2001;3(1):8-11.", "Abe K. Sleep{}. Hip. 2012;5(7):3-9.")
    for day, (page, chosen) in enumerate((("a.md", others), ("b.md", papers))):
        once = [one.format(" in farmers of the north") for one in chosen]
        twice = [*once, *(one.replace(". Ra", ", Ra").replace(";", "; ") for one in once)]
        lines = "".join(f"[{n}] {one}\n\n" for n, one in enumerate(twice, 1))
        Path(page).write_text(f"甲[1]。\n\n## 参考文献\n\n{lines}", encoding="utf-8")
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1790000000 + day * 90))
        assert run("adopt", "--offline", page, capsys=capsys).code == 0
    joined = len(items(tmp_path))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    told = run("undo", capsys=capsys)
    assert told.out.count("took back") == 3
    assert "these 3 were recorded at one time" in told.err
    assert told.out.count("    b.md:") == 6
    assert "    b.md:5: Modic MT, Ross JS. Acute low back pain in farmers" in told.out
    assert len(items(tmp_path)) == joined + 3
    for key in re.findall(r"refpipe undo (\w+)", told.err):
        run("undo", key, capsys=capsys)
    assert len(items(tmp_path)) == joined
