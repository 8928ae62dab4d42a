"""Bibliography files as people and programs write them."""

# ruff: noqa: E501 - rows of a table read best on one line.
from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from refpipe import cli, items
from refpipe.items import bibtex, exchange
from refpipe.items.bibtex import latex
from refpipe.items.exchange import (
    Broken,
    FileEntry,
    csl_json,
    dates,
    endnote,
    fields,
    pubmed,
    ris,
)
from refpipe.items.exchange import fields as people
from refpipe.model import Identifier, Item, Record, Scheme

CASES = Path(__file__).parent / "cases" / "exchange"


def only(found: tuple[FileEntry | Broken, ...]) -> Item:
    (entry,) = found
    assert isinstance(entry, FileEntry)
    return entry.item


# ── BibTeX ─────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def mixed() -> tuple[FileEntry | Broken, ...]:
    return bibtex.read_all((CASES / "mixed.bib").read_text(encoding="utf-8"))


def by_id(found: tuple[FileEntry | Broken, ...], key: str) -> FileEntry:
    return next(e for e in found if isinstance(e, FileEntry) and e.item.get("id") == key)


def test_one_broken_entry_costs_one_entry(mixed: tuple[FileEntry | Broken, ...]) -> None:
    broken = [entry for entry in mixed if isinstance(entry, Broken)]
    assert [entry.line for entry in broken] == [15]
    assert len(mixed) == 6


def test_an_article_with_strings_and_parentheses(mixed: tuple[FileEntry | Broken, ...]) -> None:
    entry = by_id(mixed, "Modic2005")
    assert entry.line == 6
    assert entry.item == {
        "id": "Modic2005",
        "type": "article-journal",
        "author": [
            {"family": "Modic", "given": "Michael T."},
            {"family": "van der Berg", "given": "A."},
            {"literal": "World Health Organization"},
        ],
        "custom": {"author-et-al": True},
        "title": "Acute low back pain: MR imaging of H<sub>2</sub>O in <i>E. coli</i>",
        "container-title": "Radiology",
        "issued": {"date-parts": [[2005, 11, 11]]},
        "page": "597-604",
        "volume": "237",
        "DOI": "10.1148/radiol.2372041509",
        "URL": "https://x.example/a_b",
    }


def test_a_child_inherits_and_can_be_read_alone(mixed: tuple[FileEntry | Broken, ...]) -> None:
    entry = by_id(mixed, "child")
    assert entry.item["container-title"] == "Whole"
    assert entry.item["editor"] == [{"family": "山田", "given": "太郎"}]
    assert entry.item["author"] == [{"family": "Muñoz", "given": "José"}]
    assert entry.item["issued"] == {"date-parts": [[2011]]}
    record = Record(source="bibtex", identifier=Identifier(Scheme.NAME, "x"), payload=entry.raw)
    again = items.read(record).item
    assert again["container-title"] == "Whole"
    assert "id" not in again
    assert again["publisher"] == "World Health Press"


def test_entries_without_a_key_and_of_archives(mixed: tuple[FileEntry | Broken, ...]) -> None:
    keyless = next(e for e in mixed if isinstance(e, FileEntry) and "id" not in e.item).item
    assert keyless["issued"] == {"date-parts": [[2001, 6], [2001, 7]]}
    assert (keyless["ISSN"], "ISBN" in keyless) == ("0012-9658", False)
    last = by_id(mixed, "last").item
    assert (last["type"], last["archive"], last["URL"]) == (
        "article",
        "arXiv",
        "https://y.example/",
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"P\"{a}ckert, Ji{\v{r}}{\'{\i}} {E}rd{\H o}s", "Päckert, Jiří Erdős"),
        (r"{\th}{\'a}tttaka dzia{\l}ania \O re \aa", "þátttaka działania Øre å"),
        (
            r"$\Sigma^{0}$ at 10$^{-3}$, 5 \% \& more",
            "Σ<sup>0</sup> at 10<sup>-3</sup>, 5 % & more",
        ),
        (
            r"{\em Natrix} \textbf{do not} \textsc{caps} \foo{bar}",
            "<i>Natrix</i> <b>do not</b> caps bar",
        ),
        (r"a -- b --- c ``d'' e~f", "a – b — c “d” e\u00a0f"),
        (r"\href{https://x.example}{here} \textquotesingle{}s {open", "here 's open"),
        (r"\textalpha-syn \enquote{x}", "α-syn “x”"),
    ],
)
def test_latex(written: str, meant: str) -> None:
    assert latex.read(written) == meant


def test_a_missing_comma_costs_no_field() -> None:
    (entry,) = bibtex.read_all("@article{v,\n year = 2001\n journal = {X} pages = {1-2},\n}")
    assert isinstance(entry, FileEntry)
    assert (entry.item["container-title"], entry.item["page"]) == ("X", "1-2")
    assert "journal" in entry.notes[0]


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("@article{v\n title = {A}, year = 2001}", "behind the key"),
        ("@article{v, title = {A}, year = 2001)", "closes with )"),
    ],
)
def test_one_slip_of_the_pen_is_mended_and_named(written: str, fault: str) -> None:
    entry, after = bibtex.read_all(f"{written}\n@book{{w, title = {{B}}}}")
    assert isinstance(entry, FileEntry)
    assert isinstance(after, FileEntry)
    assert (entry.item["id"], entry.item["title"]) == ("v", "A")
    assert entry.item["issued"] == {"date-parts": [[2001]]}
    assert fault in entry.notes[0]
    assert bibtex.read_all(entry.raw)[0] == entry


# ── the other formats ──────────────────────────────────────────────────────────────────


def test_ris() -> None:
    text = (
        "TY  - JOUR\nA1  - Modic, M. T.\nAU  - WHO\nT1  - A title\n  that goes on\nJO  - Radiol.\n"
        "T2  - Radiology\nPY  - 2005\nDA  - Nov 12\nSP  - 597\nEP  - 604\nVL  - 237\nIS  - 2\n"
        "N1  - doi: 10.1148/radiol.2372041509\nSN  - 0033-8419\nUR  - //x.example/1\nLA  - eng\nER  - \n"
        "AU  - early\nTY  - BOOK\nER  - \nTY  - BOOK\nER  - \nAU  - nobody's\nER  - \n"
    )
    entry, early, empty, stray = ris.read_all(text)
    assert isinstance(early, FileEntry)
    assert early.item == {"type": "book", "author": [{"literal": "early"}]}
    assert isinstance(entry, FileEntry)
    assert entry.item == {
        "type": "article-journal",
        "author": [{"family": "Modic", "given": "M. T."}, {"literal": "WHO"}],
        "title": "A title that goes on",
        "container-title": "Radiology",
        "container-title-short": "Radiol.",
        "issued": {"date-parts": [[2005, 11, 12]]},
        "page": "597-604",
        "volume": "237",
        "issue": "2",
        "DOI": "10.1148/radiol.2372041509",
        "ISSN": "0033-8419",
        "URL": "https://x.example/1",
        "language": "en",
        "note": "doi: 10.1148/radiol.2372041509",
    }
    assert isinstance(stray, Broken)
    assert (stray.line, "TY" in stray.reason) == (24, True)
    assert isinstance(empty, Broken)
    assert empty.line == 22


def test_nbib() -> None:
    text = (
        "PMID- 8692918\nVI  - 93\nIP  - 14\nDP  - 1996 Jul 9\nTI  - The structure of bovine\n"
        "      F1-ATPase.\nPG  - 6913-7\nLID - 10.1000/x [doi]\nFAU - van Raaij, M J\nAU  - van Raaij MJ\n"
        "AU  - Abrahams JP Jr\nCN  - The Group\nTA  - Proc X\nJT  - Proceedings of X\nLA  - eng\n"
    )
    item = only(pubmed.read_all(text))
    assert item["title"] == "The structure of bovine F1-ATPase"
    assert item["author"] == [
        {"family": "van Raaij", "given": "M J"},
        {"family": "Abrahams", "given": "JP", "suffix": "Jr"},
        {"literal": "The Group"},
    ]
    assert (item["page"], item["DOI"], item["PMID"]) == ("6913-6917", "10.1000/x", "8692918")
    assert item["issued"] == {"date-parts": [[1996, 7, 9]]}


def test_refer() -> None:
    item = only(
        endnote.read_all("%0 Journal Article\n%A 余敏\n%T 研究\n%J 现代情报\n%D 2009\n%P 94-98\n")
    )
    assert item["author"] == [{"literal": "余敏"}]
    assert (item["type"], item["container-title"]) == ("article-journal", "现代情报")


def test_endnote_xml() -> None:
    text = (
        "<xml><records><record><ref-type name='Journal Article'>17</ref-type><contributors><authors>"
        "<author><style face='normal'>Modic, M. T.</style></author></authors></contributors><titles>"
        "<title><style face='normal'>In </style><style face='italic superscript'>vivo</style></title>"
        "<secondary-title>Radiology</secondary-title></titles><dates><year>2005</year></dates>"
        "</record><record></record></records></xml>"
    )
    entry, empty = endnote.read_all_xml(text)
    assert isinstance(entry, FileEntry)
    assert entry.item["title"] == "In <i><sup>vivo</sup></i>"
    assert entry.item["author"] == [{"family": "Modic", "given": "M. T."}]
    assert isinstance(empty, Broken)


def test_pubmed_xml() -> None:
    text = (
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><Journal>"
        "<ISSN>1234-5678</ISSN><JournalIssue><Volume>2</Volume><PubDate><MedlineDate>2001 Jul-Aug"
        "</MedlineDate></PubDate></JournalIssue><Title>J</Title></Journal><ArticleTitle>H<sub>2</sub>O."
        "</ArticleTitle><ELocationID EIdType='pii'>e42692</ELocationID><AuthorList><Author>"
        "<LastName>Sato</LastName><ForeName>Hana</ForeName></Author><Author><CollectiveName>G"
        "</CollectiveName></Author></AuthorList></Article></MedlineCitation><PubmedData><ArticleIdList>"
        "<ArticleId IdType='doi'>10.1000/y</ArticleId></ArticleIdList></PubmedData></PubmedArticle>"
    )
    entry, *broken = pubmed.read_all_xml(text)
    assert isinstance(entry, FileEntry)
    assert entry.item["title"] == "H<sub>2</sub>O"
    assert entry.item["author"] == [{"family": "Sato", "given": "Hana"}, {"literal": "G"}]
    assert (entry.item["page"], entry.item["DOI"], entry.item["volume"]) == (
        "e42692",
        "10.1000/y",
        "2",
    )
    assert broken, "the set is never closed, and that is said"


def test_an_entity_bomb_is_no_bomb() -> None:
    bomb = "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><xml><records><record><titles><title>&b;"
    for entry in endnote.read_all_xml(bomb):
        assert len(str(entry)) < 2_000


@pytest.mark.parametrize("inner", ["{", "\\textit{", "\\'", "$"])
def test_no_depth_is_too_deep(inner: str) -> None:
    text = f"@misc{{a, title = {{{inner * 5000}x{'}' * 5000 * inner.count('{')}}}}}"
    assert bibtex.read_all(text)
    assert csl_json.read_all("[" * 100_000)


def test_csl_json_mends_dates_and_numbers() -> None:
    text = (
        '[{"id": 7, "type": "book", "volume": 3, "issued": {"date-parts": [["2013", 25, 1]]}},\n 5]'
    )
    entry, broken = csl_json.read_all(text)
    assert isinstance(entry, FileEntry)
    assert entry.item == {
        "id": "7",
        "type": "book",
        "volume": "3",
        "issued": {"date-parts": [[2013]]},
    }
    assert isinstance(broken, Broken)
    assert broken.line == 2


# ── pieces ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1990/2/27", [[1990, 2, 27]]), ("2001///", [[2001]]), ("1996 Jul 9", [[1996, 7, 9]]),
        ("2016/12//", [[2016, 12]]), ("20131221", [[2013, 12, 21]]), ("July 4, 1976", [[1976, 7, 4]]),
        ("2026-00-00", [[2026]]), ("2021-02-30", [[2021, 2]]), ("2001-06/2001-07", [[2001, 6], [2001, 7]]),
        ("c1998", [[1998]]), ("1998--2001", [[1998], [2001]]), ("2019年3月5日", [[2019, 3, 5]]),
        ("2015/october", [[2015, 10]]),
    ],
)  # fmt: skip
def test_dates(text: str, parts: list[list[int]]) -> None:
    assert dates.read(text) == {"date-parts": parts}


@pytest.mark.parametrize("text", ["", "in press", "///", "YEAR/MONTH/DAY/", "99"])
def test_no_dates(text: str) -> None:
    assert dates.read(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("von Hicks, III, Michael", {"family": "von Hicks", "suffix": "III", "given": "Michael"}),
        ("King, Martin, Jr.", {"family": "King", "suffix": "Jr.", "given": "Martin"}),
        ("Ludwig van Beethoven", {"family": "van Beethoven", "given": "Ludwig"}),
        ("American Rights at Work", {"family": "Work", "given": "American Rights at"}),
        ("山田太郎", {"literal": "山田太郎"}),
        ("山田 太郎", {"family": "山田", "given": "太郎"}),
        ("Smith J.A.", {"family": "Smith", "given": "J.A."}),
        ("Charles de la Vallée Poussin", {"family": "de la Vallée Poussin", "given": "Charles"}),
        ("sudhin jacob", {"family": "jacob", "given": "sudhin"}),
        (" , ", None),
    ],
)
def test_names(text: str, name: dict[str, str] | None) -> None:
    assert people.name(text) == name


def test_small_pieces() -> None:
    assert fields.whole_pages("6913-7, S12-5") == "6913-6917, S12-S15"
    assert fields.tidy_pages("330\u2014331") == "330-331"
    assert fields.language("Japanese") == "ja"
    assert fields.language("Klingon") == "Klingon"
    assert fields.address("see www.x.example/a b") == "http://www.x.example/a"
    assert fields.address("<Go to ISI>://0002") == ""


@pytest.mark.parametrize("name", list(exchange.FORMATS))
def test_every_format_has_a_reader_of_its_records(name: str) -> None:
    source = exchange.FORMATS[name].source
    record = Record(source=source, identifier=Identifier(Scheme.NAME, "x"), payload="no such thing")
    assert items.READERS[source]
    assert items.read(record).item == {}


def test_formats_are_told_apart() -> None:
    assert exchange.guess("x.txt", "\n@article{a, title={x}}") == "bibtex"
    assert exchange.guess("", "TY  - JOUR\nTI  - @x{y}") == "ris"
    assert exchange.guess("", "PMID- 1\nTI  - x") == "nbib"
    assert exchange.guess("a.xml", "<?xml?><PubmedArticleSet><PubmedArticle>") == "pubmed-xml"
    assert exchange.guess("a.xml", "<xml><records><record>") == "endnote-xml"
    assert exchange.guess("", "%0 Book\n%T x") == "enw"
    assert exchange.guess("", '[{"type": "book"}]') == "csl-json"
    assert exchange.guess("", "nothing") is None


# ── the commands ───────────────────────────────────────────────────────────────────────


def run(*arguments: str, stdin: str = "") -> tuple[int, str, str]:
    found = CliRunner().invoke(cli.refpipe, list(arguments), input=stdin, standalone_mode=False)
    code = found.return_value if isinstance(found.return_value, int) else 0
    if found.exception:
        raise found.exception
    return code, found.stdout, found.stderr


def test_convert_says_what_it_cannot_read() -> None:
    code, out, err = run("convert", str(CASES / "mixed.bib"), "--to", "ris")
    assert code == 1
    assert out.count("TY  - ") == 5
    assert "mixed.bib:15: " in err


def test_import_twice_changes_nothing_and_export_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text('[tool.refpipe]\nlibrary = "library.db"\n')
    (tmp_path / "a.bib").write_bytes((CASES / "mixed.bib").read_bytes())
    assert run("import", "a.bib")[0] == 1
    before = (tmp_path / "library.db").read_bytes()
    run("import", "a.bib")
    assert (tmp_path / "library.db").read_bytes() == before
    for form in ("bibtex", "ris", "csl-json"):
        code, out, _ = run("export", "--format", form)
        assert code == 0
        other = tmp_path / form
        other.mkdir()
        monkeypatch.chdir(other)
        (other / "pyproject.toml").write_text('[tool.refpipe]\nlibrary = "library.db"\n')
        (other / "b").write_text(out, encoding="utf-8")
        assert run("import", "b", "--from", form)[0] == 0
        assert sorted(titles(run("export")[1])) == sorted(titles(run_in(tmp_path, monkeypatch)))
        monkeypatch.chdir(tmp_path)


def run_in(place: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(place)
    return run("export")[1]


def titles(text: str) -> list[str]:
    return [e.item["title"] for e in csl_json.read_all(text) if isinstance(e, FileEntry)]


def test_bibtex_is_written_as_bibtex_wants_it() -> None:
    item: Item = {
        "id": "a",
        "type": "article-journal",
        "author": [{"family": "Modic", "given": "M. T."}],
        "page": "597-604",
        "custom": {"author-et-al": True},
    }
    text = bibtex.write([item])
    assert "author = {Modic, M. T. and others}," in text
    assert "pages = {597--604}," in text
    (entry,) = bibtex.read_all(text)
    assert isinstance(entry, FileEntry)
    assert entry.item == item
    assert "csl-" not in text


# ── what a source left out, or wrote elsewhere ─────────────────────────────────────────


def test_null_in_csl_json_says_nothing() -> None:
    text = (
        '[{"id": "a", "title": "T", "volume": null, "issued": {"date-parts": [[null]]}, "author":'
        ' [{"family": "X", "given": null}, {"family": null}, "Doe, J", {"literal": 5}],'
        ' "editor": {"family": "Q"}, "ISSN": ["1234-5678", "8765-4321"], "keyword": ["a", "b"]}]'
    )
    item = only(csl_json.read_all(text))
    assert item == {
        "id": "a",
        "type": "document",
        "title": "T",
        "author": [{"family": "X"}, {"family": "Doe", "given": "J"}, {"literal": "5"}],
        "editor": [{"family": "Q"}],
        "ISSN": "1234-5678",
        "keyword": "a, b",
    }
    for form in ("ris", "bibtex", "csl-json"):
        assert only(exchange.read_all(form, exchange.write(form, [item]))) == item


@pytest.mark.parametrize("form", ["ris", "bibtex"])
def test_no_note_says_that_something_is_not_there(form: str) -> None:
    item: Item = {"id": "b", "type": "book", "page": "1-2", "accessed": {"date-parts": [[2020]]}}
    written = exchange.write(form, [item])
    assert "null" not in written
    assert only(exchange.read_all(form, written)) == item


@pytest.mark.parametrize(
    "lines",
    [
        "UR  - https://x.example/1\nUR  - https://doi.org/10.1000/y",
        "UR  - https://x.example/1; https://doi.org/10.1000/y",
        "UR  - https://x.example/1\n  https://doi.org/10.1000/y",
        "UR  - https://x.example/1\nL3  - 10.1000/y",
    ],
)
def test_ris_keeps_the_doi_among_its_addresses(lines: str) -> None:
    item = only(ris.read_all(f"TY  - JOUR\nTI  - T\n{lines}\nER  - \n"))
    assert (item["DOI"], item["URL"]) == ("10.1000/y", "https://x.example/1")


@pytest.mark.parametrize("end", ["ER  - \n", "ER  - \n\n", "\n"])
def test_ris_with_fields_before_the_type_is_one_record(end: str) -> None:
    text = "".join(f"AU  - {n}, X\nTI  - {n}\nTY  - JOUR\nPY  - 2001\n{end}" for n in "ABC")
    found = ris.read_all(text)
    assert [one.item["title"] for one in found if isinstance(one, FileEntry)] == ["A", "B", "C"]
    assert [len(one.item["author"]) for one in found if isinstance(one, FileEntry)] == [1, 1, 1]
    assert all(ris.read_all(one.raw)[0] == replace(one, line=1) for one in found)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-8-sig"])
def test_files_in_utf_16_are_read_with_and_without_a_mark(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.ris"
    path.write_bytes("TY  - JOUR\r\nTI  - 腰痛と足の痛み\r\nER  - \r\n".encode(encoding))
    code, out, _ = run("convert", str(path))
    assert code == 0
    assert titles(out) == ["腰痛と足の痛み"]


def read_items(form: str, text: str) -> list[Item]:
    return [one.item for one in exchange.read_all(form, text) if isinstance(one, FileEntry)]


def of_ris(*lines: str) -> Item:
    return read_items("ris", "\n".join(("TY  - JOUR", "TI  - A", *lines, "ER  - ")))[0]


@pytest.mark.parametrize(
    "written",
    ["10.1000/abc.", "https://www.doi.org/10.1000/abc", "doi.org/10.1000/abc",
     "10.1000/abc 10.1000/def", "https://doi.org/10.1000%2Fabc", "10.1000/abc (online)"],
)  # fmt: skip
def test_a_doi_in_its_own_tag_is_read_however_it_is_written(written: str) -> None:
    assert of_ris(f"DO  - {written}")["DOI"] == "10.1000/abc"


def test_no_tag_of_a_ris_entry_covers_another() -> None:
    both = of_ris("SN  - 1234-5679", "SN  - 978-4-260-02423-5")
    assert (both["ISSN"], both["ISBN"]) == ("1234-5679", "978-4-260-02423-5")
    assert of_ris("PY  - 2019", "DA  - 2018/12/28")["issued"] == {"date-parts": [[2019]]}
    assert of_ris("PY  - 2019", "DA  - 2019/12/28")["issued"] == {"date-parts": [[2019, 12, 28]]}
    assert of_ris("AU  - 山田，太郎")["author"] == [{"family": "山田", "given": "太郎"}]


def test_refer_entries_without_a_type_are_parted_by_empty_lines() -> None:
    text = "%A Smith, J\n%T One\n\n%J Lancet\n\n%A Doe, K\n%T Two\n%J BMJ\n"
    one, two = read_items("enw", text)
    assert (one["title"], one["container-title"], len(one["author"])) == ("One", "Lancet", 1)
    assert (two["title"], two["container-title"], len(two["author"])) == ("Two", "BMJ", 1)
    lines = [entry.line for entry in exchange.read_all("enw", text)]
    assert lines == [1, 6]


def test_csl_json_in_forms_that_programs_write() -> None:
    lines = '{"title": "a\u2028b"}\n{"title": "c"}\n'
    assert [item["title"] for item in read_items("csl-json", lines)] == ["a b", "c"]
    (item,) = read_items(
        "csl-json",
        '{"title": "a", "author": [{"name": "WHO"}], "editor": "Roe, A; Poe, B", "volume": 12.0,'
        ' "issued": {"date-parts": [2019, 5]}, "accessed": [[2020]]}',
    )
    assert item["author"] == [{"literal": "WHO"}]
    assert item["editor"] == [{"family": "Roe", "given": "A"}, {"family": "Poe", "given": "B"}]
    assert item["volume"] == "12"
    assert item["issued"] == {"date-parts": [[2019, 5]]}
    assert item["accessed"] == {"date-parts": [[2020]]}


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp", "iso2022_jp", "cp1252", "utf-8"])
def test_files_in_older_encodings_are_read_as_what_they_are(encoding: str) -> None:
    title = "Pérez Müller à l’été" if encoding == "cp1252" else "腰痛の診療"
    text = f"TY  - JOUR\nTI  - {title}\nAU  - Smith, J.\nER  - \n"
    raw = text.encode(encoding) + (b"TY  - JOUR\nTI  - \xff\n" if encoding == "utf-8" else b"")
    found = exchange.read_bibliography(raw, "a.ris")
    assert found.entries[0].item["title"] == title
    assert bool(found.notes) == (encoding != "iso2022_jp")


@pytest.mark.parametrize(
    ("title", "encoding"),
    [
        ("腰椎间盘突出症的诊断与治疗", "gb18030"),
        ("요통의 진단", "euc_kr"),
        ("腰椎間盤突出症", "big5"),
    ],
)
def test_what_is_not_japanese_becomes_no_other_kanji(title: str, encoding: str) -> None:
    raw = f"TY  - JOUR\nTI  - {title}\nER  - \n".encode(encoding)
    found = exchange.read_bibliography(raw, "a.ris")
    assert not re.search(r"[\u4e00-\u9fff]", str(found.entries[0].item["title"]))
    assert "look at the letters" in found.notes[0]


def test_what_pubmed_says_of_an_article_is_read_from_both_its_formats() -> None:
    text = (
        "PMID- 1\nTI  - A.\nPT  - Retracted Publication\n"
        "RIN - Lancet. 2010 Feb 6;375(9713):445. doi: 10.1016/x1. PMID: 20137807\n"
    )
    record = Record(identifier=Identifier(Scheme.PMID, "1"), source="nbib", payload=text)
    (tie,) = pubmed.read(record).relations
    assert (tie.kind, tie.target.value, tie.date) == ("retraction", "10.1016/x1", "2010-02-06")
    names = "".join(
        f"<Author ValidYN='{valid}'><LastName>{name}</LastName></Author>"
        for valid, name in (("N", "Smyth"), ("Y", "Smith"))
    )
    (item,) = read_items(
        "pubmed-xml",
        "<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>A</ArticleTitle>"
        f"<AuthorList>{names}</AuthorList></Article></MedlineCitation></PubmedArticle>",
    )
    assert item["author"] == [{"family": "Smith"}]


def test_bibtex_tells_what_it_could_not_take_and_keeps_what_has_no_field() -> None:
    (entry,) = exchange.read_all("bibtex", "@inproceedings{a, title={T}, crossref={gone}}")
    assert isinstance(entry, FileEntry)
    assert "gone" in entry.notes[0]
    (item,) = read_items(
        "bibtex", "@misc{a, title={T}, howpublished={WHO Press}, note={In Japanese}}"
    )
    assert item["note"] == "WHO Press. In Japanese"
    (item,) = read_items("bibtex", "@article{a, title={T}, author={山田太郎, 佐藤花子, 他3名}}")
    assert [name["literal"] for name in item["author"]] == ["山田太郎", "佐藤花子"]
    assert item["custom"] == {"author-et-al": True}


@pytest.mark.parametrize(
    ("written", "parts"),
    [("12 maggio 2019", [2019, 5, 12]), ("março 2019", [2019, 3]), ("2 mei 2019", [2019, 5, 2]),
     ("Ene 2019", [2019, 1]), ("2019, dic", [2019, 12])],
)  # fmt: skip
def test_months_of_further_languages(written: str, parts: list[int]) -> None:
    assert dates.read(written) == {"date-parts": [parts]}
