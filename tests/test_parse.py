"""``refpipe parse``: what goes in on stdin comes out as items, one for each reference."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bibtexparser.entrypoint import parse_string
from click.testing import CliRunner, Result

from refpipe.cli import bibliography
from refpipe.errors import UnreadableText
from refpipe.items import exchange

LIST = """[1]M. T. Modic et al., “Acute Low Back Pain and Radiculopathy,” Radiology, vol. 237,
no. 2, pp. 597–604, Nov. 2005, doi: 10.1148/RADIOL.2372041509.

Carragee EJ, Kim DH. A prospective analysis of magnetic
resonance imaging. Spine. 1997;22(14):1650-60.

山田太郎，ほか：腰痛体操の効果．整形外科 56：12-18，2005．
"""


def run(form: str, text: str = LIST) -> Result:
    return CliRunner().invoke(bibliography.parse_command, ["-", "--format", form], input=text)


def test_jsonl_has_one_object_for_each_reference_in_order() -> None:
    rows = [json.loads(line) for line in run("jsonl").stdout.splitlines()]
    assert [row["item"]["container-title"] for row in rows] == ["Radiology", "Spine", "整形外科"]
    for row in rows:
        assert set(row) == {"text", "item", "fields", "claims", "repairs", "rest"}
        assert row["text"] in LIST
        for field in row["fields"].values():
            assert set(field) == {"value", "confidence", "span"}
            start, end = field["span"]
            assert 0 <= start <= end <= len(row["text"])
    assert rows[0]["item"]["DOI"] == "10.1148/radiol.2372041509"
    start, end = rows[0]["fields"]["volume"]["span"]
    assert rows[0]["text"][start:end] == "237"
    assert rows[2]["item"]["custom"] == {"author-et-al": True}


UNTOLD = "Okafor B. Slow growth of reed beds. Marsh Ways. 2014."


def test_a_kind_that_nothing_tells_is_unsure_in_each_form() -> None:
    shown = run("text", UNTOLD).stdout
    assert re.search(r"type +article-journal +\(unsure: 60%\)", shown)
    told = json.loads(run("jsonl", UNTOLD).stdout)["fields"]["type"]
    assert told == {"value": "article-journal", "confidence": 0.6, "span": [0, 0]}
    sure = json.loads(run("jsonl", UNTOLD.replace("2014", "2014;12(3):45-51")).stdout)
    assert sure["fields"]["type"]["confidence"] >= 0.7


MARKED = (
    "[1] M. Modic and J. Ross, “MR Imaging Findings and Their Effect on Outcome1,” Radiology,"
    " vol. 237, no. 2, pp. 597–604, 2005. https://journals.lww.com/spinejournal/fulltext/1997"
    "/07150/A_Prospective_Analysis_of_Magnetic_Resonance.25.aspx\n"
    "[2] 健康保険法(大正十一年法律第七十号)第六十三条.\n"
)


def test_doubt_is_told_in_japanese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("refpipe.cli.terminal.language_of_talk", lambda: "ja")
    assert "article-journal   (自信なし: 60%)" in run("text", UNTOLD).stdout


def test_json_is_one_array() -> None:
    assert len(json.loads(run("json").stdout)) == 3


def test_csl_items_have_ids_of_their_own() -> None:
    items = json.loads(run("csl-json").stdout)
    assert run("csl").stdout == run("csl-json").stdout  # the name it had before
    assert [item["id"] for item in items] == ["modic2005", "carragee1997", "山田太郎2005"]


def test_bibtex_reads_back() -> None:
    library = parse_string(run("bibtex").stdout)
    assert not library.failed_blocks
    fields = library.entries_dict["carragee1997"].fields_dict
    assert fields["pages"].value == "1650--1660"
    assert fields["author"].value == "Carragee, E. J. and Kim, D. H."
    assert library.entries_dict["modic2005"].fields_dict["author"].value.endswith("and others")


def test_text_is_for_people() -> None:
    shown = run("text").stdout
    assert "title            A prospective analysis of magnetic resonance imaging" in shown
    assert "author           Modic, M. T." in shown


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text(LIST, encoding="utf-8")
    result = CliRunner().invoke(bibliography.parse_command, [str(path), "--format", "jsonl"])
    assert len(result.stdout.splitlines()) == 3


@pytest.mark.parametrize("text", ["", " \n\n", "参考文献\n"])
def test_nothing_to_read_is_no_success(text: str) -> None:
    result = CliRunner().invoke(
        bibliography.parse_command, ["-"], input=text, standalone_mode=False
    )
    assert result.return_value == 2
    assert "nothing to read" in result.stderr
    assert result.stdout == ""


def test_bytes_that_are_no_text_do_not_stop_it() -> None:
    result = CliRunner().invoke(
        bibliography.parse_command, ["-", "--format", "jsonl"], input=b"\xff\xfe Smith AB."
    )
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 1


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp", "iso2022_jp", "utf-16", "utf-8-sig"])
def test_a_list_in_an_older_encoding_is_read_as_what_it_is(encoding: str, tmp_path: Path) -> None:
    entry = "[1] 高橋良：腰痛の画像診断の進め方．整形外科 56：12-34，2005．"
    path = tmp_path / "list.txt"
    path.write_bytes(f"{entry}\n[2] 森のぞみ：膝の痛み．看護の道 3：1-9，2010．\n".encode(encoding))
    for name, given in ((str(path), b""), ("-", path.read_bytes())):
        result = CliRunner().invoke(
            bibliography.parse_command, [name, "--format", "jsonl"], input=given
        )
        first, second = map(json.loads, result.stdout.splitlines())
        assert first["text"] == entry
        assert second["item"]["title"] == "膝の痛み"
        # What was guessed from the bytes is told.
        assert ("not UTF-8; read as" in result.stderr) == (encoding in {"cp932", "euc_jp"})


def test_what_is_no_text_is_not_read() -> None:
    with pytest.raises(UnreadableText, match="it holds zero bytes"):
        CliRunner().invoke(
            bibliography.parse_command,
            ["-"],
            input="高橋良：腰痛の画像診断の進め方".encode("utf-16-le") + b"\0\0\0",
            catch_exceptions=False,
        )


def test_what_nobody_understands_is_a_finding() -> None:
    result = CliRunner().invoke(
        bibliography.parse_command, ["-"], input="12-34\n", standalone_mode=False
    )
    assert "not understood" in result.stderr
    assert result.return_value == 1


def test_what_stands_below_the_fields_is_told_in_japanese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("refpipe.cli.terminal.language_of_talk", lambda: "ja")
    shown = run("text", MARKED).stdout
    told = [line.split(maxsplit=1) for line in shown.splitlines()]
    assert ["修復", "題名の末尾の「1」は脚注の記号です"] in told
    assert ["候補(未確認)", "doi:10.1097/00007632-199707150-00025"] in told
    assert ["読み取れない部分", "第六十三条"] in told
    assert not re.search("mended|not understood|not confirmed", shown)


def test_of_a_page_the_list_is_read_and_the_rest_told() -> None:
    page = (
        "# 腰痛の話\n\n更新日：2024年5月1日\n\n腰痛は多くの人が経験します[1]。\n\n## 参考文献\n\n"
        "1. 高橋良：腰痛の画像診断．整形外科 56：12-34，2005．\n"
        "2. Roe R. On pain. Spine. 2001;26:12-19.\n"
    )
    runner = CliRunner()
    result = runner.invoke(bibliography.parse_command, ["-", "--format", "jsonl"], input=page)
    assert len(result.stdout.splitlines()) == 2
    assert "lines 9 to 10 are the list of references; the rest was left out" in result.stderr


ENTRIES = {
    "nbib": "PMID- 8747249\nTI  - Back pain.\nAU  - Abe K\n",
    "enw": "%0 Journal Article\n%A Abe, Ken\n%T Back pain\n%D 2001\n",
    "endnote-xml": "<xml><records><record><ref-type>17</ref-type><titles><title>Back pain</title>"
    "</titles></record></records></xml>",
    "pubmed-xml": "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>8747249</PMID><Article>"
    "<ArticleTitle>Back pain.</ArticleTitle></Article></MedlineCitation></PubmedArticle>"
    "</PubmedArticleSet>",
}


@pytest.mark.parametrize("form", sorted(exchange.FORMATS))
def test_entries_of_a_file_are_not_read_as_print(form: str) -> None:
    item = {"id": "a", "type": "article-journal", "title": "Back pain", "volume": "3"}
    text = exchange.write(form, [item]) if exchange.FORMATS[form].is_written else ENTRIES[form]
    done = CliRunner().invoke(bibliography.parse_command, ["-"], input=text, standalone_mode=False)
    assert (done.return_value, done.stdout) == (2, "")
    assert f"({form})" in done.stderr
    assert "refpipe convert" in done.stderr


@pytest.mark.parametrize(
    "around",
    ["<p>{}</p>\n", "<li>{}</li>", "<tr><td>{}</td></tr>", "<div class='r'><span>{}</span></div>"],
)
def test_markup_that_is_pasted_is_no_part_of_a_reference(around: str) -> None:
    texts = [
        "Abe K. A title of things. Spine. 2001;1:2-3.",
        "Ito K. Another title of knees. Knee. 2003;1:2-3.",
    ]
    shown = "<h2>References</h2>" + "".join(map(around.format, texts)) + "<script>x</script>"
    shown = shown.replace("A title", "<i>A title</i>")
    read = [json.loads(line) for line in run("jsonl", shown).stdout.splitlines()]
    assert [one["text"] for one in read] == texts
    assert [one["item"]["title"] for one in read] == ["A title of things", "Another title of knees"]


@pytest.mark.parametrize("fence", ["```bibtex\n{}\n```", "<pre>\n{}\n</pre>", "{}"])
def test_a_page_that_shows_an_entry_of_itself_is_read_by_its_list(fence: str) -> None:
    entry = "@article{me2020,\n  title={A page}, author={Me, M}, year={2020}, journal={Blog}\n}"
    page = (
        f"# Back pain\n\nText.\n\nCite this page:\n\n{fence.format(entry)}\n\n## References\n\n"
        "1. Smith J. A title of an article. Spine. 2010;3:1-9.\n"
        "2. Doe J. Another title of an article. Spine. 2011;4:1-9.\n"
    )
    rows = [json.loads(line) for line in run("jsonl", page).stdout.splitlines()]
    assert [row["item"]["volume"] for row in rows] == ["3", "4"]
    alone = run("jsonl", entry)
    assert not alone.stdout
    assert "no printed references" in alone.stderr


@pytest.mark.parametrize(
    "head", ["@taro(2020年5月1日) ", "@taro{2020} ", "@taro (2020). ", "%A. ", "[{1}] "]
)
def test_a_reference_that_begins_like_an_entry_hides_no_other(head: str) -> None:
    """One page by an account in a list of 115 references, and none of them was read."""
    printed = "佐藤花子. 腰痛の疫学. 整形外科 2015; 36: 1185-92."
    listed = f"{head}「腰痛の題名」 https://example.org/a\n\n{printed}\n"
    first, second = [json.loads(line) for line in run("jsonl", listed).stdout.splitlines()]
    assert "腰痛の題名" in first["text"]
    assert second["item"]["title"] == "腰痛の疫学"
