"""Which records are one work: edges drawn strongest first, never through a ``distinct``.

An edge joins two records because a person or a rule said ``match``, or because both state the
same identifier.  Before it is drawn the two clusters are looked at as a whole: one standing
``distinct`` between them, titles that have nothing in common, or two registered DOIs keep them
apart, however the edge came about.  Only a person's word outranks the last two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from refpipe.merge.sourced import SourcedReading, by_precedence, identities, own_name
from refpipe.merge.standing import Pair, Rank, pair, rank
from refpipe.merge.titles import are_alike, are_wholly_different
from refpipe.model import Decision, DecisionKind, Identifier, Scheme

_STRONG = frozenset({Scheme.DOI, Scheme.PMID, Scheme.PMCID, Scheme.ARXIV, Scheme.TEXT, Scheme.NAME})
"""Schemes under which two works never share an identifier, unless somebody erred.

A URL or an ISBN may lead to several works (a page of abstracts, the chapters of a book), so
those two join records only when the titles agree.
"""

_NO_RANK: Rank = (-1, "", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edge:
    a: int
    b: int
    rank: Rank
    is_strong: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """What is held to be one work."""

    saids: list[SourcedReading]
    """Its records, strongest source first."""
    lent: frozenset[Identifier] = frozenset()
    """Identifiers that decisions tie to it and no record states: what was asked for, an alias."""


@dataclass(slots=True, kw_only=True)
class _Group:
    """Records joined so far."""

    members: list[int]
    borne: set[Identifier] = field(default_factory=set)


class _Clusters:
    """The state of one clustering: who is with whom, and what keeps whom apart."""

    def __init__(
        self, saids: Sequence[SourcedReading], borne: Sequence[frozenset[Identifier]]
    ) -> None:
        self.saids = saids
        self.group_of = [_Group(members=[i], borne=set(names)) for i, names in enumerate(borne)]
        self.apart: dict[Identifier, list[tuple[Identifier, Rank]]] = defaultdict(list)

    def keep_apart(self, held: Mapping[Pair, Decision]) -> None:
        for (a, b), decision in held.items():
            if decision.kind is DecisionKind.DISTINCT:
                self.apart[a].append((b, rank(decision)))
                self.apart[b].append((a, rank(decision)))

    def join(self, edge: _Edge) -> None:
        one, other = self.group_of[edge.a], self.group_of[edge.b]
        if one is other or self._is_forbidden(edge, one, other):
            return
        large, small = (one, other) if len(one.members) >= len(other.members) else (other, one)
        large.members += small.members
        large.borne |= small.borne
        for member in small.members:
            self.group_of[member] = large

    def _is_forbidden(self, edge: _Edge, one: _Group, other: _Group) -> bool:
        if any(
            theirs in other.borne and weight > edge.rank
            for mine in one.borne
            for theirs, weight in self.apart.get(mine, ())
        ):
            return True
        if edge.rank[0] == 1:
            return False
        return self._contradict(one, other, is_strong=edge.is_strong)

    def _contradict(self, one: _Group, other: _Group, *, is_strong: bool) -> bool:
        if not is_strong and not self._agree(one, other):
            return True
        titled = list(product(self._titled(one), self._titled(other)))
        if titled and all(are_wholly_different(a.item, b.item) for a, b in titled):
            return True
        mine, theirs = self._registered(one), self._registered(other)
        return bool(mine and theirs) and not (mine & other.borne or theirs & one.borne)

    def _agree(self, one: _Group, other: _Group) -> bool:
        pairs = list(product(self._titled(one), self._titled(other)))
        return not pairs or any(are_alike(a.item, b.item) for a, b in pairs)

    def records(self, group: _Group) -> list[SourcedReading]:
        """The records of a group; identifiers that stand for themselves come behind them all."""
        return [self.saids[i] for i in sorted(group.members) if i < len(self.saids)]

    def _titled(self, group: _Group) -> list[SourcedReading]:
        return [said for said in self.records(group) if said.item.get("title")]

    def _registered(self, group: _Group) -> set[Identifier]:
        """The DOIs that a registry answered for."""
        names = (one.record.identifier for one in self.records(group) if one.is_registry)
        return {name for name in names if name.scheme is Scheme.DOI}


def borne(said: SourcedReading, held: Mapping[Pair, Decision]) -> frozenset[Identifier]:
    """The record's identities without those that somebody has denied it.

    A reference that prints the DOI of another paper is set right this way: ``distinct`` between
    the record's own name and the DOI.
    """
    own = own_name(said.record)
    return frozenset(
        name
        for name in identities(said)
        if (denial := held.get(pair(own, name))) is None or denial.kind is not DecisionKind.DISTINCT
    )


def cluster(saids: Iterable[SourcedReading], held: Mapping[Pair, Decision]) -> list[Cluster]:
    """The records of each work; ``held`` has the verdict on each pair of identifiers.

    The order of the arguments plays no part.
    """
    ordered = by_precedence(list({said.record.key: said for said in saids}.values()))
    names = [borne(said, held) for said in ordered]
    names += [frozenset({name}) for name in _unborne(held, frozenset().union(*names))]
    state = _Clusters(ordered, names)
    state.keep_apart(held)
    bearers: dict[Identifier, list[int]] = defaultdict(list)
    for number, own in enumerate(names):
        for name in own:
            bearers[name].append(number)
    for edge in _edges(bearers, held):
        state.join(edge)
    groups = {id(group): group for group in state.group_of}.values()
    found = (_finished(state.records(group), group, names) for group in groups)
    return [one for one in found if one.saids]


def _unborne(held: Mapping[Pair, Decision], known: frozenset[Identifier]) -> list[Identifier]:
    """The identifiers that only ``match`` decisions speak of; each stands for itself."""
    matches = (one for one in held.values() if one.kind is DecisionKind.MATCH)
    return sorted({name for one in matches for name in (one.a, one.b)} - known)


def _finished(
    saids: list[SourcedReading], group: _Group, names: Sequence[frozenset[Identifier]]
) -> Cluster:
    lent = {name for i in group.members for name in names[i]}
    for said in saids:
        lent -= identities(said)
    return Cluster(saids=saids, lent=frozenset(lent))


def _edges(
    bearers: Mapping[Identifier, Sequence[int]], held: Mapping[Pair, Decision]
) -> list[_Edge]:
    """All edges, strongest first: persons, literal identifiers, rules, weak identifiers."""
    matches = sorted(
        (one for one in held.values() if one.kind is DecisionKind.MATCH), key=rank, reverse=True
    )
    by_person = [edge for one in matches if one.by == "person" for edge in _drawn(one, bearers)]
    by_rule = [edge for one in matches if one.by != "person" for edge in _drawn(one, bearers)]
    shared = sorted((name, who) for name, who in bearers.items() if len(who) > 1)
    strong = [edge for name, who in shared if name.scheme in _STRONG for edge in _pairs(who)]
    weak = [
        edge
        for name, who in shared
        if name.scheme not in _STRONG
        for edge in _pairs(who, is_strong=False)
    ]
    return [*by_person, *strong, *by_rule, *weak]


def _drawn(decision: Decision, bearers: Mapping[Identifier, Sequence[int]]) -> list[_Edge]:
    """The edges of one decision, between all that bear the one and all that bear the other."""
    ones, others = bearers.get(decision.a, ()), bearers.get(decision.b, ())
    return [_Edge(a=a, b=b, rank=rank(decision)) for a in ones for b in others if a != b]


def _pairs(who: Sequence[int], *, is_strong: bool = True) -> list[_Edge]:
    """Every pair of the bearers of one identifier, strongest sources first."""
    return [
        _Edge(a=a, b=b, rank=_NO_RANK, is_strong=is_strong)
        for number, a in enumerate(who)
        for b in who[number + 1 :]
    ]
