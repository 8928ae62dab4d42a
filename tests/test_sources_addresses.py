"""From an address to a work, with care: candidates confirmed, pages read, private ones refused."""

from __future__ import annotations

import json
import socket
import threading
from typing import Any

import pytest
from fake_registry import FakeRegistry
from fake_registry.faults import Fault
from hypothesis import given
from hypothesis import strategies as st

from refpipe import identifiers, items
from refpipe.http import Failure, Http, Pace, Settings, connections
from refpipe.match import agreement
from refpipe.match.agreement import Standing
from refpipe.model import (
    Answer,
    Certainty,
    Claim,
    Identifier,
    Item,
    Record,
    Scheme,
    Unresolved,
)
from refpipe.sources import Registries, landing_page, page_notices
from refpipe.sources.address_resolution import publisher_number
from refpipe.sources.landing_page import LandingPage, dois

LWW = "https://journals.lww.com/spinejournal/Abstract/1997/07150/The_Title.25.aspx"
CARRAGEE = {
    "DOI": "10.1097/00007632-199707150-00025",
    "type": "journal-article",
    "title": ["Are First-Time Episodes of Serious LBP Associated With New MRI Findings?"],
    "author": [{"family": "Carragee", "given": "Eugene J."}],
    "container-title": ["Spine"],
    "ISSN": ["0362-2436"],
    "volume": "22",
    "page": "1650-1656",
    "issued": {"date-parts": [[1997, 7]]},
}
JSTAGE = "https://www.jstage.jst.go.jp/article/spinalsurg/18/1/18_1_13/_article/-char/ja"


def ask(settings: Settings, address: str, said: Item | None = None) -> Answer | Unresolved:
    """What the address comes to, asked as ``refpipe add`` does."""
    claim = identifiers.read(address)
    assert claim is not None
    evidence = {claim.identifier: {"URL": address, **(said or {})}}
    with Registries(settings) as registries:
        outcomes = list(registries.resolve([claim], evidence))
    assert len(outcomes) == 1
    return outcomes[0]


def test_a_candidate_is_confirmed_by_one_request(fake_registry: FakeRegistry) -> None:
    fake_registry.add(CARRAGEE)
    claim = identifiers.read(LWW)
    assert claim is not None
    assert claim.certainty is Certainty.CANDIDATE
    outcome = ask(fake_registry.settings(), LWW)
    assert isinstance(outcome, Answer)
    assert outcome.certainty is Certainty.CONFIRMED
    assert len(fake_registry.requests) == 1


def test_a_candidate_that_the_address_refutes_is_refused(fake_registry: FakeRegistry) -> None:
    fake_registry.add(CARRAGEE | {"issued": {"date-parts": [[2011, 7]]}})
    outcome = ask(fake_registry.settings(), LWW)
    assert isinstance(outcome, Unresolved)
    assert "differs in address" in outcome.reason


def test_a_candidate_whose_title_is_not_the_addresss_is_refused(
    fake_registry: FakeRegistry,
) -> None:
    fake_registry.add(CARRAGEE)
    other = LWW.replace("The_Title", "Completely_Different_Title_About_Knees")
    outcome = ask(fake_registry.settings(), other)
    assert isinstance(outcome, Unresolved)
    assert "differs in address" in outcome.reason


@pytest.mark.parametrize(
    ("last", "title", "is_refuted"),
    [
        ("Correlation_of_Imaging_With__2019_Findings_in.7.aspx",
         "The Correlation of Imaging with ’Findings’ in the Aching Lumbar Spine", False),
        ("Correlation_of_Imaging_With_Findings_in.7.aspx", "Rehabilitation after knee surgery",
         True),
        ("Correlation_of_Imaging_With_Findings_in.7.aspx", "腰椎の画像所見", False),
        ("Correlation_of_Imaging_With_Findings_in.7.aspx", "Correlation of imaging", False),
        ("The_Title.7.aspx", "Rehabilitation after knee surgery", False),
        ("blood_bld-2021-015246-main.pdf", "Rehabilitation after knee surgery", False),
        ("7953/Effects-of-Beta-Carotene-on-Tumour", "Effects of β-carotene on tumors", False),
    ],
)  # fmt: skip
def test_a_title_in_the_address_is_held_against_the_record(
    last: str, title: str, is_refuted: bool
) -> None:
    address = f"https://journals.example.org/spine/fulltext/{last}"
    assert agreement.is_refuted(address, {"title": title}) is is_refuted


def test_a_candidate_that_the_printed_reference_refutes_is_refused(
    fake_registry: FakeRegistry,
) -> None:
    fake_registry.add(CARRAGEE)
    said = {"title": "Surgical treatment of carpal tunnel syndrome", "author": [{"family": "Sato"}]}
    assert isinstance(ask(fake_registry.settings(), LWW, said), Unresolved)
    said = {"title": "Are first-time episodes of serious LBP associated with new MRI findings"}
    outcome = ask(fake_registry.settings(), LWW, said | {"author": [{"family": "Carragee"}]})
    assert isinstance(outcome, Answer)


def test_a_publishers_number_leads_to_the_doi(fake_registry: FakeRegistry) -> None:
    fake_registry.add(
        {
            "DOI": "10.1016/j.spinee.2009.12.001",
            "title": ["Degeneration"],
            "alternative-id": ["S1529943009012345"],
        }
    )
    address = "https://www.thespinejournalonline.com/article/S1529-9430(09)01234-5/fulltext"
    assert publisher_number(address) == "S1529943009012345"
    outcome = ask(fake_registry.settings(), address)
    assert isinstance(outcome, Answer)
    assert outcome.record.identifier.value == "10.1016/j.spinee.2009.12.001"


LINKED = """x><script type="application/ld+json">{"@graph": [{"@type": "ScholarlyArticle",
"identifier": {"value": "10.1097/00007632-199707150-00025"}}]}</script><br"""
PAGE_WITH = '<html lang="ja"><head><title>T</title><meta {}></head><body></body></html>'


@pytest.mark.parametrize(
    "tag",
    [
        'name="citation_doi" content="10.1097/00007632-199707150-00025"',
        'name="citation_doi" content="https://doi.org/10.1097/00007632-199707150-00025"',
        'name="DC.Identifier" scheme="doi" content="doi:10.1097/00007632-199707150-00025"',
        'property="prism.doi" content="10.1097/00007632-199707150-00025"',
        LINKED,
    ],
)
def test_the_page_behind_an_address_names_its_doi(fake_registry: FakeRegistry, tag: str) -> None:
    fake_registry.add(CARRAGEE)
    fake_registry.page(JSTAGE, PAGE_WITH.format(tag))
    outcome = ask(fake_registry.settings(), JSTAGE)
    assert isinstance(outcome, Answer)
    assert outcome.record.identifier.value == CARRAGEE["DOI"]
    assert outcome.asked.scheme is Scheme.URL


def test_a_doi_that_is_not_the_pages_own_is_refused(fake_registry: FakeRegistry) -> None:
    fake_registry.add(CARRAGEE)
    head = 'name="citation_title" content="頸椎症性脊髄症の手術成績"><meta name="citation_doi" '
    fake_registry.page(
        JSTAGE, PAGE_WITH.format(head + 'content="10.1097/00007632-199707150-00025"')
    )
    outcome = ask(fake_registry.settings(), JSTAGE)
    assert isinstance(outcome, Answer)
    assert outcome.record.source == "landing_page"


def test_a_page_without_doi_is_cited_as_a_page(fake_registry: FakeRegistry) -> None:
    address = "https://www.mhlw.go.jp/stf/newpage_12345.html"
    tags = 'property="og:site_name" content="厚生労働省"'
    fake_registry.page(address, PAGE_WITH.format(tags).replace(">T<", ">腰痛対策について<"))
    outcome = ask(fake_registry.settings(), address)
    assert isinstance(outcome, Answer)
    item = items.read(outcome.record).item
    assert (item["type"], item["title"], item["container-title"], item["URL"]) == (
        "webpage",
        "腰痛対策について",
        "厚生労働省",
        address,
    )
    assert outcome.record.heard


@pytest.mark.parametrize(
    ("site", "told", "title"),
    [
        ("みどり町", "腰痛の予防｜みどり町", "腰痛の予防"),
        ("みどり町", "腰痛の予防 ｜ 健康｜みどり町公式ホームページ", "腰痛の予防 ｜ 健康"),
        ("みどり町公式サイト", "腰痛の予防-みどり町", "腰痛の予防"),
        ("みどり町", "みどり町 | 腰痛の予防", "腰痛の予防"),
        ("Midori Clinic", "Low-back pain – MIDORI CLINIC", "Low-back pain"),
        ("Midori Clinic", "Low-back pain/Midori Clinic website", "Low-back pain"),
        ("みどり町", "みどり町｜みどり町", "みどり町"),
        ("みどり町", "腰痛の予防｜みどり町の腰痛", "腰痛の予防｜みどり町の腰痛"),
        ("みどり町", "みどり町の腰痛", "みどり町の腰痛"),
        ("Parkinson", "Parkinson: a guide", "Parkinson: a guide"),
        ("", "腰痛の予防｜みどり町", "腰痛の予防｜みどり町"),
    ],
)
@pytest.mark.parametrize("where", ["title", "og:title"])
def test_the_name_of_the_site_is_no_part_of_the_title(
    fake_registry: FakeRegistry, site: str, told: str, title: str, where: str
) -> None:
    address = "https://www.example.go.jp/back.html"
    tags = f'property="og:site_name" content="{site}"'
    if where == "og:title":
        tags += f'><meta property="og:title" content="{told}"'
    page = PAGE_WITH.format(tags).replace(">T<", f">{told}<")
    fake_registry.page(address, page)
    outcome = ask(fake_registry.settings(), address)
    assert isinstance(outcome, Answer)
    item = items.read(outcome.record).item
    assert (item["title"], item.get("container-title", "")) == (title, site)


def test_a_page_of_another_title_is_not_taken_for_the_printed_work(
    fake_registry: FakeRegistry,
) -> None:
    fake_registry.page(JSTAGE, PAGE_WITH.format("x").replace(">T<", ">Just a moment, please<"))
    said = {"title": "Surgery of the cervical spine in the elderly", "author": [{"family": "Sato"}]}
    assert isinstance(ask(fake_registry.settings(), JSTAGE, said), Unresolved)


@pytest.mark.parametrize(
    ("status", "is_final"), [(403, False), (404, True), (410, True), (500, False), (503, False)]
)
def test_a_page_that_cannot_be_seen(
    fake_registry: FakeRegistry, status: int, is_final: bool
) -> None:
    fake_registry.page(JSTAGE, "", status=status)
    outcome = ask(fake_registry.settings(), JSTAGE)
    assert isinstance(outcome, Unresolved)
    assert outcome.is_final is is_final


@pytest.mark.parametrize("kind", ["drip", "drip head", "cut", "hang", "reset", "429"])
def test_a_page_that_misbehaves_could_not_be_checked(
    fake_registry: FakeRegistry, kind: str
) -> None:
    fake_registry.faults[JSTAGE] = Fault(kind)
    outcome = ask(fake_registry.settings(), JSTAGE)
    assert isinstance(outcome, Unresolved)
    assert not outcome.is_final


@pytest.mark.parametrize(
    "title",
    ["Just a moment...", "Access denied", "Access Denied", "Attention Required! | Cloudflare",
     "ページが見つかりません", "404 Not Found", "404", "Error 404 - Page not found",
     "Page not found – Example Society", "お探しのページは見つかりませんでした｜学会",
     "403 Forbidden", "Are you a robot?", "Verify you are human", "ただいまメンテナンス中です",
     "Service Temporarily Unavailable", "Client Challenge", "Pardon Our Interruption",
     "Midori Clinic | Page not found", "みどり町 - お探しのページは見つかりませんでした"],
)  # fmt: skip
def test_a_page_shown_instead_could_not_be_checked(fake_registry: FakeRegistry, title: str) -> None:
    fake_registry.page(JSTAGE, f"<title>{title}</title><p>Ray ID")
    outcome = ask(fake_registry.settings(), JSTAGE)
    assert isinstance(outcome, Unresolved)
    assert not outcome.is_final
    assert title in outcome.reason
    fake_registry.page(JSTAGE, "<title>Back pain in the elderly</title>")
    assert isinstance(ask(fake_registry.settings(), JSTAGE), Answer), "it must not be remembered"


@pytest.mark.parametrize(
    "title",
    ["Access denied: barriers to care for back pain", "Sciatica – NHS", "Error analysis",
     "404 days of sitting", "Security checkpoints and stress", "Just a moment of rest",
     "メンテナンス期の心臓リハビリテーション", "ログイン疲れと腰痛", "Not found in translation",
     "Rehabilitation – Maintenance", "投薬 | エラー", "リハビリ - メンテナンス"],
)  # fmt: skip
def test_a_work_that_is_called_alike_is_a_work(title: str) -> None:
    assert not page_notices.is_shown_instead(title)


def test_a_page_keeps_the_day_on_which_it_was_read(fake_registry: FakeRegistry) -> None:
    fake_registry.page(
        JSTAGE,
        '<title>Back pain</title><meta property="article:published_time" content="2024-05-02">',
    )
    outcome = ask(fake_registry.settings(), JSTAGE)
    assert isinstance(outcome, Answer)
    item = items.read(outcome.record).item
    year, month, day = outcome.record.heard[:10].split("-")
    assert item["accessed"] == {"date-parts": [[int(year), int(month), int(day)]]}
    assert item["issued"] == {"date-parts": [[2024, 5, 2]]}


def test_pages_that_send_us_in_circles(fake_registry: FakeRegistry) -> None:
    fake_registry.page(JSTAGE, "", status=301, Location=JSTAGE + "?again")
    fake_registry.page(JSTAGE + "?again", "", status=302, Location=JSTAGE)
    outcome = ask(fake_registry.settings(), JSTAGE)
    assert isinstance(outcome, Unresolved)
    assert "circles" in outcome.reason
    assert not outcome.is_final


def test_a_page_that_is_no_page(fake_registry: FakeRegistry) -> None:
    fake_registry.page(JSTAGE, "%PDF-1.4", Content_Type="application/pdf")
    outcome = ask(fake_registry.settings(), JSTAGE)
    assert isinstance(outcome, Unresolved)
    assert "application/pdf" in outcome.reason


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1/",
        "http://localhost:8080/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://127.1/",
        "http://0x7f.0x0.0x0.0x1/",
        "http://printer.local/",
        "http://intranet/",
        "http://user:secret@example.org/",
        "http://example.org:6379/",
        "file:///etc/passwd",
        "ftp://example.org/x",
        "gopher://example.org/",
    ],
)
def test_no_private_address_is_fetched_directly_or_after_a_redirect(
    fake_registry: FakeRegistry, target: str
) -> None:
    fake_registry.page(JSTAGE, "", status=302, Location=target)
    outcome = ask(fake_registry.settings(), JSTAGE)
    assert isinstance(outcome, Unresolved)
    assert not outcome.is_final
    assert fake_registry.counts == {"pages": 1}
    with Http(Settings(cache=None, backoff=0.0, total=2.0)) as http:
        assert isinstance(http.get(target, pace=Pace.PAGE), Failure)


def test_no_name_that_leads_to_a_private_address_is_connected_to() -> None:
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.3)
    accepted = []

    def listen() -> None:
        try:
            accepted.append(server.accept())
        except TimeoutError:
            return

    thread = threading.Thread(target=listen)
    thread.start()
    with Http(Settings(cache=None, backoff=0.0)) as http:
        for name in ("localhost", "127.0.0.1"):
            url = f"http://{name}:{server.getsockname()[1]}/"
            for pace in (Pace.PAGE, Pace.OTHER):
                outcome = http.get(url, pace=pace)
                assert isinstance(outcome, Failure)
                assert "private address" in outcome.reason
    thread.join()
    server.close()
    assert accepted == []


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_public_addresses_are_public(address: str) -> None:
    assert connections.is_public(address)


@given(st.text(), st.binary(max_size=300))
def test_no_page_makes_the_reader_raise(kind: str, body: bytes) -> None:
    head = landing_page.read(b"<html><head><title>" + body, f"text/html; charset={kind}")
    json.dumps(head)


_FIELDS = st.sampled_from(["@type", "@graph", "identifier", "value", "mainEntity"])
_LINKED = st.recursive(
    st.none() | st.text() | st.integers() | st.just("ScholarlyArticle"),
    lambda inner: st.lists(inner) | st.dictionaries(_FIELDS, inner),
)


@given(_LINKED)
def test_no_linked_data_makes_the_search_for_a_doi_raise(value: Any) -> None:
    head = {"title": "", "lang": "", "canonical": "", "meta": [], "json-ld": [value]}
    dois(LandingPage(asked=Identifier(Scheme.URL, "https://example.org/"), url="", head=head))


@pytest.mark.parametrize("charset", ["undefined", "base64", "idna", "no-such", "utf-7", "zip"])
def test_a_charset_that_decodes_no_text_is_passed_over(charset: str) -> None:
    assert landing_page.read(b"<title>T</title>", f"text/html; charset={charset}")["title"] == "T"


@pytest.mark.parametrize("stray", ["<![foo[x]]>", "<![", "<![x y[", "<![if !IE]>x<![endif]>"])
def test_a_stray_declaration_does_not_end_the_reading(stray: str) -> None:
    assert landing_page.read(f"{stray}<title>T</title>".encode(), "")["title"] == "T"


def test_charsets_of_old_japanese_pages_are_read() -> None:
    body = '<meta charset="Shift_JIS"><title>腰痛の診断</title>'.encode("shift_jis")
    assert landing_page.read(body, "text/html")["title"] == "腰痛の診断"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (LWW, {"issued": {"date-parts": [[1997]]}}),
        ("https://academic.oup.com/rheumatology/article/49/7/1239/1786953", {
            "volume": "49", "page": "1239"}),
        ("https://iopscience.iop.org/article/10.1088/2053-1591/aa8752", {"ISSN": "2053-1591"}),
        ("https://example.org/index.php/2013-02-07-03-02-35/a.html", {}),
    ],
)  # fmt: skip
def test_what_an_address_says(address: str, said: Item) -> None:
    assert agreement.said_by(address) == said


# ── agreement ──────────────────────────────────────────────────────────────────────────

PRINTED: Item = {
    "type": "article-journal",
    "title": "Are first-time episodes of serious LBP associated with new MRI findings?",
    "author": [{"family": "Carragee", "given": "E"}],
    "issued": {"date-parts": [[1997]]},
    "container-title": "Spine",
    "volume": "22",
    "page": "1650-1656",
}


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({}, Standing.AGREES),
        ({"issued": {"date-parts": [[1998]]}}, Standing.AGREES),
        ({"volume": None, "page": None, "container-title": None}, Standing.AGREES),
        ({"page": "1650"}, Standing.AGREES),
        ({"title": "Lumbar disc herniation in athletes: a cohort study"}, Standing.DIFFERS),
        ({"author": [{"family": "Modic", "given": "M T"}]}, Standing.DIFFERS),
        ({"issued": {"date-parts": [[2005]]}}, Standing.DIFFERS),
        ({"volume": "7", "page": "12-19"}, Standing.DIFFERS),
        ({"title": None, "author": None}, Standing.UNKNOWN),
    ],
)
def test_agreement(changes: dict[str, Any], standing: Standing) -> None:
    found = items.read(_record(CARRAGEE)).item
    claimed = {k: v for k, v in (PRINTED | changes).items() if v is not None}
    assert agreement.agreement_of(claimed, found).standing is standing


def _record(message: dict[str, Any]) -> Record:
    return Record(
        source="crossref",
        identifier=Identifier(Scheme.DOI, message["DOI"]),
        payload=items.canonical("crossref", message),
    )


def test_a_second_that_agrees_as_well_leaves_the_choice_to_a_person() -> None:
    found = items.read(_record(CARRAGEE)).item
    one = agreement.agreement_of(PRINTED, found)
    bare = {k: v for k, v in found.items() if k not in {"volume", "page"}}
    less = agreement.agreement_of(PRINTED, bare)
    assert agreement.choose([one]) == 0
    assert agreement.choose([one, one]) is None
    assert agreement.choose([less, one]) == 1
    assert agreement.choose([]) is None


def test_claims_are_asked_once_whatever_their_certainty(fake_registry: FakeRegistry) -> None:
    fake_registry.add(CARRAGEE)
    found = identifiers.doi(str(CARRAGEE["DOI"]))
    assert found is not None
    claims = [
        Claim(identifier=found, certainty=Certainty.CANDIDATE),
        Claim(identifier=found, certainty=Certainty.LITERAL),
    ]
    with Registries(fake_registry.settings()) as registries:
        (outcome,) = registries.resolve(claims, {found: {"title": "Something else altogether"}})
    assert isinstance(outcome, Answer)
