"""Answers as real servers send them: compressed, in chunks; and compressed to do harm."""

from __future__ import annotations

import gzip
import threading
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from refpipe.cli import terminal
from refpipe.http import Failure, Http, Pace, Reply, Settings

BODY = b'{"status": "ok", "message": {"DOI": "10.5555/a", "title": ["' + b"x" * 5000 + b'"]}}'
BOMB = gzip.compress(b" " * (40 * 1024 * 1024))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: object) -> None:
        return

    def do_GET(self) -> None:
        packed = {"gzip": gzip.compress(BODY), "deflate": zlib.compress(BODY), "bomb": BOMB}
        name = self.path.strip("/")
        coding = {"bomb": "gzip"}.get(name, name)
        body = packed.get(name, BODY)
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        if name != "chunked":
            self.send_header("Content-Encoding", coding)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            return
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for start in range(0, len(body), 1000):
            part = body[start : start + 1000]
            self.wfile.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
        self.wfile.write(b"0\r\n\r\n")


@pytest.fixture
def base() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("coding", ["gzip", "deflate", "chunked"])
def test_an_answer_is_the_same_heard_and_remembered(base: str, tmp_path: Path, coding: str) -> None:
    settings = Settings(crossref=base, cache=tmp_path / "http.sqlite")
    bodies = []
    for is_remembered in (False, True):
        with Http(settings) as http:
            reply = http.get(f"{base}/{coding}", pace=Pace.SINGLE)
            assert isinstance(reply, Reply)
            assert reply.is_remembered is is_remembered
            bodies.append(reply.body)
    assert bodies == [BODY, BODY]


def test_what_unpacks_to_too_much_is_refused(base: str) -> None:
    with Http(Settings(crossref=base, cache=None, backoff=0.0)) as http:
        outcome = http.get(f"{base}/bomb", pace=Pace.SINGLE)
    assert isinstance(outcome, Failure)
    assert "more than" in outcome.reason


@pytest.mark.parametrize("is_terminal", [False, True])
def test_what_takes_long_gives_a_sign_of_life(
    is_terminal: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(terminal, "_PATIENCE", -1.0)
    monkeypatch.setattr("sys.stderr.isatty", lambda: is_terminal, raising=False)
    assert list(terminal.shown_progress(iter(range(3)), total=3, what="asking")) == [0, 1, 2]
    said = capsys.readouterr()
    assert said.out == ""
    assert is_terminal or said.err.startswith("asking: 1 of 3")
