"""Look at a cluster as a whole: what pairs agreed on one by one may not hold together.

Edges are taken strongest first.  One is cut when it would bring two records together that
contradict each other, or when a record with neither title nor DOI would bridge two clusters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from refpipe.match import profiles
from refpipe.match.classifying import Judgement, classify
from refpipe.match.comparing import compare_profiles
from refpipe.match.profiles import Profile
from refpipe.match.rules import RANK
from refpipe.match.subject import Subject
from refpipe.model import Decision, Identifier, Verdict

HARD = frozenset(("other-identifier", "other-doi", "relation", "other-numbers"))
"""Contradictions that keep two records apart whatever lies between them."""

Edge = tuple[int, int]


def is_bare(profile: Profile) -> bool:
    """True for a record with neither title nor DOI: it may join one cluster, bridge none."""
    return profile.title is None and not profile.dois and not profile.others


def is_placeless(profile: Profile) -> bool:
    """True for a record that says nothing of where it was published."""
    has_place = profile.container or profile.volume or profile.pages or profile.issns
    return not has_place and not profile.dois and not profile.others


def conflicts(judgement: Judgement, *, strictly: bool = False) -> bool:
    """True when two records of one cluster cannot be one work.

    ``strictly`` asks more: that the rules hold the two for one work.
    """
    if strictly:
        return judgement.verdict is not Verdict.MATCH
    c = judgement.comparison
    if judgement.verdict is Verdict.RELATED:
        return True
    if judgement.verdict is not Verdict.DISTINCT:
        return False
    places = {"other-pages", "other-volume", "other-year"} & set(c.contradictions)
    return (
        not HARD.isdisjoint(c.contradictions)
        or len(places) >= 2
        or (bool(places) and "other-title" in c.contradictions)
    )


def strength(judgement: Judgement) -> tuple[int, float]:
    """How well an edge is founded: the rule's rank, then how alike the titles are."""
    return RANK.get(judgement.rule, 99), -judgement.comparison.title.score


def content(profile: Profile) -> str:
    """What a record says, as a string to sort by: the order of a file must change no cluster."""
    title = profile.title.key if profile.title else ""
    first = profile.pages.first if profile.pages else ""
    known = (title, "".join(profile.families), profile.year, profile.volume, profile.issue, first)
    return "|".join(map(str, (*known, *sorted(profile.dois), *profile.container)))


def cuts(
    ready: Sequence[Profile],
    edges: Sequence[Edge],
    conflict: Callable[[int, int, bool], bool],
) -> set[Edge]:
    """The edges to cut, the given ones being in falling order of strength."""
    cluster = {i: [i] for edge in edges for i in edge}
    cut: set[Edge] = set()
    for i, j in edges:
        one, other = cluster[i], cluster[j]
        if one is other:
            continue
        # A record without a place cannot vouch that two others stand in the same one.
        strictly = is_placeless(ready[i]) or is_placeless(ready[j])
        if (
            _bridges(ready, one, i)
            or _bridges(ready, other, j)
            or any(conflict(x, y, strictly) for x in one for y in other if (x, y) != (i, j))
        ):
            cut.add((i, j))
            continue
        one.extend(other)
        for member in other:
            cluster[member] = one
    return cut


def _bridges(ready: Sequence[Profile], cluster: Sequence[int], at: int) -> bool:
    return len(cluster) > 1 and is_bare(ready[at])


def look_over(
    members: Mapping[Identifier, Subject], edges: Iterable[Decision]
) -> tuple[Decision, ...]:
    """The match decisions of a cluster that the whole of it does not bear out.

    ``members`` are the records by the identifiers that the decisions name; an edge to an
    identifier that is not among them is left alone, and so is whatever a person decided.
    """
    order = sorted(members, key=str)
    place = {identifier: n for n, identifier in enumerate(order)}
    ready = [profiles.of(members[identifier]) for identifier in order]
    known = [d for d in edges if d.a in place and d.b in place and d.a != d.b]

    def judge(i: int, j: int) -> Judgement:
        return classify(compare_profiles(ready[i], ready[j]))

    def rank(decision: Decision) -> tuple[bool, tuple[int, float], str, str]:
        by_rule = decision.by != "person"
        judgement = judge(place[decision.a], place[decision.b])
        return by_rule, strength(judgement), str(decision.a), str(decision.b)

    ranked = sorted(known, key=rank)
    standing = [(place[d.a], place[d.b]) for d in ranked]
    cut = cuts(ready, standing, lambda i, j, strictly: conflicts(judge(i, j), strictly=strictly))
    return tuple(d for d in ranked if d.by != "person" and (place[d.a], place[d.b]) in cut)
