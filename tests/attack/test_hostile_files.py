"""Files from somebody else, mutated at random: no reader raises, whatever stands in them."""

from __future__ import annotations

import ast
import json
import random
from pathlib import Path

import catalogue_records
import pytest
from mutated_answers import mutated

from refpipe import items, match
from refpipe.items import exchange as formats
from refpipe.items import printed
from refpipe.items.exchange import Broken
from refpipe.model import Decision, DecisionKind, Identifier, Record

ROOT = Path(__file__).parent.parent.parent
SOME = Identifier.parse("doi:10.5555/a")
BOOK = {
    "title": "A book", "authors": [{"name": "Abe K"}], "publish_date": "2001", "same-as": "pmid:7",
    "volumeInfo": {"title": "A book", "authors": ["Keiko Abe"], "publishedDate": "2001-02"},
    "summary": {"title": "腰の本", "author": "阿部 恵子／著", "pubdate": "2001-02"}, "onix": {},
    "dc:title": [{"@value": "腰の本"}], "@graph": [{"items": [{"title": "腰の本"}]}],
}  # fmt: skip
FILES = {
    "bibtex": '@string{j = "Spine"}\n@article{a, title = {A {T}itle of \\"o}, journal = j # " B",'
    " author = {Abe, K. and von der Ito, Jr, M}, year = 2001, month = jan, pages = {1--2}}\n",
    "ris": "TY  - JOUR\nTI  - A title\nAU  - Abe, K\nPY  - 2001/02/03/\nSP  - 1\nEP  - 2\nER  - \n",
    "nbib": "PMID- 1\nTI  - A title\n      goes on\nFAU - Abe, Keiko\nDP  - 2001 Jan\nPG  - 1-2\n",
    "enw": "%0 Journal Article\n%T A title\n%A Abe, K\n%D 2001\n%J Spine\n\n",
    "endnote-xml": "<xml><records><record><ref-type name='Journal Article'>17</ref-type><titles>"
    "<title>A <style face='italic'>t</style></title></titles></record></records></xml>",
    "pubmed-xml": "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article>"
    "<ArticleTitle>A <i>t</i></ArticleTitle></Article></MedlineCitation></PubmedArticle>"
    "</PubmedArticleSet>",
    "csl-json": '[{"id": "a", "type": "article-journal", "title": "A title",'
    ' "author": [{"family": "Abe"}], "issued": {"date-parts": [[2001, 1, 3]]}}]',
}  # fmt: skip


def seeds() -> list[tuple[str, str]]:
    """A source and a payload as it honestly comes, for every source that is read."""
    cases = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / "tests" / "cases" / "readers").glob("*.json"))
    ]
    told = [(case["source"], json.dumps(case["message"])) for case in cases]
    told += FILES.items()
    told += [
        ("ndl", catalogue_records.dcndl("腰の本 : 副題", isbn="9784000000000", edition="第2版")),
        ("loc", catalogue_records.mods("A book", isbn="9784000000000")),
        ("printed", "1. Abe K, Ito M. A title: its end. Spine. 2001;1(2):3-4. doi:10.5555/a"),
        ("printed", "阿部恵子, 伊藤守. 腰の話. 架空医学 2001; 1(2): 3-4."),
    ]
    rest = items.READERS.keys() - {source for source, _ in told}
    return told + [(source, json.dumps(BOOK)) for source in sorted(rest)]


def read_mutated(runs: range) -> None:
    honest = seeds()
    for seed in runs:
        chance = random.Random(seed)
        source, text = honest[seed % len(honest)]
        text = mutated(chance, text)
        reading = items.read(Record(source=source, identifier=SOME, payload=text))
        assert isinstance(reading.item, dict), (seed, source)
        if source == "printed":  # How sure a field is is worked out when somebody asks.
            fields = printed.read(text).fields.values()
            assert all(0 < field.confidence < 1 for field in fields), seed
        if source in FILES:
            for one in formats.read_all(source, text):
                assert one.line >= 1, (seed, source)


def test_no_mutated_payload_makes_a_reader_raise() -> None:
    read_mutated(range(150))


@pytest.mark.slow
def test_forty_thousand_mutated_payloads() -> None:
    read_mutated(range(1000, 41_000))


@pytest.mark.parametrize("number", ["&#xD800;", "&#0;", "&#x110000;", "&#xFFFE;", "&#" + "9" * 99])
@pytest.mark.parametrize("form", ["endnote-xml", "pubmed-xml"])
def test_a_number_that_is_no_character_is_told_with_its_line(form: str, number: str) -> None:
    text = FILES[form].replace("A <", f"\nCaf{number} <")
    entry, broken = formats.read_all(form, text)
    assert isinstance(broken, Broken)
    assert (broken.line, "is no character" in broken.reason) == (2, True)
    assert not isinstance(entry, Broken)
    assert "Caf\ufffd" in str(entry.item["title"])


# ── JSON and TOML without end ──────────────────────────────────────────────────────────


def parsing(tree: ast.AST) -> list[tuple[ast.Call, set[str]]]:
    """Each call that parses JSON or TOML, and what the ``try`` around it catches."""
    found = []

    def walk(node: ast.AST, caught: set[str]) -> None:
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"json.loads", "tomllib.loads"}:
            found.append((node, caught))
        for child in ast.iter_child_nodes(node):
            is_guarded = isinstance(node, ast.Try) and child in node.body
            walk(child, caught | (_names(node) if is_guarded else set()))

    def _names(node: ast.AST) -> set[str]:
        assert isinstance(node, ast.Try)
        kinds = [handler.type for handler in node.handlers if handler.type is not None]
        return {name for kind in kinds for name in ast.unparse(kind).strip("()").split(", ")}

    walk(tree, set())
    return found


OWN = {
    # files that come with the program
    "cli/help_pages.py", "cli/servers.py", "items/printed/confidence.py",
    "items/printed/japanese_choice.py", "items/printed/reranking.py",
    "match/explanations.py", "dedupe/report.py",  # what the line before wrote
    "library/projections.py", "library/sql.py",  # SQLite's own array; read inside ``_of_library``
    "dump.py", "items/exchange/csl_json.py",  # the caller catches it, with the number of the line
}  # fmt: skip


def test_what_is_nested_without_end_is_expected_wherever_something_is_parsed() -> None:
    """The parser gives up with RecursionError, which is no ValueError."""
    bare = set()
    for path in sorted((ROOT / "refpipe").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        calls = parsing(ast.parse(text)) if ".loads(" in text else []
        if any("RecursionError" not in caught for _, caught in calls):
            bare.add(path.relative_to(ROOT / "refpipe").as_posix())
    assert bare <= OWN


NONSENSE = (
    "", "nonsense", "[]", "[" * 5000, '{"fields": [1]}', '{"against": 3}',
    '{"fields": {"title": ["exact"]}, "against": [[1]]}',
)  # fmt: skip


@pytest.mark.parametrize("evidence", NONSENSE)
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_decision_whose_evidence_is_nonsense_is_shown_without(evidence: str, lang: str) -> None:
    other = Identifier.parse("doi:10.5555/b")
    decision = Decision(kind=DecisionKind.MATCH, a=SOME, b=other, by="rule", evidence=evidence)
    assert match.explain(decision, lang) == match.explain(
        Decision(kind=DecisionKind.MATCH, a=SOME, b=other, by="rule"), lang
    )
