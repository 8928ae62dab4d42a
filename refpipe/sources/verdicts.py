"""From what a source said to what a caller gets: answers, and reasons that people can use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refpipe import identifiers, items
from refpipe.http import Failure
from refpipe.model import Answer, Certainty, Claim, Identifier, Item, Scheme, Unresolved
from refpipe.sources.outcome import Absent, Heard, Outcome

if TYPE_CHECKING:
    from refpipe.confirm import Agreement

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
    from refpipe.confirm import Standing

    item = items.read(outcome.record()).item
    found = compared(evidence, item)
    if found.standing is Standing.DIFFERS:
        return f"{derived}, but that work {found.reason}"
    if found.standing is Standing.UNKNOWN and found.agrees == () and not evidence:
        return answer(asked, outcome, certainty=Certainty.CANDIDATE, reason="it is registered")
    return answer(asked, outcome, reason=f"registered; {found.reason}")


def compared(evidence: Item, item: Item) -> Agreement:
    """How the record agrees with the printed reference and with the address that it came from."""
    from refpipe import confirm as judging

    address = str(evidence.get("URL") or "")
    if address and identifiers.url(address) and judging.is_refuted(address, item):
        return judging.Agreement(standing=judging.Standing.DIFFERS, score=0.0, differs=("address",))
    return judging.agreement(evidence, item)
