"""What a page tells machines: only what it states, in schema.org's shapes, and without a trace."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import ROOT, refpipe

from refpipe import articles
from refpipe.articles import weaving
from refpipe.cache import Cache
from refpipe.model import Certainty, Claim, Identifier, Relation, Work
from refpipe.pipeline import json_ld

_LETTERS = st.sampled_from(
    ["<html>", "<head>", "</head>", "</HEAD >", "<!-- </head> -->", "<body>", "<script>", "'",
     "</script>", "---\n", "+++\n", "title: x\n", "\r\n", "\n", "漢😀", "\u2028", "x", "-->",
     "<!--bibliography--><!--/bibliography-->", "\ufeff", "<!--json-ld", '"', "\\"]
)  # fmt: skip
TEXTS = st.lists(_LETTERS, max_size=14).map("".join)
VALUES = st.dictionaries(
    st.text(max_size=4), st.text(alphabet="<>&'\"\\-!/\u2028漢a\n", max_size=9)
)


@given(TEXTS, VALUES, VALUES, st.sampled_from(["html", "markdown"]))
def test_the_block_goes_in_once_and_comes_out_without_a_trace(
    text: str, first: dict[str, str], second: dict[str, str], form: str
) -> None:
    once = weaving.put_linked_data(text, form, json.dumps(first, ensure_ascii=False))
    assert weaving.take_out_linked_data(once, form) == text
    again = weaving.put_linked_data(once, form, json.dumps(second, ensure_ascii=False))
    assert again == weaving.put_linked_data(text, form, json.dumps(second, ensure_ascii=False))
    if once != text:
        shown = block(once)
        assert json.loads(shown) == first
        assert not set("<>&'") & set(shown)


def block(text: str) -> str:
    if weaving.LINKED_DATA in text:
        (line,) = [line for line in text.split("\n") if line.startswith(weaving.LINKED_DATA)]
        return line.rstrip("\r").partition("'")[2].removesuffix("'")
    inner = text.partition("<!--json-ld-->")[2].partition("<!--/json-ld-->")[0]
    return inner.partition(">")[2].rpartition("<")[0]


def page(text: str, *works: Work, path: str = "a.md") -> dict[str, Any]:
    found = json.loads(json_ld.page(articles.read(path, text), works))
    assert isinstance(found, dict)
    return found


def test_dates_that_the_page_states_and_no_others() -> None:
    text = "公開日:2026/02/10\n更新日:2026/03/01\n監修:山田 太郎(医師)\n\n本文 [@a]\n"
    found = page(text)
    assert found["datePublished"] == "2026-02-10"
    assert found["dateModified"] == "2026-03-01"
    assert found["reviewedBy"] == {"@type": "Person", "name": "山田 太郎"}
    assert "lastReviewed" not in found


@pytest.mark.parametrize(
    "text",
    [
        "更新日:2026/00/00\n",
        "更新日:2026/03\n",
        "更新日:2026/03/01\n\n最終更新日:2026/04/01\n",
        "監修について書きます。監修:\n",
        "監修:山田太郎\n\n監修:田中花子\n",
        "<!-- 監修:山田太郎 -->\n",
        "It was reviewed by many experts.\n",
    ],
)
def test_what_is_not_stated_once_is_left_out(text: str) -> None:
    assert set(page(text)) == {"@context", "@type", "citation"}


def test_a_reviewer_of_the_front_matter_and_one_that_is_no_person() -> None:
    text = "---\nreviewer: 中央クリニック\nlastReviewed: 2026-01-05\n---\n本文\n"
    assert page(text)["reviewedBy"] == {"@type": "Organization", "name": "中央クリニック"}


ARTICLE = Work(
    id="doi:10.5555/a",
    name="sato1987",
    item={
        "type": "article-journal",
        "title": "Outcome of <i>lumbar</i> herniation &lt; 5 years",
        "author": [{"family": "Sato", "given": "Hana"}, {"literal": "Spine Study Group"}],
        "issued": {"date-parts": [[1987, 3]]},
        "container-title": "Spine",
        "volume": "12",
        "issue": "3",
        "page": "101-108",
        "URL": "https://example.org/a",
    },
    claims=(
        Claim(identifier=Identifier.parse("doi:10.5555/a"), certainty=Certainty.CONFIRMED),
        Claim(identifier=Identifier.parse("pmid:123"), certainty=Certainty.CANDIDATE),
    ),
    relations=(Relation(kind="retraction", target=Identifier.parse("doi:10.5555/n")),),
)
BOOK = Work(
    id="isbn:9780000000002",
    name="mori2001",
    item={
        "type": "book",
        "title": "腰痛",
        "author": [{"family": "森"}],
        "issued": {"date-parts": [[2001]]},
        "publisher": "X 社",
    },
    claims=(Claim(identifier=Identifier.parse("isbn:9780000000002"), certainty=Certainty.LITERAL),),
)
WEB = Work(
    id="url:https://example.org/w",
    name="w",
    item={"type": "webpage", "title": "Back pain", "URL": "https://example.org/w",
          "container-title": "Example", "issued": {"date-parts": [[2024, 13, 1]]}},
)  # fmt: skip
CHAPTER = Work(
    id="text:aa",
    name="c",
    item={"type": "chapter", "title": "C", "container-title": "B", "page": "1"},
)
ODD = Work(id="text:bb", name="odd", item={"type": "motion_picture", "author": "x", "issued": 3})


def test_a_work_is_told_with_what_is_certain_of_it() -> None:
    found = json_ld.citation(ARTICLE)
    assert found["@type"] == "ScholarlyArticle"
    assert found["name"] == "Outcome of lumbar herniation < 5 years"
    assert found["datePublished"] == "1987-03"
    assert found["sameAs"] == ["https://doi.org/10.5555/a"]
    assert found["creativeWorkStatus"] == "Retracted"
    assert [one["@type"] for one in found["author"]] == ["Person", "Organization"]
    assert json_ld.citation(BOOK)["isbn"] == "9780000000002"
    assert "datePublished" not in json_ld.citation(WEB)
    assert json_ld.citation(ODD) == {"@type": "CreativeWork", "name": "odd"}


def test_a_retraction_that_was_withdrawn_is_told_of_nobody() -> None:
    notice = Identifier.parse("doi:10.5555/n")
    ties = tuple(
        Relation(kind=kind, target=notice, date=date)
        for kind, date in (("retraction", "2020-01-01"), ("reinstatement", "2021-01-01"))
    )
    assert "creativeWorkStatus" not in json_ld.citation(replace(ARTICLE, relations=ties))
    assert "creativeWorkStatus" in json_ld.citation(replace(ARTICLE, relations=ties[:1]))


@pytest.mark.parametrize(
    ("name", "shown", "kind"),
    [
        ({"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
         "Jan van der Berg", "Person"),
        ({"family": "Lind", "given": "Ann", "suffix": "Jr"}, "Ann Lind Jr", "Person"),
        ({"family": "山田", "given": "太郎"}, "山田 太郎", "Person"),
        ({"literal": "山田太郎"}, "山田太郎", "Person"),
        ({"literal": "𠮷田花子"}, "𠮷田花子", "Person"),
        ({"literal": "日本整形外科学会"}, "日本整形外科学会", "Organization"),
        ({"literal": "World Health Organization"}, "World Health Organization", "Organization"),
        ({"literal": "Jane Q. Roe"}, "Jane Q. Roe", "Person"),
        ({"literal": "Modic MT"}, "Modic MT", "Person"),
        ({"literal": "van der Berg J"}, "van der Berg J", "Person"),
        ({"literal": "ジョン・スミス"}, "ジョン・スミス", "Person"),
        ({"literal": "NICE"}, "NICE", "Organization"),
        ({"literal": "Mayo Clinic"}, "Mayo Clinic", "Organization"),
        ({"literal": "協会けんぽ"}, "協会けんぽ", "Organization"),
        ({"literal": "朝日新聞"}, "朝日新聞", "Organization"),
    ],
)  # fmt: skip
def test_an_author_is_told_by_the_whole_name(name: dict[str, str], shown: str, kind: str) -> None:
    (told,) = json_ld.citation(replace(ARTICLE, item={"author": [name]}))["author"]
    assert (told["name"], told["@type"]) == (shown, kind)


def test_a_name_that_may_be_anybodys_is_told_as_nobody() -> None:
    for name in (
        "Smith", "Cochrane", "Jane Roe", "Doctors Without Borders", "Human Rights Watch",
        "Kaiser Permanente", "Cancer Research UK", "Médecins Sans Frontières",
    ):  # fmt: skip
        told = json_ld.citation(replace(ARTICLE, item={"author": [{"literal": name}]}))
        assert "author" not in told


def test_a_page_without_a_place_for_the_block_is_told_each_time(tmp_path: Path) -> None:
    shutil.copy(ROOT / "library.db", tmp_path / "library.db")
    (tmp_path / "refpipe.toml").write_text('articles = ["."]\njson-ld = true\n', encoding="utf-8")
    page = tmp_path / "a.md"
    page.write_text("y [@modic2005]\n\n<!--bibliography-->\n", encoding="utf-8")
    for _ in range(2):
        run = refpipe("refs", "--offline", folder=tmp_path)
        assert "note: a.md has no place for JSON-LD" in run.stderr
        assert run.returncode == 0
        # The page is looked at each time, and what it cites is known all the same.
        with Cache(tmp_path / ".refpipe") as cache:
            assert [Path(path).name for path, _ in cache.citations()] == ["a.md"]
    page.write_text(f"---\ntitle: A\n---\n{page.read_text('utf-8')}", encoding="utf-8")
    assert "JSON-LD" not in refpipe("refs", "--offline", folder=tmp_path).stderr


def test_refs_keeps_the_block_and_gives_the_text_back(tmp_path: Path) -> None:
    shutil.copy(ROOT / "library.db", tmp_path / "library.db")
    (tmp_path / "refpipe.toml").write_text('articles = ["."]\njson-ld = true\n', encoding="utf-8")
    typed = (
        "<html><head>\n<title>A</title>\n</head>\n<body>\n<p>更新日:2026/02/10</p>\n"
        "<p>x [@modic2005]</p>\n<h2>References</h2>\n<!--bibliography-->\n</body></html>\n"
    )
    html, mark = tmp_path / "a.html", tmp_path / "b.md"
    html.write_text(typed, encoding="utf-8")
    mark.write_text("---\ntitle: B\n---\ny [@modic2005]\n\n<!--bibliography-->\n", encoding="utf-8")
    before = mark.read_text(encoding="utf-8")
    assert refpipe("refs", "--offline", folder=tmp_path).returncode == 0
    woven = html.read_text(encoding="utf-8")
    found = json.loads(block(woven))
    assert found["dateModified"] == "2026-02-10"
    assert found["citation"][0]["identifier"][0]["value"] == "10.1148/radiol.2372041509"
    assert json.loads(block(mark.read_text(encoding="utf-8")))["@type"] == "MedicalWebPage"
    assert "2 articles, 0 written" in refpipe("refs", folder=tmp_path).stderr
    assert refpipe("refs", "--unweave", folder=tmp_path).returncode == 0
    assert html.read_text(encoding="utf-8") == typed
    assert mark.read_text(encoding="utf-8") == before
    refpipe("refs", "--offline", folder=tmp_path)
    (tmp_path / "refpipe.toml").write_text('articles = ["."]\n', encoding="utf-8")
    refpipe("refs", "--offline", folder=tmp_path)
    assert "json-ld" not in html.read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_shapes_are_those_of_schema_org(tmp_path: Path) -> None:
    """Checked by schema.org's own types as schema-dts has them: a property too many is an error."""
    modules = os.environ.get("REFPIPE_NODE_MODULES")
    if modules:
        (tmp_path / "node_modules").symlink_to(modules)
    elif shutil.which("npm") is None:
        pytest.skip("npm is absent")
    else:
        install = ["npm", "install", "--no-audit", "--no-fund", "typescript@5", "schema-dts@2"]
        if subprocess.run(install, cwd=tmp_path, capture_output=True, check=False).returncode:
            pytest.skip("npm could not fetch typescript and schema-dts")
    text = "公開日:2026/02/10\n更新日:2026/03/01\n最終確認日:2026/03/01\n監修:山田太郎\n"
    whole = json_ld.page(articles.read("a.md", text), [ARTICLE, BOOK, WEB, CHAPTER, ODD])
    compiler = tmp_path / "node_modules" / ".bin" / "tsc"
    options = ["--noEmit", "--strict", "--skipLibCheck", "--moduleResolution", "node"]

    def complaints(value: str) -> str:
        source = 'import type { MedicalWebPage, WithContext } from "schema-dts";\n'
        source += f"export const page: WithContext<MedicalWebPage> = {value};\n"
        (tmp_path / "page.ts").write_text(source, encoding="utf-8")
        run = subprocess.run(
            [str(compiler), *options, "page.ts"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        return run.stdout

    assert complaints(whole) == ""
    assert "pubDate" in complaints(whole.replace('"datePublished"', '"pubDate"'))


def test_two_rules_of_a_text_are_no_front_matter() -> None:
    text = "---\n\n腰痛の話。\n\n---\n\n本文 [@a]。\n"
    assert weaving.put_linked_data(text, "markdown", "{}") == text
    assert not weaving.front_matter(text)
