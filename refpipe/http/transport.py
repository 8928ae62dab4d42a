"""The wire: retries with patience, and bounds on size and time."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Self

from requests import PreparedRequest, Response
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
from refpipe.http.settings import Settings, mark

__all__ = [
    "JSON_LIMIT",
    "PAGE_LIMIT",
    "AskedToWait",
    "BoundedAdapter",
    "OddWait",
    "PrivateAddress",
    "RefusedAddress",
    "TooLarge",
    "TooSlow",
    "WireError",
]


# ── What comes of one request: a reply, or why there is none ────────────────────────────────────


class Pace(Enum):
    """How fast one kind of request may follow another; each kind has its own session."""

    SINGLE = "single"
    """One work at Crossref."""
    LIST = "list"
    """A list or a search at Crossref."""
    OTHER = "other"
    """Any other registry."""
    CATALOGUE = "catalogue"
    """A library's catalogue, which asks for one request at a time."""
    PAGE = "page"
    """A web page: nobody's private address, nobody's proxy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a server said."""

    url: str
    """The address that answered, after redirects."""
    status: int
    headers: Mapping[str, str]
    """By lower-case names."""
    body: bytes
    heard: str = ""
    """When it was said, a UTC time in ISO 8601; empty for just now."""
    is_remembered: bool = False
    is_stale: bool = False
    """Remembered for longer than it is good for, because nobody could be asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a server gave no reply that can be used."""

    url: str
    host: str
    reason: str
    """For people, as the end of a sentence: ``did not answer within 90 s``."""

    def __str__(self) -> str:
        return f"{self.host} {self.reason}"


_NOT_JSON = ValueError("not JSON")


def read_json(body: bytes) -> Any:
    """The JSON value that ``body`` holds; raises ValueError on anything else.

    HTML under a JSON label, a torn body and nesting without end are all "anything else".
    """
    if body.lstrip()[:1] not in {b"{", b"["}:
        raise _NOT_JSON
    try:
        return json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON value")


JSON_LIMIT = 32 * 1024 * 1024
"""Bytes of a registry's answer; forty works with all their references stay far below."""
PAGE_LIMIT = 2 * 1024 * 1024
"""Bytes of a page that are read; what a page says of itself stands at its top."""
_LONGEST_WAIT = 60
"""Seconds that a server may ask us to wait within a run."""
_DAY = 24 * 60 * 60
_FOR_EVER = 1 << 62
_CHUNK = 64 * 1024
_TIMES = 2
"""How often a body that breaks off is asked for; urllib3 retries only up to the head."""


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
