"""One large file, fetched piece by piece to the disk; all else is asked through ``Http``."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from refpipe.http.settings import Settings

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


def to_file(settings: Settings, url: str, path: Path, *, etag: str = "") -> Downloaded:
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
    import requests
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
    import requests

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
