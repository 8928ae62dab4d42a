"""Whole files: block, compare, unite, and look at every cluster as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from refpipe.match import looking, profiles
from refpipe.match.blocking import is_hopeless, of_profile
from refpipe.match.classifying import Judgement, classify
from refpipe.match.comparing import compare_profiles
from refpipe.match.profiles import Profile
from refpipe.match.subject import Subject
from refpipe.model import Identifier, Verdict

_LARGEST_BLOCK = 60


def pairs(ready: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    """The candidate pairs: records that share a block, each pair once."""
    index: dict[int, list[int]] = defaultdict(list)
    for number, profile in enumerate(ready):
        for block in of_profile(profile):
            index[hash(block)].append(number)
    seen: set[int] = set()
    size = len(ready)
    for members in index.values():
        if 1 < len(members) <= _LARGEST_BLOCK:
            for at, i in enumerate(members):
                for j in members[at + 1 :]:
                    if i != j and (pair := i * size + j) not in seen:
                        seen.add(pair)
                        yield i, j


def judgements(ready: Sequence[Profile]) -> Iterator[tuple[int, int, Judgement]]:
    """Every candidate pair with its judgement, distinct ones left out."""
    for i, j in pairs(ready):
        if is_hopeless(ready[i], ready[j]):
            continue
        judgement = classify(compare_profiles(ready[i], ready[j]))
        if judgement.verdict is not Verdict.DISTINCT:
            yield i, j, judgement


def clusters(subjects: Iterable[Subject]) -> list[list[Identifier]]:
    """The names of the records that are one work, where there is more than one."""
    whole = list(subjects)
    groups = united([profiles.of(s) for s in whole])
    return [[whole[i].identifier for i in group] for group in groups]


def united(
    ready: Sequence[Profile], note: Callable[[int, int, Judgement], None] | None = None
) -> list[list[int]]:
    """The clusters of two records and more, by their places; ``note`` hears every judgement."""
    matches = []
    for i, j, judgement in judgements(ready):
        if note:
            note(i, j, judgement)
        if judgement.verdict is Verdict.MATCH:
            names = sorted((looking.content(ready[i]), looking.content(ready[j])))
            matches.append((looking.strength(judgement), names, i, j))
    edges = [(i, j) for _, _, i, j in sorted(matches)]

    def conflict(i: int, j: int, strictly: bool) -> bool:
        judgement = classify(compare_profiles(ready[i], ready[j]))
        return looking.conflicts(judgement, strictly=strictly)

    cut = looking.cuts(ready, edges, conflict)
    return _components(edges, cut)


def _components(edges: Sequence[tuple[int, int]], cut: set[tuple[int, int]]) -> list[list[int]]:
    group: dict[int, list[int]] = {}
    for i, j in edges:
        one, other = group.setdefault(i, [i]), group.setdefault(j, [j])
        if (i, j) in cut or one is other:
            continue
        one.extend(other)
        for member in other:
            group[member] = one
    found = {id(g): sorted(g) for g in group.values() if len(g) > 1}
    return sorted(found.values())
