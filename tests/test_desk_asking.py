"""The desk asks the registries: each answer, each choice, each time nobody could be asked."""

from __future__ import annotations

import datetime
import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fake_registry import FakeRegistry
from hypothesis import given
from hypothesis import strategies as st
from running import project

pytest.importorskip("starlette")

from starlette.applications import Starlette
from starlette.testclient import TestClient
from test_desk import BASE, NOW, PORT, TOKEN, enter, fields

from refpipe import config
from refpipe.desk import Guard, application
from refpipe.desk.desk import Desk
from refpipe.errors import LibraryError
from refpipe.library import Library
from refpipe.pipeline import adopt, intake, lookup, pasted_list
from refpipe.pipeline.check import overview
from refpipe.sources import Registries

Opened = Callable[..., TestClient]
PRINTED = "H. Okada, “Sitting and the lumbar disc,” Spine Rep., vol. 4, pp. 10–19, 2011."


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake_registry: FakeRegistry) -> Opened:
    monkeypatch.chdir(project(tmp_path))

    def open_desk(**changes: Any) -> TestClient:
        desk = Desk(
            config=config.load(tmp_path), now=lambda: NOW,
            today=lambda: datetime.date(2026, 11, 25),
            registries=lambda: Registries(fake_registry.settings(**changes)),
        )  # fmt: skip
        client = TestClient(application(desk, token=TOKEN, port=PORT), base_url=BASE)
        enter(client)
        client.headers["Origin"] = BASE
        client.cookies.set("lang", "en")
        return client

    return open_desk


def message(doi: str, title: str, **changes: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "DOI": doi, "type": "journal-article", "title": [title],
        "author": [{"family": "Okada", "given": "Haru", "sequence": "first"}],
        "container-title": ["Spine Reports"], "volume": "4", "page": "10-19",
        "issued": {"date-parts": [[2011]]},
    }  # fmt: skip
    return plain | changes


def stored(folder: Path, line: str = PRINTED) -> str:
    """The name of a work that was only read from print."""
    with Library.open(folder / "library.db") as library:
        record = adopt.record_of(line, origin="test")
        intake.take(library, record, now=NOW)
        work = library.find(record.identifier)
        assert work is not None
        return work.name


# ── the preview ────────────────────────────────────────────────────────────────────────


def test_each_citation_of_the_preview_carries_its_entry(opened: Opened) -> None:
    page = opened().get("/preview?path=articles/lumbar-mri.md").text
    links = re.findall(r'<a id="cite-[^>]*href="#ref-1"[^>]*>', page)
    assert links
    assert all("title=" in link and "doi" in link.lower() for link in links)
    assert "<script" not in page


def test_each_number_of_a_hand_made_list_carries_its_reference() -> None:
    text = (
        "# 腰痛\n\n半数は縮む[2,1]。\n\n## 参考文献\n\n"
        '[1] Sato H. "Pain" < 3. Spine. 1987;12:101-108.\n'
        "[2] Mori K. Sciatica. Spine. 1999;1:5-9.\n"
    )
    page = overview.preview_page(Path("a.md"), text, {})
    told = re.findall(r'<span tabindex="0" title="([^"]*)">\[2,1\]</span>', page)
    assert len(told) == 1
    assert told[0].startswith("Mori K.")
    assert "&quot;Pain&quot; &lt; 3" in told[0]


@given(st.text(alphabet="<>&\"'= a\n\u202e\x00"), st.integers(min_value=0, max_value=10**12))
def test_no_entry_breaks_out_of_its_link(entry: str, number: int) -> None:
    link = f'<a href="#ref-{number}">[1]</a>'
    told = overview.with_entries(link, {number: entry})
    assert told.count("<") == 2
    assert told.count(">") == 2
    if "title=" in told:
        assert re.fullmatch(r'<a href="#ref-\d+" title="[^"<>]*">\[1\]</a>', told)


def test_other_links_keep_what_they_say() -> None:
    text = '<a href="#ref-1" title="own">x</a> <a href="#ref-9">y</a> <a href="#other">z</a>'
    assert overview.with_entries(text, {1: "entry"}) == text


# ── confirming ─────────────────────────────────────────────────────────────────────────


def test_an_unconfirmed_work_is_confirmed_where_all_agrees(
    opened: Opened, fake_registry: FakeRegistry, tmp_path: Path
) -> None:
    fake_registry.add(message("10.5555/okada", "Sitting and the lumbar disc"))
    name, client = stored(tmp_path), opened()
    page = client.get(f"/confirm?key={name}").text
    assert "read from print only" in page
    asked = client.post(f"/confirm?key={name}").text
    assert "A registry answers for it and agrees." in asked
    assert "read from print only" not in asked


def test_the_first_hit_is_never_taken_and_a_difference_is_looked_at_first(
    opened: Opened, fake_registry: FakeRegistry, tmp_path: Path
) -> None:
    for number, year in ((1, 2013), (2, 2016)):
        issued = {"date-parts": [[year]]}
        stated = {"issued": issued, "volume": str(number), "page": f"{number}-9"}
        fake_registry.add(message(f"10.5555/o{number}", "Sitting and the lumbar disc", **stated))
    name, client = stored(tmp_path), opened()
    asked = client.post(f"/confirm?key={name}").text
    assert "It is not confirmed." in asked
    assert asked.count('value="doi:10.5555/o') == 2
    assert "read from print only" in client.get(f"/work?key={name}").text
    chosen = client.post(f"/confirm?key={name}", data={"as": "doi:10.5555/o2"}).text
    assert "Nothing was decided" in chosen
    assert "2016" in chosen
    assert "read from print only" in client.get(f"/work?key={name}").text
    sure = client.post(f"/confirm?key={name}", data=fields(chosen, 'name="sure"')).text
    assert "Kept. It can be taken back." in sure
    assert "confirmed by a registry" in client.get(f"/work?key={name}").text
    client.post("/ledger", data=fields(sure, 'action="/ledger"'))
    assert "read from print only" in client.get(f"/work?key={name}").text


def test_whoever_cannot_ask_confirms_nothing_and_says_so(
    opened: Opened, fake_registry: FakeRegistry, tmp_path: Path
) -> None:
    name = stored(tmp_path)
    for client in (opened(crossref="http://127.0.0.1:9"), opened(is_offline=True)):
        page = html.unescape(client.post(f"/confirm?key={name}").text)
        assert "Could not ask; nothing is known yet" in page
        assert "read from print only" in page
    assert client.get("/confirm?key=nobody2001").status_code == 404


def test_a_desk_that_was_opened_offline_says_that_it_asks_nobody(
    opened: Opened, tmp_path: Path
) -> None:
    name, client = stored(tmp_path), opened()
    guard = client.app
    assert isinstance(guard, Guard)
    assert isinstance(guard._app, Starlette)
    guard._app.state.desk.registries = None
    assert "--offline" in client.post(f"/confirm?key={name}").text


# ── the paste page ─────────────────────────────────────────────────────────────────────


KINDS = ("10.5555/o{}", "doi:10.5555/x.{}", "https://doi.org/10.5555/{}", "pmid:{}", "PMC{}")


def events(text: str) -> list[tuple[str, dict[str, Any]]]:
    """The events of a stream, as a browser reads them."""
    found = re.findall(r"event: (.*)\ndata: (.*)\n\n", text)
    return [(name, json.loads(data)) for name, data in found]


@given(st.lists(st.sampled_from(KINDS), min_size=1, max_size=12), st.sampled_from(["\n", "\r\n"]))
def test_a_column_of_identifiers_loses_none(kinds: list[str], end: str) -> None:
    lines = [kind.format(10_000_000 + number) for number, kind in enumerate(kinds)]
    assert [one.key for one in pasted_list.read(end.join(lines), None)] == lines


def test_each_answer_is_sent_as_it_arrives_and_the_whole_last(
    opened: Opened, fake_registry: FakeRegistry, tmp_path: Path
) -> None:
    fake_registry.add(message("10.5555/o1", "Sitting and the lumbar disc"))
    pasted = {"text": "10.5555/o1\n10.5555/nowhere\n", "style": "ieee"}
    answer = opened().post("/paste/answers", data=pasted)
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    told = events(answer.text)
    assert [name for name, _ in told] == ["answer", "answer", "done"]
    by_place = {place: data["html"] for _, data in told[:2] for place in data["places"]}
    assert "answered by a registry" in by_place[1]
    assert "There is no such work" in by_place[2]
    assert "Sitting and the lumbar disc" in told[2][1]["html"]
    with Library.open(tmp_path / "library.db", writable=False) as library:
        assert lookup.find(library, ["10.5555/o1"])


def test_a_registry_that_cannot_be_reached_is_no_missing_work(opened: Opened) -> None:
    client = opened(crossref="http://127.0.0.1:9", doi_org="http://127.0.0.1:9")
    pasted = {"text": "10.5555/o1", "style": "ieee", "do": "add"}
    for path in ("/paste", "/paste/answers"):
        page = client.post(path, data=pasted).text
        assert "Could not ask; nothing is known yet" in page
        assert "There is no such work" not in page
        assert "answered by a registry" not in page


def test_what_goes_wrong_meanwhile_is_told_and_the_stream_ends(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise LibraryError("<b>the library is locked</b>")

    monkeypatch.setattr(intake, "take_all", broken)
    told = events(opened().post("/paste/answers", data={"text": PRINTED}).text)
    assert [name for name, _ in told] == ["failed"]
    assert "&lt;b&gt;the library is locked" in told[0][1]["html"]


def test_a_stream_is_for_our_own_pages_only(opened: Opened) -> None:
    client = opened()
    client.headers["Origin"] = "https://evil.example"
    assert client.post("/paste/answers", data={"text": "10.5555/o1"}).status_code == 403
