"""Printed books and Japanese articles without identifier: found on agreement, or left alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from catalogue_records import dcndl
from fake_registry import FakeRegistry
from fake_registry.catalogues import diagnosis
from fake_registry.faults import Fault
from hypothesis import given
from hypothesis import strategies as st

from refpipe import cli, dates
from refpipe.items import printed
from refpipe.library import Library
from refpipe.match import book_agreement
from refpipe.match.agreement import Standing, agreement_of
from refpipe.model import Item
from refpipe.normalise import containers
from refpipe.sources import Registries, SearchResult

HOUSE = "架空南江堂"


def edition(nth: int, year: int, *, named: bool = True, **changes: Any) -> str:
    known: dict[str, Any] = {
        "number": f"R100000002-I{nth:06d}",
        "statements": ("架空腰痛学会 監修", "架空腰痛学会診療ガイドライン策定委員会 編"),
        "agents": ("架空腰痛学会",),
        "edition": "" if nth == 1 else f"改訂第{nth}版",
        "publisher": HOUSE,
        "date": f"{year}.5",
        "issued": str(year),
    }
    title = f"架空腰痛診療ガイドライン{year if named else ''}"
    return dcndl(title, **(known | changes))


def search(fake: FakeRegistry, text: str) -> SearchResult:
    with Registries(fake.settings()) as registries:
        return registries.search(printed.read(text).reading.item, text=text)


def accepted(result: SearchResult) -> tuple[str, int] | None:
    if result.accepted is None:
        return None
    item = result.accepted.item
    return str(item.get("edition") or ""), dates.year_of(item)


STYLES = (
    "架空腰痛学会 監修：架空腰痛診療ガイドライン{year}（{edition}），架空南江堂，東京，{year}",
    (
        "架空腰痛学会診療ガイドライン策定委員会 編. 架空腰痛診療ガイドライン{year} {edition}."
        " 東京: 架空南江堂; {year}."
    ),
    "架空腰痛学会『架空腰痛診療ガイドライン{year} {edition}』架空南江堂、{year}年",
)


@pytest.mark.parametrize("style", STYLES)
def test_a_guideline_is_found_in_the_edition_that_is_printed(
    fake_registry: FakeRegistry, style: str
) -> None:
    fake_registry.catalogues.ndl += [edition(n, 2004 + 5 * n) for n in (1, 2, 3, 4)]
    for number in (2, 3, 4):
        year = 2004 + 5 * number
        text = style.format(year=year, edition=f"改訂第{number}版")
        assert accepted(search(fake_registry, text)) == (f"改訂第{number}版", year), text


@pytest.mark.parametrize("named", [True, False])
def test_another_edition_is_never_taken(fake_registry: FakeRegistry, named: bool) -> None:
    fake_registry.catalogues.ndl += [edition(n, 2004 + 5 * n, named=named) for n in (1, 2, 4)]
    name = "架空腰痛診療ガイドライン" + ("2019" if named else "")
    for text in (
        f"架空腰痛学会 監修：{name}（改訂第3版），架空南江堂，東京，2019",
        f"架空腰痛学会 監修：{name}，架空南江堂，東京，2019",
        f"架空腰痛学会 監修：{name}（第5版），架空南江堂，東京，2024",
        "架空腰痛学会 監修：架空腰痛診療ガイドライン（第2版），架空南江堂，東京，2009",
        "架空腰痛学会 監修：架空腰痛診療ガイドライン 2014（第3版），架空南江堂，東京，2014",
        "架空腰痛学会 監修：架空腰痛診療ガイドライン（第2版），別架空社，東京，2014",
        "別架空学会 監修：架空腰痛診療ガイドライン（第2版），架空南江堂，東京，2014",
        "架空腰痛学会 監修：架空腰痛診療ガイドライン実践編（第2版），架空南江堂，東京，2014",
    ):
        assert accepted(search(fake_registry, text)) is None, text


def test_volumes_of_a_set_are_told_apart(fake_registry: FakeRegistry) -> None:
    fake_registry.catalogues.ndl += [
        edition(2, 2014, volume="上"),
        edition(2, 2014, volume="下", number="R100000002-I7"),
    ]
    whole = "架空腰痛学会 監修：架空腰痛診療ガイドライン2014（改訂第2版），架空南江堂，東京，2014"
    assert accepted(search(fake_registry, whole)) is None


def test_one_book_in_several_records_is_one_book(fake_registry: FakeRegistry) -> None:
    fake_registry.catalogues.ndl += [edition(2, 2014), edition(2, 2014, number="R100000001-I9")]
    text = STYLES[0].format(year=2014, edition="改訂第2版")
    assert accepted(search(fake_registry, text)) == ("改訂第2版", 2014)


def test_a_book_that_only_crossref_knows(fake_registry: FakeRegistry) -> None:
    book = {
        "DOI": "10.5555/book",
        "type": "monograph",
        "title": ["Principles of the Fictional Back"],
        "author": [{"family": "Doe", "given": "Jane"}],
        "publisher": "Fictional House",
        "edition-number": "5",
        "issued": {"date-parts": [[2013]]},
    }
    chapter = book | {"DOI": "10.5555/book.1", "type": "book-chapter"}
    older = book | {"DOI": "10.5555/old", "edition-number": "4", "issued": {"date-parts": [[2012]]}}
    fake_registry.unselectable.add("edition-number")
    fake_registry.add_all([chapter, older, book])
    text = "Doe J. Principles of the Fictional Back. 5th ed. New York: Fictional House; 2013."
    result = search(fake_registry, text)
    assert result.accepted is not None
    assert result.accepted.record.identifier.value == "10.5555/book"
    fake_registry.works.pop("10.5555/book")
    assert search(fake_registry, text).accepted is None


@pytest.mark.parametrize("kind", ["503", "cut", "html as json", "reset"])
def test_a_silent_catalogue_is_told(fake_registry: FakeRegistry, kind: str) -> None:
    fake_registry.faults["ndl"] = Fault(kind)
    result = search(fake_registry, STYLES[0].format(year=2014, edition="改訂第2版"))
    assert result.accepted is None
    assert result.failure


# ── the judgement ──────────────────────────────────────────────────────────────────────

_EDITIONS = st.builds(
    str.format,
    st.sampled_from(["第{}版", "改訂第{}版", "{}版", "{}訂", "{}th ed.", "増補第{}版"]),
    st.integers(1, 14),
)


def book(written: str, year: int = 2014) -> Item:
    return {
        "type": "book",
        "title": "架空腰痛診療ガイドライン",
        "edition": written,
        "editor": [{"literal": "架空腰痛学会"}],
        "publisher": HOUSE,
        "issued": {"date-parts": [[year]]},
    }


@given(_EDITIONS, _EDITIONS)
def test_books_of_two_numbers_never_agree(one: str, other: str) -> None:
    agreement = book_agreement.book_agreement(book(one), book(other))
    is_same = containers.edition(one).number == containers.edition(other).number
    assert (agreement.standing is Standing.AGREES) == is_same
    assert ("edition" in agreement.differs) == (not is_same)


@given(st.text("第版改訂新増補初上下 0123456789()（）ed.rvisdth", max_size=14))
def test_no_word_on_an_edition_makes_the_reader_raise(text: str) -> None:
    found = containers.edition(text)
    assert 0 <= found.number <= 999
    title, tail = containers.without_edition(f"架空の題{text}")
    assert title.startswith("架空の題"[:3])
    assert not tail or tail in f"架空の題{text}"


@pytest.mark.parametrize(
    ("written", "number", "words"),
    [
        ("改訂第2版", 2, {"revised"}), ("3訂", 3, set()), ("第十二版", 12, set()),
        ("新版", 0, {"new"}), ("初版", 1, set()), ("5", 5, set()), ("5th ed.", 5, set()),
        ("Third edition.", 3, set()), ("1st U.S. ed.", 1, set()), ("2019年版", 0, set()),
        ("増補改訂版", 0, {"revised", "enlarged"}), ("", 0, set()), ("A Novel", 0, set()),
    ],
)  # fmt: skip
def test_editions_as_they_are_written(written: str, number: int, words: set[str]) -> None:
    assert containers.edition(written) == containers.Edition(number, frozenset(words))


@given(
    st.sampled_from(
        ["初版(全{}巻)", "改訂版 上下{}冊", "ICD-{}準拠版", "DSM-{} ed.", "vol. {}, rev. ed.",
         "Bd. {}", "{}巻", "{}世紀版", "改訂版 第{}刷", "Windows v{}", "CD-ROM version {}",
         "新版 全{}巻", "{} vols", "{}권", "20{:02} ed."]
    ),
    st.integers(2, 30),
)  # fmt: skip
def test_what_counts_something_else_is_no_edition(form: str, number: int) -> None:
    first = 1 if form.startswith("初版") else 0
    assert containers.edition(form.format(number)).number == first


# ── Japanese articles ──────────────────────────────────────────────────────────────────

CRID = "1390000000000000001"
DOI = "10.11111/kaku.12.34"
JALC = {
    "status": "OK",
    "data": {
        "doi": DOI,
        "content_type": "JA",
        "content_language": "ja",
        "title_list": [
            {"lang": "ja", "title": "架空の腰痛に対する画像検査の有用性"},
            {"lang": "en", "title": "Usefulness of imaging for the fictional back"},
        ],
        "creator_list": [
            {
                "sequence": "1",
                "type": "person",
                "names": [
                    {"lang": "ja", "last_name": "佐藤", "first_name": "花子"},
                    {"lang": "en", "last_name": "Sato", "first_name": "Hanako"},
                ],
            }
        ],
        "journal_title_name_list": [
            {"journal_title_name": "架空医学雑誌", "type": "full", "lang": "ja"},
            {"journal_title_name": "Journal of Fictional Medicine", "type": "full", "lang": "en"},
        ],
        "publication_date": {"publication_year": "2011"},
        "volume": "12",
        "first_page": "34",
        "last_page": "40",
    },
}
HIT = {
    "@id": f"https://cir.nii.ac.jp/crid/{CRID}",
    "title": "架空の腰痛に対する画像検査の有用性",
    "dc:creator": ["佐藤 花子"],
    "prism:publicationName": "架空医学雑誌",
    "prism:volume": "12",
    "prism:startingPage": "34",
    "prism:endingPage": "40",
    "prism:publicationDate": "2011",
}
PRINTED = "佐藤花子: 架空の腰痛に対する画像検査の有用性. 架空医学雑誌 12: 34-40, 2011."


def test_a_japanese_article_is_found_at_cinii(fake_registry: FakeRegistry) -> None:
    fake_registry.catalogues.cinii[CRID] = HIT
    result = search(fake_registry, PRINTED)
    assert result.accepted is not None
    assert result.accepted.record.source == "cinii"
    other = PRINTED.replace("佐藤花子", "田中一郎").replace("2011", "2004")
    assert search(fake_registry, other).accepted is None


def test_its_doi_leads_to_jalc_which_knows_both_languages(fake_registry: FakeRegistry) -> None:
    doi = {"dc:identifier": [{"@type": "cir:DOI", "@value": DOI}]}
    fake_registry.catalogues.cinii[CRID] = HIT | doi
    fake_registry.agencies[DOI] = "JaLC"
    fake_registry.jalc[DOI] = JALC
    result = search(fake_registry, PRINTED)
    assert result.accepted is not None
    assert (result.accepted.record.source, result.accepted.item["DOI"]) == ("jalc", DOI)


@pytest.mark.parametrize("kind", ["503", "cut", "html as json"])
def test_a_silent_cinii_is_told(fake_registry: FakeRegistry, kind: str) -> None:
    fake_registry.faults["cinii"] = Fault(kind)
    result = search(fake_registry, PRINTED)
    assert result.accepted is None
    assert result.failure


def test_a_printed_page_of_cinii_is_asked_for_its_record(
    fake_registry: FakeRegistry,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    fake_registry.catalogues.cinii[CRID] = HIT
    for name, value in fake_registry.environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text("[tool.refpipe]\n", encoding="utf-8")
    page = tmp_path / "a.md"
    page.write_text(
        f"# 題\n\n話[1]。\n\n## 参考文献\n\n[1] {PRINTED} https://cir.nii.ac.jp/crid/{CRID}\n",
        encoding="utf-8",
    )
    assert cli.run(["adopt", "a.md"]) == 0, capsys.readouterr().err
    assert "\nconfirmed " in capsys.readouterr().err
    assert {request.registry for request in fake_registry.requests} == {"cinii"}


# ── a whole list ───────────────────────────────────────────────────────────────────────


def test_a_page_of_guidelines_is_confirmed_edition_by_edition(
    fake_registry: FakeRegistry,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    fake_registry.catalogues.ndl += [edition(n, 2004 + 5 * n) for n in (1, 2, 4)]
    for name, value in fake_registry.environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text("[tool.refpipe]\n", encoding="utf-8")
    page = tmp_path / "articles" / "a.md"
    page.parent.mkdir()
    page.write_text(
        "# 題\n\n話[1]。話[2]。\n\n## 参考文献\n\n"
        "[1] 架空腰痛学会 監修：架空腰痛診療ガイドライン2014（改訂第2版），架空南江堂，2014\n\n"
        "[2] 架空腰痛学会 監修：架空腰痛診療ガイドライン2019（改訂第3版），架空南江堂，2019\n",
        encoding="utf-8",
    )
    assert cli.run(["adopt", "articles/a.md"]) == 1
    told = capsys.readouterr().err
    assert told.count("\nconfirmed ") == 1
    assert "found by search" in told
    assert "unconfirmed" in told
    with Library.open(tmp_path / "library.db", writable=False) as library:
        works = {str(work.item.get("edition")): work for work in library.works()}
    assert works["改訂第2版"].is_confirmed
    assert not works["改訂第3版"].is_confirmed
    assert works["改訂第2版"].item["editor"][0]["literal"].endswith("策定委員会")


# ── titles that the catalogue's query language refuses ─────────────────────────────────

ITEM = """<item><title>{title}</title><link>https://ndlsearch.ndl.go.jp/books/R100000002-I0000{n}</link>
<description>&lt;ul&gt;&lt;li&gt;責任表示：架空太郎 著&lt;/li&gt;&lt;/ul&gt;</description>
<category>図書</category><dc:title>{title}</dc:title><dc:creator>架空, 太郎, 1960-</dc:creator>
<dcndl:edition>第2版</dcndl:edition><dc:publisher>架空南江堂</dc:publisher>
<dc:date xsi:type="dcterms:W3CDTF">2015</dc:date><dcterms:issued>2015.4</dcterms:issued></item>"""
REFUSED = "架空太郎『Pain AND 架空の腰痛 第2版』架空南江堂、2015年"


def refuse(fake: FakeRegistry) -> None:
    fake.faults["ndl"] = Fault("other", other=diagnosis("illegal query syntax").encode())


def test_a_title_that_is_refused_as_a_query_is_listed(fake_registry: FakeRegistry) -> None:
    refuse(fake_registry)
    fake_registry.catalogues.ndl_items += [
        ITEM.format(title="Pain AND 架空の腰痛", n="1"),
        ITEM.format(title="Pain AND 架空の膝", n="2"),
    ]
    result = search(fake_registry, REFUSED)
    assert accepted(result) == ("第2版", 2015)
    assert result.accepted is not None
    assert result.accepted.item["author"] == [{"family": "架空", "given": "太郎"}]


def test_an_empty_list_after_a_refusal_is_no_absence(fake_registry: FakeRegistry) -> None:
    refuse(fake_registry)
    result = search(fake_registry, REFUSED)
    assert result.accepted is None
    assert "illegal query syntax" in result.failure


@pytest.mark.parametrize("kind", ["503", "cut", "html as json", "null"])
def test_a_list_that_breaks_is_told(fake_registry: FakeRegistry, kind: str) -> None:
    refuse(fake_registry)
    fake_registry.faults["ndl list"] = Fault(kind)
    result = search(fake_registry, REFUSED)
    assert result.accepted is None
    assert result.failure


_WORDS = st.lists(
    st.sampled_from(["Heart", "Diabetes", "Spine", "Dental", "College", "of", "and", "Surgeons"]),
    min_size=1,
    max_size=4,
).map(" ".join)


@given(st.sampled_from("ADNW"), _WORDS, _WORDS, st.sampled_from(["Association", "Society"]))
def test_two_bodies_that_begin_and_end_alike_are_two(
    first: str, one: str, other: str, last: str
) -> None:
    names = {"A": "American", "D": "Danish", "N": "National", "W": "World"}
    ours, theirs = (f"{names[first]} {words} {last}" for words in (one, other))
    stated, found = (
        {"type": "book", "title": "Standards of medical care in adults", "publisher": "",
         "author": [{"literal": body}], "issued": {"date-parts": [[2019]]}}
        for body in (ours, theirs)
    )  # fmt: skip
    judged = book_agreement.book_agreement(stated, found)
    assert (judged.standing is Standing.AGREES) == (ours == theirs)
    assert (agreement_of(stated, found).standing is Standing.AGREES) == (ours == theirs)
    later = {**found, "edition": "2nd ed.", "issued": {"date-parts": [[2023]]}}
    assert book_agreement.is_later_edition(stated, later) == (ours == theirs)


@pytest.mark.parametrize(
    ("stated", "found"),
    [("J. Smith", "John A. Smith"), ("Jane Doe", "Jane Doe"), ("J A Smith", "John Andrew Smith")],
)
def test_a_name_in_one_piece_is_its_initials(stated: str, found: str) -> None:
    item = {
        "type": "book",
        "title": "Standards of medical care",
        "issued": {"date-parts": [[2019]]},
    }
    ours, theirs = ({**item, "author": [{"literal": one}]} for one in (stated, found))
    assert "responsible" in book_agreement.book_agreement(ours, theirs).agrees
