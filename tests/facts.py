"""Made-up facts for the tests of merging and of the library.

A payload here is JSON that says outright what it means; ``read`` takes the place of
``items.read``, so that clustering can be tried on contradictions no real source would send.
"""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from refpipe.merge import SourcedReading, own_name
from refpipe.model import (
    Certainty,
    Claim,
    Decision,
    DecisionKind,
    Identifier,
    Reading,
    Record,
    Relation,
)


def name(text: str) -> Identifier:
    return Identifier.parse(text)


def record(
    source: str,
    identifier: str,
    *,
    heard: str = "2026-01-01T00:00:00Z",
    claims: tuple[str, ...] = (),
    candidates: tuple[str, ...] = (),
    origin: str = "",
    relations: tuple[tuple[str, str], ...] = (),
    **item: Any,
) -> Record:
    """A record that means ``item``; underscores in a variable's name stand for hyphens."""
    variables = {variable.replace("_", "-"): value for variable, value in item.items()}
    stated = [[claim, "literal"] for claim in claims] + [[c, "candidate"] for c in candidates]
    payload = json.dumps(
        {"item": variables, "claims": stated, "relations": relations}, sort_keys=True
    )
    return Record(
        source=source, identifier=name(identifier), payload=payload, heard=heard, origin=origin
    )


def read(record: Record) -> Reading:
    payload = json.loads(record.payload)
    return Reading(
        item=payload["item"],
        claims=tuple(
            Claim(identifier=name(claim), certainty=Certainty(certainty))
            for claim, certainty in payload["claims"]
        ),
        relations=tuple(
            Relation(kind=kind, target=name(target)) for kind, target in payload["relations"]
        ),
    )


def said(record: Record) -> SourcedReading:
    return SourcedReading(record=record, reading=read(record))


def decision(
    kind: str,
    a: str,
    b: str,
    *,
    by: str = "person",
    made: str = "2026-02-01T00:00:00Z",
    **rest: Any,
) -> Decision:
    return Decision(kind=DecisionKind(kind), a=name(a), b=name(b), by=by, made=made, **rest)


def undo(target: Decision, *, made: str) -> Decision:
    return Decision(
        kind=DecisionKind.UNDO, a=target.a, b=target.b, by="person", undoes=target.key, made=made
    )


# ── strategies ─────────────────────────────────────────────────────────────────────────

IDENTIFIERS = ("doi:10.1/a", "doi:10.1/b", "doi:10.1/c", "pmid:1", "pmid:2", "url:https://x/1",
               "url:https://x/2", "isbn:9780000000002", "text:aa", "text:bb")  # fmt: skip
TITLES = (
    "Contrast-enhanced MR imaging in acute lumbar radiculopathy",
    "Contrast-enhanced MR imaging in acute lumbar radiculopathy1",
    "Predictive value of MRI in decision making for disc surgery",
    "腰椎椎間板ヘルニアの自然経過",
    "",
)
SOURCES = ("manual", "crossref", "jalc", "pubmed", "bibtex", "printed", "web")
TIMES = tuple(f"2026-0{month}-01T00:00:00Z" for month in range(1, 6))
AUTHORS: tuple[list[dict[str, str]], ...] = (
    [],
    [{"family": "Modic", "given": "M."}, {"family": "Ross", "given": "J."}],
    [{"family": "Modic", "given": "M. T."}],
    [{"family": "椎間", "given": "太郎"}],
)


@st.composite
def records(draw: st.DrawFn) -> Record:
    item: dict[str, Any] = {"type": "article-journal"}
    for variable, values in (("title", TITLES), ("author", AUTHORS), ("volume", ("", "1", "2"))):
        value = draw(st.sampled_from(values))
        if value:
            item[variable] = value
    if draw(st.booleans()):
        item["issued"] = {"date-parts": [draw(st.sampled_from([[2005], [2005, 11], [1997]]))]}
    if draw(st.integers(0, 5)) == 0:
        item["custom"] = draw(st.sampled_from([{"author-et-al": True}, {"title-is-cut": True}]))
    some = st.lists(st.sampled_from(IDENTIFIERS), max_size=2, unique=True).map(tuple)
    return record(
        draw(st.sampled_from(SOURCES)),
        draw(st.sampled_from(IDENTIFIERS)),
        heard=draw(st.sampled_from(TIMES)),
        claims=draw(some),
        candidates=draw(some),
        **item,
    )


@st.composite
def facts(draw: st.DrawFn) -> tuple[list[Record], list[Decision]]:
    """A few records that share identifiers, and decisions about them, undone and done again."""
    found = draw(st.lists(records(), min_size=1, max_size=7, unique_by=lambda one: one.key))
    names = [*map(name, IDENTIFIERS), *(own_name(one) for one in found)]
    decisions: list[Decision] = []
    for _ in range(draw(st.integers(0, 6))):
        made = draw(st.sampled_from(TIMES))
        if decisions and draw(st.integers(0, 3)) == 0:
            decisions.append(undo(draw(st.sampled_from(decisions)), made=made))
            continue
        pair = sorted(draw(st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True)))
        decisions.append(
            Decision(
                kind=draw(st.sampled_from([DecisionKind.MATCH, DecisionKind.MATCH,
                          DecisionKind.DISTINCT, DecisionKind.POSSIBLE, DecisionKind.RELATED])),
                a=pair[0],
                b=pair[1],
                by=draw(st.sampled_from(["rule", "person"])),
                made=made,
            )
        )  # fmt: skip
    return found, list({one.key: one for one in decisions}.values())
