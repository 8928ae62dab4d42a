"""Cited web pages: their addresses are opened, and what stands there is one of three answers."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from examples import some
from fake_registry import FakeRegistry
from fake_registry.faults import Fault
from hypothesis import given, settings
from hypothesis import strategies as st
from running import CLOSED, REGISTRIES

from refpipe import cli as doors
from refpipe import display, identifiers, items
from refpipe.http import Failure, Http, connections
from refpipe.library import Library
from refpipe.match.agreement import Standing, is_borne
from refpipe.model import Certainty, Claim, Identifier, Work
from refpipe.pipeline.confirm import open_addresses
from refpipe.pipeline.query import Asker
from refpipe.sources import Registries, page_notices
from refpipe.sources.address_resolution import _CATALOGUES
from refpipe.sources.web_page import Crawl, Sight, is_front_page

SITE = "https://www.example.go.jp"
PAGE = f"{SITE}/soshiki/kenko/youtsuu.html"
TITLE = "職場の腰痛を防ぐために"


def html(title: str, more: str = "") -> str:
    return f'<html lang="ja"><head><meta charset="utf-8"><title>{title}</title>{more}</head></html>'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("REFPIPE_MAILTO", "writer@example.org")
    (tmp_path / "refpipe.toml").write_text('articles = ["."]\nlang = "en"\n', encoding="utf-8")
    return tmp_path


def command(fake: FakeRegistry | None, *arguments: str) -> tuple[int, str, str]:
    """Exit code, output and talk of a command; without a registry, the network is off."""
    closed = dict.fromkeys((f"REFPIPE_{name}_URL" for name in REGISTRIES), CLOSED)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (fake.environ if fake is not None else closed).items():
            patch.setenv(name, value)
        result = CliRunner().invoke(doors.refpipe, list(arguments), standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return int(result.return_value), result.stdout, result.stderr


def cite(folder: Path, title: str = TITLE, url: str = PAGE, *more: str) -> str:
    """An article that cites a web page described by hand; gives the work's name."""
    described = ("--manual", "--type", "webpage", "--title", title, "--url", url, *more)
    assert command(None, "add", *described)[0] == 0
    with Library.open(folder / "library.db") as library:
        name = next(work.name for work in library.works() if work.item["URL"] == url)
    written = folder / "a.md"
    before = written.read_text(encoding="utf-8") if written.exists() else ""
    text = before.removesuffix("\n\n## 参考文献\n\n<!--bibliography-->\n")
    text += f"腰痛は防げる [@{name}]。\n\n## 参考文献\n\n<!--bibliography-->\n"
    written.write_text(text, encoding="utf-8")
    return name


def check(fake: FakeRegistry | None, *arguments: str) -> tuple[int, dict[str, str]]:
    """The exit code, and the codes of what was found with what each says."""
    code, told, _ = command(fake, "check", "a.md", "--format", "json", "--online", *arguments)
    return code, {one["code"]: one["message"] for one in json.loads(told)}


# ── the three answers ──────────────────────────────────────────────────────────────────


def test_a_page_that_bears_the_title_is_seen_and_nothing_is_left_to_say(
    folder: Path, fake_registry: FakeRegistry
) -> None:
    fake_registry.page(PAGE, html(f"{TITLE}｜みどり県"))
    name = cite(folder)
    offline = command(None, "check", "a.md", "--lang", "en")
    assert offline[0] == 1
    assert f"no registry answers for {name}" in offline[1]
    assert "refpipe confirm" in offline[1]
    code, told = check(None)
    assert (code, set(told)) == (2, {"REF001", "REF015"})
    assert "no page was seen to bear the title" in told["REF001"]
    assert check(fake_registry) == (0, {})
    assert command(None, "check", "a.md")[0] == 0
    shown = command(None, "show", name, "--lang", "en")[1]
    assert "its page bore the title" in shown
    assert "confirmed by a registry" not in shown


def test_a_page_that_was_seen_does_not_change_the_entry(
    folder: Path, fake_registry: FakeRegistry
) -> None:
    more = '<meta name="author" content="A Robot"><meta property="og:site_name" content="S">'
    fake_registry.page(PAGE, html(TITLE, more))
    cite(folder)
    command(None, "refs")
    before = (folder / "a.md").read_bytes()
    assert check(fake_registry)[0] == 0
    stored = (folder / "library.db").read_bytes()
    assert check(fake_registry)[0] == 0
    assert (folder / "library.db").read_bytes() == stored
    command(None, "refs")
    assert (folder / "a.md").read_bytes() == before


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_not_there_is_gone(
    folder: Path, fake_registry: FakeRegistry, status: int
) -> None:
    fake_registry.page(PAGE, html("見つかりません"), status=status)
    cite(folder)
    code, told = check(fake_registry)
    assert (code, set(told)) == (1, {"REF001", "REF013"})
    assert PAGE in told["REF013"]
    assert "refpipe edit" in told["REF013"]
    assert "refpipe replace" in told["REF013"]


def test_an_address_that_leads_to_the_front_page_is_gone(
    folder: Path, fake_registry: FakeRegistry
) -> None:
    fake_registry.page(PAGE, "", status=302, Location="/index.html")
    fake_registry.page(f"{SITE}/index.html", html("みどり県公式ホームページ"))
    cite(folder)
    code, told = check(fake_registry)
    assert (code, set(told)) == (1, {"REF001", "REF013"})
    assert "front page" in told["REF013"]


def test_a_front_page_that_is_cited_is_no_fault(folder: Path, fake_registry: FakeRegistry) -> None:
    fake_registry.page(f"{SITE}/index.html", "", status=302, Location="/")
    fake_registry.page(f"{SITE}/", html("みどり県"))
    cite(folder, "みどり県", f"{SITE}/index.html")
    assert check(fake_registry) == (0, {})


def test_another_title_is_a_doubt_that_shows_both(
    folder: Path, fake_registry: FakeRegistry
) -> None:
    fake_registry.page(PAGE, html("市営プールの休館日"))
    cite(folder)
    code, told = check(fake_registry)
    assert (code, set(told)) == (1, {"REF001", "REF014"})
    assert TITLE in told["REF014"]
    assert "市営プールの休館日" in told["REF014"]


@pytest.mark.parametrize("status", [301, 308])
def test_a_page_that_moved_for_good_is_seen_and_its_address_told(
    folder: Path, fake_registry: FakeRegistry, status: int
) -> None:
    new = f"{SITE}/kenko/腰痛.html"
    quoted = str(identifiers.url(new)).removeprefix("url:")
    fake_registry.page(quoted, html(TITLE))
    # Many a server writes the letters of an address into the header as they are.
    raw = new.encode().decode("latin-1")
    fake_registry.page(PAGE, "", status=status, Location=raw)
    fake_registry.page(new, html(TITLE))
    name = cite(folder)
    code, told = check(fake_registry)
    assert (code, set(told)) == (1, {"REF014"})
    assert f"refpipe edit {name} URL={quoted}" in told["REF014"]
    assert command(None, "edit", name, f"URL={quoted}")[0] == 0
    assert check(fake_registry) == (0, {})


def test_a_redirect_for_today_or_to_the_same_page_is_not_told(
    folder: Path, fake_registry: FakeRegistry
) -> None:
    plain = PAGE.replace("https:", "http:")
    fake_registry.page(plain, "", status=301, Location=PAGE)
    fake_registry.page(PAGE, "", status=302, Location="/today")
    fake_registry.page(f"{SITE}/today", html(TITLE))
    cite(folder, TITLE, plain)
    assert check(fake_registry) == (0, {})


def _fault(kind: str) -> Callable[[FakeRegistry], None]:
    def happen(fake: FakeRegistry) -> None:
        fake.faults[PAGE] = Fault(kind)

    return happen


def _page(body: str, **more: Any) -> Callable[[FakeRegistry], None]:
    return lambda fake: fake.page(PAGE, body, **more)


def _robots(fake: FakeRegistry) -> None:
    fake.page(PAGE, html(TITLE))
    fake.page(f"{SITE}/robots.txt", "User-agent: *\nDisallow: /soshiki/\n")


UNCHECKED: dict[str, Callable[[FakeRegistry], None]] = {
    "401": _page("", status=401),
    "403": _page(html("403 Forbidden"), status=403),
    "429": _fault("429"),
    "451": _page("", status=451),
    "500": _fault("500"),
    "503": _fault("503"),
    "no answer": _fault("hang"),
    "cut off": _fault("reset"),
    "circles": _page("", status=302, Location=PAGE),
    "a broken redirect": _page("", status=302, Location="http://[::"),
    "a private address": _page("", status=302, Location="http://192.168.1.1/"),
    "robots.txt": _robots,
    "a guard": _page(html("Just a moment...")),
    "no title": _page("<html><body><p>…</p></body></html>"),
    "a title in no letters": lambda fake: fake.pages.update(
        {PAGE: (200, {"Content-Type": "text/html"}, "<title>腰痛</title>".encode("euc-jp"))}
    ),
    "a table": _page("a,b", Content_Type="text/csv"),
    "no PDF": _page(html("ログイン"), Content_Type="application/pdf"),
}


@pytest.mark.parametrize("case", UNCHECKED)
def test_what_could_not_be_looked_at_is_neither_seen_nor_gone(
    folder: Path, fake_registry: FakeRegistry, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    quick = fake_registry.settings(cache=folder / ".refpipe" / "http.sqlite")
    monkeypatch.setattr(Registries, "__init__", _quickly(quick))
    UNCHECKED[case](fake_registry)
    cite(folder)
    for lang in ("en", "ja"):
        code, told = check(fake_registry, "--lang", lang)
        assert (code, set(told)) == (2, {"REF001", "REF015"})
        assert PAGE in told["REF015"]
    assert not set("abcdefghijklmnopqrstuvwxyz") & set(_reason(told["REF015"])), told["REF015"]


def _reason(said: str) -> str:
    """What a message in Japanese says of a reason, without names of things."""
    inside = said.partition("確認できませんでした(")[2].rpartition(")。ご自身")[0]
    for name in (PAGE, "www.example.go.jp", "robots.txt", "text/csv", "application/pdf", "http",
                 "Just a moment...", "refpipe"):  # fmt: skip
        inside = inside.replace(name, "")
    return inside


def _quickly(quick: Any) -> Callable[..., None]:
    real = Registries.__init__

    def start(self: Registries, _: Any) -> None:
        real(self, quick)

    return start


def test_a_host_that_does_not_exist_is_gone_only_where_others_answer(
    fake_registry: FakeRegistry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead = identifiers.url("https://no-such-host.example.org/a")
    there = identifiers.url(PAGE)
    assert dead is not None
    assert there is not None
    real = Http.get

    def get(self: Http, url: str, **options: Any) -> Any:
        if "no-such-host" in url:
            reason = "could not be found: no network, or no such name"
            return Failure(
                url=url, host="no-such-host.example.org", reason=reason, is_nameless=True
            )
        return real(self, url, **options)

    monkeypatch.setattr(Http, "get", get)
    fake_registry.page(PAGE, html(TITLE))
    wanted: dict[str, tuple[Identifier, str]] = {"dead": (dead, TITLE)}
    for others, outcome in ({}, "unchecked"), ({"there": (there, TITLE)}, "gone"):
        with (
            Library.open(tmp_path / "l.db", create=True) as library,
            Registries(fake_registry.settings()) as registries,
        ):
            asker = Asker(library=library, registries=registries, now="2026-11-25T00:00:00Z")
            told = dict(open_addresses(asker, wanted | others))
        assert told["dead"].outcome == outcome
        assert "no-such-host" in told["dead"].reason


def test_the_name_services_word_is_told_from_its_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    from refpipe.http import Pace, Settings

    for errno, is_nameless in ((socket.EAI_NONAME, True), (socket.EAI_AGAIN, False)):

        def look_up(host: str, port: int | None, errno: int = errno) -> list[str]:
            raise socket.gaierror(errno, "no")

        monkeypatch.setattr(connections, "look_up", look_up)
        quick = Settings(cache=None, retries=0, total=2.0, backoff=0.01)
        with Http(quick) as http:
            came = http.get("https://nowhere.example.org/", pace=Pace.PAGE)
        assert isinstance(came, Failure)
        assert came.is_nameless is is_nameless


# ── what a page says its title is ──────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        ("<title>みどり県</title><h1>職場の<br>腰痛を防ぐために</h1>", "utf-8"),
        (f'<title>みどり県</title><meta property="og:title" content="{TITLE}">', "utf-8"),
        (f'<title>x</title><meta name="citation_title" content="{TITLE}">', "utf-8"),
        (f"<title>{TITLE} ①</title>", "shift_jis"),
        (f"<title>{TITLE} | みどり県</title>", "euc-jp"),
        (f"<title>ホーム &gt; 健康 &gt; {TITLE}</title>", "utf-8"),
    ],
)
def test_a_title_is_found_wherever_the_page_says_it(
    folder: Path, fake_registry: FakeRegistry, body: str, charset: str
) -> None:
    coding = {"shift_jis": "cp932"}.get(charset, charset)
    sent = f'<html><head><meta charset="{charset}">{body}</html>'.encode(coding)
    fake_registry.pages[PAGE] = (200, {"Content-Type": "text/html"}, sent)
    cite(folder)
    assert check(fake_registry) == (0, {})


def test_the_width_of_letters_makes_no_other_title(
    folder: Path, fake_registry: FakeRegistry
) -> None:
    fake_registry.page(PAGE, html("健康日本２１（第三次）：ﾃﾞｰﾀ集 – みどり県"))
    cite(folder, "健康日本21(第三次):データ集")
    assert check(fake_registry) == (0, {})


def test_a_pdf_is_not_seen_but_could_not_be_checked(
    folder: Path, fake_registry: FakeRegistry
) -> None:
    address = f"{SITE}/content/000123.pdf"
    fake_registry.page(address, "%PDF-1.7" + "…" * 90_000, Content_Type="application/octet-stream")
    name = cite(folder, TITLE, address)
    code, told = check(fake_registry)
    assert (code, set(told)) == (2, {"REF001", "REF015"})
    assert "a PDF stands there" in told["REF015"]
    assert set(check(fake_registry, "--select", "REF001")[1]) == {"REF001"}
    code, _, said = command(fake_registry, "confirm", name)
    assert code == 2
    assert said.startswith(f"unchecked    {name}")
    assert "a PDF stands there" in said
    for lang, word in (("en", "bore the title"), ("ja", "ページに題名がある")):
        assert word not in command(None, "show", name, "--lang", lang)[1]
    command(None, "evidence", "a.md")
    stored = json.loads((folder / "a.md.evidence.json").read_text(encoding="utf-8"))
    assert stored["verdicts"] == {"unconfirmed": 1}
    assert asked_for(fake_registry, address) == 1
    with closing(sqlite3.connect(folder / ".refpipe" / "http.sqlite")) as memory:
        assert max(memory.execute("SELECT length(body) FROM answers"))[0] <= 1024


@pytest.mark.parametrize(
    ("title", "told", "standing"),
    [
        ("腰痛", ["腰痛｜みどり病院"], Standing.AGREES),
        ("腰痛", ["慢性腰痛｜みどり病院"], Standing.DIFFERS),
        ("back pain", ["Low back pain | Midori"], Standing.DIFFERS),
        ("令和5年 健康調査の概況", ["令和6年 健康調査の概況｜みどり県"], Standing.DIFFERS),
        ("腰痛", [], Standing.UNKNOWN),
        ("腰痛", ["腰痛 予防体操｜みどり病院"], Standing.UNKNOWN),
        ("Back pain: causes", ["Back pain - Causes - Midori Clinic"], Standing.AGREES),
        ("腰痛と<i>運動</i>", ["腰痛と運動 - みどり病院"], Standing.AGREES),
        ("", ["みどり病院"], Standing.UNKNOWN),
        ("膝の手帳", ["「膝の手帳」｜海辺市"], Standing.AGREES),
        ("膝の手帳", ["海辺市「膝の手帳」 - 健康"], Standing.AGREES),
        ("膝の手帳", ["膝の手帳(令和5年版)｜海辺市"], Standing.AGREES),
        ("膝の手帳", ["(1)膝の手帳｜海辺市"], Standing.AGREES),
        ("「膝」の手帳", ["「膝」の手帳｜海辺市"], Standing.AGREES),
        ("Exercise", ["Pregnancy - Exercise | Midori"], Standing.UNKNOWN),
        ("Exercise", ["Pregnancy - Exercise | Midori", "Exercise"], Standing.AGREES),
        ("Exercise", ["Exercise | Midori"], Standing.AGREES),
        ("腰痛", ["妊娠｜腰痛｜みどり病院"], Standing.UNKNOWN),
        ("Back pain", ["Midori - Back pain"], Standing.AGREES),
    ],
)
def test_a_title_is_whole_or_it_is_another(title: str, told: list[str], standing: Standing) -> None:
    assert is_borne(title, told) is standing


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("膝の手帳", "「膝の手帳」の配布を終えました｜海辺市"),
        ("膝の手帳", "『膝の手帳』終了のお知らせ"),
        ("膝の手帳", "膝の手帳（初版）の訂正｜海辺市"),
        ("Back pain", "Back pain (chronic) in dogs | Midori"),
    ],
)
def test_a_sentence_about_the_title_is_no_title(title: str, told: str) -> None:
    assert is_borne(title, [told]) is not Standing.AGREES


@pytest.mark.parametrize("title", ["腰痛の予防", "Low back pain", "Opening hours", "腰痛"])
@pytest.mark.parametrize(
    "form",
    [
        "ページが見つかりません：{}", "Page not found: {}", "404 Not Found » {} | Midori",
        "{} | ページが見つかりません", "Search results for: {} - M",
        "You searched for {} - {}",
        "検索結果: {} | みどり町", "{}｜検索結果一覧", "カテゴリー: {} | みどり町", "タグ：{}",
        "Tag: {} | Midori", "Category Archives: {} - Midori",
    ],
)  # fmt: skip
def test_a_page_of_an_error_a_search_or_a_tag_bears_no_title(
    fake_registry: FakeRegistry, title: str, form: str
) -> None:
    told = form.format(title, title)
    fake_registry.page(PAGE, html(told, f"</head><body><h1>{title}</h1></body>"))
    address = identifiers.url(PAGE)
    assert address is not None
    with Registries(fake_registry.settings()) as registries:
        asker = Asker(library=None, registries=registries, now="")  # type: ignore[arg-type]
        ((_, came),) = open_addresses(asker, {"x": (address, title)})
    assert came.outcome in ("unread", "unchecked")
    whole = form.partition("{}")[0] + title
    assert not page_notices.is_of_another(whole, [f"{whole} | Midori"])


@pytest.mark.parametrize("title", ["", "…", "<i></i>"])
def test_an_entry_without_a_title_has_no_page_that_bears_it(
    fake_registry: FakeRegistry, title: str
) -> None:
    fake_registry.page(PAGE, html("市営プールの休館日"))
    address = identifiers.url(PAGE)
    assert address is not None
    with Registries(fake_registry.settings()) as registries:
        asker = Asker(library=None, registries=registries, now="")  # type: ignore[arg-type]
        ((_, came),) = open_addresses(asker, {"x": (address, title)})
    assert came.outcome == "unread"


WORDS = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=12)
SIGNS = st.sampled_from(["｜", " | ", " - ", " – ", "：", "【", "】", " » ", " / ", "（", " ～ "])


@given(st.lists(WORDS, min_size=1, max_size=4), st.lists(WORDS, max_size=3), SIGNS)
def test_a_site_may_stand_before_and_behind_any_title(
    title: list[str], site: list[str], sign: str
) -> None:
    whole = " ".join(title)
    assert is_borne(whole, [sign.join([whole, *site])]) is not Standing.DIFFERS
    assert is_borne(whole, [sign.join([*site, whole])]) is not Standing.DIFFERS


# ── whatever a server sends ────────────────────────────────────────────────────────────

_HEADS = st.sampled_from(
    [b"text/html", b"text/html; charset=shift_jis", b"text/html; charset=\xff", b"application/pdf",
     b"", b"text/plain", b"text/html; charset=utf-16", b"TEXT/HTML;"]
)  # fmt: skip
_STATUS = st.sampled_from([200, 200, 200, 201, 204, 301, 302, 304, 307, 400, 403, 404, 410, 429])
_PIECES = st.sampled_from(
    [b"<title>", b"</title>", b"<h1>", b"</h1", b"<br>", b"%PDF-", b"<!DOCTYPE", b"<![",
     b"&#x110000;", TITLE.encode(), b"\xff\xfe", b"<meta property=og:title content=",
     b'"', b">", b"\x00"]
)  # fmt: skip
_BODIES = st.binary(max_size=200) | st.lists(_PIECES, max_size=12).map(b"".join)
_LOCATIONS = st.one_of(
    st.none(),
    st.binary(max_size=30),
    st.sampled_from([b"/", b"//", b"http://[", b"?a", b"http://"]),
)


@settings(max_examples=some(60))
@given(_STATUS, _HEADS, _BODIES, _LOCATIONS)
def test_whatever_is_sent_is_one_of_three_answers(
    status: int, kind: bytes, body: bytes, location: bytes | None
) -> None:
    lines = [b"HTTP/1.1 %d X" % status, b"Content-Type: " + kind]
    if location is not None:
        lines.append(b"Location: " + location.replace(b"\r", b"").replace(b"\n", b""))
    lines += [b"Content-Length: %d" % len(body), b"", body]
    address = identifiers.url(PAGE)
    assert address is not None
    with FakeRegistry() as fake:
        fake.faults[PAGE] = Fault("raw", other=b"\r\n".join(lines))
        with Registries(replace(fake.settings(), retries=0)) as registries:
            asker = Asker(library=None, registries=registries, now="")  # type: ignore[arg-type]
            ((_, came),) = open_addresses(asker, {"x": (address, TITLE)})
    assert came.outcome in {
        "seen", "moved", "ended", "gone", "front", "other", "unread", "unchecked"
    }  # fmt: skip
    if came.outcome in {"seen", "moved", "ended"}:
        assert TITLE.encode() in body
    if came.outcome == "gone":
        assert status in {404, 410} or 300 <= status < 400  # It leads to where nothing is.


# ── how often and how politely ─────────────────────────────────────────────────────────


def asked_for(fake: FakeRegistry, url: str) -> int:
    from urllib.parse import quote

    return sum(one.path.endswith(quote(url, safe="")) for one in fake.requests)


def test_an_address_is_asked_for_once_a_day(folder: Path, fake_registry: FakeRegistry) -> None:
    fake_registry.page(PAGE, html(TITLE))
    cite(folder)
    (folder / "b.md").write_text(
        f"## 参考文献\n\n[1] みどり県. {TITLE}. {PAGE}\n[2] みどり県. {TITLE}. {PAGE}#a\n"
        "[3] Lau A, Nagai B. Fictional pain and its people. Made-up Pain. 2018;3:30-39.\n",
        encoding="utf-8",
    )
    command(fake_registry, "check", "a.md", "b.md", "--online")
    assert asked_for(fake_registry, PAGE) == 1
    assert asked_for(fake_registry, f"{SITE}/robots.txt") == 1
    fake_registry.forget_requests()
    assert check(fake_registry) == (0, {})
    assert asked_for(fake_registry, PAGE) == 0


def test_yesterdays_answer_is_no_answer(
    fake_registry: FakeRegistry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from refpipe.sources import web_page

    fake_registry.page(PAGE, html(TITLE))
    address = identifiers.url(PAGE)
    assert address is not None
    kept = fake_registry.settings(cache=tmp_path / "http.sqlite")
    with Http(kept) as http:
        assert isinstance(Crawl(http).look(address), Sight)

    class Tomorrow(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.now(tz) + timedelta(days=1, hours=1)

    monkeypatch.setattr(web_page, "datetime", Tomorrow)
    down = replace(kept, pages="http://127.0.0.1:9/pages", retries=0)
    with Http(kept) as http:
        fake_registry.page(PAGE, "", status=410)
        assert not isinstance(Crawl(http).look(address), Sight)
    with Http(down) as http:
        assert isinstance(Crawl(http).look(address), Failure)


def test_ctrl_c_loses_no_page_that_was_seen(
    folder: Path, fake_registry: FakeRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = f"{SITE}/b.html"
    fake_registry.page(PAGE, html(TITLE))
    fake_registry.page(second, html("膝の痛み"))
    cite(folder)
    cite(folder, "膝の痛み", second)
    real = Crawl.look

    def look(self: Crawl, address: Identifier) -> Any:
        if address.value == second:
            raise KeyboardInterrupt
        return real(self, address)

    monkeypatch.setattr(Crawl, "look", look)
    with pytest.raises((KeyboardInterrupt, SystemExit, Exception)):
        check(fake_registry)
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    told = json.loads(command(None, "check", "a.md", "--format", "json")[1])
    assert [one["code"] for one in told] == ["REF001"]


def test_a_work_with_an_identifier_is_not_opened(folder: Path, fake_registry: FakeRegistry) -> None:
    fake_registry.add(
        {"DOI": "10.5555/a", "title": ["A fictional trial of rest"], "type": "journal-article",
         "author": [{"family": "Lau", "given": "Ann"}], "issued": {"date-parts": [[2020]]}}
    )  # fmt: skip
    entry = "@article{lau, title={A fictional trial of rest}, author={Lau, Ann}, year=2020,"
    entry += f" doi={{10.5555/a}}, url={{{PAGE}}}}}\n"
    (folder / "own.bib").write_text(entry, encoding="utf-8")
    assert command(None, "import", "own.bib")[0] == 0
    (folder / "a.md").write_text(
        "甲 [@doi:10.5555/a]。\n\n## 参考文献\n\n<!--bibliography-->\n", "utf-8"
    )
    check(fake_registry)
    assert asked_for(fake_registry, PAGE) == 0


def test_a_page_cited_by_its_address_is_told_once(
    folder: Path, fake_registry: FakeRegistry
) -> None:
    fake_registry.page(PAGE, html(f"{TITLE}｜みどり県"))
    text = f"腰痛は防げる [@{PAGE}]。\n\n## 参考文献\n\n<!--bibliography-->\n"
    (folder / "a.md").write_text(text, encoding="utf-8")
    assert check(fake_registry) == (0, {})
    assert command(None, "check", "a.md")[0] == 0
    for status, code in ((410, "REF013"), (403, "REF015")):
        fake_registry.page(PAGE, "", status=status)
        (folder / ".refpipe" / "http.sqlite").unlink()
        assert set(check(fake_registry)[1]) == {code}


@pytest.mark.parametrize("chosen", [("--select", "REF001"), ("--ignore", "REF013")])
def test_a_page_that_is_lost_is_told_where_the_rule_that_would_tell_is_not_asked(
    folder: Path, fake_registry: FakeRegistry, chosen: tuple[str, str]
) -> None:
    fake_registry.page(PAGE, html(TITLE))
    cite(folder)
    assert check(fake_registry) == (0, {})
    fake_registry.page(PAGE, "", status=410)
    (folder / ".refpipe" / "http.sqlite").unlink()
    code, told = check(fake_registry, *chosen)
    assert (code, set(told)) == (1, {"REF001"})
    assert "bore the title once" in told["REF001"]
    assert set(check(fake_registry)[1]) == {"REF013"}
    # Nobody opens a page without a network.
    written = json.loads(command(None, "check", "a.md", "--format", "json")[1])
    assert [one["message"] for one in written] == [told["REF001"]]


# ── lists made by hand ─────────────────────────────────────────────────────────────────


def test_the_pages_of_a_hand_made_list_are_opened(
    folder: Path, fake_registry: FakeRegistry
) -> None:
    listed = {"a": ("職場の腰痛を防ぐために", 200), "b": ("肩こりの予防と体操", 404),
              "c": ("膝の痛みと歩き方", 403)}  # fmt: skip
    lines = []
    for number, (place, (title, status)) in enumerate(listed.items(), 1):
        fake_registry.page(f"{SITE}/{place}.html", html(title), status=status)
        lines.append(f"[{number}] 愛知県. {title}. {SITE}/{place}.html (2026年11月1日閲覧)")
    (folder / "a.md").write_text(
        "甲[1][2][3]。\n\n## 参考文献\n\n" + "\n".join(lines) + "\n", "utf-8"
    )
    code, told, said = command(
        fake_registry, "check", "a.md", "--format", "json", "--online", "--ignore", "CIT,REF008"
    )
    found = {(one["code"], one["message"][:3]) for one in json.loads(told)}
    assert (code, found) == (2, {("REF013", "[2]"), ("REF015", "[3]")})
    assert "not searched for" not in said


# ── what confirm and evidence say ──────────────────────────────────────────────────────


def test_confirm_looks_at_the_page(folder: Path, fake_registry: FakeRegistry) -> None:
    fake_registry.page(PAGE, html(TITLE))
    gone = f"{SITE}/gone.html"
    name = cite(folder)
    other = cite(folder, "膝の痛み", gone)
    code, _, said = command(fake_registry, "confirm", name)
    assert code == 0
    assert said.startswith(f"seen         {name}  {PAGE} bears the title")
    code, _, said = command(fake_registry, "confirm", other)
    assert code == 1
    assert f"unconfirmed  {other}  {gone} is gone" in said
    told = json.loads(command(None, "check", "a.md", "--format", "json")[1])
    assert [one["subject"] for one in told] == [f"url:{gone}"]


def test_a_page_that_names_a_doi_leads_to_the_registry(
    folder: Path, fake_registry: FakeRegistry
) -> None:
    title = "A fictional guideline on walking with stenosis"
    fake_registry.add(
        {"DOI": "10.5555/guide", "title": [title], "type": "report", "publisher": "Midori",
         "author": [{"family": "Lau", "given": "Ann"}], "issued": {"date-parts": [[2020]]}}
    )  # fmt: skip
    fake_registry.page(PAGE, html(title, '<meta name="citation_doi" content="10.5555/guide">'))
    name = cite(folder, title, PAGE, "--author", "Lau, Ann", "--date", "2020")
    code, _, said = command(fake_registry, "confirm", name)
    assert code == 0, said
    assert said.startswith("confirmed")
    assert "its page names 10.5555/guide" in said


def test_evidence_tells_confirmed_seen_and_neither_apart(
    folder: Path, fake_registry: FakeRegistry
) -> None:
    fake_registry.page(PAGE, html(TITLE))
    name = cite(folder)
    cite(folder, "膝の痛み", f"{SITE}/gone.html")
    check(fake_registry)
    today = datetime.now(UTC).date().isoformat()
    code, told, _ = command(None, "evidence", "a.md")
    stored = json.loads((folder / "a.md.evidence.json").read_text(encoding="utf-8"))
    assert stored["verdicts"] == {"seen": 1, "unconfirmed": 1}
    assert [one["asked"] for one in stored["sources"]] == [today, ""]
    assert code == 1
    assert "1 of which only the page can be asked" in told
    assert "None is known to be retracted" not in told
    (folder / "b.md").write_text(f"甲 [@{name}]。\n\n<!--bibliography-->\n", encoding="utf-8")
    code, told, _ = command(None, "evidence", "b.md", "--lang", "ja")
    assert code == 0
    assert "ページに題名があることを確認済み: 1 点" in told
    assert "撤回が知られている文献はありません" not in told


def test_a_page_that_was_seen_is_not_told_as_unconfirmed_by_refs(
    folder: Path, fake_registry: FakeRegistry
) -> None:
    fake_registry.page(PAGE, html(TITLE))
    cite(folder)
    assert "not confirmed by any registry" in command(None, "refs")[2]
    check(fake_registry)
    assert "not confirmed by any registry" not in command(None, "refs")[2]


def test_another_title_or_address_has_not_been_seen(
    folder: Path, fake_registry: FakeRegistry
) -> None:
    fake_registry.page(PAGE, html(TITLE))
    name = cite(folder)
    assert check(fake_registry) == (0, {})
    for changed in ("title=膝の痛み", f"URL={SITE}/other.html"):
        command(None, "edit", name, changed)
        told = json.loads(command(None, "check", "a.md", "--format", "json")[1])
        assert [one["code"] for one in told] == ["REF001"]
        command(None, "undo")
        assert command(None, "check", "a.md")[0] == 0


def test_a_look_that_was_taken_back_is_told_as_such(
    folder: Path, fake_registry: FakeRegistry
) -> None:
    fake_registry.page(PAGE, html(TITLE))
    name = cite(folder)
    assert check(fake_registry) == (0, {})
    with Library.open(folder / "library.db") as library:
        (key,) = (one.key for one in library.records() if one.source == "seen")
    assert command(None, "undo", key)[0] == 0
    code, told = check(fake_registry)
    assert (code, set(told)) == (2, {"REF001", "REF015"})
    assert "taken back" in told["REF015"]
    assert command(fake_registry, "confirm", name)[0] == 2


def test_what_is_waived_for_a_page_does_not_hide_that_it_is_gone(
    folder: Path, fake_registry: FakeRegistry
) -> None:
    fake_registry.page(PAGE, "", status=403)
    name = cite(folder)
    for code in ("REF001", "REF015"):
        command(None, "waive", code, name, "seen by eye on 2026-11-25")
    assert check(fake_registry) == (0, {})
    fake_registry.page(PAGE, "", status=410)
    assert set(check(fake_registry)[1]) == {"REF013"}


@pytest.mark.parametrize("code", ["REF001", "REF015"])
def test_one_waiver_answers_for_a_pdf(folder: Path, fake_registry: FakeRegistry, code: str) -> None:
    address = f"{SITE}/content/000123.pdf"
    fake_registry.page(address, "%PDF-1.7", Content_Type="application/pdf")
    name = cite(folder, TITLE, address)
    assert command(None, "waive", code, name, "read on 2026-11-25")[0] == 0
    assert check(fake_registry) == (0, {})
    fake_registry.page(address, "", status=404)
    assert set(check(fake_registry, "--select", "REF013")[1]) <= {"REF013"}


def test_a_waiver_for_want_of_a_registry_is_none_for_a_page_that_did_not_answer(
    folder: Path, fake_registry: FakeRegistry
) -> None:
    fake_registry.page(PAGE, "", status=403)
    name = cite(folder)
    assert command(None, "waive", "REF001", name, "no registry has web pages")[0] == 0
    assert set(check(fake_registry)[1]) == {"REF015"}
    assert command(None, "waive", "REF015", name, "seen by eye")[0] == 0
    assert check(fake_registry) == (0, {})


# ── a page that has ended ──────────────────────────────────────────────────────────────

LABELS = ["掲載終了", "公開終了", "公開を終了しました", "廃止", "アーカイブ",
          "令和5年3月31日で更新終了", "旧版",
          "Archived", "Withdrawn", "Retired", "ARCHIVED CONTENT", "This page has been withdrawn",
          "Withdrawn 5 May 2020", "Superseded by NG59", "No longer current",
          "Out of date"]  # fmt: skip
PLACES = ["【{label}】{title}｜みどり県", "[{label}] {title} | Midori", "{label}: {title}",
          "{title}（{label}）", "{title} - {label} - みどり県",
          "みどり県 » {label} » {title}"]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("label", LABELS)
def test_a_label_of_its_end_is_told_wherever_it_stands(label: str, place: str) -> None:
    for title in (TITLE, "Lifting at work"):
        shown = place.format(label=label, title=title)
        said = page_notices.label_of_end(title, [shown])
        assert said
        assert said in shown
        assert not page_notices.label_of_end(shown, [shown])


@pytest.mark.parametrize(
    "shown",
    ["{title}｜みどり県", "Retired nurses: {title}", "{title} | National Archives",
     "【重要】{title}",
     "{title} - 心停止 - みどり病院", "{title} | Blog archive", "{title}｜過去の記事",
     "妊娠の中断：{title}",
     "{title} (2020) | Expired air | Midori", "【PDF】{title}", "{title} | This page",
     "{title} - 情報"],
)  # fmt: skip
def test_other_words_beside_a_title_are_no_end(shown: str) -> None:
    for title in (TITLE, "Lifting at work"):
        assert not page_notices.label_of_end(title, [shown.format(title=title)])


SENTENCES = [
    "This guideline has been updated and replaced by NG226.", "This is archived content.",
    "この情報は最新ではありません。", "このページの内容は古くなっています。",
    "This page has been withdrawn", "This guidance was withdrawn on 5 May 2020.",
    "This NICE guideline on knees has now been superseded by NG226.",
    "Important: This website is archived for historical purposes.", "This is an archived page.",
    "These recommendations are no longer current.", "You are viewing an outdated version of it.",
    "このページは公開を終了しました。", "このページの掲載は終了しました",
    "本ガイドラインは廃止されました。",
    "※このページは、2024年3月31日をもって更新を終了しています。",
    "当サイトは現在更新されておりません。",
    "この資料は第2版の公開に伴い廃止されました。", "この記事は古い情報です。",
]  # fmt: skip
OTHERS = [
    "This page has been updated and reviewed.", "This is content about archived films.",
    "この手引は最新の知見に基づいています。", "この記事は旧サイトで公開したものです。",
    "This drug was withdrawn from the market.", "This page was last updated in 2020.",
    "If this page has been archived, write to us.", "This document has not been withdrawn.",
    "The guideline of 1999 was withdrawn.", "このページでは販売停止となった薬について述べます。",
    "この薬は販売を終了しました。", "このページは毎年更新しています。", "受付は終了しました。",
]  # fmt: skip


@given(st.sampled_from(SENTENCES), st.lists(st.sampled_from(OTHERS), max_size=3), st.booleans())
def test_a_page_that_speaks_of_its_own_end_is_heard(
    said: str, others: list[str], is_last: bool
) -> None:
    text = "\n".join([*others, said] if is_last else [said, *others])
    assert page_notices.sentence_of_end(text).rstrip("。.") == said.rstrip("。.")
    assert not page_notices.sentence_of_end("\n".join(others))


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (html(f"【掲載終了】{TITLE}｜みどり県"), "掲載終了"),
        (html(TITLE, f'<meta property="og:title" content="[Archived] {TITLE}">'), "Archived"),
        (html(TITLE) + f"<body><h1>{TITLE}</h1><p>このページは<b>公開</b>を終了しました。</p>",
         "このページは公開を終了しました。"),
        (html(TITLE) + "<div role=alert>This page has been <a href=/>withdrawn</a>.</div>",
         "This page has been withdrawn."),
    ],
)  # fmt: skip
def test_a_page_that_has_ended_is_told_until_it_is_seen_otherwise(
    folder: Path, fake_registry: FakeRegistry, page: str, said: str
) -> None:
    fake_registry.page(PAGE, html(TITLE))
    name = cite(folder)
    assert check(fake_registry) == (0, {})

    def today(body: str) -> None:
        (folder / ".refpipe" / "http.sqlite").unlink()
        fake_registry.page(PAGE, body)

    for _ in range(2):
        today(page)
        code, told = check(fake_registry)
        assert (code, set(told)) == (1, {"REF016"})
        assert f"“{said}”" in told["REF016"]
        assert "its page bore the title" not in command(None, "show", name)[1]
        code, written, _ = command(None, "check", "a.md", "--format", "json")
        assert [one["code"] for one in json.loads(written)] == ["REF016"]
        command(None, "evidence", "a.md")
        stored = json.loads((folder / "a.md.evidence.json").read_text(encoding="utf-8"))
        assert stored["verdicts"] == {"unconfirmed": 1}
        today(html(TITLE))
        assert check(fake_registry) == (0, {})
    today(page)
    _, out, talk = command(fake_registry, "confirm", name)
    assert f"bears the title, and says of itself: “{said}”" in out + talk
    assert command(None, "waive", "REF016", name, "the history is what is cited")[0] == 0
    assert check(fake_registry) == (0, {})


def test_an_entry_that_says_so_itself_is_not_told_of(
    folder: Path, fake_registry: FakeRegistry
) -> None:
    fake_registry.page(PAGE, html(f"【掲載終了】{TITLE}｜みどり県"))
    cite(folder, f"【掲載終了】{TITLE}")
    assert check(fake_registry) == (0, {})


def test_the_pages_of_a_hand_made_list_that_have_ended_are_told(
    folder: Path, fake_registry: FakeRegistry
) -> None:
    fake_registry.page(PAGE, html(f"Retired: {TITLE}"))
    entry = f"みどり県「{TITLE}」 {PAGE}（2026年5月1日閲覧）"
    (folder / "a.md").write_text(f"# 腰\n\n## 参考文献\n\n[1] {entry}\n", encoding="utf-8")
    code, told = check(fake_registry)
    assert (code, set(told) & {"REF014", "REF016"}) == (1, {"REF016"})
    assert "“Retired”" in told["REF016"]


# ── the headings that name a page ──────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("body", "is_title"),
    [
        (f"<h1>みどり県</h1><h1>{TITLE}</h1>", True),
        (f"<header><h1>みどり県</h1></header><main><h1>{TITLE}</h1></main>", True),
        (f"<main><nav><h1>目次</h1></nav><article><header><h1>{TITLE}</h1></header></article></main>",
         True),
        (f"<div role=main><div><h1>{TITLE}</h1></div></div>", True),
        (f"<main><h1>健康</h1><article><h1>{TITLE}</h1></article></main>", True),
        (f"<nav><h1>{TITLE}</h1></nav>", False),
        (f"<div role=navigation><div></div><h1>{TITLE}</h1></div>", False),
        (f"<main><h1>新着一覧</h1></main><aside><h1>{TITLE}</h1></aside>", False),
        (f"<main><h1>新着一覧</h1></main><footer><h1>{TITLE}</h1></footer>", False),
        (f"<h1>新着</h1><h1>肩こりの予防</h1><h1>{TITLE}</h1>", False),
        (f"<h1>新着</h1><article><h1>肩</h1></article><article><h1>{TITLE}</h1></article>", False),
    ],
)  # fmt: skip
def test_a_heading_names_its_page_only_in_its_main_part(
    folder: Path, fake_registry: FakeRegistry, body: str, is_title: bool
) -> None:
    fake_registry.page(PAGE, html("みどり県") + f"<body>{body}</body>")
    cite(folder)
    code, told = check(fake_registry)
    assert (code, set(told)) == ((0, set()) if is_title else (1, {"REF001", "REF014"}))


# ── small pieces ───────────────────────────────────────────────────────────────────────


def test_every_catalogue_that_is_asked_is_known_as_one() -> None:
    assert set(_CATALOGUES) == identifiers.CATALOGUES


def test_a_front_page_is_a_site_and_no_page_of_it() -> None:
    fronts = (f"{SITE}/", SITE, f"{SITE}/index.php", f"{SITE}/#top")
    assert all(map(is_front_page, fronts))
    assert not any(map(is_front_page, (PAGE, f"{SITE}/?p=3", "http://localhost/", "")))


ENGLISH = frozenset(("is", "the", "at", "bears", "no", "in", "that", "agrees", "here", "there"))


@pytest.mark.parametrize(
    "said",
    [
        "https://a.example.org/x bears the title",
        "https://a.jp/x could not be checked (a PDF stands there, and no title is read out of one)",
        "https://a.example.org/x bears the title, and has moved for good to https://a.example.org/y",
        "https://a.example.org/x is gone (a.example.org has no such page)",
        "https://a.example.org/x is gone (there is no host a.example.org)",
        "https://a.example.org/x leads only to the front page, https://a.example.org/",
        "https://a.example.org/x bears another title: “腰痛”",
        "https://a.example.org/x could not be checked (a.example.org has no such page)",
        "no single work agrees in all",
        "doi.org says that it does not exist; is it written as in the source?",
        "no single work agrees in all; https://a.example.org/x bears the title",
        "found by search: agrees in title, authors",
        "doi:10.5555/x agrees with what is printed",
    ],
)
@pytest.mark.parametrize(
    ("word", "ja"),
    [("unchecked  ", "確認できず"), ("unconfirmed", "未確認    "), ("seen       ", "ページ確認")],
)
def test_what_came_of_a_work_is_told_in_japanese(word: str, ja: str, said: str) -> None:
    told = display.translated(f"{word}  modic2005  {said}")
    assert told.startswith(f"{ja}  modic2005  ")
    assert not [word for word in told.replace("/", " ").split() if word in ENGLISH]


@pytest.mark.parametrize(
    "said",
    [
        "confirmed    modic2005  doi:10.5555/x  (found by search: agrees in title, authors)",
        "differs      modic2005  doi:10.5555/x answers for it",
        "unclear      modic2005  doi:10.5555/x answers for it",
        "unconfirmed  modic2005  doi:10.5555/x, as printed, belongs to another work: title: “A”",
        "      agrees in title; differs in authors, year; year: here “2004”, there “2006”",
        "      nothing to compare",
    ],
)
def test_how_a_work_differs_is_told_in_japanese(said: str) -> None:
    told = display.translated(said)
    assert not ENGLISH & set(told.replace("/", " ").split())
    assert not {"nothing", "answers", "belongs", "differs"} & set(told.split())
    assert said.startswith(" ") or told.split()[1] == "modic2005"


def test_what_the_library_has_from_print_alone_is_added_as_such(
    folder: Path, fake_registry: FakeRegistry
) -> None:
    reference = "Lau A, Nagai B. Fictional pain. Made-up Pain. 2018;3:30-39. doi:10.5555/lau"
    (folder / "a.md").write_text(f"痛み[1]。\n\n## 参考文献\n\n1. {reference}\n", encoding="utf-8")
    command(None, "adopt", "a.md")
    code, _, said = command(fake_registry, "add", "10.5555/lau")
    assert code == 0
    assert "no registry has answered for it yet; refpipe confirm asks" in said
    fake_registry.page(PAGE, html(TITLE))
    assert "no registry" not in command(fake_registry, "add", PAGE)[2]


def test_evidence_names_the_address_that_was_seen(
    folder: Path, fake_registry: FakeRegistry
) -> None:
    new = f"{SITE}/kenko/new.html"
    fake_registry.page(PAGE, "", status=410)
    fake_registry.page(new, html(TITLE))
    name = cite(folder)
    assert set(check(fake_registry)[1]) == {"REF001", "REF013"}
    command(None, "edit", name, f"URL={new}")
    assert check(fake_registry) == (0, {})
    command(None, "evidence", "a.md")
    (source,) = json.loads((folder / "a.md.evidence.json").read_text(encoding="utf-8"))["sources"]
    assert (source["identifier"], source["verdict"]) == (f"url:{new}", "seen")
    told = (folder / "a.md.evidence.html").read_text(encoding="utf-8")
    assert new in told
    assert PAGE not in told


def test_a_page_of_which_no_title_was_read_was_not_seen() -> None:
    about = identifiers.url(PAGE)
    assert about is not None
    claims = (Claim(identifier=about, certainty=Certainty.CANDIDATE),)
    work = Work(id=f"url:{PAGE}", name="x", item={"title": TITLE, "URL": PAGE}, claims=claims)
    for shown, is_seen in ((TITLE, True), ("", False)):
        assert items.is_seen(items.look_record(about, PAGE, TITLE, shown=shown), work) is is_seen
    # An address that is claimed alone is the page's as well.
    named = replace(work, item={"title": TITLE})
    assert items.is_seen(items.look_record(about, PAGE, TITLE, shown=TITLE), named)


def _gone(fake: FakeRegistry) -> None:
    fake.page(PAGE, "", status=410)


def _other(fake: FakeRegistry) -> None:
    fake.page(PAGE, html("市営プールの休館日"))


def _front(fake: FakeRegistry) -> None:
    fake.page(f"{SITE}/", html("みどり県"))
    fake.page(PAGE, "", status=301, Location=f"{SITE}/")


@pytest.mark.parametrize("change", [_gone, _other, _front])
@pytest.mark.parametrize("is_read_out", [False, True])
def test_a_page_that_was_missed_when_last_looked_at_is_seen_no_more(
    folder: Path, fake_registry: FakeRegistry, change: Callable[[FakeRegistry], None],
    is_read_out: bool,
) -> None:  # fmt: skip
    def today() -> None:
        (folder / ".refpipe" / "http.sqlite").unlink(missing_ok=True)

    fake_registry.page(PAGE, html(TITLE))
    if is_read_out:
        assert command(fake_registry, "add", PAGE)[0] == 0
        with Library.open(folder / "library.db") as library:
            (name,) = (work.name for work in library.works())
            text = f"甲 [@{name}]。\n\n## 参考文献\n\n<!--bibliography-->\n"
            (folder / "a.md").write_text(text, encoding="utf-8")
    else:
        name = cite(folder)
    assert check(fake_registry) == (0, {})
    for _ in range(2):
        today()
        change(fake_registry)
        assert check(fake_registry)[0] == 1
        kept = (folder / "library.db").read_bytes()
        today()
        assert check(fake_registry)[0] == 1
        assert (folder / "library.db").read_bytes() == kept
        written = json.loads(command(None, "check", "a.md", "--format", "json")[1])
        assert [one["code"] for one in written] == ["REF001"]
        assert "its page bore the title" not in command(None, "show", name, "--lang", "en")[1]
        command(None, "evidence", "a.md")
        stored = json.loads((folder / "a.md.evidence.json").read_text(encoding="utf-8"))
        assert stored["verdicts"] == {"unconfirmed": 1}
        today()
        fake_registry.page(PAGE, html(TITLE))
        assert check(fake_registry) == (0, {})
        assert command(None, "check", "a.md")[0] == 0
