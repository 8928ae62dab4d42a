"""Whatever a registry sends, it costs one identifier; nobody inside the house is asked for it."""

from __future__ import annotations

import contextlib
import io
import random
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import catalogue_records
import pytest
from fake_registry import FakeRegistry, serving
from fake_registry.faults import Fault
from mutated_answers import answer, spoiled

from refpipe import cli
from refpipe.http import Failure, Http, Pace, Settings

# ── behind a proxy ─────────────────────────────────────────────────────────────────────


class Proxy(BaseHTTPRequestHandler):
    """Sends whoever asks for anything to ``target``, and writes down what was asked."""

    target = ""
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path.startswith("http://registry.example/"):
            self.send_response(301)
            self.send_header("Location", self.target)
        else:
            self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Proxy]]:
    """A proxy that the environment names."""
    bound = type("Bound", (Proxy,), {"asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), bound)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{server.server_address[1]}")
    yield bound
    server.shutdown()
    server.server_close()


QUICK = Settings(
    crossref="http://registry.example", cache=None, connect=1.0, read=0.5, total=1.0, retries=0,
    backoff=0.0, others=500.0,
)  # fmt: skip


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("http://169.254.169.254/latest/meta-data", "private address"),
        ("http://[::ffff:169.254.169.254]/latest", "private address"),
        ("http://127.1/", "private address"),
        ("http://localhost/", "private address"),
        ("http://inside.example/", "private address"),
        ("http://nowhere.example/", "cannot be looked up here"),
        ("http://user:word@example.org/", "carries a user name"),
        ("ftp://example.org/", "not http or https"),
    ],
)
def test_behind_a_proxy_no_hop_leads_inside(
    proxy: type[Proxy], monkeypatch: pytest.MonkeyPatch, target: str, reason: str
) -> None:
    proxy.target = target
    known = {"inside.example": "10.0.0.7", "127.0.0.1": "127.0.0.1"}

    def look_up(host: str, *_: Any, **__: Any) -> list[tuple[Any, ...]]:
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (known[host], _[0] if _ else 0))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with Http(QUICK) as http:
        outcome = http.get("http://registry.example/works/1", pace=Pace.SINGLE)
    assert isinstance(outcome, Failure)
    assert reason in outcome.reason
    assert proxy.asked == ["http://registry.example/works/1"]


def test_a_proxy_that_drips_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    server = socket.create_server(("127.0.0.1", 0))
    is_over = threading.Event()

    def drip() -> None:
        connection, _ = server.accept()
        with connection:
            connection.recv(4096)
            try:
                while not is_over.wait(0.05):
                    connection.sendall(b"H")
            except OSError:
                return

    thread = threading.Thread(target=drip)
    thread.start()
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{server.getsockname()[1]}")
    try:
        with Http(QUICK) as http:
            outcome = http.get("http://registry.example/works/1", pace=Pace.SINGLE)
        assert isinstance(outcome, Failure)
    finally:
        is_over.set()
        thread.join()
        server.close()


# ── what a server asks us to wait ──────────────────────────────────────────────────────


def raw(status: str, *headers: str) -> Fault:
    lines = [f"HTTP/1.1 {status}", *headers, "Content-Length: 0", "", ""]
    return Fault("raw", other="\r\n".join(lines).encode())


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("banana", "not how long ('banana')"),
        ("-5", "not how long ('-5')"),
        ("9" * 5000, "asks us to wait"),
        ("86000", "86000 s"),
        ("8640000", "more than a day"),
        ("Fri, 99 Foo 99999 25:61:61 GMT", "not how long"),
        ("\x1b[31m", "not how long ('\\x1b[31m')"),
    ],
)
def test_a_wait_that_means_nothing_is_told_as_it_is(
    fake_registry: FakeRegistry, asked: str, told: str
) -> None:
    names = [f"10.5555/{number}" for number in range(4)]
    for name in names:
        fake_registry.faults[name] = raw("503 No", f"Retry-After: {asked}")
    with Http(fake_registry.settings()) as http:
        outcomes = [
            http.get(f"{fake_registry.base}/crossref/works/{name}", pace=Pace.SINGLE)
            for name in names
        ]
    assert all(isinstance(one, Failure) for one in outcomes)
    assert told in str(outcomes[0])
    assert "\x1b" not in str(outcomes[0])
    assert len(fake_registry.requests) <= 2


@pytest.mark.parametrize(
    ("limit", "interval", "told"),
    [
        ("0.001", "1s", "one request in 1000 s"),
        ("1e-300", "1s", "less than one request a day"),
        ("1", "3599s", "one request in 3599 s"),
    ],
)
def test_a_pace_too_slow_to_wait_for_is_said_and_the_host_left(
    fake_registry: FakeRegistry, limit: str, interval: str, told: str
) -> None:
    headers = (f"X-Rate-Limit-Limit: {limit}", f"X-Rate-Limit-Interval: {interval}")
    fake_registry.faults["10.5555/a"] = raw("404 No", *headers)
    with Http(fake_registry.settings()) as http:
        first, second = (
            http.get(f"{fake_registry.base}/crossref/works/10.5555/{name}", pace=Pace.SINGLE)
            for name in ("a", "b")
        )
    assert not isinstance(first, Failure)
    assert isinstance(second, Failure)
    assert told in second.reason
    assert len(fake_registry.requests) == 1


@pytest.mark.parametrize("limit", ["nan", "inf", "-1", "0", "x", "1e999", "٣"])
def test_a_pace_that_means_nothing_changes_nothing(fake_registry: FakeRegistry, limit: str) -> None:
    header = f"X-Rate-Limit-Limit: {limit}"
    fault = raw("404 No", header, "X-Rate-Limit-Interval: 1s")
    fake_registry.faults |= {f"10.5555/{name}": fault for name in "ab"}
    with Http(fake_registry.settings()) as http:
        for name in "ab":
            url = f"{fake_registry.base}/crossref/works/10.5555/{name}"
            assert not isinstance(http.get(url, pace=Pace.SINGLE), Failure)


# ── any answer at all ──────────────────────────────────────────────────────────────────


def work(name: str) -> dict[str, Any]:
    return {
        "DOI": f"10.5555/{name}",
        "type": "journal-article",
        "title": [f"On the attack called {name}"],
        "author": [{"family": "Abe", "given": "Keiko", "sequence": "first"}, {"name": "A group"}],
        "container-title": ["Journal of Doors"],
        "issued": {"date-parts": [[2021, 3, 9]]},
        "page": "1-9", "volume": "12", "issue": "3", "publisher": "A publisher",
        "relation": {"is-preprint-of": [{"id-type": "doi", "id": "10.5555/x"}]},
        "update-to": [{"DOI": "10.5555/y", "type": "correction"}],
    }  # fmt: skip


def run_against(
    fake: FakeRegistry, folder: Path, seed: int, answers: int, patch: pytest.MonkeyPatch
) -> str:
    """One ``refs`` over an article that cites good works and as many bad ones; gives its text."""
    chance = random.Random(seed)
    good = [f"good{number}" for number in range(3)]
    bad = [f"bad{number}" for number in range(answers)]
    fake.works.clear()
    fake.faults.clear()
    fake.add_all(work(name) for name in (*good, *bad))
    for name in bad:
        fake.faults[f"10.5555/{name}"] = Fault("raw", other=answer(chance, work(name)))
    folder.mkdir()
    (folder / "refpipe.toml").write_text('library = "library.db"\narticles = ["."]\n')
    cited = "".join(f"A sentence [@doi:10.5555/{name}].\n\n" for name in (*good, *bad))
    article = folder / "a.md"
    article.write_text(cited + "<!--bibliography-->\n", encoding="utf-8")
    patch.chdir(folder)
    code = cli.run(["refs"])
    assert code in {0, 1, 2}
    text = article.read_text(encoding="utf-8")
    assert text.count("On the attack called good") == len(good)
    return text


def check_answers(fake: FakeRegistry, folder: Path, runs: range, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("REFPIPE_TRACEBACK", "1")
    settings = fake.settings(read=0.2, total=0.3, retries=0)
    patch.setattr(Settings, "from_environment", classmethod(lambda cls, *_, **__: settings))
    for seed in runs:
        run_against(fake, folder / str(seed), seed, 20, patch)


def test_mutated_answers_cost_what_they_answer_and_nothing_else(
    fake_registry: FakeRegistry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_answers(fake_registry, tmp_path, range(1), monkeypatch)


@pytest.mark.slow
def test_ten_thousand_mutated_answers(
    fake_registry: FakeRegistry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_answers(fake_registry, tmp_path, range(100, 600), monkeypatch)


# ── any answer of any registry ─────────────────────────────────────────────────────────


PAGE = "https://journal.example/articles/7"
BEHIND = (
    "doi:10.5555/jalc", "doi:10.5555/csl", "doi:10.5555/nowhere", "pmid:16244269",
    "pmcid:PMC1234567", "isbn:9784000000000", "isbn:9780306406157", PAGE,
    "https://cir.nii.ac.jp/crid/1130000000000000001",
)  # fmt: skip


def stock(fake: FakeRegistry) -> None:
    """Let each registry know something that reads in full where nobody spoils it."""
    fake.agencies |= {"10.5555/jalc": "JaLC", "10.5555/csl": "DataCite"}
    names = {"names": [{"lang": "ja", "first_name": "恵子", "last_name": "阿部"}]}
    data = {"doi": "10.5555/jalc", "title_list": [{"lang": "ja", "title": "腰の話"}]}
    fake.jalc["10.5555/jalc"] = {"status": "OK", "data": {**data, "creator_list": [names]}}
    fake.csl["10.5555/csl"] = {"type": "report", "title": "A report", "DOI": "10.5555/csl"}
    summary = {"uid": "16244269", "title": "On knees.", "authors": [{"name": "Abe K"}]}
    fake.pubmed["16244269"] = {**summary, "pubdate": "2005 Nov", "articleids": []}
    fake.pmc["PMC1234567"] = {"pmid": "16244269", "doi": "10.5555/good0"}
    fake.catalogues.ndl.append(catalogue_records.dcndl("腰の本", isbn="9784000000000"))
    fake.catalogues.loc.append(catalogue_records.mods("A book", isbn="9780306406157"))
    fake.catalogues.open_library["9780306406157"] = {"title": "A book", "publish_date": "1990"}
    fake.catalogues.google_books["9784000000000"] = {"volumeInfo": {"title": "腰の本"}}
    fake.page(
        PAGE, '<html><head><title>T</title><meta name="citation_title" content="T"></head></html>'
    )


def spoil_all_but_crossref(patch: pytest.MonkeyPatch, chance: random.Random) -> list[str]:
    """Every registry's honest answer is spoiled on its way; gives who was heard."""
    honest, heard = serving._Handler.do_GET, []

    def spoiling(handler: serving._Handler) -> None:
        registry = handler.path.lstrip("/").partition("/")[0]
        if registry == "crossref":
            honest(handler)
            return
        heard.append(registry)
        wire, handler.wfile = handler.wfile, io.BytesIO()
        honest(handler)
        whole, handler.wfile = handler.wfile.getvalue(), wire
        handler.close_connection = True
        with contextlib.suppress(OSError):
            wire.write(spoiled(chance, whole))

    patch.setattr(serving._Handler, "do_GET", spoiling)
    return heard


def cite_all(fake: FakeRegistry, folder: Path, seed: int, patch: pytest.MonkeyPatch) -> set[str]:
    """One ``refs`` over works of every registry, all spoiled but Crossref; gives who was asked."""
    stock(fake)
    fake.add_all(work(f"good{number}") for number in range(2))
    keys = [*BEHIND, "doi:10.5555/good0", "doi:10.5555/good1"]
    folder.mkdir()
    (folder / "refpipe.toml").write_text('articles = ["."]\n')
    cited = "".join(f"A sentence [@{key}].\n\n" for key in keys)
    (folder / "a.md").write_text(cited + "<!--bibliography-->\n", encoding="utf-8")
    # A host that asks to be left alone is left: the honest one has a name of its own.
    own = fake.base.replace("127.0.0.1", "localhost")
    settings = fake.settings(read=0.5, total=1.0, retries=0, crossref=f"{own}/crossref")
    patch.setattr(Settings, "from_environment", classmethod(lambda cls, *_, **__: settings))
    patch.setenv("REFPIPE_TRACEBACK", "1")
    patch.chdir(folder)
    with patch.context() as spoiling:
        heard = spoil_all_but_crossref(spoiling, random.Random(seed))
        assert cli.run(["refs"]) in {0, 1, 2}
        assert cli.run(["check", "--online"]) in {0, 1, 2}
    assert cli.run(["db", "check"]) == 0, seed
    text = (folder / "a.md").read_text(encoding="utf-8")
    assert text.count("On the attack called good") == 2, seed
    return set(heard)


@pytest.mark.slow
def test_spoiled_answers_of_every_registry(
    fake_registry: FakeRegistry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: set[str] = set()
    for seed in range(2, 100):
        heard |= cite_all(fake_registry, tmp_path / str(seed), seed, monkeypatch)
    assert heard >= {"doi", "jalc", "eutils", "idconv", "ndl", "openlibrary", "pages"}
