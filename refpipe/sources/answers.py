"""What comes of asking one source about one identifier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlsplit

from refpipe import identifiers, items
from refpipe.http import Failure, Http, Pace, Reply
from refpipe.model import Answer, Certainty, Claim, Identifier, Item, Record, Scheme, Unresolved

if TYPE_CHECKING:
    from refpipe.match.agreement import Agreement


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


def json_of(  # noqa: PLR0913
    http: Http,
    url: str,
    absent: str,
    *,
    pace: Pace = Pace.OTHER,
    accept: str = "application/json",
    is_fresh: bool = False,
) -> tuple[Reply, Any] | Absent | Failure:
    """The reply at ``url`` and its JSON; a 404 says that there is none, in the words ``absent``."""
    got = http.get_json(url, pace=pace, accept=accept, is_fresh=is_fresh)
    is_absent = not isinstance(got, Failure) and got[0].status == 404
    return Absent(reason=absent) if is_absent else got


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


_ARXIV_PREFIX = "10.48550/arxiv."
"""arXiv registers a DOI for every paper (https://info.arxiv.org/help/doi.html)."""


def doi_of(identifier: Identifier) -> Identifier:
    """The DOI to ask for."""
    if identifier.scheme is Scheme.ARXIV:
        bare = identifier.value.rpartition("v")[0] or identifier.value
        number = bare if identifier.value.rpartition("v")[2].isdigit() else identifier.value
        return Identifier(Scheme.DOI, _ARXIV_PREFIX + number.lower())
    return identifier


def answer(
    asked: Identifier,
    heard: Heard,
    *,
    certainty: Certainty = Certainty.CONFIRMED,
    reason: str = "",
) -> Answer:
    """What a source said, as an answer to ``asked``."""
    return Answer(
        asked=asked,
        record=heard.record(),
        certainty=certainty,
        agency=heard.agency,
        reason=reason or heard.reason,
    )


def unresolved(asked: Identifier, outcome: Absent | Failure, reason: str = "") -> Unresolved:
    """Why there is no answer to ``asked``, and what to do next."""
    before = f"{reason}; " if reason else ""
    if isinstance(outcome, Absent):
        return Unresolved(
            identifier=asked,
            reason=f"{before}{outcome.reason}; is it written as in the source?",
            is_final=True,
        )
    return Unresolved(identifier=asked, reason=f"{before}{outcome}", is_final=False)


def confirm(claim: Claim, outcome: Outcome, evidence: Item) -> Answer | Unresolved | str:
    """The answer to a candidate, or why it is not the work, or why nobody could say.

    A record is the work when nothing in the address or the printed reference speaks against
    it; where a title or an author is printed, they have to agree.
    """
    asked = claim.identifier
    derived = f"{asked.value} was derived from the address"
    if isinstance(outcome, Failure):
        return unresolved(asked, outcome)
    if isinstance(outcome, Absent):
        return f"{derived}, but {outcome.reason}"
    # Imported here: a run without candidates need not wait for the matching room.
    from refpipe.match.agreement import Standing

    item = items.read(outcome.record()).item
    found = compared(evidence, item)
    if found.standing is Standing.DIFFERS:
        return f"{derived}, but that work {found.reason}"
    if found.standing is Standing.UNKNOWN and found.agrees == () and not evidence:
        return answer(asked, outcome, certainty=Certainty.CANDIDATE, reason="it is registered")
    return answer(asked, outcome, reason=f"registered; {found.reason}")


def compared(evidence: Item, item: Item) -> Agreement:
    """How the record agrees with the printed reference and with the address that it came from."""
    from refpipe.match import agreement as judging

    address = str(evidence.get("URL") or "")
    if address and identifiers.url(address) and judging.is_refuted(address, item):
        return judging.Agreement(standing=judging.Standing.DIFFERS, score=0.0, differs=("address",))
    return judging.agreement_of(evidence, item)
