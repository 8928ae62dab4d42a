"""Books by ISBN: who knows them, what is made of the answers, and what a bad answer costs."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from catalogue_records import dcndl, mods
from fake_registry import FakeRegistry
from fake_registry.catalogues import diagnosis
from fake_registry.faults import KINDS, Fault
from running import refpipe

from refpipe import identifiers, items
from refpipe.items.catalogue import cinii as cinii_records
from refpipe.items.catalogue import dcndl as ndl_records
from refpipe.items.catalogue import mods as loc_records
from refpipe.items.catalogue import title_page
from refpipe.items.exchange import xml
from refpipe.model import Answer, Certainty, Claim, Identifier, Item, Record, Scheme, Unresolved
from refpipe.sources import Registries, catalogues

SHARED = Path(os.environ.get("REFPIPE_SHARED", Path(__file__).resolve().parents[2] / "shared"))
BOOKS = SHARED / "data" / "books"

BACK = "9784000000017"
ABROAD = "9780000000019"


def guideline(**changes: Any) -> str:
    known: dict[str, Any] = {
        "isbn": "978-4-00-000001-7",
        "statements": ("架空整形外科学会 監修", "架空腰痛診療ガイドライン策定委員会 編"),
        "agents": ("架空整形外科学会",),
        "edition": "改訂第2版",
        "publisher": "架空書房",
        "seller": "販売堂 ",
    }
    return dcndl("架空腰痛診療ガイドライン", **(known | changes))


def claim(typed: str) -> Claim:
    found = identifiers.read(typed)
    assert found is not None
    return Claim(identifier=found.identifier, certainty=Certainty.LITERAL)


def ask(fake: FakeRegistry, typed: str, **patience: Any) -> Answer | Unresolved:
    with Registries(fake.settings(**patience)) as registries:
        outcomes = list(registries.resolve([claim(typed)]))
    assert len(outcomes) == 1
    return outcomes[0]


def item_of(outcome: Answer | Unresolved) -> Item:
    assert isinstance(outcome, Answer), outcome
    return items.read(outcome.record).item


# ── who is asked ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("packing", ["string", "xml"])
def test_a_japanese_book_is_asked_of_the_national_diet_library(
    fake_registry: FakeRegistry, packing: str
) -> None:
    fake_registry.catalogues.ndl.append(guideline())
    fake_registry.catalogues.packing = packing
    item = item_of(ask(fake_registry, "ISBN 978-4-00-000001-7"))
    assert item["title"] == "架空腰痛診療ガイドライン"
    assert item["edition"] == "改訂第2版"
    assert item["editor"] == [{"literal": "架空腰痛診療ガイドライン策定委員会"}]
    assert item["editorial-director"] == [{"literal": "架空整形外科学会"}]
    assert (item["publisher"], item["publisher-place"]) == ("架空書房", "東京")
    assert item["issued"] == {"date-parts": [[2019, 5]]}
    assert fake_registry.counts == {"ndl": 1}


def test_the_same_book_in_any_form_of_its_number(fake_registry: FakeRegistry) -> None:
    fake_registry.catalogues.ndl.append(guideline(isbn="4-00-000001-2"))
    for typed in ("isbn:9784000000017", "ＩＳＢＮ　４－００－０００００１－２", "ISBN4000000012"):
        assert item_of(ask(fake_registry, typed))["ISBN"] == BACK


def test_a_foreign_book_is_the_whole_and_not_its_chapters(fake_registry: FakeRegistry) -> None:
    book = {
        "DOI": "10.5555/book",
        "type": "monograph",
        "title": ["Fictional pain"],
        "ISBN": [ABROAD],
    }
    chapters = [book | {"DOI": f"10.5555/book.{n}", "type": "book-chapter"} for n in range(30)]
    fake_registry.add_all([*chapters, book])
    outcome = ask(fake_registry, f"isbn:{ABROAD}")
    assert isinstance(outcome, Answer)
    assert outcome.record.identifier.value == "10.5555/book"


def test_the_library_of_congress_and_then_open_library(fake_registry: FakeRegistry) -> None:
    record = mods("Fictional pain", isbn=ABROAD, names=(("Doe, Jane", "editor"),))
    fake_registry.catalogues.loc.append(record)
    item = item_of(ask(fake_registry, f"isbn:{ABROAD}"))
    assert (item["edition"], item["editor"]) == ("5th ed.", [{"family": "Doe", "given": "Jane"}])
    fake_registry.catalogues.loc.clear()
    edition = {
        "title": "Fictional pain",
        "authors": [{"name": "Jane Doe"}],
        "publish_date": "March 2009",
    }
    fake_registry.catalogues.open_library[ABROAD] = edition
    item = item_of(ask(fake_registry, f"isbn:{ABROAD}"))
    assert item["issued"] == {"date-parts": [[2009, 3]]}


def test_unknown_to_all_is_final_and_says_who_was_asked(fake_registry: FakeRegistry) -> None:
    outcome = ask(fake_registry, f"isbn:{BACK}")
    assert isinstance(outcome, Unresolved)
    assert outcome.is_final
    for name in ("NDL Search", "CiNii", "Crossref", "Open Library"):
        assert name in outcome.reason


# ── what a bad answer costs ────────────────────────────────────────────────────────────

_USUAL = ("503", "cut", "html as json")
_ALL = [kind if kind in _USUAL else pytest.param(kind, marks=pytest.mark.slow) for kind in KINDS]
"""Every fault; those that the fast suite leaves to the long one are the same for every source."""
_REGISTRIES = {
    "ndl": BACK, "cinii": BACK, "openbd": BACK, "loc": ABROAD, "openlibrary": ABROAD,
    "googlebooks": ABROAD,
}  # fmt: skip


@pytest.mark.parametrize("kind", _ALL)
@pytest.mark.parametrize("registry", _REGISTRIES)
def test_a_silent_catalogue_leaves_the_book_unchecked(
    fake_registry: FakeRegistry, registry: str, kind: str
) -> None:
    fake_registry.faults[registry] = Fault(kind)
    asked = f"isbn:{_REGISTRIES[registry]}"
    outcome = ask(fake_registry, asked, openbd=f"{fake_registry.base}/openbd")
    if registry == "openlibrary" and kind == "other":
        return  # ``{}`` is how it says that it does not know the book.
    assert isinstance(outcome, Unresolved)
    assert not outcome.is_final, kind
    assert len(outcome.reason) > 20


@pytest.mark.parametrize("kind", _ALL)
def test_another_catalogue_answers_for_a_silent_one(fake_registry: FakeRegistry, kind: str) -> None:
    fake_registry.faults["ndl"] = Fault(kind)
    fake_registry.catalogues.cinii["1130000000000000001"] = {
        "@id": "https://cir.nii.ac.jp/crid/1130000000000000001",
        "title": "架空腰痛診療ガイドライン",
        "dc:identifier": [{"@type": "cir:ISBN", "@value": BACK}],
    }
    assert item_of(ask(fake_registry, f"isbn:{BACK}"))["title"] == "架空腰痛診療ガイドライン"


@pytest.mark.parametrize("kind", ["500", "503", "cut", "html as json", "reset"])
def test_what_passes_is_waited_out(fake_registry: FakeRegistry, kind: str) -> None:
    fake_registry.catalogues.ndl.append(guideline())
    fake_registry.faults["ndl"] = Fault(kind, times=1)
    assert isinstance(ask(fake_registry, f"isbn:{BACK}", read=10.0, total=30.0), Answer)


@pytest.mark.parametrize("said", ["illegal query syntax", "Permanent system error"])
def test_a_catalogue_that_could_not_search_has_not_said_no(
    fake_registry: FakeRegistry, said: str
) -> None:
    fake_registry.faults["ndl"] = Fault("other", other=diagnosis(said).encode())
    outcome = ask(fake_registry, f"isbn:{BACK}")
    assert isinstance(outcome, Unresolved)
    assert not outcome.is_final
    assert said in outcome.reason


_OTHER = "9784000000024"
_LIES = {
    "ndl": '<searchRetrieveResponse xmlns="http://www.loc.gov/zing/srw/"><records><record>'
    f"<recordData>{guideline(isbn=_OTHER)}</recordData></record></records></searchRetrieveResponse>",
    "loc": '<searchRetrieveResponse xmlns="http://www.loc.gov/zing/srw/"><records><record>'
    f"<recordData>{mods('Another', isbn=_OTHER)}</recordData></record></records>"
    "</searchRetrieveResponse>",
    "openlibrary": json.dumps(
        {f"ISBN:{ABROAD}": {"title": "Another", "identifiers": {"isbn_13": [_OTHER]}}}
    ),
    "openbd": json.dumps([{"summary": {"isbn": _OTHER, "title": "別の本"}}]),
}


@pytest.mark.parametrize("registry", _LIES)
def test_a_lying_catalogue_is_not_believed(fake_registry: FakeRegistry, registry: str) -> None:
    fake_registry.faults[registry] = Fault("other", other=_LIES[registry].encode())
    asked = f"isbn:{_REGISTRIES[registry]}"
    outcome = ask(fake_registry, asked, openbd=f"{fake_registry.base}/openbd")
    assert isinstance(outcome, Unresolved)
    assert not outcome.is_final
    assert "another book" in outcome.reason


@pytest.mark.parametrize(
    ("registry", "other"),
    [
        ("cinii", {"opensearch:totalResults": 1, "items": [
            {"@id": "https://cir.nii.ac.jp/crid/1130000000000000001", "title": "別の本",
             "dc:identifier": [{"@type": "cir:ISBN", "@value": _OTHER}]}]}),
        ("googlebooks", {"totalItems": 1, "items": [{"volumeInfo": {
            "title": "Another",
            "industryIdentifiers": [{"type": "ISBN_13", "identifier": _OTHER}]}}]}),
    ],
)  # fmt: skip
def test_a_search_that_finds_other_books_has_not_found_this_one(
    fake_registry: FakeRegistry, registry: str, other: dict[str, Any]
) -> None:
    fake_registry.faults[registry] = Fault("other", other=json.dumps(other).encode())
    outcome = ask(fake_registry, f"isbn:{_REGISTRIES[registry]}")
    assert isinstance(outcome, Unresolved)
    assert outcome.is_final


def test_a_number_that_two_books_bear_is_left_to_a_person(fake_registry: FakeRegistry) -> None:
    fake_registry.catalogues.ndl += [
        guideline(number="R100000002-I1", volume="上"),
        guideline(number="R100000002-I2", volume="下"),
    ]
    outcome = ask(fake_registry, f"isbn:{BACK}")
    assert isinstance(outcome, Unresolved)
    assert outcome.is_final
    assert "2 books" in outcome.reason


# ── pages of catalogues ────────────────────────────────────────────────────────────────

CRID = "1390000000000000001"
ARTICLE = {
    "@id": f"https://cir.nii.ac.jp/crid/{CRID}.json",
    "dc:title": [
        {"@language": "ja", "@value": "架空の腰痛の画像"},
        {"@language": "en", "@value": "Images of a fictional back"},
    ],
    "creator": [
        {"foaf:name": [{"@language": "ja", "@value": "佐藤 花子"}, {"@value": "SATO Hanako"}]}
    ],
    "publication": {
        "prism:publicationName": [{"@value": "架空医学雑誌"}],
        "prism:volume": "12",
        "prism:startingPage": "34",
        "prism:endingPage": "40",
        "prism:publicationDate": "2011-04",
    },
}


def test_pages_of_cinii_lead_to_the_record(fake_registry: FakeRegistry) -> None:
    fake_registry.catalogues.cinii[CRID] = ARTICLE
    fake_registry.catalogues.naid["110001234567"] = CRID
    for address in (f"https://cir.nii.ac.jp/crid/{CRID}", "https://ci.nii.ac.jp/naid/110001234567"):
        item = item_of(ask(fake_registry, address))
        assert item["title"] == "架空の腰痛の画像"
        assert item["custom"]["twin"]["title"] == "Images of a fictional back"
        assert item["author"] == [{"family": "佐藤", "given": "花子"}]
        assert (item["page"], item["volume"]) == ("34-40", "12")


def test_a_page_whose_record_has_a_doi_is_the_work_of_that_doi(fake_registry: FakeRegistry) -> None:
    doi = {"identifier": {"@type": "DOI", "@value": "10.5555/back"}}
    fake_registry.catalogues.cinii[CRID] = ARTICLE | {"productIdentifier": [doi]}
    work = {
        "DOI": "10.5555/back",
        "type": "journal-article",
        "title": ["架空の腰痛の画像"],
        "container-title": ["架空医学雑誌"],
        "volume": "12",
        "page": "34-40",
        "issued": {"date-parts": [[2011]]},
    }
    fake_registry.add(work)
    outcome = ask(fake_registry, f"https://cir.nii.ac.jp/crid/{CRID}")
    assert isinstance(outcome, Answer)
    assert outcome.record.identifier.value == "10.5555/back"
    fake_registry.add(work | {"title": ["Something else entirely about knees and hips"]})
    outcome = ask(fake_registry, f"https://cir.nii.ac.jp/crid/{CRID}")
    assert isinstance(outcome, Answer)
    assert outcome.record.source == "cinii"


def test_pages_of_the_national_diet_library(fake_registry: FakeRegistry) -> None:
    fake_registry.catalogues.ndl += [
        guideline(number="R100000002-I000010712584"),
        guideline(number="R100000039-I1000732", isbn=""),
    ]
    for address in (
        "https://ndlsearch.ndl.go.jp/books/R100000002-I000010712584",
        "https://iss.ndl.go.jp/books/R100000002-I000010712584-00",
        "https://dl.ndl.go.jp/pid/1000732",
        "https://dl.ndl.go.jp/info:ndljp/pid/1000732",
    ):
        item = item_of(ask(fake_registry, address))
        assert item["title"] == "架空腰痛診療ガイドライン", address


@pytest.mark.parametrize("kind", _ALL)
@pytest.mark.parametrize(
    ("registry", "address"),
    [
        ("cinii", f"https://cir.nii.ac.jp/crid/{CRID}"),
        ("ciniibooks", "https://ci.nii.ac.jp/ncid/BA00000001"),
        ("ciniibooks", "https://ci.nii.ac.jp/naid/110001234567"),
        ("ndl", "https://ndlsearch.ndl.go.jp/books/R100000002-I000010712584"),
    ],
)
def test_a_page_of_a_silent_catalogue_is_unchecked(
    fake_registry: FakeRegistry, registry: str, address: str, kind: str
) -> None:
    fake_registry.faults[registry] = Fault(kind)
    outcome = ask(fake_registry, address)
    assert isinstance(outcome, Unresolved)
    assert not outcome.is_final


# ── what is read ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("statements", "agents", "expected"),
    [
        (("Jan de Vries 著", "佐藤花子 訳"), ("De Vries, Jan", "佐藤, 花子, 1970-"),
         {"author": ["De Vries|Jan"], "translator": ["佐藤|花子"]}),
        (("ヤン・デ・フリース, 田中一郎著 ; 佐藤花子訳",), ("De Vries, Jan", "佐藤, 花子"),
         {"author": ["ヤン・デ・フリース", "田中一郎"], "translator": ["佐藤|花子"]}),
        (("佐藤花子, 田中一郎 共著",), (), {"author": ["佐藤花子", "田中一郎"]}),
        (("架空学会 監修", "佐藤花子 編", "田中一郎 [ほか]著"), ("佐藤, 花子",),
         {"editorial-director": ["架空学会"], "editor": ["佐藤|花子"], "author": ["田中一郎"]}),
        (("架空学会 監修",), (), {"editor": ["架空学会"]}),
        (("佐藤花子 編著",), ("佐藤, 花子, pub. 2016",), {"author": ["佐藤|花子"]}),
        (("佐藤花子／監督", "田中一郎∥絵"), (),
         {"director": ["佐藤花子"], "illustrator": ["田中一郎"]}),
        (("佐藤花子 著,田中一郎 編集,鈴木次郎 訳",), (),
         {"author": ["佐藤花子"], "editor": ["田中一郎"], "translator": ["鈴木次郎"]}),
        (("佐藤 花子〔ほか〕編",), (), {"editor": ["佐藤 花子"]}),
        (("田中文",), ("田中, 文",), {"author": ["田中|文"]}),
        ((), ("架空省",), {"author": ["架空省"]}),
    ],
)  # fmt: skip
def test_a_statement_of_responsibility_says_who_did_what(
    statements: tuple[str, ...], agents: tuple[str, ...], expected: dict[str, list[str]]
) -> None:
    found = title_page.people(statements, [title_page.authority(name) for name in agents])
    told = {
        role: [name.get("literal") or f"{name['family']}|{name['given']}" for name in names]
        for role, names in found.roles.items()
    }
    assert told == expected


@pytest.mark.parametrize(
    ("written", "known", "parts"),
    [
        ("2010.2", "2010", [2010, 2]), ("c2001.", "2001", [2001]), ("[2007]", "", [2007]),
        ("明39", "1906", [1906]), ("昭和10.2", "1935", [1935, 2]), ("1972-1994", "1972", [1972]),
        ("2011-", "", [2011]), ("1969-11", "", [1969, 11]), ("2016-04-09", "", [2016, 4, 9]),
        ("２０１１．２", "", [2011, 2]), ("2003.5(第2版)", "", [2003, 5]),
        ("2015年12月", "", [2015, 12]),
        ("[199-]", "", None), ("平成", "", None), ("2019.13", "", [2019]),
    ],
)  # fmt: skip
def test_dates_as_catalogues_write_them(written: str, known: str, parts: list[int] | None) -> None:
    expected = {"date-parts": [parts]} if parts else None
    assert title_page.issued(written, known) == expected


@pytest.mark.parametrize(
    ("extent", "pages"),
    [("224p ; 21cm", "224"), ("413, 25p", ""), ("2冊 (前182, 後編178p) ; 13cm", ""), ("1冊", ""),
     ("xxxi, 557 p. : ill. ; 24 cm.", "557"), ("９ｐ ; 9㎝", "9"), ("31cm", ""), ("CD 3枚", "")],
)  # fmt: skip
def test_pages_only_of_one_volume(extent: str, pages: str) -> None:
    assert title_page.pages(extent) == pages


def _entries(path: Path) -> list[tuple[str, Any]]:
    """(source, message) of every record in one recorded answer."""
    if path.suffix == ".json":
        told = json.loads(path.read_text(encoding="utf-8"))
        if path.parent.name == "openbd":
            return [("openbd", one) for one in told if one]
        if path.parent.name == "googlebooks":
            return [("googlebooks", one) for one in told.get("items", [told])]
        if path.parent.name == "cinii":
            return [("cinii", one) for one in told["items"]]
        if path.parent.name == "crossref":
            return [("crossref", told.get("message", told))]
        return [("openlibrary", one) for one in ([told] if "title" in told else told.values())]
    root, _ = xml.root(path.read_text(encoding="utf-8"))
    if root is None or path.name.endswith("error.xml"):
        return []
    if path.parent.name == "cinii":
        listed = list(root.iter("{*}item")) or root.findall("{*}Description")
        return [("cinii", cinii_records.kept(root if one.tag.endswith("Description") else one))
                for one in listed]  # fmt: skip
    if path.parent.name == "loc":
        return [("loc", loc_records.kept(one)) for one in catalogues.records(root) or ()]
    listed = catalogues.records(root) or list(root.iter("item"))
    return [("ndl", ndl_records.kept(one)) for one in listed]


NO_RECORD = {
    "ciniibooks-count=10_format=rss_p=1_q=.rdf", "ciniibooks-format=rss_ncid=invalid.rdf",
    "loc-sru-mods-bath.lccn=_.xml", "get-unknown-9784150310738.json",
    "api-books-jscmd-data-unknown.json", "sru-ndlsearch-itemno=.xml",
    "sru-ndlsearch-jpno=invalid.xml", "sru-ndlsearch-isbn=9780007264551.xml",
}  # fmt: skip
"""The recorded answers that say that there is nothing."""
NO_ANSWER = {"README.md", "papis-isbnlib-merged.json"}
"""What is no answer of a service."""


def _recorded() -> list[Path]:
    return [path for path in sorted(BOOKS.rglob("*.*")) if path.name not in NO_ANSWER]


def _shape(item: Item) -> str:
    """What there is of a record: its kind, year, people by role, the other fields by name."""
    people = {name: len(item[name]) for name in sorted(item) if isinstance(item[name], list)}
    year = (item.get("issued") or {"date-parts": [["-"]]})["date-parts"][0][0]
    others = sorted(item.keys() - people.keys() - {"type", "issued", "custom"})
    told = " ".join(f"{name}:{number}" for name, number in people.items())
    return f"{item['type']} {year} | {told} | {' '.join(others)}"


@pytest.mark.skipif(not BOOKS.exists(), reason="../shared/data/books is absent")
def test_every_recorded_record_becomes_an_item_and_the_same_as_before() -> None:
    found = {}
    for path in _recorded():
        entries = _entries(path)
        assert bool(entries) == (path.name not in NO_RECORD), path.name
        for number, (source, message) in enumerate(entries):
            payload = items.canonical(source, message)
            own = Identifier(Scheme.URL, "https://example.com/")
            item = items.read(Record(source=source, identifier=own, payload=payload)).item
            assert item["title"], path.name
            assert item["type"] != "document", path.name
            found[f"{path.parent.name}/{path.name} {number}"] = _shape(item)
            root, _ = xml.root(payload) if payload.startswith("<") else (None, ())
            if root is not None:
                # What is stored reads as what was sent, and is stored alike a second time.
                assert xml.canonical(root) == payload
    golden = Path(__file__).parent / "golden" / "books.json"
    if os.environ.get("REFPIPE_REWRITE_GOLDEN"):
        golden.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(golden.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("編集: 架空太郎, 架空花子", {"editor": ["架空太郎", "架空花子"]}),
        ("架空太郎, 架空花子著 = Taro Kaku, Hanako Kaku", {"author": ["架空太郎", "架空花子"]}),
        ("compiled by Fictional Collection", {"editor": ["Collection|Fictional"]}),
        ("edited by Jane Doe and John Roe ; translated by Ann Poe",
         {"editor": ["Doe|Jane", "Roe|John"], "translator": ["Poe|Ann"]}),
        ("with an appendix containing the tables", {}),
        ("王明主編", {"editor": ["王明"]}),
        ("架空太郎総監訳 ; 架空花子医学校閲",
         {"translator": ["架空太郎"], "contributor": ["架空花子"]}),
        ("架空太郎 他3名著", {"author": ["架空太郎"]}),
        ("김가공 지음 ; 이가공 옮김", {"author": ["김가공"], "translator": ["이가공"]}),
        ("hrsg. von Jan Mustermann und Eva Muster",
         {"editor": ["Mustermann|Jan", "Muster|Eva"]}),
        ("Jan Mustermann (Hrsg.) ; übersetzt von Eva Muster",
         {"editor": ["Mustermann|Jan"], "translator": ["Muster|Eva"]}),
        ("sous la direction de Jean Fictif ; traduit de l'anglais par Eve Fictive",
         {"editor": ["Fictif|Jean"], "translator": ["Fictive|Eve"]}),
        ("edited by Edda Edwards", {"editor": ["Edwards|Edda"]}),
        ("by Juan Inventado y Ficticio", {"author": ["Juan Inventado y Ficticio"]}),
        ("van der Berg", {"author": ["van der Berg"]}),
    ],
)  # fmt: skip
def test_statements_in_other_forms(statement: str, expected: dict[str, list[str]]) -> None:
    roles = title_page.people([statement], []).roles
    told = {
        role: [name.get("literal") or f"{name['family']}|{name['given']}" for name in names]
        for role, names in roles.items()
    }
    assert told == expected


def test_every_catalogue_tells_that_there_are_more_people() -> None:
    more = title_page.people(["架空太郎 [ほか] 編"], []).item()
    assert more["custom"] == {"author-et-al": True}
    rdf = (
        '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns:d="http://purl.org/dc/elements/1.1/"><r:Description><d:title>甲 = A</d:title>'
        "<d:creator>架空太郎 [ほか] 著</d:creator></r:Description></r:RDF>"
    )
    root, _ = xml.root(rdf)
    record = Record(
        source="ciniibooks",
        identifier=Identifier(Scheme.URL, "https://ci.nii.ac.jp/ncid/BA1"),
        payload=cinii_records.kept(root),
    )
    assert cinii_records.read(record).item["custom"] == {
        "author-et-al": True,
        "twin": {"title": "A"},
    }


# ── the book trade ─────────────────────────────────────────────────────────────────────

VOLUME = {
    "volumeInfo": {
        "title": "Fictional pain",
        "authors": ["Jane Doe"],
        "publishedDate": "2009-01",
        "industryIdentifiers": [{"type": "ISBN_13", "identifier": ABROAD}],
    }
}
FORTHCOMING: dict[str, Any] = {
    "onix": {
        "ProductIdentifier": {"ProductIDType": "15", "IDValue": BACK},
        "DescriptiveDetail": {
            "TitleDetail": {"TitleElement": {"TitleText": {"content": "架空の腰痛"}}},
            "Contributor": [
                {"SequenceNumber": "2", "ContributorRole": ["B06"],
                 "PersonName": {"content": "架空 花子"}},
                {"SequenceNumber": "1", "ContributorRole": ["A01"],
                 "PersonName": {"content": "ヤン・デ・フリース"}},
                {"SequenceNumber": "3", "ContributorRole": ["Z99"],
                 "PersonName": {"content": "架空, 太郎, 1980-"}},
            ],
            "Language": [{"LanguageRole": "01", "LanguageCode": "jpn"}],
        },
        "PublishingDetail": {
            "Imprint": {"ImprintName": "架空書房"},
            "PublishingDate": [{"PublishingDateRole": "01", "Date": ""}],
        },
    },
    "hanmoto": {"dateshuppan": "2026-01-01", "han": "第2版"},
    "summary": {"isbn": BACK, "pubdate": "20260600"},
}  # fmt: skip


def test_google_books_is_asked_last_and_its_people_have_no_roles(
    fake_registry: FakeRegistry,
) -> None:
    fake_registry.catalogues.google_books[ABROAD] = VOLUME
    outcome = ask(fake_registry, f"isbn:{ABROAD}")
    item = item_of(outcome)
    assert (item["title"], item["issued"]) == ("Fictional pain", {"date-parts": [[2009, 1]]})
    assert isinstance(outcome, Answer)
    assert "without roles" in outcome.reason
    assert [request.registry for request in fake_registry.requests][-1] == "googlebooks"


def test_a_hit_of_google_books_that_is_another_book_is_none(fake_registry: FakeRegistry) -> None:
    fake_registry.catalogues.google_books[BACK] = VOLUME
    outcome = ask(fake_registry, f"isbn:{BACK}")
    assert isinstance(outcome, Unresolved)
    assert outcome.is_final


def test_openbd_is_asked_only_where_the_user_says_so(fake_registry: FakeRegistry) -> None:
    fake_registry.catalogues.openbd[BACK] = FORTHCOMING
    assert isinstance(ask(fake_registry, f"isbn:{BACK}"), Unresolved)
    assert fake_registry.counts["openbd"] == 0
    item = item_of(ask(fake_registry, f"isbn:{BACK}", openbd=f"{fake_registry.base}/openbd"))
    assert item == {
        "type": "book",
        "title": "架空の腰痛",
        "author": [{"literal": "ヤン・デ・フリース"}],
        "translator": [{"family": "架空", "given": "花子"}],
        "contributor": [{"family": "架空", "given": "太郎"}],
        "publisher": "架空書房",
        "edition": "第2版",
        "language": "ja",
        "issued": {"date-parts": [[2026]]},
        "ISBN": BACK,
    }


# ── from the command line ──────────────────────────────────────────────────────────────


def add(fake: FakeRegistry, folder: Path, *typed: str) -> Any:
    (folder / "pyproject.toml").write_text("[tool.refpipe]\n", encoding="utf-8")
    return refpipe("add", *typed, folder=folder, extra=fake.environ)


def test_add_by_isbn_prints_the_book(fake_registry: FakeRegistry, tmp_path: Path) -> None:
    fake_registry.catalogues.ndl.append(guideline())
    ran = add(fake_registry, tmp_path, "4000000012")
    assert ran.returncode == 0, ran.stderr
    assert "架空腰痛診療ガイドライン" in ran.stdout
    assert "[@isbn:9784000000017]" in ran.stdout
    fake_registry.forget_requests()
    assert add(fake_registry, tmp_path, "978-4-00-000001-7").returncode == 0
    assert fake_registry.requests == []


def test_add_says_what_a_wrong_check_digit_would_have_to_be(
    fake_registry: FakeRegistry, tmp_path: Path
) -> None:
    ran = add(fake_registry, tmp_path, "978-4-00-000001-1")
    assert ran.returncode == 1
    assert "would have to be 7" in ran.stderr
    assert fake_registry.requests == []


def test_add_asks_which_of_two_readings_is_meant(
    fake_registry: FakeRegistry, tmp_path: Path
) -> None:
    ran = add(fake_registry, tmp_path, "843610727")
    assert ran.returncode == 1
    assert "refpipe add pmid:843610727" in ran.stderr
    assert "refpipe add isbn:9780843610727" in ran.stderr
    assert fake_registry.requests == []
