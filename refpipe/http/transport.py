"""The wire: retries with patience, and bounds on size and time."""

from __future__ import annotations

import socket
import threading
import time
from typing import Any, Self

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3.exceptions import IncompleteRead, ProtocolError
from urllib3.response import BaseHTTPResponse
from urllib3.util.retry import Retry

from refpipe.http.connections import Live, PrivateAddress, WireError, pool_classes
from refpipe.http.memory import mark
from refpipe.http.settings import Settings

__all__ = [
    "JSON_LIMIT",
    "PAGE_LIMIT",
    "AskedToWait",
    "BoundedAdapter",
    "PrivateAddress",
    "TooLarge",
    "TooSlow",
    "WireError",
]

JSON_LIMIT = 32 * 1024 * 1024
"""Bytes of a registry's answer; forty works with all their references stay far below."""
PAGE_LIMIT = 2 * 1024 * 1024
"""Bytes of a page that are read; what a page says of itself stands at its top."""
_CHUNK = 64 * 1024
_TIMES = 2
"""How often a body that breaks off is asked for; urllib3 retries only up to the head."""


class TooLarge(WireError):
    """The body is larger than anything we would ask for."""


class TooSlow(WireError):
    """The answer did not end within the time that a request may take."""


class AskedToWait(WireError):
    """The server asks for a longer wait than this run has patience for."""


class Patience(Retry):
    """Retries that end when the request's time is up."""

    def __init__(self, *args: Any, deadline: float = float("inf"), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deadline = deadline

    def new(self, **kw: Any) -> Self:
        """The same patience with some of it used up."""
        return super().new(deadline=self.deadline, **kw)

    def increment(self, *args: Any, **kwargs: Any) -> Self:
        """The patience left after one more failure; raises TooSlow when the time is up."""
        if time.monotonic() >= self.deadline:
            raise TooSlow
        return super().increment(*args, **kwargs)

    def sleep(self, response: BaseHTTPResponse | None = None) -> None:
        """Wait as the server asks, or longer each time; raises AskedToWait beyond the deadline."""
        asked = self.get_retry_after(response) if response is not None else None
        wait = self.get_backoff_time() if asked is None else asked
        if time.monotonic() + wait > self.deadline:
            raise AskedToWait(f"{wait:.0f}")
        time.sleep(max(0.0, wait))


class BoundedAdapter(HTTPAdapter):
    """An adapter whose every answer is whole, in time, small, and from where it may be."""

    def __init__(
        self, settings: Settings, *, trusted: frozenset[str], limit: int, keeps_head: bool
    ) -> None:
        """``keeps_head`` cuts what is too large down to ``limit`` instead of refusing it."""
        self._settings = settings
        self._limit = limit
        self._keeps_head = keeps_head
        self._live: Live = set()
        super().__init__()
        self.poolmanager.pool_classes_by_scheme = pool_classes(trusted, self._live)

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:  # noqa: ARG002
        """The whole answer; raises a WireError or what requests raises."""
        watchdog = threading.Timer(self._settings.total, self._cut)
        watchdog.daemon = True
        watchdog.start()
        try:
            return self._send(request, time.monotonic() + self._settings.total, kwargs)
        finally:
            watchdog.cancel()

    def _send(self, request: PreparedRequest, deadline: float, kwargs: dict[str, Any]) -> Response:
        kwargs["stream"] = True
        kwargs["timeout"] = (self._settings.connect, self._settings.read)
        for last in (False, True):
            self.max_retries = self._patience(deadline)
            response = super().send(request, **kwargs)
            try:
                self._read(response, deadline)
            except (ProtocolError, IncompleteRead) as error:
                response.close()
                if time.monotonic() >= deadline:
                    raise TooSlow from error
                if last:
                    raise
            else:
                break
        mark(response)
        return response

    def _patience(self, deadline: float) -> Patience:
        return Patience(
            total=self._settings.retries,
            connect=1,
            read=2,
            status_forcelist=(429, 500, 502, 503, 504),
            allowed_methods=frozenset({"GET"}),
            backoff_factor=self._settings.backoff,
            backoff_jitter=self._settings.backoff / 2,
            backoff_max=30,
            redirect=False,
            raise_on_status=False,
            deadline=deadline,
        )

    def _read(self, response: Response, deadline: float) -> None:
        """Read the body as it drips, and no more of it than its bounds allow."""
        body = bytearray()
        while chunk := response.raw.read1(_CHUNK, decode_content=True):
            body += chunk
            if time.monotonic() >= deadline or len(body) > self._limit:
                break
        if time.monotonic() >= deadline:
            response.close()
            raise TooSlow
        if len(body) > self._limit:
            response.close()
            if not self._keeps_head:
                raise TooLarge
        response._content = bytes(body[: self._limit])  # noqa: SLF001
        response._content_consumed = True  # type: ignore[attr-defined]  # noqa: SLF001

    def _cut(self) -> None:
        """Cut every connection, so that whoever waits on one wakes up."""
        for connection in tuple(self._live):
            try:
                if connection.sock is not None:
                    connection.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
