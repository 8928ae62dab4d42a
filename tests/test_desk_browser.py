"""The desk in a real Chromium; run by ``make test-browser``.

``AXE_CORE`` names the file ``axe.min.js`` of the npm package axe-core; without it the pages are
used, but not held against the rules of accessibility.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fake_registry import FakeRegistry
from running import ROOT, environment, project
from test_retractions import data_set, row

playwright = pytest.importorskip("playwright.sync_api")
expect = playwright.expect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
AXE = os.environ.get("AXE_CORE", "")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="there is no chromium"),
]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PAIRS = "".join(
    f"TY  - JOUR\nAU  - Sato, Hanako\nTI  - {title}\nT2  - Spine Reports\nPY  - 201{number}\n"
    f"VL  - {number}\nSP  - 1{number}\nEP  - 1{number + 3}\nER  - \n\n"
    for number in range(1, 6)
    for title in (f"看護師の腰痛 第{number}地域", f"Back pain among nurses in region {number}")
)
LIST = (ROOT / "docs" / "tour" / "legacy-page.md").read_text(encoding="utf-8")


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """A project of its own with an unmanaged page, and how commands see the world there."""
    project(tmp_path)
    (tmp_path / "articles" / "legacy.md").write_text(LIST, encoding="utf-8")
    return environment() | {"REFPIPE_RETRACTIONS": str(tmp_path / "retractions.sqlite")}


@contextmanager
def desk(folder: Path, surroundings: dict[str, str], *arguments: str) -> Iterator[str]:
    """A desk over the folder while it is open; its address."""
    with subprocess.Popen(
        [sys.executable, "-m", "refpipe", "desk", "--no-browser", *arguments],
        cwd=folder, env=surroundings, stdout=subprocess.PIPE, text=True,
    ) as server:  # fmt: skip
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


def run(folder: Path, surroundings: dict[str, str], *arguments: str) -> None:
    command = [sys.executable, "-m", "refpipe", *arguments]
    subprocess.run(command, cwd=folder, env=surroundings, check=False, capture_output=True)


@pytest.fixture
def address(tmp_path: Path, surroundings: dict[str, str]) -> Iterator[str]:
    """A desk that asks nobody, with five pairs to decide; its address."""
    (tmp_path / "pairs.ris").write_text(PAIRS, encoding="utf-8")
    run(tmp_path, surroundings, "import", "pairs.ris")
    with desk(tmp_path, surroundings, "--offline") as address:
        yield address


@pytest.fixture
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


def opened(browser: Any, address: str, **given: Any) -> Any:
    context = browser.new_context(**({"locale": "en-GB"} | given))
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda told: page.faults.append(told.text) if told.type == "error" else None)
    page.goto(address)
    return page


def references() -> str:
    return LIST[LIST.index("[1]") : LIST.index("\n", LIST.index("[13]"))]


@pytest.mark.parametrize("has_script", [True, False])
def test_thirteen_references_are_pasted_and_eleven_come_back(
    browser: Any, address: str, has_script: bool
) -> None:
    page = opened(browser, address, java_script_enabled=has_script)
    page.get_by_role("link", name="Paste", exact=True).click()
    page.fill("#text", references())
    page.get_by_role("button", name="Read them").click()
    expect(page.locator(".pasted > li")).to_have_count(13)
    expect(page.locator("#list-html p")).to_have_count(11)
    expect(page.get_by_text("the same work as")).to_have_count(2)
    assert page.faults == []


@pytest.mark.parametrize("has_script", [True, False])
def test_a_page_with_an_unmanaged_list_is_mended_and_taken_back(
    browser: Any, address: str, has_script: bool
) -> None:
    page = opened(browser, address, java_script_enabled=has_script)
    page.locator('a[href*="legacy.md"]').click()
    expect(page.get_by_text("DATE001")).to_have_count(1)
    page.get_by_role("button", name="Manage the hand-made list").click()
    page.get_by_role("button", name="Do it").click()
    expect(page.locator(".entries > li")).to_have_count(11)
    frame = page.frame_locator("iframe")
    if has_script:
        frame.locator("#ref-1").wait_for(state="attached")
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator(".entries > li")).to_have_count(0)
    assert page.faults == []


def test_pairs_are_decided_by_keyboard_and_one_taken_back(browser: Any, address: str) -> None:
    page = opened(browser, address)
    page.get_by_role("link", name="Review").click()
    page.wait_for_url("**/review")  # Its script listens to keys once the page is loaded.
    total = int(page.get_by_text("groups to look at").inner_text().split()[0])
    assert total >= 3
    for number, key in enumerate(("d", "m", "d"), start=1):
        with page.expect_navigation():
            page.keyboard.press(key)
        page.get_by_text("Kept. It can be taken back.").wait_for()
        left = page.get_by_text("groups to look at")
        assert left.count() == 0 or int(left.inner_text().split()[0]) == total - number
    with page.expect_navigation():
        page.keyboard.press("u")
    page.get_by_text("It was taken back.").wait_for()
    assert int(page.get_by_text("groups to look at").inner_text().split()[0]) == total - 2
    assert page.faults == []


def test_a_field_is_corrected_and_stands_in_the_article(browser: Any, address: str) -> None:
    page = opened(browser, address)
    page.get_by_role("link", name="Library").click()
    page.fill("#q", "carragee")
    page.locator(".works a").first.click()
    page.select_option("select[name=field]", "volume")
    page.fill("input[name=value]", "4711")
    page.get_by_role("button", name="Correct a field").click()
    page.get_by_text("vol. 4711").first.wait_for(state="attached")
    page.goto(page.url.split("/work")[0])
    page.locator('a[href*="lumbar-mri.md"]').click()
    page.get_by_role("button", name="Number again").click()
    page.locator(".diff").get_by_text("4711").first.wait_for(state="attached")


def test_what_is_typed_before_the_script_has_come_is_searched(browser: Any, address: str) -> None:
    page = opened(browser, address)
    slow = {"offline": False, "latency": 700, "downloadThroughput": -1, "uploadThroughput": -1}
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    network.send("Network.emulateNetworkConditions", slow)
    page.goto(f"{page.url.rstrip('/')}/library", wait_until="commit")
    page.fill("#q", "carragee")
    page.get_by_text("Carragee").first.wait_for()
    assert page.faults == []


def test_a_paper_that_was_retracted_overnight_is_found_in_every_article(
    browser: Any, tmp_path: Path, surroundings: dict[str, str]
) -> None:
    notice = row(1, "10.1148/radiol.2372041509", "Retraction", "6/1/2026")
    (tmp_path / "notices.csv").write_bytes(data_set(notice))
    with desk(tmp_path, surroundings, "--offline") as address:
        page = opened(browser, address)
        expect(page.locator("tbody tr td:nth-of-type(4).bad")).to_have_count(0)
        run(tmp_path, surroundings, "retractions", "update", "--file", "notices.csv")
        page.reload()
        page.locator("tbody tr td:nth-of-type(4).bad").first.wait_for(state="attached")
        page.locator('a[href*="lumbar-mri.md"]').click()
        finding = page.locator(".findings > li", has_text="RET001").first
        finding.locator("summary").click()
        finding.locator("input[name=reason]").fill("the text says that it was retracted")
        finding.get_by_role("button", name="Answer with a reason").click()
        expect(page.locator(".diff").get_by_text("ignore RET001")).to_have_count(1)
        expect(page.locator(".finding", has_text="RET001")).to_have_count(0)


def test_answers_stream_in_and_are_there_afterwards(
    browser: Any, tmp_path: Path, surroundings: dict[str, str], fake_registry: FakeRegistry
) -> None:
    fake_registry.add({
        "DOI": "10.5555/okada", "type": "journal-article", "title": ["Sitting and the disc"],
        "author": [{"family": "Okada", "given": "Haru", "sequence": "first"}],
        "container-title": ["Spine Reports"], "volume": "4", "page": "10-19",
        "issued": {"date-parts": [[2011]]},
    })  # fmt: skip
    asked = surroundings | fake_registry.environ
    with desk(tmp_path, asked) as address:
        page = opened(browser, address)
        page.goto(f"{page.url.rstrip('/')}/paste")
        page.fill("#text", "doi:10.5555/okada\ndoi:10.5555/nobody")
        page.get_by_role("button", name="Read them").click()
        page.get_by_role("button", name="Add to the library").click()
        page.get_by_text("Every answer that could be had is here.").wait_for()
        expect(page.locator("#list-html").get_by_text("Sitting and the disc")).to_have_count(1)
        assert page.locator("#answer-2").inner_text() != ""
        assert page.faults == []
        page.fill("#text", "H. Okada, “Sitting and the disc,” Spine Rep., vol. 4, pp. 10–19, 2011.")
        page.get_by_role("button", name="Read them").click()
        expect(page.get_by_text("already in the library as")).to_have_count(1)


def test_a_review_is_counted_decided_and_saved(
    browser: Any, tmp_path: Path, surroundings: dict[str, str]
) -> None:
    (tmp_path / "pubmed.ris").write_text(PAIRS, encoding="utf-8")
    with desk(tmp_path, surroundings, "--offline", "pubmed.ris") as address:
        page = opened(browser, address)
        assert page.locator("td.number").first.inner_text() == "10"
        page.get_by_role("link", name="Review").click()
        page.wait_for_url("**/review")
        with page.expect_navigation():
            page.keyboard.press("m")
        page.get_by_text("Kept. It can be taken back.").wait_for()
        page.get_by_role("link", name="Counts").click()
        assert page.locator("td.number").last.inner_text() == "9"
        with page.expect_download() as saved:
            page.get_by_role("link", name="Save the records to screen").click()
        assert saved.value.path().read_text(encoding="utf-8").count("TY  - ") == 9


@pytest.mark.skipif(not AXE, reason="AXE_CORE names no axe.min.js")
@pytest.mark.parametrize("lang", ["en-GB", "ja-JP"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_shuts_anybody_out(browser: Any, address: str, lang: str, scheme: str) -> None:
    page = opened(browser, address, locale=lang, color_scheme=scheme, bypass_csp=True)
    root = page.url.rstrip("/")
    page.goto(f"{root}/library?standing=unconfirmed")
    name = page.locator(".works a").first.inner_text()
    paths = ("/", "/article?path=articles/legacy.md", "/paste", "/library?q=disc",
             "/library?standing=unconfirmed", f"/work?key={name}", f"/confirm?key={name}",
             "/review", "/ledger", "/nowhere")  # fmt: skip
    script = Path(AXE).read_text(encoding="utf-8")
    for path in paths:
        page.goto(f"{root}{path}")
        page.evaluate(script)
        found = page.evaluate("axe.run(document, {iframes: false})")["violations"]
        grave = [one for one in found if one["impact"] in {"serious", "critical"}]
        assert [(path, one["id"], one["nodes"][0]["html"]) for one in grave] == []


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_is_wider_than_its_window(browser: Any, address: str, width: int) -> None:
    page = opened(browser, address, viewport={"width": width, "height": 700})
    root = page.url.rstrip("/")
    for path in ("/", "/article?path=articles/legacy.md", "/paste", "/library?q=disc", "/review"):
        page.goto(f"{root}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
