"""What is wrong with a reference is reported with both values, adopted or not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from refpipe import cli
from refpipe.library import Library
from refpipe.model import Identifier, Record, Scheme

NOW = "2026-11-01T00:00:00Z"
SECTION = "10.5555/2013.9.spine13349"
TEAM = "10.5555/radcr.2025.05"
WRONG = "10.5555/rice"
REGISTERED: tuple[dict[str, Any], ...] = (
    {"DOI": SECTION, "title": ["Predictive value of imaging in disc surgery"], "volume": "19",
     "container-title": ["Journal of Neurosurgery: Spine"], "issue": "6", "page": "678-687",
     "author": [{"family": "Birch", "given": "Bo"}], "issued": {"date-parts": [[2013]]}},
    {"DOI": TEAM, "title": ["Dorsal migration of a disc: a case report"], "volume": "20",
     "container-title": ["Case Reports in Imaging"], "page": "1-5",
     "author": [{"family": "Alder", "given": "Dimitris"}, {"family": "Cedar", "given": "Cora"}],
     "issued": {"date-parts": [[2025]]}},
    {"DOI": WRONG, "title": ["Growth of rice in dry soil"], "volume": "7", "page": "70-77",
     "container-title": ["Field Notes"], "author": [{"family": "Elm", "given": "Eve"}],
     "issued": {"date-parts": [[1999]]}},
)  # fmt: skip
LIST = f"""# 腰痛

## 参考文献

[1] B. Birch, “Predictive value of imaging in disc surgery,” Journal of Neurosurgery, vol. 19, \
no. 6, pp. 678–687, Dec. 2013, doi: {SECTION}.
[2] Alder, Cedar, and Dimitris, “Dorsal migration of a disc: a case report,” \
Case Reports in Imaging, vol. 20, pp. 1–5, 2025, doi: {TEAM}.
[3] F. Fir, “Walking and the lumbar spine,” Spine Notes, vol. 3, pp. 30–39, 2010, doi: {WRONG}.
"""


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "page.md"
    path.write_text(LIST, encoding="utf-8")
    with Library.open(tmp_path / "library.db", create=True) as library:
        library.add(
            [
                Record(
                    source="crossref",
                    identifier=Identifier(Scheme.DOI, one["DOI"]),
                    payload=json.dumps({"type": "journal-article", **one}),
                )
                for one in REGISTERED
            ],
            heard=NOW,
        )
    return path


def findings(capsys: pytest.CaptureFixture[str]) -> list[str]:
    cli.run(["check", "page.md", "--select", "REF002,REF010", "--lang", "en"])
    return [line.partition(" REF")[2] for line in capsys.readouterr().out.splitlines()]


TOLD = (
    (
        "002 {0}: journal is “Journal of Neurosurgery” here, the registry has"
        " “Journal of Neurosurgery: Spine”"
    ),
    "002 {1}: author 3, “Dimitris”, is none of the authors that the registry names",
    "010 {2}: doi:10.5555/rice, as printed, belongs to another work: “Growth of rice in dry soil”",
)


def test_a_hand_made_list_is_held_against_the_library(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert page.exists()
    assert findings(capsys) == [one.format("[1]", "[2]", "[3]") for one in TOLD]


def test_an_adopted_list_is_told_the_same(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["adopt", "page.md", "--offline"])
    assert 'id="ref-3"' in page.read_text(encoding="utf-8")
    capsys.readouterr()
    told = findings(capsys)
    assert [one.partition(": ")[2] for one in told] == [one.partition(": ")[2] for one in TOLD]


def test_a_bibtex_entry_whose_only_author_is_wrong_is_told(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("x.bib").write_text(
        "@article{birch2013, author={Fir, Fritz},"
        " title={Predictive value of imaging in disc surgery},"
        " journal={J Neurosurg Spine}, volume={19}, pages={678--687}, year={2013},"
        f" doi={{{SECTION}}}}}\n",
        encoding="utf-8",
    )
    assert cli.run(["import", "x.bib"]) == 0
    page.write_text(f"一 [@doi:{SECTION}]。\n\n<!--bibliography-->\n", encoding="utf-8")
    capsys.readouterr()
    (told,) = findings(capsys)
    assert "author is “Fritz Fir” here, the registry has “Bo Birch”" in told


def test_several_works_that_say_the_same_share_a_line(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("x.bib").write_text(
        "".join(
            f"@book{{b{n}, title={{Book number {n}}}, year={{{2000 + n}}}}}\n" for n in range(20)
        ),
        encoding="utf-8",
    )
    assert cli.run(["import", "x.bib"]) == 0
    cited = "\n".join(f"一 [@b{number}]。" for number in range(20))
    page.write_text(f"{cited}\n\n<!--bibliography-->\n", encoding="utf-8")
    capsys.readouterr()
    cli.run(["check", "page.md", "--select", "REF001", "--lang", "en"])
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("page.md:1:3: REF001 no registry has confirmed b0, b1, b2, b3")
    assert "b11 … (+8, --verbose), from" in line
    cli.run(["check", "page.md", "--select", "REF001", "--lang", "en", "--verbose"])
    assert len(capsys.readouterr().out.splitlines()) == 20
    assert cli.run(["show", "b1"]) == 0
    assert "read from a file only; no registry has confirmed it" in capsys.readouterr().out


def test_show_names_what_differs_and_no_batch_address(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.run(["adopt", "page.md", "--offline"])
    capsys.readouterr()
    assert cli.run(["show", TEAM]) == 0
    shown = capsys.readouterr().out
    assert "error: author (surplus): here “Dimitris”, there nobody" in shown
    assert "{" not in shown.partition("Records")[2]
    assert cli.run(["show", TEAM, "--full"]) == 0
    assert '"DOI"' in capsys.readouterr().out


def test_two_dates_on_one_line_are_two_dates(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page.write_text("# x\n\nPublished 2026-03-05, updated 2026-03-04\n", encoding="utf-8")
    cli.run(["check", "page.md", "--select", "DATE", "--lang", "en", "--today", "2026-06-01"])
    (line,) = capsys.readouterr().out.splitlines()
    assert "DATE003 updated 2026-03-04 is before Published 2026-03-05" in line


def test_no_date_is_found_inside_an_identifier_or_address(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page.write_text(
        "See doi:10.5555/2026-13-45.x, https://example.org/2026/13/45/ and 10.5555/j.2026.02.30.\n",
        encoding="utf-8",
    )
    assert cli.run(["check", "page.md", "--select", "DATE", "--lang", "en"]) == 0
    assert capsys.readouterr().out == ""


CAPITALS = "10.1016/S0140-6736(20)31366-0"
NUMBERED = f"""Seen [1], as is known (refs. 6–7).

## References

1. Abramson J. Lisocabtagene. Lancet. 2020;396:839-852. [{CAPITALS}](https://doi.org/{CAPITALS})
2. Boos N, Semmer N. Natural history of individuals. Spine. 2000;25(12):1484-1492.
3. Carragee E, Kim D. Sciatica and herniation. Spine. 1997;22(14):1650-1660.
"""


@pytest.mark.parametrize(("lang", "end"), [("en", " names no entry"), ("ja", " に当たる文献が")])
def test_a_number_without_entry_is_shown_whole(
    lang: str, end: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    page.write_text(NUMBERED, encoding="utf-8")
    cli.run(["check", str(page), "--select", "CIT003", "--lang", lang])
    assert f"CIT003 (refs. 6–7){end}" in capsys.readouterr().out


def test_a_doi_that_is_shown_and_linked_is_told_once_and_mended_in_both_places(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    page.write_text(NUMBERED, encoding="utf-8")
    cli.run(["check", str(page), "--select", "REF005"])
    assert capsys.readouterr().out.count("REF005") == 1
    cli.run(["check", str(page), "--select", "REF005", "--fix"])
    mended = page.read_text(encoding="utf-8")
    assert mended == NUMBERED.replace(CAPITALS, CAPITALS.lower())
