"""What is exported comes back: items written and read again, and any text read without failing."""

# ruff: noqa: E501 - rows of samples read best on one line.
from __future__ import annotations

from typing import Any

import pytest
from examples import some
from hypothesis import example, given, settings
from hypothesis import strategies as st

from refpipe.items import exchange
from refpipe.items.bibtex import latex
from refpipe.items.exchange import Broken, FileEntry, dates
from refpipe.items.exchange import fields as people

ALPHABET = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))
TEXT = (
    st.text(ALPHABET, min_size=1, max_size=20)
    | st.lists(
        st.sampled_from(
            ["MRI", "of the", "spine", "{", "}", "\\", "$", "%", "&", "#", "_", "~", "^", "--", "—",
             "''", "``", "<i>E. coli</i>", "H<sub>2</sub>O", "&lt;i>", "\"", "and", "@a{", ",", ";",
             "腰椎", "é", "10.1/x", "TY  - JOUR", "ER  -", "csl:x: 1", "%0", "\u3000", "\u2028", "others"]
        ),
        min_size=1, max_size=5,
    ).map(" ".join)
)  # fmt: skip
YEARS = st.integers(1000, 2199)
DATES = (
    st.builds(lambda y: {"date-parts": [[y]]}, YEARS)
    | st.builds(lambda y, m: {"date-parts": [[y, m]]}, YEARS, st.integers(1, 12))
    | st.builds(
        lambda y, m, d: {"date-parts": [[y, m, d]]}, YEARS, st.integers(1, 12), st.integers(1, 28)
    )
    | st.builds(lambda y, m: {"date-parts": [[y, m], [y + 1]]}, YEARS, st.integers(1, 12))
    | st.builds(lambda y, s: {"date-parts": [[y]], "season": s}, YEARS, st.integers(1, 4))
)
NAMES = st.lists(
    st.fixed_dictionaries({"family": TEXT}, optional={"given": TEXT, "suffix": TEXT})
    | st.fixed_dictionaries({"literal": TEXT})
    | st.sampled_from([{"family": "van der Berg", "given": "A. B."}, {"family": "山田", "given": "太郎"}]),
    min_size=1, max_size=3,
)  # fmt: skip
TYPES = st.sampled_from(
    ["article-journal", "book", "chapter", "paper-conference", "thesis", "report", "webpage", "bill",
     "document", "article", "patent", "song", "review-book", "dataset", "article-newspaper"]
)  # fmt: skip
ITEMS = st.fixed_dictionaries(
    {"id": st.from_regex(r"[a-z]{1,8}[0-9]{4}[a-z]?", fullmatch=True) | TEXT, "type": TYPES},
    optional={
        "title": TEXT, "container-title": TEXT, "volume": TEXT, "issue": TEXT, "author": NAMES,
        "editor": NAMES, "translator": NAMES, "issued": DATES, "accessed": DATES, "publisher": TEXT,
        "page": TEXT | st.sampled_from(["1-15", "e1-e15", "518b", "1, 3-4"]), "genre": TEXT,
        "DOI": st.sampled_from(["10.1148/radiol.2372041509", "10.1002/(SICI)1<1::AID-S>3.0.CO;2-2"]) | TEXT,
        "URL": st.sampled_from(["https://x.example/a_b%20c?d=1&e=2#f", "https://x.example/{a}~b"]) | TEXT,
        "PMID": st.from_regex(r"[1-9][0-9]{6}", fullmatch=True), "ISBN": TEXT, "ISSN": TEXT, "language": TEXT,
        "note": TEXT, "abstract": TEXT, "medium": TEXT, "event-title": TEXT, "collection-title": TEXT,
        "edition": TEXT, "number": TEXT, "custom": st.dictionaries(TEXT, TEXT | st.booleans(), max_size=2),
        "keyword": TEXT, "container-title-short": TEXT, "archive": TEXT, "archive_location": TEXT,
    },
)  # fmt: skip


@pytest.mark.parametrize("form", ["bibtex", "ris"])
@given(items=st.lists(ITEMS, min_size=1, max_size=2))
@settings(deadline=None, max_examples=some(30))
def test_export_and_import_give_the_same_items(form: str, items: list[dict[str, Any]]) -> None:
    found = exchange.read_all(form, exchange.write(form, items))
    assert [entry.item for entry in found if isinstance(entry, FileEntry)] == items


@pytest.mark.slow
@pytest.mark.parametrize("form", ["bibtex", "ris"])
@given(items=st.lists(ITEMS, min_size=1, max_size=3))
@settings(deadline=None, max_examples=1500)
def test_export_and_import_at_length(form: str, items: list[dict[str, Any]]) -> None:
    found = exchange.read_all(form, exchange.write(form, items))
    assert [entry.item for entry in found if isinstance(entry, FileEntry)] == items


@given(items=st.lists(ITEMS, max_size=3))
@settings(deadline=None, max_examples=some(40))
def test_csl_json_comes_back(items: list[dict[str, Any]]) -> None:
    once = [
        e.item
        for e in exchange.read_all("csl-json", exchange.write("csl-json", items))
        if isinstance(e, FileEntry)
    ]
    again = [
        e.item
        for e in exchange.read_all("csl-json", exchange.write("csl-json", once))
        if isinstance(e, FileEntry)
    ]
    assert again == once
    assert len(once) == len(items)


PIECES = st.sampled_from(
    ["@article{", "@book(", "key,", "title", " = ", "{", "}", '"', "#", ",", ")", "\n", "%", "@string{x=",
     "@comment{", "\\", "$", "\\'", "\\v{", "and", "author={A and", "crossref={k},", "year=", "2001", "--",
     "TY  - JOUR", "ER  - ", "AU  - x", "PY  - ///", "SP  - ", "PMID- 1", "TI  - x", "DP  - 2001 Jul/Aug",
     "%0 Book", "%T x", "%D", "<xml><records><record>", "<titles><title>x", "</record>", "&nbsp;", "<!DOCTYPE",
     "<PubmedArticle>", "<MedlineCitation><Article>", '[{"title": 1', '"issued": {"date-parts": [[null]]}',
     "null", "[", "]", "\x00", "\ufeff", "腰"]
)  # fmt: skip


@pytest.mark.parametrize("form", list(exchange.FORMATS))
@given(text=st.lists(PIECES, max_size=16).map("".join) | st.text(max_size=40))
@settings(deadline=None, max_examples=some(30))
def test_no_text_makes_a_reader_fail(form: str, text: str) -> None:
    for entry in exchange.read_all(form, text):
        assert entry.line >= 1
        assert isinstance(entry, Broken) or entry.item["type"]


@given(TEXT)
@example("a -- b ``c'' {d} 5% \\ $x$ <i>y</i>")
def test_latex_comes_back(text: str) -> None:
    text = " ".join(text.split())
    assert latex.read(latex.write(text)) == text or "<" in text


@given(DATES)
def test_dates_come_back(date: dict[str, Any]) -> None:
    assert dates.read(dates.write(date)) == date


@given(st.sampled_from(["Modic, M. T.", "van Raaij, M. J.", "King, Jr, Martin", "山田, 太郎"]))
def test_names_come_back(text: str) -> None:
    name = people.name(text)
    assert name is not None
    assert people.written_name(name) == text
