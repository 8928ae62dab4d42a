"""One request and everything that can become of it, as a value."""

from __future__ import annotations

import logging
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http.cookiejar import DefaultCookiePolicy
from urllib.parse import urlsplit

import requests
from requests import Request, Response
from requests.structures import CaseInsensitiveDict
from urllib3.exceptions import (
    HTTPError,
    MaxRetryError,
    NameResolutionError,
    ProtocolError,
    ReadTimeoutError,
)

from refpipe.http import transport
from refpipe.http.memory import GOOD_FOR, Memory
from refpipe.http.settings import Pace, Reply, Settings
from refpipe.http.transport import JSON_LIMIT, PAGE_LIMIT, BoundedAdapter, PacedSession

# ── Sessions that ask politely: one for each pace, all with one memory ──────────────────────────
# The memory is looked at before the pace, so what is remembered costs no turn; beneath them lie
# the retries (urllib3) and the bounds on size and time (``transport``).


_SIGNATURE = re.compile(r"([?&](?:mailto|email|tool|appid)=)[^&]*")
_SLACK = 1.1
"""Requests are spaced a tenth wider than allowed, because the way to the server jitters."""
SLOWEST = 10.0
"""Seconds between two requests that a run waits at most; a slower host is left for another run."""

# A library's log is no place for what a writer should know; outcomes say it.
logging.getLogger("urllib3").addHandler(logging.NullHandler())


class PoliteSession(PacedSession):
    """A session that remembers answers and keeps an even pace."""

    def __init__(self, memory: Memory, per_second: float) -> None:
        super().__init__(1, _SLACK / per_second)
        self.memory = memory

    def set_pace(self, requests: float, seconds: float) -> None:
        """From now on send at most ``requests`` in ``seconds``, evenly spaced, to any host."""
        self.allow(1, _SLACK * seconds / requests)

    def key(self, url: str, accept: str) -> str:
        """What an answer is remembered by: not who asks, only what is asked."""
        return f"{accept} {_SIGNATURE.sub('', self._prepared(url))}"

    def _prepared(self, url: str) -> str:
        return self.prepare_request(Request("GET", url)).url or ""


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


def open_session(pace: Pace, settings: Settings, memory: Memory) -> PoliteSession:
    """A session for one pace."""
    session = PoliteSession(memory, paces(settings)[pace])
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
    return session


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
    is_nameless: bool = False
    """Whether the name service answered that there is no such host."""


def ask(  # noqa: PLR0913
    session: PoliteSession,
    url: str,
    *,
    headers: dict[str, str],
    only_remembered: bool,
    is_fresh: bool,
    is_kept: bool,
    follows: bool,
) -> RequestOutcome:
    """Send the request, or find it remembered."""
    reads = is_kept and (only_remembered or not is_fresh)
    remembered = None
    try:
        if reads:
            remembered = session.memory.recall(session.key(url, headers["Accept"]))
        if only_remembered or (remembered and not remembered.is_stale):
            return _of_memory(remembered)
        directives = [*(["no-cache"] if is_fresh else []), *([] if is_kept else ["no-store"])]
        more = {"Cache-Control": ",".join(directives)} if directives else {}
        response = session.get(url, headers=headers | more, allow_redirects=follows)
    except Exception as error:
        if remembered:
            return _of_memory(remembered)
        return RequestOutcome(
            reason=reason_of(error), sent=1, weight=_weight(error), is_nameless=_is_nameless(error)
        )
    if remembered and response.status_code >= 400 and response.status_code not in GOOD_FOR:
        return _of_memory(remembered)
    hops = [*response.history, response]
    too_slow = [told for hop in hops if (told := _keep_pace(session, hop))]
    if is_kept and response.status_code in GOOD_FOR:
        # Who asks for the last address of a redirect knows the answer, too.
        addresses = dict.fromkeys((url, response.url))
        reply = replace(_reply(response), url=_SIGNATURE.sub(r"\1REDACTED", response.url))
        session.memory.keep((session.key(one, headers["Accept"]), reply) for one in addresses)
    outcome = _outcome(response, len(hops))
    return replace(outcome, farewell=too_slow[-1] if too_slow else "")


def _of_memory(remembered: Reply | None) -> RequestOutcome:
    if remembered is None:
        return RequestOutcome(reason="was not asked")
    if remembered.status == 404 and remembered.is_stale:
        # The server is down and the memory old: a work may have been registered since.
        return RequestOutcome(reason="did not know it some time ago, and is silent now")
    return RequestOutcome(reply=remembered)


def _outcome(response: Response, sent: int) -> RequestOutcome:
    if response.status_code in {401, 403, 429, 451} or response.status_code >= 500:
        weight = _STATUS_WEIGHTS.get(response.status_code, _TROUBLE)
        return RequestOutcome(reason=_refused(response.status_code), sent=sent, weight=weight)
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


def _reply(response: Response) -> Reply:
    return Reply(
        url=response.url,
        status=response.status_code,
        headers={name.lower(): value for name, value in response.headers.items()},
        body=response.content or b"",
    )


def recall(session: PoliteSession, url: str, accept: str, *, even_stale: bool) -> Reply | None:
    """What is remembered of ``url``, without asking anybody."""
    found = session.memory.recall(session.key(url, accept))
    return None if found is None or (found.is_stale and not even_stale) else found


def remember(session: PoliteSession, answers: Mapping[str, bytes], accept: str) -> None:
    """Remember each body as the 200 answer of its address."""
    headers = {"content-type": accept}
    session.memory.keep(
        (session.key(url, accept), Reply(url=url, status=200, headers=headers, body=body))
        for url, body in answers.items()
    )


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


def _is_nameless(error: BaseException) -> bool:
    """Whether the name service said that there is no such host; its silence says nothing."""
    cause = _root(error)
    told = cause.__cause__ if isinstance(cause, NameResolutionError) else None
    return isinstance(told, socket.gaierror) and told.errno == socket.EAI_NONAME


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
