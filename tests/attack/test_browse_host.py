"""``refpipe browse`` answers a browser that asks by an address of this machine, and nobody else."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from refpipe.cli import servers

PORT = 8001


def asked(application: Any, headers: list[tuple[bytes, bytes]], kind: str = "http") -> int:
    """The status of the answer to a request for the first page."""
    sent: list[dict[str, Any]] = []
    scope = {
        "type": kind, "http_version": "1.1", "method": "GET", "scheme": "http", "path": "/browse",
        "raw_path": b"/browse", "query_string": b"", "headers": headers,
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(application(scope, receive, send))
    return int(sent[0]["status"])


async def _pages(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})


@pytest.mark.parametrize("host", [b"127.0.0.1:8001", b"localhost:8001"])
def test_our_own_browser_is_answered(host: bytes) -> None:
    assert asked(servers.only_here(_pages, PORT), [(b"host", host)]) == 200


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [(b"host", b"evil.example")],
        [(b"host", b"evil.example:8001")],
        [(b"host", b"127.0.0.1")],
        [(b"host", b"127.0.0.1:8001.evil.example")],
        [(b"host", b"evil.example"), (b"host", b"127.0.0.1:8001")],
    ],
)
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_a_name_that_was_bent_to_this_machine_is_refused(
    headers: list[tuple[bytes, bytes]], kind: str
) -> None:
    assert asked(servers.only_here(_pages, PORT), headers, kind) == 421


def test_datasette_itself_stands_behind_the_door(tmp_path: Path) -> None:
    pytest.importorskip("datasette")
    database = tmp_path / "browse.db"
    connection = sqlite3.connect(database)
    connection.execute("CREATE TABLE works (name TEXT PRIMARY KEY)")
    connection.close()
    application = servers.only_here(servers.pages(database), PORT)
    assert asked(application, [(b"host", b"127.0.0.1:8001")]) == 200
    assert asked(application, [(b"host", b"evil.example")]) == 421
