"""refpipe dedupe on files and on the library, as a reviewer uses it."""

from __future__ import annotations

import itertools
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from refpipe import cli, dedupe
from refpipe.library import Library
from refpipe.model import Identifier, Record, Scheme

CASES = Path(__file__).parent / "cases" / "match"
RIS = """TY  - JOUR
AU  - Modic, Michael T.
AU  - Ross, Jeffrey S.
TI  - Acute low back pain and radiculopathy: MR imaging findings
JO  - Radiology
VL  - 237
IS  - 2
SP  - 597
EP  - 604
PY  - 2005
ER  -

TY  - JOUR
AU  - Modic, M. T.
AU  - Ross, J. S.
TI  - ACUTE LOW BACK PAIN AND RADICULOPATHY: MR IMAGING FINDINGS.
JO  - Radiology
VL  - 237
SP  - 597
EP  - 604
PY  - 2005
DO  - 10.1148/radiol.2372041509
ER  -

TY  - JOUR
AU  - Boos, N.
TI  - The diagnostic accuracy of magnetic resonance imaging
JO  - Spine
PY  - 1995
ER  -
"""


def _rows() -> list[dict[str, str]]:
    famous = json.loads((CASES / "famous.json").read_text(encoding="utf-8"))
    return [row for pair in famous for row in pair]


def _jsonl(path: Path) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in _rows()), encoding="utf-8")
    return path


def test_table_without_duplicates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out, found = _jsonl(tmp_path / "a.jsonl"), tmp_path / "b.jsonl", tmp_path / "c.json"
    assert cli.run(["dedupe", str(file), "--out", str(out), "--clusters", str(found)]) == 0
    kept = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in kept] == ["modic_full", "carragee_full"]
    assert kept[0]["duplicates"] == ["modic_ref"]
    assert kept[0]["url"].startswith("https://pubs.rsna.org/"), "what only a duplicate has is kept"
    removed = (tmp_path / "b.removed.jsonl").read_text(encoding="utf-8").splitlines()
    assert removed == [file.read_text(encoding="utf-8").splitlines()[n] for n in (0, 2)]
    clusters = json.loads(found.read_text(encoding="utf-8"))
    assert clusters == [["modic_ref", "modic_full"], ["carragee_ref", "carragee_full"]]
    said = capsys.readouterr()
    assert "Rule:" in said.out
    assert "2 duplicates" in said.err


def test_ris_keeps_its_text(tmp_path: Path) -> None:
    file, out = tmp_path / "a.ris", tmp_path / "b.ris"
    file.write_text(RIS, encoding="utf-8")
    assert cli.run(["dedupe", str(file), "--out", str(out)]) == 0
    kept, removed = out.read_text("utf-8"), (tmp_path / "b.removed.ris").read_text("utf-8")
    assert kept.count("TY  - JOUR") == 2
    assert "DO  - 10.1148/radiol.2372041509" in kept
    assert removed.count("TY  - JOUR") == 1
    assert "AU  - Modic, Michael T." in removed


_WHOLE: dict[str, Any] = {
    "title": "Acute low back pain and radiculopathy: MR imaging findings and their prognostic role",
    "author": ["Modic, Michael", "Obuchowski, Nancy", "Ross, Jeffrey", "Brant-Zawadzki, Michael"],
    "DOI": "10.1148/radiol.2372041509",
}
_PLACE = {"journal": "Radiology", "volume": "237", "pages": "597-604", "year": "2005"}
_SHORT = {"title": "Acute low back pain and radiculopathy", "author": ["Modic, Michael"], "DOI": ""}
_ENTRIES = {
    ".ris": ("TY  - JOUR\n{}ER  - \n", "{}  - {}\n", "AU TI DO JO VL SP PY N1"),
    ".enw": ("%0 Journal Article\n{}", "{} {}\n", "%A %T %R %J %V %P %D %Z"),
    ".nbib": ("OWN - NLM\n{}", "{:<4}- {}\n", "FAU TI AID TA VI PG DP GN"),
    ".bib": (
        "@article{{k,\n{}}}\n", "  {} = {{{}}},\n",
        "author title doi journal volume pages year note",
    ),
}  # fmt: skip


def _entry(suffix: str, said: dict[str, Any]) -> str:
    """An entry of a format, or a row of a table, that says this of one paper."""
    names = said["author"] if len(said["author"]) > 1 else [*said["author"], "et al."]
    if suffix == ".jsonl":
        row = {**said, "author": "; ".join(names), "doi": said["DOI"], "container": "Radiology"}
        return json.dumps({name: value for name, value in row.items() if name != "DOI"}) + "\n"
    around, line, tags = _ENTRIES[suffix]
    people, title, doi, *others = tags.split()
    told = [(people, " and ".join(names))] if suffix == ".bib" else [(people, n) for n in names]
    told += [(title, said["title"])]
    told += [(doi, said["DOI"] + " [doi]" * (suffix == ".nbib"))] if said["DOI"] else []
    known = (said[name] for name in ("journal", "volume", "pages", "year", "note"))
    told += [(tag, value) for tag, value in zip(others, known, strict=True) if value]
    lines = (line.format(tag, value) for tag, value in told)
    return around.format("".join(lines)) + "\n"


_CUTS = [cut for n in range(4) for cut in itertools.combinations(_WHOLE, n)]


@pytest.mark.parametrize("suffix", [".ris", ".enw", ".nbib", ".bib", ".jsonl"])
def test_what_one_record_states_whole_is_not_lost(tmp_path: Path, suffix: str) -> None:
    """However much else the record says that is cut in it."""
    file, out = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    families = [name.split(",")[0] for name in _WHOLE["author"]]
    for cut, other_cut in itertools.product(_CUTS, repeat=2):
        if {*cut} & {*other_cut}:
            continue
        rich = {**_WHOLE, **_PLACE, "note": "Read"} | {name: _SHORT[name] for name in cut}
        poor = {**_WHOLE, **_PLACE, "note": ""} | {name: _SHORT[name] for name in other_cut}
        for order in itertools.permutations(_entry(suffix, said) for said in (rich, poor)):
            file.write_text("".join(order), encoding="utf-8")
            kept = dedupe.kept_text(dedupe.run(dedupe.read(file)), suffix)
            out.write_text(kept, encoding="utf-8")
            (row,) = dedupe.read(out)
            assert row.subject is not None
            item = row.subject.item
            assert [name["family"] for name in item["author"]] == families, (cut, other_cut)
            assert (item["title"], item["DOI"]) == (_WHOLE["title"], _WHOLE["DOI"])


def test_all_is_written_where_the_reader_of_the_report_goes_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object, **__: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("refpipe.cli.dedupe._report", gone)
    out = tmp_path / "b.jsonl"
    stdout = sys.stdout
    cli.run(["dedupe", str(_jsonl(tmp_path / "a.jsonl")), "--out", str(out)])
    monkeypatch.setattr(sys, "stdout", stdout)
    assert out.exists()
    assert (tmp_path / "b.removed.jsonl").exists()


def test_several_files_are_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [json.dumps(row) + "\n" for row in _rows()]
    for name, part in (("a", lines[:1]), ("b", [*lines[1:], "{oh dear\n"])):
        (tmp_path / f"{name}.jsonl").write_text("".join(part), encoding="utf-8")
    files = [str(tmp_path / f"{name}.jsonl") for name in "ab"]
    assert cli.run(["dedupe", *files, "--clusters", str(tmp_path / "c.json")]) == cli.FINDINGS
    assert json.loads((tmp_path / "c.json").read_text("utf-8"))[0] == ["modic_ref", "modic_full"]
    assert f"{files[1]}:{len(lines)}:" in capsys.readouterr().err


@pytest.mark.parametrize("suffix", [".ris", ".jsonl", ".bib", ".enw"])
def test_a_record_without_an_id_is_told_by_its_file_and_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], suffix: str
) -> None:
    entry = {
        ".ris": "TY  - JOUR\nTI  - {}\nJO  - Spine\nVL  - 3\nSP  - 7\nER  - \n\n",
        ".jsonl": '{{"title": "{}", "container": "Spine", "volume": "3", "pages": "7"}}\n',
        ".bib": "@article{{, title = {{{}}}, journal = {{Spine}}, volume = 3, pages = 7}}\n",
        ".enw": "%0 Journal Article\n%T {}\n%J Spine\n%V 3\n%P 7\n\n",
    }[suffix]
    titles = "Posture of the trunk in walking", "Strength of the trunk while running downhill"
    files = [str(tmp_path / f"{name}{suffix}") for name in "ab"]
    Path(files[0]).write_text(entry.format(titles[0]), encoding="utf-8")
    Path(files[1]).write_text("".join(map(entry.format, reversed(titles))), encoding="utf-8")
    clusters = tmp_path / "c.json"
    cli.run(["dedupe", *files, "--dry-run", "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    assert cli.run(["dedupe", *files, "--clusters", str(clusters)]) == cli.CLEAN
    word = "line" if suffix == ".jsonl" else "record"
    names = [f"{files[0]}: {word} 1", f"{files[1]}: {word} 2"]
    assert json.loads(clusters.read_text("utf-8")) == [names]
    line = entry.count("\n") + 1
    (removed,) = report["groups"][0]["removed"]
    assert removed["pair"] == names
    assert removed["places"] == [f"{files[0]}:1", f"{files[1]}:{line}"]
    capsys.readouterr()


@pytest.mark.parametrize("text", ["", "\n \n", "not a reference at all\n"])
@pytest.mark.parametrize("suffix", [".ris", ".bib", ".nbib", ".enw", ".jsonl"])
def test_nothing_read_is_no_success(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], suffix: str, text: str
) -> None:
    file, out = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    file.write_text(text, encoding="utf-8")
    code = cli.run(["dedupe", str(file), "--out", str(out)])
    assert code != cli.CLEAN
    assert str(file) in capsys.readouterr().err
    if not text.strip():
        assert code == cli.FAILED
        assert not out.exists()
        whole = tmp_path / f"c{suffix}"
        held = {".ris": RIS, ".jsonl": '{"title": "A"}'}.get(suffix, "")
        whole.write_text(held, "utf-8")
        assert cli.run(["dedupe", str(whole), str(file), "--out", str(out)]) != cli.CLEAN
        assert f"{file}: no record" in capsys.readouterr().err
        assert out.exists() is bool(held)


def test_files_of_two_formats_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.ris").write_text(RIS, encoding="utf-8")
    files = [str(_jsonl(tmp_path / "a.jsonl")), str(tmp_path / "a.ris")]
    assert cli.run(["dedupe", *files, "--dry-run"]) == cli.FAILED
    assert "refpipe convert" in capsys.readouterr().err


def test_dry_run_writes_nothing_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = _jsonl(tmp_path / "a.jsonl")
    assert cli.run(["dedupe", str(file), "--dry-run", "--format", "json"]) == cli.FINDINGS
    report = json.loads(capsys.readouterr().out)
    assert report["removed"] == 2
    assert report["groups"][0]["removed"][0]["rule"]
    assert list(tmp_path.iterdir()) == [file]


def test_broken_line_is_kept_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    file.write_text('{"id": "x", "title": "A"}\n{oh dear\n', encoding="utf-8")
    assert cli.run(["dedupe", str(file), "--out", str(out)]) == cli.FINDINGS
    assert out.read_text(encoding="utf-8") == file.read_text(encoding="utf-8")
    assert "a.jsonl:2:" in capsys.readouterr().err


def test_unknown_format_says_which_are_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.docx"
    file.write_text("", encoding="utf-8")
    assert cli.run(["dedupe", str(file), "--dry-run"]) == cli.FAILED
    assert ".ris" in capsys.readouterr().err


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a library of one work in two records, and one that is almost it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    (tmp_path / "pyproject.toml").write_text('[tool.refpipe]\nlibrary = "library.db"\n')
    people = [{"family": "Modic", "given": "Michael T."}, {"family": "Ross", "given": "Jeffrey S."}]
    item = {
        "type": "article-journal",
        "title": "Acute low back pain and radiculopathy: MR imaging findings and prognosis",
        "author": people,
    }
    placed = {"issued": {"date-parts": [[2005]]}, "container-title": "Radiology", "volume": "237"}
    whole = {**item, **placed, "DOI": "10.1148/radiol.2372041509"}
    other = {**item, "container-title": "Spine", "issued": {"date-parts": [[2005]]}}
    items = {
        "doi:10.1148/radiol.2372041509": whole,
        f"text:{'a' * 32}": item,
        f"text:{'b' * 32}": other,
    }
    with Library.open(tmp_path / "library.db", create=True) as library:
        library.add(
            [
                Record(source="manual", identifier=Identifier.parse(name), payload=json.dumps(one))
                for name, one in items.items()
            ],
            heard="2026-01-01T00:00:00Z",
        )
    return tmp_path


def test_library_is_deduplicated_once_and_reviewed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["dedupe", "--dry-run"]) == cli.FINDINGS
    assert cli.run(["dedupe"]) == cli.FINDINGS
    before = (project / "library.db").read_bytes()
    capsys.readouterr()
    cli.run(["dedupe"])
    assert (project / "library.db").read_bytes() == before, "a second run changes nothing"
    capsys.readouterr()
    assert cli.run(["review", "--format", "json"]) == cli.FINDINGS
    (waiting,) = json.loads(capsys.readouterr().out)
    assert cli.run(["review", *waiting["pair"], "--different", "--reason", "other journal"]) == 0
    assert cli.run(["review"]) == cli.CLEAN
    capsys.readouterr()
    assert cli.run(["why", *waiting["pair"], "--lang", "ja"]) == 0
    assert "人が2026-01-01に決めた" in capsys.readouterr().out


def test_why_of_one_work(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["dedupe"])
    capsys.readouterr()
    doi = str(Identifier(Scheme.DOI, "10.1148/radiol.2372041509"))
    assert cli.run(["why", doi, doi]) == 0
    assert cli.run(["why", doi, "doi:10.9999/none"]) == cli.FAILED


@pytest.mark.parametrize("order", list(itertools.permutations("abc")))
def test_a_record_between_two_works_is_told(
    tmp_path: Path, order: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    known = {"title": "Outcome of lumbar disc herniation treated without surgery",
             "author": "Sato K; Mori Y"}  # fmt: skip
    rows = {
        "a": {**known, "container": "Spine", "volume": "12", "pages": "101-108", "year": "1987"},
        "b": known,
        "c": {**known, "container": "Injury", "volume": "77", "pages": "900-915", "year": "1995"},
    }
    file = tmp_path / "records.jsonl"
    file.write_text("\n".join(json.dumps({"id": n, **rows[n]}) for n in order), encoding="utf-8")
    assert cli.run(["dedupe", str(file), "--dry-run", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["groups"] == []
    assert {frozenset(asked["pair"]) for asked in told["possible"]} == {
        frozenset("ab"), frozenset("bc")
    }  # fmt: skip
    assert all(asked["bridge"] is True for asked in told["possible"])
    assert cli.run(["dedupe", str(file), "--dry-run", "--lang", "ja"]) == 0
    assert "二つの文献の間に立つ" in capsys.readouterr().out


@pytest.mark.parametrize("sign", ["&", "%", "_", "#", "$5", "H<sub>2</sub>O", "IgA"])
def test_a_title_that_is_made_whole_is_written_as_its_format_asks(sign: str) -> None:
    from refpipe.items import bibtex, exchange

    whole = f"Acute low back pain and {sign} in adults"
    kept, other = (
        bibtex.write([{"id": name, "type": "article-journal", "title": title}])
        for name, title in (("a", "Acute low back pain and"), ("b", whole))
    )
    made = dedupe.filled(kept, [("b", other)], "bibtex")
    (entry,) = exchange.read_all("bibtex", made)
    assert isinstance(entry, exchange.FileEntry)
    assert entry.item["title"] == whole
    assert _title_of(made) == _title_of(other)


def _title_of(text: str) -> str:
    return next(line for line in text.splitlines() if line.strip().startswith("title"))
