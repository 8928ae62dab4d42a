"""Facts → works: cluster, fuse, name; pure, and blind to the order of its arguments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from refpipe.merge.cluster import Cluster, borne, cluster
from refpipe.merge.fuse import fuse
from refpipe.merge.precedence import (
    Pair,
    SourcedReading,
    identities,
    own_name,
    standing,
    undone,
    verdicts,
)
from refpipe.model import (
    Certainty,
    Claim,
    Decision,
    DecisionKind,
    Identifier,
    Relation,
    Scheme,
    Work,
)

_BEST_FIRST = {scheme: place for place, scheme in enumerate(Scheme)}
_BEST_FIRST[Scheme.TEXT], _BEST_FIRST[Scheme.NAME] = 98, 99
_SURER = {Certainty.CONFIRMED: 0, Certainty.LITERAL: 1, Certainty.CANDIDATE: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """What the facts come to."""

    works: tuple[Work, ...]
    holders: Mapping[Identifier, str]
    """Identifier → id of the one work that it finds, where several state it."""


def project(saids: Iterable[SourcedReading], decisions: Iterable[Decision]) -> Projection:
    """The works that the records make, under the decisions that stand.

    Works that no identifier and no decision ties to others come out the same whether they are
    projected alone or with a million others; the library relies on it.
    """
    facts = standing(decisions)
    withdrawn = undone(facts)
    told = tuple(saids)
    heard = tuple(said for said in told if said.record.key not in withdrawn)
    held = _still_held(verdicts(facts), told, heard)
    stated = {said.record.key: borne(said, held) for said in heard}
    clusters = cluster(heard, held)
    held_by = _holders(clusters, stated)
    drafts = [_draft(number, one, stated, held_by) for number, one in enumerate(clusters)]
    related = _with_relations(drafts, held_by, held.values())
    # A record keeps the name it was given under an identifier that was denied it later.
    ever = {said.record.key: identities(said) for said in heard}
    named = _with_names(related, _holders(clusters, ever) | held_by, facts)
    ids = {identifier: drafts[number].id for identifier, number in held_by.items()}
    for work in named:
        for claim in work.claims:
            if claim.identifier.scheme is Scheme.NAME:
                ids[claim.identifier] = work.id
    return Projection(works=tuple(sorted(named, key=lambda work: work.id)), holders=ids)


def _still_held(
    held: Mapping[Pair, Decision],
    told: Iterable[SourcedReading],
    heard: Iterable[SourcedReading],
) -> Mapping[Pair, Decision]:
    """The verdicts without what a rule held of a record that was taken back.

    Its identifier would be lent to whatever else bears the other one.  What the record only
    stated besides is another's: by that nobody would come upon a record that is in no work.
    """
    stated = frozenset[Identifier]().union(*map(identities, heard))
    own = {name for said in told for name in (said.record.identifier, own_name(said.record))}
    gone = own - stated
    if not gone:
        return held
    return {
        names: one
        for names, one in held.items()
        if one.kind is not DecisionKind.MATCH or one.by == "person" or gone.isdisjoint(names)
    }


def _holders(
    clusters: Sequence[Cluster], stated: Mapping[str, frozenset[Identifier]]
) -> dict[Identifier, int]:
    """Which cluster each stated identifier finds: the one whose strongest record states it."""
    best: dict[Identifier, tuple[tuple[int, bool, str], int]] = {}
    for number, one in enumerate(clusters):
        for said in one.saids:
            for identifier in stated[said.record.key]:
                is_about = said.record.identifier == identifier
                strength = (said.precedence, not is_about, said.record.key)
                if identifier not in best or strength < best[identifier][0]:
                    best[identifier] = strength, number
    stated_by = {identifier: number for identifier, (_, number) in best.items()}
    lent = {name: number for number, one in enumerate(clusters) for name in one.lent}
    return lent | stated_by


def _draft(
    number: int,
    cluster: Cluster,
    stated: Mapping[str, frozenset[Identifier]],
    held_by: Mapping[Identifier, int],
) -> Work:
    """The work of one cluster, without name and without ties that decisions make."""
    saids = cluster.saids
    claims = _claims(cluster, stated)
    identity = [
        claim.identifier
        for claim in claims
        if claim.certainty is not Certainty.CANDIDATE and held_by[claim.identifier] == number
    ]
    item, suppliers = fuse(saids, identity)
    shown = Identifier(Scheme.DOI, str(item["DOI"])) if "DOI" in item else None
    best = shown if shown in identity else next(iter(identity), own_name(saids[0].record))
    return Work(
        id=str(best),
        name="",
        item=item,
        suppliers=suppliers,
        claims=claims,
        relations=_relations(saids),
        members=tuple(said.record.key for said in saids),
        is_confirmed=any(said.is_registry for said in saids),
    )


def _claims(cluster: Cluster, stated: Mapping[str, frozenset[Identifier]]) -> tuple[Claim, ...]:
    """Every identifier that any record states or suspects, each in its surest form, best first."""
    found = {
        name: Claim(identifier=name, certainty=Certainty.LITERAL, rule="decision")
        for name in cluster.lent
    }
    for said in cluster.saids:
        surest = Certainty.CONFIRMED if said.is_registry else Certainty.LITERAL
        about = Claim(identifier=said.record.identifier, certainty=surest)
        for claim in (about, *said.reading.claims):
            name = claim.identifier
            if claim.certainty is not Certainty.CANDIDATE and name not in stated[said.record.key]:
                continue
            known = found.get(name)
            if known is None or _SURER[claim.certainty] < _SURER[known.certainty]:
                found[name] = claim
    return tuple(sorted(found.values(), key=_claim_order))


def _claim_order(claim: Claim) -> tuple[int, int, Identifier]:
    scheme = claim.identifier.scheme
    return _BEST_FIRST[scheme], _SURER[claim.certainty], claim.identifier


def _relations(saids: Sequence[SourcedReading]) -> tuple[Relation, ...]:
    stated = {relation for said in saids for relation in said.reading.relations}
    return tuple(sorted(stated, key=_relation_order))


def _relation_order(relation: Relation) -> tuple[str, Identifier, str, str]:
    return relation.kind, relation.target, relation.date, relation.source


def _with_relations(
    works: Sequence[Work], held_by: Mapping[Identifier, int], decisions: Iterable[Decision]
) -> list[Work]:
    """The works with the ties that standing ``RELATED`` decisions add."""
    added: dict[int, set[Relation]] = defaultdict(set)
    for decision in decisions:
        if decision.kind is not DecisionKind.RELATED:
            continue
        about = _notice(decision)
        for here, there in ((decision.a, decision.b), (decision.b, decision.a)):
            number = held_by.get(here)
            if number is not None and held_by.get(there) != number:
                kind = (decision.rule or "related") + ("-of" if about == str(here) else "")
                added[number].add(Relation(kind=kind, target=there, source=decision.by))
    return [
        replace(
            work,
            relations=tuple(sorted({*work.relations, *added[number]}, key=_relation_order)),
        )
        if number in added
        else work
        for number, work in enumerate(works)
    ]


def _notice(decision: Decision) -> str:
    """The identifier of the one that is about the other, written; empty where neither is known."""
    notice = decision.told.get("notice")
    return notice if isinstance(notice, str) else ""


def _with_names(
    works: Sequence[Work], held_by: Mapping[Identifier, int], decisions: Iterable[Decision]
) -> list[Work]:
    """The works with the names they were given; of two that got one name the earlier keeps it."""
    given: dict[int, list[str]] = defaultdict(list)
    taken: set[Identifier] = set()
    ordered = sorted(decisions, key=lambda one: (one.made, len(one.b.value), one.b.value, one.key))
    for decision in ordered:
        if decision.kind is not DecisionKind.NAME or decision.b in taken:
            continue
        number = held_by.get(decision.a)
        if number is not None:
            taken.add(decision.b)
            given[number].append(decision.b.value)
    return [
        _named(work, given[number]) if number in given else work
        for number, work in enumerate(works)
    ]


def _named(work: Work, names: Sequence[str]) -> Work:
    """The work under the oldest of its names; the others still find it."""
    claims = (
        Claim(identifier=Identifier(Scheme.NAME, name), certainty=Certainty.LITERAL, rule="name")
        for name in names
    )
    return replace(work, name=names[0], claims=(*work.claims, *claims))
