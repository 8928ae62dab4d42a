"""One request and everything that can become of it, as a value."""

from __future__ import annotations

import io
import logging
import re
import sqlite3
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import requests
from pyrate_limiter import Rate
from requests import PreparedRequest, Request, Response, Session
from requests.structures import CaseInsensitiveDict
from requests_cache.backends.base import BaseCache
from requests_cache.backends.sqlite import SQLiteDict
from requests_cache.cache_keys import create_key
from requests_cache.models.response import CachedResponse
from requests_cache.session import CacheMixin
from requests_ratelimiter import LimiterMixin
from requests_ratelimiter.buckets import HostBucketFactory
from urllib3 import HTTPResponse
from urllib3.exceptions import (
    HTTPError,
    MaxRetryError,
    NameResolutionError,
    ProtocolError,
    ReadTimeoutError,
)

from refpipe.http import transport
from refpipe.http.settings import Pace, Reply, Settings
from refpipe.http.transport import GOOD_FOR, JSON_LIMIT, PAGE_LIMIT, BoundedAdapter

# ── Sessions that ask politely: one for each pace, all with one memory ──────────────────────────
# Memory (requests-cache) lies over pace (requests-ratelimiter), so what is remembered costs no
# turn; beneath them lie the retries (urllib3) and the bounds on size and time (``transport``).


_SIGNATURE = re.compile(r"[?&](?:mailto|email|tool|appid)=[^&]*")
_SLACK = 1.1
"""Requests are spaced a tenth wider than allowed, because the way to the server jitters."""
SLOWEST = 10.0
"""Seconds between two requests that a run waits at most; a slower host is left for another run."""

for _name in ("urllib3", "requests_cache", "requests_ratelimiter", "pyrate_limiter"):
    # A library's log is no place for what a writer should know; outcomes say it.
    logging.getLogger(_name).addHandler(logging.NullHandler())


class PoliteSession(CacheMixin, LimiterMixin, Session):
    """A session that remembers answers and keeps a pace; what is remembered costs no turn."""

    def set_pace(self, requests: float, seconds: float) -> None:
        """From now on send at most ``requests`` in ``seconds``, evenly spaced, to any host."""
        interval = max(1, int(1000 * seconds / requests * _SLACK))
        factory = self.limiter.bucket_factory
        assert isinstance(factory, HostBucketFactory)  # noqa: S101
        if [rate.interval for rate in factory.rates] == [interval]:
            return
        factory.rates = [Rate(1, interval)]
        for bucket in factory.buckets.values():
            bucket.rates = factory.rates


def paces(settings: Settings) -> dict[Pace, float]:
    """Requests a second for each pace before a server has said what it allows.

    Crossref's figures are those in force since December 2025 for its public and polite pools.
    """
    is_polite = bool(settings.mailto)
    return {
        Pace.SINGLE: settings.singles or (10.0 if is_polite else 5.0),
        Pace.LIST: settings.lists or (3.0 if is_polite else 1.0),
        Pace.OTHER: settings.others,
        Pace.CATALOGUE: settings.catalogues,
        Pace.PAGE: settings.others if settings.pages else 1.0,
    }


def open_session(pace: Pace, settings: Settings, memory: BaseCache) -> PoliteSession:
    """A session for one pace."""
    session = PoliteSession(
        backend=memory,
        cache_control=True,
        allowable_codes=tuple(GOOD_FOR),
        ignored_parameters=("mailto", "email", "tool", "appid"),
        key_fn=_key,
        match_headers=("Accept",),
        stale_if_error=True,
        per_second=paces(settings)[pace],
    )
    is_page = pace is Pace.PAGE
    adapter = BoundedAdapter(
        settings,
        trusted=_trusted(settings, pace),
        limit=PAGE_LIMIT if is_page else JSON_LIMIT,
        keeps_head=is_page,
    )
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    session.headers["User-Agent"] = settings.user_agent
    session.max_redirects = 5
    # A proxy would look names up where the guard cannot see; pages are fetched without one.
    session.trust_env = not is_page
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.set_pace(paces(settings)[pace], 1.0)
    return session


def _key(request: PreparedRequest, **known: Any) -> str:
    """What a request is remembered by: not who asks, only what is asked."""
    anonymous = request.copy()
    anonymous.url = _SIGNATURE.sub("", request.url or "")
    return create_key(anonymous, **known)


def _trusted(settings: Settings, pace: Pace) -> frozenset[str]:
    """The hosts that may have a private address, because the user named them."""
    named = [settings.pages]
    if pace is not Pace.PAGE:
        named += [settings.crossref, settings.doi_org, settings.jalc, settings.datacite]
        named += [settings.eutils, settings.idconv, settings.ndl, settings.cinii]
        named += [settings.cinii_books, settings.loc, settings.open_library]
    return frozenset(urlsplit(base).hostname or "" for base in named if base)


def allowed_pace(headers: Mapping[str, str]) -> tuple[float, float] | None:
    """(requests, seconds) as the server's headers allow them, or None where they do not say."""
    try:
        limit = float(headers["x-rate-limit-limit"])
        seconds = float(headers["x-rate-limit-interval"].removesuffix("s"))
    except (KeyError, ValueError):
        return None
    if not (0 < limit < 1e6 and 0 < seconds < 3600):
        return None
    return limit, seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestOutcome:
    """A reply or a reason, how many requests were sent, and whether the host is to blame."""

    reply: Reply | None = None
    reason: str = ""
    sent: int = 0
    weight: float = 0.0
    """How much the failure speaks against the host as a whole, and not against one answer."""
    farewell: str = ""
    """Why the host is not asked again in this run, whatever it answered; mostly empty."""


def ask(  # noqa: PLR0913
    session: PoliteSession,
    url: str,
    *,
    headers: dict[str, str],
    only_remembered: bool,
    is_fresh: bool,
    follows: bool,
) -> RequestOutcome:
    """Send the request, or find it remembered."""
    try:
        response = session.get(
            url,
            headers=headers,
            only_if_cached=only_remembered,
            force_refresh=is_fresh and not only_remembered,
            allow_redirects=follows,
        )
    except Exception as error:
        return RequestOutcome(reason=reason_of(error), sent=1, weight=_weight(error))
    hops = [hop for hop in (*response.history, response) if not _is_remembered(hop)]
    too_slow = [told for hop in hops if (told := _keep_pace(session, hop))]
    outcome = _outcome(response, len(hops), only_remembered)
    return replace(outcome, farewell=too_slow[-1] if too_slow else "")


def _outcome(response: Response, sent: int, only_remembered: bool) -> RequestOutcome:
    if only_remembered and not _is_remembered(response):
        return RequestOutcome(reason="was not asked")
    if response.status_code in {401, 403, 429, 451} or response.status_code >= 500:
        weight = _STATUS_WEIGHTS.get(response.status_code, _TROUBLE)
        return RequestOutcome(reason=_refused(response.status_code), sent=sent, weight=weight)
    if response.status_code == 404 and isinstance(response, CachedResponse) and response.is_expired:
        # The server is down and the memory old: a work may have been registered since.
        return RequestOutcome(reason="did not know it some time ago, and is silent now", sent=sent)
    return RequestOutcome(reply=_reply(response), sent=sent)


def _keep_pace(session: PoliteSession, response: Response) -> str:
    """Keep the pace that the server allows; where that is too slow to wait for, says so."""
    allowed = allowed_pace(CaseInsensitiveDict(response.headers))
    if allowed is None:
        return ""
    requests, seconds = allowed
    if seconds > requests * SLOWEST:
        wait = min(seconds / requests, _DAY) if requests > seconds / _DAY else _DAY
        told = f"one request in {wait:.0f} s" if wait < _DAY else "less than one request a day"
        return f"allows {told}; run again later"
    session.set_pace(requests, seconds)
    return ""


def _is_remembered(response: Response) -> bool:
    return isinstance(response, CachedResponse)


def _reply(response: Response) -> Reply:
    return Reply(
        url=response.url,
        status=response.status_code,
        headers={name.lower(): value for name, value in response.headers.items()},
        body=response.content or b"",
        heard=_heard(response),
        is_remembered=_is_remembered(response),
        is_stale=isinstance(response, CachedResponse) and response.is_expired,
    )


def _heard(response: Response) -> str:
    if not isinstance(response, CachedResponse):
        return ""
    return response.created_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def recall(session: PoliteSession, url: str, *, even_stale: bool) -> Reply | None:
    """What is remembered of ``url``, without asking anybody."""
    key = session.cache.create_key(_prepared(session, url))
    try:
        found = session.cache.get_response(key)
    except (sqlite3.Error, ValueError):
        return None
    if found is None or (found.is_expired and not even_stale):
        return None
    return _reply(found)


def remember(session: PoliteSession, answers: Mapping[str, bytes]) -> None:
    """Remember each body as the 200 answer of its address."""
    responses = session.cache.responses
    with responses.bulk_commit() if isinstance(responses, SQLiteDict) else nullcontext():
        for url, body in answers.items():
            _remember(session, url, body)


def _remember(session: PoliteSession, url: str, body: bytes) -> None:
    response = Response()
    response.status_code = 200
    response.url = url
    response.request = _prepared(session, url)
    response.headers = CaseInsensitiveDict({"Content-Type": "application/json"})
    response.raw = HTTPResponse(io.BytesIO(body), preload_content=False, request_url=url)
    expires = datetime.now(UTC) + timedelta(seconds=GOOD_FOR[200])
    try:
        session.cache.save_response(response, session.cache.create_key(response.request), expires)
    except sqlite3.Error:
        return


def forget(session: PoliteSession, url: str, accept: str) -> None:
    """Forget the answer of ``url``."""
    key = session.cache.create_key(_prepared(session, url, accept))
    try:
        session.cache.delete(key)
    except sqlite3.Error:
        return


def _prepared(
    session: PoliteSession, url: str, accept: str = "application/json"
) -> PreparedRequest:
    return session.prepare_request(Request("GET", url, headers={"Accept": accept}))


_DAY = 24 * 60 * 60
_TROUBLE = 0.25
_STATUS_WEIGHTS = {401: 0.0, 403: 0.0, 451: 0.0, 429: 0.5}


def _weight(error: BaseException) -> float:
    """How likely the next request to the same host is to end in the same way.

    A host that cannot be reached is given up after two, one that is slow or in trouble after
    eight; one that asks us to wait is left alone at once.
    """
    cause = _root(error)
    if isinstance(error, transport.AskedToWait):
        return 2.0
    if isinstance(error, transport.OddWait):
        return 1.0
    if isinstance(error, transport.TooSlow | requests.exceptions.ReadTimeout):
        return _TROUBLE
    is_unreachable = isinstance(error, requests.ConnectionError) and not isinstance(
        cause, ReadTimeoutError | ProtocolError
    )
    return 1.0 if is_unreachable else 0.0


def _refused(status: int) -> str:
    if status == 429:
        return "says that we ask too often (429); wait some minutes and run again"
    if status >= 500:
        return f"is in trouble ({status}); run again later"
    return f"does not let programs look ({status})"


def reason_of(error: BaseException) -> str:
    """What went wrong, for people, as the end of a sentence whose beginning is the host."""
    cause = _root(error)
    for kind, reason in _REASONS:
        if isinstance(cause, kind) or isinstance(error, kind):
            return reason.format(cause)
    return f"could not be reached ({type(cause).__name__})"


def _root(error: BaseException) -> BaseException:
    """The error inside the error inside the error."""
    inner = error.args[0] if error.args else None
    if isinstance(error, MaxRetryError) and error.reason is not None:
        return _root(error.reason)
    return _root(inner) if isinstance(inner, BaseException) else error


_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (transport.TooLarge, "sent more than we would ever ask for"),
    (transport.TooSlow, "did not finish its answer in time; run again later"),
    (transport.AskedToWait, "asks us to wait {}; run again then"),
    (transport.OddWait, "asks us to wait, but not how long ({}); run again later"),
    (transport.RefusedAddress, "leads to an address that {}"),
    (transport.PrivateAddress, "is not asked: its name leads to a private address"),
    (requests.TooManyRedirects, "sends us in circles"),
    (requests.exceptions.InvalidSchema, "sends us to an address that is not http or https"),
    (requests.exceptions.MissingSchema, "sends us to an address that cannot be read"),
    (requests.exceptions.InvalidURL, "sends us to an address that cannot be read"),
    (NameResolutionError, "could not be found: no network, or no such name"),
    (requests.exceptions.SSLError, "showed a certificate that cannot be trusted"),
    (requests.exceptions.ConnectTimeout, "did not answer in time; is there a network?"),
    (requests.exceptions.ReadTimeout, "did not answer in time; run again later"),
    (requests.exceptions.ChunkedEncodingError, "broke off in the middle of its answer"),
    (HTTPError, "could not be reached, or broke off its answer; is there a network?"),
    (OSError, "could not be reached; is there a network?"),
    (Exception, "sent an answer that cannot be read"),
)
