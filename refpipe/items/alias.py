"""One work under two names, as whoever was asked about the one answered under the other.

A registry that is asked about an address, a PMID or an old DOI answers with a record of the
work's own DOI, and the record does not say what was asked.  This one does.
"""

from __future__ import annotations

import json

from refpipe.model import Certainty, Claim, Identifier, Reading, Record

SOURCE = "alias"


def record(asked: Identifier, answered: Identifier, *, reason: str, origin: str) -> Record:
    """The record that ``asked`` and ``answered`` name one work."""
    payload = json.dumps(
        {"same-as": str(answered), "reason": reason}, ensure_ascii=False, sort_keys=True
    )
    return Record(source=SOURCE, identifier=asked, payload=payload, origin=origin)


def read(record: Record) -> Reading:
    """Both names and nothing else; an unreadable payload leaves the first."""
    claims = [Claim(identifier=record.identifier, certainty=Certainty.CONFIRMED)]
    try:
        answered = Identifier.parse(str(json.loads(record.payload)["same-as"]))
    except (ValueError, KeyError, TypeError):
        return Reading(item={}, claims=tuple(claims))
    claims.append(Claim(identifier=answered, certainty=Certainty.CONFIRMED, rule="answered-for"))
    return Reading(item={}, claims=tuple(claims))
