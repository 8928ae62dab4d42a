"""The wire: pace, retries with patience, and bounds on size and time."""

from __future__ import annotations

import socket
import threading
import time
from collections import deque
from typing import Any, Self
from urllib.parse import urlsplit

from requests import PreparedRequest, Response, Session
from requests.adapters import HTTPAdapter
from requests.utils import select_proxy
from urllib3.exceptions import IncompleteRead, InvalidHeader, ProtocolError
from urllib3.response import BaseHTTPResponse
from urllib3.util.retry import Retry

from refpipe.http.connections import (
    Live,
    PrivateAddress,
    RefusedAddress,
    WireError,
    pool_classes,
    refuse_private,
    watched,
)
from refpipe.http.memory import mark
from refpipe.http.settings import Settings

__all__ = [
    "JSON_LIMIT",
    "PAGE_LIMIT",
    "AskedToWait",
    "BoundedAdapter",
    "OddWait",
    "PacedSession",
    "PrivateAddress",
    "RefusedAddress",
    "TooLarge",
    "TooSlow",
    "WireError",
]


JSON_LIMIT = 32 * 1024 * 1024
"""Bytes of a registry's answer; forty works with all their references stay far below."""
PAGE_LIMIT = 2 * 1024 * 1024
"""Bytes of a page that are read; what a page says of itself stands at its top."""
_LONGEST_WAIT = 60
"""Seconds that a server may ask us to wait within a run."""
_DAY = 24 * 60 * 60
_FOR_EVER = 1 << 62
_CHUNK = 64 * 1024
_MARGIN = 0.05
"""Seconds that whoever waits for a turn waits longer, because the way to the server jitters."""


class TooLarge(WireError):
    """The body is larger than anything we would ask for."""


class TooSlow(WireError):
    """The answer did not end within the time that a request may take."""


class AskedToWait(WireError):
    """The server asks for a longer wait than this run has patience for."""


class OddWait(WireError):
    """The server asks for a wait, and does not say how long in words that mean a time."""


class Deadline:
    """The moment at which a request must have ended; whoever waits as asked moves it."""

    def __init__(self, seconds: float) -> None:
        self.at = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds to go."""
        return self.at - time.monotonic()

    @property
    def is_over(self) -> bool:
        """Whether the moment has passed."""
        return self.left <= 0


class Patience(Retry):
    """Retries that end when the request's time is up."""

    def __init__(self, *args: Any, deadline: Deadline, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deadline = deadline

    def new(self, **kw: Any) -> Self:
        """The same patience with some of it used up."""
        return super().new(deadline=self.deadline, **kw)

    def increment(self, *args: Any, **kwargs: Any) -> Self:
        """The patience left after one more failure; raises TooSlow when the time is up."""
        if self.deadline.is_over:
            raise TooSlow
        return super().increment(*args, **kwargs)

    def sleep(self, response: BaseHTTPResponse | None = None) -> None:
        """Wait as the server asks, or longer each time; raises AskedToWait if that is too long."""
        asked = self._asked_for(response) if response is not None else None
        if asked is not None and asked > _LONGEST_WAIT:
            raise AskedToWait(f"{asked:.0f} s" if asked <= _DAY else "more than a day")
        wait = max(0.0, self.get_backoff_time() if asked is None else asked)
        # Waiting as asked is politeness, and does not count against the server's time.
        self.deadline.at += wait
        time.sleep(wait)

    def _asked_for(self, response: BaseHTTPResponse) -> float | None:
        """The seconds of ``Retry-After``; raises OddWait where that is no number and no date."""
        try:
            return self.get_retry_after(response)
        except (InvalidHeader, ValueError, OverflowError) as error:
            told = ascii(response.headers.get("Retry-After", ""))
            raise OddWait(told if len(told) <= 40 else f"{told[:40]}…") from error


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
        self._trusted = trusted
        super().__init__()
        self.poolmanager.pool_classes_by_scheme = pool_classes(trusted, self._live)

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:  # noqa: ARG002
        """The whole answer; raises a WireError or what requests raises.

        It is called for every hop of a redirect, so every hop is judged before it is asked.
        """
        is_proxied = bool(select_proxy(request.url or "", kwargs.get("proxies")))
        refuse_private(request.url or "", self._trusted, is_proxied=is_proxied)
        deadline = Deadline(self._settings.total)
        is_done = threading.Event()
        watchdog = threading.Thread(target=self._watch, args=(deadline, is_done), daemon=True)
        watchdog.start()
        try:
            return self._send(request, deadline, kwargs)
        finally:
            is_done.set()
            watchdog.join()

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        """A proxy's manager whose connections the watchdog can cut as well."""
        is_new = proxy not in self.proxy_manager
        manager = super().proxy_manager_for(proxy, **kwargs)
        if is_new:
            pools = watched(manager.pool_classes_by_scheme, self._live)
            manager.pool_classes_by_scheme = pools
        return manager

    def _send(
        self, request: PreparedRequest, deadline: Deadline, kwargs: dict[str, Any]
    ) -> Response:
        kwargs["stream"] = True
        kwargs["timeout"] = (self._settings.connect, self._settings.read)
        # A body that breaks off is asked for once more; urllib3 retries only up to the head.
        for last in (False, True):
            self.max_retries = self._patience(deadline)
            response = super().send(request, **kwargs)
            try:
                self._read(response, deadline)
            except (ProtocolError, IncompleteRead) as error:
                response.close()
                if deadline.is_over:
                    raise TooSlow from error
                if last or request.method != "GET":
                    raise
            else:
                break
        mark(response)
        return response

    def _patience(self, deadline: Deadline) -> Patience:
        return Patience(
            total=self._settings.retries,
            connect=1,
            read=2,
            status_forcelist=(429, 500, 502, 503, 504),
            allowed_methods=frozenset({"GET"}),
            backoff_factor=self._settings.backoff,
            backoff_jitter=self._settings.backoff / 2,
            backoff_max=30,
            retry_after_max=_FOR_EVER,  # What is asked for is told as it is.
            redirect=False,
            raise_on_status=False,
            deadline=deadline,
        )

    def _read(self, response: Response, deadline: Deadline) -> None:
        """Read the body as it drips, and no more of it than its bounds allow."""
        body = bytearray()
        while chunk := response.raw.read1(_CHUNK, decode_content=True):
            body += chunk
            if deadline.is_over or len(body) > self._limit:
                break
        if deadline.is_over:
            response.close()
            raise TooSlow
        if len(body) > self._limit:
            response.close()
            if not self._keeps_head:
                raise TooLarge
        response._content = bytes(body[: self._limit])  # noqa: SLF001
        response._content_consumed = True  # type: ignore[attr-defined]  # noqa: SLF001

    def _watch(self, deadline: Deadline, is_done: threading.Event) -> None:
        """Cut every connection when the time is up, so that whoever waits on one wakes up."""
        while not is_done.wait(max(0.0, deadline.left)):
            if deadline.is_over:
                self._cut()
                return

    def _cut(self) -> None:
        for connection in tuple(self._live):
            try:
                if connection.sock is not None:
                    connection.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


class PacedSession(Session):
    """A session that sends no more to any one host than a stretch of time allows."""

    def __init__(self, limit: int, seconds: float) -> None:
        super().__init__()
        self._turns: dict[str, deque[float]] = {}
        self.allow(limit, seconds)

    def allow(self, limit: int, seconds: float) -> None:
        """From now on send at most ``limit`` requests in any ``seconds`` to any host."""
        self._limit, self._seconds = limit, seconds

    def send(self, request: PreparedRequest, **kwargs: Any) -> Response:
        """The answer, asked for when it is this request's turn; every hop of a redirect has one."""
        turns = self._turns.setdefault(urlsplit(request.url or "").netloc, deque())
        while len(turns) >= self._limit:
            wait = turns[-self._limit] + self._seconds - time.monotonic()
            if wait > 0:
                time.sleep(wait + _MARGIN)
            else:
                turns.popleft()
        turns.append(time.monotonic())
        response = super().send(request, **kwargs)
        if response.status_code == 429:
            # The host counts otherwise than we do: its whole stretch begins anew.
            turns.extend([time.monotonic()] * self._limit)
        return response
