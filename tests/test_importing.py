"""``refpipe import``: the keys of a file are names of its works."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest
from running import refpipe

from refpipe import cli, identifiers
from refpipe.items import exchange
from refpipe.items.exchange import FileEntry
from refpipe.library import Library
from refpipe.model import Identifier, Record, Scheme
from refpipe.pipeline import intake

MODIC = """@article{Modic2005,
  author = {Modic, Michael T. and Obuchowski, Nancy A.},
  title = {Acute Low Back Pain and Radiculopathy: {MR} Imaging Findings},
  journal = {Radiology}, volume = {237}, pages = {597--604}, year = {2005}, doi = {10.1148/x}
}
"""
SPINE = """@article{%s,
  author = {Carragee, Eugene},
  title = {Persistent Low Back Pain Without Any Cause That Can Be Seen},
  journal = {New England Journal of Medicine}, volume = {352}, pages = {1891}, year = {2005}
}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "pyproject.toml").write_text("[tool.refpipe]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


Capsys = pytest.CaptureFixture[str]


def imported(text: str, capsys: Capsys, *, name: str = "refs.bib") -> str:
    """What is said of a file's import."""
    Path(name).write_text(text, encoding="utf-8")
    assert cli.run(("import", name)) == 0
    return capsys.readouterr().err


def found(name: str) -> str | None:
    wanted = identifiers.name(name)
    assert wanted is not None
    with Library.open("library.db", writable=False) as library:
        work = library.find(wanted)
        return work.id if work else None


def test_a_work_is_cited_by_the_key_of_its_file(project: Path, capsys: Capsys) -> None:
    said = imported(MODIC + SPINE % "spine:Carragee.05+b", capsys)
    assert said == "refs.bib: 2 entries read\n2 works new in library.db\n"
    article = project / "articles" / "back.md"
    article.parent.mkdir()
    article.write_text(
        "Pain [@modic2005] stays [@MODIC2005; @spine:carragee.05+b, p. 3].\n\n"
        "<!-- bibliography -->\n<!-- /bibliography -->\n",
        encoding="utf-8",
    )
    assert cli.run(("refs", "--offline", str(article))) == 0
    woven = article.read_text(encoding="utf-8")
    assert "Imaging Findings" in woven
    assert "Persistent Low Back Pain" in woven
    assert "[3]" not in woven


def test_importing_again_says_nothing_and_changes_nothing(project: Path, capsys: Capsys) -> None:
    imported(MODIC, capsys)
    before = (project / "library.db").read_bytes()
    assert imported(MODIC, capsys) == "refs.bib: 1 entry read\n0 works new in library.db\n"
    assert (project / "library.db").read_bytes() == before


def test_one_work_may_have_many_keys(project: Path, capsys: Capsys) -> None:
    imported(MODIC, capsys)
    imported(MODIC.replace("Modic2005", "lbp-mri"), capsys, name="other.bib")
    assert found("lbp-mri") == found("Modic2005") == "doi:10.1148/x"


def test_a_key_that_another_work_has_is_said(project: Path, capsys: Capsys) -> None:
    imported(MODIC, capsys)
    said = imported(SPINE % "modic2005", capsys, name="other.bib")
    assert said.startswith(
        "other.bib:1: the key modic2005 is already a name of another work (doi:10.1148/x);"
        " cite this work as @carragee2005\n"
    )
    assert found("modic2005") == "doi:10.1148/x"
    assert found("carragee2005") is not None


def test_of_two_entries_with_one_key_the_first_keeps_it(project: Path, capsys: Capsys) -> None:
    said = imported(MODIC + SPINE % "MODIC2005", capsys)
    assert "refs.bib:6: the key MODIC2005 is already a name of another work" in said
    assert found("modic2005") == "doi:10.1148/x"


@pytest.mark.parametrize("seed", range(6))
def test_a_key_names_the_work_of_its_own_entry_whatever_doi_others_copied(
    seed: int, project: Path, capsys: Capsys
) -> None:
    """An entry is copied and its DOI left in: the key must not lead to the other work."""
    chance = random.Random(seed)
    words = re.findall(
        r"\w+", "ankle brain chest elbow femur gland heart ileum joint kidney liver muscle"
    )
    chance.shuffle(words)
    titles = {
        f"key{n}": f"What the {word} tells of its {word}ectomy" for n, word in enumerate(words)
    }
    dois = [f"10.5555/{n}" for n in range(chance.randint(1, 5))]
    text = [
        f"@article{{{key}, author = {{{title.split()[2].title()}son, Ann}}, title = {{{title}}},"
        f" journal = {{Journal of the {title.split()[2]}}}, year = {1980 + 3 * n},"
        f" volume = {n + 1}, pages = {7 * n + 1}, doi = {{{chance.choice(dois)}}}}}\n"
        for n, (key, title) in enumerate(titles.items())
    ]
    cut = chance.randint(1, len(text) - 1)
    imported("".join(text[:cut]), capsys)
    imported("".join(text[cut:]), capsys, name="more.bib")
    with Library.open("library.db", writable=False) as library:
        works = {key: library.find(Identifier(Scheme.NAME, key)) for key in titles}
    assert {key: work and work.item["title"] for key, work in works.items()} == titles


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("2005spine", "has characters that a name cannot have"),
        ("PMC123456", "reads as pmcid:PMC123456"),
    ],
)
def test_a_key_that_cannot_be_a_name_is_said(
    project: Path, capsys: Capsys, key: str, why: str
) -> None:
    said = imported(SPINE % key, capsys)
    assert f"refs.bib:1: the key {key} {why}; cite this work as @carragee2005\n" in said


@pytest.mark.parametrize(
    ("item", "key"),
    [
        ('{"id": "Modic2005"}', "Modic2005"),
        ('{"id": "http://zotero.org/users/1/items/ABC", "citation-key": "modic"}', "modic"),
        ('{"id": "http://zotero.org/users/1/items/ABC"}', ""),
        ('{"id": "ITEM-1"}', ""),
        ('{"id": 7}', ""),
        ("{}", ""),
    ],
)
def test_what_counts_as_a_key(item: str, key: str) -> None:
    (entry,) = exchange.read_all("csl-json", item)
    assert isinstance(entry, FileEntry)
    assert intake.entry_key(entry) == key


TITLE = "Acute Low Back Pain and Radiculopathy: MR Imaging Findings"
PAGE = (
    "# 腰痛\n\nMRIは有用である[1]。\n\n## 参考文献\n\n"
    "[1] M. T. Modic, N. A. Obuchowski, and J. S. Ross, “Acute Low Back Pain and Radiculopathy: MR"
    " Imaging Findings,” Radiology, vol. 237, no. 2, pp. 597–604, Nov. 2005,"
    " doi: 10.1148/radiol.2372041509.\n"
)
RIS = """TY  - JOUR
AU  - Modic, M.T.
%sTI  - %s
JO  - Radiology
PY  - %s
VL  - %s
SP  - 597
DO  - 10.1148/radiol.2372041509
ER  -
"""


def adopted(project: Path, capsys: Capsys) -> str:
    """The page that is managed now."""
    (project / "page.md").write_text(PAGE, encoding="utf-8")
    assert cli.run(("adopt", "--offline", "page.md")) == 0
    capsys.readouterr()
    return (project / "page.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "poor",
    [
        RIS % ("", "Acute Low Back Pain and Radiculopathy", 2005, 237),
        RIS % ("AU  - et al.\n", "Acute Low Back Pain and …", 2005, 237),
        RIS % ("AU  - Ross, J.\n", "Acute Low Back Pain and Radiculopathy: MR Imag", 2005, 237),
    ],
)
def test_a_poorer_record_leaves_the_entry_as_it_was(
    project: Path, capsys: Capsys, poor: str
) -> None:
    page = adopted(project, capsys)
    said = imported(poor, capsys, name="a.ris")
    joined = "a.ris:1: joined to modic2005"
    assert said.splitlines() == [joined, "a.ris: 1 entry read", "0 works new in library.db"]
    assert cli.run(("refs", "--offline", "page.md")) == 0
    assert (project / "page.md").read_text(encoding="utf-8") == page


def test_each_field_that_an_import_changes_is_told_with_both_values(
    project: Path, capsys: Capsys
) -> None:
    adopted(project, capsys)
    full = RIS % ("AU  - Obuchowski, Nancy A.\nAU  - Ross, J. S.\n", TITLE, 2005, 238)
    said = imported(full.replace("VL", "IS  - 3\nVL"), capsys, name="a.ris")
    assert "modic2005: volume: 237 → 238" in said
    assert "modic2005: issue: 2 → 3" in said
    assert "author" not in said
    other = RIS % ("AU  - Smith, P.\n", TITLE, 2009, 39)
    (project / "b.ris").write_text(other, encoding="utf-8")
    said = refpipe("import", "b.ris", folder=project, extra={"LANG": "ja_JP.UTF-8"}).stderr
    assert "巻「39」は一覧に出ません。modic2005 では「238」です" in said
    assert "著者「P. Smith」は一覧に出ません" in said
    assert "発行年「2009」は一覧に出ません" in said
    assert "→" not in said


def test_an_identifier_that_goes_to_another_work_is_told_with_both_entries(
    project: Path, capsys: Capsys
) -> None:
    adopted(project, capsys)
    other = RIS % ("AU  - Smith, P.\n", "Surgery of the shoulder in the elderly", 2005, 237)
    said = imported(other, capsys, name="a.ris")
    (line,) = (line for line in said.splitlines() if ": entry: " in line)
    assert "Acute Low Back Pain" in line.partition("→")[0]
    assert "Surgery of the shoulder" in line.partition("→")[2]


def test_works_that_came_with_the_file_itself_have_not_changed(
    project: Path, capsys: Capsys
) -> None:
    said = imported(MODIC + MODIC.replace("volume = {237}", "volume = {238}"), capsys)
    assert "→" not in said


@pytest.mark.parametrize(
    ("lang", "states"),
    [
        ("en", ("read from print only;", "read from print and a file only;",
                "read from a file only;")),
        ("ja", ("印刷の読み取りのまま。", "印刷の読み取りと取り込んだファイルのまま。",
                "取り込んだファイルのまま。")),
    ],
)  # fmt: skip
def test_show_names_where_an_unconfirmed_work_comes_from(
    project: Path, capsys: Capsys, lang: str, states: tuple[str, ...]
) -> None:
    def state(key: str) -> str:
        assert cli.run(("show", key, "--lang", lang)) == 0
        return capsys.readouterr().out.splitlines()[0]

    adopted(project, capsys)
    assert states[0] in state("modic2005")
    imported(RIS % ("", TITLE, 2005, 237), capsys, name="a.ris")
    assert states[1] in state("modic2005")
    imported(SPINE % "carragee2005", capsys)
    assert states[2] in state("carragee2005")
    assert cli.run(("check", "--select", "REF001", "page.md", "--lang", "en")) == 1
    assert "from print and a file" in capsys.readouterr().out


def test_nothing_is_imported_where_one_file_is_missing(project: Path, capsys: Capsys) -> None:
    (project / "a.bib").write_text(MODIC, encoding="utf-8")
    assert cli.run(("import", "a.bib", "b.bib")) == cli.FAILED
    assert "Nothing was imported" in capsys.readouterr().err
    assert cli.run(("search", "disk")) != cli.CLEAN


def test_works_without_a_key_in_their_file_are_named(project: Path, capsys: Capsys) -> None:
    entries = "".join(
        f"TY  - JOUR\nAU  - Roe{chr(97 + n)}, A.\nTI  - Title {n} of a paper about backs\n"
        f"PY  - 2001\nER  - \n\n"
        for n in range(22)
    )
    said = imported(entries, capsys, name="a.ris").splitlines()
    names = ", ".join(f"@roe{chr(97 + n)}2001" for n in range(20))
    assert said[-1] == f"to be cited as: {names} and 2 more"


_IMPOSSIBLE = [(2026, 13, 40), (2026, 0, 0), (2026, 2, 30), (2025, 2, 29), (2026, 4, 31)]
_DATED = {
    "a.ris": "TY  - JOUR\nTI  - A title\nDA  - {0}/{1:02}/{2:02}\nPY  - {0}\nER  - \n",
    "a.bib": "@misc{{a, title={{A title}}, date={{{0}-{1:02}-{2:02}}}}}",
    "b.bib": "@misc{{a, title={{A title}}, year={0}, month={{{1}}}, day={{{2}}}}}",
    "c.bib": "@misc{{a, title={{A title}}, year={0}, urldate={{{0}-{1:02}-{2:02}}}}}",
    "d.bib": "@misc{{a, title={{A title}}, date={{{0}年{1}月{2}日}}}}",
    "a.enw": "%0 Journal Article\n%T A title\n%D {0}\n%8 {0}-{1:02}-{2:02}\n",
    "a.nbib": "PMID- 1\nTI  - A title\nDP  - {0}-{1:02}-{2:02}\n",
    "a.json": '[{{"title": "A title", "issued": {{"date-parts": [[{0}, {1}, {2}]]}}}}]',
}  # fmt: skip


@pytest.mark.parametrize("date", _IMPOSSIBLE)
@pytest.mark.parametrize("name", sorted(_DATED))
def test_a_date_of_no_calendar_is_told_and_what_is_sure_is_kept(
    name: str, date: tuple[int, int, int], project: Path, capsys: Capsys
) -> None:
    year, month, _ = date
    kept = f"{year}-{month:02}" if 1 <= month <= 12 else str(year)
    (project / name).write_text(_DATED[name].format(*date), encoding="utf-8")
    assert cli.run(("convert", name, "--to", "csl-json")) == cli.CLEAN
    read = capsys.readouterr()
    assert f"is in no calendar, and {kept} is kept" in read.err
    for shown in re.findall(r"the date (\S+) is", read.err):
        assert shown in _DATED[name].format(*date) or name in {"a.json", "b.bib"}
        assert ("日" in shown) == (name == "d.bib")
    item = json.loads(read.out)[0]
    parts = (item.get("accessed") or item.get("issued"))["date-parts"][0]
    assert parts == [year, month][: 1 + (1 <= month <= 12)]


@pytest.mark.parametrize("date", ["2012-13", "2020-02-29", "2026-04-30", "2026-21", "2026"])
def test_of_a_date_of_the_calendar_nothing_is_told(
    date: str, project: Path, capsys: Capsys
) -> None:
    (project / "a.bib").write_text(f"@misc{{a, title={{A}}, date={{{date}}}}}", encoding="utf-8")
    assert cli.run(("convert", "a.bib")) == cli.CLEAN
    assert capsys.readouterr().err == ""


def test_an_entry_of_ris_that_is_not_closed_is_told(project: Path, capsys: Capsys) -> None:
    whole = "TY  - JOUR\nTI  - A title of things\nPY  - 2001\nER  - \n\n"
    said = imported(whole + whole.replace("ER  - \n", "").replace("things", "knees"), capsys,
                    name="a.ris")  # fmt: skip
    assert [line for line in said.splitlines() if "no ER" in line] == [
        "a.ris:6: no ER closes this entry; see whether the file was cut off"
    ]


def test_a_work_that_no_article_cites_is_told_by_its_name_and_no_line(tmp_path: Path) -> None:
    (tmp_path / "refpipe.toml").write_text('articles = ["a.md"]\n', encoding="utf-8")
    (tmp_path / "a.md").write_text("# 題\n", encoding="utf-8")
    entry = "TY  - JOUR\nAU  - Braun, K.\nTI  - Walking and knees\nPY  - 2019\nER  - \n"
    (tmp_path / "x.ris").write_text(entry, encoding="utf-8")
    refpipe("import", "x.ris", folder=tmp_path)
    told = refpipe("check", folder=tmp_path).stdout.splitlines()
    ours = [line for line in told if line.startswith("library.db")]
    assert ours
    assert all(re.match(r"library\.db: [A-Z]+\d+ .*braun2019", line) for line in ours)


@pytest.mark.parametrize("form", ["bib", "ris"])
def test_a_name_stays_with_its_work_where_its_doi_turns_out_to_be_anothers(
    form: str, project: Path, capsys: Capsys
) -> None:
    """A registry calls the DOI of an entry another paper: what was cited is cited on."""
    entry = {
        "bib": SPINE.replace("year = {2005}", "year = {2005}, doi = {10.1148/x}") % "carragee2005",
        "ris": "TY  - JOUR\nAU  - Carragee, Eugene\nTI  - Persistent Low Back Pain\n"
        "JO  - Spine\nPY  - 2005\nVL  - 352\nSP  - 1891\nDO  - 10.1148/x\nER  - \n",
    }[form]
    imported(entry, capsys, name=f"refs.{form}")
    message = {
        "DOI": "10.1148/x", "type": "journal-article", "title": ["Acute Radiculopathy"],
        "author": [{"family": "Modic", "given": "M."}], "container-title": ["Radiology"],
        "volume": "237", "page": "597-604", "issued": {"date-parts": [[1997]]},
    }  # fmt: skip
    doi = Identifier(Scheme.DOI, "10.1148/x")
    record = Record(source="crossref", identifier=doi, payload=json.dumps(message))
    with Library.open("library.db") as library:
        taken = intake.take(library, record, now="2026-01-01T00:00:00Z")
        cited = library.find(Identifier(Scheme.NAME, "carragee2005"))
        holder = library.find(doi)
    assert taken is not None
    assert taken.item["title"] == "Acute Radiculopathy"
    assert holder == taken
    assert cited is not None
    assert cited.item["title"].startswith("Persistent Low Back Pain")
