"""Asking over HTTP politely: at the right pace, with patience and bounds, and with a memory.

Nothing here is raised because a network fails: ``Http.get`` gives a ``Reply`` or a
``Failure``.  The libraries behind it are imported for the first request only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from refpipe.http.settings import JSON, Failure, Pace, Reply, Settings, read_json
from refpipe.lifetimes import Closing

if TYPE_CHECKING:
    from refpipe.http.memory import Memory
    from refpipe.http.request import PoliteSession

__all__ = ["Failure", "Http", "Pace", "Reply", "Settings", "read_json"]

_GIVE_UP_AT = 2.0
"""The weight of failures in a row at which a host is held to be down for the rest of the run."""


class Http(Closing):
    """One polite way to ask for one run; use it as a context, which closes what it opened."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.requests = 0
        """How many requests went over the wire (redirects counted, retries not)."""
        self._sessions: dict[Pace, PoliteSession] = {}
        self._memory: Memory | None = None
        self._failures: dict[str, float] = {}
        self._farewells: dict[str, str] = {}
        self._said: dict[str, str] = {}
        """Host → what was wrong when it was asked last."""

    def close(self) -> None:
        """Close the connections and the memory."""
        for session in self._sessions.values():
            session.close()
        self._sessions.clear()
        if self._memory is not None:
            self._memory.close()
        self._memory = None

    def get(  # noqa: PLR0913
        self,
        url: str,
        *,
        pace: Pace,
        accept: str = JSON,
        is_fresh: bool = False,
        follows: bool = True,
        is_kept: bool = True,
        headers: Mapping[str, str] | None = None,
    ) -> Reply | Failure:
        """Ask for ``url``; ``is_fresh`` asks anew even where the answer is remembered.

        ``follows`` tells whether a redirect is followed or is itself the reply, ``is_kept``
        whether the answer is remembered; ``headers`` go with the request.
        """
        try:
            host = urlsplit(url).netloc
        except ValueError:
            return Failure(url=url, host=url, reason="is no address that can be read")
        is_down = host in self._farewells or self._failures.get(host, 0) >= _GIVE_UP_AT
        from refpipe.http import request

        outcome = request.ask(
            self._session(pace),
            self._through_gateway(url, pace),
            headers={"Accept": accept} | dict(headers or {}),
            only_remembered=is_down or self.settings.is_offline,
            is_fresh=is_fresh,
            is_kept=is_kept,
            follows=follows,
        )
        self.requests += outcome.sent
        if outcome.farewell:
            self._farewells[host] = outcome.farewell
        if outcome.reply is None:
            if not is_down and not self.settings.is_offline:
                self._failures[host] = self._failures.get(host, 0) + outcome.weight
                self._said[host] = outcome.reason
            reason = self._reason(outcome.reason, host, is_down)
            return Failure(url=url, host=host, reason=reason, is_nameless=outcome.is_nameless)
        if not outcome.reply.is_remembered:
            self._failures.pop(host, None)
        return outcome.reply

    def get_json(
        self,
        url: str,
        *,
        pace: Pace,
        accept: str = JSON,
        is_fresh: bool = False,
        is_kept: bool = True,
    ) -> tuple[Reply, Any] | Failure:
        """Ask for ``url`` and read the JSON of a 200; the value is None for any other status.

        An answer that is no JSON is forgotten and asked for once more.
        """
        for attempt in range(2):
            reply = self.get(
                url, pace=pace, accept=accept, is_fresh=is_fresh or attempt > 0, is_kept=is_kept
            )
            if isinstance(reply, Failure):
                return reply
            if reply.status != 200:
                return reply, None
            try:
                return reply, read_json(reply.body)
            except ValueError:
                self.forget(url, pace=pace, accept=accept)
        return Failure(url=url, host=urlsplit(url).netloc, reason="sent something that is no JSON")

    def remember(self, answers: Mapping[str, bytes], *, pace: Pace, accept: str = JSON) -> None:
        """Remember each body as what its address answers with 200, as if it had been asked for."""
        from refpipe.http import request

        asked = {self._through_gateway(url, pace): body for url, body in answers.items()}
        request.remember(self._session(pace), asked, accept)

    def remembered(
        self, url: str, *, pace: Pace, accept: str = JSON, even_stale: bool = False
    ) -> Reply | None:
        """What is remembered of ``url`` and still good, without asking."""
        from refpipe.http import request

        even_stale = even_stale or self.settings.is_offline
        asked = self._through_gateway(url, pace)
        return request.recall(self._session(pace), asked, accept, even_stale=even_stale)

    def forget(self, url: str, *, pace: Pace, accept: str = JSON) -> None:
        """Forget what was remembered of ``url``."""
        session = self._session(pace)
        session.memory.forget(session.key(self._through_gateway(url, pace), accept))

    def _session(self, pace: Pace) -> PoliteSession:
        if pace not in self._sessions:
            from refpipe.http.memory import open_memory
            from refpipe.http.request import open_session

            if self._memory is None:
                self._memory = open_memory(self.settings.cache)
            self._sessions[pace] = open_session(pace, self.settings, self._memory)
        return self._sessions[pace]

    def _through_gateway(self, url: str, pace: Pace) -> str:
        if pace is Pace.PAGE and self.settings.pages:
            return f"{self.settings.pages}/{quote(url, safe='')}"
        return url

    def _reason(self, reason: str, host: str, is_down: bool) -> str:
        if self.settings.is_offline:
            return "was not asked: this run is offline"
        if is_down:
            # The host's name makes a sentence of it, which is told in the reader's language.
            said = self._farewells.get(host) or self._said.get(host, reason)
            return f"was not asked again: {host} {said}"
        return reason
