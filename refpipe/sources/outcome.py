"""What comes of asking one source about one identifier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from refpipe import items
from refpipe.http import Failure, Http, Pace, Reply
from refpipe.model import Identifier, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A source knows it, and this is what it says."""

    source: str
    """A row of ``items.READERS``."""
    identifier: Identifier
    """What it answered for; under an alias, the primary one."""
    message: Any
    origin: str
    """The address that answered."""
    agency: str
    reason: str = ""

    def record(self) -> Record:
        """The answer as it is stored, heard now."""
        return Record(
            source=self.source,
            identifier=self.identifier,
            payload=items.canonical(self.source, self.message),
            heard=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            origin=self.origin,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """A source says that it does not know it."""

    reason: str
    """For people."""


def disbelieve(  # noqa: PLR0913
    http: Http,
    reply: Reply,
    url: str,
    reason: str,
    *,
    pace: Pace = Pace.OTHER,
    accept: str = "application/json",
) -> Failure:
    """The failure of an answer that is not what was asked for; it is not remembered either."""
    for address in {url, reply.url}:
        http.forget(address, pace=pace, accept=accept)
    return Failure(url=url, host=urlsplit(url).netloc, reason=reason)


Outcome: TypeAlias = Heard | Absent | Failure
