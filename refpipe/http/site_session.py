"""A session with one web site that knows us: requests that carry a name and a password.

Nothing is remembered and nothing is sent twice by itself but a question: an answer with rights
is nobody's cache entry, and a write that was cut off may have been done.  A redirect is never
followed, so that the password goes to the site that was named and to no other.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests

from refpipe.http.request import reason_of
from refpipe.http.settings import JSON, Failure, Reply, Settings
from refpipe.http.transport import JSON_LIMIT, BoundedAdapter, PacedSession
from refpipe.lifetimes import Closing

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_UNSPARED = 1000.0
"""Requests a second."""


def is_safe(address: str) -> bool:
    """Whether a password may be sent to the address: over TLS, or to this very machine.

    >>> is_safe("https://clinic.example"), is_safe("http://clinic.example")
    (True, False)
    >>> is_safe("http://127.0.0.1:8080")
    True
    """
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)


class SiteSession(Closing):
    """Requests to one site under one name; use it as a context.

    The site was named by whoever runs this, so it may stand at a private address.
    """

    def __init__(self, settings: Settings, site: str, user: str, password: str) -> None:
        self.site = site
        self._host = urlsplit(site).hostname or ""
        self._place = urlsplit(site)[:2]
        # A site on this very machine is nobody else's to be spared.
        per_second = _UNSPARED if self._host in _LOOPBACK else settings.others
        at_once = max(1, int(per_second))
        self._session = PacedSession(at_once, at_once / per_second)
        self._session.auth = (user, password) if user else None
        self._session.headers["User-Agent"] = settings.user_agent
        # The environment's proxies are used, its .netrc is not: it holds other names.
        self._session.trust_env = False
        self._session.proxies.update(requests.utils.get_environ_proxies(site))
        once = replace(settings, retries=0)
        self._mount(BoundedAdapter(settings, **self._bounds))
        self._writer = BoundedAdapter(once, **self._bounds)

    @property
    def _bounds(self) -> dict[str, Any]:
        return {"trusted": frozenset({self._host}), "limit": JSON_LIMIT, "keeps_head": False}

    def _mount(self, adapter: BoundedAdapter) -> None:
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)

    def close(self) -> None:
        """Close the connections."""
        self._session.close()
        self._writer.close()

    def get(self, url: str, parameters: Mapping[str, object] | None = None) -> Reply | Failure:
        """What the site answers, whatever its status; a network's fault is a Failure."""
        glue = "&" if "?" in url else "?"
        whole = f"{url}{glue}{urlencode(parameters)}" if parameters else url
        return self._send(requests.Request("GET", whole))

    def post(self, url: str, value: Mapping[str, object]) -> Reply | Failure:
        """What the site answers to a JSON object that is sent once and never again."""
        body = json.dumps(value, ensure_ascii=False).encode("utf-8")
        headers = {"Content-Type": "application/json; charset=utf-8"}
        return self._send(requests.Request("POST", url, data=body, headers=headers))

    def _send(self, request: requests.Request) -> Reply | Failure:
        host = urlsplit(request.url).netloc
        if urlsplit(request.url)[:2] != self._place:
            return Failure(url=request.url, host=host, reason="is another site; nothing was sent")
        request.headers.setdefault("Accept", JSON)
        try:
            prepared = self._session.prepare_request(request)
            settings = self._session.merge_environment_settings(prepared.url, {}, True, True, None)
            if request.method == "GET":
                answer = self._session.send(prepared, allow_redirects=False, **settings)
            else:
                answer = self._writer.send(prepared, **settings)
        except Exception as error:
            return Failure(url=request.url, host=host, reason=reason_of(error))
        if answer.is_redirect:
            target = answer.headers.get("Location", "")[:200]
            return Failure(url=request.url, host=host, reason=f"sends us on to {target!r}")
        return Reply(
            url=request.url,
            status=answer.status_code,
            headers={name.lower(): value for name, value in answer.headers.items()},
            body=answer.content or b"",
        )


# ── One large file, fetched piece by piece to the disk; all else is asked through ``Http`` ──────


_LIMIT = 1 << 30
"""Bytes; the largest file that is asked for has some sixty million."""
_PATIENCE = 900.0
"""Seconds that the whole file may take."""
_PIECE = 1 << 18
_TIMES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Downloaded:
    """What came of it."""

    etag: str = ""
    is_unchanged: bool = False
    failure: str = ""
    """Why there is no file, for people; empty where there is one."""


def download_file(settings: Settings, url: str, path: Path, *, etag: str = "") -> Downloaded:
    """Fetch ``url`` to ``path``, whole or not at all; nothing where its ``etag`` is still good.

    A download that breaks off is begun anew twice.
    """
    outcome = Downloaded(failure="was not asked")
    for attempt in range(_TIMES):
        if attempt:
            time.sleep(settings.backoff * 2**attempt)
        outcome, is_worth_trying = _once(settings, url, path, etag)
        if not is_worth_trying:
            break
    return outcome


def _once(settings: Settings, url: str, path: Path, etag: str) -> tuple[Downloaded, bool]:
    """What came of one attempt, and whether another may do better."""
    import urllib3

    headers = {"User-Agent": settings.user_agent, "Accept": "text/csv, */*"}
    headers |= {"If-None-Match": etag} if etag else {}
    try:
        with requests.get(
            url, headers=headers, stream=True, timeout=(settings.connect, settings.read)
        ) as response:
            if response.status_code == 304:
                return Downloaded(etag=etag, is_unchanged=True), False
            if response.status_code != 200:
                failure = f"{url} answered with status {response.status_code}"
                return Downloaded(failure=failure), response.status_code >= 500
            failure = _write(response, path)
            return Downloaded(etag=response.headers.get("ETag", ""), failure=failure), bool(failure)
    except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
        kind = type(error).__name__
        return Downloaded(failure=f"{url} could not be reached or broke off ({kind})"), True
    except OSError as error:
        return Downloaded(failure=f"{path} cannot be written: {error}"), False


def _write(response: object, path: Path) -> str:
    """Why the body is not what was announced; empty once it stands in the file."""
    assert isinstance(response, requests.Response)  # noqa: S101
    started, size = time.monotonic(), 0
    with path.open("wb") as file:
        for piece in response.iter_content(_PIECE):
            file.write(piece)
            size += len(piece)
            if size > _LIMIT:
                return "it is larger than such a file can be"
            if time.monotonic() - started > _PATIENCE:
                return "it did not end in time"
    announced = response.headers.get("Content-Length", "")
    is_plain = not response.headers.get("Content-Encoding")
    if is_plain and announced.isdecimal() and int(announced) != size:
        return f"it broke off after {size} of {announced} bytes"
    return ""
