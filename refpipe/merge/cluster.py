"""Which records are one work: edges drawn strongest first, never through a ``distinct``.

An edge joins two records because a person or a rule said ``match``, or because both state the
same identifier.  What a person said is drawn as it is.  All else is asked of ``match``: whether
the two ends may be one work, and whether the two clusters as a whole bear it out, so that the
library joins what ``dedupe`` joins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from refpipe import match
from refpipe.merge.precedence import (
    Pair,
    Rank,
    SourcedReading,
    by_precedence,
    identities,
    own_name,
    pair,
    rank,
)
from refpipe.model import (
    UNDESCRIBING,
    Certainty,
    Decision,
    DecisionKind,
    Identifier,
    Scheme,
    Verdict,
)

_SHARED_BY_MANY = frozenset({Scheme.URL, Scheme.ISBN})
"""Schemes whose identifiers may lead to several works: a page of abstracts, a book's chapters."""

_ABOUT_OTHERS = frozenset({"manual", *UNDESCRIBING})
"""Sources whose records speak of a work that another record describes: a correction, an alias,
a look at its page."""

_NO_RANK: Rank = (-1, "", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edge:
    a: int
    b: int
    rank: Rank = _NO_RANK


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """What is recorded as one work."""

    saids: list[SourcedReading]
    """Its records, strongest source first."""
    lent: frozenset[Identifier] = frozenset()
    """Identifiers that decisions tie to it and no record states: what was asked for, an alias."""


@dataclass(slots=True, kw_only=True)
class _Group:
    """Records joined so far."""

    members: list[int]
    borne: set[Identifier] = field(default_factory=set)


class _Works:
    """The state of one clustering: who is with whom, and what keeps whom apart.

    ``judged`` holds what the rules alone would join.  What a person joined beyond that is no
    ground for the rules to refuse, or to draw, a further edge.
    """

    def __init__(
        self, saids: Sequence[SourcedReading], borne: Sequence[frozenset[Identifier]]
    ) -> None:
        self.saids = saids
        ready = [_subject(*pair).profile for pair in zip(saids, borne, strict=False)]
        self.ready: list[match.Profile | None] = [*ready, *[None] * (len(borne) - len(saids))]
        self.judged = match.Clusters(self.ready)
        self.group_of = [_Group(members=[i], borne=set(names)) for i, names in enumerate(borne)]
        self.apart: dict[Identifier, list[tuple[Identifier, Rank]]] = defaultdict(list)

    def keep_apart(self, held: Mapping[Pair, Decision]) -> None:
        for (a, b), decision in held.items():
            if decision.kind is DecisionKind.DISTINCT:
                self.apart[a].append((b, rank(decision)))
                self.apart[b].append((a, rank(decision)))

    def join_by_person(self, edge: _Edge) -> None:
        """Join what a person held for one, unless a later word holds it apart."""
        if not self._is_held_apart(edge):
            self._unite(edge)

    def join_by_word(self, edge: _Edge) -> None:
        """Join what a source says of itself: a correction, an alias, an answer asked for again."""
        one, other = self.group_of[edge.a], self.group_of[edge.b]
        if not self._is_kept_apart(edge) and not self._speak_against(one, other):
            self._unite(edge)

    def join_by_rule(self, edge: _Edge) -> None:
        """Join what the rules hold for one, if all that is with the two bears it out."""
        if not self._is_kept_apart(edge) and self.judged.join(edge.a, edge.b):
            self._unite(edge)

    def _unite(self, edge: _Edge) -> None:
        one, other = self.group_of[edge.a], self.group_of[edge.b]
        if one is other:
            return
        large, small = (one, other) if len(one.members) >= len(other.members) else (other, one)
        large.members += small.members
        large.borne |= small.borne
        for member in small.members:
            self.group_of[member] = large

    def _is_held_apart(self, edge: _Edge) -> bool:
        one, other = self.group_of[edge.a], self.group_of[edge.b]
        return one is not other and any(
            theirs in other.borne and weight > edge.rank
            for mine in one.borne
            for theirs, weight in self.apart.get(mine, ())
        )

    def _is_kept_apart(self, edge: _Edge) -> bool:
        """True where a decision, or two registered DOIs, keep the two works apart."""
        one, other = self.group_of[edge.a], self.group_of[edge.b]
        if one is other:
            return False
        if self._is_held_apart(edge):
            return True
        mine, theirs = self._registered(one), self._registered(other)
        return bool(mine and theirs) and not (mine & other.borne or theirs & one.borne)

    def _speak_against(self, one: _Group, other: _Group) -> bool:
        """True where no record that describes the one may be a record of the other."""
        told = [
            judgement
            for i in self._describing(one)
            for j in self._describing(other)
            if (judgement := self.judged.judge(i, j)) is not None
        ]
        return bool(told) and not any(map(match.may_share, told))

    def corrections(self) -> frozenset[int]:
        """The records that speak of a work which another record of theirs describes.

        What they say is no ground to join or to part: a person corrects what a source has wrong.
        """
        return frozenset(
            i
            for i, said in enumerate(self.saids)
            if said.record.source in _ABOUT_OTHERS
            and next(self._describing(self.group_of[i]), None) is not None
        )

    def _describing(self, group: _Group) -> Iterator[int]:
        for i in group.members:
            if i < len(self.saids) and self.saids[i].record.source not in _ABOUT_OTHERS:
                yield i

    def records(self, group: _Group) -> list[SourcedReading]:
        """The records of a group; identifiers that stand for themselves come behind them all."""
        return [self.saids[i] for i in sorted(group.members) if i < len(self.saids)]

    def _registered(self, group: _Group) -> set[Identifier]:
        """The DOIs that a registry answered for."""
        names = (one.record.identifier for one in self.records(group) if one.is_registry)
        return {name for name in names if name.scheme is Scheme.DOI}


def _subject(said: SourcedReading, borne: frozenset[Identifier]) -> match.Subject:
    """The record as ``match`` sees it, without the identifiers that it was denied."""
    item, name = said.item, said.record.identifier
    denied = identities(said) - borne
    if not denied:
        return said.subject
    return match.Subject(
        identifier=own_name(said.record) if name in denied else name,
        item={k: v for k, v in item.items() if k not in {"DOI", "PMID", "PMCID"}},
        claims=tuple(
            claim
            for claim in said.reading.claims
            if claim.certainty is Certainty.CANDIDATE or claim.identifier in borne
        ),
    )


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
    state = _Works(ordered, names)
    state.keep_apart(held)
    bearers: dict[Identifier, list[int]] = defaultdict(list)
    for number, own in enumerate(names):
        for name in own:
            bearers[name].append(number)
    _join(state, bearers, held)
    groups = {id(group): group for group in state.group_of}.values()
    found = (_finished(state.records(group), group, names) for group in groups)
    # What corrects or names a record that was taken back is no work of its own.
    return [one for one in found if any(said.describes for said in one.saids)]


def _join(
    state: _Works, bearers: Mapping[Identifier, Sequence[int]], held: Mapping[Pair, Decision]
) -> None:
    """Draw all edges: first a person's, then a source's own word, then what the rules hold."""
    matches = sorted(
        (one for one in held.values() if one.kind is DecisionKind.MATCH), key=rank, reverse=True
    )
    by_person = [edge for one in matches if one.by == "person" for edge in _drawn(one, bearers)]
    by_rule = [list(_drawn(one, bearers)) for one in matches if one.by != "person"]
    for edge in by_person:
        state.join_by_person(edge)
    for edge in _by_word(state.saids, bearers):
        state.join_by_word(edge)
    for edge in _by_rule(state, bearers, by_rule):
        state.join_by_rule(edge)


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


def _drawn(decision: Decision, bearers: Mapping[Identifier, Sequence[int]]) -> Iterator[_Edge]:
    """The edges of one decision, between all that bear the one and all that bear the other."""
    ones, others = bearers.get(decision.a, ()), bearers.get(decision.b, ())
    return (_Edge(a=a, b=b, rank=rank(decision)) for a in ones for b in others if a != b)


def _by_word(
    saids: Sequence[SourcedReading], bearers: Mapping[Identifier, Sequence[int]]
) -> Iterator[_Edge]:
    """The edges from what speaks of another record, and between answers to one question."""
    for name, who in sorted(bearers.items()):
        about = [i for i in who if i < len(saids) and saids[i].record.source in _ABOUT_OTHERS]
        described = [i for i in who if i not in about]
        asked = [
            i
            for i in described
            if i < len(saids) and saids[i].is_registry and saids[i].record.identifier == name
        ]
        holder = (asked or described)[:1]
        for a, b in pairwise([*asked, *([] if asked else holder), *about]):
            yield _Edge(a=a, b=b)


def _by_rule(
    state: _Works, bearers: Mapping[Identifier, Sequence[int]], decided: Iterable[list[_Edge]]
) -> Iterator[_Edge]:
    """The edges that ``match`` has to bear out, the best founded first.

    Those that the rules hold for one come first, whatever tied them; then what states one
    identifier, or was tied by another rule, and may be one work.
    """
    sure, loose = {}, []
    corrections = state.corrections()
    for drawn in decided:
        edges = [edge for edge in drawn if corrections.isdisjoint((edge.a, edge.b))]
        matching = [edge for edge in edges if _is_match(state, edge)]
        sure.update({(edge.a, edge.b): edge for edge in matching})
        loose += [] if matching else edges
    for name, who in sorted(bearers.items()):
        for edge in _pairs([one for one in who if one not in corrections]):
            if _is_match(state, edge):
                sure.setdefault((edge.a, edge.b), edge)
            elif name.scheme not in _SHARED_BY_MANY and not _are_of_files(state, edge):
                loose.append(edge)
    ordered = sorted(sure.values(), key=lambda edge: _strength(state, edge))
    told = ((edge.a, edge.b, _judged(state, edge)) for edge in ordered)
    yield from (sure[a, b] for a, b, _ in state.judged.in_order(told))
    yield from (edge for edge in loose if _may_be_one(state, edge))


def _pairs(who: Sequence[int]) -> Iterator[_Edge]:
    """Every pair of the bearers of one identifier, strongest sources first."""
    return (_Edge(a=a, b=b) for number, a in enumerate(who) for b in who[number + 1 :])


def _is_match(state: _Works, edge: _Edge) -> bool:
    judgement = state.judged.judge(edge.a, edge.b)
    return judgement is not None and judgement.verdict is Verdict.MATCH


def _may_be_one(state: _Works, edge: _Edge) -> bool:
    judgement = state.judged.judge(edge.a, edge.b)
    return judgement is None or match.may_share(judgement)


def _are_of_files(state: _Works, edge: _Edge) -> bool:
    """True for entries of two bibliography files, of which neither vouches for its identifier."""
    return all(state.saids[i].is_of_file for i in (edge.a, edge.b) if i < len(state.saids))


def _strength(state: _Works, edge: _Edge) -> tuple[object, ...]:
    """How well an edge is founded, then what the records say: their order plays no part."""
    judgement, ends = _judged(state, edge), (state.ready[edge.a], state.ready[edge.b])
    contents = sorted(match.content(end) for end in ends if end is not None)
    sources = sorted(state.saids[i].precedence for i in (edge.a, edge.b))
    return match.strength(judgement), sources, contents, edge.a, edge.b


def _judged(state: _Works, edge: _Edge) -> match.Judgement:
    """What the rules say of the two records of an edge; neither is an identifier alone."""
    judgement = state.judged.judge(edge.a, edge.b)
    assert judgement is not None  # noqa: S101
    return judgement
