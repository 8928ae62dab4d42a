"""How a registry misbehaves: every fault that was seen recorded, or that a bad day may bring."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler

HTML = b"<html>\r\n<head><title>504 Gateway Time-out</title></head>\r\n<body></body>\r\n</html>"


@dataclass
class Fault:
    """A kind of misbehaviour, and how often it happens before all is well; for ever if None."""

    kind: str
    times: int | None = None
    after: str = ""
    """The value of ``Retry-After``."""
    other: bytes = b""
    """The body to send instead."""

    def strikes(self) -> bool:
        """Whether it happens this time."""
        if self.times is None:
            return True
        self.times -= 1
        return self.times >= 0

    def happen(self, handler: BaseHTTPRequestHandler, path: str) -> None:
        """Send the faulty answer."""
        _HAPPENINGS[self.kind](self, handler, path)


def send(
    handler: BaseHTTPRequestHandler, status: int, body: bytes, kind: str, **headers: str
) -> None:
    """A whole and honest answer."""
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def _status(status: int) -> Callable[[Fault, BaseHTTPRequestHandler, str], None]:
    def happen(fault: Fault, handler: BaseHTTPRequestHandler, path: str) -> None:
        headers = {"Retry_After": fault.after} if fault.after else {}
        send(handler, status, HTML, "text/html", **headers)

    return happen


def _html_as_json(fault: Fault, handler: BaseHTTPRequestHandler, path: str) -> None:
    send(handler, 200, HTML, "application/json")


def _body(body: bytes) -> Callable[[Fault, BaseHTTPRequestHandler, str], None]:
    def happen(fault: Fault, handler: BaseHTTPRequestHandler, path: str) -> None:
        send(handler, 200, fault.other or body, "application/json")

    return happen


def _drip(fault: Fault, handler: BaseHTTPRequestHandler, path: str) -> None:
    """One byte at a time, for ever as far as anybody will wait."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    _trickle(handler, b'{"status":"ok"' + b" " * 5000)


def _drip_head(fault: Fault, handler: BaseHTTPRequestHandler, path: str) -> None:
    _trickle(handler, b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 5000)


def _trickle(handler: BaseHTTPRequestHandler, data: bytes) -> None:
    handler.close_connection = True
    try:
        for byte in data:
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        return


def _cut(fault: Fault, handler: BaseHTTPRequestHandler, path: str) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b'{"status":"ok","message-type":"work","message":{"DOI":"10.5')
    handler.close_connection = True


def _cut_unmeasured(fault: Fault, handler: BaseHTTPRequestHandler, path: str) -> None:
    """Cut off where no length was announced, so that only the JSON shows it."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.wfile.write(b'{"status":"ok","message-type":"work","message":{"DOI":"10.5')
    handler.close_connection = True


def _huge(fault: Fault, handler: BaseHTTPRequestHandler, path: str) -> None:
    size = 100 * 1024 * 1024
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(size))
    handler.end_headers()
    handler.close_connection = True
    block = b" " * (1024 * 1024)
    try:
        for _ in range(size // len(block)):
            handler.wfile.write(block)
    except OSError:
        return


def _loop(fault: Fault, handler: BaseHTTPRequestHandler, path: str) -> None:
    mark = "" if "again" in path else ("&" if "?" in path else "?") + "again=1"
    send(handler, 301, b"", "text/plain", Location=path + mark)


def _raw(fault: Fault, handler: BaseHTTPRequestHandler, path: str) -> None:
    """Whatever the test wants on the wire, status line and headers included."""
    handler.close_connection = True
    handler.wfile.write(fault.other or b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{}")


def _hang(fault: Fault, handler: BaseHTTPRequestHandler, path: str) -> None:
    handler.close_connection = True
    time.sleep(2)


def _reset(fault: Fault, handler: BaseHTTPRequestHandler, path: str) -> None:
    handler.close_connection = True


_HAPPENINGS: dict[str, Callable[[Fault, BaseHTTPRequestHandler, str], None]] = {
    "429": _status(429),
    "500": _status(500),
    "503": _status(503),
    "504": _status(504),
    "html as json": _html_as_json,
    "no object": _body(b'["not", "an", "object"]'),
    "null": _body(b"null"),
    "deep": _body(b"[" * 100_000),
    "not utf-8": _body(b'{"message": "\xff\xfe"}'),
    "no message": _body(b'{"status":"ok","message-type":"work","message":null}'),
    "other": _body(b"{}"),
    "drip": _drip,
    "drip head": _drip_head,
    "cut": _cut,
    "cut unmeasured": _cut_unmeasured,
    "huge": _huge,
    "loop": _loop,
    "hang": _hang,
    "reset": _reset,
    "raw": _raw,
}
KINDS = tuple(_HAPPENINGS)
