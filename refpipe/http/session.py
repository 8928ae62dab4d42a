"""Sessions that ask politely: one for each pace, all with one memory.

Memory (requests-cache) lies over pace (requests-ratelimiter), so what is remembered costs no
turn; beneath them lie the retries (urllib3) and the bounds on size and time (``transport``).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

from pyrate_limiter import Rate
from requests import PreparedRequest, Session
from requests_cache.backends.base import BaseCache
from requests_cache.cache_keys import create_key
from requests_cache.session import CacheMixin
from requests_ratelimiter import LimiterMixin
from requests_ratelimiter.buckets import HostBucketFactory

from refpipe.http.memory import GOOD_FOR
from refpipe.http.reply import Pace
from refpipe.http.settings import Settings
from refpipe.http.transport import JSON_LIMIT, PAGE_LIMIT, BoundedAdapter

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
