"""Clusters: pairs that the rules hold for one work, joined only where the whole bears it out.

What is decided of each pair, and on what evidence, stands below.

Edges are drawn strongest first.  One is refused when it would bring two records together that
contradict each other, or when a record with neither title nor identifier would bridge two
clusters.  ``dedupe``, the checks and the library all join their records here.
"""

from __future__ import annotations

import dataclasses
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, TypeAlias

from refpipe.match import profiles
from refpipe.match.candidate_pairs import is_hopeless, of_no_other_volume, pairs
from refpipe.match.comparison import Comparison, Level
from refpipe.match.judgement import (
    RANK,
    Judgement,
    classify,
    compare_profiles,
    held_back,
    notice_of,
)
from refpipe.match.profiles import Profile, Subject, content
from refpipe.model import Decision, DecisionKind, Identifier, Verdict

Edge: TypeAlias = tuple[int, int, Judgement]
"""Two records by their places, and what the rules say of them."""

HARD = frozenset(("other-identifier", "other-doi", "relation", "other-numbers"))
"""Contradictions that keep two records apart whatever lies between them."""


SAID: dict[str, Callable[[Profile], object]] = {
    "other-pages": lambda p: p.pages,
    "other-volume": lambda p: p.volume,
    "other-issue": lambda p: p.issue,
    "other-container": lambda p: p.container,
    "other-authors": lambda p: p.families,
    "other-year": lambda p: p.year,
}
"""Contradiction → what a record must state to vouch that there is none."""


@dataclass(slots=True)
class _Cluster:
    """Records joined so far; ``kinds`` has one of them for each that says something of its own."""

    members: list[int]
    kinds: dict[int, int]


class Clusters:
    """Records joined one edge at a time, each edge against the whole of both its clusters.

    A place without a profile (None) stands for something of which nothing is known but its
    identifier: it contradicts nobody.
    """

    def __init__(self, ready: Sequence[Profile | None]) -> None:
        self._ready = ready
        self._home: dict[int, _Cluster] = {}
        self._kinds: dict[tuple[object, ...], int] = {}
        self._judged: dict[tuple[int, int], Judgement] = {}

    def members(self, i: int) -> list[int]:
        """The cluster of a record, itself included."""
        return self._cluster(i).members

    def judge(self, i: int, j: int) -> Judgement | None:
        """What the rules say of two records; None where one of them is no record."""
        pair = (i, j) if i < j else (j, i)
        known = self._judged.get(pair)
        if known is None:
            one, other = self._ready[pair[0]], self._ready[pair[1]]
            if one is None or other is None:
                return None
            known = self._judged[pair] = classify(compare_profiles(one, other))
        return known

    def join(self, i: int, j: int) -> bool:
        """Join the clusters of two records; False, and nothing done, where they contradict."""
        one, other = self._cluster(i), self._cluster(j)
        if one is other:
            return True
        if not self._is_borne_out(i, j, one, other):
            return False
        large, small = (one, other) if len(one.members) >= len(other.members) else (other, one)
        large.members += small.members
        large.kinds = small.kinds | large.kinds
        for member in small.members:
            self._home[member] = large
        return True

    def _cluster(self, i: int) -> _Cluster:
        found = self._home.get(i)
        if found is None:
            profile = self._ready[i]
            # Copies of one record say the same against others, so one of them speaks for all.
            kind = -1 - i if profile is None else self._kinds.setdefault(profile.known, i)
            found = self._home[i] = _Cluster([i], {kind: i})
        return found

    def _is_borne_out(self, i: int, j: int, one: _Cluster, other: _Cluster) -> bool:
        if self._bridges(one, i) or self._bridges(other, j):
            return False
        between = [
            (x, y)
            for kind, x in one.kinds.items()
            for kind_2, y in other.kinds.items()
            if kind != kind_2 and (x, y) != (i, j)
        ]
        if any(self._is_bridged_blindly(x, y, {i, j} - {x, y}) for x, y in between):
            return False
        told = (judgement for pair in between if (judgement := self.judge(*pair)) is not None)
        # What says nothing of the place cannot vouch that two others stand in the same one, and
        # what has no title cannot vouch that theirs are one.
        if self._is(is_placeless, i, j):
            return all(judgement.verdict is Verdict.MATCH for judgement in told)
        if self._is(is_untitled, i, j):
            return all(map(_are_one_untitled, told))
        return not any(map(conflicts, told))

    def in_order(self, edges: Iterable[Edge]) -> Iterator[Edge]:
        """The edges to draw, one by one; what says nothing of its place comes last.

        A record that fits two works equally well joins neither: no order of edges may decide.
        Each edge has to be drawn, if it can be, before the next is asked for.
        """
        loose: dict[int, list[Edge]] = defaultdict(list)
        late = []
        for edge in edges:
            ends = [at for at in edge[:2] if self._is(is_unplaced, at)]
            if not ends:
                yield edge
                continue
            late.append(edge)
            if len(ends) == 1:
                loose[ends[0]].append(edge)
        torn = {at for at, to in loose.items() if self._is_between(at, best_founded(to))}
        # Nor does it join through another that goes with one of the two; its like may join it.
        yield from (edge for edge in late if (edge[0] in torn) == (edge[1] in torn))

    def _is_between(self, at: int, edges: Iterable[Edge]) -> bool:
        """True where the edges of a record lead to clusters that contradict one another."""
        ends = [j if i == at else i for i, j, _ in edges]
        return any(self.are_apart(x, y, at) for x, y in combinations(ends, 2))

    def are_apart(self, i: int, j: int, over: int) -> bool:
        """True where the clusters of two records cannot be joined over a third."""
        one, other = self._cluster(i), self._cluster(j)
        if one is other:
            return False
        between = [(x, y) for x in one.kinds.values() for y in other.kinds.values() if x != y]
        told = (judgement for pair in between if (judgement := self.judge(*pair)) is not None)
        is_blind = any(self._is_bridged_blindly(x, y, {over}) for x, y in between)
        return is_blind or any(map(conflicts, told))

    def _is_bridged_blindly(self, x: int, y: int, over: Iterable[int]) -> bool:
        """True where two records contradict in what those that would join them do not say."""
        judgement = self.judge(x, y)
        if judgement is None or judgement.verdict is Verdict.MATCH:
            return False
        c = judgement.comparison
        against = set(c.contradictions)
        if judgement.verdict is Verdict.POSSIBLE:
            # On one page another volume is a slip; elsewhere two works may be called alike.
            is_one_page = c.pages.level is Level.AGREE
            against &= set() if is_one_page else {"other-pages", "other-volume"}
        if Level.AGREE in {c.volume.level, c.pages.level}:
            against.discard("other-year")  # One place has one year: the other is a slip.
        bridges = [profile for at in over if (profile := self._ready[at]) is not None]
        return any(name in against and not said(b) for b in bridges for name, said in SAID.items())

    def _is(self, kind: Callable[[Profile], bool], *at: int) -> bool:
        ends = map(self._ready.__getitem__, at)
        return any(profile is not None and kind(profile) for profile in ends)

    def _bridges(self, cluster: _Cluster, at: int) -> bool:
        return len(cluster.members) > 1 and self._is(is_bare, at)

    def found(self) -> list[list[int]]:
        """The clusters of two records and more, by their places."""
        groups = {id(one): one.members for one in self._home.values() if len(one.members) > 1}
        return sorted(sorted(group) for group in groups.values())


def is_bare(profile: Profile) -> bool:
    """True for a record with neither title nor DOI: it may join one cluster, bridge none."""
    return profile.title is None and not profile.dois and not profile.others


def is_placeless(profile: Profile) -> bool:
    """True for a record that says nothing of where it was published."""
    has_place = profile.container or profile.volume or profile.pages or profile.issns
    return not has_place and not profile.dois and not profile.others


def is_untitled(profile: Profile) -> bool:
    """True for a record without a title."""
    return profile.title is None


def conflicts(judgement: Judgement) -> bool:
    """True when two records of one cluster cannot be one work."""
    if judgement.verdict is Verdict.RELATED:
        return True
    if judgement.verdict is not Verdict.DISTINCT:
        return False
    against = set(judgement.comparison.contradictions)
    places = {"other-pages", "other-volume", "other-year"} & against
    c = judgement.comparison
    # Without volume and page the year is all that tells the editions of a book or guideline.
    is_other_year = "other-year" in against and c.volume.level is c.pages.level is Level.UNKNOWN
    return (
        not HARD.isdisjoint(against)
        or is_other_year
        or len(places) >= 2
        or (bool(places) and "other-title" in against)
    )


def _are_one_untitled(judgement: Judgement) -> bool:
    """True when a record without a title may stand between two: they are one without it.

    One DOI may be a whole volume's; only titles in two scripts cannot be compared.
    """
    if judgement.verdict is Verdict.MATCH:
        return True
    is_script = judgement.comparison.title.how == "script"
    return is_script and not conflicts(judgement) and may_share(judgement)


def may_share(judgement: Judgement) -> bool:
    """True when two records that state one identifier, or that were tied before, may be one work.

    A registry's answer and what is printed under its identifier need not agree as two blind
    finds must; but one may not speak against the other.  Titles in two scripts cannot be compared.
    """
    if judgement.verdict is not Verdict.DISTINCT:
        return judgement.verdict is not Verdict.RELATED
    c = judgement.comparison
    if not {"other-identifier", "relation", "other-numbers"}.isdisjoint(c.contradictions):
        return False
    return "other-title" not in c.contradictions or c.title.how == "script"


def strength(judgement: Judgement) -> tuple[int, int, float]:
    """How well an edge is founded: the rule's rank, the year, then how alike the titles are."""
    c = judgement.comparison
    return RANK.get(judgement.rule, 99), -c.year.level, -c.title.score


def is_unplaced(profile: Profile) -> bool:
    """True for a record that may be any of a journal's: no volume, no page, no identifier."""
    is_placed = profile.volume or profile.pages is not None
    return not is_placed and not profile.dois and not profile.others


def best_founded(edges: Sequence[Edge]) -> list[Edge]:
    """The edges to what a record without a place fits best: by the strongest rule, of its year.

    A talk is no better founded for its year: the paper under its title is of the year after.
    """
    best = min(RANK.get(edge[2].rule, 99) for edge in edges)
    found = [edge for edge in edges if RANK.get(edge[2].rule, 99) == best]
    of_year = [edge for edge in found if edge[2].comparison.year.level is Level.AGREE]
    is_told = any(not edge[2].comparison.is_talk for edge in of_year)
    return of_year if is_told else found


def copies(ready: Sequence[Profile]) -> dict[int, int]:
    """Place → place of the first record of which it is a copy.

    A copy is compared with no other record.  Without a title there is no telling a copy from
    another work of the same column.
    """
    first: dict[bytes, int] = {}
    found: dict[int, int] = {}
    for number, profile in enumerate(ready):
        if profile.title is not None and (of := first.setdefault(profile.digest, number)) != number:
            found[number] = of
    sure = {of: judge_copy(ready[of]) is not None for of in set(found.values())}
    return {number: of for number, of in found.items() if sure[of]}


def judge_copy(profile: Profile) -> Judgement | None:
    """What the rules say of a record and its copy; None where it says too little to have one."""
    if profile.title is None:
        return None
    judgement = classify(compare_profiles(profile, profile))
    return judgement if judgement.verdict is Verdict.MATCH else None


def judge(one: Profile, other: Profile) -> Judgement | None:
    """What the rules say of a candidate pair; None where the two are distinct."""
    if is_hopeless(one, other):
        return None
    judgement = classify(compare_profiles(one, other))
    return None if judgement.verdict is Verdict.DISTINCT else judgement


def judgements(ready: Sequence[Profile]) -> Iterator[Edge]:
    """Every candidate pair with its judgement, distinct ones left out."""
    same = copies(ready)
    for number, first in same.items():
        yield first, number, classify(compare_profiles(ready[first], ready[number]))
    for i, j in pairs(ready, same):
        if (judgement := judge(ready[i], ready[j])) is not None:
            yield i, j, judgement


def clusters(subjects: Iterable[Subject]) -> list[list[Identifier]]:
    """The names of the records that are one work, where there is more than one."""
    whole = list(subjects)
    groups = united([profiles.of(s) for s in whole])
    return [[whole[i].identifier for i in group] for group in groups]


def united(ready: Sequence[Profile], judged: Iterable[Edge] | None = None) -> list[list[int]]:
    """The clusters of two records and more, by their places.

    ``judged`` are the judgements of the candidate pairs where they are known already.
    """
    found = judgements(ready) if judged is None else judged
    matches = [one for one in found if one[2].verdict is Verdict.MATCH]
    times = Counter(place for i, j, _ in matches for place in (i, j))
    alone, ordered = [], []
    for edge in matches:
        i, j, judgement = edge
        if times[i] == times[j] == 1:
            # Nobody else has a say in it, so neither need be read again.
            alone.append(sorted((i, j)))
        else:
            names = sorted((content(ready[i]), content(ready[j])))
            ordered.append((strength(judgement), names, i, j, edge))
    edges = [one[-1] for one in sorted(ordered, key=lambda one: one[:-1])]
    state = Clusters(ready)
    for i, j, _ in state.in_order(edges):
        state.join(i, j)
    return sorted(alone + state.found())


# ── what is decided of each pair, with the evidence that it rests on ──

_KINDS = {
    Verdict.MATCH: DecisionKind.MATCH,
    Verdict.POSSIBLE: DecisionKind.POSSIBLE,
    Verdict.RELATED: DecisionKind.RELATED,
}


def decide(new: Subject, others: Iterable[Subject]) -> tuple[Decision, ...]:
    """What the rules say of a new record and each other one; distinct pairs give nothing.

    The decisions are by ``rule`` and have no date: the caller has the clock.
    """
    ready = new.profile
    found = []
    for other in of_no_other_volume(ready, others):
        judgement = judge(ready, other.profile)
        if judgement is not None and other.identifier != new.identifier:
            found.append(_decision((new, other), (ready, other.profile), judgement))
    return tuple(sorted(found, key=lambda d: (str(d.a), str(d.b))))


def decide_all(subjects: Sequence[Subject]) -> tuple[Decision, ...]:
    """What the rules say of every pair of subjects that share a block; distinct pairs give nothing.

    A match that the look at its whole cluster does not bear out is ``possible``.
    """
    ready = [subject.profile for subject in subjects]
    found = list(judgements(ready))
    groups = united(ready, found)
    home = {row: number for number, group in enumerate(groups) for row in group}
    decisions = []
    for i, j, judgement in found:
        is_one = home.get(i, -1) == home.get(j, -2)
        kept = judgement if is_one else held_back(judgement)
        decisions.append(_decision((subjects[i], subjects[j]), (ready[i], ready[j]), kept))
    return tuple(sorted(decisions, key=lambda d: (str(d.a), str(d.b))))


def held_back_decision(decision: Decision) -> Decision:
    """The decision on two records that are in two works: a match waits, and says why."""
    if decision.kind is not DecisionKind.MATCH:
        return decision
    told = _canonical({**decision.told, "bridge": True})
    return dataclasses.replace(decision, kind=DecisionKind.POSSIBLE, evidence=told)


def without_bridge(decision: Decision) -> Decision:
    """What the rules say of two records by themselves, whatever they are joined with."""
    told = {name: said for name, said in decision.told.items() if name != "bridge"}
    return dataclasses.replace(decision, evidence=_canonical(told))


def _decision(
    pair: tuple[Subject, Subject], ready: tuple[Profile, Profile], judgement: Judgement
) -> Decision:
    a, b = sorted((subject.identifier for subject in pair), key=str)
    is_related = judgement.verdict is Verdict.RELATED
    about = notice_of(*ready) if is_related else None
    notice = str(pair[ready.index(about)].identifier) if about else ""
    return Decision(
        kind=_KINDS[judgement.verdict],
        a=a,
        b=b,
        by="rule",
        rule=judgement.relation if is_related else judgement.rule,
        evidence=evidence(judgement, notice=notice),
    )


def evidence(judgement: Judgement, *, notice: str = "") -> str:
    """The judgement as canonical JSON: rule, what each known field says, what contradicts.

    ``notice`` names the one of two related records that is about the other (the erratum, the
    reply, the preprint); it stands there only where it is known.
    """
    c = judgement.comparison
    whole: dict[str, Any] = {"fields": _fields(c), "rule": judgement.rule}
    if c.contradictions:
        whole["against"] = list(c.contradictions)
    if judgement.is_bridge:
        whole["bridge"] = True
    if notice:
        whole["notice"] = notice
    return _canonical(whole)


def _canonical(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _fields(c: Comparison) -> dict[str, list[Any]]:
    return {
        name: [found.level.name.lower(), round(found.score, 3), found.how]
        for name, found in c.fields.items()
        if found.level is not Level.UNKNOWN
    }
